"""Finding and resolving in one pass over a text, with tense from nearby words and the time last told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from summitry.reader.times.calendar import DAY, days_of
from summitry.reader.times.cues import Cues, cues_of
from summitry.reader.times.found import Found
from summitry.reader.times.ranges import links
from summitry.reader.times.recognise import recognise
from summitry.reader.times.resolve import resolve
from summitry.vocabulary import DateInterval, TimeExpression

_TENSED: Final = frozenset(
    {"weekday", "month", "month_day", "season", "weekend", "holiday", "year_part", "day_of_month"}
)
"""Kinds for which tense decides between the time before and the time after publication."""


def find_times(
    text: str,
    anchor: DateInterval | None,
    *,
    tense_at: Callable[[int], str | None] | None = None,
) -> tuple[TimeExpression, ...]:
    """The time expressions of ``text`` in order, resolved against the publication interval ``anchor``.

    Args:
        text: plain text; offsets of the result are its code points.
        anchor: when it was published; None or wide leaves open what depends on it.
        tense_at: the tense (``past``, ``future`` or None) that governs the word at an offset, from a parse; without it
            nearby words decide.
    """
    found = recognise(text)
    if not found:
        return ()
    governing = _tenses(text, tense_at)
    out: list[TimeExpression] = []
    told: str | None = None
    period: str | None = None
    for at, item in enumerate(found):
        tense = None
        if item.kind in _TENSED or (item.kind == "duration" and item.direction == 1):
            tense = governing(item)
        made = resolve(item, anchor, tense=tense, reference=period if item.kind in _PERIODIC else told)
        if out and item.kind in _TENSED:
            made = _after_start(text, item, out[-1], made)
        made = _of_tomorrow(text, found, at, made, anchor)
        out.append(made)
        told = _told(item, made, told)
        period = _under_review(item, made, period, anchor)
    return tuple(out)


_TOMORROWS_NAME: Final = timedelta(days=6)
"""Back to the weekday that is tomorrow's too. Stories are updated past midnight and come from places where the next day
has begun, while a writer says "last Sunday" of six days ago: of 24 such weekdays told as past in 289 dated articles on
two negotiations 21 were tomorrow."""


def _of_tomorrow(
    text: str, found: Sequence[Found], at: int, made: TimeExpression, anchor: DateInterval | None
) -> TimeExpression:
    """A bare weekday six days back is tomorrow, unless a weekday linked to it ("Monday and Tuesday") has passed too."""
    item, told = found[at], made.interval
    if item.kind != "weekday" or item.direction is not None or anchor is None or told is None or told.start is None:
        return made
    day = anchor.start
    if day is None or day != anchor.end or day - told.start != _TOMORROWS_NAME or day == date.max:
        return made
    if at and found[at - 1].kind == "weekday" and links(text, found[at - 1], item):
        return made
    if at + 1 < len(found) and found[at + 1].kind == "weekday" and links(text, item, found[at + 1]):
        return made
    tomorrow = DateInterval(day + DAY, day + DAY, "day", f"{told.basis}, of tomorrow")
    value = made.value.replace(told.start.isoformat(), (day + DAY).isoformat())
    return replace(made, value=value, interval=tomorrow, alternatives=(told,))


def _tenses(text: str, tense_at: Callable[[int], str | None] | None) -> Callable[[Found], str | None]:
    """What tells the tense of a finding: the callback given, else the words near it."""
    if tense_at is not None:
        return lambda item: tense_at(item.start)
    cues: list[Cues] = []  # made when first asked for: a text may have no time that tense decides

    def near(item: Found) -> str | None:
        if not cues:
            cues.append(cues_of(text))
        return cues[0].tense_at(item.start, item.end)

    return near


def _after_start(text: str, item: Found, first: TimeExpression, made: TimeExpression) -> TimeExpression:
    """The end of a range, never before its start: in "from Friday to Sunday" Sunday is the one after that Friday."""
    start, end = first.interval, made.interval
    if start is None or end is None or start.start is None or end.start is None or end.start >= start.start:
        return made
    if item.year is not None or links(text, first, made) != "range":
        return made
    again = resolve(item, DateInterval(start.start, start.start, "day"), tense="future")
    if again.interval is None or again.interval.start is None or again.interval.start < start.start:
        return made
    return again


_PERIODIC: Final = frozenset({"period", "period_ago", "year"})
"""Kinds that speak of the quarter or year under review."""


def _under_review(item: Found, made: TimeExpression, before: str | None, anchor: DateInterval | None) -> str | None:
    """The quarter or year that "the quarter" and "a year earlier" would now point back to.

    A quarter that still runs, or one before the quarter under review, is mentioned beside it and does not replace it;
    a fiscal one is of another calendar and does.
    """
    if item.kind == "year_part" and "-Q" in made.value and "X" not in made.value:
        if before is None or "-Q" not in before or "fiscal" in made.text.lower():
            return made.value
        return before if made.value < before or _runs(made, anchor) else made.value
    if item.kind == "duration" and item.unit == "N" and item.amount in (6, 9) and before is not None:
        return before[:4]  # "the first nine months": figures of the year to date
    if item.kind == "period" and "-Q" in made.value and before is not None:
        return made.value
    return before


def _runs(made: TimeExpression, anchor: DateInterval | None) -> bool:
    """Whether a period has not ended at publication."""
    day = anchor.start if anchor is not None else None
    return day is not None and made.interval is not None and made.interval.end is not None and made.interval.end >= day


def _told(item: Found, made: TimeExpression, before: str | None) -> str | None:
    """The time that "that day" or "a year earlier" would now point back to."""
    if made.type in ("DURATION", "SET") or item.kind in _POINTING_BACK:
        return before
    return made.value.split("T")[0] if days_of(made.value) is not None else before


_POINTING_BACK: Final = frozenset({"reference", "reference_offset", "period_ago", "same_unit", "clock"})
"""Kinds that do not themselves become the time told."""
