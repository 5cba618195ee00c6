"""A small record with all that reading makes (copies, undated reports, entries of several reports), made once a run."""

from __future__ import annotations

import shutil
import sqlite3
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from ingest_factory import read_in, report, written
from summitry.record import open_record
from summitry.record.migrations import STEPS, migrate

SHARED = (
    "The two delegations walked through the rain to the old customs house before the talks began at noon. "
    "Nobody had expected that the doors of the customs house would be locked on such a day in such weather. "
    "A guard with a very long beard looked for the key in three drawers and then in his own coat pocket. "
)


def texts(count: int = 24) -> list[str]:
    """Reports of the small language: some tell the same meeting, some copy another, some state no date."""
    made = []
    for n in range(count):
        sentences = [
            f"Ardania met Belmark in Oslo on 2030-05-{n % 7 + 2:02}.",
            f"Anna Holm of Ardania said on 2030-05-{n % 9 + 2:02} that the toll number {n} must fall.",
            f"Corvia met Ardania in Geneva on 2030-04-{n % 20 + 2:02}.",
        ]
        if n % 6 == 1:
            sentences.append(SHARED)
        made.append(report(n, *sentences, day=None if n % 5 == 3 else f"2030-05-{n % 20 + 5:02}"))
    return made


@cache
def _made() -> Path:
    folder = Path(mkdtemp(prefix="summitry-check-"))
    path = folder / "talks.db"
    read_in(written(folder / "in", texts()), path)
    with open_record(path) as record:
        source = record.source_ids()[0]
        statement = record.reading(source).statements[0]
        record.review.accept(statement.id, by="Mari")
        record.review.edit(statement.id, {"speech_act": "demand"}, by="Mari")
    return path


def inputs() -> list[str]:
    """The paths of the reports of :func:`made`."""
    return sorted(str(path) for path in (_made().parent / "in").iterdir())


def made(folder: Path) -> Path:
    """A copy of the record of its own, closed."""
    path = folder / "talks.db"
    shutil.copy(_made(), path)
    return path


def older(path: Path, version: int) -> Path:
    """The record as an earlier version of summitry would have kept it, as far as that had a place for it."""
    old = path.with_name(f"{path.name}.old")
    new = sqlite3.connect(old, isolation_level=None)
    migrate(new, tuple(step for step in STEPS if step.version <= version))
    new.execute("PRAGMA foreign_keys = OFF")
    now = sqlite3.connect(path)
    tables = {row[0] for row in now.execute("SELECT name FROM sqlite_master WHERE sql NOT LIKE 'CREATE VIRTUAL%'")}
    for (table,) in new.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if table not in tables or "_search" in table:
            continue
        there = {row[1] for row in now.execute(f"PRAGMA table_info({table})")}
        names = [row[1] for row in new.execute(f"PRAGMA table_info({table})") if row[1] in there]
        if len(names) == len(new.execute(f"PRAGMA table_info({table})").fetchall()):
            query = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
            new.execute("BEGIN")
            new.executemany(query, now.execute(f"SELECT {', '.join(names)} FROM {table}"))
            new.execute("COMMIT")
    now.close()
    new.close()
    old.replace(path)
    return path


def changed(path: Path, *statements: str) -> Path:
    """The record after statements that summitry would never run."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        connection.execute(statement)
    connection.close()
    return path
