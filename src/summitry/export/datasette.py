"""Metadata with which Datasette shows a record file as it is: titles, meanings, facets, ready questions.

``summitry export datasette --record talks.db metadata.json``, then ``datasette talks.db -m metadata.json``. The file's
rows are those of single reports; what the ledger works out is in the other exports. Datasette's ``units`` are of
physics; units stand in the meanings of the columns instead.
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from summitry.export.datasette_queries import QUERIES
from summitry.export.datasette_words import TABLES, Table, meaning_of
from summitry.export.types import Selection
from summitry.record import Record
from summitry.record.layout import tables_of

Json = dict[str, Any]


def datasette(record: Record, selection: Selection, out: BinaryIO) -> None:
    """The metadata of a record's file. It is of the file: filters of the selection choose nothing in it."""
    del selection
    titles = [case.title for case in record.cases() if case.title]
    title = f"Record of {'; '.join(titles)}" if titles else f"Record {record.path.stem}"
    found = tables_of(record)
    told = {
        "title": title,
        "description": "Who said what, what happened when, what parties offered, demanded, promised and foretold: each "
        "row with the exact words of the report it was read from. Made by summitry.",
        "databases": {
            record.path.stem: {
                "title": title,
                "tables": {name: _table(TABLES[name], columns) for name, columns in found.items() if name in TABLES},
                "queries": {
                    one.name: {"title": one.title, "description": one.takes, "sql": one.sql} for one in QUERIES
                },
            }
        },
    }
    out.write(json.dumps(told, ensure_ascii=False, indent=2).encode("utf-8") + b"\n")


def _table(table: Table, columns: tuple[str, ...]) -> Json:
    told: Json = {"title": table.title, "description": table.holds}
    if table.hidden:
        return told | {"hidden": True}
    told["columns"] = {column: meaning for column in columns if (meaning := meaning_of(table, column))}
    if table.facets:
        told["facets"] = list(table.facets)
    if table.sort:
        told["sort_desc"] = table.sort
    if table.label:
        told["label_column"] = table.label
    return told
