"""Bringing many reports together: the rows of before, whatever the batches; bounded cost; a record of version 7."""

from __future__ import annotations

import hashlib
import random
import sqlite3
import string
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.incremental import reports
from benchmarks.on_disk import Dated, reading_of, run_on_disk
from record_factory import make_reading
from summitry.ingest import reconciling
from summitry.ingest.reconciling import reconcile_record
from summitry.ingest.telling import LONG, keys_of_anchor, keys_of_report
from summitry.reconcile import signatures
from summitry.reconcile.features import content_stems
from summitry.reconcile.signatures import number_of, read, written
from summitry.record import Record, open_record, schema
from summitry.record.migrations import VERSION
from summitry.vocabulary import UNKNOWN_DATE, Article, KnownEvent, Reading, Source, Span

OUTCOME = {
    "events": "SELECT * FROM events ORDER BY id",
    "event_parties": "SELECT * FROM event_parties ORDER BY event_id, role, position",
    "event_links": "SELECT * FROM event_links ORDER BY mention_id",
    "evidence": "SELECT * FROM evidence WHERE row_kind = 'event' ORDER BY row_id, position",
    "sources": "SELECT id, published_start, published_end, published_precision, published_basis, copy_of FROM sources "
    "ORDER BY id",
}

BEFORE = "4bcb419cc2d4c78402b18202795fcadb9411eb9aaa6672620dd6c99b400db9cf"
"""The outcome of 300 made-up reports, by summitry with schema version 7, which compared event with event."""


def made(count: int) -> list[tuple[Reading, Source]]:
    """The first made-up reports of the benchmark."""
    return [reading_of(report, number)[:2] for number, report in enumerate(reports(count), 1)]


def brought_in(record: Record, some: list[tuple[Reading, Source]], at_once: int = 200) -> None:
    """Add reports so many at a time."""
    stream = iter(some)
    while batch := list(islice(stream, at_once)):
        with record.transaction():
            for reading, source in batch:
                record.add(reading, source)
        assert reconcile_record(record, lambda: Dated(record)).failed == ()


def outcome(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row that reconciling makes or changes."""
    connection = sqlite3.connect(path)
    try:
        return {name: [tuple(row) for row in connection.execute(query)] for name, query in OUTCOME.items()}
    finally:
        connection.close()


def digest(path: Path) -> str:
    """The outcome as a hash."""
    return hashlib.sha256(repr(sorted(outcome(path).items())).encode()).hexdigest()


@pytest.fixture(name="some", scope="module")
def _some() -> list[tuple[Reading, Source]]:
    return made(300)


def test_the_rows_are_those_of_before(some: list[tuple[Reading, Source]], tmp_path: Path) -> None:
    file = tmp_path / "talks.db"
    with open_record(file, create=True) as record:
        brought_in(record, some)
    assert digest(file) == BEFORE


def test_neither_batches_nor_order_make_a_difference(
    some: list[tuple[Reading, Source]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    few = some[:80]
    for name, order, at_once, batch in (
        ("a", few, 80, 100),
        ("b", few[::-1], 80, 7),
        ("c", few[1::2] + few[::2], 9, 100),
        ("d", few, 1, 1),
    ):
        monkeypatch.setattr(reconciling, "BATCH", batch)
        with open_record(tmp_path / f"{name}.db", create=True) as record:
            brought_in(record, order, at_once)
        found.append(outcome(tmp_path / f"{name}.db"))
    assert found[1:] == found[:1] * 3


def steps_of(record: Record, one: tuple[Reading, Source]) -> int:
    """What SQLite does for one more report: hundreds of its virtual machine's instructions."""
    count = 0

    def counted() -> int:
        nonlocal count
        count += 1
        return 0

    record._connection.set_progress_handler(counted, 100)
    brought_in(record, [one])
    record._connection.set_progress_handler(None, 0)
    return count


def test_one_more_report_costs_little_more_in_a_longer_record(
    some: list[tuple[Reading, Source]], tmp_path: Path
) -> None:
    steps = []
    with open_record(tmp_path / "talks.db", create=True) as record:
        for start in (0, 60):
            brought_in(record, some[start : start + 50 + start * 3])
            last = start + 50 + start * 3
            steps.append(sorted(steps_of(record, one) for one in some[last : last + 10])[5])
    assert steps[1] < 3 * steps[0], "five times the reports"


def test_a_report_that_gains_nothing_writes_no_row(some: list[tuple[Reading, Source]], tmp_path: Path) -> None:
    with open_record(tmp_path / "talks.db", create=True) as record:
        brought_in(record, some[:100])
        asked: list[str] = []
        record._connection.set_trace_callback(asked.append)
        reconcile_record(record, lambda: Dated(record))
        brought_in(record, [make_reading(1)])
        record._connection.set_trace_callback(None)
        changed = [
            one for one in asked if one.startswith(("UPDATE events", "DELETE FROM events", "INSERT INTO events"))
        ]
        assert len(changed) == len(make_reading(1)[0].events)


def test_the_benchmark_scores_what_it_made(tmp_path: Path) -> None:
    costs, score = run_on_disk(120, tmp_path / "talks.db")
    assert [cost.reports for cost in costs] == [10, 100]
    assert costs[-1].one > 0 < costs[-1].size
    assert score.f is not None and score.f > 0.9


# ── signatures ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_signature_comes_out_as_it_went_in(some: list[tuple[Reading, Source]], tmp_path: Path) -> None:
    with open_record(tmp_path / "talks.db", create=True) as record:
        brought_in(record, some[:60])
        rows = record._connection.execute("SELECT signature, words FROM signatures").fetchall()
        keyed = record._connection.execute("SELECT signature, key FROM signature_keys").fetchall()
    assert len(rows) > 40
    for number, words in rows:
        signature = read(words)
        assert (written(signature), number_of(words)) == (words, number)
        assert signature == read(words) and hash(signature) == hash(read(words))
        assert {key for one, key in keyed if one == number} == signatures.stored_keys(signature)


def test_no_signature_outlives_its_events(some: list[tuple[Reading, Source]], tmp_path: Path) -> None:
    with open_record(tmp_path / "talks.db", create=True) as record:
        brought_in(record, some[:120], 10)
        asked = record._connection.execute
        for table, column, holder in (
            ("signatures", "signature", "event_signatures"),
            ("signature_keys", "signature", "signatures"),
            ("event_links", "mention_id", "event_signatures"),
        ):
            query = f"SELECT 1 FROM {table} WHERE {column} NOT IN (SELECT {column} FROM {holder})"
            assert asked(query).fetchall() == []
        assert not asked("PRAGMA foreign_key_check").fetchall()


# ── what undated reports tell ──────────────────────────────────────────────────────────────────────────────────────


def anchor(name: str, words: tuple[str, ...], number: int = 0) -> KnownEvent:
    """An anchor that is recognised by a name and any two of some words."""
    pairs = tuple((name, a, b) for i, a in enumerate(words) for b in words[i + 1 :])
    day = date(2030, 5, 2)
    return KnownEvent(f"st-{number}", "statement", day, day, ("ARD",), pairs, "STATE", None, "src-x")


def undated(*sentences: str, number: int = 7) -> tuple[Reading, Source]:
    """A report without a date, of these sentences."""
    text = "\n".join((f"Report {number}.", *sentences))
    source = Source(f"made/{number}", text.encode())
    spans, at = [], 0
    for line in text.split("\n"):
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    reading, _ = make_reading(number)
    article = Article(source.id, text, (Span(0, len(text)),), published=UNKNOWN_DATE)
    return replace(Reading(article, tuple(spans), (), (), (), (), ()), cases=reading.cases), source


@pytest.mark.parametrize(
    ("sentence", "words", "found"),
    [
        ("Anna Holm said the inspectors would continue.", ("inspec", "contin", "talks"), True),
        ("Anna Holm’s inspection continued.", ("inspec", "contin"), True),
        ("Holm spoke of inspectors.", ("inspec", "contin"), False),
        ("Inspectors continue. Holm did not.", ("inspec", "contin"), True),
        ("The inspectors continue, holm said.", ("inspec", "contin"), False),
        ("Holm said the talking and the envoys continue.", ("talk", "envoys"), True),
        ("Holm said talks go on.", ("talk", "talks"), False),
        ("Holm said Korea's envoys left.", ("korea'", "envoys"), True),
        ("Holm inspired; it continues.", ("inspec", "contin"), False),
    ],
)
def test_an_anchor_is_found_by_a_name_and_two_words_of_a_sentence(
    sentence: str, words: tuple[str, ...], found: bool, tmp_path: Path
) -> None:
    with open_record(tmp_path / "talks.db", create=True) as record:
        dated = make_reading(1)
        record.add(*dated)
        reading, source = undated("Nothing else.", sentence)
        record.add(reading, source)
        record.set_told(source.id, keys_of_report(reading))
        told = anchor("holm", words)
        record.set_anchors(dated[1].id, [(told, keys_of_anchor(told))])
        assert [each.id for each in record.anchors_told(source.id, None, None)] == ([told.id] if found else [])
        telling = record.undated_telling(dated[1].id, timedelta(60), timedelta(7))
        assert telling == ([source.id] if found else [])


def told_bytes(record: Record) -> int:
    """What the marks of undated reports take."""
    sizes = ("SELECT total(length(c0)) FROM told_search_content", "SELECT total(length(block)) FROM told_search_data")
    return int(sum(record._connection.execute(query).fetchone()[0] for query in sizes))


def test_an_undated_report_of_600_words_keeps_no_more_than_20_kilobytes(tmp_path: Path) -> None:
    rng = random.Random(7)
    words = ["".join(rng.choices(string.ascii_lowercase, k=rng.randint(4, 11))) for _ in range(300)]
    names = [word.title() for word in words[:40]]
    # A sentence of news: names, content words, and as many short words between them.
    lines = (rng.choices(names, k=3) + rng.choices(words, k=12) + ["of", "the", "to"] * 3 for _ in range(25))
    reading, source = undated(*(" ".join(line) + "." for line in lines))
    assert len(reading.article.text.split()) > 600
    with open_record(tmp_path / "talks.db", create=True) as record:
        record.add(reading, source)
        before = told_bytes(record)
        record.set_told(source.id, keys_of_report(reading))
        assert 2_000 < told_bytes(record) - before < 20_000
        record.set_told(source.id, [])
        assert record._connection.execute("SELECT count(*) FROM told_search").fetchone()[0] == 0


def test_marks_go_with_their_report(tmp_path: Path) -> None:
    with open_record(tmp_path / "talks.db", create=True) as record:
        reading, source = undated("Anna Holm said the inspectors would continue.")
        record.add(reading, source)
        record.set_told(source.id, keys_of_report(reading))
        record._connection.execute("DELETE FROM sources WHERE id = ?", (source.id,))
        assert record._connection.execute("SELECT count(*) FROM told_search").fetchone()[0] == 0


# ── a record of version 7 ──────────────────────────────────────────────────────────────────────────────────────────

NEW = "told_search signature_keys event_signatures signatures anchor_keys passed_over".split()
GONE = ("event_keys", "told_keys", "anchor_keys")


def taken_back(path: Path) -> None:
    """Make a record one of version 7, as it was written then."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DROP TRIGGER undated_removed")
    for table in NEW:
        connection.execute(f"DROP TABLE {table}")
    for statement in (*schema.FIRST, *schema.THIRD):
        words = statement.split()
        if words[0] == "CREATE" and words[2].split("_by_")[0] in GONE:
            connection.execute(statement)
    mention = connection.execute("SELECT min(id) FROM event_mentions").fetchone()[0]
    connection.execute("INSERT INTO event_keys VALUES ('d|talk|ARD|2030-01-01', ?)", (mention,))
    connection.execute("INSERT INTO told_keys SELECT 77, source_number FROM undated")
    connection.execute("INSERT INTO anchor_keys SELECT 77, id FROM anchors")
    connection.execute("PRAGMA user_version = 7")
    connection.close()


def test_a_record_of_version_7_comes_to_the_same_rows(some: list[tuple[Reading, Source]], tmp_path: Path) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    with open_record(old, create=True) as record:
        brought_in(record, some[:100])
    before = outcome(old)
    with open_record(new, create=True) as record:
        brought_in(record, some[:110])
    taken_back(old)
    with open_record(old) as record:
        assert record._connection.execute("PRAGMA user_version").fetchone()[0] == VERSION
        assert len(record.unreconciled()) == 100
        assert outcome(old) == before, "the rows are there before anything is reconciled"
        reconcile_record(record, lambda: Dated(record))
        assert record.unreconciled() == []
    assert outcome(old) == before
    with open_record(old) as record:
        brought_in(record, some[100:110])
    assert outcome(old) == outcome(new)


def test_a_migration_stopped_halfway_goes_on(
    some: list[tuple[Reading, Source]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done == 20:
            raise Stopped

    file = tmp_path / "talks.db"
    with open_record(file, create=True) as record:
        brought_in(record, some[:60])
    before = outcome(file)
    taken_back(file)
    monkeypatch.setattr(reconciling, "BATCH", 10)
    with open_record(file) as record, pytest.raises(Stopped):
        reconcile_record(record, lambda: Dated(record), stop)
    assert outcome(file) == before
    with open_record(file) as record:
        assert 0 < len(record.unreconciled()) < 60
        reconcile_record(record, lambda: Dated(record))
    assert outcome(file) == before


def test_content_words_are_cut_to_the_length_that_reports_are_found_by(some: list[tuple[Reading, Source]]) -> None:
    assert {len(stem) for reading, _ in some for event in reading.events for stem in content_stems(event)} <= {
        4,
        5,
        LONG,
    }
