"""Rows that only a record of several reports has: each with the passages of the rows it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from summitry.errors import EvidenceError
from summitry.vocabulary import Actor, DateInterval, Evidence, Row

ProcessState = Literal["active", "stalled", "suspended", "collapsed", "agreement"]
OrderKind = Literal["all at once", "phased", "one side first"]
Bond = Literal["after", "exchange", "simultaneous"]
"""How a step waits for another: until it is done; for it, in no order that is told; or both at the same time."""
BriefSection = Literal[
    "state", "moves", "positions", "conditions", "commitments", "predictions", "ahead", "doubt", "changed"
]


@dataclass(frozen=True, slots=True)
class Step:
    """What one party is to do, in the words of a move or position; it waits for the steps named by id.

    ``evidence`` are the passages that make it wait; of a step that waits for none, those that name it. ``rows`` are the
    ids of the moves and positions of these. ``bonds`` tell, for each of ``waits_for``, how it waits.
    ``ended``: the step is the end of what its words name.
    """

    id: str
    party: Actor
    step: str
    waits_for: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    rows: tuple[str, ...]
    bonds: tuple[Bond, ...] = ()
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """An order in which the steps of a deadlock could go, as parties' own words allow: the ids of steps, by rounds.

    The steps of one round go at the same time. ``proposed_by`` are the parties whose words allow it.
    """

    kind: OrderKind
    rounds: tuple[tuple[str, ...], ...]
    proposed_by: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlock(Row):
    """Steps that wait for one another in a circle.

    ``broken_by`` are the smallest sets of steps (by id) whose conceding (going without waiting) breaks every circle
    among them.
    """

    steps: tuple[Step, ...]
    broken_by: tuple[tuple[str, ...], ...]
    orders: tuple[Order, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessStatus(Row):
    """The state of the talks in a month, by which criterion, by which events (ids)."""

    month: DateInterval
    state: ProcessState
    criterion: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone(Row):
    """How two parties dealt with one another in a month: how many events, their mean PLOVER intensity (-10 to 10), and
    how many of each quad. ``parties`` are the codes of two states or organisations, sorted."""

    month: DateInterval
    parties: tuple[str, str]
    events: int
    mean: float
    quads: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class BriefLine:
    """One sentence of a brief with the passages it rests on.

    Raises:
        EvidenceError: there is none; a sentence without evidence cannot be made.
    """

    section: BriefSection
    text: str
    evidence: tuple[Evidence, ...]
    rows: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.evidence:
            raise EvidenceError(f"brief sentence {self.text[:60]!r} has no evidence; every sentence has a footnote")


@dataclass(frozen=True, slots=True)
class Brief:
    """Where the talks stand on a day, or what changed since another, in sentences by section.

    ``left_out`` are how many rows of a section a page has no room for; ``others`` the titles of further negotiations
    that the record tells of.
    """

    title: str
    as_of: date | None
    lines: tuple[BriefLine, ...]
    since: date | None = None
    left_out: tuple[tuple[BriefSection, int], ...] = ()
    others: tuple[str, ...] = ()
