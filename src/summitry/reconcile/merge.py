"""Merging: the events of one more report go into the record.

1. blocking: the keys of the new events fetch the signatures of the record that could be the same;
2. closure: sharp ones (dated to :data:`~summitry.reconcile.signatures.SHARP_DAYS` days) that match one another are
   followed until none is missing; they are one neighbourhood of the record, a few days wide;
3. clustering: that neighbourhood is clustered again;
4. joining: signatures of a wide or unknown date join the one row that fits clearly best, or stay apart;
5. the rows that gained or lost a telling are made anew from the reports' own events; no other row is touched.

Where an event belongs follows from its signature alone, so all tellings of one signature are in one row.

Every step is a function of the set of events and none of their order, so the record of a set of reports is the same in
whatever order they came, and one more report costs what its neighbourhoods hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from summitry.reconcile.cluster import best_row, cluster, joins, matches
from summitry.reconcile.entry import Entry, fuse
from summitry.reconcile.features import Facts, Member, member_of
from summitry.reconcile.signatures import Signature, day_keys, sharp_keys, stored_keys, wide_keys
from summitry.reconcile.store import EventStore
from summitry.vocabulary import Reading


@dataclass(frozen=True, slots=True)
class Change:
    """What reports change: rows to write (new or with the same id as before) and ids of rows that are no more."""

    entries: tuple[Entry, ...]
    removed: tuple[str, ...]


def members_of(reading: Reading, facts: Facts | None = None) -> tuple[Member, ...]:
    """The events of a reading with what comparing needs. ``facts``: public facts of its cases, places of the world."""
    return tuple(member_of(event, reading.article.published, facts) for event in reading.events)


Row = tuple[Signature, ...]
Home = tuple[str, Row]


class _Neighbourhood:
    """The part of the record that new events touch, fetched as it is needed. Lives for one call."""

    def __init__(self, store: EventStore, new: Iterable[Signature], dead: frozenset[Signature]) -> None:
        self._store = store
        self._dead = dead
        self._index: dict[str, set[Signature]] = {}
        for signature in new:
            for key in stored_keys(signature):
                self._index.setdefault(key, set()).add(signature)

    def holding(self, keys: Iterable[str]) -> set[Signature]:
        """Signatures, new or old, that are stored by one of the keys."""
        wanted = set(keys)
        found = set(self._store.holding(wanted)) - self._dead if wanted else set()
        for key in wanted & self._index.keys():
            found |= self._index[key]
        return found

    def of_entries(self, entries: Iterable[str]) -> set[Signature]:
        """The signatures of old rows."""
        rows = self._store.signatures_of(sorted(entries))
        return {signature for row in rows.values() for signature in row} - self._dead


@dataclass(frozen=True, slots=True)
class _Tellings:
    """The tellings of signatures as they will be: those that the record has, without ``going``, and those that come."""

    store: EventStore
    coming: Mapping[str, Member]
    going: frozenset[str]

    def of(self, signatures: set[Signature]) -> list[Member]:
        """The tellings of signatures."""
        kept = [member for member in self.store.members(signatures) if member.id not in self.going]
        return kept + [member for member in self.coming.values() if member.signature in signatures]


def _closure(start: Iterable[Signature], near: _Neighbourhood) -> set[Signature]:
    """All sharp signatures that are tied to ``start`` by matches."""
    reached = {signature for signature in start if signature.sharp}
    frontier = list(reached)
    while frontier:
        signature = frontier.pop()
        for other in near.holding(day_keys(signature)):
            if other.sharp and other not in reached and matches(signature, other):
                reached.add(other)
                frontier.append(other)
    return reached


class _Placement:
    """Where each signature of the neighbourhood belongs. Lives for one call."""

    def __init__(self, near: _Neighbourhood) -> None:
        self._near = near
        self._rows: dict[Signature, Row] = {}
        self.home: dict[Signature, Home] = {}

    def place(self, signature: Signature) -> None:
        """Find the home of an event; and of all that share a row with it."""
        if signature in self.home:
            return
        if signature.sharp:
            self._find_rows([signature])
            row = self._rows[signature]
            self.home.update((each, ("row", row)) for each in row)
            return
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

    def _find_rows(self, start: Iterable[Signature]) -> None:
        """Cluster the closures of sharp signatures that have no row yet."""
        missing = [each for each in start if each not in self._rows]
        if missing:
            for row in cluster(_closure(missing, self._near)):
                self._rows.update((each, row) for each in row)


def merge(new: Sequence[Member], store: EventStore, gone: Sequence[Member] = ()) -> Change:
    """What adding the events of reports changes in the record; ``gone`` are members that the record no longer has.

    A report that is read again, say because its date became known, is its old events gone and its new ones new. The
    store is only read: it may or may not hold ``new`` yet, and may still hold ``gone``. An id in both is new.

    Cost: the neighbourhoods touched (days and sides of the events), not the record; of many reports at once, each
    neighbourhood once.
    """
    coming = {member.id: member for member in new}
    going = coming.keys() | {member.id for member in gone}
    signed = store.signed(sorted(going))
    come = {member.signature for member in new}
    left = set(signed.values()) - come
    dead = frozenset(each for each, ids in store.tellers(left).items() if going.issuperset(ids))
    near = _Neighbourhood(store, come, dead)
    placement = _Placement(near)
    for signature in sorted(_touched(come, left, near)):
        placement.place(signature)
    old = set(store.entry_of(sorted(going)).values())
    for signature in sorted(near.of_entries(old)):
        placement.place(signature)
    # Rows that gain or lose a signature are made anew from all they have, until no further row is touched.
    settled = set(old)
    while True:
        old |= set(store.entries_of(placement.home).values())
        if old == settled:
            break
        companions = near.of_entries(old - settled)
        settled = set(old)
        for signature in sorted(companions):
            placement.place(signature)
    return _change(placement.home, old, _Tellings(store, coming, frozenset(going)), come | left)


def recount(entries: Iterable[str], store: EventStore) -> Change:
    """The same rows made anew, for when reports became copies of others: who is counted changed, no row did."""
    ids = sorted(set(entries))
    groups: dict[str, list[Member]] = {entry: [] for entry in ids}
    rows = store.signatures_of(ids)
    for entry, signatures in rows.items():
        groups[entry] += store.members(signatures)
    return Change(_fused(groups.values(), store), ())


def _touched(come: set[Signature], left: set[Signature], near: _Neighbourhood) -> set[Signature]:
    """Signatures whose row may be another than before: the changed ones, what matches them, and wide ones in reach."""
    # Of one that is gone, the neighbours it held together.
    starts = come | {each for one in left for each in near.holding(day_keys(one)) if matches(one, each)}
    touched = starts | _closure(starts, near)
    reached: set[Signature] = set()
    for each in touched | left:
        if each.sharp:
            reached.update(wide for wide in near.holding(wide_keys(each)) if joins(wide, each))
    return touched | reached


def _change(home: Mapping[Signature, Home], old: set[str], tellings: _Tellings, changed: set[Signature]) -> Change:
    """The rows of the signatures placed, in place of ``old``; those whose tellings are as they were stay untouched."""
    groups: dict[Home, set[Signature]] = {}
    for signature, place in home.items():
        groups.setdefault(place, set()).add(signature)
    before = tellings.store.signatures_of(sorted(old))
    same = {frozenset(signatures): entry for entry, signatures in before.items()}
    fresh: list[list[Member]] = []
    gone = set(old)
    for group in groups.values():
        entry = same.get(frozenset(group))
        if entry is not None and group.isdisjoint(changed):
            gone.discard(entry)
        else:
            fresh.append(tellings.of(group))
    entries = _fused(fresh, tellings.store)
    return Change(entries, tuple(sorted(gone - {entry.id for entry in entries})))


def _fused(groups: Iterable[Sequence[Member]], store: EventStore) -> tuple[Entry, ...]:
    made = [group for group in groups if group]
    originals = store.originals(sorted({member.source for group in made for member in group}))
    return tuple(sorted((fuse(group, originals) for group in made), key=lambda entry: entry.id))
