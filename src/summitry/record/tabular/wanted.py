"""The fields of what parties want of one another: moves, positions, deadlocks."""

from __future__ import annotations

from typing import Final, get_args

from summitry.ledger.replies import STATUSES
from summitry.record.tabular.common import HEAD, TAIL
from summitry.record.tabular.field import Field, RowsOf
from summitry.vocabulary import AttributedBy, MoveKind, PositionChange, Stance, StepOrder

MOVES: Final = RowsOf(
    "moves",
    "Moves",
    "What a party puts on the table or takes off it, in one report: `give` for `get`, on a condition.",
    (
        *HEAD,
        Field("kind", "label", "What sort of move it is.", "reader", allowed=get_args(MoveKind)),
        Field("proposer", "party", "Whose move it is.", "reader"),
        Field("addressee", "party", "Whom it is made to.", "reader", null="nobody is named"),
        Field("issue", "text", "The issue of the case it is about.", "reader", null="none of the case's issues"),
        Field("give", "text", "What the proposer does, would do, refuses or threatens.", "reader", null="not told"),
        Field("get", "text", "What it wants done.", "reader", null="not told"),
        Field("condition", "text", "On what condition, in words.", "reader", null="none is told"),
        Field(
            "sequence",
            "label",
            "When the proposer's own step comes: before the other's, after it, or at the same time.",
            "reader",
            null="no order is told",
            allowed=get_args(StepOrder),
        ),
        Field("status", "label", "What became of it, by the day asked about.", "ledger", allowed=STATUSES),
        Field(
            "responds_to",
            "text",
            "Id of the move that it answers.",
            "ledger",
            null="it answers none that the record has",
            refers_to="moves",
        ),
        Field("date", "date", "When it was made.", "reader"),
        Field("deadline", "date", "By when it is wanted or offered.", "reader", null="no deadline is told"),
        *TAIL,
    ),
)
POSITIONS: Final = RowsOf(
    "positions",
    "Positions",
    "Where a party stands on an issue from a day on, by whose word.",
    (
        *HEAD,
        Field("party", "party", "Whose position it is.", "reader"),
        Field("issue", "text", "The issue of the case; in words where the case names none.", "reader"),
        Field("stance", "label", "What the party does about it.", "reader", allowed=get_args(Stance)),
        Field("summary", "text", "The position in the words of the report.", "reader"),
        Field("condition", "text", "On what condition.", "reader", null="none is told"),
        Field(
            "attributed_by",
            "label",
            "By whose word: the party's own, another party's, the reporter's, an analyst's.",
            "reader",
            allowed=get_args(AttributedBy),
        ),
        Field("from", "date", "When it was first known to be held.", "reader", null="the report does not date it"),
        Field("to", "date", "The day on which a later one took its place.", "ledger", null="it stands"),
        Field(
            "pole",
            "text",
            "The pole of the issue it is at, as the case names it.",
            "reader",
            null="it is at none, or the case names none",
        ),
        Field("strength", "number", "How strongly.", "reader", null="the case weighs no poles", unit="0 to 1"),
        Field(
            "change",
            "label",
            "How it differs from the party's position before.",
            "ledger",
            null="it cannot be compared",
            allowed=get_args(PositionChange),
        ),
        Field("person", "party", "Whose word or act it is, under the party.", "reader", null="nobody is named"),
        Field(
            "previous",
            "text",
            "Id of the party's position before.",
            "ledger",
            null="there is none to compare with",
            refers_to="positions",
        ),
        *TAIL,
    ),
)
DEADLOCKS: Final = RowsOf(
    "deadlocks",
    "Deadlocks",
    "Steps of parties that wait for one another in a circle.",
    (
        *HEAD,
        Field("steps", "steps", "The steps, each with what makes it wait.", "ledger"),
        Field(
            "broken_by",
            "sets",
            "The smallest sets of steps whose going without waiting breaks every circle.",
            "ledger",
        ),
        Field("orders", "orders", "Orders in which the steps could go by parties' own words.", "ledger"),
        *TAIL,
    ),
)
