"""Dates, names and words as a person reads them; rows as other programs read them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from record_factory import MINISTER, OFFICIAL, PRK, USA, day, make_freeze, make_reading, make_source
from summitry.record import MeetingRow, Record, open_record
from summitry.report.columns import columns_of
from summitry.report.exports import write_csv, write_jsonl, write_markdown
from summitry.report.rows import FIELDS, RecordRow, explanation_json, source_line, to_dict, to_dicts
from summitry.report.tables import print_table
from summitry.report.words import chained, codes, edtf, full_name, guarded, in_marks, markdown, one_line, shorten
from summitry.vocabulary import UNKNOWN_DATE, Actor, DateInterval, Rejected

KINDS = ("sources", "statements", "timeline", "meetings")


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2019-03-15", "2019-03-15", "2019-03-15"),
        ("2019-02-27", "2019-02-28", "2019-02-27/2019-02-28"),
        ("2019-08-01", "2019-08-31", "2019-08"),
        ("2019-02-01", "2019-02-28", "2019-02"),
        ("2020-02-01", "2020-02-28", "2020-02-01/2020-02-28"),
        ("2019-08-01", "2019-09-30", "2019-08/2019-09"),
        ("2019-01-01", "2019-12-31", "2019"),
        ("2018-01-01", "2019-12-31", "2018/2019"),
        (None, "2019-03-17", "/2019-03-17"),
        ("2019-03-17", None, "2019-03-17/"),
        (None, None, "unknown"),
    ],
)
def test_edtf(start: str | None, end: str | None, words: str) -> None:
    ends = [date.fromisoformat(one) if one else None for one in (start, end)]
    assert edtf(DateInterval(ends[0], ends[1], "interval", "x")) == words


def test_words_for_people() -> None:
    assert full_name(MINISTER) == "Han Song-ok, vice foreign minister"
    assert full_name(Actor("USA", "senior official", "official")) == "senior official"
    assert full_name(None) == "unknown"
    assert codes([USA, PRK, USA, Actor(None, "the rebels")]) == "USA, PRK, the rebels"
    assert in_marks("a deal") == "“a deal”"
    assert in_marks("“A deal,” he said") == "“A deal,” he said"
    assert chained("The Example, 2019", ["Example", "RFA"]) == "The Example, 2019 ← RFA"


def test_nothing_a_terminal_obeys_comes_through() -> None:
    assert one_line("a\x1b[31mred\x07\x9b2J\u202eleft\nb") == "a [31mred 2J left b"


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=80), st.integers(2, 30))
def test_shortened_words_fit(text: str, most: int) -> None:
    short = shorten(text, most)
    assert len(short) <= most
    if len(one_line(text)) > most:
        assert short.endswith("…")
        assert one_line(text).startswith(short[:-1])


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-2", "@SUM(A1)", "\tx", "\r=1"])
def test_formulas_are_guarded(cell: str) -> None:
    assert guarded(cell) == "'" + cell


def test_markdown_cells_hold() -> None:
    assert markdown("a|b\n# <b>*c*") == r"a\|b \# \<b\>\*c\*"


@pytest.fixture(name="record")
def _record(tmp_path: Path) -> Record:
    record = open_record(tmp_path / "talks.db", create=True)
    reading, source = make_reading(1, published=day("2019-05-04"))
    record.add(make_freeze(reading, UNKNOWN_DATE), source)
    record.add(*make_reading(2, published=UNKNOWN_DATE, outlet="=HYPERLINK(1)"))
    record.reject(Rejected(make_source(9), "decode", "bytes of no known encoding"))
    return record


def rows_of(record: Record, kind: str) -> list[RecordRow]:
    rows: list[RecordRow] = list(getattr(record, kind)())
    return rows


@pytest.mark.parametrize("kind", KINDS)
def test_rows_have_the_fields_of_the_contract(record: Record, kind: str) -> None:
    rows = to_dicts(rows_of(record, kind))
    assert rows
    for row in rows:
        assert {"id", "evidence", "coder", "confidence", *FIELDS[kind]} <= set(row)
        assert 0 <= row["confidence"] <= 1
        for evidence in row["evidence"]:
            assert {"source", "start", "end", "exact", "attribution_chain"} == set(evidence)
            assert record.article(evidence["source"]).text[evidence["start"] : evidence["end"]] == evidence["exact"]
        for name in ("published", "said", "date"):
            if name in row:
                assert {"start", "end", "precision", "basis"} == set(row[name])
        for name in ("speaker", "party", "addressee", "attributed_to"):
            if row.get(name):
                assert {"code", "name", "office", "anonymous"} <= set(row[name])
        for span in row.get("furniture", ()):
            assert {"start", "end"} <= set(span)


def test_a_statement_as_json(record: Record) -> None:
    row = to_dict(record.statements(party="PRK")[0])
    assert row["speaker"] == {
        "code": "PRKGOV",
        "name": "Han Song-ok",
        "office": "vice foreign minister",
        "anonymous": False,
        "kind": "person",
    }
    assert (row["quote_type"], row["on_record"], row["speech_act"]) == ("direct", "on", "demand")
    assert row["said"] == {"start": "2019-05-03", "end": "2019-05-03", "precision": "day", "basis": "stated"}


def test_meetings_carry_their_own_fields(record: Record) -> None:
    row = record.meetings()[0]
    assert isinstance(row, MeetingRow)
    found = to_dict(row)
    assert (found["level"], found["venue"], found["outcome"]) == ("working level", "Tallinn", None)
    assert [one["name"] for one in found["delegations"]] == [OFFICIAL.name, MINISTER.name]


@pytest.mark.parametrize("kind", KINDS)
def test_every_form_has_every_row(record: Record, kind: str) -> None:
    rows = rows_of(record, kind)
    cited = record.citations(one.source for row in rows for one in row.evidence)
    out = io.StringIO()
    write_jsonl(rows, cited, out)
    assert [json.loads(line)["id"] for line in out.getvalue().splitlines()] == [row.id for row in rows]
    out = io.StringIO()
    write_csv(rows, cited, out, kind)
    read = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert [row["id"] for row in read] == [row.id for row in rows]
    assert set(FIELDS[kind]) <= set(read[0])
    out = io.StringIO()
    write_markdown(rows, cited, out, kind)
    lines = out.getvalue().splitlines()
    assert len(lines) == len(rows) + 2
    assert {line.replace("\\|", "").count("|") for line in lines} == {len(columns_of(kind)) + 1}
    out = io.StringIO()
    print_table(rows, cited, out, kind)
    for row in rows:
        assert row.id[:12] in out.getvalue()


def test_no_rows_still_have_a_header() -> None:
    for kind in KINDS:
        out = io.StringIO()
        write_csv([], {}, out, kind)
        assert set(FIELDS[kind]) <= set(next(csv.reader(io.StringIO(out.getvalue()))))


def test_csv_cells_are_no_formulas_but_numbers_stay_numbers(record: Record) -> None:
    rows = record.timeline()
    out = io.StringIO()
    write_csv(rows, record.citations(one.source for row in rows for one in row.evidence), out, "timeline")
    cells = [cell for row in csv.reader(io.StringIO(out.getvalue())) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert "5.0" in cells


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("kind", KINDS)
def test_tables_fit(record: Record, kind: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = io.StringIO()
    rows = rows_of(record, kind)
    print_table(rows, record.citations(one.source for row in rows for one in row.evidence), out, kind)
    assert max(len(line) for line in out.getvalue().splitlines()) <= width


def test_undated_words_show_when_they_were_reported(record: Record) -> None:
    rows = record.statements(party="USA")
    cited = record.citations(one.source for row in rows for one in row.evidence)
    cells = {columns_of("statements")[0].cell(row, cited) for row in rows}
    assert cells == {("reported", "2019-05-04"), ("unknown",)}
    assert source_line(None) == "unknown source"


def test_an_explanation_as_json_can_be_checked(record: Record) -> None:
    told = explanation_json(record.explain(record.timeline()[0].id))
    (passage,) = told["passages"]
    text = record.article(passage["source"]).text
    assert passage["before"] + passage["exact"] + passage["after"] in text
    assert told["row"] == "event"
    assert "level" in told
