"""Mentions that were left open although their own words name the party: "the five South Korean officials".

Who exactly they are stays open; for an event it is enough to know whom they act for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from summitry.vocabulary import Actor

if TYPE_CHECKING:
    from summitry.casebook import Casebook
    from summitry.reader.events.parties import Mentions
    from summitry.vocabulary import Mention

_WORD: Final = re.compile(r"[\w.]+(?:'[a-rt-z]\w*)?")


def names_of(casebook: Casebook) -> dict[str, tuple[str, str]]:
    """Names and demonyms of states, as written, to the state's code and full name."""
    return {
        word: (entry.code, entry.name)
        for entry in casebook.world
        if entry.kind == "state" and entry.parent is None
        for word in (entry.name, *entry.names, *entry.demonyms)
    }


class Filled:
    """The mentions of an article, the open ones with the states that their own words name."""

    __slots__ = ("_inner", "_made", "_starts")

    def __init__(self, mentions: Mentions, names: Mapping[str, tuple[str, str]], end: int) -> None:
        self._inner = mentions
        self._made: list[Mention] = []
        for mention in mentions.within(0, end):
            if mention.actor is None and not mention.members and " " in mention.text:
                members = _named(mention.text, names)
                if members:
                    self._made.append(replace(mention, members=members, rule=f"{mention.rule}; own words"))
        self._starts = [mention.start for mention in self._made]

    def at(self, offset: int) -> Mention | None:
        """The mention that covers an offset, filled where it was open."""
        found = self._inner.at(offset)
        if found is None or found.actor is not None or found.members:
            return found
        place = bisect_left(self._starts, found.start)
        while place < len(self._made) and self._made[place].start == found.start:
            if self._made[place].end == found.end:
                return self._made[place]
            place += 1
        return found

    def within(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions inside a stretch, filled where they were open."""
        found = list(self._inner.within(start, end))
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
