"""Cases: what is publicly known of a negotiation before the first report is read.

A case is data, no code: TOML files in ``summitry/cases`` or of the user. ``world.toml`` is
loaded with every case: all states and main organisations. Here stand the frozen types that the rest of the house sees, and the loader.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from summitry.vocabulary import EntityKind, KnownEvent


@dataclass(frozen=True, slots=True)
class PartyEntry:
    """A party: its code, its full name, and the words that stand for it.

    ``names`` stand for it anywhere ("North Korea", "DPRK"), ``demonyms`` are its adjectives and people ("North
    Korean"), ``metonyms`` are capitals, seats and institutions that act for it ("Pyongyang"). ``parent`` is the
    state a body belongs to (``KOR`` for the Unification Ministry).
    """

    code: str
    name: str
    kind: EntityKind
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class OfficeEntry:
    """Somebody known to hold an office: party code, title, and the closed interval of days (None: open)."""

    person: str
    party: str
    title: str
    start: date | None = None
    end: date | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One negotiation's public facts. ``parties`` are its own entries, besides those of the world."""

    name: str
    title: str
    principals: tuple[str, ...]
    parties: tuple[PartyEntry, ...] = ()
    offices: tuple[OfficeEntry, ...] = ()
    events: tuple[KnownEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class Casebook:
    """All that reading one article may know beforehand: the world, and the cases chosen for it."""

    world: tuple[PartyEntry, ...]
    cases: tuple[Case, ...] = ()
