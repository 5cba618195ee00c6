"""Records from strangers, from other versions, and on disks and clocks that misbehave: nothing runs, nothing is lost,
and the message says what to do."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from check_factory import changed, inputs, made, older
from ingest_factory import read_in, report, rows_of, written
from summitry.errors import NewerRecord, NotARecord, RecordError, RecordUnavailable
from summitry.record import open_record, store
from summitry.record.checking import check_record, repair_record
from summitry.record.connection import connect
from summitry.record.desk import Desk
from summitry.record.migrations import VERSION

STRANGE = {
    "trigger": "CREATE TRIGGER greedy AFTER INSERT ON reviews BEGIN DELETE FROM reviews; END",
    "view": "CREATE VIEW everything AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
    "trigger of a known name": "CREATE TRIGGER sentences_added AFTER INSERT ON sentences BEGIN DELETE FROM cases; END",
}


@pytest.mark.parametrize("name", sorted(STRANGE))
@pytest.mark.parametrize("read_only", [True, False])
def test_what_a_stranger_put_in_does_not_run(tmp_path: Path, name: str, read_only: bool) -> None:
    path = made(tmp_path)
    if "known" in name:
        changed(path, "DROP TRIGGER sentences_added")
    changed(path, STRANGE[name])
    before = path.read_bytes()
    with pytest.raises(RecordUnavailable, match=r"not of summitry.*summitry check --record .* --repair"):
        open_record(path, read_only=read_only)
    assert path.read_bytes() == before
    assert "schema" in check_record(path).counts
    assert repair_record(path).after.sound
    read_in(inputs(), path)
    (tmp_path / "whole").mkdir()
    assert rows_of(path) == rows_of(made(tmp_path / "whole"))


def test_a_table_that_is_a_view(tmp_path: Path) -> None:
    """Not asked at all: it could run for ever."""
    path = changed(
        made(tmp_path),
        "DROP TABLE cases",
        STRANGE["view"].replace("everything", "cases(name, text)").replace("SELECT i FROM n", "SELECT i, i FROM n"),
    )
    with pytest.raises(RecordUnavailable, match="view cases"):
        open_record(path)
    started = time.monotonic()
    assert check_record(path).counts.keys() >= {"schema"}
    assert repair_record(path).after.sound
    assert time.monotonic() - started < 10


def test_what_a_file_says_is_not_trusted(tmp_path: Path) -> None:
    connection = connect(made(tmp_path), create=False, read_only=True)
    assert connection.execute("PRAGMA trusted_schema").fetchone()[0] == 0
    assert connection.execute("PRAGMA cell_size_check").fetchone()[0] == 1
    with pytest.raises(sqlite3.OperationalError, match="too many attached"):
        connection.execute("ATTACH ':memory:' AS other")
    connection.close()


def test_other_versions_say_what_to_do(tmp_path: Path) -> None:
    path = older(made(tmp_path), 7)
    before = path.read_bytes()
    with pytest.raises(RecordUnavailable, match=r"version 7.*--repair"):
        open_record(path, read_only=True)
    assert path.read_bytes() == before
    with open_record(path) as record:
        assert len(record.source_ids()) == 24
    changed(path, f"PRAGMA user_version = {VERSION + 2}")
    for read_only in (True, False):
        with pytest.raises(NewerRecord, match="later one"):
            open_record(path, read_only=read_only)


def test_an_empty_file_whose_log_is_not(tmp_path: Path) -> None:
    """Cut off to nothing before its first checkpoint: all there was stands in the log, which SQLite would delete."""
    path = tmp_path / "talks.db"
    record = open_record(path, create=True)
    from record_factory import make_reading

    record.add(*make_reading(0))
    log = path.with_name("talks.db-wal").read_bytes()
    record.close()
    cut = tmp_path / "cut.db"
    cut.touch()
    cut.with_name("cut.db-wal").write_bytes(log)
    for create in (True, False):
        with pytest.raises(NotARecord, match="--repair"):
            open_record(cut, create=create)
    mended = repair_record(cut)
    assert mended.after.sound
    with open_record(cut) as saved:
        assert len(saved.source_ids()) == 1
        assert len(saved.statements()) == 2


def test_a_clock_that_goes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "talks.db"
    times = iter(["2030-01-05T00:00:00+00:00", "2030-01-04T00:00:00+00:00", "2020-01-01T00:00:00+00:00"] * 9)
    monkeypatch.setattr(store, "_now", lambda: next(times))
    paths = written(
        tmp_path / "in", [report(n, f"Anna Holm of Ardania said on 2030-05-02 that {n} fell.") for n in range(3)]
    )
    for one in paths:
        read_in([one], path)
    with open_record(path) as record:
        runs = record._connection.execute("SELECT started, finished FROM runs ORDER BY id").fetchall()
        assert len(runs) == 3
        assert [row[0] for row in runs] == sorted(row[0] for row in runs)
        assert all(row[1] >= row[0] for row in runs)
        assert "2 new reports" in record.diff("run-2").title
        noon = datetime(2030, 1, 1, tzinfo=UTC)
        ids = [one.id for one in record.statements()]
        for day, row_id in enumerate(ids):
            Desk(record, lambda day=day: noon - timedelta(days=day)).accept(row_id, by="Mari")  # type: ignore[misc]
        log = record.review.list()
        assert [one.rows[0].row for one in sorted(log, key=lambda one: one.at)] == ids
    assert check_record(path).sound


READER = """
import sys
from ingest_factory import read_in
read_in(sys.argv[2:], __import__("pathlib").Path(sys.argv[1]))
"""


def test_two_readers_at_once(tmp_path: Path) -> None:
    """Two processes read the same reports into one record, each in its order."""
    path = tmp_path / "talks.db"
    orders = (inputs(), inputs()[::-1])
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(path), *order], cwd=Path(__file__).parent, stderr=subprocess.PIPE
        )
        for order in orders
    ]
    for process in processes:
        assert process.communicate(timeout=60)[1] == b""
        assert process.returncode == 0
    read_in(inputs(), path)
    assert check_record(path).findings == ()
    (tmp_path / "whole").mkdir()
    whole = changed(made(tmp_path / "whole"), "DELETE FROM review_rows", "DELETE FROM reviews")
    assert rows_of(path) == rows_of(whole)


def test_checking_while_another_process_writes(tmp_path: Path) -> None:
    from test_record_file import writer

    path = tmp_path / "talks.db"
    open_record(path, create=True).close()
    process = writer(path, 0, 300)
    assert process.stdout is not None
    process.stdout.readline()
    seen = []
    while process.poll() is None:
        report = check_record(path)
        assert report.findings == ()
        seen.append(report.reports)
    assert process.communicate()[1] == ""
    assert len(set(seen)) > 1


def test_the_commands(tmp_path: Path) -> None:
    path = made(tmp_path)

    def run(*words: str) -> tuple[int, str, str]:
        done = subprocess.run([sys.executable, "-m", "summitry", *words], capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout, done.stderr

    status, out, _ = run("check", "--record", str(path))
    assert (status, out[:6]) == (0, "sound:")
    changed(path, "UPDATE evidence SET exact = 'never printed' WHERE row_kind = 'statement' AND position = 0")
    status, out, _ = run("check", "--record", str(path), "--format", "jsonl")
    assert status == 1
    assert {json.loads(line)["invariant"] for line in out.splitlines()} >= {"evidence", "readings"}
    status, out, _ = run("check", "--record", str(path), "--repair")
    assert status == 1
    for said in ("taken out, to be read again", "the record as it was", "next: summitry read", "sound:"):
        assert said in out
    status, out, _ = run("check", "--record", str(tmp_path / "no.db"))
    assert status == 2
    status, out, _ = run("backup", "--record", str(path), str(tmp_path / "copy.db"))
    assert (status, check_record(tmp_path / "copy.db").sound) == (0, True)
    status, _, error = run("backup", "--record", str(path), str(tmp_path / "copy.db"))
    assert (status, "--force" in error) == (2, True)


def test_repair_without_room_leaves_the_record(tmp_path: Path) -> None:
    path = changed(made(tmp_path), "UPDATE events SET reports = 40")
    before = path.read_bytes()
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from summitry.errors import RecordError; from summitry.record.checking import repair_record\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "try: repair_record(Path(sys.argv[1]))\n"
        "except RecordError as error: print(error); sys.exit(3)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, timeout=60)
    assert (done.returncode, "room" in done.stdout) == (3, True), done
    assert path.read_bytes() == before
    assert repair_record(path).after.sound


def test_nothing_of_it_can_be_read(tmp_path: Path) -> None:
    path = made(tmp_path)
    data = bytearray(path.read_bytes())
    data[100:400_000] = bytes(399_900)
    path.write_bytes(data)
    with pytest.raises(RecordError, match=r"backup|another program"):
        repair_record(path)
    assert path.read_bytes() == data
