"""The steps of the parties as a directed graph: an edge leads from a step to one that it waits for.

Only steps that somebody named are in it. What each row says is read in :mod:`summitry.ledger.waits`; which steps are
the same is told in :mod:`summitry.ledger.matters`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import networkx as nx

from summitry.ledger.holdings import Holdings
from summitry.ledger.matters import Issues, Matter, clustered, plain_matter
from summitry.ledger.naming import Roster, roster_of
from summitry.ledger.rows import Bond, Step
from summitry.ledger.sides import side
from summitry.ledger.waits import Deed, Reading, Stand, Wait, stand_of
from summitry.vocabulary import Evidence, Move, Position, content_id

_OVER: Final = frozenset({"accepted", "withdrawn", "superseded", "met", "fulfilled"})
"""States of a move in which it keeps nothing waiting."""
_MAJORITY: Final = 2 / 3
"""Share of the passages that name who does a thing from which one that does not is taken to mean the same party."""


_Given = Mapping[tuple[str, Matter], Mapping[frozenset[str], date]]


@dataclass(frozen=True, slots=True)
class StepGraph:
    """Steps and what they wait for.

    ``graph`` has the ids of steps as nodes; an edge from a step to one that it waits for. ``waits`` are, by edge, the
    waits that make it, the latest first; ``parties`` the code of each step's party, ``matters`` what it is about.
    ``backwards`` are edges that only the other side's word "at the same time" makes. ``firsts`` are demands that a step
    be done first: the code of who demands it, the id of the step, the passages.
    """

    graph: nx.DiGraph[str]
    waits: Mapping[tuple[str, str], tuple[Wait, ...]]
    parties: Mapping[str, str]
    matters: Mapping[str, Matter]
    backwards: frozenset[tuple[str, str]]
    firsts: tuple[tuple[str, str, tuple[Evidence, ...]], ...]
    roster: Roster

    def simultaneous(self, edge: tuple[str, str]) -> bool:
        """Whether an edge is told as "at the same time" alone: such steps wait for each other by agreement."""
        return self.bond(edge) == "simultaneous"

    def bond(self, edge: tuple[str, str]) -> Bond:
        """How the step an edge leads from waits: by the strictest of the words that make it."""
        bonds: tuple[Bond, ...] = ("after", "exchange")
        if edge in self.backwards:
            return "simultaneous"
        return next((bond for bond in bonds if any(w.bond == bond for w in self.waits[edge])), "simultaneous")

    def step(self, node: str, within: Collection[str] | None = None) -> Step:
        """A step as a row shows it, with what it waits for; ``within`` leaves out all but the steps given.

        Its words are those of its own party's latest wait, or, where it waits for none, of the latest that asks for it.
        """
        kept = self.graph if within is None else within
        targets = sorted(other for other in self.graph.successors(node) if other in kept)
        waits = [wait for other in targets for wait in self.waits[node, other]]
        words = [
            (wait, wait.needed if (node, other) in self.backwards else wait.own)
            for other in targets
            for wait in self.waits[node, other]
        ]
        if not waits:
            asked = [(other, node) for other in sorted(self.graph.predecessors(node)) if other in kept]
            waits = [wait for edge in asked for wait in self.waits[edge]]
            words = [(w, w.own if edge in self.backwards else w.needed) for edge in asked for w in self.waits[edge]]
        label = _label(words)
        return Step(
            id=node,
            party=self.roster.actor(self.parties[node]),
            step=label.label,
            ended=label.ended,
            waits_for=tuple(targets),
            evidence=tuple(dict.fromkeys(one for wait in sorted(waits, key=_latest_first) for one in wait.evidence)),
            rows=tuple(dict.fromkeys(wait.row for wait in waits)),
            bonds=tuple(self.bond((node, other)) for other in targets),
        )


def steps(holdings: Holdings) -> StepGraph:
    """The graph of all steps that wait for another party's step, as known on the day of the holdings.

    A condition counts until its party gave it up: by a later position in its place, or by a later offer or agreement of
    the same step without terms.
    """
    return _Building(holdings).graph()


def waiting(holdings: Holdings) -> tuple[Step, ...]:
    """All steps that wait or are waited for, the latest told first: those that wait are the open conditions."""
    graph = steps(holdings)
    latest = {
        node: max(
            (
                w.day
                for edge in (*graph.graph.out_edges(node), *graph.graph.in_edges(node))
                for w in graph.waits[edge]
                if w.day
            ),
            default=date.min,
        )
        for node in graph.graph
    }
    order = sorted(graph.graph, key=lambda node: (-latest[node].toordinal(), node))
    return tuple(graph.step(node) for node in order)


class _Building:
    """One building of the graph: waits read, doers settled, steps that are the same made one."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._roster = roster_of(holdings.cases)
        self._issues = Issues(holdings.cases)
        self._reading = Reading(self._roster, self._concerned())
        self._known: dict[tuple[str, frozenset[str]], Matter | None] = {}
        self._clusters: dict[frozenset[str], Matter] = {}

    def _concerned(self) -> frozenset[str]:
        """The codes of all parties of the record."""
        held = self._holdings
        return frozenset(
            {code for case in held.cases for code in case.principals}
            | {side(actor) for move in held.moves for actor in (move.proposer, move.addressee) if actor is not None}
            | {side(position.party) for position in held.positions}
        )

    def graph(self) -> StepGraph:
        stands = [stand_of(row, *self._day(row)) for row in self._rows()]
        waits = [wait for stand in stands for wait in self._reading.waits(stand)]
        ends = self._ends(stands, {wait.party for wait in waits})
        firsts = [(stand, deed) for stand in stands if (deed := self._reading.first(stand)) is not None]
        self._cluster(
            [deed for wait in waits for deed in (wait.own, wait.needed)], [deed for _, deed in (*ends, *firsts)]
        )
        waits = self._settled(waits)
        given = self._given(ends, waits)
        return self._made([wait for wait in waits if not self._is_over(wait, given)], firsts)

    def _rows(self) -> Iterator[Move | Position]:
        today = self._holdings.today
        for move in self._holdings.moves:
            if move.status not in _OVER:
                yield move
        for position in self._holdings.positions:
            until = position.until.start or position.until.end if position.until is not None else None
            if until is None or (today is not None and until > today):
                yield position

    def _day(self, row: Move | Position) -> tuple[date | None, bool]:
        """The day of a row, and whether it is told rather than that of its report."""
        when = row.date if isinstance(row, Move) else row.held
        return self._holdings.day_of(when, row.evidence[0].source), (when.start or when.end) is not None

    def _ends(self, stands: Sequence[Stand], parties: set[str]) -> list[tuple[Stand, Deed]]:
        """What parties that wait offered or agreed to without terms, on a day that is told: it may end a wait.

        A day that is not told is no later than another: reports retell what was agreed long ago.
        """
        return [
            (stand, self._reading.own(stand))
            for stand in stands
            if stand.yields and stand.dated and stand.party in parties
        ]

    def _cluster(self, deeds: Iterable[Deed], rest: Iterable[Deed]) -> None:
        """Sort the words of all deeds into matters; ``rest`` join those that there are."""
        counts: Counter[frozenset[str]] = Counter()
        for deed in deeds:
            counts[deed.core.key] += 1
        for deed in rest:
            counts.setdefault(deed.core.key, 0)
        counts.pop(frozenset(), None)
        self._clusters = clustered(counts)

    def _matter(self, deed: Deed, parties: frozenset[str]) -> Matter | None:
        """What a deed is about between two parties; None where its words do not tell."""
        key = (deed.words, parties)
        if key not in self._known:
            core = deed.core
            self._known[key] = plain_matter(core) or self._issues.of(core, parties) or self._clusters.get(core.key)
        return self._known[key]

    def _settled(self, waits: Sequence[Wait]) -> list[Wait]:
        """Waits with a doer for each needed step: where its words tell none, whom the record names for the matter."""
        told: dict[tuple[str, Matter], Counter[str]] = defaultdict(Counter)
        for wait in waits:
            for doer in wait.needed.doers:
                pair = frozenset((wait.party, doer))
                if (matter := self._matter(wait.needed, pair)) is not None:
                    told[wait.party, matter][doer] += 1
                if (matter := self._matter(wait.own, pair)) is not None:
                    told[doer, matter][wait.party] += 1
        found = []
        for wait in waits:
            if wait.needed.doers:
                found.append(wait)
                continue
            matter = self._matter(wait.needed, frozenset((wait.party,)))
            names = told.get((wait.party, matter)) if matter is not None else None
            if names is not None:
                doer, count = min(names.items(), key=lambda pair: (-pair[1], pair[0]))
                if count >= _MAJORITY * names.total():
                    found.append(replace(wait, needed=replace(wait.needed, doers=(doer,))))
        return found

    def _given(self, ends: Sequence[tuple[Stand, Deed]], waits: Sequence[Wait]) -> _Given:
        """By party and matter, what a party offered or agreed to without terms, and when."""
        others: dict[str, set[str]] = defaultdict(set)
        for wait in waits:
            others[wait.party].update(wait.needed.doers)
        given: dict[tuple[str, Matter], dict[frozenset[str], date]] = defaultdict(dict)
        for stand, deed in ends:
            for other in sorted(others[stand.party]):
                matter = self._matter(deed, frozenset((stand.party, other)))
                if matter is not None and stand.day is not None:
                    days = given[stand.party, matter]
                    days[deed.core.key] = max(days.get(deed.core.key, stand.day), stand.day)
        return given

    def _is_over(self, wait: Wait, given: _Given) -> bool:
        """Whether a party later gave without terms all that it had made wait: nothing less will do."""
        if wait.day is None:
            return False
        for doer in wait.needed.doers:
            matter = self._matter(wait.own, frozenset((wait.party, doer)))
            days = given.get((wait.party, matter), {}) if matter is not None else {}
            if any(day > wait.day and stems >= wait.own.core.key for stems, day in days.items()):
                return True
        return False

    def _asked_first(self, firsts: Iterable[tuple[Stand, Deed]]) -> Iterator[tuple[str, str, tuple[Evidence, ...]]]:
        for stand, deed in firsts:
            for doer in deed.doers:
                matter = self._matter(deed, frozenset((stand.party, doer)))
                if matter is not None:
                    yield stand.party, content_id("step", doer, *matter), stand.evidence

    def _made(self, waits: Iterable[Wait], firsts: Iterable[tuple[Stand, Deed]]) -> StepGraph:
        edges: dict[tuple[str, str], list[Wait]] = defaultdict(list)
        parties: dict[str, str] = {}
        matters: dict[str, Matter] = {}
        for wait in waits:
            for doer in wait.needed.doers:
                pair = frozenset((wait.party, doer))
                own, needed = self._matter(wait.own, pair), self._matter(wait.needed, pair)
                if own is None or needed is None:
                    continue
                ends = []
                for code, matter in ((wait.party, own), (doer, needed)):
                    node = content_id("step", code, *matter)
                    parties[node], matters[node] = code, matter
                    ends.append(node)
                edges[ends[0], ends[1]].append(wait)
        backwards = set()
        for (tail, head), made in list(edges.items()):
            together = [wait for wait in made if wait.bond == "simultaneous"]
            if together and (head, tail) not in edges:
                edges[head, tail] = together
                backwards.add((head, tail))
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(sorted(parties))
        graph.add_edges_from(sorted(edges))
        return StepGraph(
            graph=graph,
            waits={edge: tuple(sorted(made, key=_latest_first)) for edge, made in edges.items()},
            parties=parties,
            matters=matters,
            backwards=frozenset(backwards),
            firsts=tuple(each for each in self._asked_first(firsts) if each[1] in parties),
            roster=self._roster,
        )


def _latest_first(wait: Wait) -> tuple[int, float, str]:
    return (-(wait.day or date.min).toordinal(), -wait.confidence, wait.row)


def _label(told: Sequence[tuple[Wait, Deed]]) -> Deed:
    """The deed whose words stand for a step: one that names it rather than tells that it can be; of these the latest,
    the surest, the shortest."""
    return min(
        told,
        key=lambda pair: (
            _TELLS.search(pair[1].label) is not None or " " not in pair[1].label,
            *_latest_first(pair[0])[:2],
            len(pair[1].label),
            pair[1].label,
        ),
    )[1]


_TELLS: Final = re.compile(
    r"^(?:it|he|she|they|we)\b|\b(?:can|could|may|might|would|will|should|must|is|are|was|were|be|been|being|has|have|had)\b",
    re.IGNORECASE,
)
"""Words of a sentence about a step: "sanctions can be lifted" reads worse than "lifting sanctions". So does a bare
"sanctions"."""
