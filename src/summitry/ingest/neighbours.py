"""A record as merging asks it: what it has fetched once is kept ready for the next reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from summitry.reconcile.entry import Entry
from summitry.reconcile.features import Facts, Member
from summitry.reconcile.merge import Change
from summitry.reconcile.signatures import Signature, number_of, read, stored_keys, written
from summitry.record import Record, Signed
from summitry.vocabulary import Reading

KEPT_MEMBERS: Final = 20_000
"""Events kept ready for merging, about 60 MB; the neighbourhoods of a few weeks of a busy record."""

KEPT_READINGS: Final = 400
"""Reports kept ready between the two looks at them, a few MB."""

KEPT_KEYS: Final = 200_000
"""Keys whose signatures are kept ready for comparing, about 60 MB with these."""


class RecordStore:
    """A record as :class:`summitry.reconcile.store.EventStore`.

    Neighbours are asked for again and again, and comparing needs more work than fetching.
    """

    def __init__(self, record: Record, facts: Facts) -> None:
        self._record = record
        self.facts = facts
        self._version = record.data_version()
        self.forget()

    def forget(self) -> None:
        """Forget all: after a transaction that was undone, or when another process has written."""
        self._readings: dict[str, Reading] = {}
        self._members: dict[str, Member] = {}
        self._numbers: dict[Signature, int] = {}
        self._signatures: dict[int, Signature] = {}
        self._by_key: dict[str, frozenset[Signature]] = {}
        self._tellers: dict[Signature, tuple[str, ...]] = {}
        self._entries: dict[Signature, str] = {}
        self._rows: dict[str, frozenset[Signature]] = {}

    def refresh(self) -> None:
        """Forget what another process may have changed. To be called once inside each transaction."""
        version = self._record.data_version()
        if version != self._version or len(self._members) > KEPT_MEMBERS or len(self._by_key) > KEPT_KEYS:
            self.forget()
            self._version = version

    def told(self, source_id: str) -> Reading:
        """What a report tells, as far as reconciling needs it; kept ready for :meth:`take` if there is room."""
        reading = self._record.told(source_id)
        if len(self._readings) < KEPT_READINGS:
            self._readings[source_id] = reading
        return reading

    def take(self, source_id: str) -> Reading:
        """As :meth:`told`, for the last time."""
        return self._readings.pop(source_id, None) or self._record.told(source_id)

    # ── asking ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def holding(self, keys: Iterable[str]) -> set[Signature]:
        """Every signature that was stored with one of the keys."""
        keys = list(keys)
        missing = [key for key in keys if key not in self._by_key]
        if missing:
            numbers = self._record.signatures_with_keys(missing)
            self._know({number for each in numbers.values() for number in each})
            for key in missing:
                self._by_key[key] = frozenset(self._signatures[number] for number in numbers.get(key, ()))
        return {signature for key in keys for signature in self._by_key[key]}

    def signed(self, members: Iterable[str]) -> dict[str, Signature]:
        """The signature each event was stored with; events not stored are left out."""
        numbers = self._record.signed(members)
        self._know(set(numbers.values()))
        return {member: self._signatures[number] for member, number in numbers.items()}

    def tellers(self, signatures: Iterable[Signature]) -> dict[Signature, tuple[str, ...]]:
        """The ids of all events stored with each signature."""
        signatures = list(signatures)
        missing = {self._number(each): each for each in signatures if each not in self._tellers}
        if missing:
            found = self._record.tellers(missing)
            self._tellers.update((each, tuple(found.get(number, ()))) for number, each in missing.items())
        return {each: self._tellers[each] for each in signatures}

    def members(self, signatures: Iterable[Signature]) -> list[Member]:
        """All events stored with the signatures."""
        ids = [(signature, each) for signature, ids in self.tellers(signatures).items() for each in ids]
        known = {fact.id: fact for fact in self.facts.events}
        missing = {each: signature for signature, each in ids if each not in self._members}
        for event, published in self._record.tellings(list(missing)):
            signature = missing[event.id]
            fact = known.get(signature.known)
            self._members[event.id] = Member(event, event.evidence[0].source, published, signature, fact)
        return [self._members[each] for _, each in ids]

    def entry_of(self, members: Iterable[str]) -> Mapping[str, str]:
        """The entry each event is in; events of none are left out."""
        return self._record.entries_of(members)

    def entries_of(self, signatures: Iterable[Signature]) -> dict[Signature, str]:
        """The entry that the events of each signature are in; signatures of none are left out."""
        signatures = list(signatures)
        missing = {self._number(each): each for each in signatures if each not in self._entries}
        if missing:
            found = self._record.entries_of_signatures(missing)
            self._entries.update((missing[number], entry) for number, entry in found.items())
        return {each: self._entries[each] for each in signatures if each in self._entries}

    def signatures_of(self, entries: Iterable[str]) -> dict[str, frozenset[Signature]]:
        """The signatures of the events of each entry."""
        entries = list(entries)
        missing = [each for each in entries if each not in self._rows]
        if missing:
            numbers = self._record.signatures_of_entries(missing)
            self._know({number for each in numbers.values() for number in each})
            for each in missing:
                self._rows[each] = frozenset(self._signatures[number] for number in numbers.get(each, ()))
        return {each: self._rows[each] for each in entries}

    def originals(self, sources: Iterable[str]) -> Mapping[str, str]:
        """The original of each report that is a copy."""
        return self._record.originals(sources)

    def _know(self, numbers: set[int]) -> None:
        missing = numbers - self._signatures.keys()
        if missing:
            for number, words in self._record.signatures(missing).items():
                self._keep(number, read(words))

    def _keep(self, number: int, signature: Signature) -> None:
        self._signatures[number] = signature
        self._numbers[signature] = number

    def _number(self, signature: Signature) -> int:
        number = self._numbers.get(signature)
        if number is None:
            number = number_of(written(signature))
            self._keep(number, signature)
        return number

    # ── writing ────────────────────────────────────────────────────────────────────────────────────────────────────

    def sign(self, members: Iterable[Member]) -> None:
        """Write what is compared of events. Inside a transaction."""
        members = list(members)
        if any(self._members.get(each.id, each).signature != each.signature for each in members):
            self.forget()
        made: dict[str, Signed] = {}
        for member in members:
            signature = member.signature
            keys = stored_keys(signature)
            made[member.id] = Signed(self._number(signature), written(signature), tuple(sorted(keys)))
            self._members[member.id] = member
            for key in keys & self._by_key.keys():
                self._by_key[key] |= {signature}
            if signature in self._tellers and member.id not in self._tellers[signature]:
                self._tellers[signature] += (member.id,)
        if made:
            self._record.sign(made)

    def drop(self, signatures: Iterable[Signature]) -> None:
        """Take out those of the signatures that no event has any more. Inside a transaction."""
        gone = {self._number(each): stored_keys(each) for each in signatures}
        if gone:
            self._record.drop_signatures(gone)
            self.forget()

    def write(self, change: Change) -> None:
        """Write rows that merging changed. Inside a transaction; their events must be signed already."""
        if change.entries or change.removed:
            self._record.replace_entries([(entry.event, entry.members) for entry in change.entries], change.removed)
        for gone in change.removed:
            for signature in self._rows.pop(gone, ()):
                if self._entries.get(signature) == gone:
                    del self._entries[signature]
        for entry in change.entries:
            self._note(entry)

    def _note(self, entry: Entry) -> None:
        members = [self._members.get(each) for each in entry.members]
        row = frozenset(member.signature for member in members if member is not None)
        if None in members:  # forgotten meanwhile
            self._rows.pop(entry.id, None)
            self._entries.clear()
            return
        self._rows[entry.id] = row
        self._entries.update((signature, entry.id) for signature in row)
