"""Whether what a party says it would do hurts the other side: then it threatens, and offers nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from summitry.reader.stands.lexicon import HARM, HARMFUL, OF_PACTS, UNDOING, YIELDS

if TYPE_CHECKING:
    from spacy.tokens import Token

_KEEPING: Final = frozenset(
    "implement honor honour abide comply stick return restore reopen allow permit limit".split()
)
"""Yielding verbs of which a pact is the object without harm."""
_REVENGE: Final = frozenset("revenge retaliation retribution vengeance war".split())


_PRESSING: Final = frozenset("apply maintain keep increase intensify exert put ramp step".split())
_ENDING: Final = frozenset("call put bring spell".split())
"""Verbs of "to put an end to"."""


def harms(verb: Token) -> bool:
    """Whether a deed hurts the other side: by its verb, by what it would end ("suspend the talks"), or as revenge."""
    if any(child.dep_ == "neg" for child in verb.children):
        return False
    lemma = verb.lemma_.lower()
    if lemma in _ENDING and any(c.dep_ == "dobj" and c.lemma_ == "end" for c in verb.children):
        return any(each.lemma_.lower() in OF_PACTS | {"process"} for each in verb.subtree)
    if lemma in _KEPT_UP and any(c.dep_ == "dobj" and _burden(c) for c in verb.children):
        return True
    if lemma in _PRESSING and any(c.dep_ == "dobj" and c.lemma_.lower() == "pressure" for c in verb.children):
        return True
    if lemma == "pursue":
        return any(c.dep_ == "dobj" and c.lemma_.lower() in HARMFUL for c in verb.children)
    objects = [child for child in verb.children if child.dep_ in {"dobj", "prep"}]
    if any(_heads(child) & _REVENGE for child in objects):
        return True
    if lemma in YIELDS:
        return lemma not in _KEEPING and any(_heads(child) & OF_PACTS for child in objects)
    return lemma in HARM


_KEPT_UP: Final = frozenset("restore reinstate renew extend implement".split())
_BURDENS: Final = frozenset("sanction tariff embargo blockade ban restriction".split())


def _burden(thing: Token) -> bool:
    """Whether what is kept up is a burden on the other: "restore the final round of sanctions"."""
    return bool((_heads(thing) | {g.lemma_.lower() for c in thing.children for g in c.children}) & _BURDENS)


def _heads(token: Token) -> set[str]:
    """Lemmas of an object, or of what a preposition governs."""
    return {token.lemma_.lower(), *(child.lemma_.lower() for child in token.children if child.dep_ == "pobj")}


_ILLS: Final = frozenset(
    "sanction embargo blockade tariff restriction siege war conflict fighting violence hostility hostilities crisis "
    "dispute standoff stalemate deadlock impasse test testing launch program programme enrichment occupation drill "
    "exercise provocation escalation tension bloodshed ban levy quota strike offensive proliferation".split()
)
"""What parties end, stop or prevent without being against talks."""


def undoes(verb: Token) -> bool:
    """Whether a deed is against a deal or talks: not the end of a war or of sanctions, which is what is wanted."""
    if verb.lemma_.lower() not in UNDOING:
        return False
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    return not any(c.lemma_.lower() in _ILLS for c in objects)
