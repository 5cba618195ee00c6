"""The campaign of :mod:`benchmarks.faults` in miniature: processes killed, files cut off, disks full."""

from __future__ import annotations

import multiprocessing
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from benchmarks.faults import DiskFull, KillReader, KillShards, Scenario, Tally, Truncate, campaign, page
from check_factory import texts
from ingest_factory import rows_of, written
from summitry.record.checking import check_record

TESTS = Path(__file__).parent


# Forking a process that other tests have left threads in is not safe: the campaign has one of its own.
def run(scenario: type[Scenario], times: int) -> Tally:
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        (tally,) = pool.apply(campaign, ({scenario: times}, 11, 2.0))
    return tally


@pytest.mark.slow
@pytest.mark.parametrize(("scenario", "times"), [(KillReader, 16), (KillShards, 3), (Truncate, 5), (DiskFull, 5)])
def test_nothing_is_lost(scenario: type[Scenario], times: int) -> None:
    tally = run(scenario, times)
    assert tally.odd == []
    assert (tally.lost, tally.half, tally.wrong) == (0, 0, 0)
    assert tally.tried >= times


def test_the_table() -> None:
    told = page([Tally("kill", 1200), Tally("cut", 5, 1, 2, 3)], "python -m benchmarks.faults")
    assert "| kill | 1,200 | 0 | 0 | 0 |" in told
    assert "| cut | 5 | 1 | 2 | 3 |" in told


READ = """
import sys
from pathlib import Path
from ingest_factory import read_in
from summitry.errors import RecordError
try:
    read_in(sys.argv[2:], Path(sys.argv[1]))
except RecordError as error:
    print(error)
    sys.exit(3)
"""


@pytest.mark.slow
def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    """A file system of 300 KB, where this user may make one."""
    disk = Path(tempfile.mkdtemp())
    try:
        if subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)], capture_output=True
        ).returncode:
            pytest.skip("no file system can be mounted here")
        paths = written(tmp_path / "in", texts())
        command = [sys.executable, "-c", READ, str(disk / "talks.db"), *paths]
        done = subprocess.run(command, cwd=TESTS, capture_output=True, text=True, timeout=60)
        assert done.returncode == 3, done.stderr
        assert "make room, then run again" in done.stdout
        room = tmp_path / "room"
        room.mkdir()
        for each in disk.iterdir():
            shutil.copy(each, room)
        if (room / "talks.db").stat().st_size:
            assert check_record(room / "talks.db").findings == ()
        for path in (room / "talks.db", tmp_path / "whole.db"):
            command[3] = str(path)
            assert subprocess.run(command, cwd=TESTS, timeout=60).returncode == 0
        assert rows_of(room / "talks.db") == rows_of(tmp_path / "whole.db")
    finally:
        subprocess.run(["umount", str(disk)], capture_output=True)
        shutil.rmtree(disk, ignore_errors=True)
