"""Which events of a record bear on what was foretold: of the same parties and kind, about the same matter, later.

Events are kept by pair of parties and by PLOVER type in order of time, so that a question costs a search and the few
events it looks at, however large the record.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Final

from summitry.ledger.holdings import Holdings
from summitry.ledger.register import meetings
from summitry.ledger.told import Parties, Told, code_of, names_of, told_after, told_well
from summitry.ledger.wording import Words, words_of
from summitry.vocabulary import Event, Evidence, Prediction

FAMILIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "RETREAT": ("RETREAT", "CONCEDE"),
        "CONCEDE": ("CONCEDE", "RETREAT"),
        "SANCTION": ("SANCTION", "REJECT", "COERCE"),
        "REJECT": ("REJECT", "SANCTION"),
        "COERCE": ("COERCE", "SANCTION", "ASSAULT"),
        "COOPERATE": ("COOPERATE", "AID", "SUPPORT"),
        "AID": ("AID", "COOPERATE"),
    }
)
"""The types of events that bear on a foretold type; the others bear on themselves only. Talks are held by a meeting: an
agreement is often one to meet."""

WIDEST: Final = timedelta(days=31)
"""The widest date of an event that may be what was foretold: a month. What decides is dated to its days."""
LOOKED_AT: Final = 200
"""Events looked at for one question: what has not come among so many of the same parties is not found by words."""
SHARED: Final = 0.6
"""Share of the keys of a condition that an event must have to be it."""
_TALKING: Final = frozenset({"talks", "meeting"})
_MET: Final = re.compile(r"\bmet\b")
_LEADERS: Final = re.compile(r"\b(?:summit|presidents?|leaders?)\b", re.IGNORECASE)
"""Who is foretold to meet at a summit."""
_HIGH: Final = re.compile(r"\b(?:principals?|ministers?|ministerial|(?:high|top|cabinet)[- ]level)\b", re.IGNORECASE)
_DISTANT: Final = frozenset({"phone", "letter"})
"""Levels of meetings at which nobody meets: talks are not resumed by a letter."""
_PLAIN: Final = frozenset({"talks", "meeting", "resume", "continue", "continu", "hold", "start", "begin", "nuclear",
                           "disarm", "return", "restart", "place", "happen", "occur", "plan", "original", "originall",
                           "plann", "date", "schedul", "denuclear"})  # fmt: skip
"""Keys that tell no more than that talks are held; with two others, the event must share one of those."""
_FEW: Final = 2


def parties_of(row: Prediction) -> Parties:
    """The codes of the first two parties of a prediction, sorted: who it is about."""
    codes = dict.fromkeys(code for actor in row.actors if (code := code_of(actor)))
    return tuple(sorted(list(codes)[:2]))


@dataclass(frozen=True, slots=True)
class Passage:
    """A report that speaks of parties: its day, and words of it."""

    day: date
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Fit:
    """An event that may be what was foretold, and the telling and its passage that tell it well; None where none do."""

    event: Event
    telling: Event | None
    passage: Evidence | None

    @classmethod
    def of(cls, event: Event, told: Told | None) -> Fit:
        """An event by what tells it well."""
        return cls(event, *(told if told is not None else (None, None)))


class Bearing:
    """The events of holdings as forecasts are held against them. Made once for a question; it keeps what it reads."""

    __slots__ = ("_covered", "_holdings", "_meetings", "_of_type", "_people", "_told", "_words")

    def __init__(self, holdings: Holdings) -> None:
        self._words: dict[str, Words] = {}
        self._told: dict[tuple[str, Parties], Told | None] = {}
        self._people = _parts_of_names(holdings.events)
        self._holdings = holdings
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
            start, end = event.date.start, event.date.end
            if event.modality == "happened" and start is not None and end is not None and end - start <= WIDEST:
                if not any(told_after(holdings, one, start) for one in event.evidence):
                    continue  # no report could know of it
                # By the parties of each telling: an entry of many may name more than met.
                tellings = holdings.tellings.get(event.id) or (event,)
                for parties in dict.fromkeys(one for told in tellings for one in _party_sets(told, among=2)):
                    of_type[parties, event.type].append((start, event.id, self._meetings.get(event.id, event)))
        self._of_type = {key: sorted(rows, key=lambda row: row[:2]) for key, rows in of_type.items()}
        self._covered = {key: [Passage(day, days[day]) for day in sorted(days)] for key, days in covered.items()}

    def told_after(self, evidence: Evidence, day: date) -> bool:
        """Whether a passage stands in a report of a day or later, or of one that is not known."""
        return told_after(self._holdings, evidence, day)

    def told_by(self, evidence: Evidence, day: date) -> bool:
        """Whether a passage stands in a report of a day or earlier."""
        report = self._holdings.reports.get(evidence.source)
        first = (report.published.start or report.published.end) if report is not None else None
        return first is not None and first <= day

    def after(self, parties: Parties, types: Collection[str], day: date, until: date) -> Iterator[Event]:
        """The events of parties of some types that began after a day and by another, in order of time."""
        found: list[tuple[date, str, Event]] = []
        for type_ in types:
            rows = self._of_type.get((parties, type_), [])
            first = bisect_right(rows, day, key=lambda row: row[0])
            last = bisect_right(rows, until, lo=first, key=lambda row: row[0])
            found += rows[first : min(last, first + LOOKED_AT)]
        if len(types) > 1:
            found.sort(key=lambda row: row[:2])
        for _, _, event in found:
            yield event

    def fulfilling(self, row: Prediction, day: date, until: date) -> Iterator[Fit]:
        """The events after a day and by another that may be what a prediction foretells, or the contrary of what it
        denies: told well or not."""
        parties = parties_of(row)
        if row.type is None or not parties:
            return
        claim = self._of(row.claim)
        # Who and where it names besides its parties; the first word is capitalised anyway.
        people = claim.names - _party_names(parties) - self._of(row.claim.split(" ", 1)[0]).names
        for event in self.after(parties, FAMILIES.get(row.type, (row.type,)), day, until):
            if _acts(row, event):
                told = self._told_well(event, parties)
                if told is not None and not self._names(told, people):
                    told = None  # negotiators met, where it is foretold of leaders
                fit = Fit.of(event, told)
                if self._same(row, claim, fit):
                    yield fit

    def alike(self, row: Prediction, day: date, until: date) -> Event | None:
        """The first event of a prediction's parties and kind after a day and by another, whatever its words."""
        if row.type is None:
            return None
        return next(self.after(parties_of(row), FAMILIES.get(row.type, (row.type,)), day, until), None)

    def told(self, event: Event, parties: Parties) -> Evidence | None:
        """The passage by which an event is told well enough to decide; None where none is."""
        told = self._told_well(event, parties)
        return told[1] if told is not None else None

    def _told_well(self, event: Event, parties: Parties) -> Told | None:
        key = (event.id, parties)
        if key not in self._told:
            self._told[key] = told_well(self._holdings, event, parties)
        return self._told[key]

    def _names(self, told: Told, wanted: frozenset[str]) -> bool:
        """Whether a telling has the people among its actors, and the places in its words, that a claim names."""
        if not wanted:
            return True
        telling, passage = told
        own = _parts_of_names((telling,))
        return wanted <= own | (self._keys(passage).names - self._people)

    def meeting(self, row: Prediction, day: date, until: date) -> Fit | None:
        """The first meeting of a prediction's parties after a day and by another."""
        parties = parties_of(row)
        for event in self.after(parties, ("CONSULT",), day, until):
            if event.meeting is not None and event.meeting.level not in _DISTANT:
                return Fit.of(event, self._told_well(event, parties))
        return None

    def came(self, words: str, parties: Parties, day: date, until: date) -> Fit | None:
        """The first event of parties after a day and by another that is what some words tell, told well."""
        wanted = set(words_of(words).keys)
        for event in self.after(parties, _ALL, day, until):
            shared = wanted & set(self._keys(event.evidence[0]).keys)
            if wanted and len(shared) >= max(min(_FEW, len(wanted)), SHARED * len(wanted)):
                told = self._told_well(event, parties)
                if told is not None:
                    return Fit.of(event, told)
        return None

    def covers(self, parties: Parties, day: date, until: date) -> tuple[int, Passage | None]:
        """How many days from a day to another have reports that speak of parties, and the first of these."""
        rows = self._covered.get(parties, [])
        first = bisect_right(rows, day, key=lambda row: row.day)
        last = bisect_right(rows, until, key=lambda row: row.day)
        return last - first, (rows[first] if first < last else None)

    def _same(self, row: Prediction, claim: Words, fit: Fit) -> bool:
        event, passage = fit.event, fit.passage or fit.event.evidence[0]
        keys, own = set(claim.keys), set(self._keys(passage).keys)
        telling = keys - _PLAIN
        if row.type == "CONSULT" and event.meeting is not None and bool(keys & _TALKING or not keys):
            if (fit.passage is None and not own & _TALKING and not _MET.search(passage.exact)) or (
                len(telling) >= _FEW and not telling & own
            ):
                return False
            if event.meeting.level in _DISTANT and not keys & {"phone", "call", "letter"}:
                return False
            if _LEADERS.search(row.claim):
                return _level(fit) == "summit"
            return not _HIGH.search(row.claim) or _level(fit) in ("summit", "ministerial")
        return len(telling & own) >= min(_FEW, len(telling)) if telling else bool(keys & own)

    def _keys(self, passage: Evidence) -> Words:
        return self._of(passage.exact)

    def _of(self, text: str) -> Words:
        if text not in self._words:
            self._words[text] = words_of(text)
        return self._words[text]


_ALL: Final = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
_MUTUAL: Final = frozenset({"CONSULT", "AGREE", "COOPERATE"})


def _acts(row: Prediction, event: Event) -> bool:
    """Whether the first party of a prediction is an actor of the event, where one acts on another."""
    if row.type in _MUTUAL or not row.actors:
        return True
    first = code_of(row.actors[0])
    return any(code_of(actor) == first for actor in event.actors)


def _level(fit: Fit) -> str | None:
    """The level of a meeting as the telling that counts has it, else of the entry that merges it with others."""
    own = fit.telling.meeting if fit.telling is not None else None
    merged = fit.event.meeting
    return own.level if own is not None and own.level != "other" else merged.level if merged is not None else None


@cache
def _party_names(parties: Parties) -> frozenset[str]:
    return words_of(" ".join(map(names_of, parties))).names


def _parts_of_names(events: Iterable[Event]) -> frozenset[str]:
    """Keys of the names of all people who act in events."""
    names = {a.name for e in events for a in (*e.actors, *e.recipients) if a.kind == "person" and not a.anonymous}
    return frozenset(key for name in names for key in words_of(name).names)


def _party_sets(event: Event, among: int | None = None) -> list[Parties]:
    """The parties of an event one by one and by pairs.

    ``among``: only of the first so many, those of its clearest telling: further ones may come from reports that tell of
    several meetings at once.
    """
    codes = dict.fromkeys(code for actor in (*event.actors, *event.recipients) if (code := code_of(actor)))
    first = sorted(list(codes)[:among])
    return [(one,) for one in first] + [(one, other) for at, one in enumerate(first) for other in first[at + 1 :]]
