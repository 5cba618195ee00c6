"""Features folded to rows of a weight table: a 64-bit mix of a template's number and the codes of what stands there.

Words, lemmas, tags and relations come hashed by the parser's string store, which is stable across machines.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from summitry.reader.statements.view import Codes, Ints

BITS: Final = 18
"""Bits of a folded feature: 262,144 rows of weights. With 20 bits the content F on held-out training documents was no
better (.60) and the weights were three times as large; fewer were not tried."""

ABSENT: Final = np.uint64(0x9E3779B97F4A7C15)
MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB), np.uint64(0xD6E8FEB86659FD93))
_FOLD = np.uint64(64 - BITS)
HALF = np.uint64(31)

Features = NDArray[np.int64]


def code(values: NDArray[np.int64] | NDArray[np.bool_]) -> Codes:
    """Small numbers as codes apart from each other."""
    return (values.astype(np.int64) + 1024).astype(np.uint64) * MIX[2]


class Templates:
    """Collects the templates of one kind of row, numbering them in the order they are added."""

    def __init__(self) -> None:
        self.columns: list[Features] = []

    def add(self, first: Codes, second: Codes | None = None, third: Codes | None = None) -> None:
        """One feature a row, from up to three codes together."""
        mixed = (first + np.uint64(len(self.columns) * 0x632BE59BD9B4E019 & 0xFFFFFFFFFFFFFFFF)) * MIX[0]
        if second is not None:
            mixed = (mixed ^ (mixed >> HALF)) + second * MIX[1]
        if third is not None:
            mixed = (mixed ^ (mixed >> HALF)) * MIX[0] + third
        mixed = (mixed ^ (mixed >> HALF)) * MIX[1]
        mixed = (mixed ^ (mixed >> HALF)) * MIX[2]
        self.columns.append((mixed >> _FOLD).astype(np.int64))

    def rows(self) -> Features:
        """All features, one row a token."""
        return np.stack(self.columns, axis=1)


def shifted(values: Codes, by: int, segment: Ints) -> Codes:
    """The value ``by`` tokens on, or "absent" outside the segment."""
    size = len(values)
    out = np.full(size, ABSENT, dtype=np.uint64)
    if by >= size or -by >= size:
        return out
    if by > 0:
        same = segment[by:] == segment[:-by]
        out[:-by][same] = values[by:][same]
    elif by < 0:
        same = segment[:by] == segment[-by:]
        out[-by:][same] = values[:by][same]
    return out
