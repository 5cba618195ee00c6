"""Opening the file of a record, and SQLite's errors in summitry's words."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from summitry.errors import NewerRecord, NotARecord, RecordError, RecordUnavailable
from summitry.record.migrations import APPLICATION_ID, VERSION, migrate, version_of

BUSY_SECONDS: Final = 10.0
"""How long to wait for another process's write. A report is written in milliseconds; ten seconds cover a slow disk."""

_MAGIC: Final = b"SQLite format 3\x00"
_MAKE = "make one with: summitry read PATH --record {0}"


def connect(
    path: Path, *, create: bool, read_only: bool, busy_seconds: float = BUSY_SECONDS, one_thread: bool = True
) -> sqlite3.Connection:
    """Open the record at ``path``; make it, or bring it to this version's schema, where that is called for.

    Another program's file is never written to. Without ``one_thread`` it is the caller's business that only one thread
    at a time uses the connection.

    Raises:
        NotARecord: the file is something else.
        NewerRecord: a later summitry wrote it.
        RecordUnavailable: missing, locked, not permitted, or on a full disk.
    """
    exists = _look(path, create=create and not read_only)
    with translated(path, busy_seconds):
        opened = partial(sqlite3.connect, isolation_level=None, uri=True, check_same_thread=one_thread)
        connection = _open(path, opened, "ro" if read_only else "rw" if exists else "rwc", busy_seconds)
        try:
            _prepare(connection, path, create=create, read_only=read_only)
        except BaseException:
            connection.close()
            raise
    return connection


def _look(path: Path, *, create: bool) -> bool:
    """Whether the file is there; raises for what cannot be a record before SQLite touches it."""
    try:
        if path.is_dir():
            raise RecordUnavailable(f"record {path} is a folder; a record is one file: name a file in it")
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except FileNotFoundError:
        if not create:
            raise RecordUnavailable(f"record {path} does not exist; {_MAKE.format(path)}") from None
        if not path.parent.is_dir():
            raise RecordUnavailable(
                f"record {path} cannot be made: there is no folder {path.parent}; make the folder first"
            ) from None
        return False
    except OSError as error:
        raise RecordUnavailable(
            f"record {path} cannot be opened: {error.strerror}; a record is a file that you may read and write"
        ) from None
    if not head and not create:
        raise NotARecord(f"{path} is an empty file, not a summitry record; {_MAKE.format(path)}")
    if head and head != _MAGIC:
        raise NotARecord(
            f"{path} is not a summitry record: it starts with {head[:8]!r}, a record is an SQLite file; "
            "name another file with --record"
        )
    return True


def _open(
    path: Path, connected: Callable[..., sqlite3.Connection], mode: str, busy_seconds: float
) -> sqlite3.Connection:
    """A connection without Python's own transactions; falls back to an immutable one where nothing may be written."""
    uri = path.absolute().as_uri()
    connection = connected(f"{uri}?mode={mode}", timeout=busy_seconds)
    connection.row_factory = sqlite3.Row
    if mode != "ro":
        return connection
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        # A reader of a WAL file keeps an index file beside it. In a folder that cannot be written, a file that no
        # writer has open (no -wal beside it) can still be read as one that does not change.
        connection.close()
        if _code(error) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) or _sidecar(path).exists():
            raise
        connection = connected(f"{uri}?mode=ro&immutable=1")
        connection.row_factory = sqlite3.Row
    return connection


def _sidecar(path: Path) -> Path:
    """SQLite's write-ahead log beside a file."""
    return path.with_name(path.name + "-wal")


def _prepare(connection: sqlite3.Connection, path: Path, *, create: bool, read_only: bool) -> None:
    """Check whose file it is, then set it up: nothing is written before the check."""
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    version = version_of(connection)
    tables = [str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' LIMIT 5")]
    fresh = application == 0 and version == 0 and not tables
    if fresh and (read_only or not create):
        raise NotARecord(f"{path} is an SQLite file without tables, not yet a summitry record; {_MAKE.format(path)}")
    if not fresh and application != APPLICATION_ID:
        raise NotARecord(
            f"{path} is another program's SQLite file (application id {application:#x}, tables {', '.join(tables)}); "
            f"a record has application id {APPLICATION_ID:#x}: name another file with --record"
        )
    if version > VERSION:
        raise NewerRecord(
            f"record {path} has schema version {version}, this summitry reads up to {VERSION}; "
            "install the summitry that wrote it, or a later one"
        )
    connection.execute("PRAGMA foreign_keys = ON")
    if read_only:
        if version < VERSION:
            raise RecordUnavailable(
                f"record {path} has schema version {version}, this summitry reads {VERSION}; "
                f"it is brought up to date when it is next opened for writing, as by: summitry serve --record {path}"
            )
        return
    if fresh:
        _write_ahead(connection)
    # NORMAL: a killed process loses nothing; a power cut may lose the last reports, never half of one.
    connection.execute("PRAGMA synchronous = NORMAL")
    migrate(connection)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch a new file to WAL: readers and one writer at once. SQLite does not wait by itself for this switch."""
    patience = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > patience:
                raise
            time.sleep(0.02)
        else:
            return


@contextmanager
def translated(path: Path, busy_seconds: float = BUSY_SECONDS) -> Iterator[None]:
    """Raise SQLite's errors about the file as RecordError; a wrong statement stays what it is, a bug."""
    try:
        yield
    except sqlite3.Error as error:
        known = _in_our_words(error, path, busy_seconds)
        if known is None:
            raise
        raise known from error


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary result code of an error; 0 where it has none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _in_our_words(error: sqlite3.Error, path: Path, busy_seconds: float) -> RecordError | None:
    kept = "every report written before is whole"
    name = getattr(error, "sqlite_errorname", "unknown")
    match _code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return RecordUnavailable(
                f"record {path} is locked by another process (waited {busy_seconds:g} s); one process writes at a "
                "time: let it finish, then run this again"
            )
        case sqlite3.SQLITE_FULL:
            return RecordUnavailable(f"record {path} cannot grow: the disk is full; {kept}: make room, then run again")
        case sqlite3.SQLITE_IOERR:
            return RecordUnavailable(
                f"record {path} cannot be read or written ({name}); {kept}: check the disk, its free space and file "
                "size limits, then run again"
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            return RecordUnavailable(
                f"record {path} cannot be written ({name}); allowed: a file and a folder that you may write; change "
                "the permissions or name another file with --record"
            )
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return NotARecord(
                f"{path} is damaged or no SQLite file ({name}); restore a copy, or salvage it with: sqlite3 {path} "
                "'.recover'"
            )
        case _ if "no such module: fts5" in str(error):
            return RecordUnavailable(
                f"record {path} needs full-text search, which this Python's SQLite {sqlite3.sqlite_version} lacks; "
                "use a Python whose SQLite is built with FTS5"
            )
        case _:
            return None
