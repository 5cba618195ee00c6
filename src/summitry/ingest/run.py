"""Reading inputs into a record.

1. intake      inputs -> sources; what is known already is passed over
2. gate        pages of crawls that cannot bear on a case are passed over
3. reading     sources -> readings, in one process or several, in one go or by shards
4. record      one report, or one shard, one transaction
5. reconcile   copies, events of several reports, dates of undated reports

However this is stopped, the record holds whole reports only; what was not reconciled is reconciled by the next run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from summitry.casebook import available_cases, case_text, load_case
from summitry.ingest.engine import by_shards
from summitry.ingest.gating import Gating
from summitry.ingest.keeping import Keeping
from summitry.ingest.options import IngestReport, Progress, ReadOptions, Refusal
from summitry.ingest.reads import MakeReader
from summitry.ingest.reconciling import reconcile_record
from summitry.ingest.stream import Stream
from summitry.ingest.work import Maker
from summitry.intake import IntakeOptions, Meter, iter_sources
from summitry.reader.pipeline import Reader
from summitry.record import Record, open_record
from summitry.vocabulary import Rejected, Source


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
        ShardError: readings cannot be kept on the way.
    """
    options = options or ReadOptions()
    started = time.monotonic()
    started_at = datetime.now(UTC).isoformat()
    meter = Meter.of(inputs) if sources is None else Meter(None)
    maker = Maker(make_reader or partial(Reader, light=options.light), options.case_names)
    with open_record(record_path, create=True) as record:
        keeping = Keeping(record, progress)
        record.begin_run(inputs=tuple(inputs), cases=options.cases)
        intake = IntakeOptions(
            columns=options.columns,
            allow_private=options.allow_private,
            meter=meter,
            no_inputs=files_of(record_path),
        )
        if sources is None and by_shards(inputs, options, meter):
            # Loads what only archives need.
            from summitry.ingest.shards.run import read_by_shards

            read_by_shards(keeping, inputs, options, intake, make_reader)
        else:
            stream = Stream(keeping, meter, Gating(options.gate, options.case_names))
            stream.read(iter_sources(tuple(inputs), intake) if sources is None else sources, maker, options.jobs)
            keeping.note_passed(f"run of {started_at}", ", ".join(inputs))
        return _finished(keeping, maker, options.cases, started)


def fold_readings(
    readings: str,
    record_path: Path,
    progress: Callable[[Progress], None] = lambda _: None,
    make_reader: MakeReader | None = None,
    cases: Sequence[str] = (),
) -> IngestReport:
    """Bring readings that were kept by shards (``ReadOptions.readings``) into the record at ``record_path``, which is
    made if it is missing. What is in it already changes nothing.

    ``readings`` is a folder, or the address of one in an object store; only shards that are whole are taken. ``cases``
    names the case files that they were read with, to be kept in the record; shipped ones are found by themselves. The
    other arguments are those of :func:`ingest`.

    Raises:
        CaseError: a case is not known or off.
        RecordError: the record cannot be opened or written.
        ShardError: readings are damaged, or of another version.
        UsageError: there are none.
    """
    from summitry.ingest.shards.fold import fold_all

    started = time.monotonic()
    with open_record(record_path, create=True) as record:
        keeping = Keeping(record, progress)
        for case in cases:
            load_case(case)  # refused before anything is written
        record.begin_run(inputs=(readings,), cases=tuple(cases))
        fold_all(keeping, readings)
        return _finished(keeping, Maker(make_reader or Reader, tuple(cases) or None), cases, started)


def files_of(record: Path) -> frozenset[tuple[int, int]]:
    """The files of an open record, by device and number."""
    found = set()
    for name in (record.name, f"{record.name}-wal", f"{record.name}-shm", f"{record.name}-journal"):
        with suppress(OSError):
            status = record.with_name(name).stat()
            found.add((status.st_dev, status.st_ino))
    return frozenset(found)


def _finished(keeping: Keeping, maker: Maker, cases: Sequence[str], started: float) -> IngestReport:
    """Reconcile what is new, and say what the run came to."""
    record = keeping.record
    _keep_cases(record, cases)
    done = reconcile_record(record, maker.here, keeping.tell_reconciling)
    record.end_run()
    cited = record.citations(source_id for source_id, _ in done.failed)
    return IngestReport(
        keeping.counts.read,
        keeping.counts.known,
        keeping.counts.rejected,
        tuple(keeping.refusals),
        time.monotonic() - started,
        done.redated,
        tuple(Refusal(cited[source_id].uri, "reconcile", reason) for source_id, reason in done.failed),
        tuple(sorted(keeping.passed.items())),
    )


def _keep_cases(record: Record, given: Sequence[str]) -> None:
    """Keep the cases that reports were read with: a record answers by them wherever it is opened."""
    places = {load_case(place).name: place for place in given}
    for name in {*places, *record.cases_wanted()}:
        # A case that is neither given nor shipped was given to an earlier run that was stopped: nothing says where.
        if name in places or name in available_cases():
            record.keep_case(name, case_text(places.get(name, name)))
