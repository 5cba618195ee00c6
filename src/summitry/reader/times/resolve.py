"""Putting findings on the calendar: value, interval, basis and alternatives from the publication interval."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from summitry.reader.times import calendar as cal
from summitry.reader.times.found import Found
from summitry.reader.times.values import Tense, shift_value, value_at
from summitry.vocabulary import DateInterval, TimeExpression

_FUZZ: Final = {"W": 3, "N": 15, "Y": 183}
"""Half a unit in days: "three weeks ago" means that day give or take half a week."""

WIDEST_DAYS: Final = 62
"""All the days a relative expression may mean, in a text that is not dated to the day, are an answer up to so many."""

NARROW_DAYS: Final = 4
"""Between the ends of a publication interval so narrow that a weekday standing in it is the one reported: newspapers
print what was said on the same day or the next, and inferring the interval rested on that."""

_DAY_PARTS: Final = {"H": 24, "M": 1440, "S": 86400}
"""Units in a day."""


def resolve(
    found: Found,
    anchor: DateInterval | None,
    *,
    tense: Tense = None,
    reference: date | str | None = None,
) -> TimeExpression:
    """The time expression that ``found`` is in a text published within ``anchor``.

    Args:
        found: a finding of :func:`~summitry.reader.times.recognise.recognise`.
        anchor: when the text was published. None or open: only what needs no anchor is given. An interval: what is the
            same on its first and its last day; in a narrow one, a bare weekday that stands in it is that day; else
            the value keeps its unknown parts (``XXXX-WXX-5``) and ``interval`` holds all days it may mean, if few.
        tense: ``past``, ``future`` or None, of the words around.
        reference: the time last told, a day or a TIMEX3 value, for "that day", "a year earlier", "at noon".

    Pure; some 30 to 60 microseconds. Where only the value counts, for many candidate days,
    :func:`~summitry.reader.times.values.value_at` is cheaper.
    """
    told = reference.isoformat() if isinstance(reference, date) else reference
    if anchor is None or anchor.start is None or anchor.end is None:
        return _unanchored(found, told)
    first = _on_day(found, anchor.start, tense, told)
    if anchor.start == anchor.end:
        return first
    last = _on_day(found, anchor.end, tense, told)
    if first.value == last.value and first.interval == last.interval:
        return first
    near = (anchor.end - anchor.start).days <= NARROW_DAYS
    if near and found.kind == "weekday" and found.direction is None and tense != "future":
        days = (anchor.start + timedelta(days=n) for n in range(NARROW_DAYS + 1))
        within = [day for day in days if day <= anchor.end and day.isoweekday() == found.weekday]
        if len(within) == 1:
            reported = _on_day(found, within[0], tense, told)
            others = {each.interval: None for each in (first, last) if each.interval and each.value != reported.value}
            return replace(reported, alternatives=tuple(others) or reported.alternatives)
    hull = _hull(first.interval, last.interval)
    if hull is None or hull.start is None or hull.end is None or (hull.end - hull.start).days > WIDEST_DAYS:
        return replace(first, value=found.value, interval=None, alternatives=(hull,) if hull else ())
    return replace(first, value=found.value, interval=hull, alternatives=())


def _hull(first: DateInterval | None, last: DateInterval | None) -> DateInterval | None:
    """All days between the earliest start and the latest end."""
    if first is None or last is None or None in (first.start, first.end, last.start, last.end):
        return None
    starts = [each.start for each in (first, last) if each.start]
    ends = [each.end for each in (first, last) if each.end]
    return DateInterval(min(starts), max(ends), "interval", f"{first.basis}, over all days of publication")


def _unanchored(found: Found, told: str | None) -> TimeExpression:
    """What is certain without a publication day."""
    value = found.value
    if found.explicit:
        value = value_at(found, date(2000, 1, 1))  # the day plays no part
    elif told is not None and found.kind in ("reference_offset", "same_unit", "clock"):
        days = cal.days_of(told)
        if days is not None and (found.kind != "clock" or days[2] == "day"):
            value = value_at(found, days[0], None, told)
    return _expression(found, value, None)


def _on_day(found: Found, day: date, tense: Tense, told: str | None) -> TimeExpression:
    value = value_at(found, day, tense, told)
    made = _expression(found, value, day, tense)
    others = _alternatives(found, day, value)
    basis = (
        f"{found.rule}, {tense}" if tense and found.kind in ("weekday", "month", "month_day", "season") else found.rule
    )
    interval = made.interval and replace(made.interval, basis=basis)
    return replace(made, interval=interval, alternatives=others)


def _expression(found: Found, value: str, day: date | None, tense: Tense = None) -> TimeExpression:
    """The expression with the interval that its value, its mod and the publication day give."""
    interval = None
    if found.type == "DURATION" and day is not None:
        interval = _length_from(found, day, tense)
    elif found.kind == "offset" and day is not None and found.unit in _FUZZ and found.amount is not None:
        interval = _around(found, day, value)
    elif found.type in ("DATE", "TIME") and "X" not in value:
        days = cal.days_of(value)
        if days is not None:
            interval = _narrowed(DateInterval(*days, basis=found.rule), found, day)
    return TimeExpression(found.start, found.end, found.text, found.type, value, interval, found.rule)


def _length_from(found: Found, day: date, tense: Tense) -> DateInterval | None:
    """The days of a length told from publication: "the past decade"; with a future cue "in two weeks"."""
    if found.rule in ("duration", "a-unit"):
        if found.direction != 1 or tense != "future":
            return None
        return _running(found, day) if found.open else _around(found, day, "")
    return _running(found, day) if found.open else None


def _running(found: Found, day: date) -> DateInterval | None:
    """The days of "the past decade" or "the next two weeks"."""
    unit, amount = found.unit or "D", found.amount or 0
    other = _shifted(day, unit, amount)
    if other is None:
        return None
    return DateInterval(min(day, other), max(day, other), "interval", found.rule)


def _shifted(day: date, unit: str, amount: float) -> date | None:
    """The day ``amount`` units on."""
    months = {"N": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}.get(unit)
    try:
        if months is not None:
            return cal.shift_day(day, round(amount * months))
        if unit in _DAY_PARTS:
            return day + timedelta(days=math.ceil(abs(amount) / _DAY_PARTS[unit])) * (1 if amount > 0 else -1)
        return day + timedelta(days=round(amount * {"W": 7, "F": 14, "K": 7}.get(unit, 1)))
    except OverflowError:
        return None


def _around(found: Found, day: date, value: str) -> DateInterval | None:
    """The days that "three weeks ago" may mean: half a unit about that day, or the year named for years."""
    if found.unit == "Y" and value and found.amount is not None and found.amount % 1 == 0:
        days = cal.days_of(value)
        return DateInterval(*days, basis=found.rule) if days else None
    middle = _shifted(day, found.unit or "D", found.amount or 0)
    if middle is None:
        return None
    fuzz = timedelta(days=_FUZZ.get(found.unit or "D", 0))
    try:
        low, high = middle - fuzz, middle + fuzz
    except OverflowError:
        return None
    if (found.amount or 0) < 0:
        high = min(high, day)
    return DateInterval(low, high, "interval", found.rule)


def _narrowed(interval: DateInterval, found: Found, day: date | None) -> DateInterval:
    """The part of an interval that "early", "mid", "late", "earlier this" and "later this" leave."""
    start, end = interval.start, interval.end
    if found.mod not in ("START", "MID", "END") or start is None or end is None or (end - start).days < 5:
        return interval
    if found.open and day is not None and start <= day <= end:
        return DateInterval(*((start, day) if found.mod == "START" else (day, end)), "interval", interval.basis)
    third = (end - start) / 3
    cuts = {"START": (start, start + third), "MID": (start + third, end - third), "END": (end - third, end)}
    return DateInterval(*cuts[found.mod], "interval", interval.basis)


def _alternatives(found: Found, day: date, value: str) -> tuple[DateInterval, ...]:
    """Other readings, likeliest first: the other week or year, a day either way for local times."""
    days = cal.days_of(value)
    if days is None:
        return ()
    made: list[DateInterval] = []
    start, _, precision = days
    if found.local and precision == "day":
        made.append(DateInterval(start - cal.DAY, start + cal.DAY, "interval", "local time"))
    if found.kind == "weekday" and found.direction is None:
        other = start + (7 if start <= day else -7) * cal.DAY
        made.append(DateInterval(other, other, "day", "the same weekday on the other side of publication"))
    elif found.kind in ("month_day", "month", "season") and found.year is None and found.year_shift is None:
        shifted = cal.days_of(_other_year(value, 1 if start <= day else -1))
        if shifted is not None:
            made.append(DateInterval(*shifted, basis="the same day or month on the other side of publication"))
    elif found.kind == "offset" and found.unit in ("W", "N") and found.amount is not None:
        near = shift_value(day, found.unit, found.amount)
        whole = cal.days_of(near) if near else None
        if whole is not None:
            made.append(DateInterval(*whole, basis="the whole calendar unit"))
    return tuple(made)


def _other_year(value: str, shift: int) -> str:
    """The value a year on or back; what has no year stays."""
    return f"{int(value[:4]) + shift:04d}{value[4:]}" if value[:4].isdecimal() else value
