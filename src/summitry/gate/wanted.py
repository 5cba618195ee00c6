"""What a case asks of a page: its parties' names and its words, from the casebook.

The conditions are those by which a reader chooses the cases of a report (:func:`summitry.casebook.choose_cases`): two
principals are named, one of the core, and one of the words where the case lists any. Names are taken without regard to
capitals where that cannot mislead, and the bodies of the world stand for their states: a page that a reader would read
with a case passes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from summitry.casebook import Case, PartyEntry, available_cases, load_case, load_leaders, load_world
from summitry.gate.normal import MARK, forms_of

WORLD: Final = "any negotiation"
"""What is looked for where pages are read with no case."""
GENERAL: Final = (
    "talks", "negotiat", "agreement", "accord", "treaty", "pact", "ceasefire", "cease-fire", "truce", "summit",
    "diplomat", "diplomacy", "envoy", "mediat", "sanction", "foreign minist", "prime minister", "president",
    "secretary of state", "ambassador", "embassy", "united nations", "security council", "peace", "dialogue",
    "concession", "bilateral", "multilateral", "tariff", "nuclear", "border", "withdraw", "delegation",
    "joint statement", "proposal", "ultimatum", "deal",
)  # fmt: skip
"""Words that hardly a report of negotiating between states does without; each at the start of a word."""
_GAP: Final = "..."
_SHORT_NAME: Final = 3
"""Letters of names looked for as they are written: in small letters "US", "May" or "Moon" are other words."""
_SHORT_PERSON: Final = 5
_SIDES: Final = ("state", "organisation")
"""Kinds of entries of the world that negotiate for themselves."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One case: bits of the parties of which two are to be named, of those of which one must be, and of its words.

    ``core`` and ``words`` are 0 where the case asks for none.
    """

    name: str
    parties: int
    core: int
    words: int

    def fits(self, found: int) -> bool:
        """Whether a page in which ``found`` was found may be read with the case."""
        told = (not self.words or found & self.words) and (not self.core or found & self.core)
        return bool(told) and (found & self.parties).bit_count() >= 2

    @property
    def rarest(self) -> int:
        """What is looked for first: the words, else the core, else any party. A case fits only where it is found."""
        return self.words or self.core or self.parties


@dataclass(frozen=True, slots=True)
class Term:
    """Bytes to look for in the page as :mod:`summitry.gate.normal` leaves it, always at the start of a word; ``whole``:
    to its end too. ``bits`` are set by it."""

    form: bytes
    bits: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """All that is looked for: first the rarest, then for each case the names of its parties, and those of them that are
    looked for as they are written. ``hint`` is set where one of the rarest of those stands in any letters. ``labels``
    are the parties by bit, for reasons."""

    wanted: tuple[Wanted, ...]
    first: tuple[Term, ...]
    second: tuple[tuple[Term, ...], ...]
    exact: tuple[Term, ...]
    hint: int
    labels: tuple[str, ...]


def terms_of(cases: Sequence[str] | None) -> Terms:
    """What is looked for, for the names or files of cases; None: all shipped ones; empty: any negotiation.

    Raises:
        CaseError: a case is not known or off.
    """
    shipped = {name: load_case(name) for name in available_cases()}
    chosen = tuple(shipped.values() if cases is None else (shipped.get(name) or load_case(name) for name in cases))
    world = load_world()
    principals = sorted({code for case in chosen for code in case.principals})
    if not chosen:
        principals = sorted({entry.code for entry in world if entry.parent is None and entry.kind in _SIDES})
    bits = {code: 1 << number for number, code in enumerate(principals)}
    # Officials of any case that is shipped: a state's envoy for one negotiation stands for it in another too.
    names, people = _names(bits, world, (*chosen, *shipped.values()))
    phrases: dict[int, tuple[str, ...]] = {}
    wanted = []
    for number, case in enumerate(chosen, len(bits)):
        phrases |= {1 << number: case.words} if case.words else {}
        core, parties = (sum(bits[code] for code in set(codes)) for codes in (case.core, case.principals))
        wanted.append(Wanted(case.name, parties, core, 1 << number if case.words else 0))
    if not chosen:
        phrases = {1 << len(bits): GENERAL}
        wanted = [Wanted(WORLD, sum(bits.values()), 0, 1 << len(bits))]
    labels = {entry.code: entry.name for entry in reversed(world)}
    # First what is rarest: words, or else the core, or else any party; only where that is found the other names.
    early = {bit for one in wanted for bit in bits.values() if bit & one.rarest}
    exact = _exact(names, people)
    hint = 1 << len(bits) + len(phrases) + len(wanted)
    hints = tuple(Term(term.form.lower(), hint, whole=True) for term in exact if term.bits in early)
    return Terms(
        tuple(wanted),
        (*_terms(phrases, {bit: names[bit] for bit in early}, people), *hints),
        tuple(_terms({}, {bit: names[bit] for bit in names if bit & case.parties}, people) for case in wanted),
        exact,
        hint,
        tuple(labels.get(code, code) for code in principals),
    )


def _names(
    bits: Mapping[str, int], world: Iterable[PartyEntry], cases: Iterable[Case]
) -> tuple[dict[int, set[str]], set[str]]:
    """Names by bit of the party they stand for, its bodies and officials among them; and those of persons."""
    names: dict[int, set[str]] = {bit: set() for bit in bits.values()}
    people: set[str] = set()
    acting = (entry for entry in world if entry.parent is None or entry.kind != "media")
    for entry in (*acting, *(party for case in cases for party in case.parties)):
        for code in {entry.code, entry.parent or entry.code} & bits.keys():
            names[bits[code]] |= {entry.name, *entry.names, *entry.demonyms, *entry.metonyms}
    for office in (*load_leaders(), *(office for case in cases for office in case.offices)):
        if office.party in bits:
            names[bits[office.party]] |= {office.person, *office.aliases}
            people |= {office.person, *office.aliases}
    return names, people


def _is_exact(name: str, people: Iterable[str]) -> bool:
    return name.isascii() and name.isalnum() and len(name) <= (_SHORT_PERSON if name in people else _SHORT_NAME)


def _exact(names: Mapping[int, set[str]], people: set[str]) -> tuple[Term, ...]:
    """The names that are looked for as they are written, or in capitals."""
    return tuple(
        Term(form.encode(), bit, whole=True)
        for bit, own in sorted(names.items())
        for name in sorted(own)
        if _is_exact(name, people)
        for form in sorted({name, name.upper()})
    )


def _terms(phrases: Mapping[int, Iterable[str]], names: Mapping[int, set[str]], people: set[str]) -> tuple[Term, ...]:
    """The forms of phrases and names without those that hold another of the same bit, which is found with them."""
    terms = {
        Term(form, bit, len(phrase) <= _SHORT_NAME)
        for bit, own in phrases.items()
        for phrase in own
        for form in forms_of(max(phrase.split(_GAP), key=len))
    }
    for bit, own in names.items():
        spelled = {name for name in own if _is_exact(name, people)}
        terms |= {Term(form, bit, True) for name in own - spelled for form in forms_of(name)}
    by_bit: dict[int, list[Term]] = {}
    for term in sorted(terms, key=lambda term: (len(term.form), term.form, term.whole)):
        kept = by_bit.setdefault(term.bits, [])
        if not any(other.form in term.form and _holds(term, other) for other in kept):
            kept.append(term)
    return tuple(term for _, kept in sorted(by_bit.items()) for term in kept)


def _holds(term: Term, other: Term) -> bool:
    """Whether wherever ``term`` stands ``other`` stands too, at the start of a word and, if whole, to its end."""
    at = term.form.find(other.form)
    if at < 0 or (at and term.form[at - 1] > MARK):
        return False
    end = at + len(other.form)
    return not other.whole or (term.form[end] <= MARK if end < len(term.form) else term.whole)
