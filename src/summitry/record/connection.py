"""Opening the file of a record, and SQLite's errors in summitry's words."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from summitry.errors import NewerRecord, NotARecord, RecordError, RecordUnavailable
from summitry.record.migrations import APPLICATION_ID, STEPS, VERSION, migrate, version_of

BUSY_SECONDS: Final = 10.0
"""How long to wait for another process's write. A report is written in milliseconds; ten seconds cover a slow disk."""

MAGIC: Final = b"SQLite format 3\x00"
"""The first bytes of every SQLite file."""

_MAKE = "make one with: summitry read PATH --record {0}"

CHECK: Final = "summitry check --record {0}"
"""The command that says what is wrong with a record; with ``--repair`` it mends what can be."""

_DEFENSIVE: Final = 1010
"""``SQLITE_DBCONFIG_DEFENSIVE``, which :meth:`sqlite3.Connection.setconfig` takes from Python 3.12 on."""

_RUNS: Final = ("trigger", "view")
"""Objects of a file that run when a table is written or asked: those of a stranger must not."""


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


def connect_as_it_is(path: Path, *, read_only: bool, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Open a record of any version without changing it, and without asking what else is in it: to check or copy it.

    Raises:
        NotARecord: the file is something else, or so damaged that SQLite cannot tell.
        RecordUnavailable: missing, locked or not permitted.
    """
    _look(path, create=False)
    with translated(path, busy_seconds):
        opened = partial(sqlite3.connect, isolation_level=None, uri=True)
        connection = _open(path, opened, "ro" if read_only else "rw", busy_seconds)
        try:
            application = int(connection.execute("PRAGMA application_id").fetchone()[0])
            if application != APPLICATION_ID:
                raise _another(path, application, _some_tables(connection))
        except BaseException:
            connection.close()
            raise
    return connection


def _look(path: Path, *, create: bool) -> bool:
    """Whether the file is there; raises for what cannot be a record before SQLite touches it.

    The file is never opened here: when a process closes a file, it lets go of all the locks that its connections hold
    on it (POSIX). Another process would take itself for the last one and remove the log that they read.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        if not create:
            raise RecordUnavailable(f"record {path} does not exist; {_MAKE.format(path)}") from None
        if not path.parent.is_dir():
            raise RecordUnavailable(
                f"record {path} cannot be made: there is no folder {path.parent}; make the folder first"
            ) from None
        return False
    except OSError as error:
        raise RecordUnavailable(_not_opened(path, error.strerror)) from None
    if stat.S_ISDIR(status.st_mode):
        raise RecordUnavailable(f"record {path} is a folder; a record is one file: name a file in it")
    if not stat.S_ISREG(status.st_mode):
        raise RecordUnavailable(_not_opened(path, "it is a pipe, a socket or a device"))
    if not os.access(path, os.R_OK, effective_ids=os.access in os.supports_effective_ids):
        raise RecordUnavailable(_not_opened(path, os.strerror(errno.EACCES)))
    empty = not status.st_size
    if empty and log_holds_pages(path):
        # SQLite would throw the log away, and with it all that was written since the record was made.
        raise NotARecord(
            f"{path} is empty, but {sidecar(path).name} beside it is not: the record was cut off; see what can be "
            f"saved: {CHECK.format(path)} --repair"
        )
    if empty and not create:
        raise NotARecord(f"{path} is an empty file, not a summitry record; {_MAKE.format(path)}")
    return True


def _not_opened(path: Path, why: str | None) -> str:
    return f"record {path} cannot be opened: {why}; a record is a file that you may read and write"


def _open(
    path: Path, connected: Callable[..., sqlite3.Connection], mode: str, busy_seconds: float
) -> sqlite3.Connection:
    """A connection without Python's own transactions; falls back to an immutable one where nothing may be written."""
    uri = path.absolute().as_uri()
    connection = harden(connected(f"{uri}?mode={mode}", timeout=busy_seconds))
    if mode != "ro":
        return connection
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        # A reader of a WAL file keeps an index file beside it. In a folder that cannot be written, a file that no
        # writer has open (no -wal beside it) can still be read as one that does not change.
        connection.close()
        if _code(error) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) or sidecar(path).exists():
            raise
        connection = harden(connected(f"{uri}?mode=ro&immutable=1"))
    return connection


def harden(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Trust nothing that stands in the file: a record may have come from a stranger, or from a bad disk."""
    connection.row_factory = sqlite3.Row
    # Functions with side effects do not run from triggers, views, defaults or indexes of the file.
    connection.execute("PRAGMA trusted_schema = OFF")
    # A page whose cells overlap is damage, and not read as if it were none.
    connection.execute("PRAGMA cell_size_check = ON")
    # No other file is ever attached, and no trigger of ours leads to more than a few others.
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 20)
    if hasattr(connection, "setconfig"):
        connection.setconfig(_DEFENSIVE, True)
    return connection


def trust_own(connection: sqlite3.Connection) -> None:
    """Let the triggers of a file run that was found to have none but our own.

    They keep the search in step, and an SQLite up to 3.40 at least runs nothing of FTS5 from what it does not trust.
    """
    connection.execute("PRAGMA trusted_schema = ON")


def sidecar(path: Path) -> Path:
    """SQLite's write-ahead log beside a file."""
    return path.with_name(path.name + "-wal")


def log_holds_pages(path: Path) -> bool:
    """Whether there is a write-ahead log beside a file with more than its own header of 32 bytes."""
    try:
        return sidecar(path).stat().st_size > 32
    except OSError:
        return False


def _some_tables(connection: sqlite3.Connection) -> list[str]:
    return [str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' LIMIT 5")]


def _another(path: Path, application: int, tables: list[str]) -> NotARecord:
    return NotARecord(
        f"{path} is another program's SQLite file (application id {application:#x}, tables {', '.join(tables)}); "
        f"a record has application id {APPLICATION_ID:#x}: name another file with --record"
    )


def of_strangers(connection: sqlite3.Connection) -> list[str]:
    """What an open file would run and no version of summitry has written: ``trigger a``, ``view b``."""
    known = {_bare(statement) for step in STEPS for statement in step.statements if statement.startswith("CREATE TRI")}
    marks = ", ".join("?" * len(_RUNS))
    rows = connection.execute(f"SELECT type, name, sql FROM sqlite_master WHERE type IN ({marks})", _RUNS)
    return [f"{row[0]} {row[1]}" for row in rows if _bare(row[2] or "") not in known]


def _bare(statement: str) -> str:
    return " ".join(statement.split())


def _prepare(connection: sqlite3.Connection, path: Path, *, create: bool, read_only: bool) -> None:
    """Check whose file it is, then set it up: nothing is written before the check."""
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    version = version_of(connection)
    tables = _some_tables(connection)
    fresh = application == 0 and version == 0 and not tables
    if fresh and (read_only or not create):
        raise NotARecord(f"{path} is an SQLite file without tables, not yet a summitry record; {_MAKE.format(path)}")
    if not fresh and application != APPLICATION_ID:
        raise _another(path, application, tables)
    if version > VERSION:
        raise NewerRecord(
            f"record {path} has schema version {version}, this summitry reads up to {VERSION}; "
            "install the summitry that wrote it, or a later one"
        )
    if strange := of_strangers(connection):
        raise RecordUnavailable(
            f"record {path} holds what would run when it is used and is not of summitry ({', '.join(strange[:5])}); "
            f"nothing was run: look at it, then take it out with: {CHECK.format(path)} --repair"
        )
    connection.execute("PRAGMA foreign_keys = ON")
    if read_only:
        if version < VERSION:
            raise RecordUnavailable(
                f"record {path} has schema version {version}, this summitry reads {VERSION}; "
                f"a copy and this bring it up to date: {CHECK.format(path)} --repair (or any reading into it)"
            )
        return
    if fresh:
        _write_ahead(connection)
    trust_own(connection)
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


def _head(path: Path) -> bytes:
    """The first bytes of a file of which SQLite has said that it is none of its own: there are no locks to lose."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC))
    except OSError:
        return MAGIC


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
        case sqlite3.SQLITE_NOTADB if (head := _head(path)) != MAGIC:
            return NotARecord(
                f"{path} is not a summitry record: it starts with {head[:8]!r}, a record is an SQLite file; "
                "name another file with --record"
            )
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return NotARecord(
                f"{path} is damaged or no SQLite file ({name}); use a backup, or recover what is whole with: "
                f"{CHECK.format(path)} --repair"
            )
        case _ if "no such module: fts5" in str(error):
            return RecordUnavailable(
                f"record {path} needs full-text search, which this Python's SQLite {sqlite3.sqlite_version} lacks; "
                "use a Python whose SQLite is built with FTS5"
            )
        case _:
            return None
