"""The tables of reviews: a log that is only ever added to. What the reviews come to is worked out when it is asked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import groupby

from summitry.record.parts import storable, to_json
from summitry.record.writing import insert
from summitry.review import Anchor, Kind, Review


def has_reviews(connection: sqlite3.Connection, kinds: Sequence[Kind]) -> bool:
    """Whether there is any review of one of the kinds: one look into an index."""
    marks = ", ".join("?" * len(kinds))
    query = f"SELECT 1 FROM reviews INDEXED BY reviews_by_kind WHERE kind IN ({marks}) LIMIT 1"
    return connection.execute(query, tuple(kinds)).fetchone() is not None


def load_reviews(connection: sqlite3.Connection, kinds: Sequence[Kind] | None = None) -> list[Review]:
    """The reviews of kinds of rows (None: all), in the order of their times."""
    chosen = "" if kinds is None else f"WHERE kind IN ({', '.join('?' * len(kinds))})"
    rows = connection.execute(
        "SELECT reviews.*, review_rows.* FROM reviews LEFT JOIN review_rows ON review_id = id "
        f"{chosen} ORDER BY at, id, position",
        tuple(kinds or ()),
    )
    return [_review(list(group)) for _, group in groupby(rows, key=lambda row: row["id"])]


def _review(rows: Sequence[sqlite3.Row]) -> Review:
    first = rows[0]
    return Review(
        action=first["action"],
        kind=first["kind"],
        by=first["reviewer"],
        at=first["at"],
        rows=tuple(
            Anchor(
                row["row_id"],
                row["source_id"],
                row["start_char"],
                row["end_char"],
                row["exact"],
                json.loads(row["was"]),
                tuple(json.loads(row["beside"])),
            )
            for row in rows
            if row["row_id"] is not None
        ),
        fields=json.loads(first["fields"]),
        note=first["note"],
        undoes=first["undoes"],
        id=first["id"],
    )


def known_ids(connection: sqlite3.Connection, ids: Iterable[str]) -> set[str]:
    """Those of the ids that are of reviews in the record."""
    rows = connection.execute(
        "SELECT id FROM reviews WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
    )
    return {row[0] for row in rows}


def last_instant(connection: sqlite3.Connection) -> str | None:
    """The time of the latest review; None before the first."""
    return str(row[0]) if (row := connection.execute("SELECT max(at) FROM reviews").fetchone())[0] else None


def write_review(connection: sqlite3.Connection, review: Review) -> None:
    """Add a review. Inside the caller's transaction."""
    insert(
        connection,
        "reviews",
        [
            {
                "id": review.id,
                "action": review.action,
                "kind": review.kind,
                "reviewer": review.by,
                "at": review.at,
                "fields": storable(to_json(dict(review.fields))),
                "note": None if review.note is None else storable(review.note),
                "undoes": review.undoes,
            }
        ],
    )
    insert(
        connection,
        "review_rows",
        [
            {
                "review_id": review.id,
                "position": position,
                "row_id": one.row,
                "source_id": one.source,
                "start_char": one.start,
                "end_char": one.end,
                "exact": one.exact,
                "was": storable(to_json(dict(one.was))),
                "beside": to_json(list(one.beside)),
            }
            for position, one in enumerate(review.rows)
        ],
    )
