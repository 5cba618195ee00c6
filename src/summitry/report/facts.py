"""The fields of one row as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summitry.ledger import Deadlock, ProcessStatus, Tone
from summitry.record import Explanation, Passage, SourceRow
from summitry.report.columns import STATUS
from summitry.report.sureness import meaning_of
from summitry.report.words import edtf, full_name, names, one_line, quoted
from summitry.vocabulary import (
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


def _dated(when: DateInterval) -> str:
    words = edtf(when)
    return words if words == "unknown" else f"{words} ({one_line(when.basis)})"


def facts_of(told: Explanation) -> Iterator[str]:
    """The fields of the row that is explained, a line each."""
    for name, value in fields_of(told):
        yield f"  {name:<13} {value}" if name else value


def fields_of(told: Explanation) -> Iterator[tuple[str, str]]:
    """The fields of the row that is explained, named for a person; the first, without a name, says what the row is."""
    row = told.row
    if isinstance(row, SourceRow):
        yield "", f"{row.id}  source, {row.status}"
        yield from _lines(
            ("where", ", ".join(row.uris) or row.uri),
            ("why not", f"{row.reason} (at {row.stage})" if row.reason else None),
            ("headline", row.headline),
            ("byline", row.byline),
            ("agency", row.agency),
            ("outlet", row.outlet),
            ("kind", row.kind),
            ("published", _dated(row.published)),
            ("copy of", row.copy_of),
            ("found", f"{row.statements} statements, {row.events} events"),
            ("coder", row.coder),
        )
    elif isinstance(row, Statement):
        yield "", f"{row.id}  {row.quote_type} statement: {row.speech_act}"
        yield from _lines(
            ("words", quoted(row.words, row.quote_type)),
            ("speaker", full_name(row.speaker)),
            ("party", f"{row.party.name} ({row.party.code})" if row.party else None),
            ("to", full_name(row.addressee) if row.addressee else None),
            ("said", _dated(row.said)),
            ("cue", row.cue),
            ("on record", "unnamed speaker" if row.on_record == "anonymous" else "named speaker"),
            ("through", row.vehicle),
            ("authority", row.authority),
            *_sureness(row),
        )
    elif isinstance(row, Move):
        yield "", f"{row.id}  move: {row.kind}"
        yield from _lines(*_move_facts(row))
    elif isinstance(row, Position):
        yield "", f"{row.id}  position: {row.stance}"
        yield from _lines(*_position_facts(row))
    elif isinstance(row, Commitment):
        yield "", f"{row.id}  commitment: {STATUS[row.status]}"
        yield from _lines(*_commitment_facts(row))
    elif isinstance(row, Prediction):
        yield "", f"{row.id}  prediction: {row.resolution}"
        yield from _lines(*_prediction_facts(row))
    elif isinstance(row, Discrepancy):
        yield "", f"{row.id}  discrepancy: {row.kind}"
        yield from _lines(("in", row.field), ("what", row.note), ("sides", f"{row.a}, {row.b}"), *_sureness(row))
    elif isinstance(row, Event):
        yield "", f"{row.id}  event: {row.type}{f' ({row.mode})' if row.mode else ''}, {row.modality}"
        yield from _lines(*_event_facts(row), ("trigger", _trigger(row, told.passages)), *_sureness(row))

    else:
        yield "", f"{row.id}  {told.kind}"
        yield from _lines(*_ledger_facts(row))


def _sureness(row: Row) -> Iterator[tuple[str, str | None]]:
    yield "coder", f"{row.coder}, confidence {row.confidence:.2f}"
    yield "which means", meaning_of(row)


def _trigger(row: Event, passages: Sequence[Passage]) -> str | None:
    """The word that an event was read from; it stands in the first passage."""
    passage = passages[0]
    words = f"{passage.before}{passage.evidence.exact}{passage.after}"
    found = words[max(0, row.trigger.start - passage.start) : max(0, row.trigger.end - passage.start)]
    return f"“{one_line(found)}”" if found.strip() else None


def _move_facts(row: Move) -> Iterator[tuple[str, str | None]]:
    yield "proposer", full_name(row.proposer)
    yield "to", full_name(row.addressee) if row.addressee else None
    yield "issue", row.issue
    yield "gives", row.give
    yield "gets", row.get
    yield "condition", row.condition
    yield "own step", row.sequence
    yield "date", _dated(row.date)
    yield "deadline", _dated(row.deadline) if row.deadline else None
    yield "status", row.status
    yield "answers", row.responds_to
    yield from _sureness(row)


def _position_facts(row: Position) -> Iterator[tuple[str, str | None]]:
    yield "party", f"{row.party.name} ({row.party.code})"
    yield "issue", row.issue
    yield "summary", row.summary
    yield "condition", row.condition
    yield "by word of", row.attributed_by
    yield "whose", full_name(row.person) if row.person else None
    yield "held", _dated(row.held)
    yield "until", _dated(row.until) if row.until else None
    yield "pole", row.pole
    yield "strength", f"{row.strength:.2f}" if row.strength is not None else None
    yield "change", f"{row.change}, against {row.previous}" if row.previous else row.change
    yield from _sureness(row)


def _commitment_facts(row: Commitment) -> Iterator[tuple[str, str | None]]:
    yield "instrument", row.instrument
    yield "obligor", full_name(row.obligor)
    yield "towards", full_name(row.beneficiary) if row.beneficiary else None
    yield "what", row.text
    yield "made", _dated(row.made)
    yield "as of", row.as_of.isoformat() if row.as_of else None
    yield "by", ", ".join(row.events) or None
    yield "claimed", f"{STATUS[row.claimed]}, by {full_name(row.claimed_by)}" if row.claimed is not None else None
    yield "revises", row.revises
    yield from _sureness(row)


def _prediction_facts(row: Prediction) -> Iterator[tuple[str, str | None]]:
    yield "forecaster", full_name(row.forecaster)
    yield "claim", row.claim
    yield "made", _dated(row.made)
    yield "horizon", f"{edtf(row.horizon)} ({row.horizon_rule})" if row.horizon else row.horizon_rule
    yield "hedge", row.hedge
    yield "condition", row.condition
    yield "means", f"{'no ' if row.negated else ''}{row.type} of {names(row.actors)}" if row.type else None
    yield "how", row.quality
    yield "why", row.note
    yield "resolved by", ", ".join(row.resolved_by) or None
    yield from _sureness(row)


def _ledger_facts(row: Row) -> Iterator[tuple[str, str | None]]:
    if isinstance(row, ProcessStatus):
        yield "month", edtf(row.month)
        yield "state", row.state
        yield "criterion", row.criterion
        yield "events", ", ".join(row.events) or None
    elif isinstance(row, Tone):
        yield "month", edtf(row.month)
        yield "parties", ", ".join(row.parties)
        yield "mean", f"{row.mean:+.1f} over {row.events} events"
    elif isinstance(row, Deadlock):
        for step in row.steps:
            yield "step", f"{full_name(step.party)}: {'an end of ' if step.ended else ''}{step.step}"
        yield "broken by", " or ".join(" with ".join(each) for each in row.broken_by)
    yield "coder", f"{row.coder}, confidence {row.confidence:.2f}"


def _event_facts(row: Event) -> Iterator[tuple[str, str | None]]:
    yield "what", row.summary
    yield "actors", names(row.actors)
    yield "recipients", names(row.recipients)
    yield "date", _dated(row.date)
    yield "place", row.place
    yield "attributed to", full_name(row.attributed_to) if row.attributed_to else None
    yield "codes", f"PLOVER {row.type}, CAMEO {row.cameo or 'none'}, {row.quad}, intensity {row.intensity:+g}"
    if row.meeting:
        yield "meeting", f"{row.meeting.level}{f', {row.meeting.venue}' if row.meeting.venue else ''}"
        yield "delegations", "; ".join(full_name(one) for one in row.meeting.delegations)
        yield "outcome", row.meeting.outcome
    yield "reports", f"{row.reports} independent"


def _lines(*facts: tuple[str, str | None]) -> Iterator[tuple[str, str]]:
    for name, value in facts:
        if value:
            yield name, one_line(value)
