"""RSS and Atom to entries. What is no feed says so; a feed that breaks off gives what stands before the break."""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import feedparser  # type: ignore[import-untyped]

from summitry.encoding import scalars
from summitry.watch.state import Pending

MOST_BYTES: Final = 4_000_000
"""Feeds measured stay under 2 MB; the parser takes ten seconds for the worst megabyte."""

MOST_ENTRIES: Final = 500
"""Entries of one feed that are looked at: feeds list 10 to 200."""

MOST_CONTENT: Final = 500_000
"""Characters of an article given in a feed; they are kept until it is read."""

FULL_WORDS: Final = 120
"""Words from which a feed's content may stand for the article: teasers have 20 to 80."""

_MOST_TITLE: Final = 300
_TAG: Final = re.compile(r"<[^<>]*>")
_AHEAD: Final = timedelta(days=2)
"""A date so far ahead is a slip; a day ahead is another time zone."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed holds: its title, its entries in its order, what is to be said of it, and whether it breaks off."""

    title: str | None
    entries: tuple[Pending, ...]
    notes: tuple[str, ...] = ()
    broken: bool = False


class NoFeed(Exception):
    """What is no feed, and what it is."""


def parse(content: bytes, address: str, media_type: str, now: float) -> Feed:
    """The entries of a feed that was received from ``address``.

    Raises:
        NoFeed: it is none.
    """
    if len(content) > MOST_BYTES:
        raise NoFeed(f"it has {len(content):,} bytes; a feed of at most {MOST_BYTES:,} is read")
    if not content.strip():
        raise NoFeed("it is empty")
    headers = {"content-location": address, "content-type": media_type}
    try:
        # A stream: given bytes or text, the parser would try them as an address or file name first.
        found = feedparser.parse(io.BytesIO(content), response_headers=headers, sanitize_html=False)
    except Exception as error:  # a parser of hostile input may fail anyhow; it is never our program that fails
        raise NoFeed(f"it cannot be parsed as a feed ({type(error).__name__})") from error
    entries = list(found.get("entries") or [])
    if not found.get("version") and not entries:
        raise NoFeed(_what(content, found))
    notes = []
    why = _broken(found.get("bozo_exception")) if found.get("bozo") else None
    if why:
        notes.append(f"it is not well-formed ({why}); {len(entries)} entries before that are read")
    if len(entries) > MOST_ENTRIES:
        notes.append(f"it lists {len(entries)} entries; the first {MOST_ENTRIES} are looked at")
    made: list[Pending] = []
    for entry in entries[:MOST_ENTRIES]:
        one = _entry(entry, now)
        if len(one.link) > MOST_LINK:
            told = f"an address of {len(one.link):,} characters; at most {MOST_LINK:,}"
            notes.append(f"entry {one.title!r} links to {told}")
            one.link = ""
        elif one.link and not _is_web(one.link):
            notes.append(f"entry {one.title!r} links to {one.link[:60]!r}, which is no http or https address")
            one.link = ""
        if one.link or one.content:
            made.append(one)
        elif not (notes and repr(one.title) in notes[-1]):
            notes.append(f"entry {one.title!r} has neither a link nor an article")
    title = _line(found.get("feed", {}).get("title"))
    return Feed(title or None, tuple(made), tuple(notes), why is not None)


MOST_LINK: Final = 8_192
"""Characters of an address, the most that servers take: what is longer is no article's."""


def _what(content: bytes, found: Any) -> str:  # noqa: ANN401 - the parser's own dictionary
    """What stands in the place of a feed, and where a page says that its feed is."""
    head = content[:2000].lstrip().lower()
    if not (head.startswith((b"<!doctype html", b"<html")) or b"<html" in head):
        start = content[:30].decode("utf-8", "replace")
        return f"it is no RSS or Atom feed; it starts with {start!r}"
    links = [
        str(one.get("href"))
        for one in found.get("feed", {}).get("links", [])
        if one.get("rel") == "alternate" and one.get("type") in ("application/rss+xml", "application/atom+xml")
    ]
    hint = f"; its feed may be {links[0][:200]}" if links else "; look for its feed's own address"
    return "it is a web page, no RSS or Atom feed" + hint


def _broken(error: object) -> str | None:
    """Why a feed is not well-formed; None for what does not matter (its media type, or its declared encoding)."""
    if error is None or isinstance(error, feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType):
        return None
    get = getattr(error, "getMessage", None)
    return _line(get() if get else str(error))[:120]


def _entry(entry: Any, now: float) -> Pending:  # noqa: ANN401 - the parser's own dictionary
    title = _line(_TAG.sub("", html.unescape(str(entry.get("title") or ""))))[:_MOST_TITLE]
    link = _address(str(entry.get("link") or ""))
    key = str(entry.get("id") or "") or link or title
    return Pending(
        key=scalars(key)[:2000],
        title=title or link or "without a title",
        link=link,
        date=_date(entry, now),
        authors=_line(entry.get("author"))[:_MOST_TITLE] or None,
        content=_content(entry),
    )


def _content(entry: Any) -> str | None:  # noqa: ANN401 - the parser's own dictionary
    """The longest content of an entry, if it is long enough to be the article."""
    values = [str(one.get("value") or "") for one in entry.get("content") or ()]
    best = max(values, key=len, default="")
    if len(_TAG.sub(" ", best).split()) < FULL_WORDS or len(best) > MOST_CONTENT:
        return None
    return scalars(best)


def _date(entry: Any, now: float) -> str | None:  # noqa: ANN401 - the parser's own dictionary
    """The day of an entry, in the time zone it gives; None where it gives none, or one that cannot be."""
    for name in ("published", "updated"):
        # As a plain dictionary: the parser's own would give one of them for the other, with a warning.
        day = _day(str(dict.get(entry, name) or "").strip())
        parsed = dict.get(entry, f"{name}_parsed")
        if day is None and parsed is not None:
            try:
                day = date(*parsed[:3])
            except (TypeError, ValueError):
                day = None
        if day is not None and date(1990, 1, 1) <= day <= (datetime.fromtimestamp(now, UTC) + _AHEAD).date():
            return day.isoformat()
    return None


def _day(words: str) -> date | None:
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return read(words).date()
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None


def _address(link: str) -> str:
    """A link without its fragment and without the parameters that count readers."""
    link = scalars(link.strip())
    try:
        parts = urlsplit(link)
        query = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return link
    if not any(name.startswith("utm_") for name, _ in query):
        return urlunsplit(parts._replace(fragment=""))
    kept = [(name, value) for name, value in query if not name.startswith("utm_")]
    return urlunsplit(parts._replace(query=urlencode(kept), fragment=""))


def _is_web(link: str) -> bool:
    try:
        parts = urlsplit(link)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _line(text: object) -> str:
    return " ".join(scalars(str(text or "")).split())
