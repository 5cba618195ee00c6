"""Deadlocks: who waits for whom, drawn and in words, what breaks it, and in which orders the steps could go."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from summitry.ledger import Deadlock, Order, Step
from summitry.record import Citation
from summitry.report.deadlocks import BONDS, deadlock_json
from summitry.report.drawing import arrows, draw, words_of
from summitry.report.words import names, one_line
from summitry.vocabulary import Evidence
from summitry.web.page import Json, Page, Part
from summitry.web.question import Question
from summitry.web.view import View

SETS: Final = 6
"""Ways to break a deadlock that are told."""

PASSAGES: Final = 4
"""Passages of a step or order that are shown; its row has all."""

ON_A_PAGE: Final = 10
"""Deadlocks on a page: each is drawn."""

_KINDS: Final = {
    "all at once": "All at once",
    "phased": "Phased: step by step, each side in every round",
    "one side first": "One side first",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step with its number, what it is in words, how it waits for which numbers, and its passages."""

    number: int
    step: Step
    words: str
    waits: tuple[tuple[str, int], ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """An order of the steps: its kind in words, the numbers by round, in whose words."""

    kind: str
    rounds: tuple[tuple[int, ...], ...]
    by: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Knot:
    """A deadlock as it is shown. ``picture`` is its drawing as a ``data:`` address: it has a style of its own, which an
    image may have and a page may not. ``broken`` are the smallest sets of steps, by number, that end it."""

    row: Deadlock
    parties: str
    picture: str
    steps: tuple[Waiting, ...]
    broken: tuple[tuple[int, ...], ...]
    more: int
    smallest: bool
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlocksPage(Page):
    """Deadlocks, each drawn and told."""

    part: Part[Knot]
    parties: Sequence[tuple[str, str, int]]
    cited: Mapping[str, Citation]

    def json(self) -> Json:
        """See :class:`Page`."""
        return {"title": self.title, "rows": [deadlock_json(one.row) for one in self.part.rows], **self.part.json()}


def build(view: View, question: Question) -> DeadlocksPage:
    """The page."""
    chosen = Part.of(view.choose(view.deadlocks(), question.filters), question.number, min(ON_A_PAGE, view.size))
    ids = {one.source for row in chosen.rows for one in _passages(row)}
    return DeadlocksPage(
        title="Deadlocks",
        part=Part([knot_of(row) for row in chosen.rows], chosen.number, chosen.pages, chosen.total),
        parties=view.parties(),
        cited=view.record.citations(ids),
    )


def _passages(row: Deadlock) -> Iterator[Evidence]:
    yield from row.evidence
    for step in row.steps:
        yield from step.evidence
    for order in row.orders:
        yield from order.evidence


def knot_of(row: Deadlock) -> Knot:
    """A deadlock as it is shown: its steps numbered, drawn."""
    numbers = {step.id: number for number, step in enumerate(row.steps, 1)}
    return Knot(
        row=row,
        parties=names(step.party for step in row.steps),
        picture="data:image/svg+xml;base64," + b64encode(draw([row]).encode()).decode("ascii"),
        steps=tuple(_waiting(step, numbers) for step in row.steps),
        broken=tuple(tuple(sorted(numbers[one] for one in chosen)) for chosen in row.broken_by[:SETS]),
        more=max(len(row.broken_by) - SETS, 0),
        smallest="greedy" not in row.coder,
        ways=tuple(_way(order, row, numbers) for order in row.orders),
    )


def _waiting(step: Step, numbers: Mapping[str, int]) -> Waiting:
    waits = tuple((BONDS[bond], numbers[other]) for other, bond in arrows(step))
    return Waiting(numbers[step.id], step, words_of(step), waits, step.evidence[:PASSAGES])


def _way(order: Order, row: Deadlock, numbers: Mapping[str, int]) -> Way:
    known = {step.party.code or step.party.name: one_line(step.party.name) for step in row.steps}
    return Way(
        _KINDS[order.kind],
        tuple(tuple(sorted(numbers[one] for one in steps)) for steps in order.rounds),
        " and ".join(known.get(code, code) for code in order.proposed_by),
        order.evidence[:PASSAGES],
    )
