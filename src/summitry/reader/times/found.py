"""What a rule finds before any date is known: the words, and what is needed to resolve them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypedDict

from summitry.vocabulary import TimexType

Kind = Literal[
    "date", "month_day", "day_of_month", "weekday", "month", "year", "long_period", "year_part", "season",
    "relative_day", "relative_unit", "offset", "reference_offset", "period", "period_ago", "same_unit", "weekend",
    "holiday", "clock", "reference", "duration", "set",
]  # fmt: skip
"""How words point at a time.

``date`` and ``year`` are explicit (no anchor needed); ``long_period`` is a decade or century; ``year_part`` a quarter
or half of a year; ``offset`` counts units from publication ("two days ago"), ``reference_offset`` from the time last
told ("two days later"); ``same_unit`` is the unit last told ("that day"); ``period`` and ``period_ago`` are the
quarter or year under review and the one a year before ("the quarter", "a year earlier"); ``reference`` is PAST_REF,
PRESENT_REF or FUTURE_REF.
"""
Direction = Literal[-1, 0, 1]
Unit = Literal["S", "M", "H", "D", "W", "N", "Q", "Y", "E", "C", "F", "K", "G"]


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression of the text, not yet on the calendar.

    Attributes:
        start: first code point; end: one past the last; text: the words between.
        type: TIMEX3 type. rule: name of the rule. kind: see :data:`Kind`.
        value: the TIMEX3 value with ``X`` for what an anchor must give; the whole value where none is needed.
        year, month, day, weekday: what the words state (weekday ISO 1-7).
        part: quarter, half or season of the year (``Q3``, ``H1``, ``SP``), or the name of a holiday.
        amount, unit: how many of what; see :data:`Unit` (``N`` is months).
        direction: -1 past, 0 this, 1 coming, None unstated: "last Friday", "next year", "three weeks ago".
        year_shift: -1, 0, 1 where the year is told by "last/this/next year" beside a month or quarter.
        clock: TIMEX3 suffix for the time of the day, ``T22:00`` or ``TMO``.
        mod: TIMEX3 mod (START, MID, END, APPROX, LESS_THAN, MORE_THAN, EQUAL_OR_MORE, EQUAL_OR_LESS) or None.
        local: "(local time)" stands beside: publication may count one day more or less.
        days_off: -1 or 1 where "the day before" or "the day after" stands in front: "the day after Christmas".
        open: the words end at, or start from, publication: "earlier this month", "the past decade".
    """

    start: int
    end: int
    text: str
    type: TimexType
    rule: str
    kind: Kind
    value: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str | None = None
    amount: float | None = None
    unit: Unit | None = None
    direction: Direction | None = None
    year_shift: Direction | None = None
    clock: str = ""
    mod: str | None = None
    local: bool = False
    open: bool = False
    days_off: int = 0

    @property
    def explicit(self) -> bool:
        """Whether the value needs no anchor to be on the calendar."""
        return self.kind in ("date", "year", "long_period") or (self.year is not None and "X" not in self.value)


class Details(TypedDict, total=False):
    """The optional fields of :class:`Found`, for rules to pass on."""

    year: int | None
    month: int | None
    day: int | None
    weekday: int | None
    part: str | None
    amount: float | None
    unit: Unit | None
    direction: Direction | None
    year_shift: Direction | None
    clock: str
    mod: str | None
    local: bool
    open: bool
