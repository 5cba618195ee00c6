"""Dates as a reviewer writes them: the parts of EDTF that news needs."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final

from summitry.errors import UsageError
from summitry.vocabulary import DateInterval, Precision

BASIS: Final = "review"
"""The basis of a date that a person gave."""

_PART: Final = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?")
_OPEN: Final = ("", "..")
ALLOWED: Final = "2019-03-15, 2019-03, 2019, 2019-03-15/2019-03-17, 2019-03-15/.., unknown"


def parse_date(text: str, name: str = "date") -> DateInterval:
    """A day, month, year, an interval of two of them (``..`` leaves an end open), or ``unknown``.

    Raises:
        UsageError: it is none of these, or ends before it starts.
    """
    words = text.strip()
    if words.casefold() in ("unknown", "", "../..", "/"):
        return DateInterval(None, None, "unknown", BASIS)
    first, slash, last = (part.strip() for part in words.partition("/"))
    if not slash:
        return DateInterval(*_days(first, name, text), BASIS)
    start = None if first in _OPEN else _days(first, name, text)[0]
    end = None if last in _OPEN else _days(last, name, text)[1]
    if start is not None and end is not None and end < start:
        raise UsageError(f"{name} is {text!r}, which ends before it starts; allowed: {ALLOWED}")
    return DateInterval(start, end, "interval" if start != end else "day", BASIS)


def _days(part: str, name: str, whole: str) -> tuple[date, date, Precision]:
    """First and last day of a day, month or year."""
    match = _PART.fullmatch(part)
    try:
        if match is None:
            raise ValueError
        year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
        if match[3] is not None:
            return date(year, month, day), date(year, month, day), "day"
        if match[2] is not None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"
        return date(year, 1, 1), date(year, 12, 31), "year"
    except ValueError:
        # monthrange raises a ValueError of its own for a month that is none.
        raise UsageError(f"{name} is {whole!r}; allowed: {ALLOWED}") from None
