"""Words of reports as attacks on the pages that show them: nothing runs, nothing loads, served or from a folder."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from browser import PHONE, Desk, Watch, looking, serving
from hostile_factory import attacks, write_hostile
from summitry.web.pages import PAGES
from summitry.web.site import write_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

PER_KIND = 5
"""Pages of one kind that are looked at: reports differ in the attack they hold."""

# What no page of the desk has, so that whatever has it came from a report.
FOREIGN = """() => {
  const found = [];
  if (window.__ran) found.push("a script ran");
  const bad = "iframe, frame, object, embed, base, applet, audio, video, math, template, " +
    "meta[http-equiv=refresh i], style, script:not([src]):not([type='application/json']), link[rel=import], " +
    "svg image, svg script, svg foreignObject";
  for (const one of document.querySelectorAll(bad)) found.push(one.outerHTML.slice(0, 200));
  for (const one of document.querySelectorAll("*")) for (const said of one.attributes) {
    if (said.name.startsWith("on") || ["ping", "srcdoc"].includes(said.name))
      found.push(one.outerHTML.slice(0, 200));
    if (["href", "src", "action", "formaction", "xlink:href", "poster"].includes(said.name)) {
      const scheme = /^[\\s\\x00-\\x20]*([a-z][a-z0-9+.-]*)\\s*:/i.exec(said.value);
      if (scheme && !(["http", "https"].includes(scheme[1].toLowerCase()) && one.tagName == "A"))
        found.push(one.outerHTML.slice(0, 200));
      if (said.value.startsWith("//") || said.value.startsWith("\\\\\\\\")) found.push(one.outerHTML.slice(0, 200));
    }
  }
  if (document.querySelectorAll("main").length != 1 || document.querySelectorAll("#main").length != 1)
    found.push("a second main part");
  if (document.querySelectorAll("title").length - document.querySelectorAll("svg title").length != 1)
    found.push("a second title");
  if (/\\b49\\b/.test(document.title)) found.push("a template ran: " + document.title);
  if (/[\\u202a-\\u202e\\u2066-\\u2069]/.test(document.title)) found.push("a title turns its direction");
  return found;
}"""


LINKS = """[...document.querySelectorAll('a[href^="/"]')].map(a => a.getAttribute('href'))"""


class Target(ThreadingHTTPServer):
    """A host of the attacker's: whatever is asked of it, is counted."""

    def __init__(self) -> None:
        self.visits: list[str] = []
        super().__init__(("127.0.0.1", 0), Visited)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Visited(BaseHTTPRequestHandler):
    """Any answer, open to all origins."""

    def do_GET(self) -> None:
        assert isinstance(self.server, Target)
        self.server.visits.append(self.path)
        body = ATTACKER.encode() if self.path.startswith("/page") else b"window.__ran=1"
        self.send_response(200)
        self.send_header("content-type", "text/html" if self.path.startswith("/page") else "text/javascript")
        self.send_header("access-control-allow-origin", "*")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - named by the base class

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


ATTACKER = "<!doctype html><meta charset=utf-8><title>attacker</title><p>A page of another origin."


@pytest.fixture(scope="module")
def target() -> Iterator[Target]:
    with Target() as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory, target: Target) -> Path:
    return write_hostile(tmp_path_factory.mktemp("hostile") / "talks.db", target.address)


@pytest.fixture(scope="module")
def desk(record: Path) -> Iterator[Desk]:
    with serving(record) as desk:
        yield desk


@pytest.fixture(scope="module")
def site(record: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sites") / "talks"
    write_site(record, folder)
    return folder


def harmless(page: Page, target: Target) -> list[str]:
    """What a page does that it should not; the mouse and the keyboard go over it first."""
    page.mouse.move(300, 300)
    page.keyboard.press("Tab")
    found = [f"{page.url}: {one}" for one in page.evaluate(FOREIGN)]
    return found + [f"{page.url}: {one} was asked for" for one in target.visits]


def test_no_word_of_a_report_runs_or_loads_at_the_desk(browser: Browser, desk: Desk, target: Target) -> None:
    # A name that is no known party has no page.
    watch, wrong = Watch(["404.*/party/"]), list[str]()
    with looking(browser, watch=watch) as page:
        todo = [kind.path for kind in PAGES if "{" not in kind.path]
        seen = set(todo)
        kinds: dict[str, int] = {}
        while todo:
            path = todo.pop(0)
            page.goto(desk.url + path)
            wrong += harmless(page, target)
            for href in page.evaluate(LINKS):
                bare = href.partition("#")[0].partition("?")[0]
                kind = bare.split("/")[1]
                if "%00" in bare or bare in seen or kinds.get(kind, 0) == PER_KIND:
                    continue  # an address with a control character is refused: no page of one is drawn
                if kind in ("source", "row", "party", "person"):
                    seen.add(bare)
                    kinds[kind] = kinds.get(kind, 0) + 1
                    todo.append(bare)
    assert not wrong, "\n".join(wrong)
    watch.check()
    assert kinds["source"] == PER_KIND, kinds


def test_every_attack_is_there_to_read(desk: Desk) -> None:
    """The words are shown, not dropped: what was said is what was said."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{desk.url}/statements") as answer:
        text = answer.read().decode()
    assert "{{7*7}}" in text
    assert "&lt;script&gt;window.__ran=1" in text
    assert len(attacks("")) > 15


def test_no_word_of_a_report_runs_or_loads_from_a_folder(browser: Browser, site: Path, target: Target) -> None:
    watch, wrong = Watch(), list[str]()
    counted: dict[str, int] = {}
    with looking(browser, PHONE, watch=watch) as page:
        for path in sorted(site.rglob("*.html")):
            kind = path.parent.name if path.parent != site else path.stem.partition("-")[0]
            counted[kind] = counted.get(kind, 0) + 1
            if counted[kind] <= PER_KIND:
                page.goto(path.as_uri())
                wrong += harmless(page, target)
    assert not wrong, "\n".join(wrong)
    watch.check()


def test_names_of_files_are_tame(site: Path) -> None:
    for path in site.rglob("*"):
        assert path.resolve().is_relative_to(site.resolve())
        assert path.name.isascii() and not set(path.name) & set("<>:\"|?*\\& '"), path


PLACES = (
    "/timeline?party=",
    "/statements?q=",
    "/party/",
    "/row/",
    "/nowhere/",
    "/positions?party=USA&issue=",
    "/?case=",
)


def test_an_error_page_repeats_no_attack(browser: Browser, desk: Desk, target: Target) -> None:
    """What an address holds comes back as words."""
    watch = Watch(["status of 40[04]"])
    with looking(browser, watch=watch) as page:
        for number, attack in enumerate(attacks(target.address)):
            if "\x00" in attack:
                continue
            # Each attack at one address: what the others do with it is the same template.
            for path in (PLACES[number % len(PLACES)], "/timeline?as_of="):
                page.goto(desk.url + path + quote(attack, safe=""))
                found = page.evaluate(FOREIGN) if page.locator("main").count() else []
                assert not found and not target.visits, (path, found, target.visits)
    watch.check()


def test_another_origin_reads_posts_and_frames_nothing(browser: Browser, desk: Desk, target: Target) -> None:
    """A page of another origin in the same browser, with a session of the desk open beside it."""
    watch = Watch(["CORS", "Failed to load", "frame", "policy", "refused"])
    with looking(browser, watch=watch) as page:
        page.goto(desk.url)
        assert page.context.cookies(), "the desk has a session"
        page.goto(f"{target.address}/page")
        tried = page.evaluate(TRIES, desk.url)
        assert tried == {
            "read": "TypeError",
            "read with cookies": "TypeError",
            "posted": "TypeError",
            "script": "error",
            "image": "error",
            "style": "error",
        }
        page.evaluate(FRAME, desk.url)
        page.wait_for_timeout(300)
        assert all("Where the talks stand" not in frame.content() for frame in page.frames[1:])
        with page.expect_navigation():
            page.evaluate(FORM, f"{desk.url}/review")
        assert "may link to the desk, and nothing else" in page.inner_text("body")
    target.visits.clear()


TRIES = """async (desk) => {
  const tried = {};
  const fail = (error) => error.name;
  tried["read"] = await fetch(desk + "/stand.json").then((a) => a.text(), fail);
  tried["read with cookies"] = await fetch(desk + "/stand.json", {credentials: "include"}).then((a) => a.text(), fail);
  tried["posted"] = await fetch(desk + "/review", {method: "POST", mode: "no-cors", credentials: "include",
    body: new URLSearchParams({token: "x"})}).then((a) => a.status, fail);
  const load = (tag, name, value) => new Promise((done) => {
    const it = document.createElement(tag);
    it[name] = value;
    if (tag == "link") it.rel = "stylesheet";
    it.onload = () => done("load");
    it.onerror = () => done("error");
    document.head.append(it);
  });
  tried["script"] = await load("script", "src", desk + "/static/desk.js");
  tried["image"] = await load("img", "src", desk + "/static/icon.svg");
  tried["style"] = await load("link", "href", desk + "/static/desk.css");
  return tried;
}"""

FRAME = """(url) => {
  const it = document.createElement("iframe");
  it.src = url;
  document.body.append(it);
}"""

FORM = """(action) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = action;
  document.body.append(form);
  form.submit();
}"""


def test_a_link_from_another_origin_opens_the_desk_with_its_session(
    browser: Browser, desk: Desk, target: Target
) -> None:
    with looking(browser) as page:
        page.goto(desk.url)
        (before,) = page.context.cookies()
        page.goto(f"{target.address}/page")
        page.evaluate("url => { location.href = url }", f"{desk.url}/timeline")
        page.wait_for_selector("header.top")
        assert page.url.endswith("/timeline")
        assert page.context.cookies()[0]["value"] == before["value"]
    target.visits.clear()
