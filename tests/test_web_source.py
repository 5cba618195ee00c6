"""Reports at the desk: texts cut at every boundary, marked, never live; rows found by id, short id and former id."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from record_factory import FIRST, HEADLINE, SECOND, day, make_reading, make_source
from summitry.record import open_record
from summitry.vocabulary import Evidence, LabelledSpan, Reading, Rejected, Source, Span
from summitry.web import Settings, create_app
from summitry.web.marking import Mark, cut, visible

TEXTS = st.text(st.sampled_from("ab \n\r\u202e\u200f\x00\x1b\ud800é😀<&"), max_size=60) | st.text(max_size=60)
SPANS = st.tuples(st.integers(-5, 70), st.integers(-5, 70), st.sampled_from("rst"), st.sampled_from(["move", "event"]))


@given(TEXTS, st.lists(SPANS, max_size=12), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=4))
@settings(deadline=None, max_examples=150)
def test_segments_joined_are_the_text_and_those_of_a_row_its_passages(
    text: str, spans: list[tuple[int, int, str, str]], labels: list[tuple[int, int]]
) -> None:
    marks = [Mark(start, end, row, kind) for start, end, row, kind in spans]
    named = [LabelledSpan(start, start + length, "share") for start, length in labels]
    segments = cut(text, marks, named)
    assert "".join(one.text for one in segments) == text
    assert all(text[one.start : one.end] == one.text and one.text for one in segments)
    assert len("".join(one.shown for one in segments)) == len(text)
    for row in "rst":
        told = {at for m in marks if m.row == row for at in range(max(m.start, 0), min(m.end, len(text)))}
        assert {at for one in segments if row in one.rows for at in range(one.start, one.end)} == told
        assert sum(row in one.begins for one in segments) == sum(row in one.ends for one in segments) == bool(told)
        if told:
            assert next(one.start for one in segments if row in one.begins) == min(told)
            assert next(one.end for one in segments if row in one.ends) == max(told) + 1


@given(TEXTS)
@settings(deadline=None, max_examples=100)
def test_what_is_hidden_is_made_to_show_and_nothing_moves(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ud800-\udfff]", shown
    )
    shown.encode()
    assert all(a == b for a, b in zip(text, shown, strict=True) if a.isascii() and a.isprintable())


HOSTILE = (
    '<script>alert(1)</script> <img src="http://evil.example/x.png"> javascript:alert(1) \u202eabc\x1b[31m </mark>'
)


def hostile() -> tuple[Reading, Source]:
    """A report whose words want to be markup, one of whose statements lies in another's words."""
    reading, _ = make_reading(7)
    text = f"{reading.article.text}\n{HOSTILE}"
    source = replace(make_source(7, text=text), uri="javascript:alert(1)")
    article = replace(reading.article, text=text, source_id=source.id, uri=source.uri, headline=f"<b>{HEADLINE}</b>")
    start = text.index("<script>")
    first = reading.statements[0]
    inner = replace(
        first,
        id="stm-hostile",
        evidence=(Evidence.of(article, start, start + 30),),
        source_span=None,
        cue_span=None,
        content_spans=(Span(start, start + 30),),
        words=text[start : start + 30],
    )
    empty = replace(
        reading, article=article, statements=(inner,), events=(), moves=(), positions=(), times=(), mentions=()
    )
    return empty, source


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("source") / "talks.db"
    with open_record(path, create=True) as record:
        for number in range(3):
            record.add(*make_reading(number, met=f"2019-0{number + 5}-03", published=day(f"2019-0{number + 5}-04")))
        record.add(*hostile())
        record.reject(Rejected(Source("reports/bad.txt", b"?"), "clean", "no text in it"))
    with TestClient(create_app(Settings(record=path)), base_url="http://127.0.0.1:8642") as desk:
        yield desk


def report(desk: TestClient, uri: str) -> str:
    return next(str(one["id"]) for one in desk.get("/sources.json").json()["sources"] if one["uri"] == uri)


def article_of(html: str) -> str:
    """The text of the article as a browser has it: without tags and the numbers of rows."""
    body = html[html.index('id="article"') :]
    body = body[body.index(">") + 1 : body.index('<div class="rows">')]
    body = body[: body.rindex("</div>")]
    return unescape(re.sub(r"<[^>]*>", "", re.sub(r'<a class="ref".*?</a>', "", body)))


def test_the_list_tells_of_each_report(desk: TestClient) -> None:
    told = desk.get("/sources.json").json()
    assert told["total"] == 5
    assert [one["status"] for one in told["sources"]][-1] == "rejected"
    html = desk.get("/sources").text
    assert "no text in it" in html and "clean" in html
    assert desk.get("/sources.json?status=rejected").json()["total"] == 1
    assert desk.get("/sources.json?since=2019-06-01&sort=old").json()["sources"][0]["uri"] == "reports/1.txt"
    assert desk.get("/sources.json?outlet=baltic").json()["total"] == 4
    assert desk.get("/sources.json?issue=sanctions").json()["total"] >= 3
    assert desk.get("/sources?status=any").status_code == 400


def test_a_report_has_its_text_and_every_passage(desk: TestClient) -> None:
    at = report(desk, "reports/0.txt")
    told = desk.get(f"/source/{at}.json").json()
    html = desk.get(f"/source/{at}").text
    assert article_of(html) == told["text"]
    assert len(told["rows"]) >= 4
    for row in told["rows"]:
        assert html.count(f'<span class="at" id="{row["id"]}">') == 1
        assert f'href="#{row["id"]}"' in html and f'id="card-{row["id"]}"' in html
        marked = [found[1] for found in re.finditer(r'data-rows="([^"]*)">', html) if row["id"] in found[1].split()]
        assert marked
    assert "furniture-line" in html and 'title="headline"' in html


def test_words_of_a_report_are_never_live(desk: TestClient) -> None:
    at = report(desk, "javascript:alert(1)")
    html = desk.get(f"/source/{at}").text
    assert "<script>alert" not in html and "<img" not in html and "<b>" not in html
    assert 'href="javascript:' not in html
    assert "\u202e" not in html and "\x1b" not in html
    assert len(article_of(html)) == len(desk.get(f"/source/{at}.json").json()["text"])
    for page in ("/row/stm-hostile", "/sources", "/review?id=stm-hostile"):
        answer = desk.get(page)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text and "\x1b" not in answer.text


def test_a_range_is_marked_or_refused(desk: TestClient) -> None:
    at = report(desk, "reports/0.txt")
    assert "asked" in desk.get(f"/source/{at}?start=0&end=5").text
    for off in ("start=5&end=5", "start=0&end=99999", "start=x&end=3", "start=-1&end=3", "start=²&end=9"):
        assert desk.get(f"/source/{at}?{off}").status_code == 400, off


def test_a_rejected_report_says_why_and_an_unknown_one_is_missing(desk: TestClient) -> None:
    answer = desk.get(f"/source/{report(desk, 'reports/bad.txt')}")
    assert answer.status_code == 200 and "no text in it" in answer.text
    assert desk.get("/source/src-0000000000000000").status_code == 404
    assert desk.get("/source/src-0000000000000000.json").status_code == 404


def test_a_row_tells_what_explain_tells(desk: TestClient) -> None:
    for row in desk.get(f"/source/{report(desk, 'reports/0.txt')}.json").json()["rows"]:
        html = desk.get(f"/row/{row['id']}").text
        told = desk.get(f"/row/{row['id']}.json").json()
        assert told["row"] == row["kind"] and told["passages"]
        assert told["passages"][0]["exact"].split()[0] in unescape(html)
        assert "How sure" in html and row["id"] in html


def test_short_ids_open_their_row_and_unknown_ones_say_what_to_do(desk: TestClient) -> None:
    row = desk.get(f"/source/{report(desk, 'reports/0.txt')}.json").json()["rows"][0]["id"]
    answer = desk.get(f"/row/{row[:14]}")
    assert answer.status_code == 200 and row in answer.text
    for off in ("evt-ffffffffffffffff", "x", "stm-'\"<b>"):
        answer = desk.get(f"/row/{off}")
        assert answer.status_code == 404 and "allowed" in answer.text and "<b>" not in answer.text


def test_a_row_links_to_its_words_in_the_report(desk: TestClient) -> None:
    at = report(desk, "reports/0.txt")
    row = desk.get(f"/source/{at}.json").json()["rows"][0]["id"]
    assert f'href="/source/{at}#{row}"' in desk.get(f"/row/{row}").text


def test_a_long_text_of_many_passages_is_cut_fast() -> None:
    text = (FIRST + SECOND) * 1500
    marks = [Mark(at, at + 300, f"stm-{at}", "statement") for at in range(0, len(text) - 300, 100)]
    started = time.perf_counter()
    segments = cut(text, marks)
    assert time.perf_counter() - started < 1.0
    assert "".join(one.text for one in segments) == text
