"""Attacks on watching: hostile robots.txt, feeds that are bombs, entries that lead inwards, hosts without end."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from protego import Protego

from summitry.intake.fetch import Answer, NotAsked, ask
from summitry.watch import feeds, polite
from summitry.watch.polite import LONGEST_ASKED, MOST_HOSTS, RULES_KEPT, Guest, NotNow, Refused, ours
from summitry.watch.state import HostState
from watch_site import Clock, Page, rss, site_of

AGENTS = "User-agent: *\n"
NOW = 1_900_000_000.0


def guest_of(rules: str, hosts: dict[str, HostState] | None = None) -> Guest:
    """A guest of hosts that all have the same robots.txt, and the same page everywhere else."""

    def asked(url: str, **_: object) -> Answer:
        content = rules if urlsplit(url).path == "/robots.txt" else "a page"
        return Answer(url, 200, "OK", (("content-type", "text/plain"),), content.encode())

    return Guest(hosts if hosts is not None else {}, Clock(), asked=asked)


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


# robots.txt.


@pytest.mark.parametrize(
    "value", ["1e300", "1e308", "inf", "-inf", "nan", "-5", "9" * 400, "1e-400", "0x10", "٣", "31536000"]
)
def test_no_crawl_delay_puts_a_host_out_of_time(value: str) -> None:
    guest = guest_of(f"{AGENTS}Crawl-delay: {value}\n")
    with pytest.raises(NotNow) if value in ("1e300", "1e308", "31536000") else _nothing() as later:
        guest.get("http://x.example/a")
    assert 0 < guest.delay("http://x.example/a") <= LONGEST_ASKED
    if later is not None:
        assert later.value.until <= Clock().now() + LONGEST_ASKED + 1


class _nothing:  # noqa: N801 - stands where pytest.raises stands
    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None


HOSTILE_RULES = {
    "names times rules": "".join(f"User-agent: r{n}\n" for n in range(15_000)) + "Disallow: /x\n" * 15_000,
    "stars in names": "".join(f"User-agent: {'*' * n}s\n" for n in range(600)) + "Disallow: /x\n" * 20_000,
    "wild cards": AGENTS + f"Disallow: /{'*a' * 100_000}b$\n",
    "many wild cards": AGENTS + "Disallow: /*a*a*a*a*a*a*a*a*b$\n" * 15_000,
    "dollars": AGENTS + f"Allow: {'$' * 200_000}\n",
    "percents": AGENTS + f"Disallow: /{'%' * 200_000}\n",
    "one line": "User-agent: " + "*" * 500_000,
    "colons": ":" * 500_000,
    "nul": AGENTS + "Disallow: /\0\n" + "\0" * 100_000,
}


@pytest.mark.parametrize("what", HOSTILE_RULES)
def test_hostile_rules_are_read_in_seconds(what: str) -> None:
    guest = guest_of(HOSTILE_RULES[what])

    def twice() -> None:
        for path in ("a" * 4_000, "x"):
            with suppress(Refused):
                guest.get(f"http://x.example/{path}")

    assert timed(twice) < 4


@pytest.mark.parametrize(
    "rules",
    [
        "User-agent: *\nDisallow: /a",
        "User-agent: other\nUser-agent: another\nDisallow: /b\n\nUser-agent: *\nDisallow: /a",
        "User-agent: other\nUser-agent: summitry\nUser-agent: third\nDisallow: /a\nUser-agent: *\nDisallow: /b",
        "user agent: SUMMITRY # us\nDisallow: /a\nUser-agent: x\nDisallow: /b",
        "User-agent : summitry\nDisallow : /a",
        "useragent summitry\nDisallow /a",
        "User-agent: summitry*\nDisallow: /a",
        "User-agent: s*u*m\nDisallow: /a",
        "User-agent: *\nUser-agent: x\nDisallow: /a\nUser-agent: y\nDisallow: /b",
        "User-agent: x\n# a remark\nUser-agent: *\nDisallow: /a\n\nSitemap: https://x.example/b\nDisallow: /c",
        "User-agent:\nDisallow: /a",
        "Disallow: /a",
        "",
    ],
)
def test_rules_without_other_robots_names_say_the_same_to_us(rules: str) -> None:
    whole, reduced = Protego.parse(rules), Protego.parse(ours(rules))
    for path in ("/", "/a", "/b", "/c"):
        url = f"http://x.example{path}"
        assert reduced.can_fetch(url, "summitry") == whole.can_fetch(url, "summitry"), path
    assert reduced.crawl_delay("summitry") == whole.crawl_delay("summitry")


def test_robots_txt_is_asked_for_nowhere_inwards() -> None:
    clock = Clock()
    with site_of(clock) as site:

        def asked(url: str, **_: object) -> Answer:
            if url.startswith("http://open.example/"):
                return Answer(url, 302, "Found", (("location", f"{site.url}/robots.txt"),), b"")
            return ask(url)  # as ever: no private addresses

        with pytest.raises(Refused, match="not a public address"):
            Guest({}, clock, asked=asked).get("http://open.example/a")
        assert site.asked == []


# Hosts without end.


@pytest.mark.slow
def test_hosts_and_their_rules_are_forgotten() -> None:
    hosts: dict[str, HostState] = {}
    clock = Clock()
    rules = AGENTS + "Disallow: /x\n" * 38_000  # almost all of what is read of a robots.txt

    def asked(url: str, **_: object) -> Answer:
        content = rules if urlsplit(url).path == "/robots.txt" and "big" in url else "a page"
        return Answer(url, 200, "OK", (("content-type", "text/plain"),), content.encode())

    guest = Guest(hosts, clock, asked=asked)
    for number in range(30):
        guest.get(f"http://big{number}.example/a")
        clock.at += 60
    assert sum(len(one.rules or "") for one in hosts.values()) <= RULES_KEPT
    assert hosts["big29.example"].rules and hosts["big0.example"].rules is None
    for number in range(MOST_HOSTS + 50):
        guest.get(f"http://h{number}.example/a")
        clock.at += 60
    assert len(hosts) == MOST_HOSTS
    assert "h0.example" not in hosts and f"h{MOST_HOSTS + 49}.example" in hosts
    assert len(guest._parsed) <= polite.PARSED_KEPT


def test_looking_when_a_host_may_be_asked_remembers_nothing() -> None:
    hosts: dict[str, HostState] = {}
    guest = guest_of("", hosts)
    for number in range(100):
        assert guest.ready_at(f"http://h{number}.example/") <= Clock().now()
    assert not hosts


def test_a_host_that_wants_to_be_left_alone_is_not_forgotten_for_others() -> None:
    hosts: dict[str, HostState] = {}
    guest = guest_of("", hosts)
    hosts["alone.example"] = HostState(not_before=Clock().now() + 86_400)
    for number in range(MOST_HOSTS + 10):
        guest.get(f"http://h{number}.example/a")
    assert "alone.example" in hosts


# Feeds.

LAUGHS = "".join(
    f"<!ENTITY l{n} '{''.join([f'&l{n - 1};'] * 10) if n else 'laughs and more laughs'}'>" for n in range(10)
)


@pytest.mark.parametrize(
    "doctype",
    [
        f"<!DOCTYPE rss [{LAUGHS}]>",
        f"<!DOCTYPE rss [<!ENTITY a '{'x' * 100_000}'>]>",
        "<!DOCTYPE rss [<!ENTITY l9 SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE rss [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]>",
        "<!DOCTYPE rss SYSTEM 'file:///etc/passwd'>",
        "<!DOCTYPE rss PUBLIC 'x' 'http://127.0.0.1:1/evil.dtd'>",
    ],
)
def test_entities_of_a_feed_are_not_expanded(doctype: str) -> None:
    item = "<item><title>T &l9; &a;</title><link>http://x.example/1</link><description>&l9;</description></item>"
    text = rss(item * 20).replace("?>", f"?>{doctype}", 1)
    found: list[feeds.Feed] = []

    def read() -> None:
        with suppress(feeds.NoFeed):
            found.append(feeds.parse(text.encode(), "http://x.example/feed", "application/rss+xml", NOW))

    assert timed(read) < 5
    told = repr(found)
    assert "root:" not in told
    assert len(told) < 200_000


@pytest.mark.parametrize(
    "body",
    [
        "<rss><channel>" + "<item>" * 20_000,
        "<rss>" + "<a>" * 20_000,
        "<rss><channel><item><title>" + "&lt;" * 100_000,
        "<rss><channel><item><title>" + "<" * 50_000,
        "<rss><channel><item><title>" + "&#" * 100_000,
        "<rss><channel>" + "<item a='" * 20_000,
        "<rss><channel>" + "<!--" * 50_000,
        "<rss><channel>" + "<![CDATA[" * 20_000,
        "<?xml " + "x" * 300_000,
    ],
)  # fmt: skip
def test_a_broken_feed_takes_seconds(body: str) -> None:
    def read() -> None:
        with suppress(feeds.NoFeed):
            feeds.parse(body.encode(), "http://x.example/feed", "application/rss+xml", NOW)

    assert timed(read) < 10


@pytest.mark.parametrize(
    "link",
    [
        "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "ftp://x.example/", "//", "http://",
        "http://[::1", "\\\\server\\share", "jar:file:///x!/", "gopher://127.0.0.1:25/_x",
    ],
)  # fmt: skip
def test_entries_that_are_no_pages_are_not_asked_for(link: str) -> None:
    text = rss(f"<item><title>T</title><link>{link.replace('&', '&amp;')}</link></item>")
    found = feeds.parse(text.encode(), "http://x.example/feed", "application/rss+xml", NOW)
    for one in found.entries:
        with pytest.raises(Refused):
            guest_of("").get(one.link) if not one.link.startswith("http://x.example/") else _refuse()


def _refuse() -> None:
    raise Refused("a relative address leads to the feed's own host")


@pytest.mark.parametrize(
    "link",
    ["http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://[::ffff:127.0.0.1]:{port}/", "http://0:{port}/",
     "http://2130706433:{port}/", "http://x:y@127.0.0.1:{port}/", "//127.0.0.1:{port}/"],
)  # fmt: skip
def test_entries_that_lead_inwards_are_refused(link: str) -> None:
    with site_of(Clock()) as site:
        site.pages["/"] = Page("secret")
        where = link.format(port=urlsplit(site.url).port)
        text = rss(f"<item><title>T</title><link>{where}</link></item>")
        (one,) = feeds.parse(text.encode(), "http://x.example/feed", "application/rss+xml", NOW).entries
        with pytest.raises(Refused) as refused:
            Guest({}, Clock(), asked=ask).get(one.link)
        assert not refused.value.asked
        assert site.asked == []


def test_an_address_within_a_feed_may_not_change_what_is_asked(tmp_path: Path) -> None:
    with pytest.raises(NotAsked):
        ask("http://x.example/" + "a" * 100_000)
    text = rss("<item><title>T</title><link>a</link></item>").replace("<rss ", "<rss xml:base='file:///etc/' ")
    for one in feeds.parse(text.encode(), "http://x.example/feed", "application/rss+xml", NOW).entries:
        assert not one.link.startswith("file:")
