"""Answers to moves: what answers what, the closed list of statuses, and that evidence is a row's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ledger_rows import ARD, BEL, BEL_MINISTRY, COR, event, holdings, move, on, position
from summitry.ledger.moves import answered, answers_of
from summitry.ledger.replies import STATUSES
from summitry.vocabulary import DateInterval, Meeting, Move, Row

DAY_1, DAY_2, DAY_3 = "2030-01-05", "2030-02-05", "2030-03-05"
DEMAND = move("demand", ARD, BEL, DAY_1, get="Belmark to open the northern dam")
OFFER = move("offer", ARD, BEL, DAY_1, give="to lift the tolls on barges")


def status(*rows: Row, as_of: str | None = None) -> tuple[str | None, str | None]:
    """The status of the first row, a move, and which move the second answers."""
    by_id = {one.id: one for one in answered(holdings(*rows, as_of=as_of))}
    second = by_id.get(rows[1].id) if len(rows) > 1 else None
    return by_id[rows[0].id].status, second.responds_to if second is not None else None


def test_a_demand_is_refused_by_whom_it_was_made_to() -> None:
    refusal = move("refusal", BEL_MINISTRY, ARD, DAY_2, give="to open the northern dam")
    assert status(DEMAND, refusal) == ("refused", DEMAND.id)


def test_a_demand_is_granted() -> None:
    assert status(DEMAND, move("concession", BEL, ARD, DAY_2, give="opened the northern dam"))[0] == "accepted"


def test_an_offer_is_taken_by_a_position() -> None:
    taken = position(BEL, "accept", "lifting the tolls on barges", DAY_2)
    assert status(OFFER, taken)[0] == "accepted"
    held = holdings(OFFER, taken)
    assert answers_of(held)[OFFER.id] == (taken,)


def test_a_counter_offer_answers_on_a_condition() -> None:
    counter = move("offer", BEL, ARD, DAY_2, give="to open the northern dam", condition="if the tolls are lifted")
    assert status(DEMAND, counter) == ("conditionally answered", DEMAND.id)


def test_terms_for_what_was_offered_answer_it() -> None:
    terms = move("precondition", BEL, ARD, DAY_2, give="to share the water", get="lifting the tolls on barges")
    assert status(OFFER, terms) == ("conditionally answered", OFFER.id)


def test_a_third_party_answers_nothing_that_is_not_asked_of_it() -> None:
    refusal = move("refusal", COR, None, DAY_2, give="to open the northern dam")
    assert status(DEMAND, refusal) == ("open", None)


def test_what_came_before_answers_nothing() -> None:
    refusal = move("refusal", BEL, ARD, "2029-12-01", give="to open the northern dam")
    assert status(DEMAND, refusal) == ("open", None)


def test_the_latest_of_several_is_answered() -> None:
    again = replace(move("demand", ARD, BEL, DAY_2, get="that Belmark open the northern dam"))
    refusal = move("refusal", BEL, ARD, DAY_3, give="to open the northern dam")
    rows = {one.id: one for one in answered(holdings(DEMAND, again, refusal))}
    assert rows[refusal.id].responds_to == again.id
    assert rows[DEMAND.id].status == "open"


def test_the_proposal_is_the_one_of_the_sentence_before() -> None:
    source = f"src-{DAY_2}"
    asked = move(
        "demand",
        BEL,
        ARD,
        None,
        source=source,
        start=10,
        give="the opening of the dam",
        get="Ardania to cut tolls",
    )
    refused = move(
        "refusal",
        ARD,
        BEL,
        None,
        source=source,
        start=200,
        give="the proposal",
        text="Ardania found the proposal small",
    )
    assert status(asked, refused) == ("refused", asked.id)


def test_another_demand_is_not_the_demand() -> None:
    refused = move(
        "refusal", BEL, ARD, DAY_1, start=300, give="demands", text="Belmark refused demands to fly fewer flags"
    )
    assert status(DEMAND, refused) == ("open", None)


def test_what_is_taken_back_is_withdrawn() -> None:
    assert status(OFFER, move("refusal", ARD, None, DAY_2, give="to lift the tolls on barges"))[0] == "withdrawn"


def test_terms_take_nothing_back() -> None:
    offer = replace(OFFER, evidence=(replace(OFFER.evidence[0], exact="Ardania would lift the tolls one last time"),))
    refusal = move("refusal", ARD, None, DAY_2, give="to lift the tolls on barges", condition="unless the dam opens")
    again = move("refusal", ARD, None, DAY_2, give="to lift the tolls on barges", text="Ardania will not do it again")
    assert status(offer, refusal)[0] == "open"
    assert status(offer, again)[0] == "open"
    assert status(OFFER, again)[0] == "withdrawn"


def test_a_refusal_of_some_day_of_a_month_takes_nothing_back() -> None:
    refusal = move("refusal", ARD, None, DAY_2, give="to lift the tolls on barges")
    month = DateInterval(date(2030, 2, 1), date(2030, 2, 28), "month")
    assert status(OFFER, replace(refusal, date=month))[0] == "open"


def test_only_its_own_word_takes_back() -> None:
    refusal = move("refusal", ARD, None, DAY_2, give="to lift the tolls on barges", start=40)
    told = position(ARD, "reject", "to lift the tolls on barges", DAY_2, start=40, attributed_by="analyst")
    assert status(OFFER, refusal, told)[0] == "open"
    assert status(OFFER, refusal, replace(told, attributed_by="self"))[0] == "withdrawn"
    unwilling = replace(refusal, evidence=(replace(refusal.evidence[0], exact="Ardania is unwilling to lift tolls"),))
    assert status(OFFER, unwilling, replace(told, attributed_by="reporter"))[0] == "open"


def test_a_pledge_not_to_do_it_is_not_taken_back_by_refusing_to_do_it() -> None:
    pledge = move("promise", BEL, ARD, DAY_1, give="not to resume rocket tests")
    refusal = move("refusal", BEL, ARD, DAY_2, give="to resume rocket tests")
    assert status(pledge, refusal)[0] == "open"
    deed = event("MOBILIZE", BEL, None, DAY_3, "Belmark resumed rocket tests")
    assert status(pledge, deed)[0] == "open"


def test_a_promise_that_is_only_named_again_answers_nothing() -> None:
    again = move("promise", BEL, ARD, DAY_2, give="to open the northern dam", text="Belmark's pledge to open the dam")
    assert status(DEMAND, again)[0] == "open"


def test_a_call_is_kept_by_a_call_with_whom_it_names() -> None:
    offer = move("offer", BEL, ARD, DAY_1, give="to talk to Ardania by telephone")
    summit = event("CONSULT", BEL, ARD, DAY_2, "leaders held talks", meeting=Meeting(level="summit", venue=None))
    call = event("CONSULT", BEL, ARD, DAY_2, "leaders held talks", meeting=Meeting(level="phone", venue=None))
    assert status(offer, summit)[0] == "open"
    assert status(offer, call)[0] == "kept"
    named = move("offer", BEL, ARD, DAY_1, give="to talk to Bohn in person")
    assert status(named, summit)[0] == "open"
    assert status(named, replace(summit, recipients=(replace(ARD, name="Anna Bohn"),)))[0] == "kept"


def test_a_promise_is_kept_by_the_deed() -> None:
    promise = move("promise", BEL, ARD, DAY_1, give="to release the captive sailors")
    done = event("CONCEDE", BEL, ARD, DAY_2, "Belmark released the captive sailors")
    assert status(promise, done)[0] == "kept"


def test_a_promise_told_again_is_not_kept() -> None:
    promise = move("promise", BEL, ARD, DAY_1, give="to release the captive sailors")
    again = event("CONCEDE", BEL, ARD, DAY_2, "Belmark agreed to release the captive sailors")
    assert status(promise, again)[0] == "open"


def test_talks_that_were_offered_are_held_with_whom_they_were_offered_to() -> None:
    offer = move("offer", BEL, ARD, DAY_1, give="talks with Ardania")
    met = event("CONSULT", BEL, ARD, DAY_2, "envoys held talks", meeting=Meeting(level="ministerial", venue=None))
    other = event("CONSULT", BEL, COR, DAY_2, "envoys held talks", meeting=Meeting(level="ministerial", venue=None))
    assert status(offer, met)[0] == "kept"
    assert status(offer, other)[0] == "open"


def test_a_threat_is_carried_out() -> None:
    threat = move("threat", ARD, BEL, DAY_1, give="to close the river port")
    done = event("SANCTION", ARD, BEL, DAY_2, "Ardania closed the river port")
    assert status(threat, done)[0] == "carried out"


def test_deeds_count_over_later_words() -> None:
    promise = move("promise", BEL, ARD, DAY_1, give="to release the captive sailors")
    done = event("CONCEDE", BEL, ARD, DAY_2, "Belmark released the captive sailors")
    refusal = move("refusal", BEL, ARD, DAY_3, give="to release the captive sailors")
    assert status(promise, done, refusal)[0] == "kept"


def test_a_deadline_that_passed_without_an_answer_has_lapsed() -> None:
    due = replace(DEMAND, deadline=DateInterval(date(2030, 1, 31), date(2030, 1, 31), "day"))
    assert status(due, as_of="2030-01-31")[0] == "open"
    assert status(due, as_of="2030-02-01")[0] == "lapsed"


def test_an_answer_after_a_year_answers_something_else() -> None:
    assert status(DEMAND, move("refusal", BEL, ARD, "2031-06-01", give="to open the northern dam")) == ("open", None)


def test_ids_order_and_evidence_stay() -> None:
    rows = (DEMAND, move("refusal", BEL, ARD, DAY_2, give="to open the northern dam"), OFFER)
    found = answered(holdings(*rows))
    assert [(one.id, one.evidence) for one in found] == [(one.id, one.evidence) for one in rows]
    assert all(one.status in STATUSES for one in found)


@pytest.mark.parametrize("undated", [DEMAND, OFFER])
def test_without_days_only_one_report_tells_an_order(undated: Move) -> None:
    asked = replace(undated, date=on(None), evidence=(replace(undated.evidence[0], source="src-x"),))
    refusal = move("refusal", BEL, ARD, DAY_2, give="to open the northern dam")
    assert status(asked, refusal) == ("open", None)
