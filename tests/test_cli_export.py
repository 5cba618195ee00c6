"""``summitry export`` in real processes: what it writes, where, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from record_factory import day, make_reading
from stands_factory import write_stands
from summitry.cli.exporting import Rows
from summitry.export.formats import FORMATS
from summitry.export.types import RowsKind
from summitry.record import open_record
from summitry.vocabulary import UNKNOWN_DATE, Modality


def run(*words: str | Path, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "summitry", "export", *map(str, words)],
        cwd=cwd,
        capture_output=True,
        timeout=120,
        env=os.environ | env,
    )


@pytest.fixture(name="record", scope="module")
def _record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "talks.db"
    write_stands(path)
    return path


def test_the_option_has_all_kinds_of_rows() -> None:
    assert {one.value for one in Rows} == set(get_args(RowsKind))


def test_each_format_has_one_way_to_write_it_and_a_name_of_its_own() -> None:
    assert len({one.name for one in FORMATS}) == len(FORMATS)
    for one in FORMATS:
        assert (one.write is None) != (one.fill is None), one.name
        assert one.what.endswith(".")


def test_the_list_tells_every_format() -> None:
    done = run("--list")
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.decode().splitlines()] == [one.name for one in FORMATS]


def test_rows_to_standard_output(record: Path) -> None:
    done = run("csv", "--rows", "positions", "--record", record)
    assert done.returncode == 0
    assert done.stderr == b""
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert rows
    assert {"party_code", "issue", "stance", "evidence"} <= rows[0].keys()
    again = run("jsonl", "-", "--rows", "positions", "--record", record, "--party", rows[0]["party_code"])
    chosen = [json.loads(line) for line in again.stdout.decode().splitlines()]
    assert {row["id"] for row in chosen} == {row["id"] for row in rows if row["party_code"] == rows[0]["party_code"]}


def test_a_file_is_replaced_whole_and_has_the_rights_of_new_files(record: Path, tmp_path: Path) -> None:
    out = tmp_path / "brief.html"
    out.write_text("before")
    assert run("html", out, "--record", record).returncode == 0
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    beside = tmp_path / "new"
    beside.write_text("")
    assert out.stat().st_mode == beside.stat().st_mode
    assert {one.name for one in tmp_path.iterdir()} == {"brief.html", "new"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing", "--record", "{record}"), "there is no export 'nothing'; allowed: docx"),
        (("--record", "{record}"), "export needs a format"),
        (("csv",), "--record FILE"),
        (("csv", "--record", "{folder}/none.db"), "does not exist"),
        (("csv", "{folder}", "--record", "{record}"), "is a folder; name a file"),
        (("csv", "{folder}/a/b.csv", "--record", "{record}"), "make the folder first"),
        (("csv", "{record}", "--record", "{record}"), "is the record itself"),
        (("datapackage", "--record", "{record}"), "is a folder of files; name it"),
        (("html", "--case", "none", "--record", "{record}"), "case is 'none'; allowed"),
        (("csv", "--as-of", "soon", "--record", "{record}"), "as of is 'soon'; allowed"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_what_is_off_is_said_and_nothing_is_written(
    record: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    before = record.read_bytes()
    done = run(*(word.format(record=record, folder=tmp_path) for word in words))
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert done.stdout == b""
    assert record.read_bytes() == before
    assert list(tmp_path.iterdir()) == []


def test_what_a_format_has_no_place_for_is_said(tmp_path: Path) -> None:
    path = tmp_path / "two.db"
    with open_record(path, create=True) as opened:
        told: tuple[Modality, ...] = ("happened", "planned", "planned", "alleged")
        for number, modality in enumerate(told):
            reading, source = make_reading(number)
            when = UNKNOWN_DATE if number == 1 else day("2019-05-03")
            events = tuple(replace(event, modality=modality, date=when) for event in reading.events)
            opened.add(replace(reading, events=events), source)
        each = len(reading.events)
    assert run("polecat", "--record", path).stderr.decode().strip() == (
        f"left out, not told as having happened: {2 * each} planned, {each} alleged"
    )
    assert run("timelinejs", "--record", path).stderr.decode().strip() == f"left out, without a date: {each} events"
    # Of the two planned ones the undated; what else of these reports has no day is counted with it.
    assert "left out, without a day or wider than 31 days: " in run("ical", "--record", path).stderr.decode()


def test_a_missing_package_is_named_with_its_extra(record: Path, tmp_path: Path) -> None:
    # Python's own finder, blind for these packages, stands in for an installation without them.
    (tmp_path / "sitecustomize.py").write_text(
        "from importlib.machinery import PathFinder\n"
        "real = PathFinder.find_spec\n"
        "def find(cls, name, path=None, target=None):\n"
        "    return None if name.split('.')[0] in ('pyarrow', 'reportlab') else real(name, path, target)\n"
        "PathFinder.find_spec = classmethod(find)\n"
    )
    for name, extra in (("parquet", "summitry[tables]"), ("pdf", "summitry[pdf]")):
        done = run(name, tmp_path / "out", "--record", record, PYTHONPATH=str(tmp_path))
        assert done.returncode == 2, done.stderr
        assert extra in done.stderr.decode()
        assert not (tmp_path / "out").exists()
