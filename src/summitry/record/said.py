"""What was said, found by its words; and the offices of people, with the words that give them."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from summitry.record.review_store import load_reviews
from summitry.record.search import match_query
from summitry.review.people import Names, names_of
from summitry.vocabulary import Evidence

# Signs that no report has: SQLite puts them around what matches, and texts are cleared of them before.
_OPEN, _CLOSE = "\x02", "\x03"
_PARTS: Final = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*+){_CLOSE}")

Marked = tuple[tuple[str, bool], ...]
"""Words in parts, each with whether it is one that was asked for."""


def find_said(connection: sqlite3.Connection, words: str) -> list[str]:
    """Ids of the statements whose words hold all of ``words`` in any inflection, best first (BM25).

    Raises:
        UsageError: there is no word in ``words``.
    """
    rows = connection.execute(
        "SELECT statements.id FROM statements_search JOIN statements ON statements.number = statements_search.rowid "
        "WHERE statements_search MATCH ? ORDER BY rank, statements.number",
        (match_query(words),),
    )
    return [row[0] for row in rows]


def mark_said(connection: sqlite3.Connection, words: str, ids: Sequence[str]) -> dict[str, tuple[str, Marked]]:
    """Of statements by id: their words as reports have them, and in parts with those marked that were asked for."""
    rows = connection.execute(
        "SELECT statements.id, statements.words, highlight(statements_search, 0, ?, ?) AS marked "
        "FROM statements_search JOIN statements ON statements.number = statements_search.rowid "
        "WHERE statements_search MATCH ? AND statements_search.rowid IN "
        "(SELECT number FROM statements WHERE id IN (SELECT value FROM json_each(?)))",
        (_OPEN, _CLOSE, match_query(words), json.dumps(list(ids))),
    )
    return {row["id"]: (row["words"], _parts(row["marked"])) for row in rows}


def _parts(marked: str) -> Marked:
    split = _PARTS.split(marked)
    return tuple((text, bool(i % 2)) for i, text in enumerate(split) if text)


def names_held(connection: sqlite3.Connection) -> Names:
    """What reviewers hold of people's names."""
    return names_of(load_reviews(connection, ("person",)))


@dataclass(frozen=True, slots=True)
class OfficeTold:
    """An office that a report or the shipped lists give a person: name and party of the person, title, party and days
    of the office, the report. Days are those that somebody is known to have held it from and to."""

    name: str
    person_party: str | None
    title: str
    party: str | None
    start: date | None
    end: date | None
    source: str


def offices_told(connection: sqlite3.Connection) -> list[OfficeTold]:
    """The offices of all people, as reports were read."""
    rows = connection.execute(
        "SELECT DISTINCT people.name, people.party, offices.title, offices.party, held_from, held_to, "
        "offices.source_id FROM offices JOIN people "
        "ON people.source_id = offices.source_id AND people.position = offices.person "
        "JOIN sources ON sources.id = offices.source_id ORDER BY sources.number, offices.person, offices.position"
    )
    return [OfficeTold(row[0], row[1], row[2], row[3], _iso(row[4]), _iso(row[5]), row[6]) for row in rows]


def _iso(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def office_words(connection: sqlite3.Connection, offices: Iterable[OfficeTold]) -> dict[OfficeTold, Evidence]:
    """The words of its report that give each office: where the person is named with it. One look-up an office."""
    found = {}
    for one in offices:
        row = connection.execute(
            "SELECT start_char, end_char, text FROM mentions WHERE source_id = ? AND actor_name = ? "
            "AND lower(actor_office) = ? AND kind IN ('name', 'title') "
            "ORDER BY instr(lower(text), lower(actor_office)) = 0, kind, position LIMIT 1",
            (one.source, one.name, one.title.lower()),
        ).fetchone()
        if row is not None:
            found[one] = Evidence(one.source, row[0], row[1], row[2])
    return found
