"""Words that name political acts, and the one of them that a token of a parse is.

The words stand in ``plover_triggers.toml`` (its head tells the pattern language). They were written for this project
from the PLOVER codebook's definitions and ordinary newspaper English; no line is taken from a coded example.

    >>> from summitry.reader.triggers import TRIGGERS, match_trigger
    >>> [(e.type, e.mode) for e in TRIGGERS["phone"]]
    [('CONSULT', 'phone')]

:data:`TRIGGERS` maps a lemma to its entries, those with more conditions first. :func:`match_trigger` takes a spaCy
token and gives the first entry whose conditions hold there, with the tokens that fulfilled them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from spacy.tokens import Token

Roles = Literal["directed", "mutual", "own", "received"]

_OBJECT: Final = frozenset(("dobj", "obj", "nsubjpass", "nsubj:pass", "oprd", "attr", "dative"))
_MODIFIER: Final = frozenset(("compound", "amod", "nmod", "nummod", "poss"))
# "a series of attacks", "a new round of sanctions": what is counted is the object.
_QUANTITIES: Final = frozenset("series round set string number package raft wave spate couple batch handful".split())
_CLAUSE: Final = frozenset(("xcomp", "ccomp", "pcomp", "acl", "relcl"))
_POS: Final = MappingProxyType({"VERB": "V", "AUX": "V", "NOUN": "N", "PROPN": "N"})


@dataclass(frozen=True, slots=True)
class TriggerEntry:
    """One reading of a lemma.

    Attributes:
        lemma: what a token's lower-case lemma must be.
        pos: ``V`` verb or ``N`` noun.
        type: PLOVER type of 16 (CONCEDE and RETREAT apart); ``mode``: its mode or None.
        roles: who is who. ``directed``: the subject (noun: its possessor or "by") acts on the object; ``mutual``: all
            parties alike; ``own``: no recipient needed; ``received``: the subject is the recipient.
        recipient: prepositions that bring the recipient in when it is no direct object, best first.
        particle: one of these must stand with it; empty: none asked for.
        preposition: one of these must be governed by it; empty: none asked for.
        direct: a direct object (noun: a compound, adjective or complement) must have one of these lemmas.
        oblique: the object of ``preposition`` must have one of these lemmas.
        content: the verb of a clause that follows must have one of these lemmas.
        clause: an infinitive, -ing or that-clause must follow; the act in it is the content and no event of its own.
        infinitive: an infinitive must follow, likewise.
        weak: an everyday word, to be read as an event only where two political actors take part.
    """

    lemma: str
    pos: Literal["V", "N"]
    type: str
    mode: str | None
    roles: Roles
    recipient: tuple[str, ...]
    particle: frozenset[str] = frozenset()
    preposition: frozenset[str] = frozenset()
    direct: frozenset[str] = frozenset()
    oblique: frozenset[str] = frozenset()
    content: frozenset[str] = frozenset()
    clause: bool = False
    infinitive: bool = False
    weak: bool = False

    @property
    def weight(self) -> int:
        """How much it asks for; entries that ask for more are tried first."""
        return (
            3 * bool(self.particle)
            + 3 * bool(self.oblique)
            + 3 * bool(self.direct)
            + 2 * bool(self.preposition)
            + 3 * bool(self.content)
            + bool(self.clause or self.infinitive)
        )


@dataclass(frozen=True, slots=True, eq=False)
class TriggerMatch:
    """An entry that holds at a token. ``parts`` are the tokens that fulfilled its conditions, in text order."""

    entry: TriggerEntry
    token: Token
    parts: tuple[Token, ...]


def _entry(pattern: str, pos: Literal["V", "N"], block: Mapping[str, Any], classes: Mapping[str, str]) -> TriggerEntry:
    """One pattern of the TOML file as an entry."""
    lemma, *conditions = pattern.split()
    words: dict[str, frozenset[str]] = {}
    for condition in conditions:
        if condition[0] in "@=":
            names = classes[condition[1:]].split() if condition[0] == "@" else condition[1:].split("|")
            words["oblique" if "preposition" in words else "direct"] = frozenset(names)
        elif condition[0] == "+":
            words["particle"] = frozenset(condition[1:].split("|"))
        elif condition[0] == "&" and condition not in ("&", "&&"):
            words["content"] = frozenset(condition[1:].split("|"))
        elif condition not in ("&", "&&", "?"):
            words["preposition"] = frozenset(condition.split("|"))
    return TriggerEntry(
        lemma=lemma,
        pos=pos,
        type=block["type"],
        mode=block.get("mode"),
        roles=block["roles"],
        recipient=tuple(block["recipient"]),
        clause="&" in conditions,
        infinitive="&&" in conditions,
        weak="?" in conditions,
        **words,
    )


def _load() -> Mapping[str, tuple[TriggerEntry, ...]]:
    """The entries of the TOML file by lemma, the most demanding first."""
    data = tomllib.loads(files("summitry.reader").joinpath("plover_triggers.toml").read_text("utf-8"))
    found: dict[str, list[TriggerEntry]] = {}
    for block in data["trigger"]:
        for pattern in block.get("verbs", ()):
            found.setdefault(pattern.split()[0], []).append(_entry(pattern, "V", block, data["classes"]))
        for pattern in block.get("nouns", ()):
            found.setdefault(pattern.split()[0], []).append(_entry(pattern, "N", block, data["classes"]))
    return MappingProxyType(
        {lemma: tuple(sorted(entries, key=lambda e: -e.weight)) for lemma, entries in sorted(found.items())}
    )


TRIGGERS: Final[Mapping[str, tuple[TriggerEntry, ...]]] = _load()
"""Lemma -> its entries, those with more conditions first, then in file order."""


def _under(preposition: Token) -> Iterator[Token]:
    """The objects of a preposition, also through a second one ("out of the treaty"), with their conjuncts."""
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp"):
            yield child
            if child.lemma_.lower() in _QUANTITIES:
                for below in child.children:
                    if below.dep_ == "prep" and below.lower_ == "of":
                        yield from _under(below)
            yield from child.conjuncts
        elif child.dep_ == "prep":
            yield from _under(child)


def _direct(token: Token, pos: str) -> Iterator[Token]:
    """What a verb is done to, or what a noun is about."""
    for child in token.children:
        if pos == "N":
            if child.dep_ in _MODIFIER:
                yield child
            elif child.dep_ in ("prep", "agent"):
                yield from _under(child)
        elif child.dep_ in _OBJECT:
            yield child
            yield from child.conjuncts
            if child.lemma_.lower() in _QUANTITIES:
                for below in child.children:
                    if below.dep_ == "prep" and below.lower_ == "of":
                        yield from _under(below)
        elif child.dep_ == "prt":
            # "called off the summit": the parser may hang the object on the particle
            yield from _under(child)
    if pos == "V" and token.dep_ in ("acl", "relcl", "amod"):
        # "the sanctions imposed in May", "the talks that they broke off", "imposed sanctions"
        yield token.head


def _prepositions(token: Token) -> Iterator[Token]:
    """What may count as a preposition governed by the token, also one that hangs on its object or its particle."""
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative", "prt", "advmod") or child.pos_ == "ADP":
            yield child
            for below in child.children:
                if below.dep_ == "prep":
                    yield below
        elif child.dep_ in _OBJECT:
            for below in child.children:
                if below.dep_ == "prep":
                    yield below


def _named(tokens: Iterator[Token], wanted: frozenset[str]) -> Token | None:
    """The first token whose lemma or lower-case form is wanted; a compound counts for its head ("peace-talks")."""
    for token in tokens:
        if token.lemma_.lower() in wanted or token.lower_ in wanted:
            return token
    return None


def _infinitive(verb: Token) -> bool:
    """Whether a verb stands with "to"."""
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def _particle(child: Token) -> bool:
    """Whether a word may be a verb's particle: a preposition only where it governs nothing itself ("out of")."""
    if child.dep_ == "prep":
        return not any(below.dep_ in ("pobj", "pcomp") for below in child.children)
    return child.dep_ in ("prt", "advmod")


def _holds(entry: TriggerEntry, token: Token) -> tuple[Token, ...] | None:
    """The tokens that fulfil the entry's conditions at ``token``, or None where one fails."""
    parts: list[Token | None] = []
    if entry.clause:
        parts.append(next((c for c in token.children if c.dep_ in _CLAUSE), None))
    if entry.infinitive:
        parts.append(next((c for c in token.children if c.dep_ in _CLAUSE and _infinitive(c)), None))
    if entry.content:
        parts.append(_named((c for c in token.children if c.dep_ in _CLAUSE), entry.content))
    if entry.particle:
        parts.append(_named((c for c in token.children if _particle(c)), entry.particle))
    if entry.direct:
        parts.append(_named(_direct(token, entry.pos), entry.direct))
    if entry.preposition:
        governed = _named(_prepositions(token), entry.preposition)
        parts.append(governed)
        if governed is not None and entry.oblique:
            parts.append(_named(_under(governed), entry.oblique))
    if any(part is None for part in parts):
        return None
    return tuple(sorted((part for part in parts if part is not None), key=lambda part: part.i))


def match_trigger(token: Token) -> TriggerMatch | None:
    """The reading of ``token`` as a political act by the words around it, or None where it names none.

    Needs a tagged, lemmatised and parsed ``Doc``. Says nothing about whether the act took place: ask
    :func:`summitry.reader.modality.modality_of`; nor about who acts: see ``entry.roles`` and ``entry.recipient``.
    """
    pos = _POS.get(token.pos_)
    if token.dep_ in ("compound", "amod") and (token.pos_ == "PROPN" or token.tag_ == "VBG"):
        return None  # part of a name ("the Threat Initiative") or a kind of thing ("the negotiating table")
    entries = TRIGGERS.get(token.lemma_.lower()) if pos else None
    if entries is None and pos == "V":
        # the lemmatiser leaves some past forms as they are ("reimposed"); try the forms the lexicon may have
        entries = next((TRIGGERS[stem] for stem in _stems(token.lower_) if stem in TRIGGERS), None)
    for entry in entries or ():
        if entry.pos == pos:
            parts = _holds(entry, token)
            if parts is not None:
                return TriggerMatch(entry, token, parts)
    return None


def _stems(word: str) -> tuple[str, ...]:
    """What a regular past or -ing form may be the form of."""
    for suffix in ("ing", "ed", "es", "s"):
        if word.endswith(suffix) and len(word) > len(suffix) + 2:
            stem = word[: -len(suffix)]
            return (stem, stem + "e", stem[:-1])
    return ()
