"""What was got, as sources: a page with what its feed says of it, or the article that the feed gives."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

from summitry.encoding import scalars
from summitry.vocabulary import Source
from summitry.watch.polite import Got
from summitry.watch.state import FeedState, Pending


def from_page(one: Pending, got: Got, now: float) -> Source:
    """The page of an entry, got at ``now``; the day that the feed gives counts where the page gives none."""
    answer = got.answer
    metadata = [("url", scalars(answer.url))]
    if one.date:
        metadata.append(("feed_date", one.date))
    fetched = datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
    media_type = answer.header("content-type") or "text/html"
    return Source(scalars(one.link), answer.content, media_type, fetched, tuple(metadata))


def from_feed(feed: FeedState, one: Pending) -> Source:
    """The article that a feed gives, as a page."""
    page = (
        f"<!doctype html><html><head><title>{escape(one.title)}</title></head><body><article>"
        f"<h1>{escape(one.title)}</h1>{one.content or ''}</article></body></html>"
    )
    told = (
        ("title", one.title),
        ("date", one.date),
        ("url", one.link),
        ("outlet", feed.title),
        ("authors", one.authors),
    )
    metadata = tuple((name, value) for name, value in told if value)
    uri = one.link or f"{feed.address}#{one.key}"
    return Source(scalars(uri), page.encode("utf-8"), "text/html; charset=utf-8", None, metadata)
