"""Known facts of the case: which dated public event a sentence names, by its words and the parties near them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from summitry.read.events.when import overlap
from summitry.vocabulary import DateInterval

if TYPE_CHECKING:
    from datetime import date

    from summitry.casebook import Casebook
    from summitry.vocabulary import KnownEvent, TimeExpression

# Types that one happening goes by: a summit is met at, a deal is signed at it, and it may break down.
FAMILY: Final = {
    "CONSULT": "meeting",
    "AGREE": "deal",
    "SUPPORT": "deal",
    "COOPERATE": "exercise",
    "MOBILIZE": "exercise",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """The known events of the chosen cases with their phrases compiled: a phrase matches at the start of a word."""

    rows: tuple[tuple[KnownEvent, tuple[tuple[re.Pattern[str], ...], ...]], ...]

    @classmethod
    def of(cls, casebook: Casebook) -> Facts:
        """All dated facts of a casebook's cases."""
        rows = []
        for case in casebook.cases:
            for event in case.events:
                alternatives = tuple(
                    tuple(re.compile(rf"(?<!\w){re.escape(phrase)}") for phrase in words) for words in event.words
                )
                rows.append((event, alternatives))
        return cls(tuple(rows))

    def matching(self, text: str, until: date | None) -> tuple[KnownEvent, ...]:
        """Events whose words all stand in ``text`` (any case), none that began after ``until``, latest first."""
        lowered = text.lower()
        found = [
            event
            for event, alternatives in self.rows
            if (until is None or event.start <= until)
            and any(all(pattern.search(lowered) for pattern in words) for words in alternatives)
        ]
        return tuple(sorted(found, key=lambda event: event.start, reverse=True))


def pick(
    candidates: Sequence[KnownEvent], type_: str, codes: Iterable[str], time: TimeExpression | None
) -> KnownEvent | None:
    """The known event that a trigger of a type with these parties means, or None.

    Its parties must be among the fact's where both are named, its type of one family, and words that date the trigger
    must not contradict it.
    """
    named = set(codes)
    for event in candidates:
        if FAMILY.get(event.type, event.type) != FAMILY.get(type_, type_):
            continue
        if named and not named <= set(event.actors) and not set(event.actors) <= named:
            continue
        if time is not None and time.interval is not None:
            days = DateInterval(event.start, event.end, "interval")
            if not overlap(days, time.interval) and not any(overlap(days, other) for other in time.alternatives):
                continue
        return event
    return None
