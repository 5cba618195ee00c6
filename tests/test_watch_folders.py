"""Folders, the state between runs, the schedule, and the command in a real process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("feedparser")
pytest.importorskip("protego")

from ingest_factory import report
from summitry.errors import RecordUnavailable, UsageError
from summitry.intake import iter_sources
from summitry.watch.polite import retry_after
from summitry.watch.schedule import repeat, seconds_of
from summitry.watch.state import State, alone, load, save
from watch_site import START, Clock, Desk, names, site_of

COMMAND = ("-m", "summitry", "watch")


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, Clock())


def put(folder: Path, name: str, text: str, at: float = START - 100) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, (at, at))
    return path


def test_new_and_changed_files_are_read(desk: Desk, tmp_path: Path) -> None:
    box = tmp_path / "box"
    put(box, "a.txt", report(1))
    put(box, "in/b.txt", report(2))
    put(box, ".hidden.txt", report(3))
    put(box, "talks.db.watch.json", "{}")
    put(box, "code.py", "x = 1")
    first = desk.round(str(box))
    assert sorted(names(first)) == ["a.txt", "b.txt"]
    assert first.rejected == 1
    assert "'.py'" in desk.reasons("refused")
    again = desk.round(str(box))
    assert (again.reports, again.rejected) == ((), 0)
    put(box, "a.txt", report(4), START - 50)
    put(box, "c.txt", report(5))
    assert sorted(names(desk.round(str(box)))) == ["a.txt", "c.txt"]


def test_a_file_that_is_being_written_is_left_until_it_rests(desk: Desk, tmp_path: Path) -> None:
    box = tmp_path / "box"
    path = put(box, "a.txt", report(1)[:40], START)

    class Writing(Clock):
        def sleep(self, seconds: float) -> None:
            super().sleep(seconds)
            put(box, "a.txt", report(1), self.at)

    desk.clock = Writing()
    assert desk.round(str(box)).reports == ()
    desk.clock = Clock(path.stat().st_mtime + 100)
    assert names(desk.round(str(box))) == ["a.txt"]


def test_a_folder_that_goes_away_is_said(desk: Desk, tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.mkdir()
    watcher = desk.watcher(str(box))
    box.rmdir()
    assert watcher.round().inputs == ((str(box), "failed"),)
    assert "cannot be read" in desk.reasons("failed")


def test_what_watching_keeps_is_no_input(tmp_path: Path) -> None:
    put(tmp_path, "talks.db.watch.json", "{}")
    put(tmp_path, "talks.db.watch.json.lock", "")
    put(tmp_path, "a.txt", report(1))
    assert len(list(iter_sources([str(tmp_path)]))) == 1


def test_the_state_is_whole_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    assert load(path) == State()
    state = State(files={"a": [1, 2]}, read={"http://x.example/": 3.0}, untold=["b"])
    save(path, state)
    assert load(path) == state
    for text in (
        "",
        "{",
        "[]",
        '{"version": 9}',
        '{"version": 1, "feeds": {"a": 1}}',
        '{"version": 1, "feeds": {"a": {}}}',
    ):
        path.write_text(text)
        with pytest.raises(UsageError, match=r"no state of summitry watch .*; remove it"):
            load(path)
    with pytest.raises(UsageError, match="cannot be written"):
        save(tmp_path / "none" / "s.json", state)


def test_one_process_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    left = put(tmp_path, "s.json.123.new", "half")
    with alone(path):
        assert not left.exists()
        with pytest.raises(UsageError, match="another summitry watch"), alone(path):
            pass
    with alone(path):
        pass


def test_spans_and_headers() -> None:
    assert [seconds_of(one, feeds=True) for one in ("5m", " 2H ", "1d", "600s")] == [300, 7200, 86_400, 600]
    assert seconds_of("1m", feeds=False) == 60
    for off in ("", "5", "1m", "m", "-5m", "1w", "0h"):
        with pytest.raises(UsageError, match=r"--every .*5m or more"):
            seconds_of(off, feeds=True)
    assert retry_after("120", START) == 120
    assert retry_after("Fri, 10 May 2030 13:00:00 GMT", START) == 3600
    assert retry_after("Fri, 10 May 2030 11:00:00 GMT", START) == 0
    assert retry_after("99999999999999", START) == 30 * 86_400
    assert retry_after("soon", START) is retry_after(None, START) is None


def test_rounds_at_equal_distances() -> None:
    clock, starts, told = Clock(), list[float](), list[str]()

    def once() -> None:
        starts.append(clock.now() - START)
        clock.at += 7 if len(starts) < 3 else 700
        if len(starts) == 2:
            raise RecordUnavailable("record is locked")
        if len(starts) == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        repeat(once, 600, clock, told.append)
    assert starts == [0, 600, 1200, 1900, 2600]
    assert told == ["record is locked; trying again in the next round"]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-W", "error", *COMMAND, *map(str, arguments)]
    return subprocess.run(call, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.slow
def test_the_command_once(tmp_path: Path) -> None:
    box, record = tmp_path / "box", tmp_path / "talks.db"
    text = (
        "Envoys meet in Bergen\n\nThe Northern Example, May 6, 2030\n\n"
        "OSLO -- Norway and Russia failed to reach a deal "
        "on fishing quotas at talks in Bergen on Saturday. Norway will not lift the quotas until Russia withdraws its "
        "patrol boats, Norwegian Foreign Minister Kari Lund said on Monday.\n"
    )
    put(box, "a.txt", text, time.time() - 100)
    done = run(box, "--record", record, "--once", "--no-case", "--light")
    assert done.returncode == 0, done.stderr
    assert "new: The Northern Example, 2030-05-06: no headline (1 statement" in done.stdout
    assert "changed: " in done.stdout
    assert "1 new report;" in done.stderr
    put(box, "b.txt", text.replace("Bergen", "Narvik"), time.time() - 90)
    done = run(box, "--record", record, "--once", "--no-case", "--light", "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["uri"] for row in rows if row["type"] == "report"] == [str(box / "b.txt")]
    assert all(row["evidence"] for row in rows if row["type"] == "changed")
    done = run(box, "--record", record, "--once", "--no-case", "--light")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.slow
def test_the_command_says_what_is_off(tmp_path: Path) -> None:
    (tmp_path / "box").mkdir()
    record = tmp_path / "talks.db"
    done = run(tmp_path / "box", "--every", "1s", "--record", record)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--every is '1s'; allowed: 1m or more" in done.stderr
    with site_of(Clock()) as site:
        done = run(f"{site.url}/feed.xml", "--record", record, "--once", "--gap", "1")
        assert done.returncode == 2
        assert "not a public address" in done.stderr
        done = run(
            f"{site.url}/feed.xml", tmp_path / "box", "--record", record, "--once", "--allow-private", "--gap", "1"
        )
        assert done.returncode == 1, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_stopped_by_a_signal(tmp_path: Path, how: signal.Signals) -> None:
    record = tmp_path / "talks.db"
    with site_of(Clock()) as site:
        feed = site.feed(1)
        call = [
            sys.executable,
            *COMMAND,
            feed,
            "--record",
            str(record),
            "--allow-private",
            "--light",
            "--gap",
            "30",
        ]
        process = subprocess.Popen([*call, "--no-case"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        until = time.monotonic() + 60
        # It has asked for robots.txt, and now waits for its turn.
        while "/robots.txt" not in site.paths() and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.3)
        process.send_signal(how)
        _, err = process.communicate(timeout=60)
    if how is signal.SIGINT:
        assert process.returncode == 130
        assert "stopped: what was read is in" in err
        assert "Traceback" not in err
    with alone(tmp_path / "talks.db.watch.json"):
        load(tmp_path / "talks.db.watch.json")
