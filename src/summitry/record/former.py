"""Ids of rows that are no more: an id that was quoted once opens the row that stands on the same words now.

When reports are read again, by a better reader or with another case, rows change and so do the ids that are made of
them. Where the words of a row stood is kept under its former id; the row of its kind whose words overlap them most is
the one that took its place.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from summitry.record.rows import SHORTEST_ID
from summitry.vocabulary import Evidence, Row

_TOLD: Final = frozenset({"statement", "event", "event mention", "move", "position", "commitment", "prediction"})
"""Kinds of rows whose evidence is stored."""


@dataclass(frozen=True, slots=True)
class Former:
    """A row that was: its id, its kind, and where its (first) words stood: offsets in code points, half-open."""

    id: str
    kind: str
    source: str
    start: int
    end: int


def keep_erased(connection: sqlite3.Connection, source_id: str) -> None:
    """Before the rows read in a source are taken out: keep where their words stood."""
    connection.execute(
        "INSERT OR REPLACE INTO former_rows (id, kind, source_id, start_char, end_char) "
        "SELECT row_id, row_kind, source_id, start_char, end_char FROM evidence "
        "WHERE source_id = ? AND position = 0 AND row_kind <> 'event'",
        (source_id,),
    )


def keep_entry(connection: sqlite3.Connection, entry_id: str) -> None:
    """Before an entry of the timeline is taken out: keep where its words stood."""
    connection.execute(
        "INSERT OR REPLACE INTO former_rows (id, kind, source_id, start_char, end_char) "
        "SELECT row_id, row_kind, source_id, start_char, end_char FROM evidence "
        "WHERE row_kind = 'event' AND row_id = ? ORDER BY position LIMIT 1",
        (entry_id,),
    )


def keep_rows(connection: sqlite3.Connection, kind: str, rows: Iterable[Row]) -> None:
    """Keep where the words of rows stand that were worked out, and that another reading may work out otherwise."""
    connection.executemany(
        "INSERT OR REPLACE INTO former_rows (id, kind, source_id, start_char, end_char) VALUES (?, ?, ?, ?, ?)",
        [(row.id, kind, first.source, first.start, first.end) for row in rows for first in row.evidence[:1]],
    )


def drop_standing(connection: sqlite3.Connection, source_id: str) -> None:
    """Forget the former ids of a source that its rows have again."""
    connection.execute(
        "DELETE FROM former_rows WHERE source_id = :source AND id IN "
        "(SELECT row_id FROM evidence WHERE source_id = :source AND position = 0)",
        {"source": source_id},
    )


def drop_rows(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Forget former ids that rows have again."""
    connection.executemany("DELETE FROM former_rows WHERE id = ?", [(one,) for one in ids])


def find(connection: sqlite3.Connection, wanted: str) -> Former | None:
    """The row that was, by its id or the only one that starts so."""
    rows = connection.execute("SELECT * FROM former_rows WHERE id = ?", (wanted,)).fetchall()
    if not rows and len(wanted) >= SHORTEST_ID:
        rows = connection.execute(
            "SELECT * FROM former_rows WHERE id >= :low AND id < :high LIMIT 2",
            {"low": wanted, "high": wanted + "\U0010ffff"},
        ).fetchall()
    if len(rows) != 1:
        return None
    row = rows[0]
    return Former(row["id"], row["kind"], row["source_id"], row["start_char"], row["end_char"])


def successor(connection: sqlite3.Connection, former: Former) -> str | None:
    """The id of the row that reports tell now where a former one stood; None where there is none of its kind."""
    if former.kind not in _TOLD:
        return None
    kinds = ("event", "event mention") if former.kind.startswith("event") else (former.kind,)
    rows = connection.execute(
        f"SELECT row_id, row_kind, start_char, end_char FROM evidence WHERE source_id = ? AND start_char < ? "
        f"AND end_char > ? AND row_kind IN ({', '.join('?' * len(kinds))})",
        (former.source, former.end, former.start, *kinds),
    )
    # An entry before the tellings it merges: it is the row that pages show.
    near = [(-_shared(former, row[2], row[3]), row[1] != "event", row[2], row[0]) for row in rows]
    return min(near)[-1] if near else None


def nearest(former: Former, rows: Sequence[Row]) -> Row | None:
    """The one of ``rows`` (worked out, of the kind of ``former``) whose words overlap those of a former one most."""
    found = [
        (-_shared(former, one.start, one.end), row.id, row)
        for row in rows
        for one in row.evidence
        if _overlaps(former, one)
    ]
    return min(found, key=lambda each: each[:2])[2] if found else None


def _overlaps(former: Former, one: Evidence) -> bool:
    return one.source == former.source and one.start < former.end and one.end > former.start


def _shared(former: Former, start: int, end: int) -> float:
    """How much two spans have in common: intersection over union, 0 to 1 (Jaccard)."""
    both = min(end, former.end) - max(start, former.start)
    return max(both, 0) / (max(end, former.end) - min(start, former.start))
