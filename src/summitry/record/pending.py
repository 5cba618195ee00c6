"""What reconciling has yet to do: reports not yet brought together with the rest, and anchors for undated ones."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date, timedelta

from summitry.record.writing import insert
from summitry.vocabulary import UNKNOWN_DATE, DateInterval, KnownEvent


def unreconciled(connection: sqlite3.Connection) -> list[str]:
    """Ids of the reports read since the last reconciling, in that order."""
    rows = connection.execute("SELECT id FROM sources WHERE reconciled = 0 AND status = 'read' ORDER BY number")
    return [row[0] for row in rows]


def mark_reconciled(connection: sqlite3.Connection, source_ids: Iterable[str]) -> None:
    """Say that reports have been brought together with the rest."""
    connection.execute(
        "UPDATE sources SET reconciled = 1 WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(set(source_ids))),),
    )


def set_anchors(
    connection: sqlite3.Connection, source_id: str, anchors: Iterable[tuple[KnownEvent, Iterable[int]]]
) -> None:
    """Keep what a dated report dates for others, in place of what was kept of it; each with the keys it is found by."""
    anchors = list(anchors)
    connection.execute("DELETE FROM anchors WHERE source_id = ?", (source_id,))
    insert(
        connection,
        "anchors",
        [
            {
                "id": anchor.id,
                "source_id": source_id,
                "name": anchor.name,
                "start": anchor.start.isoformat(),
                "end": anchor.end.isoformat(),
                "actors": json.dumps(anchor.actors),
                "words": json.dumps(anchor.words),
                "type": anchor.type,
                "place": anchor.place,
            }
            for anchor, _ in anchors
        ],
    )
    rows = [{"hash": key, "anchor_id": anchor.id} for anchor, keys in anchors for key in sorted(set(keys))]
    insert(connection, "anchor_keys", rows)


def set_told(connection: sqlite3.Connection, source_id: str, keys: Iterable[int]) -> None:
    """Keep the keys by which an undated report finds anchors, in place of those that were kept of it."""
    row = connection.execute(f"SELECT source_number FROM undated WHERE source_number = {_NUMBER}", (source_id,))
    for (number,) in row.fetchall():
        connection.execute("DELETE FROM told_keys WHERE source_number = ?", (number,))
        insert(connection, "told_keys", [{"hash": key, "source_number": number} for key in sorted(set(keys))])


_NUMBER = "(SELECT number FROM sources WHERE id = ?)"

TOLD = f"""SELECT anchors.id, source_id, name, start, "end", actors, words, type, place FROM anchors
    WHERE anchors.id IN (SELECT anchor_id FROM told_keys CROSS JOIN anchor_keys USING (hash)
        WHERE source_number = {_NUMBER})
    AND start >= ? AND start <= ? ORDER BY start, anchors.id"""
"""The anchors that share a key with a report and start between two days."""

TELLING = """SELECT DISTINCT sources.id FROM anchors
    CROSS JOIN anchor_keys ON anchor_id = anchors.id CROSS JOIN told_keys USING (hash)
    CROSS JOIN undated USING (source_number) CROSS JOIN sources ON sources.number = source_number
    WHERE source_id = ? AND (alone_start IS NULL OR alone_start <= date(start, ?))
    AND (alone_end IS NULL OR alone_end >= date(start, ?)) ORDER BY sources.id"""
"""The undated reports that share a key with an anchor of a report, in reach of it by the interval of their own."""


def anchors_told(
    connection: sqlite3.Connection, source_id: str, first: date | None, last: date | None
) -> list[KnownEvent]:
    """The anchors an undated report may tell of that start between two days, both included. By day and id."""
    days = ((first or date.min).isoformat(), (last or date.max).isoformat())
    return [
        KnownEvent(
            id=row["id"],
            name=row["name"],
            start=date.fromisoformat(row["start"]),
            end=date.fromisoformat(row["end"]),
            actors=tuple(json.loads(row["actors"])),
            words=tuple(tuple(phrase) for phrase in json.loads(row["words"])),
            type=row["type"],
            place=row["place"],
            source=row["source_id"],
        )
        for row in connection.execute(TOLD, (source_id, *days))
    ]


def undated_telling(connection: sqlite3.Connection, source_id: str, before: timedelta, after: timedelta) -> list[str]:
    """Ids of the undated reports that may tell of an anchor of ``source_id``, sorted.

    Reports whose own interval begins up to ``before`` after the anchor, and ends at most ``after`` before it.
    """
    reach = (f"+{before.days} days", f"-{after.days} days")
    return [row[0] for row in connection.execute(TELLING, (source_id, *reach))]


def keep_alone(connection: sqlite3.Connection, source_id: str, published: DateInterval) -> None:
    """Keep the interval that a report without a stated date has by itself; nothing for a dated one."""
    if published.inferred:
        start = published.start.isoformat() if published.start else None
        end = published.end.isoformat() if published.end else None
        connection.execute(
            f"INSERT OR REPLACE INTO undated (source_number, alone_start, alone_end) VALUES ({_NUMBER}, ?, ?)",
            (source_id, start, end),
        )


def alone(connection: sqlite3.Connection, source_id: str) -> DateInterval:
    """The interval that a report without a stated date has by itself; unknown for others."""
    query = f"SELECT alone_start, alone_end FROM undated WHERE source_number = {_NUMBER}"
    row = connection.execute(query, (source_id,)).fetchone()
    start, end = (date.fromisoformat(day) if day else None for day in (row or (None, None)))
    return DateInterval(start, end, "interval", "inferred: alone") if start or end else UNKNOWN_DATE


def is_unreconciled(connection: sqlite3.Connection, source_id: str) -> bool:
    """Whether a report has yet to be brought together with the rest."""
    query = "SELECT 1 FROM sources INDEXED BY sources_to_reconcile WHERE number = " + _NUMBER
    query += " AND status = 'read' AND reconciled = 0"
    return connection.execute(query, (source_id,)).fetchone() is not None
