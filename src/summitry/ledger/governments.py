"""Which government of a party a day falls under, by the offices of the cases: another one's word is not its own."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from summitry.casebook import Case

HEADS: Final = frozenset(
    ("president", "prime minister", "premier", "chancellor", "taoiseach", "leader", "supreme leader")
)
"""Titles of who stands at the head of a state or its government. A new foreign minister is no new government."""


@dataclass(frozen=True, slots=True)
class Governments:
    """The days, in order, on which somebody else came to the head of a party, by its code."""

    turns: Mapping[str, tuple[date, ...]]

    @classmethod
    def of(cls, cases: Sequence[Case]) -> Governments:
        """From all offices of the cases; a second term of one person is no turn."""
        held: defaultdict[tuple[str, str], dict[date, str]] = defaultdict(dict)
        for case in cases:
            for office in case.offices:
                if office.title.casefold() in HEADS and office.start is not None:
                    held[office.party, office.title.casefold()][office.start] = office.person
        turns: defaultdict[str, set[date]] = defaultdict(set)
        for (party, _), holders in held.items():
            before: str | None = None
            for day in sorted(holders):
                if holders[day] != before:
                    turns[party].add(day)
                before = holders[day]
        return cls({party: tuple(sorted(found)) for party, found in turns.items()})

    def changed(self, party: str | None, old: date, new: date) -> bool:
        """Whether somebody else came to the head of a party after the one day and not after the other."""
        turns = self.turns.get(party or "", ())
        return bisect_right(turns, old) < bisect_right(turns, new)
