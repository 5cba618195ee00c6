"""Announced days as iCalendar (RFC 5545): what is planned or threatened, terms that end, forecasts that fall due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, BinaryIO, Final

from icalendar import Calendar
from icalendar import Event as Entry

from summitry.export.paper import plain
from summitry.record.rows import last_day
from summitry.report.links import LOCAL_DESK, row_path
from summitry.report.rows import source_line
from summitry.report.words import full_name, in_marks, shorten

if TYPE_CHECKING:
    from summitry.export.types import Selection
    from summitry.record import Record
    from summitry.vocabulary import DateInterval, Row

MOST_DAYS: Final = 31
"""A longer interval is no appointment: "next year" would fill the calendar of a year."""

_SUMMARY: Final = 120
_PRODUCT: Final = "-//summitry//announced//EN"
_UNDATED: Final = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Day:
    """What a calendar has on a day or a few."""

    row: Row
    when: DateInterval
    summary: str
    category: str
    status: str


def write_ical(record: Record, selection: Selection, out: BinaryIO) -> None:
    """Write the announced days after a selection's as-of day; without one, all that any report announces.

    Raises:
        UsageError: a filter is off.
    """
    after = last_day(selection.as_of, "as of")
    day = after or _last_report(record)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Announced, as known on {day}" if day else "Announced")
    found = [one for one in _days(record, selection) if _is_ahead(one.when, after)]
    found.sort(key=lambda one: (one.when.start or date.max, one.row.id))
    cited = record.citations({one.row.evidence[0].source for one in found})
    stamp = datetime.combine(day, time(), UTC) if day else _UNDATED
    for one in found:
        assert one.when.start is not None
        assert one.when.end is not None
        entry = Entry()
        entry.add("uid", f"{one.row.id}@summitry")
        entry.add("dtstamp", stamp)
        entry.add("dtstart", one.when.start)
        # The day after the last one, as the standard has the end of a whole day.
        entry.add("dtend", one.when.end + timedelta(days=1))
        entry.add("summary", shorten(plain(one.summary), _SUMMARY))
        passage = one.row.evidence[0]
        source = cited.get(passage.source)
        entry.add("description", f"{plain(in_marks(passage.exact))}\n{plain(source_line(source))}\n{one.row.id}")
        entry.add("url", LOCAL_DESK + row_path(one.row.id))
        entry.add("categories", [one.category])
        entry.add("status", one.status)
        entry.add("transp", "TRANSPARENT")
        calendar.add_component(entry)
    out.write(calendar.to_ical())


def _last_report(record: Record) -> date | None:
    days = [row.published.end for row in record.sources() if row.published.start and row.published.end]
    return max((one for one in days if one is not None), default=None)


def left_out(record: Record, selection: Selection) -> str | None:
    """How many announced rows have no place in a calendar, in words; None where all have one."""
    count = sum(not _has_days(one.when) for one in _days(record, selection))
    return f"left out, without a day or wider than {MOST_DAYS} days: {count} announced rows" if count else None


def _has_days(when: DateInterval) -> bool:
    return when.start is not None and when.end is not None and (when.end - when.start).days <= MOST_DAYS


def _is_ahead(when: DateInterval, day: date | None) -> bool:
    if not _has_days(when) or when.end is None:
        return False
    return day is None or when.end > day


def _days(record: Record, selection: Selection) -> Iterator[_Day]:
    for event in record.timeline(**selection.asked):
        if event.modality in ("planned", "threatened"):
            yield _Day(event, event.date, event.summary, event.modality, "TENTATIVE")
    for move in record.moves(**selection.asked):
        if move.deadline is not None:
            what = move.get or move.give or move.kind
            yield _Day(move, _last(move.deadline), f"{full_name(move.proposer)}: term for {what}", "term", "CONFIRMED")
    for told in record.predictions(**selection.asked):
        if told.horizon is not None and told.resolution == "pending":
            summary = f"{full_name(told.forecaster)} foretold: {told.claim}"
            yield _Day(told, _last(told.horizon), summary, "forecast due", "TENTATIVE")


def _last(when: DateInterval) -> DateInterval:
    """The last day of a term: on it one looks whether it was kept."""
    return replace(when, start=when.end) if when.end else when
