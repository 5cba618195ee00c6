"""Who deals with whom, as GraphML: parties and people, and between them what they did and what they told each other.

Edges are directed, from who acts or speaks to whom it is done or told; one edge for each pair and kind of dealing.
Every attribute has a type, so that Gephi, Cytoscape and igraph offer weights as numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from statistics import fmean
from typing import TYPE_CHECKING, BinaryIO

import networkx as nx

from summitry.export.paper import plain
from summitry.export.people import naming

if TYPE_CHECKING:
    from summitry.export.types import Selection
    from summitry.record import Record
    from summitry.vocabulary import Actor, Event, Row, Statement

_HAPPENED = "happened"


@dataclass(slots=True)
class _Dealing:
    """What went from one to the other, as it is counted."""

    days: list[date] = field(default_factory=list)
    intensities: list[float] = field(default_factory=list)
    quads: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    rows: dict[str, None] = field(default_factory=dict)
    statements: int = 0

    def add(self, row: Row, day: date | None) -> None:
        self.rows[row.id] = None
        if day is not None:
            self.days.append(day)


def write_graphml(record: Record, selection: Selection, out: BinaryIO) -> None:
    """Write the network of a selection: events that happened, and statements with an addressee.

    Raises:
        UsageError: a filter is off.
    """
    named = naming(record, selection)
    graph = _graph(record.timeline(**selection.asked), record.statements(**selection.asked), named)
    # Keys get ids of their own: one of nodes and one of edges may have the same name.
    nx.write_graphml(graph, out, encoding="utf-8", prettyprint=True)


def _graph(
    events: Iterable[Event], statements: Iterable[Statement], named: Callable[[Actor], str]
) -> nx.MultiDiGraph[str]:
    actors: dict[str, Actor] = {}
    rows: dict[str, _Dealing] = defaultdict(_Dealing)
    dealings: dict[tuple[str, str, str], _Dealing] = defaultdict(_Dealing)

    def key_of(actor: Actor) -> str:
        # A state is one node by its code. Many people and offices share a code: each is a node by its name.
        name = plain(named(actor)) or "unknown"
        key = actor.code if actor.kind == "state" and actor.code else name
        actors.setdefault(key, replace(actor, name=name))
        return key

    for event in events:
        if event.modality != _HAPPENED:
            continue
        for one, other in _pairs(event):
            pair = key_of(one), key_of(other)
            if pair[0] == pair[1]:
                continue
            found = dealings[(*pair, "event")]
            found.add(event, event.date.start)
            found.intensities.append(event.intensity)
            found.quads[event.quad] += 1
            for key in pair:
                rows[key].add(event, event.date.start)
    for statement in statements:
        # An unnamed speaker is nobody to draw: the words are the party's.
        speaker = statement.speaker
        if speaker is None or speaker.anonymous:
            speaker = statement.party or speaker
        if speaker is None:
            continue
        key = key_of(speaker)
        rows[key].add(statement, statement.said.start)
        rows[key].statements += 1
        if statement.addressee is not None and (to := key_of(statement.addressee)) != key:
            dealings[(key, to, "statement")].add(statement, statement.said.start)
    return _drawn(actors, rows, dealings)


def _pairs(event: Event) -> Iterator[tuple[Actor, Actor]]:
    """Who acts towards whom; of a meeting without recipients each with each."""
    if event.recipients:
        yield from ((one, other) for one in event.actors for other in event.recipients)
    else:
        actors = event.actors
        yield from ((one, other) for at, one in enumerate(actors) for other in actors[at + 1 :])


def _drawn(
    actors: dict[str, Actor], rows: dict[str, _Dealing], dealings: dict[tuple[str, str, str], _Dealing]
) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for key, actor in sorted(actors.items()):
        told = rows[key]
        graph.add_node(
            plain(key), label=plain(actor.name), code=plain(actor.code or ""),
            party=plain(actor.state or actor.code or ""), kind=actor.kind, rows=len(told.rows),
            statements=told.statements, **_days(told),
        )  # fmt: skip
    for (one, other, kind), dealing in sorted(dealings.items()):
        graph.add_edge(
            plain(one), plain(other), key=f"{plain(one)} {kind} {plain(other)}", kind=kind, weight=len(dealing.rows),
            **({"intensity": round(fmean(dealing.intensities), 3)} if dealing.intensities else {}),
            **{name.replace(" ", "_"): dealing.quads.get(name, 0) for name in _QUADS},
            **_days(dealing), ids=" ".join(dealing.rows),
        )  # fmt: skip
    return graph


_QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


def _days(dealing: _Dealing) -> dict[str, str]:
    """The first and last day, ISO 8601; empty where none is known."""
    if not dealing.days:
        return {"first": "", "last": ""}
    return {"first": min(dealing.days).isoformat(), "last": max(dealing.days).isoformat()}
