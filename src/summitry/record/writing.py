"""Writing one report: the checks before, the rows, and taking them out again. Runs inside the caller's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from summitry.errors import EvidenceError, UnreadableSource, UsageError
from summitry.record import codec, former, parts, pledges, stands
from summitry.record.parts import Columns
from summitry.vocabulary import Article, Event, LabelledSpan, Reading, Rejected, Row, Source, SourceHead, Span

_READING_TABLES = tuple(
    "blocks furniture metadata_spans sentences mentions times people statements moves positions commitments "
    "predictions discrepancies".split()
)


_READ_KINDS = ("statement", "event mention", "move", "position", "commitment", "prediction", "discrepancy")
"""The kinds of evidence that a reading has. That of an entry of the timeline is the entry's own."""


def row_groups(reading: Reading) -> tuple[tuple[str, str, Sequence[Row]], ...]:
    """The rows of a reading by kind: their table, the kind of their evidence, the rows."""
    tables = "statements event_mentions moves positions commitments predictions discrepancies".split()
    rows = (
        reading.statements,
        reading.events,
        reading.moves,
        reading.positions,
        reading.commitments,
        reading.predictions,
        reading.discrepancies,
    )
    return tuple(zip(tables, _READ_KINDS, rows, strict=True))


def insert(connection: sqlite3.Connection, table: str, rows: Sequence[Columns]) -> None:
    """Insert rows that all have the same columns."""
    if rows:
        names = ", ".join(rows[0])
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", [tuple(row.values()) for row in rows])


def check_reading(reading: Reading) -> None:
    """Raise unless every row of a reading stands on words of its article and has an id of its own.

    Raises:
        EvidenceError: words that do not stand where a row says they stand.
        UnreadableSource: the text holds half characters, which no file can hold.
        UsageError: two rows have one id.
    """
    article = reading.article
    rows = [row for _, _, group in row_groups(reading) for row in group]
    for row in rows:
        for evidence in row.evidence:
            evidence.check(article)
    spans: tuple[Span | LabelledSpan, ...] = (
        *article.blocks,
        *article.furniture,
        *article.metadata_spans,
        *reading.sentences,
    )
    for span in spans:
        if span.end > len(article.text):
            raise EvidenceError(
                f"span [{span.start}, {span.end}) lies outside the {len(article.text)} code points of "
                f"{article.source_id}"
            )
    ids = [row.id for row in rows]
    if len(set(ids)) < len(ids):
        twice = next(one for one in ids if ids.count(one) > 1)
        raise UsageError(f"two rows of {article.source_id} have the id {twice}; an id stands for one row")
    try:
        article.text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnreadableSource(
            "decode",
            f"the text of {article.source_id} holds half a character (a lone surrogate) at offset {error.start}; "
            "allowed: whole Unicode code points",
        ) from None


def write_source(
    connection: sqlite3.Connection, reading: Reading, source: Source | SourceHead, run_id: int | None
) -> None:
    """The source row of a report, new or in place of a rejection, and its reading."""
    columns = (
        codec.source_columns(source)
        | {"run_id": run_id, "status": "read", "stage": None, "reason": None}
        | codec.article_columns(reading.article, reading.cases)
    )
    put_source(connection, columns)
    write_reading(connection, reading)


def write_rejected(connection: sqlite3.Connection, rejected: Rejected, run_id: int | None) -> None:
    """The row of a source that could not be read."""
    put_source(
        connection,
        codec.source_columns(rejected.source)
        | {
            "run_id": run_id,
            "status": "rejected",
            "stage": rejected.stage,
            "reason": parts.storable(rejected.reason),
        },
    )


def put_source(connection: sqlite3.Connection, columns: Columns) -> None:
    """Insert a source row, or set its columns where the id is there; and note where it was seen."""
    names = ", ".join(columns)
    marks = ", ".join("?" * len(columns))
    updates = ", ".join(f"{name} = excluded.{name}" for name in columns if name != "id")
    connection.execute(
        f"INSERT INTO sources ({names}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {updates}",
        tuple(columns.values()),
    )
    note_uri(connection, columns["id"], columns["uri"])


def note_uri(connection: sqlite3.Connection, source_id: str, uri: str) -> None:
    """Note one more place a source was found at. The one that sorts first is the one it goes by: which of them was
    found first must not matter."""
    connection.execute("INSERT OR IGNORE INTO source_uris (source_id, uri) VALUES (?, ?)", (source_id, uri))
    (least,) = connection.execute("SELECT min(uri) FROM source_uris WHERE source_id = ?", (source_id,)).fetchone()
    connection.execute(
        "UPDATE sources SET uri = ?1, article_uri = iif(article_uri = uri, ?1, article_uri) "
        "WHERE id = ?2 AND uri <> ?1",
        (least, source_id),
    )


def forget_rejections(connection: sqlite3.Connection, source_id: str, uri: str) -> None:
    """Take out what was rejected at a place whose report has now been read: no permission then, say, or half a file."""
    connection.execute("DELETE FROM sources WHERE status = 'rejected' AND uri = ? AND id <> ?", (uri, source_id))


def write_reading(connection: sqlite3.Connection, reading: Reading) -> None:
    """All rows of a reading, its source row aside."""
    article = reading.article
    source_id = article.source_id
    insert(connection, "blocks", codec.span_columns(source_id, article.blocks))
    insert(connection, "furniture", codec.span_columns(source_id, article.furniture))
    insert(connection, "metadata_spans", codec.span_columns(source_id, article.metadata_spans))
    sentences = codec.span_columns(source_id, reading.sentences)
    insert(
        connection,
        "sentences",
        [row | {"text": article.text[row["start_char"] : row["end_char"]]} for row in sentences],
    )
    insert(connection, "mentions", [codec.mention_columns(source_id, i, m) for i, m in enumerate(reading.mentions)])
    insert(connection, "times", [codec.time_columns(source_id, i, t) for i, t in enumerate(reading.times)])
    insert(connection, "people", [codec.person_columns(source_id, i, p) for i, p in enumerate(reading.people)])
    insert(
        connection,
        "offices",
        [
            codec.office_columns(source_id, i, j, office)
            for i, person in enumerate(reading.people)
            for j, office in enumerate(person.offices)
        ],
    )
    statements = [codec.statement_columns(source_id, i, s) for i, s in enumerate(reading.statements)]
    insert(connection, "statements", statements)
    _write_events(connection, source_id, reading.events)
    insert(connection, "moves", [stands.move_columns(source_id, i, m) for i, m in enumerate(reading.moves)])
    insert(connection, "positions", [stands.position_columns(source_id, i, p) for i, p in enumerate(reading.positions)])
    _write_pledges(connection, source_id, reading)
    for _, kind, rows in row_groups(reading):
        write_evidence(connection, kind, rows)


def _write_pledges(connection: sqlite3.Connection, source_id: str, reading: Reading) -> None:
    """Commitments, predictions and asserted discrepancies."""
    commitments = [pledges.commitment_columns(source_id, i, row) for i, row in enumerate(reading.commitments)]
    predictions = [pledges.prediction_columns(source_id, i, row) for i, row in enumerate(reading.predictions)]
    discrepancies = [pledges.discrepancy_columns(source_id, i, row) for i, row in enumerate(reading.discrepancies)]
    insert(connection, "commitments", commitments)
    insert(connection, "predictions", predictions)
    insert(connection, "discrepancies", discrepancies)


def _write_events(connection: sqlite3.Connection, source_id: str, events: Sequence[Event]) -> None:
    rows = [
        {"source_id": source_id, "position": position} | codec.event_columns(event)
        for position, event in enumerate(events)
    ]
    insert(connection, "event_mentions", rows)
    insert(connection, "event_mention_parties", [row for event in events for row in parts.party_columns(event)])


def write_evidence(connection: sqlite3.Connection, kind: str, rows: Iterable[Row]) -> None:
    """The evidence of rows, in order."""
    evidence = [
        codec.evidence_columns(kind, row.id, position, one) for row in rows for position, one in enumerate(row.evidence)
    ]
    insert(connection, "evidence", evidence)


def erase_reading(connection: sqlite3.Connection, source_id: str) -> None:
    """Take out all rows that were read in a source; the source row stays."""
    former.keep_erased(connection, source_id)
    kinds = ", ".join(f"'{kind}'" for kind in _READ_KINDS)
    connection.execute(f"DELETE FROM evidence WHERE source_id = ? AND row_kind IN ({kinds})", (source_id,))
    for table in (*_READING_TABLES, "event_mentions"):
        connection.execute(f"DELETE FROM {table} WHERE source_id = ?", (source_id,))


def update_article(connection: sqlite3.Connection, article: Article, cases: Sequence[str]) -> None:
    """Set what cleaning found in a source that is there already."""
    columns = codec.article_columns(article, cases)
    settings = ", ".join(f"{name} = ?" for name in columns)
    connection.execute(f"UPDATE sources SET {settings} WHERE id = ?", (*columns.values(), article.source_id))
