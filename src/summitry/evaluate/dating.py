"""Scores of inferred publication dates against true ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from summitry.vocabulary import DateInterval


@dataclass(frozen=True, slots=True)
class DatingScore:
    """Shares 0-1, None where nothing was there to score.

    ``holds`` over all reports, an open or unknown date holding every day; ``dated`` the share that got an interval
    closed at both ends; ``dated_hold`` and ``median_days`` over those; ``narrow`` the share with at most seven days,
    and ``narrow_hold`` how many of those hold the day.
    """

    reports: int
    holds: float | None
    dated: float | None
    dated_hold: float | None
    median_days: float | None
    narrow: float | None
    narrow_hold: float | None


NARROW_DAYS = 7


def holds(interval: DateInterval, day: date) -> bool:
    """Whether the day lies in the interval, an open end reaching for ever."""
    return (interval.start or date.min) <= day <= (interval.end or date.max)


def score_dating(pairs: Iterable[tuple[DateInterval, date]]) -> DatingScore:
    """Score (inferred interval, true day) pairs."""
    everything = list(pairs)
    closed = [(i, day, (i.end - i.start).days + 1) for i, day in everything if i.start and i.end]
    narrow = [(i, day) for i, day, width in closed if width <= NARROW_DAYS]

    def share(part: int, whole: int) -> float | None:
        return part / whole if whole else None

    return DatingScore(
        len(everything),
        share(sum(holds(i, day) for i, day in everything), len(everything)),
        share(len(closed), len(everything)),
        share(sum(holds(i, day) for i, day, _ in closed), len(closed)),
        float(median(width for _, _, width in closed)) if closed else None,
        share(len(narrow), len(everything)),
        share(sum(holds(i, day) for i, day in narrow), len(narrow)),
    )
