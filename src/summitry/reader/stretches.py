"""Stretches of text, asked which of them hold a place: without looking at all of them each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Generic, TypeVar

Thing = TypeVar("Thing")

_CELL: Final = 512
"""Code points of a cell; a stretch is noted in each cell it reaches into, and most reach into one or two."""


class Stretches(Generic[Thing]):
    """Half-open stretches ``[start, end)`` of one text, each with a thing; answers come in the order they were added.

    A question looks at the stretches of the cells it touches only, so that its cost is that of what stands near.
    """

    __slots__ = ("_cells", "_rows")

    def __init__(self, rows: Iterable[tuple[int, int, Thing]] = ()) -> None:
        self._rows: list[tuple[int, int, Thing]] = []
        self._cells: dict[int, list[int]] = {}
        for start, end, thing in rows:
            self.add(start, end, thing)

    def add(self, start: int, end: int, thing: Thing) -> None:
        """Note a stretch."""
        number = len(self._rows)
        self._rows.append((start, end, thing))
        for cell in range(start // _CELL, max(start, end - 1) // _CELL + 1):
            self._cells.setdefault(cell, []).append(number)

    def holding(self, start: int, end: int | None = None) -> Iterator[tuple[int, int, Thing]]:
        """Those that hold all of ``[start, end)``; without ``end``, those that hold the code point at ``start``."""
        stop = start + 1 if end is None else end
        for number in self._cells.get(start // _CELL, ()):
            row = self._rows[number]
            if row[0] <= start and stop <= row[1]:
                yield row

    def touching(self, start: int, end: int) -> Iterator[tuple[int, int, Thing]]:
        """Those that share a code point with ``[start, end)``."""
        cells = range(start // _CELL, max(start, end - 1) // _CELL + 1)
        near = sorted({number for cell in cells for number in self._cells.get(cell, ())})
        for number in near:
            row = self._rows[number]
            if row[0] < end and row[1] > start:
                yield row
