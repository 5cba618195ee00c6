"""The tables, indexes and triggers a record of each version has: no more, no fewer, and none changed."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from summitry.record.migrations import STEPS, migrate, version_of

Objects = dict[tuple[str, str], str]
"""SQL by type (table, index, trigger, view) and name."""

_OWN: Final = ("sqlite_",)
"""What SQLite makes by itself: indexes of primary keys, statistics."""

_QUOTED: Final = re.compile(r'"(\w+)"')
# A record made by an SQLite that did not know STRICT tables is as good.
_STRICT: Final = re.compile(r",? STRICT$")


@lru_cache(maxsize=len(STEPS))
def expected(version: int) -> Objects:
    """The objects of a fresh record of a version."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(connection, tuple(step for step in STEPS if step.version <= version))
        return _objects(connection)
    finally:
        connection.close()


def _objects(connection: sqlite3.Connection) -> Objects:
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master")
    return {(row[0], row[1]): _bare(row[2] or "") for row in rows if not str(row[1]).startswith(_OWN)}


def _bare(sql: str) -> str:
    return _STRICT.sub("", _QUOTED.sub(r"\1", " ".join(sql.split())))


def differences(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Objects that are missing, changed or of nobody we know: ``table moves``, and what is wrong with it."""
    there, known = _objects(connection), expected(version_of(connection))
    for kind, name in sorted(there.keys() | known.keys()):
        if (kind, name) not in known:
            yield f"{kind} {name}", "no version of summitry has made it"
        elif (kind, name) not in there:
            yield f"{kind} {name}", "it is missing"
        elif there[kind, name] != known[kind, name]:
            yield f"{kind} {name}", f"it is not as summitry made it: {there[kind, name][:200]}"


def definition(version: int, kind: str, name: str) -> str | None:
    """The SQL that makes an object of a fresh record; None where there is none of that name."""
    return expected(version).get((kind, name))
