"""The same person under several spellings; offices over time."""

from __future__ import annotations

from datetime import date

import pytest

from summitry.reconcile.people import Sighting, merge_people, name_tokens, spelling_key
from summitry.vocabulary import UNKNOWN_DATE, DateInterval, Office, Person


def seen(name: str, party: str | None, day: str | None = None, *titles: str) -> Sighting:
    when = UNKNOWN_DATE
    if day:
        when = DateInterval(date.fromisoformat(day), date.fromisoformat(day), "day")
    return Sighting(Person(name, party, (), tuple(Office(t, party) for t in titles)), f"src-{name}", when)


def test_tokens() -> None:
    assert name_tokens("Choe Son-hui") == name_tokens("CHOE Son Hui") == ("choe", "son", "hui")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Choe Son-hui", "Choe Son Hui"),
        ("Choe Son-hui", "Choi Son-hui"),
        ("Abe Shinzo", "Shinzo Abe"),
        ("Hassan Rouhani", "Hassan Ruhani"),
        ("Nguyễn Phú Trọng", "Nguyen Phu Trong"),
        ("Moon Jae-in", "Moon Jae In"),
    ],
)
def test_spellings_of_one_name(a: str, b: str) -> None:
    assert spelling_key(a) == spelling_key(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Kim Jong Un", "Kim Jong Il"),
        ("Kim Yong Chol", "Kim Hyok Chol"),
        ("Kim Hyun-chong", "Kim Yeon-chul"),
        ("John Kerry", "John Bolton"),
        ("Kim Jong Un", "Kim Yo Jong"),
    ],
)
def test_other_people(a: str, b: str) -> None:
    assert spelling_key(a) != spelling_key(b)


def test_offices_over_time() -> None:
    people = merge_people(
        [
            seen("Choe Son-hui", "PRK", "2019-03-17", "vice foreign minister"),
            seen("Choe Son Hui", "PRK", "2019-12-01", "first vice foreign minister"),
            seen("Choe Son Hui", None, "2018-05-24", "vice foreign minister"),
        ]
    )
    (person,) = people
    assert person.name == "Choe Son Hui"
    assert person.aliases == ("Choe Son-hui",)
    assert [(o.title, o.start, o.end) for o in person.offices] == [
        ("vice foreign minister", date(2018, 5, 24), date(2019, 3, 17)),
        ("first vice foreign minister", date(2019, 12, 1), date(2019, 12, 1)),
    ]


def test_namesakes_of_two_states_stay_two() -> None:
    people = merge_people([seen("Lee Jong", "KOR"), seen("Lee Jong", "PRK"), seen("Lee Jong", None)])
    assert [p.party for p in people] == [None, "KOR", "PRK"]


def test_order_does_not_matter() -> None:
    sightings = [
        seen("Choe Son-hui", "PRK", "2019-03-17", "minister"),
        seen("Choi Son-hui", None),
        seen("Abe Shinzo", "JPN"),
    ]
    assert merge_people(sightings) == merge_people(reversed(sightings))
