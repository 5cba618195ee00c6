"""Speakers taken up again: officials, senators, papers and reports by what they were called before; whose they are."""

from __future__ import annotations

import functools

import pytest

from summitry.reader.parse import article_of
from summitry.reader.pipeline import Reader
from summitry.vocabulary import Statement


@functools.cache
def reader() -> Reader:
    return Reader(())


def saying(text: str, words: str) -> Statement:
    rows = [row for row in reader().read(article_of(text)).statements if words in row.words]
    assert rows
    return rows[0]


@pytest.mark.parametrize(
    ("text", "words", "name", "party"),
    [
        (
            "British officials said the ships would sail on Friday. The weather may change. "
            "The officials warned that the port was not ready.",
            "port was not ready",
            "British officials",
            "GBR",
        ),
        (
            "One source told the BBC that the vote would be close. The Republican source said the Senate, which the "
            "United States needs for the treaty, was tired.",
            "vote would be close",
            "source",
            "USA",
        ),
        (
            "Rep. Ann Poe (R-Ohio) welcomed the bill in Washington. "
            '"It was high time for a vote on it," said the Ohio Republican.',
            "high time",
            "Ann Poe",
            "USA",
        ),
        (
            "Senators Ann Poe and Bob Roe said the waivers were wrong. "
            '"Nobody in Washington wanted them," the senators wrote.',
            "wanted them",
            "Ann Poe and Bob Roe",
            "USA",
        ),
        (
            "The Washington Post said in an editorial that the offer was thin. A spokesman for Iran said nothing about "
            "that. The editorial urged the envoys to go home.",
            "to go home",
            "Washington Post",
            None,
        ),
        (
            "Inspectors of the International Atomic Energy Agency said in a report that the seals were broken. Iran "
            "said it had no part in it. The report said two cameras were gone.",
            "cameras were gone",
            "inspectors of the International Atomic Energy Agency",
            "IGOUNOIAE",
        ),
        (
            "A state department spokesperson said the United States was ready for talks in May.",
            "ready for talks",
            "state department spokesperson",
            "USA",
        ),
        (
            "U.S. and European officials said the port was closed to both of them.",
            "port was closed",
            "U.S. and European officials",
            "USA",
        ),
        (
            "U.S. and Saudi officials said the strike did not come from the south.",
            "strike did not come",
            "American officials and Saudi officials",
            "USA",
        ),
        (
            "Robert Dunn, a scholar, wrote a book. The Council on Foreign Relations's Mr. Dunn said it was late.",
            "it was late",
            "Robert Dunn",
            None,
        ),
        (
            "NPR's Anthony Lund reports from Geneva. Anthony adds that the ministers will stay until Friday.",
            "stay until Friday",
            "Anthony Lund",
            None,
        ),
        (
            "Former President Jimmy Carter met his friends in Texas. The Democrat has worked abroad since. "
            "He said he would go to Pyongyang.",
            "go to Pyongyang",
            "Jimmy Carter",
            None,
        ),
        (
            "Sen. Lindsey Graham told Fox News that the vote was near. "
            '"If the president waits, we will go on," he said.',
            "we will go on",
            "Lindsey Graham",
            "USA",
        ),
        (
            "Trump's Middle East envoy, Jason Gray, said the plan had no money for the Palestinians. President Donald "
            "Trump was in Ohio.",
            "no money",
            "Jason Gray",
            "USA",
        ),
        (
            "North Korea's official media said the leaders would meet in May.",
            "meet in May",
            "North Korea's official media",
            None,
        ),
        (
            "The U.S. Senate meets on Friday. At least a dozen lawmakers said they would vote against the treaty.",
            "vote against",
            "dozen lawmakers",
            "USA",
        ),
    ],
)
def test_taken_up(text: str, words: str, name: str, party: str | None) -> None:
    row = saying(text, words)
    assert row.speaker is not None
    assert row.speaker.name.lower() == name.lower()
    assert (row.party.code if row.party else None) == party


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Many Iranians said they would not vote this year.", "not vote"),
        ("Critics of the administration said the United States had waited too long.", "waited too long"),
        ("Opponents of the treaty like Omar Rahimi of Iran's parliament said the price was high.", "price was high"),
        ("An Iranian diplomat who defected said the embassy sold visas.", "sold visas"),
    ],
)
def test_unnamed_people_who_speak_for_no_state(text: str, words: str) -> None:
    row = saying(text, words)
    assert row.on_record == "anonymous"
    assert row.party is None


@pytest.mark.parametrize(
    "text",
    [
        "The attack on the port raised concerns that the truce would not hold.",
        "The tension points to the deep distrust between the two capitals.",
    ],
)
def test_things_say_nothing(text: str) -> None:
    assert reader().read(article_of(text)).statements == ()


def test_the_text_of_an_institution_is_its_own() -> None:
    text = "According to the U.N. Panel of Experts' report on shipping, the firm sold a hundred engines."
    row = saying(text, "hundred engines")
    assert row.speaker is not None
    assert row.speaker.name == "U.N. Panel of Experts"


@pytest.mark.parametrize(
    ("text", "words", "name", "party"),
    [
        (
            "One member of a delegation sent to the Capitol, Rep. Brad Sharp (D) of California, said it was late.",
            "was late",
            "Brad Sharp",
            "USA",
        ),
        ("Senator and presidential hopeful Amy Kloss said the vote was near.", "vote was near", "Amy Kloss", None),
        (
            "Sen. Ann Poe (R., Utah) and Bob Roe (D., Ohio) said the vote was near.",
            "vote was near",
            "Ann Poe and Bob Roe",
            "USA",
        ),
        ("Several Democrats said they would join the others in May.", "join the others", "Several Democrats", "USA"),
        (
            "North Korea blamed Seoul. A foreign ministry spokesman said it would test the engine again.",
            "test the engine",
            "foreign ministry spokesman",
            "PRK",
        ),
        ("Iran and six world powers said the deal was good for all.", "good for all", "Iran and P5+1", None),
    ],
)
def test_who_is_meant(text: str, words: str, name: str, party: str | None) -> None:
    row = saying(text, words)
    assert row.speaker is not None
    assert row.speaker.name == name
    assert (row.party.code if row.party else None) == party


@pytest.mark.parametrize(
    "text",
    [
        "You think the banks will come back to the port by June.",
        "Washington imposed a fine on the head of the port.",
        "Peter Lang tweeted a picture of his old dog.",
    ],
)
def test_no_words_of_anybody(text: str) -> None:
    assert reader().read(article_of(text)).statements == ()
