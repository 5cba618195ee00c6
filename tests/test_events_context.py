"""What an event takes from around its sentence: the other party, the day, whose "we" it is; verdicts, threats, home."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from spacy.language import Language

from summitry.casebook import Casebook, PartyEntry
from summitry.reader.events.filled import Filled, groups_of, names_of
from summitry.reader.events.verdict import judged
from summitry.reader.parse import load_parser
from summitry.vocabulary import Actor, DateInterval, Evidence, Mention, Span, Statement
from test_events_find import only, parties, read, timex
from test_events_roles import Names

ABOUT_TWO = "Iran and Japan are at odds. Tehran waits, Japan waits. Iran hopes, and Japan hopes. "


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_parser()


@pytest.mark.parametrize(
    ("sentence", "type_"),
    [
        ("Iran hailed the decision.", "SUPPORT"),
        ("Iran wants an apology for the spill.", "REQUEST"),
        ("Iran called the offer absurd.", "ACCUSE"),
        ("Iran described the move as a step forward.", "SUPPORT"),
        ("A new round of talks begins in Oslo.", "CONSULT"),
    ],
)
def test_the_article_names_the_other_party(nlp: Language, sentence: str, type_: str) -> None:
    event = only([e for e in read(nlp, ABOUT_TWO + sentence) if e.type == type_])
    assert parties(event) == {"IRN", "JPN"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Shopkeepers hailed the decision.",  # somebody else is named
        "Iran wants to win.",  # of nobody
        "Iran called on its people to rest.",
        "Iran offered no details.",
    ],
)
def test_no_other_party_is_made_up(nlp: Language, sentence: str) -> None:
    assert not [e for e in read(nlp, ABOUT_TWO + sentence) if "JPN" in parties(e)]


@pytest.mark.parametrize(
    ("sentence", "type_"),
    [
        ("Iran criticized its lawmakers.", "ACCUSE"),
        ("Iran has threatened to veto the bill.", "THREATEN"),
    ],
)
def test_acts_at_home_have_one_party(nlp: Language, sentence: str, type_: str) -> None:
    event = only([e for e in read(nlp, ABOUT_TWO + sentence) if e.type == type_])
    assert parties(event) == {"IRN"}


@pytest.mark.parametrize(
    ("sentence", "type_", "modality"),
    [
        ("Iran will leave the agreement with Japan unless it is changed.", "SANCTION", "threatened"),
        ("Iran's decision to leave the agreement with Japan cost jobs.", "SANCTION", "happened"),
        ("Iran has yet to impose sanctions on Japan.", "SANCTION", "negated"),
        ("Iran pledged to release the prisoners to Japan.", "CONCEDE", "happened"),
        (ABOUT_TWO + "Iran promised new sanctions.", "SANCTION", "planned"),
        ("Iran thanked Japan in a letter.", "SUPPORT", "happened"),
        ("Iran met the envoy of Japan to urge Japan to stay.", "REQUEST", "happened"),
    ],
)
def test_what_becomes_of_an_act(nlp: Language, sentence: str, type_: str, modality: str) -> None:
    found = [e for e in read(nlp, sentence) if e.type == type_]
    assert [e.modality for e in found] == [modality]


def test_leaving_a_deal_and_sanctions_are_two_events(nlp: Language) -> None:
    found = read(nlp, "Iran imposed sanctions on Japan. Iran quit the agreement with Japan.")
    assert [e.type for e in found] == ["SANCTION", "SANCTION"]


def test_an_act_of_the_main_line_is_of_the_day_of_the_news(nlp: Language) -> None:
    text = "Iran met Japan on Friday. Iran accused Japan of theft. Iran has repeatedly urged Japan to pay."
    met, accused, urged = read(nlp, text, [timex(text, "Friday", date(2031, 6, 18))])
    assert met.date.start == accused.date.start == date(2031, 6, 18)
    assert accused.date.basis == "day of the news: Friday"
    assert urged.date.precision == "unknown"


def test_a_clause_of_time_shares_the_date_of_its_main_clause(nlp: Language) -> None:
    text = "Prices rose in March as Iran imposed sanctions on Japan."
    event = only(read(nlp, text, [timex(text, "March", date(2031, 3, 1), date(2031, 3, 31))]))
    assert event.date.start == date(2031, 3, 1)


@pytest.mark.parametrize(
    ("words", "type_"),
    [
        ("a very bad deal", "ACCUSE"),
        ("a significant step", "SUPPORT"),
        ("not a bad deal", None),
        ("a treaty", None),
        ("good news and bad", None),
    ],
)
def test_words_of_praise_and_blame(words: str, type_: str | None) -> None:
    assert judged(words) == type_


def statement(text: str, words: str) -> Statement:
    start = text.index(words)
    cue = text.index("said")
    return Statement(
        id="stm-1",
        evidence=(Evidence("src", start, start + len(words), words),),
        coder="test",
        confidence=1.0,
        speaker=Actor("IRN", "Iran"),
        party=Actor("IRN", "Iran"),
        addressee=None,
        said=DateInterval(date(2031, 6, 17), date(2031, 6, 17), "day"),
        quote_type="direct",
        words=words,
        cue="say",
        on_record="on",
        vehicle=None,
        speech_act="state",
        authority="other",
        source_span=None,
        cue_span=Span(cue, cue + 4),
        content_spans=(Span(start, start + len(words)),),
    )


@pytest.mark.parametrize(
    ("words", "type_"),
    [
        ("all options are on the table", "THREATEN"),
        ("their patience has run out, our patience is over", "THREATEN"),
        ("the offer was a mistake", "ACCUSE"),
        ("it is a positive step", "SUPPORT"),
    ],
)
def test_what_is_said_threatens_or_judges(nlp: Language, words: str, type_: str) -> None:
    text = ABOUT_TWO + f'"{words}," Iran said.'
    event = only([e for e in read(nlp, text, statements=[statement(text, words)]) if e.type == type_])
    assert parties(event) == {"IRN", "JPN"}
    assert event.date.start == date(2031, 6, 17)


WORLD = (
    PartyEntry("NOR", "North Arvia", "state", demonyms=("North Arvian",)),
    PartyEntry("SOU", "South Arvia", "state", demonyms=("South Arvian",)),
    PartyEntry("IMGTWO", "Arvian Two", "group", members=("NOR", "SOU")),
)


def test_groups_and_states_of_one_name_are_opened() -> None:
    book = Casebook(WORLD)
    text = "The Two met. We met. The inter-Arvian talks by the two Arvian leaders. North Arvia's ally slept."
    group = Mention(4, 7, "Two", "name", Actor("IMGTWO", "Arvian Two", kind="group"), "test")
    we = Mention(13, 15, "We", "pronoun", None, "test")
    pair = Mention(text.index("the two"), text.index(". North"), "the two Arvian leaders", "collective", None, "test")
    whose = text.index("North Arvia's")
    ally = Mention(whose, whose + 18, "North Arvia's ally", "description", Actor("NOR", "ally", kind="person"), "test")
    said = replace(statement("said We met.", "We met."), content_spans=(Span(13, 20),))
    filled = Filled(Names([group, we, pair, ally]), names_of(book), {}, groups_of(book), text, [said])
    both = {"NOR", "SOU"}
    assert {a.code for a in filled.at(4).members} == both  # type: ignore[union-attr]
    assert filled.at(13).actor == said.party  # type: ignore[union-attr]
    assert {a.code for a in filled.at(pair.start).members} == both  # type: ignore[union-attr]
    assert filled.at(whose).actor is None  # type: ignore[union-attr]
    inter = text.index("inter-Arvian")
    assert [{a.code for a in m.members} for m in filled.within(inter, inter + 12)] == [both]


@pytest.mark.parametrize(
    "sentence",
    [
        "Iran was met with protests in Japan.",
        "IRAN BLAMES JAPAN",
    ],
)
def test_headings_and_receptions_are_no_acts(nlp: Language, sentence: str) -> None:
    assert read(nlp, sentence) == ()


def test_consequences_for_us_all_are_no_threat(nlp: Language) -> None:
    words = "if we fail we will all suffer the consequences"
    text = ABOUT_TWO + f'"{words}," Iran said.'
    assert not [e for e in read(nlp, text, statements=[statement(text, words)]) if e.type == "THREATEN"]


def test_what_has_happened_is_not_dated_after_the_report(nlp: Language) -> None:
    text = "Iran and Japan met in November to go over the accord."
    time = timex(text, "in November", date(2031, 11, 1), date(2031, 11, 30))
    before = DateInterval(date(2030, 11, 1), date(2030, 11, 30), "month")
    event = only(read(nlp, text, [replace(time, alternatives=(before,))]))
    assert (event.modality, event.date.start) == ("happened", date(2030, 11, 1))
    assert only(read(nlp, text, [time])).date.start == date(2031, 11, 1), "no other reading"


def test_a_meeting_told_back_by_a_speaker_is_not_of_the_day_of_the_news(nlp: Language) -> None:
    lead = "Japan's envoy spoke on Thursday. "
    told = '"Iran and Japan met to go over each clause," he said.'
    own = "Iran and Japan met to go over each clause."
    for words, dated in ((told, False), (own, True)):
        text = lead + words
        thursday = timex(text, "Thursday", date(2031, 6, 19))
        start, end = len(lead), len(text)
        speech = Statement(
            id="st-1",
            evidence=(Evidence("src-1", start, end, text[start:end]),),
            coder="hand",
            confidence=1.0,
            speaker=Actor("JPNGOV", "Japan's envoy"),
            party=Actor("JPN", "Japan"),
            addressee=None,
            said=DateInterval(None, None, "unknown"),
            quote_type="direct",
            words=text[start:end],
            cue="said",
            on_record="on",
            vehicle=None,
            speech_act="state",
            authority="other",
            source_span=None,
            cue_span=None,
            content_spans=(Span(start, end),),
        )
        met = [e for e in read(nlp, text, [thursday], [] if dated else [speech]) if e.type == "CONSULT"]
        assert [e.date.start == date(2031, 6, 19) for e in met] == ([True] if dated else [False]), words
