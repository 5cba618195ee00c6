"""Choices and words out of an input's bytes: what mutation changes in a byte changes one choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Taking:
    """Takes an input from its start; when it has ended, every choice is the first one and words are empty."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self) -> int:
        """0 to 255."""
        if self._at >= len(self._data):
            return 0
        self._at += 1
        return self._data[self._at - 1]

    def one(self, options: Sequence[T]) -> T:
        """One of the options; of more than 256, two bytes choose."""
        at = self.number() if len(options) <= 256 else self.number() * 256 + self.number()
        return options[at % len(options)]

    def words(self, most: int = 255) -> str:
        """Up to as many bytes as the next byte says, as text."""
        end = min(self._at + min(self.number(), most) + 1, len(self._data))
        found, self._at = self._data[self._at : end], end
        return found.decode("utf-8", "replace")

    @property
    def rest(self) -> bytes:
        """What is left."""
        return self._data[self._at :]
