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

from summitry.reconcile.cluster import best_row, cluster, joins, matches
from summitry.reconcile.entry import Entry, fuse
from summitry.reconcile.features import (
    Facts,
    Member,
    Signature,
    day_keys,
    member_of,
    own_key,
    sharp_keys,
    wide_keys,
)
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
Home = tuple[str, Row]


class _Neighbourhood:
    """The part of the record that new events touch, fetched as it is needed. Lives for one call."""

    def __init__(self, store: EventStore, new: Sequence[Member], gone: frozenset[str]) -> None:
        self._store = store
        self._gone = gone
        self._fetched: set[str] = set()
        self._by_key: dict[str, list[Member]] = {}
        self.members: dict[str, Member] = {}
        self._new = {member.id: member for member in new}
        self._index: dict[str, set[Signature]] = {}
        self._signatures: set[Signature] = set()
        for member in new:
            self._keep(member)

    def _keep(self, member: Member) -> None:
        if member.id not in self.members and member.id not in self._gone:
            self.members[member.id] = member
            if member.signature not in self._signatures:
                self._signatures.add(member.signature)
                for key in member.keys:
                    self._index.setdefault(key, set()).add(member.signature)

    def holding(self, keys: Iterable[str]) -> list[Signature]:
        """Signatures of members, new or old, that hold one of the keys, sorted."""
        wanted = sorted(set(keys))
        fresh = [key for key in wanted if key not in self._fetched]
        if fresh:
            self._fetched.update(fresh)
            for member in self._store.holding(fresh):
                # What is being added again under the same id is the new one.
                self._keep(self._new.get(member.id, member))
        return sorted({each for key in wanted for each in self._index.get(key, ())})

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
        self._near.holding([own_key(signature)])  # all that must share its home
        fitting = [each for each in self._near.holding(sharp_keys(signature)) if joins(signature, each)]
        self._find_rows(fitting)
        options = sorted({self._rows[each] for each in fitting})
        best = best_row(signature, options)
        if best is not None:
            self.home[signature] = ("row", options[best])
            self.home.update((each, ("row", options[best])) for each in options[best])
            return
        # Events of a wide date that join no row are one row among themselves when nothing tells them apart.
        self.home[signature] = ("wide", (signature,))

    def _row(self, signature: Signature) -> Row:
        self._find_rows([signature])
        return self._rows[signature]

    def _find_rows(self, start: Iterable[Signature]) -> None:
        """Cluster the closures of sharp signatures that have no row yet."""
        missing = [each for each in start if each not in self._rows]
        if missing:
            for row in cluster(_closure(missing, self._near)):
                self._rows.update((each, row) for each in row)


def merge(new: Sequence[Member], store: EventStore, gone: Sequence[Member] = ()) -> Change:
    """What adding a report's events changes in the record; ``gone`` are members that the record no longer has.

    A report that is read again, say because its date became known, is its old events gone and its new ones new. The
    store is only read: it may or may not hold ``new`` yet, and may still hold ``gone``. An id in both is new.

    Cost: the neighbourhoods touched (days and sides of the events), not the record.
    """
    fresh = {member.id for member in new}
    left = [member for member in gone if member.id not in fresh]
    near = _Neighbourhood(store, new, frozenset(member.id for member in left))
    placement = _Placement(near)
    old = set(store.entry_of(sorted(member.id for member in (*new, *left))).values())
    near.keep_all(store.of_entries(sorted(old)))
    for signature in sorted(_touched((*new, *left), near)):
        placement.place(signature)
    # Rows that gain or lose a member are made anew from all their members, until no further row is touched.
    settled: set[str] = set()
    while True:
        placed = sorted(each.id for each in near.members.values() if each.signature in placement.home)
        old |= set(store.entry_of(placed).values())
        if old == settled:
            break
        companions = list(store.of_entries(sorted(old - settled)))
        settled = set(old)
        near.keep_all(companions)
        for member in sorted(companions, key=lambda each: each.id):
            if member.id in near.members:
                placement.place(near.members[member.id].signature)
    groups: dict[Home, list[Member]] = {}
    for member in near.members.values():
        if member.signature in placement.home:
            groups.setdefault(placement.home[member.signature], []).append(member)
    return _change(groups.values(), old, store)


def recount(entries: Iterable[str], store: EventStore) -> Change:
    """The same rows made anew, for when reports became copies of others: who is counted changed, no row did."""
    ids = sorted(set(entries))
    home = {member.id: member for member in store.of_entries(ids)}
    groups: dict[str, list[Member]] = {}
    for member, entry in store.entry_of(sorted(home)).items():
        groups.setdefault(entry, []).append(home[member])
    return _change(groups.values(), set(ids), store)


def _touched(changed: Iterable[Member], near: _Neighbourhood) -> set[Signature]:
    """Signatures whose row may be another than before: the changed ones, what matches them, and wide ones in reach."""
    changed = list(changed)
    starts = {member.signature for member in changed if member.id in near.members}
    for member in changed:
        # Of one that is gone, the neighbours it held together.
        starts.update(each for each in near.holding(day_keys(member.signature)) if matches(member.signature, each))
    touched = starts | _closure(starts, near)
    reached: set[Signature] = set()
    for each in touched | {member.signature for member in changed}:
        if each.sharp:
            reached.update(wide for wide in near.holding(wide_keys(each)) if joins(wide, each))
    return touched | reached


def _change(groups: Iterable[list[Member]], old: set[str], store: EventStore) -> Change:
    made = list(groups)
    originals = store.originals(sorted({member.source for group in made for member in group}))
    entries = sorted((fuse(group, originals) for group in made), key=lambda entry: entry.id)
    kept = {entry.id for entry in entries}
    return Change(tuple(entries), tuple(sorted(old - kept)))
