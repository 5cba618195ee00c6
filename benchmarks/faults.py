"""``python -m benchmarks.faults [--kills N] [--truncations N] [--full N] [--real N] [--seed S] [--minutes M]``: what is
done to a record that is being read into, and what is left of it. ``--page`` writes it into docs/reliability.md.

Each scenario does one kind of harm, over and over, to real processes and real files, at random points. After each the
record is checked (``summitry check``) and its reports compared with those of a record made without any fault; at the
end the reading is done again without a fault and everything is compared row by row, numbers of rows and runs and former
ids aside. A scenario is a class with :meth:`Scenario.once`; a further engine is one more.

Reports are made up and read by the small reader of the tests, so that a thousand faults take minutes; some dozens are
read by summitry's own reader (``--real``).
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import platform
import random
import resource
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final
from unittest.mock import patch

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from check_factory import changed, older, texts  # noqa: E402
from ingest_factory import SmallReader, rows_of, written  # noqa: E402
from summitry.errors import RecordError, SummitryError  # noqa: E402
from summitry.ingest import ReadOptions, ingest  # noqa: E402
from summitry.ingest.reads import MakeReader, ReportReader  # noqa: E402
from summitry.record import open_record  # noqa: E402
from summitry.record.backup import backup  # noqa: E402
from summitry.record.checking import check_record, repair_record  # noqa: E402
from summitry.record.migrations import VERSION  # noqa: E402

FEW: Final = 12
"""Reports of the folder that is read: enough that some are copies, some undated, some tell the same event."""

MANY: Final = 36
"""Reports where processes are killed that read: more than are read without starting any."""

CROWD: Final = 400
"""Reports that keep spawned processes busy until they are killed."""

CHAIN: Final = 12
"""Kills of one record before it is let finish, and compared."""

START, END = "<!-- faults: start -->", "<!-- faults: end -->"

Rows = dict[str, set[tuple[object, ...]]]


@dataclass(slots=True)
class Tally:
    """What one kind of fault came to. ``lost``: reports that were whole in the record before, and are neither there
    after nor named as to be read again, and rows that are missing or different at the very end. ``half``: reports of
    which a part is there. ``wrong``: messages without a next step, tracebacks, checks that find a record unsound."""

    name: str
    tried: int = 0
    lost: int = 0
    half: int = 0
    wrong: int = 0
    seconds: float = 0.0
    notes: dict[str, int] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)

    def note(self, what: str, count: int = 1) -> None:
        self.notes[what] = self.notes.get(what, 0) + count

    def fault(self, kind: str, count: int, what: str) -> None:
        """Count what must not be, and keep the first few in words."""
        if count:
            setattr(self, kind, getattr(self, kind) + count)
            if len(self.odd) < 20:
                self.odd.append(f"{kind} ({count}): {what}")


@dataclass
class Bench:
    """The reports, and the record that reading them without a fault makes."""

    folder: Path
    inputs: tuple[str, ...]
    make: MakeReader = SmallReader
    engine: str | None = None

    @property
    def whole(self) -> Path:
        return self.folder / "whole.db"

    @cached_property
    def seconds(self) -> float:
        """How long a reading without a fault takes in a process of its own."""
        started = time.monotonic()
        assert Child(lambda: self.read(self.whole)).wait() == 0
        return time.monotonic() - started

    @cached_property
    def rows(self) -> Rows:
        assert self.seconds
        assert check_record(self.whole).findings == ()
        return rows_of(self.whole)

    @cached_property
    def own(self) -> dict[str, tuple[object, ...]]:
        return own_rows(self.whole)

    def read(self, record: Path, jobs: int = 1, engine: str | None = None) -> None:
        chosen = {"engine": engine} if engine else {}
        ingest(self.inputs, record, ReadOptions(jobs=jobs, **chosen), make_reader=self.make)  # type: ignore[arg-type]


class Child:
    """A process of its own, forked so that nothing is loaded again: it runs one function, and may be killed."""

    def __init__(self, act: Callable[[], None]) -> None:
        self._out = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process does
        self.id = os.fork()
        if self.id == 0:
            status = 70
            os.setsid()
            try:
                act()
                status = 0
            except SummitryError as error:
                self._say(str(error))
                status = 3
            except BaseException as error:
                self._say(f"{type(error).__name__}: {error}")
            finally:
                os._exit(status)

    def _say(self, words: str) -> None:
        with contextlib.suppress(OSError):
            os.write(self._out.fileno(), words.encode()[:4000])

    def kill(self) -> bool:
        """Kill -9; whether it was still at work."""
        os.kill(self.id, signal.SIGKILL)
        return self.wait() == -signal.SIGKILL

    def wait(self) -> int:
        return os.waitstatus_to_exitcode(os.waitpid(self.id, 0)[1])

    @property
    def said(self) -> str:
        self._out.seek(0)
        return self._out.read().decode("utf-8", "replace")

    def running(self) -> bool:
        return not os.waitid(os.P_PID, self.id, os.WEXITED | os.WNOHANG | os.WNOWAIT)

    def children(self, *, spawned: bool) -> list[int]:
        """Processes that it has started to read, whatever group they are in. A spawned one is known by what it runs:
        before that it cannot be told from multiprocessing's own helper."""
        found = []
        for each in Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError, IndexError):
                parent = int((each / "stat").read_text().rsplit(")", 1)[1].split()[1])
                if parent == self.id and (not spawned or b"spawn_main" in (each / "cmdline").read_bytes()):
                    found.append(int(each.name))
        return sorted(found)


def own_rows(path: Path) -> dict[str, tuple[object, ...]]:
    """What each report of a record tells by itself, whatever the other reports date: to see half ones."""
    told: dict[str, list[object]] = {}
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    with contextlib.closing(connection):
        for source_id, text in connection.execute("SELECT id, text FROM sources WHERE status = 'read'"):
            told[source_id] = [text]
        for query in (
            "SELECT source_id, position, start_char, end_char FROM blocks ORDER BY source_id, position",
            "SELECT source_id, position, text FROM sentences ORDER BY source_id, position",
            "SELECT source_id, position, id, words, speaker_name FROM statements ORDER BY source_id, position",
            "SELECT source_id, position, summary, type FROM event_mentions ORDER BY source_id, position",
            "SELECT source_id, row_kind, position, start_char, exact FROM evidence WHERE row_kind <> 'event' "
            "ORDER BY source_id, row_kind, start_char, position, exact",
        ):
            for row in connection.execute(query):
                told.setdefault(row[0], []).append(tuple(row[1:]))
    return {source_id: tuple(rows) for source_id, rows in told.items()}


def there(path: Path) -> set[str]:
    """Ids of the reports of a record; none where there is no record yet."""
    try:
        with open_record(path, read_only=True) as record:
            return set(record.source_ids())
    except RecordError:
        return set()


def remove(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    for each in path.parent.glob(f"{path.name}.*"):
        shutil.rmtree(each) if each.is_dir() else each.unlink()


class Scenario:
    """One kind of harm. ``once`` does it, once, and tells the tally what came of it."""

    name = ""
    reports = FEW

    def __init__(self, bench: Bench, chance: random.Random) -> None:
        self.bench = bench
        self.chance = chance
        self.tally = Tally(self.name)
        self.path = bench.folder / "talks.db"
        assert bench.rows
        assert bench.own

    def once(self) -> None:
        raise NotImplementedError

    def run(self, times: int, until: float) -> Tally:
        started = time.monotonic()
        try:
            while self.tally.tried < times and time.monotonic() < until:
                self.once()
        finally:
            remove(self.path)
        self.tally.seconds = time.monotonic() - started
        return self.tally

    def checked(self, before: set[str], at: str) -> set[str]:
        """The reports of the record, which must be sound, and hold all that was whole before, and no half one."""
        if not self.path.exists() or not self.path.stat().st_size:
            self.tally.fault("lost", len(before), f"{at}: no record")
            return set()
        try:
            report = check_record(self.path)
        except RecordError as error:
            # Killed before its first table was there: nothing was written yet.
            if before or "another program" not in str(error):
                self.tally.fault("wrong", 1, f"{at}: {error}")
            return before
        self.tally.fault("wrong", len(report.counts), f"{at}: {report.findings[:3]}")
        if report.version < VERSION:
            return before
        now = own_rows(self.path)
        self.tally.fault("lost", len(before - now.keys()), f"{at}: reports gone")
        half = [one for one in now if now[one] != self.bench.own.get(one)]
        self.tally.fault("half", len(half), f"{at}: {half[:2]}")
        return set(now)

    def finished(self) -> None:
        """Read again without a fault: the record is then the one that no fault was done to."""
        for _ in range(2):
            child = Child(lambda: self.bench.read(self.path))
            if child.wait():
                self.tally.fault("wrong", 1, f"reading again: {child.said}")
                return
            if self.same():
                return
            self.tally.note("needed a second reading")
        rows = rows_of(self.path)
        missing = {t: len(self.bench.rows[t] ^ rows[t]) for t in rows if rows[t] != self.bench.rows[t]}
        self.tally.fault("lost", sum(missing.values()), f"at the end: {missing}")

    def same(self) -> bool:
        return rows_of(self.path) == self.bench.rows

    def message(self, said: str, *steps: str) -> None:
        """A message must name a next step, and be no traceback."""
        if not any(step in said for step in steps):
            self.tally.fault("wrong", 1, f"says: {said[:300]}")


class KillReader(Scenario):
    """kill -9 of the reading process at a random moment; the next one goes on."""

    name = "kill -9 of the reading process"
    jobs = 1

    def __init__(self, bench: Bench, chance: random.Random) -> None:
        super().__init__(bench, chance)
        self._kept: set[str] = set()
        self._kills = 0

    def act(self) -> None:
        self.bench.read(self.path, self.jobs)

    def once(self) -> None:
        child = Child(self.act)
        time.sleep(self.chance.random() * self.bench.seconds * 0.9)
        if child.kill():
            self.tally.tried += 1
            self._kills += 1
        self._kept = self.checked(self._kept, f"kill {self.tally.tried}")
        if self._kills >= CHAIN or self._kept == self.bench.own.keys():
            # Killed while it reconciled, perhaps: let it come to its end, and begin a new record.
            if self._kills < CHAIN and self.chance.random() < 0.7:
                return
            self.finished()
            self.tally.note("records finished and compared")
            self._kept, self._kills = set(), 0
            remove(self.path)


class KillShards(KillReader):
    """The same, of a process that reads by shards: readings are kept in files, and folded into the record."""

    name = "kill -9 of a process that reads by shards"

    def act(self) -> None:
        with patch("summitry.ingest.shards.plan.SHARD_FILES", 5):
            self.bench.read(self.path, 1, "shards")


class KillWorker(Scenario):
    """kill -9 of a random one of the processes that read, whose parent goes on."""

    name = "kill -9 of a worker (forked)"
    reports = MANY
    spawned = False

    engine = "stream"

    def act(self) -> None:
        # Forked, and not spawned, so that nothing is loaded again: the processes and their pipes are the same.
        context = multiprocessing.get_context("spawn" if self.spawned else "fork")
        with (
            patch("multiprocessing.get_context", lambda _: context),
            patch("summitry.ingest.shards.plan.SHARD_FILES", 5),
        ):
            self.bench.read(self.path, 2, self.engine)

    def once(self) -> None:
        remove(self.path)
        child = Child(self.act)
        workers: list[int] = []
        while child.running() and not workers:
            workers = child.children(spawned=self.spawned)
            time.sleep(0.002)
        self.tally.fault("wrong", not workers, f"no worker was started: {child.said}")
        time.sleep(self.chance.random() * (4.0 if self.spawned else self.bench.seconds * 0.5))
        killed = False
        for one in self.chance.sample(workers, len(workers))[:1]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
                killed = child.running()
        until = time.monotonic() + 60
        while child.running() and time.monotonic() < until:
            time.sleep(0.005)
        if child.running():
            child.kill()
            self.tally.fault("wrong", 1, "it hung for a minute")
        elif child.wait():
            self.tally.fault("wrong", 1, child.said)
        self.tally.tried += killed
        self.checked(set(), f"worker {self.tally.tried}")
        if not self.same():
            self.tally.note("a report was rejected, and read by the next reading")
            self.finished()


class KillSpawned(KillWorker):
    name = "kill -9 of a worker (spawned)"
    reports = CROWD
    spawned = True


class KillShardWorker(KillWorker):
    """The same, where the processes read shards."""

    name = "kill -9 of a worker that reads shards (forked)"
    engine = "shards"


class Orphans(Scenario):
    """kill -9 of a parent: its workers must end by themselves."""

    name = "workers end when their parent is killed"
    reports = CROWD

    def once(self) -> None:
        remove(self.path)
        child = Child(lambda: self.bench.read(self.path, 2))
        workers: list[int] = []
        while child.running() and len(workers) < 2:
            workers = child.children(spawned=True)
            time.sleep(0.01)
        self.tally.fault("wrong", len(workers) < 2, f"no two workers were started: {child.said}")
        time.sleep(self.chance.random() * 3)
        workers = child.children(spawned=True) or workers
        if not child.kill():
            return
        self.tally.tried += 1
        until = time.monotonic() + 15
        while time.monotonic() < until and any(_alive(one) for one in workers):
            time.sleep(0.1)
        left = [one for one in workers if _alive(one)]
        self.tally.fault("wrong", len(left), f"{len(left)} of {len(workers)} workers still there after 15 s")
        for one in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)


def _alive(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False


class Truncate(Scenario):
    """A power cut on a disk that lies: a file of the record cut off at a random place, or the log gone."""

    name = "truncation of .db, -wal or -shm; -wal lost"

    def once(self) -> None:
        remove(self.path)
        if self.chance.random() < 0.3:
            shutil.copy(self.bench.whole, self.path)
        else:
            child = Child(lambda: self.bench.read(self.path))
            time.sleep(self.bench.seconds * (0.2 + 0.8 * self.chance.random()))
            child.kill()
        before = there(self.bench.whole)
        at = self._cut()
        if not at:
            return
        self.tally.tried += 1
        try:
            report = check_record(self.path)
        except RecordError as error:
            self.tally.note("not to be opened")
            self.message(str(error), "summitry check", "make one with", "name another file")
        else:
            self.tally.note("as sound as before" if report.sound else "damage found by check")
        self._mended(at)
        if self.path.exists():
            kept = self.checked(set(), at)
            self.tally.note("reports kept", len(kept))
            self.tally.note("reports of all", len(before))
        self.finished()

    def _cut(self) -> str:
        ends = [end for end in ("", "-wal", "-shm") if self.path.with_name(self.path.name + end).exists()]
        if not ends:
            return ""
        file = self.path.with_name(self.path.name + self.chance.choice(ends))
        size = file.stat().st_size
        if file.name.endswith("-wal") and self.chance.random() < 0.4:
            file.unlink()
            return "-wal lost"
        to = self.chance.randrange(size) if size else 0
        if self.chance.random() < 0.5:
            to -= to % 4096
        os.truncate(file, to)
        return f"{file.name} cut from {size} to {to}"

    def _mended(self, at: str) -> None:
        try:
            done = repair_record(self.path)
        except RecordError as error:
            self.message(str(error), "backup", "make one with", "name another file")
            self.tally.note("nothing could be saved")
            remove(self.path)
        except sqlite3.Error as error:
            self.tally.fault("wrong", 1, f"{at}: {type(error).__name__}: {error}")
            remove(self.path)
        else:
            self.tally.note("mended" if done.done else "nothing to mend")
            self.tally.fault("wrong", len(done.after.counts), f"{at}: after repair {done.after.findings[:3]}")


class DiskFull(Scenario):
    """No room, at a random size, for what reads, reviews, copies, mends or migrates."""

    name = "disk full at a random size (read, review, backup, repair, migrate)"

    def once(self) -> None:
        remove(self.path)
        name = self.chance.choice(("read", "read", "read", "read", "review", "backup", "repair", "migrate"))
        size = self.bench.whole.stat().st_size
        before: set[str] = set()
        if name != "read":
            shutil.copy(self.bench.whole, self.path)
            before = set(self.bench.own)
        if name == "migrate":
            older(self.path, VERSION - 1)
        if name == "repair":
            changed(self.path, "UPDATE events SET reports = 9")
        limit = int(self.chance.random() * size * (2.0 if name == "read" else 1.2))

        def act() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            ACTS[name](self)

        child = Child(act)
        status = child.wait()
        self.tally.tried += 1
        self.tally.note(f"{name}: {'no room' if status else 'room enough'}")
        if status:
            self.message(child.said, "make room", "free space", "another disk", "another place")
            self.tally.fault("wrong", status not in (3,), f"{name}: status {status}: {child.said}")
        if name == "repair":
            # Nothing or all of it is mended.
            repair_record(self.path)
        if name == "migrate":
            open_record(self.path).close()
        self.checked(before, f"{name} with {limit} of {size} bytes")
        if name == "review":
            # Decisions that found room are whole, as the check said; the record without a fault has none.
            changed(self.path, "DELETE FROM review_rows", "DELETE FROM reviews")
        self.finished()


def _review(scenario: Scenario) -> None:
    with open_record(scenario.path) as record:
        for statement in record.statements():
            record.review.accept(statement.id, by="Mari")


ACTS: Final[dict[str, Callable[[Scenario], object]]] = {
    "read": lambda scenario: scenario.bench.read(scenario.path),
    "review": _review,
    "backup": lambda scenario: backup(scenario.path, scenario.path.with_name("talks.db.copy")),
    "repair": lambda scenario: repair_record(scenario.path),
    "migrate": lambda scenario: open_record(scenario.path).close(),
}


class KillReal(KillReader):
    """kill -9 while summitry's own reader reads the shipped examples."""

    name = "kill -9, summitry's own reader on the examples"


@contextlib.contextmanager
def bench(reports: int) -> Iterator[Bench]:
    """Made-up reports and the small reader."""
    with tempfile.TemporaryDirectory(prefix="summitry-faults-") as folder:
        inputs = written(Path(folder) / "in", texts(reports))
        yield Bench(Path(folder), tuple(inputs))


@contextlib.contextmanager
def real_bench() -> Iterator[Bench]:
    """The shipped examples and summitry's own reader, loaded once."""
    from summitry.reader.pipeline import Reader

    reader = Reader(None)

    def make(cases: Sequence[str] | None) -> ReportReader:
        return reader

    with tempfile.TemporaryDirectory(prefix="summitry-faults-") as folder:
        yield Bench(Path(folder), (str(ROOT / "examples" / "korea-2019"),), make)


def campaign(numbers: dict[type[Scenario], int], seed: int, minutes: float) -> list[Tally]:
    """Run scenarios, each so many times, for so long at most."""
    until = time.monotonic() + 60 * minutes
    done = []
    for scenario, times in numbers.items():
        if times:
            with real_bench() if scenario is KillReal else bench(scenario.reports) as given:
                tally = scenario(given, random.Random(f"{seed} {scenario.name}")).run(times, until)
            show(tally)
            done.append(tally)
    return done


def show(tally: Tally) -> None:
    print(table_row(tally), f"[{tally.seconds:.0f} s]", tally.notes, flush=True)
    for one in tally.odd:
        print("   ", one, flush=True)


def table_row(tally: Tally) -> str:
    return f"| {tally.name} | {tally.tried:,} | {tally.lost} | {tally.half} | {tally.wrong} |"


def page(tallies: Sequence[Tally], command: str) -> str:
    """The table as it stands in ``docs/reliability.md``."""
    head = "| fault | tried | lost | half rows | wrong messages |\n|---|---|---|---|---|"
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    told = f"`{command}`, SQLite {sqlite3.sqlite_version}; {machine}."
    return "\n".join((START, head, *map(table_row, tallies), "", told, END))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[1])
    for name, default in (("kills", 1000), ("truncations", 500), ("full", 200), ("real", 36), ("orphans", 5)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--page", action="store_true", help="write the table into docs/reliability.md")
    asked = parser.parse_args()
    numbers: dict[type[Scenario], int] = {
        KillReader: asked.kills * 7 // 10,
        KillShards: asked.kills // 10,
        KillWorker: asked.kills // 10,
        KillShardWorker: asked.kills // 10,
        KillSpawned: asked.kills // 50,
        Orphans: asked.orphans,
        Truncate: asked.truncations,
        DiskFull: asked.full,
        KillReal: asked.real,
    }
    tallies = campaign(numbers, asked.seed, asked.minutes)
    if asked.page:
        file = ROOT / "docs" / "reliability.md"
        before, _, rest = file.read_text(encoding="utf-8").partition(START)
        given = " ".join(sys.argv[1:])
        told = page(tallies, f"python -m benchmarks.faults {given}".strip())
        file.write_text(before + told + rest.partition(END)[2], encoding="utf-8")
    sys.exit(any(one.lost or one.half or one.wrong for one in tallies))


if __name__ == "__main__":
    main()
