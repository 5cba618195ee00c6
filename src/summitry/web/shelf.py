"""Answers kept in memory between requests, by as-of day, and thrown away when the record changes."""

from __future__ import annotations

import gc
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Final

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
        with record.remembering(kept.standing):
            settings = self._settings
            yield View(record, kept.standing, settings.rows_per_page, stale, settings.read_only)
        kept.seconds = max(kept.seconds, time.monotonic() - started)

    def _at(self, as_of: date | None) -> tuple[_Kept, bool]:
        version = self.version()
        with self._lock:
            kept = self._kept.get(as_of)
            if kept is not None and kept.version != version:
                if kept.seconds > WAIT_S:
                    if not kept.renewing:
                        kept.renewing = True
                        threading.Thread(target=self._renew, args=(as_of, kept), daemon=True).start()
                    return kept, True
                kept = None
            if kept is None:
                kept = self._kept[as_of] = _Kept(Standing(as_of, self._rows(version)), version)
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
        version = self.version()
        with self._lock:
            new = _Kept(Standing(as_of, self._rows(version)), version, old.seconds)
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
