"""The issue, pole and strength of a stand by a case; cases and sentences written for the purpose."""

from __future__ import annotations

import pytest

from summitry.casebook import Case, IssueEntry, Pole
from summitry.reader.stands.issues import Issues, Words, strength_of

SEQUENCE = IssueEntry(
    "sequencing",
    "Who goes first",
    words=("roadmap", "sequence", "phased", "until ... withdrawal"),
    poles=(
        Pole("withdraw first", ("withdrawal first", "until a complete withdrawal")),
        Pole("together", ("phased", "step by step")),
        Pole("recognise first", ("recognition first",)),
    ),
)
TARIFFS = IssueEntry(
    "tariffs",
    "Tariffs",
    words=("tariff", "customs duty"),
    poles=(Pole("keep", ("keep the tariff",)), Pole("lift", ("lift the tariff", "removal of tariffs"))),
)
CASE = Case("test", "Test", ("NOR", "SWE"), issues=(SEQUENCE, TARIFFS))


def words(point: str, condition: str = "", clause: str = "", sentence: str = "") -> Words:
    return Words(point, condition, clause or point, sentence or clause or point)


@pytest.mark.parametrize(
    ("told", "issue", "pole"),
    [
        (words("a phased approach"), "sequencing", "together"),
        (words("the tariffs"), "tariffs", None),
        (
            words("to resume talks", "", "refused to resume talks until a complete withdrawal"),
            "sequencing",
            "withdraw first",
        ),
        (words("talks", "", "wants talks", "norway wants talks on the tariffs"), "tariffs", None),
        (words("a sequence for customs duty"), "sequencing", None),
        (words("customs duty and a tariff in a sequence"), "tariffs", None),
    ],
)
def test_the_nearest_words_tell_the_issue_and_its_pole(told: Words, issue: str, pole: str | None) -> None:
    found = Issues([CASE]).find(told, "demand")
    assert found is not None
    assert (found.issue, found.pole) == (issue, pole)
    assert (found.strength is None) == (pole is None)


def test_who_is_against_one_of_two_poles_is_at_the_other() -> None:
    found = Issues([CASE]).find(words("any removal of tariffs"), "reject")
    assert found is not None
    assert found.pole == "keep"


def test_who_is_against_one_of_three_poles_is_at_none_that_is_told() -> None:
    found = Issues([CASE]).find(words("a phased approach"), "oppose")
    assert found is not None
    assert (found.issue, found.pole, found.strength) == ("sequencing", None, None)


def test_a_phrase_begins_a_word() -> None:
    assert Issues([CASE]).find(words("sequences"), "demand") is not None
    assert Issues([CASE]).find(words("subsequence"), "demand") is None


def test_without_a_case_nothing_is_found() -> None:
    assert Issues().find(words("the tariffs"), "demand") is None


@pytest.mark.parametrize(
    ("clause", "grade"),
    [
        ("sweden is reconsidering whether to keep the tariffs", 0.2),
        ("sweden may never lift them", 0.2),
        ("sweden has no intention of lifting them", 1.0),
        ("sweden will not lift them", 0.8),
        ("sweden is ready to lift them", 0.4),
        ("sweden wants a phased approach", 0.6),
    ],
)
def test_strength_is_how_firmly_it_is_said(clause: str, grade: float) -> None:
    assert strength_of(clause) == grade
