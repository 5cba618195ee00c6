"""Discrepancies of sources, of parties, of a party with itself: each with both passages, and what is none."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ledger_rows import ARD, BEL, BEL_MINISTRY, COR, RIVER, event, holdings, move, on, position, statement
from summitry.casebook import OfficeEntry
from summitry.ledger.discrepancies import discrepancies
from summitry.ledger.facts import counts
from summitry.ledger.holdings import Holdings
from summitry.vocabulary import Actor, DateInterval, Discrepancy, Event, Row

DAY_1, DAY_2, DAY_3 = "2030-01-05", "2030-02-05", "2030-03-05"


def found(*rows: Row, kind: str = "", field: str = "", held: Holdings | None = None) -> list[tuple[str, str]]:
    """The pairs of rows of the discrepancies of a kind and field."""
    told = discrepancies(held or holdings(*rows, cases=(RIVER,)))
    return [(one.a, one.b) for one in told if (one.kind, one.field) == (kind, field)]


def tellings(*told: Event, copies: dict[str, str] | None = None) -> Holdings:
    """Holdings of one entry with its tellings."""
    entry = replace(told[0], id="evt-entry")
    return holdings(entry, tellings={entry.id: told}, copies=copies or {})


def fired(day: str, words: str, source: str, **more: object) -> Event:
    return replace(event("MOBILIZE", BEL, None, day, words, source=source), **more)  # type: ignore[arg-type]


# Sources.


def test_sources_disagree_on_a_number() -> None:
    one = fired(DAY_1, "Belmark fired three rockets into the lake.", "src-a")
    other = fired(DAY_1, "Belmark launched two rockets over the lake.", "src-b")
    (row,) = discrepancies(tellings(one, other))
    assert (row.kind, row.field) == ("sources", "number")
    assert {row.a, row.b} == {one.id, other.id}
    assert [each.exact for each in row.evidence] == [
        {one.id: one, other.id: other}[each].evidence[0].exact for each in (row.a, row.b)
    ]
    assert "3" in row.note and "2" in row.note


@pytest.mark.parametrize(
    "words",
    [
        "Belmark fired at least two rockets.",  # more than two fits three
        "Belmark fired two more rockets.",
        "Belmark fired rockets on two days.",
        "Belmark fired two rockets or so.",
        "Belmark fired more than a dozen rockets.",
        "Belmark fired its May 14 rockets.",
        "Belmark fired three rockets and two flares.",
        "Belmark fired rockets.",
    ],
)
def test_numbers_that_fit_or_count_something_else(words: str) -> None:
    one = fired(DAY_1, "Belmark fired three rockets into the lake.", "src-a")
    assert discrepancies(tellings(one, fired(DAY_1, words, "src-b"))) == ()


def test_a_copy_disagrees_with_nobody() -> None:
    one = fired(DAY_1, "Belmark fired three rockets.", "src-a")
    other = fired(DAY_1, "Belmark fired two rockets.", "src-b")
    assert discrepancies(tellings(one, other, copies={"src-b": "src-a"})) == ()


@pytest.mark.parametrize(("day", "times"), [("2030-01-06", 0), ("2030-01-08", 1)])
def test_days_a_time_zone_apart_are_one(day: str, times: int) -> None:
    stated = [replace(on(one), basis="stated: on a day") for one in (DAY_1, day)]
    one = fired(DAY_1, "Belmark fired rockets.", "src-a", date=stated[0])
    other = fired(day, "Belmark fired rockets.", "src-b", date=stated[1])
    assert len(found(kind="sources", field="date", held=tellings(one, other))) == times


def test_an_inferred_day_disagrees_with_nothing() -> None:
    inferred = DateInterval(date(2030, 3, 1), date(2030, 3, 1), "day", "inferred: its report")
    one = fired(DAY_1, "Belmark fired rockets.", "src-a", date=replace(on(DAY_1), basis="stated: on a day"))
    other = fired(DAY_1, "Belmark fired rockets.", "src-b", date=inferred)
    assert discrepancies(tellings(one, other)) == ()


def test_sources_disagree_on_who_did_it_to_whom() -> None:
    one = event("ASSAULT", BEL, ARD, DAY_1, "Belmark shelled Ardania", source="src-a")
    other = event("ASSAULT", ARD, BEL, DAY_1, "Ardania shelled Belmark", source="src-b")
    assert len(found(kind="sources", field="who", held=tellings(one, other))) == 1
    met = [replace(each, type="CONSULT") for each in (one, other)]
    assert discrepancies(tellings(*met)) == ()


def test_sources_disagree_on_the_place() -> None:
    one = fired(DAY_1, "Belmark fired rockets from Nyhavn.", "src-a", place="Nyhavn")
    other = fired(DAY_1, "Belmark fired rockets from Oxholm.", "src-b", place="Oxholm")
    both = fired(DAY_1, "Belmark fired rockets from Nyhavn in Oxholm county.", "src-c", place="Nyhavn")
    assert len(found(kind="sources", field="place", held=tellings(one, other))) == 1
    assert discrepancies(tellings(one, other, both)) == ()


@pytest.mark.parametrize(("number", "times"), [("200", 1), ("104", 0), ("100", 0)])
def test_one_act_of_one_day_that_two_stories_count_differently(number: str, times: int) -> None:
    stated = replace(on(DAY_1), basis="stated: on a day")
    one = fired(DAY_1, "Belmark fired 100 rockets over the lake.", "src-a", date=stated)
    other = fired(DAY_1, f"Belmark fired {number} rockets over the lake.", "src-b", date=stated)
    assert len(found(one, other, kind="sources", field="number")) == times
    apart = [
        replace(other, date=replace(on(DAY_2), basis="stated: on a day")),
        replace(other, evidence=(replace(other.evidence[0], source="src-a"),)),
        replace(other, actors=(ARD,)),
        replace(other, date=on(DAY_1)),
    ]
    assert [found(one, each, kind="sources", field="number") for each in apart] == [[], [], [], []]


def test_what_is_counted() -> None:
    assert counts("They freed two soldiers, 1,200 civilians and about 30 guards in 2031 after five days.") == {
        "soldi": 2,
        "civilian": 1200,
    }


# Parties.


def test_parties_at_poles_on_either_side_of_the_middle() -> None:
    one = position(ARD, "demand", "dams first", DAY_1, issue="sequence", pole="dams first")
    other = position(BEL, "demand", "water before all", DAY_2, issue="sequence", pole="water first")
    middle = position(COR, "demand", "together", DAY_2, issue="sequence", pole="together")
    assert found(one, other, middle, kind="parties", field="stance") == [(one.id, other.id)]


def test_only_where_a_party_stands_last_counts() -> None:
    one = position(ARD, "demand", "dams first", DAY_1, issue="sequence", pole="dams first")
    other = position(BEL, "demand", "water before all", DAY_2, issue="sequence", pole="water first")
    moved = position(BEL, "demand", "together", DAY_3, issue="sequence", pole="together")
    assert found(one, other, moved, kind="parties", field="stance") == []


def test_a_demand_against_its_refusal() -> None:
    demand = move("demand", ARD, BEL, DAY_1, get="Belmark to open the northern dam")
    refusal = move("refusal", BEL, ARD, DAY_2, give="to open the northern dam")
    assert found(demand, refusal, kind="parties", field="answer") == [(demand.id, refusal.id)]


def test_what_another_says_of_a_party_against_its_own_word() -> None:
    claim = position(BEL, "demand", "complete removal of the tolls", DAY_1, attributed_by="other party")
    own = position(BEL, "demand", "partial removal of the tolls", DAY_2, source="src-own")
    late = position(BEL, "demand", "partial removal of the tolls", "2031-02-05")
    assert found(claim, own, kind="parties", field="claim") == [(claim.id, own.id)]
    assert found(claim, late, kind="parties", field="claim") == []


def test_two_parties_accuse_each_other_of_the_same() -> None:
    one = event("ACCUSE", ARD, BEL, DAY_1, "Ardania blamed Belmark for the collapse of the talks")
    other = event("ACCUSE", BEL_MINISTRY, ARD, DAY_2, "Belmark said Ardania had let the negotiations fail")
    third = event("ACCUSE", BEL, ARD, DAY_2, "Belmark accused Ardania of poisoning wells")
    assert found(one, other, kind="parties", field="blame") == [(one.id, other.id)]
    assert found(one, third, kind="parties", field="blame") == []


def test_an_accusation_against_its_denial() -> None:
    accused = event("ACCUSE", ARD, BEL, DAY_1, "Ardania accused Belmark of smuggling weapons over the lake")
    denial = statement(BEL, "denied smuggling weapons over the lake", "2030-01-09", speech_act="deny")
    other = statement(COR, "denied smuggling weapons over the lake", "2030-01-09", speech_act="deny")
    assert found(accused, denial, kind="parties", field="denial") == [(accused.id, denial.id)]
    assert found(accused, other, kind="parties", field="denial") == []


def test_a_denial_of_the_accusations_is_of_those_before_it_in_its_report() -> None:
    accused = event("ACCUSE", ARD, BEL, DAY_1, "Ardania accused Belmark of smuggling weapons over the lake")
    denial = statement(BEL, "the accusations", DAY_1, speech_act="deny")
    elsewhere = statement(BEL, "the accusations", DAY_2, speech_act="deny")
    assert found(accused, denial, kind="parties", field="denial") == [(accused.id, denial.id)]
    assert found(accused, elsewhere, kind="parties", field="denial") == []


# A party and its own word.


def test_a_reversal_is_told_once_for_a_day() -> None:
    yes = position(BEL, "accept", "to open the northern dam", DAY_1)
    no = position(BEL, "reject", "to open the northern dam", DAY_2)
    again = position(BEL_MINISTRY, "reject", "to open the northern dam", DAY_2, source="src-b")
    assert len(found(yes, no, again, kind="self", field="stance")) == 1
    by_others = replace(no, attributed_by="other party")
    assert found(yes, by_others, kind="self", field="stance") == []


def test_another_government_s_word_is_not_its_own() -> None:
    offices = (
        OfficeEntry("Anna Bohn", "BEL", "president", date(2028, 1, 1), date(2030, 1, 20)),
        OfficeEntry("Carl Dahl", "BEL", "president", date(2030, 1, 20)),
        OfficeEntry("Carl Dahl", "BEL", "president", date(2030, 2, 20)),
        OfficeEntry("Eva Falk", "BEL", "foreign minister", date(2030, 2, 20)),
    )
    case = replace(RIVER, offices=offices)
    rows = [
        position(BEL, "accept", "to open the northern dam", DAY_1),
        position(BEL, "reject", "to open the northern dam", DAY_2),
        position(BEL, "accept", "to open the northern dam", DAY_3),
    ]
    told = found(kind="self", field="stance", held=holdings(*rows, cases=(case,)))
    assert told == [(rows[1].id, rows[2].id)]
    promise = move("promise", BEL, ARD, DAY_1, give="to open the northern dam")
    refusal = move("refusal", BEL, ARD, DAY_2, give="to open the northern dam")
    assert found(kind="self", field="promise", held=holdings(promise, refusal, cases=(case,))) == []


def test_a_reversal_after_long_or_of_what_reporters_told_is_none() -> None:
    yes = position(BEL, "accept", "to open the northern dam", DAY_1)
    late = position(BEL, "reject", "to open the northern dam", "2032-02-05")
    told = replace(yes, attributed_by="reporter")
    no = position(BEL, "reject", "to open the northern dam", DAY_2)
    assert found(yes, late, kind="self", field="stance") == []
    assert found(told, no, kind="self", field="stance") == []


def test_a_reversal_says_whose_words_they_are() -> None:
    yes = position(BEL, "accept", "to open the northern dam", DAY_1, person=Actor("BELGOV", "Anna Bohn"))
    no = position(BEL, "reject", "to open the northern dam", DAY_2, person=Actor("BELGOV", "Carl Dahl"))
    (row,) = (one for one in discrepancies(holdings(yes, no)) if one.kind == "self")
    assert row.note == "Belmark (Anna Bohn): accept before, Carl Dahl: reject now"


def test_a_promise_taken_back() -> None:
    promise = move("promise", BEL, ARD, DAY_1, give="to open the northern dam")
    refusal = move("refusal", BEL, ARD, DAY_2, give="to open the northern dam")
    assert found(promise, refusal, kind="self", field="promise") == [(promise.id, refusal.id)]


def test_a_promise_broken_by_a_deed_after_it() -> None:
    promise = move("promise", BEL, ARD, DAY_1, give="to stop firing rockets over the lake")
    deed = event("MOBILIZE", BEL, None, DAY_2, "Belmark fired rockets over the lake")
    never = move("promise", BEL, ARD, DAY_1, give="not to fire rockets over the lake")
    assert found(never, deed, kind="self", field="promise") == [(never.id, deed.id)]
    before = event("MOBILIZE", BEL, None, "2029-12-01", "Belmark fired rockets over the lake")
    others = event("MOBILIZE", ARD, None, DAY_2, "Ardania fired rockets over the lake")
    assert found(promise, deed, kind="self", field="promise") == [(promise.id, deed.id)]
    assert found(promise, before, others, kind="self", field="promise") == []


def test_blame_for_failed_talks_moved_to_another() -> None:
    first = event("ACCUSE", BEL_MINISTRY, ARD, DAY_1, "She blamed Ardania for the breakdown of the summit")
    then = event("ACCUSE", BEL, COR, DAY_3, "Belmark blames Corvia for the failed talks")
    again = event("ACCUSE", BEL, ARD, DAY_2, "Belmark blames Ardania for the failed talks")
    late = event("ACCUSE", BEL, COR, "2032-01-01", "Belmark blames Corvia for the failed talks")
    assert found(first, then, kind="self", field="blame") == [(first.id, then.id)]
    assert found(first, again, kind="self", field="blame") == []
    assert found(first, late, kind="self", field="blame") == []


# All.


def test_what_a_report_asserts_is_passed_on() -> None:
    a, b = position(ARD, "demand", "dams", DAY_1, start=0), position(BEL, "demand", "water", DAY_1, start=99)
    told = Discrepancy(
        id="dis-1",
        evidence=(*a.evidence, *b.evidence),
        coder="hand/1",
        confidence=0.5,
        kind="asserted",
        a=a.id,
        b=b.id,
        field="stance",
        note="at odds",
    )
    assert discrepancies(holdings(a, b, discrepancies=(told,))) == (told,)


def test_one_passage_is_not_two_sides() -> None:
    demand = move("demand", ARD, BEL, DAY_1, get="Belmark to open the northern dam", start=0)
    refusal = move("refusal", BEL, ARD, DAY_1, give="to open the northern dam", start=3)
    assert discrepancies(holdings(demand, refusal)) == ()


def _thirty_thousand() -> Sequence[Row]:
    chance = random.Random(5)
    words = [f"thing{n}" for n in range(300)]
    rows: list[Row] = []
    for n in range(10_000):
        day = (date(2000, 1, 1) + timedelta(days=chance.randrange(9000))).isoformat()
        told = " ".join(["to", *chance.sample(words, 3)])
        one, other = chance.sample([ARD, BEL, COR], 2)
        rows.append(position(one, chance.choice(["accept", "reject", "demand"]), told, day, start=n))
        kind = chance.choice(["demand", "refusal", "promise", "offer", "threat"])
        rows.append(move(kind, one, other, day, start=n, give=told, get=told))  # type: ignore[arg-type]
        rows.append(event(chance.choice(["ACCUSE", "REJECT", "MOBILIZE"]), one, other, day, f"{told} talks failed {n}"))
    return rows


@pytest.mark.slow
def test_thirty_thousand_rows_take_seconds() -> None:
    held = holdings(*_thirty_thousand())
    start = time.perf_counter()
    discrepancies(held)
    assert time.perf_counter() - start < 60
