"""The phrases by which parties set terms, each in a sentence written for the purpose: give, get, condition, order."""

from __future__ import annotations

from functools import cache

import pytest

from summitry.reader.parse import article_of
from summitry.reader.pipeline import Reader
from summitry.vocabulary import Move, Position, Reading


@cache
def reader() -> Reader:
    return Reader(())


@cache
def read(text: str) -> Reading:
    return reader().read(article_of(text))


def move(text: str, kind: str) -> Move:
    (found,) = [row for row in read(text).moves if row.kind == kind]
    return found


def position(text: str, party: str, stance: str) -> Position:
    (found,) = [row for row in read(text).positions if (row.party.code, row.stance) == (party, stance)]
    return found


@pytest.mark.parametrize(
    ("text", "kind", "parties", "give", "get", "condition", "sequence"),
    [
        (
            "Sweden offered to reopen the port in exchange for tariff relief from Norway.",
            "offer",
            ("SWE", "NOR"),
            "to reopen the port",
            "tariff relief from Norway",
            None,
            None,
        ),
        (
            "Sweden urged Norway to offer partial tariff relief in return for the closing of its uranium plant.",
            "demand",
            ("SWE", "NOR"),
            "the closing of its uranium plant",
            "Norway to offer partial tariff relief",
            None,
            None,
        ),
        (
            "Sweden wants Norway to take verified steps for disarmament in exchange for sanctions relief.",
            "demand",
            ("SWE", "NOR"),
            "sanctions relief",
            "Norway to take verified steps for disarmament",
            None,
            None,
        ),
        (
            "Sweden has reaffirmed its determination to continue talks with Norway under the precondition that "
            "Norway withdraws its troops first.",
            "precondition",
            ("SWE", "NOR"),
            "to continue talks with Norway",
            "Norway withdraws its troops first",
            "under the precondition that Norway withdraws its troops first",
            "after",
        ),
        (
            "Sweden has no intention of resuming talks unless Norway lifts the tariffs.",
            "precondition",
            ("SWE", "NOR"),
            "resuming talks",
            "Norway lifts the tariffs",
            "unless Norway lifts the tariffs",
            "after",
        ),
        (
            "Sweden returned to its position that sanctions will remain in place until a complete withdrawal of the "
            "troops of Norway.",
            "precondition",
            ("SWE", "NOR"),
            "sanctions",
            "a complete withdrawal of the troops of Norway",
            "until a complete withdrawal of the troops of Norway",
            "after",
        ),
        (
            "Sweden's foreign minister said on Friday that the aid deal can be realized only after Norway dismantles "
            "its missiles.",
            "precondition",
            ("SWE", "NOR"),
            "the aid deal",
            "Norway dismantles its missiles",
            "only after Norway dismantles its missiles",
            "after",
        ),
        (
            'The Swedish foreign minister said: "Sanctions relief has to follow the verified disarmament of Norway."',
            "precondition",
            ("SWE", "NOR"),
            "Sanctions relief",
            "the verified disarmament of Norway",
            "follow the verified disarmament of Norway",
            "after",
        ),
        (
            "Sweden said it is not interested in a dialogue as long as Norway continues its drills.",
            "precondition",
            ("SWE", "NOR"),
            "in a dialogue",
            None,
            "as long as Norway continues its drills",
            "after",
        ),
        (
            "If Norway lifts the tariffs, Sweden will reopen the port, Swedish Prime Minister Stefan Lofven said.",
            "offer",
            ("SWE", "NOR"),
            "reopen the port",
            "Norway lifts the tariffs",
            "If Norway lifts the tariffs",
            None,
        ),
    ],
)
def test_terms(
    text: str,
    kind: str,
    parties: tuple[str, str],
    give: str | None,
    get: str | None,
    condition: str | None,
    sequence: str | None,
) -> None:
    found = move(text, kind)
    assert found.addressee is not None
    assert (found.proposer.code, found.addressee.code) == parties
    assert (found.give, found.get, found.condition, found.sequence) == (give, get, condition, sequence)


def test_an_offer_found_too_small_is_refused() -> None:
    text = "Sweden considered the proposal from Norway insufficient for tariff relief."
    found = move(text, "refusal")
    assert found.addressee is not None
    assert (found.proposer.code, found.addressee.code, found.give) == ("SWE", "NOR", "the proposal from Norway")
    assert position(text, "SWE", "reject").attributed_by == "reporter"


def test_steps_at_once_are_wanted() -> None:
    found = move("Sweden wants a phased and simultaneous approach to disarmament.", "demand")
    assert (found.get, found.sequence) == ("a phased and simultaneous approach to disarmament", "simultaneous")


@pytest.mark.parametrize(
    ("text", "party", "stance", "summary"),
    [
        ("Norway criticised the Swedish refusal to lift the tariffs.", "SWE", "reject", "to lift the tariffs"),
        ("Norway wrote of the Swedish goal of disarmament.", "SWE", "demand", "disarmament"),
        ("Sweden has put pressure on Norway to end its tests.", "SWE", "demand", "Norway to end its tests"),
        ("Sweden is trying to force Norway to return to the pact.", "SWE", "demand", "Norway to return to the pact"),
        ("Sweden, an opponent of the pact, was silent.", "SWE", "oppose", "the pact"),
        ("Sweden pulled out of the pact.", "SWE", "reject", "pulled out of the pact"),
        ("Sweden hopes for a deal with Norway.", "SWE", "support", "a deal with Norway"),
        ("Sweden is working towards an agreement with Norway.", "SWE", "support", "towards an agreement with Norway"),
        ("Sweden said the pact was not renegotiable.", "SWE", "reject", "the pact"),
        (
            '"The pact is a historic agreement," Swedish Prime Minister Stefan Lofven said.',
            "SWE",
            "support",
            "The pact",
        ),
        ("Sweden said that such drills would undermine the talks.", "SWE", "oppose", "such drills"),
        (
            "Sweden said it is considering suspending talks with Norway.",
            "SWE",
            "oppose",
            "suspending talks with Norway",
        ),
        ("Sweden signed the ceasefire agreement.", "SWE", "accept", "the ceasefire agreement"),
        (
            'Swedish Prime Minister Stefan Lofven said: "The tariffs must be lifted."',
            "SWE",
            "demand",
            "The tariffs must be lifted",
        ),
        (
            'Swedish Prime Minister Stefan Lofven said: "We must keep the pact."',
            "SWE",
            "support",
            "keep the pact",
        ),
    ],
)
def test_positions_told_without_a_verb_of_stance(text: str, party: str, stance: str, summary: str) -> None:
    assert position(text, party, stance).summary == summary


@pytest.mark.parametrize(
    ("text", "kind", "give"),
    [
        ("Sweden said Norway will pay a heavy price.", "threat", "Norway will pay a heavy price"),
        ("Sweden called off the summit.", "refusal", "called off the summit"),
        ("Sweden remains committed to the alliance.", "promise", "to the alliance"),
        ("Sweden's decision to free the prisoners was welcomed.", "concession", "to free the prisoners"),
        ("Sweden dismantled its missile site.", "concession", "dismantled its missile site"),
    ],
)
def test_moves_told_otherwise(text: str, kind: str, give: str) -> None:
    assert move(text, kind).give == give


@pytest.mark.parametrize(
    "text",
    [
        "Sweden and Norway have not yet agreed on the tariffs.",
        "If Sweden shows a commitment to disarmament, talks will resume.",
        "Sweden left the room after the meeting.",
        "The tariffs remain in place until Friday.",
    ],
)
def test_what_is_no_stand_either(text: str) -> None:
    assert [row for row in read(text).positions if row.party.code == "SWE"] == []


def test_what_is_told_twice_is_one_row_with_both_passages() -> None:
    text = "Sweden rejected the trade deal with Norway. On Monday it had also rejected the trade deal with Norway."
    found = position(text, "SWE", "reject")
    assert len(found.evidence) == 2
