"""A review: who decided what about which row, when, and by which words the row is found again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

from summitry.errors import UsageError
from summitry.vocabulary import (
    Commitment,
    Discrepancy,
    Event,
    Move,
    Position,
    Prediction,
    Row,
    Statement,
    content_id,
)

Kind = Literal["statement", "event", "move", "position", "commitment", "prediction", "discrepancy", "person"]
Action = Literal["accept", "reject", "edit", "add", "merge", "split", "undo"]
Plain = Mapping[str, Any]
"""Fields as JSON values: text, numbers, dates and actors as objects, lists of them, None."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
ACTIONS: Final[tuple[Action, ...]] = get_args(Action)

LONGEST_NAME: Final = 80
"""Characters: names of people are shorter; more is a slip of the hand."""

_TYPES: Final[Mapping[type[Row], Kind]] = MappingProxyType(
    {
        Statement: "statement",
        Event: "event",
        Move: "move",
        Position: "position",
        Commitment: "commitment",
        Prediction: "prediction",
        Discrepancy: "discrepancy",
    }
)


def reviewer(name: str) -> str:
    """The name of a reviewer, checked: it stands in the coder of every row that the person changes.

    Raises:
        UsageError: it is empty, too long, or has signs that would break that.
    """
    bare = name.strip()
    if not bare or len(bare) > LONGEST_NAME or not bare.isprintable() or any(sign in bare for sign in ",:"):
        raise UsageError(
            f"reviewer is {name!r}; allowed: a name of at most {LONGEST_NAME} characters without comma or colon, by "
            "--by NAME or the environment variable SUMMITRY_REVIEWER"
        )
    return bare


def kind_of(row: Row) -> Kind:
    """The kind of a row; that of an event for a meeting.

    Raises:
        UsageError: rows of this type are not reviewed.
    """
    for made, kind in _TYPES.items():
        if isinstance(row, made):
            return kind
    raise UsageError(f"row {row.id} is a {type(row).__name__}; allowed for review: {', '.join(KINDS)}")


@dataclass(frozen=True, slots=True)
class Anchor:
    """By what a reviewed row is found: its id, and where it is gone, the words it stood on and what it said.

    ``start`` and ``end`` are code points, half-open, in the text of ``source``; ``exact`` are the words there. ``was``
    are the row's fields as the reader wrote them. ``beside`` are the ids of the rows of its kind that stood on the same
    words: none of these is the same row read anew.
    """

    row: str
    source: str = ""
    start: int = 0
    end: int = 0
    exact: str = ""
    was: Plain = field(default_factory=dict)
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """One decision of one person. ``at`` is an ISO 8601 instant in UTC with microseconds: reviews sort by it.

    ``fields`` are what an edit sets, an addition says, or the edits in force that an acceptance saw. ``undoes`` is the
    id of the review that an undo takes back. The id is made of all the rest, so that one decision is one review in
    however many files it stands.
    """

    action: Action
    kind: Kind
    by: str
    at: str
    rows: tuple[Anchor, ...]
    fields: Plain = field(default_factory=dict)
    note: str | None = None
    undoes: str | None = None
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            rows = (f"{one.row}\x1d{one.source}\x1d{one.start}\x1d{one.end}" for one in self.rows)
            parts = (self.action, self.kind, self.by, self.at, "\x1e".join(rows), _text(self.fields))
            object.__setattr__(self, "id", content_id("rev", *parts, self.note, self.undoes))

    @property
    def order(self) -> tuple[str, str]:
        """The place of a review among others: by time, then by id."""
        return (self.at, self.id)


def _text(value: Any) -> str:  # noqa: ANN401 - JSON
    import json

    return json.dumps(value, ensure_ascii=False, sort_keys=True)
