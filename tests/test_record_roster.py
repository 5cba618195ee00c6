"""Who is who: which names stand for one person, and which stay apart."""

from __future__ import annotations

import pytest

from summitry.record.roster import Roster, name_in, roster_of, tokens_of
from summitry.review.people import Names, person_id
from summitry.vocabulary import Actor


def people(*told: tuple[str, str | None, int], names: Names | None = None) -> Roster:
    return roster_of((Actor(code, name, kind="person") for name, code, rows in told for _ in range(rows)), names)


def joined(found: Roster) -> set[frozenset[str]]:
    return {frozenset(one.name for one in who.names) for who in (*found.people, *found.alone)}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ann B. Carter", ("ann", "b", "carter")),
        ("A.B. Carter", ("ab", "carter")),
        ("A. B. Carter", ("ab", "carter")),
        ("Han Song-ok", ("han", "song", "ok")),
        ("José Núñez", ("jose", "nunez")),
        ("Bob Carter", ("robert", "carter")),
        ("Bob", ("bob",)),
    ],
)
def test_words_of_a_name(name: str, words: tuple[str, ...]) -> None:
    assert tokens_of(name) == words


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Ann Carter", "Ann Carter"),
        ("presidential spokesman Ann Carter", "Ann Carter"),
        ("Sen. Ann Carter", "Ann Carter"),
        ("Bashar al-Khatib", "Bashar al-Khatib"),
        ("Maria von Orten", "Maria von Orten"),
        ("foreign ministry spokesman", None),
        ("Northern foreign ministry spokesman", None),
        ("leader", None),
        ("Ann and Bob Carter", None),
        ("Resolution 12", None),
        (".@anncarter", None),
        ("press secretary for Arden's President Lee", None),
    ],
)
def test_the_name_in_what_somebody_is_called(words: str, name: str | None) -> None:
    assert name_in(words) == name


def test_one_person_under_many_spellings() -> None:
    found = people(
        ("Ann Carter", "ARDGOV", 5),
        ("Ann B. Carter", "ARDGOV", 3),
        ("ANN CARTER", "ARDGOV", 9),
        ("Carter", "ARDGOV", 2),
        ("Carter", None, 1),
        ("Ann Carter", None, 2),
        ("Ann Carter", "BELGOV", 1),
    )
    (one,) = found.people
    # Not in capitals, though most rows have it so.
    assert (one.name, one.party, one.rows) == ("Ann Carter", "ARDGOV", 23)
    assert one.also == ("ANN CARTER", "Ann B. Carter", "Carter")
    assert not found.alone
    # Ids made of any of the names lead to the person.
    assert found.find(person_id("Ann B. Carter", "ARDGOV")) is one
    assert found.find(one.id) is one
    assert found.who(Actor("BELGOV", "Ann Carter", kind="person")) is one


def test_who_fits_two_people_stays_apart() -> None:
    found = people(
        ("Ann F. Carter", "ARDGOV", 2),
        ("Ann H. Carter", "ARDGOV", 2),
        ("Ann Carter", "ARDGOV", 9),
        ("Carter", "ARDGOV", 1),
    )
    assert len(found.people) == 3
    assert [one.name for one in found.alone] == ["Carter"]


def test_a_full_name_of_two_parties_in_like_numbers_is_two_people() -> None:
    found = people(("Ann Carter", "ARDGOV", 5), ("Ann Carter", "BELGOV", 4))
    assert len(found.people) == 2


def test_family_names_that_stand_first() -> None:
    found = people(
        ("Han Song-ok", "PRKGOV", 3), ("Han Song Ok", "PRKGOV", 1), ("Han", "PRK", 1), ("Lee Min", "KORGOV", 1)
    )
    assert frozenset({"Han Song-ok", "Han Song Ok", "Han"}) in joined(found)


def test_unnamed_speakers_and_descriptions_are_nobody() -> None:
    anonymous = Actor("ARDGOV", "senior official", anonymous=True, kind="person")
    described = Actor("ARDGOV", "foreign ministry spokesman", kind="person")
    found = roster_of([anonymous, described])
    assert not found.people and not found.alone
    assert [one.name for one in found.described] == ["foreign ministry spokesman"]
    assert found.who(anonymous) is None and found.who(described) is None


def test_a_spelling_that_reviewers_took_out_stays_out() -> None:
    apart = Names(apart={("ann carter", "ARD"): ("Carter",)})
    assert len(joined(people(("Ann Carter", "ARDGOV", 3), ("Carter", "ARDGOV", 1)))) == 1
    assert len(joined(people(("Ann Carter", "ARDGOV", 3), ("Carter", "ARDGOV", 1), names=apart))) == 2


def test_the_order_of_rows_does_not_matter() -> None:
    told = [Actor("ARDGOV", name, kind="person") for name in ("Carter", "Ann Carter", "Ann B. Carter", "Bo Dahl")]
    assert roster_of(told).people == roster_of(reversed(told)).people
