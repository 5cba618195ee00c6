"""Events of whole texts: own sentences, hand-made times, statements and case; the shipped parser and lexicon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from summitry.casebook import Case, Casebook, PartyEntry
from summitry.reader.events import find_events
from summitry.reader.parse import article_of, load_parser, parse
from summitry.vocabulary import Actor, DateInterval, Event, Evidence, KnownEvent, Span, Statement, TimeExpression
from test_events_roles import STATES, Names

WORLD = tuple(PartyEntry(code, code, "state") for code in sorted(set(STATES.values())))
SUMMIT = KnownEvent(
    id="oslo",
    name="Oslo summit",
    start=date(2031, 5, 4),
    end=date(2031, 5, 5),
    actors=("IRN", "USA"),
    words=(("summit", "oslo"), ("met", "oslo")),
    type="CONSULT",
    place="Oslo",
)
CASE = Casebook(WORLD, (Case("case", "Case", ("IRN", "USA"), events=(SUMMIT,)),))
PUBLISHED = DateInterval(date(2031, 6, 20), date(2031, 6, 20), "day")


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_parser()


def timex(text: str, words: str, first: date, last: date | None = None) -> TimeExpression:
    start = text.index(words)
    interval = DateInterval(first, last or first, "day" if last is None else "interval")
    return TimeExpression(start, start + len(words), words, "DATE", first.isoformat(), interval, "test")


def read(
    nlp: Language, text: str, times: Sequence[TimeExpression] = (), statements: Sequence[Statement] = ()
) -> tuple[Event, ...]:
    article = replace(article_of(text), published=PUBLISHED)
    document = next(iter(parse(nlp, [article])))
    return find_events(document, Names.of(text), times, statements, CASE, None)


def only(events: Sequence[Event]) -> Event:
    assert len(events) == 1, [(e.type, e.summary) for e in events]
    return events[0]


def parties(event: Event) -> set[str]:
    return {actor.code or "" for actor in (*event.actors, *event.recipients)}


def test_a_dated_act(nlp: Language) -> None:
    text = "Iran expelled three Japanese diplomats on Monday. The weather was mild."
    text = text.replace("Japanese diplomats", "diplomats of Japan")
    event = only(read(nlp, text, [timex(text, "Monday", date(2031, 6, 16))]))
    assert (event.type, event.mode, event.modality) == ("SANCTION", "expel", "happened")
    assert parties(event) == {"IRN", "JPN"}
    assert event.date.start == date(2031, 6, 16)
    assert event.date.basis == "stated: Monday"
    assert text[event.trigger.start : event.trigger.end] == "expelled"
    assert event.summary == "Iran expelled three diplomats of Japan on Monday"


def test_without_a_date_the_date_is_unknown(nlp: Language) -> None:
    event = only(read(nlp, "Iran expelled three diplomats of Japan."))
    assert event.date.precision == "unknown"


def test_a_date_behind_another_event_is_not_its_own(nlp: Language) -> None:
    text = "Iran accused Washington after the vote in March."
    event = only(read(nlp, text, [timex(text, "March", date(2031, 3, 1), date(2031, 3, 31))]))
    assert event.type == "ACCUSE"
    assert event.date.precision == "unknown"


def test_a_known_event_gives_date_place_and_missing_parties(nlp: Language) -> None:
    event = only(read(nlp, "Prices fell after the Oslo summit with Iran collapsed."))
    assert event.type == "CONSULT"
    assert parties(event) == {"IRN", "USA"}
    assert (event.date.start, event.date.end) == (date(2031, 5, 4), date(2031, 5, 5))
    assert event.date.basis == "known event: Oslo summit"
    assert event.place == "Oslo"
    assert event.meeting is not None
    assert event.meeting.level == "summit"


def test_two_mentions_are_one_row(nlp: Language) -> None:
    text = (
        "Iranian and American leaders met in Oslo in May. Nothing came of the summit in Oslo between Iran and the US."
    )
    event = only(read(nlp, text, [timex(text, "May", date(2031, 5, 1), date(2031, 5, 31))]))
    assert len(event.evidence) == 2
    assert event.meeting is not None
    assert event.meeting.outcome is None


def test_neighbouring_meetings_stay_apart(nlp: Language) -> None:
    text = "Iran and Japan held talks in Tokyo on Monday. Iran and Japan held talks in Tehran on Friday."
    found = read(nlp, text, [timex(text, "Monday", date(2031, 6, 9)), timex(text, "Friday", date(2031, 6, 13))])
    assert [(e.type, e.place) for e in found] == [("CONSULT", "Tokyo"), ("CONSULT", "Tehran")]


@pytest.mark.parametrize(
    ("text", "type_", "modality"),
    [
        ("Iran will meet Japan in Oslo next week.", "CONSULT", "planned"),
        ("Iran said it will not lift the sanctions on Japan until the talks end.", "REJECT", "happened"),
        ("Iran did not meet Japan.", "CONSULT", "negated"),
        ("Iran threatened to bomb Japan.", "THREATEN", "happened"),
        ("Iran agreed to meet Japan.", "AGREE", "happened"),
        ("Iran is ready to talk to Japan.", "AGREE", "happened"),
    ],
)
def test_modality(nlp: Language, text: str, type_: str, modality: str) -> None:
    event = only(read(nlp, text))
    assert (event.type, event.modality, parties(event)) == (type_, modality, {"IRN", "JPN"})


@pytest.mark.parametrize(
    "text",
    [
        "Iran had a hot summer and Japan a wet one.",
        "Nuclear talks with Iran are a matter of patience.",
        "If Iran attacked Japan, markets would fall.",
        "Japan beat Iran by two goals.",
        "Sanctions relief is what Iran cares about.",
        "Iran declined to comment on the report about Japan.",
        "They met a miserable fate.",
        "Iran's oil policy worries traders in Japan.",
    ],
)
def test_no_event_where_none_is(nlp: Language, text: str) -> None:
    assert read(nlp, text) == ()


def test_what_is_said_by_an_act_is_dated_by_its_saying(nlp: Language) -> None:
    text = "Tehran rejected the proposal of Japan."
    statement = Statement(
        id="st-1",
        evidence=(Evidence("src-0", 0, 5, "Tehra"),),
        coder="test",
        confidence=1.0,
        speaker=Actor("IRN", "Iran"),
        party=Actor("IRN", "Iran"),
        addressee=None,
        said=DateInterval(date(2031, 6, 18), date(2031, 6, 18), "day"),
        quote_type="indirect",
        words="the proposal of Japan",
        cue="rejected",
        on_record="on",
        vehicle=None,
        speech_act="refuse",
        authority="other",
        source_span=Span(0, 6),
        cue_span=Span(7, 15),
        content_spans=(Span(16, 37),),
    )
    event = only(read(nlp, text, statements=[statement]))
    assert (event.type, event.date.start, event.date.basis) == ("REJECT", date(2031, 6, 18), "said")


def test_an_occasion_lends_its_date(nlp: Language) -> None:
    text = (
        "A joint military exercise of Japan and the US ended on Tuesday. "
        "North Korea fired two missiles during the exercise."
    )
    found = read(nlp, text, [timex(text, "Tuesday", date(2031, 6, 17))])
    assert [(e.type, e.date.start) for e in found] == [
        ("COOPERATE", date(2031, 6, 17)),
        ("MOBILIZE", date(2031, 6, 17)),
    ]
    assert found[1].date.basis == "occasion: exercise"


@pytest.mark.parametrize(
    ("text", "type_", "modality"),
    [
        ("Iran savaged the United States over the seizure.", "ACCUSE", "happened"),
        ("Iran taunted the United States.", "ACCUSE", "happened"),
        ("Iran called the American accusations baseless.", "REJECT", "happened"),
        ("Iran capitulated to the United States.", "CONCEDE", "happened"),
        ("North Korea carried out a flurry of missile tests.", "MOBILIZE", "happened"),
        ("There were several North Korean missile tests.", "MOBILIZE", "happened"),
    ],
)
def test_words_of_the_news_vocabulary(nlp: Language, text: str, type_: str, modality: str) -> None:
    assert (type_, modality) in {(e.type, e.modality) for e in read(nlp, text)}


def test_a_past_refusal_of_what_is_to_come_happened(nlp: Language) -> None:
    text = "Iran called off the talks with Japan due next month."
    when = timex(text, "next month", date(2031, 7, 1), date(2031, 7, 31))
    assert [(e.type, e.modality) for e in read(nlp, text, (when,))] == [("REJECT", "happened")]


PIECES = st.sampled_from(
    [
        "Iran accused Washington of lies.",
        "Seoul and Tokyo held talks on Monday.",
        "“We will not meet Japan,” Tehran said.",
        "The U.S. refusal to lift sanctions on Iran,",
        "who was sanctioned by Britain",
        "-- and then",
        "met",
        "North Korea on Saturday test-fired two missiles;",
        "",
    ]
)


@settings(deadline=None, max_examples=25)
@given(st.lists(PIECES, max_size=6))
def test_rows_hold_their_words_and_reading_again_gives_the_same(nlp: Language, pieces: list[str]) -> None:
    text = " ".join(pieces)
    article = replace(article_of(text), published=PUBLISHED)
    document = next(iter(parse(nlp, [article])))
    first = find_events(document, Names.of(text), (), (), CASE, None)
    assert first == find_events(document, Names.of(text), (), (), CASE, None)
    for event in first:
        assert event.actors
        for evidence in event.evidence:
            evidence.check(article)
        assert len({event.id for event in first}) == len(first)
