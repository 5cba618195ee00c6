"""Rows of the tables back into types, many at a time: a fixed number of queries, whatever the number of rows."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Literal

from summitry.errors import UsageError
from summitry.record import codec, parts, pledges, stands
from summitry.record.rows import Citation, SourceRow
from summitry.vocabulary import (
    UNKNOWN_DATE,
    Article,
    Commitment,
    Discrepancy,
    Event,
    Evidence,
    LabelledSpan,
    Move,
    Person,
    Position,
    Prediction,
    Reading,
    Span,
    Statement,
)

EventTable = Literal["events", "event_mentions"]

_PARTIES: dict[EventTable, str] = {"events": "event_parties", "event_mentions": "event_mention_parties"}
_EVIDENCE: dict[EventTable, str] = {"events": "event", "event_mentions": "event mention"}
_AMONG = "IN (SELECT value FROM json_each(?))"


def _grouped(rows: Iterable[sqlite3.Row], key: str) -> dict[str, list[sqlite3.Row]]:
    groups: dict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups


def load_evidence(connection: sqlite3.Connection, kind: str, ids: Sequence[str]) -> dict[str, list[Evidence]]:
    """Evidence of rows by row id, in order."""
    rows = connection.execute(
        f"SELECT * FROM evidence WHERE row_kind = ? AND row_id {_AMONG} ORDER BY row_id, position",
        (kind, json.dumps(ids)),
    )
    return {key: [codec.evidence_of(row) for row in group] for key, group in _grouped(rows, "row_id").items()}


def load_statements(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Statement]:
    """Statements in the order of the ids."""
    rows, evidence = _rows_of(connection, "statements", "statement", ids)
    return [codec.statement_of(rows[one], evidence[one]) for one in ids]


def load_events(connection: sqlite3.Connection, table: EventTable, ids: Sequence[str]) -> list[Event]:
    """Events in the order of the ids: entries (``events``) or what single articles tell (``event_mentions``)."""
    chosen = json.dumps(ids)
    rows = {row["id"]: row for row in connection.execute(f"SELECT * FROM {table} WHERE id {_AMONG}", (chosen,))}
    parties = _grouped(
        connection.execute(
            f"SELECT * FROM {_PARTIES[table]} WHERE event_id {_AMONG} ORDER BY event_id, role, position", (chosen,)
        ),
        "event_id",
    )
    evidence = load_evidence(connection, _EVIDENCE[table], ids)
    return [codec.event_of(rows[one], parties.get(one, ()), evidence[one]) for one in ids]


def load_moves(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Move]:
    """Moves in the order of the ids."""
    rows, evidence = _rows_of(connection, "moves", "move", ids)
    return [stands.move_of(rows[one], evidence[one]) for one in ids]


def load_positions(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Position]:
    """Positions in the order of the ids."""
    rows, evidence = _rows_of(connection, "positions", "position", ids)
    return [stands.position_of(rows[one], evidence[one]) for one in ids]


def load_commitments(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Commitment]:
    """Commitments in the order of the ids."""
    rows, evidence = _rows_of(connection, "commitments", "commitment", ids)
    return [pledges.commitment_of(rows[one], evidence[one]) for one in ids]


def load_predictions(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Prediction]:
    """Predictions in the order of the ids."""
    rows, evidence = _rows_of(connection, "predictions", "prediction", ids)
    return [pledges.prediction_of(rows[one], evidence[one]) for one in ids]


def load_discrepancies(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Discrepancy]:
    """Asserted discrepancies in the order of the ids."""
    rows, evidence = _rows_of(connection, "discrepancies", "discrepancy", ids)
    return [pledges.discrepancy_of(rows[one], evidence[one]) for one in ids]


def _rows_of(
    connection: sqlite3.Connection, table: str, kind: str, ids: Sequence[str]
) -> tuple[dict[str, sqlite3.Row], dict[str, list[Evidence]]]:
    chosen = connection.execute(f"SELECT * FROM {table} WHERE id {_AMONG}", (json.dumps(ids),))
    return {row["id"]: row for row in chosen}, load_evidence(connection, kind, ids)


def load_reading(connection: sqlite3.Connection, source_id: str) -> Reading:
    """The reading of one source.

    Raises:
        UsageError: the record has no report of that id.
    """
    article, cases = load_article(connection, source_id)

    def of_source(table: str) -> sqlite3.Cursor:
        return connection.execute(f"SELECT * FROM {table} WHERE source_id = ? ORDER BY position", (source_id,))

    offices = defaultdict(list)
    for row in connection.execute("SELECT * FROM offices WHERE source_id = ? ORDER BY person, position", (source_id,)):
        offices[row["person"]].append(codec.office_of(row))
    return Reading(
        article=article,
        sentences=tuple(codec.span_of(row) for row in of_source("sentences")),
        times=tuple(codec.time_of(row) for row in of_source("times")),
        mentions=tuple(codec.mention_of(row) for row in of_source("mentions")),
        people=tuple(codec.person_of(row, offices[row["position"]]) for row in of_source("people")),
        statements=tuple(load_statements(connection, [row["id"] for row in of_source("statements")])),
        events=tuple(load_events(connection, "event_mentions", [row["id"] for row in of_source("event_mentions")])),
        cases=cases,
        moves=tuple(load_moves(connection, [row["id"] for row in of_source("moves")])),
        positions=tuple(load_positions(connection, [row["id"] for row in of_source("positions")])),
        predictions=tuple(load_predictions(connection, [row["id"] for row in of_source("predictions")])),
        commitments=tuple(load_commitments(connection, [row["id"] for row in of_source("commitments")])),
        discrepancies=tuple(load_discrepancies(connection, [row["id"] for row in of_source("discrepancies")])),
    )


def load_told(connection: sqlite3.Connection, source_id: str) -> Reading:
    """What reconciling needs of a reading; see :meth:`summitry.record.Record.told`.

    Raises:
        UsageError: the record has no report of that id.
    """
    row = _read_source(connection, source_id)

    def of_source(table: str, columns: str) -> sqlite3.Cursor:
        return connection.execute(f"SELECT {columns} FROM {table} WHERE source_id = ? ORDER BY position", (source_id,))

    return Reading(
        article=_article_of(row),
        sentences=tuple(Span(start, end) for start, end in of_source("sentences", "start_char, end_char")),
        people=tuple(Person(name, party) for name, party in of_source("people", "name, party")),
        statements=tuple(load_statements(connection, [one[0] for one in of_source("statements", "id")])),
        events=tuple(load_events(connection, "event_mentions", [one[0] for one in of_source("event_mentions", "id")])),
        times=(),
        mentions=(),
        cases=tuple(json.loads(row["cases"])),
    )


def load_article(connection: sqlite3.Connection, source_id: str) -> tuple[Article, tuple[str, ...]]:
    """The article of one source, and the cases it was read with.

    Raises:
        UsageError: the record has no report of that id.
    """
    row = _read_source(connection, source_id)

    def spans(table: str) -> sqlite3.Cursor:
        return connection.execute(f"SELECT * FROM {table} WHERE source_id = ? ORDER BY position", (source_id,))

    article = replace(
        _article_of(row),
        blocks=tuple(codec.span_of(span) for span in spans("blocks")),
        furniture=tuple(codec.labelled_of(span) for span in spans("furniture")),
        metadata_spans=tuple(codec.labelled_of(span) for span in spans("metadata_spans")),
    )
    return article, tuple(json.loads(row["cases"]))


def _read_source(connection: sqlite3.Connection, source_id: str) -> sqlite3.Row:
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM sources WHERE id = ? AND status = 'read'", (source_id,)
    ).fetchone()
    if row is None:
        raise UsageError(f"no report {source_id} in this record; allowed: ids that `summitry sources` shows as read")
    return row


def _article_of(row: sqlite3.Row) -> Article:
    """The article in a row of sources, without its spans."""
    return Article(
        source_id=row["id"],
        text=row["text"],
        blocks=(),
        headline=row["headline"],
        byline=row["byline"],
        agency=row["agency"],
        outlet=row["outlet"],
        kind=row["kind"],
        published=parts.date_of(row, "published") or UNKNOWN_DATE,
        language=row["language"],
        uri=row["article_uri"],
    )


def load_sources(connection: sqlite3.Connection, ids: Sequence[str]) -> list[SourceRow]:
    """Source rows in the order of the ids."""
    chosen = json.dumps(ids)

    def spans(table: str) -> dict[str, list[LabelledSpan]]:
        rows = connection.execute(
            f"SELECT * FROM {table} WHERE source_id {_AMONG} ORDER BY source_id, position", (chosen,)
        )
        return {key: [codec.labelled_of(row) for row in group] for key, group in _grouped(rows, "source_id").items()}

    def counts(table: str) -> dict[str, int]:
        query = f"SELECT source_id, count(*) FROM {table} WHERE source_id {_AMONG} GROUP BY source_id"
        return {row[0]: row[1] for row in connection.execute(query, (chosen,))}

    rows = {
        row["id"]: row
        for row in connection.execute(
            "SELECT sources.*, runs.version AS version FROM sources LEFT JOIN runs ON runs.id = run_id "
            f"WHERE sources.id {_AMONG}",
            (chosen,),
        )
    }
    uris = _grouped(
        connection.execute(f"SELECT * FROM source_uris WHERE source_id {_AMONG} ORDER BY source_id, uri", (chosen,)),
        "source_id",
    )
    furniture, metadata = spans("furniture"), spans("metadata_spans")
    statements, events = counts("statements"), counts("event_mentions")
    return [
        _source_row(
            rows[one],
            uris=tuple(row["uri"] for row in uris.get(one, ())),
            furniture=tuple(furniture.get(one, ())),
            evidence=_metadata_evidence(rows[one], metadata.get(one, ())),
            counts=(statements.get(one, 0), events.get(one, 0)),
        )
        for one in ids
    ]


def _metadata_evidence(row: sqlite3.Row, spans: Iterable[LabelledSpan]) -> tuple[Evidence, ...]:
    """The lines that headline, byline, dateline and date were read from."""
    return tuple(
        Evidence(row["id"], span.start, span.end, row["text"][span.start : span.end])
        for span in spans
        if span.end > span.start
    )


def _source_row(
    row: sqlite3.Row,
    *,
    uris: tuple[str, ...],
    furniture: tuple[LabelledSpan, ...],
    evidence: tuple[Evidence, ...],
    counts: tuple[int, int],
) -> SourceRow:
    named: dict[str, Any] = {
        name: row[name]
        for name in (
            "id uri status stage reason headline byline agency outlet kind language media_type copy_of text".split()
        )
    }
    return SourceRow(
        **named,
        uris=uris,
        published=parts.date_of(row, "published") or UNKNOWN_DATE,
        furniture=furniture,
        evidence=evidence,
        statements=counts[0],
        events=counts[1],
        coder=f"summitry {row['version']}" if row["version"] else "summitry",
    )


def load_citations(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Citation]:
    """Outlet (the agency where no outlet is known), headline and date of sources, by id."""
    rows = connection.execute(f"SELECT * FROM sources WHERE id {_AMONG}", (json.dumps(sorted(set(ids))),))
    return {
        row["id"]: Citation(
            row["id"],
            row["uri"],
            row["outlet"] or row["agency"],
            row["headline"],
            parts.date_of(row, "published") or UNKNOWN_DATE,
        )
        for row in rows
    }
