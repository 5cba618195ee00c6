"""``summitry export``: the record for other people's tools."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Optional

import typer

from summitry.cli.guard import guarded, say
from summitry.cli.ledger import OfCase
from summitry.cli.options import AsOf, Issue, MinConfidence, Party, Since
from summitry.errors import UsageError

if TYPE_CHECKING:
    from summitry.export.types import Export, Selection
    from summitry.record import Record


class Rows(StrEnum):
    """Kinds of rows, as :data:`summitry.export.types.RowsKind`; a test holds the two together."""

    sources = "sources"
    statements = "statements"
    timeline = "timeline"
    meetings = "meetings"
    moves = "moves"
    positions = "positions"
    commitments = "commitments"
    predictions = "predictions"
    discrepancies = "discrepancies"
    deadlocks = "deadlocks"
    status = "status"
    tone = "tone"


def export(  # noqa: PLR0913 - every option of a command is a parameter
    form: Annotated[
        Optional[str],  # noqa: UP045 - typer reads this annotation at run time
        typer.Argument(metavar="FORMAT", help="The format; --list prints all."),
    ] = None,
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Argument(metavar="OUT", help="The file, or folder, to write; - or nothing: standard output."),
    ] = None,
    record: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--record", metavar="FILE", help="The record, one file."),
    ] = None,
    rows: Annotated[
        Rows, typer.Option("--rows", help="Which rows, where a format holds one kind (csv, jsonl, parquet).")
    ] = Rows.timeline,
    as_of: AsOf = None,
    party: Party = None,
    issue: Issue = None,
    since: Since = None,
    min_confidence: MinConfidence = None,
    case: OfCase = None,
    listed: Annotated[bool, typer.Option("--list", help="Print the formats and stop.")] = False,
) -> None:
    """The record for other programs: tables, graphs, calendars, citations, annotations, the brief as a document."""
    with guarded():
        from summitry.export.formats import FORMATS, format_named
        from summitry.export.types import Selection
        from summitry.record import open_record

        if listed:
            for one in FORMATS:
                print(f"{one.name:<14}{one.what} Opens in {one.opens_in}.")  # noqa: T201 - the data of this command
            return
        if form is None or record is None:
            raise UsageError("export needs a format and --record FILE; the formats: summitry export --list")
        chosen = format_named(form)
        asked = Selection(rows.value, as_of, party, issue, since, min_confidence, case)
        with open_record(record, read_only=True) as opened:
            _written(opened, chosen, asked, out)
            if chosen.left_out is not None and (told := chosen.left_out(opened, asked)):
                say(told)


def _written(record: Record, export: Export, asked: Selection, out: Path | None) -> None:
    """Write an export to a folder, to standard output, or to a file."""
    to_stdout = out is None or str(out) == "-"
    if export.fill is not None:
        if out is None or to_stdout:
            raise UsageError(
                f"{export.name} is a folder of files; name it: summitry export {export.name} --record FILE FOLDER"
            )
        export.fill(record, asked, out)
        say(f"written: {out}")
        return
    assert export.write is not None
    if out is None or to_stdout:
        if sys.stdout.isatty() and not export.media_type.startswith(("text/", "application/json")):
            raise UsageError(
                f"{export.name} is nothing for a terminal; name a file: summitry export {export.name} --record FILE OUT"
            )
        export.write(record, asked, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    if out.is_dir():
        raise UsageError(f"{out} is a folder; name a file: {out / ('talks' + export.suffix)}")
    if not out.parent.is_dir():
        raise UsageError(f"{out} cannot be written: there is no folder {out.parent}; make the folder first")
    if out.exists() and out.samefile(record.path):
        raise UsageError(f"{out} is the record itself; name another file")
    _replace(out, lambda file: export.write(record, asked, file) if export.write else None)
    say(f"written: {out}")


def _replace(out: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write a file beside ``out``, then put it in its place: what was there stays whole if anything fails."""
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The mask of new files of this process: a temporary file has its own, for its owner only."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
