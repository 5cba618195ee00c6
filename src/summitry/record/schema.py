"""The tables of a record, as SQL: one SQLite file that Datasette, R or DuckDB open as it is.

Offsets (``start_char``, ``end_char``) are Unicode code points, half-open, in ``sources.text``. Dates are ISO 8601 days,
NULL where an end of an interval is open. Columns that hold a short list hold it as JSON. Every change to these tables
is a new step in :mod:`summitry.record.migrations`; a step that has been released is never edited.
"""

from __future__ import annotations

from typing import Final

_DATE = "{0}_start TEXT, {0}_end TEXT, {0}_precision TEXT {1}, {0}_basis TEXT {1}"
_ACTOR = "{0}_code TEXT, {0}_name TEXT, {0}_office TEXT, {0}_anonymous INTEGER, {0}_kind TEXT"

_SOURCES: Final = (
    """CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL, finished TEXT, version TEXT NOT NULL,
    inputs TEXT NOT NULL, cases TEXT NOT NULL)""",
    f"""CREATE TABLE sources (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    run_id INTEGER REFERENCES runs(id),
    sha256 TEXT NOT NULL, uri TEXT NOT NULL, media_type TEXT NOT NULL, fetched TEXT, metadata TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('read', 'rejected')), stage TEXT, reason TEXT,
    headline TEXT, byline TEXT, agency TEXT, outlet TEXT, kind TEXT,
    {_DATE.format("published", "")},
    language TEXT, article_uri TEXT, cases TEXT,
    copy_of TEXT REFERENCES sources(id) ON DELETE SET NULL,
    text TEXT)""",
    "CREATE INDEX sources_by_copy ON sources(copy_of) WHERE copy_of IS NOT NULL",
    """CREATE TABLE source_uris (
    source_id TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE, uri TEXT NOT NULL,
    PRIMARY KEY (source_id, uri)) WITHOUT ROWID""",
)


def _spans(table: str, label: str) -> str:
    """A table of spans of a source, in order."""
    return f"""CREATE TABLE {table} (
    source_id TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    start_char INTEGER NOT NULL, end_char INTEGER NOT NULL{label},
    PRIMARY KEY (source_id, position)) WITHOUT ROWID"""


_LAYOUT: Final = (
    _spans("blocks", ""),
    _spans("furniture", ", label TEXT NOT NULL"),
    _spans("metadata_spans", ", label TEXT NOT NULL"),
    """CREATE TABLE sentences (
    number INTEGER PRIMARY KEY,
    source_id TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    start_char INTEGER NOT NULL, end_char INTEGER NOT NULL, text TEXT NOT NULL,
    UNIQUE (source_id, position))""",
)

_WHO_AND_WHEN: Final = (
    f"""CREATE TABLE mentions (
    source_id TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    start_char INTEGER NOT NULL, end_char INTEGER NOT NULL, text TEXT NOT NULL,
    kind TEXT NOT NULL, rule TEXT NOT NULL, {_ACTOR.format("actor")}, members TEXT NOT NULL,
    PRIMARY KEY (source_id, position)) WITHOUT ROWID""",
    "CREATE INDEX mentions_by_party ON mentions(actor_code)",
    f"""CREATE TABLE times (
    source_id TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    start_char INTEGER NOT NULL, end_char INTEGER NOT NULL, text TEXT NOT NULL,
    type TEXT NOT NULL, value TEXT NOT NULL, {_DATE.format("interval", "")},
    rule TEXT NOT NULL, alternatives TEXT NOT NULL,
    PRIMARY KEY (source_id, position)) WITHOUT ROWID""",
    """CREATE TABLE people (
    source_id TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    name TEXT NOT NULL, party TEXT, aliases TEXT NOT NULL,
    PRIMARY KEY (source_id, position)) WITHOUT ROWID""",
    "CREATE INDEX people_by_name ON people(name)",
    """CREATE TABLE offices (
    source_id TEXT NOT NULL, person INTEGER NOT NULL, position INTEGER NOT NULL,
    title TEXT NOT NULL, party TEXT, held_from TEXT, held_to TEXT,
    PRIMARY KEY (source_id, person, position),
    FOREIGN KEY (source_id, person) REFERENCES people(source_id, position) ON DELETE CASCADE) WITHOUT ROWID""",
)

_STATEMENTS: Final = (
    f"""CREATE TABLE statements (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source_id TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    {_ACTOR.format("speaker")}, {_ACTOR.format("party")}, {_ACTOR.format("addressee")},
    {_DATE.format("said", "NOT NULL")},
    quote_type TEXT NOT NULL, words TEXT NOT NULL, cue TEXT, on_record TEXT NOT NULL, vehicle TEXT,
    speech_act TEXT NOT NULL, authority TEXT NOT NULL,
    source_start INTEGER, source_end INTEGER, cue_start INTEGER, cue_end INTEGER, content_spans TEXT NOT NULL,
    coder TEXT NOT NULL, confidence REAL NOT NULL)""",
    "CREATE INDEX statements_by_source ON statements(source_id, position)",
    "CREATE INDEX statements_by_party ON statements(party_code)",
)

_EVENT_COLUMNS = f"""type TEXT NOT NULL, mode TEXT, cameo TEXT, quad TEXT NOT NULL, intensity REAL NOT NULL,
    {_DATE.format("date", "NOT NULL")}, place TEXT, modality TEXT NOT NULL,
    {_ACTOR.format("attributed")}, summary TEXT NOT NULL,
    trigger_start INTEGER NOT NULL, trigger_end INTEGER NOT NULL,
    level TEXT, venue TEXT, outcome TEXT, reports INTEGER NOT NULL,
    coder TEXT NOT NULL, confidence REAL NOT NULL"""


def _parties(table: str, owner: str) -> tuple[str, str]:
    """The table of the actors, recipients and delegations of events, and its index by party."""
    return (
        f"""CREATE TABLE {table} (
    event_id TEXT NOT NULL REFERENCES {owner}(id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('actor', 'recipient', 'delegation')), position INTEGER NOT NULL,
    code TEXT, name TEXT NOT NULL, office TEXT, anonymous INTEGER NOT NULL, kind TEXT NOT NULL,
    PRIMARY KEY (event_id, role, position)) WITHOUT ROWID""",
        f"CREATE INDEX {table}_by_code ON {table}(code)",
    )


_EVENTS: Final = (
    # What one article tells: the readings that entries are merged from.
    f"""CREATE TABLE event_mentions (
    id TEXT PRIMARY KEY NOT NULL,
    source_id TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    {_EVENT_COLUMNS})""",
    "CREATE INDEX event_mentions_by_source ON event_mentions(source_id, position)",
    *_parties("event_mention_parties", "event_mentions"),
    # The entries of the timeline: one row an event, however many reports tell it.
    f"CREATE TABLE events (id TEXT PRIMARY KEY NOT NULL, {_EVENT_COLUMNS})",
    *_parties("event_parties", "events"),
    """CREATE TABLE event_links (
    mention_id TEXT PRIMARY KEY NOT NULL REFERENCES event_mentions(id) ON DELETE CASCADE,
    event_id TEXT NOT NULL REFERENCES events(id) ON DELETE CASCADE, position INTEGER NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX event_links_by_event ON event_links(event_id)",
    # Blocking keys: what merging looks events up by (a day and a side, say). What they mean is merging's business.
    """CREATE TABLE event_keys (
    key TEXT NOT NULL, mention_id TEXT NOT NULL REFERENCES event_mentions(id) ON DELETE CASCADE,
    PRIMARY KEY (key, mention_id)) WITHOUT ROWID""",
    "CREATE INDEX event_keys_by_mention ON event_keys(mention_id)",
)

_EVIDENCE: Final = (
    """CREATE TABLE evidence (
    row_kind TEXT NOT NULL CHECK (row_kind IN ('statement', 'event mention', 'event')), row_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    source_id TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    start_char INTEGER NOT NULL, end_char INTEGER NOT NULL, exact TEXT NOT NULL, attribution_chain TEXT NOT NULL,
    PRIMARY KEY (row_kind, row_id, position)) WITHOUT ROWID""",
    "CREATE INDEX evidence_by_source ON evidence(source_id, start_char)",
    """CREATE TABLE shingles (
    hash INTEGER NOT NULL, source_number INTEGER NOT NULL REFERENCES sources(number) ON DELETE CASCADE,
    PRIMARY KEY (hash, source_number)) WITHOUT ROWID""",
    "CREATE INDEX shingles_by_source ON shingles(source_number)",
)


def _full_text(table: str, column: str) -> tuple[str, ...]:
    """An FTS5 index over a column, kept in step by triggers. Porter stems: "sanction" finds "sanctions"."""
    index = f"{table}_search"
    return (
        f"""CREATE VIRTUAL TABLE {index} USING fts5(
    {column}, content='{table}', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2')""",
        f"""CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN
    INSERT INTO {index}(rowid, {column}) VALUES (new.number, new.{column}); END""",
        f"""CREATE TRIGGER {table}_removed AFTER DELETE ON {table} BEGIN
    INSERT INTO {index}({index}, rowid, {column}) VALUES ('delete', old.number, old.{column}); END""",
    )


FIRST: Final = (
    *_SOURCES,
    *_LAYOUT,
    *_WHO_AND_WHEN,
    *_STATEMENTS,
    *_EVENTS,
    *_EVIDENCE,
    *_full_text("sentences", "text"),
    *_full_text("statements", "words"),
)
"""All tables of schema version 1."""

SECOND: Final = (
    # 1 once copies, dates and events of the report have been brought together with the rest of the record.
    "ALTER TABLE sources ADD COLUMN reconciled INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX sources_to_reconcile ON sources(number) WHERE reconciled = 0 AND status = 'read'",
    "CREATE INDEX sources_by_date ON sources(published_start)",
    # Dated events and statements of dated reports, by which undated ones are dated.
    """CREATE TABLE anchors (
    id TEXT PRIMARY KEY NOT NULL,
    source_id TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    name TEXT NOT NULL, start TEXT NOT NULL, "end" TEXT NOT NULL, actors TEXT NOT NULL, words TEXT NOT NULL,
    type TEXT NOT NULL, place TEXT)""",
    "CREATE INDEX anchors_by_day ON anchors(start)",
    "CREATE INDEX anchors_by_source ON anchors(source_id)",
)
"""What schema version 2 adds."""

THIRD: Final = (
    # The interval that an undated report has by itself: which anchors bear on it must not depend on those that came
    # before. NULL where it is open.
    """CREATE TABLE undated (
    source_number INTEGER PRIMARY KEY REFERENCES sources(number) ON DELETE CASCADE,
    alone_start TEXT, alone_end TEXT)""",
    "INSERT INTO undated SELECT number, published_start, published_end FROM sources "
    "WHERE status = 'read' AND (published_precision = 'unknown' OR published_basis LIKE 'inferred%')",
    # The words by which an undated report and an anchor find each other, as numbers.
    """CREATE TABLE told_keys (
    hash INTEGER NOT NULL, source_number INTEGER NOT NULL REFERENCES undated(source_number) ON DELETE CASCADE,
    PRIMARY KEY (hash, source_number)) WITHOUT ROWID""",
    "CREATE INDEX told_keys_by_source ON told_keys(source_number)",
    """CREATE TABLE anchor_keys (
    hash INTEGER NOT NULL, anchor_id TEXT NOT NULL REFERENCES anchors(id) ON DELETE CASCADE,
    PRIMARY KEY (hash, anchor_id)) WITHOUT ROWID""",
    "CREATE INDEX anchor_keys_by_anchor ON anchor_keys(anchor_id)",
    # Anchors kept before have no keys: all reports are reconciled again, which gives the same rows.
    "DELETE FROM anchors",
    "UPDATE sources SET reconciled = 0 WHERE reconciled = 1",
    # A place whose report can be read after all is no longer a place that could not be read.
    "CREATE INDEX sources_rejected ON sources(uri) WHERE status = 'rejected'",
)
"""What schema version 3 adds."""

_EVIDENCE_NOW: Final = """CREATE TABLE evidence_now (
    row_kind TEXT NOT NULL
        CHECK (row_kind IN ('statement', 'event mention', 'event', 'move', 'position')),
    row_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    source_id TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    start_char INTEGER NOT NULL, end_char INTEGER NOT NULL, exact TEXT NOT NULL, attribution_chain TEXT NOT NULL,
    PRIMARY KEY (row_kind, row_id, position)) WITHOUT ROWID"""

FOURTH: Final = (
    # What parties put on the table or take off it, as single articles tell it.
    f"""CREATE TABLE moves (
    id TEXT PRIMARY KEY NOT NULL,
    source_id TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    kind TEXT NOT NULL, {_ACTOR.format("proposer")}, {_ACTOR.format("addressee")},
    issue TEXT, give TEXT, get TEXT, condition TEXT, sequence TEXT, status TEXT, responds_to TEXT,
    {_DATE.format("date", "NOT NULL")}, coder TEXT NOT NULL, confidence REAL NOT NULL)""",
    "CREATE INDEX moves_by_source ON moves(source_id, position)",
    "CREATE INDEX moves_by_proposer ON moves(proposer_code)",
    # Where a party stands on an issue, by whose word.
    f"""CREATE TABLE positions (
    id TEXT PRIMARY KEY NOT NULL,
    source_id TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    {_ACTOR.format("party")}, issue TEXT NOT NULL, stance TEXT NOT NULL, summary TEXT NOT NULL, condition TEXT,
    attributed_by TEXT NOT NULL, {_DATE.format("held", "NOT NULL")},
    pole TEXT, strength REAL, change TEXT, coder TEXT NOT NULL, confidence REAL NOT NULL)""",
    "CREATE INDEX positions_by_source ON positions(source_id, position)",
    "CREATE INDEX positions_by_party ON positions(party_code)",
    # A CHECK is part of its table: evidence moves into one that knows the two new kinds of rows.
    _EVIDENCE_NOW,
    "INSERT INTO evidence_now SELECT * FROM evidence",
    "DROP TABLE evidence",
    "ALTER TABLE evidence_now RENAME TO evidence",
    "CREATE INDEX evidence_by_source ON evidence(source_id, start_char)",
)
"""What schema version 4 adds."""

FIFTH: Final = (
    # By when a move is wanted or offered; whose word or act a position is.
    *(f"ALTER TABLE moves ADD COLUMN {column}" for column in _DATE.format("deadline", "").split(", ")),
    *(f"ALTER TABLE positions ADD COLUMN {column}" for column in _ACTOR.format("person").split(", ")),
    # What parties have bound themselves to, what is foretold, and the contradictions that a report itself asserts, as
    # single articles tell them. What came of them is worked out when it is asked for.
    f"""CREATE TABLE commitments (
    id TEXT PRIMARY KEY NOT NULL,
    source_id TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    instrument TEXT NOT NULL, {_ACTOR.format("obligor")}, {_ACTOR.format("beneficiary")}, text TEXT NOT NULL,
    status INTEGER, as_of TEXT, events TEXT NOT NULL, {_DATE.format("made", "NOT NULL")}, issue TEXT,
    claimed INTEGER, {_ACTOR.format("claimed_by")}, revises TEXT,
    coder TEXT NOT NULL, confidence REAL NOT NULL)""",
    "CREATE INDEX commitments_by_source ON commitments(source_id, position)",
    f"""CREATE TABLE predictions (
    id TEXT PRIMARY KEY NOT NULL,
    source_id TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    {_ACTOR.format("forecaster")}, claim TEXT NOT NULL, {_DATE.format("made", "NOT NULL")},
    {_DATE.format("horizon", "")}, horizon_rule TEXT, hedge TEXT, condition TEXT, resolution TEXT NOT NULL,
    resolved_by TEXT NOT NULL, actors TEXT NOT NULL, type TEXT, negated INTEGER NOT NULL, quality TEXT, note TEXT,
    coder TEXT NOT NULL, confidence REAL NOT NULL)""",
    "CREATE INDEX predictions_by_source ON predictions(source_id, position)",
    """CREATE TABLE discrepancies (
    id TEXT PRIMARY KEY NOT NULL,
    source_id TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    kind TEXT NOT NULL, a TEXT NOT NULL, b TEXT NOT NULL, field TEXT, note TEXT NOT NULL,
    coder TEXT NOT NULL, confidence REAL NOT NULL)""",
    "CREATE INDEX discrepancies_by_source ON discrepancies(source_id, position)",
    # The cases that reports were read with, as their own TOML: a record answers by them wherever it is opened.
    "CREATE TABLE cases (name TEXT PRIMARY KEY NOT NULL, text TEXT NOT NULL) WITHOUT ROWID",
    # Which kinds of rows have evidence is no longer part of the table: each new kind would move all of it.
    """CREATE TABLE evidence_now (
    row_kind TEXT NOT NULL, row_id TEXT NOT NULL, position INTEGER NOT NULL,
    source_id TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    start_char INTEGER NOT NULL, end_char INTEGER NOT NULL, exact TEXT NOT NULL, attribution_chain TEXT NOT NULL,
    PRIMARY KEY (row_kind, row_id, position)) WITHOUT ROWID""",
    "INSERT INTO evidence_now SELECT * FROM evidence",
    "DROP TABLE evidence",
    "ALTER TABLE evidence_now RENAME TO evidence",
    "CREATE INDEX evidence_by_source ON evidence(source_id, start_char)",
)
"""What schema version 5 adds."""

SIXTH: Final = (
    # What people decided about rows: a log, only ever added to, apart from what the reader wrote.
    """CREATE TABLE reviews (
    id TEXT PRIMARY KEY NOT NULL,
    action TEXT NOT NULL, kind TEXT NOT NULL, reviewer TEXT NOT NULL, at TEXT NOT NULL,
    fields TEXT NOT NULL, note TEXT, undoes TEXT)""",
    "CREATE INDEX reviews_by_kind ON reviews(kind)",
    "CREATE INDEX reviews_by_time ON reviews(at)",
    # The rows a review is of, with the words by which each is found again when its report is read anew. They point to
    # nothing: a review outlives its row and its report.
    """CREATE TABLE review_rows (
    review_id TEXT NOT NULL REFERENCES reviews(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    row_id TEXT NOT NULL, source_id TEXT NOT NULL, start_char INTEGER NOT NULL, end_char INTEGER NOT NULL,
    exact TEXT NOT NULL, was TEXT NOT NULL, beside TEXT NOT NULL,
    PRIMARY KEY (review_id, position)) WITHOUT ROWID""",
    # Which run has last read a report again: one that was stopped goes on where it was.
    """CREATE TABLE rereads (
    source_id TEXT PRIMARY KEY NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    run_id INTEGER NOT NULL REFERENCES runs(id)) WITHOUT ROWID""",
)
"""What schema version 6 adds."""

SEVENTH: Final = (
    # Where the words of rows stood whose ids are no more, so that an id that was quoted opens what took its place.
    """CREATE TABLE former_rows (
    id TEXT PRIMARY KEY NOT NULL, kind TEXT NOT NULL,
    source_id TEXT NOT NULL, start_char INTEGER NOT NULL, end_char INTEGER NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX former_rows_by_source ON former_rows(source_id)",
)
"""What schema version 7 adds."""

EIGHTH: Final = (
    # Pages that the gate passed over, counted by the part of the input they lay in, with the first few of them.
    """CREATE TABLE passed_over (
    shard TEXT NOT NULL, why TEXT NOT NULL, run_id INTEGER REFERENCES runs(id),
    place TEXT NOT NULL, pages INTEGER NOT NULL, examples TEXT NOT NULL,
    PRIMARY KEY (shard, why)) WITHOUT ROWID""",
    # What merging compares of events, each different one once (number: a hash of the words), the keys it is looked up
    # by, and which events tell it. Before, every event had the keys.
    "DROP TABLE event_keys",
    "CREATE TABLE signatures (signature INTEGER PRIMARY KEY, words TEXT NOT NULL)",
    """CREATE TABLE signature_keys (
    key TEXT NOT NULL, signature INTEGER NOT NULL REFERENCES signatures(signature),
    PRIMARY KEY (key, signature)) WITHOUT ROWID""",
    """CREATE TABLE event_signatures (
    mention_id TEXT PRIMARY KEY NOT NULL REFERENCES event_mentions(id) ON DELETE CASCADE,
    signature INTEGER NOT NULL REFERENCES signatures(signature)) WITHOUT ROWID""",
    "CREATE INDEX event_signatures_by_signature ON event_signatures(signature)",
    # Marks of names and content words: of the sentences of undated reports, as a search index (a row is a sentence,
    # its number 1,048,576 times that of the report and on), and of anchors. Before, undated reports had a key for each
    # name with two words of a sentence: half a megabyte for a report of 600 words.
    "DROP TABLE told_keys",
    "DROP TABLE anchor_keys",
    "CREATE VIRTUAL TABLE told_search USING fts5(marks, detail=none, columnsize=0, tokenize='ascii')",
    """CREATE TRIGGER undated_removed AFTER DELETE ON undated BEGIN
    DELETE FROM told_search WHERE rowid BETWEEN old.source_number * 1048576 AND old.source_number * 1048576 + 1048575;
    END""",
    """CREATE TABLE anchor_keys (
    key INTEGER NOT NULL, anchor_id TEXT NOT NULL REFERENCES anchors(id) ON DELETE CASCADE,
    PRIMARY KEY (key, anchor_id)) WITHOUT ROWID""",
    "CREATE INDEX anchor_keys_by_anchor ON anchor_keys(anchor_id)",
    # All reports are reconciled again, which gives the same rows.
    "UPDATE sources SET reconciled = 0 WHERE reconciled = 1",
)
"""What schema version 8 adds."""
