"""Moves and positions as columns, and back; as :mod:`summitry.record.codec` for the other types."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from summitry.record import parts
from summitry.vocabulary import Evidence, Move, Position


def move_columns(source_id: str, position: int, move: Move) -> parts.Columns:
    """A move as a row, evidence aside."""
    return {
        "id": move.id,
        "source_id": source_id,
        "position": position,
        "kind": move.kind,
        **parts.actor_columns("proposer", move.proposer),
        **parts.actor_columns("addressee", move.addressee),
        "issue": move.issue,
        "give": move.give,
        "get": move.get,
        "condition": move.condition,
        "sequence": move.sequence,
        "status": move.status,
        "responds_to": move.responds_to,
        **parts.date_columns("date", move.date),
        **parts.date_columns("deadline", move.deadline),
        "coder": move.coder,
        "confidence": move.confidence,
    }


def move_of(row: sqlite3.Row, evidence: Sequence[Evidence]) -> Move:
    """The move in a row, with its evidence."""
    proposer, when = parts.actor_of(row, "proposer"), parts.date_of(row, "date")
    assert proposer is not None
    assert when is not None
    return Move(
        id=row["id"],
        evidence=tuple(evidence),
        coder=row["coder"],
        confidence=row["confidence"],
        kind=row["kind"],
        proposer=proposer,
        addressee=parts.actor_of(row, "addressee"),
        issue=row["issue"],
        give=row["give"],
        get=row["get"],
        condition=row["condition"],
        sequence=row["sequence"],
        status=row["status"],
        responds_to=row["responds_to"],
        date=when,
        deadline=parts.date_of(row, "deadline"),
    )


def position_columns(source_id: str, position: int, stand: Position) -> parts.Columns:
    """A position as a row, evidence aside; ``position`` is its place in the reading."""
    return {
        "id": stand.id,
        "source_id": source_id,
        "position": position,
        **parts.actor_columns("party", stand.party),
        "issue": stand.issue,
        "stance": stand.stance,
        "summary": stand.summary,
        "condition": stand.condition,
        "attributed_by": stand.attributed_by,
        **parts.date_columns("held", stand.held),
        "pole": stand.pole,
        "strength": stand.strength,
        "change": stand.change,
        **parts.actor_columns("person", stand.person),
        "coder": stand.coder,
        "confidence": stand.confidence,
    }


def position_of(row: sqlite3.Row, evidence: Sequence[Evidence]) -> Position:
    """The position in a row, with its evidence."""
    party, held = parts.actor_of(row, "party"), parts.date_of(row, "held")
    assert party is not None
    assert held is not None
    return Position(
        id=row["id"],
        evidence=tuple(evidence),
        coder=row["coder"],
        confidence=row["confidence"],
        party=party,
        issue=row["issue"],
        stance=row["stance"],
        summary=row["summary"],
        condition=row["condition"],
        attributed_by=row["attributed_by"],
        held=held,
        pole=row["pole"],
        strength=row["strength"],
        change=row["change"],
        person=parts.actor_of(row, "person"),
    )
