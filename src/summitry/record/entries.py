"""Entries of the timeline: events merged over reports. How they are merged is decided elsewhere; here they are kept.

What a new report may add to is looked up by keys that merging gave to the events of earlier reports, so that it costs
what it finds, not the size of the record.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from summitry.errors import EvidenceError, UsageError
from summitry.record import codec, former, parts
from summitry.record.loading import load_events
from summitry.record.writing import insert
from summitry.vocabulary import UNKNOWN_DATE, DateInterval, Event

Entry = tuple[Event, tuple[str, ...]]
"""A merged event, and the ids of the article-level events it merges."""

Telling = tuple[Event, DateInterval]
"""An article-level event, and when its report was published."""


def add_keys(connection: sqlite3.Connection, keys: Mapping[str, Iterable[str]]) -> None:
    """Give article-level events the keys they are looked up by, in place of those they had.

    Raises:
        UsageError: an event that is not in the record.
    """
    for mention_id, own in keys.items():
        if not connection.execute("SELECT 1 FROM event_mentions WHERE id = ?", (mention_id,)).fetchone():
            raise UsageError(f"{mention_id} is no event of a report in this record; add the report before its keys")
        connection.execute("DELETE FROM event_keys WHERE mention_id = ?", (mention_id,))
        insert(connection, "event_keys", [{"key": key, "mention_id": mention_id} for key in sorted(set(own))])


def tellings(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Telling]:
    """Article-level events with the date of their report, in the order of the ids."""
    if not ids:
        return []
    published = {
        row["id"]: parts.date_of(row, "published") or UNKNOWN_DATE
        for row in connection.execute(
            "SELECT m.id, s.published_start, s.published_end, s.published_precision, s.published_basis "
            "FROM event_mentions AS m JOIN sources AS s ON s.id = m.source_id "
            "WHERE m.id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids),),
        )
    }
    return [(event, published[event.id]) for event in load_events(connection, "event_mentions", ids)]


def ids_with_keys(connection: sqlite3.Connection, keys: Iterable[str]) -> list[str]:
    """Ids of the article-level events that have one of the keys, sorted."""
    rows = connection.execute(
        "SELECT DISTINCT mention_id FROM event_keys WHERE key IN (SELECT value FROM json_each(?)) ORDER BY mention_id",
        (json.dumps(sorted(set(keys))),),
    )
    return [row[0] for row in rows]


def with_keys(connection: sqlite3.Connection, keys: Iterable[str]) -> list[Telling]:
    """Article-level events that have one of the keys, by id."""
    return tellings(connection, ids_with_keys(connection, keys))


def load_entries(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Entry]:
    """Entries with the ids of what they merge, in the order of the ids."""
    members = members_of(connection, ids)
    return [(event, tuple(members[event.id])) for event in load_events(connection, "events", ids)]


def members_of(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, list[str]]:
    """Ids of the article-level events of entries, by entry, in the order they were given."""
    members: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(
        "SELECT event_id, mention_id FROM event_links WHERE event_id IN (SELECT value FROM json_each(?)) "
        "ORDER BY event_id, position",
        (json.dumps(sorted(set(ids))),),
    ):
        members[row[0]].append(row[1])
    return members


def entries_of(connection: sqlite3.Connection, mention_ids: Iterable[str]) -> dict[str, str]:
    """The entry each article-level event is in; events of none are left out."""
    rows = connection.execute(
        "SELECT mention_id, event_id FROM event_links WHERE mention_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(set(mention_ids))),),
    )
    return {row[0]: row[1] for row in rows}


def replace_entries(connection: sqlite3.Connection, entries: Iterable[Entry], removed: Iterable[str]) -> None:
    """Take out the entries ``removed``, then write or update ``entries``: only what differs is written.

    Raises:
        EvidenceError: evidence that is no evidence of a stored report.
        UsageError: an entry without members, or a member that is not in the record.
    """
    for one in removed:
        former.keep_entry(connection, one)
        connection.execute("DELETE FROM evidence WHERE row_kind = 'event' AND row_id = ?", (one,))
        connection.execute("DELETE FROM events WHERE id = ?", (one,))
    for event, members in entries:
        _check_evidence(connection, event)
        _put_event(connection, event)
        _put_evidence(connection, event)
        _put_members(connection, event.id, members)


def _check_evidence(connection: sqlite3.Connection, event: Event) -> None:
    """Every passage of an entry is one that was checked when its report was stored."""
    query = (
        "SELECT 1 FROM evidence WHERE source_id = ? AND start_char = ? AND end_char = ? AND exact = ? "
        "AND row_kind <> 'event' LIMIT 1"
    )
    for one in event.evidence:
        if connection.execute(query, (one.source, one.start, one.end, one.exact)).fetchone():
            continue
        row = connection.execute("SELECT text FROM sources WHERE id = ?", (one.source,)).fetchone()
        there = row["text"][max(one.start, 0) : max(one.end, 0)] if row and row["text"] else None
        if there != one.exact or len(one.exact) != one.end - one.start or not one.exact:
            raise EvidenceError(
                f"evidence [{one.start}, {one.end}) of entry {event.id} reads {one.exact[:60]!r}, but {one.source} "
                + (f"has {there[:60]!r} there" if there is not None else "is no report of this record")
            )


def _put_event(connection: sqlite3.Connection, event: Event) -> None:
    columns = codec.event_columns(event)
    old = connection.execute("SELECT * FROM events WHERE id = ?", (event.id,)).fetchone()
    if old is None:
        insert(connection, "events", [columns])
    else:
        changed = {name: value for name, value in columns.items() if old[name] != value}
        if changed:
            settings = ", ".join(f"{name} = ?" for name in changed)
            connection.execute(f"UPDATE events SET {settings} WHERE id = ?", (*changed.values(), event.id))
    _put_list(connection, "event_parties", ("event_id", event.id), parts.party_columns(event))


_ORDER = {
    "event_parties": "CASE role WHEN 'actor' THEN 0 WHEN 'recipient' THEN 1 ELSE 2 END, position",
    "evidence": "position",
}


def _put_list(
    connection: sqlite3.Connection, table: str, owner: tuple[str, str], rows: list[parts.Columns], also: str = ""
) -> None:
    """Make the rows of a table that have the owner's id the given ones; add only, where they only got more."""
    column, row_id = owner
    old = connection.execute(f"SELECT * FROM {table} WHERE {column} = ?{also} ORDER BY {_ORDER[table]}", (row_id,))
    there = [dict(row) for row in old]
    if rows[: len(there)] != there:
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?{also}", (row_id,))
        there = []
    insert(connection, table, rows[len(there) :])


def _put_evidence(connection: sqlite3.Connection, event: Event) -> None:
    rows = [codec.evidence_columns("event", event.id, position, one) for position, one in enumerate(event.evidence)]
    _put_list(connection, "evidence", ("row_id", event.id), rows, " AND row_kind = 'event'")


def _put_members(connection: sqlite3.Connection, event_id: str, members: Sequence[str]) -> None:
    """Link an entry to the article-level events it merges; a member leaves the entry it was in."""
    if not members:
        raise UsageError(f"entry {event_id} merges no event; allowed: entries of at least one")
    old = members_of(connection, [event_id])[event_id]
    if old == list(members):
        return
    for one in sorted(set(members) - set(old)):
        if not connection.execute("SELECT 1 FROM event_mentions WHERE id = ?", (one,)).fetchone():
            raise UsageError(f"entry {event_id} merges {one}, which is no event of a report in this record")
    connection.executemany(
        "DELETE FROM event_links WHERE mention_id = ?", [(one,) for one in sorted(set(old) - set(members))]
    )
    connection.executemany(
        "INSERT INTO event_links (mention_id, event_id, position) VALUES (?, ?, ?) "
        "ON CONFLICT (mention_id) DO UPDATE SET event_id = excluded.event_id, position = excluded.position",
        [(one, event_id, position) for position, one in enumerate(members) if old[position : position + 1] != [one]],
    )
