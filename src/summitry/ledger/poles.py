"""Positions on issues whose cases name ordered poles: which side of the middle, and what a step along them is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from summitry.casebook import Case, phrase_pattern
from summitry.vocabulary import Position, PositionChange, Stance

WANTING: Final[frozenset[Stance]] = frozenset({"demand", "support", "condition"})
"""Stances that say where a party wants an issue to end. Who offers or accepts a pole yields to it, who is against it
is at no pole for certain: neither is compared by poles."""

FRONT: Final = 45
"""Code points from the start of a position's words within which its pole's words begin: behind them stand purposes and
circumstances ("demands to be met to get the tolls lifted")."""
_PURPOSE: Final = re.compile(
    r"\b(?:to get|in order to|so that|so as to|in (?:exchange|return) for|if|unless|until|once|before|after)\b|"
    r"(?<=\w\s)(?:who|which|that)\b",
    re.IGNORECASE,
)
"""Words behind which a pole's words are a purpose, a price, a circumstance or told of somebody else."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The poles of one issue in order, each with the pattern of its words (None: the case gives none)."""

    names: tuple[str, ...]
    words: tuple[re.Pattern[str] | None, ...]

    def side(self, pole: str) -> int:
        """Twice the distance from the middle, so that it is whole: of three poles -2, 0, 2; of two -1, 1."""
        return 2 * self.names.index(pole) - (len(self.names) - 1)

    def told(self, position: Position) -> bool:
        """Whether a position is at a pole by its own words, and at no other: not by its condition or what is around."""
        if position.pole not in self.names:
            return False
        at = self.names.index(position.pole)
        own = self.words[at]
        if own is None:
            return True
        first = own.search(position.summary)
        found = [n for n, words in enumerate(self.words) if words is not None and words.search(position.summary)]
        if found != [at] or first is None or first.start() > FRONT:
            return False
        return _PURPOSE.search(position.summary, 0, first.start()) is None

    def change(self, old: str, new: str) -> PositionChange:
        """What a step from one pole to another is.

        Further from the middle hardens, nearer to it softens. Across the middle reverses, but for a single step between
        two inner poles of four or more, which softens.
        """
        before, after = self.side(old), self.side(new)
        if before == after:
            return "reaffirm"
        if before * after < 0:
            # Inner poles stand at -1 and 1; of two poles in all these are the outer ones too.
            return "soften" if before * after == -1 and len(self.names) > 2 else "reverse"
        return "harden" if abs(after) > abs(before) else "soften"


def scales_of(cases: Sequence[Case]) -> dict[str, Scale]:
    """The scale of each issue of the cases that names poles."""
    return {
        issue.name: Scale(
            tuple(pole.name for pole in issue.poles),
            tuple(phrase_pattern(pole.words) if pole.words else None for pole in issue.poles),
        )
        for case in cases
        for issue in case.issues
        if issue.poles
    }
