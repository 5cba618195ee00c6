"""Who is named in the words of a move: states and organisations by their names, metonyms and leaders.

Mentions are no part of a record's rows, so the few words of a condition are looked up again: in the world's list, the
cases of the record and the offices of both. Words that name nobody for certain name nobody.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Final

from summitry.casebook import Case, OfficeEntry, PartyEntry, load_leaders, load_world
from summitry.ledger.sides import side
from summitry.vocabulary import Actor, EntityKind

_TOKEN: Final = re.compile(r"[^\W_](?:[\w.&]|['’](?=\w))*")
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_LONGEST: Final = 6
"""Words of the longest name looked for: "Democratic People's Republic of Korea" has five."""
_HEADS: Final = frozenset(
    "president/acting president/premier/prime minister/chancellor/king/emir/sultan/leader/supreme leader/chairman/"
    "general secretary/monarch/taoiseach/ruler/pope".split("/")
)
"""Offices of those who stand for their state by a bare surname."""
_SIDES: Final = {"north": "North", "south": "South", "east": "East", "west": "West"}
_NO_STATE: Final = frozenset({"peninsula", "war", "strait", "gulf", "nuclear-weapon-free"})
"""What a name before it does not act: "the Korean Peninsula", "the Iran war"."""


@dataclass(frozen=True, slots=True)
class Named:
    """A party named in words: where (code points of the words), by which code, and whether as owner ("Iran's")."""

    start: int
    end: int
    code: str
    possessive: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """All words that stand for a party, by their first token; codes as :func:`~summitry.ledger.sides.side` gives."""

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    people: Mapping[str, tuple[OfficeEntry, ...]]
    titles: Mapping[str, str]
    kinds: Mapping[str, EntityKind]

    def actor(self, code: str) -> Actor:
        """The party of a code, by its full name where it is known."""
        return Actor(code, self.titles.get(code, code), kind=self.kinds.get(code, "state"))

    def find(self, words: str, near: Collection[str], day: date | None = None) -> list[Named]:
        """The parties named, in text order.

        ``near`` are the codes of those whose talks it is: a surname or "the North" stands for one of them only.
        ``day`` is when the words were said, for who held an office then.
        """
        found: list[Named] = []
        tokens = list(_TOKEN.finditer(words))
        bare = [_bare(token.group()) for token in tokens]
        at = 0
        while at < len(tokens):
            size, code = self._at(bare, at, near, day)
            if code is None:
                at += 1
                continue
            last = tokens[at + size - 1]
            at += size
            if at == len(tokens) or bare[at].lower() not in _NO_STATE:
                owns = _POSSESSIVE.search(last.group()) is not None
                found.append(Named(tokens[at - size].start(), last.end(), code, owns))
        return found

    def _at(self, bare: Sequence[str], at: int, near: Collection[str], day: date | None) -> tuple[int, str | None]:
        """How many tokens name a party from one on, and which."""
        first = bare[at]
        for name, code in self.by_first.get(first, ()):
            if tuple(bare[at : at + len(name)]) == name:
                return len(name), code
        if at and first.lower() in _SIDES and bare[at - 1].lower() == "the":
            side = f"{_SIDES[first.lower()]} "
            sided = {code for code in near if self.titles.get(code, "").startswith(side)}
            return 1, sided.pop() if len(sided) == 1 else None
        return 1, self._by_surname(first, near, day) if first[:1].isupper() else None

    def _by_surname(self, surname: str, near: Collection[str], day: date | None) -> str | None:
        """The party of the only one of those concerned whose leader then has a surname."""
        offices = [one for one in self.people.get(surname, ()) if one.party in near]
        if day is not None and (held := [one for one in offices if _held(one, day)]):
            offices = held
        heads = [one for one in offices if one.title in _HEADS]
        parties = {one.party for one in heads or offices}
        return parties.pop() if len(parties) == 1 else None


def roster_of(cases: Iterable[Case]) -> Roster:
    """The names of the world and of the cases."""
    cases = tuple(cases)
    entries = [*(party for case in cases for party in case.parties), *_world()]
    by_first: dict[str, dict[tuple[str, ...], str]] = {}
    titles: dict[str, str] = {}
    kinds: dict[str, EntityKind] = {}
    for entry in entries:
        if entry.kind == "media":
            continue
        code = side(Actor(entry.code, entry.name, kind=entry.kind))
        if entry.code == code:
            titles.setdefault(code, entry.name)
            kinds.setdefault(code, entry.kind)
        for words in (entry.name, *entry.names, *entry.demonyms, *entry.metonyms):
            _enter(by_first, words, code)
    people: dict[str, list[OfficeEntry]] = {}
    for office in (*(office for case in cases for office in case.offices), *_leaders()):
        party = side(Actor(office.party, office.person))
        for words in (office.person, *office.aliases):
            _enter(by_first, words, party)
        for surname in _surnames(office.person):
            people.setdefault(surname, []).append(replace(office, party=party))
    return Roster(
        by_first={
            first: tuple(sorted(words.items(), key=lambda pair: (-len(pair[0]), pair)))
            for first, words in by_first.items()
        },
        people={surname: tuple(held) for surname, held in people.items()},
        titles=titles,
        kinds=kinds,
    )


def _enter(by_first: dict[str, dict[tuple[str, ...], str]], words: str, code: str) -> None:
    tokens = tuple(_bare(token) for token in _TOKEN.findall(words))
    if 0 < len(tokens) <= _LONGEST:
        by_first.setdefault(tokens[0], {}).setdefault(tokens, code)


def _surnames(person: str) -> Iterator[str]:
    """Either end of a name: which is the family name differs by language."""
    tokens = [_bare(token) for token in _TOKEN.findall(person)]
    yield from dict.fromkeys((tokens[-1], tokens[0]) if len(tokens) > 1 else tokens)


def _bare(token: str) -> str:
    """A token without a possessive and without dots: "U.S.'s" is "US"."""
    return token if token.isalpha() else _POSSESSIVE.sub("", token).replace(".", "")


def _held(office: OfficeEntry, day: date) -> bool:
    return (office.start is None or office.start <= day) and (office.end is None or day <= office.end)


# Shipped data, read once: the same at every call.
@cache
def _world() -> tuple[PartyEntry, ...]:
    return load_world()


@cache
def _leaders() -> tuple[OfficeEntry, ...]:
    return load_leaders()
