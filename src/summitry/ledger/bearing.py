"""Which events of a record bear on what was foretold: of the same parties and kind, about the same matter, later.

Events are kept by pair of parties and by PLOVER type in order of time, so that a question costs a search and the few
events it looks at, however large the record.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from summitry.ledger.holdings import Holdings
from summitry.ledger.register import meetings
from summitry.ledger.wording import Words, words_of
from summitry.vocabulary import Actor, Event, Evidence, Prediction

FAMILIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "CONSULT": ("CONSULT", "AGREE"),
        "RETREAT": ("RETREAT", "CONCEDE"),
        "CONCEDE": ("CONCEDE", "RETREAT"),
        "SANCTION": ("SANCTION", "REJECT", "COERCE"),
        "REJECT": ("REJECT", "SANCTION"),
        "COERCE": ("COERCE", "SANCTION", "ASSAULT"),
        "COOPERATE": ("COOPERATE", "AID", "SUPPORT"),
        "AID": ("AID", "COOPERATE"),
    }
)
"""The types of events that bear on a foretold type; the others bear on themselves only."""

WIDEST: Final = timedelta(days=31)
"""The widest date of an event that decides anything: a month."""
LOOKED_AT: Final = 200
"""Events looked at for one question: what has not come among so many of the same parties is not found by words."""
_TALKING: Final = frozenset({"talks", "meeting"})
_DISTANT: Final = frozenset({"phone", "letter"})
"""Levels of meetings at which nobody meets: talks are not resumed by a letter."""
_PLAIN: Final = frozenset({"talks", "meeting", "resume", "continue", "continu", "hold", "start", "begin", "nuclear",
                           "disarm", "return", "restart", "place", "happen", "occur", "plan"})  # fmt: skip
"""Keys that tell no more than that talks are held; with others, the event must share one of those."""

_TO_MEET: Final = re.compile(
    r"\b(?:agree|accept|invit|decid|propos|plan)\w*\W+(?:\S+\s+){0,8}?(?:meet|talk|summit|negotiat|dialog|invitation)",
    re.IGNORECASE,
)
"""An agreement to meet is no meeting."""

Parties = tuple[str, ...]


def code_of(actor: Actor) -> str | None:
    """The code that counts for a party."""
    return actor.state or actor.code


def parties_of(row: Prediction) -> Parties:
    """The codes of the first two parties of a prediction, sorted: who it is about."""
    codes = dict.fromkeys(code for actor in row.actors if (code := code_of(actor)))
    return tuple(sorted(list(codes)[:2]))


@dataclass(frozen=True, slots=True)
class Passage:
    """A report that speaks of parties: its day, and words of it."""

    day: date
    evidence: Evidence


class Bearing:
    """The events of holdings as forecasts are held against them. Made once for a question; never changed."""

    __slots__ = ("_covered", "_meetings", "_of_type", "_reports", "_words")

    def __init__(self, holdings: Holdings) -> None:
        self._words: dict[str, Words] = {}
        self._reports = holdings.reports
        self._meetings = {event.id: event for event in meetings(holdings)}
        of_type: defaultdict[tuple[Parties, str], list[tuple[date, str, Event]]] = defaultdict(list)
        covered: defaultdict[Parties, dict[date, Evidence]] = defaultdict(dict)
        for event in holdings.events:
            sets = _party_sets(event)
            for evidence in event.evidence:
                report = holdings.reports.get(evidence.source)
                day = (report.published.start or report.published.end) if report is not None else None
                if day is not None:
                    for parties in sets:
                        covered[parties].setdefault(day, evidence)
            start = event.date.start
            if event.modality == "happened" and start is not None and event.date.end is not None and _dated(event):
                if not any(self.told_after(one, start) for one in event.evidence):
                    continue  # no report could know of it
                for parties in _party_sets(event, among=2):
                    of_type[parties, event.type].append((start, event.id, self._meetings.get(event.id, event)))
        self._of_type = {key: sorted(rows, key=lambda row: row[:2]) for key, rows in of_type.items()}
        self._covered = {key: [Passage(day, days[day]) for day in sorted(days)] for key, days in covered.items()}

    def told_after(self, evidence: Evidence, day: date) -> bool:
        """Whether a passage stands in a report of a day or later, or of one that is not known."""
        report = self._reports.get(evidence.source)
        last = (report.published.end or report.published.start) if report is not None else None
        return last is None or last >= day

    def after(self, parties: Parties, types: Collection[str], day: date, until: date | None = None) -> Iterator[Event]:
        """The events of parties of some types that began after a day (and up to another), in order of time."""
        found: list[tuple[date, str, Event]] = []
        for type_ in types:
            rows = self._of_type.get((parties, type_), [])
            first = bisect_right(rows, day, key=lambda row: row[0])
            last = first + LOOKED_AT if until is None else bisect_right(rows, until, key=lambda row: row[0])
            found += rows[first : min(last, first + LOOKED_AT)]
        for _, _, event in sorted(found, key=lambda row: row[:2]):
            yield event

    def fulfilling(self, row: Prediction, day: date, until: date | None = None) -> Iterator[Event]:
        """The events after a day (and up to another) that a prediction foretells, or the contrary of what it denies."""
        parties = parties_of(row)
        if row.type is None or not parties:
            return
        claim = words_of(row.claim)
        for event in self.after(parties, FAMILIES.get(row.type, (row.type,)), day, until):
            if _acts(row, event) and self._same(row, claim, event):
                yield event

    def meeting(self, row: Prediction, day: date) -> Event | None:
        """The first meeting of a prediction's parties after a day."""
        for event in self.after(parties_of(row), ("CONSULT",), day):
            if event.meeting is not None and event.meeting.level not in _DISTANT:
                return event
        return None

    def came(self, words: str, parties: Parties, day: date) -> Event | None:
        """The first event of parties after a day that is what some words tell, by two keys or all that they have."""
        wanted = set(words_of(words).keys)
        for event in self.after(parties, _ALL, day):
            shared = wanted & set(self._keys(event).keys)
            if wanted and len(shared) >= min(2, len(wanted)):
                return event
        return None

    def covers(self, parties: Parties, day: date, until: date) -> tuple[int, Passage | None]:
        """How many days from a day to another have reports that speak of parties, and the first of these."""
        rows = self._covered.get(parties, [])
        first = bisect_right(rows, day, key=lambda row: row.day)
        last = bisect_right(rows, until, key=lambda row: row.day)
        return last - first, (rows[first] if first < last else None)

    def _same(self, row: Prediction, claim: Words, event: Event) -> bool:
        keys, own = set(claim.keys), set(self._keys(event).keys)
        talking = row.type == "CONSULT" and bool(keys & _TALKING or not keys)
        if talking and event.type == "AGREE":
            return not _TO_MEET.search(event.evidence[0].exact) and bool(own & _TALKING)
        if talking and event.meeting is not None:
            if not own & _TALKING:
                return False
            if event.meeting.level in _DISTANT and not keys & {"phone", "call", "letter"}:
                return False
            return "summit" not in row.claim.lower() or event.meeting.level == "summit"
        telling = keys - _PLAIN
        return len(telling & own) >= min(2, len(telling)) if telling else bool(keys & own)

    def _keys(self, event: Event) -> Words:
        if event.id not in self._words:
            self._words[event.id] = words_of(" ".join((event.evidence[0].exact, event.summary)))
        return self._words[event.id]


_ALL: Final = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
_GUESSED: Final = "day of the news"
"""How the basis of a date begins that is that of the report."""
_MUTUAL: Final = frozenset({"CONSULT", "AGREE", "COOPERATE"})


def _dated(event: Event) -> bool:
    """Whether an event's day is told: one that only the day of its one report gives may lie long before it."""
    start, end = event.date.start, event.date.end
    if start is None or end is None or end - start > WIDEST:
        return False
    return event.reports > 1 or not event.date.basis.startswith(_GUESSED)


def _acts(row: Prediction, event: Event) -> bool:
    """Whether the first party of a prediction is an actor of the event, where one acts on another."""
    if row.type in _MUTUAL or not row.actors:
        return True
    first = code_of(row.actors[0])
    return any(code_of(actor) == first for actor in event.actors)


def _party_sets(event: Event, among: int | None = None) -> list[Parties]:
    """The parties of an event one by one and by pairs.

    ``among``: only of the first so many, those of its clearest telling: further ones may come from reports that tell of
    several meetings at once.
    """
    codes = dict.fromkeys(code for actor in (*event.actors, *event.recipients) if (code := code_of(actor)))
    first = sorted(list(codes)[:among])
    return [(one,) for one in first] + [(one, other) for at, one in enumerate(first) for other in first[at + 1 :]]
