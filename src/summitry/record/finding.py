"""What a reviewer names, found in a record: parties and people by code or name, passages by their words."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from summitry.casebook import load_world
from summitry.errors import UsageError
from summitry.record.holding import load_cases
from summitry.record.rows import SHORTEST_ID
from summitry.review.people import person_id
from summitry.vocabulary import Actor

_MOST_NAMED: Final = 5
"""Places or ids that a message names: a screen of them helps nobody."""

_MARKS: Final = {"'": "['’‘]", "’": "['’‘]", "‘": "['’‘]", '"': '["“”]', "“": '["“”]', "”": '["“”]'}
"""Quotation marks as they are typed, and as reports have them."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody whom the reports of a record name: id, name, party, further spellings, how many reports name them."""

    id: str
    name: str
    party: str | None
    aliases: tuple[str, ...]
    reports: int


def parties_of(connection: sqlite3.Connection) -> Mapping[str, Actor]:
    """Parties and people by code and by name, in lower case: of the record, of its cases and of the world."""
    found: dict[str, Actor] = {}
    for row in connection.execute(
        "SELECT code, name, kind, count(*) AS times FROM event_mention_parties WHERE role <> 'delegation' "
        "AND anonymous = 0 AND code IS NOT NULL GROUP BY code, name, kind ORDER BY times DESC, name"
    ):
        actor = Actor(row["code"], row["name"], kind=row["kind"])
        found.setdefault(row["code"].casefold(), actor)
        found.setdefault(row["name"].casefold(), actor)
    for entry in (*load_world(), *(party for case in load_cases(connection) for party in case.parties)):
        actor = Actor(entry.code, entry.name, kind=entry.kind)
        found[entry.code.casefold()] = actor
        for name in (entry.name, *entry.names):
            found[name.casefold()] = actor
    for row in connection.execute(
        "SELECT speaker_code, speaker_name, speaker_office, count(*) AS times FROM statements "
        "WHERE speaker_kind = 'person' AND speaker_anonymous = 0 GROUP BY 1, 2, 3 ORDER BY times DESC, 3"
    ):
        found.setdefault(row[1].casefold(), Actor(row[0], row[1], row[2], kind="person"))
    return found


def people_of(connection: sqlite3.Connection) -> list[PersonRow]:
    """The people of all reports, each name and state once, most often named first."""
    rows = connection.execute(
        "SELECT people.name, people.party, aliases, source_id FROM people JOIN sources ON sources.id = source_id "
        "ORDER BY sources.number, position"
    )
    names: dict[str, tuple[str, str | None]] = {}
    aliases: dict[str, set[str]] = {}
    reports: dict[str, set[str]] = {}
    for row in rows:
        one = person_id(row["name"], row["party"])
        names.setdefault(one, (row["name"], row["party"]))
        aliases.setdefault(one, set()).update(re.findall(r'"((?:[^"\\]|\\.)*)"', row["aliases"]))
        reports.setdefault(one, set()).add(row["source_id"])
    found = [PersonRow(one, *names[one], tuple(sorted(aliases[one])), len(reports[one])) for one in names]
    return sorted(found, key=lambda person: (-person.reports, person.name, person.id))


def person_named(connection: sqlite3.Connection, wanted: str) -> PersonRow | None:
    """The person of an id, of its first characters, or of a name; None where there is none.

    Raises:
        UsageError: several people are called so.
    """
    told = wanted.strip()
    people = people_of(connection)
    found = [p for p in people if p.id == told or p.name.casefold() == told.casefold()]
    if not found and told.startswith("per-") and len(told) >= SHORTEST_ID:
        found = [p for p in people if p.id.startswith(told)]
    if len(found) > 1:
        known = ", ".join(f"{p.id} ({p.name}, {p.party or 'no party'})" for p in found[:_MOST_NAMED])
        raise UsageError(f"{wanted!r} stands for several people: {known}; give the id")
    return found[0] if found else None


def source_of(connection: sqlite3.Connection, wanted: str) -> tuple[str, str]:
    """Id and text of a report by its id or its first characters.

    Raises:
        UsageError: no report that was read, or several, have that id.
    """
    told = wanted.strip()
    rows = connection.execute(
        "SELECT id, text FROM sources WHERE status = 'read' AND substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT 3",
        (told,),
    ).fetchall()
    exact = [row for row in rows if row["id"] == told]
    rows = exact or (rows if len(told) >= SHORTEST_ID else [])
    if len(rows) == 1:
        return rows[0]["id"], rows[0]["text"]
    if rows:
        raise UsageError(f"{wanted!r} stands for several reports ({', '.join(row['id'] for row in rows)}); give more")
    raise UsageError(f"no report {wanted!r} in this record; allowed: ids that `summitry sources` shows as read")


def passage_of(text: str, words: str, near: tuple[int, int] | None = None) -> tuple[int, int]:
    """Where words stand in a text (code points, half-open): once, or once on the passage ``near``.

    Line breaks and spaces, and curly and straight quotation marks, count as the same.

    Raises:
        UsageError: they stand nowhere, or several times.
    """
    parts = words.split()
    if not parts:
        raise UsageError("words are empty; allowed: the exact words of the report that the row rests on")
    pattern = r"\s+".join("".join(_MARKS.get(sign, re.escape(sign)) for sign in part) for part in parts)
    found = [match.span() for match in re.finditer(pattern, text)]
    if near is not None and len(found) > 1:
        found = [one for one in found if one[0] < near[1] and one[1] > near[0]] or found
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(
            f"the words {words!r} stand nowhere in the report; allowed: words copied from it, case and all (see it "
            "with: summitry explain SOURCE)"
        )
    places = ", ".join(f"--start {start} --end {end}" for start, end in found[:_MOST_NAMED])
    raise UsageError(
        f"the words {words!r} stand {len(found)} times in the report; give more of the sentence, or choose with: "
        f"{places}"
    )
