"""Reviewing a record: what applies to its answers, what survives, what is refused."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ingest_factory import SmallReader, read_in, report, written
from record_factory import MINISTER, day, make_reading
from review_factory import NOON, desk, make_record
from summitry.errors import UsageError
from summitry.ingest import reread
from summitry.record import Record, open_record
from summitry.record.placing import load_rows
from summitry.record.reviews import overlay
from summitry.vocabulary import Actor, Event
from test_review_reread import NewerReader


@pytest.fixture(name="record")
def _record(tmp_path: Path) -> Iterator[Record]:
    with make_record(tmp_path / "talks.db") as record:
        yield record


def reader_rows(record: Record) -> list[tuple[object, ...]]:
    """Every row of every table that reading fills."""
    names = (
        "sources statements event_mentions event_mention_parties events event_links evidence moves positions".split()
    )
    return [tuple(row) for name in names for row in record._connection.execute(f"SELECT * FROM {name}")]


def test_rejected_rows_leave_and_come_back(record: Record) -> None:
    before = (record.statements(), record.timeline(), record.moves(), record.positions(), record.meetings())
    stored = reader_rows(record)
    rows = (before[0][0], before[1][0], before[2][0], before[3][0])
    for row in rows:
        desk(record).reject(row.id, by="anna", note="not so")
    after = (record.statements(), record.timeline(), record.moves(), record.positions(), record.meetings())
    assert [len(one) for one in after] == [len(one) - 1 for one in before]
    assert not {row.id for group in after for row in group} & {row.id for row in rows}
    assert reader_rows(record) == stored
    for _ in rows:
        desk(record).undo(by="anna")
    assert (record.statements(), record.timeline(), record.moves(), record.positions(), record.meetings()) == before
    assert len(desk(record).list()) == 8


def test_an_edited_row_shows_the_edit_and_who_made_it(record: Record) -> None:
    first = record.statements()[0]
    desk(record).edit(first.id[:14], {"party": "japan", "said": "2019-06-15", "speaker": "Kang Su (JPNGOV)"}, by="anna")
    shown = next(row for row in record.statements() if row.id == first.id)
    assert (shown.party and shown.party.code, shown.said.start, shown.speaker and shown.speaker.name) == (
        "JPN",
        day("2019-06-15").start,
        "Kang Su",
    )
    assert (shown.coder, shown.confidence) == ("review:anna, on hand/1", 1.0)
    assert [row.id for row in record.statements()].index(first.id) == 3  # in its new place in time
    assert shown in record.statements(party="JPN")
    assert shown not in record.statements(party="PRK")
    assert shown in record.statements(since="2019-06-10", min_confidence=1.0, issue="sanctions")
    assert shown not in record.statements(issue="drills")
    assert shown not in record.statements(as_of="2019-05-10")  # said later, as is now known


def test_new_evidence_is_words_of_the_same_report(record: Record) -> None:
    first = record.moves()[0]
    desk(record).edit(
        first.id, {"evidence": '"Sanctions must go first," Vice Foreign Minister Han Song-ok said.'}, by="anna"
    )
    shown = record.moves()[0]
    assert shown.evidence[0].exact.startswith("“Sanctions")  # as the report has them
    assert record.article(shown.evidence[0].source).text[shown.evidence[0].start :].startswith(shown.evidence[0].exact)
    with pytest.raises(UsageError, match="stand nowhere in the report"):
        desk(record).edit(first.id, {"evidence": "Sanctions must go last"}, by="anna")


def test_an_added_row_stands_on_words_of_a_report(record: Record) -> None:
    source = record.source_ids()[1]
    added = desk(record).add(
        "move", {"kind": "offer", "proposer": "USA", "give": "a freeze of drills"}, source=source[:12],
        words="Washington might  freeze the drills", by="anna",
    )  # fmt: skip
    shown = next(row for row in record.moves(party="USA") if row.coder == "review:anna")
    assert (shown.id, shown.confidence, shown.evidence[0].exact) == (
        added.rows[0].row, 1.0, "Washington might freeze the drills",
    )  # fmt: skip
    assert shown.id not in {row.id for row in record.moves(as_of="2019-05-10")}
    desk(record).edit(shown.id, {"status": "open"}, by="bert")
    assert [row.coder for row in record.moves() if row.id == shown.id] == ["review:bert"]
    with pytest.raises(UsageError, match=r"anna has added this row already"):
        desk(record).add(
            "move", {"kind": "offer", "proposer": "USA", "give": "a freeze of drills"}, source=source,
            words="Washington might freeze the drills", by="bert",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "fields", "where", "message"),
    [
        ("move", {"kind": "offer"}, {"words": "Sanctions must go first"}, "must say proposer"),
        ("move", {"kind": "offer", "proposer": "USA"}, {}, "a row needs evidence"),
        ("move", {"kind": "offer", "proposer": "USA"}, {"words": "no such words"}, "stand nowhere"),
        ("move", {"kind": "offer", "proposer": "USA"}, {"words": "e"}, r"stand \d+ times .* choose with: --start"),
        ("move", {"kind": "offer", "proposer": "USA"}, {"start": 5, "end": 9999}, "lie outside"),
        ("wish", {}, {"words": "x"}, "kind is 'wish'; allowed: statement"),
    ],
)
def test_what_cannot_be_added(
    record: Record, kind: str, fields: dict[str, str], where: dict[str, object], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        desk(record).add(kind, fields, source=record.source_ids()[0], by="anna", **where)  # type: ignore[arg-type]
    assert desk(record).list() == ()


def test_each_kind_can_be_added(record: Record) -> None:
    source = record.source_ids()[0]
    told = {
        "statement": {"speaker": "Han Song-ok", "party": "PRK"},
        "event": {"type": "consult", "actors": "USA; PRK", "level": "summit", "date": "2019-05-02"},
        "move": {"kind": "demand", "proposer": "PRK"},
        "position": {"party": "PRK", "issue": "sanctions", "stance": "demand"},
        "commitment": {"instrument": "Tallinn communique", "obligor": "PRK"},
        "prediction": {"forecaster": "Han Song-ok", "horizon": "2019-06"},
        "discrepancy": {"kind": "parties", "a": record.moves()[0].id, "b": record.moves()[1].id},
    }
    for kind, fields in told.items():
        desk(record).add(kind, fields, source=source, words="“Sanctions must go first,”", by="anna")  # type: ignore[arg-type]
    held = record.holdings()
    for rows in (held.statements, held.events, held.moves, held.positions, held.commitments, held.predictions):
        assert [row.coder for row in rows if row.coder.startswith("review:")] == ["review:anna"], rows
    assert [row.speaker for row in held.statements if row.coder == "review:anna"] == [MINISTER]
    assert [row.words for row in held.statements if row.coder == "review:anna"] == ["Sanctions must go first,"]
    assert "summit" in {row.level for row in record.meetings()}


def test_merged_events_are_one_with_all_passages_and_a_split_one_leaves(record: Record) -> None:
    one, two, three = record.timeline()
    desk(record).merge(two.id, one.id, by="anna")
    shown = record.timeline()
    assert [row.id for row in shown] == [two.id, three.id]
    merged = shown[0]
    assert (merged.reports, len(merged.evidence), merged.date) == (2, 2, two.date)
    assert merged.coder == "review:anna, on hand/1"
    early = record.timeline(as_of="2019-05-10")
    assert [(row.id, row.reports, row.date) for row in early] == [(two.id, 1, one.date)]
    assert [row.id for row in record.timeline(since="2019-06-20")] == [three.id]
    told = record.holdings().tellings
    assert {entry: [event.id for event in events] for entry, events in told.items()} == {two.id: [two.id, one.id]}
    desk(record).split(one.id, by="bert")
    assert record.holdings().tellings == {}
    assert [row.id for row in record.timeline()] == [one.id, two.id, three.id]
    assert "merge" in {review.action for review in desk(record).list()}


def test_what_cannot_be_merged_or_split(record: Record) -> None:
    event, move = record.timeline()[0], record.moves()[0]
    for ids, message in (
        ((event.id, move.id), "event, move"),
        ((event.id,), "two or more"),
        ((move.id, move.id), "two"),
    ):
        with pytest.raises(UsageError, match=message):
            desk(record).merge(*ids, by="anna")
    with pytest.raises(UsageError, match="stands alone"):
        desk(record).split(event.id, by="anna")
    with pytest.raises(UsageError, match="no row has the id"):
        desk(record).reject("mov-0000000000000000", by="anna")
    with pytest.raises(UsageError, match="is a source, which is not reviewed"):
        desk(record).accept(record.source_ids()[0], by="anna")


def test_overlay_twice_is_overlay_once(record: Record) -> None:
    events, moves = record.timeline(), record.moves()
    desk(record).merge(events[0].id, events[1].id, by="anna")
    desk(record).edit(events[2].id, {"type": "CONCEDE", "place": "Oslo"}, by="anna")
    desk(record).accept(moves[0].id, by="bert")
    desk(record).add(
        "move", {"kind": "threat", "proposer": "PRK"}, source=record.source_ids()[0], words="go first", by="bert"
    )
    connection = record._connection
    for kind, rows in (("event", record.timeline()), ("move", record.moves())):
        assert overlay(connection, kind, rows) == rows  # type: ignore[arg-type]


def test_people_are_merged_and_spellings_split(record: Record) -> None:
    reading, source = make_reading(7, met="2019-08-01")
    other = Actor("PRKGOV", "Han Song Ok", "vice foreign minister", kind="person")
    statement = replace(reading.statements[0], speaker=other)
    person = replace(reading.people[0], name="Han Song Ok", aliases=("Vice Foreign Minister",))
    record.add(replace(reading, statements=(statement, reading.statements[1]), people=(person,)), source)
    people = desk(record).people()
    assert [(one.name, one.reports) for one in people] == [("Han Song-ok", 3), ("Han Song Ok", 1)]
    desk(record).merge(people[0].id, "han song ok", by="anna")
    names = [row.speaker.name for row in record.statements() if row.speaker and not row.speaker.anonymous]
    assert names == ["Han Song-ok"] * 4
    assert record.meetings()[0].delegations[1].name == "Han Song-ok"
    desk(record).split("Han Song-ok", spelling="Han Song Ok", by="anna")
    assert "Han Song Ok" in {row.speaker.name for row in record.statements() if row.speaker}
    with pytest.raises(UsageError, match="has no spelling 'Kim'"):
        desk(record).split("Han Song-ok", spelling="Kim", by="anna")


def test_export_and_import_are_a_round_trip_and_twice_is_once(record: Record, tmp_path: Path) -> None:
    statement, event = record.statements()[0], record.timeline()[0]
    desk(record).edit(statement.id, {"speech_act": "offer"}, by="anna", note="an offer, not a demand")
    desk(record).reject(event.id, by="anna")
    desk(record).undo(by="anna")
    lines = list(desk(record).export())
    with make_record(tmp_path / "other.db") as other:
        done = desk(other).import_lines(lines[::-1])
        assert (done.new, done.known, done.conflicts, done.gone) == (3, 0, (), ())
        assert desk(other).import_lines([*lines, "", *lines]).new == 0
        assert list(desk(other).export()) == lines
        assert other.statements() == record.statements()
        assert other.timeline() == record.timeline()


def test_two_people_who_differ_are_both_kept_and_the_latest_applies(record: Record, tmp_path: Path) -> None:
    move = record.moves()[0]
    desk(record).reject(move.id, by="anna")
    with make_record(tmp_path / "other.db") as other:
        desk(other, lambda: NOON + timedelta(minutes=1)).edit(move.id, {"give": "grain"}, by="bert")
        theirs = list(desk(other).export())
        ours = list(desk(record).export())
        done = desk(record).import_lines(theirs)
        assert [(one.row, one.applies) for one in done.conflicts] == [(move.id, "bert")]
        assert record.moves()[0].give == "grain"
        desk(other).import_lines(ours)
        assert other.moves() == record.moves()
    found = desk(record).agreement()[0]
    assert (found.judged, found.edited, found.rejected) == (1, 1, 0)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2 is no JSON"),
        ("[1]", "line 2 is a JSON list"),
        ("{}", "line 2 has no action"),
        ('{"at": "yesterday"}', "line 2 at is 'yesterday'"),
        ('{"id": null, "at": "2099-01-01T00:00:00.000000+00:00"}', "line 2 has at 2099.*future"),
        ('{"action": "burn"}', "line 2 has action 'burn'"),
        ('{"by": "Holm, Anna"}', "line 2 reviewer is"),
        ('{"fields": {"colour": "red"}}', "line 2 a move has no field 'colour'"),
        ('{"note": "changed"}', "line 2 has id .* changed by hand"),
        ('{"rows": []}', "line 2 has 0 rows"),
        ('{"id": null, "note": 5}', "line 2 has note 5"),
        ('{"id": null, "fields": {"proposer": {"name": "x", "code": 5}}}', "line 2 proposer of a move is"),
        ('{"id": null, "fields": {"kind": null}}', "line 2 kind of a move is empty"),
        ('{"id": null, "action": "add", "fields": {"kind": "offer"}}', "line 2 proposer of a move is empty"),
        ('{"id": null, "action": "merge", "kind": "person"}', "line 2 has 1 rows"),
        ('{"id": null, "kind": "person"}', "line 2 has edit of a person"),
    ],
)
def test_a_broken_line_is_named_and_nothing_is_imported(
    record: Record, tmp_path: Path, line: str, message: str
) -> None:
    desk(record).edit(record.moves()[0].id, {"give": "grain"}, by="anna")
    good = next(iter(desk(record).export()))
    bad = line if line in ("{", "[1]", "{}") else json.dumps(json.loads(good) | json.loads(line))
    with make_record(tmp_path / "other.db") as other, pytest.raises(UsageError, match=message):
        desk(other).import_lines([good, bad])
    with open_record(tmp_path / "other.db") as other:
        assert desk(other).list() == ()


def test_reviews_are_never_dated_before_those_that_are_there(record: Record) -> None:
    first, second = record.moves()[:2]
    ats = [desk(record).reject(first.id, by="anna").at, desk(record).accept(second.id, by="bert").at]
    early = desk(record, lambda: NOON - timedelta(days=3)).accept(first.id, by="bert").at
    assert ats == ["2030-05-04T12:00:00.000000+00:00", "2030-05-04T12:00:00.000001+00:00"]
    assert early > ats[1]


def test_two_reviewers_at_once(record: Record) -> None:
    ids = [row.id for row in record.moves()]
    path = record.path

    def decide(name: str) -> None:
        with open_record(path) as own:
            for one in ids:
                own.review.reject(one, by=name)

    threads = [threading.Thread(target=decide, args=(name,)) for name in ("anna", "bert", "carl")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reviews = desk(record).list()
    assert len(reviews) == 9
    assert len({one.at for one in reviews}) == 9
    assert record.moves() == []


def test_a_record_without_reviews_pays_one_look(record: Record) -> None:
    asked: list[str] = []
    record._connection.set_trace_callback(asked.append)
    assert overlay(record._connection, "move", []) == []
    record._connection.set_trace_callback(None)
    assert len(asked) == 1
    plan = record._connection.execute(f"EXPLAIN QUERY PLAN {asked[0]}").fetchall()
    assert all("USING COVERING INDEX reviews_by_kind" in row["detail"] for row in plan)


# ── reading again ──────────────────────────────────────────────────────────────────────────────────────────────────

MEETING = "Ardania met Belmark in Oslo on 2030-05-02."
PARLEY = "Corvia met Belmark in Geneva on 2030-05-01."
WORD = "Anna Holm of Ardania said on 2030-05-02 that inspections continue without further interruption."


@pytest.fixture(name="talks")
def _talks(tmp_path: Path) -> Path:
    reports = [
        report(1, MEETING, WORD),
        report(2, MEETING, PARLEY),
        report(3, "Corvia met Belmark in Oslo on 2030-07-01."),
    ]
    read_in(written(tmp_path / "reports", reports), tmp_path / "talks.db")
    return tmp_path / "talks.db"


def by_place(events: list[Event]) -> list[tuple[str | None, int, str]]:
    return [(event.place, event.reports, event.coder) for event in events]


def test_reviews_survive_a_newer_reader(talks: Path) -> None:
    with open_record(talks) as record:
        statement = record.statements()[0]
        geneva, oslo, july = record.timeline()
        desk(record).edit(statement.id, {"speech_act": "promise"}, by="anna")
        desk(record).edit(oslo.id, {"outcome": "a calendar of inspections"}, by="anna")
        desk(record).reject(july.id, by="anna")
        desk(record).reject(geneva.id, by="anna")
        desk(record).add("move", {"kind": "promise", "proposer": "Ardania (ARD)"}, source=statement.evidence[0].source,
                         words="inspections continue", by="anna")  # fmt: skip
        told = list(desk(record).export())
    reread(talks, make_reader=NewerReader)
    with open_record(talks) as record:
        assert not load_rows(record._connection, "statement", []) and record.statements()[0].id != statement.id
        assert (record.statements()[0].speech_act, record.statements()[0].coder) == (
            "promise",
            "review:anna, on small/2",
        )
        assert [(one.place, one.meeting and one.meeting.outcome) for one in record.timeline()] == [
            ("Oslo", "a calendar of inspections")
        ]
        assert [row.give for row in record.moves()] == [None]
        # The newer reader does not see the talks in Geneva: that review has lost its row, and nothing else.
        (gone,) = desk(record).gone()
        assert (gone.row, gone.words) == (geneva.id, PARLEY)
        assert "undo rev-" in gone.mend
        with pytest.raises(UsageError, match="was reviewed and is gone"):
            desk(record).accept(geneva.id, by="bert")
        assert list(desk(record).export()) == told
        # By its old id, the row read anew is meant.
        again = desk(record).accept(statement.id, by="anna")
        assert again.rows[0].row == record.statements()[0].id
        assert dict(again.fields) == {"speech_act": "promise"}
    reread(talks, make_reader=SmallReader)
    with open_record(talks) as record:
        assert desk(record).gone() == ()
        assert [one.place for one in record.timeline()] == ["Oslo"]


def test_merged_stays_merged_and_split_stays_split_whatever_comes(talks: Path, tmp_path: Path) -> None:
    with open_record(talks) as record:
        geneva, oslo, july = record.timeline()
        telling = next(m for m in record.explain(oslo.id).members if m[1].id != oslo.id)[1]
        assert oslo.reports == 2
        desk(record).split(telling.id, by="anna")
        desk(record).merge(july.id, geneva.id, by="anna")
        shown = by_place(record.timeline())
        assert len(shown) == 3
        with pytest.raises(UsageError, match=r"stands alone"):
            desk(record).split(telling.id, by="anna")
    more = [
        report(4, MEETING),
        report(5, "Corvia met Belmark in Oslo on 2030-07-01."),
        report(6, PARLEY, day="2030-05-02"),
    ]
    read_in(written(tmp_path / "more", more), talks)
    for make in (None, SmallReader, NewerReader):
        if make is not None:
            reread(talks, make_reader=make)
        with open_record(talks) as record:
            found = record.timeline()
            split = next(event for event in found if event.evidence[0].source == telling.evidence[0].source)
            assert split.reports == 1
            rest = next(
                event for event in found if event is not split and event.place == "Oslo" and event.date == oslo.date
            )
            assert len(rest.evidence) == 2
            assert telling.evidence[0] not in rest.evidence
            assert sum(event.date.start == july.date.start or event.place == "Geneva" for event in found) == 1


def test_reviews_of_reports_that_are_not_here_wait_for_them(talks: Path, tmp_path: Path) -> None:
    with open_record(talks) as record:
        desk(record).reject(record.timeline()[-1].id, by="anna")
        lines = list(desk(record).export())
    read_in([str(tmp_path / "reports" / "000.txt")], tmp_path / "part.db")
    with open_record(tmp_path / "part.db") as record:
        done = desk(record).import_lines(lines)
        assert [("read it (summitry read)" in one.mend) for one in done.gone] == [True]
    read_in(sorted(str(p) for p in (tmp_path / "reports").iterdir()), tmp_path / "part.db")
    with open_record(tmp_path / "part.db") as record:
        assert desk(record).gone() == ()
        assert len(record.timeline()) == 2


def test_what_a_reviewer_says_came_of_a_prediction_stands(record: Record) -> None:
    source = record.source_ids()[0]
    fields = {"forecaster": "Han Song-ok", "horizon": "2019-06", "claim": "they will meet again", "actors": "USA; PRK"}
    told = desk(record).add(
        "prediction", fields | {"type": "CONSULT"}, source=source, words="met in Tallinn", by="anna"
    )
    row_id = told.rows[0].row
    worked_out = next(row for row in record.predictions() if row.id == row_id).resolution
    desk(record).edit(row_id, {"resolution": "void" if worked_out != "void" else "false"}, by="bert")
    shown = next(row for row in record.predictions() if row.id == row_id)
    assert shown.resolution != worked_out
    assert shown.coder == "review:bert"
    desk(record).reject(row_id, by="bert")
    assert row_id not in {row.id for row in record.predictions()}
    assert [review.action for review in record.explain(row_id).reviews] == ["add", "edit", "reject"]


def test_rows_that_the_ledger_works_out_are_reviewed_by_id(record: Record) -> None:
    source = record.source_ids()[0]
    one, two = (row.id for row in record.moves()[:2])
    told = desk(record).add(
        "discrepancy",
        {"kind": "parties", "a": one, "b": two},
        source=source,
        words="Sanctions must go first",
        by="anna",
    )
    row_id = told.rows[0].row
    assert row_id in {row.id for row in record.discrepancies()}
    desk(record).reject(row_id, by="bert")
    assert row_id not in {row.id for row in record.discrepancies()}
    desk(record).accept(row_id, by="carl")
    assert row_id in {row.id for row in record.discrepancies()}
    assert [one.row for one in desk(record).conflicts()] == [row_id]
