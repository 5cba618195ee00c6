"""Tone by pair: counts, means and quads; what counts and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_rows import ARD, BEL, BEL_MINISTRY, COR, event, holdings
from summitry.errors import UsageError
from summitry.ledger.tone import by_pair
from summitry.vocabulary import Actor, DateInterval


def test_mean_and_quads_of_a_pair_and_month() -> None:
    rows = (
        replace(event("ACCUSE", ARD, BEL, "2021-05-02", "a"), intensity=-3.0),
        replace(event("CONSULT", BEL_MINISTRY, ARD, "2021-05-09", "b"), intensity=2.0, quad="verbal cooperation"),
        replace(event("ACCUSE", ARD, BEL, "2021-06-01", "c"), intensity=-1.0),
    )
    first, second = by_pair(holdings(*rows))
    assert (first.parties, first.events, first.mean) == (("ARD", "BEL"), 2, -0.5)
    assert first.quads == (("verbal conflict", 1), ("verbal cooperation", 1))
    assert first.month.start == date(2021, 5, 1)
    assert (second.events, second.mean) == (1, -1.0)
    assert {each.exact for each in first.evidence} == {"a", "b"}


def test_only_what_happened_on_a_known_day_counts() -> None:
    rows = [
        event("SANCTION", ARD, BEL, "2021-05-02", f"{modality}", modality=modality)
        for modality in ("planned", "threatened", "hypothetical", "negated", "alleged")
    ]
    wide = replace(
        event("ACCUSE", ARD, BEL, None, "some day"), date=DateInterval(date(2021, 1, 1), date(2021, 12, 31), "year")
    )
    assert by_pair(holdings(*rows, wide, event("ACCUSE", ARD, BEL, None, "undated"))) == ()


def test_actors_alone_are_a_pair_among_themselves_and_nobody_is_a_pair_with_itself() -> None:
    joint = replace(event("COOPERATE", ARD, None, "2021-05-02", "joint"), actors=(ARD, BEL, COR))
    assert {row.parties for row in by_pair(holdings(joint))} == {("ARD", "BEL"), ("ARD", "COR"), ("BEL", "COR")}
    assert by_pair(holdings(event("ACCUSE", BEL, BEL_MINISTRY, "2021-05-02", "at home"))) == ()


def test_by_year_and_by_nothing_else() -> None:
    rows = [event("ACCUSE", ARD, BEL, f"2021-0{month}-02", f"in {month}") for month in (1, 5)]
    (year,) = by_pair(holdings(*rows), by="year")
    assert (year.events, year.month.precision) == (2, "year")
    with pytest.raises(UsageError, match="allowed: month, year"):
        by_pair(holdings(), by="week")  # type: ignore[arg-type]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([ARD, BEL, COR]),
            st.sampled_from([ARD, BEL, COR]),
            st.dates(date(2020, 1, 1), date(2020, 6, 30)),
            st.floats(-10, 10),
        ),
        max_size=20,
    )
)
def test_every_event_counts_once_for_its_pair(told: list[tuple[Actor, Actor, date, float]]) -> None:
    rows = [
        replace(event("ACCUSE", one, other, day.isoformat(), f"e{number}"), intensity=value)
        for number, (one, other, day, value) in enumerate(told)
    ]
    found = by_pair(holdings(*rows))
    assert sum(row.events for row in found) == sum(one != other for one, other, _, _ in told)
    assert all(-10 <= row.mean <= 10 and row.evidence for row in found)
    assert all(sum(number for _, number in row.quads) == row.events for row in found)
