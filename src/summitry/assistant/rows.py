"""Rows of the record as results: one function for each kind."""

from __future__ import annotations

from typing import Any, Final

from summitry.assistant.quoting import Quotes, line, seen, someone, when, who
from summitry.assistant.results import (
    CommitmentResult,
    DeadlockResult,
    DiscrepancyResult,
    EventResult,
    MonthResult,
    MoveResult,
    PositionResult,
    PredictionResult,
    StandingResult,
    StatementResult,
    StepResult,
)
from summitry.ledger import Cell, Deadlock, Order, ProcessStatus, Step
from summitry.ledger.rows import Bond
from summitry.report.deadlocks import BONDS
from summitry.report.words import edtf, one_line
from summitry.vocabulary import Commitment, Discrepancy, Event, Move, Position, Prediction, Row, Statement

_STATUS: Final = {None: "no public evidence", 0: "not begun", 1: "minimal", 2: "intermediate", 3: "full"}
_ROWS: Final = 6
"""Rows of a step that are named: they tell the same."""

_SETS: Final = 6
"""Ways to break a deadlock that are told: beyond these they differ in little."""


def _common(row: Row, quotes: Quotes) -> dict[str, Any]:
    return {
        "id": row.id,
        "link": quotes.desk.row(row.id),
        "confidence": round(row.confidence, 2),
        "passages": quotes.passages(row.evidence, row.id),
        "passages_total": len(row.evidence),
    }


def statement(row: Statement, quotes: Quotes) -> StatementResult:
    """A statement."""
    return StatementResult(
        **_common(row, quotes),
        speaker=who(row.speaker),
        party=someone(row.party),
        addressee=someone(row.addressee),
        said=when(row.said),
        words=line(row.words) or "",
        quote_type=row.quote_type,
        speech_act=row.speech_act,
        on_record=row.on_record,
        vehicle=line(row.vehicle),
    )


def event(row: Event, quotes: Quotes) -> EventResult:
    """An event; of a meeting also level, venue and outcome."""
    met = row.meeting
    return EventResult(
        **_common(row, quotes),
        type=row.type,
        modality=row.modality,
        date=when(row.date),
        actors=[who(actor) for actor in row.actors],
        recipients=[who(actor) for actor in row.recipients],
        summary=line(row.summary) or "",
        attributed_to=someone(row.attributed_to),
        place=line(row.place),
        reports=row.reports,
        level=met.level if met else None,
        venue=line(met.venue) if met else None,
        outcome=line(met.outcome) if met else None,
    )


def move(row: Move, quotes: Quotes) -> MoveResult:
    """A move."""
    return MoveResult(
        **_common(row, quotes),
        kind=row.kind,
        proposer=who(row.proposer),
        addressee=someone(row.addressee),
        issue=line(row.issue),
        date=when(row.date),
        give=line(row.give),
        get=line(row.get),
        condition=line(row.condition),
        deadline=edtf(row.deadline) if row.deadline else None,
        status=row.status,
        responds_to=row.responds_to,
    )


def position(row: Position, quotes: Quotes) -> PositionResult:
    """A position."""
    return PositionResult(
        **_common(row, quotes),
        party=who(row.party),
        person=someone(row.person),
        issue=line(row.issue) or "",
        stance=row.stance,
        summary=line(row.summary) or "",
        condition=line(row.condition),
        attributed_by=row.attributed_by,
        held=when(row.held),
        until=edtf(row.until) if row.until else None,
        pole=line(row.pole),
        change=row.change,
    )


def standing(cell: Cell, quotes: Quotes) -> StandingResult:
    """The position that stands in a cell of the matrix."""
    return StandingResult(
        party=who(cell.party),
        issue=line(cell.issue) or "",
        since=cell.since.isoformat() if cell.since else None,
        reaffirmed=cell.reaffirmed,
        moved=cell.moved,
        position=position(cell.position, quotes),
    )


def commitment(row: Commitment, quotes: Quotes) -> CommitmentResult:
    """A commitment with its status in words."""
    return CommitmentResult(
        **_common(row, quotes),
        instrument=line(row.instrument) or "",
        obligor=who(row.obligor),
        beneficiary=someone(row.beneficiary),
        text=line(row.text) or "",
        made=when(row.made),
        issue=line(row.issue),
        status=_STATUS[row.status],
        as_of=row.as_of.isoformat() if row.as_of else None,
        events=list(row.events),
        claimed=None if row.claimed is None else _STATUS[row.claimed],
        claimed_by=someone(row.claimed_by),
    )


def prediction(row: Prediction, quotes: Quotes) -> PredictionResult:
    """A prediction."""
    return PredictionResult(
        **_common(row, quotes),
        forecaster=who(row.forecaster),
        claim=line(row.claim) or "",
        made=when(row.made),
        by_when=when(row.horizon) if row.horizon else None,
        hedge=line(row.hedge),
        condition=line(row.condition),
        resolution=row.resolution,
        resolved_by=list(row.resolved_by),
        note=line(row.note),
    )


def discrepancy(row: Discrepancy, quotes: Quotes) -> DiscrepancyResult:
    """A discrepancy."""
    return DiscrepancyResult(
        **_common(row, quotes), kind=row.kind, a=row.a, b=row.b, field=row.field, note=line(row.note) or ""
    )


def month(row: ProcessStatus, quotes: Quotes) -> MonthResult:
    """The state of a month."""
    return MonthResult(
        **_common(row, quotes), month=edtf(row.month), state=row.state, criterion=line(row.criterion) or ""
    )


def deadlock(row: Deadlock, quotes: Quotes) -> DeadlockResult:
    """A deadlock, its steps by number."""
    numbers = {step.id: number for number, step in enumerate(row.steps, 1)}
    return DeadlockResult(
        id=row.id,
        link=quotes.desk.row(row.id),
        confidence=round(row.confidence, 2),
        steps=[_step(step, numbers, row.id, quotes) for step in row.steps],
        broken_by=[[numbers[one] for one in chosen if one in numbers] for chosen in row.broken_by[:_SETS]],
        orders=[_order(order, numbers) for order in row.orders],
    )


def _step(step: Step, numbers: dict[str, int], row_id: str, quotes: Quotes) -> StepResult:
    # Rows of earlier versions have no bonds; a step waited for was to come first.
    after: Bond = "after"
    bonds = step.bonds or (after,) * len(step.waits_for)
    return StepResult(
        number=numbers[step.id],
        party=who(step.party),
        step=line(step.step) or "",
        waits_for=[
            f"{BONDS[bond]} step {numbers[one]}"
            for one, bond in zip(step.waits_for, bonds, strict=False)
            if one in numbers
        ],
        rows=list(step.rows[:_ROWS]),
        passages=quotes.passages(step.evidence, row_id, 1),
    )


def _order(order: Order, numbers: dict[str, int]) -> str:
    rounds = ", then ".join(
        " and ".join(str(numbers[one]) for one in steps if one in numbers) for steps in order.rounds
    )
    by = ", ".join(seen(one_line(party)) for party in order.proposed_by)
    return f"{order.kind}: steps {rounds}" + (f" (by the words of {by})" if by else "")
