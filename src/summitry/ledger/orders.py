"""In which orders the steps of a deadlock could go, as the parties' own words allow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import networkx as nx

from summitry.ledger.holdings import Holdings
from summitry.ledger.matters import stem
from summitry.ledger.rows import Order, OrderKind
from summitry.ledger.sides import side
from summitry.ledger.steps import StepGraph
from summitry.vocabulary import Evidence

_WORD: Final = re.compile(
    r"\b(?:(?P<phased>phased|in phases|phase[- ]by[- ]phase|step[- ]by[- ]step|stage[- ]by[- ]stage|in stages|"
    r"incremental\w*|gradual\w*|piecemeal|small(?:er)? deals?|interim deal|action[- ]for[- ]action)|simultaneous\w*|"
    r"at the same time|in parallel|in tandem|concurrent\w*|synchroni\w+|all at once|in one go|package deal|"
    r"grand bargain|all[- ]or[- ]nothing|(?:a|the|one|its)\s+[\"“‘']?big deal)\b",
    re.IGNORECASE,
)
"""Words that tell an order: the phased ones, the others all at once."""
_DENIED: Final = re.compile(r"\b(?:not|no|never|without|against|neither)\b|n['’]t\b", re.IGNORECASE)
_FOR: Final = frozenset("demand offer precondition concession promise accept condition support".split())
"""Kinds of moves and positions by which a party wants what their words say."""
_GENERAL: Final = frozenset(
    stem(word)
    for word in "approach process talks negotiation deal sequence method way formula roadmap dialogue".split()
)
_TOKEN: Final = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class _Told:
    """A row that tells an order: whose, in which words."""

    party: str
    evidence: tuple[Evidence, ...]


def orders_of(graph: StepGraph, component: frozenset[str], holdings: Holdings) -> tuple[Order, ...]:
    """The orders that a party of a deadlock has proposed: all at once, phased, one side first.

    The steps of a round go at the same time. In a phased order each party has one step a round, and where there is but
    one round its steps go by parts. "One side first" follows a wait that says so ("only after"): the other's steps come
    first, and by its own words the party's steps then can.
    """
    parties = {graph.parties[node] for node in component}
    about = _stems(graph.step(node, component).step for node in component) | {
        root for node in component for root in graph.matters[node][1:]
    }
    found: list[Order] = []
    told = _told(holdings, parties, about)
    if told["all at once"]:
        found.append(_order("all at once", (tuple(sorted(component)),), told["all at once"]))
    if told["phased"]:
        found.append(_order("phased", _phases(graph, component), told["phased"]))
    return (*found, *_one_sided(graph, component))


def _order(kind: OrderKind, rounds: tuple[tuple[str, ...], ...], told: Sequence[_Told]) -> Order:
    return Order(
        kind=kind,
        rounds=rounds,
        proposed_by=tuple(sorted({one.party for one in told})),
        evidence=tuple(dict.fromkeys(passage for one in told for passage in one.evidence)),
    )


def _told(holdings: Holdings, parties: set[str], about: set[str]) -> Mapping[OrderKind, list[_Told]]:
    """What the parties of a deadlock say of the order, by kind."""
    found: dict[OrderKind, list[_Told]] = {"all at once": [], "phased": []}
    for party, words, evidence in _rows(holdings):
        if party not in parties:
            continue
        told = list(_WORD.finditer(words))
        if not told or _DENIED.search(words[: told[0].start()]) or not _stems((words,)) & (about | _GENERAL):
            continue
        # "Phased and simultaneous" is one order: in phases, each of them at once.
        kind: OrderKind = "phased" if any(one["phased"] for one in told) else "all at once"
        found[kind].append(_Told(party, evidence))
    return found


def _rows(holdings: Holdings) -> Iterator[tuple[str, str, tuple[Evidence, ...]]]:
    """Party, words and passages of every row that wants something."""
    for move in holdings.moves:
        if move.kind in _FOR:
            words = " ; ".join(part for part in (move.give, move.get, move.condition) if part)
            yield side(move.proposer), words, move.evidence
    for position in holdings.positions:
        if position.stance in _FOR:
            yield side(position.party), f"{position.summary} ; {position.condition or ''}", position.evidence


def _stems(texts: Iterator[str] | Sequence[str]) -> set[str]:
    return {stem(token) for text in texts for token in _TOKEN.findall(text)}


def _phases(graph: StepGraph, component: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """One step of each party a round, those first that wait for the fewest others."""
    queues: dict[str, list[str]] = {}
    for node in sorted(component, key=lambda n: (len(set(graph.graph.successors(n)) & component), n)):
        queues.setdefault(graph.parties[node], []).append(node)
    longest = max(len(queue) for queue in queues.values())
    return tuple(
        tuple(sorted(queue[number] for queue in queues.values() if number < len(queue))) for number in range(longest)
    )


def _one_sided(graph: StepGraph, component: frozenset[str]) -> Iterator[Order]:
    """For each party that others wait for by their word: its steps without waiting, then the rest in their order."""
    inside = graph.graph.subgraph(component)
    parties = {graph.parties[node] for node in component}
    for first in sorted(parties):
        told = [
            _Told(wait.party, wait.evidence)
            for tail, head in sorted(inside.edges)
            if graph.parties[head] == first and not graph.simultaneous((tail, head))
            for wait in graph.waits[tail, head]
            if wait.bond == "after"
        ]
        told += [
            _Told(asker, evidence)
            for asker, node, evidence in graph.firsts
            if node in component and graph.parties[node] == first and asker in parties
        ]
        if not told:
            continue
        waits: nx.DiGraph[str] = nx.DiGraph()
        waits.add_nodes_from(component)
        # What is done comes before what waits for it; the first side's own waits are dropped.
        waits.add_edges_from((head, tail) for tail, head in inside.edges if graph.parties[tail] != first)
        if nx.is_directed_acyclic_graph(waits):
            rounds = tuple(tuple(sorted(layer)) for layer in nx.topological_generations(waits))
            yield _order("one side first", rounds, told)
