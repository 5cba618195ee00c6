"""Invariants of the whole record: each yields what breaks it, as the id or table where, and what is wrong there.

All of them stream: memory does not grow with the record, except for the evidence of one entry at a time.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from summitry.errors import SummitryError
from summitry.record import review_store
from summitry.record.holding import _parsed
from summitry.record.loading import load_events
from summitry.record.spoilt import spoilt_values
from summitry.review.types import ACTIONS, KINDS

Broken = Iterator[tuple[str, str]]

TABLES: Final = {
    "statement": "statements",
    "event mention": "event_mentions",
    "move": "moves",
    "position": "positions",
    "commitment": "commitments",
    "prediction": "predictions",
    "discrepancy": "discrepancies",
}
"""The table of each kind of row that reports tell."""

NUMBERED: Final = (
    *(("source_id", table) for table in "blocks furniture metadata_spans sentences mentions times people".split()),
    *(("source_id", table) for table in TABLES.values()),
)
"""Tables of rows that are numbered within their report."""


def file_is_whole(connection: sqlite3.Connection) -> Broken:
    """SQLite's own check."""
    for (said,) in connection.execute("PRAGMA integrity_check(100)"):
        # What SQLite says of a search index is found, and mended, by the invariant of that index.
        if said != "ok" and "for FTS5 table" not in said:
            yield "the file", str(said)


def references_hold(connection: sqlite3.Connection) -> Broken:
    """Foreign keys: what SQLite says, a line for each table and the one it points to."""
    for table, parent, count in connection.execute(
        'SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2 ORDER BY 1, 2'
    ):
        yield str(table), f"{count} rows point to rows of {parent} that do not exist"


def in_step(table: str) -> Callable[[sqlite3.Connection], Broken]:
    """The check of the full-text index of a table. It needs a connection that may write, though nothing is written."""

    def find(connection: sqlite3.Connection) -> Broken:
        index = f"{table}_search"
        counts = [connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in (table, f"{index}_docsize")]
        if counts[0] != counts[1]:
            yield index, f"{table} has {counts[0]} rows, its search index {counts[1]}"
            return
        try:
            connection.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise  # locked, or not to be written: that is no finding
            yield index, f"it does not hold the words of {table} ({error})"

    return find


def marks_are_of_undated(connection: sqlite3.Connection) -> Broken:
    """The marks by which undated reports find anchors."""
    query = "SELECT count(*) FROM told_search WHERE rowid / 1048576 NOT IN (SELECT source_number FROM undated)"
    (left,) = connection.execute(query).fetchone()
    if left:
        yield "told_search", f"{left} sentences of it are of no undated report"
    try:
        connection.execute("INSERT INTO told_search(told_search) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise  # locked, or not to be written: that is no finding
        yield "told_search", f"it does not hold the marks of its own rows ({error})"


def source_ids_are_hashes(connection: sqlite3.Connection) -> Broken:
    """Ids of sources."""
    for source_id, sha256 in connection.execute(
        "SELECT id, sha256 FROM sources WHERE id <> 'src-' || substr(sha256, 1, 16) "
        "OR length(sha256) <> 64 OR sha256 GLOB '*[^0-9a-f]*'"
    ):
        yield source_id, f"its id is not that of its SHA-256 {sha256[:80]!r}"


def sources_are_complete(connection: sqlite3.Connection) -> Broken:
    """The columns of sources that go with their status."""
    query = """SELECT id, CASE
        WHEN NOT json_valid(metadata) THEN 'its metadata is no JSON'
        WHEN status = 'read' AND text IS NULL THEN 'it is read, and has no text'
        WHEN status = 'read' AND (cases IS NULL OR NOT json_valid(cases)) THEN 'its cases are no JSON'
        WHEN status = 'rejected' AND (stage IS NULL OR reason IS NULL) THEN 'it is rejected, without a reason'
        WHEN reconciled NOT IN (0, 1) THEN 'it is neither reconciled nor not'
        WHEN NOT EXISTS (SELECT 1 FROM source_uris WHERE source_id = sources.id AND uri = sources.uri)
            THEN 'its own address is not among its places'
        END AS wrong FROM sources WHERE wrong IS NOT NULL"""
    yield from connection.execute(query)


def numbering_has_no_gap(connection: sqlite3.Connection) -> Broken:
    """Positions from 0 without a gap."""
    for owner, table in NUMBERED:
        yield from _gaps(connection, table, owner, owner)
    yield from _gaps(connection, "offices", "source_id, person", "source_id")
    for table, owners in (("event_mention_parties", "event_mentions"), ("event_parties", "events")):
        told = (
            "(SELECT source_id FROM event_mentions WHERE id = event_id)" if owners == "event_mentions" else "event_id"
        )
        yield from _gaps(connection, table, "event_id, role", told)
    yield from _gaps(connection, "event_links", "event_id", "event_id")
    told = "CASE row_kind WHEN 'event' THEN row_id ELSE source_id END"
    yield from _gaps(connection, "evidence", "row_kind, row_id", told)


def _gaps(connection: sqlite3.Connection, table: str, group: str, told: str) -> Broken:
    query = (
        f"SELECT {told} AS told, count(*) AS count, min(position) AS first, max(position) AS last FROM {table} "
        f"GROUP BY {group} HAVING first <> 0 OR last <> count - 1"
    )
    for where, count, first, last in connection.execute(query):
        yield where, f"{count} rows of {table} are numbered {first} to {last}"


def ids_are_unique(connection: sqlite3.Connection) -> Broken:
    """No id is that of two rows, of one kind or of two."""
    every = " UNION ALL ".join(f"SELECT id, source_id FROM {table}" for table in TABLES.values())
    for row_id, first, last in connection.execute(
        f"SELECT id, min(source_id), max(source_id) FROM ({every}) GROUP BY id HAVING count(*) > 1"
    ):
        for one in sorted({first, last}):
            yield one, f"the id {row_id} stands for several rows"


def evidence_has_its_row(connection: sqlite3.Connection) -> Broken:
    """Evidence without its row, of another report than its row, or of no kind that we know."""
    for kind, table in TABLES.items():
        query = (
            f"SELECT evidence.source_id, row_id, told.source_id FROM evidence LEFT JOIN {table} AS told ON id = row_id "
            "WHERE row_kind = ? AND told.source_id IS NOT evidence.source_id"
        )
        for source_id, row_id, told in connection.execute(query, (kind,)):
            yield (
                source_id,
                f"there is evidence of {kind} {row_id}, " + ("of another report" if told else "which is gone"),
            )
    query = "SELECT row_id FROM evidence WHERE row_kind = 'event' AND row_id NOT IN (SELECT id FROM events)"
    for (row_id,) in connection.execute(query):
        yield row_id, "there is evidence of this entry, which is gone"
    marks = ", ".join("?" * len(TABLES))
    query = f"SELECT source_id, row_kind, row_id FROM evidence WHERE row_kind <> 'event' AND row_kind NOT IN ({marks})"
    for source_id, kind, row_id in connection.execute(query, tuple(TABLES)):
        yield source_id, f"there is evidence of a {kind!r} {row_id}; no rows are of that kind"


def rows_have_evidence(connection: sqlite3.Connection) -> Broken:
    """Rows without evidence."""
    for kind, table, told in (
        *((kind, table, "source_id") for kind, table in TABLES.items()),
        ("event", "events", "id"),
    ):
        query = (
            f"SELECT {told}, id FROM {table} WHERE NOT EXISTS "
            "(SELECT 1 FROM evidence WHERE row_kind = ? AND row_id = id)"
        )
        for where, row_id in connection.execute(query, (kind,)):
            yield where, f"{kind} {row_id} has no evidence"


def values_are_allowed(connection: sqlite3.Connection) -> Broken:
    """Values of reports' rows that are of another kind than their column's: no day, no JSON, none of its words."""
    for one in spoilt_values(connection):
        if one.source is not None and one.table not in ("former_rows", "review_rows"):
            yield one.source, str(one)


# ── what is merged ─────────────────────────────────────────────────────────────────────────────────────────────────

# An entry one of whose reports is yet to be brought in may still be as it was before.
_SETTLED: Final = """NOT EXISTS (SELECT 1 FROM event_links AS l JOIN event_mentions AS m ON m.id = l.mention_id
    JOIN sources AS s ON s.id = m.source_id WHERE l.event_id = events.id AND s.reconciled = 0)"""


def entries_have_members(connection: sqlite3.Connection) -> Broken:
    """Entries of nothing, with an id that is none of their tellings', or with columns that cannot be read."""
    query = """SELECT id, EXISTS (SELECT 1 FROM event_links WHERE event_id = id) AS any,
        EXISTS (SELECT 1 FROM event_links WHERE event_id = id AND mention_id = id) AS own FROM events ORDER BY id"""
    for entry, any_, own in connection.execute(query):
        if not any_:
            yield entry, "it merges no telling"
        elif not own:
            yield entry, "its id is that of none of its tellings"
        else:
            try:
                load_events(connection, "events", [entry])
            except (SummitryError, ValueError, TypeError, KeyError, AssertionError) as error:
                yield entry, f"it cannot be read: {error}"


def entries_have_the_evidence_of_members(connection: sqlite3.Connection) -> Broken:
    """Entries whose evidence is not, as a set, that of their tellings."""
    columns = "source_id, start_char, end_char, exact, attribution_chain"
    own = f"SELECT {columns} FROM evidence WHERE row_kind = 'event' AND row_id = ?"
    told = (
        f"SELECT {columns} FROM event_links INDEXED BY event_links_by_event CROSS JOIN evidence "
        "ON row_kind = 'event mention' AND row_id = mention_id WHERE event_id = ?"
    )
    for (entry,) in connection.execute(f"SELECT id FROM events WHERE {_SETTLED} ORDER BY id"):
        have, want = ({tuple(row) for row in connection.execute(query, (entry,))} for query in (own, told))
        if have != want:
            yield entry, f"it lacks {len(want - have)} passages of its tellings, and has {len(have - want)} of none"


def reports_are_counted(connection: sqlite3.Connection) -> Broken:
    """Entries with a number of reports that is not theirs."""
    query = f"""SELECT events.id, events.reports, (SELECT count(DISTINCT coalesce(copy_of, sources.id))
            FROM event_links JOIN event_mentions ON event_mentions.id = mention_id
            JOIN sources ON sources.id = event_mentions.source_id WHERE event_id = events.id) AS told
        FROM events WHERE events.reports <> told AND {_SETTLED}"""
    for entry, said, told in connection.execute(query):
        yield entry, f"it says {said} independent reports, its tellings come from {told}"


def copies_are_of_originals(connection: sqlite3.Connection) -> Broken:
    """Copies of rejected sources, of themselves, or of copies."""
    for source_id, original in connection.execute(
        "SELECT a.id, b.id FROM sources AS a JOIN sources AS b ON b.id = a.copy_of "
        "WHERE a.copy_of IS NOT NULL AND (b.status <> 'read' OR b.copy_of IS NOT NULL OR a.status <> 'read')"
    ):
        yield source_id, f"it is a copy of {original}, which is itself a copy, or was not read"


def reconciled_is_so(connection: sqlite3.Connection) -> Broken:
    """Reports marked as reconciled with an event in no entry, or one that is found by no key."""
    for source_id, mention in connection.execute(
        "SELECT source_id, m.id FROM event_mentions AS m JOIN sources AS s ON s.id = source_id WHERE reconciled = 1 "
        "AND NOT (EXISTS (SELECT 1 FROM event_links WHERE mention_id = m.id) "
        "AND EXISTS (SELECT 1 FROM event_signatures WHERE mention_id = m.id))"
    ):
        yield source_id, f"its event {mention} is in no entry, or is found by no key"


def undated_are_kept(connection: sqlite3.Connection) -> Broken:
    """Reports with an inferred or unknown date that have not kept the interval they have by themselves."""
    for (source_id,) in connection.execute(
        "SELECT id FROM sources WHERE status = 'read' AND (published_precision = 'unknown' "
        "OR published_basis LIKE 'inferred%') AND number NOT IN (SELECT source_number FROM undated)"
    ):
        yield source_id, "its date is inferred, and the interval it has by itself is not kept"


# ── beside the reports ─────────────────────────────────────────────────────────────────────────────────────────────


def runs_parse(connection: sqlite3.Connection) -> Broken:
    """Runs with times that are none, or lists that are none."""
    for run, started, finished, inputs, cases in connection.execute(
        "SELECT id, started, finished, inputs, cases FROM runs ORDER BY id"
    ):
        try:
            for each in (started, *([finished] if finished is not None else ())):
                datetime.fromisoformat(each)
            lists = (json.loads(inputs), json.loads(cases))
        except (ValueError, TypeError) as error:
            yield f"run-{run}", f"it cannot be read: {error}"
        else:
            if not all(isinstance(one, list) for one in lists):
                yield f"run-{run}", "its inputs or its cases are no list"


def reviews_parse(connection: sqlite3.Connection) -> Broken:
    """Reviews that cannot be read, or that undo what is not there."""
    query = (
        "SELECT reviews.*, review_rows.* FROM reviews LEFT JOIN review_rows ON review_id = id WHERE id = ? "
        "ORDER BY position"
    )
    for (review,) in connection.execute("SELECT id FROM reviews ORDER BY at, id"):
        try:
            told = review_store._review(connection.execute(query, (review,)).fetchall())
            datetime.fromisoformat(told.at)
            if told.action not in ACTIONS or told.kind not in KINDS:
                yield review, f"it is to {told.action!r} a {told.kind!r}; allowed: {', '.join((*ACTIONS, *KINDS))}"
        except (SummitryError, ValueError, TypeError, KeyError) as error:
            yield review, f"it cannot be read: {error}"
    for review, undoes in connection.execute(
        "SELECT id, undoes FROM reviews WHERE undoes IS NOT NULL AND undoes NOT IN (SELECT id FROM reviews)"
    ):
        yield review, f"it undoes {undoes}, which is not there"


def cases_load(connection: sqlite3.Connection) -> Broken:
    """Cases that this version cannot read."""
    for name, text in connection.execute("SELECT name, text FROM cases ORDER BY name"):
        try:
            _parsed(name, text)
        except SummitryError as error:
            yield name, str(error)


def former_rows_stand(connection: sqlite3.Connection) -> Broken:
    """Former ids of rows that stood on no words."""
    for row_id, source_id in connection.execute(
        "SELECT id, source_id FROM former_rows WHERE start_char < 0 OR end_char <= start_char"
    ):
        yield row_id, f"it stood on no words of {source_id}"
