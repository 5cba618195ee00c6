"""Parts of the inputs that can be taken in each by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

# Neighbours stay together, so that passing over what is another share's is a plain count; small enough that shares of a
# short table come out even.
BLOCK = 16
# Each share unpacks the whole file again. Unpacking is thousands of times faster than reading, but not than passing
# pages over: 32 shares of a crawl packed in one run cost about what looking at its pages does.
MOST_SHARES = 32
# Each share of a JSON file parses all of it; its size is bounded, so that few shares are enough.
MOST_SHARES_OF_JSON = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of one file, or all of it.

    ``start`` and ``end`` are byte offsets in the file as it lies on the disk (of a Parquet file: row groups),
    half-open; None is its end. A piece holds the reports that begin in it. Of a file that can only be read from its
    beginning (a packed table), a piece is every ``of``-th block of reports, from block ``share`` on. ``size`` is in
    bytes on the disk, for telling progress. ``before`` is how many lines (of a Parquet file: rows) stand before
    ``start``; None where nobody has counted: then it is counted when the piece is taken in.
    """

    path: str
    start: int = 0
    end: int | None = None
    share: int = 0
    of: int = 1
    size: int = 0
    before: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it is all of the file."""
        return self.start == 0 and self.end is None and self.of == 1

    def holds(self, number: int) -> bool:
        """Whether the ``number``-th report (from 0) of what is read from the beginning is in this share."""
        return self.of == 1 or number // BLOCK % self.of == self.share

    def ends_before(self, position: int) -> bool:
        """Whether what begins at ``position`` belongs to a later piece."""
        return self.end is not None and position >= self.end

    def of_all(self, reports: Iterable[T]) -> Iterator[T]:
        """Those of all reports of a file that are in this share."""
        return (one for number, one in enumerate(reports) if self.holds(number))


WHOLE = Piece("")
