"""The state of the talks by month: which events set it, which do not, and what carries it on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_rows import ARD, BEL, COR, RIVER, event, holdings, move, on
from summitry.casebook import InstrumentEntry
from summitry.ledger.criteria import CRITERIA
from summitry.ledger.holdings import Holdings
from summitry.ledger.status import main_pairs, months
from summitry.vocabulary import Actor, DateInterval, Event, Meeting

DOCS = Path(__file__).parents[1] / "docs" / "status.md"


def met(day: str | None, words: str = "Ardania and Belmark met in Lund", outcome: str | None = None) -> Event:
    return event("CONSULT", ARD, BEL, day, words, meeting=Meeting(level="summit", venue="Lund", outcome=outcome))


def told_on(words: str, one: Event) -> Event:
    """The same event, dated by words of its passage."""
    return replace(one, date=replace(one.date, basis=f"stated: {words}"))


def states(found: Holdings) -> dict[str, str]:
    return {f"{row.month.start:%Y-%m}": row.state for row in months(found)}


def state_of(one: Event, **more: Any) -> str | None:  # noqa: ANN401
    """The state that an event sets in its month, on the last day of it."""
    found = holdings(one, as_of="2021-05-31", **more)
    rows = months(found)
    return rows[-1].state if rows else None


def test_docs_publish_the_table_of_the_code() -> None:
    table = re.findall(r"^\| ([a-z ]+) \| ([a-z]+) \| (.+?) \| (\d) \|$", DOCS.read_text(encoding="utf-8"), re.M)
    assert sorted(table) == sorted((one.name, one.state, one.text, str(one.rank)) for one in CRITERIA)


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (met("2021-05-10"), "active"),
        (met("2021-05-10", outcome="no agreement"), "stalled"),
        (event("AGREE", ARD, BEL, "2021-05-10", "both failed to reach a deal", modality="negated"), "stalled"),
        (event("CONSULT", ARD, BEL, "2021-05-10", "they did not meet", modality="negated"), "stalled"),
        (event("AGREE", ARD, BEL, "2021-05-10", "the two agreed to resume talks"), "active"),
        (event("AGREE", ARD, BEL, "2021-05-10", "the two signed an accord, agreed after a night"), "agreement"),
        (event("REJECT", ARD, BEL, "2021-05-10", "Ardania called off the talks"), "suspended"),
        (event("SANCTION", ARD, BEL, "2021-05-10", "Ardania suspended its negotiations with Belmark"), "suspended"),
        (
            event(
                "REJECT",
                ARD,
                BEL,
                None,
                "is not interested in talks as long as the dam stands",
                source="src-2021-05-10",
            ),
            "suspended",
        ),
        (event("SANCTION", ARD, BEL, "2021-05-10", "Ardania withdrew from the river treaty"), "collapsed"),
        (event("REJECT", ARD, BEL, "2021-05-10", "Ardania ended the talks"), "collapsed"),
    ],
)
def test_events_set_states(one: Event, state: str) -> None:
    assert state_of(one) == state


@pytest.mark.parametrize(
    "one",
    [
        event("SANCTION", ARD, BEL, "2021-05-10", "Ardania may withdraw from the treaty", modality="hypothetical"),
        event("REJECT", ARD, BEL, "2021-05-10", "Ardania will quit the talks", modality="threatened"),
        event("REJECT", ARD, BEL, "2021-05-10", "has no intention of continuing talks if Belmark refuses"),
        event("REJECT", ARD, BEL, "2021-05-10", "refused to talk about the dams"),
        event("REJECT", ARD, BEL, None, "Belmark had called off the talks", source="src-2021-05-10"),
        event("AGREE", ARD, BEL, "2021-05-10", "Ardania is close to reaching a deal"),
        event("AGREE", ARD, BEL, "2021-05-10", "Ardania offered a deal"),
        event("AGREE", ARD, BEL, "2021-05-10", "agreed the treaty of 1996"),
        met(None),
        replace(met("2021-05-10"), date=DateInterval(date(2021, 5, 10), date(2021, 5, 10), "day", "said")),
        replace(met("2021-05-10"), confidence=0.3),
        met("2021-05-10", "Ardania's minister met with reporters in Lund and spoke of Belmark"),
        met("2021-05-10", "Forty lawmakers of Ardania urged talks with Belmark in a letter"),
        met("2021-05-10", "Ardania consulted its allies in Lund"),
        met("2021-05-10", "who made a surprise trip today"),
        met("2021-05-10", "the minister of Ardania was in Lund with plans to head to Orsk for a meeting with Belmark"),
        told_on("Monday", met("2021-05-10", "Ardania's negotiator in the talks with Belmark said Monday")),
        told_on("May", event("AGREE", ARD, BEL, "2021-05-10", "the two sides agreed to meet again in May")),
        replace(met("2021-05-10"), actors=(Actor("ARDLEG", "Ardania's senator", kind="person"),)),
        replace(met("2021-05-10"), actors=(Actor("ARD", "Ardania", kind="person", office="former minister"),)),
        event("REJECT", ARD, COR, "2021-05-10", "Ardania called off the talks"),
    ],
)
def test_events_that_set_nothing(one: Event) -> None:
    # What the talks are must be known, so a case names the principals.
    assert state_of(one, cases=[RIVER]) is None


def test_the_day_of_an_instrument_is_an_agreement() -> None:
    treaty = InstrumentEntry("t", "Treaty of Lund", date(2021, 5, 10), ("ARD", "BEL"))
    case = replace(RIVER, instruments=(treaty,))
    told = event("AGREE", ARD, BEL, "2021-05-10", "the Treaty of Lund")
    assert state_of(told, cases=[case]) == "agreement"
    assert state_of(told, cases=[RIVER]) is None


def test_a_meeting_announced_for_the_next_weeks_keeps_talks_active() -> None:
    plan = replace(event("CONSULT", ARD, BEL, "2021-05-20", "will meet", source="src-2021-05-02"), modality="planned")
    assert state_of(plan) == "active"
    far = replace(plan, date=on("2021-09-20"))
    assert state_of(far) is None


def test_the_last_event_of_a_month_decides_and_a_month_without_one_carries_it_on() -> None:
    found = holdings(
        met("2021-01-05"),
        event("REJECT", ARD, BEL, "2021-01-20", "Ardania called off the talks"),
        event("ACCUSE", ARD, BEL, "2021-03-02", "Ardania accused Belmark"),
    )
    assert states(found) == {"2021-01": "suspended", "2021-02": "suspended", "2021-03": "suspended"}
    last = months(found)[-1]
    assert last.evidence[0].exact == "Ardania called off the talks"
    assert "20 January 2021" in last.criterion


def test_active_talks_go_silent_only_where_reports_appeared() -> None:
    first = met("2021-01-05")
    heard = event("ACCUSE", ARD, BEL, "2021-05-02", "Ardania accused Belmark")
    assert states(holdings(first, heard)) == {
        "2021-01": "active", "2021-02": "active", "2021-03": "active", "2021-04": "active", "2021-05": "stalled",
    }  # fmt: skip
    assert set(states(holdings(first, as_of="2021-05-31")).values()) == {"active"}
    assert "no contact reported since 5 January 2021" in months(holdings(first, heard))[-1].criterion


def test_an_event_of_a_month_gives_way_to_one_of_a_day_but_not_a_deal() -> None:
    month = DateInterval(date(2021, 5, 1), date(2021, 5, 31), "month")
    vague = replace(event("REJECT", ARD, BEL, None, "Ardania called off the talks"), date=month)
    assert state_of(vague, cases=[RIVER]) == "suspended"
    sharp = met("2021-05-04")
    assert months(holdings(vague, sharp, as_of="2021-05-31"))[-1].state == "active"
    deal = replace(event("SANCTION", ARD, BEL, None, "Ardania left the river treaty"), date=month)
    assert months(holdings(deal, sharp, as_of="2021-05-31"))[-1].state == "collapsed"


def test_a_deal_of_its_month_gives_way_to_the_deal_of_its_day() -> None:
    day = event("AGREE", ARD, BEL, "2021-05-10", "the two agreed: they signed an accord")
    month = DateInterval(date(2021, 5, 1), date(2021, 5, 31), "month")
    vague = replace(event("AGREE", ARD, BEL, None, "both agreed and struck a deal in May"), date=month)
    (row,) = months(holdings(day, vague, as_of="2021-05-31"))
    assert row.events == (day.id,)


def test_what_collapsed_is_not_suspended_again_but_may_be_met_about() -> None:
    left = event("SANCTION", ARD, BEL, None, "is withdrawing from the river treaty", source="src-2021-05-02")
    left = replace(left, attributed_to=ARD)
    refused = event("REJECT", BEL, ARD, "2021-05-03", "Belmark refused further talks")
    assert months(holdings(left, refused))[-1].state == "collapsed"
    assert months(holdings(left, refused, met("2021-05-20")))[-1].state == "active"
    assert months(holdings(replace(left, attributed_to=BEL), refused))[-1].state == "suspended"


def test_a_refusal_to_talk_may_be_a_move() -> None:
    words = "it is not interested in talks as long as the dam stands"
    refusal = move("precondition", ARD, None, "2021-05-20", text=words)
    (row,) = months(holdings(met("2021-05-01"), refusal))
    assert (row.state, row.events) == ("suspended", (refusal.id,))
    other = move("refusal", ARD, None, "2021-05-20", text="it is not interested in dams")
    assert months(holdings(met("2021-05-01"), other))[-1].state == "active"


def test_what_lies_long_before_the_first_report_is_background() -> None:
    old = event("SANCTION", ARD, BEL, "2001-05-10", "Ardania left the river treaty", source="src-2021-05-02")
    assert months(holdings(old, met("2021-05-10")))[0].month.start == date(2021, 5, 1)


def test_the_talks_are_those_of_the_foremost_pair() -> None:
    found = holdings(*(met(f"2021-05-{day:02}") for day in (1, 2, 3)), event("ACCUSE", ARD, COR, "2021-05-04", "a"))
    assert main_pairs(found) == {("ARD", "BEL")}
    core = replace(RIVER, principals=("ARD", "BEL", "COR"), core=("COR",))
    assert main_pairs(replace(found, cases=(core,))) == {("ARD", "COR")}
    assert main_pairs(holdings()) == frozenset()


def test_rebels_are_a_side_of_their_own() -> None:
    rebels = Actor("ARDREBRIV", "River Front", kind="organisation")
    front = event("CONSULT", ARD, rebels, "2021-05-10", "met", meeting=Meeting(level="other", venue=None))
    assert state_of(front) == "active"


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                ("CONSULT", "met", "happened"),
                ("REJECT", "called off the talks", "happened"),
                ("AGREE", "failed to reach a deal", "negated"),
                ("AGREE", "agreed: the two signed a deal", "happened"),
                ("SANCTION", "withdrew from the treaty", "threatened"),
            ]
        ),
        st.dates(date(2020, 1, 1), date(2021, 12, 31)),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(EVENTS)
def test_every_month_has_one_row_with_evidence_whatever_the_order(
    told: list[tuple[tuple[str, str, str], date]],
) -> None:
    rows = [
        event(kind, ARD, BEL, day.isoformat(), f"{words} {number}", modality=modality)
        for number, ((kind, words, modality), day) in enumerate(told)
    ]
    found = months(holdings(*rows, as_of="2022-01-15"))
    assert found == months(holdings(*reversed(rows), as_of="2022-01-15"))
    starts = [row.month.start for row in found if row.month.start is not None]
    assert len(starts) == len(found)
    assert starts == sorted(set(starts))
    assert all(row.evidence and row.events for row in found)
    if found:
        assert starts[-1] == date(2022, 1, 1)
        assert len(starts) == (2022 - starts[0].year) * 12 + 1 - starts[0].month + 1


def test_a_report_of_uncertain_year_dates_no_month() -> None:
    one = told_on("May", met("2021-05-10", "Ardania and Belmark met in May"))
    found = holdings(one, as_of="2021-05-31")
    source = one.evidence[0].source
    sure = replace(found.reports[source], published=on("2021-05-20"))
    vague = replace(sure, published=DateInterval(date(2020, 6, 1), date(2021, 5, 31), "interval"))
    assert months(replace(found, reports={source: sure}))
    assert not months(replace(found, reports={source: vague}))


@pytest.mark.parametrize(
    "words",
    [
        "the envoy of Ardania was visiting Belmark",
        "Another round of talks between Ardania and Belmark opened",
        "the two sides talked through the night",
        "The ministers of Ardania, who met reporters later, and Belmark held a first session",
    ],
)
def test_a_contact_names_both_sides_or_means_them_together(words: str) -> None:
    assert state_of(met("2021-05-10", words)) == "active"


def test_no_events_no_rows() -> None:
    assert months(holdings()) == ()
