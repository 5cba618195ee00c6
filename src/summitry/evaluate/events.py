"""Scoring events against expected rows: parties, type, modality and date, one to one.

An expected row and a found event agree strictly when the set of parties, the PLOVER type and the modality are the same
and the dates are compatible. The lenient figure forgives the near pairs of the coding rules: SANCTION and REJECT,
RETREAT and CONCEDE, AGREE and CONSULT when planned. Matching is one to one and takes as many pairs as there are (a
maximum matching), pairs whose evidence overlaps first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from summitry.vocabulary import Actor, DateInterval, Event, Span

_NEAR_PAIRS: Final = (frozenset({"SANCTION", "REJECT"}), frozenset({"RETREAT", "CONCEDE"}))
_PLANNED_PAIR: Final = frozenset({"AGREE", "CONSULT"})


@dataclass(frozen=True, slots=True)
class EventKey:
    """What of an event is compared. ``days`` is None where none is stated; ``spans`` are its evidence."""

    parties: frozenset[str]
    type: str
    modality: str
    days: DateInterval | None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class EventScore:
    """Counts of one comparison; add them up over articles with ``+``.

    ``strict`` and ``lenient`` are matched pairs with the date compatible, ``undated`` those that agree in parties, type
    and modality whatever their dates.
    """

    expected: int = 0
    found: int = 0
    strict: int = 0
    lenient: int = 0
    undated: int = 0

    def __add__(self, other: EventScore) -> EventScore:
        return EventScore(
            self.expected + other.expected,
            self.found + other.found,
            self.strict + other.strict,
            self.lenient + other.lenient,
            self.undated + other.undated,
        )

    def recall(self, matched: int) -> float | None:
        """Share of the expected rows that are among ``matched`` pairs, 0-100; None where nothing is expected."""
        return 100.0 * matched / self.expected if self.expected else None

    def f1(self, matched: int) -> float | None:
        """F1 of ``matched`` pairs, 0-100; None where there is neither an expected nor a found row."""
        total = self.expected + self.found
        return 200.0 * matched / total if total else None


def party_of(actor: Actor) -> str | None:
    """The code that sets of parties are compared by: the state's, else the organisation's own."""
    return actor.state or actor.code


def key_of(event: Event) -> EventKey:
    """What of a found event is compared."""
    parties = (party_of(actor) for actor in (*event.actors, *event.recipients))
    return EventKey(
        parties=frozenset(code for code in parties if code),
        type=event.type,
        modality=event.modality,
        days=None if event.date.precision == "unknown" else event.date,
        spans=tuple(Span(evidence.start, evidence.end) for evidence in event.evidence),
    )


def days_compatible(expected: DateInterval | None, found: DateInterval | None, tolerance: int = 0) -> bool:
    """Whether a found date may stand for an expected one: nothing expected, or a day in common.

    ``tolerance`` widens the expected interval by days at both ends. Open ends reach for ever.
    """
    if expected is None:
        return True
    if found is None:
        return False
    slack = timedelta(days=tolerance)
    starts = expected.start is None or found.end is None or expected.start - slack <= found.end
    ends = expected.end is None or found.start is None or expected.end + slack >= found.start
    return starts and ends


def types_agree(expected: EventKey, found: EventKey, *, lenient: bool) -> bool:
    """Whether the types are the same, or, leniently, a near pair."""
    if expected.type == found.type:
        return True
    pair = frozenset({expected.type, found.type})
    return lenient and (
        pair in _NEAR_PAIRS or (pair == _PLANNED_PAIR and "planned" in (expected.modality, found.modality))
    )


def matching(
    expected: Sequence[EventKey], found: Sequence[EventKey], agree: Callable[[EventKey, EventKey], bool]
) -> dict[int, int]:
    """A maximum one-to-one matching: index of the expected row -> index of the found one.

    Among partners that agree, those whose evidence overlaps are tried first.
    """
    partners = [
        sorted(
            (j for j, candidate in enumerate(found) if agree(row, candidate)),
            key=lambda j, row=row: (not _overlap(row.spans, found[j].spans), j),  # type: ignore[misc]
        )
        for row in expected
    ]
    taken: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in partners[i]:
            if j not in seen:
                seen.add(j)
                if j not in taken or place(taken[j], seen):
                    taken[j] = i
                    return True
        return False

    for i in range(len(expected)):
        place(i, set())
    return {i: j for j, i in sorted(taken.items(), key=lambda pair: pair[1])}


def _overlap(a: Iterable[Span], b: Sequence[Span]) -> bool:
    return any(x.start < y.end and y.start < x.end for x in a for y in b)


def pairs(
    expected: Sequence[EventKey],
    found: Sequence[EventKey],
    *,
    lenient: bool = False,
    dated: bool = True,
    tolerance: int = 0,
) -> dict[int, int]:
    """The matched rows: same parties, type (or near pair), modality and, when ``dated``, compatible dates."""

    def agree(row: EventKey, candidate: EventKey) -> bool:
        return (
            row.parties == candidate.parties
            and row.modality == candidate.modality
            and types_agree(row, candidate, lenient=lenient)
            and (not dated or days_compatible(row.days, candidate.days, tolerance))
        )

    return matching(expected, found, agree)


def score_events(expected: Sequence[EventKey], found: Sequence[EventKey], *, tolerance: int = 0) -> EventScore:
    """Compare the events of one article; ``tolerance`` is in days, as :func:`days_compatible` takes it."""
    return EventScore(
        expected=len(expected),
        found=len(found),
        strict=len(pairs(expected, found, tolerance=tolerance)),
        lenient=len(pairs(expected, found, lenient=True, tolerance=tolerance)),
        undated=len(pairs(expected, found, dated=False)),
    )


def parse_days(text: str | None) -> DateInterval | None:
    """An expected date as the records write it: a day, month or year, ``from/to`` (an end may be open), or nothing.

    Raises:
        ValueError: none of these.
    """
    if not text:
        return None
    if "/" in text:
        first, _, last = text.partition("/")
        return DateInterval(_first_day(first), _last_day(last), "interval")
    start, end = _first_day(text), _last_day(text)
    return DateInterval(start, end, {4: "year", 7: "month"}.get(len(text), "day"))  # type: ignore[arg-type]


def _first_day(text: str) -> date | None:
    return date.fromisoformat(text + "-01-01"[-(10 - len(text)) :]) if 0 < len(text) < 10 else _whole(text)


def _last_day(text: str) -> date | None:
    first = _first_day(text)
    if first is None or len(text) == 10:
        return first
    if len(text) == 4:
        return date(first.year, 12, 31)
    return date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)


def _whole(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
