"""Commands that keep a record safe: checking it, mending it, and copying it while it is in use."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summitry.cli.guard import guarded, say
from summitry.cli.options import Format, RecordFile
from summitry.errors import UsageError

if TYPE_CHECKING:
    from summitry.record.checking import CheckReport, Looked, RepairReport

FOUND = 1
"""Exit status of ``check``: something does not hold, or did not and was mended."""


def check(
    record: RecordFile,
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend what can be, after a copy of the record was made beside it.")
    ] = False,
    form: Annotated[Format, typer.Option("--format", help="table (text) or jsonl.")] = Format.table,
) -> None:
    """Verify all that must hold in a record: evidence, ids, keys, search indexes, the file itself. Exit status
    0: sound; 1: something was found, or mended; 2: no record."""
    with guarded():
        from summitry.record.checking import check_record, repair_record

        if form not in (Format.table, Format.jsonl):
            raise UsageError(f"--format is {form.value}; allowed for check: table, jsonl")
        with _progress() as show:
            if repair:
                mended = repair_record(record, show)
                report, done = mended.after, mended.done
            else:
                mended, report, done = None, check_record(record, show), ()
        if form is Format.jsonl:
            _print_lines(mended.before if mended else report, mended)
        else:
            _print_text(report, mended)
        raise typer.Exit(0 if report.sound and not done else FOUND)


def _print_lines(report: CheckReport, mended: RepairReport | None) -> None:
    """One object a finding; with --repair, of what was found before, and one more of what was done."""
    for one in report.findings:
        told = {"invariant": one.invariant, "where": one.where, "what": one.what, "repairable": one.mend is not None}
        _line(told)
    if mended is not None:
        _line(
            {
                "done": list(mended.done),
                "copy": str(mended.copy) if mended.copy else None,
                "read_again": list(mended.read_again),
                "reviews_lost": mended.reviews_lost,
                "left": sum(mended.after.counts.values()),
            }
        )


def _line(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def _print_text(report: CheckReport, mended: RepairReport | None) -> None:
    if mended is not None:
        _print_mended(mended)
    named: dict[str, int] = {}
    for one in report.findings:
        named[one.invariant] = named.get(one.invariant, 0) + 1
        typer.echo(f"{one.invariant}: {one.where}: {one.what}")
    for name, count in report.counts.items():
        if count > named[name]:
            typer.echo(f"{name}: {count - named[name]} more")
    reasons: dict[str, list[str]] = {}
    for name, why in report.skipped:
        reasons.setdefault(why, []).append(name)
    for why, names in reasons.items():
        say(f"not checked: {', '.join(names)} ({why})")
    size = f"{report.reports} reports, {len(report.checked)} invariants, {report.seconds:.1f} s"
    if report.sound:
        typer.echo(f"sound: {report.path} ({size})")
        return
    found = sum(report.counts.values())
    typer.echo(f"not sound: {found} finding{'s' * (found != 1)} in {report.path} ({size})")
    if mended is None:
        typer.echo(
            f"to mend what can be, after a copy is made beside it: summitry check --record {report.path} --repair"
        )


def _print_mended(mended: RepairReport) -> None:
    for one in mended.done:
        typer.echo(f"mended: {one}")
    if mended.copy is not None:
        typer.echo(f"the record as it was: {mended.copy}")
    for place in mended.read_again:
        typer.echo(f"to be read again: {place}")
    if mended.reviews_lost:
        typer.echo(
            f"{mended.reviews_lost} decisions of reviewers could not be read; a backup may have them: "
            "summitry review export --record BACKUP, then summitry review import"
        )
    if mended.done:
        typer.echo(f"next: summitry read PATH --record {mended.after.path} (what is there already is passed over)")


@contextmanager
def _progress() -> Iterator[Callable[[Looked], None]]:
    """Where a check is: a line on stderr now and then, so that a large record is seen to be worked on."""
    last = time.monotonic()

    def show(at: Looked) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= 5.0:
            last = now
            say(f"checking {at.what}" + (f": {at.done} of {at.total}" if at.total else ""))

    yield show


def backup(
    record: RecordFile,
    to: Annotated[Path, typer.Argument(metavar="TO", help="The file of the copy.")],
    force: Annotated[bool, typer.Option("--force", help="Put the copy in the place of a file that is there.")] = False,
) -> None:
    """Make a consistent copy of a record, also while it is read into or open in a desk."""
    with guarded():
        from summitry.record.backup import backup as make

        last = time.monotonic()

        def show(done: int, total: int) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= 5.0:
                last = now
                say(f"copied {done / max(total, 1):.0%}")

        made = make(record, to, force=force, progress=show)
        typer.echo(f"{made.to} ({made.size:,} bytes, {made.seconds:.1f} s)")
