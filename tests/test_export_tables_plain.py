"""CSV, JSON Lines and Parquet, each opened with real readers of it."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast, get_args

import pandas as pd
import polars as pl
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from export_factory import HOSTILE, make_hostile, written
from summitry.errors import UsageError
from summitry.export.tables import TABLES
from summitry.export.types import RowsKind, Selection
from summitry.record import Record, open_record
from summitry.record.tabular.flat import COLUMNS
from summitry.record.tabular.kinds import KINDS
from summitry.report.rows import to_dict
from summitry.report.words import guarded

ROWS: tuple[RowsKind, ...] = get_args(RowsKind)


@pytest.fixture(name="record", scope="module")
def _record(desk_record: Path) -> Iterator[Record]:
    with open_record(desk_record, read_only=True) as record:
        yield record


@pytest.fixture(name="hostile")
def _hostile(tmp_path: Path) -> Iterator[Record]:
    with make_hostile(tmp_path / "hostile.db") as record:
        yield record


def ids(record: Record, kind: str, **filters: Any) -> list[str]:  # noqa: ANN401
    return [row.id for row in getattr(record, kind)(**filters)]


def test_each_format_says_what_it_is_and_writes_in_one_way() -> None:
    assert len({one.name for one in TABLES}) == len(TABLES)
    for one in TABLES:
        assert (one.write is None) != (one.fill is None)
        assert one.what.endswith(".")
        assert one.opens_in


@pytest.mark.parametrize("kind", ROWS)
def test_csv_opens_in_pandas_and_polars_with_every_row(record: Record, kind: RowsKind) -> None:
    content = written(record, "csv", Selection(rows=kind))
    names = [column.name for column in COLUMNS[kind]]
    with_pandas = pd.read_csv(io.BytesIO(content))
    with_polars = pl.read_csv(content, infer_schema_length=None)
    assert list(with_pandas.columns) == with_polars.columns == names
    assert with_pandas["id"].tolist() == with_polars["id"].to_list() == ids(record, kind)


@pytest.mark.parametrize("kind", ROWS)
def test_jsonl_has_each_row_whole(record: Record, kind: RowsKind) -> None:
    lines = written(record, "jsonl", Selection(rows=kind)).decode("utf-8").splitlines()
    rows = getattr(record, kind)()
    cited = record.citations(one.source for row in rows for one in row.evidence)
    assert [json.loads(line) for line in lines] == [to_dict(row, cited) for row in rows]


@pytest.mark.parametrize("kind", ROWS)
def test_parquet_opens_with_types_and_meanings(record: Record, kind: RowsKind) -> None:
    content = written(record, "parquet", Selection(rows=kind))
    table = pq.read_table(io.BytesIO(content))
    assert table.equals(getattr(record, kind)().to_arrow())
    assert pl.read_parquet(io.BytesIO(content))["id"].to_list() == ids(record, kind)
    for column in COLUMNS[kind]:
        assert table.schema.field(column.name).metadata[b"description"].decode() == column.meaning


def test_a_selection_is_kept_to(record: Record) -> None:
    chosen = Selection(rows="statements", party="PRK", since="2019-03", as_of=date(2019, 10, 31), min_confidence=0.5)
    read = pd.read_csv(io.BytesIO(written(record, "csv", chosen)))
    assert read["id"].tolist() == ids(record, "statements", **chosen.asked)
    assert 0 < len(read) < len(record.statements())
    assert pq.read_table(io.BytesIO(written(record, "parquet", chosen))).num_rows == len(read)


@pytest.mark.parametrize("name", ["csv", "jsonl", "parquet"])
def test_an_unknown_kind_is_refused_and_the_known_ones_named(record: Record, name: str) -> None:
    with pytest.raises(UsageError, match="'events'; allowed: sources, statements, timeline"):
        written(record, name, Selection(rows=cast(RowsKind, "events")))
    with pytest.raises(UsageError, match="allowed: 0 to 1"):
        written(record, name, Selection(min_confidence=7))


@pytest.mark.parametrize("cell", HOSTILE)
def test_hostile_cells_get_an_apostrophe(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["a=b", "3-4", "mail@example.org", "–2 degrees", "“=quoted”", "", "'=told"])
def test_other_cells_stay(cell: str) -> None:
    assert guarded(cell) == cell


@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_of_a_hostile_record_is_a_formula(hostile: Record, kind: str) -> None:
    content = written(hostile, "csv", Selection(rows=cast(RowsKind, kind)))
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))
    assert [row["id"] for row in rows] == ids(hostile, kind)
    for row in rows:
        for name, cell in row.items():
            try:
                float(cell)
            except ValueError:
                assert guarded(cell) == cell, f"{kind}.{name}"


def test_a_hostile_cell_comes_back_whole(hostile: Record) -> None:
    content = written(hostile, "csv", Selection(rows="timeline"))
    summaries = {row["summary"] for row in csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))}
    assert f"'{HOSTILE[4]}" in summaries
    # Where no spreadsheet reads, nothing is added.
    table = pq.read_table(io.BytesIO(written(hostile, "parquet", Selection(rows="timeline"))))
    assert HOSTILE[4] in table["summary"].to_pylist()


def test_the_docs_tell_of_every_format_and_their_example_runs(
    desk_record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (Path(__file__).parents[1] / "docs" / "exports.md").read_text(encoding="utf-8")
    for one in TABLES:
        assert f"| `{one.name}` |" in page
    (example,) = re.findall(r"^```python\n(.*?)^```$", page.split("\n## Documents")[0], re.M | re.S)
    shutil.copyfile(desk_record, tmp_path / "talks.db")
    monkeypatch.chdir(tmp_path)
    found: dict[str, Any] = {}
    exec(compile(example, "docs/exports.md", "exec"), found)
    assert len(found["where"]) == len(found["statements"]) > 0
