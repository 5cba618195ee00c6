"""Sentences before they are chosen: what they say, on what they rest, and how much they matter on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from summitry.ledger.phrasing import on_day, one_line, span_of
from summitry.ledger.rows import BriefLine
from summitry.ledger.sides import side

if TYPE_CHECKING:
    from summitry.ledger.findings import Findings
    from summitry.ledger.holdings import Holdings
    from summitry.ledger.rows import BriefSection
    from summitry.vocabulary import Actor, DateInterval, Evidence, Row, Statement

HALF_LIFE: Final = 45
"""Days after which a row matters half as much: of a talk's last round and the weeks around it."""

VAGUE_DAYS: Final = 14
"""A report whose own date is less sure than this many days dates nothing that it tells."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence with its passages and rows; ``score`` ranks it in its section, ``day`` orders the chosen ones."""

    section: BriefSection
    text: str
    evidence: tuple[Evidence, ...]
    rows: tuple[str, ...]
    score: float
    day: date | None = None

    def line(self) -> BriefLine:
        """The sentence as a line of the brief."""
        return BriefLine(self.section, self.text, self.evidence, self.rows)


def chosen(drafts: Iterable[Draft], most: int) -> tuple[list[Draft], int]:
    """The ``most`` drafts that matter most, latest first, no two with a passage in common; and how many were left."""
    ranked = sorted(drafts, key=lambda one: (-one.score, one.rows, one.text))
    kept: list[Draft] = []
    told: set[tuple[str, int]] = set()
    left = 0
    for draft in ranked:
        places = {(each.source, each.start) for each in draft.evidence[:1]}
        if places & told:
            continue
        if len(kept) == most:
            left += 1
            continue
        kept.append(draft)
        told |= places
    kept.sort(key=lambda one: one.day or date.min, reverse=True)
    return kept, left


def freshness(day: date | None, today: date | None) -> float:
    """How much of a row's weight is left on a day, 0-1; one of unknown day weighs as one of a half-life ago."""
    if day is None or today is None:
        return 0.5
    return float(0.5 ** (max((today - day).days, 0) / HALF_LIFE))


def told_when(holdings: Holdings, when: DateInterval, source: str) -> str:
    """When something was done, or else reported: "on 15 March 2019", "as reported on 17 March 2019"; or empty."""
    if when.start is not None and when.end is not None:
        return on_day(when)
    report = holdings.reports.get(source)
    if report is None or report.published.start is None or report.published.end is None:
        return ""
    published = report.published
    width = (report.published.end - report.published.start).days
    if width > VAGUE_DAYS:
        return ""
    if width == 0:
        return f"as reported {on_day(published)}"
    return f"as reported about {span_of(published)}"


@dataclass(frozen=True, slots=True)
class Voices:
    """Whose words a passage stands in: the statements of each report, by id of the source."""

    by_source: Mapping[str, Sequence[Statement]]

    @classmethod
    def of(cls, holdings: Holdings) -> Voices:
        """The statements of holdings."""
        found: defaultdict[str, list[Statement]] = defaultdict(list)
        for statement in holdings.statements:
            found[statement.evidence[0].source].append(statement)
        return cls(dict(found))

    def statement(self, evidence: Evidence) -> Statement | None:
        """The shortest statement that a passage stands in, or that stands in the passage."""
        best: tuple[int, Statement] | None = None
        for each in self.by_source.get(evidence.source, ()):
            for place in each.evidence:
                inside = place.start <= evidence.start + 1 and evidence.end <= place.end + 1
                around = evidence.start <= place.start and place.end <= evidence.end
                if inside or around:
                    length = place.end - place.start
                    if best is None or length < best[0]:
                        best = (length, each)
        return best[1] if best else None


def voiced(findings: Findings, row: Row, party: str) -> tuple[str, str]:
    """Who speaks for a party, for behind its name (" (Han Song-ok)"), and by whose account it is, for the end.

    Both are empty where the report itself tells it.
    """
    evidence = row.evidence[0]
    statement = findings.voices.statement(evidence)
    if statement is not None and statement.speaker is not None:
        speaker = statement.speaker
        if statement.party is not None and side(statement.party) == party:
            if speaker.kind == "person":
                return f" ({_parenthesis(speaker)})", ""
            return "", ""
        return "", f", according to {_account(speaker)}"
    report = findings.holdings.reports.get(evidence.source)
    if report is not None and report.kind in ("editorial", "analysis"):
        return "", f", according to an {report.kind}"
    return "", ""


def _parenthesis(actor: Actor) -> str:
    name, office = one_line(actor.name), one_line(actor.office or "")
    if actor.anonymous:
        return f"unnamed: {name}"
    return f"{name}, {office}" if office and office.casefold() not in name.casefold() else name


def _account(actor: Actor) -> str:
    name = one_line(actor.name)
    if actor.anonymous:
        return f"an unnamed source ({name})"
    return f"{name} ({one_line(actor.office)})" if actor.kind == "person" and actor.office else name
