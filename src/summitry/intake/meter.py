"""How much of the inputs has been taken in, by bytes: what the time left is reckoned from."""

from __future__ import annotations

import glob
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

MOST_SECONDS: Final = 2.0
"""Time spent on looking up sizes; a folder that takes longer (a million files, a slow network) has no known size."""


class Meter:
    """The bytes of the files taken in so far. ``total`` is None where the size of the inputs is unknown."""

    def __init__(self, total: int | None) -> None:
        self.total = total
        self._ended = 0
        self._inside = 0

    @classmethod
    def of(cls, inputs: Sequence[str]) -> Meter:
        """A meter for inputs as :func:`summitry.intake.iter_sources` takes them. Looks up sizes, opens nothing."""
        patience = time.monotonic() + MOST_SECONDS
        total = 0
        for path in _files(inputs):
            if path is None or time.monotonic() > patience:
                return cls(None)
            total += _size(path)
        return cls(total)

    def at(self, position: int) -> None:
        """Say how far the file that is open has been read, in bytes as they lie on the disk."""
        self._inside = position

    def end_of(self, path: Path) -> None:
        """Say that a file is done."""
        self._ended += _size(path)
        self._inside = 0

    @property
    def share(self) -> float | None:
        """The part of all bytes taken in, 0-1; None where the whole is unknown."""
        return min(1.0, (self._ended + self._inside) / self.total) if self.total else None


def _files(inputs: Iterable[str]) -> Iterator[Path | None]:
    """The files that inputs name; None for one whose size nobody can tell."""
    for given in inputs:
        if given == "-" or "://" in given[:12]:
            yield None
        else:
            names = [given] if os.path.lexists(given) else sorted(glob.glob(given, recursive=True))  # noqa: PTH207
            for path in map(Path, names):
                if path.is_dir():
                    for folder, _, inside in os.walk(path):
                        yield from (Path(folder) / name for name in inside)
                else:
                    yield path


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0
