"""Statements: what a search finds, how words are shown, the quote sheet and its formats."""

from __future__ import annotations

import html
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from ledger_rows import ARD, statement
from record_factory import day, make_reading
from summitry.record import Citation, Standing, open_record
from summitry.vocabulary import QuoteType, Span, Statement
from summitry.web import Settings, create_app
from summitry.web.pages.quotes import NOT_VERBATIM, Quote, all_copied, quotation
from summitry.web.pages.statements import StatementsPage, build, marked_parts
from summitry.web.question import Question
from summitry.web.view import View


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("statements") / "talks.db"
    with open_record(path, create=True) as record:
        for number, (met, outlet) in enumerate(
            [
                ("2019-05-03", "The Baltic Example"),
                ("2019-06-07", "Northern <b>Herald</b>"),
                ("2019-07-01", "The Baltic Example"),
            ]
        ):
            record.add(*make_reading(number, met=met, published=day(met), outlet=outlet))
    return path


@pytest.fixture(scope="module")
def desk(record: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(record=record, rows_per_page=10)), base_url="http://127.0.0.1:8642") as desk:
        yield desk


def told(desk: TestClient, query: str) -> list[dict[str, Any]]:
    answer = desk.get(f"/statements.json?{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["statements"]
    return found


def test_all_the_latest_first(desk: TestClient) -> None:
    rows = told(desk, "")
    assert len(rows) == 6
    days = [row["said"]["start"] for row in rows if row["said"]["start"]]
    assert days == ["2019-07-01", "2019-06-07", "2019-05-03"]
    assert told(desk, "sort=old")[0]["id"] in {row["id"] for row in rows[-2:]}


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=sanction", 3),
        ("q=%22sanctions+must%22", 3),
        ("q=%22must+sanctions%22", 0),
        ("q=drills", 3),
        ("speaker=han", 3),
        ("speaker=nobody", 0),
        ("office=vice+foreign", 3),
        ("party=PRK", 3),
        ("party=North+Korea", 3),
        ("addressee=USA", 3),
        ("addressee=united", 3),
        ("issue=washington", 3),
        ("record=anonymous", 3),
        ("quote=direct", 3),
        ("quote=mixed", 0),
        ("act=offer", 3),
        ("authority=ministry", 3),
        ("outlet=baltic", 4),
        ("min_confidence=0.8", 3),
        ("since=2019-06-01", 4),
        ("until=2019-05", 2),
        ("since=2019-06-01&until=2019-06-30", 2),
        ("as_of=2019-06-30", 4),
        ("q=sanctions&since=2019-06-01&outlet=herald", 1),
    ],
)
def test_filters(desk: TestClient, query: str, count: int) -> None:
    rows = told(desk, query)
    assert len(rows) == count
    page = desk.get(f"/statements?{query}")
    assert page.status_code == 200
    assert page.text.count('class="card statement"') == count


@pytest.mark.parametrize(
    "query", ["quote=verbatim", "sort=size", "until=soon", "person=per-0", "q=%2B", "min_confidence=2"]
)
def test_what_is_off_is_said(desk: TestClient, query: str) -> None:
    answer = desk.get(f"/statements.json?{query}")
    assert answer.status_code == 400
    assert "allowed" in answer.json()["error"]


def test_hits_are_marked_and_markup_of_reports_is_not_markup(desk: TestClient) -> None:
    text = desk.get("/statements?q=sanctions").text
    assert "“<mark>Sanctions</mark> must go first,”" in text
    assert "<b>Herald" not in text
    assert "&lt;b&gt;Herald" in text


def test_of_one_person(desk: TestClient) -> None:
    (who,) = desk.get("/people.json").json()["people"]
    assert len(told(desk, f"person={who['id']}")) == 3
    assert f"Statements of {who['name']}" in desk.get(f"/statements?person={who['id']}").text


def test_a_quote_sheet_of_ticked_boxes(desk: TestClient) -> None:
    rows = told(desk, "sort=old")
    direct = next(row for row in rows if row["quote_type"] == "direct")
    indirect = next(row for row in rows if row["quote_type"] == "indirect")
    # As a form sends boxes: one parameter several times.
    text = desk.get(f"/statements?ids={indirect['id']}&ids={direct['id']}&ids=stm-none").text
    assert "Quote sheet: 2 statements" in text
    assert "stm-none" in text
    assert "“Sanctions must go first,”" in text
    assert NOT_VERBATIM in text
    assert "“Washington might freeze the drills" not in text
    sheet = desk.get(f"/statements.json?ids={indirect['id']},{direct['id']}").json()
    assert [one["verbatim"] for one in sheet["quotes"]] == [False, True]
    assert sheet["quotes"][1]["copy"].startswith(
        "“Sanctions must go first,” — Han Song-ok, vice foreign minister, 2019-05-03"
    )


@pytest.mark.parametrize("form", ["text", "markdown", "bibtex"])
def test_formats_of_the_sheet(desk: TestClient, form: str) -> None:
    ids = ",".join(row["id"] for row in told(desk, ""))
    text = html.unescape(desk.get(f"/statements?ids={ids}&as={form}").text)
    assert f"as={form}" not in text.split("<textarea")[0] or form == "text"
    assert "Envoys meet in Tallinn" in text.split("<textarea")[1]


def test_an_unknown_format_is_refused(desk: TestClient) -> None:
    assert desk.get("/statements.json?ids=a&as=ris").status_code == 400


def said(words: str, quote_type: QuoteType, *parts: str) -> Statement:
    row = statement(ARD, words, "2019-03-01")
    evidence = tuple(
        replace(row.evidence[0], exact=part, start=i, end=i + len(part)) for i, part in enumerate(parts or [words])
    )
    spans = tuple(Span(one.start, one.end) for one in evidence)
    return replace(row, quote_type=quote_type, evidence=evidence, content_spans=spans)


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (said("“We will wait.”", "direct"), "“We will wait.”"),
        (said('"We will wait,"', "direct"), '"We will wait,"'),
        (said("We will wait!", "direct"), "“We will wait!”"),
        (said("“We will wait", "direct"), "“We will wait”"),
        (said("“We” “will wait.”", "direct", "“We”", "“will wait.”"), "“We” … “will wait.”"),
        (said("it would “wait”", "mixed"), "it would “wait”"),
        (said("they would wait", "indirect"), "they would wait"),
    ],
    ids=str,
)
def test_quotation_marks(row: Statement, shown: str) -> None:
    assert quotation(row) == shown


def quote(row: Statement, headline: str = "Talks open") -> Quote:
    cited = Citation(row.evidence[0].source, "https://news.example/a?b=1", "The Example", headline, day("2019-03-02"))
    return Quote(row, cited, day("2019-03-02"), "https://news.example/a?b=1")


def test_a_copy_has_all_that_a_citation_needs() -> None:
    row = said("“We will wait.”", "direct")
    text = quote(row).copied()
    assert text == (
        f"“We will wait.” — {ARD.name}, 2019-03-01 (reported 2019-03-02). The Example, “Talks open”, 2019-03-02. "
        f"https://news.example/a?b=1. http://127.0.0.1:8642/row/{row.id}"
    )
    indirect = quote(said("they would wait", "indirect")).copied()
    assert NOT_VERBATIM in indirect and "“they" not in indirect


def test_markup_in_reports_is_escaped_in_copies() -> None:
    row = said("“a *b* [c](d) <i> $x$”", "direct")
    text = quote(row, headline="x_y] & 100%").copied("markdown")
    assert "\\*b\\*" in text and "\\[c\\](d)" in text and "\\<i\\>" in text
    tex = all_copied([quote(row, headline="x_y {& 100%}")], "bibtex")
    assert "x\\_y \\{\\& 100\\%\\}" in tex
    assert tex.count("@online{") == 1


def test_bibtex_is_read_by_a_reader_of_it() -> None:
    bibtexparser = pytest.importorskip("bibtexparser")
    rows = [said("“We will wait.”", "direct"), said("they would wait", "indirect")]
    text = all_copied([quote(row) for row in rows], "bibtex")
    entries = text[text.index("@online") :]
    read = bibtexparser.loads(entries) if hasattr(bibtexparser, "loads") else bibtexparser.parse_string(entries)
    assert len(read.entries) == len({row.evidence[0].source for row in rows})


@pytest.mark.parametrize(
    ("text", "hits", "parts"),
    [
        ("no sanctions now", {"sanctions"}, [("no ", False), ("sanctions", True), (" now", False)]),
        ("sanctionsrelief", {"sanctions"}, [("sanctionsrelief", False)]),
        ("a (b", {"(b"}, [("a ", False), ("(b", True)]),
        ("abc", set(), [("abc", False)]),
    ],
)
def test_marks(text: str, hits: set[str], parts: list[tuple[str, bool]]) -> None:
    assert marked_parts(text, hits) == parts


def test_a_file_of_the_static_site_has_its_words_as_data(desk: TestClient, record: Path) -> None:
    assert "said-index" not in desk.get("/statements").text
    with open_record(record, read_only=True) as opened:
        page = build(View(opened, Standing()), Question())
    assert isinstance(page, StatementsPage)
    assert page.part.pages == 1
    assert [len(one) for one in page.index] == [4] * 6
    assert "sanctions must go first" in page.index[0][1] + page.index[1][1]


def test_reviewed_words_are_found(record: Path, tmp_path: Path) -> None:
    own = Path(shutil.copyfile(record, tmp_path / "own.db"))
    with open_record(own) as opened:
        row = next(row for row in opened.statements(party="USA") if row.said.start is None)
        opened.review.edit(row.id, {"words": "Washington might freeze the drills, version 0"}, by="test")
    with TestClient(create_app(Settings(record=own)), base_url="http://127.0.0.1:8642") as desk:
        assert [one["id"] for one in told(desk, "q=version")] == [row.id]
        assert "the drills, version 0" in desk.get("/statements?q=version").text
