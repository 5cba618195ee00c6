"""What reconciling has yet to do: reports not yet brought together with the rest, and anchors for undated ones."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date

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


def set_anchors(connection: sqlite3.Connection, source_id: str, anchors: Iterable[KnownEvent]) -> None:
    """Keep what a dated report dates for others, in place of what was kept of it."""
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
            for anchor in anchors
        ],
    )


def anchors_between(connection: sqlite3.Connection, first: date | None, last: date | None) -> list[KnownEvent]:
    """The anchors that start between two days, both included; None leaves that side open. By day and id."""
    rows = connection.execute(
        'SELECT id, source_id, name, start, "end", actors, words, type, place FROM anchors '
        "WHERE start >= ? AND start <= ? ORDER BY start, id",
        ((first or date.min).isoformat(), (last or date.max).isoformat()),
    )
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
        for row in rows
    ]


def undated_meeting(connection: sqlite3.Connection, first: date, last: date) -> list[str]:
    """Ids of the reports without a stated date whose own interval meets two days, open ends included; by id."""
    rows = connection.execute(
        "SELECT id FROM sources INDEXED BY sources_undated WHERE undated = 1 "
        "AND (alone_start IS NULL OR alone_start <= ?) AND (alone_end IS NULL OR alone_end >= ?) ORDER BY id",
        (last.isoformat(), first.isoformat()),
    )
    return [row[0] for row in rows]


def keep_alone(connection: sqlite3.Connection, source_id: str, published: DateInterval) -> None:
    """Keep the interval that a report without a stated date has by itself; nothing for a dated one."""
    start = published.start.isoformat() if published.start else None
    end = published.end.isoformat() if published.end else None
    values = (int(published.inferred), start, end) if published.inferred else (0, None, None)
    connection.execute(
        "UPDATE sources SET undated = ?, alone_start = ?, alone_end = ? WHERE id = ?", (*values, source_id)
    )


def alone(connection: sqlite3.Connection, source_id: str) -> DateInterval:
    """The interval that a report without a stated date has by itself; unknown for others."""
    row = connection.execute("SELECT alone_start, alone_end FROM sources WHERE id = ?", (source_id,)).fetchone()
    start, end = (date.fromisoformat(day) if day else None for day in (row or (None, None)))
    return DateInterval(start, end, "interval", "inferred: alone") if start or end else UNKNOWN_DATE


def is_unreconciled(connection: sqlite3.Connection, source_id: str) -> bool:
    """Whether a report has yet to be brought together with the rest."""
    query = "SELECT 1 FROM sources WHERE id = ? AND status = 'read' AND reconciled = 0"
    return connection.execute(query, (source_id,)).fetchone() is not None
