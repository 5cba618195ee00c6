"""The fields of what is promised and foretold, and of what does not go together."""

from __future__ import annotations

from typing import Final, get_args

from summitry.record.tabular.common import HEAD, PLOVER, TAIL
from summitry.record.tabular.field import Field, RowsOf
from summitry.vocabulary import DiscrepancyKind, Resolution

_SCALE: Final = "0 not begun, 1 minimal, 2 intermediate, 3 full (Peace Accords Matrix)"

COMMITMENTS: Final = RowsOf(
    "commitments",
    "Commitments",
    "What an instrument obliges whom to; a further row for each change of its status.",
    (
        *HEAD,
        Field("instrument", "text", "The agreement, or the pledge.", "reader"),
        Field("obligor", "party", "Who is bound.", "reader"),
        Field("beneficiary", "party", "Towards whom.", "reader", null="nobody is named"),
        Field("text", "text", "What it obliges to.", "reader"),
        Field(
            "status",
            "integer",
            "How far it is carried out, by events of the record.",
            "ledger",
            null="no public evidence, which is not the same as not done",
            unit=_SCALE,
        ),
        Field("as_of", "day", "The day as of which the status is told.", "ledger", null="no day is known"),
        Field("events", "texts", "Ids of the events the status rests on.", "ledger", refers_to="timeline"),
        Field("made", "date", "When the commitment was made.", "reader"),
        Field("issue", "text", "The issue of the case it is about.", "reader", null="none of the case's issues"),
        Field(
            "claimed",
            "integer",
            "How far it is carried out by somebody's word.",
            "reader",
            null="no claim",
            unit=_SCALE,
        ),
        Field("claimed_by", "party", "Whose word that is.", "reader", null="no claim"),
        Field(
            "revises",
            "text",
            "Id of the row of the same commitment before this one.",
            "ledger",
            null="it is the first",
            refers_to="commitments",
        ),
        *TAIL,
    ),
)
PREDICTIONS: Final = RowsOf(
    "predictions",
    "Predictions",
    "One clause about the future that can be checked, by somebody named or described.",
    (
        *HEAD,
        Field("forecaster", "party", "Who foretells it.", "reader"),
        Field("claim", "text", "What is foretold, in the words of the report.", "reader"),
        Field("made", "date", "When it was foretold.", "reader"),
        Field("horizon", "date", "By when.", "ledger", null="no time is told"),
        Field(
            "horizon_rule", "text", "The rule that dates it (soon: within 90 days).", "ledger", null="not worked out"
        ),
        Field("hedge", "text", "Words that take some of it back (might, likely).", "reader", null="none"),
        Field("condition", "text", "On what condition.", "reader", null="none is told"),
        Field("resolution", "label", "What came of it by the day asked about.", "ledger", allowed=get_args(Resolution)),
        Field("resolved_by", "texts", "Ids of the events that decide it.", "ledger", refers_to="timeline"),
        Field("actors", "parties", "Who would have to act.", "reader"),
        Field("type", "label", "PLOVER type of the event foretold.", "reader", null="no kind of event", allowed=PLOVER),
        Field("negated", "truth", "Whether it is foretold not to happen.", "reader"),
        Field("quality", "text", "Words that say how it goes (well).", "reader", null="none"),
        Field("note", "text", "Why it is resolved so, or still pending.", "ledger", null="nothing to add"),
        *TAIL,
    ),
)
DISCREPANCIES: Final = RowsOf(
    "discrepancies",
    "Discrepancies",
    "Two rows that do not go together. Its evidence is that of both, the first one's first.",
    (
        *HEAD,
        Field(
            "kind",
            "label",
            "Sources disagree, parties disagree, a party and its own word, or a report says that there is one.",
            "ledger",
            allowed=get_args(DiscrepancyKind),
        ),
        Field("a", "text", "Id of one row.", "ledger"),
        Field("b", "text", "Id of the other.", "ledger"),
        Field("field", "text", "The field in which they differ.", "ledger", null="no single one"),
        Field("note", "text", "The contradiction on one line.", "ledger"),
        *TAIL,
    ),
)
