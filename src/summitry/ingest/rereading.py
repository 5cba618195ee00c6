"""Reading the reports of a record again from their stored text, with the reader there is now.

1. dated reports    read again; their events merged anew, and what they date for others kept anew
2. undated ones     read again by themselves, dated by the others as they are now, their events merged anew
3. reconcile        what an earlier run had left to do

Each report is one transaction, and marked: a run that was stopped goes on where it was when it is started again with
the same version and cases. What reviewers decided is apart from what is read, and is laid over the new rows.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from summitry.casebook import available_cases, case_text, load_case
from summitry.errors import RecordError
from summitry.ingest.neighbours import RecordStore
from summitry.ingest.options import Progress, ReadOptions, Refusal
from summitry.ingest.reads import MakeReader, ReportReader
from summitry.ingest.reconciling import _near, _replace, reconcile_record
from summitry.ingest.telling import keys_of_anchor, keys_of_report
from summitry.reader.pipeline import Reader
from summitry.reconcile.copies import fingerprints
from summitry.reconcile.dating import anchors_of, is_undated
from summitry.reconcile.features import Facts
from summitry.record import Record, open_record
from summitry.vocabulary import UNKNOWN_DATE, Article, Reading

CHUNK: Final = 8
"""Reports read at once: a second of work, so that progress is seen and little is lost when a run is stopped."""


@dataclass(frozen=True, slots=True)
class RereadReport:
    """What reading again came to: reports read again, those of them in which something changed, those that a run before
    had done, and those that could not be read now and stay as they were."""

    read: int
    changed: int
    before: int
    failed: tuple[Refusal, ...]
    seconds: float


def reread(
    record_path: Path,
    options: ReadOptions | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    make_reader: MakeReader | None = None,
) -> RereadReport:
    """Read every report of the record at ``record_path`` again, in this process.

    ``options`` says with which cases, and whether light; the rest of it is for reading anew.

    Raises:
        RecordError: the record cannot be opened or written; what is done stays done.
        InputError: a case is off.
    """
    options = options or ReadOptions()
    started = time.monotonic()
    make = make_reader or partial(Reader, light=options.light)
    with open_record(record_path) as record:
        reads = make(options.case_names)
        record.keep_worked_out()
        run = _Run(record, reads, record.begin_reread(options.cases), progress)
        left = record.left_to_reread(run.id)
        before = len(record.source_ids()) - len(left)
        for done, source_id in enumerate(run.over(left), 1):
            run.tell(source_id, done, len(left))
        _keep_cases(record, options.cases)
        reconcile_record(record, lambda: reads)
        record.drop_worked_out()
        if not run.failed:
            record.end_reread(run.id)
        cited = record.citations(run.failed)
    failed = tuple(Refusal(cited[one].uri, "read", why) for one, why in run.failed.items())
    return RereadReport(len(left) - len(failed), run.changed, before, failed, time.monotonic() - started)


class _Run:
    """One run over a record: what it changed, and on which reports it failed."""

    def __init__(self, record: Record, reads: ReportReader, run_id: int, progress: Callable[[Progress], None]) -> None:
        self.id = run_id
        self.changed = 0
        self.failed: dict[str, str] = {}
        self._record = record
        self._reads = reads
        self._progress = progress
        self._store = RecordStore(record, Facts(reads.facts(), reads.countries()))

    def tell(self, source_id: str, done: int, total: int) -> None:
        """Tell how far the run is."""
        self._progress(Progress("reading", done, total, done / total, done, 0, len(self.failed), source_id))

    def over(self, ids: Sequence[str]) -> Iterator[str]:
        """Read reports again, in order; each id comes out when its report is written, or has failed."""
        stream = iter(ids)
        while chunk := list(islice(stream, CHUNK)):
            for source_id, alone in self._read(chunk):
                if isinstance(alone, Reading):
                    self._keep(alone)
                else:
                    self.failed[source_id] = alone
                yield source_id

    def _read(self, ids: Sequence[str]) -> list[tuple[str, Reading | str]]:
        """Readings of reports by themselves; of one on which reading fails, why."""
        articles = [_bare(self._record.article(one)) for one in ids]
        try:
            return list(zip(ids, list(self._reads.read_many(articles)), strict=True))
        except Exception:
            return [(article.source_id, self._alone(article)) for article in articles]

    def _alone(self, article: Article) -> Reading | str:
        try:
            return self._reads.read(article)
        except Exception as error:
            return f"{type(error).__name__}: {error}"

    def _keep(self, alone: Reading) -> None:
        """Put a report's new reading in the place of the old one."""
        try:
            if is_undated(alone):
                self._write_undated(alone)
            else:
                self._write_dated(alone)
        except RecordError:
            raise
        except Exception as error:
            self.failed[alone.article.source_id] = f"{type(error).__name__}: {error}"
            # What was remembered of the record may be of the attempt, of which nothing was written.
            self._store = RecordStore(self._record, self._store.facts)

    def _write_dated(self, new: Reading) -> None:
        record, source_id = self._record, new.article.source_id
        with record.transaction():
            self._put(new)
            record.set_anchors(source_id, [(each, keys_of_anchor(each)) for each in anchors_of(new)])
            record.keep_marks(new, self._own(new))
            record.mark_reread(self.id, source_id)

    def _write_undated(self, alone: Reading) -> None:
        """What a report tells, and the interval it has by itself, say which anchors bear on it; they say when it
        appeared, and by that it is read once more."""
        record, source_id = self._record, alone.article.source_id
        while True:
            with record.transaction():
                record.keep_marks(alone, self._own(alone))
                record.set_told(source_id, keys_of_report(alone))
            near = _near(record, source_id)
            new = alone
            if self._reads.date(alone, near) != alone.article.published:
                new = self._reads.read(_bare(alone.article), near)
            with record.transaction():
                if _near(record, source_id) == near:  # else another process has changed what this rests on
                    self._put(new)
                    record.mark_reread(self.id, source_id)
                    return

    def _own(self, reading: Reading) -> frozenset[int]:
        return fingerprints(reading.article, reading.sentences, reading.statements)

    def _put(self, new: Reading) -> None:
        """Inside a transaction."""
        record, source_id = self._record, new.article.source_id
        old = record.reading(source_id)
        if new == old:
            return
        self.changed += 1
        if record.is_unreconciled(source_id):
            record.reread(new)  # brought in with the other new ones
        else:
            self._store.refresh()
            _replace(record, self._store, old, new)


def _bare(article: Article) -> Article:
    """An article as cleaning left it: a date that was inferred is unknown again."""
    return dataclasses.replace(article, published=UNKNOWN_DATE) if article.published.inferred else article


def _keep_cases(record: Record, given: Sequence[str]) -> None:
    """Keep the cases that reports were read with, as they are now."""
    places = {load_case(place).name: place for place in given}
    kept = {case.name for case in record.cases()}
    for name in {*places, *kept, *record.cases_wanted()}:
        if name in places or name in available_cases():
            record.keep_case(name, case_text(places.get(name, name)))
