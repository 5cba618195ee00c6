"""The timeline as the server draws it: lanes by months, quarters or years, a bar for what happened in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import sub
from typing import Final

from summitry.ledger import Tone
from summitry.vocabulary import Quad
from summitry.web.lanes import OTHERS, Index

WIDTH: Final = 1000.0
LEFT: Final = 4.0
LANE: Final = 58.0
BAR: Final = 36.0
"""Height of the fullest bar; the rest of the lane is for its name."""
TOP: Final = 6.0
AXIS: Final = 22.0

MOST_COLUMNS: Final = 72
"""Columns that are still wider than a letter: six years of months."""

MAIN: Final = 0.85
"""Share of the events that the chart opens on: a war recalled from decades ago would leave most of it empty."""

AHEAD: Final = 0.998
"""Share of the events by whose last day the chart ends: of a thousand, one or two are planned for decades to come."""

QUADS: Final[tuple[Quad, ...]] = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
QUAD_CLASS: Final = ("vcoop", "mcoop", "vconf", "mconf")


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a bar: place and size in the drawing, the class that colours it, and what it says."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the axis with its label."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class LaneShape:
    """A lane: name, where it begins, and how many dated events it has in the columns."""

    key: str
    name: str
    y: float
    count: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """The chart without scripts. ``outside`` events lie before the first column or after the last; ``unit`` is month,
    quarter or year. An event known by a longer span is counted where the span begins. ``years`` are those of events."""

    lanes: Sequence[LaneShape]
    bars: Sequence[Bar]
    ticks: Sequence[Tick]
    height: float
    unit: str
    first: date
    last: date
    outside: int
    years: Sequence[int]
    width: float = WIDTH


@dataclass(frozen=True, slots=True)
class Curve:
    """The tone of a pair: a point for each month (place, radius, what it says), lines between months in a row."""

    pair: tuple[str, str]
    points: Sequence[tuple[float, float, float, str]]
    lines: Sequence[str]
    ticks: Sequence[Tick]
    height: float = 120.0
    width: float = WIDTH


def window_of(days: Sequence[int]) -> tuple[date, date] | None:
    """The first and the last day to show of ordinals in order: from where the shortest span with most of them is."""
    if not days:
        return None
    last = len(days) - 1
    spans = list(map(sub, days[int(len(days) * MAIN) :], days))
    first = days[spans.index(min(spans))]
    return date.fromordinal(first), date.fromordinal(max(days[min(int(len(days) * AHEAD), last)], first))


def drawing_of(index: Index, chosen: Sequence[int], keys: Sequence[str]) -> Drawing | None:
    """The lanes ``keys`` and the others', of events by number in the order of their days. None: there are none."""
    span = window_of([index.starts[n] for n in chosen])
    if span is None:
        return None
    first, last = span
    begin, end = _month(first), _month(last)
    months = next((one for one in (1, 3, 12) if end // one - begin // one < MOST_COLUMNS), 12)
    base, columns = begin // months, end // months - begin // months + 1
    counts: Counter[tuple[str, int, str]] = Counter()
    of_lane: Counter[str] = Counter()
    outside = 0
    years = set()
    wanted = set(keys)
    for number, count in Counter([index.cell[n] for n in chosen]).items():
        sides, month, quad = index.cells[number]
        years.add(month // 12)
        at = month // months - base
        if not 0 <= at < columns:
            outside += count
            continue
        for key in (sides & wanted) or (OTHERS,):
            counts[key, at, quad] += count
            of_lane[key] += count
    heights: Counter[tuple[str, int]] = Counter()
    for (key, at, _), count in counts.items():
        heights[key, at] += count
    most = max(heights.values(), default=1)
    wide = (WIDTH - LEFT) / columns
    lanes, bars = [], []
    shown = [*keys, OTHERS] if of_lane[OTHERS] else [*keys]
    for row, key in enumerate(shown):
        y = TOP + row * LANE
        lanes.append(LaneShape(key, index.lane_name(key), y, of_lane[key]))
        for at in range(columns):
            if (key, at) not in heights:
                continue
            foot = y + LANE - 2
            name = _name(base + at, months)
            for quad, kind in zip(QUADS, QUAD_CLASS, strict=True):
                if not (count := counts[key, at, quad]):
                    continue
                # One event is still to be seen beside a hundred.
                height = max(BAR * count / most, 1.5)
                foot -= height
                says = f"{index.lane_name(key)}, {name}: {count} of {quad}"
                bars.append(Bar(LEFT + at * wide, foot, max(wide - 1, 1.5), height, kind, says))
    return Drawing(
        lanes=lanes,
        bars=bars,
        ticks=_ticks(base, columns, months, wide),
        height=TOP + len(shown) * LANE + AXIS,
        unit={1: "month", 3: "quarter", 12: "year"}[months],
        first=first,
        last=last,
        outside=outside,
        years=sorted(years),
    )


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _name(column: int, months: int) -> str:
    year, at = divmod(column * months, 12)
    if months == 12:
        return f"{year}"
    return f"{year}-{at + 1:02}" if months == 1 else f"{year}, quarter {at // 3 + 1}"


def _ticks(base: int, columns: int, months: int, wide: float) -> list[Tick]:
    """The first column of each year; where there are many years, every fifth or tenth."""
    per_year = 12 // months
    years = [at for at in range(columns) if (base + at) % per_year == 0]
    step = next((one for one in (1, 2, 5, 10, 25) if len(years) / one <= 16), 50)
    ticks = []
    for at in years:
        year = (base + at) * months // 12
        if year % step == 0:
            ticks.append(Tick(LEFT + at * wide, f"{year}"))
    if not ticks:
        return [Tick(LEFT, _name(base, months))]
    return ticks


def curve_of(rows: Sequence[Tone], pair: tuple[str, str], first: date, last: date) -> Curve | None:
    """How a pair dealt with each other by month between two days. None: nothing is known."""
    begin, end = date(first.year, first.month, 1), last + timedelta(31)
    days = (end - begin).days or 1
    found = sorted(
        (row for row in rows if row.parties == pair and row.month.start and begin <= row.month.start <= last),
        key=lambda row: row.month.start or date.min,
    )
    points: list[tuple[float, float, float, str]] = []
    runs: list[list[str]] = []
    before: int | None = None
    for row in found:
        start = row.month.start or begin
        x = LEFT + (WIDTH - LEFT) * ((start - begin).days + 15) / days
        # -10 to 10 on 10 to 110.
        y = 60 - row.mean * 5
        says = f"{start:%Y-%m}: mean {row.mean:+.1f} of {row.events} event{'' if row.events == 1 else 's'}"
        points.append((x, y, min(2.5 + row.events**0.5, 8), says))
        month = start.year * 12 + start.month
        # Lines join months in a row only: what nobody told of is no tone.
        if before is None or month - before > 1:
            runs.append([])
        runs[-1].append(f"{x:.1f},{y:.1f}")
        before = month
    if not points:
        return None
    years = [date(year, 1, 1) for year in range(begin.year, end.year + 1)]
    step = next((one for one in (1, 2, 5, 10) if len(years) / one <= 16), 25)
    ticks = [
        Tick(LEFT + (WIDTH - LEFT) * (day - begin).days / days, f"{day.year}")
        for day in years
        if begin <= day <= end and day.year % step == 0
    ]
    return Curve(pair, points, [" ".join(run) for run in runs if len(run) > 1], ticks)
