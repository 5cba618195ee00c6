"""Pages that the gate passed over: how many for which reason, with the first few of each."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from summitry.record import parts

MOST_EXAMPLES: Final = 5
"""Pages named for each part of an input and reason: enough to see what was meant; a crawl has a million."""

Example = tuple[str, str]
"""The address of a page, and why it was passed over, in words."""


@dataclass(frozen=True, slots=True)
class PassedRow:
    """Pages of one part of the input that were passed over for one reason; ``examples`` are the first of them."""

    place: str
    why: str
    pages: int
    examples: tuple[Example, ...]


def note(
    connection: sqlite3.Connection,
    shard: str,
    place: str,
    found: Mapping[str, tuple[int, Sequence[Example]]],
    run: int | None,
) -> None:
    """Keep what was passed over in a part of the input, by reason, in place of what was kept of it."""
    connection.execute("DELETE FROM passed_over WHERE shard = ?", (shard,))
    connection.executemany(
        "INSERT INTO passed_over (shard, why, run_id, place, pages, examples) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (shard, why, run, parts.storable(place), pages, _to_json(examples))
            for why, (pages, examples) in sorted(found.items())
        ],
    )


def _to_json(examples: Sequence[Example]) -> str:
    return parts.to_json([[parts.storable(uri), parts.storable(reason)] for uri, reason in examples[:MOST_EXAMPLES]])


def load(connection: sqlite3.Connection) -> list[PassedRow]:
    """What was passed over, by place and reason."""
    rows = connection.execute("SELECT place, why, pages, examples FROM passed_over ORDER BY place, shard, why")
    return [
        PassedRow(row[0], row[1], row[2], tuple((uri, reason) for uri, reason in json.loads(row[3]))) for row in rows
    ]
