"""Merging: the events of one more report go into the record.

1. blocking: the new events' keys fetch the record's events that could be the same;
2. closure: sharp events (dated to :data:`~summitry.reconcile.features.SHARP_DAYS` days) that match one another are
   followed until none is missing; they are one neighbourhood of the record, a few days wide;
3. clustering: that neighbourhood is clustered again from the reports' own events;
4. joining: events of a wide or unknown date join the one row that fits clearly best, or stay apart;
5. the rows that changed are made anew.

Every step is a function of the set of events and none of their order, so the record of a set of reports is the same in
whatever order they came, and one more report costs what its neighbourhoods hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summitry.reconcile.cluster import best_row, cluster, matches, wide_group
from summitry.reconcile.entry import Entry, fuse
from summitry.reconcile.features import Facts, Member, Signature, anchor_keys, day_keys, member_of
from summitry.reconcile.store import EventStore
from summitry.vocabulary import Reading


@dataclass(frozen=True, slots=True)
class Change:
    """What one report changes: rows to write (new or with the same id as before) and ids of rows that are no more."""

    entries: tuple[Entry, ...]
    removed: tuple[str, ...]


def members_of(reading: Reading, facts: Facts | None = None) -> tuple[Member, ...]:
    """The events of a reading with what comparing needs. ``facts``: public facts of its cases, places of the world."""
    return tuple(member_of(event, reading.article.published, facts) for event in reading.events)


Row = tuple[Signature, ...]
Home = tuple[str, object]


class _Neighbourhood:
    """The part of the record that new events touch, fetched as it is needed. Lives for one call."""

    def __init__(self, store: EventStore, new: Sequence[Member]) -> None:
        self._store = store
        self._fetched: set[str] = set()
        self._by_key: dict[str, list[Member]] = {}
        self.members: dict[str, Member] = {}
        self._new = {member.id: member for member in new}
        self._index: dict[str, set[str]] = {}
        for member in new:
            self._keep(member)

    def _keep(self, member: Member) -> None:
        if member.id not in self.members:
            self.members[member.id] = member
            for key in day_keys(member.signature) | anchor_keys(member.signature):
                self._index.setdefault(key, set()).add(member.id)

    def holding(self, keys: Iterable[str]) -> dict[Signature, None]:
        """Signatures of members, new or old, that hold one of the keys."""
        wanted = sorted(set(keys))
        fresh = [key for key in wanted if key not in self._fetched]
        if fresh:
            self._fetched.update(fresh)
            for member in self._store.holding(fresh):
                # What is being added again under the same id is the new one.
                self._keep(self._new.get(member.id, member))
        found = {member for key in wanted for member in self._index.get(key, ())}
        return dict.fromkeys(sorted({self.members[member].signature for member in found}))

    def keep_all(self, members: Iterable[Member]) -> None:
        """Take in members fetched by other means."""
        for member in members:
            self._keep(self._new.get(member.id, member))


def _closure(start: Iterable[Signature], near: _Neighbourhood) -> set[Signature]:
    """All sharp signatures that are tied to ``start`` by matches."""
    reached = {signature for signature in start if signature.sharp}
    frontier = sorted(reached)
    while frontier:
        signature = frontier.pop()
        for other in near.holding(day_keys(signature)):
            if other.sharp and other not in reached and matches(signature, other):
                reached.add(other)
                frontier.append(other)
    return reached


class _Placement:
    """Where each event of the neighbourhood belongs. Lives for one call."""

    def __init__(self, near: _Neighbourhood) -> None:
        self._near = near
        self._rows: dict[Signature, Row] = {}
        self.home: dict[Signature, Home] = {}

    def place(self, signature: Signature) -> None:
        """Find the home of an event; and of all that share a row or a group with it."""
        if signature in self.home:
            return
        if signature.sharp:
            row = self._row(signature)
            self.home.update((each, ("row", row)) for each in row)
            return
        candidates = self._near.holding(anchor_keys(signature))
        self._find_rows([each for each in candidates if each.sharp])
        options = sorted({self._rows[each] for each in candidates if each.sharp})
        best = best_row(signature, options)
        if best is not None:
            self.home[signature] = ("row", options[best])
            self.home.update((each, ("row", options[best])) for each in options[best])
            return
        group = wide_group(signature)
        self.home[signature] = ("wide", group)
        for each in candidates:
            if not each.sharp and wide_group(each) == group:
                self.place(each)

    def _row(self, signature: Signature) -> Row:
        self._find_rows([signature])
        return self._rows[signature]

    def _find_rows(self, start: Iterable[Signature]) -> None:
        """Cluster the closures of sharp signatures that have no row yet."""
        missing = [each for each in start if each not in self._rows]
        if missing:
            for row in cluster(_closure(missing, self._near)):
                self._rows.update((each, row) for each in row)


def merge(new: Sequence[Member], store: EventStore) -> Change:
    """What adding a report's events changes in the record. ``new`` need not be stored yet; the store is only read.

    Cost: the neighbourhoods touched (days and sides of the new events), not the record.
    """
    near = _Neighbourhood(store, new)
    placement = _Placement(near)
    for member in new:
        placement.place(member.signature)
    touched = _closure((member.signature for member in new), near)
    for signature in sorted(touched):
        placement.place(signature)
        for each in near.holding(anchor_keys(signature)):
            if not each.sharp:
                placement.place(each)
    # Rows that gain or lose a member are made anew from all their members, until no further row is touched.
    old: set[str] = set()
    while True:
        placed = sorted(each.id for each in near.members.values() if each.signature in placement.home)
        fresh = set(store.entry_of(placed).values()) - old
        if not fresh:
            break
        old |= fresh
        companions = list(store.of_entries(sorted(fresh)))
        near.keep_all(companions)
        for member in sorted(companions, key=lambda each: each.id):
            placement.place(near.members[member.id].signature)
    groups: dict[Home, list[Member]] = {}
    for member in near.members.values():
        if member.signature in placement.home:
            groups.setdefault(placement.home[member.signature], []).append(member)
    originals = store.originals(sorted({member.source for group in groups.values() for member in group}))
    entries = sorted((fuse(group, originals) for group in groups.values()), key=lambda entry: entry.id)
    kept = {entry.id for entry in entries}
    return Change(tuple(entries), tuple(sorted(old - kept)))
