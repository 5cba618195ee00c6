"""What the commands ask: sources, statements and timeline of a record, filtered and in order of time."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from summitry.record.loading import load_events, load_moves, load_positions, load_sources, load_statements
from summitry.record.reviews import overlay
from summitry.record.rows import Filters, SourceRow
from summitry.record.search import match_query
from summitry.record.standing import Load
from summitry.vocabulary import DateInterval, Event, Move, Position, Statement

_NEVER: Final = "9999-12-31"
_UNREAL: Final = frozenset({"planned", "threatened", "hypothetical"})
"""Modalities of what may lie ahead of the day on which it is known."""


def _date_end(column: str) -> str:
    """SQL: the last day of an interval; the end of time where it is open; NULL where nothing is known."""
    return f"COALESCE({column}_end, CASE WHEN {column}_start IS NOT NULL THEN '{_NEVER}' END)"


_KNOWN: Final = "(published_start IS NULL OR published_start <= :as_of)"
_PARTY: Final = "(substr(upper({0}code), 1, length(:code)) = :code OR lower({0}name) = :name)"
_NO_COPY: Final = """(copy_of IS NULL OR NOT EXISTS (SELECT 1 FROM statements AS told
    WHERE told.source_id = sources.copy_of AND told.words = statements.words))"""
_COPIED: Final = """NOT (copy_of IS NOT NULL AND EXISTS (SELECT 1 FROM {0} AS told
    WHERE told.source_id = sources.copy_of AND {1}))"""
# What makes a copy's move or position the one that its original tells.
_SAME_MOVE: Final = " AND ".join(
    f"told.{column} IS moves.{column}" for column in ("kind", "proposer_code", "give", "get", "condition")
)
_SAME_POSITION: Final = " AND ".join(
    f"told.{column} IS positions.{column}" for column in ("party_code", "stance", "summary", "condition")
)
_UNRECONCILED: Final = """source_id IN
    (SELECT sources.id FROM sources INDEXED BY sources_to_reconcile WHERE reconciled = 0 AND status = 'read')"""
_TOLD: Final = """EXISTS (SELECT 1 FROM evidence CROSS JOIN sources ON sources.id = evidence.source_id
    WHERE evidence.row_kind = 'event' AND evidence.row_id = events.id AND {0})"""
# Which entries may last until a day, so that not all need be loaded: by their own date, by the reports of undated ones;
# with ``as_of`` also by what single reports tell.
_MAY_LAST: Final = f"""(date_end >= :since OR (date_end IS NULL AND (date_start IS NOT NULL
    OR {_TOLD.format(f"{_date_end('published')} >= :since")})))"""
_MEMBER_MAY_LAST: Final = f"""EXISTS (SELECT 1 FROM event_links CROSS JOIN event_mentions AS told
    ON told.id = mention_id CROSS JOIN sources ON sources.id = told.source_id WHERE event_links.event_id = events.id
    AND ({_date_end("told.date")} >= :since OR {_date_end("published")} >= :since))"""
_OVERLAP: Final = """SELECT evidence.row_id FROM sentences_search
    JOIN sentences ON sentences.number = sentences_search.rowid
    JOIN evidence ON evidence.source_id = sentences.source_id
        AND evidence.start_char < sentences.end_char AND evidence.end_char > sentences.start_char
    WHERE sentences_search MATCH :issue AND evidence.row_kind = '{0}'"""


def _parameters(filters: Filters) -> dict[str, str | float | None]:
    return {
        "as_of": filters.as_of.isoformat() if filters.as_of else None,
        "since": filters.since.isoformat() if filters.since else None,
        "code": filters.party.strip().upper() if filters.party else None,
        "name": filters.party.strip().lower() if filters.party else None,
        "issue": match_query(filters.issue) if filters.issue is not None else None,
        "label": filters.issue.strip().lower() if filters.issue is not None else None,
        "least": filters.min_confidence,
    }


def _where(conditions: Iterable[str]) -> str:
    return " AND ".join(("1", *conditions))


def find_sources(connection: sqlite3.Connection, filters: Filters) -> list[SourceRow]:
    """Sources by publication date, undated and rejected ones last.

    ``party`` asks for reports that mention it. What was received is certain: ``min_confidence`` leaves nothing out.
    """
    conditions = []
    if filters.as_of:
        conditions.append(_KNOWN)
    if filters.since:
        conditions.append(f"{_date_end('published')} >= :since")
    if filters.party:
        conditions.append(f"id IN (SELECT source_id FROM mentions WHERE {_PARTY.format('actor_')})")
    if filters.issue is not None:
        conditions.append(
            "id IN (SELECT source_id FROM sentences WHERE number IN "
            "(SELECT rowid FROM sentences_search WHERE sentences_search MATCH :issue))"
        )
    rows = connection.execute(
        f"SELECT id FROM sources WHERE {_where(conditions)} ORDER BY status, COALESCE(published_end, "
        f"published_start, '{_NEVER}'), published_start, number",
        _parameters(filters),
    )
    return load_sources(connection, [row[0] for row in rows])


def find_statements(
    connection: sqlite3.Connection, filters: Filters, load: Load[Statement] = load_statements
) -> list[Statement]:
    """Statements by the day they were said, or else reported; then as they stand in the text.

    What a copy of a story says word for word as its original is told once, by the original. ``party`` asks for what it
    said.
    """
    conditions = [_NO_COPY]
    if filters.as_of:
        conditions += [_KNOWN, "(said_start IS NULL OR said_start <= :as_of)"]
    if filters.since:
        conditions.append(f"COALESCE({_date_end('said')}, {_date_end('published')}) >= :since")
    if filters.party:
        conditions.append(f"({_PARTY.format('party_')} OR {_PARTY.format('speaker_')})")
    if filters.issue is not None:
        conditions.append(
            "(statements.number IN (SELECT rowid FROM statements_search WHERE statements_search MATCH :issue) "
            f"OR statements.id IN ({_OVERLAP.format('statement')}))"
        )
    if filters.min_confidence is not None:
        conditions.append("statements.confidence >= :least")
    rows = connection.execute(
        "SELECT statements.id FROM statements JOIN sources ON sources.id = statements.source_id "
        f"WHERE {_where(conditions)} ORDER BY COALESCE(said_start, said_end, published_end, published_start, "
        f"'{_NEVER}'), COALESCE(said_end, published_end), sources.number, statements.position",
        _parameters(filters),
    )
    return overlay(connection, "statement", load(connection, [row[0] for row in rows]), filters)


def find_moves(connection: sqlite3.Connection, filters: Filters, load: Load[Move] = load_moves) -> list[Move]:
    """Moves by the day they were made, or else reported; then as they stand in the text.

    What a copy of a story tells as its original does is told once, by the original. ``party`` asks for whoever proposes
    or is addressed.
    """
    parties = ("proposer_", "addressee_")
    ids = _stands(connection, filters, ("moves", "date", "move"), parties, _SAME_MOVE)
    return overlay(connection, "move", load(connection, ids), filters)


def find_positions(
    connection: sqlite3.Connection, filters: Filters, load: Load[Position] = load_positions
) -> list[Position]:
    """Positions by the day from which they are known to be held, or else reported; copies as for moves."""
    table = ("positions", "held", "position")
    ids = _stands(connection, filters, table, ("party_",), _SAME_POSITION)
    return overlay(connection, "position", load(connection, ids), filters)


def find_told(connection: sqlite3.Connection, kind: str, as_of: date | None) -> list[str]:
    """Ids of the commitments, predictions or discrepancies (``kind`` is the table) known on a day, by report and place.

    What copies tell as their original does is in the answer: it is one row's further evidence, which the ledger joins.
    """
    known = _KNOWN if as_of else "1"
    rows = connection.execute(
        f"SELECT {kind}.id FROM {kind} JOIN sources ON sources.id = {kind}.source_id WHERE {known} "
        f"ORDER BY COALESCE(published_start, published_end, '{_NEVER}'), sources.id, {kind}.position",
        {"as_of": as_of.isoformat() if as_of else None},
    )
    return [row[0] for row in rows]


def _stands(
    connection: sqlite3.Connection,
    filters: Filters,
    table: tuple[str, str, str],
    parties: Sequence[str],
    same: str,
) -> list[str]:
    """Ids of moves or positions: ``table`` is the table, its date column's prefix and its kind of evidence."""
    name, day, kind = table
    conditions = [_COPIED.format(name, same)]
    if filters.as_of:
        conditions += [_KNOWN, f"({day}_start IS NULL OR {day}_start <= :as_of)"]
    if filters.since:
        conditions.append(f"COALESCE({_date_end(day)}, {_date_end('published')}) >= :since")
    if filters.party:
        conditions.append("(" + " OR ".join(_PARTY.format(prefix) for prefix in parties) + ")")
    if filters.issue is not None:
        conditions.append(f"({name}.issue = :label OR {name}.id IN ({_OVERLAP.format(kind)}))")
    if filters.min_confidence is not None:
        conditions.append(f"{name}.confidence >= :least")
    rows = connection.execute(
        f"SELECT {name}.id FROM {name} JOIN sources ON sources.id = {name}.source_id WHERE {_where(conditions)} "
        f"ORDER BY COALESCE({day}_start, {day}_end, published_end, published_start, '{_NEVER}'), "
        f"COALESCE({day}_end, published_end), sources.number, {name}.position",
        _parameters(filters),
    )
    return [row[0] for row in rows]


@dataclass(frozen=True, slots=True)
class _Report:
    """What the timeline needs of a source: when it may first have been read, and of which story it is a copy."""

    first: date | None
    last: date | None
    story: str


def find_events(connection: sqlite3.Connection, filters: Filters) -> list[Event]:
    """The timeline: entries, and what single articles tell that is in no entry yet, in order of time.

    An undated event stands where it was first reported, after the dated ones of that day. A report counts there by the
    last day on which it may have appeared, so that one whose date is hardly known does not stand before all others.

    With ``as_of`` an entry is what the reports of that day made of it: their passages, their number, and the reading of
    the latest among them. ``party`` asks for events it took part in.
    """
    found = [*_chosen(connection, "events", filters), *_chosen(connection, "event_mentions", filters)]
    reports = _reports(connection, found)
    if filters.as_of:
        found = _known_by(connection, found, reports, filters.as_of)
        # What the reports of that day made of an entry may be less sure than what all of them do.
        found = [event for event in found if event.confidence >= (filters.min_confidence or 0.0)]
    if filters.since:
        found = [event for event in found if _lasts_until(event, reports) >= filters.since]
    return overlay(connection, "event", sorted(found, key=lambda event: _when(event, reports)), filters)


def _chosen(connection: sqlite3.Connection, table: str, filters: Filters) -> list[Event]:
    """The events of a table that party and issue choose; of article-level events those in no entry."""
    entries = table == "events"
    # Every event of a reconciled report is in an entry: only the others need be looked at.
    conditions = [] if entries else [_UNRECONCILED, "id NOT IN (SELECT mention_id FROM event_links)"]
    if entries and filters.since:
        conditions.append(f"({_MAY_LAST} OR {_MEMBER_MAY_LAST})" if filters.as_of else _MAY_LAST)
    if entries and filters.as_of:
        conditions.append(_TOLD.format(_KNOWN))
    if filters.party:
        parties = "event_parties" if entries else "event_mention_parties"
        conditions.append(f"id IN (SELECT event_id FROM {parties} WHERE {_PARTY.format('')})")
    if filters.issue is not None:
        conditions.append(f"id IN ({_OVERLAP.format('event' if entries else 'event mention')})")
    if filters.min_confidence is not None and filters.as_of is None:
        conditions.append("confidence >= :least")
    rows = connection.execute(f"SELECT id FROM {table} WHERE {_where(conditions)}", _parameters(filters))
    return load_events(connection, "events" if entries else "event_mentions", [row[0] for row in rows])


def _reports(connection: sqlite3.Connection, events: Sequence[Event]) -> dict[str, _Report]:
    ids = sorted({one.source for event in events for one in event.evidence})
    rows = connection.execute(
        "SELECT id, published_start, published_end, copy_of FROM sources WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    )
    return {row[0]: _Report(_iso(row[1]), _iso(row[2]), row[3] or row[0]) for row in rows}


def _iso(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _known_by(
    connection: sqlite3.Connection, events: Sequence[Event], reports: dict[str, _Report], day: date
) -> list[Event]:
    """Events as far as reports of ``day`` and before tell them."""
    known = {one for one, report in reports.items() if report.first is None or report.first <= day}
    partly = [event.id for event in events if any(one.source not in known for one in event.evidence)]
    members = members_of(connection, partly)
    result = []
    for event in events:
        told = tuple(one for one in event.evidence if one.source in known)
        if not told:
            continue
        if len(told) < len(event.evidence):
            readings = [reading for reading in members.get(event.id, ()) if reading.evidence[0].source in known]
            if not readings:
                continue
            latest = max(readings, key=lambda r: (reports[r.evidence[0].source].first or date.min, r.confidence, r.id))
            stories = {reports[one.source].story for one in told}
            event = replace(latest, id=event.id, evidence=told, reports=len(stories))
        if event.modality in _UNREAL or event.date.start is None or event.date.start <= day:
            result.append(event)
    return result


def members_of(connection: sqlite3.Connection, entries: Sequence[str]) -> dict[str, list[Event]]:
    """The article-level events of entries, by the entry's id."""
    links = {
        row[0]: row[1]
        for row in connection.execute(
            "SELECT mention_id, event_id FROM event_links WHERE event_id IN (SELECT value FROM json_each(?))",
            (json.dumps(entries),),
        )
    }
    members: dict[str, list[Event]] = defaultdict(list)
    for reading in load_events(connection, "event_mentions", sorted(links)):
        members[links[reading.id]].append(reading)
    return members


def _end(when: DateInterval) -> date | None:
    return when.end or (date.max if when.start else None)


def _lasts_until(event: Event, reports: dict[str, _Report]) -> date:
    """The last day of an event; of an undated one the last day on which a report of it may have appeared."""
    if (end := _end(event.date)) is not None:
        return end
    told = (reports[one.source] for one in event.evidence)
    return max(report.last or (date.max if report.first else date.min) for report in told)


def _when(event: Event, reports: dict[str, _Report]) -> tuple[date, bool, date, str]:
    """Sort key: first day, dated before undated, last day, id."""
    start = event.date.start or event.date.end
    if start is not None:
        return start, False, event.date.end or date.max, event.id
    told = (reports[one.source] for one in event.evidence)
    return min(report.last or report.first or date.max for report in told), True, date.max, event.id


def count_parties(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Code, name and number of rows of each party that speaks or acts in the record, most frequent first.

    The name is the one most rows give, that of a person only where no row gives another: a spokeswoman's is not her
    ministry's.
    """
    rows = connection.execute(
        """SELECT code, name, kind = 'person', sum(times) FROM (
            SELECT party_code AS code, party_name AS name, party_kind AS kind, count(*) AS times
            FROM statements GROUP BY 1, 2, 3
            UNION ALL
            SELECT code, name, kind, count(*) FROM event_mention_parties WHERE role <> 'delegation' GROUP BY 1, 2, 3)
        WHERE code IS NOT NULL GROUP BY 1, 2, 3"""
    )
    totals: dict[str, int] = defaultdict(int)
    names: dict[str, tuple[bool, int, str]] = {}
    for code, name, is_person, times in rows:
        totals[code] += times
        names[code] = min(names.get(code, (True, 1, name)), (bool(is_person), -times, name))
    return [(code, names[code][2], total) for code, total in sorted(totals.items(), key=lambda one: (-one[1], one[0]))]
