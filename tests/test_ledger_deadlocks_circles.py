"""From moves and positions to steps, circles, what breaks them and in which orders they could go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.casebook import Case, IssueEntry
from summitry.ledger import Deadlock, Holdings, Report
from summitry.ledger.deadlocks import MOST_EXACT, deadlocks
from summitry.ledger.steps import steps, waiting
from summitry.vocabulary import (
    UNKNOWN_DATE,
    Actor,
    DateInterval,
    Evidence,
    Move,
    MoveKind,
    Position,
    Stance,
    StepOrder,
    content_id,
)

KEN, UGA, TZA = Actor("KEN", "Kenya"), Actor("UGA", "Uganda"), Actor("TZA", "Tanzania")


def on(day: str) -> DateInterval:
    return DateInterval(date.fromisoformat(day), date.fromisoformat(day), "day")


def move(
    kind: MoveKind,
    proposer: Actor,
    give: str | None = None,
    get: str | None = None,
    condition: str | None = None,
    *,
    to: Actor | None = None,
    sequence: StepOrder | None = None,
    when: str | None = None,
    confidence: float = 0.7,
) -> Move:
    exact = f"{proposer.name} {kind} {give or ''} {get or ''} {condition or ''}"
    return Move(
        id=content_id("mov", exact, when),
        evidence=(Evidence("src-1", 0, len(exact), exact),),
        coder="test",
        confidence=confidence,
        kind=kind,
        proposer=proposer,
        addressee=to,
        issue=None,
        give=give,
        get=get,
        condition=condition,
        sequence=sequence,
        status=None,
        responds_to=None,
        date=on(when) if when else UNKNOWN_DATE,
    )


def position(stance: Stance, party: Actor, summary: str, when: str | None = None) -> Position:
    exact = f"{party.name} {stance} {summary}"
    return Position(
        id=content_id("pos", exact),
        evidence=(Evidence("src-1", 0, len(exact), exact),),
        coder="test",
        confidence=0.6,
        party=party,
        issue="border",
        stance=stance,
        summary=summary,
        condition=None,
        attributed_by="reporter",
        held=on(when) if when else UNKNOWN_DATE,
    )


def held(*moves: Move, positions: tuple[Position, ...] = (), cases: tuple[Case, ...] = ()) -> Holdings:
    report = Report("src-1", "The Lake Example", on("2030-05-01"))
    return Holdings(reports={"src-1": report}, moves=moves, positions=positions, cases=cases)


BORDER = move("precondition", KEN, "reopen the border", "Uganda returns the prisoners",
              "until Uganda returns the prisoners", sequence="after", when="2030-03-01")  # fmt: skip
PRISONERS = move("refusal", UGA, "return the prisoners", None, "unless Kenya reopens the border",
                 sequence="after", when="2030-04-01", confidence=0.5)  # fmt: skip


def only(holdings: Holdings) -> Deadlock:
    (row,) = deadlocks(holdings)
    return row


def told(row: Deadlock) -> list[tuple[str | None, str]]:
    return sorted((step.party.code, step.step) for step in row.steps)


def test_two_conditions_that_wait_for_each_other_are_a_deadlock() -> None:
    row = only(held(BORDER, PRISONERS))
    assert told(row) == [("KEN", "reopen the border"), ("UGA", "return the prisoners")]
    ids = {step.party.code: step.id for step in row.steps}
    assert {step.party.code: step.waits_for for step in row.steps} == {"KEN": (ids["UGA"],), "UGA": (ids["KEN"],)}
    assert sorted(row.broken_by) == sorted([(ids["KEN"],), (ids["UGA"],)])
    assert row.confidence == 0.5
    assert set(row.evidence) == {*BORDER.evidence, *PRISONERS.evidence}
    assert row.coder == "ledger:deadlocks"


def test_each_side_is_asked_to_go_first_by_the_other() -> None:
    row = only(held(BORDER, PRISONERS))
    ids = {step.party.code: step.id for step in row.steps}
    assert {(order.kind, order.rounds, order.proposed_by) for order in row.orders} == {
        ("one side first", ((ids["UGA"],), (ids["KEN"],)), ("KEN",)),
        ("one side first", ((ids["KEN"],), (ids["UGA"],)), ("UGA",)),
    }


def test_an_order_is_there_only_where_a_party_of_the_deadlock_proposed_it() -> None:
    together = position("demand", UGA, "a simultaneous return of prisoners and reopening of the border")
    others = position("demand", TZA, "a phased return of the prisoners")
    against = position("reject", KEN, "a phased return of the prisoners")
    row = only(held(BORDER, PRISONERS, positions=(together, others, against)))
    found = {order.kind: order for order in row.orders}
    assert set(found) == {"one side first", "all at once"}
    assert found["all at once"].proposed_by == ("UGA",)
    assert found["all at once"].evidence == together.evidence
    assert len(found["all at once"].rounds) == 1
    phased = only(held(BORDER, PRISONERS, positions=(replace(against, stance="demand"),)))
    assert {order.kind for order in phased.orders} == {"one side first", "phased"}


def test_phased_and_simultaneous_is_phased() -> None:
    words = "a phased and simultaneous return of prisoners and reopening of the border"
    row = only(held(BORDER, PRISONERS, positions=(position("demand", UGA, words),)))
    assert {order.kind for order in row.orders} == {"one side first", "phased"}


def test_a_demand_that_a_step_come_first_asks_for_that_order() -> None:
    one = move("demand", KEN, "the reopening of the border", "Uganda to return the prisoners")
    other = move("demand", UGA, "the return of the prisoners", "the reopening of the border", to=KEN)
    first = move("precondition", KEN, None, "that Uganda return the prisoners first", sequence="after")
    row = only(held(one, other, first))
    ids = {step.party.code: step.id for step in row.steps}
    (order,) = row.orders
    assert (order.kind, order.rounds) == ("one side first", ((ids["UGA"],), (ids["KEN"],)))
    assert order.proposed_by == ("KEN",)
    assert order.evidence == first.evidence


def test_one_condition_alone_is_open_and_no_deadlock() -> None:
    assert deadlocks(held(BORDER)) == ()
    first, second = waiting(held(BORDER))
    assert {first.party.code, second.party.code} == {"KEN", "UGA"}
    (waits,) = [step for step in (first, second) if step.waits_for]
    assert (waits.party.code, waits.bonds) == ("KEN", ("after",))


def test_steps_at_the_same_time_are_an_agreed_exchange() -> None:
    agreed = move("offer", KEN, "reopen the border", "the return of the prisoners", to=UGA, sequence="simultaneous")
    graph = steps(held(agreed))
    assert graph.graph.number_of_edges() == 2
    assert all(graph.simultaneous(edge) for edge in graph.graph.edges)
    assert deadlocks(held(agreed)) == ()
    # Where the other insists that it comes first, the same two steps are stuck.
    assert len(deadlocks(held(agreed, PRISONERS))) == 1


def test_an_exchange_that_each_side_wants_the_other_to_begin_is_a_deadlock() -> None:
    one = move("demand", KEN, "the reopening of the border", "Uganda to return the prisoners")
    other = move("demand", UGA, "the return of the prisoners", "the reopening of the border", to=KEN)
    row = only(held(one, other))
    assert {step.bonds for step in row.steps} == {("exchange",)}
    assert row.orders == ()


def test_a_condition_counts_until_its_party_gives_the_step_without_terms() -> None:
    given = move("concession", KEN, "reopen the border", when="2030-05-01")
    assert deadlocks(held(BORDER, PRISONERS, given)) == ()
    before = move("concession", KEN, "reopen the border", when="2030-02-01")
    assert len(deadlocks(held(BORDER, PRISONERS, before))) == 1
    undated = move("concession", KEN, "reopen the border")
    assert len(deadlocks(held(BORDER, PRISONERS, undated))) == 1
    less = move("concession", KEN, "reopen the schools", when="2030-05-01")
    assert len(deadlocks(held(BORDER, PRISONERS, less))) == 1


def test_a_move_that_was_withdrawn_keeps_nothing_waiting() -> None:
    assert deadlocks(held(BORDER, replace(PRISONERS, status="withdrawn"))) == ()


def test_a_position_that_another_took_the_place_of_keeps_nothing_waiting() -> None:
    stand = replace(
        position("reject", UGA, "return the prisoners", "2030-04-01"), condition="unless Kenya reopens the border"
    )
    assert len(deadlocks(held(BORDER, positions=(stand,)))) == 1
    assert deadlocks(held(BORDER, positions=(replace(stand, until=on("2030-04-20")),))) == ()


def test_a_case_makes_one_step_of_different_words() -> None:
    trawlers = move("refusal", UGA, "recall the trawlers", None, "unless Kenya reopens the border")
    fleet = move("refusal", KEN, "reopen the border", None, "until Uganda gives up its fishing fleet")
    assert deadlocks(held(trawlers, fleet)) == ()
    issue = IssueEntry("fleet", "The fleet", words=("fishing fleet", "trawler"))
    case = Case("lake", "Lake talks", ("KEN", "UGA"), issues=(issue,))
    assert len(only(held(trawlers, fleet, cases=(case,))).steps) == 2


def test_who_is_meant_is_told_by_the_other_passages_or_not_at_all() -> None:
    passive = move("refusal", UGA, "return the prisoners", None, "until the border is reopened")
    assert deadlocks(held(passive)) == ()
    assert waiting(held(passive)) == ()
    assert len(deadlocks(held(passive, BORDER))) == 1


def test_three_parties_in_a_circle() -> None:
    third = move("refusal", TZA, "ship the fuel", None, "until Kenya reopens the border")
    row = only(
        held(
            BORDER,
            move("refusal", UGA, "return the prisoners", None, "until Tanzania ships the fuel"),
            third,
        )
    )
    assert len(row.steps) == 3
    assert len(row.broken_by) == 3


def test_of_no_rows_there_is_nothing() -> None:
    assert deadlocks(Holdings()) == ()
    assert waiting(Holdings()) == ()


THINGS = tuple("bridge ferry harbour tunnel quarry canal orchard stadium mill pier dam lighthouse museum depot".split())


def web(edges: set[tuple[int, int]]) -> Holdings:
    """Steps numbered: the even ones Kenya's, the odd ones Uganda's; each waits as the edges say."""
    sides = (KEN, UGA)
    return held(
        *(
            move(
                "refusal",
                sides[tail % 2],
                f"reopen the {THINGS[tail]}",
                None,
                f"until {sides[head % 2].name} reopens the {THINGS[head]}",
            )
            for tail, head in sorted(edges)
        )
    )


@settings(max_examples=40, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda e: (e[0] + e[1]) % 2 == 1), max_size=14))
def test_the_smallest_sets_are_those_of_a_brute_force_search(edges: set[tuple[int, int]]) -> None:
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_edges_from(edges)
    stuck = [part for part in nx.strongly_connected_components(graph) if len(part) > 1]
    rows = deadlocks(web(edges))
    assert sorted(len(row.steps) for row in rows) == sorted(len(part) for part in stuck)
    for row in rows:
        names = {step.id: THINGS.index(step.step.rsplit(" ", 1)[1]) for step in row.steps}
        part = set(names.values())
        size, sets = _oracle(graph, part)
        assert {len(chosen) for chosen in row.broken_by} == {size}
        assert {frozenset(names[one] for one in chosen) for chosen in row.broken_by} == sets


def _oracle(graph: nx.DiGraph[int], part: set[int]) -> tuple[int, set[frozenset[int]]]:
    for size in range(1, len(part) + 1):
        found = {
            frozenset(chosen)
            for chosen in combinations(part, size)
            if nx.is_directed_acyclic_graph(graph.subgraph(part - set(chosen)))
        }
        if found:
            return size, found
    raise AssertionError


@pytest.mark.parametrize("shuffled", [False, True])
def test_a_large_tangle_is_broken_greedily_and_says_so(shuffled: bool) -> None:
    edges = {(n, (n + 1) % 14) for n in range(14)} | {((n + 1) % 14, n) for n in range(14)}
    holdings = web(edges)
    if shuffled:
        holdings = replace(holdings, moves=holdings.moves[::-1])
    row = only(holdings)
    assert len(row.steps) == 14 > MOST_EXACT
    assert row.coder == "ledger:deadlocks (greedy)"
    (chosen,) = row.broken_by
    graph = nx.DiGraph([(step.id, other) for step in row.steps for other in step.waits_for])
    graph.remove_nodes_from(chosen)
    assert nx.is_directed_acyclic_graph(graph)


def test_the_order_of_rows_does_not_matter() -> None:
    rows = (BORDER, PRISONERS, move("refusal", TZA, "ship the fuel", None, "until Kenya reopens the border"))
    assert deadlocks(held(*rows)) == deadlocks(held(*rows[::-1]))
    assert waiting(held(*rows)) == waiting(held(*rows[::-1]))
