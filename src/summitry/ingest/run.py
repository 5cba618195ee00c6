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
from contextlib import closing
from functools import partial
from pathlib import Path

from summitry.casebook import available_cases, case_text, load_case
from summitry.errors import RecordError, SummitryError, UnreadableSource
from summitry.ingest.options import MOST_REFUSALS, IngestReport, Progress, ReadOptions, Refusal
from summitry.ingest.reads import MakeReader
from summitry.ingest.reconciling import reconcile_record
from summitry.ingest.work import Maker, read_sources
from summitry.intake import IntakeOptions, Meter, iter_sources
from summitry.reader.pipeline import Reader
from summitry.record import Record, open_record
from summitry.vocabulary import Reading, Rejected, Source


def ingest(
    inputs: Sequence[str],
    record_path: Path,
    options: ReadOptions | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    make_reader: MakeReader | None = None,
    sources: Iterator[Source | Rejected] | None = None,
) -> IngestReport:
    """Read every input into the record at ``record_path``, which is made if it is missing.

    ``progress`` is told after each report. ``make_reader`` makes what reads, from the names of cases (None: a
    :class:`~summitry.reader.pipeline.Reader`, light where the options ask for it). ``sources`` are read in place of
    those that the inputs hold, which then only name the run.

    Raises:
        RecordError: the record cannot be opened or written.
        InputError: an option or a case is off.
    """
    options = options or ReadOptions()
    started = time.monotonic()
    meter = Meter.of(inputs) if sources is None else Meter(None)
    maker = Maker(make_reader or partial(Reader, light=options.light), options.case_names)
    intake = IntakeOptions(allow_private=options.allow_private, columns=options.columns, meter=meter)
    with open_record(record_path, create=True) as record:
        run = _Run(record, meter, progress)
        record.begin_run(inputs=tuple(inputs), cases=options.cases)
        fresh = run.unknown(iter_sources(tuple(inputs), intake) if sources is None else sources)
        # Closed at once when writing fails: reading processes must not go on for a run that has ended.
        with closing(read_sources(fresh, maker, options.jobs)) as outcomes:
            for source, outcome in outcomes:
                run.keep(source, outcome)
        _keep_cases(record, options.cases)
        done = reconcile_record(record, maker.here, run.tell_reconciling)
        record.end_run()
        cited = record.citations(source_id for source_id, _ in done.failed)
    return IngestReport(
        run.read,
        run.known,
        run.rejected,
        tuple(run.refusals),
        time.monotonic() - started,
        done.redated,
        tuple(Refusal(cited[source_id].uri, "reconcile", reason) for source_id, reason in done.failed),
    )


def _keep_cases(record: Record, given: Sequence[str]) -> None:
    """Keep the cases that reports were read with: a record answers by them wherever it is opened."""
    places = {load_case(place).name: place for place in given}
    for name in {*places, *record.cases_wanted()}:
        # A case that is neither given nor shipped was given to an earlier run that was stopped: nothing says where.
        if name in places or name in available_cases():
            record.keep_case(name, case_text(places.get(name, name)))


class _Run:
    """The counts of one run, told to ``progress`` after each report."""

    def __init__(self, record: Record, meter: Meter, progress: Callable[[Progress], None]) -> None:
        self._record = record
        self._meter = meter
        self._progress = progress
        # Under way: handed out to be read, not yet kept; and the same reports found again meanwhile. Bounded by what
        # is read ahead, as nothing that grows with the input is held here.
        self._under_way: dict[str, tuple[float | None, list[Source]]] = {}
        self.read = 0
        self.known = 0
        self.rejected = 0
        self.refusals: list[Refusal] = []

    def unknown(self, sources: Iterator[Source | Rejected]) -> Iterator[Source]:
        """The sources that must be read; the others are noted on the way."""
        for source in sources:
            share = self._meter.share
            if isinstance(source, Rejected):
                self._reject(source)
                self._tell(source.source.uri, share)
            elif source.id in self._under_way:
                self._under_way[source.id][1].append(source)
            elif self._record.has(source.id):
                self._record.note_place(source)
                self.known += 1
                self._tell(source.uri, share)
            else:
                self._under_way[source.id] = (share, [])
                yield source

    def keep(self, source: Source, outcome: Reading | Rejected) -> None:
        """Write what reading a source came to, and where else it was found."""
        share, again = self._under_way.pop(source.id)
        if isinstance(outcome, Reading):
            outcome = self._add(outcome, source)
        if isinstance(outcome, Rejected):
            self._reject(outcome)
        for other in again:
            if isinstance(outcome, Rejected):
                self._reject(Rejected(other, outcome.stage, outcome.reason))
            else:
                self._record.note_place(other)
                self.known += 1
        self._tell(source.uri, share)

    def _add(self, reading: Reading, source: Source) -> Reading | Rejected:
        """Write a reading; one that does not hold what every row must hold is a defect, and rejects its report."""
        try:
            if self._record.add(reading, source):
                self.read += 1
            else:
                self.known += 1  # another process was faster
        except RecordError:
            raise
        except UnreadableSource as error:
            return Rejected(source, error.stage, error.reason)
        except SummitryError as error:
            return Rejected(source, "record", f"a defect of summitry: {error}; please report it with the source")
        return reading

    def _reject(self, rejected: Rejected) -> None:
        self._record.reject(rejected)
        self.rejected += 1
        if len(self.refusals) < MOST_REFUSALS:
            self.refusals.append(Refusal.of(rejected))

    def _tell(self, uri: str, share: float | None) -> None:
        done = self.read + self.known + self.rejected
        self._progress(Progress("reading", done, None, share, self.read, self.known, self.rejected, uri))

    def tell_reconciling(self, done: int, total: int) -> None:
        """Tell that so many of the new reports are reconciled."""
        self._progress(Progress("reconciling", done, total, None, self.read, self.known, self.rejected))
