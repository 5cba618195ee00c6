"""Sentences on moves, with what they answer and how they were answered, on meetings and on other events."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from summitry.ledger.clauses import EVENT_VERBS, move_clause, stands_alone
from summitry.ledger.criteria import is_sharp, own_day
from summitry.ledger.drafts import Draft, Places, dated, freshness, told_when, voiced
from summitry.ledger.lines_state import meeting_draft
from summitry.ledger.phrasing import listed, one_line, opening, possessive, quoted, sentence
from summitry.ledger.sides import side, sides, taking_part
from summitry.ledger.weights import SURE, aimed, alike, corroborated, long_past, row_day, told_much, weight_of, well_put
from summitry.vocabulary import UNKNOWN_DATE, Event, Move, Position

if TYPE_CHECKING:
    from summitry.ledger.findings import Findings
    from summitry.vocabulary import DateInterval, MoveKind, Row

_KINDS: Final[dict[MoveKind, float]] = {
    "threat": 1.1, "refusal": 1.1, "offer": 1.1, "concession": 0.9, "precondition": 1.1, "demand": 1.0, "promise": 0.8,
}  # fmt: skip
"""What each kind of move weighs: what was refused, offered or threatened tells more than what was promised."""

_EVENT_WEIGHTS: Final = {
    "CONSULT": 0.9, "AGREE": 0.7, "THREATEN": 1.0, "REJECT": 0.9, "SANCTION": 1.0, "MOBILIZE": 0.9, "RETREAT": 0.9,
    "CONCEDE": 0.8, "ACCUSE": 0.8, "COERCE": 0.9, "ASSAULT": 1.0, "COOPERATE": 0.6, "AID": 0.6, "PROTEST": 0.5,
    "REQUEST": 0.7, "SUPPORT": 0.4,
}  # fmt: skip
"""What an event of each PLOVER type weighs beside a move."""

_AS_EVENT: Final = 0.7
"""What an event weighs beside a move: its type says less of what was meant, and is wrong more often."""

_HEDGED: Final = re.compile(r"\b(?:likely|could|may|might|would|if|expect\w*|possib\w*|risk\w*)\b", re.IGNORECASE)
"""Words of what has not happened: an event read from them is left to the timeline."""

_SOMEBODY: Final = re.compile(
    r"\b(?:he|she|it|they|we|i|his|her|both|the (?:two|three) (?:sides|countries|leaders))\b", re.I
)
"""Who did it where the words before have named them."""

_BESIDES: Final = re.compile(r"(?:who|whom|whose|which|where|when)\b", re.IGNORECASE)
"""How a clause begins that says something besides: mostly of long ago, and of somebody its sentence names elsewhere."""

_OFFERED: Final = re.compile(r"\b(?:offer\w*|propos\w*|invit\w*|ready|willing\w*|prepared|open to)\b", re.IGNORECASE)
"""Words of one side's readiness, which the type AGREE has too."""

_ANSWERS: Final = {
    "refused": "refused it",
    "accepted": "accepted it",
    "conditionally answered": "answered with terms of its own",
    "withdrawn": "has since taken it back",
    "kept": "has since done it",
    "carried out": "has since carried it out",
}


LATELY: Final = timedelta(days=90)
"""How far back the latest moves go: what is older is told by the state, the positions and the conditions."""


def move_drafts(found: Findings) -> Iterator[Draft]:
    """Moves with what they answer and how they were answered, and events that no move tells.

    Those of :data:`LATELY` before the day; where there are none, those of as long before the last of
    all, which says that nothing is reported since.
    """
    drafts = list(_all(found))
    # What has no day of its own, in a report of no known day, is not late.
    last = max((one.day for one in drafts if one.day is not None), default=None)
    if last is None or found.today is None:
        yield from drafts
        return
    old = found.today - last > LATELY
    since = (last if old else found.today) - LATELY
    newest = max((one for one in drafts if one.day == last), key=lambda one: (one.score, one.rows))
    for one in drafts:
        if one.day is not None and one.day >= since:
            yield replace(one, say=partial(_and_since, one.say)) if old and one is newest else one


def _and_since(say: Callable[[], str]) -> str:
    return f"{say().removesuffix('.')}; no move is reported since."


def _all(found: Findings) -> Iterator[Draft]:
    told = Places()
    for group in alike(found.moves):
        told.add(move.evidence[0] for move in group)
        # Conditions have a section of their own.
        draft = _move(found, group) if group[0].kind != "precondition" else None
        if draft is not None:
            yield draft
    for event in _meetings(found):
        draft = meeting_draft(found, event, "moves")
        yield replace(draft, score=draft.score * _EVENT_WEIGHTS["CONSULT"])
    for event in found.holdings.events:
        if event.meeting is None and not told.has(event.evidence[0]):
            event_draft = _event(found, event)
            if event_draft is not None:
                yield event_draft


def _meetings(found: Findings) -> Iterable[Event]:
    """Meetings that took place on a known day; of those of the same parties and day the one most reports tell."""
    best: dict[tuple[object, ...], Event] = {}
    for event in found.meetings:
        sure = event.confidence >= SURE and own_day(event) and is_sharp(event)
        if event.modality == "happened" and event.date.end is not None and sure and _both(found, event):
            key = (frozenset(taking_part(event)), event.date.end)
            held = best.get(key)
            if held is None or (event.reports, event.confidence, event.id) > (held.reports, held.confidence, held.id):
                best[key] = event
    return best.values()


def answered_drafts(found: Findings) -> Iterator[Draft]:
    """Moves of which something became, with the row that says so."""
    for move in found.moves:
        rows = _answering(found, move)
        if move.status in _ANSWERS and rows and move.confidence >= SURE:
            evidence = tuple(dict.fromkeys((move.evidence[0], *(row.evidence[0] for row in rows))))
            day = max(found.holdings.day_of(_when(row), row.evidence[0].source) or date.min for row in rows)
            score = weight_of(found, (side(move.proposer),)) * move.confidence
            ids = (move.id, *(row.id for row in rows))
            yield Draft("moves", partial(_answer_line, found, move), evidence, ids, score, day)


def _answer_line(found: Findings, move: Move) -> str:
    when = dated(found.holdings, move.date, move.evidence[0].source)
    return sentence(f"{found.names.formal(side(move.proposer))} {move_clause(move)}{when}{_answered(found, move)}.")


def _when(row: Row) -> DateInterval:
    if isinstance(row, Position):
        return row.held
    return row.date if isinstance(row, Move | Event) else UNKNOWN_DATE


def _move(found: Findings, group: Sequence[Move]) -> Draft | None:
    latest = max(group, key=lambda move: (row_day(found, move) or date.min, move.confidence, move.id))
    party = side(latest.proposer)
    day = row_day(found, latest)
    if latest.confidence < SURE or not stands_alone(_main(latest)):
        return None
    if long_past(latest.evidence[0].exact, latest.date, day):
        return None
    rows = _answering(found, latest)
    reports = len({move.evidence[0].source for move in group})
    score = (
        weight_of(found, (party,))
        * _KINDS[latest.kind]
        * aimed(found, latest)
        * latest.confidence**2
        * freshness(day, found.today)
        * corroborated(reports)
        * (1.15 if rows else 1.0)
        * told_much(_main(latest))
        * well_put(latest)
    )
    evidence = tuple(dict.fromkeys((latest.evidence[0], *(row.evidence[0] for row in rows))))
    ids = (latest.id, *(row.id for row in rows))
    known = day if told_when(found.holdings, latest.date, latest.evidence[0].source) else None
    return Draft("moves", partial(_move_line, found, latest), evidence, ids, score, known, f"{party} {latest.kind}")


def _move_line(found: Findings, move: Move) -> str:
    party = side(move.proposer)
    by, account = voiced(found, move, party)
    when = told_when(found.holdings, move.date, move.evidence[0].source)
    name = found.names.formal(party)
    return sentence(f"{opening(when)}{name}{by} {move_clause(move)}{account}{_answered(found, move)}.")


def _both(found: Findings, event: Event) -> bool:
    """Whether two sides are known of a meeting, one of them a party of the case."""
    parties = taking_part(event)
    return len(parties) > 1 and any(party in found.parties for party in parties)


def _before(found: Findings, move: Move) -> Move | None:
    """The move that a move answers."""
    before = found.by_id.get(move.responds_to) if move.responds_to is not None else None
    return before if isinstance(before, Move) else None


def _after(found: Findings, move: Move) -> Row | None:
    """The last row that answers a move, where its status tells how."""
    answers = [row for row in found.answers.get(move.id, ()) if row.evidence[0] != move.evidence[0]]
    return answers[-1] if answers and move.status in _ANSWERS and _who(answers[-1]) is not None else None


def _answering(found: Findings, move: Move) -> tuple[Row, ...]:
    """What a move answers and what answers it."""
    return tuple(row for row in (_before(found, move), _after(found, move)) if row is not None)


def _answered(found: Findings, move: Move) -> str:
    """What a move answers and how it was answered, in words."""
    parts = []
    if (before := _before(found, move)) is not None:
        asked = possessive(found.names.formal(side(before.proposer)))
        noun = "condition" if before.kind == "precondition" else before.kind
        parts.append(f"; this answers {asked} {noun} {quoted(_main(before))}")
    if (last := _after(found, move)) is not None:
        who = _who(last) or ""
        name = "it" if who == side(move.proposer) else found.names.formal(who)
        parts.append(f"; {name} {_ANSWERS[move.status or '']}")
    return "".join(parts)


def _who(row: Row) -> str | None:
    if isinstance(row, Move):
        return side(row.proposer)
    if isinstance(row, Position):
        return side(row.party)
    return side(row.actors[0]) if isinstance(row, Event) and row.actors else None


def _main(move: Move) -> str:
    return (move.get if move.kind in ("demand", "precondition") else move.give) or move.evidence[0].exact


def _event(found: Findings, event: Event) -> Draft | None:
    """An event that no move tells, with the report's own words."""
    told = event.modality == "happened" and event.confidence >= SURE and bool(event.actors)
    words = event.evidence[0].exact
    if not told or _HEDGED.search(words) or _BESIDES.match(words) or not _named(found, event):
        return None
    if _BESIDES.match(found.words.of_event(event).removeprefix("… ")):
        return None
    actors, parties = sides(event.actors), taking_part(event)
    day = found.holdings.day_of(event.date, event.evidence[0].source)
    if long_past(words, event.date, day):
        return None
    score = (
        weight_of(found, parties)
        * (1.0 if len(set(parties) & set(found.main)) > 1 else 0.7)
        * _EVENT_WEIGHTS[event.type]
        * _AS_EVENT
        * event.confidence**2
        * freshness(day, found.today)
        * corroborated(event.reports)
    )
    group = f"{' '.join(actors)} {event.type}"
    known = day if told_when(found.holdings, event.date, event.evidence[0].source) else None
    return Draft("moves", partial(_event_line, found, event), event.evidence[:2], (event.id,), score, known, group)


def _named(found: Findings, event: Event) -> bool:
    """Whether the words of an event name who did it, by state, person or pronoun: what names nobody tells nothing."""
    words = event.evidence[0].exact
    if _SOMEBODY.search(words):
        return True
    if any(actor.name.split()[-1] in words for actor in event.actors if actor.name.strip()):
        return True
    parties = set(sides(event.actors))
    return any(one.code in parties for one in found.roster.find(words, found.parties))


def _event_line(found: Findings, event: Event) -> str:
    words = found.words.of_event(event)
    when = told_when(found.holdings, event.date, event.evidence[0].source)
    actors = sides(event.actors)
    others = [party for party in sides(event.recipients) if party not in actors]
    with_other, alone = EVENT_VERBS[event.type]
    if event.type == "AGREE" and _OFFERED.search(words):
        with_other, alone = "made an offer to", "made an offer"
    elif event.type == "AGREE" and len(actors) > 1:
        alone = "came to terms"
    clause = f"{listed(map(found.names.formal, actors))} {with_other if others else alone}"
    if others:
        clause = f"{clause} {listed(map(found.names.formal, others))}"
    by = event.attributed_to
    if by is not None and side(by) not in actors:
        clause += f", according to {one_line(by.name) if by.kind == 'person' else found.names.formal(side(by))}"
    return sentence(f"{opening(when)}{clause}: {quoted(words)}.")
