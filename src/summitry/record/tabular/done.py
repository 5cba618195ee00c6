"""The fields of events, meetings, the state of the talks and their tone."""

from __future__ import annotations

from typing import Final, get_args

from summitry.ledger.rows import ProcessState
from summitry.record.tabular.common import HEAD, MODALITIES, PLOVER, QUADS, TAIL
from summitry.record.tabular.field import Field, RowsOf
from summitry.vocabulary import MeetingLevel

_EVENT: Final = (
    *HEAD,
    Field("actors", "parties", "Who does it.", "reader"),
    Field("recipients", "parties", "To or with whom; empty where nobody is named.", "reader"),
    Field("type", "label", "PLOVER event type (codebook of 2021).", "reader", allowed=PLOVER),
    Field("mode", "text", "PLOVER mode within the type (meet, visit, troops).", "reader", null="none of its modes"),
    Field("cameo", "text", "CAMEO code of type and mode, by PLOVER's table.", "reader", null="the table has none"),
    Field("quad", "label", "PLOVER quad category.", "reader", allowed=QUADS),
    Field(
        "intensity",
        "number",
        "Conflict or cooperation score of type and mode in the PLOVER codebook.",
        "reader",
        unit="PLOVER scale, -10 (conflict) to 10 (cooperation)",
    ),
    Field("date", "date", "When it happens, or would.", "record"),
    Field("place", "text", "Where, in the words of the report.", "reader", null="no place is told"),
    Field(
        "modality",
        "label",
        "Whether it happened, or is planned, threatened, supposed, denied to have happened, or alleged.",
        "reader",
        allowed=MODALITIES,
    ),
    Field("attributed_to", "party", "Whose word it is.", "reader", null="the reporter's own"),
    Field("summary", "text", "The event on one line.", "reader"),
    Field(
        "reports",
        "integer",
        "How many independent reports tell it: copies of one story count once.",
        "record",
        unit="reports",
    ),
    Field("trigger", "span", "Where the word stands that names the event.", "reader"),
)

TIMELINE: Final = RowsOf(
    "timeline",
    "Events",
    "One event, however many reports tell it: what parties do to one another.",
    (*_EVENT, *TAIL),
)
MEETINGS: Final = RowsOf(
    "meetings",
    "Meetings",
    "One event of the timeline that is a meeting, with what all reports tell of it.",
    (
        *_EVENT,
        Field("level", "label", "Who meets.", "reader", allowed=get_args(MeetingLevel)),
        Field("venue", "text", "Where, in the words of the report.", "reader", null="not told"),
        Field("delegations", "parties", "Who took part, as far as they are named.", "reader"),
        Field("outcome", "text", "What came of it, in the words of the report.", "ledger", null="not told"),
        *TAIL,
    ),
)
STATUS: Final = RowsOf(
    "status",
    "State of the talks",
    "The state of the talks in one month, and why.",
    (
        *HEAD,
        Field("month", "date", "The month.", "ledger"),
        Field(
            "state", "label", "State in that month, by published criteria.", "ledger", allowed=get_args(ProcessState)
        ),
        Field("criterion", "text", "The criterion that decides it, with its day.", "ledger"),
        Field("events", "texts", "Ids of the events that meet it.", "ledger", refers_to="timeline"),
        *TAIL,
    ),
)
TONE: Final = RowsOf(
    "tone",
    "Tone",
    "How two parties dealt with one another in one month: events that happened, dated within a month.",
    (
        *HEAD,
        Field("month", "date", "The month.", "ledger"),
        Field("parties", "texts", "Codes of the two states or organisations, sorted.", "ledger"),
        Field("events", "integer", "How many events.", "ledger", unit="events"),
        Field(
            "mean",
            "number",
            "Mean intensity of the events.",
            "ledger",
            unit="PLOVER scale, -10 (conflict) to 10 (cooperation)",
        ),
        Field("quads", "counts", "How many events of each quad category; none of it where one is not named.", "ledger"),
        *TAIL,
    ),
)
