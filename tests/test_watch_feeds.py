"""Feeds, against a real server on this computer: what is new is read, once, politely; what is off is said."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

pytest.importorskip("feedparser")
pytest.importorskip("protego")

from summitry.errors import UsageError
from summitry.intake.options import MAX_DOCUMENT_BYTES
from summitry.record import open_record
from summitry.watch.feeds import FULL_WORDS, NoFeed, parse
from summitry.watch.polite import back_off
from summitry.watch.state import Pending
from watch_site import DAY, START, Clock, Desk, Page, Site, names, rss, site_of


@pytest.fixture(name="site")
def _site() -> Iterator[Site]:
    with site_of(Clock()) as site:
        yield site


@pytest.fixture(name="desk")
def _desk(tmp_path: Path, site: Site) -> Desk:
    return Desk(tmp_path, site.clock)


def test_new_entries_are_read_once(site: Site, desk: Desk) -> None:
    feed = site.feed(1, 2, etag='"a"')
    first = desk.round(feed)
    assert names(first) == ["1", "2"]
    assert [(one.statements, one.events, one.moves) for one in first.reports] == [(0, 1, 0)] * 2
    assert first.reports[0].uri == f"{site.url}/news/1"
    site.asked.clear()
    site.clock.at += 1800
    assert desk.round(feed).reports == ()
    assert site.paths() == ["/feed.xml"]
    assert site.asked[0][2]["if-none-match"] == '"a"'
    site.feed(1, 2, 3, etag='"b"')
    site.asked.clear()
    assert names(desk.round(feed)) == ["3"]
    assert site.paths() == ["/feed.xml", "/news/3"]


def test_one_host_is_asked_with_time_between(site: Site, desk: Desk) -> None:
    site.pages["/robots.txt"] = Page("User-agent: *\nCrawl-delay: 11\nDisallow: /private/\n")
    desk.round(site.feed(1, 2, 3))
    times = [at for at, _, _ in site.asked]
    assert site.paths() == ["/robots.txt", "/feed.xml", "/news/1", "/news/2", "/news/3"]
    # Before robots.txt is read, no delay is known.
    assert [after - before for before, after in pairwise(times)] == [11.0] * 4
    agents = {headers["user-agent"] for _, _, headers in site.asked}
    assert len(agents) == 1
    assert agents.pop().startswith("summitry/")


def test_robots_forbids_a_page_and_the_feed_may_give_it(site: Site, desk: Desk) -> None:
    site.pages["/robots.txt"] = Page("User-agent: summitry\nDisallow: /news/*\n")
    words = (
        "Ardania met Belmark in Oslo on 2030-05-02. " + "The delegations came together for long talks. " * FULL_WORDS
    )
    item = (
        "<item><title>Whole in the feed</title><link>/news/7</link><pubDate>Fri, 03 May 2030 23:30:00 -0500</pubDate>"
        f"<content:encoded><![CDATA[<p>{words}</p><script>alert(1)</script>]]></content:encoded></item>"
    )
    found = desk.round(site.feed(1, more=item))
    assert names(found) == ["7"]
    assert (found.reports[0].outlet, str(found.reports[0].published.start)) == ("The Baltic Example", "2030-05-03")
    assert found.reports[0].uri == f"{site.url}/news/7"
    assert "article as the feed gives it is read" in desk.reasons("note")
    assert "robots.txt of 127.0.0.1" in desk.reasons("refused")
    assert found.rejected == 1
    assert not [path for path in site.paths() if path.startswith("/news/")]
    with open_record(desk.record) as record:
        assert "alert" not in record.article(found.reports[0].id).text
    site.asked.clear()
    assert desk.round(f"{site.url}/feed.xml").rejected == 0


def test_without_robots_nothing_is_asked(site: Site, desk: Desk) -> None:
    site.pages["/robots.txt"] = Page(status=500)
    feed = site.feed(1)
    found = desk.round(feed)
    assert found.inputs == ((feed, "failed"),)
    assert site.paths() == ["/robots.txt"]
    assert "nothing without it" in desk.reasons("failed")
    site.pages["/robots.txt"] = Page(status=404)
    site.clock.at += 600
    assert len(desk.round(feed).reports) == 1
    # A copy that is a day old stands in for one that cannot be reached.
    site.pages["/robots.txt"] = Page(status=503)
    site.clock.at += 2 * DAY
    site.feed(1, 2)
    assert desk.round(feed).inputs == ((feed, "waiting"),)
    site.clock.at += 3600
    assert len(desk.round(feed).reports) == 1


def test_a_busy_host_is_left_alone_for_as_long_as_it_says(site: Site, desk: Desk) -> None:
    feed = site.feed(1)
    good = site.pages["/feed.xml"]
    assert isinstance(good, Page)
    site.pages["/feed.xml"] = [Page(status=429, headers={"Retry-After": "7200"}), good]
    assert desk.round(feed).inputs == ((feed, "failed"),)
    site.asked.clear()
    site.clock.at += 7000
    assert desk.round(feed).inputs == ((feed, "waiting"),)
    assert site.asked == []
    site.clock.at += 201
    assert len(desk.round(feed).reports) == 1


def test_back_off_doubles_up_to_a_day(site: Site, desk: Desk) -> None:
    feed = site.feed(1)
    site.pages["/feed.xml"] = Page(status=500)
    for wait in (300, 600, 1200):
        assert desk.round(feed).inputs == ((feed, "failed"),)
        site.clock.at += wait - 10
        assert desk.round(feed).inputs == ((feed, "waiting"),)
        site.clock.at += 11
    assert [back_off(number) for number in (1, 2, 3, 9, 10, 1_000)] == [300, 600, 1200, 76_800, 86_400, 86_400]


def test_gone_is_dropped_and_moved_is_remembered(site: Site, desk: Desk) -> None:
    feed = site.feed(1)
    site.pages["/old.xml"] = Page(status=301, headers={"Location": "/feed.xml"})
    site.pages["/gone.xml"] = Page(status=410)
    old, gone = f"{site.url}/old.xml", f"{site.url}/gone.xml"
    found = desk.round(old, gone)
    assert found.inputs == ((old, "read"), (gone, "failed"))
    assert f"moved for good to {feed}" in desk.reasons("note")
    assert "dropped" in desk.reasons("failed")
    site.asked.clear()
    site.clock.at += 2 * DAY
    assert desk.round(old, gone).inputs == ((old, "read"), (gone, "waiting"))
    assert site.paths() == ["/robots.txt", "/feed.xml"]
    assert "410" in desk.reasons("note")


def test_a_page_for_the_moment_elsewhere_moves_nothing(site: Site, desk: Desk) -> None:
    site.feed(1)
    site.pages["/old.xml"] = Page(status=302, headers={"Location": "/feed.xml"})
    old = f"{site.url}/old.xml"
    desk.round(old)
    site.asked.clear()
    desk.round(old)
    assert site.paths() == ["/old.xml", "/feed.xml"]


def test_a_page_that_fails_is_tried_again_and_given_up(site: Site, desk: Desk) -> None:
    feed = site.feed(1, 2)
    good = site.pages["/news/1"]
    assert isinstance(good, Page)
    site.pages["/news/1"] = [Page(status=500), good]
    site.pages["/news/2"] = Page(status=500)
    first = desk.round(feed)
    assert (first.reports, first.rejected, first.pending) == ((), 0, 2)
    site.clock.at += 400
    assert names(desk.round(feed)) == ["1"]
    for _ in range(6):
        site.clock.at += 1.5 * DAY
        found = desk.round(feed)
    assert (found.rejected, found.pending) == (1, 0)
    assert "given up after 8 tries" in desk.reasons("refused")


def test_a_page_that_is_gone_is_rejected_and_kept_so(site: Site, desk: Desk) -> None:
    feed = site.feed(1, 2)
    del site.pages["/news/2"]
    found = desk.round(feed)
    assert (names(found), found.rejected) == (["1"], 1)
    with open_record(desk.record) as record:
        assert [one.status for one in record.sources() if one.uri.endswith("/2")] == ["rejected"]


def test_the_day_of_an_entry_counts_where_the_page_has_none(site: Site, desk: Desk) -> None:
    items = "".join(
        f"<item><title>Round {number}</title><link>{site.article(number, day=day)}</link>"
        f"<pubDate>Sun, 05 May 2030 10:00:00 GMT</pubDate></item>"
        for number, day in ((1, None), (2, "2030-05-03"))
    )
    site.pages["/feed.xml"] = Page(rss(items))
    found = desk.round(f"{site.url}/feed.xml")
    days = {one.uri[-1]: (str(one.published.start), one.published.basis) for one in found.reports}
    assert days["1"] == ("2030-05-05", "stated: feed")
    assert days["2"][0] == "2030-05-03"


def test_stopped_in_between_nothing_is_lost_and_nothing_twice(site: Site, desk: Desk) -> None:
    class Killed(BaseException):
        pass

    feed = site.feed(1, 2, 3)
    watcher = desk.watcher(feed)
    strike_off, done = watcher.strike_off, list[Pending]()

    def dying(one: Pending) -> None:
        if done:
            raise Killed
        done.append(one)
        strike_off(one)

    watcher.strike_off = dying  # type: ignore[method-assign]
    with pytest.raises(Killed):
        watcher.round()
    # The feed has forgotten its entries meanwhile.
    site.feed(4)
    site.asked.clear()
    found = desk.round(feed)
    assert sorted(names(found)) == ["1", "2", "3", "4"]
    assert "/news/1" not in site.paths()
    with open_record(desk.record) as record:
        assert len(record.source_ids()) == 4
    assert desk.round(feed).reports == ()


OFF = {
    "a web page": Page("<!doctype html><html><head><title>x</title></head><body>Hi</body></html>"),
    "its feed may be": Page(
        '<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>Hi</body></html>'
    ),
    "it starts with '{\"a\": 1}'": Page('{"a": 1}'),
    "it is empty": Page(""),
    "at most": Page(b"<rss>" + b" " * (MAX_DOCUMENT_BYTES + 1)),
    "a feed of at most 4,000,000": Page(b"<rss>" + b" " * 4_000_001),
    "times its size": Page(gzip.compress(b"<rss>" + b" " * 80_000_000), headers={"Content-Encoding": "gzip"}),
    "redirects more than": Page(status=302, headers={"Location": "/bad.xml"}),
    "is no http or https address with": Page(status=302, headers={"Location": "http://[::1"}),
    "no http or https address": Page(status=301, headers={"Location": "file:///etc/passwd"}),
    "the server answered 404": Page(status=404),
    "the server answered 403": Page(status=403),
}


@pytest.mark.parametrize("words", OFF)
def test_what_is_no_feed_says_so_and_the_others_go_on(site: Site, desk: Desk, words: str) -> None:
    good, bad = site.feed(1), f"{site.url}/bad.xml"
    site.pages["/bad.xml"] = OFF[words]
    found = desk.round(bad, good)
    assert found.inputs == ((bad, "failed"), (good, "read"))
    assert words in desk.reasons("failed")
    assert len(found.reports) == 1


def test_a_feed_that_breaks_off_gives_what_stands_before(site: Site, desk: Desk) -> None:
    feed = site.feed(1, 2, etag='"a"')
    page = site.pages["/feed.xml"]
    assert isinstance(page, Page)
    whole = page.content
    page.body = whole[: whole.rindex(b"<item>") + 40]
    assert names(desk.round(feed)) == ["2"]
    assert "not well-formed" in desk.reasons("note")
    page.body = whole
    # Its validator was not kept, so that it comes again as a whole.
    assert names(desk.round(feed)) == ["1"]


def test_entity_bombs_and_outer_entities_are_harmless() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a0 "ha">' + b"".join(
        b'<!ENTITY a%d "%s">' % (number, (b"&a%d;" % (number - 1)) * 10) for number in range(1, 10)
    )
    bomb += (
        b']><rss version="2.0"><channel><item><title>&a9;</title><link>http://x.example/1</link></item></channel></rss>'
    )
    found = parse(bomb, "http://x.example/f", "text/xml", START)
    assert len(str(found)) < 10_000
    outer = bomb[: bomb.index(b"<!ENTITY")] + b'<!ENTITY a9 SYSTEM "file:///etc/passwd">' + bomb[bomb.index(b"]>") :]
    assert "root:" not in str(parse(outer, "http://x.example/f", "text/xml", START))


def test_links_and_days_of_entries() -> None:
    items = """
    <item><title>Relative</title><link>../a?utm_source=rss&amp;id=1#top</link><pubDate>when?</pubDate></item>
    <item><title>Script</title><link>javascript:alert(1)</link></item>
    <item><title>Data</title><link>data:text/html,x</link></item>
    <item><title>Bracket</title><link>http://[::1/x</link></item>
    <item><title>Future &lt;b&gt;x&lt;/b&gt;</title><link>http://y.example/b</link>
    <pubDate>Fri, 03 May 2999 10:00:00 GMT</pubDate></item>
    <item><title>Zone</title><link>http://y.example/c</link><pubDate>Fri, 03 May 2030 00:30:00 +0900</pubDate></item>
    """
    found = parse(rss(items).encode(), "http://x.example/feeds/all.xml", "text/xml", START)
    assert [(one.link, one.date) for one in found.entries] == [
        ("http://x.example/a?id=1", None),
        ("http://y.example/b", None),
        ("http://y.example/c", "2030-05-03"),
    ]
    assert found.entries[1].title == "Future x"
    assert "'Script' links to 'javascript:alert(1)'" in " ".join(found.notes)
    assert "'Data'" in " ".join(found.notes)
    assert "'Bracket'" in " ".join(found.notes)
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://b.example/q/"><title>T</title><entry><id>urn:1</id>'
        '<title>A</title><link rel="alternate" href="../a"/><updated>2030-05-01T23:00:00-05:00</updated></entry></feed>'
    )
    only = parse(atom.encode(), "http://x.example/", "application/atom+xml", START).entries[0]
    assert (only.key, only.link, only.date) == ("urn:1", "http://b.example/a", "2030-05-01")


def test_garbage_is_no_feed() -> None:
    for garbage in (b"\x00" * 1000, b"<" * 5000, b"&" * 5000, b"<?xml version='1.0'?>", b"\xff\xfe<\x00r\x00"):
        with pytest.raises(NoFeed):
            parse(garbage, "http://x.example/", "", START)


def test_private_addresses_are_refused_unless_allowed(site: Site, desk: Desk) -> None:
    from summitry.watch.rounds import Watcher
    from summitry.watch.saying import Means, Options

    feed = site.feed(1)
    watcher = Watcher([feed], desk.record, desk.state, Options(), desk.said.append, Means(site.clock))
    assert watcher.round().inputs == ((feed, "failed"),)
    assert "not a public address" in desk.reasons("failed")
    assert site.asked == []


@pytest.mark.parametrize("given", ["ftp://x.example/f", "https://", "http://a:b@x.example/", "http://[x/", "nowhere"])
def test_inputs_that_are_off(desk: Desk, given: str) -> None:
    with pytest.raises(UsageError, match="allowed"):
        desk.watcher(given)


def test_a_redirect_to_another_host_asks_its_rules_too(site: Site, desk: Desk) -> None:
    with site_of(site.clock) as other:
        other.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /news/2\n")
        feed = site.feed(1, 2)
        for number in (1, 2):
            where = other.url + other.article(number)
            site.pages[f"/news/{number}"] = Page(status=302, headers={"Location": where})
        found = desk.round(feed)
        assert (names(found), found.rejected) == (["1"], 1)
        assert other.paths() == ["/robots.txt", "/news/1"]
        assert "robots.txt of 127.0.0.1" in desk.reasons("refused")


def test_a_host_that_wants_long_pauses_keeps_nobody_waiting(site: Site, desk: Desk) -> None:
    site.pages["/robots.txt"] = Page("User-agent: *\nCrawl-delay: 900\n")
    feed = site.feed(1, 2)
    assert desk.round(feed).inputs == ((feed, "waiting"),)
    for pending in (2, 1, 0):
        site.clock.at += 901
        assert desk.round(feed).pending == pending
    assert sum(site.clock.slept) < 10


def test_two_feeds_with_one_article_and_entries_of_no_id(site: Site, desk: Desk) -> None:
    feed = site.feed(1)
    link = f"{site.url}/news/1?utm_source=b#top"
    site.pages["/other.xml"] = Page(rss(f"<item><title>Same</title><link>{link}</link></item>" * 2))
    assert len(desk.round(feed, f"{site.url}/other.xml").reports) == 1
    assert site.paths().count("/news/1") == 1


def test_many_entries_are_left_to_the_next_round(site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summitry.watch.rounds.MOST_PAGES", 2)
    feed = site.feed(1, 2, 3)
    first = desk.round(feed)
    assert (names(first), first.pending) == (["1", "2"], 1)
    assert "1 more to be read are left to the next round" in desk.reasons("note")
    assert names(desk.round(feed)) == ["3"]


def test_a_page_of_html_is_read_as_any_page(site: Site, desk: Desk) -> None:
    words = " ".join(f"The delegations came together for round {number} of their talks." for number in range(30))
    site.pages["/news/1"] = Page(
        f"<html><head><title>Talks - Example</title></head><body><article><h1>Talks</h1>"
        f"<p>Ardania met Belmark in Oslo on 2030-05-01. {words}</p><p>{words}</p></article>"
        "<script>alert(1)</script></body></html>",
        headers={"Content-Type": "text/html; charset=utf-8"},
    )
    item = "<item><title>Talks</title><link>/news/1</link><pubDate>Wed, 01 May 2030 10:00:00 GMT</pubDate></item>"
    site.pages["/feed.xml"] = Page(rss(item))
    found = desk.round(f"{site.url}/feed.xml")
    assert (found.reports[0].headline, str(found.reports[0].published.start)) == ("Talks", "2030-05-01")
    assert found.reports[0].events == 1
