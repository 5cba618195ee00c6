"""Sentences on moves and events, on positions that stand or moved, and on conditions that are open."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from summitry.ledger.clauses import EVENT_VERBS, move_clause, position_clause, says_something
from summitry.ledger.criteria import is_sharp, own_day
from summitry.ledger.drafts import Draft, Places, dated, freshness, told_when, voiced
from summitry.ledger.lines_state import meeting_draft
from summitry.ledger.phrasing import capital, listed, one_line, quoted
from summitry.ledger.sides import side, sides, taking_part
from summitry.ledger.wording import words_of
from summitry.vocabulary import UNKNOWN_DATE, Event, Move, Position

if TYPE_CHECKING:
    from summitry.ledger.findings import Findings
    from summitry.ledger.positions import Cell
    from summitry.ledger.rows import Step
    from summitry.vocabulary import DateInterval, MoveKind, Row

_KINDS: Final[dict[MoveKind, float]] = {
    "threat": 1.1, "refusal": 1.1, "offer": 1.1, "concession": 0.9, "precondition": 1.1, "demand": 1.0, "promise": 0.8,
}  # fmt: skip
"""What each kind of move weighs: what was refused, offered or threatened tells more than what was promised."""

_SURE: Final = 0.5
"""Rows below this confidence are more often wrong than right, and stay out of the brief."""

_EVENT_WEIGHTS: Final = {
    "CONSULT": 0.9, "AGREE": 0.7, "THREATEN": 1.0, "REJECT": 0.9, "SANCTION": 1.0, "MOBILIZE": 0.9, "RETREAT": 0.9,
    "CONCEDE": 0.8, "ACCUSE": 0.8, "COERCE": 0.9, "ASSAULT": 1.0, "COOPERATE": 0.6, "AID": 0.6, "PROTEST": 0.5,
    "REQUEST": 0.7, "SUPPORT": 0.4,
}  # fmt: skip
"""What an event of each PLOVER type weighs beside a move."""

_HEDGED: Final = re.compile(r"\b(?:likely|could|may|might|would|if|expect\w*|possib\w*|risk\w*)\b", re.IGNORECASE)
"""Words of what has not happened: an event read from them is left to the timeline."""

_OFFERED: Final = re.compile(r"\b(?:offer\w*|propos\w*|invit\w*|ready|willing\w*|prepared|open to)\b", re.IGNORECASE)
"""Words of one side's readiness, which the type AGREE has too."""

_TERMS: Final = re.compile(
    r"\b(?:if|unless|until|till|once|only|provided|providing|as long as|so long as|without|condition\w*|precondition|"
    r"in (?:exchange|return) for)\b",
    re.IGNORECASE,
)
"""Words that set terms; "after" and "before" as often only tell the time."""

_STANDS_FOR: Final = timedelta(days=365)
"""A position that nobody has told for so long is left to the matrix."""

_FULL_WORDS: Final = 30
"""Characters of quoted words below which a sentence tells little: "cooperation", "the summit"."""

_ANSWERS: Final = {
    "refused": "refused it",
    "accepted": "accepted it",
    "conditionally answered": "answered with terms of its own",
    "withdrawn": "has since taken it back",
    "kept": "has since done it",
    "carried out": "has since carried it out",
}


def weight_of(found: Findings, parties: Sequence[str]) -> float:
    """What a row of these parties weighs: those of the talks most, others of the case less, the rest little."""
    if any(party in found.main for party in parties):
        return 1.0
    return 0.6 if any(party in found.parties for party in parties) else 0.25


def move_drafts(found: Findings) -> Iterator[Draft]:
    """Moves with what they answer and how they were answered, and events that no move tells."""
    told = Places()
    for group in _alike(found.moves):
        told.add(move.evidence[0] for move in group)
        # Conditions have a section of their own.
        draft = _move(found, group) if group[0].kind != "precondition" else None
        if draft is not None:
            yield draft
    for event in found.meetings:
        sure = event.confidence >= _SURE and own_day(event) and is_sharp(event)
        if event.modality == "happened" and event.date.end is not None and sure and _both(found, event):
            draft = meeting_draft(found, event, "moves")
            yield replace(draft, score=draft.score * _EVENT_WEIGHTS["CONSULT"])
    for event in found.holdings.events:
        if event.meeting is None and not told.has(event.evidence[0]):
            event_draft = _event(found, event)
            if event_draft is not None:
                yield event_draft


def answered_drafts(found: Findings) -> Iterator[Draft]:
    """Moves of which something became, with the row that says so."""
    for move in found.moves:
        answer, rows = _answered(found, move)
        if move.status in _ANSWERS and rows and move.confidence >= _SURE:
            party = side(move.proposer)
            when = dated(found.holdings, move.date, move.evidence[0].source)
            text = f"{found.names.formal(party)} {move_clause(move)}{when}{answer}."
            evidence = tuple(dict.fromkeys((move.evidence[0], *(row.evidence[0] for row in rows))))
            day = max(found.holdings.day_of(_when(row), row.evidence[0].source) or date.min for row in rows)
            score = weight_of(found, (party,)) * move.confidence
            yield Draft("moves", _sentence(text), evidence, (move.id, *(row.id for row in rows)), score, day)


def _when(row: Row) -> DateInterval:
    if isinstance(row, Position):
        return row.held
    return row.date if isinstance(row, Move | Event) else UNKNOWN_DATE


def _alike(moves: Sequence[Move]) -> Iterator[list[Move]]:
    """Moves of one party and kind in nearly the same words, the surest first."""
    groups: defaultdict[tuple[str, str, tuple[str, ...]], list[Move]] = defaultdict(list)
    for move in moves:
        words = words_of(move.get or move.give or move.evidence[0].exact)
        groups[side(move.proposer), move.kind, tuple(sorted(words.keys[:3]))].append(move)
    for group in groups.values():
        # The same said again months later is news again.
        yield sorted(group, key=lambda move: (-move.confidence, move.id))


def _move(found: Findings, group: Sequence[Move]) -> Draft | None:
    today = found.holdings.today
    latest = max(group, key=lambda move: (_day(found, move) or date.min, move.confidence, move.id))
    party = side(latest.proposer)
    main = latest.get if latest.kind in ("demand", "precondition") else latest.give
    if latest.confidence < _SURE or not says_something(main or latest.evidence[0].exact):
        return None
    day = _day(found, latest)
    by, account = voiced(found, latest, party)
    when = told_when(found.holdings, latest.date, latest.evidence[0].source)
    answer, rows = _answered(found, latest)
    text = f"{_opening(when)}{found.names.formal(party)}{by} {move_clause(latest)}{account}{answer}."
    reports = len({move.evidence[0].source for move in group})
    score = (
        weight_of(found, (party,))
        * _KINDS[latest.kind]
        * _aimed(found, latest)
        * latest.confidence
        * freshness(day, today)
        * (1.0 + 0.1 * min(reports - 1, 5))
        * (1.15 if answer else 1.0)
        * _told_much(latest.evidence[0].exact if latest.kind == "precondition" else main)
    )
    evidence = (*latest.evidence[:1], *(row.evidence[0] for row in rows))
    ids = (latest.id, *(row.id for row in rows))
    kind = f"{party} {latest.kind}"
    return Draft("moves", _sentence(text), tuple(dict.fromkeys(evidence)), ids, score, day, kind)


def _told_much(words: str | None) -> float:
    """How much words tell, 0-1, by their length."""
    return min(1.0, len(words or "") / _FULL_WORDS)


def _both(found: Findings, event: Event) -> bool:
    """Whether two sides are known of a meeting, one of them a party of the case."""
    parties = taking_part(event)
    return len(parties) > 1 and any(party in found.parties for party in parties)


def _aimed(found: Findings, move: Move) -> float:
    """How much a move is one of these talks: by whom it is addressed to, and whether it is on an issue of the case."""
    to = side(move.addressee) if move.addressee is not None else None
    aim = 1.0 if to in found.parties else 0.85 if to is None else 0.5
    issues = {issue.name for case in found.cases for issue in case.issues}
    return aim * (1.0 if not issues or move.issue in issues else 0.75)


def _opening(when: str) -> str:
    """The time before a sentence: "On 15 March 2019 ", "As reported on 17 March 2019, "."""
    if not when:
        return ""
    return f"{capital(when)}, " if when.startswith("as reported") else f"{capital(when)} "


def _sentence(text: str) -> str:
    line = capital(one_line(text))
    # A quotation that ends with the sentence keeps one full stop.
    return line.replace("..", ".").replace(" ,", ",")


def _day(found: Findings, row: Move | Position) -> date | None:
    when = row.date if isinstance(row, Move) else row.held
    return found.holdings.day_of(when, row.evidence[0].source)


def _answered(found: Findings, move: Move) -> tuple[str, tuple[Row, ...]]:
    """What a move answers and how it was answered, in words, with the rows that say so."""
    parts: list[str] = []
    rows: list[Row] = []
    if move.responds_to is not None and (before := found.by_id.get(move.responds_to)) is not None:
        assert isinstance(before, Move)
        asked = found.names.formal(side(before.proposer))
        parts.append(f"this answers {_possessive(asked)} {_noun(before.kind)} {quoted(_main(before))}")
        rows.append(before)
    answers = [row for row in found.answers.get(move.id, ()) if row.evidence[0] != move.evidence[0]]
    if answers and move.status in _ANSWERS:
        last = answers[-1]
        who = _who(found, last)
        if who is not None:
            own = who == side(move.proposer)
            name = "it" if own else found.names.formal(who)
            parts.append(f"{name} {_ANSWERS[move.status]}")
            rows.append(last)
    return ("; " + "; ".join(parts) if parts else ""), tuple(rows)


def _who(found: Findings, row: Row) -> str | None:
    if isinstance(row, Move):
        return side(row.proposer)
    if isinstance(row, Position):
        return side(row.party)
    return side(row.actors[0]) if isinstance(row, Event) and row.actors else None


def _main(move: Move) -> str:
    return (move.get if move.kind in ("demand", "precondition") else move.give) or move.evidence[0].exact


def _noun(kind: MoveKind) -> str:
    return {"precondition": "condition"}.get(kind, kind)


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _event(found: Findings, event: Event) -> Draft | None:
    """An event that no move tells, with the report's own words."""
    words = found.words.of_event(event)
    if event.modality != "happened" or event.confidence < _SURE or not event.actors or _HEDGED.search(words):
        return None
    actors, recipients = sides(event.actors), sides(event.recipients)
    others = [party for party in recipients if party not in actors]
    day = found.holdings.day_of(event.date, event.evidence[0].source)
    when = told_when(found.holdings, event.date, event.evidence[0].source)
    with_other, alone = EVENT_VERBS[event.type]
    if event.type == "AGREE" and _OFFERED.search(words):
        with_other, alone = "made an offer to", "made an offer"
    names = [found.names.formal(party) for party in actors]
    if others:
        clause = f"{listed(names)} {with_other} {listed(found.names.formal(party) for party in others)}"
    elif len(actors) > 1 and event.type == "AGREE":
        clause = f"{listed(names)} came to terms"
    else:
        clause = f"{listed(names)} {alone}"
    by = event.attributed_to
    account = ""
    if by is not None and side(by) not in actors:
        account = f", according to {one_line(by.name) if by.kind == 'person' else found.names.formal(side(by))}"
    text = f"{_opening(when)}{clause}{account}: {quoted(words)}."
    both = 1.0 if len({*actors, *others} & set(found.main)) > 1 else 0.7
    score = (
        weight_of(found, taking_part(event))
        * both
        * _EVENT_WEIGHTS[event.type]
        * event.confidence
        * freshness(day, found.holdings.today)
        * (1.0 + 0.1 * min(event.reports - 1, 5))
    )
    group = f"{' '.join(actors)} {event.type}"
    return Draft("moves", _sentence(text), event.evidence[:2], (event.id,), score, day, group)


def stand_drafts(found: Findings) -> Iterator[Draft]:
    """Where the parties stand, an issue a sentence, the parties of the talks beside one another."""
    titles: dict[str, str] = {issue.name: issue.title for case in found.cases for issue in case.issues}
    by_issue: defaultdict[str, list[Cell]] = defaultdict(list)
    for cell in found.matrix:
        if side(cell.party) in found.parties and _tellable(cell.position) and not _old(found, cell.position):
            by_issue[cell.issue].append(cell)
    for issue, cells in by_issue.items():
        ordered = sorted(cells, key=lambda cell: found.parties.index(side(cell.party)))[:3]
        name = titles.get(issue, issue)
        clauses = []
        for cell in ordered:
            party = side(cell.party)
            by, account = voiced(found, cell.position, party)
            when = dated(found.holdings, cell.position.held, cell.position.evidence[0].source)
            clauses.append(f"{found.names.formal(party)}{by} {position_clause(cell.position)}{account}{when}")
        days = [day for cell in ordered if (day := _day(found, cell.position))]
        principals = sum(side(cell.party) in found.main for cell in ordered)
        score = (
            (0.5, 0.8, 1.3)[min(principals, 2)]
            * max(cell.position.confidence for cell in ordered)
            * freshness(max(days, default=None), found.holdings.today)
            * (1.0 + 0.05 * min(sum(len(cell.positions) for cell in ordered), 10))
            * sum(_told_much(cell.position.summary) for cell in ordered)
            / len(ordered)
            # Beside the issues of a case, labels found in the text weigh less.
            * (1.0 if issue in titles or not titles else 0.6)
        )
        evidence = tuple(dict.fromkeys(cell.position.evidence[0] for cell in ordered))
        text = f"{name}: {'; '.join(clauses)}."
        yield Draft(
            "positions",
            _sentence(text),
            evidence,
            tuple(c.position.id for c in ordered),
            score,
            max(days, default=None),
        )


def _old(found: Findings, position: Position) -> bool:
    """Whether a position was last told so long ago that nobody can say it stands."""
    day, today = _day(found, position), found.holdings.today
    return day is not None and today is not None and today - day > _STANDS_FOR


def _step(found: Findings, step: Step) -> str:
    return f"{_possessive(found.names.formal(side(step.party)))} {quoted(step.step)}"


def _tellable(position: Position) -> bool:
    return position.confidence >= _SURE and says_something(position.summary)


def moved_drafts(found: Findings, since: date | None = None) -> Iterator[Draft]:
    """Positions that moved, with the passages side by side; ``since``: on that day or later."""
    verbs = {"harden": "hardened", "soften": "softened", "reverse": "reversed"}
    for position in found.positions:
        before = found.by_id.get(position.previous) if position.previous else None
        party = side(position.party)
        if position.change not in verbs or not isinstance(before, Position) or party not in found.parties:
            continue
        if not (_tellable(position) and _tellable(before)):
            continue
        day = _day(found, position)
        if since is not None and (day is None or day <= since):
            continue
        when = told_when(found.holdings, position.held, position.evidence[0].source)
        text = (
            f"{_opening(when)}{found.names.formal(party)} {verbs[position.change]} its position, from "
            f"{quoted(before.evidence[0].exact)} to {quoted(position.evidence[0].exact)}."
        )
        score = (
            1.1
            * weight_of(found, (party,))
            * min(position.confidence, before.confidence)
            * freshness(day, found.holdings.today)
        )
        evidence = (position.evidence[0], before.evidence[0])
        yield Draft("positions", _sentence(text), evidence, (position.id, before.id), score, day)


def condition_drafts(found: Findings) -> Iterator[Draft]:
    """Circles of conditions, and single conditions that a party has set and nobody met."""
    today = found.holdings.today
    for deadlock in found.deadlocks:
        steps = {step.id: step for step in deadlock.steps}
        clauses = [
            f"{found.names.formal(side(step.party))} holds back {quoted(step.step)} until "
            f"{listed(_step(found, steps[one]) for one in step.waits_for if one in steps)}"
            for step in deadlock.steps[:3]
        ]
        evidence = tuple(dict.fromkeys(step.evidence[0] for step in deadlock.steps))
        text = f"Deadlock: {'; '.join(clauses)}."
        yield Draft("conditions", _sentence(text), evidence, (deadlock.id,), 2.0 * deadlock.confidence, today)
    conditional = [move for move in found.moves if move.kind == "precondition" or _TERMS.search(move.condition or "")]
    for group in _alike(conditional):
        move = max(group, key=lambda each: (_day(found, each) or date.min, each.confidence, each.id))
        party = side(move.proposer)
        if move.confidence < _SURE or move.status not in (None, "open", "refused", "conditionally answered"):
            continue
        day = _day(found, move)
        by, account = voiced(found, move, party)
        when = told_when(found.holdings, move.date, move.evidence[0].source)
        text = f"{_opening(when)}{found.names.formal(party)}{by} {move_clause(move)}{account}."
        score = (
            weight_of(found, (party,)) * _aimed(found, move) * move.confidence * freshness(day, found.holdings.today)
        )
        yield Draft("conditions", _sentence(text), move.evidence[:1], (move.id,), score, day, party)
