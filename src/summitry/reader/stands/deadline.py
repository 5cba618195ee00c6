"""By when: the time that a clause sets for what is demanded, offered or threatened."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from summitry.vocabulary import DateInterval, Span, TimeExpression

_BY: Final = re.compile(
    r"\b(?:by|until|till|before|prior to|ahead of|no later than|not later than|deadline (?:of|is)|within|"
    r"(?:with)?in the (?:next|coming)|over the next|due)\s+(?:the\s+|a\s+|about\s+)?$",
    re.IGNORECASE,
)
"""What stands before a time that is a limit."""
_BEFORE: Final = 24
"""Code points looked at before a time: the longest of these phrases."""
_PERIOD: Final = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?.*)?$")
_YEAR: Final = re.compile(r"\b[12]\d{3}\b")
_WEEKDAY: Final = re.compile(r"day\b", re.IGNORECASE)
_FEBRUARY: Final = 2
_WEEK: Final = 7
_DAYS: Final = (365, 30, 7, 1)
"""Days of a year, a month, a week and a day, as deadlines count them."""


def deadline_of(plain: str, clause: Span, times: Sequence[TimeExpression], said: DateInterval) -> DateInterval | None:
    """The limit that a clause sets by a time in it; the last such time counts.

    A named time ("by Friday") is the limit itself; a length of time ("within 60 days") is counted from the last day
    of ``said``, and tells no day where that is open. ``times`` are in text order.
    """
    found: DateInterval | None = None
    for at in range(bisect_left(times, clause.start, key=lambda time: time.start), len(times)):
        time = times[at]
        if time.end > clause.end:
            break
        before = plain[max(clause.start, time.start - _BEFORE) : time.start]
        inside = _limiting(time.text)
        if not inside and _BY.search(before) is None:
            continue
        if time.type != "DURATION":
            limit = _ahead(time, said.start)
            found = found if limit is None else replace(limit, basis=f"deadline: {time.text}")
        elif (days := _length(time.value)) is not None and said.end is not None:
            day = said.end + timedelta(days=days)
            found = DateInterval(day, day, "day", f"inferred: {time.text} from {said.end}")
    return found


def _limiting(text: str) -> bool:
    """Whether the limit's word is part of the time itself: "within 60 days"."""
    return text.lower().startswith(("within ", "by ", "until ", "before "))


def _length(value: str) -> int | None:
    """Days of a TIMEX3 duration; None where it has no number."""
    match = _PERIOD.match(value)
    if match is None or not any(match.groups()):
        return None
    years, months, weeks, days, hours = (int(part or 0) for part in match.groups())
    whole = sum(count * size for count, size in zip((years, months, weeks, days), _DAYS, strict=True))
    return whole + -(-hours // 24)


def _ahead(time: TimeExpression, said: date | None) -> DateInterval | None:
    """The days of a named limit, which lie ahead when it is set; where it names no year, the next that do."""
    readings = [each for each in (time.interval, *time.alternatives) if each is not None and each.end is not None]
    for each in readings:
        if said is None or (each.end is not None and each.end >= said):
            return each
    if not readings or _YEAR.search(time.text) is not None:
        return None
    first = readings[0]
    weekly = _WEEKDAY.search(time.text) is not None
    later = [_next(day, weekly) if day is not None else None for day in (first.start, first.end)]
    return replace(first, start=later[0], end=later[1])


def _next(day: date, weekly: bool) -> date:
    """The same weekday of the next week, or the same day of the next year (29 February: the 28th)."""
    if weekly:
        return day + timedelta(days=_WEEK)
    return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == _FEBRUARY else day.day)
