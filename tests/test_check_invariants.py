"""Each invariant is found broken when it is, by its name; mending makes the record sound and loses nothing whole."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from check_factory import changed, inputs, made, older
from ingest_factory import read_in, rows_of
from summitry.errors import NewerRecord, NotARecord
from summitry.record import open_record
from summitry.record.checking import INVARIANTS, check_record, repair_record
from summitry.record.migrations import VERSION

FIRST = "(SELECT id FROM sources WHERE status = 'read' ORDER BY number LIMIT 1)"
MERGED = "(SELECT event_id FROM event_links GROUP BY event_id HAVING count(*) > 1 ORDER BY event_id LIMIT 1)"
ALIEN = "CREATE TRIGGER greedy AFTER INSERT ON reviews BEGIN DELETE FROM reviews; END"

BROKEN: dict[str, tuple[str, ...]] = {
    "schema": ("CREATE VIEW everything AS SELECT * FROM sources", ALIEN, "CREATE TABLE notes (a TEXT)"),
    "references": ("DELETE FROM event_mentions WHERE rowid IN (SELECT min(rowid) FROM event_mentions)",),
    "marks of undated reports": ("INSERT INTO told_search (rowid, marks) VALUES (77 * 1048576, 'abc')",),
    "sentence search": ("INSERT INTO sentences_search(sentences_search) VALUES ('delete-all')",),
    "statement search": ("INSERT INTO statements_search(statements_search, rowid, words) "
                         "SELECT 'delete', number, words FROM statements WHERE number = 3",),
    "source ids": (f"UPDATE sources SET sha256 = replace(sha256, 'a', 'b') WHERE id = {FIRST}",),
    "sources": (f"UPDATE sources SET metadata = '[' WHERE id = {FIRST}",),
    "values": ("UPDATE statements SET on_record = 'perhaps' WHERE number = 1",),
    "evidence": ("UPDATE evidence SET exact = 'never printed' WHERE row_kind = 'statement' AND row_id IN "
                 "(SELECT id FROM statements WHERE number = 2)",),
    "spans": ("UPDATE sentences SET start_char = start_char + 1 WHERE number = 3",),
    "readings": ("UPDATE event_mentions SET modality = 'dreamt' WHERE rowid = 1",),
    "numbering": ("UPDATE statements SET position = 7 WHERE number = 1",),
    "row ids": ("UPDATE statements SET id = (SELECT min(id) FROM event_mentions) WHERE number = 1",),
    "rows of evidence": ("DELETE FROM statements WHERE number = 4",),
    "evidence of rows": ("DELETE FROM evidence WHERE row_id = (SELECT id FROM statements WHERE number = 5)",),
    "entries": (f"DELETE FROM event_links WHERE event_id = {MERGED}",),
    "evidence of entries": (f"DELETE FROM evidence WHERE row_kind = 'event' AND position = 1 AND row_id = {MERGED}",),
    "counts": (f"UPDATE events SET reports = 40 WHERE id = {MERGED}",),
    "copies": ("UPDATE sources SET copy_of = (SELECT id FROM sources WHERE copy_of IS NOT NULL LIMIT 1) "
               "WHERE number = 1",),
    "reconciled": ("DELETE FROM event_signatures WHERE mention_id = (SELECT min(id) FROM event_mentions)",),
    "undated": ("DELETE FROM undated",),
    "runs": ("UPDATE runs SET inputs = 'all of it'",),
    "reviews": ("UPDATE reviews SET action = 'wonder'",),
    "cases": ("INSERT INTO cases VALUES ('odd', 'not a case [')",),
    "former ids": ("INSERT INTO former_rows VALUES ('st-0', 'statement', 'src-0', 5, 5)",),
}  # fmt: skip
"""What breaks each invariant."""

NOT_MENDED = {"runs", "reviews", "cases"}


def test_a_record_is_sound(tmp_path: Path) -> None:
    path = made(tmp_path)
    before = path.read_bytes()
    report = check_record(path)
    assert (report.findings, report.skipped) == ((), ())
    assert set(report.checked) == {one.name for one in INVARIANTS}
    assert report.reports == 24
    assert path.read_bytes() == before
    assert repair_record(path).copy is None
    assert path.read_bytes() == before


def test_every_invariant_has_a_test() -> None:
    assert BROKEN.keys() | {"file"} == {one.name for one in INVARIANTS}
    assert all((one.of_record is None) != (one.of_report is None) for one in INVARIANTS)
    assert {one.name for one in INVARIANTS if one.mend is None} == NOT_MENDED


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_what_is_broken_is_found_and_mended(tmp_path: Path, name: str) -> None:
    path = changed(made(tmp_path), *BROKEN[name])
    found = check_record(path)
    assert name in found.counts, found.counts
    mended = repair_record(path)
    assert mended.copy is None or check_record(mended.copy).counts == found.counts
    if name in NOT_MENDED:
        assert mended.after.counts.keys() == {name}
        return
    assert mended.after.findings == ()
    assert mended.done
    assert len(mended.read_again) <= 5
    read_in(inputs(), path)
    assert check_record(path).findings == ()
    (tmp_path / "whole").mkdir()
    assert rows_of(path) == rows_of(made(tmp_path / "whole"))


def test_an_index_that_lacks_a_row(tmp_path: Path) -> None:
    path = made(tmp_path)
    connection = sqlite3.connect(path, isolation_level=None)
    # The index under the name of the other table's pages would be worse; a row that it lacks is what bad disks do.
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_master SET sql = 'CREATE INDEX people_by_name ON people(party)' "
                       "WHERE name = 'people_by_name'")  # fmt: skip
    connection.close()
    report = check_record(path)
    assert "file" in report.counts
    mended = repair_record(path)
    assert mended.after.sound, mended
    assert mended.read_again == ()


def test_pages_of_noise_are_salvaged(tmp_path: Path) -> None:
    path = made(tmp_path)
    data = bytearray(path.read_bytes())
    # The list of tables stands in the first pages; without it nothing can be read.
    last = len(data) // 4096
    for page in range(last - 9, last - 6):
        data[page * 4096 : (page + 1) * 4096] = bytes(range(256)) * 16
    path.write_bytes(data)
    assert "file" in check_record(path).counts
    mended = repair_record(path)
    assert mended.after.sound
    read_in(inputs(), path)
    (tmp_path / "whole").mkdir()
    assert rows_of(path) == rows_of(made(tmp_path / "whole"))


@pytest.mark.parametrize("version", [5, 6, 7])
def test_a_record_of_an_earlier_version(tmp_path: Path, version: int) -> None:
    path = older(made(tmp_path), version)
    report = check_record(path)
    assert report.findings == ()
    assert report.skipped
    mended = repair_record(path)
    assert mended.after.findings == ()
    assert mended.after.version == VERSION
    assert not mended.after.skipped
    assert mended.copy is not None
    assert check_record(mended.copy).version == version
    read_in(inputs(), path)
    assert check_record(path).findings == ()


def test_what_is_no_record(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    changed(other, "CREATE TABLE urls (url TEXT)")
    text = tmp_path / "notes.txt"
    text.write_text("no record")
    newer = changed(made(tmp_path), f"PRAGMA user_version = {VERSION + 1}")
    for path, error in ((other, NotARecord), (text, NotARecord), (newer, NewerRecord)):
        before = path.read_bytes()
        for act in (check_record, repair_record):
            with pytest.raises(error):
                act(path)
        assert path.read_bytes() == before


def test_what_was_reviewed_stays(tmp_path: Path) -> None:
    path = changed(made(tmp_path), *BROKEN["spans"], *BROKEN["counts"])
    repair_record(path)
    with open_record(path) as record:
        assert len(record.review.list()) == 2
