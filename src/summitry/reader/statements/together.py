"""Several who speak as one, and unnamed people of a party or a state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from summitry.reader.statements.lexicon import PERSONS
from summitry.reader.statements.speaker import Speaker, party_of
from summitry.vocabulary import Actor

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

# Before the people of a state these make some of them of it: "many Peruvians".
_SOME: Final = frozenset("many some most few several ordinary young older other fellow more".split())


def together(named: list[Actor]) -> Speaker:
    """Several named who speak as one, for the party they have in common."""
    name = ", ".join(actor.name for actor in named[:-1]) + f" and {named[-1].name}"
    codes = {actor.code for actor in named if actor.code}
    states = {actor.state or actor.code for actor in named if actor.code}
    office = next((actor.office for actor in named if actor.office), None)
    shared = codes if len(codes) == 1 else states if len(states) == 1 else {None}
    together = Actor(min(shared, key=str), name, office, kind="group")
    return Speaker(together, party_of(together), "mentions: several")


def last_of_list(tokens: Tokens, root: Token) -> Token:
    """The noun for persons that ends a list of what qualifies it: "administration and foreign officials"."""
    last = tokens[-1]
    listed = root.tag_ == "NN" and root.i < last.i and any(child.dep_ == "cc" for child in root.children)
    return last if listed and last.tag_ == "NNS" and last.lemma_.lower() in PERSONS else root


def for_nobody(speaker: Speaker) -> Speaker:
    """Somebody unnamed who speaks for no party has none of its codes: "American allies"."""
    actor = speaker.actor
    if actor is None or not actor.anonymous or speaker.party is not None or actor.code is None:
        return speaker
    return replace(speaker, actor=replace(actor, code=None))


def partisans(actor: Actor, root: Token) -> bool:
    """Whether a political party is named by its people: "several Democrats"."""
    people = root.tag_ in ("NNPS", "NNS") and root.lower_ not in actor.name.lower().split()
    return people and actor.kind in ("group", "organisation", "body") and (actor.code or "")[3:6] == "PTY"


def some(root: Token) -> bool:
    """Whether the people of a state stand with a word that makes them some of them."""
    plural = root.tag_ in ("NNPS", "NNS")
    return plural and any(child.lower_ in _SOME or child.tag_ == "CD" for child in root.children)
