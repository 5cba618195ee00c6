"""Events as a timeline draws them: families told apart by shape, lanes of parties and pairs, and what is found fast.

Everything about one event that the page asks again and again is worked out once, so that a question of 60,000 events
is a few operations on sets of numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from summitry.errors import UsageError
from summitry.ledger.sides import Names, bound, sides
from summitry.record import SourceRow
from summitry.report.words import is_rough, one_line
from summitry.vocabulary import PLOVER_TYPES, Actor, Event

FAMILIES: Final[Mapping[str, tuple[str, str]]] = {
    "meeting": ("Meeting, talks", "circle"),
    "agreement": ("Agreement, support, aid", "square"),
    "concession": ("Concession, retreat", "drop"),
    "demand": ("Demand, appeal", "diamond"),
    "refusal": ("Criticism, refusal", "cross"),
    "threat": ("Threat", "triangle"),
    "test": ("Weapons: tests, launches, arming", "star"),
    "sanction": ("Sanction", "plus"),
    "force": ("Force, coercion, protest", "hexagon"),
}
"""Families of PLOVER types by name: label and shape. Nine, for more shapes are not told apart at the size of a mark."""

_FAMILY: Final[Mapping[str, str]] = {
    "CONSULT": "meeting",
    "AGREE": "agreement",
    "SUPPORT": "agreement",
    "COOPERATE": "agreement",
    "AID": "agreement",
    "CONCEDE": "concession",
    "RETREAT": "concession",
    "REQUEST": "demand",
    "ACCUSE": "refusal",
    "REJECT": "refusal",
    "THREATEN": "threat",
    "SANCTION": "sanction",
}

_CODE: Final = re.compile(r"[A-Z][A-Z0-9]{2,}")

OTHERS: Final = "others"
"""The lane of events that are in no other."""

LANES: Final = 5
"""Lanes beside the others': what fits a laptop's window with the axis in sight."""

MOST_LANES: Final = 12
"""Lanes that a reader may ask for."""


def family_of(event: Event) -> str:
    """The family of an event, of :data:`FAMILIES`. Arms are what the mode says of MOBILIZE; what is left is force."""
    if event.type == "MOBILIZE" and event.mode == "weapons":
        return "test"
    return _FAMILY.get(event.type, "force")


def others_of(event: Event) -> tuple[Actor, ...]:
    """To whom it is done: the recipients that do not act too (tellings of one meeting name the sides in turn)."""
    acting = {_letters(one.name) for one in event.actors}
    return tuple(one for one in event.recipients if _letters(one.name) not in acting)


def _letters(name: str) -> str:
    """A name without the signs that outlets write differently: Kim Jong-un, Kim Jong Un."""
    return "".join(filter(str.isalnum, name)).casefold()


def lanes_of(event: Event) -> frozenset[str]:
    """Keys of the lanes an event is drawn in: the parties that act, for a meeting all that take part; and each pair of
    who acts and whom it is done to, or of those who act together (``PRK-USA``, sorted)."""
    met = event.meeting is not None
    parties = sides((*event.actors, *event.recipients)) if met else sides(event.actors)
    # Who has no code ("senior official") is in no lane of its own.
    found = {key for key in parties if _CODE.fullmatch(key)}
    found |= {f"{a}-{b}" for a, b in bound(event) if _CODE.fullmatch(a) and _CODE.fullmatch(b)}
    return frozenset(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Filters of the timeline. ``kind`` is a PLOVER type or a family. Absent is None, or empty."""

    party: str | None = None
    kind: str = ""
    modality: str = ""
    outlet: str = ""
    lane: str = ""
    since: date | None = None
    until: date | None = None
    min_confidence: float | None = None
    reports: int | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """Events by number, and for each thing one asks for, the numbers that have it.

    ``dated`` are numbers of events with a date that tells a person something, by day; ``undated`` the others, by the
    day of their first report. ``reported`` is that day, ``last`` the last day told or else reported, ``starts`` the
    ordinal of the first day told. ``cell`` is the place in ``cells`` of each event's lanes, month (year times 12) and
    quad: few differ, so that bars are counted by them.
    """

    events: Sequence[Event]
    dated: Sequence[int]
    undated: Sequence[int]
    families: Sequence[str]
    lanes: Sequence[frozenset[str]]
    reported: Sequence[date | None]
    last: Sequence[date | None]
    starts: Sequence[int]
    cell: Sequence[int]
    cells: Sequence[tuple[frozenset[str], int, str]]
    having: Mapping[tuple[str, str], frozenset[int]]
    counts: Sequence[tuple[str, int]]
    names: Names
    outlets: Sequence[str]

    def choose(self, wanted: Wanted) -> frozenset[int] | None:
        """The numbers of events that pass the filters; None for all of them.

        Raises:
            UsageError: ``kind`` is neither a PLOVER type nor a family.
        """
        kind = wanted.kind
        if kind and kind.upper() not in PLOVER_TYPES and kind not in FAMILIES:
            raise UsageError(f"type is {kind!r}; allowed: {', '.join((*FAMILIES, *PLOVER_TYPES))}")
        told = (
            ("family", kind) if kind in FAMILIES else ("type", kind.upper()),
            ("modality", wanted.modality),
            ("outlet", wanted.outlet.casefold()),
            ("lane", wanted.lane),
        )
        sets = [self.having.get((what, value), frozenset()) for what, value in told if value]
        if wanted.party:
            sets.append(self._of_party(wanted.party))
        found = frozenset.intersection(*sets) if sets else None
        for name in ("min_confidence", "reports", "since", "until"):
            if getattr(wanted, name) is not None:
                found = self._within(name, wanted, range(len(self.events)) if found is None else found)
        return found

    def _of_party(self, party: str) -> frozenset[int]:
        """By the beginning of a code, or by a full name: as the record's own filter has it."""
        code, name = party.strip().upper(), party.strip().lower()
        sets = [found for (what, value), found in self.having.items() if what == "code" and value.startswith(code)]
        return frozenset().union(*sets, self.having.get(("name", name), frozenset()))

    def _within(self, name: str, wanted: Wanted, numbers: Iterable[int]) -> frozenset[int]:
        events = self.events
        if name == "min_confidence":
            least = wanted.min_confidence or 0.0
            return frozenset(n for n in numbers if events[n].confidence >= least)
        if name == "reports":
            return frozenset(n for n in numbers if events[n].reports >= (wanted.reports or 1))
        if name == "since":
            since = wanted.since or date.min
            return frozenset(n for n in numbers if (self.last[n] or date.max) >= since)
        # Until: what has begun by then; the undated by their report.
        until = wanted.until or date.max
        return frozenset(n for n in numbers if (events[n].date.start or self.reported[n] or date.min) <= until)

    def main_lanes(self, *, pairs: bool) -> tuple[str, ...]:
        """The parties, or the pairs, with most dated events."""
        return tuple(key for key, _ in self.counts if ("-" in key) == pairs)[:LANES]

    def lane_name(self, key: str) -> str:
        """A lane's name for people."""
        if key == OTHERS:
            return "Others"
        return " – ".join(self.names(code) for code in key.split("-"))

    def lanes_asked(self, asked: str) -> tuple[str, ...]:
        """The lanes that a reader asks for: ``parties`` or ``pairs`` for the main ones, or keys with commas between.

        Raises:
            UsageError: more than :data:`MOST_LANES`, or one that no dated event is in.
        """
        if asked in ("", "parties", "pairs"):
            return self.main_lanes(pairs=asked == "pairs")
        known = {key for key, _ in self.counts}
        keys = ["-".join(sorted(one.strip().upper().split("-"))) for one in asked.split(",") if one.strip()]
        for key in keys:
            if key not in known:
                raise UsageError(
                    f"lane is {key!r}; allowed: parties, pairs, or codes that events have, as USA or PRK-USA"
                )
        if len(keys) > MOST_LANES:
            raise UsageError(f"{len(keys)} lanes are asked for; allowed: {MOST_LANES} at most")
        return tuple(dict.fromkeys(keys))


def index_of(events: Sequence[Event], sources: Sequence[SourceRow], parties: Iterable[tuple[str, str, int]]) -> Index:
    """The index of all events of a view."""
    published = {one.id: one.published.start or one.published.end for one in sources}
    outlet_of = {one.id: one.outlet for one in sources if one.outlet}
    having: dict[tuple[str, str], set[int]] = {}
    families, lanes, reported, last = [], [], [], []
    starts: list[int] = []
    cell: list[int] = []
    cells: dict[tuple[frozenset[str], int, str], int] = {}
    dated: list[int] = []
    undated: list[int] = []
    outlets: Counter[str] = Counter()
    for number, event in enumerate(events):
        family, sides = family_of(event), lanes_of(event)
        days = [day for one in event.evidence if (day := published.get(one.source))]
        first = min(days, default=None)
        told = {outlet for one in event.evidence if (outlet := outlet_of.get(one.source))}
        rough = is_rough(event.date)
        (undated if rough else dated).append(number)
        families.append(family)
        lanes.append(sides)
        reported.append(first)
        last.append(event.date.end or (date.max if event.date.start else max(days, default=None)))
        start = event.date.start or date.min
        starts.append(start.toordinal())
        cell.append(cells.setdefault((sides, start.year * 12 + start.month - 1, event.quad), len(cells)))
        keys = {("type", event.type), ("family", family), ("modality", event.modality)}
        keys |= {("lane", one) for one in sides} | {("outlet", one.casefold()) for one in told}
        for actor in (*event.actors, *event.recipients):
            keys.add(("name", one_line(actor.name).lower()))
            if actor.code:
                keys.add(("code", actor.code))
        for key in keys:
            having.setdefault(key, set()).add(number)
        outlets.update(told)
    counts = Counter(key for number in dated for key in lanes[number])
    return Index(
        events=events,
        # Of a day, what most reports tell comes last: lists begin with the latest.
        dated=sorted(
            dated, key=lambda n: (events[n].date.start or date.min, events[n].reports, events[n].confidence, n)
        ),
        undated=sorted(undated, key=lambda n: (reported[n] or date.min, n)),
        families=families,
        lanes=lanes,
        reported=reported,
        last=last,
        starts=starts,
        cell=cell,
        cells=list(cells),
        having={key: frozenset(found) for key, found in having.items()},
        counts=sorted(counts.items(), key=lambda item: (-item[1], item[0])),
        names=Names({code: one_line(name) for code, name, _ in parties}),
        outlets=[name for name, _ in outlets.most_common()],
    )
