"""What a field of a row is: its shape, its values, what it means and what it means where it is absent.

The fields of all kinds stand in :mod:`~summitry.record.tabular.said` and its neighbours. JSON objects, CSV, Parquet,
data frames, the data package and the codebook are all made from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal[
    "sources",
    "statements",
    "timeline",
    "meetings",
    "moves",
    "positions",
    "commitments",
    "predictions",
    "discrepancies",
    "deadlocks",
    "status",
    "tone",
]
"""Kinds of rows, named as the commands that print them and the methods of a record that return them."""

Shape = Literal[
    "text",
    "label",
    "integer",
    "number",
    "truth",
    "day",
    "date",
    "party",
    "parties",
    "texts",
    "span",
    "spans",
    "labelled spans",
    "evidence",
    "counts",
    "sets",
    "steps",
    "orders",
]
"""What the value of a field is; :data:`SHAPES` tells each."""

Origin = Literal["received", "article", "reader", "record", "ledger"]
"""Where the value of a field comes from; :data:`ORIGINS` tells each."""

SHAPES: Final[dict[Shape, str]] = {
    "text": "text, UTF-8",
    "label": "one word or phrase of a closed list",
    "integer": "whole number",
    "number": "floating point number",
    "truth": "true or false",
    "day": "day, ISO 8601",
    "date": "days on which it may have been: `start` and `end` (ISO 8601, both included, absent where open), "
    "`precision` (day, month, year, interval, unknown) and `basis` (stated, inferred: ..., or the rule that made it)",
    "party": "party or person: `code` (in the manner of CAMEO: USA, USAGOV, IGOUNO), `name`, `office`, `anonymous`, "
    "`kind` (state, body, organisation, media, person, group)",
    "parties": "list of parties or persons",
    "texts": "list of texts",
    "span": "`start` and `end`: code points in the text of the source, the end not included",
    "spans": "list of spans",
    "labelled spans": "list of spans, each with its `label`",
    "evidence": "list of passages: `source` (id), `start` and `end` (code points in its text, the end not included), "
    "`exact` (the words there), `attribution_chain` (whom the source has it from)",
    "counts": "numbers by name",
    "sets": "list of lists of ids",
    "steps": "list of steps: `id`, `party`, `step` (in words), `ended`, `waits_for` (ids of steps), `bonds` (how it "
    "waits for each), `evidence`, `rows` (ids of the moves and positions that tell it)",
    "orders": "list of orders: `kind`, `rounds` (lists of ids of steps), `proposed_by` (codes), `evidence`",
}
ORIGINS: Final[dict[Origin, str]] = {
    "received": "came with the report: its address, its bytes, what was told beside its text",
    "article": "found in the report as an article: headline, byline, agency, date, furniture",
    "reader": "read in the text of one report, by rule or model; `coder` names it",
    "record": "worked out when reports are brought together: copies, the same event, dates of undated reports",
    "ledger": "worked out when it is asked for, from all rows as known on the day that is asked about",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind of rows.

    ``null`` says what it means where it is absent; None where it never is. ``allowed`` are the values of a closed list;
    ``unit`` that of a number. ``refers_to`` is the kind of rows whose ids it holds.
    """

    name: str
    shape: Shape
    meaning: str
    origin: Origin
    null: str | None = None
    allowed: tuple[str, ...] = ()
    unit: str | None = None
    refers_to: Kind | None = None


@dataclass(frozen=True, slots=True)
class RowsOf:
    """A kind of rows: what one row is, and its fields in the order of the JSON objects."""

    kind: Kind
    title: str
    one: str
    fields: tuple[Field, ...]
