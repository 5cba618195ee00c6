"""Reading a record again: it becomes what the present reader would have made of it; reviews stay."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ingest_factory import SmallReader, read_in, report, rows_of, written
from summitry.errors import UsageError
from summitry.ingest import Progress, reread
from summitry.record import open_record
from summitry.vocabulary import Article, KnownEvent, Reading, content_id
from test_ingest_laws import corpus

APART = ("reviews", "review_rows", "rereads")


class NewerReader(SmallReader):
    """The small reader, a version later: other ids and coders, one word of evidence less, no talks in Geneva."""

    def read(self, article: Article, anchors: Sequence[KnownEvent] = ()) -> Reading:
        reading = super().read(article, anchors)
        events = [
            replace(event, id=content_id("evn", event.id), coder="small/2")
            for event in reading.events
            if event.place != "Geneva"
        ]
        statements = [
            replace(
                one,
                id=content_id("stn", one.id),
                coder="small/2",
                evidence=tuple(replace(e, end=e.end - 1, exact=e.exact[:-1]) for e in one.evidence),
            )
            for one in reading.statements
        ]
        return replace(reading, events=tuple(events), statements=tuple(statements))


def rows(path: Path) -> dict[str, set[tuple[object, ...]]]:
    return {name: found for name, found in rows_of(path).items() if name not in APART}


@pytest.fixture(name="record")
def _record(tmp_path: Path) -> Path:
    read_in(written(tmp_path / "reports", corpus()), tmp_path / "talks.db")
    return tmp_path / "talks.db"


def test_the_same_reader_changes_nothing(record: Path) -> None:
    before = rows(record)
    done = reread(record, make_reader=SmallReader)
    assert (done.changed, done.failed, done.before) == (0, (), 0)
    assert rows(record) == before


def test_a_newer_reader_makes_what_it_would_have_made(record: Path, tmp_path: Path) -> None:
    done = reread(record, make_reader=NewerReader)
    assert done.changed > 0
    fresh = tmp_path / "fresh.db"
    from summitry.ingest import ReadOptions, ingest

    ingest(
        sorted(str(p) for p in (tmp_path / "reports").iterdir()), fresh, ReadOptions(jobs=1), make_reader=NewerReader
    )
    ours, theirs = rows(record), rows(fresh)
    assert {name for name in theirs if ours[name] != theirs[name]} == set()


def test_an_id_that_was_quoted_opens_the_row_that_took_its_place(record: Path) -> None:
    with open_record(record) as before:
        statements, events = before.statements(), before.timeline()
    reread(record, make_reader=NewerReader)
    with open_record(record, read_only=True) as after:
        there = {row.id for row in (*after.statements(), *after.timeline())}
        for was in statements:
            now = after.explain(was.id).row
            assert was.id not in there
            assert now.id in there
            assert now.evidence[0].start == was.evidence[0].start
            assert after.explain(was.id[:12]).row.id == now.id
        opened = [after.current_id(was.id) for was in events if was.id not in there and was.place != "Geneva"]
        assert opened
        assert set(opened) <= there
        gone = [was.id for was in events if was.place == "Geneva"]
        assert gone
        with pytest.raises(UsageError, match=r"is no row any more: it stood on \["):
            after.explain(next(one for one in gone if after.current_id(one) is None))


def test_a_stopped_run_goes_on(record: Path) -> None:
    seen: list[str] = []

    def stop(progress: Progress) -> None:
        seen.append(progress.uri)
        if len(seen) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reread(record, progress=stop, make_reader=NewerReader)
    again: list[str] = []
    done = reread(record, progress=lambda p: again.append(p.uri), make_reader=NewerReader)
    assert not set(again) & set(seen)
    assert done.before == 3
    assert reread(record, make_reader=NewerReader).before == 0  # all done: a new run


def test_a_report_that_fails_now_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARE", "1")
    paths = written(
        tmp_path / "r", [report(1, "A DEFECT of Ardania."), report(2, "Ardania met Belmark in Oslo on 2030-05-02.")]
    )
    read_in(paths, tmp_path / "talks.db")
    monkeypatch.delenv("SPARE")
    done = reread(tmp_path / "talks.db", make_reader=NewerReader)
    assert [(one.stage, "made up" in one.reason) for one in done.failed] == [("read", True)]
    assert (done.read, done.changed) == (1, 1)
    with open_record(tmp_path / "talks.db") as record:
        assert len(record.source_ids()) == 2


def test_nothing_is_asked_of_the_network_or_the_files(record: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "reports").iterdir():
        path.unlink()
    assert reread(record, make_reader=NewerReader).changed > 0
    with sqlite3.connect(record) as connection:
        assert connection.execute("SELECT count(*) FROM runs WHERE finished IS NULL").fetchone()[0] == 0
