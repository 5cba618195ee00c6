"""Who an unnamed speaker is, where the article tells it elsewhere."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from summitry.reader.statements.speaker import Speaker, alike
from summitry.vocabulary import Actor

_WORD: Final = re.compile(r"[a-z]+")
_PLURAL: Final = re.compile(
    r"(?:officials|sources|aides|advisers|diplomats|experts|analysts|ministers|leaders|lawmakers)\b"
)

# Bare "state media" may be any of a state's outlets; "the country's state media" is the one quoted.
_STATE_MEDIUM: Final = re.compile(
    r"(?:['’]s state(?:[- ](?:run|controlled|owned))? (?:media|press)"
    r"|\b(?:state|official|government)(?:[- ](?:run|controlled|owned))?"
    r" (?:newspaper|news agency|daily|television|tv|broadcaster|radio))$",
    re.IGNORECASE,
)

_MOST: Final = 300
"""People and media of one article that are tried for somebody unnamed: more than any report quotes."""


def settle(speakers: Sequence[Speaker]) -> list[Speaker]:
    """The speakers of an article's statements in text order, the unnamed ones completed.

    A lead that has "a senior presidential aide" say something names the man in the paragraphs below: the one person
    named later, by nobody else's description, whose office is of that kind. And an official whose institution is told
    once has it in every statement.
    """
    coded = {s.key: s for s in speakers if s.actor is not None and s.actor.code and s.actor.anonymous}
    people = _People.of(speakers)
    media = _media(speakers)
    out: list[Speaker] = []
    for number, speaker in enumerate(speakers):
        actor = speaker.actor
        medium = _medium(actor, media) if actor is not None else None
        if medium is not None:
            out.append(replace(medium, route="named below"))
            continue
        if actor is None or not actor.anonymous:
            out.append(speaker)
            continue
        fitting = people.fitting(actor)
        named = people.one(fitting, number + 1, len(speakers)) if not people.one(fitting, 0, number) else None
        if named is not None:
            out.append(replace(named, route="named below"))
            continue
        same = coded.get(speaker.key)
        if actor.code is None and same is not None and same.actor is not None:
            speaker = replace(speaker, actor=replace(actor, code=same.actor.code), party=same.party)
        out.append(speaker)
    return out


def _media(speakers: Sequence[Speaker]) -> list[tuple[Actor, Speaker]]:
    """The media that speak by name, each actor once, as first met."""
    found: dict[Actor, Speaker] = {}
    for other in speakers:
        who = other.actor
        if who is None or (who.kind != "media" and (who.code or "")[3:6] != "MED") or _STATE_MEDIUM.search(who.name):
            continue
        found.setdefault(who, other)
    return list(found.items())[:_MOST]


def _medium(actor: Actor, media: Sequence[tuple[Actor, Speaker]]) -> Speaker | None:
    """The one state medium of its state that speaks by name, for "the state-run newspaper"."""
    if actor.kind == "person" or _STATE_MEDIUM.search(actor.name) is None:
        return None
    named: dict[str, Speaker] = {}
    for who, other in media:
        if who.state and (not actor.state or actor.state == who.state):
            named.setdefault(who.name, other)
    return next(iter(named.values())) if len(named) == 1 else None


@dataclass(frozen=True, slots=True)
class _People:
    """The people with an office who speak by name, each actor with the places in the article's order where it does."""

    speakers: Sequence[Speaker]
    places: dict[Actor, list[int]]
    known: dict[Actor, tuple[Actor, ...]]
    """Who fits an unnamed person, for those asked before: a report has many statements of few."""

    @classmethod
    def of(cls, speakers: Sequence[Speaker]) -> _People:
        places: dict[Actor, list[int]] = {}
        for number, other in enumerate(speakers):
            person = other.actor
            if person is None or person.anonymous or person.kind != "person" or not person.office:
                continue
            if person in places or len(places) < _MOST:
                places.setdefault(person, []).append(number)
        return cls(speakers, places, {})

    def fitting(self, actor: Actor) -> tuple[Actor, ...]:
        """The named people whose office fits an unnamed person's description."""
        if actor not in self.known:
            self.known[actor] = tuple(self._fitting(actor))
        return self.known[actor]

    def _fitting(self, actor: Actor) -> Iterator[Actor]:
        words = _WORD.findall(actor.name.lower())
        if not words or actor.kind != "person" or _PLURAL.search(actor.name.lower()):
            return
        for person in self.places:
            office = set(_WORD.findall((person.office or "").lower()))
            heads = [word for word in words if alike(word) & office]
            if not heads or (actor.state and actor.state != person.state):
                continue
            # Besides the kind of office, the state or a further word of the description must agree.
            if actor.state or (set(words) - set(heads)) & office:
                yield person

    def one(self, fitting: Sequence[Actor], low: int, high: int) -> Speaker | None:
        """The speaker first met in ``[low, high)`` who is one of ``fitting``, where they all have one name."""
        met: dict[str, int] = {}
        for person in fitting:
            places = self.places[person]
            at = bisect_left(places, low)
            if at < len(places) and places[at] < high:
                met[person.name] = min(places[at], met.get(person.name, high))
        return self.speakers[next(iter(met.values()))] if len(met) == 1 else None
