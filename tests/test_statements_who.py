"""Who says it, through the whole reading: example sentences, one difficulty each."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import date

import pytest

from summitry.reader.parse import article_of
from summitry.reader.pipeline import Reader
from summitry.vocabulary import DateInterval, Reading, Statement


@functools.cache
def reader() -> Reader:
    return Reader(())


def read(text: str) -> Reading:
    return reader().read(article_of(text))


def saying(text: str, words: str) -> Statement:
    rows = [row for row in read(text).statements if words in row.words]
    assert rows, [(row.speaker and row.speaker.name, row.words) for row in read(text).statements]
    return rows[0]


def speaker(text: str, words: str) -> str | None:
    actor = saying(text, words).speaker
    return actor.name if actor is not None else None


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        pytest.param(
            "Daniel Hartley, the U.S. envoy, said that Foreign Minister Omar Rahimi had promised a reply. "
            "The envoy added that the talks would go on in May.",
            "go on in May",
            "Daniel Hartley",
            id="the envoy who spoke, not the minister he spoke of",
        ),
        pytest.param(
            "Daniel Hartley said that Omar Rahimi had promised a reply. He said the talks would go on in May.",
            "go on in May",
            "Daniel Hartley",
            id="he who spoke",
        ),
        pytest.param(
            "President Peter Lang met reporters in Vienna. Daniel Hartley and Tom Reed will lead the team, he said.",
            "will lead",
            "Peter Lang",
            id="neither of those he names",
        ),
        pytest.param(
            "Iran threatened on Friday to quit talks with the United States, its foreign ministry said.",
            "threatened",
            "Iranian foreign ministry",
            id="its is the subject's",
        ),
        pytest.param(
            "France and Iran ended a round of talks on Tuesday, the foreign ministry in Paris said.",
            "ended a round",
            "French foreign ministry",
            id="the city of the ministry decides",
        ),
        pytest.param(
            "Iran has no intention of giving in to the demands, Omar Rahimi was quoted by Reuters as saying.",
            "no intention",
            "Omar Rahimi",
            id="quoted by an agency",
        ),
        pytest.param(
            'The panel\'s chairman, Sen. Paul Weaver, said: "We will read every page of this agreement."',
            "every page",
            "Paul Weaver",
            id="named behind a description",
        ),
    ],
)
def test_the_speaker_is_who_the_text_says(text: str, words: str, name: str) -> None:
    assert speaker(text, words) == name


def test_an_agency_that_quotes_somebody_is_in_the_chain() -> None:
    text = "Iran has no intention of giving in to the demands, Omar Rahimi was quoted by Reuters as saying."
    row = saying(text, "no intention")
    assert row.evidence[0].attribution_chain == ("Reuters",)
    assert row.words == "Iran has no intention of giving in to the demands"


def test_whom_it_was_told_to_is_no_part_of_the_words() -> None:
    row = saying("Peter Lang told a news conference that the two teams needed another week.", "another week")
    assert row.words == "the two teams needed another week"


@pytest.mark.parametrize(
    "text",
    [
        "Lang and Rahimi talked for about an hour on Monday.",
        "The State Department rejected that account.",
        "Peter Lang called off the meeting on Monday.",
    ],
)
def test_a_deed_without_words_is_no_statement(text: str) -> None:
    assert read(text).statements == ()


def test_a_person_asked_is_not_who_asks() -> None:
    rows = read("Asked whether the talks had failed, Peter Lang said they would go on next week.").statements
    assert [row.words for row in rows] == ["they would go on next week"]


def test_a_quotation_nobody_introduces_is_a_statement_of_nobody_known() -> None:
    rows = read('"Are you willing to leave the agreement this year?"\n\n"Senator, I have never said so in public."')
    assert [row.speaker for row in rows.statements] == [None, None]
    assert all(row.quote_type == "direct" for row in rows.statements)


def test_a_spokesperson_of_a_ministry_named_before_has_its_state() -> None:
    text = (
        "Iran's foreign ministry said it was not interested in talks. "
        "In a statement on Friday, a ministry spokesperson blamed Washington for the delay."
    )
    row = saying(text, "Washington for the delay")
    assert row.party is not None
    assert row.party.code == "IRN"


def test_two_sides_are_those_who_act_not_a_model() -> None:
    text = (
        "Iran's chief negotiator, Omar Rahimi, met American officials in Geneva. "
        "Peter Lang told reporters that the Libyan model had set the United States back. "
        "The two sides agreed to meet again in June."
    )
    members = [mention.members for mention in read(text).mentions if mention.text == "The two sides"]
    assert {actor.code for actor in members[0]} == {"IRN", "USA"}


def test_a_date_said_once_holds_for_the_speaker() -> None:
    article = article_of("Peter Lang said on Monday that talks would go on. He said the teams needed another week.")
    day = DateInterval(date(2024, 3, 6), date(2024, 3, 6), "day")
    rows = reader().read(replace(article, published=day)).statements
    assert {row.said.start for row in rows} == {date(2024, 3, 4)}


def test_a_tweet_under_its_signature_is_its_authors_and_dated() -> None:
    text = (
        "The president of the club announced a change.\n\n"
        "Our teams will meet again soon and I am sure that it will go well. https://t.co/abc "
        "— Peter Lang (@peterlang) May 10, 2018\n\n"
        "Peter Lang said the meeting would be short."
    )
    row = saying(text, "will go well")
    assert row.speaker is not None
    assert (row.speaker.name, row.vehicle, row.said.start) == ("Peter Lang", "Twitter", date(2018, 5, 10))
    assert row.words == "Our teams will meet again soon and I am sure that it will go well."
    assert saying(text, "would be short").said.precision == "unknown"


def test_a_passage_after_a_colon_is_whose_words_bring_it_in() -> None:
    text = (
        "The journalist Tom Reed wrote this week that the talks had little left to give:\n\n"
        "There is more reason than ever to doubt that either team came to bargain. Neither has moved since the spring."
    )
    row = saying(text, "more reason than ever")
    assert row.speaker is not None
    assert (row.speaker.name, row.quote_type) == ("Tom Reed", "direct")


def test_the_joint_chiefs_are_of_a_state_that_has_some() -> None:
    text = (
        "South Korea and the United States ended a drill on Tuesday, the defence ministry in Seoul said. "
        "North Korea launched two missiles on Friday, according to the Joint Chiefs of Staff."
    )
    row = saying(text, "launched two missiles")
    assert row.speaker is not None
    assert (row.speaker.name, row.speaker.code, row.on_record) == ("Joint Chiefs of Staff", "KORMIL", "on")


def test_a_medium_that_passes_a_quotation_on_has_no_statement_of_its_own() -> None:
    text = (
        'NAPLES (Reuters) - "The offer stands until Friday," Peter Lang said on Monday, according to the BBC, after a '
        'long night. "Nobody should wait for a better one."'
    )
    rows = read(text).statements
    assert {row.speaker.name for row in rows if row.speaker} == {"Peter Lang"}
    assert any("better one" in row.words for row in rows)
    assert all("BBC" in row.evidence[0].attribution_chain for row in rows)


def test_what_is_reported_without_quotation_marks_is_told_by_the_medium_too() -> None:
    rows = read("The BBC reported that Iran said the inspectors had left.").statements
    assert {row.speaker.name for row in rows if row.speaker} == {"Iran", "BBC"}


def test_who_is_reported_by_a_medium_speaks_on() -> None:
    text = (
        "President Donald Trump praised the plan. Russian Deputy Foreign Minister Pavel Orlov called Trump's words "
        '"reckless", the RIA news agency reported. "We expected better," he said.'
    )
    assert speaker(text, "expected better") == "Pavel Orlov"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "Senior British officials said the talks would go on. The minister left early. "
            "The talks may last a month, the official said.",
            "may last a month",
            "senior British officials",
        ),
        (
            "French President Emmanuel Macron called the plan a mistake. A German diplomat said it was too late for a "
            "change of course. It would take a year, the official said.",
            "take a year",
            "German diplomat",
        ),
    ],
)
def test_the_official_is_an_official_and_no_president(text: str, words: str, name: str) -> None:
    assert speaker(text, words) == name


def test_a_text_keeps_to_one_president() -> None:
    text = (
        "U.S. President Donald Trump said the offer stands. The president praised his envoy. A week before, he "
        "wrote to Iranian President Hassan Rouhani. "
        '"The time for games is over," the president said.'
    )
    assert speaker(text, "time for games") == "Donald Trump"


def test_a_state_with_what_it_is_to_another_is_one_speaker() -> None:
    text = "China, North Korea's main ally, welcomed the announcement of a new round of talks."
    assert speaker(text, "new round") == "China"


@pytest.mark.parametrize(
    "text",
    [
        "The United States wants the two firms to leave the country by June.",
        "Tehran agreed to ship the rods abroad.",
        "Germany pushed for a harder line on trade.",
    ],
)
def test_what_somebody_wants_or_does_is_no_statement(text: str) -> None:
    assert read(text).statements == ()
