"""Reading one shard: intake, gate, cleaning, reading, and an output that is there whole or not at all.

The same shard, read by any process on any machine, gives the same output. A shard is written in parts, each renamed
into place when it is whole; one that was stopped goes on behind its last part.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from summitry.gate.types import PassedOver
from summitry.ingest.care import Care
from summitry.ingest.crew import Tell
from summitry.ingest.gating import Gating
from summitry.ingest.keeping import Counts
from summitry.ingest.shards.readings import Known, Outcome, Passed, Read, Writer, count_of, part_counts
from summitry.ingest.shards.types import Shard, ShardOptions, ShardReport
from summitry.ingest.work import read_with_care
from summitry.intake import IntakeOptions, iter_piece
from summitry.record import Record, open_record
from summitry.vocabulary import Reading, Rejected, Source

BATCH: Final = 8
"""Reports read together: a second of work, after which a process says where it is."""

PART: Final = 256
"""Reports of a part: a minute of reading, the most that is done again."""

PART_PASSED: Final = 20_000
"""Outcomes of a part at most, those that cost no reading included."""


class ShardReader:
    """Reads shards in one process: what is loaded for one serves the next."""

    def __init__(self, options: ShardOptions) -> None:
        self._options = options
        self._reader = options.reader()
        self._intake = IntakeOptions(columns=options.columns)
        self._gating = Gating(options.gate, options.case_names)
        self._counts = Counts()
        self._known: Record | None = None
        if options.known is not None and Path(options.known).exists():
            self._known = open_record(options.known, read_only=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the record."""
        if self._known is not None:
            self._known.close()

    def do(self, shard: Shard, care: Care | None = None, tell: Tell = lambda _: None) -> ShardReport:
        """Read a shard, or what is left of it, and write its output.

        ``tell`` hears before each few reports which they are.

        Raises:
            ShardError: the output cannot be written.
        """
        started = time.monotonic()
        self._counts, part = written(self._options.out, shard.name)
        if part is not None:
            outcomes = self._outcomes(shard, care or Care(), tell)
            while part is not None:
                part = self._write(shard, part, outcomes)
        return ShardReport(shard.name, self._counts, time.monotonic() - started, _peak())

    def _write(self, shard: Shard, part: int, outcomes: Iterator[Outcome]) -> int | None:
        """One more part; the number of the next, None behind the last."""
        before = self._counts
        with Writer(self._options.out, part_name(shard.name, part)) as out:
            for outcome in outcomes:
                self._counts += count_of(out.add(outcome))
                now = self._counts
                deep = now.read + now.rejected - before.read - before.rejected
                if deep >= PART or now.done - before.done >= PART_PASSED:
                    return part + 1
            out.last()
        return None

    def _outcomes(self, shard: Shard, care: Care, tell: Tell) -> Iterator[Outcome]:
        """What the reports of a shard come to, in order, behind those that are written."""
        waiting: list[Source] = []
        settled: list[Outcome] = []
        for looked in islice(self._looked_at(shard), self._counts.done, None):
            # Those that need no reading wait behind those that do: the order must stay for a run that goes on.
            if not isinstance(looked, Source):
                settled.append(looked)
            elif settled:
                yield from self._read(waiting, care, tell)
                yield from settled
                waiting, settled = [looked], []
            else:
                waiting.append(looked)
            if len(waiting) >= BATCH or len(settled) >= PART:
                yield from self._read(waiting, care, tell)
                yield from settled
                waiting, settled = [], []
        yield from self._read(waiting, care, tell)
        yield from settled

    def _looked_at(self, shard: Shard) -> Iterator[Source | Outcome]:
        """The sources that must be read, and what the others come to."""
        for piece in shard.pieces:
            for source in iter_piece(piece, self._intake):
                if isinstance(source, Rejected):
                    yield replace(source, source=source.source.head)
                elif self._known is not None and self._known.has(source.id):
                    yield Known(source.head)
                elif (passed := self._gating.look(source)) is not None:
                    yield _passed(source, passed)
                else:
                    yield source

    def _read(self, sources: Sequence[Source], care: Care, tell: Tell) -> Iterator[Outcome]:
        for source, outcome in read_with_care(self._reader, sources, care, tell, lambda: self._counts):
            yield Read(source.head, outcome) if isinstance(outcome, Reading) else replace(outcome, source=source.head)


def read_shard(shard: Shard, options: ShardOptions) -> ShardReport:
    """Read one shard, with a reader of its own.

    Raises:
        ShardError: the output cannot be written.
    """
    with ShardReader(options) as reader:
        return reader.do(shard)


def written(out: str, name: str) -> tuple[Counts, int | None]:
    """What of a shard is written: its counts, and the number of the part to go on with; None where all is there."""
    counts = Counts()
    part = 0
    while (found := part_counts(out, part_name(name, part))) is not None:
        counts += found.counts
        if found.last:
            return counts, None
        part += 1
    return counts, part


def part_name(shard: str, part: int) -> str:
    """What a part of a shard's output is called."""
    return f"{shard}-{part:05}"


def _passed(source: Source, passed: PassedOver) -> Passed:
    return Passed(source.head, passed.why, passed.reason)


def _peak() -> int | None:
    """The most memory this process has taken, in bytes: Linux tells it in KiB, macOS in bytes. None: not known here."""
    if sys.platform == "win32":
        return None
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
