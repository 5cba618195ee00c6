"""Sentences on commitments, predictions and what to doubt."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from summitry.ledger.drafts import VAGUE_DAYS, Draft, freshness, reported_on, told_when
from summitry.ledger.phrasing import capital, counted, listed, on_day, one_line, quoted, sentence, spoken
from summitry.ledger.sides import side

if TYPE_CHECKING:
    from summitry.ledger.findings import Findings
    from summitry.vocabulary import Actor, Commitment, DateInterval, Discrepancy, Evidence, Prediction

_SCALE: Final = {0: "not begun", 1: "begun in small part", 2: "done in part", 3: "done in full"}
_RESOLUTIONS: Final = {
    "true": "it came true",
    "false": "it did not come true",
    "partly": "it came true in part",
    "void": "it can no longer be checked",
    "pending": "it is pending",
}
_TOGETHER: Final = 4
"""Obligations of one instrument that one sentence tells."""
_TELLING: Final = 24
"""Characters below which a passage of a contradiction tells little by itself: "being involved"."""
_CITED: Final = 6
"""Passages of a sentence that counts others."""


def commitment_drafts(found: Findings) -> Iterator[Draft]:
    """What parties are bound to, with its latest status; what is done and what is claimed kept apart.

    What one party undertook in one instrument, and what became of it in the same way, is one sentence.
    """
    revised = {row.revises for row in found.commitments if row.revises}
    groups: defaultdict[tuple[object, ...], list[Commitment]] = defaultdict(list)
    for row in found.commitments:
        if row.id not in revised and not _own_side(found, row):
            claimed = (row.claimed, side(row.claimed_by) if row.claimed_by else None)
            groups[side(row.obligor), row.instrument, _made(found, row), row.status, claimed].append(row)
    for rows in groups.values():
        yield _commitment(found, rows)


def _made(found: Findings, row: Commitment) -> object:
    """By when an obligation was made, of one without an instrument and a date by when it was reported."""
    named = not row.instrument.startswith(("pledge ", "agreement "))
    return row.made.start or (None if named else reported_on(found.holdings, row.evidence[0].source))


_DEALING: Final = re.compile(
    r"(?:to )?(?:meet(?: with)?|see|host|visit|receive|invite|(?:talk|speak) (?:to|with)|negotiate with|"
    r"sit down with) ",
    re.IGNORECASE,
)
"""Verbs whose object is the other side."""
_TITLES: Final = 24
"""Characters in which an object's titles stand before its name: "with Supreme Leader"."""


def _own_side(found: Findings, row: Commitment) -> bool:
    """Whether an obligation is to meet the obligor itself: then it is the other side's."""
    opening = _DEALING.match(row.text)
    if opening is None:
        return False
    named = found.roster.find(row.text[opening.end() :], found.parties, row.made.start)
    return bool(named) and named[0].start <= _TITLES and named[0].code == side(row.obligor)


def _commitment(found: Findings, rows: Sequence[Commitment]) -> Draft:
    first = rows[0]
    party = side(first.obligor)
    status = "no public evidence either way" if first.status is None else _SCALE[first.status]
    claim = ""
    if first.claimed is not None and first.claimed_by is not None:
        claim = f"; {found.names.formal(side(first.claimed_by))} claims that it is {_SCALE[first.claimed]}"
    told = rows[:_TOGETHER]
    what = listed(quoted(row.text) for row in told)
    more = f" and {len(rows) - len(told)} more" if len(rows) > len(told) else ""
    text = f"{capital(found.names.formal(party))} {_instrument(found, first, party)}: {what}{more} ({status}{claim})."
    parties = party.split(" and ")
    score = (
        (1.0 if party in found.main or len(parties) > 1 else 0.5)
        * max(row.confidence for row in rows)
        * (1.2 if first.status is not None else 1.0)
        * (1.0 + 0.1 * (len(told) - 1))
        * _lasting(found, rows)
    )
    evidence = [row.evidence[0] for row in told]
    if first.status is not None or first.claimed is not None:
        evidence.append(first.evidence[-1])
    ids = (*(row.id for row in rows), *first.events)
    return Draft(
        "commitments", partial(str, one_line(text)), tuple(dict.fromkeys(evidence)), ids, score, first.made.start
    )


def _lasting(found: Findings, rows: Sequence[Commitment]) -> float:
    """What an obligation weighs by its age: one without an instrument fades, as nobody refers to it any more."""
    if rows[0].instrument.startswith(("pledge ", "agreement ")):
        days = (found.holdings.day_of(row.made, row.evidence[0].source) for row in rows)
        latest = max((day for day in days if day is not None), default=None)
        return 0.4 + 0.6 * freshness(latest, found.today)
    return 1.0


def _instrument(found: Findings, row: Commitment, party: str) -> str:
    """By what a party is bound: "pledged on 3 May 2019", "undertook in the joint statement of 12 June 2018"."""
    name, when = one_line(row.instrument), told_when(found.holdings, row.made, row.evidence[0].source)
    if when.startswith("as reported"):
        when = f"({when})"
    kind, _, _ = name.partition(" ")
    if kind in ("pledge", "agreement") and name.startswith((f"{kind} by ", f"{kind} of ")):
        # Not its name: what the reader calls what has none.
        other = f" with {found.names.formal(side(row.beneficiary))}" if row.beneficiary and kind == "agreement" else ""
        return f"{'pledged' if kind == 'pledge' else f'agreed{other}'} {when}".rstrip()
    return f"undertook {when} in the {name}" if when else f"undertook in the {name}"


def prediction_drafts(found: Findings) -> Iterator[Draft]:
    """What was foretold and is pending, or was resolved lately."""
    for row in found.predictions:
        made = found.holdings.day_of(row.made, row.evidence[0].source)
        resolved = row.resolution not in ("pending", "void")
        # What was resolved lately is news, however old the forecast.
        latest = max((each for each in (made, _resolution_day(found, row)) if each), default=None)
        score = row.confidence * (1.3 if resolved else 1.0) * freshness(latest, found.today)
        evidence = (row.evidence[0], *row.evidence[-1:]) if resolved else row.evidence[:1]
        ids = (row.id, *row.resolved_by)
        yield Draft("predictions", partial(_prediction, found, row), tuple(dict.fromkeys(evidence)), ids, score, latest)


def _prediction(found: Findings, row: Prediction) -> str:
    narrow = row.made.start is None or row.made.end is None or (row.made.end - row.made.start).days <= VAGUE_DAYS
    day = found.holdings.day_of(row.made, row.evidence[0].source)
    made = f" {on_day(row.made, day)}".rstrip() if narrow else ""
    due = f", by {spoken(row.horizon.end)}" if row.horizon is not None and row.horizon.end is not None else ""
    resolution = f"{_RESOLUTIONS[row.resolution]}{_resolved_when(found, row)}"
    return sentence(f"{_forecaster(row.forecaster)} foretold{made}: {quoted(row.claim)}{due}; {resolution}.")


def _resolved_when(found: Findings, row: Prediction) -> str:
    """When the latest event that resolves it took place, in words."""
    latest = max(_resolving(found, row), key=lambda when: when.start or date.min, default=None)
    return f" {on_day(latest)}" if latest is not None else ""


def _resolution_day(found: Findings, row: Prediction) -> date | None:
    return max((when.start for when in _resolving(found, row) if when.start), default=None)


def _resolving(found: Findings, row: Prediction) -> list[DateInterval]:
    """The dates of the events that resolve a prediction."""
    return [event.date for one in row.resolved_by if (event := found.events.get(one)) is not None and event.date.start]


def _forecaster(actor: Actor) -> str:
    name = one_line(actor.name)
    if actor.anonymous:
        return f"an unnamed source ({name})"
    return f"{name} ({one_line(actor.office)})" if actor.office and actor.kind == "person" else name


def doubt_drafts(found: Findings, told: Sequence[Draft]) -> Iterator[Draft]:
    """What not to lean on: rows that contradict one another, and sentences above of one, unnamed or distant source."""
    for row in found.discrepancies:
        yield _discrepancy(found, row)
    yield from _weak(found, told)


_DISCREPANT: Final = {"sources": 1.4, "asserted": 1.4, "self": 1.3, "parties": 1.0}
"""What each kind weighs: that parties disagree is why they talk."""
_LEADS: Final = {
    "sources": "Reports disagree",
    "parties": "The parties disagree",
    "self": "A party contradicts its own earlier word",
    "asserted": "A report sees a contradiction",
}


def _reported(found: Findings, evidence: Evidence) -> str:
    """When a passage was reported, in brackets; empty where that is not known."""
    day = reported_on(found.holdings, evidence.source)
    return f" ({spoken(day)})" if day is not None else ""


def _discrepancy(found: Findings, row: Discrepancy) -> Draft:
    one, other = row.evidence[0], row.evidence[1] if len(row.evidence) > 1 else row.evidence[0]
    days = [_reported(found, each) for each in (one, other)]
    field = f" on the {row.field.replace('_', ' ')}" if row.field and row.kind == "sources" else ""
    between = (
        quoted(one.exact) if one == other else f"{quoted(one.exact)}{days[0]} against {quoted(other.exact)}{days[1]}"
    )
    text = f"{_LEADS[row.kind]}{field}: {between}."
    # What was contradicted long ago is no doubt about today.
    latest = max((day for each in row.evidence if (day := reported_on(found.holdings, each.source))), default=None)
    score = _DISCREPANT[row.kind] * row.confidence * (0.4 + 0.6 * freshness(latest, found.today))
    if min(len(one.exact), len(other.exact)) < _TELLING:
        score *= 0.5
    return Draft("doubt", partial(str, text), tuple(dict.fromkeys(row.evidence[:3])), (row.id,), score)


def _weak(found: Findings, told: Sequence[Draft]) -> Iterator[Draft]:
    """Sentences above whose word is anonymous, second-hand or an editorial's, and how many rest on one report."""
    unnamed: list[tuple[str, Evidence]] = []
    distant: dict[str, list[Evidence]] = {}
    opinions: list[Evidence] = []
    single: list[Evidence] = []
    for draft in told:
        evidence = draft.evidence[0]
        statement = found.voices.statement(evidence)
        report = found.holdings.reports.get(evidence.source)
        if statement is not None and statement.on_record == "anonymous" and statement.speaker is not None:
            unnamed.append((one_line(statement.speaker.name), evidence))
        if len(evidence.attribution_chain) > 1:
            # The chain begins with who told last.
            *by, first = map(one_line, evidence.attribution_chain)
            distant.setdefault(f"{first} by way of {', '.join(reversed(by))}", []).append(evidence)
        if report is not None and report.kind in ("editorial", "analysis"):
            opinions.append(evidence)
        if len({found.story(each.source) for each in draft.evidence}) == 1 and draft.section != "doubt":
            single.append(evidence)
    if unnamed:
        who = listed(dict.fromkeys(name for name, _ in unnamed))
        text = f"{counted(len(unnamed), 'sentence')} above rests on unnamed sources: {who}."
        yield Draft("doubt", partial(str, _plural(text, len(unnamed))), _places(e for _, e in unnamed), (), 1.0)
    if distant:
        number = sum(map(len, distant.values()))
        text = f"{counted(number, 'sentence')} above is at second hand: {'; '.join(distant)}."
        yield Draft(
            "doubt", partial(str, _plural(text, number)), _places(e for each in distant.values() for e in each), (), 0.9
        )
    if opinions:
        text = f"{counted(len(opinions), 'sentence')} above rests on an editorial or analysis."
        yield Draft("doubt", partial(str, _plural(text, len(opinions))), _places(opinions), (), 0.8)
    if single and len(found.holdings.reports) > 1:
        text = f"{counted(len(single), 'sentence')} of {len(told)} above rests on a single report."
        yield Draft("doubt", partial(str, _plural(text, len(single))), _places(single), (), 0.7)


def _plural(text: str, number: int) -> str:
    return text if number == 1 else text.replace(" rests ", " rest ").replace(" is at ", " are at ")


def _places(evidence: Iterator[Evidence] | Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence))[:_CITED]
