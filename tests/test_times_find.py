"""Time expressions: words, TIMEX3 values and intervals, each from a sentence written for the test."""

from __future__ import annotations

from datetime import date

import pytest

from summitry.reader.times import find_times, ranges_of, recognise, resolve
from summitry.vocabulary import DateInterval, TimeExpression

SUNDAY = date(2019, 3, 17)


def anchor(day: date = SUNDAY) -> DateInterval:
    return DateInterval(day, day, "day")


def read(text: str, day: date = SUNDAY) -> list[tuple[str, str, str]]:
    return [(each.text, each.type, each.value) for each in find_times(text, anchor(day))]


def only(text: str, day: date = SUNDAY) -> TimeExpression:
    found = find_times(text, anchor(day))
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("They met on March 5, 2018.", "March 5, 2018", "2018-03-05"),
        ("They met on Monday, March 5, 2018.", "Monday, March 5, 2018", "2018-03-05"),
        ("They met on 5 March 2018.", "5 March 2018", "2018-03-05"),
        ("They met on the 5th of March, 2018.", "the 5th of March, 2018", "2018-03-05"),
        ("Dated 2018-03-05.", "2018-03-05", "2018-03-05"),
        ("Dated 3/25/2018.", "3/25/2018", "2018-03-25"),
        ("Dated 25/3/2018.", "25/3/2018", "2018-03-25"),
        ("Dated 5.3.2018.", "5.3.2018", "2018-03-05"),
        ("The accord of Sept. 19 held.", "Sept. 19", "2018-09-19"),
        ("The accord of 12 April held.", "12 April", "2019-04-12"),
        ("It was signed in late 2017.", "late 2017", "2017"),
        ("It was signed in June 2018.", "June 2018", "2018-06"),
        ("It was signed in June last year.", "June last year", "2018-06"),
        ("It was signed last June.", "last June", "2018-06"),
        ("It was signed in the 1990s.", "the 1990s", "199"),
        ("It was signed in the 19th century.", "the 19th century", "18"),
        ("Trade fell in the third quarter of 2018.", "the third quarter of 2018", "2018-Q3"),
        ("Trade fell in the first half of last year.", "the first half of last year", "2018-H1"),
        ("Trade fell last winter.", "last winter", "2018-WI"),
        ("It is fiscal 2018 now over.", "fiscal 2018", "2018"),
        ("They spoke three weeks back.", "three weeks back", "2019-W08"),
        ("They spoke two days ago.", "two days ago", "2019-03-15"),
        ("They spoke two years ago.", "two years ago", "2017"),
        ("They spoke last week.", "last week", "2019-W10"),
        ("They spoke last month.", "last month", "2019-02"),
        ("They speak early next year.", "early next year", "2020"),
        ("They spoke yesterday evening.", "yesterday evening", "2019-03-16TEV"),
        ("They spoke last night.", "last night", "2019-03-16TNI"),
        ("They spoke on Friday morning.", "Friday morning", "2019-03-15TMO"),
        ("They spoke at 10 p.m. Friday.", "10 p.m. Friday", "2019-03-15T22:00"),
        ("They spoke at 9:30 a.m. (local time) on Friday.", "9:30 a.m. (local time) on Friday", "2019-03-15T09:30"),
        ("They spoke at 0930 GMT.", "0930 GMT", "2019-03-17T09:30Z"),
        ("It happened long ago.", "long ago", "PAST_REF"),
        ("It would last one day.", "one day", "P1D"),
        ("They fasted in Easter week.", "Easter week", "2019-W16"),
        ("He told NBC News Thursday.", "Thursday", "2019-03-14"),
        ("They met at Christmas.", "Christmas", "2018-12-25"),
        ("The 15-month freeze held.", "15-month", "P15M"),
        ("It took more than an hour.", "more than an hour", "PT1H"),
        ("It took 5 1/2 hours.", "5 1/2 hours", "PT5H30M"),
        ("It took two and a half years.", "two and a half years", "P2Y6M"),
        ("It took several months.", "several months", "PXM"),
        ("It took half an hour.", "half an hour", "PT30M"),
        ("They ship it every week.", "every week", "P1W"),
        ("They ship it daily.", "daily", "P1D"),
        ("They meet on Mondays.", "Mondays", "XXXX-WXX-1"),
        ("They meet twice a year.", "a year", "P1Y"),
        ("It may take a month or two.", "a month", "P1M"),
        ("They now agree.", "now", "PRESENT_REF"),
        ("They recently agreed.", "recently", "PAST_REF"),
        ("They may agree in the future.", "the future", "FUTURE_REF"),
    ],
)
def test_values(text: str, words: str, value: str) -> None:
    found = only(text) if "fiscal" not in text else find_times(text, anchor())[0]
    assert (found.text, found.value) == (words, value)
    assert text[found.start : found.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "The troops may march on the city.",
        "He sat in the sun and had a second look.",
        "Prime Minister Theresa May spoke; Mrs. May left.",
        "Under resolution 1929 and resolutions 1973, 2087 and 2094 it is banned.",
        "Some 2018 people and 1,500 troops took part.",
        "They paid $2018 for it.",
        "The fall of the city shook the capital.",
        "The Arab Spring changed it.",
        "USA Today and the Sunday Times wrote about it.",
        "A man 48 years old and his 5-year-old son left.",
        "No. 1995 is a count, and 10 percent is a share.",
        "The score was 4:03.",
        "It earns $2 million a year and ships nine tons a week.",
        "The envoy was soon freed and soon became a minister; he had previously been a judge.",
        "Fox News Sunday and Overnight Defense asked; rack of spring lamb was served; it is the talk of today's world.",
        "They will stay for the foreseeable future.",
        "A quarter of them agreed, half of them did not.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert read(text) == []


def test_weekday_looks_back_publication_day_included() -> None:
    assert only("They met on Sunday.").value == "2019-03-17"
    assert only("They met on Saturday.").value == "2019-03-16"
    assert only("They met on Tuesday.").value == "2019-03-12"


def test_six_days_back_is_tomorrow_unless_the_words_say_otherwise() -> None:
    # Reported from where Monday has begun, or updated past midnight.
    found = only("They met on Monday.")
    assert found.value == "2019-03-18"
    assert [each.start for each in found.alternatives] == [date(2019, 3, 11)]
    assert only("They met last Monday.").value == "2019-03-11"
    text = "They met on Monday and Tuesday."
    assert [each[2] for each in read(text)] == ["2019-03-11", "2019-03-12"]


def test_weekday_looks_ahead_after_a_future_cue() -> None:
    assert only("They will meet on Monday.").value == "2019-03-18"
    assert only("They are scheduled to meet on Sunday.").value == "2019-03-17"
    assert only("The ministry on Monday will announce it.").value == "2019-03-18"


def test_a_passive_or_booked_future_looks_ahead() -> None:
    assert only("The envoy will be received on Monday.").value == "2019-03-18"
    assert only("The ministry has scheduled a briefing Monday.").value == "2019-03-18"
    assert only("The record was set on Aug. 20.", date(2019, 2, 20)).value == "2018-08-20"
    assert only("They meet again on Tuesday.").value == "2019-03-19"
    assert only("The tariffs take effect Friday.").value == "2019-03-22"
    assert only("They agreed on Friday to hold talks.").value == "2019-03-15"
    assert only("Nobody is ready.”On Friday they left.").value == "2019-03-15"
    # A hard-wrapped line is no end of a sentence.
    assert only("The ministry will host a\nbriefing Monday.").value == "2019-03-18"


def test_the_quarter_under_review_outlives_mentions_of_others() -> None:
    text = "Trade grew in the third quarter, after a flat second quarter. It had shrunk a year earlier."
    assert [each[2] for each in read(text, date(2019, 11, 2))] == ["2019-Q3", "2019-Q2", "2018-Q3"]
    text = "Trade grew in the third quarter and may fall in the fourth quarter. It had shrunk a year earlier."
    assert [each[2] for each in read(text, date(2019, 11, 2))] == ["2019-Q3", "2019-Q4", "2018-Q3"]


def test_last_and_next_weekday_never_mean_the_day_itself() -> None:
    assert only("They met last Sunday.").value == "2019-03-10"
    assert only("They meet next Sunday.").value == "2019-03-24"


def test_each_weekday_has_its_own_tense() -> None:
    text = "He will travel on Tuesday, officials said Friday."
    assert [each[2] for each in read(text)] == ["2019-03-19", "2019-03-15"]


def test_a_tense_callback_replaces_the_words() -> None:
    found = find_times("They met on Monday.", anchor(), tense_at=lambda offset: "future" if offset == 12 else None)
    assert found[0].value == "2019-03-18"


def test_a_date_and_its_weekday_choose_the_year() -> None:
    # 27 February was a Wednesday in 2019, a Tuesday in 2018.
    assert only("They met on Tuesday, Feb. 27.").value == "2018-02-27"


def test_last_month_is_a_month() -> None:
    interval = only("They met last month.").interval
    assert interval is not None
    assert (interval.start, interval.end, interval.precision) == (date(2019, 2, 1), date(2019, 2, 28), "month")


def test_weeks_ago_are_a_week_about_that_day() -> None:
    interval = only("They met three weeks back.").interval
    assert interval is not None
    assert (interval.start, interval.end) == (date(2019, 2, 21), date(2019, 2, 27))


def test_a_past_span_runs_up_to_publication() -> None:
    found = only("Over the past three weeks it fell.")
    assert (found.type, found.value) == ("DURATION", "P3W")
    assert found.interval is not None
    assert (found.interval.start, found.interval.end) == (date(2019, 2, 24), SUNDAY)


def test_earlier_this_month_ends_with_publication() -> None:
    interval = only("They met earlier this month.").interval
    assert interval is not None
    assert (interval.start, interval.end) == (date(2019, 3, 1), SUNDAY)


def test_late_narrows_the_year() -> None:
    interval = only("They met in late 2017.").interval
    assert interval is not None
    assert interval.start is not None
    assert interval.start > date(2017, 8, 1)
    assert interval.end == date(2017, 12, 31)


def test_local_time_allows_a_day_either_way() -> None:
    found = only("They met on Tuesday (local time).")
    assert found.value == "2019-03-12"
    assert DateInterval(date(2019, 3, 11), date(2019, 3, 13), "interval", "local time") in found.alternatives


def test_that_day_and_a_year_earlier_follow_what_was_told() -> None:
    text = "It was signed on June 12, 2018. That day they dined. Two days later they left."
    assert [each[2] for each in read(text)] == ["2018-06-12", "2018-06-12", "2018-06-14"]
    text = "Trade grew in the third quarter of 2018. A year earlier it had shrunk."
    assert [each[2] for each in read(text)] == ["2018-Q3", "2017-Q3"]


def test_days_of_one_month_are_apart_and_joined_by_ranges() -> None:
    text = "They met on Feb. 27-28 in the capital."
    times = find_times(text, anchor())
    assert [(each.text, each.value) for each in times] == [("Feb. 27", "2019-02-27"), ("28", "2019-02-28")]
    (stretch,) = ranges_of(text, times)
    assert (stretch.text, stretch.value) == ("Feb. 27-28", "2019-02-27/2019-02-28")
    assert stretch.interval is not None
    assert (stretch.interval.start, stretch.interval.end) == (date(2019, 2, 27), date(2019, 2, 28))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They met from Monday to Wednesday.", "2019-03-11/2019-03-13"),
        ("They met between March and May.", "2019-03/2019-05"),
        ("They met on Feb. 27 and 28.", "2019-02-27/2019-02-28"),
        ("They met on 27 and 28 February 2019.", "2019-02-27/2019-02-28"),
        ("The war of 1950-53 ended.", "1950/1953"),
    ],
)
def test_ranges(text: str, value: str) -> None:
    assert [each.value for each in ranges_of(text, find_times(text, anchor()))] == [value]


def test_a_range_never_ends_before_it_starts() -> None:
    # Published on Saturday: Friday was yesterday, the Sunday after it is tomorrow.
    text = "The talks run from Friday to Sunday."
    assert [each[2] for each in read(text, date(2019, 3, 16))] == ["2019-03-15", "2019-03-17"]


def test_separate_days_of_a_list_make_no_range() -> None:
    text = "They met on March 1 and March 9."
    assert ranges_of(text, find_times(text, anchor())) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They met on Friday.", "XXXX-WXX-5"),
        ("They met on Feb. 27.", "XXXX-02-27"),
        ("They met in June.", "XXXX-06"),
        ("They met last week.", "XXXX-WXX"),
        ("They met yesterday.", "XXXX-XX-XX"),
        ("They met last year.", "XXXX"),
    ],
)
def test_without_an_anchor_values_stay_open(text: str, value: str) -> None:
    (found,) = find_times(text, None)
    assert found.value == value
    assert found.interval is None


def test_without_an_anchor_full_dates_are_certain() -> None:
    times = find_times("It was signed on June 12, 2018. Two days later they left.", None)
    assert [each.value for each in times] == ["2018-06-12", "2018-06-14"]
    assert times[0].interval is not None


def test_a_wide_anchor_gives_what_is_the_same_on_all_its_days() -> None:
    wide = DateInterval(date(2019, 3, 11), date(2019, 3, 17), "interval")
    year, week, weekday = find_times("Last year, last week and on Friday they met.", wide)
    assert (year.value, week.value) == ("2018", "2019-W10")
    assert weekday.value == "XXXX-WXX-5"
    assert weekday.interval is not None
    assert (weekday.interval.start, weekday.interval.end) == (date(2019, 3, 8), date(2019, 3, 15))


def test_in_a_narrow_anchor_the_weekday_that_stands_in_it_is_the_one_reported() -> None:
    narrow = DateInterval(date(2019, 10, 16), date(2019, 10, 18), "interval", "inferred")
    thursday, tuesday = find_times("He said Thursday that it ended on Tuesday.", narrow)
    assert (thursday.value, tuesday.value) == ("2019-10-17", "2019-10-15")


def test_recognise_tells_what_resolving_needs() -> None:
    found = recognise("On Friday, Feb. 27, two weeks ago, last month, in 2018 and on June 12, 2018.")
    assert [each.kind for each in found] == ["month_day", "offset", "relative_unit", "year", "date"]
    assert (found[0].weekday, found[0].month, found[0].day, found[0].explicit) == (5, 2, 27, False)
    assert [each.explicit for each in found[3:]] == [True, True]


def test_resolve_takes_a_day_as_reference() -> None:
    (found,) = recognise("Two days later they left.")
    assert resolve(found, None, reference=date(2018, 6, 12)).value == "2018-06-14"


def test_lengths_ahead_are_dated_only_where_the_sentence_looks_ahead() -> None:
    ahead = only("They will meet in two weeks.")
    assert (ahead.type, ahead.value) == ("DURATION", "P2W")
    assert ahead.interval is not None
    assert (ahead.interval.start, ahead.interval.end) == (date(2019, 3, 28), date(2019, 4, 3))
    within = only("They will meet within ten days.").interval
    assert within is not None
    assert (within.start, within.end) == (SUNDAY, date(2019, 3, 27))
    assert only("They built it in two weeks.").interval is None
    assert only("It is the first time in 50 years that they will sit down.").interval is None


def test_days_counted_from_the_day_told() -> None:
    text = "It closed lower on Friday, down from the previous Friday. The next morning it rose."
    assert [each[2] for each in read(text)] == ["2019-03-15", "2019-03-08", "2019-03-16TMO"]
    assert read("They met in June 2018 and dined that day.")[1][2] == "2018-06-XX"
    assert only("They met the day before last Tuesday.").value == "2019-03-11"
    assert only("They met the day after Christmas 2018.").value == "2018-12-26"


def test_a_clock_beside_a_full_date_stands_once() -> None:
    assert only("They met at 10 p.m. on 12 March 2018.").value == "2018-03-12T22:00"
    assert only("They met at mid-afternoon yesterday.").value == "2019-03-16TAF"


def test_that_april_is_of_the_year_told() -> None:
    text = "It was signed in January 2003. That April they left."
    assert [each[2] for each in read(text)] == ["2003-01", "2003-04"]
