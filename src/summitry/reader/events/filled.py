"""Mentions that were left open although the party is known: "the five South Korean officials", a former minister.

Who exactly they are, or whether they hold an office now, stays open; for an event it is enough to know whom they act
for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from summitry.reader.stretches import Stretches
from summitry.vocabulary import Actor, Mention

if TYPE_CHECKING:
    from summitry.casebook import Casebook
    from summitry.reader.events.parties import Mentions
    from summitry.vocabulary import Statement

# Whoever owns one of these is another party than it.
_RELATION: Final = re.compile(
    r"['’]s? (?:[\w-]+ ){0,3}?(?:ally|allies|neighbou?rs?|rivals?|foes?|adversar\w+|enem\w+|partners?|backers?|"
    r"patrons?|sponsors?|friends?)$"
)
_BETWEEN: Final = re.compile(r"\b[Ii]n(?:ter|tra)-([A-Z]\w+)")
_FIRST: Final = frozenset({"we", "us", "our", "ours"})
_WORD: Final = re.compile(r"[\w.]+(?:'[a-rt-z]\w*)?")


def names_of(casebook: Casebook) -> dict[str, tuple[str, str]]:
    """Names and demonyms of states, as written, to the state's code and full name."""
    return {
        word: (entry.code, entry.name)
        for entry in casebook.world
        if entry.kind == "state" and entry.parent is None
        for word in (entry.name, *entry.names, *entry.demonyms)
    }


def states_of_people(casebook: Casebook) -> dict[str, str]:
    """Whoever held an office at any time, by the full name in lower case without hyphens, to the code of the state."""
    offices = (*casebook.leaders, *(office for case in casebook.cases for office in case.offices))
    return {_plain(name): office.party[:3] for office in offices for name in (office.person, *office.aliases)}


def groups_of(casebook: Casebook) -> dict[str, tuple[Actor, ...]]:
    """The parties that a group acts through, by the group's code: what "the six powers" sign each of them signs, and
    what the Security Council decides the United Nations do."""
    named = {entry.code: Actor(entry.code, entry.name, None, kind=entry.kind) for entry in casebook.world}
    return {
        entry.code: tuple(named[code] for code in entry.members if code in named)
        for entry in casebook.world
        if entry.members
    }


def _twins(names: Mapping[str, tuple[str, str]]) -> dict[str, tuple[Actor, ...]]:
    """The two states whose names or demonyms end with the same word, by that word: "Korean", "Korea"."""
    found: dict[str, dict[str, Actor]] = {}
    for name, state in names.items():
        first, _, last = name.rpartition(" ")
        if first in {"North", "South", "East", "West"}:
            found.setdefault(last, {})[state[0]] = Actor(*state)
    return {word: tuple(actors.values()) for word, actors in found.items() if len(actors) == 2}


def _both(text: str, twins: Mapping[str, tuple[Actor, ...]]) -> tuple[Actor, ...]:
    """The members of "the two Korean leaders", "both Koreas"."""
    words = text.split()
    if not {"two", "both", "Both", "Two"} & set(words):
        return ()
    return next((twins[word] for word in words if word in twins), ())


def _plain(name: str) -> str:
    return name.lower().replace("-", " ")


def _family(mentions: Sequence[Mention], people: Mapping[str, str]) -> dict[str, set[str]]:
    """Each word of the names of an article's people to the codes of the states of all who have it in their name."""
    found: dict[str, set[str]] = {}
    for mention in mentions:
        actor = mention.actor
        if actor is not None and actor.kind == "person" and not actor.anonymous:
            code = actor.state or people.get(_plain(actor.name), "")
            for word in actor.name.split():
                found.setdefault(word, set()).add(code)
    return found


class Filled:
    """The mentions of an article, the open ones with the states that their own words or their offices name.

    ``people`` are the states of people who hold or held an office, by name (:func:`states_of_people`); ``groups`` the
    members of groups of states by code (:func:`groups_of`); ``plain`` is the article's text;
    ``statements`` tell whose "we" stands in them.
    """

    __slots__ = ("_groups", "_inner", "_made", "_starts")

    def __init__(
        self,
        mentions: Mentions,
        names: Mapping[str, tuple[str, str]],
        people: Mapping[str, str],
        groups: Mapping[str, tuple[Actor, ...]],
        plain: str,
        statements: Sequence[Statement] = (),
    ) -> None:
        self._inner = mentions
        self._groups = groups
        told = Stretches(
            sorted(
                (
                    (span.start, span.end, s.party)
                    for s in statements
                    if s.party is not None
                    for span in s.content_spans
                ),
                key=lambda row: row[:2],
            )
        )
        self._made: list[Mention] = []
        everyone = list(mentions.within(0, len(plain)))
        twins = _twins(names)
        family = _family(everyone, people)
        for mention in everyone:
            actor = mention.actor
            if actor is None and not mention.members and mention.text.lower() in _FIRST:
                party = next((party for _, _, party in told.holding(mention.start)), None)
                if party is not None:
                    self._made.append(replace(mention, actor=party, rule=f"{mention.rule}; of whom it is said"))
            elif actor is not None and not actor.code and not mention.members and actor.kind == "person":
                code = people.get(_plain(actor.name))
                if code:
                    filled = replace(actor, code=code)
                    self._made.append(replace(mention, actor=filled, rule=f"{mention.rule}; office held"))
            elif actor is None and not mention.members and " " in mention.text:
                members = _both(mention.text, twins) or _named(mention.text, names)
                if members:
                    self._made.append(replace(mention, members=members, rule=f"{mention.rule}; own words"))
            elif actor is None and not mention.members and mention.kind == "name":
                # "Kim", and every Kim of the article acts for one state.
                codes = family.get(mention.text, set())
                code = next(iter(codes)) if len(codes) == 1 else ""
                if code:
                    one = Actor(code, mention.text, kind="person")
                    self._made.append(replace(mention, actor=one, rule=f"{mention.rule}; all of one state"))
        for found in _BETWEEN.finditer(plain):
            if found.group(1) in twins:
                # "inter-Korean talks"
                pair = twins[found.group(1)]
                self._made.append(Mention(found.start(), found.end(), found.group(), "collective", None, "twins", pair))
        self._made.sort(key=lambda mention: mention.start)
        self._starts = [mention.start for mention in self._made]

    def at(self, offset: int) -> Mention | None:
        """The mention that covers an offset, filled where it was open."""
        found = self._inner.at(offset)
        if found is None or found.members:
            return found
        if found.actor is not None and found.actor.code:
            return self._opened(found)
        place = bisect_left(self._starts, found.start)
        while place < len(self._made) and self._made[place].start == found.start:
            if self._made[place].end == found.end:
                return self._made[place]
            place += 1
        return found

    def _opened(self, mention: Mention) -> Mention:
        """A mention of a group of states with its members; "Iran's main ally" without Iran."""
        if mention.kind == "description" and _RELATION.search(mention.text):
            return replace(mention, actor=None, members=())
        code = mention.actor.code if mention.actor is not None else None
        members = self._groups.get(code) if code and not mention.members else None
        return mention if members is None else replace(mention, actor=None, members=members)

    def within(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions inside a stretch, filled where they were open."""
        found = [self._opened(mention) for mention in self._inner.within(start, end)]
        made = self._made[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        found.extend(mention for mention in made if mention.end <= end)
        return found


def _named(text: str, names: Mapping[str, tuple[str, str]]) -> tuple[Actor, ...]:
    """The states that the words of a phrase name; "South Korean" before "Korean"."""
    words = _WORD.findall(text)
    found: dict[str, Actor] = {}
    at = 0
    while at < len(words):
        for size in (3, 2, 1):
            state = names.get(" ".join(words[at : at + size]))
            if state is not None:
                found[state[0]] = Actor(*state)
                at += size
                break
        else:
            at += 1
    return tuple(found.values())
