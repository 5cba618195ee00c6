"""Commands of archives: readings kept by shard into a record; what the gate passed over."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summitry.cli.guard import guarded, say
from summitry.cli.options import Format, RecordFile
from summitry.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.record import PassedRow


def fold(
    readings: Annotated[
        str, typer.Argument(metavar="FOLDER|URL", help="Where read --readings kept what shards were read as.")
    ],
    record: RecordFile,
    case: Annotated[
        list[str] | None,
        typer.Option(
            "--case", metavar="NAME|FILE", help="A case file they were read with, to be kept; can be repeated."
        ),
    ] = None,
) -> None:
    """Bring kept readings into a record, which is made if it is missing: those of another machine, say."""
    with guarded():
        from summitry.cli.reading import run_fold

        raise typer.Exit(run_fold(readings, record, case or ()))


def passed_over(
    record: RecordFile, form: Annotated[Format, typer.Option("--format", help="table or jsonl.")] = Format.table
) -> None:
    """Pages that the gate passed over: how many, in which part of the input, why, with the first of them."""
    with guarded():
        if form not in (Format.table, Format.jsonl):
            raise UsageError(f"--format is {form.value!r}; allowed for passed-over: table, jsonl")
        _print(record, form)


def _print(path: Path, form: Format) -> None:
    from summitry.record import open_record

    with open_record(path, read_only=True) as record:
        rows = record.passed_over()
    if form == Format.jsonl:
        for row in rows:
            examples = [{"uri": uri, "reason": reason} for uri, reason in row.examples]
            told = {"place": row.place, "why": row.why, "pages": row.pages, "examples": examples}
            sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    elif rows:
        _print_table(rows)
    else:
        say("no pages were passed over in this record")


def _print_table(rows: Sequence[PassedRow]) -> None:
    """Pages by reason, over all parts of the input; the first of each with its reason in words."""
    from rich.table import Table

    from summitry.report.tables import console_for
    from summitry.report.words import one_line

    table = Table("why", "pages", "such as", "because", box=None, pad_edge=False)
    for why in sorted({row.why for row in rows}):
        of = [row for row in rows if row.why == why]
        uri, reason = next((example for row in of for example in row.examples), ("", ""))
        table.add_row(why, f"{sum(row.pages for row in of):,}", one_line(uri), one_line(reason))
    console_for(sys.stdout).print(table)
