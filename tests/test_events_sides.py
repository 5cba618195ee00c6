"""The other side of a negotiation, people out of office, acts that only a statement tells, words of a row."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from summitry.casebook import Casebook, OfficeEntry, PartyEntry
from summitry.reader.events.arguments import core
from summitry.reader.events.filled import Filled, names_of, states_of_people
from summitry.reader.events.rivals import principals
from summitry.reader.events.rows import _balanced
from summitry.reader.events.where import capitals_of
from summitry.reader.parse import load_parser
from summitry.vocabulary import Actor, DateInterval, Evidence, Mention, Span, SpeechAct, Statement
from test_events_find import only, parties, read
from test_events_roles import Names

ABOUT_TWO = "Iran and Japan are at odds. Tehran waits, Japan waits. Iran hopes, and Japan hopes. "


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_parser()


@pytest.mark.parametrize(
    ("sentence", "type_", "modality"),
    [
        ("Iran refused to conclude a deal.", "REJECT", "happened"),
        ("Japan pulled out of the talks.", "REJECT", "happened"),
        ("Iran could meet at the table if Japan agrees to a deal.", "AGREE", "hypothetical"),
        ("Iran criticized the deal.", "ACCUSE", "happened"),
    ],
)
def test_the_other_side_is_meant_when_only_one_is_named(
    nlp: Language, sentence: str, type_: str, modality: str
) -> None:
    found = [e for e in read(nlp, ABOUT_TWO + sentence) if e.type == type_]
    event = only(found)
    assert (parties(event), event.modality) == ({"IRN", "JPN"}, modality)


@pytest.mark.parametrize(
    "sentence",
    [
        "Iran criticized the weather forecast.",  # of no concern to the other side
        "Iran accused the senator of theft.",  # somebody else is named as the object
        "Iran criticized the deal that China brokered.",  # a third party may be meant
    ],
)
def test_the_other_side_is_not_meant_by_everything(nlp: Language, sentence: str) -> None:
    assert not [e for e in read(nlp, ABOUT_TWO + sentence) if {"IRN", "JPN"} <= parties(e)]


def test_an_article_about_three_has_no_two_sides() -> None:
    text = "Iran and Japan and China met. " * 4
    assert principals(Names.of(text), len(text), {}) == ()
    text = "Iran and Japan met. " * 4
    assert [actor.code for actor in principals(Names.of(text), len(text), {"IRN": "Iran"})] == ["IRN", "JPN"]


def test_what_the_article_calls_the_deal_is_one_between_its_sides(nlp: Language) -> None:
    text = ABOUT_TWO + "Nobody reads the nuclear deal. Critics hate the nuclear deal."
    event = only([e for e in read(nlp, text) if e.type == "AGREE"])
    assert parties(event) == {"IRN", "JPN"}
    assert len(event.evidence) == 2


def person(start: int, name: str, code: str | None, text: str | None = None) -> Mention:
    shown = text or name
    actor = Actor(code, name, kind="person") if text is None or code is not None else None
    return Mention(start, start + len(shown), shown, "name", actor, "test")


def test_people_out_of_office_and_shared_names_count_for_their_state() -> None:
    office = OfficeEntry("Ana Pérez-Luna", "PERGOV", "foreign minister", date(2001, 1, 1), date(2003, 1, 1))
    book = Casebook((PartyEntry("PER", "Peru", "state"),), (), (office,))
    mentions = Names(
        [
            person(0, "Ana Pérez Luna", None),
            person(20, "Luis Luna", "PERGOV"),
            Mention(40, 44, "Luna", "name", None, "test"),
            person(60, "Somebody Else", None),
        ]
    )
    filled = Filled(mentions, names_of(book), states_of_people(book), {}, "x" * 80)
    codes = [m.actor.code if m.actor else None for m in (filled.at(0), filled.at(20), filled.at(40)) if m]
    assert codes == ["PER", "PERGOV", "PER"]
    other = filled.at(60)
    assert other is not None
    assert other.actor is not None
    assert other.actor.code is None


def statement(text: str, content: str, cue: str, act: SpeechAct) -> Statement:
    start = text.index(content)
    at = text.index(cue)
    return Statement(
        id="st-1",
        evidence=(Evidence("src-0", 0, 4, text[:4]),),
        coder="test",
        confidence=1.0,
        speaker=Actor("IRN", "Iran"),
        party=Actor("IRN", "Iran"),
        addressee=None,
        said=DateInterval(date(2031, 6, 18), date(2031, 6, 18), "day"),
        quote_type="indirect",
        words=content,
        cue=cue,
        on_record="on",
        vehicle=None,
        speech_act=act,
        authority="other",
        source_span=Span(0, 4),
        cue_span=Span(at, at + len(cue)),
        content_spans=(Span(start, start + len(content)),),
    )


def test_a_demand_that_only_the_statement_tells(nlp: Language) -> None:
    text = "Iran said Japan must be patient."
    event = only(read(nlp, text, statements=[statement(text, "Japan must be patient", "said", "demand")]))
    assert (event.type, parties(event), event.modality) == ("REQUEST", {"IRN", "JPN"}, "happened")
    assert event.date.start == date(2031, 6, 18)
    assert event.coder == "events-statements-1"


@pytest.mark.parametrize(
    ("text", "content", "cue", "act"),
    [
        ("Iran believed Japan must be patient.", "Japan must be patient", "believed", "ask"),
        ("Iran declined to comment on Japan.", "to comment on Japan", "declined", "refuse"),
        ("Iran said people must be kind to Japan.", "people must be kind to Japan", "said", "demand"),
    ],
)
def test_statements_that_are_no_act_towards_a_party(
    nlp: Language, text: str, content: str, cue: str, act: SpeechAct
) -> None:
    assert read(nlp, text, statements=[statement(text, content, cue, act)]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Iran held a press conference about Japan.",
        "Iran released a statement on Japan.",
        "Iran regularly visits Japan.",
        "Iran called Japan a friend.",
    ],
)
def test_own_meetings_publications_habits_and_names_are_no_acts(nlp: Language, text: str) -> None:
    assert read(nlp, text) == ()


def test_two_demands_are_two_rows_and_one_repeated_is_one(nlp: Language) -> None:
    again = "Iran urged Japan to join the games. The weather was fine. Iran urged Japan to join the games early."
    assert len(read(nlp, again)) == 1
    other = "Iran urged Japan to join the games. The weather was fine. Iran urged Japan to free the sailors."
    assert len(read(nlp, other)) == 2


def test_the_core_of_a_clause_leaves_out_what_is_added(nlp: Language) -> None:
    text = "Iran met Japan in Oslo, which was cold, and then went home after it had rained."
    doc = nlp(text)
    start, end = core(next(t for t in doc if t.text == "met"))
    assert text[start:end] == "Iran met Japan in Oslo"


def test_capitals_are_named() -> None:
    book = Casebook((PartyEntry("PER", "Peru", "state", (), ("Peruvian",), ("Lima",)),), (), ())
    assert capitals_of(book) == {"the peruvian capital": "Lima"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("he met the envoy”", "he met the envoy"),
        ("“he met” the envoy", "“he met” the envoy"),
        ('"he met the envoy', "he met the envoy"),
        ("plain", "plain"),
    ],
)
def test_a_summary_has_no_stray_quotation_mark(line: str, expected: str) -> None:
    assert _balanced(line) == expected


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Iran and Japan accused each other of lies.", "ACCUSE"),
        ("Iran and Japan traded insults.", "ACCUSE"),
        ("Iran traded insults with Japan.", "ACCUSE"),
    ],
)
def test_what_both_do_to_each_other_has_both(nlp: Language, text: str, type_: str) -> None:
    event = only(read(nlp, text))
    assert (event.type, parties(event)) == (type_, {"IRN", "JPN"})
