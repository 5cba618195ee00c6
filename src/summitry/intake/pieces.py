"""Parts of the inputs that can be taken in each by itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of one file, or all of it.

    ``start`` and ``end`` are byte offsets in the file as it lies on the disk (of a Parquet file: row groups),
    half-open; None is its end. A piece holds the reports that begin in it. Of a file that can only be read from its
    beginning (a packed table), a piece is every ``of``-th block of reports, from block ``share`` on. ``size`` is in
    bytes on the disk, for telling progress.
    """

    path: str
    start: int = 0
    end: int | None = None
    share: int = 0
    of: int = 1
    size: int = 0
