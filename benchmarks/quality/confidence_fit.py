"""Fitting the maps from raw estimates to probabilities: logistic regression, then isotonic regression with few knots.

Rows of one article stand or fall together, so folds are of articles: no row is ever scored by a map that saw its
article.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from summitry.confidence import ConfidenceMap, Estimated, Measured, family, features, kind_of
from summitry.evaluate.calibration import isotonic, reliability

Floats = npt.NDArray[np.float64]

FOLDS: Final = 10
RIDGE: Final = 3.0
"""Strength of the ridge on weights: 3 and 10 do equally well, 30 leaves the sum too close to the base rate."""
KNOT_ROWS: Final = 60
"""Rows a knot at least: the share right of fewer is uncertain by more than the steps between knots."""
MOST_KNOTS: Final = 3
"""Fitted knots; between 3 and 8 nothing differed by more than the sampling error, so the fewest."""
PRIOR: Final = 60
"""Rows that the logistic score counts for at each knot."""
MEASURED: Final = 6
"""Stretches of confidence of which the outcome is told."""
MEASURED_ROWS: Final = 20
"""Rows of such a stretch at least: their share is known within some twenty points (95%)."""
_ROUNDS: Final = 30  # Newton steps; convergence takes about eight


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with its raw estimate, the article it is of, and whether it is right."""

    article: str
    row: Estimated
    right: bool


def folds_of(rows: Sequence[Judged]) -> npt.NDArray[np.int64]:
    """The fold of each row: articles in the order of a hash of their ids, dealt out in turn."""
    articles = sorted({row.article for row in rows}, key=lambda each: hashlib.sha256(each.encode()).digest())
    fold = {article: number % FOLDS for number, article in enumerate(articles)}
    return np.array([fold[row.article] for row in rows], dtype=np.int64)


def fit_map(rows: Sequence[Judged], measured: Sequence[Measured] = ()) -> ConfidenceMap:
    """The map of rows of one kind. Knots are fitted on scores by weights that did not see the row's article."""
    scores, folds = np.zeros(len(rows)), folds_of(rows)
    for fold in sorted(set(folds.tolist())):
        weights = _weights([row for row, own in zip(rows, folds, strict=True) if own != fold])
        inside = _plain(rows, weights)
        for at in np.flatnonzero(folds == fold).tolist():
            scores[at] = inside.score(rows[at].row)
    knots = _knots(scores.tolist(), [row.right for row in rows])
    return _plain(rows, _weights(rows), knots, measured)


def cross_validated(rows: Sequence[Judged]) -> list[float]:
    """The probability of each row by a map fitted on the other folds' articles."""
    found, folds = [0.0] * len(rows), folds_of(rows)
    for fold in sorted(set(folds.tolist())):
        fitted = fit_map([row for row, own in zip(rows, folds, strict=True) if own != fold])
        for at in np.flatnonzero(folds == fold).tolist():
            found[at] = fitted.probability(rows[at].row)
    return found


def plain_map(rows: Sequence[Judged], measured: Sequence[Measured] = ()) -> ConfidenceMap:
    """The map that leaves raw estimates as they are, where there are too few rows for another."""
    return _plain(rows, {"bias": 0.0, "raw": 1.0}, ((0.0, 0.0), (1.0, 1.0)), measured)


def measure(estimates: Sequence[float], right: Sequence[bool]) -> tuple[Measured, ...]:
    """What the rows of each stretch of confidence turned out to be; the stretches meet halfway and cover 0 to 1."""
    table = reliability(estimates, right, min(MEASURED, max(1, len(right) // MEASURED_ROWS)))
    edges = [0.0, *(round((a.high + b.low) / 2, 3) for a, b in pairwise(table)), 1.0]
    return tuple(
        Measured(low, high, each.count, round(each.right * each.count))
        for (low, high), each in zip(pairwise(edges), table, strict=True)
    )


def _plain(
    rows: Sequence[Judged],
    weights: dict[str, float],
    knots: tuple[tuple[float, float], ...] = ((0.5, 0.5),),
    measured: Sequence[Measured] = (),
) -> ConfidenceMap:
    coders = tuple(sorted({family(each.row.coder) for each in rows}))
    return ConfidenceMap(kind_of(rows[0].row) or "", coders, MappingProxyType(weights), knots, tuple(measured))


def _weights(rows: Sequence[Judged]) -> dict[str, float]:
    """Ridge logistic regression by Newton's method; the bias is free."""
    told = [features(each.row) for each in rows]
    names = sorted({name for each in told for name in each})
    table = np.array([[1.0, *(each.get(name, 0.0) for name in names)] for each in told])
    right = np.array([each.right for each in rows], dtype=np.float64)
    ridge = np.full(len(names) + 1, RIDGE)
    ridge[0] = 1e-6
    weights = np.zeros(len(names) + 1)
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope: Floats = table.T @ (chance - right) + ridge * weights
        curve: Any = (table.T * (chance * (1 - chance))) @ table + np.diag(ridge)
        weights = weights - np.linalg.solve(curve, slope)
    return {name: round(float(value), 3) for name, value in zip(["bias", *names], weights, strict=True)}


def _knots(scores: Sequence[float], right: Sequence[bool]) -> tuple[tuple[float, float], ...]:
    """Shares right of bins of equal mass, pooled where they fall; a knot at the mean score of each.

    A share counts :data:`PRIOR` rows more that come out as the logistic score says: pooled alone, half the rows would
    be tied. The outermost knots, at the scores 0 and 1, stand halfway from the next share to certainty, for the same
    reason.
    """
    table = reliability(scores, right, min(MOST_KNOTS, max(1, len(scores) // KNOT_ROWS)))
    pooled = isotonic([each.right for each in table], [float(each.count) for each in table])
    inner = [
        (min(max(each.estimated, 0.001), 0.999), (share * each.count + PRIOR * each.estimated) / (each.count + PRIOR))
        for each, share in zip(table, pooled, strict=True)
    ]
    knots = [(0.0, inner[0][1] / 2), *inner, (1.0, (1 + inner[-1][1]) / 2)]
    return tuple((round(score, 4), round(share, 4)) for score, share in knots)
