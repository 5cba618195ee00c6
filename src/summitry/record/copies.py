"""Copies of one story: hashes of shared narration, and which report is a copy of which."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from summitry.errors import UsageError

_BITS = 1 << 64
_SIGN = 1 << 63


def _signed(value: int) -> int:
    """A 64-bit hash as SQLite keeps it, signed."""
    folded = value % _BITS
    return folded - _BITS if folded >= _SIGN else folded


def add(connection: sqlite3.Connection, source_id: str, hashes: Iterable[int]) -> None:
    """Keep the hashes of a source; those it has already stay as they are.

    Raises:
        UsageError: the source is not in the record.
    """
    row = connection.execute("SELECT number FROM sources WHERE id = ?", (source_id,)).fetchone()
    if row is None:
        raise UsageError(f"no source {source_id} in this record; add the report before its shingles")
    connection.executemany(
        "INSERT OR IGNORE INTO shingles (hash, source_number) VALUES (?, ?)",
        [(_signed(one), row["number"]) for one in hashes],
    )


def replace(connection: sqlite3.Connection, source_id: str, hashes: Iterable[int]) -> None:
    """Keep the hashes of a source in place of those it had, if it had any.

    Raises:
        UsageError: the source is not in the record.
    """
    query = "DELETE FROM shingles WHERE source_number = (SELECT number FROM sources WHERE id = ?)"
    if connection.execute(query, (source_id,)).rowcount:
        add(connection, source_id, hashes)


def find(connection: sqlite3.Connection, hashes: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The sources of each hash, in the order they were read; keys are the hashes as they were given."""
    wanted = {_signed(one): one for one in hashes}
    found: dict[int, list[str]] = defaultdict(list)
    rows = connection.execute(
        "SELECT hash, sources.id FROM shingles JOIN sources ON sources.number = source_number "
        "WHERE hash IN (SELECT value FROM json_each(?)) ORDER BY source_number",
        (json.dumps(list(wanted)),),
    )
    for row in rows:
        found[wanted[row[0]]].append(row[1])
    return {key: tuple(sources) for key, sources in found.items()}


def shared(connection: sqlite3.Connection, hashes: Iterable[int], fewest: int) -> dict[str, int]:
    """How many of the hashes each source has, by its id; sources with fewer than ``fewest`` are left out."""
    rows = connection.execute(
        "SELECT (SELECT id FROM sources WHERE number = source_number), count(*) FROM shingles "
        "WHERE hash IN (SELECT value FROM json_each(?)) GROUP BY source_number HAVING count(*) >= ? ORDER BY 1",
        (json.dumps([_signed(one) for one in hashes]), fewest),
    )
    return {row[0]: row[1] for row in rows}


def count(connection: sqlite3.Connection, source_ids: Iterable[str]) -> dict[str, int]:
    """How many shingles each source has; those that are not in the record are left out."""
    rows = connection.execute(
        "SELECT id, (SELECT count(*) FROM shingles WHERE source_number = number) FROM sources "
        "WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(set(source_ids))),),
    )
    return {row[0]: row[1] for row in rows}


def originals(connection: sqlite3.Connection, source_ids: Iterable[str]) -> dict[str, str]:
    """The original of each source that is a copy; others are left out."""
    rows = connection.execute(
        "SELECT id, copy_of FROM sources WHERE copy_of IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(set(source_ids))),),
    )
    return {row[0]: row[1] for row in rows}


def copies_of(connection: sqlite3.Connection, source_id: str) -> tuple[str, ...]:
    """The sources that are copies of one, in the order they were read."""
    rows = connection.execute("SELECT id FROM sources WHERE copy_of = ? ORDER BY number", (source_id,))
    return tuple(row[0] for row in rows)
