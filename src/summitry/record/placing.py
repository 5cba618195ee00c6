"""Which row a review is of now: the one with its id, or else the one that a newer reading made of the same words."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from summitry.record.loading import (
    load_commitments,
    load_discrepancies,
    load_events,
    load_moves,
    load_positions,
    load_predictions,
    load_statements,
)
from summitry.review import Anchor, Kind, Review, in_force, plain_of
from summitry.review.match import Candidate, find_again
from summitry.vocabulary import Row

TABLES: Final[Mapping[Kind, tuple[str, str]]] = MappingProxyType(
    {
        "statement": ("statements", "statement"),
        "event": ("event_mentions", "event mention"),
        "move": ("moves", "move"),
        "position": ("positions", "position"),
        "commitment": ("commitments", "commitment"),
        "prediction": ("predictions", "prediction"),
        "discrepancy": ("discrepancies", "discrepancy"),
    }
)
"""The table that the rows of a kind are in as single reports tell them, and the kind of their evidence."""

LEDGERED: Final[tuple[Kind, ...]] = ("commitment", "prediction", "discrepancy")
"""Kinds of which the ledger works out rows that no report tells by itself."""


def load_rows(connection: sqlite3.Connection, kind: Kind, ids: Sequence[str]) -> list[Row]:
    """Rows of a kind as the reader wrote them, in the order of the ids; of events what single reports tell."""
    match kind:
        case "statement":
            return [*load_statements(connection, ids)]
        case "event":
            return [*load_events(connection, "event_mentions", ids)]
        case "move":
            return [*load_moves(connection, ids)]
        case "position":
            return [*load_positions(connection, ids)]
        case "commitment":
            return [*load_commitments(connection, ids)]
        case "prediction":
            return [*load_predictions(connection, ids)]
        case "discrepancy":
            return [*load_discrepancies(connection, ids)]
        case _:
            return []


def present(connection: sqlite3.Connection, kind: Kind, ids: Iterable[str]) -> set[str]:
    """Those of the ids that stand in the table of a kind."""
    if kind not in TABLES:
        return set()
    query = f"SELECT id FROM {TABLES[kind][0]} WHERE id IN (SELECT value FROM json_each(?))"
    return {row[0] for row in connection.execute(query, (json.dumps(sorted(set(ids))),))}


def on_words(connection: sqlite3.Connection, kind: Kind, source: str, start: int, end: int) -> list[str]:
    """Ids of the rows of a kind with evidence that overlaps a passage, sorted."""
    rows = connection.execute(
        "SELECT DISTINCT row_id FROM evidence WHERE source_id = ? AND start_char < ? AND end_char > ? "
        "AND row_kind = ? ORDER BY row_id",
        (source, end, start, TABLES[kind][1]),
    )
    return [row[0] for row in rows]


def stands_at(connection: sqlite3.Connection, anchor: Anchor) -> tuple[int, int] | None:
    """Where the words of an anchor stand in its report: at its offsets, or else where they stand alone; or nowhere.

    The text of a report is the same in every record, unless different versions have cleaned its bytes.
    """
    row = connection.execute(
        "SELECT text, substr(text, ?, ?) = ? AS there FROM sources WHERE id = ? AND status = 'read'",
        (anchor.start + 1, anchor.end - anchor.start, anchor.exact, anchor.source),
    ).fetchone()
    if row is None or not anchor.exact:
        return None
    if row["there"]:
        return anchor.start, anchor.end
    at = row["text"].find(anchor.exact)
    alone = at >= 0 and row["text"].find(anchor.exact, at + 1) < 0
    return (at, at + len(anchor.exact)) if alone else None


def place(
    connection: sqlite3.Connection, kind: Kind, reviews: Collection[Review], derived: Iterable[Row] = ()
) -> dict[tuple[str, int], str]:
    """The id that each reviewed row has now, by review and place in it; rows that are gone are left out.

    ``derived`` are rows of the kind that no table holds: the ledger worked them out. Additions are rows as long as
    their words stand in a report of the record.
    """
    anchors = [(review, i, one) for review in reviews for i, one in enumerate(review.rows)]
    if kind == "person":
        return {(review.id, i): one.row for review, i, one in anchors}
    rows = {row.id: row for row in derived}
    own = {one.row for _, _, one in anchors}
    here = present(connection, kind, own) | (own & rows.keys())
    here |= {
        review.rows[0].row
        for review in in_force(reviews)
        if review.action == "add" and stands_at(connection, review.rows[0]) is not None
    }
    gone: dict[str, Anchor] = {}
    set_to: dict[str, dict[str, Any]] = defaultdict(dict)
    for review, _, one in anchors:
        if one.row not in here and review.action != "add":
            gone.setdefault(one.row, one)
            if review.action in ("edit", "accept"):
                set_to[one.row] |= review.fields
    now = {one: one for one in here}
    for row_id, anchor in gone.items():
        again = _again(connection, kind, anchor, set_to[row_id], rows)
        if again is not None:
            now[row_id] = again
    return {(review.id, i): now[one.row] for review, i, one in anchors if one.row in now}


def _again(
    connection: sqlite3.Connection, kind: Kind, anchor: Anchor, set_to: Mapping[str, Any], derived: Mapping[str, Row]
) -> str | None:
    """The row read anew that an anchor stands for; ``set_to`` is what reviews set it to."""
    span = stands_at(connection, anchor)
    if span is None:
        return None
    told = load_rows(connection, kind, on_words(connection, kind, anchor.source, *span))
    read = {row.id for row in told}
    told += [
        row
        for row in derived.values()
        if row.id not in read
        and any(one.source == anchor.source and one.start < span[1] and one.end > span[0] for one in row.evidence)
    ]
    candidates = [
        Candidate(
            row.id,
            tuple((one.start, one.end) for one in row.evidence if one.source == anchor.source),
            plain_of(kind, row),
        )
        for row in told
    ]
    own = Anchor(anchor.row, anchor.source, *span, anchor.exact, anchor.was, anchor.beside)
    return find_again(kind, own, set_to, candidates)
