"""The types of the vocabulary as columns, and back: what goes in comes out equal.

Encoding gives one mapping of column to value per table row; decoding takes rows of :class:`sqlite3.Row`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from summitry.record.parts import (
    Columns,
    _day,
    actor_columns,
    actor_of,
    actors_json,
    actors_of_json,
    date_columns,
    date_of,
    interval_json,
    interval_of,
    list_of,
    party_of,
    storable,
    to_json,
)
from summitry.vocabulary import (
    Actor,
    Article,
    Event,
    Evidence,
    LabelledSpan,
    Meeting,
    Mention,
    Office,
    Person,
    Source,
    SourceHead,
    Span,
    Statement,
    TimeExpression,
)

# ── spans and sources ──────────────────────────────────────────────────────────────────────────────────────────────


def span_columns(source_id: str, spans: Iterable[Span | LabelledSpan]) -> list[Columns]:
    """Spans of one source in order, with their labels where they have them."""
    return [
        {"source_id": source_id, "position": position, "start_char": span.start, "end_char": span.end}
        | ({"label": span.label} if isinstance(span, LabelledSpan) else {})
        for position, span in enumerate(spans)
    ]


def span_of(row: sqlite3.Row) -> Span:
    """The span in a row."""
    return Span(row["start_char"], row["end_char"])


def labelled_of(row: sqlite3.Row) -> LabelledSpan:
    """The labelled span in a row."""
    return LabelledSpan(row["start_char"], row["end_char"], row["label"])


def source_columns(source: Source | SourceHead) -> Columns:
    """What is known of a source before it is read."""
    sha256 = source.sha256
    return {
        "id": f"src-{sha256[:16]}",
        "sha256": sha256,
        "uri": storable(source.uri),
        "media_type": source.media_type,
        "fetched": source.fetched,
        "metadata": to_json([[storable(name), storable(value)] for name, value in source.metadata]),
    }


def article_columns(article: Article, cases: Sequence[str]) -> Columns:
    """What cleaning found in a source, its spans aside."""
    return {
        "headline": article.headline,
        "byline": article.byline,
        "agency": article.agency,
        "outlet": article.outlet,
        "kind": article.kind,
        **date_columns("published", article.published),
        "language": article.language,
        "article_uri": storable(article.uri),
        "cases": to_json(list(cases)),
        "text": article.text,
    }


# ── who and when ───────────────────────────────────────────────────────────────────────────────────────────────────


def mention_columns(source_id: str, position: int, mention: Mention) -> Columns:
    """A mention as a row."""
    return {
        "source_id": source_id,
        "position": position,
        "start_char": mention.start,
        "end_char": mention.end,
        "text": mention.text,
        "kind": mention.kind,
        "rule": mention.rule,
        **actor_columns("actor", mention.actor),
        "members": actors_json(mention.members),
    }


def mention_of(row: sqlite3.Row) -> Mention:
    """The mention in a row."""
    members = actors_of_json(row["members"])
    return Mention(
        row["start_char"], row["end_char"], row["text"], row["kind"], actor_of(row, "actor"), row["rule"], members
    )


def time_columns(source_id: str, position: int, time: TimeExpression) -> Columns:
    """A time expression as a row."""
    return {
        "source_id": source_id,
        "position": position,
        "start_char": time.start,
        "end_char": time.end,
        "text": time.text,
        "type": time.type,
        "value": time.value,
        **date_columns("interval", time.interval),
        "rule": time.rule,
        "alternatives": to_json([interval_json(other) for other in time.alternatives]),
    }


def time_of(row: sqlite3.Row) -> TimeExpression:
    """The time expression in a row."""
    return TimeExpression(
        row["start_char"],
        row["end_char"],
        row["text"],
        row["type"],
        row["value"],
        date_of(row, "interval"),
        row["rule"],
        tuple(interval_of(other) for other in json.loads(row["alternatives"])),
    )


def person_columns(source_id: str, position: int, person: Person) -> Columns:
    """A person as a row, offices aside."""
    return {
        "source_id": source_id,
        "position": position,
        "name": person.name,
        "party": person.party,
        "aliases": to_json(list(person.aliases)),
    }


def office_columns(source_id: str, person: int, position: int, office: Office) -> Columns:
    """An office of the person at position ``person`` of a source."""
    return {
        "source_id": source_id,
        "person": person,
        "position": position,
        "title": office.title,
        "party": office.party,
        "held_from": office.start.isoformat() if office.start else None,
        "held_to": office.end.isoformat() if office.end else None,
    }


def office_of(row: sqlite3.Row) -> Office:
    """The office in a row."""
    return Office(row["title"], row["party"], _day(row["held_from"]), _day(row["held_to"]))


def person_of(row: sqlite3.Row, offices: Iterable[Office]) -> Person:
    """The person in a row, with the offices given."""
    return Person(row["name"], row["party"], tuple(json.loads(row["aliases"])), tuple(offices))


# ── statements, events, evidence ───────────────────────────────────────────────────────────────────────────────────


def evidence_columns(kind: str, row_id: str, position: int, evidence: Evidence) -> Columns:
    """Evidence as a row; ``kind`` is one of those that the table allows."""
    return {
        "row_kind": kind,
        "row_id": row_id,
        "position": position,
        "source_id": evidence.source,
        "start_char": evidence.start,
        "end_char": evidence.end,
        "exact": evidence.exact,
        "attribution_chain": to_json(list(evidence.attribution_chain)),
    }


def evidence_of(row: sqlite3.Row) -> Evidence:
    """The evidence in a row."""
    return Evidence(
        row["source_id"],
        row["start_char"],
        row["end_char"],
        row["exact"],
        tuple(list_of(row["attribution_chain"])),
    )


def statement_columns(source_id: str, position: int, statement: Statement) -> Columns:
    """A statement as a row, evidence aside."""
    source, cue = statement.source_span, statement.cue_span
    return {
        "id": statement.id,
        "source_id": source_id,
        "position": position,
        **actor_columns("speaker", statement.speaker),
        **actor_columns("party", statement.party),
        **actor_columns("addressee", statement.addressee),
        **date_columns("said", statement.said),
        "quote_type": statement.quote_type,
        "words": statement.words,
        "cue": statement.cue,
        "on_record": statement.on_record,
        "vehicle": statement.vehicle,
        "speech_act": statement.speech_act,
        "authority": statement.authority,
        "source_start": source.start if source else None,
        "source_end": source.end if source else None,
        "cue_start": cue.start if cue else None,
        "cue_end": cue.end if cue else None,
        "content_spans": to_json([[span.start, span.end] for span in statement.content_spans]),
        "coder": statement.coder,
        "confidence": statement.confidence,
    }


def statement_of(row: sqlite3.Row, evidence: Sequence[Evidence]) -> Statement:
    """The statement in a row, with its evidence."""
    said = date_of(row, "said")
    assert said is not None
    return Statement(
        id=row["id"],
        evidence=tuple(evidence),
        coder=row["coder"],
        confidence=row["confidence"],
        speaker=actor_of(row, "speaker"),
        party=actor_of(row, "party"),
        addressee=actor_of(row, "addressee"),
        said=said,
        quote_type=row["quote_type"],
        words=row["words"],
        cue=row["cue"],
        on_record=row["on_record"],
        vehicle=row["vehicle"],
        speech_act=row["speech_act"],
        authority=row["authority"],
        source_span=None if row["source_start"] is None else Span(row["source_start"], row["source_end"]),
        cue_span=None if row["cue_start"] is None else Span(row["cue_start"], row["cue_end"]),
        content_spans=tuple(Span(start, end) for start, end in list_of(row["content_spans"])),
    )


def event_columns(event: Event) -> Columns:
    """An event as a row, parties and evidence aside."""
    meeting = event.meeting
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "cameo": event.cameo,
        "quad": event.quad,
        "intensity": event.intensity,
        **date_columns("date", event.date),
        "place": event.place,
        "modality": event.modality,
        **actor_columns("attributed", event.attributed_to),
        "summary": event.summary,
        "trigger_start": event.trigger.start,
        "trigger_end": event.trigger.end,
        "level": meeting.level if meeting else None,
        "venue": meeting.venue if meeting else None,
        "outcome": meeting.outcome if meeting else None,
        "reports": event.reports,
        "coder": event.coder,
        "confidence": event.confidence,
    }


def event_of(row: sqlite3.Row, parties: Iterable[sqlite3.Row], evidence: Sequence[Evidence]) -> Event:
    """The event in a row, with its parties (in order) and evidence."""
    when = date_of(row, "date")
    assert when is not None
    by_role: dict[str, list[Actor]] = {"actor": [], "recipient": [], "delegation": []}
    for party in parties:
        by_role[party["role"]].append(party_of(party))
    meeting = None
    if row["level"] is not None:
        meeting = Meeting(
            level=row["level"],
            venue=row["venue"],
            delegations=tuple(by_role["delegation"]),
            outcome=row["outcome"],
        )
    return Event(
        id=row["id"],
        evidence=tuple(evidence),
        coder=row["coder"],
        confidence=row["confidence"],
        actors=tuple(by_role["actor"]),
        recipients=tuple(by_role["recipient"]),
        type=row["type"],
        mode=row["mode"],
        cameo=row["cameo"],
        quad=row["quad"],
        intensity=row["intensity"],
        date=when,
        place=row["place"],
        modality=row["modality"],
        attributed_to=actor_of(row, "attributed"),
        summary=row["summary"],
        trigger=Span(row["trigger_start"], row["trigger_end"]),
        meeting=meeting,
        reports=row["reports"],
    )
