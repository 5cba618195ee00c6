"""Reading a record's reports again: which run does it, and which reports it has done."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

from summitry.record import parts, pending
from summitry.record.copies import replace
from summitry.vocabulary import Reading

AGAIN: Final = "(read again)"
"""What a run that reads stored reports again has in the place of its inputs."""


def begin(connection: sqlite3.Connection, cases: Sequence[str], version: str) -> int:
    """The id of the run: that of one that was stopped, if it had this version and these cases, else a new one."""
    told = (json.dumps([AGAIN]), parts.to_json(list(cases)), version)
    row = connection.execute(
        "SELECT id FROM runs WHERE finished IS NULL AND inputs = ? AND cases = ? AND version = ? ORDER BY id DESC", told
    ).fetchone()
    if row is not None:
        return int(row[0])
    started = datetime.now(UTC).isoformat(timespec="seconds")
    cursor = connection.execute(
        "INSERT INTO runs (inputs, cases, version, started) VALUES (?, ?, ?, ?)", (*told, started)
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def left(connection: sqlite3.Connection, run_id: int) -> list[str]:
    """Ids of the reports that a run has yet to read again: first those with a stated date, in the order they came.

    The others are dated by them.
    """
    rows = connection.execute(
        "SELECT sources.id FROM sources LEFT JOIN rereads ON source_id = sources.id WHERE status = 'read' "
        "AND rereads.run_id IS NOT :run "
        "ORDER BY published_precision = 'unknown' OR published_basis LIKE 'inferred%', number",
        {"run": run_id},
    )
    return [row[0] for row in rows]


def mark(connection: sqlite3.Connection, source_id: str, run_id: int) -> None:
    """Say that a run has read a report again."""
    connection.execute(
        "INSERT INTO rereads (source_id, run_id) VALUES (?, ?) "
        "ON CONFLICT (source_id) DO UPDATE SET run_id = excluded.run_id",
        (source_id, run_id),
    )


def end(connection: sqlite3.Connection, run_id: int) -> None:
    """Say that a run has read all again."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute("UPDATE runs SET finished = ? WHERE id = ?", (now, run_id))


def keep_marks(connection: sqlite3.Connection, alone: Reading, shingles: Iterable[int]) -> None:
    """What is kept of a report besides its rows, from a new reading of it by itself: its own interval, its shingles."""
    source_id = alone.article.source_id
    replace(connection, source_id, shingles)
    pending.keep_alone(connection, source_id, alone.article.published)
