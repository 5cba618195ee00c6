"""One look at all feeds and folders: what is new is read into the record, what goes wrong is said.

1. feeds       conditional GET -> entries not seen before, written down as to be read
2. folders     files that are new or changed
3. reading     files, then pages as their hosts' turns come -> the record; each is struck off when it is there
4. telling     what is new in the record

Whatever stops it, nothing is lost: what is not struck off is read by the next round, and no report twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from os import R_OK, access
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from summitry.encoding import scalars
from summitry.errors import UsageError
from summitry.ingest import Progress, ingest
from summitry.intake import IntakeOptions, iter_sources
from summitry.intake.options import refused
from summitry.record import open_record
from summitry.vocabulary import Rejected, Source
from summitry.watch import feeds, folders
from summitry.watch.pages import from_feed, from_page
from summitry.watch.polite import PATIENCE_SECONDS, Guest, NotNow, Refused, back_off
from summitry.watch.saying import Fate, Means, NewReport, Options, Round, Said
from summitry.watch.state import FeedState, Pending, load, save

MOST_TRIES: Final = 8
"""Times that a page is asked for: with the back-off, over two days; then it is given up."""

MOST_PAGES: Final = 200
"""Pages that one round asks for: at five seconds each a quarter of an hour; the rest is left to the next round."""

_ACCEPT: Final = ("Accept", "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5")

MOST_PENDING: Final = 2_000
"""Entries of one feed that wait to be read: four rounds of the longest feed there may be."""

MOST_SEEN: Final = 50_000
"""Entries of one feed that are remembered, the latest: a busy feed has a hundred a day, and forgets its own sooner."""


class Watcher:
    """Looks at feeds and folders, round after round.

    ``tell`` hears at once what is to be said. ``clock`` and ``asked`` (one request) are for tests.

    Raises:
        UsageError: an input is neither an http or https address nor a folder; or the state cannot be used.
    """

    def __init__(
        self,
        inputs: Sequence[str],
        record: Path,
        state: Path,
        options: Options,
        tell: Callable[[Said], None],
        means: Means | None = None,
    ) -> None:
        means = means or Means()
        self._feeds = tuple(dict.fromkeys(one for one in inputs if "://" in one[:12]))
        self._folders = tuple(Path(one) for one in dict.fromkeys(inputs) if "://" not in one[:12])
        for one in self._feeds:
            _check_address(one)
        for folder in self._folders:
            if not folder.is_dir():
                raise UsageError(f"{folder} is no folder; allowed: addresses of feeds (https://...) and folders")
        self._record = record
        self._place = state
        self._options = options
        self._tell = tell
        self._clock = means.clock
        self._make_reader = means.make_reader
        self._state = load(state)
        self._guest = Guest(
            self._state.hosts,
            self._clock,
            gap=options.gap,
            allow_private=options.read.allow_private,
            asked=means.asked,
        )
        self._told_gone: set[str] = set()

    def round(self) -> Round:
        """One look at everything.

        Raises:
            RecordError: the record cannot be used.
            UsageError: the state cannot be written, or an option is off.
        """
        with open_record(self._record, create=True) as record:
            before = frozenset(record.source_ids())
            known = {cited.uri for cited in record.citations(before).values()}
        # Stopped between the record and the state: it is there, and nobody was told.
        for pending in self._waiting():
            for one in [one for one in pending if one.link and scalars(one.link) in known]:
                self.strike_off(one)
        earlier = frozenset(self._state.untold)
        self._state.forget(self._clock.now())
        # Those first that have waited longest: of a host with long pauses only one may have its turn.
        turns = sorted(self._feeds, key=lambda url: self._state.feeds[url].asked if url in self._state.feeds else 0.0)
        looked = {url: self._look(url, known) for url in turns}
        fates: list[tuple[str, Fate]] = [(url, looked[url]) for url in self._feeds]
        files: list[tuple[Path, folders.Stamp]] = []
        for folder in self._folders:
            try:
                files += folders.changed(folder, self._state.files, self._clock)
                fates.append((str(folder), "read"))
            except OSError as error:
                self._tell(Said("failed", str(folder), f"the folder cannot be read ({error.strerror})"))
                fates.append((str(folder), "failed"))
        # Should this round be stopped, the next one still tells of these.
        self._state.untold += [scalars(str(path)) for path, _ in files]
        self._save()
        work = _Work(self, files)
        report = ingest(
            (*self._feeds, *map(str, self._folders)),
            self._record,
            self._options.read,
            work.done,
            self._make_reader,
            work.sources(),
        )
        for path, stamp in files:
            # A file that may not be read now may be later, with the same stamp.
            if access(path, R_OK):
                self._state.files[folders.key_of(path)] = stamp
        self._save()
        for refusal in report.refusals:
            self._tell(Said("refused", refusal.uri, f"{refusal.reason} (at {refusal.stage})"))
        for refusal in report.unreconciled:
            self._tell(Said("note", refusal.uri, f"read, but not brought together with the rest: {refusal.reason}"))
        return Round(self._new(before, earlier), report.rejected, tuple(fates), sum(map(len, self._waiting())))

    # ── feeds ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _look(self, url: str, known: set[str]) -> Fate:
        """Look at one feed; what is new in it is written down as to be read."""
        feed = self._state.feeds.setdefault(url, FeedState(url))
        if feed.gone:
            if url not in self._told_gone:
                self._told_gone.add(url)
                self._tell(Said("note", url, "the feed was given up by its server (410 Gone); it is asked no more"))
            return "waiting"
        if feed.not_before > self._clock.now():
            self._tell(
                Said("note", url, f"not asked before {_instant(feed.not_before)}, after {feed.failures} failures")
            )
            return "waiting"
        if self._pages_first(feed):
            self._tell(Said("note", url, "not asked now: its host wants long pauses, and its pages come first"))
            return "waiting"
        try:
            found = self._news(url, feed)
        except Refused as error:
            if error.gone:
                feed.gone = True
                self._told_gone.add(url)
                error = Refused(f"{error.reason}: the feed is dropped")
            if not error.asked:
                self._tell(Said("failed", url, error.reason))
                return "failed"
            return self._feed_failed(url, feed, error.reason, 0.0)
        except feeds.NoFeed as error:
            return self._feed_failed(url, feed, str(error), 0.0)
        except NotNow as error:
            if not error.tried:
                self._tell(Said("note", url, f"{error.reason}, until {_instant(error.until)}"))
                return "waiting"
            return self._feed_failed(url, feed, error.reason, error.until)
        feed.failures, feed.not_before = 0, 0.0
        if found is not None:
            self._note_entries(feed, found, known)
        self._save()
        return "read"

    def _pages_first(self, feed: FeedState) -> bool:
        """Whether asking for the feed would take the turn of its pages, round after round."""
        if self._guest.delay(feed.address) <= PATIENCE_SECONDS:
            return False
        host, now = urlsplit(feed.address).netloc, self._clock.now()
        return any(urlsplit(one.link).netloc == host and one.not_before <= now for one in feed.pending)

    def _news(self, url: str, feed: FeedState) -> feeds.Feed | None:
        """The feed, as far as its server says that it has changed.

        Raises:
            NoFeed: something else is there.
            NotNow: not now.
            Refused: never.
        """
        feed.asked = self._clock.now()
        headers = [_ACCEPT]
        if feed.etag:
            headers.append(("If-None-Match", feed.etag))
        if feed.modified:
            headers.append(("If-Modified-Since", feed.modified))
        got = self._guest.get(feed.address, headers)
        if got.moved is not None and got.moved != feed.address:
            self._tell(Said("note", url, f"has moved for good to {got.moved}, which is asked from now on"))
            feed.address = got.moved
        if got.answer.status == 304:
            return None
        answer = got.answer
        found = feeds.parse(answer.content, answer.url, answer.header("content-type") or "", self._clock.now())
        for note in found.notes:
            self._tell(Said("note", url, note))
        # What came broken is asked for again as a whole.
        feed.etag = answer.header("etag") if not found.broken else None
        feed.modified = answer.header("last-modified") if not found.broken else None
        feed.title = found.title
        return found

    def _feed_failed(self, url: str, feed: FeedState, reason: str, until: float) -> Fate:
        feed.failures += 1
        feed.not_before = max(until, self._clock.now() + back_off(feed.failures))
        self._tell(Said("failed", url, reason))
        self._save()
        return "failed"

    def _note_entries(self, feed: FeedState, found: feeds.Feed, known: set[str]) -> None:
        """Write down the entries of a feed that are not known, the oldest first, as feeds list the newest first."""
        now = self._clock.now()
        waiting = {one.link for entries in self._waiting() for one in entries if one.link}
        for entry in reversed(found.entries):
            new = entry.key not in feed.seen
            if new and len(feed.pending) >= MOST_PENDING:
                continue  # not seen yet: the feed will list it again
            feed.seen[entry.key] = now
            if new and entry.link not in self._state.read and entry.link not in known and entry.link not in waiting:
                feed.pending.append(entry)
                if entry.link:
                    waiting.add(entry.link)
        if len(feed.seen) > MOST_SEEN:
            kept = sorted(feed.seen.items(), key=lambda one: one[1])[-MOST_SEEN:]
            feed.seen = dict(kept)

    def _waiting(self) -> Iterator[list[Pending]]:
        """The entries to be read of the feeds that are watched now."""
        return (self._state.feeds[url].pending for url in self._feeds if url in self._state.feeds)

    # ── pages ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def pages(self) -> Iterator[tuple[Pending, Source | Rejected]]:
        """The pages of the entries to be read, as their hosts' turns come."""
        left = [(self._state.feeds[url], one) for url in self._feeds for one in self._state.feeds[url].pending]
        left = [(feed, one) for feed, one in left if one.not_before <= self._clock.now()]
        if len(left) > MOST_PAGES:
            self._tell(Said("note", "feeds", f"{len(left) - MOST_PAGES} more to be read are left to the next round"))
            del left[MOST_PAGES:]
        while left:
            at = min(range(len(left)), key=lambda number: self._ready_at(left[number][1]))
            if self._ready_at(left[at][1]) - self._clock.now() > PATIENCE_SECONDS:
                hosts = ", ".join(sorted({urlsplit(one.link).netloc for _, one in left}))
                self._tell(Said("note", hosts, f"{len(left)} entries wait: the hosts want to be left alone"))
                return
            feed, one = left.pop(at)
            found = self._page(feed, one)
            if found is not None:
                yield one, found

    def _ready_at(self, one: Pending) -> float:
        return self._guest.ready_at(one.link) if one.link else 0.0

    def _page(self, feed: FeedState, one: Pending) -> Source | Rejected | None:
        """The page of an entry, or the article in the feed where the page is not to be had; None: not now."""
        if not one.link:
            return from_feed(feed, one)
        try:
            got = self._guest.get(one.link)
        except Refused as error:
            return self._in_place(feed, one, error.reason)
        except NotNow as error:
            one.tries += error.tried
            one.not_before = max(error.until, self._clock.now() + (back_off(one.tries) if error.tried else 0.0))
            if one.tries >= MOST_TRIES:
                return self._in_place(feed, one, f"{error.reason}; given up after {one.tries} tries")
            self._tell(Said("failed", one.link, f"{error.reason}; tried again after {_instant(one.not_before)}"))
            return None
        return from_page(one, got, self._clock.now())

    def _in_place(self, feed: FeedState, one: Pending, reason: str) -> Source | Rejected:
        if one.content is not None:
            self._tell(Said("note", one.link, f"{reason}; the article as the feed gives it is read"))
            return from_feed(feed, one)
        return refused(scalars(one.link), "fetch", f"{reason}; the feed gives no article, only its title and a teaser")

    def strike_off(self, one: Pending) -> None:
        """An entry is in the record, or rejected: it is not to be read any more."""
        for pending in self._waiting():
            # By identity: two entries of a careless feed may be equal.
            pending[:] = [each for each in pending if each is not one]
        if one.link:
            self._state.read[one.link] = self._clock.now()
            self._state.untold.append(scalars(one.link))
        self._save()

    def told(self) -> None:
        """Say that the last round was told to whoever wants to know. Until then its reports count as new.

        Raises:
            UsageError: the state cannot be written.
        """
        self._state.untold.clear()
        self._save()

    def _save(self) -> None:
        save(self._place, self._state)

    def _new(self, before: frozenset[str], untold: frozenset[str]) -> tuple[NewReport, ...]:
        """The reports that are in the record and were not before, or that an earlier round did not come to tell of."""
        with open_record(self._record, read_only=True) as record:
            every = record.source_ids()
            cited = record.citations(every)
            ids = [
                one
                for one in every
                if one not in before or cited[one].uri in untold or cited[one].uri.rpartition("#")[0] in untold
            ]
            made = []
            for one in ids:
                reading = record.reading(one)
                counts = (len(reading.statements), len(reading.events), len(reading.moves))
                about = cited[one]
                made.append(NewReport(one, about.uri, about.outlet, about.headline, about.published, *counts))
        return tuple(made)


class _Work:
    """The sources of one round, and which entry each of them is of."""

    def __init__(self, watcher: Watcher, files: Sequence[tuple[Path, folders.Stamp]]) -> None:
        self._watcher = watcher
        self._files = files
        self._entries: dict[str, list[Pending]] = {}

    def sources(self) -> Iterator[Source | Rejected]:
        """Files, then pages."""
        for path, _ in self._files:
            if folders.is_readable(path):
                yield from iter_sources([str(path)], IntakeOptions())
            else:
                why = f"it is a file of the kind {path.suffix!r}; read it with summitry read to have it taken as text"
                yield refused(scalars(str(path)), "decode", why)
        for one, source in self._watcher.pages():
            uri = source.source.uri if isinstance(source, Rejected) else source.uri
            self._entries.setdefault(uri, []).append(one)
            yield source

    def done(self, progress: Progress) -> None:
        """Strike off the entry that is in the record now."""
        for one in self._entries.pop(progress.uri, ()):
            self._watcher.strike_off(one)


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
    except ValueError:
        good = False
    if not good:
        raise UsageError(f"{url!r} is no address of a feed; allowed: http:// or https:// with a host, and folders")


def _instant(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M} UTC"
