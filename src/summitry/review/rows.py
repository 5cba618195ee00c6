"""Rows as reviews leave them: with a coder that names the reviewer, added ones, events merged or taken apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from summitry.review.fields import AnyRow, edited, made
from summitry.review.names import with_defaults
from summitry.review.plover import TYPES
from summitry.review.types import Kind, Review
from summitry.vocabulary import (
    Commitment,
    Discrepancy,
    Event,
    Evidence,
    Meeting,
    Move,
    Position,
    Prediction,
    Row,
    Span,
    Statement,
)

_REVIEWED: Final = re.compile(r"review:[^,]*(?:, on (.*))?", re.DOTALL)


def coder_of(by: str, coder: str | None = None) -> str:
    """The coder of a row that a person made, or that a person changed or confirmed over the reader's ``coder``."""
    if coder is not None and (own := _REVIEWED.fullmatch(coder)) is not None:
        coder = own[1]  # changed before: the reader's name stays, the last reviewer's stands before it
    return f"review:{by}" if coder is None else f"review:{by}, on {coder}"


def reviewed(kind: Kind, row: AnyRow, said: Mapping[str, Any], by: str) -> AnyRow:
    """A row that a person holds to be right, with fields set as the person says."""
    row = edited(kind, row, said) if said else row
    return replace(row, coder=coder_of(by, row.coder), confidence=1.0)


def added(review: Review, evidence: Evidence, sides: Sequence[Evidence] = ()) -> Row:
    """The row that an addition makes; ``sides`` are the passages of the two rows of a discrepancy.

    Raises:
        UsageError: it says what its kind cannot hold.
    """
    kind = review.kind
    values = {name: made(kind, name, value) for name, value in with_defaults(kind, review.fields).items()}
    common: dict[str, Any] = {
        "id": review.rows[0].row,
        "evidence": (evidence,),
        "coder": coder_of(review.by),
        "confidence": 1.0,
    }
    at = Span(evidence.start, evidence.end)
    match kind:
        case "statement":
            return Statement(**common, **values, source_span=None, cue_span=None, content_spans=(at,))
        case "event":
            return _event(common, values, at)
        case "move":
            return Move(**common, **values)
        case "position":
            return Position(**common, **values)
        case "commitment":
            return Commitment(**common, **values)
        case "prediction":
            return Prediction(**common, **values)
        case _:
            # The evidence of a discrepancy is that of its sides, then the words that it was seen by.
            one, other = (*sides, evidence, evidence)[:2]
            return Discrepancy(**common | {"evidence": (one, other, evidence)}, **values)


def _event(common: Mapping[str, Any], values: dict[str, Any], at: Span) -> Event:
    level, venue, delegations, outcome = (values.pop(n) for n in ("level", "venue", "delegations", "outcome"))
    quad, intensity, cameo = TYPES[values["type"]]
    named = level or venue or delegations or outcome
    return Event(
        **common,
        **values,
        mode=None,
        cameo=cameo,
        quad=quad,
        intensity=intensity,
        trigger=at,
        meeting=Meeting(level=level or "other", venue=venue, delegations=delegations, outcome=outcome)
        if named
        else None,
    )


def without(entry: Event, row_id: str, rest: Sequence[Event], story: Callable[[str], str]) -> Event:
    """An entry of which only the tellings ``rest`` remain: in the words of the surest of them.

    ``story`` names the report of which a report is a copy, or the report itself.
    """
    surest = max(rest, key=lambda event: (event.confidence, event.id == entry.id, event.id))
    kept = {(one.source, one.start, one.end) for event in rest for one in event.evidence}
    evidence = tuple(one for one in entry.evidence if (one.source, one.start, one.end) in kept)
    reports = {story(one.source) for one in evidence}
    return replace(surest, id=row_id, evidence=evidence or surest.evidence, reports=max(len(reports), 1))


def merged(root: str, events: Sequence[Event], by: str, story: Callable[[str], str]) -> Event:
    """One row of events that a person holds to be one: the first's fields, what it lacks from the others."""
    first = events[0]
    if len(events) == 1:
        return replace(first, id=root)
    evidence = tuple(dict.fromkeys(one for event in events for one in event.evidence))
    dated = next((event.date for event in events if event.date.start or event.date.end), first.date)
    return replace(
        first,
        id=root,
        evidence=evidence,
        actors=next((event.actors for event in events if event.actors), ()),
        recipients=next((event.recipients for event in events if event.recipients), ()),
        date=dated,
        place=next((event.place for event in events if event.place), None),
        meeting=next((event.meeting for event in events if event.meeting), None),
        reports=len({story(one.source) for one in evidence}),
        coder=coder_of(by, first.coder),
        confidence=max(event.confidence for event in events),
    )
