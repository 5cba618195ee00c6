"""A web site for the tests of watching: a real server on this computer, its pages made by hand, its requests noted."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ingest_factory import SmallReader, report
from summitry.ingest import ReadOptions
from summitry.watch.rounds import Watcher
from summitry.watch.saying import Means, Options, Round, Said

START = datetime(2030, 5, 10, 12, tzinfo=UTC).timestamp()
DAY = 86_400.0


class Clock:
    """A clock that tests set; waiting moves it on."""

    def __init__(self, now: float = START) -> None:
        self.at = now
        self.slept: list[float] = []

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


@dataclass
class Page:
    """What the server answers."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


class Site:
    """A running server. ``pages`` are by path; ``asked`` are the requests: time of the clock, path, headers."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.pages: dict[str, Page | list[Page]] = {}
        self.asked: list[tuple[float, str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((site.clock.now(), self.path, {k.lower(): v for k, v in self.headers.items()}))
                page = site.answer(self.path, dict(self.headers.items()))
                self.send_response(page.status)
                for name, value in page.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(page.content)))
                self.end_headers()
                with suppress(ConnectionError):
                    self.wfile.write(page.content)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def answer(self, path: str, headers: Mapping[str, str]) -> Page:
        found = self.pages.get(path)
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        if found is None:
            return Page(status=404)
        etag = found.headers.get("ETag")
        if etag is not None and headers.get("If-None-Match") == etag:
            return Page(status=304, headers={"ETag": etag})
        return found

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.asked]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def article(self, number: int, *, day: str | None = "2030-05-03") -> str:
        """Put up a report; its path."""
        path = f"/news/{number}"
        text = report(number, f"Ardania met Belmark in Oslo on 2030-05-{number:02}.", day=day)
        self.pages[path] = Page(text, headers={"Content-Type": "text/plain; charset=utf-8"})
        return path

    def feed(self, *numbers: int, etag: str | None = None, more: str = "") -> str:
        """Put up a feed of reports, the newest first; its address."""
        items = "".join(
            f"<item><title>Round {number}</title><link>{self.article(number)}</link>"
            f"<guid isPermaLink='false'>g{number}</guid><description>Talks.</description></item>"
            for number in sorted(numbers, reverse=True)
        )
        headers = {"Content-Type": "application/rss+xml"} | ({"ETag": etag} if etag else {})
        self.pages["/feed.xml"] = Page(rss(items + more), headers=headers)
        return f"{self.url}/feed.xml"


def rss(items: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Baltic Example</title>'
        f"<link>/</link>{items}</channel></rss>"
    )


@contextmanager
def site_of(clock: Clock) -> Iterator[Site]:
    site = Site(clock)
    try:
        yield site
    finally:
        site.close()


@dataclass
class Desk:
    """Watching in a folder, with a clock: each round is a new program that knows the state alone."""

    folder: Path
    clock: Clock
    said: list[Said] = field(default_factory=list)

    @property
    def record(self) -> Path:
        return self.folder / "talks.db"

    @property
    def state(self) -> Path:
        return self.folder / "talks.db.watch.json"

    def watcher(self, *inputs: str) -> Watcher:
        return Watcher(
            inputs,
            self.record,
            self.state,
            Options(read=ReadOptions(jobs=1, allow_private=True)),
            self.said.append,
            Means(self.clock, make_reader=SmallReader),
        )

    def round(self, *inputs: str) -> Round:
        self.said.clear()
        watcher = self.watcher(*inputs)
        found = watcher.round()
        watcher.told()
        return found

    def reasons(self, kind: str) -> str:
        return "\n".join(f"{one.where}: {one.reason}" for one in self.said if one.kind == kind)


def names(found: Round) -> list[str]:
    """The last parts of the addresses of what is new."""
    return [one.uri.rpartition("/")[2] for one in found.reports]
