"""Commitments of a record: merged, their status by events alone, claims beside it; rows made by hand."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.casebook import ArticleEntry, Case, InstrumentEntry
from summitry.ledger.commitments import kept, standing_now
from summitry.ledger.compliance import STATUS_RULES, TYPE_RULES
from summitry.ledger.holdings import Holdings, Report
from summitry.vocabulary import (
    UNKNOWN_DATE,
    Actor,
    Commitment,
    DateInterval,
    Event,
    Evidence,
    Meeting,
    MeetingLevel,
    Modality,
    Span,
    Statement,
)

NOR, CHL, PER = Actor("NOR", "Norway"), Actor("CHL", "Chile"), Actor("PER", "Peru")
ACCORD = InstrumentEntry(
    id="lake-accord",
    name="Lake Accord",
    date=date(2017, 5, 4),
    parties=("NOR", "CHL"),
    names=("Oslo joint declaration",),
    articles=(
        ArticleEntry(
            "1",
            "Chile frees the fishermen",
            ("CHL",),
            ("NOR",),
            words=(("fishermen",),),
            kept=("RETREAT",),
            broken=("COERCE",),
        ),
        ArticleEntry("2", "Both open the border", ("NOR", "CHL"), words=(("border",),), kept=("COOPERATE",)),
    ),
)
CASE = Case("lake", "Lake talks", ("NOR", "CHL"), instruments=(ACCORD,))
MADE = DateInterval(date(2017, 5, 4), date(2017, 5, 4), "day")


def day(month: int, number: int = 1, year: int = 2018) -> DateInterval:
    when = date(year, month, number)
    return DateInterval(when, when, "day")


def evidence(words: str, source: str) -> tuple[Evidence, ...]:
    return (Evidence(source, 0, len(words), words),)


def commitment(
    words: str,
    obligor: Actor = CHL,
    beneficiary: Actor | None = NOR,
    *,
    instrument: str = "Lake Accord",
    made: DateInterval = MADE,
    source: str = "src-1",
) -> Commitment:
    return Commitment(
        id=f"com-{source}-{obligor.code}-{words}",
        evidence=evidence(f"{obligor.name} agreed to {words}", source),
        coder="test",
        confidence=0.8,
        instrument=instrument,
        obligor=obligor,
        beneficiary=beneficiary,
        text=words,
        status=None,
        as_of=None,
        made=made,
    )


def event(
    words: str,
    type_: str,
    when: DateInterval,
    actors: tuple[Actor, ...] = (CHL,),
    recipients: tuple[Actor, ...] = (NOR,),
    *,
    modality: Modality = "happened",
) -> Event:
    return Event(
        id=f"ev-{type_}-{when.start}-{words[:20]}",
        evidence=evidence(words, f"src-{when.start}"),
        coder="test",
        confidence=0.7,
        actors=actors,
        recipients=recipients,
        type=type_,
        mode=None,
        cameo=None,
        quad="verbal cooperation",
        intensity=1.0,
        date=when,
        place=None,
        modality=modality,
        attributed_to=None,
        summary=words,
        trigger=Span(0, 1),
    )


def statement(words: str, party: Actor, when: DateInterval) -> Statement:
    return Statement(
        id=f"st-{when.start}-{party.code}",
        evidence=evidence(words, f"src-st-{when.start}"),
        coder="test",
        confidence=0.9,
        speaker=party,
        party=party,
        addressee=None,
        said=when,
        quote_type="indirect",
        words=words,
        cue="said",
        on_record="on",
        vehicle=None,
        speech_act="state",
        authority="ministry",
        source_span=None,
        cue_span=None,
        content_spans=(Span(0, len(words)),),
    )


def holdings(
    *rows: Commitment, events: tuple[Event, ...] = (), statements: tuple[Statement, ...] = (), as_of: date | None = None
) -> Holdings:
    sources = {row.evidence[0].source for row in (*rows, *events, *statements)}
    return Holdings(
        as_of=as_of,
        reports={source: Report(source, "Daily", day(12, 1, 2019)) for source in sources},
        statements=statements,
        events=events,
        commitments=rows,
        cases=(CASE,),
    )


def statuses(found: Holdings) -> list[int | None]:
    return [row.status for row in kept(found)]


FREE = "free the fishermen"


def test_without_events_there_is_no_public_evidence() -> None:
    (row,) = kept(holdings(commitment(FREE)))
    assert (row.status, row.as_of, row.events, row.revises) == (None, date(2017, 5, 4), (), None)


def test_a_first_act_is_minimal_and_a_completed_one_full() -> None:
    first = event("Chile released ten of the fishermen", "RETREAT", day(2))
    last = event("Chile completed the release of the fishermen", "RETREAT", day(6))
    rows = kept(holdings(commitment(FREE), events=(last, first)))
    assert [(row.status, row.as_of) for row in rows] == [
        (None, date(2017, 5, 4)),
        (1, date(2018, 2, 1)),
        (3, date(2018, 6, 1)),
    ]
    assert [row.revises for row in rows[1:]] == [row.id for row in rows[:-1]]
    assert rows[1].events == (first.id,)
    assert [one.exact for one in rows[1].evidence] == ["Chile agreed to free the fishermen", first.evidence[0].exact]


def test_acts_on_three_days_are_intermediate() -> None:
    acts = tuple(event("Chile released some fishermen", "RETREAT", day(month)) for month in (2, 3, 4, 5))
    rows = kept(holdings(commitment(FREE), events=acts))
    assert [row.status for row in rows] == [None, 1, 2]
    assert rows[-1].events == tuple(one.id for one in acts[:3])


def test_a_breach_lowers_what_was_reached() -> None:
    broke = event("Chile seized the fishermen again", "COERCE", day(7))
    assert statuses(holdings(commitment(FREE), events=(broke,))) == [None, 0]
    done = event("Chile completed the release of the fishermen", "RETREAT", day(6))
    assert statuses(holdings(commitment(FREE), events=(broke, done))) == [None, 3, 1]


def test_leaving_an_instrument_lowers_all_under_it() -> None:
    left = event("Chile withdrew from the Oslo joint declaration", "REJECT", day(8))
    rows = kept(holdings(commitment(FREE), commitment("open the border"), events=(left,)))
    assert sorted((row.text, row.status) for row in standing_now(rows)) == [(FREE, 0), ("open the border", 0)]


@pytest.mark.parametrize(
    "told",
    [
        event("Chile released ten of the fishermen", "RETREAT", day(2, 1, 2016)),
        event("Chile released ten of the fishermen", "RETREAT", UNKNOWN_DATE),
        event("Chile pledged to release the fishermen", "RETREAT", day(2)),
        event("Chile released two hikers", "RETREAT", day(2)),
        event("Chile praised the fishermen", "SUPPORT", day(2)),
        event("Norway released ten fishermen", "RETREAT", day(2), (NOR,), (CHL,)),
        event("Chile may release the fishermen", "RETREAT", day(2), modality="planned"),
    ],
)
def test_what_is_no_evidence(told: Event) -> None:
    assert statuses(holdings(commitment(FREE), events=(told,))) == [None]


def test_resuming_talks_is_kept_by_the_talks_that_are_resumed() -> None:
    own = "agreement of Chile and Norway, 2018-06-30"
    rows = (
        commitment("resume negotiations", CHL, NOR, instrument=own, made=day(6, 30)),
        commitment("resume negotiations", NOR, CHL, instrument=own, made=day(6, 30)),
    )
    talks = event("Negotiators of Norway and Chile resumed the stalled talks", "CONSULT", day(10, 5), (NOR, CHL), ())
    others = event("Norway and Peru resumed their talks", "CONSULT", day(9), (NOR, PER), ())
    found = kept(holdings(*rows, events=(others, talks)))
    assert [(row.obligor.code, row.status, row.as_of) for row in standing_now(found)] == [
        ("CHL", 3, date(2018, 10, 5)),
        ("NOR", 3, date(2018, 10, 5)),
    ]


MEETS = "meet the president of Norway"
OWN = "agreement of Chile and Norway, 2018-06-30"


def meeting(words: str, when: DateInterval, level: MeetingLevel = "summit") -> Event:
    return replace(event(words, "CONSULT", when, (NOR, CHL), ()), meeting=Meeting(level=level, venue=None))


@pytest.mark.parametrize(
    ("told", "status"),
    [
        (meeting("The presidents of Chile and Norway met", day(8)), 3),
        (meeting("The foreign ministers of Chile and Norway met", day(8), "ministerial"), None),
        (meeting("An envoy of Chile met the president of Norway", day(8)), None),
        (meeting("Chile and Peru met to speak of the sea", day(8)), None),
        (meeting("The presidents of Chile and Norway met in 2015", day(8)), None),
        (meeting("Chile met Norway in advance of a summit", day(8)), None),
    ],
)
def test_only_the_meeting_that_was_agreed_keeps_it(told: Event, status: int | None) -> None:
    row = commitment(MEETS, CHL, NOR, instrument=OWN, made=day(6, 30))
    assert standing_now(kept(holdings(row, events=(told,))))[0].status == status


@pytest.mark.parametrize(("month", "status"), [(7, 3), (9, None)])
def test_talks_of_next_week_are_not_those_of_autumn(month: int, status: int | None) -> None:
    row = commitment("hold talks with Norway next week", CHL, NOR, instrument=OWN, made=day(6, 30))
    told = meeting("Chile and Norway held talks", day(month, 5), "working level")
    assert standing_now(kept(holdings(row, events=(told,))))[0].status == status


@pytest.mark.parametrize(
    ("told", "status"),
    [
        (event("Chile refused to dismantle its missile program", "REJECT", day(9)), 0),
        (event("Chile rejected the demand to dismantle its missile program", "REJECT", day(9)), None),
        (event("Chile refused to talk of its missile program", "REJECT", day(9)), None),
        (event("Chile dismantled a missile depot", "RETREAT", day(9)), None),
        (event("Chile dismantled a third of its missile program", "RETREAT", day(9)), 1),
        (event("Chile dismantled a third of its missile program", "RETREAT", day(9, 1, 2024)), None),
        (replace(event("Chile dismantled a third of its missile program", "RETREAT", day(9)), attributed_to=CHL), None),
        (event("The decision to dismantle the missile program", "RETREAT", day(9)), None),
    ],
)
def test_the_deed_itself_not_another_or_what_is_said_of_it(told: Event, status: int | None) -> None:
    row = commitment("dismantle its missile program", instrument="pledge by Chile", made=day(3))
    assert standing_now(kept(holdings(row, events=(told,))))[0].status == status


@pytest.mark.parametrize(
    "words",
    ["Chile supports withdrawal from the Oslo joint declaration", "Chile is abandoning the Lake Accord next year"],
)
def test_leaving_that_is_only_wished_lowers_nothing(words: str) -> None:
    assert statuses(holdings(commitment(FREE), events=(event(words, "REJECT", day(8)),))) == [None]


def test_an_act_of_the_month_in_which_it_was_made_may_have_come_before() -> None:
    row = commitment("hold talks with Norway", CHL, NOR, instrument=OWN, made=day(6, 12))
    june = DateInterval(date(2018, 6, 1), date(2018, 6, 30), "month")
    assert statuses(holdings(row, events=(meeting("Chile and Norway held talks", june, "working level"),))) == [None]


def test_what_a_reviewer_set_stands() -> None:
    broke = event("Chile seized the fishermen again", "COERCE", day(7))
    praise = statement("Chile has fully implemented the Lake Accord", CHL, day(5))
    by_hand = replace(commitment(FREE), coder="review:ann", status=3, as_of=date(2018, 6, 1))
    rows = kept(holdings(by_hand, events=(broke,), statements=(praise,)))
    assert [(row.status, row.claimed) for row in rows] == [(3, None), (3, 3)]
    assert rows[0].coder.startswith("review:ann")
    both = replace(by_hand, claimed=0, claimed_by=NOR)
    (row,) = kept(holdings(both, events=(broke,), statements=(praise,)))
    assert (row.status, row.claimed, row.claimed_by) == (3, 0, NOR)
    # A changed word alone leaves the status to the events; one of another report is kept too.
    worded = replace(commitment(FREE), coder="review:ann")
    assert statuses(holdings(worded, events=(broke,))) == [None, 0]
    other = replace(by_hand, id="com-later", evidence=evidence("Chile freed all fishermen", "src-9"))
    assert statuses(holdings(commitment(FREE), other, events=(broke,))) == [3]


def test_reports_of_one_article_are_one_commitment() -> None:
    early = commitment(FREE, source="src-1")
    late = commitment("release all jailed fishermen", source="src-2")
    (row,) = kept(holdings(late, early))
    assert row.id == min(early.id, late.id)  # both came out on one day
    assert {one.source for one in row.evidence} == {"src-1", "src-2"}


def test_another_matter_or_party_stays_apart() -> None:
    own = "pledge by Chile"
    rows = (
        commitment("lift the tariffs on salmon", instrument=own, made=UNKNOWN_DATE),
        commitment("ease the tariffs on salmon", instrument=own, made=UNKNOWN_DATE, source="src-2"),
        commitment("lift the ban on timber", instrument=own, made=UNKNOWN_DATE),
        commitment("lift the tariffs on salmon", PER, CHL, instrument=own, made=UNKNOWN_DATE),
    )
    assert sorted(len(row.evidence) for row in kept(holdings(*rows))) == [1, 1, 2]


def test_pledges_of_other_years_stay_apart() -> None:
    rows = (
        commitment("lift the tariffs on salmon", instrument="pledge by Chile", made=day(3)),
        commitment("lift the tariffs on salmon", instrument="pledge by Chile", made=day(3, 1, 2019), source="src-2"),
    )
    assert len(kept(holdings(*rows))) == 2


def test_a_claim_is_no_evidence() -> None:
    blame = statement("Chile violated the Lake Accord on the fishermen", NOR, day(4))
    praise = statement("Chile has fully implemented the Lake Accord", CHL, day(5))
    rows = kept(holdings(commitment(FREE), statements=(blame, praise)))
    assert [row.status for row in rows] == [None, None, None]
    assert [(row.claimed, row.claimed_by.code if row.claimed_by else None) for row in rows[1:]] == [
        (0, "NOR"),
        (3, "CHL"),
    ]
    assert rows[1].evidence[-1] == blame.evidence[0]


@pytest.mark.parametrize(
    "words",
    [
        "If Chile violates the Lake Accord, we will leave",
        "Chile must not be violating the Lake Accord",
        "we hope that Chile will have fully implemented the Lake Accord",
        "Peru violated the Lake Accord",
        "Chile violated the rules of the road",
    ],
)
def test_what_claims_nothing(words: str) -> None:
    assert len(kept(holdings(commitment(FREE), statements=(statement(words, NOR, day(4)),)))) == 1


def test_an_event_after_the_day_asked_for_is_not_known() -> None:
    late = event("Chile completed the release of the fishermen", "RETREAT", day(6))
    assert statuses(holdings(commitment(FREE), events=(late,), as_of=date(2018, 5, 1))) == [None]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["Chile released fishermen", "Chile completed the release of fishermen", "Chile seized fishermen"]
        ),
        st.sampled_from(["RETREAT", "COERCE", "REJECT"]),
        st.integers(0, 400),
    ),
    max_size=6,
)


@settings(max_examples=40, deadline=None)
@given(acts=ACTS)
def test_nothing_disappears_and_order_does_not_matter(acts: list[tuple[str, str, int]]) -> None:
    events = tuple(
        event(words, type_, DateInterval(when, when, "day"))
        for words, type_, days in dict.fromkeys(acts)
        if (when := date(2018, 1, 1) + timedelta(days))
    )
    rows = kept(holdings(commitment(FREE), events=events))
    assert rows == kept(holdings(commitment(FREE), events=events[::-1]))
    assert [row.revises for row in rows] == [None, *(row.id for row in rows[:-1])]
    assert len({row.id for row in rows}) == len(rows)
    assert len(standing_now(rows)) == 1
    days = [row.as_of for row in rows if row.as_of is not None]
    assert days == sorted(days)
    assert all(a.status != b.status for a, b in itertools.pairwise(rows))


def test_the_docs_have_the_rules_of_the_code() -> None:
    text = (Path(__file__).parents[1] / "docs" / "commitments.md").read_text(encoding="utf-8")
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in text.splitlines() if line[:1] == "|"]
    rows = [row for row in rows if not re.fullmatch("-+", row[0])]
    assert rows[1 : 1 + len(STATUS_RULES)] == list(STATUS_RULES)
    assert rows[2 + len(STATUS_RULES) :] == [
        (", ".join(rule.words.split()) or "all others", ", ".join(rule.kept), ", ".join(rule.broken) or "none")
        for rule in TYPE_RULES
    ]
