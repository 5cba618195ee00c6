"""Publication dates inferred from what a report tells, in made-up reports of a made-up negotiation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.casebook import OfficeEntry
from summitry.reader.dating import infer_published
from summitry.reader.dating.anchors import match_events, phrase_at, publication_days
from summitry.reader.dating.infer import rough_sentences
from summitry.reader.parse import article_of
from summitry.reader.times import recognise, resolve
from summitry.vocabulary import UNKNOWN_DATE, Actor, DateInterval, KnownEvent, LabelledSpan, Mention

SUMMIT = KnownEvent(
    "oslo",
    "Oslo summit",
    date(2021, 4, 14),
    date(2021, 4, 15),
    ("ARD", "BEL"),
    (("oslo", "summit"),),
    "CONSULT",
    "Oslo",
)
DRILL = KnownEvent(
    "drill", "Winter drill", date(2021, 5, 3), date(2021, 5, 11), ("ARD",), (("winter", "drill"),), "COOPERATE"
)
TEST = KnownEvent(
    "test", "Rocket test", date(2021, 5, 7), date(2021, 5, 7), ("BEL",), (("rocket", "fired"),), "MOBILIZE"
)
ALL = (SUMMIT, DRILL, TEST)


def infer(text: str, *anchors: KnownEvent, offices: tuple[OfficeEntry, ...] = ()) -> DateInterval:
    return infer_published(article_of(text), recognise(text), anchors or ALL, offices)


def holds(interval: DateInterval, day: str) -> bool:
    when = date.fromisoformat(day)
    return (interval.start or date.min) <= when <= (interval.end or date.max)


def width(interval: DateInterval) -> int:
    assert interval.start
    assert interval.end
    return (interval.end - interval.start).days + 1


def test_nothing_known_is_unknown() -> None:
    assert infer("The envoys spoke for an hour and went home.") == UNKNOWN_DATE
    assert infer("The envoys spoke on Tuesday, a spokesman said Wednesday.") == UNKNOWN_DATE


def test_empty() -> None:
    assert infer("") == UNKNOWN_DATE


def test_last_month_of_a_summit_and_the_weekday() -> None:
    text = "Talks go on, an envoy said Monday.\n\nThe summit in Oslo last month, some four weeks ago, ended in failure."
    found = infer(text)
    assert holds(found, "2021-05-10")  # a Monday in May, some four weeks after
    assert width(found) <= 8
    assert found.basis.startswith("inferred: ")
    assert "Oslo summit" in found.basis


def test_drill_that_ended_on_tuesday() -> None:
    text = "A restart is near, an aide said Thursday.\n\nThe joint winter drill ended on Tuesday, after nine days."
    found = infer(text)
    assert holds(found, "2021-05-13")
    assert width(found) <= 4
    assert "Winter drill, Tuesday (11 May 2021)" in found.basis


def test_an_event_to_come_bounds_from_above() -> None:
    text = "The leaders will meet at the upcoming summit in Oslo next week, the ministry said on Tuesday."
    found = infer(text)
    assert found.end is not None
    assert found.end <= date(2021, 4, 15)
    assert holds(found, "2021-04-06")


def test_local_time_counts_a_day_more() -> None:
    tail = "\n\nThe winter drill ended on Tuesday."
    here = infer("He was ready to talk, he said Wednesday." + tail)
    there = infer("He was ready to talk, he said Wednesday (local time)." + tail)
    assert holds(here, "2021-05-12")
    assert holds(there, "2021-05-13")


def test_years_alone_give_a_wide_interval_from_the_latest() -> None:
    found = infer("The pact was signed in 2014 and amended in 2016. It was never loved.")
    assert found.start is not None
    assert date(2015, 6, 1) <= found.start <= date(2016, 12, 31)
    assert holds(found, "2016-05-01")
    assert holds(found, "2019-05-01")


def test_a_future_year_is_no_past_year() -> None:
    found = infer("The pact was signed in 2014. Its limits will expire in 2035, and the 2024 election may end it.")
    assert holds(found, "2015-05-01")


def test_an_office_bounds() -> None:
    offices = (
        OfficeEntry("Ana Berg", "ARD", "president", date(2015, 1, 1), date(2018, 12, 31)),
        OfficeEntry("Jon Lund", "BEL", "foreign minister", date(2016, 1, 1), date(2020, 12, 31)),
    )
    text = "President Ana Berg will not sign, Foreign Minister Jon Lund said."
    found = infer(text, offices=offices)
    assert found.start is not None
    assert found.start >= date(2014, 12, 1)
    assert found.end is not None
    assert found.end <= date(2021, 2, 28)
    assert "president Ana Berg" in found.basis
    assert infer("Former president Ana Berg will not sign.", offices=offices) == UNKNOWN_DATE


def test_dateline_without_a_year() -> None:
    text = "ARDEN, May 12 (Agency) -- The rocket was fired last week, officials said."
    found = infer(text)
    assert holds(found, "2021-05-12")
    assert width(found) <= 3


def test_dateline_in_metadata() -> None:
    text = "ARDEN, May 12\n\nThe rocket was fired last week, officials said."
    article = article_of(text)
    article = replace(article, blocks=article.blocks[1:], metadata_spans=(LabelledSpan(0, 13, "dateline"),))
    body = [item for item in recognise(text) if item.start > 14]
    found = infer_published(article, body, ALL)
    assert holds(found, "2021-05-12")
    assert width(found) <= 3


def test_furniture_says_nothing() -> None:
    text = (
        "Envoys after the summit in Oslo, Thursday. / Agency\n\nTalks go on after the summit in Oslo, he said Monday."
    )
    article = article_of(text)
    bare = replace(article, blocks=article.blocks[1:])
    found = infer_published(bare, recognise(text), ALL)
    assert found.start is not None
    assert "Thursday" not in found.basis


def test_events_of_parties_not_named_are_no_anchors() -> None:
    text = "The rocket was fired, an aide said."
    named = Mention(0, 3, "The", "name", Actor("COR", "Corvia"), "test")
    assert infer_published(article_of(text), recognise(text), ALL).start is not None
    assert infer_published(article_of(text), recognise(text), ALL, mentions=[named]) == UNKNOWN_DATE


def test_a_year_beside_contradicts_the_event() -> None:
    assert "Rocket test" not in infer("A rocket was fired in May 2012, he recalled.").basis


def test_phrases_match_at_the_start_of_words() -> None:
    assert phrase_at("dismantl", "they dismantled it") == 5
    assert phrase_at("fire", "ceasefire held") == -1
    assert phrase_at("xi", "xinhua said") == -1
    assert phrase_at("xi", "xinhua met xi") == 11


def test_words_strewn_over_a_long_sentence_are_no_match() -> None:
    text = "The summit " + "and many other things that were said there " * 6 + "took place in Oslo."
    assert not any(match.sure for match in match_events(text, rough_sentences(article_of(text)), ALL))


@pytest.mark.parametrize(
    "words", ["Tuesday", "yesterday", "last week", "last month", "three weeks ago", "two days ago"]
)
def test_publication_days_invert_resolving(words: str) -> None:
    """On every day that is given, the words mean a day of the event, or one close by where they are vague."""
    event = KnownEvent("e", "E", date(2021, 5, 11), date(2021, 5, 11), (), (("e",),), "MOBILIZE")
    (found,) = recognise(words)
    days = publication_days(found, event)
    assert days is not None
    slack = {"last week": 7, "three weeks ago": 4, "two days ago": 1}.get(words, 0)
    for number in range(days[0], days[1] + 1):
        anchor = date.fromordinal(number)
        meant = resolve(found, DateInterval(anchor, anchor, "day"), tense="past").interval
        assert meant is not None
        assert meant.start is not None
        assert meant.end is not None
        assert meant.start.toordinal() - slack <= event.end.toordinal()
        assert event.start.toordinal() <= meant.end.toordinal() + slack


_SENTENCES = st.sampled_from(
    [
        "The summit in Oslo last month ended in failure.",
        "The winter drill ended on Tuesday.",
        "An aide said Thursday that talks go on.",
        "The pact was signed in 2016.",
        "They met on April 14.",
        "Talks resume next week.",
        "Two weeks ago a rocket was fired.",
        "President Ana Berg was silent.",
    ]
)


@settings(max_examples=25, deadline=None)
@given(st.lists(_SENTENCES, max_size=6), st.permutations(ALL))
def test_a_function_of_its_arguments(sentences: list[str], anchors: list[KnownEvent]) -> None:
    text = "\n\n".join(sentences)
    found = infer(text, *anchors)
    assert found == infer(text, *ALL)
    assert found == UNKNOWN_DATE or (found.start is not None or found.end is not None)
    assert found == UNKNOWN_DATE or found.basis.startswith("inferred: ")
