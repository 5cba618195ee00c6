"""Records that a stranger wrote: files made by this program and changed behind its back, with plain SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from record_factory import make_reading
from summitry.casebook import case_text
from summitry.record import open_record

IDS = (
    "../../../outside", "/outside", "..", ".", "a/../../outside", "..\\..\\outside", "C:\\outside", "CON", "aux.html",
    "x\ny", "x\r\nX-Evil: 1", 'x"; filename="evil.exe', "<script>alert(1)</script>", "%2e%2e%2foutside", "~root/x",
    "file:///outside", "x\u202ey", "x" * 3_000, "-rf", "$(touch outside)", "index", "é", "", " ", "x?y#z", "{{7*7}}",
)  # fmt: skip
"""What stands where the id of a report or row belongs."""

MARKUP = "<script>window.__ran=1</script><img src=x onerror=window.__ran=1>\"'></td></title>{{7*7}}"
HUGE = "Words that do not end. " * 100_000
DEEP = "[" * 5_000 + "]" * 5_000


def plain_record(path: Path, reports: int = 4) -> Path:
    """A record as this program writes it."""
    with open_record(path, create=True) as record:
        record.keep_case("korea", case_text("korea"))
        for number in range(reports):
            record.add(*make_reading(number))
    return path


@contextmanager
def changed(path: Path) -> Iterator[sqlite3.Connection]:
    """The file for changing it, with nothing that keeps it in order."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("BEGIN")
        yield connection
        connection.execute("COMMIT")


def columns(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Tables and their columns of text, but for those of the search index."""
    told = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%search%'"
    )
    for (table,) in told.fetchall():
        for row in connection.execute(f'PRAGMA table_info("{table}")').fetchall():
            if "TEXT" in row[2].upper():
                yield table, row[1]


def renamed(path: Path, ids: Mapping[str, str]) -> None:
    """Put other ids in the place of those there are, wherever they stand."""
    with changed(path) as connection:
        for table, column in list(columns(connection)):
            for old, new in ids.items():
                inside = json.dumps(new)[1:-1]
                connection.execute(
                    f'UPDATE OR IGNORE "{table}" SET "{column}" = CASE WHEN "{column}" = ? THEN ? '
                    f'ELSE replace("{column}", ?, ?) END WHERE "{column}" LIKE ?',
                    (old, new, old, inside, f"%{old}%"),
                )


def source_ids(path: Path) -> list[str]:
    """The ids of the reports."""
    with closing(sqlite3.connect(path)) as connection:
        return [str(one) for (one,) in connection.execute("SELECT id FROM sources ORDER BY id")]


def row_ids(path: Path, table: str) -> list[str]:
    """The ids of a kind of rows."""
    with closing(sqlite3.connect(path)) as connection:
        return [str(one) for (one,) in connection.execute(f'SELECT id FROM "{table}" ORDER BY id')]


KEPT = frozenset({"id", "status", "kind", "row_kind", "precision", "modality", "type", "quote_type", "stance", "quad"})
"""Columns whose values are one of a few, by which the rest is found."""


def filled(path: Path, value: str, where: Callable[[str, str], bool] = lambda _table, _column: True) -> int:
    """Put one text into every column that holds words; how many took it. Columns of keys, dates, codes and JSON are
    left, so that the file can be read at all."""
    done = 0
    with changed(path) as connection:
        for table, column in list(columns(connection)):
            sample = connection.execute(f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL').fetchone()
            if sample is None or column in KEPT or not isinstance(sample[0], str) or not where(table, column):
                continue
            if " " not in sample[0] or sample[0][:1] in "[{":
                continue
            connection.execute(f'UPDATE OR IGNORE "{table}" SET "{column}" = ?', (value,))
            done += 1
    return done
