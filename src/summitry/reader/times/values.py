"""From a finding and one publication day to a TIMEX3 value: pure and cheap, for one candidate day at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from summitry.reader.times import calendar as cal
from summitry.reader.times.found import Found

Tense = str | None
"""``past``, ``future``, ``present`` or None."""

_FAR_DAYS: Final = 100
"""From this distance on, "nearest to publication" is a weak reason for a month and day, and tense decides. Below it the
nearest is right in about 94% of cases whatever the tense."""


def value_at(found: Found, day: date, tense: Tense = None, reference: str | None = None) -> str:
    """The TIMEX3 value of ``found`` in a text published on ``day``; with ``X`` where it stays open.

    ``reference`` is the TIMEX3 value of the time last told, for "that day" and "a year earlier".
    """
    by_kind = _BY_KIND.get(found.kind)
    try:
        if by_kind is not None:
            value = by_kind(found, day, tense, reference) or found.value
        else:
            value = found.value.split("T")[0] + found.clock if found.kind == "date" else found.value
        return _days_off(value, found.days_off) if found.days_off else value
    except (ValueError, OverflowError):  # outside the calendar of years 1-9999
        return found.value


def _days_off(value: str, count: int) -> str:
    """The day so many days from a day; other values stay."""
    days = cal.days_of(value)
    return value if days is None or days[2] != "day" else (days[0] + count * cal.DAY).isoformat() + value[10:]


def _nearest(candidates: list[date], day: date, tense: Tense, direction: int | None) -> date | None:
    """The candidate nearest to ``day``; a stated direction decides, tense only where the nearest is far."""
    if direction is not None and direction != 0:
        candidates = [each for each in candidates if (each > day if direction > 0 else each < day)] or candidates
    if not candidates:
        return None
    best = min(candidates, key=lambda each: (abs((each - day).days), each > day))
    if tense in ("past", "future") and abs((best - day).days) > _FAR_DAYS and direction is None:
        agreeing = [each for each in candidates if (each <= day if tense == "past" else each >= day)]
        best = min(agreeing, key=lambda each: abs((each - day).days), default=best)
    return best


def _month_day(found: Found, day: date, tense: Tense, _reference: str | None) -> str | None:
    month, number = found.month or 1, found.day or 1
    years: range | tuple[int, ...] = range(day.year - 1, day.year + 2)
    if found.year_shift is not None:
        years = (day.year + found.year_shift,)
    elif found.weekday is not None:
        # Weekday and date agree in one year of five to eleven: nearest such year.
        years = range(max(1, day.year - 6), day.year + 7)
    candidates = [each for year in years if (each := cal.safe_date(year, month, number)) is not None]
    agreeing = [each for each in candidates if found.weekday in (None, each.isoweekday())]
    # A weekday that agrees only years away is a slip of the writer: then the date counts.
    close = [each for each in agreeing if abs(each.year - day.year) <= 1]
    best = _nearest(close or ([] if found.weekday is None else candidates), day, tense, found.direction)
    if best is None:
        return None
    return cal.week_value(best) if found.unit == "W" else best.isoformat() + found.clock


def _day_of_month(found: Found, day: date, tense: Tense, reference: str | None) -> str | None:
    months = [cal.add_months(day.year, day.month, shift) for shift in (-1, 0, 1)]
    candidates = [each for year, month in months if (each := cal.safe_date(year, month, found.day or 1)) is not None]
    if tense in ("past", "future"):
        candidates = [each for each in candidates if (each <= day if tense == "past" else each >= day)] or candidates
    best = _nearest(candidates, day, None, None)
    return best.isoformat() if best else None


def _weekday(found: Found, day: date, tense: Tense, reference: str | None) -> str:
    ahead = ((found.weekday or 1) - day.isoweekday()) % 7
    back = (day.isoweekday() - (found.weekday or 1)) % 7
    if found.direction == -1:
        best = day - (back or 7) * cal.DAY
    elif found.direction == 1:
        best = day + (ahead or 7) * cal.DAY
    elif found.direction == 0:
        best = day - (day.isoweekday() - (found.weekday or 1)) * cal.DAY
    elif tense == "future":
        best = day + ahead * cal.DAY
    else:
        best = day - back * cal.DAY
    return best.isoformat() + found.clock


def _month(found: Found, day: date, tense: Tense, _reference: str | None) -> str:
    if found.year is not None:
        return found.value
    month = found.month or 1
    if found.year_shift is not None:
        year = day.year + found.year_shift
    elif found.direction == -1:
        year = day.year if month < day.month else day.year - 1
    elif found.direction == 1:
        year = day.year if month > day.month else day.year + 1
    elif found.direction == 0:
        year = day.year
    else:
        year = _month_year(day, month, tense)
    return f"{year:04d}-{month:02d}"


def _month_year(day: date, month: int, tense: Tense) -> int:
    """The year of a bare month: nearest to publication; tense decides where the nearest is more than a season off."""
    ahead = (month - day.month) % 12
    coming = ahead < 6
    if tense == "past" and ahead > _NEAR_MONTHS:
        coming = False
    if tense == "future" and 12 - ahead > _NEAR_MONTHS:
        coming = True
    return cal.add_months(day.year, day.month, ahead if coming else ahead - 12)[0]


_NEAR_MONTHS: Final = 3
"""Up to three months off, the nearest month is right whatever the tense of the words around."""


def _year_part(found: Found, day: date, tense: Tense, reference: str | None) -> str:
    if found.year is not None:
        return found.value
    part = found.part or "Q1"
    if found.year_shift is not None:
        return f"{day.year + found.year_shift:04d}-{part}"
    size = 3 if part[0] == "Q" else 6
    start = int(part[1]) * size - size + 1
    ahead = (start - day.month) % 12
    # A quarter is spoken of when it has ended, or runs; the first one ahead needs a future cue.
    # Reports call a quarter by name most often in the months after it: nine months back, two ahead.
    coming = ahead <= (5 if tense == "future" else 2)
    year, _ = cal.add_months(day.year, day.month, ahead if coming else ahead - 12)
    return f"{year:04d}-{part}"


def _season(found: Found, day: date, tense: Tense, _reference: str | None) -> str:
    if found.year is not None:
        return found.value
    part = found.part or "SP"
    if found.year_shift is not None:
        return f"{day.year + found.year_shift:04d}-{part}"
    first = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[part]
    running = (day.month - first) % 12 < 3
    back = (day.month - first) % 12
    ahead = (first - day.month) % 12
    if found.direction == -1:
        shift = -back if not running else -12 - back
    elif found.direction == 1:
        shift = ahead if not running else 12 - back
    elif running:
        shift = -back
    elif found.direction == 0:
        return f"{day.year:04d}-{part}"
    elif tense == "future" or (tense is None and ahead < back):
        shift = ahead
    else:
        shift = -back
    return f"{cal.add_months(day.year, day.month, shift)[0]:04d}-{part}"


def _relative_day(found: Found, day: date, _tense: Tense, _reference: str | None) -> str:
    return (day + int(found.amount or 0) * cal.DAY).isoformat() + found.clock


def shift_value(day: date, unit: str, amount: float) -> str | None:
    """The unit that lies ``amount`` units from ``day``, as a TIMEX3 value at that unit's precision."""
    if abs(amount) > 100_000 or not 1 <= day.year + (int(amount) if unit == "Y" else 0) <= 9999:
        return None
    if unit in "CE":
        size = 100 if unit == "C" else 10
        return f"{day.year // size + int(amount):0{4 - len(str(size)) + 1}d}"
    if unit == "Y":
        if amount % 1:
            return shift_value(day, "N", amount * 12)
        return f"{day.year + int(amount):04d}"
    if unit == "Q":
        year, month = cal.add_months(day.year, day.month, int(amount) * 3)
        return f"{year:04d}-Q{(month + 2) // 3}" if 1 <= year <= 9999 else None
    if unit == "N":
        year, month = cal.add_months(day.year, day.month, int(amount))
        return f"{year:04d}-{month:02d}" if 1 <= year <= 9999 else None
    if unit in "WF":
        return cal.week_value(day + timedelta(days=round(amount * (7 if unit == "W" else 14))))
    if unit == "K":
        return cal.week_value(day + timedelta(days=round(amount * 7))) + "-WE"
    if unit in "DG":
        return (day + timedelta(days=round(amount))).isoformat()
    return day.isoformat()


def _relative_unit(found: Found, day: date, _tense: Tense, _reference: str | None) -> str | None:
    return shift_value(day, found.unit or "Y", found.direction or 0)


def _offset(found: Found, day: date, _tense: Tense, _reference: str | None) -> str | None:
    unit, amount = found.unit or "D", found.amount or 0
    if unit in "EC":
        return shift_value(day, "Y", amount * (10 if unit == "E" else 100))
    return shift_value(day, unit, amount)


_REFERENCE_YEAR: Final = re.compile(r"(\d{4})(.*)", re.S)


def _reference_offset(found: Found, day: date, _tense: Tense, reference: str | None) -> str | None:
    """Units from the time last told, at its own precision: a year before 2019-Q3 is 2018-Q3."""
    unit, amount = found.unit or "D", found.amount or 0
    if found.weekday is not None:  # "the previous Friday"
        told = cal.days_of(reference) if reference else None
        return _weekday(found, told[0] if told is not None and told[2] == "day" else day, None, None)
    match = _REFERENCE_YEAR.fullmatch(reference) if reference else None
    if match is None:
        return shift_value(day, "Y", amount) if unit == "Y" and amount == -1 else None
    if unit == "Y" and amount % 1 == 0:
        rest = match[2].split("T")[0]
        shifted = shift_value(date(max(1, int(match[1])), 1, 1), "Y", amount)
        if shifted is None:
            return None
        return shifted + (rest if rest.startswith(("-Q", "-H")) or re.fullmatch(r"-\d\d", rest) else "")
    days = cal.days_of(reference or "")
    if days is None or (unit in "DGSMH" and days[2] != "day"):
        return None
    value = shift_value(days[0], "Y", amount * 10) if unit == "E" else shift_value(days[0], unit, amount)
    return None if value is None else value + found.clock


def _period(found: Found, day: date, _tense: Tense, reference: str | None) -> str | None:
    """The quarter under review: the one told, else (by direction) the last or the running one."""
    if found.unit == "Q" and reference is not None and "-Q" in reference:
        return reference
    return shift_value(day, found.unit or "Q", found.direction or 0)


def _period_ago(found: Found, day: date, _tense: Tense, reference: str | None) -> str:
    """A year before the period under review, else before publication."""
    match = _REFERENCE_YEAR.fullmatch(reference) if reference else None
    if match is None:
        return f"{day.year - 1:04d}"
    return f"{int(match[1]) - 1:04d}{match[2] if match[2].startswith(('-Q', '-H')) else ''}"


def _year(found: Found, _day: date, _tense: Tense, reference: str | None) -> str:
    """The year; "the 1988 period" is the quarter under review in that year."""
    if found.unit == "Q" and reference is not None and "-Q" in reference:
        return found.value + reference[4:7]
    return found.value


def _same_unit(found: Found, day: date, tense: Tense, reference: str | None) -> str | None:
    days = cal.days_of(reference) if reference else None
    unit = found.unit or "D"
    if unit == "D" and days is not None and days[2] == "month" and reference is not None and not found.clock:
        return f"{reference}-XX"  # "that day" of a month told: a day of that month
    if days is None or (unit == "D" and days[2] != "day"):
        if found.month is not None:
            return f"{_month_year(day, found.month, tense):04d}-{found.month:02d}"
        return day.isoformat() + found.clock if unit == "D" and found.mod else None
    if found.month is not None:
        return f"{days[0].year:04d}-{found.month:02d}"
    value = shift_value(days[0], unit, 0)
    return None if value is None else value + found.clock


def _weekend(found: Found, day: date, tense: Tense, _reference: str | None) -> str:
    """Saturday and Sunday of an ISO week; unqualified it is the last one unless the sentence looks ahead."""
    saturday = day - (day.isoweekday() - 6) * cal.DAY
    begun = day.isoweekday() >= 6
    if found.direction == -1:
        saturday -= 7 * cal.DAY
    elif found.direction == 1:
        saturday += (7 if begun else 0) * cal.DAY
    elif not begun and (tense == "past" or (tense is None and found.direction is None and day.isoweekday() <= 3)):
        saturday -= 7 * cal.DAY
    return cal.week_value(saturday) + "-WE"


def holiday_day(name: str, year: int) -> date | None:
    """The day of a moving holiday; None for a name not known here."""
    if name == "thanksgiving":
        return cal.nth_weekday(year, 11, 4, 4)
    return cal.easter(year) if name == "easter" else None


def _holiday(found: Found, day: date, tense: Tense, _reference: str | None) -> str | None:
    if found.year is not None:
        own = holiday_day(found.part or "", found.year)
        return None if own is None else (cal.week_value(own) if found.unit == "W" else own.isoformat())
    candidates = [
        each for year in range(day.year - 1, day.year + 2) if (each := holiday_day(found.part or "", year)) is not None
    ]
    best = _nearest(candidates, day, tense, found.direction)
    return None if best is None else (cal.week_value(best) if found.unit == "W" else best.isoformat())


def _clock(found: Found, day: date, _tense: Tense, reference: str | None) -> str:
    days = cal.days_of(reference) if reference else None
    return (days[0] if days is not None and days[2] == "day" else day).isoformat() + found.clock


_BY_KIND: Final[dict[str, Callable[[Found, date, Tense, str | None], str | None]]] = {
    "month_day": _month_day,
    "day_of_month": _day_of_month,
    "weekday": _weekday,
    "month": _month,
    "year": _year,
    "period": _period,
    "period_ago": _period_ago,
    "year_part": _year_part,
    "season": _season,
    "relative_day": _relative_day,
    "relative_unit": _relative_unit,
    "offset": _offset,
    "reference_offset": _reference_offset,
    "same_unit": _same_unit,
    "weekend": _weekend,
    "holiday": _holiday,
    "clock": _clock,
}
