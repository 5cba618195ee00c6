"""Merging: one event told in several reports is one row; neighbouring events of one negotiation stay apart."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.reconcile.entry import Entry
from summitry.reconcile.features import Facts, Member, member_of
from summitry.reconcile.merge import merge, recount
from summitry.reconcile.store import MemoryStore
from summitry.vocabulary import (
    UNKNOWN_DATE,
    Actor,
    DateInterval,
    Event,
    Evidence,
    KnownEvent,
    Meeting,
    Modality,
    Span,
    content_id,
)

STATES = {"ARD": "Ardania", "BEL": "Belmark", "COR": "Corvia"}
COUNTRIES = {"geneva": "CHE", "switzerland": "CHE", "oslo": "NOR", "norway": "NOR", "vienna": "AUT"}


def day(text: str) -> DateInterval:
    first = date.fromisoformat(text)
    return DateInterval(first, first, "day")


def span(start: str, end: str) -> DateInterval:
    return DateInterval(date.fromisoformat(start), date.fromisoformat(end), "interval")


def month(text: str) -> DateInterval:
    first = date.fromisoformat(f"{text}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return DateInterval(first, last, "month")


def told(
    words: str,
    when: DateInterval = UNKNOWN_DATE,
    *,
    sides: tuple[str, str] = ("ARD", "BEL"),
    kind: str = "CONSULT",
    source: str = "src-1",
    place: str | None = None,
    level: str | None = None,
    modality: Modality = "happened",
    published: DateInterval = UNKNOWN_DATE,
    facts: Facts | None = None,
) -> Member:
    """One telling of an event."""
    left, right = ([Actor(c, STATES.get(c, c)) for c in side.split("+") if c] for side in sides)
    meeting = Meeting(level=level, venue=place) if level else None  # type: ignore[arg-type]
    evidence = Evidence(source, 0, len(words), words)
    event = Event(
        id=content_id("evt", source, words, kind, when, place, sides, modality),
        evidence=(evidence,),
        coder="hand",
        confidence=0.6,
        actors=tuple(left),
        recipients=tuple(right),
        type=kind,
        mode=None,
        cameo=None,
        quad="verbal cooperation",
        intensity=1.0,
        date=when,
        place=place,
        modality=modality,
        attributed_to=None,
        summary=words,
        trigger=Span(0, len(words.split()[0])),
        meeting=meeting,
    )
    return member_of(event, published, facts or Facts(countries=COUNTRIES))


def record(batches: Iterable[Sequence[Member]], copies: dict[str, str] | None = None) -> MemoryStore:
    store = MemoryStore()
    store.set_copies(copies or {})
    for batch in batches:
        change = merge(batch, store)
        store.add_members(batch)
        store.replace_entries(change.entries, change.removed)
    return store


def rows(*members: Member, copies: dict[str, str] | None = None) -> list[Entry]:
    return sorted(record([[m] for m in members], copies).entries.values(), key=lambda e: e.id)


def test_one_day_one_act() -> None:
    a = told("Ardania and Belmark met on 4 May.", day("2031-05-04"), source="src-1")
    b = told("Envoys of the two held talks.", day("2031-05-04"), source="src-2")
    (row,) = rows(a, b)
    assert row.event.reports == 2
    assert len(row.event.evidence) == 2


def test_copies_count_once() -> None:
    a = told("Ardania and Belmark met on 4 May.", day("2031-05-04"), source="src-1")
    b = told("Envoys of the two held talks.", day("2031-05-04"), source="src-2")
    c = told("The two sides sat down.", day("2031-05-04"), source="src-3")
    (row,) = rows(a, b, c, copies={"src-3": "src-1"})
    assert row.event.reports == 2
    assert len(row.event.evidence) == 3


def test_summit_named_five_ways_without_a_case() -> None:
    five = [
        told("They met in Geneva on 4 May.", day("2031-05-04"), place="Geneva", level="summit", source="src-1"),
        told("the Geneva summit", month("2031-05"), place="Geneva", level="summit", source="src-2"),
        told(
            "last month's summit in Switzerland", month("2031-05"), place="Switzerland", level="summit", source="src-3"
        ),
        told("the two-day talks of 4 and 5 May", span("2031-05-04", "2031-05-05"), level="summit", source="src-4"),
        told("the summit that failed in Geneva", place="Geneva", level="summit", source="src-5"),
    ]
    (row,) = rows(*five)
    assert row.event.reports == 5
    assert row.event.date == day("2031-05-04")


def test_summit_named_five_ways_with_a_case() -> None:
    fact = KnownEvent(
        "geneva", "Geneva summit", date(2031, 5, 4), date(2031, 5, 5), ("ARD", "BEL"),
        (("geneva", "summit"), ("geneva", "meeting"), ("second summit",)),
        "CONSULT", "Geneva"
    )  # fmt: skip
    facts = Facts((fact,), COUNTRIES)
    trigger = {"facts": facts, "level": "summit"}
    members = [
        told("Summit in Geneva", source="src-1", **trigger),  # type: ignore[arg-type]
        told("Second summit ended early", source="src-2", place="Geneva", **trigger),  # type: ignore[arg-type]
        told("their meeting in Geneva", month("2031-05"), source="src-3", place="Geneva", **trigger),  # type: ignore[arg-type]
    ]
    (row,) = rows(*members)
    assert (row.event.date.start, row.event.date.end) == (fact.start, fact.end)
    assert "Geneva summit" in row.event.date.basis


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (  # two tests a week apart
            told("fired a missile", day("2031-05-04"), sides=("ARD", ""), kind="MOBILIZE"),
            told("fired a missile", day("2031-05-11"), sides=("ARD", ""), kind="MOBILIZE", source="src-2"),
        ),
        (  # two days running: no meeting, so two acts
            told("fired a missile", day("2031-05-04"), sides=("ARD", ""), kind="MOBILIZE"),
            told("fired a missile", day("2031-05-05"), sides=("ARD", ""), kind="MOBILIZE", source="src-2"),
        ),
        (  # two summits in two places, dates unknown
            told("the Geneva summit", place="Geneva", level="summit"),
            told("the Oslo summit", place="Oslo", level="summit", source="src-2"),
        ),
        (  # a summit and the talks of officials on one day
            told("the leaders met", day("2031-05-04"), level="summit"),
            told("working-level talks", day("2031-05-04"), level="working level", source="src-2"),
        ),
        (  # held, and announced for later
            told("talks of 5 October", day("2031-10-05")),
            told("talks in November", month("2031-11"), modality="planned", source="src-2"),
        ),
        (  # accusations on different days
            told("blamed Belmark for the delay", day("2031-05-04"), kind="ACCUSE"),
            told("blamed Belmark for the delay", day("2031-05-09"), kind="ACCUSE", source="src-2"),
        ),
        (  # who accuses whom
            told("blamed Belmark for the delay", day("2031-05-04"), kind="ACCUSE"),
            told("blamed Ardania for it", day("2031-05-04"), kind="ACCUSE", sides=("BEL", "ARD"), source="src-2"),
        ),
        (  # two demands of one day
            told("demanded release of detained fishermen", day("2031-05-04"), kind="REQUEST"),
            told("demanded withdrawal of artillery from the island", day("2031-05-04"), kind="REQUEST"),
        ),
        (  # it took place; it did not
            told("they met", day("2031-05-04")),
            told("they did not meet", day("2031-05-04"), modality="negated", source="src-2"),
        ),
        (  # other sides
            told("they met", day("2031-05-04")),
            told("they met", day("2031-05-04"), sides=("ARD", "COR"), source="src-2"),
        ),
    ],
)  # fmt: skip
def test_neighbours_stay_apart(a: Member, b: Member) -> None:
    assert len(rows(a, b)) == 2


def test_a_plan_and_its_fulfilment_are_one_row_on_one_day_only() -> None:
    happened = told("They met on 5 October.", day("2031-10-05"))
    same = told("They will meet on 5 October.", day("2031-10-05"), modality="planned", source="src-2")
    vague = told("They will meet in October.", month("2031-10"), modality="planned", source="src-3")
    assert len(rows(happened, same)) == 1
    assert rows(happened, same)[0].event.modality == "happened"
    assert len(rows(happened, vague)) == 2


def test_a_summit_planned_and_held_on_overlapping_days_is_one_row() -> None:
    held = told("They met in Oslo.", span("2031-10-05", "2031-10-06"), level="summit")
    plan = told("They meet again.", day("2031-10-06"), level="summit", modality="planned", source="src-2")
    talks = told("They will talk.", day("2031-10-06"), level="working level", modality="planned", source="src-3")
    later = told(
        "They will meet.", span("2031-10-06", "2031-10-12"), level="summit", modality="planned", source="src-4"
    )
    assert len(rows(held, plan)) == 1
    assert len(rows(held, talks)) == 2
    assert len(rows(held, later)) == 2


def test_a_number_is_that_of_its_own_noun() -> None:
    first = told("summit in Oslo, their third meeting came later", day("2031-10-05"), level="summit")
    second = told("They held their second summit", day("2031-10-05"), level="summit")
    assert first.signature.ordinal == 0
    assert second.signature.ordinal == 2


def test_a_public_summit_has_its_level_whoever_is_near() -> None:
    summit = KnownEvent(
        id="oslo", name="Oslo summit", start=date(2031, 10, 5), end=date(2031, 10, 6), actors=("ARD", "BEL"),
        words=(("summit", "oslo"),), type="CONSULT", place="Oslo",
    )  # fmt: skip
    facts = Facts((summit,), COUNTRIES)
    one = told("summit in Oslo", day("2031-10-05"), level="summit", facts=facts)
    other = told("summit in Oslo, said the minister", day("2031-10-05"), level="ministerial", facts=facts)
    plan = told("summit in Oslo is due", UNKNOWN_DATE, modality="planned", source="src-2", facts=facts)
    assert len(rows(one, other, plan)) == 1


def test_a_doubtful_mention_joins_neither() -> None:
    first = told("They met in Geneva.", day("2031-05-04"), place="Geneva")
    second = told("They met in Geneva again.", day("2031-05-20"), place="Geneva")
    vague = told("last month's talks in Geneva", month("2031-05"), place="Geneva", source="src-3")
    assert len(rows(first, second, vague)) == 3


def test_no_chain_through_a_mention_that_leaves_a_side_out() -> None:
    first = told("Ardania met Belmark.", day("2031-05-04"))
    second = told("Ardania met Corvia.", day("2031-05-04"), sides=("ARD", "COR"))
    both = told("Ardania's envoy held talks.", day("2031-05-04"), sides=("ARD", ""), source="src-3")
    assert len(rows(first, second, both)) >= 2


def test_the_id_is_that_of_the_first_report_and_unrelated_rows_keep_theirs() -> None:
    early = told("They met.", day("2031-05-04"), source="src-9", published=day("2031-05-04"))
    late = told("They held talks.", day("2031-05-04"), source="src-1", published=day("2031-05-06"))
    other = told("They met again.", day("2031-07-04"), source="src-2", published=day("2031-07-05"))
    assert {row.id for row in rows(early, late, other)} == {early.id, other.id}


def test_same_sentence_without_a_date_is_one_event_in_two_copies() -> None:
    words = "Ardania has blamed Belmark for the failure of the talks over the river dam."
    a = told(words, kind="ACCUSE", source="src-1")
    b = told(words, kind="ACCUSE", source="src-2")
    (row,) = rows(a, b, copies={"src-2": "src-1"})
    assert row.event.reports == 1


_MEMBERS = st.builds(
    lambda n, d, width, sides, place, level, kind, modality: told(
        f"telling {n} of an act that has enough words to be a sentence of its own",
        DateInterval(date(2031, 5, 1) + timedelta(days=d), date(2031, 5, 1) + timedelta(days=d + width), "interval")
        if width >= 0
        else UNKNOWN_DATE,
        sides=sides,
        kind=kind,
        place=place,
        level=level,
        modality=modality,
        source=f"src-{n}",
    ),
    st.integers(0, 12),
    st.integers(0, 6),
    st.sampled_from([0, 0, 0, 1, 3, 20, -1]),
    st.sampled_from([("ARD", "BEL"), ("ARD", ""), ("ARD", "COR"), ("ARD", "BEL+COR")]),
    st.sampled_from([None, None, "Geneva", "Oslo", "Switzerland"]),
    st.sampled_from([None, None, "summit", "working level"]),
    st.sampled_from(["CONSULT", "CONSULT", "CONSULT", "AGREE", "ACCUSE"]),
    st.sampled_from(["happened", "happened", "happened", "planned"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_MEMBERS, max_size=14, unique_by=lambda m: m.id), st.integers(0, 2**32))
def test_the_order_of_reports_does_not_matter(members: list[Member], seed: int) -> None:
    shuffled = list(members)
    random.Random(seed).shuffle(shuffled)
    one_by_one = record([m] for m in members).entries
    assert one_by_one == record([m] for m in shuffled).entries
    assert one_by_one == record([members]).entries
    assert sorted(m for e in one_by_one.values() for m in e.members) == sorted(m.id for m in members)


@settings(max_examples=20, deadline=None)
@given(st.lists(_MEMBERS, max_size=10, unique_by=lambda m: m.id))
def test_adding_again_changes_nothing(members: list[Member]) -> None:
    store = record([m] for m in members)
    before = dict(store.entries)
    change = merge(members, store)
    store.replace_entries(change.entries, change.removed)
    assert store.entries == before


@settings(max_examples=40, deadline=None)
@given(st.lists(_MEMBERS, max_size=12, unique_by=lambda m: m.id), st.data())
def test_taking_out_is_as_if_never_added(members: list[Member], data: st.DataObject) -> None:
    gone = data.draw(st.lists(st.sampled_from(members), unique_by=lambda m: m.id)) if members else []
    store = record([m] for m in members)
    change = merge([], store, gone)
    store.remove_members(gone)
    store.replace_entries(change.entries, change.removed)
    assert store.entries == record([m] for m in members if m not in gone).entries


def test_recount_when_a_report_turns_out_a_copy() -> None:
    a = told("Ardania and Belmark met on 4 May.", day("2031-05-04"), source="src-1")
    b = told("Envoys of the two held talks.", day("2031-05-04"), source="src-2")
    store = record([[a], [b]])
    store.set_copies({"src-2": "src-1"})
    change = recount(list(store.entries), store)
    assert [entry.event.reports for entry in change.entries] == [1]
    assert change.removed == ()


def test_evidence_of_every_telling_is_kept_once() -> None:
    a = told("They met.", day("2031-05-04"))
    again = replace(a, source="src-1")
    (row,) = rows(a, again)
    assert len(row.event.evidence) == 1


def test_a_month_alone_joins_nothing() -> None:
    test = told("Ardania fired a rocket.", day("2031-05-04"), sides=("ARD", ""), kind="MOBILIZE")
    vague = told("two rocket tests last month", month("2031-05"), sides=("ARD", ""), kind="MOBILIZE", source="src-2")
    assert len(rows(test, vague)) == 2


def test_a_demand_of_last_month_finds_its_day_by_its_matter() -> None:
    exact = told("demanded release of detained fishermen", day("2031-05-04"), kind="REQUEST")
    vague = told(
        "last month's demand for the release of its fishermen", month("2031-05"), kind="REQUEST", source="src-2"
    )
    other = told("last month's demand for withdrawal of artillery", month("2031-05"), kind="REQUEST", source="src-3")
    assert sorted(len(row.members) for row in rows(exact, vague, other)) == [1, 2]
