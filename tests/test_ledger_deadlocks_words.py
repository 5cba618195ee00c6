"""Who is named, what a step is about, and what a row makes wait: single sentences written for the purpose."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from summitry.casebook import Case, IssueEntry, OfficeEntry
from summitry.ledger.matters import AGREEMENT, GIVING_WAY, TALKS, Issues, clustered, core_of, plain_matter, stem
from summitry.ledger.naming import roster_of
from summitry.ledger.waits import Reading, Wait, stand_of
from summitry.vocabulary import UNKNOWN_DATE, Actor, Evidence, Move, MoveKind, Position, Stance

CONCERNED = frozenset({"KEN", "UGA", "PRK", "KOR", "USA"})


def actor(code: str) -> Actor:
    return Actor(code, code)


def move(kind: MoveKind, party: str, words: str = "", **fields: Any) -> Move:  # noqa: ANN401 - fields of any type
    none = dict.fromkeys(("addressee", "issue", "give", "get", "condition", "sequence", "status", "responds_to"))
    exact = words or " ".join(str(value) for value in fields.values() if isinstance(value, str))
    terms: dict[str, Any] = {**none, **fields}
    return Move(
        kind=kind,
        id="mov-1",
        evidence=(Evidence("src-1", 0, len(exact), exact),),
        coder="test",
        confidence=0.7,
        proposer=actor(party),
        date=UNKNOWN_DATE,
        **terms,
    )


def position(stance: Stance, party: str, words: str, summary: str, condition: str | None = None) -> Position:
    return Position(
        id="pos-1",
        evidence=(Evidence("src-1", 0, len(words), words),),
        coder="test",
        confidence=0.7,
        party=actor(party),
        issue="border",
        stance=stance,
        summary=summary,
        condition=condition,
        attributed_by="self",
        held=UNKNOWN_DATE,
    )


def waits(row: Move | Position) -> list[Wait]:
    return list(Reading(roster_of(()), CONCERNED).waits(stand_of(row, None, False)))


def told(row: Move | Position) -> tuple[str, str, tuple[str, ...], str]:
    """Own step, needed step, its doers and the bond of the one wait of a row."""
    (wait,) = waits(row)
    own, needed = (f"{'end of ' if deed.ended else ''}{deed.label}" for deed in (wait.own, wait.needed))
    return own, needed, wait.needed.doers, wait.bond


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Kenya lifts the ban", ["KEN"]),
        ("the Ugandan side and Nairobi agree", ["UGA", "KEN"]),
        ("talk to us about it", []),
        ("the U.S.'s offer", ["USA"]),
        ("the North gives up its arms", ["PRK"]),
        ("the South gives up its arms", ["KOR"]),
        ("peace on the Korean Peninsula", []),
        ("Hamas frees the hostages", ["PSEREBHAM"]),
        ("the White House agrees", ["USA"]),
    ],
)
def test_parties_are_named(words: str, codes: list[str]) -> None:
    assert [one.code for one in roster_of(()).find(words, CONCERNED)] == codes


def test_a_surname_stands_for_a_leader_of_those_concerned() -> None:
    case = Case(
        "lake",
        "Lake talks",
        ("KEN", "UGA"),
        offices=(
            OfficeEntry("Amina Otieno", "KEN", "president", date(2030, 1, 1), date(2033, 1, 1)),
            OfficeEntry("Brian Otieno", "UGA", "president", date(2034, 1, 1)),
        ),
    )
    roster = roster_of((case,))
    assert [one.code for one in roster.find("until Otieno signs", {"KEN"})] == ["KEN"]
    assert roster.find("until Otieno signs", {"KEN", "UGA"}) == []
    assert [one.code for one in roster.find("until Otieno signs", {"KEN", "UGA"}, date(2031, 5, 1))] == ["KEN"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("denuclearization", "denuclearise"),
        ("sanctions", "sanction"),
        ("exercises", "exercise"),
        ("inspection", "inspectors"),
        ("guarantees", "guarantee"),
    ],
)
def test_words_of_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("words", "stems"),
    [
        ("lift all economic sanctions that hurt the fishing fleet", ("sanct",)),
        ("sanctions relief", ("sanct",)),
        ("hand over the list of depots and begin to disarm", ("depot",)),
        ("end its nuclear and missile programs", ("nuclear", "missil", "program")),
        ("a deal restricting its fishing fleet", ("agreement",)),
        ("take steps", ()),
    ],
)
def test_what_a_step_is_about(words: str, stems: tuple[str, ...]) -> None:
    assert core_of(words).stems == stems


def test_talks_agreements_and_giving_way_are_matters_of_any_talks() -> None:
    assert plain_matter(core_of("return to the nuclear dialogue")) == TALKS
    assert plain_matter(core_of("sign a comprehensive agreement")) == AGREEMENT
    assert plain_matter(core_of("corresponding steps")) == GIVING_WAY
    assert plain_matter(core_of("reopen the border")) is None


def test_an_issue_of_a_case_makes_different_words_one_matter() -> None:
    issues = (
        IssueEntry("fleet", "The fleet", words=("fishing fleet", "trawler")),
        IssueEntry("fish", "Fish", words=("fish",)),
    )
    found = Issues((Case("lake", "Lake talks", ("KEN", "UGA"), issues=issues),))
    assert found.of(core_of("recall the trawlers"), {"KEN", "UGA"}) == ("issue", "lake", "fleet")
    assert found.of(core_of("scrap the fishing fleet"), {"KEN", "UGA"}) == ("issue", "lake", "fleet")
    assert found.of(core_of("scrap the fishing fleet"), {"KEN", "USA"}) is None


def test_without_a_case_words_within_words_are_one_matter() -> None:
    one, two, three = frozenset({"sanct"}), frozenset({"sanct", "oil"}), frozenset({"oil", "price"})
    found = clustered({one: 3, two: 1, three: 1})
    assert found[one] == found[two] == ("words", "sanct")
    assert found[three] == ("words", "oil", "price")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            move("precondition", "KEN", give="reopen the border", get="Uganda returns the prisoners",
                 condition="until Uganda returns the prisoners", sequence="after"),
            ("reopen the border", "Uganda returns the prisoners", ("UGA",), "after"),
        ),
        (
            move("offer", "KEN", give="reopen the border", get="the return of the prisoners", addressee=actor("UGA")),
            ("reopen the border", "the return of the prisoners", ("UGA",), "exchange"),
        ),
        (
            move("offer", "KEN", give="sanctions relief", condition="if Uganda promised never to attack the port"),
            ("sanctions relief", "Uganda promised never to attack the port", ("UGA",), "after"),
        ),
        (
            move("offer", "KEN", give="withdraw its troops", condition="once Uganda signs the treaty"),
            ("withdraw its troops", "Uganda signs the treaty", ("UGA",), "after"),
        ),
        (
            move("refusal", "KEN", "a fuel deal will only come after progress by Uganda on the prisoners",
                 give="a fuel deal", condition="after progress by Uganda on the prisoners"),
            ("a fuel deal", "progress by Uganda on the prisoners", ("UGA",), "after"),
        ),
        (
            move("refusal", "KEN", "the embargo will remain in place until Uganda returns the prisoners",
                 give="the embargo", condition="until Uganda returns the prisoners"),
            ("end of the embargo", "Uganda returns the prisoners", ("UGA",), "after"),
        ),
        (
            move("demand", "KEN", get="Otieno to return the prisoners", give="the reopening of the border",
                 addressee=actor("UGA")),
            ("the reopening of the border", "Otieno to return the prisoners", ("UGA",), "exchange"),
        ),
        (
            move("demand", "KEN", get="Uganda to return the prisoners", give="the reopening of the border"),
            ("the reopening of the border", "Uganda to return the prisoners", ("UGA",), "exchange"),
        ),
        (
            move("precondition", "KEN", get="that Uganda return the prisoners",
                 condition="before it reopens the border", sequence="after"),
            ("it reopens the border", "Uganda return the prisoners", ("UGA",), "after"),
        ),
        (
            move("precondition", "KEN", give="in talks", get="Uganda maintains its blockade",
                 condition="as long as Uganda maintains its blockade"),
            ("talks", "end of Uganda maintains its blockade", ("UGA",), "after"),
        ),
        (
            move("refusal", "KEN", give="continuing the talks", condition="if Uganda refuses to return the prisoners"),
            ("continuing the talks", "Uganda return the prisoners", ("UGA",), "after"),
        ),
        (
            move("promise", "KEN", give="to keep up the embargo", condition="until Uganda returns the prisoners"),
            ("end of keep up the embargo", "Uganda returns the prisoners", ("UGA",), "after"),
        ),
        (
            position("demand", "KEN", "Kenya wants Uganda to return the prisoners in exchange for fuel",
                     "Uganda to return the prisoners"),
            ("fuel", "Uganda to return the prisoners", ("UGA",), "exchange"),
        ),
        (
            position("reject", "KEN", "Kenya will not reopen the border unless the prisoners are released by Uganda",
                     "reopen the border", "unless the prisoners are released by Uganda"),
            ("reopen the border", "the prisoners are released", ("UGA",), "after"),
        ),
    ],
)  # fmt: skip
def test_what_a_row_makes_wait(row: Move | Position, expected: tuple[str, str, tuple[str, ...], str]) -> None:
    assert told(row) == expected


@pytest.mark.parametrize(
    "row",
    [
        move("offer", "KEN", give="reopen the border", condition="if necessary"),
        move("threat", "KEN", give="shut the border", condition="unless Uganda returns the prisoners"),
        move("refusal", "KEN", give="reopen the border even", get="the return of prisoners by Uganda"),
        move("concession", "KEN", give="reopened the border", get="the return of the prisoners by Uganda"),
        move("offer", "KEN", give="reopen the border", condition="before Uganda returns the prisoners",
             sequence="before"),
        move("offer", "KEN", give="send envoys", condition="after Uganda denied the existence of prisoners",
             sequence="after"),
        move("demand", "KEN", get="return the prisoners", condition="if it wanted to talk"),
        move("offer", "KEN", give="talk", condition="if Uganda wants to talk"),
        move("promise", "KEN", "Kenya promised fuel in exchange for the prisoners", give="fuel", get="the prisoners",
             addressee=actor("UGA")),
        move("offer", "KEN", give="rebuild the wall", condition="if Uganda fails to pay"),
        position("condition", "KEN", "Kenya will rebuild the wall unless Uganda pays", "rebuild the wall",
                 "unless Uganda pays"),
        move("refusal", "KEN", give="the summit", condition="after Uganda suddenly hurled insults"),
        move("refusal", "KEN", "Kenya is failing to explain if Uganda will reopen the border", give="open its books",
             condition="if Uganda will reopen the border"),
        move("demand", "KEN", get="those who agreed to reopen the border by Uganda", give="the prisoners"),
        position("condition", "KEN", "Kenya would quit the accord if Uganda stays away", "quit the accord",
                 "if Uganda stays away"),
    ],
)  # fmt: skip
def test_what_makes_nothing_wait(row: Move | Position) -> None:
    assert waits(row) == []


@pytest.mark.parametrize("clause", ["the Zorbians lift the toll", "both sides lift the toll", "others lift the toll"])
def test_nobody_is_meant_in_place_of_a_subject_that_is_no_known_party(clause: str) -> None:
    (wait,) = waits(
        move("refusal", "KEN", give="reopen the border", condition=f"until {clause}", addressee=actor("UGA"))
    )
    assert wait.needed.doers == ()


def test_nobody_is_made_up_where_the_words_name_no_doer() -> None:
    (wait,) = waits(move("refusal", "KEN", give="reopen the border", condition="until the prisoners are returned"))
    assert wait.needed.doers == ()
