"""Answers kept in memory between requests, by as-of day, and thrown away when the record changes."""

from __future__ import annotations

import gc
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from summitry.record import Loaded, Record, Standing, open_record
from summitry.web.gist import rows_of
from summitry.web.pages import PAGES
from summitry.web.pages.row import bearing
from summitry.web.question import Question
from summitry.web.settings import Settings
from summitry.web.view import View

WAIT_S: Final = 0.5
"""Seconds of work that a page may take anew after a change: for more, the old answers are shown, and said to be old,
until the new ones are there."""


WORDED: Final = ("grid ", "predictions by day", "brief ", "main case ")
"""How names of answers begin that hold words or numbers of the question, of which there is no end."""
WORDED_KEPT: Final = 16
"""Answers kept of those: what a few readers look at. One may hold every prediction of the record."""
T = TypeVar("T")


class Answers(Standing):
    """A standing that does not grow with what is asked: of names without end the last are kept. The others are as many
    as the pages, and two for each party and person of the record."""

    def __init__(self, as_of: date | None = None, loaded: Loaded | None = None) -> None:
        super().__init__(as_of, loaded)
        self._worded: OrderedDict[Hashable, None] = OrderedDict()

    def once(self, key: Hashable, work: Callable[[], T]) -> T:
        """See :meth:`Standing.once`; what was asked for longest ago is worked out anew."""
        worded = isinstance(key, tuple) and str(key[-1]).startswith(WORDED)
        if not worded and key in self._answers:
            return super().once(key, work)
        try:
            return super().once(key, work)
        finally:
            with self._guard:
                # Whoever waits has the lock already; of a question that fails nothing stays.
                self._locks.pop(key, None)
                if worded and key in self._answers:
                    self._worded[key] = None
                    self._worded.move_to_end(key)
                    while len(self._worded) > WORDED_KEPT:
                        del self._answers[self._worded.popitem(last=False)[0]]


@dataclass(slots=True)
class _Kept:
    standing: Standing
    version: int
    seconds: float = 0.0
    renewing: bool = False


class Shelf:
    """The standings of one record. Its methods may be called by several threads; each has its own connection."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._local = threading.local()
        self._lock = threading.Lock()
        self._kept: OrderedDict[date | None, _Kept] = OrderedDict()
        self._loaded = (-1, Loaded())
        self._watcher_lock = threading.Lock()
        # Another connection's writes change the number that this one is told; it writes nothing itself.
        self._watcher = open_record(settings.record, read_only=settings.read_only, one_thread=False)

    def record(self) -> Record:
        """The record, opened once for each thread."""
        found: Record | None = getattr(self._local, "record", None)
        if found is None:
            found = self._local.record = open_record(self._settings.record, read_only=self._settings.read_only)
        return found

    def version(self) -> int:
        """A number that changes whenever the record does."""
        with self._watcher_lock:
            return self._watcher.data_version()

    @contextmanager
    def view(self, as_of: date | None = None) -> Iterator[View]:
        """The record as of a day, for one request of this thread."""
        kept, stale = self._at(as_of)
        record = self.record()
        started = time.monotonic()
        with record.blaming(), record.remembering(kept.standing):
            settings = self._settings
            yield View(record, kept.standing, settings.rows_per_page, stale, settings.read_only)
        kept.seconds = max(kept.seconds, time.monotonic() - started)

    def _at(self, as_of: date | None) -> tuple[_Kept, bool]:
        with self._lock:
            # Inside: a number read before another thread's would put older answers in the place of newer ones.
            version = self.version()
            kept = self._kept.get(as_of)
            if kept is not None and kept.version != version:
                if kept.seconds > WAIT_S:
                    if not kept.renewing:
                        kept.renewing = True
                        threading.Thread(target=self._renew, args=(as_of, kept), daemon=True).start()
                    return kept, True
                kept = None
            if kept is None:
                kept = self._kept[as_of] = _Kept(Answers(as_of, self._rows(version)), version)
            self._kept.move_to_end(as_of)
            while len(self._kept) > self._settings.days_kept:
                self._kept.popitem(last=False)
            return kept, False

    def _rows(self, version: int) -> Loaded:
        """The rows loaded of a state of the record. Inside the lock."""
        if self._loaded[0] != version:
            self._loaded = (version, Loaded())
        return self._loaded[1]

    def _renew(self, as_of: date | None, old: _Kept) -> None:
        """Work out anew what the old answers were, and put it in their place."""
        with self._lock:
            version = self.version()
            new = _Kept(Answers(as_of, self._rows(version)), version, old.seconds)
        try:
            with open_record(self._settings.record, read_only=True) as record, record.remembering(new.standing):
                warm(View(record, new.standing, read_only=self._settings.read_only))
            with self._lock:
                self._kept[as_of] = new
        finally:
            old.renewing = False

    def warm(self) -> None:
        """Work out, before anybody asks, what pages as of today need."""
        with self.view() as view:
            warm(view)
        # A large record is millions of objects that stay: looking through them for garbage again and again would make
        # a page wait for a second now and then.
        gc.collect()
        gc.freeze()


def warm(view: View) -> None:
    """Ask for every page that stands for itself: what it works out, the others have too."""
    rows_of(view), bearing(view)
    for kind in PAGES:
        if "{" not in kind.path and not (view.read_only and kind.name == "review"):
            kind.build(view, Question())
