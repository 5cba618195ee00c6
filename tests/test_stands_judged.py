"""What desk analysts found wrong in moves and positions, each in a sentence written for the purpose."""

from __future__ import annotations

from functools import cache

import pytest

from summitry.reader.parse import article_of
from summitry.reader.pipeline import Reader
from summitry.vocabulary import Reading


@cache
def reader() -> Reader:
    return Reader(())


def read(text: str) -> Reading:
    return reader().read(article_of(text))


def moves(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(row.kind, row.proposer.code, row.give, row.get) for row in read(text).moves]


def stances(text: str) -> list[tuple[str, str | None, str]]:
    return [(row.stance, row.party.code, row.summary) for row in read(text).positions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Norway will not lift the quotas until Russia withdraws, Foreign Minister Kari Lund said.",
            [("precondition", "NOR", "lift the quotas", "Russia withdraws")],
        ),
        (
            "Norway will lift the quotas only after Russia dismantles its reactor.",
            [("precondition", "NOR", "lift the quotas", "Russia dismantles its reactor")],
        ),
        ("Norway gave Russia 30 days to halt the tests.", [("demand", "NOR", None, "to halt the tests")]),
        (
            "Norway is dropping its demand for Russia to reveal its missile plans.",
            [("concession", "NOR", "dropping its demand for Russia to reveal its missile plans", None)],
        ),
        (
            "Norway and Russia struck a deal to halt Russia's enrichment program.",
            [("concession", "RUS", "to halt Russia's enrichment program", None)],
        ),
        (
            "Norway and Russia agreed to lift the sanctions on Russia.",
            [("concession", "NOR", "to lift the sanctions on Russia", None)],
        ),
        (
            "Norway announced it was leaving the accord that limits catches in exchange for tariff relief.",
            [("refusal", "NOR", "leaving the accord that limits catches in exchange for tariff relief", None)],
        ),
        (
            "Norway agreed on Tuesday to lift the sanctions on Russia.",
            [("concession", "NOR", "to lift the sanctions on Russia", None)],
        ),
        (
            "Norway pledged at their June meeting with Russia to halt the drills.",
            [("promise", "NOR", "to halt the drills", None)],
        ),
        ("Russia wants to get the sanctions lifted.", [("demand", "RUS", None, "the sanctions lifted")]),
    ],
)
def test_who_gives_what_for_what(text: str, expected: list[tuple[str, str | None, str | None, str | None]]) -> None:
    assert moves(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Norway restored the tariffs on Russia.",
        "Norway gave assurances that the deal is not based on trust.",
        "Norway rejected that claim.",
        "Norway wants a missile capable of reaching Russia.",
        "Norway does not express a desire for talks.",
        "Neither Norway nor Russia will want to leave the talks.",
        "There is zero chance Norway decides to dismantle its reactor.",
        "Norway has drawn up nine demands that Russia must meet to get the tolls lifted.",
        "The Norwegian government urged lawmakers to approve the deal with Russia.",
        "Norway refused to explain if Russia will be allowed to keep its missiles.",
    ],
)
def test_what_is_no_stand(text: str) -> None:
    assert moves(text) == []
    assert stances(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway wants a deal with Russia.", [("support", "NOR", "a deal with Russia")]),
        ("Norway wants to end the war with Russia.", [("support", "NOR", "to end the war with Russia")]),
        ("Norway wants to end the talks with Russia.", [("oppose", "NOR", "to end the talks with Russia")]),
        ("Convinced that Russia wanted a treaty, Norway offered talks.", [("offer", "NOR", "talks")]),
    ],
)
def test_what_is_wanted(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert [each for each in stances(text) if each[1] == "NOR"] == expected


def test_what_was_agreed_is_demanded_of_nobody() -> None:
    text = (
        "Kari Lund, the Norwegian president, said that Norway and Russia had agreed that the drills should be halted."
    )
    assert {stance for stance, _, _ in stances(text)} == {"accept"}


def test_what_had_happened_is_no_condition() -> None:
    text = "Norway remained committed to the alliance after Russia threatened to leave the pact."
    assert {row.condition for row in read(text).moves} == {None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The tariffs rose while some ships left under waivers granted by Oman to Chad.",
            [("concession", "OMN", "waivers granted by Oman to Chad", None)],
        ),
        (
            "Norwegian President Kari Lund said Norway is prepared to increase its enrichment.",
            [("threat", "NOR", "to increase its enrichment", None)],
        ),
        ("Norwegian President Kari Lund said she is releasing a report on Russia's tests.", []),
        ("The point of the sanctions is to help Russia dismantle its nuclear program.", []),
        ("Norway called for new legislation that could trigger penalties against Russia.", []),
        ("Norway, which withdrew from the accord last year, criticized Russia.", []),
    ],
)
def test_deeds_and_threats(text: str, expected: list[tuple[str, str | None, str | None, str | None]]) -> None:
    assert moves(text) == expected


def test_a_reason_is_no_condition() -> None:
    (found,) = read("Iran said it would retaliate against the sanctions after Oman set new conditions.").moves
    assert (found.kind, found.condition) == ("threat", None)


def test_denial_of_a_condition_is_not_of_the_deed() -> None:
    text = "\"If it doesn't we'll continue the sanctions,\" Norwegian President Kari Lund said."
    assert [kind for kind, *_ in moves(text)] == ["threat"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Norway pledged in the agreement to lift the harbour tolls put on Russia.",
            [("promise", "NOR", "to lift the harbour tolls put on Russia", None)],
        ),
        (
            "Norwegian President Kari Lund said Russia should not be allowed to test missiles at all.",
            [("demand", "NOR", None, "should not be allowed to test missiles at all")],
        ),
        ("Norway gave its envoy Kari Lund only a few weeks to finish the talks.", []),
        ("Norwegian President Kari Lund urged his government to get guarantees from Oman.", []),
    ],
)
def test_of_whom_and_whether_denied(text: str, expected: list[tuple[str, str | None, str | None, str | None]]) -> None:
    assert moves(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Norwegian President Kari Lund alleged that the deal could not detect or prevent violations of its terms.",
        'Norwegian President Kari Lund called the deal "not a bad idea."',
    ],
)
def test_denied_praise_and_blame(text: str) -> None:
    assert stances(text) == []


def test_even_if_sets_no_condition() -> None:
    (found,) = read("Norway does not want war, even if its advisers seem to invite it.").positions
    assert (found.stance, found.condition) == ("oppose", None)
