"""``summitry read`` and ``summitry demo`` as processes: what they keep, say and answer."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from summitry.record import open_record

REPORT = """Envoys meet in Tallinn

By Mari Tamm

TALLINN, May 3, 2019 (Baltic Example) -- Envoys of the United States and North Korea met in Tallinn on Friday.

North Korean Vice Foreign Minister Han Song-ok said on Friday that round {0} would be in June.
"""


def summitry(*arguments: str | Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "summitry", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"COLUMNS": "100", "OMP_NUM_THREADS": "1"},
    )


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(2):
        (folder / f"{number}.txt").write_text(REPORT.format(number))
    return folder


def test_reading_is_idempotent_and_rejections_are_named(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "talks.db"
    (folder / "empty.txt").write_text("")
    first = summitry("read", folder, "--record", file, "--jobs", "1")
    assert (first.returncode, first.stdout) == (1, "")
    assert "2 reports read" in first.stderr
    assert "empty.txt: " in first.stderr
    rows = [json.loads(line) for line in summitry("sources", "--record", file, "--format", "jsonl").stdout.splitlines()]
    assert sorted(row["status"] for row in rows) == ["read", "read", "rejected"]
    assert next(row for row in rows if row["status"] == "rejected")["reason"]
    with open_record(file) as record:
        before = [record.sources(), record.statements(), record.timeline()]
    again = summitry("read", folder, "--record", file, "--jobs", "1")
    assert again.returncode == 1
    assert "0 reports read, 2 known before" in again.stderr
    with open_record(file) as record:
        assert [record.sources(), record.statements(), record.timeline()] == before
        for statement in record.statements():
            for evidence in statement.evidence:
                evidence.check(record.article(evidence.source))


def test_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "talks.db"
    done = summitry("read", "-", "--record", file, "--no-case", stdin=REPORT.format("stdin"))
    assert (done.returncode, done.stdout) == (0, "")
    with open_record(file) as record:
        assert len(record.source_ids()) == 1


def test_nothing_that_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    for names in (["none.txt", "binary.txt"], ["empty"]):
        done = summitry("read", *(tmp_path / name for name in names), "--record", tmp_path / "talks.db")
        assert (done.returncode, done.stdout) == (2, ""), done.stderr
        assert all(name in done.stderr for name in names)
        assert "Traceback" not in done.stderr
        assert "bug" not in done.stderr


def test_a_case_that_is_none(folder: Path, tmp_path: Path) -> None:
    done = summitry("read", folder, "--record", tmp_path / "talks.db", "--case", "atlantis")
    assert done.returncode == 2
    assert "atlantis" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_ctrl_c_leaves_whole_reports_and_says_so(folder: Path, tmp_path: Path) -> None:
    for number in range(2, 400):
        (folder / f"{number}.txt").write_text(REPORT.format(number))
    file = tmp_path / "talks.db"
    process = subprocess.Popen(
        [sys.executable, "-m", "summitry", "read", str(folder), "--record", str(file), "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    patience = time.monotonic() + 60
    while time.monotonic() < patience:
        time.sleep(0.2)
        if file.exists():
            with open_record(file, create=True) as record:
                if record.source_ids():
                    break
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all processes of the command
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "each of them whole; run the same command again" in err
    assert "Traceback" not in err
    with open_record(file) as record:
        read = record.source_ids()
        assert 0 < len(read) < 400
        assert all(record.reading(one).statements for one in read)


@pytest.mark.slow
def test_demo_tells_where_the_talks_stand(tmp_path: Path) -> None:
    file = tmp_path / "demo.db"
    done = summitry("demo", "--record", file)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Where the talks stand as of ")
    assert "State of the talks" in done.stdout
    assert "[1] " in done.stdout
    with open_record(file) as record:
        assert len(record.source_ids()) >= 16
