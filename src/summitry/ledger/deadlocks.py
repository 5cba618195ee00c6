"""Deadlocks of the talks: steps of several parties that wait for one another in a circle, and what would break it."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations
from typing import Final

import networkx as nx

from summitry.ledger.holdings import Holdings
from summitry.ledger.orders import orders_of
from summitry.ledger.rows import Deadlock
from summitry.ledger.steps import StepGraph, steps
from summitry.vocabulary import content_id

CODER: Final = "ledger:deadlocks"
MOST_EXACT: Final = 12
"""Steps up to which every set is tried (4,096 at most); in a larger tangle the busiest step is conceded first, and
the coder says so."""


def deadlocks(holdings: Holdings, graph: StepGraph | None = None) -> tuple[Deadlock, ...]:
    """The circles among the steps of a record, as known on the day of the holdings; the largest first.

    Steps that only wait "at the same time" have agreed on an exchange and are no deadlock. The confidence is that of
    the weakest wait, by its surest passage. ``graph`` are the steps, where they are known already.
    """
    graph = steps(holdings) if graph is None else graph
    found = [
        _deadlock(graph, frozenset(component), holdings)
        for component in nx.strongly_connected_components(graph.graph)
        if _stuck(graph, component)
    ]
    return tuple(sorted(found, key=lambda row: (-len(row.steps), row.id)))


def _deadlock(graph: StepGraph, component: frozenset[str], holdings: Holdings) -> Deadlock:
    inside = tuple(graph.step(node, component) for node in sorted(component))
    exact = len(component) <= MOST_EXACT
    broken = _smallest(graph, component) if exact else (_greedy(graph, component),)
    edges = graph.graph.subgraph(component).edges
    return Deadlock(
        id=content_id("dead", *sorted(component)),
        evidence=tuple(dict.fromkeys(one for step in inside for one in step.evidence)),
        coder=CODER if exact else f"{CODER} (greedy)",
        confidence=round(min(max(wait.confidence for wait in graph.waits[edge]) for edge in edges), 3),
        steps=inside,
        broken_by=broken,
        orders=orders_of(graph, component, holdings),
    )


def _stuck(graph: StepGraph, among: Collection[str]) -> bool:
    """Whether steps wait in a circle of which one wait at least is not "at the same time"."""
    part = graph.graph.subgraph(among)
    return any(
        not graph.simultaneous(edge)
        for component in nx.strongly_connected_components(part)
        if len(component) > 1
        for edge in part.subgraph(component).edges
    )


def _smallest(graph: StepGraph, component: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """All smallest sets of steps without which no circle is left: minimum feedback vertex sets."""
    nodes = sorted(component)
    for size in range(1, len(nodes)):
        sets = [chosen for chosen in combinations(nodes, size) if not _stuck(graph, component.difference(chosen))]
        if sets:
            return tuple(sets)
    return (tuple(nodes),)


def _greedy(graph: StepGraph, component: frozenset[str]) -> tuple[str, ...]:
    """A small set that breaks every circle: the step that stands in most waits, until none is left."""
    left, chosen = set(component), []
    while _stuck(graph, left):
        part = graph.graph.subgraph(left)
        busiest = min(sorted(left), key=lambda node: -part.in_degree(node) * part.out_degree(node))
        chosen.append(busiest)
        left.remove(busiest)
    return tuple(sorted(chosen))
