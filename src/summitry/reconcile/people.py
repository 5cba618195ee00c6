"""The same person across reports: spellings, hyphens and name order; offices with the days they are known for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from summitry.vocabulary import DateInterval, Office, Person

_SPLIT: Final = re.compile(r"[\s\-‐‑·.]+")
# Letters that romanisations of one name exchange (McCune-Reischauer, Revised Romanization, press usage; Arabic and
# Persian vowels): Choe/Choi, Son-hui/Sun-hee, Mohammad/Muhammed, Rouhani/Ruhani. Applied in order.
_FOLDS: Final = (
    ("ph", "f"), ("kh", "h"), ("gh", "g"), ("oo", "u"), ("ou", "u"), ("ee", "i"), ("ui", "i"), ("eu", "u"), ("eo", "o"),
    ("ae", "e"), ("oe", "e"), ("oi", "e"), ("ai", "e"), ("ei", "e"), ("ie", "i"), ("yu", "u"), ("yo", "o"), ("ck", "k"),
    ("q", "k"), ("y", "i"), ("j", "i"), ("w", "v"), ("o", "u"), ("e", "a"),
)  # fmt: skip
_DOUBLE: Final = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Sighting:
    """A person as one report has him."""

    person: Person
    source: str
    published: DateInterval


def name_tokens(name: str) -> tuple[str, ...]:
    """Parts of a name without case, accents, hyphens and apostrophes: ``("choe", "son", "hui")``."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    bare = bare.replace("'", "").replace("’", "").casefold()
    return tuple(part for part in _SPLIT.split(bare) if part)


def spelling_key(name: str) -> str:
    """One key for the spellings of a name: its parts folded by how romanisations vary, and their letters sorted.

    Sorting drops the order of names (papers put family names first or last) and where a hyphen stood. Parts of one
    letter (initials) are dropped.
    """
    parts = []
    for part in name_tokens(name):
        folded = part
        for old, new in _FOLDS:
            folded = folded.replace(old, new)
        folded = _DOUBLE.sub(r"\1", folded)
        if len(part) > 1:
            parts.append(folded)
    return "".join(sorted("".join(parts))) if len(parts) > 1 else " ".join(parts)


def _bridged(a: date | None, b: date | None, pick: int) -> date | None:
    """The earlier (0) or later (1) of two dates, an unknown one giving way."""
    known = sorted(each for each in (a, b) if each is not None)
    return known[-pick] if known else None


def _offices(sightings: Iterable[Sighting], home: str | None) -> tuple[Office, ...]:
    """Offices by title and party: known from the first to the last day a report names the person by them."""
    found: dict[tuple[str, str | None], Office] = {}
    for sighting in sightings:
        for office in sighting.person.offices:
            party = office.party or sighting.person.party or home
            start = office.start or sighting.published.start
            end = office.end or sighting.published.end
            key = (office.title.casefold(), party)
            seen = found.get(key)
            if seen is None:
                found[key] = Office(office.title, party, start, end)
            else:
                found[key] = Office(
                    min(seen.title, office.title),
                    party,
                    _bridged(seen.start, start, 0),
                    _bridged(seen.end, end, 1),
                )
    return tuple(sorted(found.values(), key=lambda o: (o.start or date.min, o.title, o.party or "")))


def merge_people(sightings: Iterable[Sighting]) -> tuple[Person, ...]:
    """People of all reports, each once, sorted by name.

    Two are one when their spellings fold to one key and their parties do not disagree; a person whose party no report
    tells goes with the only party that key has, or stays apart. The name is the most frequent spelling, then the
    longest; the others are aliases.
    """
    by_key: dict[str, list[Sighting]] = {}
    for sighting in sightings:
        by_key.setdefault(spelling_key(sighting.person.name), []).append(sighting)
    people: list[Person] = []
    for group in by_key.values():
        parties = sorted({each.person.party for each in group if each.person.party})
        split: dict[str | None, list[Sighting]] = {}
        for each in group:
            home = each.person.party or (parties[0] if len(parties) == 1 else None)
            split.setdefault(home, []).append(each)
        people += [_one(party, members) for party, members in split.items()]
    return tuple(sorted(people, key=lambda person: (person.name, person.party or "")))


def _one(party: str | None, sightings: list[Sighting]) -> Person:
    names: dict[str, int] = {}
    aliases: set[str] = set()
    for sighting in sightings:
        names[sighting.person.name] = names.get(sighting.person.name, 0) + 1
        aliases.update(sighting.person.aliases)
    name = min(names, key=lambda each: (-names[each], -len(each), each))
    return Person(name, party, tuple(sorted((aliases | set(names)) - {name})), _offices(sightings, party))
