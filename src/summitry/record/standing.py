"""Answers of a record as of one day, each worked out once: what a program that asks again and again keeps in memory."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from threading import Lock, RLock
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Standing:
    """Answers as of ``as_of`` (None: by all there is), of one state of the record.

    Several threads may ask: of each answer one works it out and the others wait. What is handed out is not to be
    changed. Give it to :meth:`summitry.record.Record.remembering`.
    """

    def __init__(self, as_of: date | None = None) -> None:
        self.as_of = as_of
        self._answers: dict[Hashable, Any] = {}
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

    @property
    def keys(self) -> tuple[Hashable, ...]:
        """What has been worked out, in that order."""
        with self._guard:
            return tuple(self._answers)
