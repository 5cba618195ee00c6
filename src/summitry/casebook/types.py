"""What is publicly known of a negotiation before the first report is read, as frozen types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from summitry.vocabulary import Authority, EntityKind, KnownEvent

Role = Literal["principal", "mediator", "guarantor", "spoiler", "observer"]
"""What a party is to a negotiation: the usual roles of mediation research."""


@dataclass(frozen=True, slots=True)
class PartyEntry:
    """A party: its code, its full name, and the words that stand for it.

    ``names`` stand for it anywhere ("North Korea", "DPRK"), ``demonyms`` are its adjectives and people ("North
    Korean"), ``metonyms`` are capitals, seats and institutions that act for it ("Pyongyang"). ``parent`` is the
    state a body belongs to (``KOR`` for the Unification Ministry). ``members`` are the codes of the parties whose
    act it is when a group or organ acts (the six powers of "P5+1", the UN for its Security Council); mostly empty.
    """

    code: str
    name: str
    kind: EntityKind
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    parent: str | None = None
    members: tuple[str, ...] = ()


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
class Pole:
    """One of the ordered answers to an issue, from one end to the other: "denuclearise first" ... "relief first".

    ``words`` are phrases, in lower case, that tell a stand at this pole, as :func:`~summitry.casebook.phrase_pattern`
    matches them. They are looked for only in a stand that the issue's own words tell to be on this issue, and do not
    tell the issue by themselves: so they may be as general as "remain" or "lift".
    """

    name: str
    words: tuple[str, ...]
    definition: str = ""


@dataclass(frozen=True, slots=True)
class IssueEntry:
    """A matter of the negotiation: its short name, what it is, the words that tell of it, its poles in order.

    ``words`` are phrases, in lower case, as :func:`~summitry.casebook.phrase_pattern` matches them: these alone tell
    that a stand is on the issue. Where words of several issues tell one stand, the issue that stands first in the
    case is meant, unless a longer phrase decides. ``poles`` may be empty.
    """

    name: str
    title: str
    definition: str = ""
    words: tuple[str, ...] = ()
    poles: tuple[Pole, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """What one article of an instrument obliges whom to.

    ``words`` are alternatives, each a tuple of phrases that must all stand in a sentence that tells of this obligation.
    ``issue`` is the name of an issue of the case. ``kept`` and ``broken`` are PLOVER types that, done by an obligor and
    told with those words, are evidence of keeping or breaking it.
    """

    number: str
    text: str
    obligors: tuple[str, ...]
    beneficiaries: tuple[str, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    issue: str | None = None
    kept: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InstrumentEntry:
    """An agreement, declaration or resolution: its parties, its day, the names it is called by, its articles.

    ``names`` match anywhere ("Singapore joint statement"); ``words`` are alternatives of phrases that must all stand in
    a sentence that tells of it ("joint statement", "2018"). ``source`` says where its text is public.
    """

    id: str
    name: str
    date: date
    parties: tuple[str, ...]
    names: tuple[str, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    articles: tuple[ArticleEntry, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class VehicleEntry:
    """A way in which a side speaks, and how high it stands: a leader's speech over an agency's commentary."""

    party: str
    name: str
    authority: Authority
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One negotiation's public facts. ``parties`` are its own entries, besides those of the world.

    A report belongs to it when two of the ``principals`` are named, where ``core`` lists any one of those, and where
    ``words`` lists any (topic words, in lower case, for parties with many quarrels) one of these.
    """

    name: str
    title: str
    principals: tuple[str, ...]
    parties: tuple[PartyEntry, ...] = ()
    offices: tuple[OfficeEntry, ...] = ()
    events: tuple[KnownEvent, ...] = ()
    core: tuple[str, ...] = ()
    roles: tuple[tuple[str, Role], ...] = ()
    issues: tuple[IssueEntry, ...] = ()
    instruments: tuple[InstrumentEntry, ...] = ()
    vehicles: tuple[VehicleEntry, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Casebook:
    """All that reading one article may know beforehand: the world, and the cases chosen for it.

    ``leaders`` are the world's own offices: heads of state and government and foreign ministers, with their days.
    """

    world: tuple[PartyEntry, ...]
    cases: tuple[Case, ...] = ()
    leaders: tuple[OfficeEntry, ...] = ()
