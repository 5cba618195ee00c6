"""Bringing new reports together with the rest of a record.

1. anchors   what dated reports date for others
2. dates     undated reports dated anew by those anchors, and read again where their date changed
3. copies    which report is a copy of which
4. events    the same event in several reports becomes one row

Dates rest on stated dates and case facts alone, copies and events on sets: the record of a set of reports is the same
in whatever order they came. One report costs what it touches. Reports are brought in some at a time, in one
transaction, so whatever is left when a run is stopped is whole, and still marked as to be done; two runs at once on one
record do each report once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from summitry.errors import RecordError
from summitry.ingest.neighbours import RecordStore
from summitry.ingest.reads import ReportReader
from summitry.ingest.telling import keys_of_anchor, keys_of_report
from summitry.reconcile.copies import fingerprints, original_of, shares_enough
from summitry.reconcile.dating import REACH, anchors_of, is_undated
from summitry.reconcile.features import Facts, Member
from summitry.reconcile.merge import members_of, merge, recount
from summitry.record import Record
from summitry.vocabulary import UNKNOWN_DATE, KnownEvent, Reading

AFTER: Final = timedelta(days=7)
"""Anchors up to so long after an undated report's interval bear on it: what it announces."""

BATCH: Final = 100
"""Reports brought in at once, in one transaction: neighbourhoods that they share are worked out and written once. Half
a second of work, so that another process that wants to write need not wait long."""


KEPT_PAGES: Final = 64
"""MiB of the file kept in memory: a batch writes to some ten thousand pages of the index of shingles, 4 KiB each."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What reconciling came to: reports brought in, reports dated anew, and those on which it failed, with the reason.

    A report on which it failed stays as it was read, and is tried again by the next run.
    """

    reports: int = 0
    redated: int = 0
    failed: tuple[tuple[str, str], ...] = ()


FEWEST_SHARED: Final = 3
"""Fingerprints in common that :func:`summitry.reconcile.copies.shares_enough` asks even of the shortest reports."""


def reconcile_record(
    record: Record, reader: Callable[[], ReportReader], progress: Callable[[int, int], None] = lambda done, total: None
) -> Reconciled:
    """Bring the reports read since the last time together with the rest.

    ``reader`` gives the reader that undated reports are read again with; it is called only when there is work.
    ``progress`` is told how many of how many reports are done.

    Raises:
        RecordError: the record cannot be read or written; what is done stays done.
    """
    fresh = record.unreconciled()
    if not fresh:
        return Reconciled()
    reads = reader()
    record.keep_pages(KEPT_PAGES)
    store = RecordStore(record, Facts(reads.facts(), reads.countries()))
    failed: dict[str, str] = {}
    undated: set[str] = set()
    for some in batched(fresh, BATCH):
        with record.transaction():
            store.refresh()
            for source_id in some:
                with _noting(failed, source_id), record.transaction():
                    undated.update(_keep_marks(record, store, source_id))
    for source_id in fresh:
        undated.update(record.undated_telling(source_id, REACH, AFTER))
    redated = 0
    for source_id in sorted(undated):
        with _noting(failed, source_id):
            redated += _date_anew(record, store, source_id, reads)
    done = 0
    for some in batched(fresh, BATCH):
        _bring_in_each(record, store, some, failed)
        for _ in some:
            done += 1
            progress(done, len(fresh))
    return Reconciled(len(fresh) - len(failed.keys() & set(fresh)), redated, tuple(sorted(failed.items())))


def batched(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """The ids in runs of ``size``, the last one shorter."""
    return (ids[at : at + size] for at in range(0, len(ids), size))


def _keep_marks(record: Record, store: RecordStore, source_id: str) -> tuple[str, ...]:
    """Keep what a new report dates for others, or what it is dated by: then its id is given back."""
    reading = store.told(source_id)
    linked = record.entries_of(event.id for event in reading.events)
    if linked:
        # Merged by an earlier version: what is compared of its events is kept from now on.
        store.sign(member for member in members_of(reading, store.facts) if member.id in linked)
    if is_undated(reading):
        record.set_told(source_id, keys_of_report(reading))
        return (source_id,)
    record.set_anchors(source_id, [(each, keys_of_anchor(each)) for each in anchors_of(reading)])
    return ()


def _bring_in_each(record: Record, store: RecordStore, ids: Sequence[str], failed: dict[str, str]) -> None:
    """Bring reports in together; where that fails, one by one, so that only those fail that must."""
    try:
        bring_in(record, store, ids)
    except RecordError:
        raise
    except Exception:
        for source_id in ids:
            store.forget()
            with _noting(failed, source_id):
                bring_in(record, store, [source_id])
        store.forget()


@contextmanager
def _noting(failed: dict[str, str], source_id: str) -> Iterator[None]:
    """Let one report fail alone; what is wrong with the file stops everything."""
    try:
        yield
    except RecordError:
        raise
    except Exception as error:
        failed[source_id] = f"{type(error).__name__}: {error}"


def _back(day: date, by: timedelta) -> date:
    return day - by if day - date.min > by else date.min


def _on(day: date, by: timedelta) -> date:
    return day + by if date.max - day > by else date.max


def _near(record: Record, source_id: str) -> list[KnownEvent]:
    """The anchors that bear on an undated report, by the interval that it has by itself.

    Not by the one it has been given since: then the outcome would depend on which anchor came first.
    """
    alone = record.alone(source_id)
    low = _back(alone.start, REACH) if alone.start else date.min
    high = _on(alone.end, AFTER) if alone.end else date.max
    return [anchor for anchor in record.anchors_told(source_id, low, high) if anchor.source != source_id]


def _date_anew(record: Record, store: RecordStore, source_id: str, reads: ReportReader) -> bool:
    """Date an undated report by the anchors there are now; read it again if its date changed."""
    while True:
        old = record.reading(source_id)
        near = _near(record, source_id)
        if reads.date(old, near) == old.article.published:
            return False
        # Read before the transaction: reading takes long, and other processes would wait.
        new = reads.read(dataclasses.replace(old.article, published=UNKNOWN_DATE), near)
        if new == old:
            return False
        with record.transaction():
            if record.article(source_id).published != old.article.published or _near(record, source_id) != near:
                continue  # another process has changed what this rests on
            merged = bool(record.entries_of(record.events_of(source_id))) or not record.is_unreconciled(source_id)
            if merged:
                store.refresh()
                _replace(record, store, old, new)
            else:
                store.take(source_id)  # what was kept of it is the old one
                record.reread(new)  # brought in with the other new ones
            return True


def _replace(record: Record, store: RecordStore, old: Reading, new: Reading) -> None:
    """Put a new reading in the place of one that is merged with others. Inside a transaction."""
    gone, come = members_of(old, store.facts), members_of(new, store.facts)
    before = set(store.signed([member.id for member in gone]).values())
    # Merged first: with the old reading goes what says which rows it was in.
    change = merge(come, store, gone)
    record.reread(new)
    store.forget()
    own = fingerprints(new.article, new.sentences, new.statements)
    regrouped = _find_copies(record, new.article.source_id, own) | {new.article.source_id}
    store.sign(come)
    store.write(change)
    store.drop(before)
    _recount(record, store, regrouped)


def bring_in(record: Record, store: RecordStore, ids: Sequence[str]) -> None:
    """Copies and events of new reports, in one transaction: all of them or none."""
    with record.transaction():
        store.refresh()
        new: list[Member] = []
        regrouped: set[str] = set()
        ids = [each for each in ids if record.is_unreconciled(each)]  # else another process was faster
        for source_id in ids:
            reading = store.take(source_id)
            own = fingerprints(reading.article, reading.sentences, reading.statements)
            record.add_shingles(source_id, own)
            regrouped |= _find_copies(record, source_id, own)
            new += members_of(reading, store.facts)
        before = set(store.signed([member.id for member in new]).values())
        change = merge(new, store)
        store.sign(new)
        store.write(change)
        store.drop(before.difference(member.signature for member in new))
        _recount(record, store, regrouped.difference(ids))
        record.mark_reconciled(ids)


def _recount(record: Record, store: RecordStore, sources: Iterable[str]) -> None:
    """Count the independent reports anew in the rows that tell what ``sources`` tell."""
    ids = [event for each in sorted(sources) for event in record.events_of(each)]
    if ids:
        store.write(recount(sorted(set(record.entries_of(ids).values())), store))


def _find_copies(record: Record, source_id: str, own: frozenset[int]) -> set[str]:
    """Group a report with those it shares narration with; the other reports whose original changed."""
    # A busy record shares a phrase with hundreds; fewer than this are never copies, and need not be counted.
    shared = record.sharing(own, FEWEST_SHARED)
    shared.pop(source_id, None)
    if not shared:
        return set()
    sizes = record.shingle_counts(shared)
    linked = {other for other, count in shared.items() if shares_enough(count, len(own), sizes[other])}
    if not linked:
        return set()
    before = record.originals({*linked, source_id})
    roots = {before.get(each, each) for each in {*linked, source_id}}
    group = roots | {copy for root in roots for copy in record.copies_of(root)}
    original = original_of(record.published(group).items())
    earlier = record.originals(group)
    changed = set()
    for each in sorted(group):
        now = None if each == original else original
        if earlier.get(each) != now:
            record.set_copy_of(each, now)
            changed.add(each)
    return changed - {source_id}
