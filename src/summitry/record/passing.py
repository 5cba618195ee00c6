"""Whether a row that a review bears on answers a question: the filters of every command, for a few rows in memory."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from summitry.record.rows import Filters
from summitry.record.search import match_query
from summitry.vocabulary import Actor, DateInterval, Event, Move, Position, Row, Statement

_UNREAL: Final = frozenset({"planned", "threatened", "hypothetical"})
"""Modalities of what may lie ahead of the day on which it is known."""


@dataclass(frozen=True, slots=True)
class Told:
    """When a report may first and last have appeared, the report of which it is a copy, or itself; and the place at
    which it was read among the others."""

    first: date | None
    last: date | None
    story: str
    number: int


def told_of(connection: sqlite3.Connection) -> dict[str, Told]:
    """All reports of a record."""
    rows = connection.execute(
        "SELECT id, published_start, published_end, copy_of, number FROM sources WHERE status = 'read'"
    )
    return {row[0]: Told(_iso(row[1]), _iso(row[2]), row[3] or row[0], row[4]) for row in rows}


def _iso(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def passing(
    connection: sqlite3.Connection, rows: Sequence[Row], filters: Filters, reports: Mapping[str, Told]
) -> list[Row]:
    """The rows that pass all filters, in their order."""
    about = _places(connection, rows, filters.issue) if filters.issue is not None else set()
    return [
        row
        for row in rows
        if _passes(row, filters, reports) and (filters.issue is None or _about(row, filters.issue, about))
    ]


def is_known(row: Row, day: date, reports: Mapping[str, Told]) -> bool:
    """Whether a report of that day or before may have told the row."""
    return any((told := reports.get(one.source)) and (told.first is None or told.first <= day) for one in row.evidence)


def _passes(row: Row, filters: Filters, reports: Mapping[str, Told]) -> bool:
    when = date_of(row)
    if filters.as_of is not None:
        ahead = isinstance(row, Event) and row.modality in _UNREAL
        late = when is not None and when.start is not None and when.start > filters.as_of and not ahead
        if late or not is_known(row, filters.as_of, reports):
            return False
    if filters.since is not None and _last(row, when, reports) < filters.since:
        return False
    if filters.party is not None and not any(_is_party(actor, filters.party) for actor in _parties(row)):
        return False
    return filters.min_confidence is None or row.confidence >= filters.min_confidence


def date_of(row: Row) -> DateInterval | None:
    """The date that rows of a kind are ordered by."""
    match row:
        case Statement():
            return row.said
        case Event() | Move():
            return row.date
        case Position():
            return row.held
        case _:
            return None


def _last(row: Row, when: DateInterval | None, reports: Mapping[str, Told]) -> date:
    if when is not None and (when.start or when.end):
        return when.end or date.max
    told = [reports[one.source] for one in row.evidence if one.source in reports]
    return max((each.last or (date.max if each.first else date.min) for each in told), default=date.max)


def _parties(row: Row) -> Iterable[Actor]:
    match row:
        case Statement():
            found: tuple[Actor | None, ...] = (row.party, row.speaker)
        case Event():
            found = (*row.actors, *row.recipients, *(row.meeting.delegations if row.meeting else ()))
        case Move():
            found = (row.proposer, row.addressee)
        case Position():
            found = (row.party,)
        case _:
            found = ()
    return (actor for actor in found if actor is not None)


def _is_party(actor: Actor, wanted: str) -> bool:
    code, name = wanted.strip().upper(), wanted.strip().lower()
    return (actor.code or "").upper().startswith(code) or actor.name.lower() == name


def _places(connection: sqlite3.Connection, rows: Iterable[Row], issue: str) -> set[tuple[str, int, int]]:
    """The sentences of the rows' reports that the words of an issue stand in."""
    sources = sorted({one.source for row in rows for one in row.evidence})
    found = connection.execute(
        "SELECT source_id, start_char, end_char FROM sentences WHERE number IN "
        "(SELECT rowid FROM sentences_search WHERE sentences_search MATCH ?) "
        "AND source_id IN (SELECT value FROM json_each(?))",
        (match_query(issue), json.dumps(sources)),
    )
    return {(row[0], row[1], row[2]) for row in found}


def _about(row: Row, issue: str, places: set[tuple[str, int, int]]) -> bool:
    if isinstance(row, Move | Position) and (row.issue or "").lower() == issue.strip().lower():
        return True
    return any(
        one.source == source and one.start < end and one.end > start
        for one in row.evidence
        for source, start, end in places
    )
