"""One row with the words around it: for ``explain`` and for every page that opens a row."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from summitry.errors import UsageError
from summitry.record import codec
from summitry.record.loading import (
    load_citations,
    load_commitments,
    load_discrepancies,
    load_events,
    load_moves,
    load_positions,
    load_predictions,
    load_sources,
    load_statements,
)
from summitry.record.rows import SHORTEST_ID, Citation, Explanation, Passage, RowKind
from summitry.vocabulary import Commitment, Discrepancy, Event, Evidence, Move, Position, Prediction, Row

AnyRow = TypeVar("AnyRow", bound=Row)

_TABLES = (
    "sources",
    "statements",
    "events",
    "event_mentions",
    "moves",
    "positions",
    "commitments",
    "predictions",
    "discrepancies",
)
_LOAD: Final[Mapping[str, tuple[RowKind, Callable[[sqlite3.Connection, Sequence[str]], Sequence[Row]]]]] = {
    "statements": ("statement", load_statements),
    "events": ("event", lambda connection, ids: load_events(connection, "events", ids)),
    "event_mentions": ("event", lambda connection, ids: load_events(connection, "event_mentions", ids)),
    "moves": ("move", load_moves),
    "positions": ("position", load_positions),
    "commitments": ("commitment", load_commitments),
    "predictions": ("prediction", load_predictions),
    "discrepancies": ("discrepancy", load_discrepancies),
}


def explain_row(connection: sqlite3.Connection, wanted: str) -> Explanation | None:
    """The row with an id, or with the only id that starts so, as reports tell it; None where no report tells one.

    Raises:
        UsageError: several rows have that id.
    """
    place = _find(connection, wanted.strip())
    if place is None:
        return None
    table, row_id = place
    if table == "sources":
        source = load_sources(connection, [row_id])[0]
        return Explanation("source", source, passages_of(connection, source.evidence))
    kind, load = _LOAD[table]
    row = load(connection, [row_id])[0]
    members = _members(connection, row.id) if table == "events" else ()
    return Explanation(kind, row, passages_of(connection, row.evidence), members)


def one_of(rows: Iterable[AnyRow], wanted: str) -> AnyRow:
    """The row of an id, or of the only id that starts so, among rows that were worked out.

    Raises:
        UsageError: no row, or several, have that id.
    """
    wanted = wanted.strip()
    found = {row.id: row for row in rows if row.id == wanted or _may_stand_for(wanted, row.id)}
    if wanted in found:
        return found[wanted]
    if len(found) == 1:
        return found.popitem()[1]
    if found:
        raise _several(wanted, found)
    raise UsageError(
        f"no row has the id {wanted!r}; allowed: an id that a command of this record shows, or its first {SHORTEST_ID} "
        "characters or more"
    )


def rows_of(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Row]:
    """Rows of any kind that reports tell, by id; ids of no such row are left out."""
    wanted = sorted(set(ids))
    found: dict[str, Row] = {}
    for table, (_, load) in _LOAD.items():
        query = f"SELECT id FROM {table} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
        there = [row[0] for row in connection.execute(query, (json.dumps(wanted),)) if row[0] not in found]
        found |= {row.id: row for row in load(connection, there)}
    return found


def named_by(row: Row) -> list[tuple[str, str]]:
    """The rows that a row names by id, in its order: how each bears on it, and its id."""
    match row:
        case Position():
            named = [("the position before", row.previous)]
        case Move():
            named = [("it answers", row.responds_to)]
        case Prediction():
            named = [("resolved by", one) for one in row.resolved_by]
        case Commitment():
            named = [("by", one) for one in row.events]
        case Discrepancy():
            named = [("one side", row.a), ("the other side", row.b)]
        case _:
            named = []
    return [(how, one) for how, one in named if one]


def _may_stand_for(wanted: str, row_id: str) -> bool:
    return len(wanted) >= SHORTEST_ID and row_id.startswith(wanted)


def _find(connection: sqlite3.Connection, wanted: str) -> tuple[str, str] | None:
    for table in _TABLES:
        if connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (wanted,)).fetchone():
            return table, wanted
    found: dict[str, str] = {}
    if len(wanted) >= SHORTEST_ID:
        for table in _TABLES:
            rows = connection.execute(
                f"SELECT id FROM {table} WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT 3", (wanted,)
            )
            # An entry may have the id of one of the events it merges: then the entry is meant.
            found = {row[0]: table for row in rows} | found
    if len(found) > 1:
        raise _several(wanted, found)
    return next(((table, row_id) for row_id, table in found.items()), None)


def _several(wanted: str, found: Iterable[str]) -> UsageError:
    return UsageError(f"id {wanted!r} stands for several rows ({', '.join(sorted(found)[:3])}); give more of it")


def _members(connection: sqlite3.Connection, event_id: str) -> tuple[tuple[Citation, Event], ...]:
    rows = connection.execute(
        "SELECT event_mentions.id FROM event_links JOIN event_mentions ON event_mentions.id = mention_id "
        "JOIN sources ON sources.id = event_mentions.source_id WHERE event_id = ? "
        "ORDER BY COALESCE(published_start, published_end, '9999'), sources.number, event_mentions.position",
        (event_id,),
    )
    events = load_events(connection, "event_mentions", [row[0] for row in rows])
    cited = load_citations(connection, (event.evidence[0].source for event in events))
    return tuple((cited[event.evidence[0].source], event) for event in events)


def passages_of(connection: sqlite3.Connection, evidence: Sequence[Evidence]) -> tuple[Passage, ...]:
    """Each evidence with the sentence before and after it, as far as the paragraph goes."""
    cited = load_citations(connection, (one.source for one in evidence))
    return tuple(_passage(connection, one, cited[one.source]) for one in evidence)


def _passage(connection: sqlite3.Connection, evidence: Evidence, cited: Citation) -> Passage:
    start, end = _context(connection, evidence)
    text = connection.execute("SELECT text FROM sources WHERE id = ?", (evidence.source,)).fetchone()["text"]
    inside = "WHERE source_id = ? AND start_char >= ? AND end_char <= ? ORDER BY position"
    where = (evidence.source, start, end)
    return Passage(
        cited,
        evidence,
        start,
        text[start : evidence.start],
        text[evidence.end : end],
        tuple(codec.time_of(row) for row in connection.execute(f"SELECT * FROM times {inside}", where)),
        tuple(codec.mention_of(row) for row in connection.execute(f"SELECT * FROM mentions {inside}", where)),
    )


def _context(connection: sqlite3.Connection, evidence: Evidence) -> tuple[int, int]:
    """From the sentence before the evidence to the one after it, within its paragraphs."""
    own = (evidence.source, evidence.end, evidence.start)
    block = connection.execute(
        "SELECT min(start_char), max(end_char) FROM blocks WHERE source_id = ? AND start_char < ? AND end_char > ?", own
    ).fetchone()
    sentences = connection.execute(
        "SELECT min(position), max(position) FROM sentences WHERE source_id = ? AND start_char < ? AND end_char > ?",
        own,
    ).fetchone()
    if block[0] is None or sentences[0] is None:
        return evidence.start, evidence.end
    around = connection.execute(
        "SELECT min(start_char), max(end_char) FROM sentences WHERE source_id = ? AND position BETWEEN ? AND ? "
        "AND start_char >= ? AND end_char <= ?",
        (evidence.source, sentences[0] - 1, sentences[1] + 1, block[0], block[1]),
    ).fetchone()
    if around[0] is None:
        return evidence.start, evidence.end
    return min(around[0], evidence.start), max(around[1], evidence.end)
