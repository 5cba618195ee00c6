"""A brief drawn: footnotes that open, hostile words made harmless, widths kept, JSON whole."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.ledger import Brief, BriefLine
from summitry.ledger.brief import MOST
from summitry.ledger.drafts import HALF_LIFE
from summitry.ledger.lines_state import ANNOUNCED_FOR
from summitry.record import Citation
from summitry.report.brief import NOTHING, NOTHING_NEW, TITLES, brief_json, print_brief, write_markdown
from summitry.report.brief_html import write_html
from summitry.vocabulary import DateInterval, Evidence

DAY = date(2021, 5, 10)
CITED = {
    "src-a": Citation(
        "src-a", "https://example.org/a?x=1&y=2", "The Lund Gazette", "Talks", DateInterval(DAY, DAY, "day")
    ),
    "src-b": Citation("src-b", "javascript:alert(1)", None, None),
}
A = Evidence("src-a", 10, 30, "Belmark closed the gates", ("Lund Gazette", "Agency One"))
B = Evidence("src-b", 0, 9, "“No,” he said")
BRIEF = Brief(
    title="Where the talks stand as of 10 May 2021 (2 reports)",
    as_of=DAY,
    lines=(
        BriefLine("state", "The talks are stalled.", (A,), ("sta-0123456789abcdef",)),
        BriefLine("moves", "Belmark refused “more water”.", (B, A), ("mov-0123456789abcdef",)),
        BriefLine("moves", "Ardania offered “a <b>deal</b>” | *now* [^9]", (B,), ("mov-fedcba9876543210",)),
    ),
    left_out=(("moves", 7),),
)


def text_of(brief: Brief) -> str:
    out = io.StringIO()
    print_brief(brief, CITED, out)
    return out.getvalue()


def markdown_of(brief: Brief) -> str:
    out = io.StringIO()
    write_markdown(brief, CITED, out)
    return out.getvalue()


def html_of(brief: Brief) -> str:
    out = io.StringIO()
    write_html(brief, CITED, out)
    return out.getvalue()


class Page(HTMLParser):
    """The tags, ids and links of a page; fails where a tag is not closed."""

    VOID = frozenset({"meta", "br", "hr", "img", "link"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def page_of(brief: Brief) -> Page:
    page = Page()
    page.feed(html_of(brief))
    page.close()
    assert page.open == []
    return page


def test_every_mark_of_the_markdown_has_its_footnote_and_a_passage_one_number() -> None:
    text = markdown_of(BRIEF)
    body, _, notes = text.partition("\n[^1]:")
    assert set(re.findall(r"(?<!\\)\[\^(\d)\]", body)) == {"1", "2"}
    assert (
        "[^1]: The Lund Gazette, 2021-05-10 ← Agency One: “Belmark closed the gates” (`sta-01234567`, `mov-01234567`)"
        in text
    )
    assert notes.count("[^2]:") == 1
    assert "## Latest moves" in text
    assert "*7 more not shown.*" in text
    assert r"\<b\>deal" in text


def test_the_page_stands_by_itself_and_its_links_lead_somewhere() -> None:
    page = page_of(BRIEF)
    assert not {"script", "link", "img", "iframe", "b"} & set(page.tags)
    assert len(page.ids) == len(set(page.ids))
    inner = {link[1:] for link in page.links if link.startswith("#")}
    assert inner <= set(page.ids)
    assert [link for link in page.links if not link.startswith("#")] == ["https://example.org/a?x=1&y=2"]
    assert "a <b>deal</b>" in page.words
    assert "prefers-color-scheme: dark" in page.words
    assert "@media print" in page.words


@pytest.mark.parametrize("width", [40, 72, 120])
def test_the_text_keeps_to_the_width(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    text = text_of(BRIEF)
    assert max(map(len, text.splitlines())) <= width
    assert "Belmark refused “more water”. [2] [1]" in " ".join(text.split())


def test_nothing_to_tell_is_said() -> None:
    empty = Brief("Where the talks stand (0 reports)", None, ())
    assert NOTHING in text_of(empty)
    assert NOTHING in markdown_of(empty)
    assert NOTHING in page_of(empty).words
    assert NOTHING_NEW in text_of(Brief("What changed", DAY, (), since=DAY))


def test_json_has_all_sentences_with_rows_and_passages() -> None:
    told = json.loads(json.dumps(brief_json(BRIEF, CITED)))
    assert [line["section"] for line in told["lines"]] == ["state", "moves", "moves"]
    assert told["lines"][1]["evidence"][1]["exact"] == "Belmark closed the gates"
    assert told["lines"][1]["evidence"][1]["outlet"] == "The Lund Gazette"
    assert told["as_of"] == "2021-05-10"
    assert told["since"] is None
    assert told["left_out"] == {"moves": 7}


def test_every_section_has_a_title() -> None:
    assert len(set(TITLES.values())) == len(TITLES) == 9


HOSTILE = st.text(st.sampled_from(list("ab <>&\"'`*_[]()#|~$\\\x1b\x07\u202e\n\r\t“”]]>-!")), min_size=1, max_size=40)


@settings(max_examples=40, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_hostile_words_stay_words(text: str, words: str, outlet: str) -> None:
    evidence = Evidence("src-x", 0, len(words), words)
    brief = Brief(text, DAY, (BriefLine("state", text, (evidence,), (words,)),))
    cited = {"src-x": Citation("src-x", words, outlet, None)}
    page, out, printed = io.StringIO(), io.StringIO(), io.StringIO()
    write_html(brief, cited, page)
    parser = Page()
    parser.feed(page.getvalue())
    assert set(parser.tags) <= {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "ul", "ol", "li", "sup", "a", "code", "p",
        "bdi",
    }  # fmt: skip
    write_markdown(brief, cited, out)
    print_brief(brief, cited, printed)
    for drawn in (page.getvalue(), out.getvalue(), printed.getvalue()):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", drawn)
    assert "<" not in out.getvalue().replace("\\<", "")


def test_docs_publish_the_sections_of_the_code() -> None:
    text = (Path(__file__).parents[1] / "docs" / "brief.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| (\w+) \| ([A-Z].+?) \| (\d+) \|$", text, re.M)
    assert table == [(section, TITLES[section], str(most)) for section, most in MOST.items()]
    assert f"after {HALF_LIFE} days" in text
    assert f"told for {ANNOUNCED_FOR.days} days" in text
