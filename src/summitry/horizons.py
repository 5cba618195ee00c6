"""How many days a word for a time to come gives what is foretold: one published table, changeable by option.

"Soon" has no length of its own, so a forecast with it can only be checked against a convention. This one errs on the
side of the forecaster: a week more than the plural needs, and for "soon" a quarter, which is how far apart rounds of
the negotiations in the project's examples lay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from summitry.errors import UsageError
from summitry.vocabulary import DateInterval

DEFAULT_DAYS: Final[tuple[tuple[str, int], ...]] = (
    ("any day now", 14),
    ("any moment", 14),
    ("imminently", 14),
    ("imminent", 14),
    ("coming hours", 2),
    ("next few hours", 2),
    ("coming days", 14),
    ("next few days", 14),
    ("days ahead", 14),
    ("matter of days", 14),
    ("within days", 14),
    ("coming weeks", 60),
    ("next few weeks", 60),
    ("weeks ahead", 60),
    ("matter of weeks", 60),
    ("within weeks", 60),
    ("very soon", 60),
    ("soon", 90),
    ("shortly", 90),
    ("before long", 90),
    ("near future", 180),
    ("near term", 180),
    ("short term", 180),
    ("coming months", 180),
    ("next few months", 180),
    ("months ahead", 180),
    ("matter of months", 180),
    ("within months", 180),
    ("coming years", 1826),
    ("next few years", 1826),
    ("foreseeable future", 365),
)
"""Phrase and days, counted from the last day on which it may have been foretold."""

NONE_STATED: Final = "none stated"
"""The rule of a prediction without a word for its time: it stays open."""

_RULE: Final = re.compile(r"(.+): within (\d+) days$")


@dataclass(frozen=True, slots=True)
class Horizons:
    """Days by phrase. ``Horizons().with_days(soon=30)`` changes one.

    Raises:
        UsageError: a number of days is below 1.
    """

    table: tuple[tuple[str, int], ...] = DEFAULT_DAYS

    def __post_init__(self) -> None:
        for phrase, days in self.table:
            if days < 1:
                raise UsageError(f"the horizon of {phrase!r} is {days} days; allowed: 1 or more")

    @property
    def days(self) -> Mapping[str, int]:
        """Days by phrase."""
        return dict(self.table)

    def with_days(self, changes: Mapping[str, int]) -> Horizons:
        """The table with some phrases' days changed.

        Raises:
            UsageError: a phrase is not in the table.
        """
        known = self.days
        for phrase in changes:
            if phrase not in known:
                raise UsageError(f"no horizon is set for {phrase!r}; allowed: {', '.join(known)}")
        return Horizons(tuple((phrase, changes.get(phrase, days)) for phrase, days in self.table))

    def find(self, words: str) -> str | None:
        """The longest phrase of the table that stands in ``words``; None where none does."""
        line = " ".join(words.lower().split())
        return max((phrase for phrase in self._in(line)), key=len, default=None)

    def _in(self, line: str) -> Iterator[str]:
        for phrase, _ in self.table:
            at = line.find(phrase)
            if at >= 0 and re.search(rf"\b{re.escape(phrase)}\b(?! as\b)(?!er\b)", line):
                yield phrase

    def rule(self, phrase: str) -> str:
        """The rule as a row tells it: ``soon: within 90 days``."""
        return f"{phrase}: within {self.days[phrase]} days"

    def reckon(self, phrase: str, made: DateInterval) -> DateInterval | None:
        """The days a phrase gives to what was foretold on ``made``; None where that is not known to its end."""
        first, last = made.start or made.end, made.end
        if first is None or last is None:
            return None
        try:
            until = last + timedelta(days=self.days[phrase])
        except OverflowError:
            return None
        return DateInterval(first, until, "interval", self.rule(phrase))

    def phrase_of(self, rule: str | None) -> str | None:
        """The phrase of the table that a row's rule names; None for a date stated and for no horizon."""
        match = _RULE.match(rule or "")
        return match.group(1) if match is not None and match.group(1) in self.days else None
