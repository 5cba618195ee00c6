"""What running news does with words: acts it only places in time, texts told of by their issuer, quotations signed."""

from __future__ import annotations

import functools

import pytest

from summitry.reader.parse import article_of
from summitry.reader.pipeline import Reader
from summitry.vocabulary import Statement


@functools.cache
def reader() -> Reader:
    return Reader(())


def rows(text: str) -> tuple[Statement, ...]:
    return reader().read(article_of(text)).statements


def told(text: str) -> list[tuple[str | None, str]]:
    return [(row.speaker.name if row.speaker else None, row.words) for row in rows(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(
            "In explaining the new policy on Monday, President Peter Lang said the talks had failed.",
            "the new policy",
            id="places another act in time",
        ),
        pytest.param(
            "The minister, Omar Rahimi, discussed how bad the shortage could get for the country.",
            "how bad",
            id="a topic",
        ),
        pytest.param(
            "Iran is a large producer of oil. It is already feeling economic pressures at home.",
            "economic pressures",
            id="something felt",
        ),
        pytest.param(
            "Chile's navy echoed that worry in May, saying the offer was serious.",
            "that worry",
            id="words taken up again",
        ),
        pytest.param(
            "President Peter Lang was briefed on the failed launch on Friday evening.",
            "failed launch",
            id="somebody who is told",
        ),
    ],
)
def test_no_words_of_anybody(text: str, words: str) -> None:
    assert not [row for row in rows(text) if row.words.startswith(words)]


def test_what_is_felt_to_be_so_is_an_opinion() -> None:
    found = told("Many Germans felt that a deal with Iran was near, and Omar Rahimi said it was signed.")
    assert any("was near" in words for _, words in found)


def test_a_verb_of_saying_inside_another_quotation() -> None:
    found = told('"Several Swiss officials told me that the envoys had left," Daniel Hartley wrote on Monday.')
    assert any("the envoys had left" in words and "officials" in (name or "") for name, words in found)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        pytest.param(
            "A Senate report says Iran was paid twice. The report, from the Senate's Subcommittee on Trade, found that "
            "the payments broke the law. The report says that nobody was told.",
            "nobody was told",
            "Senate's Subcommittee on Trade",
            id="the issuer behind a comma",
        ),
        pytest.param(
            "The canal was opposed for years by Kenya and Chad, who feared it could dry their lakes.",
            "dry their lakes",
            "Kenya and Chad",
            id="who, of several states",
        ),
        pytest.param(
            '"The launch was surely planned long before the test failed" Hanna Dorn, an expert at the University of '
            'Graz.\n\n"It may be a new type of missile," Dorn added.',
            "surely planned",
            "Hanna Dorn",
            id="a quotation signed",
        ),
        pytest.param(
            "North Korea's state newspaper has charged Japan with a plot. "
            "The drills must end, the Rodong Sinmun said in a commentary.",
            "a plot",
            "Rodong Sinmun",
            id="the state's newspaper, named below",
        ),
    ],
)
def test_who_says_it(text: str, words: str, name: str) -> None:
    assert any(words in said and name == who for who, said in told(text)), told(text)


def test_a_heading_in_quotation_marks_is_nobodys() -> None:
    found = told('"The offer is a mistake," Omar Rahimi said on Monday.\n\n"Last chance"\n\nTalks go on in May.')
    assert not any("Last chance" in words for _, words in found)


def test_a_line_that_sums_the_report_up_is_no_statement() -> None:
    body = "The talks in Vienna went on all night. Omar Rahimi said the offer was not enough."
    found = told(f"Observers say the talks may fail\n\n{body}")
    assert [words for _, words in found] == ["the offer was not enough"]


def test_a_thing_does_not_say_i() -> None:
    text = (
        '"I have some doubts," Peter Lang said. But page nine of the act showed it dealt with sanctions. '
        '"And that, I think, allows me to read the law in a way that keeps the deal alive."'
    )
    assert "Peter Lang" in {name for name, words in told(text) if "allows me" in words}, told(text)


def test_bare_officials_are_those_of_the_one_state_whose_officials_spoke() -> None:
    text = "Iranian officials said the offer was weak. On Friday some officials said a new one was being written."
    last = next(row for row in rows(text) if "new one" in row.words)
    assert last.party is not None and last.party.code == "IRN"
