"""Where the talks stand: the brief, the months by state, what moved lately, what is announced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from summitry.ledger import Brief, BriefLine, ProcessStatus
from summitry.record import Citation, SourceRow
from summitry.report.brief import brief_json, sections_of
from summitry.report.notes import SHORT_ID, Note
from summitry.report.rows import to_dict
from summitry.vocabulary import Event, Position
from summitry.web.page import Json, Page
from summitry.web.question import Question
from summitry.web.view import View

LATELY_DAYS: Final = 60
"""How far back "lately" goes from the last report: two months, as a desk that writes monthly needs."""

MOST: Final = 8
"""Rows in a short list beside the brief."""

FEW: Final = 3
"""Rows of what is not new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandPage(Page):
    """Where the talks stand.

    ``sections`` are the headings of the brief with its sentences and the numbers of their notes. ``years`` are the
    months of each year by state; ``moved`` the positions that changed lately, or those that did last where none did
    (``lately`` is false); ``ahead`` events announced for days to come.
    ``ids`` are the whole ids of rows by the short ones of notes.
    ``first`` and ``last`` are the days of the first and last report; ``cases`` the negotiations of the record.
    """

    brief: Brief
    cited: Mapping[str, Citation]
    sections: Sequence[tuple[str, list[tuple[BriefLine, tuple[int, ...]]], str]]
    notes: Sequence[Note]
    ids: Mapping[str, str]
    years: Sequence[tuple[int, Sequence[ProcessStatus]]]
    moved: Sequence[Position]
    lately: bool
    ahead: Sequence[Event]
    case: str | None
    cases: Sequence[tuple[str, str]]
    reports: int
    rejected: int
    first: date | None
    last: date | None

    def json(self) -> Json:
        """See :class:`Page`: the brief, with the months and rows beside it."""
        return brief_json(self.brief, self.cited) | {
            "months": [to_dict(row, self.cited) for _, rows in self.years for row in rows],
            "moved": [to_dict(row, self.cited) for row in self.moved],
            "ahead": [to_dict(row, self.cited) for row in self.ahead],
            "reports": self.reports,
            "rejected": self.rejected,
        }


def build(view: View, question: Question) -> StandPage:
    """The page; ``case`` in the question names the negotiation.

    Raises:
        UsageError: the record keeps no case of that name.
    """
    case = question.get("case") or None
    brief = view.brief(case)
    sources = view.sources()
    first, last = view.once("days of reports", lambda: _days(sources))
    day = view.as_of or last
    months = view.status()
    moved, lately = view.once("moved lately", lambda: _moved(view.positions(), day))
    ahead = _ahead(view.events(), day)
    ids = {one.source for line in brief.lines for one in line.evidence}
    ids |= {one.source for row in (*months, *moved, *ahead) for one in row.evidence}
    cited = view.record.citations(ids)
    sections, notes = sections_of(brief, cited)
    read = sum(row.status == "read" for row in sources)
    return StandPage(
        title=brief.title,
        brief=brief,
        cited=cited,
        sections=sections,
        notes=notes,
        ids={row[:SHORT_ID]: row for line in brief.lines for row in line.rows},
        years=[(year, list(rows)) for year, rows in groupby(months, key=_year)],
        moved=moved,
        lately=lately,
        ahead=ahead,
        case=case,
        cases=[(one.name, one.title) for one in view.record.cases()],
        reports=read,
        rejected=len(sources) - read,
        first=first,
        last=last,
    )


def _days(sources: Sequence[SourceRow]) -> tuple[date | None, date | None]:
    """Of the first and the last report whose day is known well."""
    days = [row.published.start for row in sources if row.published.start and row.published.start == row.published.end]
    return (min(days), max(days)) if days else (None, None)


def _year(row: ProcessStatus) -> int:
    assert row.month.start is not None  # a month has days
    return row.month.start.year


def _moved(positions: Sequence[Position], day: date | None) -> tuple[list[Position], bool]:
    """Positions that hardened, softened or were reversed, the last first; and whether that was lately."""
    if day is None:
        return [], False
    found = [
        row
        for row in positions
        if row.change in ("harden", "soften", "reverse") and row.held.start and row.held.start <= day
    ]
    found.sort(key=lambda row: (row.held.start or date.min, row.id), reverse=True)
    since = day - timedelta(LATELY_DAYS)
    late = [row for row in found if row.held.start and row.held.start >= since]
    return (late[:MOST], True) if late else (found[:FEW], False)


def _ahead(events: Sequence[Event], day: date | None) -> list[Event]:
    """Events planned for days after ``day``, the next first."""
    if day is None:
        return []
    found = [row for row in events if row.modality == "planned" and row.date.start and row.date.start > day]
    return sorted(found, key=lambda row: (row.date.start or date.max, row.id))[:MOST]
