"""Mending a record: after a copy is made beside it, what rests on other rows is made anew, and what nothing can make
anew is taken out and named, to be read again. What is whole stays.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from summitry.errors import NotARecord, RecordError, RecordUnavailable
from summitry.record.backup import backup
from summitry.record.checking.mending import Mended, NotMendable, mend
from summitry.record.checking.run import Progress, check_all, check_record, damaged
from summitry.record.checking.salvaging import replace_with, salvage
from summitry.record.checking.types import CheckReport, Finding, Findings, Looked, RepairReport
from summitry.record.connection import connect_as_it_is, log_holds_pages, sidecar, translated, trust_own
from summitry.record.migrations import VERSION, migrate, version_of

ROUNDS: Final = 6
"""Mending one thing may show another; what is not mended after so many rounds is not going to be."""

_ALL: Final = 1_000_000
"""Findings kept of one invariant while mending: a gigabyte of damage, and not more memory than that takes."""


def repair_record(path: Path, progress: Progress = lambda _: None) -> RepairReport:
    """Mend what can be mended in the record at ``path``, which nobody else may write to meanwhile.

    A sound record of this version is left as it is. Otherwise a copy is made beside it first.

    Raises:
        NotARecord: the file is something else, or nothing in it can be read.
        NewerRecord: a later summitry wrote it.
        RecordUnavailable: locked, not permitted, or no room for the copy; the record is as it was.
    """
    before = _checked(path, progress)
    if before.sound and before.version == VERSION:
        return RepairReport(before, before, (), None, ())
    broken = "file" in before.counts
    with translated(path):
        copy = _copy_as_it_is(path) if broken else _copy(path, progress)
        work = _Work()
        if not _mended_in_place(path, work, progress):
            if "file" not in before.counts:
                work.done.append("the tables were not those of a record")
            new = salvage(path, copy, progress)
            work.add(new.mended)
            try:
                if not _mended_in_place(new.path, work, progress):
                    raise RecordUnavailable(
                        f"record {path} could not be mended; it is as it was, and a copy of it is {copy}: use a backup"
                    )
                replace_with(path, new.path)
            finally:
                for one in (new.path, *_beside(new.path)):
                    one.unlink(missing_ok=True)
    after = check_record(path, progress)
    return RepairReport(before, after, tuple(work.done), copy, tuple(sorted(set(work.read_again))), work.reviews_lost)


@dataclass(slots=True)
class _Work:
    """What was done so far."""

    done: list[str] = field(default_factory=list)
    read_again: list[str] = field(default_factory=list)
    reviews_lost: int = 0

    def add(self, mended: Mended) -> None:
        self.done += mended.done
        self.read_again += mended.read_again
        self.reviews_lost += mended.reviews_lost


def _checked(path: Path, progress: Progress) -> CheckReport:
    """A check; that of a record which SQLite cannot even open finds just that."""
    try:
        return check_record(path, progress)
    except NotARecord as error:
        # Another program's file is not ours to mend.
        if not isinstance(error.__cause__, sqlite3.Error) and not (_is_empty(path) and log_holds_pages(path)):
            raise
        finding = Finding("file", "the file", str(error.__cause__ or "it is empty, and its log is not"), "file")
        return CheckReport(path, 0, 0, (finding,), {"file": 1}, (), (), 0.0)


def _is_empty(path: Path) -> bool:
    return path.is_file() and path.stat().st_size == 0


def _free_name(path: Path) -> Path:
    """A name beside a record for the copy of how it was."""
    number = 1
    while True:
        one = path.with_name(f"{path.name}.before-repair" + (f"-{number}" if number > 1 else ""))
        if not one.exists() and not sidecar(one).exists():
            return one
        number += 1


def _copy(path: Path, progress: Progress) -> Path:
    to = _free_name(path)
    backup(path, to, progress=lambda done, total: progress(Looked("copying", done, total)))
    return to


def _copy_as_it_is(path: Path) -> Path:
    """The files of a damaged record, byte by byte: SQLite would not copy them."""
    to = _free_name(path)
    try:
        shutil.copy2(path, to)
        if sidecar(path).exists():
            shutil.copy2(sidecar(path), sidecar(to))
    except OSError as error:
        for one in (to, sidecar(to)):
            with suppress(OSError):
                one.unlink(missing_ok=True)
        raise RecordUnavailable(
            f"no copy at {to}, and nothing was mended without one: {error.strerror}; make room beside the record"
        ) from error
    return to


def _beside(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))


def _mended_in_place(path: Path, work: _Work, progress: Progress) -> bool:
    """Mend a record whose tables can be used; False where they cannot, and nothing is changed then."""
    try:
        connection = connect_as_it_is(path, read_only=False)
    except RecordUnavailable:
        raise
    except RecordError:
        return False
    with closing(connection):
        try:
            for _ in range(ROUNDS):
                found = Findings(_ALL)
                check_all(connection, found, progress)
                if version_of(connection) < VERSION and found.counts.keys() <= {"sentence search", "statement search"}:
                    migrate(connection)
                    work.done.append(f"brought up to version {VERSION}")
                    continue
                wanted = [one for one in found.named if one.mend is not None]
                if not wanted:
                    return True
                if "schema" not in found.counts:
                    trust_own(connection)
                with _transaction(connection):
                    mended = mend(connection, wanted)
                work.add(mended)
        except NotMendable:
            return False
        except sqlite3.DatabaseError as error:
            if not damaged(error):
                raise
            return False
    return True


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is mended in one round, or none of it."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
