"""The timeline for TimelineJS (Knight Lab): its JSON format, version 3.

TimelineJS puts texts into the page as HTML, so every word of a report is escaped. Dates are objects of year, month and
day; an event that is known to the month has no day.
"""

from __future__ import annotations

import io
import json
from html import escape
from typing import TYPE_CHECKING, Any, BinaryIO

from summitry.export.paper import plain
from summitry.report.links import LOCAL_DESK, row_path
from summitry.report.rows import source_line
from summitry.report.words import edtf, in_marks, is_rough, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from summitry.export.types import Selection
    from summitry.record import Citation, Record
    from summitry.vocabulary import DateInterval, Event

_HEADLINE = 90
"""Characters of a headline: the marks of TimelineJS show no more than two short lines."""


def write_timelinejs(record: Record, selection: Selection, out: BinaryIO) -> None:
    """Write the dated events of a selection; those without a date have no place on a line and are counted in the title.

    Raises:
        UsageError: a filter is off.
    """
    events = record.timeline(**selection.asked)
    dated = [event for event in events if not is_rough(event.date)]
    cited = record.citations({one.source for event in dated for one in event.evidence})
    left = len(events) - len(dated)
    note = f"{len(dated)} events" + (f"; {left} without a date are left out" if left else "")
    sides = {actor.code: actor.name for event in events for actor in event.actors if actor.kind == "state"}
    found = {
        "title": {"text": {"headline": "Timeline", "text": escape(note)}, "unique_id": "title"},
        "events": [_slide(event, cited[event.evidence[0].source], sides) for event in dated],
    }
    text = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
    json.dump(found, text, ensure_ascii=False, indent=1)
    text.detach()


def left_out(record: Record, selection: Selection) -> str | None:
    """How many events have no place on a line, in words; None where all have one."""
    count = sum(is_rough(event.date) for event in record.timeline(**selection.asked))
    return f"left out, without a date: {count} events" if count else None


def _slide(event: Event, source: Citation, sides: Mapping[str | None, str]) -> dict[str, Any]:
    start, end = event.date.start, event.date.end
    assert start is not None  # rough dates were left out
    assert end is not None
    told = [f"<p>{_safe(in_marks(event.evidence[0].exact))}</p>", f"<p>{_safe(source_line(source))}</p>"]
    told.append(f'<p><a href="{escape(LOCAL_DESK + row_path(event.id), quote=True)}">{_safe(event.id)}</a></p>')
    slide = {
        "start_date": _date(start, event.date),
        "text": {"headline": _safe(shorten(event.summary, _HEADLINE)), "text": "".join(told)},
        "group": _safe(shorten(_side(event, sides), _HEADLINE)),
        # An address in the words of a report stays words.
        "autolink": False,
        "unique_id": event.id,
        "display_date": _safe(_words(event)),
    }
    if end != start and event.date.precision != "month":
        slide["end_date"] = _date(end, event.date)
    return slide


def _side(event: Event, sides: Mapping[str | None, str]) -> str:
    """The lane: the state of whoever acts first, by the name that the record has for it; else its own name."""
    if not event.actors:
        return "unknown"
    actor = event.actors[0]
    return sides.get(actor.state) or actor.name if actor.state else actor.name


def _date(day: date, when: DateInterval) -> dict[str, int]:
    parts = {"year": day.year}
    if when.precision != "year":
        parts["month"] = day.month
    if when.precision not in ("year", "month"):
        parts["day"] = day.day
    return parts


def _words(event: Event) -> str:
    return edtf(event.date) + ("" if event.modality == "happened" else f" ({event.modality})")


def _safe(text: str) -> str:
    return escape(plain(text), quote=True)
