"""Calibration figures against sums done by hand, and their laws."""

from __future__ import annotations

from itertools import pairwise
from math import pi, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.evaluate.calibration import (
    Bin,
    area_under_curve,
    brier_score,
    expected_calibration_error,
    isotonic,
    reliability,
    sampling_error,
)

ESTIMATES = (0.2, 0.4, 0.6, 0.8)
RIGHT = (False, True, False, True)
ROWS = st.lists(st.tuples(st.integers(0, 8).map(lambda n: n / 8), st.booleans()), min_size=1, max_size=40)
QUICK = settings(max_examples=50, deadline=None)


def test_a_table_by_hand() -> None:
    low, high = reliability(ESTIMATES, RIGHT, bins=2)
    assert low == Bin(0.2, 0.4, 2, pytest.approx(0.3), 0.5)  # type: ignore[arg-type]
    assert high == Bin(0.6, 0.8, 2, pytest.approx(0.7), 0.5)  # type: ignore[arg-type]
    assert expected_calibration_error((low, high)) == pytest.approx(0.2)  # (2 * .2 + 2 * .2) / 4
    by_hand = sqrt(2 * 0.3 * 0.7 / (pi * 2))  # both bins: .3 * .7 = .7 * .3
    assert sampling_error((low, high)) == pytest.approx(by_hand)


def test_scores_by_hand() -> None:
    assert brier_score(ESTIMATES, RIGHT) == pytest.approx((0.04 + 0.36 + 0.36 + 0.04) / 4)
    assert area_under_curve(ESTIMATES, RIGHT) == 0.75  # of four pairs, .4 against .6 alone is the wrong way round
    assert area_under_curve((0.5, 0.5, 0.7), (True, False, True)) == 0.75  # a tie counts half


def test_rows_of_one_estimate_stay_together() -> None:
    table = reliability((0.1, 0.5, 0.5, 0.5, 0.9), (False, True, False, True, True), bins=5)
    assert [each.count for each in table] == [1, 3, 1]


def test_undefined_figures_are_none() -> None:
    assert reliability((), ()) == ()
    assert expected_calibration_error(()) is sampling_error(()) is brier_score((), ()) is None
    assert area_under_curve((0.3, 0.4), (True, True)) is None


@pytest.mark.parametrize(("estimates", "bins", "words"), [((1.5,), 2, "1.5"), ((0.5,), 0, "bins is 0")])
def test_what_is_off_is_refused(estimates: tuple[float, ...], bins: int, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        reliability(estimates, (True,), bins)


def test_pooling_by_hand() -> None:
    assert isotonic((1, 3, 2, 4), (1, 1, 1, 1)) == (1, 2.5, 2.5, 4)
    assert isotonic((3, 1, 2), (1, 3, 4)) == (1.5, 1.5, 2)  # (3 + 3 * 1) / 4 = 1.5


@given(ROWS, st.integers(1, 12))
@QUICK
def test_laws_of_the_table(rows: list[tuple[float, bool]], bins: int) -> None:
    estimates, right = [one for one, _ in rows], [good for _, good in rows]
    table = reliability(estimates, right, bins)
    assert table == reliability(estimates[::-1], right[::-1], bins)
    assert 1 <= len(table) <= bins
    assert sum(each.count for each in table) == len(rows)
    assert all(a.high < b.low for a, b in pairwise(table))
    error, brier = expected_calibration_error(table), brier_score(estimates, right)
    assert error is not None
    assert brier is not None
    # Jensen: bins can only hide error; and no error is larger than the mean distance of estimate and outcome.
    assert abs(sum(estimates) - sum(right)) / len(rows) - 1e-9 <= error <= 1
    assert error <= sqrt(brier) + 1e-9


@given(ROWS)
@QUICK
def test_laws_of_the_curve(rows: list[tuple[float, bool]]) -> None:
    estimates, right = [one for one, _ in rows], [good for _, good in rows]
    area = area_under_curve(estimates, right)
    assert area == area_under_curve([one**3 for one in estimates], right)
    if area is not None:
        assert area == pytest.approx(1 - (area_under_curve([1 - one for one in estimates], right) or 0))


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 5)), max_size=20))
@QUICK
def test_laws_of_pooling(rows: list[tuple[float, int]]) -> None:
    values, weights = [value for value, _ in rows], [float(weight) for _, weight in rows]
    pooled = isotonic(values, weights)
    assert list(pooled) == sorted(pooled)
    assert isotonic(pooled, weights) == pytest.approx(pooled)
    mass = sum(v * w for v, w in zip(values, weights, strict=True))
    assert sum(v * w for v, w in zip(pooled, weights, strict=True)) == pytest.approx(mass)
