"""Names of people: spellings that are one, short forms, name order. The oracle is hand-written pairs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.reader.mentions.names import family_first, fold, given_name, same_name, short_forms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Choe Son-hui", "Choe Son Hui"),
        ("Choe Son-hui", "Choe Sun-hui"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("Bashar al-Assad", "Bashar Assad"),
        ("Mohammad Javad Zarif", "Mohammad Zarif"),
        ("Mohammad Javad Zarif", "Javad Zarif"),
        ("Mike Pompeo", "Michael Pompeo"),
        ("Qassem Soleimani", "Qasem Soleimani"),
        ("Nicolás Maduro", "Nicolas Maduro"),
        ("Donald J. Trump", "Donald Trump"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong Un", "Kim Jong Il"),
        ("Kim Hyun-chong", "Kim Yeon-chul"),
        ("Donald Trump", "Ivanka Trump"),
        ("Bill Clinton", "Hillary Clinton"),
        ("Kim Yong Chol", "Kim Hyok Chol"),
    ],
)
def test_names_of_two(one: str, other: str) -> None:
    assert not same_name(one, other)


@pytest.mark.parametrize("name", ["Kim Jong Un", "Choe Son-hui", "Wang Yi", "Xi Jinping", "Nguyen Phu Trong"])
def test_family_name_first(name: str) -> None:
    assert family_first(name)
    assert short_forms(name)[0] == fold(name)[:1]


@pytest.mark.parametrize("name", ["Kim Darroch", "Stephen Biegun", "Lee Smith", "Juan Manuel Santos"])
def test_family_name_last(name: str) -> None:
    assert not family_first(name)
    assert short_forms(name)[0] == fold(name)[-1:]


def test_a_run_of_a_burmese_name_and_the_last_word_of_a_vietnamese_one_are_short_forms() -> None:
    assert ("suu", "kyi") in short_forms("Aung San Suu Kyi")
    assert ("trong",) in short_forms("Nguyen Phu Trong")
    assert given_name("Moon Jae-in") == "Jae-in"


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=30))
def test_folding_is_stable_and_a_name_is_itself(name: str) -> None:
    words = fold(name)
    assert fold(" ".join(words)) in (words, tuple(w for word in words for w in fold(word)))
    assert same_name(name, name)
