"""Rows as an Arrow table: each column typed, with its meaning beside it."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from summitry.errors import UsageError
from summitry.record.rows import SourceRow
from summitry.record.tabular.field import Kind
from summitry.record.tabular.flat import COLUMNS, CellType, cells_of
from summitry.record.tabular.objects import Citations
from summitry.vocabulary import Row

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]


def needed(package: str) -> Any:  # noqa: ANN401 - three packages, two of them without types
    """A package of the extra ``tables``, imported when it is wanted first.

    Raises:
        UsageError: it is not installed.
    """
    try:
        return import_module(package)
    except ImportError:
        raise UsageError(
            f"data frames and Parquet need the package {package!r}, which is not installed; "
            "install it with: pip install 'summitry[tables]'"
        ) from None


def _type_of(kind: CellType) -> pa.DataType:
    """The Arrow type of a column's cells."""
    arrow = needed("pyarrow")
    text, whole = arrow.string(), arrow.int64()
    span = arrow.struct({"start": whole, "end": whole})
    texts = arrow.list_(text)
    passage = arrow.struct(
        {"source": text, "start": whole, "end": whole, "exact": text, "attribution_chain": texts},
    )
    actor = arrow.struct({"code": text, "name": text, "office": text, "anonymous": arrow.bool_(), "kind": text})
    types: dict[CellType, pa.DataType] = {
        "text": text,
        "integer": whole,
        "number": arrow.float64(),
        "truth": arrow.bool_(),
        "day": arrow.date32(),
        "names": texts,
        "texts": texts,
        "span": span,
        "spans": arrow.list_(span),
        "labelled spans": arrow.list_(arrow.struct({"start": whole, "end": whole, "label": text})),
        "evidence": arrow.list_(passage),
        # A list of pairs rather than an Arrow map, which not every reader of Parquet has.
        "counts": arrow.list_(arrow.struct({"name": text, "count": whole})),
        "sets": arrow.list_(texts),
        "steps": arrow.list_(
            arrow.struct(
                {
                    "id": text,
                    "party": actor,
                    "step": text,
                    "ended": arrow.bool_(),
                    "waits_for": texts,
                    "bonds": texts,
                    "evidence": arrow.list_(passage),
                    "rows": texts,
                }
            )
        ),
        "orders": arrow.list_(
            arrow.struct(
                {"kind": text, "rounds": arrow.list_(texts), "proposed_by": texts, "evidence": arrow.list_(passage)}
            )
        ),
    }
    return types[kind]


def schema_of(kind: Kind) -> pa.Schema:
    """The Arrow schema of a kind's table; the meaning of each column is its ``description``.

    Raises:
        UsageError: pyarrow is not installed.
    """
    pa = needed("pyarrow")
    return pa.schema(
        [
            pa.field(column.name, _type_of(column.type), metadata={"description": column.meaning})
            for column in COLUMNS[kind]
        ],
        metadata={"summitry.kind": kind},
    )


def arrow_table(rows: Iterable[SourceRow | Row], cited: Citations, kind: Kind) -> pa.Table:
    """Rows of one kind as an Arrow table. Without rows it has the same columns, of the same types.

    Raises:
        UsageError: pyarrow is not installed.
    """
    pa = needed("pyarrow")
    schema = schema_of(kind)
    columns: dict[str, list[Any]] = {column.name: [] for column in COLUMNS[kind]}
    pairs = {column.name for column in COLUMNS[kind] if column.type == "counts"}
    for row in rows:
        for name, cell in cells_of(row, cited, kind).items():
            if name in pairs:
                cell = [{"name": one, "count": count} for one, count in cell.items()]
            columns[name].append(cell)
    return pa.table(columns, schema=schema)
