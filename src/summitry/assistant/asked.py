"""What the tools may be asked: their parameters, with the words that an assistant reads of them."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

MOST: Final = 50
"""Rows in one answer: more would fill a conversation, and ``skip`` leads on."""

MOST_DAY: Final = 40
MOST_NAME: Final = 200
MOST_WORDS: Final = 500
"""Characters of a day, a name or id, and words that are sought: more is no question but an attack or a slip."""

AsOf = Annotated[
    str | None,
    Field(
        max_length=MOST_DAY,
        description="Answer by what could be known on that day: 2019-03-15, 2019-03 or 2019 (its last day). "
        "Leave out for all that the record holds.",
    ),
]
Since = Annotated[
    str | None,
    Field(
        max_length=MOST_DAY, description="Only what was said or done on that day or later (2019-03-15, 2019-03, 2019)."
    ),
]
Until = Annotated[
    str | None,
    Field(max_length=MOST_DAY, description="Only what began on that day or before; undated rows are left out then."),
]
Party = Annotated[
    str | None,
    Field(
        max_length=MOST_NAME,
        description="Code (PRK also stands for PRKGOV) or full name of a party, as parties() lists them.",
    ),
]
OneParty = Annotated[
    str,
    Field(
        max_length=MOST_NAME,
        description="Code (PRK also stands for PRKGOV) or full name of a party, as parties() lists them.",
    ),
]
Issue = Annotated[
    str | None,
    Field(
        max_length=MOST_WORDS,
        description="Name of an issue as about() lists them, or words that all stand in the row's sentences, in any "
        'inflection; "in quotes" as a phrase.',
    ),
]
Words = Annotated[
    str | None,
    Field(
        max_length=MOST_WORDS,
        description='Words that all stand in the statement or its sentences, in any form; "in quotes" as a phrase.',
    ),
]
Speaker = Annotated[
    str | None, Field(max_length=MOST_NAME, description="Words of the speaker's name or office: Kim, foreign minister.")
]
CaseName = Annotated[
    str | None,
    Field(
        max_length=MOST_NAME,
        description="Name of the negotiation, as about() lists cases; leave out for the main one.",
    ),
]
RowId = Annotated[
    str,
    Field(max_length=MOST_NAME, description="Id of a row or report, or its first characters where only one starts so."),
]
Sought = Annotated[
    str,
    Field(
        max_length=MOST_WORDS, description='Words that all stand in a sentence, in any form; "in quotes" as a phrase.'
    ),
]
Limit = Annotated[int, Field(ge=1, le=MOST, description=f"Rows at most, 1 to {MOST}.")]
Skip = Annotated[int, Field(ge=0, le=100_000_000, description="Rows to pass over: to read on after an earlier answer.")]

EventType = Literal[
    "meeting", "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
"""PLOVER's types of events, and meetings of any type."""

OfType = Annotated[EventType | None, Field(description="A PLOVER event type, or meeting for meetings of any type.")]
