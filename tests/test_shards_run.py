"""Reading by shards through real processes: the same record as in one go, whoever dies and whenever it stops."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from ingest_factory import SmallReader, read_in, report, rows_of, written
from summitry.errors import ShardError, SummitryError, UsageError
from summitry.ingest import IngestReport, Progress, ReadOptions, fold_readings, ingest
from summitry.ingest.shards import plan, shard
from summitry.ingest.shards.plan import shards
from summitry.ingest.shards.types import Shard, ShardOptions
from summitry.intake import IntakeOptions
from summitry.record import open_record
from summitry.vocabulary import Article, KnownEvent, Reading

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")]


def many(folder: Path, count: int = 60, *, odd: Sequence[str] = ()) -> list[str]:
    """Reports, some of them undated, copies, or broken; ``odd`` ones besides. The folder, as inputs."""
    texts = [
        report(
            number,
            f"Ardania met Belmark in Oslo on 2030-05-{number % 27 + 1:02}.",
            f"Anna Holm of Ardania said on 2030-05-{number % 27 + 1:02} that phase {number} must follow.",
            day=None if number % 9 == 4 else f"2030-05-{number % 27 + 1:02}",
        )
        for number in range(count)
    ]
    texts[7] = texts[3]
    texts[11] = ""
    written(folder, [*texts, *odd])
    return [str(folder)]


def by_shards(inputs: Sequence[str], record: Path, jobs: int = 2, **more: object) -> IngestReport:
    options = ReadOptions(jobs=jobs, engine="shards", **more)  # type: ignore[arg-type]
    return ingest(tuple(inputs), record, options, make_reader=SmallReader)


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many shards of few reports, by processes that are forked: what a spawned one loads takes seconds."""
    monkeypatch.setattr(plan, "SHARD_FILES", 7)
    forked = multiprocessing.get_context("fork")
    monkeypatch.setattr(multiprocessing, "get_context", lambda _: forked)


def test_shards_give_the_record_of_one_go(tmp_path: Path) -> None:
    inputs = many(tmp_path / "in")
    one = read_in(inputs, tmp_path / "one.db")
    for jobs in (1, 2, 16):
        record = tmp_path / f"{jobs}.db"
        found = by_shards(inputs, record, jobs)
        assert (found.read, found.known, found.rejected) == (one.read, one.known, one.rejected)
        assert rows_of(record) == rows_of(tmp_path / "one.db")
        assert not record.with_name(record.name + ".shards").exists()


def test_shards_are_numbered_alike_by_any_number_of_processes(tmp_path: Path) -> None:
    inputs = many(tmp_path / "in")
    numbered = []
    for jobs in (1, 3):
        by_shards(inputs, tmp_path / f"{jobs}.db", jobs)
        with open_record(tmp_path / f"{jobs}.db", read_only=True) as record:
            numbered.append(record.source_ids())
    assert numbered[0] == numbered[1]


def test_again_changes_nothing(tmp_path: Path) -> None:
    inputs = many(tmp_path / "in")
    first = by_shards(inputs, tmp_path / "r.db")
    before = rows_of(tmp_path / "r.db")
    again = by_shards(inputs, tmp_path / "r.db")
    assert again.read == 0
    assert again.known == first.read + first.known
    assert rows_of(tmp_path / "r.db") == before


def test_a_report_that_kills_its_process_is_rejected_alone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    inputs = many(tmp_path / "in", odd=[report(99, "KILL Ardania met Belmark in Oslo on 2030-05-02.")])
    found = by_shards(inputs, tmp_path / "r.db")
    assert found.rejected == 2
    assert [one.uri[-7:] for one in found.refusals if "died" in one.reason] == ["060.txt"]
    capfd.readouterr()
    without = many(tmp_path / "without")
    assert found.read == read_in(without, tmp_path / "w.db").read


class Slow(SmallReader):
    """Takes its time, so that a run can be stopped in the midst of it."""

    def read_many(self, articles: Iterable[Article], anchors: Sequence[KnownEvent] = ()) -> Iterator[Reading]:
        for article in articles:
            time.sleep(0.02)
            yield self.read(article, anchors)


_RUN = """
import sys
from pathlib import Path
from summitry.ingest import ReadOptions, ingest
from summitry.ingest.shards import plan
from test_shards_run import Slow
plan.SHARD_FILES = 7
if __name__ == "__main__":
    ingest([sys.argv[1]], Path(sys.argv[2]), ReadOptions(jobs=2, engine="shards"), make_reader=Slow)
"""


def started(inputs: str, record: Path) -> subprocess.Popen[bytes]:
    root = Path(__file__).parents[1]
    script = record.with_suffix(".py")
    script.write_text(_RUN)
    return subprocess.Popen(
        [sys.executable, str(script), inputs, str(record)],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root / "tests")},
    )


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    inputs = many(tmp_path / "in", 120)
    record = tmp_path / "r.db"
    folder = record.with_name("r.db.shards")
    process = started(inputs[0], record)
    try:
        deadline = time.monotonic() + 30
        while len(list(folder.glob("*.folded"))) < 3 and time.monotonic() < deadline:
            time.sleep(0.02)
        process.kill()
    finally:
        process.wait()
    done = len(list(folder.glob("*.folded")))
    assert done >= 3
    left = children_of(process.pid)
    told: list[Progress] = []
    options = ReadOptions(jobs=2, engine="shards")
    found = ingest(tuple(inputs), record, options, told.append, make_reader=SmallReader)
    assert found.known >= 3 * 7 - 2  # what was folded is not read again
    assert found.read + found.known + found.rejected == 120
    read_in(inputs, tmp_path / "one.db")
    assert rows_of(record) == rows_of(tmp_path / "one.db")
    assert not folder.exists()
    assert not left


def children_of(pid: int) -> list[int]:
    """Reading processes that outlive their parent, after the moment it takes them to notice."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        left = [
            one for one in _processes() if f"parent_pid={pid}" in one[1] or f"--multiprocessing-fork {pid}" in one[1]
        ]
        if not left:
            return []
        time.sleep(0.1)
    return [one[0] for one in left]


def _processes() -> list[tuple[int, str]]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append((int(entry.parent.name), entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")))
        except OSError:
            continue
    return found


def test_two_runs_at_once_are_told_apart(tmp_path: Path) -> None:
    inputs = many(tmp_path / "in", 120)
    record = tmp_path / "r.db"
    process = started(inputs[0], record)
    try:
        deadline = time.monotonic() + 30
        while not list(record.with_name("r.db.shards").glob("*.folded")) and time.monotonic() < deadline:
            time.sleep(0.02)
        with pytest.raises(ShardError, match="another run is reading into this record"):
            by_shards(inputs, record)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def test_readings_that_are_kept_are_folded_elsewhere(tmp_path: Path) -> None:
    inputs = many(tmp_path / "in")
    kept = tmp_path / "readings"
    by_shards(inputs, tmp_path / "a.db", readings=str(kept))
    assert list(kept.glob("*.parquet"))
    found = fold_readings(str(kept), tmp_path / "b.db", make_reader=SmallReader)
    assert rows_of(tmp_path / "b.db") == rows_of(tmp_path / "a.db")
    again = fold_readings(str(kept), tmp_path / "b.db", make_reader=SmallReader)
    assert again.read == 0
    assert again.known == found.read + found.known
    with pytest.raises(UsageError, match="holds no readings"):
        fold_readings(str(tmp_path / "in"), tmp_path / "c.db", make_reader=SmallReader)


def test_a_place_that_is_no_folder_is_said(tmp_path: Path) -> None:
    inputs = many(tmp_path / "in")
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with pytest.raises(ShardError, match="Not a directory"):
        by_shards(inputs, tmp_path / "r.db", readings=str(blocked))


def test_the_plan_is_the_same_for_the_same_inputs(tmp_path: Path) -> None:
    inputs = many(tmp_path / "in")
    how = ShardOptions(str(tmp_path))
    first = [one.name for one in shards(inputs, IntakeOptions(), how) if isinstance(one, Shard)]
    assert first == [one.name for one in shards(inputs, IntakeOptions(), how) if isinstance(one, Shard)]
    assert len(set(first)) == len(first) > 5
    (tmp_path / "in" / "000.txt").write_text(report(500))
    changed = [one.name for one in shards(inputs, IntakeOptions(), how) if isinstance(one, Shard)]
    assert changed[0] != first[0]
    assert changed[1:] == first[1:]


def test_a_shard_goes_on_behind_its_last_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shard, "PART", 3)
    inputs = many(tmp_path / "in", 20)
    how = ShardOptions(str(tmp_path / "out"), make=SmallReader)
    planned = [one for one in shards(inputs, IntakeOptions(), how) if isinstance(one, Shard)]
    taken: list[int] = []
    with shard.ShardReader(how) as reader:
        whole = reader.do(planned[0], tell=lambda at: taken.append(len(at.now)))
        assert sum(taken) == whole.counts.done == 7
        for number in (2, 1):  # what a run that was stopped there had written
            (tmp_path / "out" / f"{shard.part_name(planned[0].name, number)}.parquet").unlink()
            taken.clear()
            assert reader.do(planned[0], tell=lambda at: taken.append(len(at.now))).counts == whole.counts
            assert sum(taken) < 7


def test_a_case_that_readings_were_made_with_is_kept(tmp_path: Path) -> None:
    inputs = many(tmp_path / "in")
    by_shards(inputs, tmp_path / "a.db", readings=str(tmp_path / "readings"))
    case = tmp_path / "arden.toml"
    case.write_text('name = "arden"\ntitle = "Talks with Arden"\nprincipals = ["NOR", "SWE"]\n')
    fold_readings(str(tmp_path / "readings"), tmp_path / "b.db", make_reader=SmallReader, cases=[str(case)])
    with open_record(tmp_path / "b.db", read_only=True) as record:
        assert "arden" in {one.name for one in record.cases()}
    with pytest.raises(SummitryError, match="nowhere"):
        fold_readings(str(tmp_path / "readings"), tmp_path / "c.db", make_reader=SmallReader, cases=["nowhere.toml"])
