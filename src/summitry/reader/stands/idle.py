"""Where a verb of stance tells no stand on the talks: a claim denied, arms wanted, what none does, what ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from summitry.reader.stands.parties import subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAIMS: Final = frozenset(
    "assertion premise claim allegation accusation charge criticism argument report comparison characterization "
    "characterisation assessment insinuation rumor rumour".split()
)


def a_claim(token: Token) -> bool:
    """Whether what is rejected is only said of one: "rejected the accusation"."""
    return any(c.dep_ == "dobj" and c.lemma_.lower() in _CLAIMS for c in token.children)


_ENDING: Final = frozenset("end drop abandon withdraw lose deny stop cut halt lack".split())


def ended(token: Token) -> bool:
    """Whether a stand is one that ends: "urged Chad to end its support for the pact"; of a demand that is a move."""
    ends = token.pos_ == "NOUN" and token.dep_ == "dobj" and token.head.lemma_.lower() in _ENDING
    return ends and token.lemma_.lower() not in {"demand", "call", "request"}


ARMS: Final = frozenset("missile weapon bomb warhead arsenal deterrent deterrence".split())
"""What one wants to have, and asks of nobody."""
DEALS: Final = frozenset("deal agreement accord pact treaty".split())


def thing_wanted(token: Token) -> Token | None:
    """What is wanted as a thing: "wants a deal", not "wants the deal changed"."""
    if token.lemma_.lower() != "want" or any(c.dep_ in {"xcomp", "ccomp", "oprd"} for c in token.children):
        return None
    return next((c for c in token.children if c.dep_ == "dobj" and c.i > token.i), None)


def by_none(token: Token) -> bool:
    """Whether none of the subject does it: "neither side wants to leave"."""
    subject = subject_of(token)
    return subject is not None and any(c.lower_ in {"neither", "no"} for c in subject.children)
