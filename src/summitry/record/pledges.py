"""Commitments, predictions and asserted discrepancies as columns, and back; as :mod:`summitry.record.codec`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import date

from summitry.record import parts
from summitry.vocabulary import Commitment, Discrepancy, Evidence, Prediction


def commitment_columns(source_id: str, position: int, row: Commitment) -> parts.Columns:
    """A commitment as a row, evidence aside."""
    return {
        "id": row.id,
        "source_id": source_id,
        "position": position,
        "instrument": row.instrument,
        **parts.actor_columns("obligor", row.obligor),
        **parts.actor_columns("beneficiary", row.beneficiary),
        "text": row.text,
        "status": row.status,
        "as_of": row.as_of.isoformat() if row.as_of else None,
        "events": parts.to_json(list(row.events)),
        **parts.date_columns("made", row.made),
        "issue": row.issue,
        "claimed": row.claimed,
        **parts.actor_columns("claimed_by", row.claimed_by),
        "revises": row.revises,
        "coder": row.coder,
        "confidence": row.confidence,
    }


def commitment_of(row: sqlite3.Row, evidence: Sequence[Evidence]) -> Commitment:
    """The commitment in a row, with its evidence."""
    obligor, made = parts.actor_of(row, "obligor"), parts.date_of(row, "made")
    assert obligor is not None
    assert made is not None
    return Commitment(
        id=row["id"],
        evidence=tuple(evidence),
        coder=row["coder"],
        confidence=row["confidence"],
        instrument=row["instrument"],
        obligor=obligor,
        beneficiary=parts.actor_of(row, "beneficiary"),
        text=row["text"],
        status=row["status"],
        as_of=date.fromisoformat(row["as_of"]) if row["as_of"] else None,
        events=tuple(json.loads(row["events"])),
        made=made,
        issue=row["issue"],
        claimed=row["claimed"],
        claimed_by=parts.actor_of(row, "claimed_by"),
        revises=row["revises"],
    )


def prediction_columns(source_id: str, position: int, row: Prediction) -> parts.Columns:
    """A prediction as a row, evidence aside."""
    return {
        "id": row.id,
        "source_id": source_id,
        "position": position,
        **parts.actor_columns("forecaster", row.forecaster),
        "claim": row.claim,
        **parts.date_columns("made", row.made),
        **parts.date_columns("horizon", row.horizon),
        "horizon_rule": row.horizon_rule,
        "hedge": row.hedge,
        "condition": row.condition,
        "resolution": row.resolution,
        "resolved_by": parts.to_json(list(row.resolved_by)),
        "actors": parts.actors_json(row.actors),
        "type": row.type,
        "negated": int(row.negated),
        "quality": row.quality,
        "note": row.note,
        "coder": row.coder,
        "confidence": row.confidence,
    }


def prediction_of(row: sqlite3.Row, evidence: Sequence[Evidence]) -> Prediction:
    """The prediction in a row, with its evidence."""
    forecaster, made = parts.actor_of(row, "forecaster"), parts.date_of(row, "made")
    assert forecaster is not None
    assert made is not None
    return Prediction(
        id=row["id"],
        evidence=tuple(evidence),
        coder=row["coder"],
        confidence=row["confidence"],
        forecaster=forecaster,
        claim=row["claim"],
        made=made,
        horizon=parts.date_of(row, "horizon"),
        horizon_rule=row["horizon_rule"],
        hedge=row["hedge"],
        condition=row["condition"],
        resolution=row["resolution"],
        resolved_by=tuple(json.loads(row["resolved_by"])),
        actors=parts.actors_of_json(row["actors"]),
        type=row["type"],
        negated=bool(row["negated"]),
        quality=row["quality"],
        note=row["note"],
    )


def discrepancy_columns(source_id: str, position: int, row: Discrepancy) -> parts.Columns:
    """A discrepancy as a row, evidence aside."""
    return {
        "id": row.id,
        "source_id": source_id,
        "position": position,
        "kind": row.kind,
        "a": row.a,
        "b": row.b,
        "field": row.field,
        "note": row.note,
        "coder": row.coder,
        "confidence": row.confidence,
    }


def discrepancy_of(row: sqlite3.Row, evidence: Sequence[Evidence]) -> Discrepancy:
    """The discrepancy in a row, with its evidence."""
    return Discrepancy(
        id=row["id"],
        evidence=tuple(evidence),
        coder=row["coder"],
        confidence=row["confidence"],
        kind=row["kind"],
        a=row["a"],
        b=row["b"],
        field=row["field"],
        note=row["note"],
    )
