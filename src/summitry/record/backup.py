"""A copy of a record, of one moment, while others read it and write to it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from summitry.errors import RecordError, RecordUnavailable, UsageError
from summitry.record.connection import connect_as_it_is, sidecar, translated

PAGES: Final = 2_000
"""Pages copied between two signs of progress: 8 MB, a few hundredths of a second."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was made: where it is, its size in bytes, how long that took."""

    to: Path
    size: int
    seconds: float


def backup(
    path: Path, to: Path, *, force: bool = False, progress: Callable[[int, int], None] = lambda done, total: None
) -> Backup:
    """Copy the record at ``path`` to the file ``to``, which is there whole or not at all.

    The copy is of the moment at which it begins: what is written meanwhile is not in it, and does not hold it up.
    SQLite's own check (``quick_check``) is run on it before it gets its name. ``progress`` is told pages.

    Raises:
        UsageError: ``to`` is there already and ``force`` is not given, is the record itself, or is no file.
        NotARecord: ``path`` is something else, or damaged.
        RecordUnavailable: the record cannot be read, or the copy not be written: no permission, or no room.
    """
    started = time.monotonic()
    _check_target(path, to, force=force)
    with translated(path), closing(connect_as_it_is(path, read_only=True)) as source:
        part = to.with_name(f".{to.name}.{os.getpid()}.part")
        try:
            _copy(source, part, progress)
            size = part.stat().st_size
            _settle(part)
            part.replace(to)
            _sync_folder(to.parent)
        except sqlite3.Error as error:
            raise _no_copy(path, to, source, error) from error
        except OSError as error:
            raise RecordUnavailable(f"no copy at {to}: {error.strerror}; {_KEPT}: name another place") from error
        finally:
            for one in (
                part,
                sidecar(part),
                part.with_name(part.name + "-shm"),
                part.with_name(part.name + "-journal"),
            ):
                with suppress(OSError):
                    one.unlink(missing_ok=True)
    return Backup(to, size, time.monotonic() - started)


_KEPT: Final = "the record is as it was, and nothing is left of the copy"


def _check_target(path: Path, to: Path, *, force: bool) -> None:
    if to.is_dir():
        raise UsageError(f"{to} is a folder; name a file in it: {to / path.name}")
    if not to.parent.is_dir():
        raise UsageError(f"there is no folder {to.parent} for the copy; make it first")
    if to.exists() and path.exists() and to.samefile(path):
        raise UsageError(f"{to} is the record itself; name another file")
    if to.exists() and not force:
        raise UsageError(f"{to} is there already; allowed: a new file, or --force to put the copy in its place")
    if sidecar(to).exists():
        # SQLite would take the log of the old file for one of the new.
        raise UsageError(
            f"{to} is in use, or was left by a process that was stopped: {sidecar(to).name} is beside it; name another "
            "file"
        )


def _copy(source: sqlite3.Connection, part: Path, progress: Callable[[int, int], None]) -> None:
    """Copy pages to a new file. Inside one reading of the source: a writer at work would else set it back each time."""
    source.execute("BEGIN")
    source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as target:
            # What is lost with a power cut in here is a file that nobody has been told of.
            target.execute("PRAGMA synchronous = OFF")
            source.backup(target, pages=PAGES, progress=lambda _, left, total: progress(total - left, total))
            found = target.execute("PRAGMA quick_check(3)").fetchall()
            if [row[0] for row in found] != ["ok"]:
                raise RecordUnavailable(
                    f"the copy is not whole ({found[0][0]}), so the record is damaged; nothing is left of the copy; "
                    "see: summitry check"
                )
    finally:
        if source.in_transaction:
            source.execute("ROLLBACK")


def _settle(part: Path) -> None:
    """Have a file on the disk before it gets its name."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Have a name on the disk. Not every system lets a folder be opened."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _no_copy(path: Path, to: Path, source: sqlite3.Connection, error: sqlite3.Error) -> RecordError:
    code = int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        needed = path.stat().st_size + (sidecar(path).stat().st_size if sidecar(path).exists() else 0)
        free = shutil.disk_usage(to.parent).free
        return RecordUnavailable(
            f"no copy at {to}: the disk is full, or a limit on file sizes was reached (needed about {needed:,} bytes, "
            f"free {free:,}); {_KEPT}: make room there, or name a place on another disk"
        )
    if code == sqlite3.SQLITE_CANTOPEN:
        return RecordUnavailable(f"no copy at {to}: {to.parent} cannot be written; {_KEPT}: name another place")
    with translated(path):
        raise error
    raise AssertionError
