"""Calendar arithmetic: TIMEX3 values to closed intervals of days, and back."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from summitry.vocabulary import Precision

DAY: Final = timedelta(days=1)
Days = tuple[date, date, Precision]
"""First day, last day, precision."""

_SEASON_START: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""First month of the meteorological season, northern hemisphere; winter runs into the next year."""
_VALUE: Final = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?P<weekend>-WE)?(?:-(?P<weekday>[1-7]))?"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)))?(?:T.*)?"
)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - DAY if (year, month) != (9999, 12) else date.max


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """The month ``count`` months after (or, negative, before) a month."""
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


def shift_day(day: date, months: int) -> date | None:
    """The same day of the month ``months`` later, clipped to the month's end; None outside the calendar."""
    year, month = add_months(day.year, day.month, months)
    if not 1 <= year <= 9999:
        return None
    return date(year, month, min(day.day, month_end(year, month).day))


def safe_date(year: int, month: int, day: int) -> date | None:
    """A date, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def week_value(day: date) -> str:
    """The ISO week of a day, as ``2019-W11``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def days_of(value: str) -> Days | None:
    """The days a TIMEX3 value covers; None where no calendar days follow (``P3D``, ``PAST_REF``, ``XXXX-02``)."""
    if len(value) <= 3 and value.isdecimal():
        return _long_period(value)
    match = _VALUE.fullmatch(value)
    if match is None or match["year"] == "0000":
        return None
    year = int(match["year"])
    try:
        return _period(year, match)
    except (ValueError, OverflowError):
        return None


def _long_period(value: str) -> Days | None:
    """A decade (three digits) or a century (two digits; ``19`` is 1900-1999)."""
    size = 10 ** (4 - len(value))
    first = int(value) * size
    if not 1 <= first <= 9999 - size or len(value) < 2:
        return None
    return date(first, 1, 1), date(first + size - 1, 12, 31), "interval"


def _period(year: int, match: re.Match[str]) -> Days:
    """The days of a matched value; ValueError where the calendar has none."""
    if match["day"]:
        day = date(year, int(match["month"]), int(match["day"]))
        return day, day, "day"
    if match["month"]:
        month = int(match["month"])
        return date(year, month, 1), month_end(year, month), "month"
    if match["week"]:
        monday = date.fromisocalendar(year, int(match["week"]), 1)
        if match["weekday"]:
            day = monday + (int(match["weekday"]) - 1) * DAY
            return day, day, "day"
        return (monday + 5 * DAY if match["weekend"] else monday), monday + 6 * DAY, "interval"
    if match["quarter"]:
        last = int(match["quarter"]) * 3
        return date(year, last - 2, 1), month_end(year, last), "interval"
    if match["half"]:
        last = int(match["half"]) * 6
        return date(year, last - 5, 1), month_end(year, last), "interval"
    if match["season"]:
        first = _SEASON_START[match["season"]]
        return date(year, first, 1), month_end(*add_months(year, first, 2)), "interval"
    return date(year, 1, 1), date(year, 12, 31), "year"


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus's algorithm)."""
    golden, century = year % 19, year // 100
    leap, skipped = century // 4, (century + 8) // 25
    epact = (19 * golden + century - leap - (century - skipped + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - epact - year % 100 % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The ``nth`` (1-5; -1 is the last) ISO weekday of a month."""
    if nth < 0:
        last = month_end(year, month)
        return last - (last.isoweekday() - weekday) % 7 * DAY
    first = date(year, month, 1)
    return first + ((weekday - first.isoweekday()) % 7 + 7 * (nth - 1)) * DAY
