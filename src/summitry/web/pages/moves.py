"""Moves: who put what on the table or took it off, for what, and what it answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from summitry.errors import UsageError
from summitry.ledger import answers_of
from summitry.ledger.replies import STATUSES
from summitry.record import Citation
from summitry.report.rows import to_dict
from summitry.vocabulary import UNKNOWN_DATE, DateInterval, Move, MoveKind, Row
from summitry.web.page import Json, Page, Part
from summitry.web.pages.telling import counted, newest, what_it_is, when_of, who_says
from summitry.web.question import Question
from summitry.web.view import View

LABELS: Final[Mapping[MoveKind, tuple[str, str]]] = {
    "demand": ("Offers for it", "Demands"),
    "offer": ("Offers", "Wants for it"),
    "precondition": ("Its own step", "Wants first"),
    "concession": ("Concedes", "For it"),
    "refusal": ("Refuses", "Though offered"),
    "threat": ("Threatens", "To get"),
    "promise": ("Promises", "For it"),
}
"""What ``give`` and ``get`` are called in a move of each kind."""

ONLY: Final = {"answers": "that answer or were answered", "terms": "with a condition or an order"}
"""What a list may be narrowed to, besides kind and status."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovesPage(Page):
    """Moves, the newest first.

    ``kinds`` and ``statuses`` tell how many the filters leave of each. ``answered`` is what a move answers, ``answers``
    the rows that answer it, both by its id. ``issues`` are the matters of all moves.
    """

    part: Part[Move]
    kinds: Sequence[tuple[str, int]]
    statuses: Sequence[tuple[str, int]]
    issues: Sequence[tuple[str, int]]
    answered: Mapping[str, Move]
    answers: Mapping[str, Sequence[Row]]
    parties: Sequence[tuple[str, str, int]]
    cited: Mapping[str, Citation]

    @property
    def labels(self) -> Mapping[MoveKind, tuple[str, str]]:
        """See :data:`LABELS`."""
        return LABELS

    def what(self, row: Row) -> str:
        """An answer in a word or two."""
        return what_it_is(row)

    def who(self, row: Row) -> str:
        """Whose answer it is."""
        return who_says(row)

    def when(self, row: Row) -> DateInterval:
        """When it was given."""
        return when_of(row) or UNKNOWN_DATE

    def json(self) -> Json:
        """See :class:`Page`."""
        rows = [
            to_dict(row, self.cited) | {"answers": [one.id for one in self.answers.get(row.id, ())]}
            for row in self.part.rows
        ]
        return {"title": self.title, "rows": rows, "kinds": dict(self.kinds), **self.part.json()}


def build(view: View, question: Question) -> MovesPage:
    """The page; ``kind``, ``status`` and ``only`` in the question narrow it.

    Raises:
        UsageError: no such kind, status, or narrowing.
    """
    kind = _allowed("kind", question.get("kind"), get_args(MoveKind))
    status = _allowed("status", question.get("status"), STATUSES)
    wanted = _allowed("only", question.get("only"), tuple(ONLY))
    ordered = view.once("moves by day", lambda: newest(view, view.moves(), lambda row: row.date))
    answers = view.once(
        "answers", lambda: answers_of(view.record.holdings(view.as_of, ("moves", "events", "positions")))
    )
    rows: Sequence[Move] = view.choose(ordered, question.filters)
    if wanted == "answers":
        rows = [row for row in rows if row.responds_to or answers.get(row.id)]
    elif wanted == "terms":
        rows = [row for row in rows if row.condition or row.sequence or row.deadline]
    kinds, statuses = counted(row.kind for row in rows), counted(row.status for row in rows)
    rows = [row for row in rows if (not kind or row.kind == kind) and (not status or row.status == status)]
    part = Part.of(rows, question.number, view.size)
    by_id = view.once("moves by id", lambda: {row.id: row for row in view.moves()})
    answered = {row.id: by_id[row.responds_to] for row in part.rows if row.responds_to in by_id}
    beside = {row.id: answers[row.id] for row in part.rows if row.id in answers}
    return MovesPage(
        title="Moves",
        part=part,
        kinds=kinds,
        statuses=statuses,
        issues=view.once("issues of moves", lambda: counted(row.issue for row in view.moves())),
        answered=answered,
        answers=beside,
        parties=view.parties(),
        cited=view.cited([*part.rows, *answered.values(), *(row for found in beside.values() for row in found)]),
    )


def _allowed(name: str, value: str, allowed: Sequence[str]) -> str:
    if value and value not in allowed:
        raise UsageError(f"{name} is {value!r}; allowed: {', '.join(allowed)}")
    return value
