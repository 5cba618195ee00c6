"""Rows for other programs: JSON Lines, CSV and Markdown."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TextIO

from summitry.record import SourceRow
from summitry.report.columns import columns_of
from summitry.report.rows import FIELDS, Citations, Json, RecordRow, source_line, to_dict
from summitry.report.words import edtf, guarded, markdown
from summitry.vocabulary import DateInterval

_DATES = frozenset({"said", "date", "published", "from", "to", "deadline", "made", "horizon", "month"})
_PARTIES = frozenset(
    "speaker party addressee attributed_to proposer person obligor beneficiary claimed_by forecaster".split()
)
_LISTS_OF_PARTIES = frozenset({"actors", "recipients", "delegations"})
_NOT_IN_CELLS = frozenset({"text"})
"""Whole articles: no spreadsheet holds more than 32,767 characters in a cell."""


def write_jsonl(rows: Iterable[RecordRow], cited: Citations, out: TextIO) -> None:
    """One JSON object a line, in the order of the rows."""
    for row in rows:
        out.write(json.dumps(to_dict(row, cited), ensure_ascii=False) + "\n")


def write_csv(rows: Sequence[RecordRow], cited: Citations, out: TextIO, kind: str) -> None:
    """A table with a header, also when there are no rows.

    A party is its name, with code and office in columns of their own; a date is in EDTF-like words, with its ends,
    precision and basis in columns of their own; evidence is its exact words, and as JSON. Cells that a spreadsheet
    would take for a formula get an apostrophe before them.
    """
    writer = csv.writer(out, lineterminator="\n")
    header: list[str] | None = None
    for row in rows:
        cells = _flat(row, to_dict(row, cited), cited)
        if header is None:
            header = list(cells)
            writer.writerow(header)
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in cells.values()])
    if header is None:
        writer.writerow(["id", *FIELDS[kind], "coder", "confidence", "exact", "evidence"])


def _flat(row: RecordRow, found: Json, cited: Citations) -> Json:
    cells: Json = {"id": row.id}
    for name, value in found.items():
        if name in _DATES:
            cells |= _date_cells(name, value)
        elif name in _PARTIES:
            cells |= {
                name: value and value["name"],
                f"{name}_code": value and value["code"],
                f"{name}_office": value and value["office"],
            }
        elif name in _LISTS_OF_PARTIES:
            cells |= {
                name: "; ".join(one["name"] for one in value),
                f"{name}_codes": "; ".join(one["code"] or "" for one in value),
            }
        elif name not in ("id", "evidence", *_NOT_IN_CELLS):
            cells[name] = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
    if not isinstance(row, SourceRow):
        cells["source"] = source_line(cited.get(row.evidence[0].source))
    cells["exact"] = " … ".join(one.exact for one in row.evidence)
    cells["evidence"] = json.dumps(found["evidence"], ensure_ascii=False)
    return cells


def _date_cells(name: str, value: dict[str, Any] | None) -> Json:
    parts = ("start", "end", "precision", "basis")
    if value is None:
        return {name: None} | {f"{name}_{part}": None for part in parts}
    ends = [date.fromisoformat(value[end]) if value[end] else None for end in ("start", "end")]
    when = DateInterval(ends[0], ends[1], value["precision"], value["basis"])
    return {name: edtf(when)} | {f"{name}_{part}": value[part] for part in parts}


def write_markdown(rows: Sequence[RecordRow], cited: Citations, out: TextIO, kind: str) -> None:
    """The table of the terminal as a Markdown table, nothing cut."""
    columns = columns_of(kind)
    out.write("| " + " | ".join(column.title for column in columns) + " |\n")
    out.write("|" + " --- |" * len(columns) + "\n")
    for row in rows:
        cells = (column.cell(row, cited) for column in columns)
        out.write("| " + " | ".join(" — ".join(markdown(part) for part in cell if part) for cell in cells) + " |\n")
