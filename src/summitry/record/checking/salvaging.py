"""All that can be read of a damaged file, report by report, in a new one.

What is worked out from reports (entries, keys, anchors, copies) is left behind: the next reading makes it anew. A
report of which any row cannot be read is left behind too, and named.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from summitry.errors import NotARecord
from summitry.record.checking.mending import Mended
from summitry.record.checking.run import Progress, damaged
from summitry.record.checking.types import Looked
from summitry.record.connection import MAGIC, harden, sidecar
from summitry.record.migrations import STEPS, migrate, version_of

_MADE_ANEW: Final = frozenset(
    "events event_parties event_links event_signatures signatures signature_keys anchors anchor_keys shingles".split()
)
"""Tables of what is worked out from reports."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """The new file, and what is in it and what is not."""

    path: Path
    mended: Mended


def salvage(path: Path, copy: Path, progress: Progress) -> Salvaged:
    """Write all whole reports of the damaged record to a new file beside it; ``copy`` is the damaged one, kept.

    Raises:
        NotARecord: not even its list of tables can be read.
    """
    work = path.with_name(f".{path.name}.{os.getpid()}.damaged")
    new = path.with_name(f".{path.name}.{os.getpid()}.salvaged")
    mended = Mended()
    try:
        _working_copy(copy, work)
        with closing(harden(sqlite3.connect(work, isolation_level=None))) as old:
            try:
                version = version_of(old)
                names = _tables(old)
            except sqlite3.DatabaseError as error:
                raise _nothing(path, copy) from error
            if not 1 <= version <= STEPS[-1].version or "sources" not in names:
                raise _nothing(path, copy)
            _reindex(old)
            with closing(sqlite3.connect(new, isolation_level=None)) as made:
                made.row_factory = sqlite3.Row
                made.execute("PRAGMA journal_mode = WAL")
                migrate(made, tuple(step for step in STEPS if step.version <= version))
                _Move(old, made, names, mended).all(progress)
    except BaseException:
        for one in _files(new):
            one.unlink(missing_ok=True)
        raise
    finally:
        for one in _files(work):
            with suppress(OSError):
                one.unlink(missing_ok=True)
    return Salvaged(new, mended)


def replace_with(path: Path, new: Path) -> None:
    """Put a new file in the place of a record. Its log goes first: SQLite would take it for the new file's."""
    for one in _files(path)[1:]:
        one.unlink(missing_ok=True)
    new.replace(path)


def _files(path: Path) -> tuple[Path, ...]:
    return (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal")))


def _nothing(path: Path, copy: Path) -> NotARecord:
    return NotARecord(
        f"{path} is so damaged that nothing in it can be read; use a backup, or read the reports into a new record "
        f"(a copy of the damaged file is {copy})"
    )


def _working_copy(copy: Path, work: Path) -> None:
    """The files of a damaged record, made long enough for SQLite to open them."""
    shutil.copyfile(copy, work)
    if sidecar(copy).exists():
        shutil.copyfile(sidecar(copy), sidecar(work))
    first = _first_page(sidecar(work))
    with work.open("rb+") as file:
        head = file.read(100)
        if (len(head) < 100 or not head.startswith(MAGIC)) and first is not None:
            file.seek(0)
            file.write(first)
            head = first[:100]
        if len(head) == 100:
            # A page of zeros is damage that shows where it is; a file too short is not opened at all.
            page = int.from_bytes(head[16:18], "big") or 512
            pages = int.from_bytes(head[28:32], "big")
            size = os.fstat(file.fileno()).st_size
            whole = max(pages, -(-size // (65_536 if page == 1 else page))) * (65_536 if page == 1 else page)
            if size < whole <= max(size, 1) * 1_000_000:
                file.truncate(whole)


def _first_page(log: Path) -> bytes | None:
    """The first page of a database as its write-ahead log has it (https://sqlite.org/fileformat2.html#walformat)."""
    try:
        data = log.open("rb")
    except OSError:
        return None
    with data as file:
        header = file.read(32)
        if len(header) < 32 or header[:4] not in (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83"):
            return None
        size = int.from_bytes(header[8:12], "big")
        while len(frame := file.read(24 + size)) == 24 + size:
            if frame[:4] == b"\x00\x00\x00\x01" and frame[8:16] == header[16:24]:
                return frame[24:]
    return None


def _tables(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' "
        "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    # What a search index is made of is made anew with it.
    return [str(row[0]) for row in rows if "_search_" not in row[0]]


def _reindex(connection: sqlite3.Connection) -> None:
    """Build anew the indexes whose tables can be read: they then find every row there is."""
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'").fetchall():
        with suppress(sqlite3.DatabaseError):
            connection.execute(f'REINDEX "{name}"')


class _Move:
    """Moves rows from a damaged file to a new one."""

    def __init__(self, old: sqlite3.Connection, new: sqlite3.Connection, names: Iterable[str], mended: Mended) -> None:
        self._old = old
        self._new = new
        self._mended = mended
        known = set(_tables(new)) & set(names) - _MADE_ANEW
        self._columns = {name: self._shared(name) for name in known}
        by_column: dict[str, str | None] = {
            name: next((c for c in ("source_id", "source_number") if c in columns), None)
            for name, columns in self._columns.items()
        }
        # Reviews and former ids outlive the report they name.
        beside = {"review_rows", "former_rows"}
        self._children = {name: c for name, c in sorted(by_column.items()) if c is not None and name not in beside}
        self._children["event_mention_parties"] = "event_id"
        self._beside = sorted(known - self._children.keys() - {"sources"})

    def _shared(self, table: str) -> list[str]:
        """The columns that a table has in both files."""
        sides = [[str(row[1]) for row in one.execute(f"PRAGMA table_info({table})")] for one in (self._old, self._new)]
        return [name for name in sides[1] if name in sides[0]]

    def all(self, progress: Progress) -> None:
        """Move everything."""
        self._new.execute("PRAGMA foreign_keys = OFF")
        self._new.execute("BEGIN")
        for table in self._beside:
            self._move_beside(table)
        numbers = self._numbers()
        lost: list[str] = []
        kept = 0
        for number in numbers:
            if self._move_report(number):
                kept += 1
            else:
                lost.append(self._name_of(number))
            progress(Looked("reports that can be read", kept, len(numbers)))
        self._new.execute("COMMIT")
        self._mended.done.append(f"{kept} sources that can be read were moved to a new file")
        for one in lost:
            self._mended.read_again.append(one)
            self._mended.done.append(f"left behind, to be read again: {one}")

    def _numbers(self) -> list[int]:
        """The numbers of all sources that can be found, by every way there is to them."""
        found: set[int] = set()
        for query in (
            "SELECT number FROM sources NOT INDEXED ORDER BY number",
            "SELECT number FROM sources NOT INDEXED ORDER BY number DESC",
            "SELECT number FROM sources INDEXED BY sqlite_autoindex_sources_1 ORDER BY id",
            "SELECT number FROM sources INDEXED BY sqlite_autoindex_sources_1 ORDER BY id DESC",
        ):
            found.update(row[0] for row in _tolerant(self._old, query))
        return sorted(found)

    def _name_of(self, number: int) -> str:
        """Where a source was found, or what else is known of it."""
        for query in (
            "SELECT uri FROM sources WHERE number = ?",
            "SELECT source_uris.uri FROM sources INDEXED BY sqlite_autoindex_sources_1 "
            "JOIN source_uris ON source_id = id WHERE number = ?",
            "SELECT id FROM sources INDEXED BY sqlite_autoindex_sources_1 WHERE number = ? ORDER BY id",
        ):
            for row in _tolerant(self._old, query, (number,)):
                return str(row[0])
        return f"source number {number}"

    def _move_report(self, number: int) -> bool:
        """Move one source with all its rows; False, and nothing is moved, where one cannot be read."""
        self._new.execute("SAVEPOINT report")
        try:
            row = self._old.execute("SELECT * FROM sources WHERE number = ?", (number,)).fetchone()
            if row is None:
                raise sqlite3.DatabaseError("gone")
            anew = {"copy_of": None, "reconciled": 0}
            source = {name: anew.get(name, row[name]) for name in self._columns["sources"]}
            self._put("sources", [tuple(source.values())])
            for table, column in self._children.items():
                self._move_children(table, column, row)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            # "Could not decode to UTF-8" is damage too.
            if isinstance(error, sqlite3.OperationalError) and not damaged(error) and "decode" not in str(error):
                raise
            self._new.execute("ROLLBACK TO report")
            self._new.execute("RELEASE report")
            return False
        self._new.execute("RELEASE report")
        return True

    def _move_children(self, table: str, column: str, source: sqlite3.Row) -> None:
        key = {"source_id": source["id"], "source_number": source["number"]}.get(column, source["id"])
        where = f"{column} = ?"
        if column == "event_id":
            where = "event_id IN (SELECT id FROM event_mentions WHERE source_id = ?)"
        elif table == "evidence":
            where += " AND row_kind <> 'event'"
        names = ", ".join(self._columns[table])
        self._put(table, self._old.execute(f"SELECT {names} FROM {table} WHERE {where}", (key,)).fetchall())

    def _put(self, table: str, rows: Iterable[Iterable[object]]) -> None:
        names = self._columns[table]
        marks = ", ".join("?" * len(names))
        self._new.executemany(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", [tuple(row) for row in rows]
        )

    def _move_beside(self, table: str) -> None:
        """Move the rows of a table that belong to no report, from both ends as far as they can be read."""
        names = ", ".join(self._columns[table])
        keys = [
            str(row[1])
            for row in sorted(self._old.execute(f"PRAGMA table_info({table})"), key=lambda row: int(row[5]))
            if row[5]
        ]
        before = self._mended.reviews_lost
        for way in ("ASC", "DESC"):
            order = ", ".join(f"{key} {way}" for key in keys)
            rows = _Rows(self._old, f"SELECT {names} FROM {table} ORDER BY {order}")
            for row in rows:
                marks = ", ".join("?" * len(row))
                self._new.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", tuple(row))
            if not rows.failed:
                return
        if table in ("reviews", "review_rows"):
            self._mended.reviews_lost = before + 1
        self._mended.done.append(f"not all rows of {table} could be read")


class _Rows:
    """Rows as far as they can be read; ``failed`` says whether that was not to the end."""

    def __init__(self, connection: sqlite3.Connection, query: str, given: tuple[object, ...] = ()) -> None:
        self._connection = connection
        self._query = query
        self._given = given
        self.failed = False

    def __iter__(self) -> Iterator[sqlite3.Row]:
        try:
            yield from self._connection.execute(self._query, self._given)
        except sqlite3.DatabaseError:
            self.failed = True


def _tolerant(connection: sqlite3.Connection, query: str, given: tuple[object, ...] = ()) -> Iterator[sqlite3.Row]:
    return iter(_Rows(connection, query, given))
