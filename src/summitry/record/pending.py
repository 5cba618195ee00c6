"""What reconciling has yet to do: reports not yet brought together with the rest, and anchors for undated ones."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
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


Marks = tuple[frozenset[int], frozenset[int]]
"""Of a sentence of an undated report: the marks (24 bits) of its names, and those of its content words."""

_BITS = 24

_MANY = 64
"""Anchors with one name and word from which it does not matter how many there are."""

_LINES = 1 << 20
"""Sentences of a report have the numbers from ``_LINES`` times its own on."""


def key_of(name: int, word: int) -> int:
    """The key of an anchor for the marks of a name and of a content word."""
    return name << _BITS | word


def set_anchors(
    connection: sqlite3.Connection, source_id: str, anchors: Iterable[tuple[KnownEvent, Iterable[int]]]
) -> None:
    """Keep what a dated report dates for others, in place of what was kept of it; each with the keys (:func:`key_of`)
    that it is found by."""
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
    connection.executemany(
        "INSERT INTO anchor_keys (key, anchor_id) VALUES (?, ?)",
        [(key, anchor.id) for anchor, keys in anchors for key in sorted(set(keys))],
    )


def set_told(connection: sqlite3.Connection, source_id: str, told: Iterable[Marks]) -> None:
    """Keep the marks of the sentences of an undated report, in place of those that were kept of it."""
    row = connection.execute(f"SELECT source_number FROM undated WHERE source_number = {_NUMBER}", (source_id,))
    for (number,) in row.fetchall():
        connection.execute("DELETE FROM told_search WHERE rowid BETWEEN ? AND ?", _lines(number))
        connection.executemany(
            "INSERT INTO told_search (rowid, marks) VALUES (?, ?)",
            [(number * _LINES + line, _written(*marks)) for line, marks in enumerate(told)],
        )


def _lines(number: int) -> tuple[int, int]:
    return number * _LINES, number * _LINES + _LINES - 1


def _written(names: frozenset[int], words: frozenset[int]) -> str:
    """Marks as words of a search index: ``n0a1b2c w3d4e5f``."""
    return " ".join([*(f"n{one:06x}" for one in sorted(names)), *(f"w{one:06x}" for one in sorted(words))])


def _read(written: str) -> Marks:
    marks = written.split()
    return (
        frozenset(int(one[1:], 16) for one in marks if one[0] == "n"),
        frozenset(int(one[1:], 16) for one in marks if one[0] == "w"),
    )


_NUMBER = "(SELECT number FROM sources WHERE id = ?)"

NAMED = f"""SELECT value FROM json_each(?)
    WHERE EXISTS (SELECT 1 FROM anchor_keys WHERE key BETWEEN value << {_BITS} AND (value + 1 << {_BITS}) - 1)"""
"""The names that some anchor has."""

HELD = f"""SELECT value, (SELECT count(*) FROM (SELECT 1 FROM anchor_keys WHERE key = value LIMIT {_MANY})) AS held
    FROM json_each(?) WHERE held > 0"""
"""How many anchors have each key, those of none left out."""

KEYED = """SELECT anchor_id, key FROM anchor_keys WHERE anchor_id IN
    (SELECT anchor_id FROM anchor_keys WHERE key IN (SELECT value FROM json_each(?)))"""
"""All keys of the anchors that have one of some keys."""

TOLD = """SELECT id, source_id, name, start, "end", actors, words, type, place FROM anchors
    WHERE id IN (SELECT value FROM json_each(?)) AND start >= ? AND start <= ? ORDER BY start, id"""
"""Some anchors that start between two days."""

ANCHORED = """SELECT anchors.id, start, key FROM anchors
    CROSS JOIN anchor_keys ON anchor_id = anchors.id WHERE source_id = ? ORDER BY anchors.id, key"""
"""The keys of the anchors of a report."""

TELLING = f"""SELECT DISTINCT sources.id FROM told_search
    CROSS JOIN undated ON source_number = told_search.rowid / {_LINES}
    CROSS JOIN sources ON sources.number = source_number
    WHERE told_search MATCH ? AND (alone_start IS NULL OR alone_start <= date(?, ?))
    AND (alone_end IS NULL OR alone_end >= date(?, ?))"""
"""The undated reports in reach of a day by the interval of their own, of which a sentence holds some marks."""


def _found(connection: sqlite3.Connection, source_id: str) -> list[str]:
    """Ids of the anchors of which a name and two words stand in one sentence of an undated report."""
    query = f"SELECT source_number FROM undated WHERE source_number = {_NUMBER}"
    row = connection.execute(query, (source_id,)).fetchone()
    if row is None:
        return []
    lines = connection.execute("SELECT marks FROM told_search WHERE rowid BETWEEN ? AND ?", _lines(row[0]))
    told = [_read(line[0]) for line in lines]
    named = {
        one[0] for one in connection.execute(NAMED, (json.dumps(sorted({n for names, _ in told for n in names})),))
    }
    near = [{key_of(name, word) for word in words} for names, words in told for name in names & named]
    held = dict(connection.execute(HELD, (json.dumps(sorted({key for keys in near for key in keys})),)).fetchall())
    asked: set[int] = set()
    for keys in near:
        # Two must be there, so one of them is another than that which most anchors have.
        asked.update(sorted(keys & held.keys(), key=lambda key: (held[key], key))[:-1])
    found: dict[str, set[int]] = defaultdict(set)
    for anchor_id, key in connection.execute(KEYED, (json.dumps(sorted(asked)),)):
        found[anchor_id].add(key)
    return sorted(one for one, own in found.items() if any(len(keys & own) > 1 for keys in near))


def _both(name: int, words: Sequence[int]) -> str:
    """A search for a name and any two of some words in one sentence."""
    marks = [f"w{one:06x}" for one in words]
    pairs = [f"({one} AND ({' OR '.join(marks[at:])}))" for at, one in enumerate(marks[:-1], 1)]
    return f"n{name:06x} AND ({' OR '.join(pairs)})"


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
        for row in connection.execute(TOLD, (json.dumps(_found(connection, source_id)), *days))
    ]


def undated_telling(connection: sqlite3.Connection, source_id: str, before: timedelta, after: timedelta) -> list[str]:
    """Ids of the undated reports that may tell of an anchor of ``source_id``, sorted.

    Reports whose own interval begins up to ``before`` after the anchor, and ends at most ``after`` before it.
    """
    anchors: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for anchor_id, start, key in connection.execute(ANCHORED, (source_id,)):
        anchors[anchor_id, start, key >> _BITS].append(key & ((1 << _BITS) - 1))
    found: set[str] = set()
    for (_, start, name), words in anchors.items():
        if len(words) > 1:
            reach = (start, f"+{before.days} days", start, f"-{after.days} days")
            found.update(row[0] for row in connection.execute(TELLING, (_both(name, words), *reach)))
    return sorted(found)


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
