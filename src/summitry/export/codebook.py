"""The codebook: every kind of rows, every field, what it means and where it comes from. Made from the fields alone."""

from __future__ import annotations

from collections.abc import Iterable

from summitry.record.tabular.field import ORIGINS, SHAPES, Field, RowsOf
from summitry.record.tabular.kinds import KINDS

_HEAD = """# Codebook

Every row of a record, field by field, as `--format jsonl` and `summitry export jsonl` write it. What is absent is
`null`; the column "absent" says what that means, and where it is empty the field is never absent. Accuracy is told
apart from this, kind by kind, in the quality page of the documentation.

## In tables

CSV, Parquet, Arrow and data frames have the same columns for a kind, with rows or without. They are made from the
fields so:

- a **date** `said` becomes `said` (EDTF-like words), `said_start`, `said_end` (days), `said_precision`, `said_basis`;
- a **party** `speaker` becomes `speaker` (the name), `speaker_code`, `speaker_office`;
- a **list of parties** `actors` becomes `actors` (names) and `actors_codes`, in the same order: lists in Parquet, Arrow
  and data frames, joined by "; " in CSV;
- **evidence** becomes `exact` (the words of all passages, joined by " … ") and `evidence` (the passages whole);
- other lists and objects are nested in Parquet, Arrow and data frames, and JSON in CSV;
- `source` tells the first source in words, `source_id` is its id, as in the table of sources;
- the text of a source is in JSON Lines only.

In CSV a cell that a spreadsheet would take for a formula begins with an apostrophe.
"""


def codebook() -> str:
    """The whole codebook as Markdown."""
    return "\n".join(
        [_HEAD, *_list("What fields hold", SHAPES.items()), *_list("Where it comes from", ORIGINS.items())]
    ) + ("".join(_of(rows) for rows in KINDS.values()))


def _list(title: str, told: Iterable[tuple[str, str]]) -> Iterable[str]:
    yield f"## {title}\n"
    for name, meaning in told:
        yield f"- *{name}*: {meaning}."
    yield ""


def _of(rows: RowsOf) -> str:
    lines = [
        f"\n## {rows.title}\n",
        f"`{rows.kind}`: {rows.one}\n",
        "| field | holds | values | meaning | absent | from |",
        "|---|---|---|---|---|---|",
        *(_line(field) for field in rows.fields),
    ]
    return "\n".join(lines) + "\n"


def _line(field: Field) -> str:
    values = ", ".join(f"`{one}`" for one in field.allowed) or field.unit or ""
    if field.refers_to:
        values = f"id in `{field.refers_to}`"
    cells = (f"`{field.name}`", field.shape, values, field.meaning, field.null or "", field.origin)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
