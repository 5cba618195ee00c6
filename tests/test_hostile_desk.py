"""Words of reports that turn the page around them, hide in it or pass for others: on every page that shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from starlette.testclient import TestClient

from browser import Watch, looking, serving
from hostile_factory import write_words
from summitry.web import Settings, create_app
from summitry.web.isolating import flow, seen, worded
from summitry.web.marking import visible
from summitry.web.pages import PAGES
from summitry.web.rendering import environment
from summitry.web.site import write_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HEBREW, ARABIC = "דובר אמר", "قال الناطق 12"
WORDS = (
    f"{HEBREW} (RFA) 2019",
    f"said {ARABIC}: 3, 4",
    "\u202egnorts eht morf\u202c \u2067stays\u2069 end",
    "Ir\u200ban, Ira\u200dn, \U000e0049\U000e0067 tags, \ufeff and \u2062 none",
    "Irаn and Саnada <b>said</b>",
)
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
HIDDEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]")
# Blocks that hold a text of a report and nothing else, which set their direction by it; and what holds no elements.
OWN = {"article", "words-in"}
APART = {"title", "option", "textarea", "script", "svg", "bdi"}
VOID = {"meta", "link", "input", "br", "img", "hr", "wbr"}


class Page(HTMLParser):
    """What a page shows that it should not. ``mixed``: words marked as of two scripts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, frozenset[str]]] = []
        self.wrong: list[str] = []
        self.mixed: list[str] = []
        self.isolated = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            text = value or ""
            if "<bdi" in text or "<span" in text:
                self.wrong.append(f"markup in {tag} {name}: {text[:80]}")
            if HIDDEN.search(text) and name not in ("value", "href"):
                self.wrong.append(f"hidden in {tag} {name}: {text[:80]!a}")
        if tag not in VOID:
            self.open.append((tag, frozenset((dict(attrs).get("class") or "").split())))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = {tag for tag, _ in self.open}
        if "script" in tags:
            return
        if HIDDEN.search(data) and "textarea" not in tags:
            self.wrong.append(f"hidden in {self.open[-1:]}: {data[:80]!a}")
        if RIGHT_TO_LEFT.search(data):
            if tags & APART or any(classes & OWN for _, classes in self.open):
                self.isolated += 1
            else:
                self.wrong.append(f"turns {self.open[-2:]}: {data.strip()[:80]}")
        if self.open and "mixed" in self.open[-1][1]:
            self.mixed.append(data)


def looked_at(text: str) -> Page:
    page = Page()
    page.feed(text)
    page.close()
    return page


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_words(tmp_path_factory.mktemp("turned") / "talks.db", WORDS)


@pytest.fixture(scope="module")
def desk(record: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(record=record)), base_url="http://127.0.0.1:8642") as desk:
        yield desk


def test_no_page_is_turned_and_nothing_hides_in_it(desk: TestClient) -> None:
    todo = [kind.path for kind in PAGES if "{" not in kind.path]
    todo += ["/statements?q=stays", "/timeline?view=meetings", "/positions?party=USA", "/sources?status=rejected"]
    done: dict[str, Page] = {}
    counted: dict[str, int] = {}
    while todo:
        path = todo.pop(0)
        answer = desk.get(path)
        if answer.status_code == 404 and "/party/" in path:
            continue  # a name that is no known party has no page
        assert answer.status_code == 200, path
        done[path] = looked_at(answer.text)
        for href in re.findall(r'href="(/[^"#?]*)', answer.text):
            kind = href.split("/")[1]
            if href.endswith(".json"):
                continue
            if kind in ("source", "row", "party", "person") and href not in done and href not in todo:
                counted[kind] = counted.get(kind, 0) + 1
                if counted[kind] <= 25:
                    todo.append(href)
    assert not [f"{path}: {one}" for path, page in done.items() for one in page.wrong]
    assert set(counted) == {"source", "row", "party", "person"}
    kinds = {part.partition("?")[0] for path, page in done.items() if page.isolated for part in path.split("/")[1:]}
    assert kinds >= {"statements", "timeline", "moves", "commitments", "predictions", "sources", "source", "row"}, kinds
    assert {"Irаn", "Саnada"} <= {word for page in done.values() for word in page.mixed}


def test_a_report_tells_what_is_not_as_it_looks(desk: TestClient) -> None:
    list_ = desk.get("/sources").text
    told = set()
    for path in set(re.findall(r'href="(/source/[^"#?]*)', list_)):
        page = desk.get(path).text
        told |= set(re.findall(r'<p class="remark" role="note">(.*?)</p>', page))
        assert desk.get(f"{path}.json").json().get("remarks", []) is not None
    assert any("U+202E" in one for one in told) and any("two scripts" in one for one in told), told


def test_no_page_of_a_folder_is_turned(record: Path, tmp_path: Path) -> None:
    folder = tmp_path / "talks"
    write_site(record, folder)
    wrong = []
    for path in folder.rglob("*.html"):
        wrong += [f"{path.name}: {one}" for one in looked_at(path.read_text(encoding="utf-8")).wrong]
    assert not wrong


def test_values_of_templates_by_where_they_stand() -> None:
    made = environment().from_string(
        '<p title="{{ x }}">{{ x }}</p><title>{{ x }}</title><input value="{{ x }}"><svg><text>{{ x }}</text></svg>'
        "<textarea{% if x > 'a' %} rows='3'{% endif %}>{{ x }}</textarea>{{- x -}}<b class='{{ \">\" }}'>{{ 3 }}</b>"
    )
    text = f"{HEBREW}\u202e&"
    turned, kept = f"{HEBREW}\ufffd&amp;", f"{HEBREW}\u202e&amp;"
    assert made.render(x=text) == (
        f'<p title="{turned}"><bdi>{turned}</bdi></p><title>{turned}</title><input value="{kept}">'
        f"<svg><text>{turned}</text></svg><textarea rows='3'>{kept}</textarea><bdi>{turned}</bdi><b class='&gt;'>3</b>"
    )


@given(st.text(alphabet=st.sampled_from("ab<>&\"' \n" + HEBREW + "аео\u202e\u200b\u200d\x00\u0301é")))
def test_words_shown_are_the_words(text: str) -> None:
    """As many signs, in their order; what is escaped is escaped once."""
    for shown in (flow(text), worded(text)):
        bare = re.sub(r"</?(?:bdi|span)[^>]*>", "", str(Markup.escape(shown)))
        assert unescape(bare) == visible(text)
    assert len(visible(text)) == len(text)


def test_what_is_no_text_stays() -> None:
    for value in (None, 3, Markup("<b>\u202e</b>"), ["\u202e"]):
        assert seen(value) is value and worded(value) is value


# What stands behind words of a report on their line, and is drawn before them.
TURNED = """() => {
  const found = [];
  for (const one of document.querySelectorAll("main bdi")) {
    const after = one.nextSibling;
    if (!after || after.nodeType != Node.TEXT_NODE || !after.data.trim()) continue;
    const range = document.createRange();
    range.setStart(after, after.data.search(/\\S/));
    range.setEnd(after, after.data.search(/\\S/) + 1);
    const place = range.getBoundingClientRect(), words = [...one.getClientRects()].at(-1);
    if (words && place.width && Math.abs(place.top - words.top) < 4) found.push(place.left >= words.right - 1);
  }
  return found;
}"""


@pytest.mark.slow
def test_what_stands_behind_the_words_is_drawn_behind_them(browser: Browser, record: Path) -> None:
    watch, looked = Watch(), list[bool]()
    with serving(record) as desk, looking(browser, watch=watch) as page:
        page.goto(f"{desk.url}/sources")
        links = page.evaluate("[...document.querySelectorAll('main a[href^=\"/source/\"]')].map(one => one.href)")
        for address in (f"{desk.url}/sources", f"{desk.url}/statements", f"{desk.url}/ledger/moves", *links[:5]):
            page.goto(address)
            looked += page.evaluate(TURNED)
    assert looked and all(looked)
    watch.check()
