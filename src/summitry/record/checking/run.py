"""Checking a record: all invariants, streamed, on one moment of the file."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from summitry.errors import NewerRecord, RecordUnavailable
from summitry.record.checking.invariants import INVARIANTS
from summitry.record.checking.types import CheckReport, Finding, Findings, Invariant, Looked, Report
from summitry.record.connection import _code, connect_as_it_is, translated
from summitry.record.migrations import VERSION, version_of

_ANY_VERSION: Final = frozenset({"file", "schema", "references", "sentence search", "statement search"})
"""Invariants that a record of every version is checked for."""

_OFF: Final = (ValueError, LookupError, TypeError, AttributeError, AssertionError)
"""What comparing a value of another kind than its column's raises; "values" or "file" names the value."""

Progress = Callable[[Looked], None]


def check_record(path: Path, progress: Progress = lambda _: None) -> CheckReport:
    """Check every invariant of the record at ``path``; nothing in it is changed.

    Others may read it and write to it meanwhile; writers wait while a search index is compared with its table, some
    seconds for a large record. Memory is bounded by the longest report and the most told entry.

    Raises:
        NotARecord: the file is something else, or so damaged that it says nothing (repairing may still help).
        NewerRecord: a later summitry wrote it.
        RecordUnavailable: missing, locked or not permitted.
    """
    started = time.monotonic()
    with translated(path), closing(opened(path)) as connection:
        version = version_of(connection)
        if version > VERSION:
            raise NewerRecord(
                f"record {path} has schema version {version}, this summitry checks up to {VERSION}; check it with the "
                "summitry that wrote it, or a later one"
            )
        found = Findings()
        done, skipped = check_all(connection, found, progress)
        reports = 0
        if not any(one.mend == "file" for one in found.named):
            reports = connection.execute("SELECT count(*) FROM sources WHERE status = 'read'").fetchone()[0]
    return CheckReport(
        path,
        version,
        reports,
        tuple(found.named),
        found.counts,
        done,
        skipped,
        time.monotonic() - started,
    )


def opened(path: Path) -> sqlite3.Connection:
    """A connection that may write, which comparing a search index needs; where none is to be had, one that reads."""
    try:
        return connect_as_it_is(path, read_only=False)
    except RecordUnavailable:
        return connect_as_it_is(path, read_only=True)


def check_all(
    connection: sqlite3.Connection, found: Findings, progress: Progress = lambda _: None
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Check an open record; the names of the invariants that were checked, and those that were not, with the reason."""
    done: list[str] = []
    skipped: list[tuple[str, str]] = []
    version = version_of(connection)
    stop = ""

    def check(invariants: Iterable[Invariant]) -> None:
        nonlocal stop
        for invariant in invariants:
            why = stop
            if not why and version < VERSION and invariant.name not in _ANY_VERSION:
                why = f"the record is of version {version}: bring it up to date with --repair"
            if not why:
                progress(Looked(invariant.name))
                why = _check(connection, invariant, found)
            if why:
                skipped.append((invariant.name, why))
            else:
                done.append(invariant.name)
            stop = stop or _nothing_more(found)

    of_record = [one for one in INVARIANTS if one.of_record is not None]
    # Comparing a search index takes the right to write: by itself, so that writers wait no longer than for that.
    with _moment(connection, "BEGIN IMMEDIATE") as why:
        if why:
            skipped += [(one.name, why) for one in of_record if one.mend == "search"]
        else:
            check(one for one in of_record if one.mend == "search")
    with _moment(connection, "BEGIN") as why:
        stop = stop or why
        check(one for one in of_record if one.mend != "search")
        of_report = [one for one in INVARIANTS if one.of_report is not None]
        if not stop and version < VERSION:
            stop = f"the record is of version {version}: bring it up to date with --repair"
        if not stop:
            stop = _check_reports(connection, of_report, found, progress)
        if stop:
            skipped += [(one.name, stop) for one in of_report]
        else:
            done += [one.name for one in of_report]
    return tuple(done), tuple(skipped)


def _nothing_more(found: Findings) -> str:
    """Why nothing else can be checked, after what is found."""
    if any(one.mend == "file" for one in found.named):
        return "the file itself is damaged"
    if any(one.invariant == "schema" and one.where.startswith(("table", "view")) for one in found.named):
        return "its tables are not those of a record"
    return ""


@contextmanager
def _moment(connection: sqlite3.Connection, begin: str) -> Iterator[str]:
    """One state of the file, whatever others write meanwhile; why it cannot be had, if it cannot. Nothing is kept."""
    try:
        connection.execute(begin)
    except sqlite3.OperationalError as error:
        yield f"it cannot be compared while others write, or where nothing may be written ({error})"
        return
    try:
        yield ""
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _check(connection: sqlite3.Connection, invariant: Invariant, found: Findings) -> str:
    """Check one invariant of the record; why that cannot be, if it cannot."""
    assert invariant.of_record is not None
    try:
        for where, what in invariant.of_record(connection):
            found.add(Finding(invariant.name, where, what, invariant.mend))
    except sqlite3.DatabaseError as error:
        return _failed(error, found, invariant.name)
    except _OFF as error:
        return f"a value is in the way: {error}"
    return ""


def _failed(error: sqlite3.DatabaseError, found: Findings, name: str) -> str:
    """SQLite gave up: a finding where that is for damage, else the reason."""
    if damaged(error):
        found.add(Finding("file", "the file", f"{error}, while checking {name}", "file"))
    return str(error)


def damaged(error: sqlite3.Error) -> bool:
    """Whether SQLite says that the file is damaged."""
    # Where the file ends too early, SQLite may find a page of zeros, a short read, or no page at all.
    return _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or (
        getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_IOERR_SHORT_READ
    )


def _check_reports(
    connection: sqlite3.Connection, invariants: Sequence[Invariant], found: Findings, progress: Progress
) -> str:
    """Check every report by itself."""
    total = connection.execute("SELECT count(*) FROM sources WHERE status = 'read'").fetchone()[0]
    try:
        rows = connection.execute("SELECT id, number, text FROM sources WHERE status = 'read' ORDER BY number")
        for done, row in enumerate(rows, 1):
            report = Report(connection, row)
            for invariant in invariants:
                assert invariant.of_report is not None
                for what in invariant.of_report(report):
                    found.add(Finding(invariant.name, report.id, what, invariant.mend))
            progress(Looked("reports", done, total))
    except sqlite3.DatabaseError as error:
        return _failed(error, found, "reports")
    except _OFF as error:
        return f"a value is in the way: {error}"
    return ""
