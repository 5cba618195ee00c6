"""The desk in a real browser: what the end-to-end tests share. The fixtures made of it are in ``conftest.py``.

A test takes ``page`` and ``desk_url``, opens an address and looks::

    @pytest.mark.slow
    def test_the_timeline_filters(page: Page, desk_url: str) -> None:
        page.goto(f"{desk_url}/timeline?party=PRK")
        assert page.locator("main tr").count() > 3
        axe(page)

Another width, dark, or no scripts: ``@pytest.mark.parametrize("look", [PHONE, DARK, NO_SCRIPTS], ids=str)``, and
nothing else to do. A test that provokes an error says so: ``expected.append("404")``.
A test that writes (reviews) takes ``own_desk``, which has a copy of the record.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
    from starlette.types import ASGIApp

EXAMPLES: Final = Path(__file__).parents[1] / "examples" / "korea-2019"

ARGUMENTS: Final = (
    "--headless",
    # Tests run in containers, as root; what they open is the project's own pages.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Names of other hosts are not even looked up.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
INSIDE: Final = frozenset({"about", "data", "blob", "file", "chrome-error"})
"""Schemes that reach no host."""

START_S: Final = 20.0
"""Seconds a server may take to answer: a loaded machine starts slowly."""

# Told as a console error, which the watch takes for a problem. In capture, before a page can stop the event.
TELL_VIOLATIONS: Final = """
document.addEventListener("securitypolicyviolation", (event) => console.error(
  "policy violated: " + event.effectiveDirective + " " + event.blockedURI + " " + (event.sample || "")), true);
"""


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at. ``width`` and ``height`` in CSS pixels."""

    width: int = 1440
    height: int = 900
    dark: bool = False
    scripts: bool = True

    def __str__(self) -> str:
        return f"{self.width}{'-dark' if self.dark else ''}{'' if self.scripts else '-no-scripts'}"


DESKTOP: Final = Look()
PHONE: Final = Look(360, 740)
DARK: Final = Look(dark=True)
DARK_PHONE: Final = Look(360, 740, dark=True)
NO_SCRIPTS: Final = Look(scripts=False)


@dataclass(slots=True)
class Watch:
    """What went wrong on a page. ``expected``: regular expressions of what a test provokes on purpose."""

    expected: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch all pages of a context: console, errors of scripts, the content policy, requests to other hosts."""
        context.add_init_script(TELL_VIOLATIONS)
        context.on("console", lambda said: self._said(said))
        context.on("weberror", lambda error: self.note(f"script: {error.error}"))
        context.on("request", lambda request: self._asked(request.url))

    def _said(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.note(f"console: {said.text} ({said.location['url']})")

    def _asked(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in INSIDE and parts.hostname not in LOOPBACK:
            self.note(f"request to another host: {address}")

    def note(self, problem: str) -> None:
        """A problem, unless it is expected."""
        self.problems.append(problem)

    def check(self) -> None:
        """Fail on what was not expected. Errors are told after the fact, so expectation counts at the end."""
        left = [one for one in self.problems if not any(re.search(allowed, one) for allowed in self.expected)]
        assert not left, "the page has problems:\n  " + "\n  ".join(left)


def chromium() -> Path | None:
    """Debian's browser: $SUMMITRY_CHROMIUM, /usr/bin/chromium, or ``chromium`` on the path."""
    for named in (os.environ.get("SUMMITRY_CHROMIUM"), "/usr/bin/chromium", shutil.which("chromium")):
        if named and Path(named).is_file():
            return Path(named)
    return None


def absent(what: str) -> NoReturn:
    """Skip, but fail where tests must not be skipped: CI is the place that has everything."""
    if os.environ.get("CI", "").lower() in ("", "0", "false"):
        pytest.skip(what)
    pytest.fail(f"{what}; with CI set, browser tests may not be skipped")


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser with user data of its own, thrown away at the end."""
    program = chromium()
    if program is None:
        absent("no chromium: apt-get install chromium, or name one with SUMMITRY_CHROMIUM")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        absent("no playwright: pip install 'summitry[test]'")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def looking(browser: Browser, look: Look = DESKTOP, watch: Watch | None = None) -> Iterator[Page]:
    """A page in a context of its own: no cookies or storage of another test."""
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height},
        color_scheme="dark" if look.dark else "light",
        java_script_enabled=look.scripts,
        locale="en-GB",
        timezone_id="UTC",
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    (watch or Watch()).over(context)
    try:
        yield context.new_page()
    finally:
        context.close()


def axe(page: Page, *, within: str | None = None, rules: tuple[str, ...] = ()) -> None:
    """Assert that axe-core finds no violation on the page, or in what ``within`` selects; of ``rules`` only, if any.

    Needs scripts.
    """
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    # Without preloading, which would fetch the styles anew to look for locked orientations: files may not be fetched.
    options: dict[str, object] = {"resultTypes": ["violations"], "preload": False}
    if rules:
        options["runOnly"] = list(rules)
    elif page.evaluate("innerWidth < 500 && !matchMedia('(prefers-color-scheme: dark)').matches"):
        # Colours are those of the wide page, which is looked at too, and contrast is most of the time it takes.
        options["rules"] = {"color-contrast": {"enabled": False}}
    found = Axe().run(page, context=within, options=options).response["violations"]
    lines = []
    for one in found:
        lines.append(f"{one['id']} ({one['impact']}): {one['help']}")
        for node in one["nodes"][:5]:
            why = "; ".join(check["message"] for check in (*node["any"], *node["all"], *node["none"]))
            lines.append(f"    {' '.join(map(str, node['target']))}: {why}\n        {node['html'][:160]}")
        if len(one["nodes"]) > 5:
            lines.append(f"    and {len(one['nodes']) - 5} more")
    assert not found, f"axe finds {len(found)} violations on {page.url}:\n" + "\n".join(lines)


def no_sideways(page: Page) -> None:
    """Assert that the page does not scroll sideways; names what sticks out."""
    # A click leads to a document that may not be there yet.
    page.wait_for_function("document.readyState === 'complete' && document.body !== null")
    wide, view = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    if wide > view:
        out = page.evaluate(
            """view => [...document.body.querySelectorAll("*")]
                .filter(one => one.getBoundingClientRect().right > view + 0.5)
                .slice(0, 8).map(one => one.tagName.toLowerCase() + "." + one.className + " "
                    + Math.round(one.getBoundingClientRect().right) + " " + one.textContent.trim().slice(0, 40))""",
            view,
        )
        raise AssertionError(f"{page.url} is {wide} px wide in a window of {view}:\n  " + "\n  ".join(out))


def read_examples(into: Path) -> Path:
    """A record of the shipped examples: read, which takes half a minute, or copied from $SUMMITRY_EXAMPLES_RECORD.

    The variable is for those who run these tests over and over; nothing is kept between runs without it.
    """
    record = into / "examples.db"
    if made := os.environ.get("SUMMITRY_EXAMPLES_RECORD"):
        shutil.copyfile(made, record)
        return record
    from summitry.ingest import ReadOptions, ingest

    report = ingest([str(EXAMPLES)], record, ReadOptions())
    assert report.read >= 20, report
    return record


@contextmanager
def answering(app: ASGIApp) -> Iterator[str]:
    """The address of an application that answers on this machine, on a free port."""
    import uvicorn

    # Bound here and handed over: nobody can take the port in between.
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    port = bound.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    try:
        until = time.monotonic() + START_S
        while not server.started:
            assert thread.is_alive() and time.monotonic() < until, "the server does not start"
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(START_S)
        bound.close()


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk that answers: its address without a slash at the end, and its record."""

    url: str
    record: Path


@contextmanager
def serving(record: Path, **settings: object) -> Iterator[Desk]:
    """The desk of a record, answering. ``settings`` are those of :class:`summitry.web.Settings`."""
    from summitry.web import Settings, create_app

    with answering(create_app(Settings(record=record, **settings))) as url:  # type: ignore[arg-type]
        yield Desk(url, record)
