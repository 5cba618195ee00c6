"""Writing to the record: transactions, runs, reports and what is said of them later."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

from summitry.errors import UsageError
from summitry.record import former, parts, passed, pending, rereads, writing
from summitry.record.connection import translated
from summitry.record.spoilt import blamed
from summitry.vocabulary import DateInterval, Reading, Rejected, Source, SourceHead

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound="Store")


def about_the_file(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """SQLite's errors about the file as RecordError."""

    @wraps(method)
    def wrapped(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with translated(self.path), self.blaming():
            return method(self, *args, **kwargs)

    return wrapped


def asking(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """As :func:`about_the_file`, for methods that only read: all of one answer is of one moment of the file."""

    @wraps(method)
    def wrapped(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with translated(self.path), self.blaming(), self._moment():
            return method(self, *args, **kwargs)

    return wrapped


class Store:
    """The writing half of a record; :class:`summitry.record.Record` is the whole."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._depth = 0
        self._run: tuple[Sequence[str], Sequence[str], str] | None = None
        self._run_id: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            # What is made of rows may fail on them too, long after they were decoded.
            named = blamed(error, self._connection, self.path) if isinstance(error, Exception) else None
        finally:
            self.close()
        if named is not None:
            raise named from error

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def blaming(self) -> Iterator[None]:
        """Where what is inside fails on a value that a column may not hold, the error names that value.

        Raises:
            RecordError: in the place of the error inside, if there is such a value.
        """
        try:
            yield
        except Exception as error:
            named = blamed(error, self._connection, self.path)
            if named is None:
                raise
            raise named from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All changes inside, or none. May be nested: an inner one that fails undoes itself alone."""
        name = f"step_{self._depth}"
        run_id = self._run_id
        with translated(self.path):
            self._connection.execute("BEGIN IMMEDIATE" if self._depth == 0 else f"SAVEPOINT {name}")
            self._depth += 1
            try:
                yield
                self._connection.execute("COMMIT" if self._depth == 1 else f"RELEASE {name}")
            except BaseException:
                self._run_id = run_id
                # On a full disk SQLite has rolled back by itself.
                if self._connection.in_transaction:
                    if self._depth == 1:
                        self._connection.execute("ROLLBACK")
                    else:
                        self._connection.execute(f"ROLLBACK TO {name}")
                        self._connection.execute(f"RELEASE {name}")
                raise
            finally:
                self._depth -= 1

    @contextmanager
    def _moment(self) -> Iterator[None]:
        """Several queries on one state of the file, whatever another process writes meanwhile."""
        inside = self._connection.in_transaction
        if not inside:
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            # An error of the disk may have ended it already.
            if not inside and self._connection.in_transaction:
                self._connection.execute("COMMIT")

    # ── writing ────────────────────────────────────────────────────────────────────────────────────────────────────

    def begin_run(self, inputs: Sequence[str] = (), cases: Sequence[str] = ()) -> None:
        """Say what the next additions belong to. Nothing is written before the first of them."""
        self._run = (tuple(inputs), tuple(cases), _now())
        self._run_id = None

    def end_run(self) -> None:
        """Note when the run ended, if it wrote anything."""
        if self._run_id is not None:
            with self.transaction():
                # A clock that was set back meanwhile lets no run end before it began.
                query = "UPDATE runs SET finished = max(?, started) WHERE id = ?"
                self._connection.execute(query, (_now(), self._run_id))
        self._run = self._run_id = None

    def _current_run(self) -> int | None:
        """The id of the run, written when its first report is."""
        if self._run is not None and self._run_id is None:
            inputs, cases, started = self._run
            # Nor does it let one begin before an earlier one. What is new since a run goes by their numbers anyway.
            last = self._connection.execute("SELECT max(started) FROM runs").fetchone()[0]
            cursor = self._connection.execute(
                "INSERT INTO runs (started, version, inputs, cases) VALUES (?, ?, ?, ?)",
                (
                    max(started, last or ""),
                    _version(),
                    parts.to_json([parts.storable(one) for one in inputs]),
                    parts.to_json(list(cases)),
                ),
            )
            self._run_id = cursor.lastrowid
        return self._run_id

    @about_the_file
    def add(self, reading: Reading, source: Source | SourceHead) -> bool:
        """Add a report in one transaction. False, and nothing changes, when it is there already.

        A report found at a further place (the same bytes under another uri) is there already; the place is noted. A
        source rejected before is replaced by its reading.

        Raises:
            EvidenceError: words that do not stand where a row says they stand; nothing is written.
            UnreadableSource: the text holds half characters; nothing is written.
            UsageError: reading and source are not of one report, or an id stands for two rows; nothing is written.
        """
        if reading.article.source_id != source.id:
            raise UsageError(
                f"the reading is of {reading.article.source_id}, the source is {source.id}; allowed: a source and its "
                "own reading"
            )
        if self.has(source.id):
            self.note_place(source)
            return False
        writing.check_reading(reading)
        with self.transaction():
            if self.has(source.id):  # another process was faster
                return False
            self._write_ids(reading)
            writing.write_source(self._connection, reading, source, self._current_run())
            pending.keep_alone(self._connection, source.id, reading.article.published)
            writing.forget_rejections(self._connection, source.id, parts.storable(source.uri))
        return True

    @about_the_file
    def note_place(self, source: Source | SourceHead) -> bool:
        """Note where a source was found again. False when nothing is new: the place is known, or the source is not."""
        place = (source.id, parts.storable(source.uri))
        row = self._connection.execute("SELECT status FROM sources WHERE id = ?", place[:1]).fetchone()
        if row is None:
            return False
        query = "SELECT 1 FROM source_uris WHERE source_id = ? AND uri = ?"
        new = not self._connection.execute(query, place).fetchone()
        query = "SELECT 1 FROM sources WHERE status = 'rejected' AND uri = ? AND id <> ?"
        stale = row["status"] == "read" and self._connection.execute(query, place[::-1]).fetchone()
        if new or stale:
            with self.transaction():
                writing.note_uri(self._connection, *place)
                if stale:
                    writing.forget_rejections(self._connection, *place)
        return new

    def _write_ids(self, reading: Reading) -> None:
        """Refuse ids that rows of other reports have."""
        for table, _, rows in writing.row_groups(reading):
            for row in rows:
                if self._connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row.id,)).fetchone():
                    raise UsageError(
                        f"row {row.id} of {reading.article.source_id} has the id of a row of another report; an id "
                        "stands for one row"
                    )

    @about_the_file
    def reread(self, reading: Reading) -> tuple[str, ...]:
        """Put a new reading of a report in the place of the one that is there, in one transaction.

        Returns the ids of the entries that merged its events: what they merge is gone, so they must be merged again.

        Raises:
            EvidenceError: words that do not stand where a row says they stand; nothing is written.
            UsageError: the report is not in the record, or its text differs from the one there.
        """
        writing.check_reading(reading)
        source_id = reading.article.source_id
        with self.transaction():
            row = self._connection.execute(
                "SELECT text FROM sources WHERE id = ? AND status = 'read'", (source_id,)
            ).fetchone()
            if row is None or row["text"] != reading.article.text:
                raise UsageError(f"{source_id} with this text is no report of this record; add it first")
            touched = self._connection.execute(
                "SELECT DISTINCT event_id FROM event_links JOIN event_mentions ON event_mentions.id = mention_id "
                "WHERE source_id = ? ORDER BY event_id",
                (source_id,),
            ).fetchall()
            writing.erase_reading(self._connection, source_id)
            self._write_ids(reading)
            writing.update_article(self._connection, reading.article, reading.cases)
            writing.write_reading(self._connection, reading)
            former.drop_standing(self._connection, source_id)
        return tuple(row[0] for row in touched)

    @about_the_file
    def begin_reread(self, cases: Sequence[str] = ()) -> int:
        """The id of a run that reads all reports again: of the one that was stopped, if it was by this version and with
        these cases, else of a new one."""
        with self.transaction():
            return rereads.begin(self._connection, cases, _version())

    @asking
    def left_to_reread(self, run_id: int) -> list[str]:
        """Ids of the reports that a run has yet to read again, those with a stated date first."""
        return rereads.left(self._connection, run_id)

    @about_the_file
    def keep_marks(self, alone: Reading, shingles: Iterable[int]) -> None:
        """Keep what a new reading of a report by itself, without the dates of others, says besides its rows."""
        with self.transaction():
            rereads.keep_marks(self._connection, alone, shingles)

    @about_the_file
    def mark_reread(self, run_id: int, source_id: str) -> None:
        """Say that a run has read a report again."""
        with self.transaction():
            rereads.mark(self._connection, source_id, run_id)

    @about_the_file
    def end_reread(self, run_id: int) -> None:
        """Say that a run has read all reports again."""
        with self.transaction():
            rereads.end(self._connection, run_id)

    @about_the_file
    def reject(self, rejected: Rejected) -> bool:
        """Keep a source that could not be read. False when it is there already, read or for the same reason."""
        row = self._connection.execute(
            "SELECT status, stage, reason FROM sources WHERE id = ?", (rejected.source.id,)
        ).fetchone()
        same = ("rejected", rejected.stage, parts.storable(rejected.reason))
        if row is not None and (row["status"] == "read" or tuple(row) == same):
            self.note_place(rejected.source)
            return False
        with self.transaction():
            writing.write_rejected(self._connection, rejected, self._current_run())
        return True

    @about_the_file
    def note_passed(self, shard: str, place: str, found: Mapping[str, tuple[int, Sequence[passed.Example]]]) -> None:
        """Keep how many pages of a part of the input were passed over, by reason, with the first of them."""
        with self.transaction():
            passed.note(self._connection, shard, place, found, self._current_run() if found else None)

    @asking
    def passed_over(self) -> list[passed.PassedRow]:
        """The pages that were passed over, by part of the input and reason."""
        return passed.load(self._connection)

    @about_the_file
    def set_copy_of(self, source_id: str, original: str | None) -> None:
        """Say that a source is a copy of another's story; None: that it is not."""
        self._update_source(source_id, {"copy_of": original})

    @about_the_file
    def set_published(self, source_id: str, published: DateInterval) -> None:
        """Set the publication date of a source, with its basis."""
        self._update_source(source_id, parts.date_columns("published", published))

    def _update_source(self, source_id: str, columns: parts.Columns) -> None:
        settings = ", ".join(f"{name} = ?" for name in columns)
        differs = " OR ".join(f"{name} IS NOT ?" for name in columns)
        values = tuple(columns.values())
        with self.transaction():
            if not self.has(source_id):
                raise UsageError(f"no report {source_id} in this record; allowed: ids of sources that were read")
            for other in (columns.get("copy_of"),):
                if other is not None and (other == source_id or not self.has(other)):
                    raise UsageError(f"{source_id} cannot be a copy of {other}; allowed: another report of this record")
            self._connection.execute(
                f"UPDATE sources SET {settings} WHERE id = ? AND ({differs})", (*values, source_id, *values)
            )

    @about_the_file
    def has(self, source_id: str) -> bool:
        """Whether the source was read. A rejected one was not: it may be tried again."""
        query = "SELECT 1 FROM sources WHERE id = ? AND status = 'read'"
        return self._connection.execute(query, (source_id,)).fetchone() is not None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _version() -> str:
    try:
        return version("summitry")
    except PackageNotFoundError:
        return "unknown"
