"""Reading inputs into a record.

1. intake      inputs -> sources; what is known already is passed over
2. reading     sources -> readings, in one process or several
3. record      one report, one transaction
4. reconcile   copies, events of several reports, dates of undated reports

However this is stopped, the record holds whole reports only; what was not reconciled is reconciled by the next run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from summitry.ingest.options import IngestReport, Progress, ReadOptions
from summitry.ingest.reconciling import reconcile_record
from summitry.ingest.work import read_sources
from summitry.intake import IntakeOptions, iter_sources
from summitry.reader.pipeline import Reader
from summitry.record import Record, open_record
from summitry.vocabulary import Reading, Rejected, Source


class _Tally:
    """The counts of a run, told to ``progress`` after each report."""

    def __init__(self, progress: Callable[[Progress], None]) -> None:
        self._progress = progress
        self.read = 0
        self.known = 0
        self.rejected: list[Rejected] = []

    def tell(self, uri: str) -> None:
        done = self.read + self.known + len(self.rejected)
        self._progress(Progress(done, None, self.read, self.known, len(self.rejected), uri))


def ingest(
    inputs: Sequence[str],
    record_path: Path,
    options: ReadOptions | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> IngestReport:
    """Read every input into the record at ``record_path``, which is made if it is missing.

    Raises:
        RecordError: the record cannot be opened or written.
        InputError: an option or a case is off.
    """
    options = options or ReadOptions()
    started = time.monotonic()
    tally = _Tally(progress)
    intake = IntakeOptions(allow_private=options.allow_private, columns=options.columns)
    with open_record(record_path, create=True) as record:
        record.begin_run(inputs=tuple(inputs), cases=options.cases)
        fresh = _unknown(iter_sources(tuple(inputs), intake), record, tally)
        for source, outcome in read_sources(fresh, options.case_names, options.jobs):
            _keep(record, source, outcome, tally)
        redated = reconcile_record(record, lambda: Reader(options.case_names))
        record.end_run()
    return IngestReport(tally.read, tally.known, tuple(tally.rejected), time.monotonic() - started, redated)


def _unknown(sources: Iterator[Source | Rejected], record: Record, tally: _Tally) -> Iterator[Source]:
    """The sources that must be read; the others are noted on the way."""
    seen: set[str] = set()
    for source in sources:
        if isinstance(source, Rejected):
            record.reject(source)
            tally.rejected.append(source)
            tally.tell(source.source.uri)
        elif source.id in seen or record.has(source.id):
            record.note_place(source)
            tally.known += 1
            tally.tell(source.uri)
        else:
            seen.add(source.id)
            yield source


def _keep(record: Record, source: Source, outcome: Reading | Rejected, tally: _Tally) -> None:
    if isinstance(outcome, Rejected):
        record.reject(outcome)
        tally.rejected.append(outcome)
    else:
        record.add(outcome, source)
        tally.read += 1
    tally.tell(source.uri)
