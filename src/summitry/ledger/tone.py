"""How parties deal with one another over time: mean PLOVER intensity by pair and month, with counts.

Only what happened counts: a threat that was made is an event that happened, of type THREATEN; the act it threatens, a
plan, a denial and an allegation are none (docs/status.md).
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from summitry.errors import UsageError
from summitry.ledger.criteria import WIDEST
from summitry.ledger.rows import Tone
from summitry.ledger.sides import bound
from summitry.vocabulary import DateInterval, content_id

if TYPE_CHECKING:
    from summitry.ledger.holdings import Holdings
    from summitry.vocabulary import Event, Evidence

CODER: Final = "ledger.tone/1"

By = Literal["month", "year"]

_CITED: Final = 5
"""Passages of a row: its strongest events, one each. All of them are events of the timeline."""


def by_pair(holdings: Holdings, by: By = "month") -> tuple[Tone, ...]:
    """How each two parties dealt with one another, by month or year, in order of time and then of the pair.

    Parties are states (with all their bodies and people) and organisations. An event counts once for each pair that it
    is between, in the month in which it began; one whose date is wider than a month counts for none.

    Raises:
        UsageError: ``by`` is neither month nor year.
    """
    if by not in ("month", "year"):
        raise UsageError(f"tone by {by!r}; allowed: month, year")
    found: defaultdict[tuple[date, tuple[str, str]], list[Event]] = defaultdict(list)
    for event in holdings.events:
        start, end = event.date.start, event.date.end
        if event.modality != "happened" or start is None or end is None or end - start > WIDEST:
            continue
        first = start.replace(day=1) if by == "month" else start.replace(month=1, day=1)
        for pair in bound(event):
            found[first, pair].append(event)
    return tuple(_tone(first, pair, found[first, pair], by) for first, pair in sorted(found))


def _tone(first: date, pair: tuple[str, str], events: Sequence[Event], by: By) -> Tone:
    strongest = sorted(events, key=lambda event: (-abs(event.intensity), -event.confidence, event.id))[:_CITED]
    evidence: dict[Evidence, None] = dict.fromkeys(event.evidence[0] for event in strongest)
    quads = Counter(event.quad for event in events)
    mean = sum(event.intensity for event in events) / len(events)
    return Tone(
        id=content_id("ton", by, first.isoformat(), *pair),
        evidence=tuple(evidence),
        coder=CODER,
        # Of a mean of events as sure as their own mean.
        confidence=round(sum(event.confidence for event in events) / len(events), 3),
        month=_interval(first, by),
        parties=pair,
        events=len(events),
        mean=round(mean, 2),
        quads=tuple(sorted(quads.items())),
    )


def _interval(first: date, by: By) -> DateInterval:
    if by == "year":
        return DateInterval(first, first.replace(month=12, day=31), "year", "calendar")
    return DateInterval(first, first.replace(day=monthrange(first.year, first.month)[1]), "month", "calendar")
