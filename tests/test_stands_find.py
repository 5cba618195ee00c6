"""Moves and positions of whole sentences, one difficulty each; sentences written for the purpose."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.reader.parse import article_of
from summitry.reader.pipeline import Reader
from summitry.vocabulary import Move, Position, Reading


@cache
def reader() -> Reader:
    return Reader(())


def read(text: str) -> Reading:
    return reader().read(article_of(text))


def position(text: str) -> Position:
    (found,) = read(text).positions
    return found


def move(text: str) -> Move:
    (found,) = read(text).moves
    return found


@pytest.mark.parametrize(
    ("text", "party", "stance", "summary"),
    [
        ("Ethiopia has ruled out any delay in the talks.", "ETH", "reject", "any delay in the talks"),
        ("India has no intention of joining the trade deal.", "IND", "reject", "joining the trade deal"),
        ("Sudan stands ready to sign the agreement.", "SDN", "offer", "to sign the agreement"),
        ("Peru is open to a second summit.", "PER", "support", "to a second summit"),
        ("Chile did not support the draft resolution.", "CHL", "oppose", "the draft resolution"),
        ("Cuba wants to thwart the trade deal.", "CUB", "oppose", "to thwart the trade deal"),
        ("Ghana would like to continue the talks.", "GHA", "support", "to continue the talks"),
        ("Kenya's push for a ceasefire failed.", "KEN", "demand", "a ceasefire"),
        ("Norway called the agreement a disaster.", "NOR", "oppose", "the agreement"),
        ("Turkey welcomed the announcement.", "TUR", "support", "the announcement"),
        ("Serbia agreed to withdraw its troops.", "SRB", "accept", "to withdraw its troops"),
        ("Oman is not interested in a new treaty.", "OMN", "reject", "in a new treaty"),
        ("Gabon is no longer interested in a dialogue of this kind.", "GAB", "reject", "in a dialogue of this kind"),
    ],
)
def test_positions(text: str, party: str, stance: str, summary: str) -> None:
    found = position(text)
    assert (found.party.code, found.stance, found.summary) == (party, stance, summary)


@pytest.mark.parametrize(
    "text",
    [
        "Japan may demand new tariffs.",
        "If Brazil rejects the deal, the talks are over.",
        "Experts are not convinced that Egypt is ready to sign the treaty.",
        "Jordan refused to comment on the talks.",
        "Why should Kuwait accept the deal?",
        "Mexico said it would not rule out direct talks.",
        "Morocco seeks to hold a summit.",
        "The central bank supported the currency.",
        "Opposition lawmakers in Spain rejected the treaty.",
    ],
)
def test_what_is_no_stand(text: str) -> None:
    assert read(text).positions == ()


def test_an_exchange_has_both_sides() -> None:
    found = move("Norway offered to lift the tariffs in exchange for access to the fishery.")
    assert (found.kind, found.proposer.code) == ("offer", "NOR")
    assert (found.give, found.get) == ("to lift the tariffs", "access to the fishery")


@pytest.mark.parametrize(
    ("text", "give", "get", "condition"),
    [
        (
            "Japan refused to resume talks unless the islands are returned.",
            "to resume talks",
            "the islands are returned",
            "unless the islands are returned",
        ),
        (
            "Serbia said it would recognise the border only if Kosovo holds new elections.",
            "recognise the border",
            "Kosovo holds new elections",
            "only if Kosovo holds new elections",
        ),
    ],
)
def test_own_steps_on_a_condition(text: str, give: str, get: str, condition: str) -> None:
    found = move(text)
    assert (found.kind, found.give, found.get, found.condition) == ("precondition", give, get, condition)
    assert found.sequence == "after"


def test_what_must_come_before_ones_own_step() -> None:
    found = move("Turkey demanded that Greece withdraw its troops before talks begin.")
    assert (found.kind, found.sequence, found.condition) == ("precondition", "after", "before talks begin")
    assert found.addressee is not None
    assert found.addressee.code == "GRC"


@pytest.mark.parametrize(
    ("text", "kind", "give"),
    [
        ("South Korea halted its broadcasts.", "concession", "halted its broadcasts"),
        ("Syria agreed to free the prisoners.", "concession", "to free the prisoners"),
        ("Azerbaijan dropped its demand for a corridor.", "concession", "dropped its demand for a corridor"),
        ("Canada threatened to walk away from the talks.", "threat", "to walk away from the talks"),
        ("Mali pledged to respect the ceasefire.", "promise", "to respect the ceasefire"),
        ("Tunisia said it would suspend the talks.", "threat", "suspend the talks"),
        ("Tunisia said it would suspend the tests.", "promise", "suspend the tests"),
    ],
)
def test_what_is_given_promised_or_threatened(text: str, kind: str, give: str) -> None:
    found = move(text)
    assert (found.kind, found.give) == (kind, give)


def test_a_movement_speaks_for_itself_and_not_for_its_state() -> None:
    found = move("The Houthis said they would stop attacking ships if the blockade was lifted.")
    assert (found.kind, found.proposer.name, found.get) == ("offer", "Houthis", "the blockade was lifted")


def test_steps_at_once() -> None:
    assert move("Britain called for a simultaneous, step-by-step removal of checks.").sequence == "simultaneous"


def test_a_threat_tells_no_stance() -> None:
    found = read("Pakistan vowed to retaliate against any attack.")
    assert [one.kind for one in found.moves] == ["threat"]
    assert found.positions == ()


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Poland wants new talks.", "reporter"),
        ("Poland said it supports the peace deal.", "self"),
        ("Germany said Poland supports the peace deal.", "other party"),
    ],
)
def test_by_whose_word(text: str, by: str) -> None:
    assert position(text).attributed_by == by


def test_we_in_a_quotation_is_who_speaks() -> None:
    found = position('"We reject the peace plan," Ukrainian President Volodymyr Zelensky said.')
    assert (found.party.code, found.stance, found.attributed_by) == ("UKR", "reject", "self")


def test_the_issue_is_a_short_noun_phrase() -> None:
    assert position("Iceland rejected any discussion of the fishing quotas.").issue == "fishing quota"
    assert position("Iceland supports the plan.").issue == "plan"
    assert position("Iceland called for the removal of fishing quotas.").issue == "fishing quota"


@settings(deadline=None, max_examples=10)
@given(
    st.lists(
        st.sampled_from('Iran will not accept the deal unless , . ready Kenya demands " talks'.split()), max_size=25
    )
)
def test_any_words_are_read_and_every_row_stands_on_its_words(words: list[str]) -> None:
    reading = read(" ".join(words))
    rows = (*reading.moves, *reading.positions)
    for row in rows:
        for one in row.evidence:
            one.check(reading.article)
    assert len({row.id for row in rows}) == len(rows)
