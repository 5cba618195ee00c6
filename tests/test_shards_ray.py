"""Shards on a Ray cluster of two machines: the same record as on one, whatever is killed on the way."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from ingest_factory import SmallReader, report, rows_of, written
from ray_cluster import SlowReader, TwoMachines, two_machines, wait_until
from summitry.errors import ShardError, SummitryError, UsageError
from summitry.ingest import IngestReport, Progress, ReadOptions, fold_readings, ingest
from summitry.ingest.care import LOSSES, STRIKES, At, Care, Failed, Strikes
from summitry.ingest.keeping import Counts
from summitry.ingest.options import Engine
from summitry.ingest.reads import MakeReader
from summitry.ingest.shards import hand, plan
from summitry.ingest.shards.cluster import run_on_ray
from summitry.ingest.shards.hand import Hand, Setting
from summitry.ingest.shards.readings import names
from summitry.ingest.shards.storing import Landing, joined
from summitry.ingest.shards.types import Shard, ShardOptions, ShardReport
from summitry.intake import IntakeOptions, Piece

REPORTS = 120


@pytest.fixture(scope="module")
def machines() -> Iterator[TwoMachines]:
    with two_machines() as cluster:
        yield cluster


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many shards of few reports."""
    monkeypatch.setattr(plan, "SHARD_FILES", 6)


def reports(folder: Path, count: int = REPORTS) -> list[str]:
    """Reports of which some tell of the same meeting, some are copies, some undated, and one is no report."""
    texts: list[str] = []
    for number in range(count):
        day = f"2030-05-{1 + number % 9:02}"
        text = report(
            number,
            f"Ardania met Belmark in Oslo on {day}.",
            f"Anna Holm of Corvia said on {day} that round {number % 7} is hard.",
            day=None if number % 10 == 4 else "2030-05-11",
        )
        texts.append(texts[number - 1] if number % 15 == 8 else text)
    texts[2] = ""
    return written(folder, texts)


def read(
    engine: Engine,
    paths: Iterable[str],
    record: Path,
    make: MakeReader = SmallReader,
    **more: Any,  # noqa: ANN401
) -> IngestReport:
    return ingest(tuple(paths), record, ReadOptions(engine=engine, **more), make_reader=make)


def every_row(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All tables of a record, whole and in order, numbers too; without the clocks of its runs."""
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        found = {}
        for (table,) in tables:
            columns = [str(column[1]) for column in connection.execute(f"PRAGMA table_info({table})")]
            kept = ", ".join(f'"{one}"' for one in columns if table != "runs" or one not in ("started", "finished"))
            found[str(table)] = sorted(connection.execute(f"SELECT {kept} FROM {table}"), key=repr)
        return found


def planned(paths: Iterable[str], options: ShardOptions) -> list[Shard]:
    found = plan.shards(tuple(paths), IntakeOptions(), options)
    return [shard for shard in found if isinstance(shard, Shard)]


# ── two machines ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_machine_killed_half_way_changes_nothing(
    machines: TwoMachines, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    paths = reports(tmp_path / "reports")
    killed: list[int] = []

    def kill(progress: Progress) -> None:
        if progress.stage == "reading" and progress.done >= REPORTS / 2 and not killed:
            killed.append(progress.done)
            machines.kill_second()

    options = ReadOptions(engine="ray", readings=str(tmp_path / "readings"), address=machines.address)
    on_ray = ingest(tuple(paths), tmp_path / "ray.db", options, kill, make_reader=SlowReader)
    assert capfd.readouterr() == ("", ""), "Ray keeps to itself what it has to say of its machines"
    machines.replace_second()
    assert killed and killed[0] < REPORTS
    one = read("stream", paths, tmp_path / "one.db", jobs=1)
    rows = every_row(tmp_path / "one.db")
    assert every_row(tmp_path / "ray.db") == rows
    assert (on_ray.read, on_ray.known, on_ray.rejected) == (one.read, one.known, one.rejected)
    assert len(rows["sources"]) > 100 and rows["events"] and rows["statements"] and on_ray.rejected == 1
    # And once more from the readings that were kept, which come in another order.
    fold_readings(str(tmp_path / "readings"), tmp_path / "folded.db", make_reader=SmallReader)
    assert rows_of(tmp_path / "folded.db") == rows_of(tmp_path / "one.db")


@pytest.mark.slow
def test_a_report_that_kills_its_process_is_rejected_alone(
    machines: TwoMachines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = reports(tmp_path / "reports", 14)
    Path(paths[9]).write_text(report(9, "KILL."))
    monkeypatch.delenv("SPARE", raising=False)
    found = read("ray", paths, tmp_path / "ray.db", readings=str(tmp_path / "out"), address=machines.address)
    assert [(one.uri, one.stage) for one in found.refusals] == [(paths[2], "decode"), (paths[9], "read")]
    assert "died on this report" in found.refusals[1].reason
    read("shards", paths, tmp_path / "one.db", jobs=1)
    assert every_row(tmp_path / "ray.db") == every_row(tmp_path / "one.db")


@pytest.mark.slow
def test_the_command_reads_on_a_cluster(machines: TwoMachines, tmp_path: Path) -> None:
    reports(tmp_path / "reports", 3)
    (tmp_path / "reports" / "envoys.txt").write_text(
        "Envoys talk in Geneva\n\nMay 3, 2019\n\nThe United States and North Korea held talks in Geneva on Thursday. "
        "“Sanctions must go first,” Vice Foreign Minister Choe Son-hui said after the meeting.\n"
    )
    for engine in (["ray", "--address", machines.address, "--readings", "out"], ["stream"]):
        command = [
            sys.executable,
            "-m",
            "summitry",
            "read",
            "reports",
            "--record",
            f"{engine[0]}.db",
            "--engine",
            *engine,
        ]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=100)
        assert done.returncode == 1, done.stderr  # the empty report
        assert "Traceback" not in done.stderr and "ray" not in done.stderr.lower().replace("ray.db", "")
    assert every_row(tmp_path / "ray.db") == every_row(tmp_path / "stream.db")


@pytest.mark.slow
def test_ctrl_c_leaves_what_is_whole_and_it_is_not_read_again(machines: TwoMachines, tmp_path: Path) -> None:
    paths, out = reports(tmp_path / "reports", 36), tmp_path / "out"
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from summitry.ingest.shards import cluster, plan, types\n"
        "from summitry.intake import IntakeOptions\n"
        "from ray_cluster import SlowReader\n"
        "plan.SHARD_FILES = 6\n"
        "options = types.ShardOptions(sys.argv[2], make=SlowReader)\n"
        "list(cluster.run_on_ray(plan.shards(sys.argv[3:], IntakeOptions(), options), options, sys.argv[1]))\n"
    )
    root = Path(__file__).parents[1]
    running = subprocess.Popen(
        [sys.executable, "-c", script, machines.address, str(out), *paths],
        env={**os.environ, "PYTHONPATH": f"{root / 'src'}:{root / 'tests'}"},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_until(lambda: len(names(str(out))) >= 2, 90)
    finally:
        running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=20)
    assert running.returncode != 0 and "KeyboardInterrupt" in errors
    before = {name: (out / f"{name}.parquet").stat().st_mtime_ns for name in names(str(out))}
    assert 2 <= len(before) < 6

    options = ShardOptions(str(out), make=SlowReader)
    every = planned(paths, options)
    ray = import_module("ray")
    ray.init(machines.address, log_to_driver=False, logging_level="ERROR")
    try:
        wait_until(lambda: ray.available_resources().get("CPU", 0) == 2)  # its processes have ended with it
        found = list(run_on_ray(every, options, machines.address))
        assert ray.is_initialized(), "a connection that was there before stays"
        # What is whole needs no process.
        assert all(isinstance(one, ShardReport) and one.seconds == 0 for one in run_on_ray(every, options))
        wait_until(lambda: ray.available_resources().get("CPU", 0) == 2)
    finally:
        ray.shutdown()
    assert {one.name for one in found if isinstance(one, ShardReport)} == {shard.name for shard in every}
    assert sum((one.counts for one in found if isinstance(one, ShardReport)), Counts()).done == 36
    assert before == {name: (out / f"{name}.parquet").stat().st_mtime_ns for name in before}


# ── no cluster ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_ray_what_to_install_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError, match=r"'ray', which is not installed; .*pip install 'summitry\[ray\]'"):
        list(run_on_ray([], ShardOptions(str(tmp_path)), "127.0.0.2:6379"))


@pytest.mark.parametrize("address", ["127.0.0.2:9", "127.0.0.2", "ray://127.0.0.2:10001", "127.0.0.2:port"])
def test_an_address_where_no_cluster_is_is_said(tmp_path: Path, address: str) -> None:
    started = time.monotonic()
    with pytest.raises(UsageError, match=rf"--address is '{address}', where no cluster answers: .*ray start --head"):
        list(run_on_ray([], ShardOptions(str(tmp_path)), address))
    assert time.monotonic() - started < 10


# ── a hand ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def of_no_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hand, "_machine", lambda: "here")


def ready(out: Path, setting: Setting | None = None) -> tuple[Hand, str | SummitryError]:
    options = ShardOptions(str(out), make=SmallReader)
    Landing(joined(str(out), "token")).finish()
    one = Hand(options, setting or Setting.here("token"))
    return one, one.ready()


@pytest.mark.usefixtures("of_no_cluster")
def test_a_hand_says_what_it_takes_up_before_it_reads_it(tmp_path: Path) -> None:
    paths = reports(tmp_path / "reports", 20)
    one, machine = ready(tmp_path / "out")
    assert machine == "here"
    pieces = tuple(Piece(path, size=1) for path in paths)
    said, named = one.begin(Shard("a", pieces), Care()), []
    while isinstance(said, At):
        assert not names(str(tmp_path / "out")), "nothing is whole before the last reports are read"
        named.append(said.now)
        said = one.go_on()
    assert isinstance(said, ShardReport) and said.counts.done == 20
    assert [len(ids) for ids in named] == [8, 8, 4]
    assert names(str(tmp_path / "out")) == ["a-00000"]
    again = one.begin(Shard("a", pieces), Care())
    assert isinstance(again, ShardReport) and again.counts == said.counts, "it is there, and is not read again"


@pytest.mark.usefixtures("of_no_cluster")
def test_another_version_on_a_machine_is_said(tmp_path: Path) -> None:
    _, said = ready(tmp_path, replace(Setting.here("token"), version="99.0"))
    assert isinstance(said, UsageError)
    assert "and this one 99.0; install the same on all: pip install 'summitry[ray]==99.0'" in str(said)


@pytest.mark.usefixtures("of_no_cluster")
def test_an_output_that_a_machine_does_not_see_is_said(tmp_path: Path) -> None:
    _, said = ready(tmp_path, Setting.here("another"))
    assert isinstance(said, UsageError) and "does not see in" in str(said)


@pytest.mark.usefixtures("of_no_cluster")
def test_an_input_that_a_machine_does_not_see_is_said(tmp_path: Path) -> None:
    one, _ = ready(tmp_path)
    said = one.begin(Shard("a", (Piece(str(tmp_path / "nowhere.warc.gz")),)), Care())
    assert isinstance(said, UsageError) and "nowhere.warc.gz is not there on the machine" in str(said)


@pytest.mark.usefixtures("of_no_cluster")
def test_a_case_that_is_off_is_handed_over(tmp_path: Path) -> None:
    Landing(joined(str(tmp_path), "token")).finish()
    said = Hand(ShardOptions(str(tmp_path), cases=("nowhere",)), Setting.here("token")).ready()
    assert isinstance(said, UsageError) and "nowhere" in str(said)


@pytest.mark.usefixtures("of_no_cluster")
def test_an_output_that_cannot_be_written_is_handed_over(tmp_path: Path) -> None:
    paths = reports(tmp_path / "reports", 4)
    one, _ = ready(tmp_path / "out")
    (tmp_path / "out" / "token").unlink()
    (tmp_path / "out").rmdir()
    (tmp_path / "out").write_text("no folder")
    said = one.begin(Shard("a", tuple(Piece(path) for path in paths)), Care())
    while isinstance(said, At):
        said = one.go_on()
    assert isinstance(said, ShardError) and "cannot be" in str(said)


# ── deaths ─────────────────────────────────────────────────────────────────────────────────────────────────────────

SHARD = Shard("a", (Piece("a.warc.gz"),))


def test_the_report_that_kills_is_found_and_left_out() -> None:
    strikes: Strikes[Shard] = Strikes()
    care = strikes.died(SHARD, At(Counts(read=8), ("x", "y", "z")))
    assert care == Care(frozenset("xyz"))
    for _ in range(STRIKES - 1):
        assert strikes.died(SHARD, At(Counts(read=9), ("y",))) == Care(frozenset("xyz"))
    assert strikes.died(SHARD, At(Counts(read=9), ("y",))) == Care(frozenset("xyz"), frozenset("y"))


def test_a_shard_no_process_gets_into_is_given_up() -> None:
    strikes: Strikes[Shard] = Strikes()
    for _ in range(STRIKES - 1):
        assert strikes.died(SHARD, At()) == Care()
    failed = strikes.died(SHARD, At())
    assert isinstance(failed, Failed) and failed.job == SHARD and "look at the file" in failed.reason


def test_machines_that_are_lost_are_no_strikes_until_they_are_many() -> None:
    strikes: Strikes[Shard] = Strikes()
    care = strikes.died(SHARD, At(Counts(), ("x", "y")))
    for _ in range(LOSSES - 1):
        assert strikes.lost(SHARD) == care
    failed = strikes.lost(SHARD)
    assert isinstance(failed, Failed) and "10 machines were lost" in failed.reason


def test_a_shard_that_is_done_is_forgotten() -> None:
    strikes: Strikes[Shard] = Strikes()
    strikes.died(SHARD, At(Counts(), ("x", "y")))
    strikes.done(SHARD)
    assert strikes.lost(SHARD) == Care()
