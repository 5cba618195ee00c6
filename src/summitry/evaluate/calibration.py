"""Whether estimates mean what they say: calibration (of rows at .7, seven in ten are right) and ranking.

Expected calibration error: Naeini, Cooper and Hauskrecht (AAAI 2015), here over bins of equal mass, which Nguyen and
O'Connor (EMNLP 2015) use for text and which Roelofs et al. (AISTATS 2022) measure to be less biased than bins of equal
width. Brier score: Brier (Monthly Weather Review 78, 1950). Area under the ROC curve: Hanley and McNeil (Radiology 143,
1982). A figure that is not defined is None, not 0.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import pi, sqrt
from typing import Final

BINS: Final = 10
"""Bins unless told otherwise; the count that most papers print."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Rows whose estimates stand next to one another: from ``low`` to ``high``, how many, their mean estimate and the
    share of them that is right, all 0-1."""

    low: float
    high: float
    count: int
    estimated: float
    right: float


def reliability(estimates: Sequence[float], right: Sequence[bool], bins: int = BINS) -> tuple[Bin, ...]:
    """The reliability table: at most ``bins`` bins of as equal mass as can be, lowest estimates first.

    Rows of one estimate are never divided, so that the order of the rows does not matter.

    Raises:
        ValueError: ``estimates`` and ``right`` differ in length, an estimate is not 0-1, or ``bins`` is below 1.
    """
    if bins < 1:
        raise ValueError(f"bins is {bins}; allowed: 1 or more")
    rows = sorted(_checked(estimates, right))
    values = [estimate for estimate, _ in rows]
    edges = {0, len(rows)}
    for k in range(1, bins):
        cut = round(k * len(rows) / bins)
        if 0 < cut < len(rows) and values[cut] == values[cut - 1]:
            first, last = bisect_left(values, values[cut]), bisect_right(values, values[cut])
            cut = first if cut - first < last - cut else last
        edges.add(cut)
    ordered = sorted(edges)
    return tuple(_bin(rows[a:b]) for a, b in pairwise(ordered))


def expected_calibration_error(table: Sequence[Bin]) -> float | None:
    """Mean distance of estimate and share right, weighted by rows, 0-1; None without rows."""
    total = sum(each.count for each in table)
    return sum(each.count * abs(each.estimated - each.right) for each in table) / total if total else None


def sampling_error(table: Sequence[Bin]) -> float | None:
    """The calibration error that perfectly calibrated estimates would show in so few rows; None without rows.

    The mean absolute deviation of a binomial share in its normal approximation, sqrt(2 p (1 - p) / (pi n)) a bin: an
    error near it cannot be told from none.
    """
    total = sum(each.count for each in table)
    if not total:
        return None
    return (
        sum(each.count * sqrt(2 * each.estimated * (1 - each.estimated) / (pi * each.count)) for each in table) / total
    )


def brier_score(estimates: Sequence[float], right: Sequence[bool]) -> float | None:
    """Mean squared distance of estimate and outcome, 0-1, lower is better; None without rows.

    Raises:
        ValueError: as :func:`reliability`.
    """
    rows = _checked(estimates, right)
    return sum((estimate - good) ** 2 for estimate, good in rows) / len(rows) if rows else None


def area_under_curve(estimates: Sequence[float], right: Sequence[bool]) -> float | None:
    """How often a right row has a higher estimate than a wrong one, ties half, 0-1; None unless both are there.

    Raises:
        ValueError: ``estimates`` and ``right`` differ in length.
    """
    wrong = sorted(estimate for estimate, good in zip(estimates, right, strict=True) if not good)
    good_ones = [estimate for estimate, good in zip(estimates, right, strict=True) if good]
    if not wrong or not good_ones:
        return None
    below = sum(bisect_left(wrong, each) + bisect_right(wrong, each) for each in good_ones)
    return below / (2 * len(wrong) * len(good_ones))


def isotonic(values: Sequence[float], weights: Sequence[float]) -> tuple[float, ...]:
    """The never falling values nearest to ``values`` by weighted least squares: pool adjacent violators.

    Ayer et al. (Annals of Mathematical Statistics 26, 1955); for probabilities Zadrozny and Elkan (KDD 2002).

    Raises:
        ValueError: the two differ in length.
    """
    blocks: list[tuple[float, float, int]] = []  # mean, weight, how many values
    for value, weight in zip(values, weights, strict=True):
        mean, mass, size = value, weight, 1
        while blocks and blocks[-1][0] > mean:
            before, other, count = blocks.pop()
            mean = (before * other + mean * mass) / (other + mass)
            mass, size = mass + other, size + count
        blocks.append((mean, mass, size))
    return tuple(mean for mean, _, size in blocks for _ in range(size))


def _checked(estimates: Sequence[float], right: Sequence[bool]) -> list[tuple[float, bool]]:
    rows = list(zip(estimates, map(bool, right), strict=True))
    off = next((estimate for estimate, _ in rows if not 0.0 <= estimate <= 1.0), None)
    if off is not None:
        raise ValueError(f"an estimate is {off}; allowed: 0 to 1")
    return rows


def _bin(rows: Sequence[tuple[float, bool]]) -> Bin:
    count = len(rows)
    return Bin(
        rows[0][0], rows[-1][0], count, sum(one for one, _ in rows) / count, sum(good for _, good in rows) / count
    )
