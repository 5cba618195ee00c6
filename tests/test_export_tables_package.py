"""The data package: valid by Frictionless, complete, and caught where it is not."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, system, validate

from export_factory import filled, make_hostile
from summitry.errors import UsageError
from summitry.export.codebook import codebook
from summitry.export.types import Selection
from summitry.record import Record, open_record
from summitry.record.tabular.flat import COLUMNS
from summitry.record.tabular.kinds import KINDS


@pytest.fixture(name="record", scope="module")
def _record(desk_record: Path) -> Iterator[Record]:
    with open_record(desk_record, read_only=True) as record:
        yield record


@pytest.fixture(name="package", scope="module")
def _package(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(record, "datapackage", tmp_path_factory.mktemp("package") / "new")


def errors_of(folder: Path) -> list[list[Any]]:
    with system.use_context(trusted=True):
        report = validate(str(folder / "datapackage.json"))
    found: list[list[Any]] = report.flatten(["type", "note", "rowNumber", "fieldName"])
    return found


def described(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return told


def test_frictionless_finds_nothing_wrong(package: Path) -> None:
    assert errors_of(package) == []


def test_it_holds_every_row_of_every_kind_and_every_passage(record: Record, package: Path) -> None:
    passages = []
    for kind in KINDS:
        rows = getattr(record, kind)()
        with (package / "data" / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
            assert {row["id"] for row in csv.DictReader(file)} == {row.id for row in rows}
        lines = (package / "rows" / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
        assert {json.loads(line)["id"] for line in lines} == {row.id for row in rows}
        passages += [(kind, row.id, one.source, one.start, one.exact) for row in rows for one in row.evidence]
    evidence: Any = Package(str(package / "datapackage.json")).get_resource("evidence")
    read = evidence.read_rows()
    found = [(row["kind"], row["row"], row["source"], row["start"]) for row in read]
    assert sorted(found) == sorted(one[:4] for one in passages)


def test_it_describes_every_column(package: Path) -> None:
    for told in described(package)["resources"]:
        content = (package / told["path"]).read_bytes()
        assert told["bytes"] == len(content)
        assert told["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        if told["profile"] == "tabular-data-resource":
            assert all(field["description"] for field in told["schema"]["fields"])
            if told["name"] in KINDS:
                names = [column.name for column in COLUMNS[told["name"]] if column.name != "evidence"]
                assert [field["name"] for field in told["schema"]["fields"]] == names


def test_whole_articles_stay_out(record: Record, package: Path) -> None:
    everything = "".join(path.read_text(encoding="utf-8") for path in sorted(package.rglob("*.*")))
    for article in record.articles():
        assert article.text not in everything
        assert json.dumps(article.text, ensure_ascii=False)[1:-1] not in everything


def test_the_codebook_is_in_it_and_no_licence_is_made_up(package: Path) -> None:
    assert (package / "codebook.md").read_text(encoding="utf-8") == codebook()
    told = described(package)
    assert "licenses" not in told
    assert "licenses" in (package / "README.md").read_text(encoding="utf-8")
    assert told["title"] == "Record of US-North Korea nuclear talks"
    assert told["created"].endswith("+00:00")


def test_the_same_record_gives_the_same_package(record: Record, package: Path, tmp_path: Path) -> None:
    again = filled(record, "datapackage", tmp_path)
    for path in sorted(package.rglob("*.*")):
        assert (again / path.relative_to(package)).read_bytes() == path.read_bytes()


def test_a_part_of_a_record_holds_together(record: Record, tmp_path: Path) -> None:
    filled(record, "datapackage", tmp_path, Selection(party="PRK", since="2019-03", min_confidence=0.6))
    assert errors_of(tmp_path) == []
    assert described(tmp_path)["summitry"]["asked"] == {"party": "PRK", "since": "2019-03", "min_confidence": "0.6"}


def test_an_empty_part_is_a_package_too(record: Record, tmp_path: Path) -> None:
    filled(record, "datapackage", tmp_path, Selection(as_of="1990-01-01"))
    assert errors_of(tmp_path) == []


def test_a_hostile_record_gives_a_valid_package(tmp_path: Path) -> None:
    with make_hostile(tmp_path / "hostile.db") as record:
        assert errors_of(filled(record, "datapackage", tmp_path / "out")) == []


@pytest.mark.parametrize(
    ("table", "column", "value", "error"),
    [
        ("evidence", "source", "src-0000000000000000", "foreign-key"),
        ("statements", "said_start", "in March", "type-error"),
        ("statements", "quote_type", "sung", "constraint-error"),
        ("statements", "confidence", "", "constraint-error"),
    ],
)
def test_a_wrong_cell_is_caught(package: Path, tmp_path: Path, table: str, column: str, value: str, error: str) -> None:
    told = described(package)
    told["resources"] = [one for one in told["resources"] if one["name"] in ("sources", table)]
    (tmp_path / "data").mkdir()
    for one in told["resources"]:
        with (package / one["path"]).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        if one["name"] == table:
            rows[0][column] = value
            one.pop("bytes")
            one.pop("hash")
        with (tmp_path / one["path"]).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    (tmp_path / "datapackage.json").write_text(json.dumps(told), encoding="utf-8")
    assert [one[0] for one in errors_of(tmp_path)] == [error]


def test_a_file_is_no_folder(record: Record, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(UsageError, match="is a file"):
        filled(record, "datapackage", tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"
