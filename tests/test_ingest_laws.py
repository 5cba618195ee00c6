"""Laws of ingest: order does not matter, nor how many processes, nor how often; and the record is whole."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from ingest_factory import SmallReader, read_in, report, rows_of, written
from summitry.ingest import ReadOptions, ingest, reconciling, run
from summitry.ingest.reconciling import reconcile_record
from summitry.ingest.telling import keys_of_anchor
from summitry.record import open_record
from summitry.vocabulary import DateInterval, KnownEvent, Reading

NARRATION = (
    "Delegates walked through the rain to the old customs house while reporters waited at the gate for many hours",
    "Nobody expected the meeting to last beyond the afternoon because the ferry leaves the harbour at six o'clock",
)
DAY = date(2030, 9, 1)
LATE = KnownEvent("x", "late", DAY, DAY, (), (("holm", "inspec", "contin"),), "STATE")
MEETING = "Ardania met Belmark in Oslo on 2030-05-02."


def corpus() -> list[str]:
    """Reports that touch one another: the same meeting told thrice, copies, undated ones dated by others."""
    texts = [
        report(1, "Ardania met Belmark in Oslo on 2030-05-02.", *(f"{line}." for line in NARRATION)),
        report(2, "Ardania met Belmark in Oslo on 2030-05-02.", "Corvia met Belmark in Geneva on 2030-05-01."),
        report(3, "Belmark met Ardania in Oslo on 2030-05-02.", *(f"{line}." for line in NARRATION), day="2030-05-04"),
        report(4, "Anna Holm of Ardania said on 2030-05-02 that inspections continue without further interruption."),
        # Undated: told by what Anna Holm said; one that says its month; one that nobody can date.
        report(5, "Anna Holm told everybody that inspections continue without interruption.", day=None),
        report(6, "Written in 2030-05, this tells of Anna Holm, and inspections continue further.", day=None),
        report(7, "Corvia met Ardania in Geneva on 2030-05-09.", day=None),
        report(8, "Anna Holm of Ardania said on 2030-06-02 that inspections continue without further interruption."),
    ]
    return texts + [report(n, f"Corvia met Belmark in Oslo on 2030-07-{n:02}.") for n in range(10, 16)]


@pytest.fixture(name="paths")
def _paths(tmp_path: Path) -> list[str]:
    return written(tmp_path / "reports", corpus())


def test_any_order_gives_the_same_record(paths: list[str], tmp_path: Path) -> None:
    read_in(paths, tmp_path / "once.db")
    expected = rows_of(tmp_path / "once.db")
    assert any(len(row) for row in expected["event_links"])
    with open_record(tmp_path / "once.db") as record:
        assert max(event.reports for event in record.timeline()) > 1
        assert sum(row.copy_of is not None for row in record.sources()) > 0
        assert sum(row.published.basis.startswith("inferred: statement of Anna") for row in record.sources()) == 2
    for seed in range(3):
        order = random.Random(seed).sample(paths, len(paths))
        target = tmp_path / f"{seed}.db"
        if seed:  # in several runs too
            for at in range(0, len(order), 3 * seed):
                read_in(order[at : at + 3 * seed], target)
        else:
            read_in(order, target)
        found = rows_of(target)
        for table, rows in expected.items():
            assert found[table] == rows, (table, seed)


def test_two_processes_give_the_same_record(paths: list[str], tmp_path: Path) -> None:
    more = written(
        tmp_path / "more", [report(n, f"Ardania met Corvia in Oslo on 2030-03-{n - 99:02}.") for n in range(100, 131)]
    )
    assert read_in([*paths, *more], tmp_path / "one.db").read == len(paths) + len(more)
    assert read_in([*paths, *more], tmp_path / "two.db", jobs=2).read == len(paths) + len(more)
    assert rows_of(tmp_path / "one.db") == rows_of(tmp_path / "two.db")


def test_reading_again_changes_no_byte(paths: list[str], tmp_path: Path) -> None:
    file = tmp_path / "talks.db"
    read_in(paths, file)
    with open_record(file) as record:
        before = list(record._connection.iterdump())
    again = read_in(paths, file)
    assert (again.read, again.known, again.rejected) == (0, len(paths), 0)
    with open_record(file) as record:
        assert list(record._connection.iterdump()) == before


def test_a_later_report_dates_an_earlier_one(paths: list[str], tmp_path: Path) -> None:
    file = tmp_path / "talks.db"
    read_in([paths[4]], file)
    with open_record(file) as record:
        assert record.sources()[0].published.precision == "unknown"
    done = read_in([paths[3]], file)
    assert done.redated == 1
    with open_record(file) as record:
        dates = {row.published.start for row in record.sources()}
        assert dates == {date(2030, 5, 3)}
        assert record.unreconciled() == []


def test_anchors_in_reach_of_the_first_interval_count_in_any_order(tmp_path: Path) -> None:
    """An anchor outside the interval that another gave is still within that of the report itself."""
    texts = [
        report(1, "Written in 2030-05, Anna Holm told that inspections continue further.", day=None),
        report(2, "Anna Holm of Ardania said on 2030-04-02 that inspections continue without further interruption."),
        report(3, "Anna Holm of Ardania said on 2030-05-30 that inspections continue without further interruption."),
    ]
    paths = written(tmp_path / "reports", texts)
    for name, order in (("a", (0, 1, 2)), ("b", (0, 2, 1)), ("c", (2, 1, 0))):
        for one in order:
            read_in([paths[one]], tmp_path / f"{name}.db")
    expected = rows_of(tmp_path / "c.db")
    assert rows_of(tmp_path / "a.db") == expected
    assert rows_of(tmp_path / "b.db") == expected


def test_what_a_stopped_run_left_is_done_by_the_next(paths: list[str], tmp_path: Path) -> None:
    file, expected = tmp_path / "talks.db", tmp_path / "expected.db"
    read_in(paths, expected)

    class Stopped(Exception):
        pass

    def stop_at(done: int, total: int) -> None:
        if done == 5:
            raise Stopped

    # Stopped between reading and reconciling, then in the middle of reconciling.
    read_in(paths[:1], file)

    def dies(*_: object) -> None:
        raise Stopped

    with pytest.MonkeyPatch.context() as patch, pytest.raises(Stopped):
        patch.setattr(run, "reconcile_record", dies)
        read_in(paths, file)
    with open_record(file) as record:
        assert len(record.unreconciled()) == len(paths) - 1
        with pytest.MonkeyPatch.context() as patch, pytest.raises(Stopped):
            patch.setattr(reconciling, "BATCH", 4)
            reconcile_record(record, lambda: SmallReader(None), stop_at)
        assert 0 < len(record.unreconciled()) < len(paths) - 1
    again = read_in(paths[:1], file)  # nothing new to read
    assert (again.read, again.known) == (0, 1)
    assert rows_of(file) == rows_of(expected)


def test_two_runs_at_once_do_each_report_once(paths: list[str], tmp_path: Path) -> None:
    file, expected = tmp_path / "talks.db", tmp_path / "expected.db"
    read_in(paths, expected)
    errors: list[BaseException] = []
    counts: list[int] = []

    def one_run(order: list[str]) -> None:
        try:
            counts.append(read_in(order, file).read)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=one_run, args=(order,)) for order in (paths, paths[::-1], paths[3:] + paths[:3])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert sum(counts) == len(paths)
    assert rows_of(file) == rows_of(expected)


def test_an_undated_report_that_another_run_has_dated_meanwhile(paths: list[str], tmp_path: Path) -> None:
    """The anchors change between looking and writing: it is done again with the new ones."""
    file = tmp_path / "talks.db"
    read_in([paths[4]], file)

    class Meddling(SmallReader):
        meddled = False

        def date(self, reading: Reading, anchors: Sequence[KnownEvent] = ()) -> DateInterval:
            if not Meddling.meddled:
                Meddling.meddled = True
                with open_record(file) as other:
                    source_id = next(one for one in other.source_ids() if one != reading.article.source_id)
                    other.set_anchors(source_id, [(LATE, keys_of_anchor(LATE))])
            return super().date(reading, anchors)

    ingest([paths[3]], file, ReadOptions(jobs=1), make_reader=Meddling)
    with open_record(file) as record:
        undated = next(row for row in record.sources() if row.published.inferred)
        assert undated.published.start == date(2030, 9, 2)


def test_reading_anew_keeps_merged_rows_whole(tmp_path: Path) -> None:
    """A report that is dated later is read again: no row points to what it had before."""
    texts = [
        report(
            1,
            "Anna Holm told that inspections continue further.",
            "Ardania met Belmark in Oslo on 2030-05-02.",
            day=None,
        ),
        report(2, "Ardania met Belmark in Oslo on 2030-05-02."),
        report(3, "Anna Holm of Ardania said on 2030-05-02 that inspections continue without further interruption."),
    ]
    paths = written(tmp_path / "reports", texts)
    file = tmp_path / "talks.db"
    for path in paths:
        read_in([path], file)
    with open_record(file) as record:
        assert record.unmerged_events() == []
        (entry,) = record.merged_events()
        assert len(entry[1]) == 2
        assert entry[0].reports == 2
        assert record._connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_same_bytes_at_several_places_go_by_the_first_in_the_alphabet(tmp_path: Path) -> None:
    text = report(1, MEETING)
    places = [tmp_path / name for name in ("c.txt", "a.txt", "b.txt")]
    for place in places:
        place.write_text(text)
    found: list[dict[str, set[tuple[object, ...]]]] = []
    for order in (places, places[::-1], sorted(places)):
        target = tmp_path / f"{len(found)}.db"
        for place in order:
            read_in([str(place)], target)
        found.append(rows_of(target))
    assert found[0] == found[1] == found[2]
    assert {row[2] for row in found[0]["sources"]} == {str(tmp_path / "a.txt")}
