"""Sentences before they are chosen: what they say, on what they rest, and how much they matter on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from summitry.ledger.phrasing import around, on_day, one_line, span_of
from summitry.ledger.rows import BriefLine
from summitry.ledger.sides import side

if TYPE_CHECKING:
    from summitry.ledger.findings import Findings
    from summitry.ledger.holdings import Holdings
    from summitry.ledger.rows import BriefSection
    from summitry.vocabulary import Actor, DateInterval, Event, Evidence, Row, Statement

HALF_LIFE: Final = 45
"""Days after which a row matters half as much: of a talk's last round and the weeks around it."""

OF_GROUP: Final = 2
"""Sentences of one party and kind in a section: one report's many demands leave room for the other side's."""

_OF_THE_NEWS: Final = "day of the news"
"""How the basis of a date begins that is that of the report."""

VAGUE_DAYS: Final = 14
"""A report whose own date is less sure than this many days dates nothing that it tells."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence, said only when it is chosen, with its passages and rows.

    ``score`` ranks it in its section, ``day`` orders the chosen ones.

    Of one ``group`` (a party and what kind of thing it does) there are :data:`OF_GROUP` at most.
    """

    section: BriefSection
    say: Callable[[], str]
    evidence: tuple[Evidence, ...]
    rows: tuple[str, ...]
    score: float
    day: date | None = None
    group: str | None = None

    def line(self) -> BriefLine:
        """The sentence as a line of the brief."""
        return BriefLine(self.section, self.say(), self.evidence, self.rows)


@dataclass(slots=True)
class Places:
    """Stretches of reports that are told already. Lives while one text is made."""

    _by_source: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def add(self, evidence: Iterable[Evidence]) -> None:
        """Remember passages."""
        for each in evidence:
            self._by_source.setdefault(each.source, []).append((each.start, each.end))

    def has(self, evidence: Evidence) -> bool:
        """Whether a passage overlaps one that is told: the same words more or less long."""
        return any(
            evidence.start < end and start < evidence.end for start, end in self._by_source.get(evidence.source, ())
        )


def chosen(
    drafts: Iterable[Draft], most: int, told: Iterable[str] = (), cited: Iterable[Evidence] = ()
) -> tuple[list[Draft], int]:
    """The ``most`` drafts that matter most, latest first; and how many others there were.

    No two begin with the same passage; none is of a row in ``told`` or begins with a passage in ``cited``.
    """
    before = frozenset(told)
    ranked = sorted(drafts, key=lambda one: (-one.score, one.rows, one.evidence[0].source, one.evidence[0].start))
    kept: list[Draft] = []
    places = Places()
    places.add(cited)
    # A move and what answers it are one sentence.
    answered: set[str] = set()
    left = 0
    for draft in ranked:
        if (draft.rows and draft.rows[0] in before | answered) or places.has(draft.evidence[0]):
            continue
        crowd = sum(one.group == draft.group for one in kept) if draft.group else 0
        if len(kept) == most or crowd == OF_GROUP:
            left += 1
            continue
        kept.append(draft)
        places.add(draft.evidence[:1])
        answered.update(draft.rows)
    kept.sort(key=lambda one: one.day or date.min, reverse=True)
    return kept, left


def freshness(day: date | None, today: date | None) -> float:
    """How much of a row's weight is left on a day, 0-1; one of unknown day weighs as one of two half-lives ago."""
    if day is None or today is None:
        return 0.25
    return float(0.5 ** (max((today - day).days, 0) / HALF_LIFE))


def reported_on(holdings: Holdings, source: str) -> date | None:
    """The first day a report may have appeared on; None where that is not known to :data:`VAGUE_DAYS`."""
    report = holdings.reports.get(source)
    if report is None or report.published.start is None or report.published.end is None:
        return None
    return report.published.start if (report.published.end - report.published.start).days <= VAGUE_DAYS else None


def dated(holdings: Holdings, when: DateInterval, source: str) -> str:
    """The same for behind a clause: " (15 March 2019)", " (reported 17 March 2019)"; or empty."""
    told = told_when(holdings, when, source)
    if told.startswith("as reported"):
        return f" ({told.removeprefix('as ').replace('reported on', 'reported')})"
    words = span_of(when)
    return f" ({words})" if words is not None else ""


def told_when(holdings: Holdings, when: DateInterval, source: str) -> str:
    """When something was done, or else reported: "on 15 March 2019", "as reported on 17 March 2019"; or empty.

    What has the day of the news for want of a date of its own may be older: it is told as reported then.
    """
    told = when.start is not None and when.end is not None
    if told and not when.basis.startswith(_OF_THE_NEWS):
        return on_day(when)
    own = on_day(when) if told else ""
    report = holdings.reports.get(source)
    if report is None or report.published.start is None or report.published.end is None:
        return own
    published = report.published
    width = (report.published.end - report.published.start).days
    if width > VAGUE_DAYS:
        return own
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


@dataclass(frozen=True, slots=True)
class Words:
    """The words that say it best: of a long passage the stretch from which a move or position was read."""

    by_source: Mapping[str, Sequence[Evidence]]

    @classmethod
    def of(cls, holdings: Holdings) -> Words:
        """The passages of moves and positions."""
        found: defaultdict[str, list[Evidence]] = defaultdict(list)
        for row in (*holdings.moves, *holdings.positions):
            found[row.evidence[0].source].append(row.evidence[0])
        return cls(dict(found))

    def of_event(self, event: Event) -> str:
        """The words of an event: those of its first passage, of a long one from the clause of the act on."""
        evidence = event.evidence[0]
        inside = evidence.start <= event.trigger.start < evidence.end
        words = self.of_passage(evidence, event.trigger.start if inside else None)
        return around(words, event.trigger.start - evidence.start) if inside and words == evidence.exact else words

    def of_passage(self, evidence: Evidence, at: int | None = None) -> str:
        """The words of a passage, or the longest stretch within it that is half of it at least.

        ``at`` (code points of the report) must stand in the stretch: what one party does is not told in the words of
        another's answer.
        """
        within = [
            each
            for each in self.by_source.get(evidence.source, ())
            if evidence.start <= each.start
            and each.end <= evidence.end
            and (at is None or each.start <= at < each.end)
            and 2 * (each.end - each.start) >= evidence.end - evidence.start
        ]
        return max(within, key=lambda each: (each.end - each.start, -each.start)).exact if within else evidence.exact


def voiced(found: Findings, row: Row, party: str) -> tuple[str, str]:
    """Who speaks for a party, for behind its name (" (Han Song-ok)"), and by whose account it is, for the end.

    Both are empty where the report itself tells it.
    """
    evidence = row.evidence[0]
    statement = found.voices.statement(evidence)
    if statement is not None and statement.speaker is not None:
        speaker = statement.speaker
        if statement.party is not None and side(statement.party) == party:
            if speaker.kind == "person":
                return f" ({_parenthesis(speaker)})", ""
            return "", ""
        return "", f", according to {_account(speaker)}"
    report = found.holdings.reports.get(evidence.source)
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
