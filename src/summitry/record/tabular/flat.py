"""Rows as the cells of a table: the one way from a row's fields to columns, for CSV, Parquet, Arrow and data frames.

A party is its name, with code and office in columns of their own; a list of parties is a list of names and one of
codes; a date is in EDTF-like words, with its ends, precision and basis in columns of their own; other fields are one
column each. Behind the fields stand the first source in words and by id, the exact words, and the evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final, Literal

from summitry.ledger.phrasing import edtf, is_rough, one_line
from summitry.record.rows import Citation, SourceRow
from summitry.record.tabular.field import Field, Kind, RowsOf
from summitry.record.tabular.kinds import KINDS
from summitry.record.tabular.objects import Citations, Json, to_dict
from summitry.vocabulary import DateInterval, Row

CellType = Literal[
    "text",
    "integer",
    "number",
    "truth",
    "day",
    "names",
    "texts",
    "span",
    "spans",
    "labelled spans",
    "evidence",
    "counts",
    "sets",
    "steps",
    "orders",
]
"""What the cells of a column hold. ``names`` is a list of texts that a table of text joins by "; "."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. ``part`` says which part of its field it holds; empty for the whole."""

    name: str
    type: CellType
    field: Field
    part: str = ""

    @property
    def meaning(self) -> str:
        """What its cells mean, in a sentence."""
        return f"{self.field.meaning} Here: {self.part}." if self.part else self.field.meaning


_DATE_PARTS: Final[tuple[tuple[str, CellType, str], ...]] = (
    ("", "text", "the days in EDTF-like words (2019-03-15, 2019-03, 2019-03-15/2019-03-17, unknown)"),
    ("_start", "day", "the first day; empty where that is open"),
    ("_end", "day", "the last day; empty where that is open"),
    ("_precision", "text", "day, month, year, interval or unknown"),
    ("_basis", "text", "how it is known"),
)
_PARTY_PARTS: Final[tuple[tuple[str, CellType, str], ...]] = (
    ("", "text", "the name in full"),
    ("_code", "text", "the code in the manner of CAMEO; empty where no party is known"),
    ("_office", "text", "the office held then"),
)
_PARTIES_PARTS: Final[tuple[tuple[str, CellType, str], ...]] = (
    ("", "names", "the names in full"),
    ("_codes", "names", "their codes in the manner of CAMEO, in the same order; empty where no party is known"),
)
_NOT_IN_CELLS: Final = frozenset({("sources", "text")})
"""Whole articles: no spreadsheet holds more than 32,767 characters in a cell."""

_SOURCE: Final = Field("source", "text", "The first source in words: who published it, and when.", "article")
_SOURCE_ID: Final = Field("source_id", "text", "Id of the first source.", "record", refers_to="sources")
_EXACT: Final = Field("exact", "text", "The exact words of all passages, joined by “ … ”.", "reader")


def _columns_of_field(field: Field) -> Iterator[Column]:
    match field.shape:
        case "date":
            yield from (Column(field.name + end, kind, field, part) for end, kind, part in _DATE_PARTS)
        case "party":
            yield from (Column(field.name + end, kind, field, part) for end, kind, part in _PARTY_PARTS)
        case "parties":
            yield from (Column(field.name + end, kind, field, part) for end, kind, part in _PARTIES_PARTS)
        case "text" | "label":
            yield Column(field.name, "text", field)
        case other:
            yield Column(field.name, other, field)


def _columns(rows: RowsOf) -> tuple[Column, ...]:
    fields = {field.name: field for field in rows.fields}
    inner = [
        column
        for field in rows.fields
        if field.name not in ("id", "evidence") and (rows.kind, field.name) not in _NOT_IN_CELLS
        for column in _columns_of_field(field)
    ]
    behind = [Column("exact", "text", _EXACT), Column("evidence", "evidence", fields["evidence"])]
    if rows.kind != "sources":
        behind = [Column("source", "text", _SOURCE), Column("source_id", "text", _SOURCE_ID), *behind]
    return (Column("id", "text", fields["id"]), *inner, *behind)


COLUMNS: Final = MappingProxyType({kind: _columns(rows) for kind, rows in KINDS.items()})
"""The columns of each kind's table, in order: the same with and without rows."""


def cells_of(row: SourceRow | Row, cited: Citations, kind: Kind) -> Json:
    """The cells of one row by column: texts, numbers, days as :class:`datetime.date`, lists and objects as they are."""
    found = to_dict(row, cited)
    cells: Json = {}
    for field in KINDS[kind].fields:
        value = found.get(field.name)
        match field.shape:
            case "date":
                cells |= _date_cells(field.name, value)
            case "party":
                cells |= {
                    field.name: value and value["name"],
                    f"{field.name}_code": value and value["code"],
                    f"{field.name}_office": value and value["office"],
                }
            case "parties":
                parties = value or []
                cells |= {
                    field.name: [one["name"] for one in parties],
                    f"{field.name}_codes": [one["code"] for one in parties],
                }
            case "day":
                cells[field.name] = value and date.fromisoformat(value)
            case _:
                cells[field.name] = value
    if not isinstance(row, SourceRow):
        first = row.evidence[0].source
        cells |= {"source": source_line(cited.get(first)), "source_id": first}
    cells["exact"] = " … ".join(one.exact for one in row.evidence)
    return {column.name: cells[column.name] for column in COLUMNS[kind]}


def _date_cells(name: str, value: dict[str, Any] | None) -> Json:
    if value is None:
        return {name: None} | {f"{name}_{part}": None for part in ("start", "end", "precision", "basis")}
    start, end = (date.fromisoformat(value[end]) if value[end] else None for end in ("start", "end"))
    when = DateInterval(start, end, value["precision"], value["basis"])
    return {
        name: edtf(when),
        f"{name}_start": start,
        f"{name}_end": end,
        f"{name}_precision": when.precision,
        f"{name}_basis": when.basis,
    }


def source_line(source: Citation | None) -> str:
    """Outlet and date of a source: ``The Baltic Example, 2019-05-04``; without an outlet its address."""
    if source is None:
        return "unknown source"
    when = "undated" if is_rough(source.published) else edtf(source.published)
    return f"{one_line(source.outlet or source.uri.rsplit('/', 1)[-1])}, {when}"
