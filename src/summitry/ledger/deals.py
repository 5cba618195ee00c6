"""Which deal "the deal" is: the instruments of the cases by their days, and the years that words name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from summitry.casebook import Case
from summitry.vocabulary import Position

_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Deals:
    """The days of the instruments of each issue's case, in order; those of all cases for other issues."""

    by_issue: Mapping[str, tuple[date, ...]]
    all: tuple[date, ...]

    @classmethod
    def of(cls, cases: Sequence[Case]) -> Deals:
        """From the instruments of the cases."""
        struck = {case.name: tuple(sorted(one.date for one in case.instruments)) for case in cases}
        return cls(
            {issue.name: struck[case.name] for case in cases for issue in case.issues},
            tuple(sorted(day for found in struck.values() for day in found)),
        )

    def differ(self, old: tuple[Position, date], new: tuple[Position, date]) -> bool:
        """Whether two positions on "the deal", each with its day, are on two deals.

        The years in their words tell where both name one; else whether one was struck after the first and not after
        the second: before, "a deal" was another, or none yet.
        """
        years = [set(_YEAR.findall(one.summary)) for one, _ in (old, new)]
        if all(years):
            return not years[0] & years[1]
        struck = self.by_issue.get(new[0].issue, self.all)
        return bisect_left(struck, old[1]) < bisect_left(struck, new[1])
