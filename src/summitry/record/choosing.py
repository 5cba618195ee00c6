"""Which rows of the ledger a question asks for: the filters of every command on rows that were worked out."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from summitry.ledger import Deadlock, Holdings, ProcessStatus, Tone
from summitry.record.holding import overlapping
from summitry.record.rows import Filters
from summitry.record.search import match_query
from summitry.record.standing import Standing
from summitry.vocabulary import (
    Actor,
    Commitment,
    DateInterval,
    Discrepancy,
    Event,
    Move,
    Position,
    Prediction,
    Row,
    Statement,
)

AnyRow = TypeVar("AnyRow", bound=Row)
Places = Mapping[str, Sequence[tuple[int, int]]]


def choose(
    connection: sqlite3.Connection,
    rows: Sequence[AnyRow],
    filters: Filters,
    holdings: Holdings,
    standing: Standing | None = None,
) -> list[AnyRow]:
    """The rows that pass ``since``, ``party``, ``issue`` and ``min_confidence``, in their order.

    ``as_of`` is what the holdings were taken for. A row is of the parties that it or the rows it rests on name; it is
    of an issue that it names, or whose words all stand in one of its sentences. ``standing`` keeps where words stand.
    """
    by_id: dict[str, Row] = {}
    if filters.party and any(isinstance(row, Discrepancy | ProcessStatus) for row in rows):
        named: tuple[Sequence[Row], ...] = (holdings.statements, holdings.events, holdings.moves, holdings.positions)
        by_id = {row.id: row for group in named for row in group}
    places: Places = {}
    if filters.issue is not None:
        match = match_query(filters.issue)
        kept = standing if standing is not None else Standing()
        places = kept.lately(("places", match), lambda: overlapping(connection, match))
    found = []
    for row in rows:
        if filters.min_confidence is not None and row.confidence < filters.min_confidence:
            continue
        if filters.since and (last := _last_day(row, holdings)) is not None and last < filters.since:
            continue
        if filters.party and not _is_of(row, filters.party, by_id):
            continue
        if filters.issue is not None and not _is_about(row, filters.issue, places):
            continue
        found.append(row)
    return found


def _is_of(row: Row, party: str, by_id: Mapping[str, Row]) -> bool:
    code, name = party.strip().upper(), party.strip().lower()
    if isinstance(row, Tone):
        return any(one.startswith(code) for one in row.parties)
    actors = _actors(row)
    if by_id:
        actors += tuple(actor for one in _rests_on(row) if one in by_id for actor in _actors(by_id[one]))
    return any((actor.code or "").upper().startswith(code) or actor.name.lower() == name for actor in actors)


def _rests_on(row: Row) -> tuple[str, ...]:
    """Ids of the rows by whose parties a row is found; a row that names parties itself needs none."""
    if isinstance(row, Discrepancy):
        return row.a, row.b
    return row.events if isinstance(row, ProcessStatus) else ()


def _actors(row: Row) -> tuple[Actor, ...]:
    match row:
        case Statement():
            found: tuple[Actor | None, ...] = (row.speaker, row.party)
        case Event():
            found = (*row.actors, *row.recipients)
        case Move():
            found = (row.proposer, row.addressee)
        case Position():
            found = (row.party, row.person)
        case Commitment():
            found = (row.obligor, row.beneficiary)
        case Prediction():
            found = (row.forecaster, *row.actors)
        case Deadlock():
            found = tuple(step.party for step in row.steps)
        case _:
            found = ()
    return tuple(actor for actor in found if actor is not None)


def _is_about(row: Row, issue: str, places: Places) -> bool:
    label = issue.strip().lower()
    if isinstance(row, Move | Position | Commitment) and (row.issue or "").lower() == label:
        return True
    return any(one.start < end and one.end > start for one in row.evidence for start, end in places.get(one.source, ()))


def _last_day(row: Row, holdings: Holdings) -> date | None:
    """The last day that a row tells of; where it tells none, the last on which a report of it may have appeared."""
    own = _own_date(row)
    if own is not None and (own.start or own.end) is not None:
        return own.end or date.max
    told = [holdings.reports[one.source].published for one in row.evidence if one.source in holdings.reports]
    return max((when.end or date.max for when in told), default=None)


def _own_date(row: Row) -> DateInterval | None:
    match row:
        case Statement():
            return row.said
        case Commitment():
            return DateInterval(row.as_of, row.as_of, "day", "as of") if row.as_of else row.made
        case Prediction():
            return row.made
        case Position():
            return row.held
        case Move() | Event():
            return row.date
        case ProcessStatus() | Tone():
            return row.month
        case _:
            return None
