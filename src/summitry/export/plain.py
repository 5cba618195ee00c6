"""One kind of rows as CSV, as JSON Lines and as Parquet: the forms that every program reads."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO, TextIO

from summitry.export.selected import rows_of
from summitry.export.types import Selection
from summitry.record import Record
from summitry.record.tabular.arrow import needed
from summitry.report.exports import write_csv, write_jsonl


def as_text(out: BinaryIO, write: Callable[[TextIO], None]) -> None:
    """Write text as UTF-8 with line feeds; ``out`` stays open."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    try:
        write(text)
    finally:
        text.detach()


def csv(record: Record, selection: Selection, out: BinaryIO) -> None:
    """Rows as CSV, see :func:`summitry.report.exports.write_csv`."""
    rows = rows_of(record, selection)
    cited = record.citations(one.source for row in rows for one in row.evidence)
    as_text(out, lambda text: write_csv(rows, cited, text, rows.kind))


def jsonl(record: Record, selection: Selection, out: BinaryIO) -> None:
    """Rows as JSON objects, one a line: all that the record has of each."""
    rows = rows_of(record, selection)
    cited = record.citations(one.source for row in rows for one in row.evidence)
    as_text(out, lambda text: write_jsonl(rows, cited, text))


def parquet(record: Record, selection: Selection, out: BinaryIO) -> None:
    """Rows as Parquet, typed: see :meth:`summitry.record.tabular.frames.Rows.to_arrow`.

    Raises:
        UsageError: pyarrow is not installed.
    """
    table = rows_of(record, selection).to_arrow()
    needed("pyarrow.parquet").write_table(table, out, compression="zstd")
