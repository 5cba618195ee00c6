"""The register of meetings: what one telling lacks is taken from others, and from agreements of the same days."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ledger_rows import ARD, BEL, COR, event, holdings
from summitry.ledger.register import delegations_by_side, meetings
from summitry.vocabulary import Actor, Event, Meeting

ANNA = Actor("ARDGOV", "Anna Berg", "envoy", kind="person")
BERG = Actor("ARDGOV", "Anna Berg", kind="person")
ILYA = Actor("BELGOV", "Ilya Orlo", "minister", kind="person")


def met(day: str = "2021-05-10", **fields: Any) -> Event:  # noqa: ANN401
    meeting = Meeting(**{"level": "other", "venue": None, **fields})
    return event("CONSULT", ARD, BEL, day, "Ardania and Belmark met", meeting=meeting)


def outcome(*rows: Event, **more: Any) -> str | None:  # noqa: ANN401
    (found, *_) = meetings(holdings(*rows, **more))
    return found.meeting.outcome if found.meeting else None


def test_a_failure_of_the_same_days_is_the_outcome_with_its_passage() -> None:
    failed = event("AGREE", ARD, BEL, "2021-05-10", "both failed to reach a deal", modality="negated")
    (row,) = meetings(holdings(met(), failed))
    assert row.meeting is not None
    assert row.meeting.outcome == "no agreement"
    assert row.evidence[-1].exact == "both failed to reach a deal"


def test_an_agreement_is_told_in_its_words() -> None:
    agreed = event("AGREE", ARD, BEL, "2021-05-11", "the two agreed to share the water, officials said")
    assert outcome(met(), agreed) == "agreed to share the water, officials said"


def test_an_agreement_of_one_side_with_somebody_else_is_no_outcome() -> None:
    alone = event("AGREE", ARD, BEL, "2021-05-10", "Ardania agreed to let in journalists from the coast")
    assert outcome(met(), alone) is None


def test_one_voice_among_many_is_of_another_meeting() -> None:
    first = met(outcome="agreement")
    many = tuple(replace(met(), id=f"e{number}") for number in range(20))
    failed = replace(met(outcome="no agreement"), id="f")
    assert outcome(first, tellings={first.id: (first, *many, failed)}) == "agreement"
    assert outcome(first, tellings={first.id: (first, failed)}) == "no agreement"


def test_agreements_of_others_or_of_other_days_are_none() -> None:
    assert outcome(met(), event("AGREE", ARD, COR, "2021-05-10", "they agreed")) is None
    assert outcome(met(), event("AGREE", ARD, BEL, "2021-06-10", "they agreed")) is None
    assert outcome(met(), event("AGREE", ARD, BEL, "2021-05-10", "agreed", modality="hypothetical")) is None


def test_a_failure_that_is_told_stays() -> None:
    agreed = event("AGREE", ARD, BEL, "2021-05-10", "they agreed to meet again")
    assert outcome(met(outcome="no agreement"), agreed) == "no agreement"


def test_level_venue_and_people_come_from_any_telling() -> None:
    other = replace(
        met("2021-05-11", level="ministerial", venue="Lund", delegations=(ANNA, ILYA), outcome="no agreement"), id="e2"
    )
    first = met(delegations=(ARD, BERG))
    (row,) = meetings(holdings(first, tellings={first.id: (first, other)}))
    assert row.meeting is not None
    assert (row.meeting.level, row.meeting.venue, row.meeting.outcome) == ("ministerial", "Lund", "no agreement")
    assert delegations_by_side(row) == (("ARD", (ANNA,)), ("BEL", (ILYA,)))


def test_plans_have_no_outcome_and_other_events_are_no_meetings() -> None:
    plan = replace(met(), modality="planned")
    failed = event("AGREE", ARD, BEL, "2021-05-10", "failed to reach a deal", modality="negated")
    found = meetings(holdings(plan, failed, event("ACCUSE", ARD, BEL, "2021-05-10", "a")))
    assert [row.meeting.outcome for row in found if row.meeting] == [None]
