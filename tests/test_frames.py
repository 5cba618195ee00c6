"""Rows as Arrow tables and data frames, and the account of all fields they are made from."""

from __future__ import annotations

import copy
import csv
import io
import pickle
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pytest

from record_factory import day, make_freeze, make_reading, make_source
from summitry.errors import UsageError
from summitry.record import Record, open_record
from summitry.record.tabular.field import ORIGINS, SHAPES
from summitry.record.tabular.flat import COLUMNS, cells_of
from summitry.record.tabular.frames import Rows
from summitry.record.tabular.kinds import KINDS, kind_of
from summitry.record.tabular.objects import to_dict
from summitry.report.exports import write_csv
from summitry.report.rows import FIELDS
from summitry.vocabulary import UNKNOWN_DATE, Rejected


@pytest.fixture(name="record", scope="module")
def _record(desk_record: Path) -> Iterator[Record]:
    with open_record(desk_record, read_only=True) as record:
        yield record


@pytest.fixture(name="small")
def _small(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "talks.db", create=True) as record:
        reading, source = make_reading(1, published=day("2019-05-04"))
        record.add(make_freeze(reading, UNKNOWN_DATE), source)
        record.add(*make_reading(2, published=UNKNOWN_DATE, outlet="=HYPERLINK(1)"))
        record.reject(Rejected(make_source(9), "decode", "bytes of no known encoding"))
        yield record


def asked(record: Record, kind: str, **filters: Any) -> Rows[Any]:  # noqa: ANN401
    rows: Rows[Any] = getattr(record, kind)(**filters)
    return rows


@pytest.mark.parametrize("kind", KINDS)
def test_the_account_has_the_fields_that_rows_have(record: Record, kind: str) -> None:
    rows = asked(record, kind)
    assert rows, "the examples have rows of every kind"
    fields = KINDS[kind_of(kind)].fields
    cited = record.citations(one.source for row in rows for one in row.evidence)
    for row in rows:
        assert list(to_dict(row, cited)) == [field.name for field in fields]
    assert set(FIELDS.get(kind, ())) <= {field.name for field in fields}


@pytest.mark.parametrize("kind", KINDS)
def test_the_account_says_what_is_never_absent_and_which_values_there_are(record: Record, kind: str) -> None:
    rows = asked(record, kind)
    cited = record.citations(one.source for row in rows for one in row.evidence)
    found = [to_dict(row, cited) for row in rows]
    for field in KINDS[kind_of(kind)].fields:
        assert field.meaning.endswith("."), f"{kind}.{field.name}"
        assert field.shape in SHAPES
        assert field.origin in ORIGINS
        assert (field.shape == "label") == bool(field.allowed), f"{kind}.{field.name}"
        values = [row[field.name] for row in found]
        if field.null is None:
            assert None not in values, f"{kind}.{field.name} is absent somewhere; say what that means"
        if field.allowed:
            assert set(values) <= {*field.allowed, None}, f"{kind}.{field.name}"
        if field.refers_to and field.shape == "text" and field.name != "copy_of":
            ids = {row.id for row in asked(record, field.refers_to)}
            assert {value for value in values if value} <= ids, f"{kind}.{field.name}"


@pytest.mark.parametrize("kind", KINDS)
def test_frames_have_every_row_and_every_column(record: Record, kind: str) -> None:
    rows = asked(record, kind)
    names = [column.name for column in COLUMNS[kind_of(kind)]]
    ids = [row.id for row in rows]
    arrow, pandas, polars = rows.to_arrow(), rows.to_pandas(), rows.to_polars()
    assert arrow.column_names == list(pandas.columns) == polars.columns == names
    assert arrow["id"].to_pylist() == list(pandas["id"]) == polars["id"].to_list() == ids
    # Any row that came out other than it went in would differ here.
    cited = record.citations(one.source for row in rows for one in row.evidence)
    first = cells_of(rows[0], cited, kind_of(kind))
    assert {name: value for name, value in arrow.slice(0, 1).to_pylist()[0].items() if name != "quads"} == {
        name: value for name, value in first.items() if name != "quads"
    }


@pytest.mark.parametrize("kind", KINDS)
def test_no_rows_have_the_same_columns_of_the_same_types(record: Record, kind: str) -> None:
    full, none = asked(record, kind), asked(record, kind)[:0]
    assert none.to_arrow().schema == full.to_arrow().schema
    assert none.to_polars().schema == full.to_polars().schema
    assert list(none.to_pandas().dtypes) == list(full.to_pandas().dtypes)
    headers = []
    for rows in (full, none):
        out = io.StringIO()
        write_csv(rows, record.citations(one.source for row in rows for one in row.evidence), out, kind)
        headers.append(next(csv.reader(io.StringIO(out.getvalue()))))
    assert headers[0] == headers[1] == full.to_arrow().column_names
    assert len(set(headers[0])) == len(headers[0])


def test_types_are_those_of_the_values(small: Record) -> None:
    statements = small.statements().to_arrow()
    assert statements.schema.field("said_start").type == pa.date32()
    assert statements.schema.field("confidence").type == pa.float64()
    assert statements.schema.field("evidence").type.value_type.field("attribution_chain").type == pa.list_(pa.string())
    assert statements.schema.field("words").metadata == {b"description": b"What was said."}
    said = small.statements(party="PRK").to_arrow().to_pylist()[0]
    assert (said["speaker"], said["speaker_code"], said["said_start"]) == ("Han Song-ok", "PRKGOV", date(2019, 5, 3))
    assert said["evidence"][0]["attribution_chain"] == ["Baltic Example", "KCNA"]
    meeting = small.meetings().to_arrow().to_pylist()[0]
    assert meeting["delegations"] == ["senior official", "Han Song-ok"]
    assert meeting["actors_codes"] == ["USA"]


def test_a_frame_answers_as_an_analyst_asks(small: Record) -> None:
    frame = small.timeline().to_pandas()
    assert str(frame["date_start"].dtype).startswith("datetime64")
    assert frame.loc[frame["date_start"] >= "2019-05-01", "type"].tolist() == ["CONSULT", "CONSULT"]
    both = small.statements().to_pandas().merge(small.sources().to_pandas(), left_on="source_id", right_on="id")
    assert len(both) == len(small.statements())
    # An integer that may be absent stays one.
    assert str(small.commitments().to_pandas()["status"].dtype) == "Int64"
    assert small.timeline().to_polars().filter(type="RETREAT")["modality"].to_list() == ["planned"]


def test_rows_stay_a_list(small: Record) -> None:
    rows = small.statements()
    assert isinstance(rows, list)
    assert rows == list(rows)
    assert isinstance(rows[:2], Rows)
    assert rows[:2].to_pandas()["id"].tolist() == [row.id for row in rows[:2]]
    assert type(copy.copy(rows)) is list
    assert pickle.loads(pickle.dumps(rows)) == rows
    assert rows[0].words == rows[-len(rows)].words


def test_of_a_closed_record_it_is_said_what_to_do(tmp_path: Path) -> None:
    with open_record(tmp_path / "talks.db", create=True) as record:
        record.add(*make_reading(1))
        rows = record.statements()
    with pytest.raises(UsageError, match="inside `with open_record"):
        rows.to_pandas()


@pytest.mark.parametrize(
    ("package", "method"), [("pandas", "to_pandas"), ("polars", "to_polars"), ("pyarrow", "to_arrow")]
)
def test_a_missing_package_is_named_with_its_extra(
    small: Record, package: str, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(UsageError, match=rf"{package}.*summitry\[tables\]"):
        getattr(small.timeline(), method)()


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UsageError, match="allowed: sources, statements"):
        kind_of("events")
