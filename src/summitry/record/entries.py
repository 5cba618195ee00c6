"""Entries of the timeline: events merged over reports. How they are merged is decided elsewhere; here they are kept.

What a new report may add to is looked up by keys that merging gave to what it compares of the events of earlier
reports, their signatures, so that it costs what it finds, not the size of the record.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from summitry.errors import EvidenceError, UsageError
from summitry.record import codec, former, parts
from summitry.record.loading import load_events
from summitry.record.writing import insert
from summitry.vocabulary import UNKNOWN_DATE, DateInterval, Event, Evidence

Entry = tuple[Event, tuple[str, ...]]
"""A merged event, and the ids of the article-level events it merges."""

Telling = tuple[Event, DateInterval]
"""An article-level event, and when its report was published."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What merging compares of an event, as the record keeps it: its number (63 bits), its words, and the keys that it
    is looked up by. What they mean is merging's business; equal numbers have equal words and keys."""

    number: int
    words: str
    keys: tuple[str, ...]


def sign(connection: sqlite3.Connection, signed: Mapping[str, Signed]) -> None:
    """Say what merging compares of article-level events, in place of what was said of them.

    Raises:
        UsageError: an event that is not in the record.
    """
    new = {one.number: one for one in signed.values()}
    known = known_signatures(connection, new)
    for number in sorted(new.keys() - known.keys()):
        one = new[number]
        connection.execute("INSERT INTO signatures (signature, words) VALUES (?, ?)", (number, one.words))
        keys = [(key, number) for key in sorted(set(one.keys))]
        connection.executemany("INSERT OR IGNORE INTO signature_keys (key, signature) VALUES (?, ?)", keys)
    query = (
        "INSERT INTO event_signatures (mention_id, signature) VALUES (?, ?) "
        "ON CONFLICT (mention_id) DO UPDATE SET signature = excluded.signature"
    )
    for mention_id, one in signed.items():
        if not connection.execute("SELECT 1 FROM event_mentions WHERE id = ?", (mention_id,)).fetchone():
            raise UsageError(f"{mention_id} is no event of a report in this record; add the report before its keys")
        connection.execute(query, (mention_id, one.number))


def drop_signatures(connection: sqlite3.Connection, numbers: Mapping[int, Iterable[str]]) -> None:
    """Take out those of the signatures, each with its keys, that no event has any more."""
    for number, keys in numbers.items():
        if not connection.execute("SELECT 1 FROM event_signatures WHERE signature = ?", (number,)).fetchone():
            gone = [(key, number) for key in keys]
            connection.executemany("DELETE FROM signature_keys WHERE key = ? AND signature = ?", gone)
            connection.execute("DELETE FROM signatures WHERE signature = ?", (number,))


def known_signatures(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, str]:
    """The words of the signatures that are in the record, by number."""
    query = "SELECT signature, words FROM signatures WHERE signature IN (SELECT value FROM json_each(?))"
    return {row[0]: row[1] for row in connection.execute(query, (json.dumps(list(numbers)),))}


def with_keys(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, list[int]]:
    """The numbers of the signatures that have each key; keys of none are left out."""
    found: dict[str, list[int]] = defaultdict(list)
    rows = connection.execute(
        "SELECT key, signature FROM signature_keys WHERE key IN (SELECT value FROM json_each(?))",
        (json.dumps(list(keys)),),
    )
    for row in rows:
        found[row[0]].append(row[1])
    return found


def signed(connection: sqlite3.Connection, mention_ids: Iterable[str]) -> dict[str, int]:
    """The number of the signature of each article-level event; events of none are left out."""
    rows = connection.execute(
        "SELECT mention_id, signature FROM event_signatures WHERE mention_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(mention_ids)),),
    )
    return {row[0]: row[1] for row in rows}


def tellers(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, list[str]]:
    """The ids of the article-level events of each signature; signatures of none are left out."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = connection.execute(
        "SELECT signature, mention_id FROM event_signatures WHERE signature IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    )
    for row in rows:
        found[row[0]].append(row[1])
    return found


def entries_of_signatures(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, str]:
    """The entry that the events of each signature are in, by the first of them; signatures of none are left out."""
    rows = connection.execute(
        "SELECT value, (SELECT event_id FROM event_links WHERE mention_id = "
        "(SELECT mention_id FROM event_signatures WHERE signature = value LIMIT 1)) FROM json_each(?)",
        (json.dumps(list(numbers)),),
    )
    return {row[0]: row[1] for row in rows if row[1] is not None}


def signatures_of_entries(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, list[int]]:
    """The numbers of the signatures of the events of each entry."""
    found: dict[str, list[int]] = defaultdict(list)
    rows = connection.execute(
        "SELECT DISTINCT event_id, signature FROM event_links CROSS JOIN event_signatures USING (mention_id) "
        "WHERE event_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    for row in rows:
        found[row[0]].append(row[1])
    return found


def tellings(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Telling]:
    """Article-level events with the date of their report, in the order of the ids."""
    if not ids:
        return []
    published = {
        row["id"]: parts.date_of(row, "published") or UNKNOWN_DATE
        for row in connection.execute(
            "SELECT m.id, s.published_start, s.published_end, s.published_precision, s.published_basis "
            "FROM event_mentions AS m JOIN sources AS s ON s.id = m.source_id "
            "WHERE m.id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids),),
        )
    }
    return [(event, published[event.id]) for event in load_events(connection, "event_mentions", ids)]


def load_entries(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Entry]:
    """Entries with the ids of what they merge, in the order of the ids."""
    members = members_of(connection, ids)
    return [(event, tuple(members[event.id])) for event in load_events(connection, "events", ids)]


def members_of(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, list[str]]:
    """Ids of the article-level events of entries, by entry, in the order they were given."""
    members: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(
        "SELECT event_id, mention_id FROM event_links WHERE event_id IN (SELECT value FROM json_each(?)) "
        "ORDER BY event_id, position",
        (json.dumps(sorted(set(ids))),),
    ):
        members[row[0]].append(row[1])
    return members


def entries_of(connection: sqlite3.Connection, mention_ids: Iterable[str]) -> dict[str, str]:
    """The entry each article-level event is in; events of none are left out."""
    rows = connection.execute(
        "SELECT mention_id, event_id FROM event_links WHERE mention_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(set(mention_ids))),),
    )
    return {row[0]: row[1] for row in rows}


def replace_entries(connection: sqlite3.Connection, entries: Iterable[Entry], removed: Iterable[str]) -> None:
    """Take out the entries ``removed``, then write or update ``entries``: only what differs is written.

    Raises:
        EvidenceError: evidence that is no evidence of a stored report.
        UsageError: an entry without members, or a member that is not in the record.
    """
    for one in removed:
        former.keep_entry(connection, one)
        connection.execute("DELETE FROM evidence WHERE row_kind = 'event' AND row_id = ?", (one,))
        connection.execute("DELETE FROM events WHERE id = ?", (one,))
    for event, members in entries:
        _put_event(connection, event)
        _put_evidence(connection, event)
        _put_members(connection, event.id, members)


def _check_evidence(connection: sqlite3.Connection, event_id: str, evidence: Iterable[Evidence]) -> None:
    """Every passage of an entry is one that was checked when its report was stored."""
    query = (
        "SELECT 1 FROM evidence WHERE source_id = ? AND start_char = ? AND end_char = ? AND exact = ? "
        "AND row_kind <> 'event' LIMIT 1"
    )
    for one in evidence:
        if connection.execute(query, (one.source, one.start, one.end, one.exact)).fetchone():
            continue
        row = connection.execute("SELECT text FROM sources WHERE id = ?", (one.source,)).fetchone()
        there = row["text"][max(one.start, 0) : max(one.end, 0)] if row and row["text"] else None
        if there != one.exact or len(one.exact) != one.end - one.start or not one.exact:
            raise EvidenceError(
                f"evidence [{one.start}, {one.end}) of entry {event_id} reads {one.exact[:60]!r}, but {one.source} "
                + (f"has {there[:60]!r} there" if there is not None else "is no report of this record")
            )


def _put_event(connection: sqlite3.Connection, event: Event) -> None:
    columns = codec.event_columns(event)
    names = ", ".join(columns)
    old = connection.execute(f"SELECT {names} FROM events WHERE id = ?", (event.id,)).fetchone()
    if old is None:
        insert(connection, "events", [columns])
    else:
        changed = {name: value for (name, value), there in zip(columns.items(), old, strict=True) if there != value}
        if changed:
            settings = ", ".join(f"{name} = ?" for name in changed)
            connection.execute(f"UPDATE events SET {settings} WHERE id = ?", (*changed.values(), event.id))
    rows = parts.party_columns(event)
    query = (
        "SELECT event_id, role, position, code, name, office, anonymous, kind FROM event_parties WHERE event_id = ? "
        "ORDER BY CASE role WHEN 'actor' THEN 0 WHEN 'recipient' THEN 1 ELSE 2 END, position"
    )
    there = [tuple(row) for row in connection.execute(query, (event.id,))]
    if there != [tuple(row.values()) for row in rows]:
        connection.execute("DELETE FROM event_parties WHERE event_id = ?", (event.id,))
        insert(connection, "event_parties", rows)


def _put_evidence(connection: sqlite3.Connection, event: Event) -> None:
    """Make the evidence of an entry what it is now; what stood there was checked when it was written."""
    query = (
        "SELECT source_id, start_char, end_char, exact, attribution_chain FROM evidence "
        "WHERE row_kind = 'event' AND row_id = ? ORDER BY position"
    )
    there = [tuple(row) for row in connection.execute(query, (event.id,))]
    now = [
        (
            one.source,
            one.start,
            one.end,
            one.exact,
            parts.to_json(one.attribution_chain) if one.attribution_chain else "[]",
        )
        for one in event.evidence
    ]
    if now == there:
        return
    known = set(there)
    _check_evidence(
        connection, event.id, [one for one, row in zip(event.evidence, now, strict=True) if row not in known]
    )
    # Reports come in order of publication, mostly: what is new stands at the end.
    kept = next((i for i, (a, b) in enumerate(zip(now, there, strict=False)) if a != b), min(len(now), len(there)))
    if kept < len(there):
        connection.execute(
            "DELETE FROM evidence WHERE row_kind = 'event' AND row_id = ? AND position >= ?", (event.id, kept)
        )
    connection.executemany(
        "INSERT INTO evidence (row_kind, row_id, position, source_id, start_char, end_char, exact, attribution_chain) "
        "VALUES ('event', ?, ?, ?, ?, ?, ?, ?)",
        [(event.id, position, *row) for position, row in enumerate(now[kept:], kept)],
    )


def _put_members(connection: sqlite3.Connection, event_id: str, members: Sequence[str]) -> None:
    """Link an entry to the article-level events it merges; a member leaves the entry it was in."""
    if not members:
        raise UsageError(f"entry {event_id} merges no event; allowed: entries of at least one")
    old = members_of(connection, [event_id])[event_id]
    if old == list(members):
        return
    was = set(old)
    for one in sorted(set(members) - was):
        if not connection.execute("SELECT 1 FROM event_mentions WHERE id = ?", (one,)).fetchone():
            raise UsageError(f"entry {event_id} merges {one}, which is no event of a report in this record")
    connection.executemany(
        "DELETE FROM event_links WHERE mention_id = ?", [(one,) for one in sorted(was - set(members))]
    )
    connection.executemany(
        "INSERT INTO event_links (mention_id, event_id, position) VALUES (?, ?, ?) "
        "ON CONFLICT (mention_id) DO UPDATE SET event_id = excluded.event_id, position = excluded.position",
        [(one, event_id, position) for position, one in enumerate(members) if old[position : position + 1] != [one]],
    )
