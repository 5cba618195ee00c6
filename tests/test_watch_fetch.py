"""One request, whatever the server answers: what watching needs of intake's fetching."""

from __future__ import annotations

import socket

import pytest

from summitry.errors import UnreadableSource
from summitry.intake.fetch import NoAnswer, NotAsked, ask, fetch
from watch_site import Clock, Page, site_of


def test_ask_tells_whatever_the_server_answers() -> None:
    with site_of(Clock()) as site:
        site.pages["/moved"] = Page(status=301, headers={"Location": "there?a=1"})
        site.pages["/odd"] = Page(status=302, headers={"Location": "http://[::1"})
        site.pages["/there?a=1"] = Page("text", headers={"ETag": '"e"', "Content-Type": "text/plain"})
        moved = ask(f"{site.url}/moved", allow_private=True)
        assert (moved.status, moved.redirect, moved.content) == (301, f"{site.url}/there?a=1", b"")
        there = ask(f"{site.url}/there?a=1", allow_private=True, headers=(("User-Agent", "x"), ("Host", "y")))
        assert (there.status, there.header("ETag"), there.redirect, there.content) == (200, '"e"', None, b"text")
        assert site.asked[-1][2]["user-agent"] == "x"
        assert site.asked[-1][2]["host"] != "y"
        kept = ask(f"{site.url}/there?a=1", allow_private=True, headers=(("If-None-Match", '"e"'),))
        assert (kept.status, kept.content) == (304, b"")
        assert ask(f"{site.url}/none", allow_private=True).status == 404
        assert fetch(f"{site.url}/moved", allow_private=True).content == b"text"
        for path, words in (("/none", "answered 404"), ("/odd", "no usable URL")):
            with pytest.raises(UnreadableSource, match=words):
                fetch(site.url + path, allow_private=True)


def test_what_may_work_later_is_told_from_what_will_not() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NoAnswer):
        ask(f"http://127.0.0.1:{port}/", allow_private=True)
    for url in (
        "http://127.0.0.1/",
        "file:///etc/passwd",
        "http://a:b@x.example/",
        "http://[::1",
        "http://x.example:0/",
    ):
        with pytest.raises(NotAsked):
            ask(url)


def test_no_header_smuggles_another() -> None:
    with site_of(Clock()) as site, pytest.raises(UnreadableSource):
        ask(f"{site.url}/", allow_private=True, headers=(("If-None-Match", "a\r\nX-Evil: 1"),))
