"""Mentions in running text: sentences written for the purpose, one difficulty each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from summitry.casebook import Casebook, casebook_for
from summitry.reader.document import Document
from summitry.reader.mentions import Gazetteer, MentionIndex, MentionResult, compile_gazetteer, find_mentions
from summitry.reader.parse import article_of, load_parser, parse
from summitry.vocabulary import DateInterval, Mention


@cache
def tools() -> tuple[Language, Casebook, Gazetteer]:
    book = casebook_for(())
    return load_parser(), book, compile_gazetteer(book)


def read(text: str, published: date | None = None) -> tuple[Document, MentionResult]:
    nlp, book, gazetteer = tools()
    article = article_of(text)
    if published is not None:
        article = replace(article, published=DateInterval(published, published, "day"))
    document = next(parse(nlp, [article]))
    return document, find_mentions(document, book, gazetteer)


def found(text: str, words: str, published: date | None = None) -> Mention:
    _, result = read(text, published)
    matches = [mention for mention in result.mentions if mention.text == words]
    assert matches, [mention.text for mention in result.mentions]
    return matches[-1]


def code_of(text: str, words: str) -> str | None:
    actor = found(text, words).actor
    return actor.code if actor else None


def name_of(text: str, words: str, published: date | None = None) -> str | None:
    actor = found(text, words, published).actor
    return actor.name if actor else None


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Pyongyang said it would wait.", "Pyongyang", "PRK"),
        ("Talks between Oslo and Tehran went on.", "Tehran", "IRN"),
        ("The U.S.-South Korea drill ended.", "South Korea", "KOR"),
        ("N. Korea rejected the offer.", "N. Korea", "PRK"),
        ("The White House welcomed the news.", "White House", "USAGOV"),
        ("The Kremlin denied it.", "Kremlin", "RUSGOV"),
        ("Reuters reported the meeting.", "Reuters", "GBRMEDREU"),
        ("The IAEA sent inspectors.", "IAEA", "IGOUNOIAE"),
        ("The South signed a paper, and South Korea published it.", "The South", "KOR"),
        ("French officials refused.", "French officials", "FRAGOV"),
        ("Iranian forces seized a ship.", "Iranian forces", "IRNMIL"),
        ("Japan's foreign ministry protested.", "Japan's foreign ministry", "JPNGOV"),
    ],
)
def test_parties_by_name_capital_demonym_and_institution(text: str, words: str, code: str) -> None:
    assert code_of(text, words) == code


@pytest.mark.parametrize(
    "text",
    [
        "The delegations met in Hanoi on Monday.",
        "The Washington-based group published a study.",
        "The minister flew to Pyongyang on Friday.",
        "The Vienna talks lasted nine days.",
        "SEOUL (Agency) - The ministers met.",
    ],
)
def test_a_city_that_is_a_place_is_no_party(text: str) -> None:
    _, result = read(text)
    assert not [m for m in result.mentions if m.rule.startswith("party: by its capital")]
    assert len(result.places) == 1


def test_names_that_look_like_parties_are_people_and_pronouns() -> None:
    _, result = read("Kim Jong Un told us that Michael Jordan came. Foreign Minister Israel Katz was away.")
    codes = {mention.actor.code for mention in result.mentions if mention.actor}
    assert not codes & {"IGOUNO", "USA", "JOR", "ISR"}
    assert {person.name for person in result.people} >= {"Michael Jordan", "Israel Katz"}


@pytest.mark.parametrize(
    ("text", "words", "code", "office"),
    [
        (
            "Norwegian Deputy Foreign Minister Ola Nordmann spoke first.",
            "Norwegian Deputy Foreign Minister Ola Nordmann",
            "NORGOV",
            "Deputy Foreign Minister",
        ),
        ("Ola Nordmann, Norway's trade envoy, spoke first.", "Ola Nordmann", "NORGOV", "trade envoy"),
        (
            "US Special Representative for Iran Peter Miller resigned.",
            "US Special Representative for Iran Peter Miller",
            "USAGOV",
            "Special Representative for Iran",
        ),
        ("Secretary of State Peter Miller left.", "Secretary of State Peter Miller", "USAGOV", "Secretary of State"),
        ("Former Norwegian envoy Ola Nordmann disagreed.", "Former Norwegian envoy Ola Nordmann", None, None),
        (
            "Peter Miller, an analyst at the think tank Northern Institute, disagreed.",
            "Peter Miller",
            None,
            "analyst at the think tank Northern Institute",
        ),
        ("Sen. Peter Miller (R-Ohio) objected.", "Sen. Peter Miller", "USALEG", "Sen."),
    ],
)
def test_people_with_the_office_and_party_the_text_gives(
    text: str, words: str, code: str | None, office: str | None
) -> None:
    actor = found(text, words).actor
    assert actor is not None
    assert (actor.code, actor.office) == (code, office)


def test_a_bare_surname_is_a_leader_only_in_office() -> None:
    assert name_of("Obama said no.", "Obama", date(2014, 5, 1)) == "Barack Obama"
    _, result = read("Obama said no.", date(2019, 5, 1))
    assert all(m.actor is None or m.actor.code is None for m in result.mentions if m.text == "Obama")


TWO_KIMS = (
    "South Korean Unification Minister Kim Min-soo said on Monday that talks would go on.\n\n"
    "North Korean leader Kim Jong Un met US President Donald Trump in June.\n\n"
    '"We are ready," Kim said at a parliamentary audit.\n\n'
    "Trump spoke of the letters that Kim and Trump had exchanged."
)


def test_one_surname_of_two_people_is_decided_by_context() -> None:
    document, result = read(TWO_KIMS)
    index = MentionIndex(result.mentions)
    speaker = index.at(document.article.text.index("Kim said at"))
    partner = index.at(document.article.text.index("Kim and Trump"))
    assert speaker and speaker.actor and speaker.actor.name == "Kim Min-soo"
    assert partner and partner.actor and partner.actor.name == "Kim Jong Un"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Norwegian envoy Anna Berg arrived. She met nobody.", "She", "Anna Berg"),
        ("Norwegian envoy Anna Berg said she would stay.", "she", "Anna Berg"),
        ("Swedish minister Ola Ek met Norwegian envoy Anna Berg. The envoy smiled.", "The envoy", "Anna Berg"),
        ("Regarding her plans, Norwegian envoy Anna Berg said nothing.", "her", "Anna Berg"),
        ("Iran said it would wait.", "it", "Iran"),
        ("The Norwegian Fisheries Ministry objected. The ministry sent a note.", "The ministry", "Fisheries Ministry"),
        ("Norwegian envoy Anna Berg, who had flown in, spoke.", "who", "Anna Berg"),
    ],
)
def test_words_that_take_up_somebody(text: str, words: str, name: str) -> None:
    assert name_of(text, words) == name


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        ("Iran and Oman held talks. Both sides were content.", "Both sides", {"Iran", "Oman"}),
        ("Iran and Oman said they had agreed.", "they", {"Iran", "Oman"}),
        ("The two Koreas opened an office.", "The two Koreas", {"North Korea", "South Korea"}),
        (
            "U.S. and Iranian negotiators met again.",
            "U.S. and Iranian negotiators",
            {"American negotiators", "Iranian negotiators"},
        ),
    ],
)
def test_collectives_have_members(text: str, words: str, names: set[str]) -> None:
    mention = found(text, words)
    assert mention.actor is None
    assert {member.name for member in mention.members} == names


def test_an_unnamed_official_is_described_and_keeps_the_institution() -> None:
    actor = found("A senior White House official said no.", "A senior White House official").actor
    assert actor is not None
    assert (actor.code, actor.name, actor.anonymous) == ("USAGOV", "senior White House official", True)


def test_nothing_to_go_by_is_left_open() -> None:
    assert found("He said nothing.", "He").actor is None
    assert found("Both sides were content.", "Both sides").members == ()


def test_the_index_finds_by_head_by_offset_and_by_stretch() -> None:
    document, result = read("Norway's foreign minister met Iran's envoy.")
    index = MentionIndex(result.mentions)
    minister = next(token for token in document.doc if token.text == "minister")
    norway = next(token for token in document.doc if token.text == "Norway")
    whole = index.of_head(minister)
    assert whole is not None
    assert whole.text == "Norway's foreign minister"
    assert index.of_head(norway) is None
    assert index.at(norway) == whole
    assert index.within(0, len(document.plain)) == result.mentions
    assert index.at(len(document.plain) + 5) is None


SALAD = (
    "Iran the North Kim Mr. said , \" officials of U.S. - and both sides President ( who his Ministry May 's . \n\n "
    "Jong-un al- in Seoul"
).split(" ")


@settings(deadline=None, max_examples=25)
@given(
    st.lists(
        st.sampled_from(SALAD),
        max_size=25,
    )
)
def test_any_salad_of_words_gives_mentions_that_stand_in_the_text_and_gives_them_again(words: list[str]) -> None:
    text = " ".join(words)
    document, result = read(text)
    for mention in result.mentions:
        assert document.plain[mention.start : mention.end] == mention.text
        assert mention.text
    assert read(text)[1] == result
