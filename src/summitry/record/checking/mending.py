"""How each kind of finding is mended, in an open record. All of it runs inside the caller's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from summitry.record.checking.objects import definition
from summitry.record.checking.types import Finding
from summitry.record.migrations import version_of


class NotMendable(Exception):
    """What is there cannot be mended in its place: all that can be read must go into a new file."""


@dataclass(slots=True)
class Mended:
    """What was done, in words; the places of reports to be read again; reviews that are lost."""

    done: list[str] = field(default_factory=list)
    read_again: list[str] = field(default_factory=list)
    reviews_lost: int = 0


def mend(connection: sqlite3.Connection, findings: Sequence[Finding]) -> Mended:
    """Mend findings, those on which others rest first.

    Raises:
        NotMendable: the file or its tables are damaged.
    """
    mended = Mended()
    wanted = {how: [one for one in findings if one.mend == how] for how in {one.mend for one in findings}}
    if "file" in wanted:
        _reindex(connection, wanted["file"], mended)
        # What else was found may have come of it.
        return mended
    if "schema" in wanted:
        _objects_anew(connection, wanted["schema"], mended)
        return mended
    _search_anew(connection, sorted({one.where for one in wanted.get("search", ())}), mended)
    if "orphans" in wanted:
        _drop_orphans(connection, mended)
    places = list(dict.fromkeys(one.where for one in wanted.get("report", ())))
    if places:
        _take_out_reports(connection, places, mended)
    for entry in dict.fromkeys(one.where for one in wanted.get("entry", ())):
        _take_out_entry(connection, entry, mended)
    for source_id in dict.fromkeys(one.where for one in wanted.get("apart", ())):
        connection.execute("UPDATE sources SET copy_of = NULL, reconciled = 0 WHERE id = ?", (source_id,))
        mended.done.append(f"{source_id} is set apart from what it was a copy of, to be compared again")
    for where in dict.fromkeys(one.where for one in wanted.get("again", ())):
        _mark_new(connection, where)
        mended.done.append(f"{where} is to be brought together with the rest again")
    return mended


def _reindex(connection: sqlite3.Connection, findings: Sequence[Finding], mended: Mended) -> None:
    """Build indexes anew, where they are all that SQLite complains of."""
    if any("index" not in one.what for one in findings):
        raise NotMendable
    try:
        connection.execute("REINDEX")
    except sqlite3.DatabaseError as error:
        raise NotMendable from error
    if [row[0] for row in connection.execute("PRAGMA quick_check(1)")] != ["ok"]:
        raise NotMendable
    mended.done.append("indexes built anew")


def _objects_anew(connection: sqlite3.Connection, findings: Sequence[Finding], mended: Mended) -> None:
    """Take out objects of others; make those anew that are missing or changed."""
    version = version_of(connection)
    # Views and triggers first: they may rest on tables. A search table goes before the tables that it is made of.
    order = {"trigger": 0, "view": 1, "index": 2, "table": 3}
    named = sorted((one.where.split(" ", 1) for one in findings), key=lambda one: (order[one[0]], len(one[1])))
    for kind, name in named:
        own = definition(version, kind, name)
        if own is not None and kind == "table":
            raise NotMendable
        try:
            if _is_there(connection, kind, name):
                connection.execute(f'DROP {kind.upper()} "{name.replace(chr(34), chr(34) * 2)}"')
        except sqlite3.DatabaseError as error:
            raise NotMendable from error
        if own is None:
            mended.done.append(f"taken out: {kind} {name}, which is not of summitry")
    for kind, name in reversed(named):
        own = definition(version, kind, name)
        if own is not None:
            connection.execute(own)
            mended.done.append(f"made anew: {kind} {name}")
    if any(kind == "trigger" for kind, _ in named):
        # The triggers keep the search in step: it may have missed something, or been told of something else.
        _search_anew(connection, ["sentences_search", "statements_search"], mended)


def _is_there(connection: sqlite3.Connection, kind: str, name: str) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = ? AND name = ?"
    return connection.execute(query, (kind, name)).fetchone() is not None


def _search_anew(connection: sqlite3.Connection, indexes: Iterable[str], mended: Mended) -> None:
    for index in indexes:
        try:
            if index == "told_search":
                left = "rowid / 1048576 NOT IN (SELECT source_number FROM undated)"
                connection.execute(f"DELETE FROM told_search WHERE {left}")
            connection.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
        except sqlite3.DatabaseError as error:
            raise NotMendable from error
        mended.done.append(f"search index built anew: {index}")


def _drop_orphans(connection: sqlite3.Connection, mended: Mended) -> None:
    """Drop rows that point to nothing; a run or an original that is gone is forgotten."""
    connection.execute("PRAGMA defer_foreign_keys = ON")
    connection.execute(
        "UPDATE sources SET copy_of = NULL, reconciled = 0 "
        "WHERE copy_of IS NOT NULL AND copy_of NOT IN (SELECT id FROM sources)"
    )
    connection.execute("UPDATE sources SET run_id = NULL WHERE run_id NOT IN (SELECT id FROM runs)")
    tables = [str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    # Rows may point to rows that are dropped themselves.
    while True:
        dropped = sum(_drop_orphans_of(connection, table, mended) for table in tables)
        if not dropped:
            break
    gone = connection.execute("DELETE FROM former_rows WHERE start_char < 0 OR end_char <= start_char").rowcount
    if gone:
        mended.done.append(f"dropped: {gone} former ids that stood on no words")


def _drop_orphans_of(connection: sqlite3.Connection, table: str, mended: Mended) -> int:
    """Drop the rows of one table that point to nothing, foreign key by foreign key."""
    keys: dict[int, list[tuple[str, str, str]]] = {}
    for row in connection.execute('SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(?)', (table,)):
        keys.setdefault(row[0], []).append((row[1], row[2], row[3]))
    dropped = 0
    for columns in keys.values():
        parent = columns[0][0]
        there = " AND ".join(f'p."{to}" = "{table}"."{own}"' for _, own, to in columns)
        known = " AND ".join(f'"{own}" IS NOT NULL' for _, own, _ in columns)
        gone = connection.execute(
            f'DELETE FROM "{table}" WHERE {known} AND NOT EXISTS (SELECT 1 FROM "{parent}" AS p WHERE {there})'
        ).rowcount
        if gone:
            mended.done.append(f"dropped: {gone} rows of {table} that pointed to nothing in {parent}")
        dropped += gone
    return dropped


def _take_out_reports(connection: sqlite3.Connection, places: Sequence[str], mended: Mended) -> None:
    """Take out reports whose rows are damaged, and all that rests on them; an entry that is meant is taken out."""
    for where in places:
        row = connection.execute("SELECT id, uri, status FROM sources WHERE id = ?", (where,)).fetchone()
        if row is None:
            _take_out_entry(connection, where, mended)
            connection.execute("DELETE FROM evidence WHERE row_id = ? OR source_id = ?", (where, where))
            continue
        entries = connection.execute(
            "SELECT DISTINCT event_id FROM event_links JOIN event_mentions ON event_mentions.id = mention_id "
            "WHERE source_id = ? UNION SELECT row_id FROM evidence WHERE source_id = ? AND row_kind = 'event'",
            (where, where),
        ).fetchall()
        for (entry,) in entries:
            _take_out_entry(connection, entry, mended, said=False)
        connection.execute("UPDATE sources SET reconciled = 0 WHERE copy_of = ?", (where,))
        connection.execute("DELETE FROM sources WHERE id = ?", (where,))
        mended.read_again.append(row["uri"])
        mended.done.append(f"taken out, to be read again: {where} ({row['uri']})")
    # The triggers took the words out of the search that the rows had, which may not be those they were found by.
    _search_anew(connection, ["sentences_search", "statements_search"], Mended())


def _take_out_entry(connection: sqlite3.Connection, entry: str, mended: Mended, *, said: bool = True) -> None:
    """Take out an entry; the reports that tell it are brought together again by the next reading."""
    _mark_new(connection, entry)
    connection.execute("DELETE FROM evidence WHERE row_kind = 'event' AND row_id = ?", (entry,))
    gone = connection.execute("DELETE FROM events WHERE id = ?", (entry,)).rowcount
    if gone and said:
        mended.done.append(f"entry {entry} is taken out, and made anew by the next reading")


def _mark_new(connection: sqlite3.Connection, where: str) -> None:
    """Mark a report, or all that tell an entry, as to be brought together with the rest."""
    connection.execute(
        "UPDATE sources SET reconciled = 0 WHERE status = 'read' AND (id = :where OR id IN (SELECT source_id "
        "FROM event_links JOIN event_mentions ON event_mentions.id = mention_id WHERE event_id = :where))",
        {"where": where},
    )
