"""What goes wrong in one report stays there: defects, processes that die, readings that cannot be stored."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ingest_factory import SmallReader, read_in, report, written
from summitry.errors import CaseError, RecordUnavailable, UsageError
from summitry.ingest import Progress, ReadOptions, ingest, reconciling
from summitry.reconcile import merge
from summitry.reconcile.features import Member
from summitry.reconcile.store import EventStore
from summitry.record import Record, open_record
from summitry.vocabulary import Article, KnownEvent, Reading


def texts(count: int, **odd: str) -> list[str]:
    """``count`` reports; ``_7="KILL"`` puts a word in the eighth."""
    return [report(n, f"It was said {odd.get(f'_{n}', '')} again.") for n in range(count)]


def refused(path: Path) -> dict[str, tuple[str | None, str]]:
    with open_record(path) as record:
        rows = [row for row in record.sources() if row.status == "rejected"]
        return {Path(row.uri).stem: (row.stage, row.reason or "") for row in rows}


def test_a_defect_rejects_one_report(tmp_path: Path) -> None:
    done = read_in(written(tmp_path / "in", texts(12, _3="DEFECT")), tmp_path / "talks.db")
    assert (done.read, done.rejected) == (11, 1)
    ((name, (stage, reason)),) = refused(tmp_path / "talks.db").items()
    assert (name, stage) == ("003", "read")
    assert "defect of summitry: ZeroDivisionError: made up" in reason


def test_a_report_that_kills_its_process(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    paths = written(tmp_path / "in", texts(70, _9="KILL", _11="DEFECT", _40="KILL"))
    done = read_in(paths, tmp_path / "talks.db", jobs=2)
    assert (done.read, done.rejected) == (67, 3)
    found = refused(tmp_path / "talks.db")
    assert sorted(found) == ["009", "011", "040"]
    assert "process died on this report" in found["009"][1]
    assert "ZeroDivisionError" in found["011"][1]
    with open_record(tmp_path / "talks.db") as record:
        order = [Path(row.uri).stem for row in map(record.article, record.source_ids())]
    assert order == sorted(order), "the order of the input is kept"


def test_rejected_once_and_readable_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = written(tmp_path / "in", texts(4, _1="DEFECT"))
    file = tmp_path / "talks.db"
    assert read_in(paths, file).rejected == 1
    assert (read_in(paths, file).known, read_in(paths, file).rejected) == (3, 1)
    monkeypatch.setenv("SPARE", "1")
    assert (read_in(paths, file).read, refused(file)) == (1, {})
    with open_record(file) as record:
        assert record.unreconciled() == []


def test_a_file_that_could_not_be_opened_then(tmp_path: Path) -> None:
    """What was refused at a place is forgotten when the place gives a report."""
    file, path = tmp_path / "talks.db", tmp_path / "late.txt"
    read_in([str(path)], file)
    assert "late" in refused(file)
    path.write_text(report(1))
    assert read_in([str(path)], file).read == 1
    assert refused(file) == {}
    path.unlink()
    assert read_in([str(path)], file).rejected == 1
    path.write_text(report(1))
    assert read_in([str(path)], file).known == 1
    assert refused(file) == {}


def test_the_same_report_twice_in_one_run(tmp_path: Path) -> None:
    paths = written(tmp_path / "in", [report(1), report(1), report(2, "DEFECT."), report(2, "DEFECT."), report(3)])
    done = read_in(paths, tmp_path / "talks.db")
    assert (done.read, done.known, done.rejected) == (2, 1, 2)
    with open_record(tmp_path / "talks.db") as record:
        uris = {len(row.uris) for row in record.sources() if row.status == "read"}
        assert uris == {1, 2}


class BadWords(SmallReader):
    """A reader with a defect of its own: it gives words that do not stand in the second report."""

    def read(self, article: Article, anchors: Sequence[KnownEvent] = ()) -> Reading:
        reading = super().read(article, anchors)
        if "round 1." not in article.text:
            return reading
        return dataclasses.replace(reading, sentences=(dataclasses.replace(reading.sentences[0], end=10_000_000),))


def test_a_reading_that_cannot_be_stored_rejects_its_report(tmp_path: Path) -> None:
    paths = written(tmp_path / "in", texts(3))
    done = ingest(paths, tmp_path / "talks.db", ReadOptions(jobs=1), make_reader=BadWords)
    assert (done.read, done.rejected) == (2, 1)
    assert refused(tmp_path / "talks.db")["001"][0] == "record"


def test_a_report_that_cannot_be_reconciled_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "talks.db"
    marked = [report(n, f"Ardania met Belmark in Oslo{n} on 2030-05-02.") for n in range(3)]
    paths = written(tmp_path / "in", marked)

    def fails_on_one(new: Sequence[Member], store: EventStore, gone: Sequence[Member] = ()) -> merge.Change:
        if any(member.event.place == "Oslo1" for member in new):
            raise KeyError("made up")
        return merge.merge(new, store, gone)

    monkeypatch.setattr(reconciling, "merge", fails_on_one)
    done = read_in(paths, file)
    assert (done.read, done.rejected) == (3, 0)
    assert [(Path(one.uri).stem, one.reason) for one in done.unreconciled] == [("001", "KeyError: 'made up'")]
    with open_record(file) as record:
        assert len(record.unreconciled()) == 1
        assert len(record.timeline()) == 3, "what is not merged yet is shown as its report tells it"
    monkeypatch.setattr(reconciling, "merge", merge.merge)
    assert read_in(paths, file).unreconciled == ()
    with open_record(file) as record:
        assert record.unreconciled() == []


def no_reader(_: Sequence[str] | None) -> SmallReader:
    raise MemoryError("no room")


def test_processes_that_cannot_start_are_no_fault_of_the_reports(tmp_path: Path) -> None:
    paths = written(tmp_path / "in", texts(40))
    with pytest.raises(UsageError, match="--jobs 1"):
        ingest(paths, tmp_path / "talks.db", ReadOptions(jobs=2), make_reader=no_reader)
    assert refused(tmp_path / "talks.db") == {}


def off(_: Sequence[str] | None) -> SmallReader:
    raise CaseError("no such case")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_case_that_is_off_is_said_once(tmp_path: Path, jobs: int) -> None:
    paths = written(tmp_path / "in", texts(40))
    with pytest.raises(CaseError, match="no such case"):
        ingest(paths, tmp_path / "talks.db", ReadOptions(jobs=jobs, cases=("atlantis",)), make_reader=off)


def test_a_record_that_fails_stops_the_run_and_keeps_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add: Callable[..., bool] = Record.add

    def full(self: Record, reading: Reading, source: object) -> bool:
        if "round 30." in reading.article.text:
            raise RecordUnavailable("the disk is full")
        return add(self, reading, source)

    monkeypatch.setattr(Record, "add", full)
    with pytest.raises(RecordUnavailable):
        read_in(written(tmp_path / "in", texts(60)), tmp_path / "talks.db", jobs=2)
    with open_record(tmp_path / "talks.db") as record:
        assert len(record.source_ids()) == 30


def test_progress_tells_the_share_of_the_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    written(folder, texts(6))
    (folder / "table.jsonl").write_text(
        "".join(f'{{"text": "The envoys met for round {n} of talks."}}\n' for n in range(30))
    )
    told: list[Progress] = []
    ingest([str(folder)], tmp_path / "talks.db", ReadOptions(jobs=1), told.append, SmallReader)
    reading = [one for one in told if one.stage == "reading"]
    shares = [one.share for one in reading if one.share is not None]
    assert len(shares) == len(reading) == 36
    assert shares == sorted(shares)
    assert shares[0] < 0.1
    assert shares[-1] > 0.95
    assert [one.done for one in reading] == list(range(1, 37))
    assert (told[-1].stage, told[-1].done, told[-1].total) == ("reconciling", 36, 36)
    told.clear()
    ingest(
        [str(folder), "http://nobody.invalid/"], tmp_path / "talks.db", ReadOptions(jobs=1), told.append, SmallReader
    )
    assert {one.share for one in told} == {None}


def test_the_record_among_its_own_reports_is_never_opened(tmp_path: Path) -> None:
    # A process that opens and closes a file lets go of the locks that SQLite holds on it.
    paths = written(tmp_path / "in", [report(1), report(2)])
    record = tmp_path / "in" / "talks"  # no ending that would tell what it is
    assert read_in([str(tmp_path / "in")], record).read == 2
    again = read_in([str(tmp_path / "in")], record)
    assert (again.known, again.rejected) == (2, 0)
    told = read_in([*paths, str(record)], record)
    assert [one.reason for one in told.refusals] == [
        "it is the record itself, or a file that belongs to it; give the reports"
    ]
