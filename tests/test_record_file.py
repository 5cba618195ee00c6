"""The record as a file: opening, other programs' files, locks, full disks, killed processes, two processes at once."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from record_factory import make_reading
from summitry.errors import NewerRecord, NotARecord, RecordUnavailable
from summitry.record import open_record
from summitry.record.connection import connect
from summitry.record.migrations import APPLICATION_ID, STEPS, VERSION, Step, migrate, version_of

TESTS = Path(__file__).parent


def made(path: Path, reports: int = 1) -> Path:
    with open_record(path, create=True) as record:
        for number in range(reports):
            record.add(*make_reading(number))
    return path


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    connection = sqlite3.connect(made(tmp_path / "talks.db"))
    assert connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    assert connection.execute("PRAGMA user_version").fetchone()[0] == VERSION
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("UPDATE blocks SET start_char = 'here'")
    connection.close()


def test_no_record_no_folder_no_file(tmp_path: Path) -> None:
    with pytest.raises(RecordUnavailable, match=r"does not exist.*summitry read"):
        open_record(tmp_path / "none.db")
    with pytest.raises(RecordUnavailable, match="make the folder first"):
        open_record(tmp_path / "no" / "talks.db", create=True)
    with pytest.raises(RecordUnavailable, match="is a folder"):
        open_record(tmp_path, create=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"id,text\n1,hello\n", b"\x00" * 64, b"SQLite format 3\x00 but not really" * 9])
def test_other_files_are_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "reports.csv"
    path.write_bytes(content)
    for create in (False, True):
        with pytest.raises(NotARecord, match=r"reports\.csv"):
            open_record(path, create=create)
    assert path.read_bytes() == content


def test_another_programs_sqlite_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE urls (url TEXT)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    for create in (False, True):
        with pytest.raises(NotARecord, match=r"another program's.*urls"):
            open_record(path, create=create)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["history.db"]


def test_an_empty_file_becomes_a_record_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    path.touch()
    with pytest.raises(NotARecord, match="empty"):
        open_record(path)
    open_record(path, create=True).close()
    open_record(path, read_only=True).close()


def test_a_record_of_a_later_version(tmp_path: Path) -> None:
    path = made(tmp_path / "talks.db")
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(NewerRecord, match=f"version {VERSION + 1}.*up to {VERSION}"):
        open_record(path)


def test_a_damaged_record_says_so(tmp_path: Path) -> None:
    path = made(tmp_path / "talks.db", 30)
    content = bytearray(path.read_bytes())
    content[8192:] = os.urandom(len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(NotARecord, match="recover"), open_record(path) as record:
        record.sources()
        record.statements()


def test_a_locked_record_says_so(tmp_path: Path) -> None:
    path = made(tmp_path / "talks.db")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    connection = connect(path, create=False, read_only=False, busy_seconds=0.05)
    from summitry.record import Record

    with Record(path, connection) as record:
        assert len(record.statements()) == 2
        with pytest.raises(RecordUnavailable, match="locked"):
            record.add(*make_reading(1))
        other.execute("COMMIT")
        assert record.add(*make_reading(1))
    other.close()


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    with open_record(path, create=True) as record:
        record.add(*make_reading(0))
        pages = record._connection.execute("PRAGMA page_count").fetchone()[0]
        record._connection.execute(f"PRAGMA max_page_count = {pages + 8}")
        with pytest.raises(RecordUnavailable, match="disk is full"):
            for number in range(1, 1000):
                record.add(*make_reading(number))
        kept = len(record.source_ids())
    assert whole_reports(path) == kept >= 1


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    """A limit of the system on file sizes acts like a full disk, in a real process."""
    path = tmp_path / "talks.db"
    code = (
        "import resource, sys; from pathlib import Path; from record_factory import make_reading\n"
        "from summitry.errors import RecordUnavailable; from summitry.record import open_record\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))\n"
        "try:\n"
        f"    with open_record({str(path)!r}, create=True) as record:\n"
        "        for number in range(2000): record.add(*make_reading(number))\n"
        "except RecordUnavailable as error: print(error); sys.exit(3)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=TESTS, capture_output=True, text=True, timeout=60)
    assert done.returncode == 3, done.stderr
    assert "every report written before is whole" in done.stdout
    assert whole_reports(path) > 10


AS_SOMEBODY_ELSE = """
import os, sys
from summitry.errors import RecordUnavailable
from summitry.record import open_record
from summitry.vocabulary import Rejected, Source
with open_record(sys.argv[2], create=True) as record:  # loads all there is to load
    record.sources()
if os.geteuid() == 0:
    os.setegid(65534); os.seteuid(65534)
for read_only in (True, False):
    try:
        with open_record(sys.argv[1], read_only=read_only) as record:
            print(len(record.statements()))
            record.reject(Rejected(Source("a.txt", b""), "decode", "empty"))
    except RecordUnavailable as error:
        print("RecordUnavailable:", error)
"""


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o555), (0o444, 0o777), (0o000, 0o777)])
def test_without_permission(file_mode: int, folder_mode: int) -> None:
    """As another user, in a real process. A file that may be read is read, be the folder on a read-only disk."""
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base) / "folder"
        folder.mkdir()
        path = made(folder / "talks.db")
        path.chmod(file_mode)
        folder.chmod(folder_mode)
        Path(base).chmod(0o755)
        arguments = [sys.executable, "-c", AS_SOMEBODY_ELSE, str(path), str(Path(base) / "own.db")]
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=60)
        folder.chmod(0o755)
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert lines[0] == "2" if file_mode else "Permission denied" in lines[0]
    assert lines[-1].startswith("RecordUnavailable:")


# ── migrations ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_steps_are_numbered_in_order() -> None:
    assert [step.version for step in STEPS] == list(range(1, len(STEPS) + 1))


def test_a_step_that_fails_leaves_the_version_before(tmp_path: Path) -> None:
    connection = sqlite3.connect(made(tmp_path / "talks.db"), isolation_level=None)
    more = (*STEPS, Step(VERSION + 1, "breaks", ("CREATE TABLE extra (a TEXT)", "CREATE TABLE extra (a TEXT)")))
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, more)
    assert version_of(connection) == VERSION
    assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'extra'").fetchall()
    good = (*STEPS, Step(VERSION + 1, "works", ("CREATE TABLE extra (a TEXT)",)))
    assert (migrate(connection, good), migrate(connection, good)) == (1, 0)
    assert version_of(connection) == VERSION + 1
    connection.close()


# ── processes ──────────────────────────────────────────────────────────────────────────────────────────────────────

WRITER = """
import sys
from record_factory import make_reading
from summitry.record import open_record
path, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with open_record(path, create=True) as record:
    for number in range(first, last):
        reading, source = make_reading(number)
        with record.transaction():
            record.add(reading, source)
            event = reading.events[0]
            record.replace_entries([(event, (event.id,))])
        print(number, flush=True)
"""


def writer(path: Path, first: int, last: int) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", WRITER, str(path), str(first), str(last)]
    return subprocess.Popen(arguments, cwd=TESTS, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def whole_reports(path: Path) -> int:
    """How many reports the record holds, each read back and found whole."""
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    with open_record(path) as record:
        for source_id in record.source_ids():
            reading = record.reading(source_id)
            assert (len(reading.statements), len(reading.events), len(reading.sentences)) == (2, 1, 3)
            for row in (*reading.statements, *reading.events):
                for evidence in row.evidence:
                    evidence.check(reading.article)
        return len(record.source_ids())


def kill_at_random(tmp_path: Path, times: int, seed: int) -> None:
    """Writers killed one after another, each going on where the last was stopped."""
    chance = random.Random(seed)
    path = tmp_path / "talks.db"
    kept = 0
    for _ in range(times):
        process = writer(path, kept, kept + 1_000_000)
        assert process.stdout is not None
        told = -1
        if chance.random() < 0.8:  # else: killed while opening or making the file
            told = int(process.stdout.readline())
        time.sleep(chance.random() * 0.08)
        process.send_signal(signal.SIGKILL)
        rest = process.communicate()[0].split()
        told = max([told, *(int(one) for one in rest)])
        if path.exists() and path.stat().st_size:
            try:
                found = whole_reports(path)
            except NotARecord as error:
                assert "without tables" in str(error)
                found = 0
            assert found >= max(kept, told + 1)
            kept = found
    assert kept > 0


def test_killed_at_any_moment_it_holds_whole_reports(tmp_path: Path) -> None:
    kill_at_random(tmp_path, 15, seed=7)


@pytest.mark.slow
def test_killed_many_times(tmp_path: Path) -> None:
    kill_at_random(tmp_path, 120, seed=11)


def test_one_process_reads_in_while_another_asks(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    open_record(path, create=True).close()
    process = writer(path, 0, 150)
    seen = [0]
    with open_record(path, read_only=True) as record:
        while process.poll() is None:
            statements = record.statements()
            assert len(statements) % 2 == 0, "half a report"
            seen.append(len(statements))
            assert len(record.timeline(party="PRK")) >= seen[-1] // 2
        seen.append(len(record.statements()))
    assert process.communicate()[1] == ""
    assert seen == sorted(seen)
    assert seen[-1] == 300
    assert len(set(seen)) > 3, "the reader never saw the writer at work"


def test_two_writers_take_turns(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    processes = [writer(path, 0, 60), writer(path, 30, 90)]
    for process in processes:
        assert process.communicate()[1] == ""
    assert whole_reports(path) == 90
