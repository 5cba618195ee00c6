"""Commands that read reports into a record, with progress on stderr."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from summitry.cli.guard import OFF, Stopped, say
from summitry.errors import UsageError

if TYPE_CHECKING:
    from importlib.abc import Traversable

    from summitry.ingest import IngestReport, Progress, ReadOptions
    from summitry.ingest.options import Engine

FIELDS = ("text", "title", "date", "url", "outlet", "authors")
"""What JSONL and CSV columns can be said to hold."""

SECONDS_A_LINE = 5.0
"""Between two lines of progress in a pipe: a log of an hour stays readable, and nobody waits long for a sign."""

_MOST_REASONS = 20
"""Rejected inputs named on the terminal; all are in the record."""


@dataclass(frozen=True, slots=True)
class Way:
    """How the work is divided, as ``read`` is told."""

    jobs: int | None
    gate: bool | None = None
    engine: str = "auto"
    address: str | None = None
    readings: str | None = None


def options_of(
    cases: Sequence[str], columns: Sequence[str], way: Way, *, no_case: bool, allow_private: bool, light: bool
) -> ReadOptions:
    """The options of ``read`` as :class:`summitry.ingest.ReadOptions`.

    Raises:
        UsageError: options that exclude one another, or a column that is not FIELD=COLUMN.
    """
    if way.address is not None and way.engine != "ray":
        raise UsageError(f"--address is {way.address!r} with --engine {way.engine}; allowed: with --engine ray")
    if way.address is not None and way.readings is None:
        raise UsageError(
            "--engine ray at an address needs --readings: a folder or the address of a store that all machines of the "
            "cluster see"
        )
    if way.readings is not None and way.engine == "stream":
        raise UsageError("--readings keeps what shards are read as; allowed: with --engine auto, shards or ray")
    if cases and no_case:
        raise UsageError("--case and --no-case are both given; allowed: one of them")
    pairs = []
    for one in columns:
        field, equals, column = one.partition("=")
        if not (equals and column and field in FIELDS):
            raise UsageError(f"--column is {one!r}; allowed: FIELD=COLUMN with FIELD one of {', '.join(FIELDS)}")
        pairs.append((field, column))
    from summitry.ingest import ReadOptions

    return ReadOptions(
        cases=tuple(cases),
        no_case=no_case,
        jobs=way.jobs,
        allow_private=allow_private,
        columns=tuple(pairs),
        light=light,
        gate=way.gate,
        engine=cast("Engine", way.engine),
        address=way.address,
        readings=way.readings,
    )


def run_read(inputs: Sequence[str], record: Path, options: ReadOptions) -> int:
    """Read inputs into a record; tell on stderr what came of it; return the exit status."""
    report = _ingest(inputs, record, options)
    _tell(report, record)
    return _status(report, inputs)


def run_fold(readings: str, record: Path, cases: Sequence[str] = ()) -> int:
    """Bring kept readings into a record; tell on stderr what came of it; return the exit status."""
    from summitry.ingest import fold_readings

    with _stoppable(record) as note:
        report = fold_readings(readings, record, note, cases=tuple(cases))
    _tell(report, record)
    return _status(report, [readings])


def _status(report: IngestReport, inputs: Sequence[str]) -> int:
    if not report.rejected:
        return 0 if report.read or report.known or report.passed else _nothing(inputs)
    return 1 if report.read or report.known or report.passed else OFF


def _nothing(inputs: Sequence[str]) -> int:
    say(f"summitry: nothing to read in {', '.join(inputs)}; allowed: files, folders, globs and URLs of reports")
    return OFF


def _ingest(inputs: Sequence[str], record: Path, options: ReadOptions) -> IngestReport:
    from summitry.ingest import ingest

    with _stoppable(record) as note:
        return ingest(inputs, record, options, note)


@contextmanager
def _stoppable(record: Path) -> Iterator[Callable[[Progress], None]]:
    """Progress that is shown; Ctrl-C says what is done."""
    last: list[Progress] = []
    try:
        with shown_progress() as show:

            def note(progress: Progress) -> None:
                last[:] = [progress]
                show(progress)

            yield note
    except KeyboardInterrupt:
        done = last[0].read if last else 0
        raise Stopped(
            f"{done} new reports are in {record}, each of them whole; run the same command again to go on"
        ) from None


@contextmanager
def shown_progress() -> Iterator[Callable[[Progress], None]]:
    """A line with rate and time left that stays in its place on a terminal; elsewhere a new one now and then."""
    if not sys.stderr.isatty():
        yield _Lines(time.monotonic())
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        TextColumn("{task.fields[counts]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(compact=True),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True, expand=True) as bar:
        started = time.monotonic()
        task = bar.add_task("reading", total=None, counts="")

        def show(progress: Progress) -> None:
            nonlocal task
            stage = bar.tasks[-1].description
            if progress.stage != stage:
                bar.remove_task(task)
                task = bar.add_task(progress.stage, total=None, counts="")
            share = _share(progress)
            counts = _counts(progress, time.monotonic() - started)
            bar.update(task, completed=share or 0.0, total=None if share is None else 1.0, counts=counts)

        yield show


def _share(progress: Progress) -> float | None:
    return progress.done / progress.total if progress.total else progress.share


def _counts(progress: Progress, elapsed: float) -> str:
    """What is done, in words: ``120 reports, 6.1 a second, 2 rejected``."""
    if progress.stage == "reconciling":
        return f"{progress.done} of {progress.total} reports"
    rate = f", {progress.done / elapsed:.1f} a second" if elapsed > 1 else ""
    bad = f", {progress.rejected} rejected" if progress.rejected else ""
    over = f", {progress.passed} passed over" if progress.passed else ""
    return f"{progress.done} report{'s' * (progress.done != 1)}{rate}{bad}{over}"


class _Lines:
    """Progress where no line can be written over: in a pipe, a log, a scheduler's mail."""

    def __init__(self, started: float) -> None:
        self._started = started
        self._last = started
        self._stage = "reading"
        # When and where the first report was done: what went before was the loading of the parser.
        self._first: tuple[float, float] | None = None

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if progress.stage != self._stage:
            self._started, self._stage, self._first = now, progress.stage, None
        share = _share(progress)
        if self._first is None and share is not None:
            self._first = (now, share)
        if now - self._last < SECONDS_A_LINE:
            return
        self._last = now
        known = ""
        if share is not None and self._first is not None:
            since, from_share = self._first
            left = (now - since) * (1 - share) / (share - from_share) if share > from_share else None
            part = f", {share:.0%} of the input" if progress.stage == "reading" else ""
            known = part + (f", {_span(left)} left" if left is not None else "")
        say(f"{progress.stage}: {_counts(progress, now - self._started)}{known}")


def _span(seconds: float) -> str:
    """A stretch of time for a person: ``40 s``, ``12 min``, ``3.5 h``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def _tell(report: IngestReport, record: Path) -> None:
    from summitry.report.words import one_line

    for refusal in report.refusals[:_MOST_REASONS]:
        say(f"rejected {one_line(refusal.uri)}: {one_line(refusal.reason)} (at {refusal.stage})")
    if report.rejected > _MOST_REASONS:
        say(f"rejected {report.rejected - _MOST_REASONS} more; see: summitry sources --record {record}")
    for refusal in report.unreconciled[:_MOST_REASONS]:
        say(
            f"{one_line(refusal.uri)} is read, but could not be brought together with the rest "
            f"({one_line(refusal.reason)}); the next run tries again; please report it with the source"
        )
    if report.passed:
        reasons = ", ".join(f"{count} by {why}" for why, count in report.passed)
        total = sum(count for _, count in report.passed)
        say(f"{total} pages passed over ({reasons}); see: summitry passed-over --record {record}")
    known = f", {report.known} known before" if report.known else ""
    bad = f", {report.rejected} rejected" if report.rejected else ""
    rate = f" ({report.read / report.seconds:.1f} a second)" if report.read and report.seconds > 1 else ""
    say(f"{report.read} reports read{rate}{known}{bad}; record: {record}")


def run_demo(record: Path | None, jobs: int | None) -> int:
    """Read the shipped examples, print where the talks stand; return the exit status."""
    from importlib.resources import as_file

    from summitry.ingest import ReadOptions
    from summitry.record import open_record
    from summitry.report.brief import print_brief

    with ExitStack() as stack:
        examples = stack.enter_context(as_file(_examples()))
        where = record
        if where is None:
            where = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="summitry-"))) / "demo.db"
        report = _ingest([str(examples)], where, ReadOptions(jobs=jobs))
        say(f"{report.read} example reports read in {report.seconds:.0f} s")
        for refusal in report.refusals:
            say(f"rejected {Path(refusal.uri).name}: {refusal.reason}")
        with open_record(where, read_only=True) as opened:
            brief = opened.brief()
            cited = opened.citations(one.source for line in brief.lines for one in line.evidence)
            print_brief(brief, cited, sys.stdout)
    kept = record or "talks.db"
    if record is None:
        say(f"\nTo keep the record: summitry demo --record {kept}; of your reports: summitry read PATH --record {kept}")
    say(f"To see it in a browser: summitry serve --record {kept}")
    say(f"To ask it: summitry positions --matrix --record {kept}; also brief --as-of DATE, timeline, statements, ...")
    return 0 if report.read or report.known else OFF


def _examples() -> Traversable:
    """The folder of shipped examples: in the installed package, or in the repository of an editable one.

    Raises:
        UsageError: neither is there.
    """
    from importlib.resources import files

    shipped = files("summitry") / "_examples"
    if shipped.is_dir():
        return shipped
    own = Path(__file__).resolve().parents[3] / "examples" / "korea-2019"
    if own.is_dir():
        return own
    raise UsageError(f"no examples: neither {shipped} nor {own} is there; install summitry again from its package")
