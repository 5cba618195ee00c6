"""Rows for other programs: JSON Lines, CSV and Markdown."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import TextIO

from summitry.record.tabular.flat import COLUMNS, Column, cells_of
from summitry.record.tabular.kinds import kind_of
from summitry.report.columns import columns_of
from summitry.report.rows import Citations, RecordRow, to_dict
from summitry.report.words import guarded, markdown


def write_jsonl(rows: Iterable[RecordRow], cited: Citations, out: TextIO) -> None:
    """One JSON object a line, in the order of the rows."""
    for row in rows:
        out.write(json.dumps(to_dict(row, cited), ensure_ascii=False) + "\n")


def write_csv(
    rows: Iterable[RecordRow], cited: Citations, out: TextIO, kind: str, without: Collection[str] = ()
) -> None:
    """A table with a header, the same with and without rows: see :mod:`summitry.record.tabular.flat`.

    Lists of parties are joined by "; ", other lists and objects are JSON. Cells that a spreadsheet would take for a
    formula get an apostrophe before them. Columns named in ``without`` are left out.

    Raises:
        UsageError: there is no such kind of rows.
    """
    known = kind_of(kind)
    columns = [column for column in COLUMNS[known] if column.name not in without]
    write = csv_lines(out)
    write([column.name for column in columns])
    for row in rows:
        cells = cells_of(row, cited, known)
        write([cell_text(cells[column.name], column) for column in columns])


def csv_lines(out: TextIO) -> Callable[[Iterable[object]], object]:
    """What writes a row of cells as a line of CSV that ends in a line feed.

    Python's writer puts quotation marks around a carriage return only where its lines end in one (up to 3.12); bare, it
    ends the row for every reader. So lines are made with both signs, and written with one.
    """
    return csv.writer(_LineFeeds(out), lineterminator="\r\n").writerow


class _LineFeeds:
    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, line: str) -> int:
        return self._out.write(line.removesuffix("\r\n") + "\n")


def cell_text(value: object, column: Column) -> str | float | None:
    """The cell of a table of text: numbers stay numbers, absent stays absent."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if column.type == "names" and isinstance(value, list):
        return guarded("; ".join(one or "" for one in value))
    if isinstance(value, date):
        return value.isoformat()
    return guarded(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def write_markdown(rows: Sequence[RecordRow], cited: Citations, out: TextIO, kind: str) -> None:
    """The table of the terminal as a Markdown table, nothing cut."""
    columns = columns_of(kind)
    out.write("| " + " | ".join(column.title for column in columns) + " |\n")
    out.write("|" + " --- |" * len(columns) + "\n")
    for row in rows:
        cells = (column.cell(row, cited) for column in columns)
        out.write("| " + " | ".join(" — ".join(markdown(part) for part in cell if part) for cell in cells) + " |\n")
