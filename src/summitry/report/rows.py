"""Rows as JSON objects, with the field names that other programs rely on; absent is null."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from summitry.record import Explanation, MeetingRow, Passage, SourceRow
from summitry.record.tabular.flat import source_line
from summitry.record.tabular.objects import (
    Citations,
    Json,
    RecordRow,
    actor_json,
    date_json,
    evidence_json,
    to_dict,
    to_dicts,
)
from summitry.report.sureness import measured_json
from summitry.vocabulary import Event

__all__ = [
    "FIELDS",
    "Citations",
    "Json",
    "RecordRow",
    "actor_json",
    "date_json",
    "evidence_json",
    "explanation_json",
    "source_line",
    "to_dict",
    "to_dicts",
]

_EVENT = "actors recipients type mode cameo quad intensity date place modality attributed_to summary reports"
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "sources": tuple("uri status reason headline byline agency outlet kind published furniture copy_of".split()),
    "statements": tuple("speaker party addressee said quote_type words cue on_record vehicle speech_act".split()),
    "timeline": tuple(_EVENT.split()),
    "moves": tuple("kind proposer addressee issue give get condition sequence status responds_to date".split()),
    "positions": tuple("party issue stance summary condition attributed_by from to pole strength change".split()),
    "commitments": tuple("instrument obligor beneficiary text status as_of events".split()),
    "predictions": tuple("forecaster claim made horizon horizon_rule hedge condition resolution resolved_by".split()),
    "discrepancies": tuple("kind a b field note".split()),
    "status": tuple("month state criterion events".split()),
    "tone": tuple("month parties events mean quads".split()),
    "meetings": tuple(f"{_EVENT} level venue delegations outcome".split()),
}
"""The fields that other programs rely on, by command, besides id, evidence, coder and confidence."""


def _passage_json(passage: Passage) -> Json:
    return evidence_json(passage.evidence) | {
        "outlet": passage.cited.outlet,
        "headline": passage.cited.headline,
        "uri": passage.cited.uri,
        "published": date_json(passage.cited.published),
        "before": passage.before,
        "after": passage.after,
        "times": [
            {
                "start": time.start,
                "end": time.end,
                "text": time.text,
                "type": time.type,
                "value": time.value,
                "interval": date_json(time.interval) if time.interval else None,
                "rule": time.rule,
            }
            for time in passage.times
        ],
        "mentions": [
            {
                "start": mention.start,
                "end": mention.end,
                "text": mention.text,
                "kind": mention.kind,
                "actor": actor_json(mention.actor),
                "rule": mention.rule,
            }
            for mention in passage.mentions
        ],
    }


def explanation_json(told: Explanation) -> Json:
    """A row with its words in context, and for an event what each report tells."""
    row = told.row if not isinstance(told.row, Event) or told.row.meeting is None else MeetingRow.of(told.row)
    return to_dict(row) | {
        "row": told.kind,
        "measured": None if isinstance(row, SourceRow) else measured_json(row),
        "passages": [_passage_json(passage) for passage in told.passages],
        "related": [
            {"how": one.how, "id": one.row.id, "passages": [_passage_json(passage) for passage in one.passages]}
            for one in told.related
        ],
        "tellings": [
            to_dict(event) | {"outlet": source.outlet, "published": date_json(source.published)}
            for source, event in told.members
        ],
        "reviews": [
            {"id": one.id, "action": one.action, "by": one.by, "at": one.at, "note": one.note} for one in told.reviews
        ],
    }
