"""Columns as Frictionless Table Schema (specs.frictionlessdata.io, version 1): types, meanings, keys."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final

from summitry.record.tabular.field import Kind
from summitry.record.tabular.flat import COLUMNS, CellType, Column

Json = dict[str, Any]

_TYPES: Final = MappingProxyType[CellType, str](
    {
        "text": "string",
        "integer": "integer",
        "number": "number",
        "truth": "boolean",
        "day": "date",
        "names": "string",
        "texts": "array",
        "span": "object",
        "spans": "array",
        "labelled spans": "array",
        "evidence": "array",
        "counts": "object",
        "sets": "array",
        "steps": "array",
        "orders": "array",
    }
)
EVIDENCE_FIELDS: Final = (
    {"name": "kind", "type": "string", "description": "Kind of the row: the name of its table."},
    {"name": "row", "type": "string", "description": "Id of the row."},
    {"name": "position", "type": "integer", "description": "Place of the passage among those of the row, from 0."},
    {"name": "source", "type": "string", "description": "Id of the source it stands in."},
    {"name": "start", "type": "integer", "description": "Where it begins in the text: code points, from 0."},
    {"name": "end", "type": "integer", "description": "Where it ends, the end not included."},
    {"name": "exact", "type": "string", "description": "The exact words there."},
    {"name": "attribution_chain", "type": "array", "description": "Whom the source has it from, nearest first."},
)
"""Fields of the table of passages."""


def field_of(column: Column) -> Json:
    """The descriptor of one column."""
    field = column.field
    told: Json = {"name": column.name, "type": _TYPES[column.type], "description": column.meaning}
    if column.part:
        return told
    if field.unit:
        told["description"] += f" Unit: {field.unit}."
    if field.null:
        told["description"] += f" Empty: {field.null}."
    constraints: Json = {}
    if field.null is None and field.shape in ("label", "integer", "number", "truth", "day"):
        constraints["required"] = True
    if field.allowed:
        constraints["enum"] = list(field.allowed)
    if column.name == "id":
        constraints = {"required": True, "unique": True}
    return told | ({"constraints": constraints} if constraints else {})


def row_schema(kind: Kind, without: Sequence[str], referred: Sequence[str]) -> Json:
    """The schema of a kind's table. ``referred`` are the columns whose ids are all there, in the table they name."""
    columns = [column for column in COLUMNS[kind] if column.name not in without]
    keys = [
        {
            "fields": column.name,
            # An empty name is the table itself.
            "reference": {"resource": "" if column.field.refers_to == kind else column.field.refers_to, "fields": "id"},
        }
        for column in columns
        if column.name in referred
    ]
    return {
        "fields": [field_of(column) for column in columns],
        "missingValues": [""],
        "primaryKey": "id",
        **({"foreignKeys": keys} if keys else {}),
    }


def evidence_schema() -> Json:
    """The schema of the table of passages."""
    required = [one | {"constraints": {"required": True}} for one in EVIDENCE_FIELDS]
    return {
        "fields": required,
        "missingValues": [""],
        "primaryKey": ["kind", "row", "position"],
        "foreignKeys": [{"fields": "source", "reference": {"resource": "sources", "fields": "id"}}],
    }
