"""A run by shards: plan, read here or on a cluster, fold into the record, in the order of the plan."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple
from pathlib import Path
from typing import Final

from summitry.errors import ShardError, UsageError
from summitry.ingest.care import Failed
from summitry.ingest.keeping import Counts, Keeping
from summitry.ingest.options import ReadOptions
from summitry.ingest.reads import MakeReader
from summitry.ingest.shards.fold import fold
from summitry.ingest.shards.local import Result, run_here
from summitry.ingest.shards.plan import shards
from summitry.ingest.shards.readings import place_of
from summitry.ingest.shards.shard import part_name, written
from summitry.ingest.shards.storing import remove, sweep
from summitry.ingest.shards.types import Shard, ShardOptions, ShardReport
from summitry.intake import IntakeOptions, Meter
from summitry.intake.listing import SHARDS_SUFFIX
from summitry.vocabulary import Rejected, Source, SourceHead

if sys.platform != "win32":
    import fcntl

_FOLDED: Final = ".folded"
"""The ending of what says that a shard is in the record: its output is gone, and it need not be read again."""


def read_by_shards(
    keeping: Keeping, inputs: Sequence[str], options: ReadOptions, intake: IntakeOptions, make: MakeReader | None = None
) -> None:
    """Read inputs into a record by shards. A run that was stopped goes on where it was.

    Raises:
        RecordError: the record cannot be written.
        ShardError: outputs cannot be written or read, or another run is at it.
        InputError: an option, an input or a case is off.
    """
    for given in inputs:
        if given == "-" or given.startswith(("http://", "https://")):
            raise UsageError(
                f"{given} cannot be read by shards, each of which is taken in wherever it is read; allowed: files, "
                "folders and object stores; or leave out --engine and --readings"
            )
    record = keeping.record.path.absolute()
    with _outputs(options.readings, record) as out:
        how = ShardOptions(
            out,
            None if options.engine == "ray" else str(record),
            options.cases,
            options.no_case,
            options.light,
            options.gate,
            options.columns,
            make,
        )
        run = _Folding(keeping, out, intake.meter, kept=options.readings is not None)
        planned = run.to_do(shards(inputs, intake, how))
        if options.engine == "ray":
            results = _on_ray(planned, shards(inputs, intake, how), how, options, run)
        else:
            results = run_here(planned, how, options.jobs, run.tell)
        with closing(results):
            for result in results:
                run.take(result)


class _Folding:
    """Results into the record, in the order they come."""

    def __init__(self, keeping: Keeping, out: str, meter: Meter | None, *, kept: bool) -> None:
        self._keeping = keeping
        self._out = out
        self._total = meter.total if meter is not None else None
        self._kept = kept
        self._bytes = 0
        self._place = ""

    def to_do(self, planned: Iterator[Shard | Rejected]) -> Iterator[Shard | Rejected]:
        """Without the shards that a stopped run has brought into the record."""
        for shard in planned:
            if isinstance(shard, Shard) and self._folded(shard):
                self._keeping.before(Counts(*json.loads(self._mark(shard).read_text())))
                self._bytes += shard.size
                self.tell(Counts())
            else:
                yield shard

    def take(self, result: Result) -> None:
        """Fold a shard, or keep what is wrong with it."""
        if isinstance(result, Rejected):
            self._keeping.reject(result)
            return
        if isinstance(result, Failed):
            for piece in result.job.pieces:
                self._keeping.reject(Rejected(_head(piece.path), "read", result.reason))
            self._bytes += result.job.size
            return
        shard, report = result
        fold(self._keeping, self._out, shard.name, shard.place)
        self._bytes += shard.size
        self._place = shard.place
        if not self._kept:
            self._clear(shard, report)
        self.tell(Counts())

    def tell(self, under_way: Counts) -> None:
        """Tell how far the run is, with what is read and not yet folded."""
        share = min(1.0, self._bytes / self._total) if self._total else None
        self._keeping.tell(self._place, share, under_way)

    def _clear(self, shard: Shard, report: ShardReport) -> None:
        """Take away an output that is in the record; first the note of it, so that it is never read for nothing."""
        mark = self._mark(shard)
        half = mark.with_suffix(".half")
        half.write_text(json.dumps(astuple(report.counts)))
        half.replace(mark)
        part = 0
        while Path(place := place_of(self._out, part_name(shard.name, part))).exists():
            remove(place)
            part += 1

    def _folded(self, shard: Shard) -> bool:
        return not self._kept and self._mark(shard).exists()

    def _mark(self, shard: Shard) -> Path:
        return Path(self._out, shard.name + _FOLDED)


def _on_ray(
    planned: Iterator[Shard | Rejected],
    again: Iterator[Shard | Rejected],
    options: ShardOptions,
    asked: ReadOptions,
    run: _Folding,
) -> Generator[Result, None, None]:
    """Read on a cluster, in whatever order; then the results, in the order of the plan."""
    from summitry.ingest.shards.cluster import run_on_ray

    failed: dict[str, Failed[Shard]] = {}
    counts = Counts()
    only = (shard for shard in planned if isinstance(shard, Shard))
    for result in run_on_ray(only, options, asked.address, jobs=asked.jobs):
        if isinstance(result, Failed):
            failed[result.job.name] = result
        else:
            counts += result.counts
        run.tell(counts)
    for shard in again:
        if isinstance(shard, Rejected):
            yield shard
        elif shard.name in failed:
            yield failed[shard.name]
        else:
            done, part = written(options.out, shard.name)
            if part is None:
                yield shard, ShardReport(shard.name, done, 0.0, None)


@contextmanager
def _outputs(readings: str | None, record: Path) -> Iterator[str]:
    """The place that outputs are written to: the one that was named, or a folder beside the record for as long as it
    takes. One run at a time.

    Raises:
        ShardError: another run is at it, or it cannot be written.
    """
    if readings is not None:
        yield readings
        return
    folder = record.with_name(record.name + SHARDS_SUFFIX)
    with _locked(folder):
        sweep(str(folder))
        yield str(folder)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(exist_ok=True)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise ShardError(
            f"{folder} cannot be made or written ({error.strerror}): readings wait there until they are in the record; "
            "change the permissions, or name a folder with --readings"
        ) from error
    try:
        if sys.platform != "win32":
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise ShardError(
                    f"another run is reading into this record by shards ({folder}); let it finish, then run this again"
                ) from None
        yield
    finally:
        os.close(lock)  # which lets go of it, as the end of the process does


def _head(uri: str) -> SourceHead:
    """A file of which nothing is known but its name."""
    return Source(uri, b"", metadata=(("uri", uri),)).head
