"""The dated events of a record as acts that may keep or break a commitment, found by party, type and words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from summitry.ledger.holdings import Holdings
from summitry.ledger.wording import party_of, words_of
from summitry.vocabulary import Event, Evidence

TALKING: Final = frozenset(key for word in ("talks", "meet", "visit", "consult") for key in words_of(word).keys)
"""Keys of what is done by meeting, and by nothing else."""
_MET: Final = "met"
_MEETING: Final = frozenset(words_of("meet").keys)
"""The key of "meet"; its past is no stem of it."""
_LEAVING: Final = re.compile(
    r"\b(?:withdr(?:ew|awn|aws)|pull(?:ed|s)\s+(?:\w+\s+){0,4}out\b|quits?|exit(?:ed|s)|abandon(?:ed|s)|"
    r"walk(?:ed|s)\s+(?:away|out)|scrap(?:ped|s)|tore\s+up|nullified|renounce[ds]|repudiate[ds])\b",
    re.IGNORECASE,
)
"""Finite verbs of leaving: "support for the withdrawal from" and "withdrawing from" tell of none that took place."""
_LEAVES: Final = frozenset({"REJECT", "RETREAT", "COERCE", "SANCTION", "THREATEN"})
_DATED: Final = frozenset({"day", "interval", "month"})
"""Precisions by which an event can be said to come after the day of a commitment."""
_WORDLESS: Final = frozenset({"ACCUSE", "THREATEN", "REQUEST", "PROTEST", "COERCE"})
"""Types that no rule of words asks for: their words are not cut to keys, which is what costs most."""


@dataclass(frozen=True, slots=True)
class Act:
    """An event as it is matched, by one of its passages: its day, its parties, its words."""

    event: Event
    passage: Evidence
    day: date
    doers: frozenset[str]
    parties: frozenset[str]
    lowered: str
    keys: frozenset[str]


class Acts:
    """The acts of those who are bound, by party and type, by the keys of their words, by who meets."""

    __slots__ = ("_by_key", "_by_type", "_leaving", "_meetings")

    def __init__(self, holdings: Holdings, bound: Collection[str]) -> None:
        """``bound`` are the codes of the parties that any commitment binds."""
        self._by_type: dict[tuple[str, str], list[Act]] = {}
        self._by_key: dict[tuple[str, str], list[Act]] = {}
        self._leaving: dict[str, list[tuple[Act, str]]] = {}
        self._meetings: dict[frozenset[str], list[Act]] = {}
        for act in _acts(holdings.events, holdings.today or date.max, frozenset(bound)):
            if TALKING & act.keys:
                self._meetings.setdefault(act.parties, []).append(act)
            for code in act.parties & frozenset(bound):
                self._by_type.setdefault((code, act.event.type), []).append(act)
                for key in act.keys:
                    self._by_key.setdefault((code, key), []).append(act)
            if act.event.type in _LEAVES and act.event.modality == "happened":
                words = _LEAVING.search(act.lowered)
                for code in act.doers if words is not None else ():
                    self._leaving.setdefault(code, []).append((act, act.lowered[words.end() :] if words else ""))

    def of(self, codes: Iterable[str], types: Iterable[str]) -> Iterator[Act]:
        """The acts of some types in which any of the parties has a part, each passage once."""
        yield from _once(act for code in codes for type_ in types for act in self._by_type.get((code, type_), ()))

    def about(self, codes: Iterable[str], keys: Sequence[str]) -> Iterator[Act]:
        """The acts of any of the parties that share the rarest of some keys, each passage once."""
        yield from _once(
            act
            for code in codes
            for act in min((self._by_key.get((code, key), []) for key in keys), key=len, default=[])
        )

    def between(self, parties: frozenset[str]) -> Sequence[Act]:
        """The acts of meeting, or of refusing it, of just these parties."""
        return self._meetings.get(parties, ())

    def leaving(self, codes: Iterable[str]) -> Iterator[tuple[Act, str]]:
        """The acts by which any of the parties leaves something, with the words behind the leaving."""
        for code in sorted(codes):
            yield from self._leaving.get(code, ())


def _once(acts: Iterable[Act]) -> Iterator[Act]:
    yield from {(act.event.id, act.lowered): act for act in acts}.values()


def _acts(events: Iterable[Event], until: date, bound: frozenset[str]) -> Iterator[Act]:
    for event in events:
        day = event.date.end or event.date.start
        if day is None or event.date.precision not in _DATED or event.modality not in ("happened", "negated"):
            continue
        doers = frozenset(code for actor in event.actors if (code := party_of(actor)) is not None)
        others = frozenset(code for actor in event.recipients if (code := party_of(actor)) is not None)
        if day > until or not (doers | others) & bound:
            continue
        for text, passage in {" ".join(one.exact.split()): one for one in reversed(event.evidence)}.items():
            keys = frozenset[str]() if event.type in _WORDLESS else frozenset(words_of(text).keys)
            if _MET in keys:
                keys |= _MEETING
            yield Act(event, passage, day, doers, doers | others, text.lower(), keys)
