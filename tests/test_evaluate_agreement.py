"""Krippendorff's alpha against a worked example and its laws."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.evaluate.agreement import nominal_alpha


def test_the_published_example_of_two_coders_and_ten_binary_units() -> None:
    # Krippendorff's own example: alpha is .095.
    a = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    b = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert nominal_alpha(zip(a, b, strict=True)) == pytest.approx(0.095, abs=0.0005)


def test_a_unit_that_one_coder_left_out_says_nothing() -> None:
    units = [("a", "a"), ("b", "b"), ("a", None)]
    assert nominal_alpha(units) == nominal_alpha(units[:2]) == 1.0


def test_undefined_without_variation_or_pairs() -> None:
    assert nominal_alpha([("a", "a"), ("a", "a")]) is None
    assert nominal_alpha([("a", None)]) is None
    assert nominal_alpha([]) is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=30))
@settings(max_examples=40, deadline=None)
def test_order_of_coders_and_units_does_not_matter(units: list[tuple[str, str]]) -> None:
    turned = [(b, a) for a, b in reversed(units)]
    first, second = nominal_alpha(units), nominal_alpha(turned)
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert first == pytest.approx(second)
        assert first <= 1.0
