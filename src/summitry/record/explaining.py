"""One row with the words around it: for ``explain`` and for every page that opens a row."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from summitry.errors import UsageError
from summitry.record import codec
from summitry.record.loading import (
    load_citations,
    load_events,
    load_moves,
    load_positions,
    load_sources,
    load_statements,
)
from summitry.record.rows import Citation, Explanation, Passage
from summitry.vocabulary import Event, Evidence

_TABLES = ("sources", "statements", "events", "event_mentions", "moves", "positions")
_SHORTEST = 6
"""Characters of an id that may stand for all of it: below, slips of the hand would find something."""


def explain_row(connection: sqlite3.Connection, wanted: str) -> Explanation:
    """The row with an id, or with the only id that starts so.

    Raises:
        UsageError: no row, or several rows, have that id.
    """
    table, row_id = _find(connection, wanted.strip())
    if table == "sources":
        source = load_sources(connection, [row_id])[0]
        return Explanation("source", source, passages_of(connection, source.evidence))
    if table == "statements":
        statement = load_statements(connection, [row_id])[0]
        return Explanation("statement", statement, passages_of(connection, statement.evidence))
    if table == "moves":
        move = load_moves(connection, [row_id])[0]
        return Explanation("move", move, passages_of(connection, move.evidence))
    if table == "positions":
        stand = load_positions(connection, [row_id])[0]
        return Explanation("position", stand, passages_of(connection, stand.evidence))
    event = load_events(connection, "events" if table == "events" else "event_mentions", [row_id])[0]
    passages = passages_of(connection, event.evidence)
    return Explanation("event", event, passages, _members(connection, event.id) if table == "events" else ())


def _find(connection: sqlite3.Connection, wanted: str) -> tuple[str, str]:
    for table in _TABLES:
        if connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (wanted,)).fetchone():
            return table, wanted
    found: dict[str, str] = {}
    if len(wanted) >= _SHORTEST:
        for table in _TABLES:
            rows = connection.execute(
                f"SELECT id FROM {table} WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT 3", (wanted,)
            )
            # An entry may have the id of one of the events it merges: then the entry is meant.
            found = {row[0]: table for row in rows} | found
    if len(found) == 1:
        row_id, table = found.popitem()
        return table, row_id
    if found:
        raise UsageError(f"id {wanted!r} stands for several rows ({', '.join(sorted(found)[:3])}); give more of it")
    raise UsageError(
        f"no row has the id {wanted!r}; allowed: an id shown by sources, statements, timeline, meetings, moves or "
        f"positions, or its first {_SHORTEST} characters or more"
    )


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
