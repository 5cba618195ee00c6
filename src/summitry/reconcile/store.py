"""What reconciling asks of a record, as a protocol, and a record in memory that answers it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from summitry.reconcile.entry import Entry
from summitry.reconcile.features import Member


class EventStore(Protocol):
    """A record that finds events by blocking key. Each call costs what it returns."""

    def holding(self, keys: Iterable[str]) -> Iterable[Member]:
        """Every member that was stored with one of the keys, once."""

    def of_entries(self, entries: Iterable[str]) -> Iterable[Member]:
        """The members of the entries named."""

    def entry_of(self, members: Iterable[str]) -> Mapping[str, str]:
        """The entry each member is in; members of none are left out."""

    def originals(self, sources: Iterable[str]) -> Mapping[str, str]:
        """The original of each report that is a copy."""


class MemoryStore:
    """An :class:`EventStore` in memory: for tests, benchmarks and reading without a record."""

    def __init__(self) -> None:
        self._members: dict[str, Member] = {}
        self._keys: dict[str, dict[str, None]] = {}
        self._entry_of: dict[str, str] = {}
        self._copies: dict[str, str] = {}
        self.entries: dict[str, Entry] = {}

    def holding(self, keys: Iterable[str]) -> list[Member]:
        """Every member stored with one of the keys, once, in order of id."""
        found: set[str] = set()
        for key in keys:
            found.update(self._keys.get(key, ()))
        return [self._members[each] for each in sorted(found)]

    def of_entries(self, entries: Iterable[str]) -> list[Member]:
        """The members of the entries named."""
        return [
            self._members[member]
            for entry in sorted(set(entries))
            if entry in self.entries
            for member in self.entries[entry].members
            if member in self._members
        ]

    def entry_of(self, members: Iterable[str]) -> dict[str, str]:
        """The entry each member is in."""
        return {member: self._entry_of[member] for member in members if member in self._entry_of}

    def originals(self, sources: Iterable[str]) -> dict[str, str]:
        """The original of each report that is a copy."""
        return {source: self._copies[source] for source in sources if source in self._copies}

    def set_copies(self, copies: Mapping[str, str]) -> None:
        """Say which report is a copy of which."""
        self._copies.update(copies)

    def add_members(self, members: Iterable[Member]) -> None:
        """Keep new members with their keys."""
        for member in members:
            self._members[member.id] = member
            for key in member.keys:
                self._keys.setdefault(key, {})[member.id] = None

    def remove_members(self, members: Iterable[Member]) -> None:
        """Forget members; the rows they were in must be replaced."""
        for member in members:
            self._members.pop(member.id, None)
            self._entry_of.pop(member.id, None)
            for key in member.keys:
                self._keys.get(key, {}).pop(member.id, None)

    def replace_entries(self, entries: Iterable[Entry], removed: Iterable[str]) -> None:
        """Take entries out and put others in."""
        for entry in removed:
            del self.entries[entry]
        for each in entries:
            self.entries[each.id] = each
            for member in each.members:
                self._entry_of[member] = each.id
