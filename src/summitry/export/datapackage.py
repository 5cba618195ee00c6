"""All kinds of rows as a folder that describes itself: a Frictionless Data Package, with its codebook.

``data/KIND.csv`` are the tables, ``data/evidence.csv`` the passages of all rows, ``rows/KIND.jsonl`` the rows as whole
objects. The text of the articles is left out: it is somebody's, and a package is made to be handed on.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from summitry.errors import UsageError
from summitry.export.codebook import codebook
from summitry.export.schemas import EVIDENCE_FIELDS, evidence_schema, row_schema
from summitry.export.selected import rows_of
from summitry.export.types import Selection
from summitry.record import Record, SourceRow
from summitry.record.runs import last_run
from summitry.record.tabular.field import Kind
from summitry.record.tabular.flat import COLUMNS
from summitry.record.tabular.frames import Rows
from summitry.record.tabular.kinds import KINDS
from summitry.record.tabular.objects import Citations, to_dict
from summitry.report.exports import csv_lines, write_csv
from summitry.report.words import guarded

Json = dict[str, Any]
Tables = Mapping[Kind, Rows[Any]]

_IN_EVIDENCE: Final = ("evidence",)
"""The column of each table that the table of passages holds in its stead."""
_README: Final = """# {title}

Made by summitry {version}. `datapackage.json` describes every table and column; `codebook.md` says what they mean.

- `data/*.csv`: one table for each kind of rows; `data/evidence.csv` has the exact words each row came from.
- `rows/*.jsonl`: the same rows as whole objects, one a line.

In the CSV files a cell that a spreadsheet would take for a formula begins with an apostrophe; the JSON Lines have it
without. Quoted passages are the words of the publishers named in `data/sources.csv`; whole articles are not in here.
No licence is stated: add `licenses` to `datapackage.json` before you pass the package on.
"""


def fill(record: Record, selection: Selection, folder: Path) -> None:
    """Write the package into a folder, which is made if it is missing. All kinds are in it, whatever ``rows`` says.

    Raises:
        UsageError: the folder is a file, or a filter is off.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; a data package is a folder: name one, or a new one")
    tables = _tables(record, selection)
    cited = record.citations(one.source for rows in tables.values() for row in rows for one in row.evidence)
    resources = []
    for kind, rows in tables.items():
        out = io.StringIO()
        write_csv(rows, cited, out, kind, _IN_EVIDENCE)
        schema = row_schema(kind, _IN_EVIDENCE, tuple(_referred(kind, tables)))
        resources.append(_table(kind, KINDS[kind].one, out.getvalue(), schema))
    resources.append(
        _table("evidence", "The passages of all rows: their exact words.", _passages(tables), evidence_schema())
    )
    objects = [_objects(kind, rows, cited) for kind, rows in tables.items()]
    title = _title(record)
    package = _package(record, selection, title, [told for told, _ in (*resources, *objects)])
    files = {told["path"]: content for told, content in (*resources, *objects)} | {
        "codebook.md": codebook(),
        "README.md": _README.format(title=title, version=_version()),
        "datapackage.json": json.dumps(package, ensure_ascii=False, indent=2) + "\n",
    }
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8", newline="")


def _tables(record: Record, selection: Selection) -> Tables:
    """The rows of each kind; of sources those asked for and those that any row was read from."""
    tables = {kind: rows_of(record, selection, kind) for kind in KINDS}
    wanted = {row.id for row in tables["sources"]}
    wanted |= {one.source for rows in tables.values() for row in rows for one in row.evidence}
    every = record.sources()
    # What a copy is a copy of comes along, so that no reference leads nowhere.
    wanted |= {row.copy_of for row in every if row.id in wanted and row.copy_of}
    sources: Rows[SourceRow] = Rows((row for row in every if row.id in wanted), "sources", record.citations)
    return tables | {"sources": sources}


def _referred(kind: Kind, tables: Tables) -> Iterator[str]:
    """The columns of a table whose ids are all in the table they name: filters may have left some out."""
    for column in COLUMNS[kind]:
        if column.field.refers_to is None or column.type != "text":
            continue
        there = {row.id for row in tables[column.field.refers_to]}
        if column.name == "source_id":
            named = {row.evidence[0].source for row in tables[kind]}
        else:
            named = {getattr(row, column.name) for row in tables[kind]} - {None}
        if named <= there:
            yield column.name


def _table(name: str, meaning: str, content: str, schema: Json) -> tuple[Json, str]:
    told = {
        "name": name,
        "path": f"data/{name}.csv",
        "profile": "tabular-data-resource",
        "description": meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        **_weighed(content),
        "schema": schema,
    }
    return told, content


def _objects(kind: Kind, rows: Rows[Any], cited: Citations) -> tuple[Json, str]:
    lines = []
    for row in rows:
        found = to_dict(row, cited)
        if kind == "sources":
            del found["text"]
        lines.append(json.dumps(found, ensure_ascii=False) + "\n")
    content = "".join(lines)
    told = {
        "name": f"{kind}-objects",
        "path": f"rows/{kind}.jsonl",
        "profile": "data-resource",
        # Objects within objects: text to a reader of tables.
        "type": "text",
        "description": f"{KINDS[kind].title} as whole objects, one a line; the fields are those of codebook.md.",
        "format": "jsonl",
        "mediatype": "application/jsonl",
        "encoding": "utf-8",
        **_weighed(content),
    }
    return told, content


def _weighed(content: str) -> Json:
    raw = content.encode("utf-8")
    return {"bytes": len(raw), "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}"}


def _passages(tables: Tables) -> str:
    """The passages of all rows as CSV."""
    out = io.StringIO()
    write = csv_lines(out)
    write([field["name"] for field in EVIDENCE_FIELDS])
    for kind, rows in tables.items():
        for row in rows:
            for position, one in enumerate(row.evidence):
                chain = json.dumps(list(one.attribution_chain), ensure_ascii=False)
                write([kind, row.id, position, one.source, one.start, one.end, guarded(one.exact), chain])
    return out.getvalue()


def _title(record: Record) -> str:
    titles = [case.title for case in record.cases() if case.title]
    return f"Record of {'; '.join(titles)}" if titles else f"Record {record.path.stem}"


def _package(record: Record, selection: Selection, title: str, resources: list[Json]) -> Json:
    """The descriptor. ``created`` is when reports were last read, so that the same record gives the same package."""
    read = last_run(record)
    asked = {name: str(value) for name, value in selection.asked.items() if value is not None}
    return {
        "profile": "data-package",
        "name": "summitry-record",
        "title": title,
        "description": "Who said what, what happened when, what parties offered, demanded, promised and foretold: each "
        "row with the exact words of the reports it was read from.",
        **({"created": read.isoformat()} if read else {}),
        "keywords": ["negotiation", "event data", "PLOVER", "statements", "positions"],
        "summitry": {"version": _version(), "asked": asked},
        "resources": resources,
    }


def _version() -> str:
    try:
        return version("summitry")
    except PackageNotFoundError:
        return "unknown"
