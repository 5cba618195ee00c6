"""What there is to doubt about a row, so that a person looks first where looking pays most."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from summitry.vocabulary import Event, Position, Row, Statement

LOW: Final = 0.5
"""A row that is likelier wrong than right."""

A_REASON: Final = 0.2
"""What a reason to doubt weighs beside the chance that the row is wrong (one less its confidence). Confidence is
measured and leads; a fifth moves a row past others that are a little less sure, not past all."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """How doubtful a row is (0 and more), and why."""

    weight: float
    reasons: tuple[str, ...]


def doubt_of(row: Row, disputed: Collection[str] = ()) -> Doubt:
    """The doubt about a row. ``disputed`` are the ids of rows that stand in a discrepancy."""
    reasons = []
    if row.confidence < LOW:
        reasons.append("low confidence")
    if row.id in disputed or (isinstance(row, Event) and row.modality == "alleged"):
        reasons.append("disputed")
    if _anonymous(row):
        reasons.append("anonymous")
    if any(one.attribution_chain for one in row.evidence) or _at_second_hand(row):
        reasons.append("second hand")
    if len({one.source for one in row.evidence}) == 1 and isinstance(row, Event):
        reasons.append("single source")
    return Doubt(round(1.0 - row.confidence + A_REASON * len(reasons), 3), tuple(reasons))


def _anonymous(row: Row) -> bool:
    if isinstance(row, Statement):
        return row.on_record == "anonymous"
    names = ("attributed_to", "person", "forecaster", "claimed_by", "proposer")
    return any(getattr(getattr(row, name, None), "anonymous", False) for name in names)


def _at_second_hand(row: Row) -> bool:
    """Known by the word of somebody other than who holds or does it."""
    return (isinstance(row, Position) and row.attributed_by != "self") or (
        isinstance(row, Event) and row.attributed_to is not None and row.modality == "alleged"
    )
