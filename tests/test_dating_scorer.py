"""The scorers of dating and merging, by hand."""

from __future__ import annotations

from datetime import date

import pytest

from summitry.evaluate.dating import score_dating
from summitry.evaluate.merging import b_cubed
from summitry.vocabulary import UNKNOWN_DATE, DateInterval


def test_dating_by_hand() -> None:
    day = date(2031, 5, 4)
    score = score_dating(
        [
            (DateInterval(date(2031, 5, 3), date(2031, 5, 5), "interval"), day),
            (DateInterval(date(2031, 5, 5), date(2031, 5, 8), "interval"), day),
            (DateInterval(date(2031, 1, 1), None, "interval"), day),
            (UNKNOWN_DATE, day),
        ]
    )
    assert score.holds == 0.75
    assert score.dated == 0.5
    assert score.dated_hold == 0.5
    assert score.median_days == 3.5
    assert score.narrow == 0.5
    assert score.narrow_hold == 0.5


def test_dating_of_nothing_is_undefined() -> None:
    score = score_dating([])
    assert score.reports == 0
    assert score.holds is None
    assert score.median_days is None


def test_b_cubed_by_hand() -> None:
    # True {a, b, c}, {d}; found {a, b}, {c, d}.
    score = b_cubed({"a": 1, "b": 1, "c": 2, "d": 2}, {"a": "x", "b": "x", "c": "x", "d": "y"})
    assert score.precision == pytest.approx((1 + 1 + 0.5 + 0.5) / 4)
    assert score.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert score.pair_precision == 0.5
    assert score.pair_recall == pytest.approx(1 / 3)


def test_b_cubed_needs_the_same_items() -> None:
    with pytest.raises(ValueError, match="score the same items"):
        b_cubed({"a": 1}, {"b": 1})
    assert b_cubed({}, {}).f is None
