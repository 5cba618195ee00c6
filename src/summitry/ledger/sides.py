"""Parties as the ledger compares and names them: a state for all its bodies and people, an organisation for itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from summitry.casebook import load_world
from summitry.ledger.phrasing import listed

if TYPE_CHECKING:
    from summitry.ledger.holdings import Holdings
    from summitry.vocabulary import Actor, Event

# CAMEO roles of those who negotiate with their own state: rebels, separatists, insurgents, armed groups.
_AGAINST = ("REB", "SEP", "INS", "UAF")


def side(actor: Actor) -> str:
    """The key of the party an actor acts for: the state's code, else the organisation's, else the name as it stands.

    Rebels are a side of their own, whatever state they are of.
    """
    if actor.code and actor.code[3:6] in _AGAINST:
        return actor.code
    return actor.state or actor.code or actor.name


def sides(actors: Iterable[Actor]) -> tuple[str, ...]:
    """The keys of several actors, each once, in order."""
    return tuple(dict.fromkeys(side(actor) for actor in actors))


def taking_part(event: Event) -> tuple[str, ...]:
    """The keys of all who take part in an event, actors first."""
    return sides((*event.actors, *event.recipients))


def bound(event: Event) -> tuple[tuple[str, str], ...]:
    """The pairs of parties that an event is between, each sorted: actors and recipients, or actors alone."""
    actors, recipients = sides(event.actors), sides(event.recipients)
    if not recipients:
        recipients = actors
    pairs = {(min(a, b), max(a, b)) for a in actors for b in recipients if a != b}
    return tuple(sorted(pairs))


@cache
def _world() -> Mapping[str, str]:
    return MappingProxyType({entry.code: entry.name for entry in reversed(load_world())})


@dataclass(frozen=True, slots=True)
class Names:
    """Full names of parties by key: "North Korea" for PRK, however many of its bodies the rows name."""

    known: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, holdings: Holdings) -> Names:
        """The names that cases and rows give; for the rest the world's."""
        counted: dict[str, Counter[str]] = {}
        for actor in _actors(holdings):
            key = side(actor)
            # A body's or person's name is no name of its state or organisation.
            if actor.code == key and actor.kind in ("state", "organisation", "group") and not actor.anonymous:
                counted.setdefault(key, Counter())[actor.name] += 1
        known = {key: min(names, key=lambda name: (-names[name], name)) for key, names in counted.items()}
        for case in holdings.cases:
            known.update((party.code, party.name) for party in case.parties if party.parent is None)
        return cls(known)

    def __call__(self, key: str) -> str:
        """The full name of a party; a key that nobody names stands for itself."""
        return self.known.get(key) or _world().get(key) or key

    def formal(self, key: str) -> str:
        """The name with its article in a sentence: "the United States"."""
        name = self(key)
        if " and " in name and key not in self.known and key not in _world():
            # Several parties at once, under a name that lists them.
            return listed(self.formal(each) for each in name.replace(", ", " and ").split(" and ") if each)
        return f"the {name}" if _takes_article(name) else name


# Nouns of names that stand with an article: "the United States", "the Group of Seven".
_ARTICLED = frozenset(
    "States Nations Emirates Netherlands Philippines Bahamas Maldives Islands Kingdom Republic Union Agency "
    "Organization Organisation Committee Council Commission Taliban Bank Fund League Group Forces Tigers Court "
    "Service Association Alliance Community Commonwealth Coalition Assembly Houthis Government Front Army "
    "Movement".split()
)


def _takes_article(name: str) -> bool:
    head = name.partition(" of ")[0].partition(" for ")[0]
    return head.split(" ")[-1] in _ARTICLED and not name.startswith(("the ", "The "))


def _actors(holdings: Holdings) -> Iterable[Actor]:
    for event in holdings.events:
        yield from event.actors
        yield from event.recipients
    for move in holdings.moves:
        yield move.proposer
    for position in holdings.positions:
        yield position.party
