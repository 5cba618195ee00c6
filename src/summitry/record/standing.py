"""Answers of a record as of one day, each worked out once: what a program that asks again and again keeps in memory."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from datetime import date
from threading import Lock, RLock
from typing import Any, Final, TypeVar, cast

from summitry.vocabulary import Row

T = TypeVar("T")
AnyRow = TypeVar("AnyRow", bound=Row)
Load = Callable[[sqlite3.Connection, Sequence[str]], list[AnyRow]]
"""Rows of one kind in the order of their ids."""

LATELY: Final = 64
"""Answers kept of questions with words of their own: those of a few readers who turn pages."""


class Loaded:
    """Rows as they were loaded, by kind and id: standings of several days of one state of the record share them."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = {}
        self._guard = Lock()

    def loading(self, kind: str, load: Load[AnyRow]) -> Load[AnyRow]:
        """``load``, of those rows only that were not loaded before."""

        def found(connection: sqlite3.Connection, ids: Sequence[str]) -> list[AnyRow]:
            with self._guard:
                rows = self._rows.setdefault(kind, {})
            missing = [one for one in ids if one not in rows]
            # Two threads may load the same row: the rows are equal, whichever stays.
            rows.update(zip(missing, load(connection, missing), strict=True))
            return [rows[one] for one in ids]

        return found


class Standing:
    """Answers as of ``as_of`` (None: by all there is), of one state of the record.

    Several threads may ask: of each answer one works it out and the others wait. What is handed out is not to be
    changed. Give it to :meth:`summitry.record.Record.remembering`. ``loaded`` may be shared with standings of other
    days, as long as the record stays as it is.
    """

    def __init__(self, as_of: date | None = None, loaded: Loaded | None = None) -> None:
        self.as_of = as_of
        self.loaded = loaded if loaded is not None else Loaded()
        self._answers: dict[Hashable, Any] = {}
        self._recent: OrderedDict[Hashable, Any] = OrderedDict()
        self._locks: dict[Hashable, RLock] = {}
        self._guard = Lock()

    def once(self, key: Hashable, work: Callable[[], T]) -> T:
        """The answer of ``work``, from memory if it was given before under the same key."""
        with self._guard:
            if key in self._answers:
                return cast(T, self._answers[key])
            lock = self._locks.setdefault(key, RLock())
        with lock:
            if key in self._answers:
                return cast(T, self._answers[key])
            answer = work()
            with self._guard:
                self._answers[key] = answer
            return answer

    def lately(self, key: Hashable, work: Callable[[], T]) -> T:
        """The answer of ``work``, from memory if it was asked for lately: for questions with words of their own.

        The last :data:`LATELY` are kept.
        """
        with self._guard:
            if key in self._recent:
                self._recent.move_to_end(key)
                return cast(T, self._recent[key])
        answer = work()
        with self._guard:
            self._recent[key] = answer
            while len(self._recent) > LATELY:
                self._recent.popitem(last=False)
        return answer
