"""What reconciling asks of a record, as a protocol, and a record in memory that answers it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from summitry.reconcile.entry import Entry
from summitry.reconcile.features import Member
from summitry.reconcile.signatures import Signature, stored_keys


class EventStore(Protocol):
    """A record that finds signatures by blocking key. Each call costs what it returns."""

    def holding(self, keys: Iterable[str]) -> Iterable[Signature]:
        """Every signature that was stored with one of the keys."""

    def signed(self, members: Iterable[str]) -> Mapping[str, Signature]:
        """The signature each event was stored with; events not stored are left out."""

    def tellers(self, signatures: Iterable[Signature]) -> Mapping[Signature, Collection[str]]:
        """The ids of all events stored with each signature."""

    def members(self, signatures: Iterable[Signature]) -> Iterable[Member]:
        """All events stored with the signatures."""

    def entry_of(self, members: Iterable[str]) -> Mapping[str, str]:
        """The entry each event is in; events of none are left out."""

    def entries_of(self, signatures: Iterable[Signature]) -> Mapping[Signature, str]:
        """The entry that the events of each signature are in; signatures of none are left out."""

    def signatures_of(self, entries: Iterable[str]) -> Mapping[str, Collection[Signature]]:
        """The signatures of the events of each entry."""

    def originals(self, sources: Iterable[str]) -> Mapping[str, str]:
        """The original of each report that is a copy."""


class MemoryStore:
    """An :class:`EventStore` in memory: for tests, benchmarks and reading without a record."""

    def __init__(self) -> None:
        self._members: dict[str, Member] = {}
        self._tellers: dict[Signature, dict[str, None]] = {}
        self._keys: dict[str, dict[Signature, None]] = {}
        self._entry_of: dict[str, str] = {}
        self._copies: dict[str, str] = {}
        self.entries: dict[str, Entry] = {}

    def holding(self, keys: Iterable[str]) -> set[Signature]:
        """Every signature stored with one of the keys."""
        return {signature for key in keys for signature in self._keys.get(key, ())}

    def signed(self, members: Iterable[str]) -> dict[str, Signature]:
        """The signature of each event stored."""
        return {each: self._members[each].signature for each in members if each in self._members}

    def tellers(self, signatures: Iterable[Signature]) -> dict[Signature, tuple[str, ...]]:
        """The ids of all events of each signature."""
        return {each: tuple(self._tellers.get(each, ())) for each in signatures}

    def members(self, signatures: Iterable[Signature]) -> list[Member]:
        """All events of the signatures."""
        return [self._members[each] for signature in signatures for each in self._tellers.get(signature, ())]

    def entry_of(self, members: Iterable[str]) -> dict[str, str]:
        """The entry each event is in."""
        return {member: self._entry_of[member] for member in members if member in self._entry_of}

    def entries_of(self, signatures: Iterable[Signature]) -> dict[Signature, str]:
        """The entry that the events of each signature are in."""
        found = {}
        for signature in signatures:
            first = next(iter(self._tellers.get(signature, ())), None)
            if first in self._entry_of:
                found[signature] = self._entry_of[first]
        return found

    def signatures_of(self, entries: Iterable[str]) -> dict[str, set[Signature]]:
        """The signatures of the events of each entry."""
        return {
            entry: {self._members[each].signature for each in self.entries[entry].members if each in self._members}
            for entry in entries
            if entry in self.entries
        }

    def originals(self, sources: Iterable[str]) -> dict[str, str]:
        """The original of each report that is a copy."""
        return {source: self._copies[source] for source in sources if source in self._copies}

    def set_copies(self, copies: Mapping[str, str]) -> None:
        """Say which report is a copy of which."""
        self._copies.update(copies)

    def add_members(self, members: Iterable[Member]) -> None:
        """Keep new events, found by the keys of their signatures."""
        for member in members:
            self._members[member.id] = member
            self._tellers.setdefault(member.signature, {})[member.id] = None
            for key in stored_keys(member.signature):
                self._keys.setdefault(key, {})[member.signature] = None

    def remove_members(self, members: Iterable[Member]) -> None:
        """Forget events; the rows they were in must be replaced."""
        for member in members:
            self._members.pop(member.id, None)
            self._entry_of.pop(member.id, None)
            tellers = self._tellers.get(member.signature, {})
            tellers.pop(member.id, None)
            if not tellers:
                self._tellers.pop(member.signature, None)
                for key in stored_keys(member.signature):
                    self._keys.get(key, {}).pop(member.signature, None)

    def replace_entries(self, entries: Iterable[Entry], removed: Iterable[str]) -> None:
        """Take entries out and put others in."""
        for entry in removed:
            del self.entries[entry]
        for each in entries:
            self.entries[each.id] = each
            for member in each.members:
                self._entry_of[member] = each.id
