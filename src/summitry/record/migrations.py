"""Schema versions: numbered steps, each in one transaction; ``PRAGMA user_version`` tells how many were done.

A step that has been released is never edited; a change to the tables is a new step at the end.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from summitry.record import schema

APPLICATION_ID: Final = 0x736D7279
"""``smry`` in the file's header: marks the file as a summitry record (``PRAGMA application_id``)."""

STRICT_SINCE: Final = (3, 37, 0)
"""The first SQLite with STRICT tables, which refuse a value of another type than the column's."""


@dataclass(frozen=True, slots=True)
class Step:
    """One migration: the ``user_version`` it leads to, what it does in words, and its SQL statements."""

    version: int
    what: str
    statements: tuple[str, ...]


STEPS: Final = (
    Step(1, "sources, statements, events, evidence, search", schema.FIRST),
    Step(2, "what is yet to be reconciled, anchors for dating", schema.SECOND),
    Step(3, "the interval an undated report has by itself", schema.THIRD),
    Step(4, "moves and positions", schema.FOURTH),
    Step(5, "commitments, predictions, asserted contradictions, cases", schema.FIFTH),
    Step(6, "reviews", schema.SIXTH),
    Step(7, "former ids of rows", schema.SEVENTH),
    Step(8, "pages passed over, signatures of events, marks", schema.EIGHTH),
)
VERSION: Final = STEPS[-1].version
"""The schema version this summitry writes."""


def version_of(connection: sqlite3.Connection) -> int:
    """The schema version of an open file; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, steps: tuple[Step, ...] = STEPS) -> int:
    """Bring an open file to the version of the last step; return how many steps that took.

    Each step, its version number included, is one transaction: a process killed in between leaves the file at a whole
    version. Two processes may migrate at once: the second finds the work done.
    """
    taken = 0
    for step in steps:
        if version_of(connection) >= step.version:
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            if version_of(connection) < step.version:
                for statement in step.statements:
                    connection.execute(_strict(statement))
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {step.version}")
                taken += 1
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return taken


def _strict(statement: str) -> str:
    """A CREATE TABLE statement with STRICT, where this SQLite knows it."""
    if not statement.startswith("CREATE TABLE") or sqlite3.sqlite_version_info < STRICT_SINCE:
        return statement
    return f"{statement}, STRICT" if statement.endswith("WITHOUT ROWID") else f"{statement} STRICT"
