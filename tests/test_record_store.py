"""The record: what goes in comes out equal, once, checked; and the questions the commands ask."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from record_factory import HEADLINE, PRK, USA, day, make_freeze, make_reading, make_source
from summitry.errors import EvidenceError, UnreadableSource, UsageError
from summitry.record import Record, Signed, open_record, parts
from summitry.vocabulary import (
    UNKNOWN_DATE,
    Actor,
    Article,
    Commitment,
    DateInterval,
    Discrepancy,
    Event,
    Evidence,
    Meeting,
    Mention,
    Move,
    Office,
    Person,
    Position,
    Prediction,
    Rejected,
    Source,
    Statement,
    TimeExpression,
)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "talks.db", create=True) as opened:
        yield opened


def dump(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        lines = list(connection.iterdump())
    connection.close()
    return lines


def test_a_reading_comes_out_equal(record: Record) -> None:
    reading, source = make_reading()
    assert record.add(reading, source)
    assert record.reading(source.id) == reading
    assert list(record.articles()) == [reading.article]
    assert record.has(source.id)


def test_every_field_of_the_vocabulary_is_stored() -> None:
    """A field added to the vocabulary needs a column: this test names it."""
    known = {
        Article: "source_id text blocks furniture metadata_spans headline byline agency outlet kind published "
        "language uri",
        Evidence: "source start end exact attribution_chain",
        Actor: "code name office anonymous kind",
        Mention: "start end text kind actor rule members",
        TimeExpression: "start end text type value interval rule alternatives",
        Office: "title party start end",
        Person: "name party aliases offices",
        DateInterval: "start end precision basis",
        Meeting: "level venue delegations outcome",
        Statement: "id evidence coder confidence speaker party addressee said quote_type words cue on_record vehicle "
        "speech_act authority source_span cue_span content_spans",
        Event: "id evidence coder confidence actors recipients type mode cameo quad intensity date place modality "
        "attributed_to summary trigger meeting reports",
        Move: "id evidence coder confidence kind proposer addressee issue give get condition sequence status "
        "responds_to date deadline",
        Position: "id evidence coder confidence party issue stance summary condition attributed_by held pole strength "
        "change person until previous",
        Commitment: "id evidence coder confidence instrument obligor beneficiary text status as_of events made issue "
        "claimed claimed_by revises",
        Prediction: "id evidence coder confidence forecaster claim made horizon horizon_rule hedge condition "
        "resolution resolved_by actors type negated quality note",
        Discrepancy: "id evidence coder confidence kind a b field note",
        Source: "uri content media_type fetched metadata",
    }
    for kind, names in known.items():
        assert {field.name for field in fields(kind)} == set(names.split()), f"store the new field of {kind.__name__}"


def test_adding_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    reading, source = make_reading()
    with open_record(path, create=True) as record:
        record.begin_run(["reports"])
        assert record.add(reading, source)
        record.end_run()
    before = dump(path)
    with open_record(path) as record:
        record.begin_run(["reports"])
        assert not record.add(reading, source)
        record.end_run()
    assert dump(path) == before


def test_the_same_bytes_elsewhere_are_the_same_report(record: Record) -> None:
    reading, source = make_reading()
    record.add(reading, source)
    assert not record.add(reading, replace(source, uri="copy/0.txt"))
    (row,) = record.sources()
    assert row.uri == "copy/0.txt"  # by the alphabet, not by which came first
    assert row.uris == ("copy/0.txt", "reports/0.txt")


@pytest.mark.parametrize("shift", [-1, 1, 10_000])
def test_words_that_do_not_stand_there_are_refused_and_nothing_is_written(record: Record, shift: int) -> None:
    reading, source = make_reading()
    first = reading.statements[0]
    wrong = replace(first.evidence[0], start=max(0, first.evidence[0].start + shift))
    broken = replace(reading, statements=(replace(first, evidence=(wrong,)), *reading.statements[1:]))
    with pytest.raises(EvidenceError, match=source.id):
        record.add(broken, source)
    assert not record.has(source.id)
    assert record.sources() == []
    assert record.add(reading, source)


def test_evidence_of_another_report_is_refused(record: Record) -> None:
    reading, source = make_reading(0)
    other, _ = make_reading(1)
    with pytest.raises(EvidenceError):
        record.add(replace(reading, events=other.events), source)
    with pytest.raises(UsageError, match="own reading"):
        record.add(other, source)


def test_one_id_stands_for_one_row(record: Record) -> None:
    reading, source = make_reading(0)
    twice = replace(reading, statements=(reading.statements[0], reading.statements[0]))
    with pytest.raises(UsageError, match=reading.statements[0].id):
        record.add(twice, source)
    record.add(reading, source)
    other, other_source = make_reading(1)
    taken = replace(other.statements[0], id=reading.statements[0].id)
    with pytest.raises(UsageError, match="another report"):
        record.add(replace(other, statements=(taken,)), other_source)
    assert not record.has(other_source.id)


def test_half_characters_are_refused(record: Record) -> None:
    reading, _ = make_reading()
    text = reading.article.text + " \ud800"
    source = make_source(text=text)
    article = replace(reading.article, text=text, source_id=source.id)
    with pytest.raises(UnreadableSource, match="offset"):
        record.add(replace(reading, article=article, statements=(), events=(), moves=(), positions=()), source)
    assert record.sources() == []


def test_nul_and_astral_characters_stay(record: Record) -> None:
    text = "Envoys met\x00 in 한국 \U0001f54a today."
    source = Source("file-\udcff.txt", text.encode(), metadata=(("title", "half \ud800"),))
    article = Article(source_id=source.id, text=text, blocks=(), uri="file.txt")
    reading, _ = make_reading()
    none = {"times": (), "mentions": (), "statements": (), "events": (), "moves": (), "positions": ()}
    bare = replace(reading, article=article, sentences=(), **none)
    assert record.add(bare, source)
    assert record.reading(source.id) == bare
    assert record.sources()[0].uri == "file-\\udcff.txt"


def test_rejected_sources_are_kept_and_may_be_read_later(record: Record) -> None:
    reading, source = make_reading()
    assert record.reject(Rejected(source, "decode", "bytes of no known encoding"))
    assert not record.reject(Rejected(source, "decode", "bytes of no known encoding"))
    assert not record.has(source.id)
    (row,) = record.sources()
    assert (row.status, row.stage, row.reason) == ("rejected", "decode", "bytes of no known encoding")
    assert record.add(reading, source)
    assert not record.reject(Rejected(source, "decode", "now it failed"))
    (row,) = record.sources()
    assert (row.status, row.reason, row.headline) == ("read", None, HEADLINE)


def test_sources_show_their_lines_and_counts(record: Record) -> None:
    record.begin_run()
    reading, source = make_reading()
    record.add(reading, source)
    (row,) = record.sources()
    assert [one.exact for one in row.evidence] == [HEADLINE, "By Mari Tamm"]
    assert (row.statements, row.events) == (2, 1)
    assert row.coder.startswith("summitry ")
    assert row.text == reading.article.text


def test_rereading_replaces_and_names_the_entries_to_merge_again(record: Record) -> None:
    reading, source = make_reading()
    record.add(reading, source)
    event = reading.events[0]
    record.replace_entries([(event, (event.id,))])
    moved = replace(reading, events=(replace(event, id="ev-new", place="Riga"),))
    assert record.reread(moved) == (event.id,)
    assert record.reading(source.id) == moved
    record.replace_entries([], [event.id])
    assert [one.id for one in record.timeline()] == ["ev-new"]
    assert [passage.evidence.exact for passage in record.search("envoys")] == [reading.events[0].evidence[0].exact]
    with pytest.raises(UsageError, match="no report"):
        record.reread(make_reading(7)[0])


def test_transactions_nest_and_undo(record: Record) -> None:
    one, first = make_reading(1)
    two, second = make_reading(2)
    with record.transaction():
        record.add(one, first)
        with pytest.raises(ZeroDivisionError), record.transaction():
            record.add(two, second)
            raise ZeroDivisionError
    assert record.source_ids() == [first.id]
    with pytest.raises(KeyboardInterrupt), record.transaction():
        record.add(two, second)
        raise KeyboardInterrupt
    assert record.source_ids() == [first.id]


# ── merging ────────────────────────────────────────────────────────────────────────────────────────────────────────


def two_tellings(record: Record) -> tuple[Event, Event]:
    early, first = make_reading(1, published=day("2019-05-04"), outlet="Example One")
    late, second = make_reading(2, published=day("2019-06-10"), outlet="Example Two")
    record.add(early, first)
    record.add(late, second)
    return early.events[0], late.events[0]


def merged(one: Event, two: Event) -> Event:
    return replace(one, evidence=(*one.evidence, *two.evidence), reports=2, place="Tallinn, Estonia")


def test_entries_stand_in_the_timeline_for_what_they_merge(record: Record) -> None:
    one, two = two_tellings(record)
    assert {event.id for event in record.timeline()} == {one.id, two.id}
    entry = merged(one, two)
    record.replace_entries([(entry, (one.id, two.id))])
    assert record.timeline() == [entry]
    assert record.merged_events() == [(entry, (one.id, two.id))]
    assert record.unmerged_events() == []
    assert record.entries_of([one.id, two.id, "ev-none"]) == {one.id: entry.id, two.id: entry.id}
    assert record.members_of([entry.id]) == {entry.id: [one.id, two.id]}


def test_a_member_moves_between_entries_and_only_differences_are_written(record: Record) -> None:
    one, two = two_tellings(record)
    record.replace_entries([(merged(one, two), (one.id, two.id))])
    changes = record._connection.total_changes
    record.replace_entries([(merged(one, two), (one.id, two.id))])
    assert record._connection.total_changes == changes
    record.replace_entries([(one, (one.id,)), (two, (two.id,))])
    assert record.timeline() == sorted([one, two], key=lambda event: event.id)
    record.replace_entries([], [one.id])
    assert record.unmerged_events() == [one]


def test_entries_stand_on_stored_words(record: Record) -> None:
    one, _ = two_tellings(record)
    false = replace(one, evidence=(replace(one.evidence[0], exact="Envoys of nobody"),))
    with pytest.raises(EvidenceError, match="Envoys of nobody"):
        record.replace_entries([(false, (one.id,))])
    with pytest.raises(EvidenceError, match="no report"):
        record.replace_entries([(replace(one, evidence=(replace(one.evidence[0], source="src-x"),)), (one.id,))])
    with pytest.raises(UsageError, match="no event"):
        record.replace_entries([(one, ("ev-none",))])
    with pytest.raises(UsageError, match="at least one"):
        record.replace_entries([(one, ())])
    assert record.merged_events() == []


def test_signatures_are_found_by_key(record: Record) -> None:
    one, two = two_tellings(record)
    first, second = Signed(7, "a", ("2019-05-03|talk", "2019-05-04|talk")), Signed(9, "b", ("2019-05-04|talk",))
    record.sign({one.id: first, two.id: second})
    assert record.signatures_with_keys(["2019-05-03|talk", "x"]) == {"2019-05-03|talk": [7]}
    assert sorted(record.signatures_with_keys(["2019-05-04|talk"])["2019-05-04|talk"]) == [7, 9]
    assert record.signatures([7, 8]) == {7: "a"}
    assert record.signed([one.id, two.id, "ev-none"]) == {one.id: 7, two.id: 9}
    assert record.tellers([7, 8]) == {7: [one.id]}
    assert record.entries_of_signatures([7]) == {}
    record.replace_entries([(merged(one, two), (one.id, two.id))])
    assert record.entries_of_signatures([7, 9]) == {7: one.id, 9: one.id}
    assert {key: sorted(found) for key, found in record.signatures_of_entries([one.id]).items()} == {one.id: [7, 9]}
    record.sign({two.id: first})
    record.drop_signatures({7: first.keys, 9: second.keys})
    assert record.signatures([7, 9]) == {7: "a"}
    assert record.signatures_with_keys(["2019-05-04|talk"]) == {"2019-05-04|talk": [7]}
    with pytest.raises(UsageError, match="ev-none"):
        record.sign({"ev-none": first})


def test_copies_and_shingles(record: Record) -> None:
    two_tellings(record)
    first, second = record.source_ids()
    record.add_shingles(first, [1, 2, 2**64 - 1])
    record.add_shingles(second, [2, 3])
    assert record.shingle_sources([2, 2**64 - 1, 99]) == {2: (first, second), 2**64 - 1: (first,)}
    assert record.shingle_counts([first, second]) == {first: 3, second: 2}
    assert record.sharing([2, 2**64 - 1, 99]) == {first: 2, second: 1}
    assert record.sharing([2, 2**64 - 1, 99], fewest=2) == {first: 2}
    record.set_copy_of(second, first)
    assert record.originals([first, second]) == {second: first}
    assert record.copies_of(first) == (second,)
    for wrong in (second, "src-none"):
        with pytest.raises(UsageError, match="copy"):
            record.set_copy_of(second, wrong)
    record.set_copy_of(second, None)
    assert record.copies_of(first) == ()
    record.set_published(second, day("2019-06-11", "inferred: test"))
    assert record.article(second).published == day("2019-06-11", "inferred: test")


# ── asking ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_as_of_sees_what_reports_of_that_day_told(record: Record) -> None:
    one, two = two_tellings(record)
    record.replace_entries([(merged(one, two), (one.id, two.id))])
    assert record.timeline(as_of="2019-05-03") == []
    (then,) = record.timeline(as_of=date(2019, 5, 20))
    assert (then.id, then.reports, then.place, then.evidence) == (one.id, 1, "Tallinn", one.evidence)
    (now,) = record.timeline(as_of="2019-06")
    assert now.reports == 2
    assert len(record.statements(as_of="2019-05-20")) == 2
    assert len(record.sources(as_of="2019-05-20")) == 1


def test_as_of_knows_plans_but_no_later_deeds(record: Record) -> None:
    reading, source = make_reading()
    planned = make_freeze(reading, day("2019-09-01"))
    deed = replace(planned.events[1], id="ev-deed", modality="happened")
    record.add(replace(planned, events=(*planned.events, deed)), source)
    assert [event.id for event in record.timeline(as_of="2019-06-01")] == [event.id for event in planned.events]


def test_undated_reports_and_events(record: Record) -> None:
    reading, source = make_reading(published=UNKNOWN_DATE)
    undated = make_freeze(reading, UNKNOWN_DATE)
    record.add(undated, source)
    assert record.timeline()[-1].summary == "United States to freeze drills"
    record.set_published(source.id, day("2019-05-01"))
    assert record.timeline()[0].summary == "United States to freeze drills"
    record.set_published(source.id, UNKNOWN_DATE)
    assert len(record.timeline(as_of="2019-06-01")) == 2
    assert len(record.timeline(since="2019-01-01")) == 1


def test_since_party_and_issue(record: Record) -> None:
    early, first = make_reading(1, met="2019-05-03", published=day("2019-05-04"))
    late, second = make_reading(2, met="2019-07-01", published=day("2019-07-02"))
    record.add(make_freeze(early, UNKNOWN_DATE), first)
    record.add(late, second)
    assert [s.article.source_id for s in (late,)] == [s.id for s in record.sources(since="2019-06")]
    # The undated statement and event of the first report count by its publication.
    assert len(record.statements(since="2019-06-01")) == 2
    assert [event.id for event in record.timeline(since="2019-06-01")] == [late.events[0].id]
    assert {one.party for one in record.statements(party="prk")} == {PRK}
    assert {one.party for one in record.statements(party="United States")} == {USA}
    assert len(record.timeline(party="PRK")) == 2
    assert len(record.timeline(party="USA")) == 3
    assert record.timeline(party="KOR") == []
    assert {one.words for one in record.statements(issue="sanction")} == {"Sanctions must go first,"}
    assert [event.summary for event in record.timeline(issue="freeze drill")] == ["United States to freeze drills"]
    assert len(record.meetings(issue='"met in Tallinn"')) == 2
    assert len(record.sources(issue="Tallinn", party="USA")) == 2


def test_the_timeline_is_in_order_and_meetings_have_their_fields(record: Record) -> None:
    for number, met in enumerate(("2019-07-01", "2019-05-03", "2019-06-01")):
        record.add(*make_reading(number, met=met))
    assert [str(row.date.start) for row in record.meetings()] == ["2019-05-03", "2019-06-01", "2019-07-01"]
    row = record.meetings()[0]
    assert (row.level, row.venue, row.outcome, len(row.delegations)) == ("working level", "Tallinn", None, 2)
    assert record.parties() == [("PRK", "North Korea", 6), ("USA", "United States", 6)]


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "a AND",
        "NEAR(",
        "* ^ :",
        "text: x",
        "sanctions -drills",
        '"un closed',
        "é ㅎ",
        "'; DROP TABLE sources",
        "a\x00b",
    ],
)
def test_no_search_is_a_syntax_error(record: Record, words: str) -> None:
    record.add(*make_reading())
    for ask in (record.statements, record.timeline, record.sources, record.meetings):
        try:
            ask(issue=words)
        except UsageError as error:
            assert "at least one word" in str(error)
    assert len(record.sources()) == 1


def test_a_search_of_too_many_words_is_refused(record: Record) -> None:
    with pytest.raises(UsageError, match="at most"):
        record.search("word " * 1000)


@pytest.mark.parametrize("value", ["yesterday", "2019-13", "2019-02-30", "", "20190101"])
def test_dates_that_are_none(record: Record, value: str) -> None:
    with pytest.raises(UsageError, match="2019-03-15"):
        record.timeline(as_of=value)


def test_explain_shows_words_in_their_context(record: Record) -> None:
    reading, source = make_reading()
    record.add(reading, source)
    told = record.explain(reading.statements[0].id)
    (passage,) = told.passages
    text = reading.article.text
    assert text[passage.start :].startswith(passage.before + passage.evidence.exact + passage.after)
    assert passage.before.startswith("Envoys of the United States")
    assert passage.after.endswith("said.")
    assert [time.rule for time in passage.times] == ["iso-date"]
    assert passage.cited.outlet == "The Baltic Example"
    assert record.explain(reading.statements[0].id[:10]).row == reading.statements[0]
    assert record.explain(source.id).kind == "source"
    for wrong in ("st-", "st-ffffffff", ""):
        with pytest.raises(UsageError, match="id"):
            record.explain(wrong)


def test_explain_an_event_shows_all_its_tellings(record: Record) -> None:
    one, two = two_tellings(record)
    record.replace_entries([(merged(one, two), (one.id, two.id))])
    told = record.explain(one.id[:12])
    assert told.row == merged(one, two)
    assert [cited.outlet for cited, _ in told.members] == ["Example One", "Example Two"]
    assert [passage.cited.outlet for passage in told.passages] == ["Example One", "Example Two"]
    assert record.explain(two.id).row == two


def test_storable_text_keeps_what_utf8_can_hold() -> None:
    assert parts.storable("a\udcffé") == "a\\udcffé"
