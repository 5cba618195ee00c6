"""The command line as a person meets it: real processes, their output, their messages, their exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from record_factory import day, make_reading, make_source
from summitry.record import open_record
from summitry.report.rows import FIELDS
from summitry.vocabulary import Rejected

KINDS = ("sources", "statements", "timeline", "meetings", "moves", "positions")
ENVIRONMENT = os.environ | {"COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}

# Several calls in one process, each from the words of the call to its exit status: starting Python costs most.
MANY = """
import contextlib, io, json, sys
from summitry.cli import main
for call in json.loads(sys.argv[1]):
    sys.argv = ["summitry", *call]
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as stop:
            status = stop.code or 0
    print(json.dumps([status, out.getvalue(), err.getvalue()]))
"""


def summitry(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """One call in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "summitry", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        env=ENVIRONMENT | environment,
    )


def calls(*many: list[str], cwd: Path | None = None) -> list[tuple[int, str, str]]:
    """Several calls in one process: exit status, stdout and stderr of each."""
    done = subprocess.run(
        [sys.executable, "-c", MANY, json.dumps(many)],
        capture_output=True,
        text=True,
        timeout=60,
        env=ENVIRONMENT,
        cwd=cwd,
    )
    assert done.returncode == 0, done.stderr
    return [(status, out, err) for status, out, err in map(json.loads, done.stdout.splitlines())]


@pytest.fixture(name="file", scope="module")
def _file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "talks.db"
    with open_record(path, create=True) as record:
        for number, met in enumerate(("2019-05-03", "2019-06-01", "2019-07-01")):
            record.add(*make_reading(number, met=met, published=day(met)))
        record.reject(Rejected(make_source(9), "decode", "bytes of no known encoding"))
    return path


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['summitry', '--help']\n"
        "from summitry.cli import main\n"
        "try: main()\n"
        "except SystemExit as stop: assert not stop.code\n"
        "heavy = {'spacy', 'numpy', 'trafilatura', 'thinc', 'rich.table', 'rich.console', 'sqlite3', 'lxml'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stderr.strip() == "[]"
    for command in ("demo", "read", *KINDS, "explain"):
        assert command in done.stdout


def test_a_question_loads_no_parser(file: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "summitry", "timeline", "--record", str(file), "--format", "jsonl"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert not loaded & {"spacy", "numpy", "trafilatura", "rich.table"}
    assert "summitry.record.record" in loaded


def test_every_command_has_help_and_there_is_a_version() -> None:
    from summitry import __version__

    commands = ("demo", "read", *KINDS, "explain")
    *helps, version = calls(*([command, "--help"] for command in commands), ["--version"])
    for status, out, _ in helps:
        assert status == 0
        assert "--record" in out
    assert version == (0, f"summitry {__version__}\n", "")


def test_jsonl_goes_to_stdout_alone(file: Path) -> None:
    for kind, (status, out, err) in zip(
        KINDS, calls(*([kind, "--record", str(file), "--format", "jsonl"] for kind in KINDS)), strict=True
    ):
        assert (status, err) == (0, "")
        rows = [json.loads(line) for line in out.splitlines()]
        assert rows
        for row in rows:
            assert {"id", "evidence", "coder", "confidence", *FIELDS[kind]} <= set(row)


def test_tables_csv_and_markdown(file: Path) -> None:
    forms = ("table", "csv", "md")
    done = calls(*([kind, "--record", str(file), "--format", form] for kind in KINDS for form in forms))
    for at in range(0, len(done), len(forms)):
        table, comma, mark = done[at : at + len(forms)]
        assert {table[0], comma[0], mark[0]} == {0}
        assert "summitry explain ID" in table[2]
        assert max(len(line) for line in table[1].splitlines()) <= 100
        assert len(list(csv.DictReader(io.StringIO(comma[1])))) >= 3
        assert mark[1].startswith("| ")


def test_filters(file: Path) -> None:
    filters = {
        (): 6,
        ("--party", "PRK"): 3,
        ("--since", "2019-06"): 4,
        ("--as-of", "2019-05-31"): 2,
        ("--issue", "sanctions", "--party", "prk", "--since", "2019-07-01", "--as-of", "2019"): 1,
        ("--issue", 'AND ( "'): 0,
        ("--min-confidence", "0.9"): 3,
        ("--min-confidence", "0", "--party", "PRK"): 3,
    }
    ask = ["statements", "--record", str(file), "--format", "jsonl"]
    done = calls(*([*ask, *words] for words in filters))
    assert [(status, len(out.splitlines())) for status, out, _ in done] == [(0, n) for n in filters.values()]


def test_no_rows_say_why(file: Path) -> None:
    done = summitry("timeline", "--record", file, "--party", "XYZ")
    assert (done.returncode, done.stdout) == (0, "")
    assert "--party XYZ" in done.stderr
    assert "PRK (North Korea)" in done.stderr
    done = summitry("timeline", "--record", file, "--min-confidence", "1")
    assert (done.returncode, done.stdout) == (0, "")
    assert "--min-confidence 1" in done.stderr


def test_explain(file: Path) -> None:
    with open_record(file, read_only=True) as record:
        row, source = record.timeline()[0], record.sources()[0]
    text, short, whole = calls(
        ["explain", row.id[:11], "--record", str(file)],
        ["explain", source.id, "--record", str(file)],
        ["explain", row.id, "--record", str(file), "--format", "jsonl"],
    )
    assert [text[0], short[0], whole[0]] == [0, 0, 0]
    assert f"⟦{row.evidence[0].exact}⟧" in " ".join(text[1].split())
    assert "coder         hand/1, confidence 0.80" in text[1]
    assert "which means" in text[1]
    assert json.loads(whole[1])["passages"][0]["exact"] == row.evidence[0].exact
    assert "measured" in json.loads(whole[1])


def test_what_is_off_is_said_in_words(file: Path, tmp_path: Path) -> None:
    ask = ["timeline", "--record", str(file)]
    read = ["read", "x.txt", "--record", "r.db"]
    expected = [
        (["timeline"], "--record"),
        (["timeline", "--record", "none.db"], "does not exist"),
        ([*ask, "--as-of", "soon"], "2019-03-15"),
        ([*ask, "--since", "2019-02-30"], "since is '2019-02-30'"),
        ([*ask, "--format", "xml"], "xml"),
        ([*ask, "--issue", "--"], "at least one word"),
        ([*ask, "--min-confidence", "70"], "min confidence is 70; allowed: 0 to 1"),
        ([*ask, "--min-confidence", "nan"], "allowed: 0 to 1"),
        ([*ask, "--min-confidence", "high"], "--min-confidence"),
        (["explain", "nothing", "--record", str(file)], "no row has the id"),
        (["explain", "st-", "--record", str(file), "--format", "csv"], "table, jsonl"),
        (["nonsense"], "nonsense"),
        ([*read, "--case", "a", "--no-case"], "one of them"),
        ([*read, "--column", "body"], "FIELD=COLUMN"),
        ([*read, "--jobs", "0"], "jobs"),
        (["read", "--record", "r.db"], "PATH"),
    ]
    done = calls(*(call for call, _ in expected), cwd=tmp_path)
    for (call, words), (status, out, err) in zip(expected, done, strict=True):
        assert (status, out) == (2, ""), call
        assert words in err
        assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_files_that_are_no_record(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a record")
    connection = sqlite3.connect(tmp_path / "other.db")
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()
    files = [str(tmp_path / name) for name in ("notes.txt", "other.db", ".")]
    for status, out, err in calls(*(["timeline", "--record", one] for one in files)):
        assert (status, out) == (2, "")
        assert err.startswith("summitry: ")
        assert "Traceback" not in err


BUG = """
import sys
import summitry.record
from summitry.cli.app import app
summitry.record.open_record = lambda *_, **__: 1 / 0
app(sys.argv[1:])
"""
"""The command with a defect inside: what it opens records with divides by nothing."""


def test_a_bug_is_one_line_unless_asked(file: Path) -> None:
    def defective(**environment: str) -> subprocess.CompletedProcess[str]:
        call = [sys.executable, "-c", BUG, "statements", "--record", str(file)]
        return subprocess.run(call, capture_output=True, text=True, timeout=60, env=ENVIRONMENT | environment)

    done = defective()
    assert done.returncode == 2
    assert "this is a bug: ZeroDivisionError" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" in defective(SUMMITRY_DEBUG="1").stderr


def test_a_spoilt_value_is_named_in_one_line(tmp_path: Path, file: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(file.read_bytes())
    connection = sqlite3.connect(broken)
    connection.execute("UPDATE statements SET content_spans = 'no json'")
    connection.commit()
    connection.close()
    done = summitry("statements", "--record", broken)
    assert done.returncode == 2
    assert "content_spans of statements" in done.stderr
    assert "summitry check --record" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    with open_record(path, create=True) as record:
        for number in range(120):  # more than a pipe holds
            record.add(*make_reading(number))
    for form in ("jsonl", "table"):
        process = subprocess.Popen(
            [sys.executable, "-m", "summitry", "statements", "--record", str(path), "--format", form],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        message = process.stderr.read().decode()
        process.stderr.close()
        assert "Traceback" not in message
        assert "Broken" not in message
        assert "bug" not in message
        assert process.wait() == 0


def test_a_terminal_without_unicode_gets_all_rows(file: Path) -> None:
    done = summitry("statements", "--record", file, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "\\u201cSanctions" in done.stdout


def test_ctrl_c_is_no_traceback(file: Path) -> None:
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"""
import summitry.cli.asking as asking, time, sys
def slow(*_): print("ready", flush=True); time.sleep(30)
asking.print_rows = slow
sys.argv = ["summitry", "timeline", "--record", {str(file)!r}]
from summitry.cli import main
main()
""",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.communicate()[1] == "stopped\n"
    assert process.returncode == 130
