"""Moves and positions in the record: filters, copies, rereading, deleting, explaining, and records of version 3."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from record_factory import day, make_reading
from summitry.errors import EvidenceError, UsageError
from summitry.record import Record, open_record
from summitry.record.migrations import STEPS, VERSION, migrate
from summitry.report.rows import FIELDS, to_dict


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "talks.db", create=True) as opened:
        yield opened


def three(record: Record) -> None:
    for number, met in enumerate(("2019-05-03", "2019-06-01", "2019-07-01")):
        record.add(*make_reading(number, met=met, published=day(met)))


def test_moves_and_positions_by_day_party_and_issue(record: Record) -> None:
    three(record)
    assert [move.date.start.isoformat() for move in record.moves() if move.date.start] == [
        "2019-05-03",
        "2019-06-01",
        "2019-07-01",
    ]
    assert len(record.moves(as_of="2019-05-31")) == len(record.positions(as_of="2019-05-31")) == 1
    assert len(record.moves(since="2019-06")) == len(record.positions(since="2019-06")) == 2
    assert len(record.moves(party="PRK")) == len(record.moves(party="United States")) == 3
    assert record.positions(party="PRK") == []
    assert len(record.positions(issue="drills")) == 3
    assert len(record.positions(issue="Washington freeze")) == 3
    assert record.positions(issue="reparations") == []


def test_a_copy_tells_no_move_twice(record: Record) -> None:
    three(record)
    first, second, _ = record.source_ids()
    record.set_copy_of(second, first)
    assert {move.evidence[0].source for move in record.moves()} == {first, record.source_ids()[2]}
    assert len(record.positions()) == 2


def test_rereading_replaces_them_and_leaves_no_evidence_behind(record: Record) -> None:
    reading, source = make_reading()
    record.add(reading, source)
    record.reread(replace(reading, moves=(), positions=()))
    assert record.moves() == []
    assert record.positions() == []
    with sqlite3.connect(record.path) as connection:
        kinds = {row[0] for row in connection.execute("SELECT DISTINCT row_kind FROM evidence")}
    connection.close()
    assert kinds == {"statement", "event mention"}


def test_a_deleted_source_takes_them_along(record: Record) -> None:
    reading, source = make_reading()
    record.add(reading, source)
    with record.transaction():
        record._connection.execute("DELETE FROM sources WHERE id = ?", (source.id,))
    assert record.moves() == []
    assert record.positions() == []
    assert record._connection.execute("SELECT count(*) FROM evidence").fetchone()[0] == 0


def test_explain_and_json(record: Record) -> None:
    reading, source = make_reading()
    record.add(reading, source)
    (move,), (stand,) = reading.moves, reading.positions
    told = record.explain(move.id[:12])
    assert (told.kind, told.row) == ("move", replace(move, status="open"))
    assert told.passages[0].evidence.exact == "Sanctions must go first"
    assert record.explain(stand.id).row == replace(stand, change="first")
    assert set(FIELDS["moves"]) <= set(to_dict(move))
    found = to_dict(stand)
    assert set(FIELDS["positions"]) <= set(found)
    assert found["from"] is None
    dated = to_dict(replace(stand, held=day("2019-05-03")))
    assert dated["from"]["start"] == "2019-05-03"
    assert dated["to"] is None


def test_words_that_do_not_stand_there_are_refused(record: Record) -> None:
    reading, source = make_reading()
    move = reading.moves[0]
    wrong = replace(move, evidence=(replace(move.evidence[0], start=move.evidence[0].start + 1),))
    with pytest.raises(EvidenceError):
        record.add(replace(reading, moves=(wrong,)), source)
    with pytest.raises(UsageError, match="two rows"):
        record.add(replace(reading, moves=(move, move)), source)
    assert record.source_ids() == []


def test_a_record_of_version_3_keeps_its_evidence(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection, STEPS[:3])
    columns = "id, sha256, uri, media_type, metadata, status"
    connection.execute(f"INSERT INTO sources ({columns}) VALUES ('src-1', '0', 'a', 'b', '[]', 'read')")
    row = ("statement", "st-1", 0, "src-1", 3, 7, "some", "[]")
    connection.execute("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    assert migrate(connection) == VERSION - 3
    assert connection.execute("SELECT * FROM evidence").fetchall() == [row]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.execute("INSERT INTO evidence VALUES ('move', 'mov-1', 0, 'src-1', 3, 7, 'some', '[]')")
    connection.close()
