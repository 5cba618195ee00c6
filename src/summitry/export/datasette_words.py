"""What the tables and columns of a record file mean, for those who open the file as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from summitry.record.tabular.field import Field, Kind
from summitry.record.tabular.kinds import KINDS


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the file: its title, what it holds, and how a browser of tables shows it.

    ``kind`` is the kind of rows whose fields its columns hold, ``own`` tells of columns that no kind has. ``sort``
    is the column by which the latest come first.
    """

    title: str
    holds: str
    kind: Kind | None = None
    own: Mapping[str, str] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    sort: str | None = None
    label: str | None = None
    hidden: bool = False


_COMMON: Final = MappingProxyType(
    {
        "number": "Number of the row in this file.",
        "source_id": "Id of the source it stands in.",
        "position": "Its place in the reading of that source, from 0.",
        "start_char": "Where it begins in the text of the source: code points, from 0.",
        "end_char": "Where it ends, the end not included.",
        "id": KINDS["statements"].fields[0].meaning,
        "coder": KINDS["statements"].fields[2].meaning,
        "confidence": KINDS["statements"].fields[3].meaning,
    }
)
_PARTS: Final = MappingProxyType(
    {
        "_code": "Code in the manner of CAMEO.",
        "_name": "Name in full.",
        "_office": "The office held then.",
        "_anonymous": "1 where the speaker is not named.",
        "_kind": "State, body, organisation, media, person or group.",
        "_start": "First day; NULL where open.",
        "_end": "Last day; NULL where open.",
        "_precision": "Day, month, year, interval or unknown.",
        "_basis": "How the date is known.",
    }
)
_NAMED_OTHERWISE: Final = MappingProxyType({"attributed": "attributed_to", "held": "from", "source": "source_span"})
"""Columns whose fields have another name in rows."""
_TOLD: Final = "As single reports tell it, before people's reviews; what is worked out over all reports is not in here."
_PARTIES: Final = MappingProxyType(
    {
        "event_id": "Id of the event.",
        "role": "Actor, recipient or delegation.",
        "position": "Its place among those of its role, from 0.",
        **{name.removeprefix("_"): meaning for name, meaning in list(_PARTS.items())[:5]},
    }
)
_EVENT: Final = MappingProxyType(
    {
        "trigger_start": "Where the word begins that names the event.",
        "trigger_end": "Where that word ends.",
    }
)

TABLES: Final[Mapping[str, Table]] = MappingProxyType(
    {
        "sources": Table(
            "Sources",
            "Reports as they were received, read or rejected, with their whole text.",
            "sources",
            {
                "run_id": "The run of reading that brought it.",
                "sha256": "SHA-256 of what was received.",
                "fetched": "When it was fetched.",
                "metadata": "What came beside the text, as JSON pairs.",
                "article_uri": "The address the article itself gives.",
                "cases": "Cases it was read with, as JSON.",
                "reconciled": "1 once it has been brought together with the other reports.",
            },
            ("status", "kind", "outlet"),
            "published_start",
            "headline",
        ),
        "statements": Table(
            "Statements",
            f"Who said what, in which words. {_TOLD}",
            "statements",
            {
                "source_start": "Where the speaker is named in the text.",
                "source_end": "Where that ends.",
                "cue_start": "Where the cue stands in the text.",
                "cue_end": "Where it ends.",
            },
            ("party_code", "speech_act", "quote_type", "on_record"),
            "said_start",
            "words",
        ),
        "events": Table(
            "Events",
            "The timeline: one row an event, however many reports tell it. Its parties are in event_parties.",
            "meetings",
            _EVENT,
            ("type", "modality", "quad", "level"),
            "date_start",
            "summary",
        ),
        "event_parties": Table("Parties of events", "Who does what to whom.", None, _PARTIES, ("code", "role")),
        "event_mentions": Table(
            "Events as reports tell them", f"What the events are merged from. {_TOLD}", "meetings", _EVENT, ("type",)
        ),
        "event_mention_parties": Table("Parties of events as reports tell them", "As event_parties.", None, _PARTIES),
        "event_links": Table(
            "Which reports tell which event",
            "The events as reports tell them, by the event they are merged into.",
            None,
            {"mention_id": "Id of the event as a report tells it.", "event_id": "Id of the event."},
        ),
        "moves": Table(
            "Moves",
            f"What parties put on the table or take off it. {_TOLD}",
            "moves",
            {},
            ("kind", "proposer_code", "issue"),
            "date_start",
        ),
        "positions": Table(
            "Positions",
            f"Where parties stand on issues. {_TOLD}",
            "positions",
            {},
            ("issue", "stance", "party_code", "attributed_by"),
            "held_start",
            "summary",
        ),
        "commitments": Table(
            "Commitments",
            f"What instruments oblige whom to. {_TOLD}",
            "commitments",
            {},
            ("instrument", "obligor_code"),
        ),
        "predictions": Table(
            "Predictions", f"What is foretold. {_TOLD}", "predictions", {}, ("forecaster_name",), "made_start", "claim"
        ),
        "discrepancies": Table(
            "Discrepancies", "Contradictions that reports themselves assert.", "discrepancies", {}, (), None, "note"
        ),
        "evidence": Table(
            "Passages",
            "The exact words that every row came from.",
            None,
            {
                "row_kind": "Kind of the row.",
                "row_id": "Id of the row.",
                "position": "Its place among the passages of the row, from 0.",
                "exact": "The exact words.",
                "attribution_chain": "Whom the source has it from, as JSON.",
            },
            ("row_kind",),
        ),
        "sentences": Table("Sentences", "The sentences of all reports.", None, {"text": "The sentence."}),
        "mentions": Table(
            "Mentions",
            "Words that stand for a party or person.",
            None,
            {
                "text": "The words.",
                "kind": "Name, title, pronoun, collective or description.",
                "rule": "The rule that decided.",
                "members": "The members of a collective, as JSON.",
                **{f"actor{name}": meaning for name, meaning in list(_PARTS.items())[:5]},
            },
            ("kind", "actor_code"),
        ),
        "times": Table(
            "Times",
            "Words for a time, as TIMEX3.",
            None,
            {
                "text": "The words.",
                "type": "DATE, TIME, DURATION or SET.",
                "value": "TIMEX3 value.",
                "rule": "The rule that decided.",
                "alternatives": "Other readings, as JSON.",
                **{f"interval{name}": meaning for name, meaning in list(_PARTS.items())[5:]},
            },
            ("type",),
        ),
        "people": Table(
            "People",
            "People named in reports.",
            None,
            {"name": "Name.", "party": "Code of the party.", "aliases": "Spellings seen, as JSON."},
        ),
        "offices": Table(
            "Offices",
            "Offices people hold, as reports tell them.",
            None,
            {
                "person": "Place of the person in the people of the source.",
                "title": "Title.",
                "party": "Code of the party.",
                "held_from": "Known from this day.",
                "held_to": "Known to this day.",
            },
        ),
        "cases": Table("Cases", "The cases that reports were read with.", None, {"name": "Name.", "text": "As TOML."}),
        "runs": Table(
            "Runs",
            "Runs of reading.",
            None,
            {
                "id": "Number of the run.",
                "started": "When it began.",
                "finished": "When it ended.",
                "version": "The summitry that read.",
                "inputs": "What it was given, as JSON.",
                "cases": "Cases it read with, as JSON.",
            },
        ),
        "reviews": Table(
            "Reviews",
            "What people decided about rows: a log, only ever added to.",
            None,
            {
                "id": "Id of the review.",
                "action": "Accept, reject, edit, add, merge, split or undo.",
                "kind": "Kind of the row.",
                "reviewer": "Who decided.",
                "at": "When.",
                "fields": "What was changed, as JSON.",
                "note": "Why.",
                "undoes": "Id of the review that it undoes.",
            },
            ("action", "kind", "reviewer"),
            "at",
        ),
        "review_rows": Table(
            "Rows of reviews",
            "The rows each review is of.",
            None,
            {
                "review_id": "Id of the review.",
                "position": "Its place among the rows of the review.",
                "row_id": "Id of the row.",
                "exact": "Its words.",
                "was": "The row as it was, as JSON.",
                "beside": "What it is told apart by from others of the same words.",
            },
        ),
        "passed_over": Table(
            "Pages passed over",
            "Pages of crawls that bear on no case, counted by part of the input and reason; they were not read.",
            None,
            {
                "shard": "The part of the input.",
                "why": "Language, length, parties or topic.",
                "run_id": "Number of the run.",
                "place": "Where the part lies.",
                "pages": "How many pages.",
                "examples": "The first of them, each with the reason in words, as JSON.",
            },
            ("why",),
        ),
        "source_uris": Table("Places of sources", "Where the same bytes were found.", None, {"uri": "The place."}),
        **{
            name: Table(title, holds, None, {}, hidden=True)
            for name, title, holds in (
                ("blocks", "Paragraphs", "Paragraphs of the articles, as offsets."),
                ("furniture", "Furniture", "Lines that are no part of the articles, as offsets."),
                ("metadata_spans", "Metadata lines", "Headline, byline and dateline, as offsets."),
                ("anchors", "Anchors", "Dated events by which undated reports are dated."),
                ("anchor_keys", "Keys of anchors", "For finding them."),
                ("signatures", "Signatures", "What is compared of events, to find the same one."),
                ("signature_keys", "Keys of signatures", "For finding them."),
                ("event_signatures", "Signatures of events", "Which event has which."),
                ("shingles", "Shingles", "For finding copies."),
                ("undated", "Undated reports", "Their dates by themselves."),
                ("rereads", "Reading again", "Which run has last read a report again."),
                ("former_rows", "Former rows", "Ids from before a report was read again."),
            )
        },
    }
)
"""The tables by name. Hidden ones serve summitry itself."""


def meaning_of(table: Table, column: str) -> str | None:
    """What a column holds; None where nobody has told."""
    fields = {one.name: one for one in KINDS[table.kind].fields} if table.kind else {}
    if column in table.own:
        return table.own[column]
    if column in fields:
        return _told(fields[column])
    for part, meaning in _PARTS.items():
        name = column.removesuffix(part)
        told = fields.get(_NAMED_OTHERWISE.get(name, name))
        if name != column and told is not None:
            return f"{told.meaning} {meaning}"
    return _COMMON.get(column)


def _told(one: Field) -> str:
    """A field's meaning with its unit and what it means where it is absent."""
    unit = f" Unit: {one.unit}." if one.unit else ""
    null = f" NULL: {one.null}." if one.null else ""
    return f"{one.meaning}{unit}{null}"
