"""Who is who in a record: the names that stand for one person, joined by what their spelling alone decides.

Reports call one person "Donald J. Trump", "Donald Trump" and "Trump". Names are joined where

1. they are the same but for case, accents, hyphens, dots and usual short forms of given names ("Jim", "James");
2. one is the other without middle names or initials, its last word the same, and it fits only one person so;
3. one is a surname alone, and only one person of the same party has it (of any party, where none is known);
4. the same full name stands under another party, or under none, in at most a quarter as many rows: a slip of reading.

Nothing else is guessed: who fits two people stays apart, and reviewers join or part names over this
(:mod:`summitry.review.people`). Unnamed speakers never are anybody, nor are descriptions ("the foreign ministry
spokesman") that were taken for names.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from summitry.review.people import Names, PersonKey, key_of_name, person_id
from summitry.vocabulary import Actor

SLIP: Final = 4
"""A full name is one person across parties where the main one has at least so many times the rows of the other."""

_FAMILY_FIRST: Final = frozenset({"PRK", "KOR", "CHN", "TWN", "VNM"})
"""States in whose names, as reports in English print them, the family's stands first."""

_SHORT: Final = {
    short: name
    for name, shorts in {
        "michael": "mike mick", "james": "jim jimmy", "robert": "bob rob", "william": "bill will", "joseph": "joe",
        "stephen": "steve steven", "charles": "chuck", "richard": "rick dick", "thomas": "tom", "edward": "ed ted",
        "benjamin": "ben", "samuel": "sam", "daniel": "dan", "antony": "anthony tony", "christopher": "chris",
        "timothy": "tim", "kenneth": "ken", "ronald": "ron", "lawrence": "larry laurence", "mohammad": "mohammed",
    }.items()
    for short in shorts.split()
}  # fmt: skip
"""Usual short forms and spellings of given names; only before the same surname in the same party do they count."""

_PARTICLES: Final = frozenset(
    "al el bin ibn bint abu de del della der den di da dos du la le van von und y ter zu".split()
)
"""Words of names that are written small."""

_TITLES: Final = frozenset("mr mrs ms dr sen rep gov gen adm col maj capt lt sgt prof rev amb sir".split())
"""Titles before a name; they are no part of it."""

_NO_NAME: Final = re.compile(r"[\d@#,;:()]|[’']s\b|\band\b")
"""Signs of what is no one person's name: numbers, handles, several people, a possessive."""

_APART: Final = re.compile(r"[-\s_]+")
_DROPPED: Final = re.compile(r"[.'’‘`]")


@dataclass(frozen=True, slots=True)
class Called:
    """A name as rows have it, under which party, in how many rows."""

    name: str
    party: str | None
    rows: int


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person: the name and party that most rows give, and all names that stand for the person, most used first."""

    id: str
    name: str
    party: str | None
    names: tuple[Called, ...]

    @property
    def rows(self) -> int:
        """How many rows name the person."""
        return sum(one.rows for one in self.names)

    @property
    def also(self) -> tuple[str, ...]:
        """The further names, as rows have them."""
        return tuple(dict.fromkeys(one.name for one in self.names if one.name != self.name))


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a record, with most rows first. Make it with :func:`roster_of`.

    ``alone`` are one-word names that fit nobody, or several people; ``described`` what rows call somebody without a
    name: it is nobody here.
    """

    people: tuple[Somebody, ...]
    alone: tuple[Somebody, ...]
    described: tuple[Called, ...]
    _by_key: Mapping[PersonKey, Somebody] = field(repr=False)
    _by_name: Mapping[tuple[str, str | None], Somebody] = field(repr=False)
    _by_id: Mapping[str, Somebody] = field(repr=False)

    def who(self, actor: Actor | None) -> Somebody | None:
        """The person an actor of a row is; None for parties, unnamed speakers and people who are not of these."""
        if actor is None or actor.anonymous or actor.kind != "person":
            return None
        return self._by_name.get((actor.name, actor.code)) or self._by_key.get(key_of_name(actor.name, actor.code))

    def find(self, wanted: str) -> Somebody | None:
        """The person of an id, also of one made of another of the person's names."""
        return self._by_id.get(wanted)


def roster_of(actors: Iterable[Actor], names: Names | None = None) -> Roster:
    """The people among the actors of rows, an actor for each row that names it. ``names`` are what reviewers held."""
    # A record has far fewer names than rows: what costs is done for each name once.
    counts = Counter((one.name, one.code) for one in actors if one.kind == "person" and not one.anonymous)
    called: dict[PersonKey, list[Called]] = defaultdict(list)
    for (spelt, code), rows in counts.items():
        called[key_of_name(spelt, code)].append(Called(spelt, code, rows))
    told = {key: name for key, found in called.items() if (name := name_in(found[0].name)) is not None}
    people: list[Somebody] = []
    by_key: dict[PersonKey, Somebody] = {}
    by_id: dict[str, Somebody] = {}
    for keys in _joined({key: called[key] for key in told}, names.apart if names else {}):
        one = _somebody([each for key in keys for each in called[key]])
        people.append(one)
        by_key |= dict.fromkeys(keys, one)
        by_id |= {person_id(each.name, each.party): one for each in one.names} | {one.id: one}
    people.sort(key=lambda one: (-one.rows, one.name, one.id))
    described = [each for key, found in called.items() if key not in told for each in found]
    return Roster(
        tuple(one for one in people if len(tokens_of(one.name)) > 1),
        tuple(one for one in people if len(tokens_of(one.name)) == 1),
        tuple(sorted(described, key=lambda one: (-one.rows, one.name, one.party or ""))),
        by_key,
        {(each.name, each.party): one for one in people for each in one.names},
        by_id,
    )


def name_in(words: str) -> str | None:
    """The name in what rows call a person, without titles and what stands before it; None where there is none."""
    if _NO_NAME.search(words):
        return None
    parts = words.split()
    small = [i for i, word in enumerate(parts) if word[:1].islower() and _bare(word) not in _PARTICLES]
    if small:
        # "al-Assad" is small too, and a name.
        small = [i for i in small if not any(sign.isupper() for sign in parts[i])]
    parts = parts[small[-1] + 1 :] if small else parts
    while len(parts) > 1 and _bare(parts[0]) in _TITLES:
        parts = parts[1:]
    name = " ".join(parts)
    return name if any(sign.isalpha() for sign in name) and not (parts[0].islower() and len(parts) == 1) else None


def _bare(word: str) -> str:
    return _DROPPED.sub("", word).casefold().split("-")[0]


def _somebody(names: Sequence[Called]) -> Somebody:
    """One of several names: what most rows give, but no capitals alone and no surname alone where there is better."""

    def worth(one: Called) -> tuple[object, ...]:
        name = name_in(one.name) or one.name
        return len(tokens_of(name)) > 1, name == one.name, name.upper() != name, one.rows, name

    best = max(names, key=worth)
    name = name_in(best.name) or best.name
    parties = Counter[str]()
    for one in names:
        if one.party:
            parties[one.party] += one.rows
    party = max(parties, key=lambda code: (parties[code], code)) if parties else None
    ordered = tuple(sorted(names, key=lambda one: (-one.rows, one.name, one.party or "")))
    return Somebody(person_id(name, party), name, party, ordered)


def tokens_of(name: str) -> tuple[str, ...]:
    """A name's words without case, accents and dots; neighbouring initials as one word, short forms in full."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    words = [word for word in _APART.split(_DROPPED.sub("", plain).casefold()) if word]
    found: list[str] = []
    initials = False
    for word in words:
        if initials and len(word) == 1:
            found[-1] += word
        else:
            found.append(word)
        initials = len(word) == 1
    if len(found) > 1:
        found[0] = _SHORT.get(found[0], found[0])
    return tuple(found)


@dataclass(slots=True)
class _Group:
    """Names of one person so far: ``full`` are the words of the longest, ``called`` those of all."""

    full: tuple[str, ...]
    state: str
    keys: list[PersonKey]
    rows: int
    called: set[tuple[str, ...]]


def _joined(
    called: Mapping[PersonKey, Sequence[Called]], apart: Mapping[PersonKey, tuple[str, ...]]
) -> list[list[PersonKey]]:
    """Keys by person. Names are taken longest first, so that a shorter one finds all whom it may stand for."""
    rows = {key: sum(one.rows for one in found) for key, found in called.items()}
    tokens = {key: tokens_of(name_in(found[0].name) or found[0].name) for key, found in called.items()}
    order = sorted(called, key=lambda key: (not key[1], -len(tokens[key]), -rows[key], key))

    def grouped(keys: Iterable[PersonKey], known: Sequence[_Group], *, alone: bool) -> list[_Group]:
        groups = list(known)
        ending: dict[str, list[_Group]] = defaultdict(list)
        for group in known:
            _enter(group, ending)
        for key in keys:
            fits = _fitting(tokens[key], key[1], ending, alone)
            fits = [group for group in fits if not _parted(key, group, apart)]
            if len(fits) == 1:
                fits[0].keys.append(key)
                fits[0].rows += rows[key]
                fits[0].called.add(tokens[key])
                continue
            groups.append(_Group(tokens[key], key[1], [key], rows[key], {tokens[key]}))
            if not alone:
                _enter(groups[-1], ending)
        return groups

    full = grouped([key for key in order if len(tokens[key]) > 1], (), alone=False)
    # Surnames after slips are mended: who stands under two parties by a slip is one whom a surname fits.
    everybody = grouped([key for key in order if len(tokens[key]) < 2], _without_slips(full, apart), alone=True)
    return [group.keys for group in everybody]


def _enter(group: _Group, ending: dict[str, list[_Group]]) -> None:
    """Let a group be found by its family name."""
    if group.full:
        ending[group.full[-1]].append(group)
        if group.state in _FAMILY_FIRST and group.full[0] != group.full[-1]:
            ending[group.full[0]].append(group)


def _fitting(full: tuple[str, ...], state: str, ending: Mapping[str, Sequence[_Group]], alone: bool) -> list[_Group]:
    if not full:
        return []
    near = [group for group in ending.get(full[-1], ()) if not state or group.state == state]
    if alone:
        return near
    same = [group for group in near if full in group.called]
    near = [group for group in near if group.full[-1] == full[-1]]
    return (
        same
        or [group for group in near if _shortened(full, group.full)]
        # Without a party a longer name comes after the shorter ones of parties.
        or [group for group in near if not state and _shortened(group.full, full)]
    )


def _shortened(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a name is another without some of its words, a word perhaps as its initial."""
    at = 0
    for word in full:
        if at < len(short) and (word == short[at] or (len(short[at]) == 1 and word.startswith(short[at]))):
            at += 1
    return at == len(short)


def _parted(key: PersonKey, group: _Group, apart: Mapping[PersonKey, tuple[str, ...]]) -> bool:
    """Whether reviewers said that this name is not that person's."""
    pairs = [(known, key) for known in group.keys] + [(key, known) for known in group.keys]
    return any(spelling.casefold() == other[0] for known, other in pairs for spelling in apart.get(known, ()))


def _without_slips(groups: Sequence[_Group], apart: Mapping[PersonKey, tuple[str, ...]]) -> list[_Group]:
    """Groups of one full name under several parties brought together where one party is clearly meant."""
    by_name: dict[tuple[str, ...], list[_Group]] = defaultdict(list)
    kept: list[_Group] = []
    for group in sorted(groups, key=lambda group: (-group.rows, group.keys)):
        # The more frequent ones are there already.
        mains = [main for main in by_name[group.full] if group.rows * SLIP <= main.rows] if len(group.full) > 1 else []
        mains = [main for main in mains if not any(_parted(key, main, apart) for key in group.keys)]
        if len(mains) == 1:
            mains[0].keys += group.keys
            mains[0].rows += group.rows
        else:
            kept.append(group)
            for full in group.called:
                by_name[full].append(group)
    return kept
