"""A copy of a record in use: of one moment, whole or not there, and never over something else."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from check_factory import changed, made
from ingest_factory import rows_of
from summitry.errors import NotARecord, RecordUnavailable, UsageError
from summitry.record import open_record
from summitry.record.backup import backup
from summitry.record.checking import check_record
from test_record_file import writer

TESTS = Path(__file__).parent


def test_a_copy_is_the_record(tmp_path: Path) -> None:
    path, told = made(tmp_path), []
    copy = backup(path, tmp_path / "copy.db", progress=lambda done, total: told.append((done, total)))
    assert copy.size == copy.to.stat().st_size
    assert told[-1][0] == told[-1][1] > 0
    assert check_record(copy.to).sound
    assert rows_of(copy.to) == rows_of(path)
    assert {one.name for one in tmp_path.iterdir()} >= {"talks.db", "copy.db"}
    assert not [one for one in tmp_path.iterdir() if one.name.endswith(".part")]


def test_a_copy_while_another_process_writes(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    open_record(path, create=True).close()
    process = writer(path, 0, 400)
    assert process.stdout is not None
    process.stdout.readline()
    counts = []
    for number in range(8):
        copy = backup(path, tmp_path / f"copy-{number}.db").to
        assert check_record(copy).findings == ()
        with open_record(copy, read_only=True) as record:
            counts.append(len(record.source_ids()))
            assert len(record.statements()) == 2 * counts[-1]
    assert process.communicate()[1] == ""
    assert counts == sorted(counts)
    assert len(set(counts)) > 2, "the writer was not at work"


def test_what_is_there_stays(tmp_path: Path) -> None:
    path = made(tmp_path)
    there = tmp_path / "there.db"
    there.write_text("mine")
    with pytest.raises(UsageError, match="--force"):
        backup(path, there)
    assert there.read_text() == "mine"
    assert backup(path, there, force=True).to == there
    assert check_record(there).sound
    for to, said in ((tmp_path, "folder"), (path, "itself"), (tmp_path / "no" / "x.db", "make it first")):
        with pytest.raises(UsageError, match=said):
            backup(path, to, force=True)
    with open_record(there) as record:
        record.begin_reread()
        with pytest.raises(UsageError, match="in use"):
            backup(path, there, force=True)


def test_what_cannot_be_copied(tmp_path: Path) -> None:
    with pytest.raises(RecordUnavailable, match="does not exist"):
        backup(tmp_path / "no.db", tmp_path / "copy.db")
    other = changed(tmp_path / "other.db", "CREATE TABLE urls (url TEXT)")
    with pytest.raises(NotARecord, match="another program"):
        backup(other, tmp_path / "copy.db")
    path = made(tmp_path)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 :] = os.urandom(len(data) - len(data) // 2)
    path.write_bytes(data)
    with pytest.raises((RecordUnavailable, NotARecord), match="summitry check"):
        backup(path, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
    assert not [one for one in tmp_path.iterdir() if one.name.endswith(".part")]


FULL = """
import resource, sys
from pathlib import Path
from summitry.errors import RecordUnavailable
from summitry.record.backup import backup
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    backup(Path(sys.argv[1]), Path(sys.argv[2]), force=True)
except RecordUnavailable as error:
    print(error)
    sys.exit(3)
"""


def test_no_room_for_the_copy(tmp_path: Path) -> None:
    """In a real process, with a limit of the system on the size of files. The copy that was there stays."""
    path, to = made(tmp_path), tmp_path / "copy.db"
    to.write_text("the copy of yesterday")
    done = subprocess.run([sys.executable, "-c", FULL, str(path), str(to)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 3, done.stderr
    assert "disk is full" in done.stdout
    assert "another disk" in done.stdout
    assert to.read_text() == "the copy of yesterday"
    assert sorted(one.name for one in tmp_path.iterdir() if not one.name.endswith(("-wal", "-shm"))) == [
        "copy.db",
        "talks.db",
    ]
    assert check_record(path).sound


def test_a_record_on_a_disk_that_cannot_be_written(tmp_path: Path) -> None:
    path = made(tmp_path)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    connection.close()
    path.chmod(0o444)
    copy = backup(path, tmp_path / "copy.db").to
    assert check_record(copy).sound
