"""What a brief on paper says: the brief with its notes, the months by state, and where the parties stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final
from urllib.parse import quote

from summitry.export.types import Selection
from summitry.ledger import Brief, BriefLine, Cell, ProcessStatus
from summitry.ledger.phrasing import spoken
from summitry.record import Citation, Record
from summitry.report.brief import nothing, others, sections_of
from summitry.report.notes import Note
from summitry.report.words import one_line, shorten

MOST_ISSUES: Final = 6
"""Issues in the table of positions: more columns than these are too narrow to read on a sheet in portrait."""

MOST_PARTIES: Final = 8

# XML 1.0 has no place for these, and a document with one does not open.
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# No blanks, controls or signs that turn the writing: such an address is none, or shows as another.
_WEB: Final = re.compile(
    'https?://[^\\s\x00-\x20\x7f-\xa0\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff<>"]+'
)
_IN_ADDRESSES: Final = "%/:?#[]@!$&'()*+,;=~"
"""Signs that stand in an address as they are (RFC 3986); others, also letters outside ASCII, are percent-encoded."""
MOST_NAME: Final = 60
"""Characters of a name in the table of positions: a row of it must fit a page."""

STATES: Final[Mapping[str, str]] = {
    "active": "B9DCC4",
    "stalled": "F3DFA2",
    "suspended": "F1BD94",
    "collapsed": "E0A0A0",
    "agreement": "A9CDF0",
}
"""The ground of a month by its state (RGB); black words on each keep a contrast above 7:1."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A brief ready to be set. ``sections`` are headings, sentences with the numbers of their notes, and what was left
    out; ``years`` the months of each year by state; ``issues`` and ``rows`` the table of positions: for each party its
    name, and a cell for each issue (None where nothing is known)."""

    title: str
    as_of: date | None
    remark: str
    sections: Sequence[tuple[str, Sequence[tuple[BriefLine, tuple[int, ...]]], str]]
    nothing: str
    notes: Sequence[Note]
    cited: Mapping[str, Citation]
    years: Sequence[tuple[int, Sequence[ProcessStatus]]]
    issues: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell | None]]]


def paper_of(record: Record, selection: Selection) -> Paper:
    """The brief of a selection's day and case.

    Raises:
        UsageError: the day is off, or the record keeps no such case.
    """
    brief = record.brief(selection.as_of, selection.case)
    cells = record.matrix(selection.as_of)
    months = record.status(as_of=selection.as_of)
    cited = record.citations({one.source for line in brief.lines for one in line.evidence})
    sections, notes = sections_of(brief, cited)
    issues, rows = _table(cells)
    return Paper(
        title=plain(brief.title),
        as_of=brief.as_of,
        remark=plain(_remark(brief)),
        sections=sections,
        nothing=nothing(brief),
        notes=notes,
        cited=cited,
        years=[(year, list(group)) for year, group in groupby(months, key=_year)],
        issues=issues,
        rows=rows,
    )


def plain(text: str) -> str:
    """Words of a report as a document takes them: one line, nothing that XML forbids or that turns the writing."""
    return _NOT_IN_XML.sub("", one_line(text))


def web_address(uri: str) -> str | None:
    """An http(s) address that a link may be made of, in ASCII; None for any other."""
    return quote(uri, safe=_IN_ADDRESSES) if _WEB.fullmatch(uri) else None


def cell_words(cell: Cell | None) -> str:
    """A cell of the table in words: stance, or pole, and since when."""
    if cell is None:
        return "–"
    position = cell.position
    stance = shorten(plain(position.pole or position.stance), MOST_NAME)
    since = f", since {spoken(cell.since)}" if cell.since else ""
    return f"{stance}{since}"


def _remark(brief: Brief) -> str:
    return others(brief) if brief.others else ""


def _year(row: ProcessStatus) -> int:
    assert row.month.start is not None  # a month has days
    return row.month.start.year


def _table(cells: Sequence[Cell]) -> tuple[list[str], list[tuple[str, list[Cell | None]]]]:
    """The issues that most parties stand on, and the parties that stand on most of them."""
    by_issue: dict[str, int] = {}
    by_party: dict[str, int] = {}
    for cell in cells:
        by_issue[cell.issue] = by_issue.get(cell.issue, 0) + 1 + len(cell.positions)
        by_party[cell.party.name] = by_party.get(cell.party.name, 0) + len(cell.positions)
    issues = sorted(by_issue, key=lambda one: (-by_issue[one], one))[:MOST_ISSUES]
    parties = sorted(by_party, key=lambda one: (-by_party[one], one))[:MOST_PARTIES]
    found = {(cell.party.name, cell.issue): cell for cell in cells}
    rows = [(shorten(plain(party), MOST_NAME), [found.get((party, issue)) for issue in issues]) for party in parties]
    return [shorten(plain(issue), MOST_NAME) for issue in issues], [row for row in rows if any(row[1])]
