"""Every page of the desk in a browser, served and from a folder: it opens, reads, fits, prints, and links hold."""

from __future__ import annotations

import io
import re
import urllib.error
import urllib.request
from collections import Counter, deque
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

import pytest
from pypdf import PdfReader

from browser import DARK, DARK_PHONE, DESKTOP, NO_SCRIPTS, PHONE, Look, Watch, axe, looking, no_sideways
from summitry.record import open_record
from summitry.web.pages import PAGES
from summitry.web.site import write_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

CRAWLED = 400
"""Pages of the served desk that are asked: filters make more addresses than anybody opens."""


@pytest.fixture(scope="module")
def paths(desk_record: Path, desk_url: str) -> dict[str, str]:
    """A path of each kind of page, of something that the record has much of."""
    with open_record(desk_record, read_only=True) as record:
        statements = record.statements()
        ids = {"party": record.parties()[0][0], "source": statements[0].evidence[0].source, "row": statements[0].id}
    _, people = got(f"{desk_url}/people")
    ids["person"] = unquote((re.findall(r'href="/person/([^"#?]+)', people) or [""])[0])
    return {
        kind.name: kind.path.replace("{id}", quote(ids.get(kind.name, ""), safe=""))
        for kind in PAGES
        if "{" not in kind.path or ids.get(kind.name)
    }


def got(address: str) -> tuple[int, str]:
    """Status and text of an address, asked without a browser."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=20) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode("utf-8", "replace")


@pytest.fixture(scope="module")
def site(desk_record: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sites") / "talks"
    write_site(desk_record, folder)
    return folder


@pytest.fixture(scope="module")
def written(site: Path) -> dict[str, str]:
    """The address of a file of each kind of page."""
    found: dict[str, str] = {}
    for kind in PAGES:
        if kind.written:
            stem = "index" if kind.path == "/" else kind.path.strip("/").replace("{id}", "*")
            files = sorted(site.glob(f"{stem}.html"))
            if files:
                found[kind.name] = files[0].as_uri()
    return found


def opened(page: Page, address: str) -> None:
    """Open a page and see that it is one: a heading, a landmark, a title."""
    page.goto(address)
    assert page.locator("h1").count() == 1, address
    assert page.locator("h1").inner_text().strip()
    assert page.locator("main").count() == 1
    assert page.title().endswith("summitry")


# One browser context for all pages of a look: what is tested is the pages, and each context costs a third of a second.


@pytest.mark.parametrize("look", [DESKTOP, DARK, PHONE], ids=str)
def test_every_page_reads_for_everybody(page: Page, desk_url: str, paths: dict[str, str], look: Look) -> None:
    wrong = []
    # In the dark only the colours are others.
    rules = ("color-contrast",) if look.dark else ()
    for name, path in paths.items():
        opened(page, desk_url + path)
        try:
            axe(page, rules=rules)
        except AssertionError as error:
            wrong.append(f"{name}: {error}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("look", [PHONE, DARK_PHONE], ids=str)
def test_every_page_fits_a_phone(page: Page, desk_url: str, paths: dict[str, str], look: Look) -> None:
    wrong = []
    for path in paths.values():
        opened(page, desk_url + path)
        try:
            no_sideways(page)
        except AssertionError as error:
            wrong.append(str(error))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("look", [NO_SCRIPTS], ids=str)
def test_every_page_reads_without_scripts(page: Page, desk_url: str, paths: dict[str, str]) -> None:
    for name, path in paths.items():
        opened(page, desk_url + path)
        assert len(page.locator("main").inner_text()) > 40, name


@pytest.mark.parametrize("look", [DESKTOP, PHONE, NO_SCRIPTS], ids=str)
def test_every_page_of_a_folder_opens_from_disk(page: Page, written: dict[str, str], look: Look) -> None:
    """With its styles, and with nothing refused: the policy of a file lets its own folder in."""
    for name, address in written.items():
        opened(page, address)
        assert page.evaluate("document.styleSheets.length") >= 1, name
        assert page.locator("header.top").evaluate("one => getComputedStyle(one).display") != "block", name
        if look.width < 400:
            no_sideways(page)


def test_a_file_lets_nothing_else_in(browser: Browser, site: Path) -> None:
    """The policy holds from disk: scripts and styles in a page, and what lies elsewhere, do not run or load."""
    text = (site / "index.html").read_text(encoding="utf-8")
    hostile = (
        "<script>document.title='ran'</script><img src='http://attacker.example/x' onerror=\"document.title='ran'\">"
        "<p style='position:fixed'>x</p><iframe src='people.html'></iframe>"
        "<script src='data:,document.title=1'></script>"
    )
    (site / "hostile.html").write_text(text.replace("<main", hostile + "<main", 1), encoding="utf-8")
    watch, loaded = Watch(), list[str]()
    try:
        with looking(browser, watch=watch) as page:
            page.on("requestfinished", lambda request: loaded.append(request.url))
            page.goto((site / "hostile.html").as_uri())
            page.wait_for_timeout(200)
            assert "ran" not in page.title()
            assert page.locator("p", has_text="x").first.evaluate("one => getComputedStyle(one).position") == "static"
            assert len(page.frames) == 1 or page.frames[1].url in ("", "about:blank", "chrome-error://chromewebdata/")
    finally:
        (site / "hostile.html").unlink()
    assert not [one for one in loaded if not one.startswith(site.as_uri())]
    assert len([one for one in watch.problems if "policy violated" in one]) >= 5


def test_every_page_prints(page: Page, desk_url: str, paths: dict[str, str]) -> None:
    for name, path in paths.items():
        page.goto(desk_url + path)
        heading = page.locator("h1").inner_text().split()
        printed = PdfReader(io.BytesIO(page.pdf(format="A4")))
        text = " ".join(" ".join(sheet.extract_text() for sheet in printed.pages[:3]).split())
        assert "".join(heading)[:20] in text.replace(" ", ""), name
        assert len(text) > 40, name
        assert len(printed.pages) < 80, name


def test_where_the_talks_stand_prints_as_a_brief(page: Page, desk_url: str) -> None:
    page.goto(desk_url)
    lines = page.locator(".brief li").all_inner_texts()
    text = "".join(
        "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages).split()
    )
    assert lines
    for line in lines[:5]:
        assert "".join(line.split())[:30] in text, line


def test_all_links_of_a_folder_lead_somewhere(browser: Browser, site: Path) -> None:
    """Every file is reached from the first page, and every anchor is there."""
    start = (site / "index.html").as_uri()
    with looking(browser) as page:
        page.goto(start)
        anchors: dict[str, set[str]] = {}
        wanted: dict[str, str] = {}
        todo = deque([start])
        while todo:
            here = todo.popleft()
            if here in anchors:
                continue
            text = Path(unquote(urlsplit(here).path)).read_text(encoding="utf-8")
            anchors[here], hrefs = page.evaluate(FOUND, text)
            for href in hrefs:
                to, anchor = urldefrag(urljoin(here, href))
                if urlsplit(to).scheme in ("http", "https"):
                    continue
                assert Path(unquote(urlsplit(to).path)).is_file(), f"{here} leads to {href}"
                if anchor:
                    wanted.setdefault(f"{to}#{anchor}", here)
                if to.endswith(".html"):
                    todo.append(to)
    reached = {Path(unquote(urlsplit(one).path)) for one in anchors}
    assert set(site.rglob("*.html")) <= reached
    lost = [
        f"{here} -> {to}" for to, here in wanted.items() if unquote(urldefrag(to)[1]) not in anchors[urldefrag(to)[0]]
    ]
    assert not lost, f"{len(lost)} of {len(wanted)} anchors are not there: " + "\n".join(lost[:10])


FOUND = """text => { const page = new DOMParser().parseFromString(text, "text/html");
  return [[...page.querySelectorAll("[id]")].map(one => one.id),
          [...page.querySelectorAll("a[href]")].map(one => one.getAttribute("href"))] }"""


def test_all_links_of_the_desk_are_answered(desk_url: str) -> None:
    """Breadth first from the first page: no address of the desk is refused or fails."""
    todo, seen, wrong = deque([("/", "")]), {"/"}, []
    asked: Counter[str] = Counter()
    while todo and sum(asked.values()) < CRAWLED:
        path, here = todo.popleft()
        kind = urlsplit(path).path.split("/")[1]
        if asked[kind] >= CRAWLED // 10:
            continue
        asked[kind] += 1
        status, text = got(desk_url + path)
        if status != 200:
            wrong.append(f"{status} {path} linked from {here}")
        if path.partition("?")[0].endswith(".json") or path.startswith("/export/"):
            continue
        for href in re.findall(r'<(?:a|link)\s[^>]*?href="([^"]*)"', text):
            to = urldefrag(urljoin(path, unescape(href)))[0]
            if to.startswith("/") and to not in seen:
                seen.add(to)
                todo.append((to, path))
    assert not wrong, "\n".join(wrong[:20])
    assert len(asked) >= 8
