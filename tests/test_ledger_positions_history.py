"""Histories of positions: change against the chain's last, by poles and by stance; the matrix; laws."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_rows import ARD, BEL, BEL_MINISTRY, RIVER, holdings, on, position
from summitry.casebook import InstrumentEntry
from summitry.ledger.holdings import Holdings
from summitry.ledger.poles import Scale
from summitry.ledger.positions import CHANGES, LEAST_SURE, RUNGS, history, matrix
from summitry.vocabulary import Actor, DateInterval, Position

DAY_1, DAY_2, DAY_3 = "2030-01-05", "2030-02-05", "2030-03-05"


def changes(*rows: Position, cases: tuple[object, ...] = ()) -> list[str | None]:
    return [one.change for one in history(holdings(*rows, cases=cases))]  # type: ignore[arg-type]


def test_the_first_of_a_matter_is_first_and_open() -> None:
    (row,) = history(holdings(position(BEL, "demand", "a share of the river", DAY_1)))
    assert (row.change, row.previous, row.until) == ("first", None, None)


def test_a_later_one_takes_the_place_of_the_earlier() -> None:
    before = position(BEL, "reject", "to open the northern dam", DAY_1)
    after = position(BEL_MINISTRY, "accept", "opening the northern dam", DAY_2)
    one, other = history(holdings(after, before))
    assert (one.id, other.id) == (before.id, after.id)
    assert (one.until, other.until) == (after.held, None)
    assert (other.change, other.previous) == ("reverse", before.id)


def at(pole: str, day: str, summary: str, stance: str = "demand", issue: str = "sequence") -> Position:
    return position(BEL, stance, summary, day, issue=issue, pole=pole)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (("water first", "water for the fields"), ("water first", "water, then fields"), "reaffirm"),
        (("water first", "water for the fields"), ("together", "the fields together"), "soften"),
        (("together", "the fields together"), ("dams first", "dams first, then the fields"), "harden"),
        (("water first", "water for the fields"), ("dams first", "dams first, then the fields"), "reverse"),
    ],
)
def test_poles_told_by_words_in_common(old: tuple[str, str], new: tuple[str, str], change: str) -> None:
    assert changes(at(old[0], DAY_1, old[1]), at(new[0], DAY_2, new[1]), cases=(RIVER,)) == ["first", change]


@pytest.mark.parametrize(
    "new",
    [
        at("dams first", DAY_2, "flags on every barge"),  # nothing in common, nor its pole in its words
        at("dams first", DAY_2, "dams first, then the fields", "offer"),  # an offer yields
    ],
)
def test_poles_alone_tell_no_change(new: Position) -> None:
    assert changes(at("water first", DAY_1, "water for the fields"), new, cases=(RIVER,)) == ["first", "first"]


def test_behind_a_purpose_words_tell_no_pole() -> None:
    kept = position(BEL, "demand", "tolls kept", DAY_1, issue="toll", pole="kept")
    purpose = position(BEL, "demand", "dams opened to get tolls ended", DAY_2, issue="toll", pole="ended")
    assert changes(kept, purpose) == ["first", "first"]
    others = position(BEL, "demand", "towns that saw tolls ended to open dams", DAY_2, issue="toll", pole="ended")
    assert changes(kept, others) == ["first", "first"]


def test_of_two_poles_the_other_is_a_reverse() -> None:
    rows = (at("kept", DAY_1, "tolls kept", issue="toll"), at("ended", DAY_2, "tolls ended", issue="toll"))
    assert changes(*rows, cases=(RIVER,)) == ["first", "reverse"]


def test_between_inner_poles_a_step_softens() -> None:
    scale = Scale(("a", "b", "c", "d"), (None,) * 4)
    steps = {
        ("a", "b"): "soften",
        ("b", "a"): "harden",
        ("b", "c"): "soften",
        ("a", "c"): "reverse",
        ("d", "a"): "reverse",
    }
    assert {pair: scale.change(*pair) for pair in steps} == steps


@pytest.mark.parametrize("old", sorted(RUNGS))
@pytest.mark.parametrize("new", sorted(RUNGS))
def test_stances_on_one_object_change_as_the_table_says(old: str, new: str) -> None:
    rows = (
        position(BEL, old, "to open the northern dam", DAY_1),  # type: ignore[arg-type]
        position(BEL, new, "to open the northern dam", DAY_2),  # type: ignore[arg-type]
    )
    assert changes(*rows)[1] == CHANGES[RUNGS[old], RUNGS[new]]  # type: ignore[index]


def test_a_condition_softens_a_no_and_hardens_a_yes() -> None:
    no = position(BEL, "reject", "to open the northern dam", DAY_1)
    perhaps = position(BEL, "reject", "to open the northern dam", DAY_2, condition="unless tolls are paid")
    yes = position(BEL, "accept", "to open the northern dam", DAY_3)
    assert changes(no, perhaps, yes) == ["first", "soften", "soften"]


def test_a_clause_that_only_tells_the_time_is_no_condition() -> None:
    yes = position(BEL, "accept", "to open the northern dam", DAY_1)
    then = position(BEL, "accept", "to open the northern dam", DAY_2, condition="after the summer")
    assert changes(yes, then) == ["first", "reaffirm"]


def test_the_whole_after_a_part_hardens_a_demand() -> None:
    part = position(BEL, "demand", "partial removal of the tolls", DAY_1)
    whole = position(BEL, "demand", "complete removal of the tolls", DAY_2)
    assert changes(part, whole) == ["first", "harden"]
    assert changes(replace(part, held=on(DAY_3)), whole) == ["first", "soften"]


def test_an_exchange_is_a_condition_in_other_words() -> None:
    terms = position(BEL, "offer", "to open the northern dam", DAY_1, condition="if the tolls are lifted")
    swap = position(BEL, "offer", "to open the northern dam", DAY_2)
    swap = replace(swap, evidence=(replace(swap.evidence[0], exact="offers to open the dam in exchange for tolls"),))
    assert changes(terms, swap) == ["first", "reaffirm"]


def test_what_was_hardly_read_changes_nothing() -> None:
    yes = position(BEL, "accept", "to open the northern dam", DAY_1)
    no = replace(position(BEL, "reject", "to open the northern dam", DAY_2), confidence=LEAST_SURE - 0.01)
    assert changes(yes, no) == ["first", "first"]


def test_a_belief_is_no_stand() -> None:
    hopes = position(BEL, "support", "that the northern dam would be opened", DAY_1)
    no = position(BEL, "oppose", "the northern dam being opened", DAY_2)
    assert changes(hopes, no) == ["first", "first"]


def test_one_word_is_a_matter_only_where_it_names_one() -> None:
    assert changes(position(BEL, "accept", "talks", DAY_1), position(BEL, "reject", "the talks", DAY_2))[1] == "reverse"
    assert (
        changes(position(BEL, "accept", "sanctions", DAY_1), position(BEL, "reject", "sanctions", DAY_2))[1] == "first"
    )


def test_a_deal_struck_since_is_another_deal() -> None:
    accord = InstrumentEntry("accord", "The river accord", date(2030, 1, 20), ("ARD", "BEL"))
    yes = position(BEL, "support", "the deal reached in the spring", DAY_1)
    no = position(BEL, "oppose", "the deal reached by their delegations", DAY_2)
    later = position(BEL, "support", "the deal reached by their delegations", DAY_3)
    with_it = holdings(yes, no, later, cases=(replace(RIVER, instruments=(accord,)),))
    assert [one.change for one in history(with_it)] == ["first", "first", "reverse"]
    named = [replace(one, summary="the 2029 deal") for one in (yes, no)]
    other = replace(no, summary="the 2031 deal")
    assert [one.change for one in history(holdings(*named, cases=with_it.cases))] == ["first", "reverse"]
    assert [one.change for one in history(holdings(named[0], other))] == ["first", "first"]


def test_negations_are_composed() -> None:
    never = position(BEL, "offer", "not to close the northern dam", DAY_1)
    no = position(BEL, "reject", "to close the northern dam", DAY_2)
    assert changes(never, no) == ["first", "first"]
    lifted = position(BEL, "demand", "not to lift the river tolls", DAY_1)
    kept = position(BEL, "demand", "river tolls that they lift by the end of May", DAY_2)
    assert changes(lifted, kept) == ["first", "first"]
    for_it = position(BEL, "demand", "to end the river tolls", DAY_1)
    works = position(BEL, "oppose", "to end the river tolls", DAY_2)
    assert changes(for_it, works) == ["first", "first"]


def test_terms_in_the_words_themselves() -> None:
    talks = position(BEL, "offer", "talks without any preconditions", DAY_1)
    terms = position(BEL, "offer", "talks but not without preconditions", DAY_2)
    assert changes(talks, terms) == ["first", "harden"]


def test_what_is_about_another_thing_is_first() -> None:
    dam = position(BEL, "demand", "to open the northern dam", DAY_1)
    port = position(BEL, "reject", "inspectors at the eastern port", DAY_2)
    less = position(BEL, "demand", "to stop opening the northern dam", DAY_3)
    assert changes(dam, port, less) == ["first", "first", "first"]


def test_talks_about_a_thing_are_not_the_thing() -> None:
    talks = position(BEL, "accept", "talks on opening the northern dam", DAY_1)
    dam = position(BEL, "reject", "to open the northern dam", DAY_2)
    assert changes(talks, dam) == ["first", "first"]


def test_what_others_say_of_a_party_never_changes_its_own_word() -> None:
    own = position(BEL, "reject", "to open the northern dam", DAY_1)
    claim = position(BEL, "accept", "to open the northern dam", DAY_2, attributed_by="other party")
    analyst = position(BEL, "accept", "to open the northern dam", DAY_2, source="src-b", attributed_by="analyst")
    again = position(BEL, "reject", "to open the northern dam", DAY_3, attributed_by="reporter")
    rows = {one.id: one for one in history(holdings(own, claim, analyst, again))}
    assert rows[claim.id].change == rows[analyst.id].change == "first"
    assert (rows[again.id].change, rows[again.id].previous) == ("reaffirm", own.id)


def test_rows_of_one_report_are_no_change_unless_dated_apart() -> None:
    one = position(BEL, "reject", "to open the northern dam", None, source=f"src-{DAY_1}", start=0)
    other = position(BEL, "accept", "to open the northern dam", None, source=f"src-{DAY_1}", start=90)
    assert changes(one, other) == ["first", "first"]
    assert changes(replace(one, held=on("2029-01-01")), other) == ["first", "reverse"]


def test_days_that_overlap_are_no_order() -> None:
    month = DateInterval(date(2030, 1, 1), date(2030, 1, 31), "month")
    one = replace(position(BEL, "reject", "to open the northern dam", DAY_1), held=month)
    other = position(BEL, "accept", "to open the northern dam", "2030-01-20")
    assert changes(one, other) == ["first", "first"]


def test_without_any_day_nothing_is_compared() -> None:
    one = position(BEL, "reject", "to open the northern dam", None, source="src-x")
    other = position(BEL, "accept", "to open the northern dam", DAY_2)
    assert changes(one, other) == ["first", "first"]


def test_parties_do_not_change_each_other() -> None:
    one = position(ARD, "reject", "to open the northern dam", DAY_1)
    other = position(BEL, "accept", "to open the northern dam", DAY_2)
    assert changes(one, other) == ["first", "first"]


def test_the_matrix_shows_what_stands_and_since_when() -> None:
    rows = (
        position(BEL, "demand", "to open the northern dam", DAY_1),
        position(BEL_MINISTRY, "demand", "opening of the northern dam", DAY_2),
        position(BEL, "reject", "to open the northern dam", DAY_3, attributed_by="other party"),
    )
    (cell,) = matrix(holdings(*rows))
    assert cell.party.code == "BEL"
    assert cell.position.id == rows[1].id
    assert (cell.since, cell.reaffirmed, cell.moved) == (date(2030, 1, 5), 1, "first")
    assert cell.evidence == rows[1].evidence and len(cell.positions) == 3


def test_the_matrix_keeps_people_under_their_party() -> None:
    envoy = Actor("BELGOV", "Ilse Brandt", "envoy", kind="person")
    row = position(BEL, "demand", "to open the northern dam", DAY_1, person=envoy)
    (cell,) = matrix(holdings(row))
    assert [one.person for one in cell.people] == [envoy]


_rows = st.lists(
    st.builds(
        lambda party, stance, what, day, by, start: position(
            party,
            stance,
            what,
            (date(2030, 1, 1) + timedelta(days=day)).isoformat() if day < 40 else None,
            source=f"src-{date(2030, 1, 1) + timedelta(days=day)}",
            start=start,
            attributed_by=by,
        ),
        st.sampled_from([ARD, BEL, BEL_MINISTRY]),
        st.sampled_from(sorted(RUNGS)),
        st.sampled_from(["to open the northern dam", "tolls on barges", "talks", "no tolls on barges"]),
        st.integers(0, 45),
        st.sampled_from(["self", "reporter", "other party", "analyst"]),
        st.integers(0, 900),
    ),
    max_size=14,
    unique_by=lambda one: one.id,
)


@given(_rows, st.randoms())
@settings(max_examples=40, deadline=None)
def test_laws_of_histories(rows: list[Position], chance: random.Random) -> None:
    held = holdings(*rows)
    found = history(held)
    by_id = {one.id: one for one in found}
    assert sorted(by_id) == sorted(one.id for one in rows)
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert history(holdings(*shuffled)) == found
    for row in found:
        assert (row.change == "first") == (row.previous is None)
        if row.previous is not None:
            before = by_id[row.previous]
            assert before.party.state == row.party.state
            first, last = (
                held.day_of(row.held, row.evidence[0].source),
                held.day_of(before.held, before.evidence[0].source),
            )
            assert first is not None and last is not None and last < first
            assert before.until is not None


@pytest.mark.slow
def test_thirty_thousand_positions_take_seconds() -> None:
    import time

    chance = random.Random(4)
    words = [f"thing{n}" for n in range(400)]
    rows = tuple(
        position(
            chance.choice([ARD, BEL]),
            chance.choice(sorted(RUNGS)),
            "to " + " ".join(chance.sample(words, 4)),
            (date(2000, 1, 1) + timedelta(days=chance.randrange(9000))).isoformat(),
            start=n,
        )
        for n in range(30_000)
    )
    start = time.perf_counter()
    history(Holdings(positions=rows))
    assert time.perf_counter() - start < 20
