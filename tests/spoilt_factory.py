"""A small record with rows in its tables, and the means to put values into it that it would never take."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from hostile_factory import _add, _hostile
from record_factory import make_reading, make_source
from summitry.casebook import case_text
from summitry.record import open_record
from summitry.vocabulary import KnownEvent, Rejected

_NOT_OURS = ("_search", "sqlite_")


@cache
def _made() -> Path:
    path = Path(mkdtemp(prefix="summitry-spoilt-")) / "talks.db"
    with open_record(path, create=True) as record:
        record.begin_run(["reports"], ["korea"])
        record.keep_case("korea", case_text("korea"))
        _add(record, *make_reading(0))
        _add(record, *_hostile(1, "Arden will talk", "https://paper.example/1"))
        record.reject(Rejected(make_source(9), "decode", "it is no text"))
        met = KnownEvent("anc-1", "talks", date(2019, 5, 3), date(2019, 5, 3), ("PRK", "USA"), (("talks",),), "CONSULT")
        record.set_anchors(record.source_ids()[0], [(met, [7])])
        first, second, *_ = record.statements()
        record.review.accept(first.id, by="Mari")
        record.review.edit(second.id, {"speech_act": "demand"}, by="Mari")
        record.end_run()
    with closing(sqlite3.connect(path)) as connection:  # one file, to be copied
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@cache
def columns() -> tuple[tuple[str, str], ...]:
    """Tables that have rows, with each of their columns."""
    found = []
    with closing(sqlite3.connect(_made())) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            if any(one in table for one in _NOT_OURS) or not connection.execute(f"SELECT 1 FROM {table}").fetchone():
                continue
            found += [(table, row[1]) for row in connection.execute(f"PRAGMA table_info({table})")]
    return tuple(found)


def spoilt(folder: Path, name: str, table: str, column: str, value: object) -> Path:
    """The record with the value in all rows of a column, or as many as it may be in; whatever the table allows."""
    path = folder / f"{name}.db"
    shutil.copyfile(_made(), path)

    def schema(sql: str) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (sql, table))
            (version,) = connection.execute("PRAGMA schema_version").fetchone()
            connection.execute(f"PRAGMA schema_version = {version + 1}")

    with closing(sqlite3.connect(path)) as connection:
        (told,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    schema(re.sub(r",? ?STRICT\b", "", told.replace(" NOT NULL", "")).replace(") , WITHOUT", ") WITHOUT"))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        try:
            connection.execute(f'UPDATE OR IGNORE {table} SET "{column}" = ?', (value,))
        except sqlite3.Error as error:  # a number that is the key of its table takes nothing else
            assert "mismatch" in str(error), error
    schema(told)
    return path
