"""Bringing new reports together with the rest of a record.

1. anchors   what dated reports date for others
2. dates     undated reports dated anew by those anchors, and read again where their date changed
3. copies    which report is a copy of which
4. events    the same event in several reports becomes one row

Dates rest on stated dates and case facts alone, copies and events on sets: the record of a set of reports is the same
in whatever order they came. One report costs what it touches. Each report is one transaction.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from summitry.reader.pipeline import Reader
from summitry.reconcile.copies import count_shared, fingerprints, original_of, shares_enough
from summitry.reconcile.dating import REACH, anchors_of, is_undated, redate
from summitry.reconcile.features import Facts, Member, member_of
from summitry.reconcile.merge import Change, members_of, merge, recount
from summitry.record import Record, Telling
from summitry.vocabulary import UNKNOWN_DATE, KnownEvent, Reading

AFTER: Final = timedelta(days=7)
"""Anchors up to so long after an undated report's interval bear on it: what it announces."""

KEPT_MEMBERS: Final = 20_000
"""Events kept ready for comparing, about 60 MB; the neighbourhoods of a few weeks of a busy record."""


class RecordStore:
    """A record as reconciling asks it. Lives for one reconciling, in which no event of the record changes."""

    def __init__(self, record: Record, facts: Facts) -> None:
        self._record = record
        self._facts = facts
        # Neighbours are fetched again and again; comparing needs more work than fetching. By id, newest kept.
        self._members: dict[str, Member] = {}

    def _made(self, tellings: Iterable[Telling]) -> list[Member]:
        if len(self._members) > KEPT_MEMBERS:
            self._members.clear()
        made = []
        for event, published in tellings:
            if event.id not in self._members:
                self._members[event.id] = member_of(event, published, self._facts)
            made.append(self._members[event.id])
        return made

    def holding(self, keys: Iterable[str]) -> list[Member]:
        """Every member that was stored with one of the keys, once."""
        return self._made(self._record.tellings_with_keys(keys))

    def of_entries(self, entries: Iterable[str]) -> list[Member]:
        """The members of the entries named."""
        ids = [member for members in self._record.members_of(entries).values() for member in members]
        return self._made(self._record.tellings(ids))

    def entry_of(self, members: Iterable[str]) -> Mapping[str, str]:
        """The entry each member is in; members of none are left out."""
        return self._record.entries_of(members)

    def originals(self, sources: Iterable[str]) -> Mapping[str, str]:
        """The original of each report that is a copy."""
        return self._record.originals(sources)


def reconcile_record(record: Record, reader: Callable[[], Reader]) -> int:
    """Bring the reports read since the last time together with the rest; returns how many were dated anew.

    ``reader`` gives the reader that undated reports are read again with; it is called only when there is work.
    """
    fresh = record.unreconciled()
    if not fresh:
        return 0
    reading_with = reader()
    facts = Facts(reading_with.facts(), reading_with.countries())
    anchors: list[KnownEvent] = []
    undated: set[str] = set()
    for source_id in fresh:
        reading = record.reading(source_id)
        if is_undated(reading):
            undated.add(source_id)
        else:
            made = anchors_of(reading)
            record.set_anchors(source_id, made)
            anchors += made
    redated = _date_anew(record, undated, anchors, reading_with)
    store = RecordStore(record, facts)
    for source_id, old in redated.items():
        if source_id not in fresh:
            _bring_in(record, store, facts, source_id, old)
    for source_id in fresh:
        _bring_in(record, store, facts, source_id, None)
    return len(redated)


def _date_anew(record: Record, undated: set[str], anchors: Sequence[KnownEvent], reader: Reader) -> dict[str, Reading]:
    """Date new undated reports, and old ones that new anchors bear on; the old reading of each that changed."""
    if anchors:
        first = min(anchor.start for anchor in anchors) - AFTER
        last = max(anchor.start for anchor in anchors) + REACH
        undated = undated | set(record.undated_meeting(first, last))
    changed: dict[str, Reading] = {}
    for source_id in sorted(undated):
        reading = record.reading(source_id)
        alone = reader.date(reading)
        low = alone.start - REACH if alone.start else date.min
        high = alone.end + AFTER if alone.end else date.max
        near = [anchor for anchor in record.anchors_between(low, high) if anchor.source != source_id]
        for _ in redate([reading], near, reader.date):
            again = dataclasses.replace(reading.article, published=UNKNOWN_DATE)
            record.reread(reader.read(again, near))
            changed[source_id] = reading
    return changed


def _bring_in(record: Record, store: RecordStore, facts: Facts, source_id: str, old: Reading | None) -> None:
    """Copies and events of one report, in one transaction. ``old`` is the reading it had, if it was in before."""
    reading = record.reading(source_id)
    new = members_of(reading, facts)
    gone = () if old is None else members_of(old, facts)
    with record.transaction():
        regrouped = _find_copies(record, reading, known=old is not None)
        record.add_event_keys({member.id: member.keys for member in new})
        _apply(record, merge(new, store, gone))
        if regrouped:
            ids = [event.id for each in sorted(regrouped) for event in record.reading(each).events]
            _apply(record, recount(sorted(set(record.entries_of(ids).values())), store))
        record.mark_reconciled([source_id])


def _apply(record: Record, change: Change) -> None:
    record.replace_entries([(entry.event, entry.members) for entry in change.entries], change.removed)


def _find_copies(record: Record, reading: Reading, *, known: bool) -> set[str]:
    """Group a report with those it shares narration with; the other reports whose original changed."""
    source_id = reading.article.source_id
    own = fingerprints(reading.article, reading.sentences, reading.statements)
    if not known:
        record.add_shingles(source_id, own)
    shared = count_shared(own, record.shingle_sources(own))
    shared.pop(source_id, None)
    sizes = record.shingle_counts(shared)
    linked = {other for other, count in shared.items() if shares_enough(count, len(own), sizes[other])}
    if not linked:
        return set()
    before = record.originals({*linked, source_id})
    roots = {before.get(each, each) for each in {*linked, source_id}}
    group = roots | {copy for root in roots for copy in record.copies_of(root)}
    dates = {each: record.article(each).published for each in group}
    original = original_of(dates.items())
    earlier = record.originals(group)
    changed = set()
    for each in sorted(group):
        now = None if each == original else original
        if earlier.get(each) != now:
            record.set_copy_of(each, now)
            changed.add(each)
    return changed - {source_id}
