"""Deadlines of moves, and the person behind a position; sentences written for the purpose."""

from __future__ import annotations

import dataclasses
from datetime import date
from functools import cache

import pytest

from summitry.reader.parse import article_of
from summitry.reader.pipeline import Reader
from summitry.vocabulary import DateInterval, Move, Reading

PUBLISHED = DateInterval(date(2021, 5, 12), date(2021, 5, 12), "day")


@cache
def reader() -> Reader:
    return Reader((), light=True)


def read(text: str) -> Reading:
    return reader().read(dataclasses.replace(article_of(text), published=PUBLISHED))


def move(text: str) -> Move:
    (found,) = read(text).moves
    return found


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Norway demanded that Sweden lift the tariffs by the end of the year.", date(2021, 12, 31)),
        ("Norway demanded that Sweden lift the tariffs within 60 days.", date(2021, 7, 11)),
        ("Norway demanded that Sweden lift the tariffs before Dec. 1.", date(2021, 12, 1)),
        ("Norway demanded that Sweden lift the tariffs by March 2.", date(2022, 3, 2)),
    ],
)
def test_a_time_that_limits_is_the_deadline(text: str, end: date) -> None:
    found = move(text).deadline
    assert found is not None
    assert found.end == end


@pytest.mark.parametrize(
    "text",
    [
        "Norway demanded that Sweden lift the tariffs.",
        "On Monday, Norway demanded that Sweden lift the tariffs of 2018.",
    ],
)
def test_other_times_set_no_limit(text: str) -> None:
    assert move(text).deadline is None


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Swedish Prime Minister Stefan Lofven rejected the trade deal.", "Stefan Lofven"),
        ('"We reject the trade deal," Swedish Prime Minister Stefan Lofven said.', "Stefan Lofven"),
        ("Sweden rejected the trade deal.", None),
    ],
)
def test_the_person_stands_under_the_party(text: str, person: str | None) -> None:
    (found,) = read(text).positions
    assert found.party.code == "SWE"
    assert (found.person.name if found.person else None) == person
