"""Laws of finding times: offsets, order, purity, calendar limits, linear cost; and of scoring them."""

from __future__ import annotations

import gc
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.evaluate.temporal import Gold, GoldDocument, pair_up, plain_value, score
from summitry.reader.times import calendar as cal
from summitry.reader.times import find_times, ranges_of, recognise, resolve
from summitry.vocabulary import DateInterval

WORDS = (
    "the last next this past early late mid end of in on from to and between Monday Friday March May Feb. 27 2018 1950 "
    "53 3 three two weeks month year years ago back later earlier day night third quarter summer fall 10 p.m. noon "
    "today yesterday now soon century 1990s a an - , . ( ) local time century decades 999999999999 Christmas half"
).split()
TEXTS = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
DAYS = st.dates(date.min, date.max)


@settings(deadline=None, max_examples=150)
@given(text=TEXTS | st.text(max_size=60), first=DAYS, length=st.integers(0, 40))
def test_anything_can_be_read_on_any_day(text: str, first: date, length: int) -> None:
    last = date.fromordinal(min(first.toordinal() + length, date.max.toordinal()))
    for anchor in (None, DateInterval(first, last, "interval")):
        end = 0
        times = find_times(text, anchor)
        for each in times:
            assert text[each.start : each.end] == each.text
            assert each.start >= end
            assert each.value
            end = each.end
        for stretch in ranges_of(text, times):
            assert text[stretch.start : stretch.end] == stretch.text


@settings(deadline=None, max_examples=60)
@given(text=TEXTS, day=st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_day_inside_a_wide_anchor_agrees_with_what_the_wide_anchor_is_sure_of(text: str, day: date) -> None:
    wide = DateInterval(day, date.fromordinal(day.toordinal() + 3), "interval")
    for found in recognise(text):
        sure = resolve(found, wide)
        # A weekday is the one that stands in a narrow interval, whatever the first day would say.
        if found.kind != "weekday" and "X" not in sure.value and sure.interval is not None and found.type == "DATE":
            assert resolve(found, DateInterval(day, day, "day")).value == sure.value


@settings(deadline=None, max_examples=60)
@given(day=DAYS)
def test_a_weekday_lies_within_a_week_before_publication(day: date) -> None:
    (found,) = recognise("They met on Friday.")
    interval = resolve(found, DateInterval(day, day, "day")).interval
    if day.toordinal() > 7:
        assert interval is not None
        assert interval.start is not None
        assert interval.start.isoweekday() == 5
        assert 0 <= (day - interval.start).days < 7


@settings(deadline=None, max_examples=60)
@given(year=st.integers(1, 9998), months=st.integers(-30, 30), month=st.integers(1, 12))
def test_months_add_and_end(year: int, months: int, month: int) -> None:
    there = cal.add_months(year, month, months)
    assert cal.add_months(*there, -months) == (year, month)
    assert (cal.month_end(year, month) + cal.DAY).day == 1


@pytest.mark.parametrize(
    ("year", "day"), [(2019, date(2019, 4, 21)), (2000, date(2000, 4, 23)), (1954, date(1954, 4, 18))]
)
def test_easter(year: int, day: date) -> None:
    assert cal.easter(year) == day


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2019-W01", date(2018, 12, 31), date(2019, 1, 6)),
        ("2019-W11-WE", date(2019, 3, 16), date(2019, 3, 17)),
        ("2018-WI", date(2018, 12, 1), date(2019, 2, 28)),
        ("2018-H2", date(2018, 7, 1), date(2018, 12, 31)),
        ("199", date(1990, 1, 1), date(1999, 12, 31)),
        ("2018-03-05T10:00", date(2018, 3, 5), date(2018, 3, 5)),
    ],
)
def test_days_of_values(value: str, first: date, last: date) -> None:
    days = cal.days_of(value)
    assert days is not None
    assert days[:2] == (first, last)


@pytest.mark.parametrize("value", ["P3D", "PAST_REF", "XXXX-02", "2018-02-30", "2018-W60", "0000", "1"])
def test_values_without_days(value: str) -> None:
    assert cal.days_of(value) is None


@pytest.mark.parametrize(
    "piece", [" ", "the ", "May ", "\n \n", "1", "1,1", "2018, ", "Monday and ", "Feb. 27, 28 ", ". " + " " * 20]
)
def test_hostile_text_costs_linear_time(piece: str) -> None:
    def cost(times: int) -> float:
        # Without the collector, which looks through all that other tests have left.
        gc.disable()
        try:
            begun = time.process_time()
            find_times(piece * times, None)
            return time.process_time() - begun
        finally:
            gc.enable()

    cost(10)
    # Eight times the text: quadratic cost would be 64 times as much. The slack is for a busy machine.
    assert cost(8000) < 24 * max(cost(1000), 0.002)


def gold(document_text: str, *marks: tuple[str, str, str]) -> GoldDocument:
    times = tuple(
        Gold(document_text.index(words), document_text.index(words) + len(words), words, type_, value)
        for words, type_, value in marks
    )
    return GoldDocument("own", document_text, date(2019, 3, 17), times)


def test_scoring_counts_spans_and_values() -> None:
    text = "They met on Friday for two hours in March 2018."
    document = gold(
        text, ("on Friday", "DATE", "2019-03-15"), ("two hours", "DURATION", "PT2H"), ("March", "DATE", "2017-03")
    )
    pairs = pair_up(document, find_times(text, DateInterval(date(2019, 3, 17), date(2019, 3, 17), "day")))
    result = score(pairs)
    assert (result.gold, result.found, result.relaxed, result.strict, result.values) == (3, 3, 3, 1, 2)
    assert result.relaxed_f1 == 100.0
    assert result.value_f1 == pytest.approx(200 / 3)


def test_scoring_nothing_is_undefined() -> None:
    assert score(()).value_f1 is None


def test_missed_and_invented_expressions_both_cost() -> None:
    text = "They met on Friday and now."
    document = gold(text, ("They", "DATE", "X"), ("Friday", "DATE", "2019-03-15"))
    result = score(pair_up(document, find_times(text, DateInterval(date(2019, 3, 17), date(2019, 3, 17), "day"))))
    assert (result.gold, result.found, result.relaxed) == (2, 2, 1)


@pytest.mark.parametrize(
    ("spelt", "plain"), [("1989-XX", "1989"), ("196X", "196"), ("2000-W7", "2000-W07"), ("19XX", "19")]
)
def test_values_in_one_spelling(spelt: str, plain: str) -> None:
    assert plain_value(spelt) == plain
