"""Reports that speak to the terminal or to a spreadsheet: every table, brief and error line, every exported cell."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hostile_factory import write_hostile, write_words
from summitry.cli.app import app

ACTS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
FORMULA = re.compile(r"[\t\r\n]|[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹢﹣﹦﹫]")
TABLES = (
    "sources", "statements", "timeline", "meetings", "moves", "positions", "commitments",
    "predictions", "discrepancies", "deadlocks", "status", "tone", "brief", "diff --since 2019-05-03",
)  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_hostile(tmp_path_factory.mktemp("hostile") / "talks.db", "http://127.0.0.1:9")


def acting(text: str) -> list[str]:
    return sorted({f"U+{ord(sign):04X}" for sign in ACTS.findall(text)})


@pytest.mark.parametrize("command", TABLES)
def test_no_table_lets_a_report_steer_the_terminal(hostile: Path, command: str) -> None:
    answer = CliRunner().invoke(app, [*command.split(), "--record", str(hostile)])
    assert answer.exit_code == 0, answer.output
    assert acting(answer.output) == []


@pytest.mark.parametrize(
    "name",
    ["$(rm -rf x); `id`.txt", "red\x1b[31m.txt", "two\nlines.txt", "\u202etxt.exe", "\u2066in\u2069.txt", "\x9b2J.txt"],
)
def test_a_file_name_does_not_steer_the_terminal(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")  # empty: refused, and named
    record = tmp_path / "talks.db"
    for inputs in ([str(tmp_path / name)], [str(tmp_path / f"missing {name}")]):
        answer = CliRunner().invoke(app, ["read", *inputs, "--record", str(record), "--jobs", "1"])
        assert answer.exit_code != 0 or "rejected" in answer.output, answer.output
        assert acting(answer.output) == []
    answer = CliRunner().invoke(app, ["statements", "--record", str(tmp_path / f"no {name}.db")])
    assert answer.exit_code != 0
    assert acting(answer.output) == []


def test_a_table_names_words_of_two_scripts(tmp_path: Path) -> None:
    record = write_words(tmp_path / "talks.db", ("Irаn said\u202e no", "plain words, “quoted”"))
    for command in ("statements", "sources", "timeline"):
        answer = CliRunner().invoke(app, [command, "--record", str(record)])
        assert answer.exit_code == 0, answer.output
        assert "\nLetters of two scripts in one word: Irаn\n" in answer.output, answer.output[-300:]


@pytest.mark.parametrize("form", ["csv", "datapackage", "dna", "polecat"])
def test_no_exported_cell_is_a_formula(hostile: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"out-{form}"
    answer = CliRunner().invoke(app, ["export", form, str(out), "--record", str(hostile)])
    assert answer.exit_code == 0, answer.output
    files = [out] if out.is_file() else [one for one in out.rglob("*") if one.suffix in (".csv", ".tsv", ".txt")]
    assert files
    for file in files:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines, delimiter="\t" if file.suffix in (".tsv", ".txt") else ","))
        for row in rows:
            for cell in row:
                assert not FORMULA.match(cell) or re.fullmatch(r"-?[\d.]+(e-?\d+)?", cell), (file.name, cell)
