"""Entries of the timeline: events merged over reports. How they are merged is decided elsewhere; here they are kept.

Looking up what a new report may add to costs what it finds, not the size of the record: every entry stands in
buckets of (days, party). An interval of up to a week stands under each of its days, a longer one under each of its
months, one of over two years or with an open end under ``long``, one without any date under ``undated``.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from summitry.errors import EvidenceError, UsageError
from summitry.record import codec
from summitry.record.loading import load_events
from summitry.record.writing import insert
from summitry.vocabulary import DateInterval, Event

Entry = tuple[Event, tuple[str, ...]]
"""A merged event, and the ids of the article-level events it merges."""

_MOST_DAYS: Final = 7
_MOST_MONTHS: Final = 24
_NOBODY: Final = "-"


def buckets_of(when: DateInterval) -> tuple[str, ...]:
    """The buckets an interval stands in: days (``2019-03-15``), months (``2019-03``), ``long`` or ``undated``."""
    if when.start is None and when.end is None:
        return ("undated",)
    if when.start is None or when.end is None:
        return ("long",)
    if (when.end - when.start).days < _MOST_DAYS:
        return _days(when.start, when.end)
    months = _months(when.start, when.end)
    return months if len(months) <= _MOST_MONTHS else ("long",)


def _days(start: date, end: date) -> tuple[str, ...]:
    return tuple((start + timedelta(n)).isoformat() for n in range((end - start).days + 1))


def _months(start: date, end: date) -> tuple[str, ...]:
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    return tuple(f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(first, last + 1))


def parties_of(event: Event) -> frozenset[str]:
    """The states and organisations an event is looked up by; ``-`` where it names none."""
    everybody = (*event.actors, *event.recipients)
    return frozenset(party for actor in everybody if (party := actor.state or actor.code)) or frozenset({_NOBODY})


def candidates(
    connection: sqlite3.Connection,
    start: date | None,
    end: date | None,
    parties: Iterable[str],
    *,
    undated: bool = False,
) -> list[Entry]:
    """Entries that may lie in ``[start, end]`` (None: open) and have one of the parties, by id.

    ``undated`` adds those without any date.
    """
    low, high = start or date.min, end or date.max
    places = ["long"]
    if (high - low).days <= _MOST_MONTHS * 31:
        places += [*_days(low, high), *_months(low, high)]
        where = "bucket IN (SELECT value FROM json_each(:places))"
    else:
        where = "bucket <> 'undated'"
    if undated:
        places.append("undated")
        where = f"({where} OR bucket = 'undated')"
    rows = connection.execute(
        f"SELECT DISTINCT event_id FROM event_buckets WHERE {where} "
        "AND party IN (SELECT value FROM json_each(:parties)) ORDER BY event_id",
        {"places": json.dumps(places), "parties": json.dumps(sorted({*parties} or {_NOBODY}))},
    )
    found = load_entries(connection, [row[0] for row in rows])
    return [
        entry for entry in found if (entry[0].date.start or date.min) <= high and low <= (entry[0].date.end or date.max)
    ]


def load_entries(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Entry]:
    """Entries with the ids of what they merge, in the order of the ids."""
    members: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(
        "SELECT event_id, mention_id FROM event_links WHERE event_id IN (SELECT value FROM json_each(?)) "
        "ORDER BY event_id, mention_id",
        (json.dumps(ids),),
    ):
        members[row[0]].append(row[1])
    return [(event, tuple(members[event.id])) for event in load_events(connection, "events", ids)]


def replace_entries(connection: sqlite3.Connection, entries: Iterable[Entry], removed: Iterable[str]) -> None:
    """Take out the entries ``removed``, then write or update ``entries``: only what differs is written.

    Raises:
        EvidenceError: evidence that is no evidence of a stored report.
        UsageError: an entry without members, or a member that is not in the record.
    """
    for one in removed:
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
        there = row["text"][one.start : one.end] if row and row["text"] else None
        if there != one.exact or not one.exact:
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
    _put_set(connection, "event_parties", event.id, codec.party_columns(event))
    buckets = [
        {"event_id": event.id, "bucket": bucket, "party": party}
        for bucket in buckets_of(event.date)
        for party in sorted(parties_of(event))
    ]
    _put_set(connection, "event_buckets", event.id, buckets)


def _put_set(connection: sqlite3.Connection, table: str, event_id: str, rows: list[codec.Columns]) -> None:
    """Make a table's rows of one event the given ones."""
    names = list(rows[0]) if rows else ["event_id"]
    old = {
        tuple(row)
        for row in connection.execute(f"SELECT {', '.join(names)} FROM {table} WHERE event_id = ?", (event_id,))
    }
    if old != {tuple(row.values()) for row in rows}:
        connection.execute(f"DELETE FROM {table} WHERE event_id = ?", (event_id,))
        insert(connection, table, rows)


def _put_evidence(connection: sqlite3.Connection, event: Event) -> None:
    """Add the passages that are new, take out those that are gone. Passages keep the order they came in."""
    old = {
        (row["source_id"], row["start_char"], row["end_char"], row["attribution_chain"]): row["position"]
        for row in connection.execute("SELECT * FROM evidence WHERE row_kind = 'event' AND row_id = ?", (event.id,))
    }
    rows = {(one.source, one.start, one.end, codec.to_json(list(one.attribution_chain))): one for one in event.evidence}
    connection.executemany(
        "DELETE FROM evidence WHERE row_kind = 'event' AND row_id = ? AND position = ?",
        [(event.id, position) for key, position in old.items() if key not in rows],
    )
    position = max(old.values(), default=-1)
    fresh = [one for key, one in rows.items() if key not in old]
    insert(
        connection,
        "evidence",
        [codec.evidence_columns("event", event.id, position + n, one) for n, one in enumerate(fresh, 1)],
    )


def _put_members(connection: sqlite3.Connection, event_id: str, members: Sequence[str]) -> None:
    """Link an entry to the article-level events it merges; a member leaves the entry it was in."""
    if not members:
        raise UsageError(f"entry {event_id} merges no event; allowed: entries of at least one")
    old = {row[0] for row in connection.execute("SELECT mention_id FROM event_links WHERE event_id = ?", (event_id,))}
    connection.executemany(
        "DELETE FROM event_links WHERE mention_id = ?", [(one,) for one in sorted(old - set(members))]
    )
    fresh = sorted(set(members) - old)
    missing = [
        one for one in fresh if not connection.execute("SELECT 1 FROM event_mentions WHERE id = ?", (one,)).fetchone()
    ]
    if missing:
        raise UsageError(f"entry {event_id} merges {missing[0]}, which is no event of a report in this record")
    connection.executemany(
        "INSERT INTO event_links (mention_id, event_id) VALUES (?, ?) "
        "ON CONFLICT (mention_id) DO UPDATE SET event_id = excluded.event_id",
        [(one, event_id) for one in fresh],
    )
