"""Rows as JSON objects, with the field names that other programs rely on; absent is null."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from summitry.ledger import Deadlock, ProcessStatus, Tone
from summitry.record.rows import Citation, MeetingRow, SourceRow
from summitry.vocabulary import (
    Actor,
    Commitment,
    DateInterval,
    Discrepancy,
    Event,
    Evidence,
    LabelledSpan,
    Move,
    Position,
    Prediction,
    Row,
    Span,
    Statement,
)

Json = dict[str, Any]
RecordRow = (
    SourceRow | Statement | Event | Move | Position | Commitment | Prediction | Discrepancy | ProcessStatus | Tone
)
Citations = Mapping[str, Citation]


def date_json(when: DateInterval) -> Json:
    """A date: closed interval of ISO 8601 days, null where open."""
    return {
        "start": when.start.isoformat() if when.start else None,
        "end": when.end.isoformat() if when.end else None,
        "precision": when.precision,
        "basis": when.basis,
    }


def actor_json(actor: Actor | None) -> Json | None:
    """A party or person."""
    if actor is None:
        return None
    return {
        "code": actor.code,
        "name": actor.name,
        "office": actor.office,
        "anonymous": actor.anonymous,
        "kind": actor.kind,
    }


def _actors(actors: Iterable[Actor]) -> list[Json | None]:
    return [actor_json(actor) for actor in actors]


def evidence_json(evidence: Evidence) -> Json:
    """The words: offsets are code points, half-open, in the text of the source."""
    return {
        "source": evidence.source,
        "start": evidence.start,
        "end": evidence.end,
        "exact": evidence.exact,
        "attribution_chain": list(evidence.attribution_chain),
    }


def _span_json(span: Span | LabelledSpan | None) -> Json | None:
    if span is None:
        return None
    label = {"label": span.label} if isinstance(span, LabelledSpan) else {}
    return {"start": span.start, "end": span.end} | label


def _common(row: Row | SourceRow) -> Json:
    return {
        "id": row.id,
        "evidence": [evidence_json(one) for one in row.evidence],
        "coder": row.coder,
        "confidence": row.confidence,
    }


def _source_json(row: SourceRow) -> Json:
    return _common(row) | {
        "uri": row.uri,
        "uris": list(row.uris),
        "status": row.status,
        "stage": row.stage,
        "reason": row.reason,
        "headline": row.headline,
        "byline": row.byline,
        "agency": row.agency,
        "outlet": row.outlet,
        "kind": row.kind,
        "published": date_json(row.published),
        "language": row.language,
        "media_type": row.media_type,
        "copy_of": row.copy_of,
        "furniture": [_span_json(span) for span in row.furniture],
        "statements": row.statements,
        "events": row.events,
        "text": row.text,
    }


def _statement_json(row: Statement) -> Json:
    return _common(row) | {
        "speaker": actor_json(row.speaker),
        "party": actor_json(row.party),
        "addressee": actor_json(row.addressee),
        "said": date_json(row.said),
        "quote_type": row.quote_type,
        "words": row.words,
        "cue": row.cue,
        "on_record": row.on_record,
        "vehicle": row.vehicle,
        "speech_act": row.speech_act,
        "authority": row.authority,
        "source_span": _span_json(row.source_span),
        "cue_span": _span_json(row.cue_span),
        "content_spans": [_span_json(span) for span in row.content_spans],
    }


def _event_json(row: Event) -> Json:
    return _common(row) | {
        "actors": _actors(row.actors),
        "recipients": _actors(row.recipients),
        "type": row.type,
        "mode": row.mode,
        "cameo": row.cameo,
        "quad": row.quad,
        "intensity": row.intensity,
        "date": date_json(row.date),
        "place": row.place,
        "modality": row.modality,
        "attributed_to": actor_json(row.attributed_to),
        "summary": row.summary,
        "reports": row.reports,
        "trigger": _span_json(row.trigger),
    }


def _meeting_json(row: MeetingRow) -> Json:
    return _event_json(row) | {
        "level": row.level,
        "venue": row.venue,
        "delegations": _actors(row.delegations),
        "outcome": row.outcome,
    }


def _move_json(row: Move) -> Json:
    return _common(row) | {
        "kind": row.kind,
        "proposer": actor_json(row.proposer),
        "addressee": actor_json(row.addressee),
        "issue": row.issue,
        "give": row.give,
        "get": row.get,
        "condition": row.condition,
        "sequence": row.sequence,
        "status": row.status,
        "responds_to": row.responds_to,
        "date": date_json(row.date),
        "deadline": date_json(row.deadline) if row.deadline else None,
    }


def _position_json(row: Position) -> Json:
    return _common(row) | {
        "party": actor_json(row.party),
        "issue": row.issue,
        "stance": row.stance,
        "summary": row.summary,
        "condition": row.condition,
        "attributed_by": row.attributed_by,
        "from": _known(row.held),
        "to": _known(row.until),
        "pole": row.pole,
        "strength": row.strength,
        "change": row.change,
        "person": actor_json(row.person),
        "previous": row.previous,
    }


def _known(when: DateInterval | None) -> Json | None:
    """A date; None where nothing is known of it, or where it has not come."""
    return date_json(when) if when is not None and (when.start or when.end) else None


def _commitment_json(row: Commitment) -> Json:
    return _common(row) | {
        "instrument": row.instrument,
        "obligor": actor_json(row.obligor),
        "beneficiary": actor_json(row.beneficiary),
        "text": row.text,
        "status": row.status,
        "as_of": row.as_of.isoformat() if row.as_of else None,
        "events": list(row.events),
        "made": date_json(row.made),
        "issue": row.issue,
        "claimed": row.claimed,
        "claimed_by": actor_json(row.claimed_by),
        "revises": row.revises,
    }


def _prediction_json(row: Prediction) -> Json:
    return _common(row) | {
        "forecaster": actor_json(row.forecaster),
        "claim": row.claim,
        "made": date_json(row.made),
        "horizon": date_json(row.horizon) if row.horizon else None,
        "horizon_rule": row.horizon_rule,
        "hedge": row.hedge,
        "condition": row.condition,
        "resolution": row.resolution,
        "resolved_by": list(row.resolved_by),
        "actors": _actors(row.actors),
        "type": row.type,
        "negated": row.negated,
        "quality": row.quality,
        "note": row.note,
    }


def _discrepancy_json(row: Discrepancy) -> Json:
    return _common(row) | {"kind": row.kind, "a": row.a, "b": row.b, "field": row.field, "note": row.note}


def _status_json(row: ProcessStatus) -> Json:
    return _common(row) | {
        "month": date_json(row.month),
        "state": row.state,
        "criterion": row.criterion,
        "events": list(row.events),
    }


def _tone_json(row: Tone) -> Json:
    return _common(row) | {
        "month": date_json(row.month),
        "parties": list(row.parties),
        "events": row.events,
        "mean": row.mean,
        "quads": dict(row.quads),
    }


def _own_fields(row: SourceRow | Row) -> Json:
    """The fields of a row of any kind but a source."""
    match row:
        case Statement():
            return _statement_json(row)
        case MeetingRow():
            return _meeting_json(row)
        case Event():
            return _event_json(row)
        case Move():
            return _move_json(row)
        case Position():
            return _position_json(row)
        case Commitment():
            return _commitment_json(row)
        case Prediction():
            return _prediction_json(row)
        case Discrepancy():
            return _discrepancy_json(row)
        case ProcessStatus():
            return _status_json(row)
        case Tone():
            return _tone_json(row)
        case Deadlock():
            return deadlock_json(row)
        case SourceRow():
            return _source_json(row)
    return _common(row)


def to_dict(row: SourceRow | Row, cited: Citations | None = None) -> Json:
    """A row as a JSON object. With ``cited`` it also tells the outlet and date of its (first) source."""
    found = _own_fields(row)
    if isinstance(row, SourceRow):
        return found
    source = cited.get(row.evidence[0].source) if cited else None
    if source is not None:
        found |= {"outlet": source.outlet, "published": date_json(source.published)}
    return found


def to_dicts(rows: Iterable[RecordRow], cited: Citations | None = None) -> list[Json]:
    """Rows as JSON objects."""
    return [to_dict(row, cited) for row in rows]


def deadlock_json(row: Deadlock) -> Json:
    """A deadlock as a JSON object."""
    return {
        "id": row.id,
        "evidence": [evidence_json(one) for one in row.evidence],
        "coder": row.coder,
        "confidence": row.confidence,
        "steps": [
            {
                "id": step.id,
                "party": actor_json(step.party),
                "step": step.step,
                "ended": step.ended,
                "waits_for": list(step.waits_for),
                "bonds": list(step.bonds),
                "evidence": [evidence_json(one) for one in step.evidence],
                "rows": list(step.rows),
            }
            for step in row.steps
        ],
        "broken_by": [list(chosen) for chosen in row.broken_by],
        "orders": [
            {
                "kind": order.kind,
                "rounds": [list(steps) for steps in order.rounds],
                "proposed_by": list(order.proposed_by),
                "evidence": [evidence_json(one) for one in order.evidence],
            }
            for order in row.orders
        ],
    }
