"""How a discrepancy is made of two rows that do not go together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from summitry.ledger.holdings import Holdings
from summitry.ledger.wording import party_of
from summitry.vocabulary import (
    Actor,
    DateInterval,
    Discrepancy,
    DiscrepancyKind,
    Event,
    Move,
    Position,
    Row,
    content_id,
)

CODER: Final = "discrepancies/1"
Field = Literal["date", "number", "who", "place", "stance", "answer", "claim", "blame", "denial", "promise"]
SURE: Final[dict[Field, float]] = {
    "date": 0.6,
    "number": 0.7,
    "who": 0.5,
    "place": 0.6,
    "stance": 0.8,
    "answer": 0.8,
    "claim": 0.7,
    "blame": 0.8,
    "denial": 0.6,
    "promise": 0.6,
}
"""How sure a discrepancy is when both of its rows are, by the field in which they differ. Judged on rows read by hand,
not fitted: there is no gold for discrepancies yet."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Which of the kinds kept apart, and in which field the two rows differ."""

    kind: DiscrepancyKind
    field: Field


def apart(kind: Kind, a: Row, b: Row, note: str) -> Discrepancy:
    """The discrepancy of two rows: the first passage of each, ``a`` first; as sure as the less sure of them allows."""
    return Discrepancy(
        id=content_id("dis", kind.kind, kind.field, a.id, b.id),
        evidence=(a.evidence[0], b.evidence[0]),
        coder=CODER,
        confidence=round(SURE[kind.field] * min(a.confidence, b.confidence), 3),
        kind=kind.kind,
        a=a.id,
        b=b.id,
        field=kind.field,
        note=note,
    )


def names(one: Actor | None) -> str:
    """A party or person by name, for a note."""
    return one.name if one is not None else "somebody"


def days(holdings: Holdings, when: DateInterval, row: Row) -> tuple[date, date] | None:
    """The first and the last day of a row; where they are unknown, of its report; None where that is too."""
    if when.start is None and when.end is None:
        report = holdings.reports.get(row.evidence[0].source)
        if report is None:
            return None
        when = report.published
    first, last = when.start or when.end, when.end or when.start
    return (first, last) if first is not None and last is not None else None


def later(one: tuple[date, date] | None, other: tuple[date, date] | None, within: timedelta) -> bool:
    """Whether the second is surely after the first, and not too long after."""
    return one is not None and other is not None and one[1] < other[0] <= one[0] + within


def near(one: tuple[date, date] | None, other: tuple[date, date] | None, within: timedelta) -> bool:
    """Whether two rows are of about the same time."""
    return one is not None and other is not None and abs(one[0] - other[0]) <= within


def date_of(row: Move | Position | Event) -> DateInterval:
    """The dates of a row, whatever the field is called."""
    return row.held if isinstance(row, Position) else row.date


def parties_of(actors: tuple[Actor, ...]) -> tuple[str, ...]:
    """The states and organisations of actors, each once, in order."""
    return tuple(dict.fromkeys(code for one in actors if (code := party_of(one)) is not None))
