"""Contradictions that a report asserts: whole sentences read, and rows by hand; sentences written for the purpose."""

from __future__ import annotations

from functools import cache

import pytest

from summitry.reader.parse import article_of
from summitry.reader.pipeline import Reader
from summitry.vocabulary import Discrepancy, Reading


@cache
def reader() -> Reader:
    return Reader(())


def read(text: str) -> Reading:
    return reader().read(article_of(text))


def sides(text: str) -> list[tuple[str, str]]:
    """The passages that a report sets against each other."""
    return [(one.evidence[0].exact, one.evidence[1].exact) for one in read(text).discrepancies]


ROADMAP = "A Norwegian official called for a ceasefire first and a treaty later."
PUSH = "This view appears to contradict Sweden's push for a comprehensive treaty at once."


def test_a_view_told_before_against_a_stand_told_after() -> None:
    reading = read(f"{ROADMAP} {PUSH}")
    (row,) = reading.discrepancies
    rows = {one.id: one for one in (*reading.positions, *reading.statements, *reading.events)}
    assert row.kind == "asserted"
    assert rows[row.a].evidence[0] == row.evidence[0] and rows[row.b].evidence[0] == row.evidence[1]
    assert "ceasefire" in row.evidence[0].exact and "comprehensive treaty" in row.evidence[1].exact
    assert row.evidence[2].exact == PUSH
    assert "contradict" in row.note


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "Peru demands the withdrawal of all troops. This demand is at odds with Chile's offer of a truce.",
            "withdrawal of all troops",
            "truce",
        ),
        (
            "Ghana's push for a treaty is at odds with Togo's call for a joint patrol.",
            "treaty",
            "joint patrol",
        ),
        (
            "Kenya and Uganda remain far apart. Kenya wants the sanctions lifted. Uganda insists on new sanctions.",
            "sanctions lifted",
            "new sanctions",
        ),
    ],
)
def test_words_that_set_two_sides_against_each_other(text: str, first: str, second: str) -> None:
    ((one, other),) = sides(text)
    assert first in one and second in other


def test_a_claim_named_again_is_of_its_own_matter() -> None:
    said = "Chile's president said the harbour would reopen in May. She said the weather was splendid. "
    told = "Peru's minister said \"the harbour stays closed\", contradicting Chile's president's "
    for matter in ("claim of a reopened harbour", "rationale for buying locomotives"):
        for _, other in sides(f"{said}{told}{matter}."):
            assert "weather" not in other
    assert not sides(f"{said}{told}rationale for buying locomotives.")


@pytest.mark.parametrize(
    "text",
    [
        # Nothing asserts anything.
        f"{ROADMAP} Sweden pushes for a comprehensive treaty at once.",
        # Denied.
        f"{ROADMAP} This view does not contradict Sweden's push for a comprehensive treaty.",
        # One side only.
        "This view contradicts the facts.",
        "Sweden demanded a treaty, contrary to expectations.",
        # A speaker's words, not the report's.
        f'{ROADMAP} "This contradicts Sweden\'s push for a treaty," Minister Erik Dahl said.',
    ],
)
def test_no_contradiction(text: str) -> None:
    assert [one for one in sides(text) if "contradict" in text or one] == []


def test_rows_are_stable_and_their_words_stand_in_the_text() -> None:
    text = f"{ROADMAP} {PUSH}"
    first, second = read(text), read(text)
    assert first.discrepancies == second.discrepancies
    rows: tuple[Discrepancy, ...] = first.discrepancies
    assert rows
    for row in rows:
        for evidence in row.evidence:
            evidence.check(first.article)
