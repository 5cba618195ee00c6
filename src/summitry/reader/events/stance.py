"""Acts that one trigger word does not name: willingness told by an adjective, and refusals told by a negation.

"Iran is ready to talk to the EU" offers, "the North is not interested in talks" refuses, and so does whoever "will not
lift the sanctions until ...".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from summitry.reader.triggers import TriggerEntry, TriggerMatch, match_trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

_RECIPIENTS: Final = ("with", "to", "from", "of", "for", "in")
_WILLING: Final = frozenset({"ready", "willing", "prepared", "interested", "eager"})
_UNWILLING: Final = frozenset({"unwilling", "reluctant", "uninterested"})
_OFFER: Final = TriggerEntry("willing", "V", "AGREE", None, "directed", _RECIPIENTS, weak=True)
_REFUSAL: Final = TriggerEntry("unwilling", "V", "REJECT", None, "directed", _RECIPIENTS, weak=True)

_DEMAND: Final = TriggerEntry("want", "V", "REQUEST", None, "directed", _RECIPIENTS)

# Types that a party refuses by saying that it will not do them.
_REFUSABLE: Final = frozenset({"CONSULT", "AGREE", "CONCEDE", "RETREAT", "COOPERATE", "SUPPORT", "AID"})
_COOPERATING: Final = frozenset("talk meet negotiate work return engage resume sit join help listen compromise".split())
# Verbs whose plain negation is a refusal: "did not allow", "has not agreed".
_REFUSING: Final = frozenset(
    "accept allow permit let recognize recognise comply admit respond answer tolerate agree".split()
)


def negated(token: Token) -> bool:
    """Whether "not" or "never" stands with a verb, adjective or the copula above it."""
    return _denied(token) or (token.dep_ == "acomp" and _denied(token.head))


def _denied(token: Token) -> bool:
    """Whether "not" or "never" hangs on a word; "not only" denies nothing."""
    return any(
        child.dep_ == "neg" and not (child.i + 1 < len(token.doc) and token.doc[child.i + 1].lower_ == "only")
        for child in token.children
    )


def match_stance(token: Token) -> TriggerMatch | None:
    """The offer or refusal that an adjective behind a copula tells, or None."""
    if token.pos_ == "VERB" and token.lemma_.lower() in _REFUSING and negated(token):
        if token.lemma_.lower() == "let" and not any(c.dep_ in {"ccomp", "xcomp"} for c in token.children):
            return None
        return TriggerMatch(_REFUSAL, token, ())
    if token.lemma_.lower() == "want" and _wants(token):
        return TriggerMatch(_DEMAND, token, ())
    if token.dep_ != "acomp":
        return None
    word = token.lower_
    if word in _UNWILLING:
        return TriggerMatch(_REFUSAL, token, ())
    if word not in _WILLING or not any(c.dep_ in {"xcomp", "prep"} for c in token.children):
        return None
    if negated(token):
        return TriggerMatch(_REFUSAL, token, ())
    return TriggerMatch(_OFFER, token, ()) if _offers(token) else None


def _wants(token: Token) -> bool:
    """Whether wanting is asking: for something of another, or for talks; not "wants to win"."""
    if token.pos_ != "VERB" or negated(token) or any(c.dep_ in {"aux", "mark"} for c in token.children):
        return False
    for child in token.children:
        if child.dep_ == "dobj" and child.pos_ == "NOUN":
            return True
        if child.dep_ in {"ccomp", "xcomp"}:
            other = any(c.dep_ in {"nsubj", "nsubjpass"} for c in child.children)
            if other or (child.dep_ == "xcomp" and child.lemma_.lower() in _COOPERATING):
                return True
    return False


def _offers(token: Token) -> bool:
    """Whether what somebody is ready for is to cooperate: "ready to talk", not "ready for war"."""
    for child in token.children:
        heads = [child] if child.dep_ == "xcomp" else [c for c in child.children if c.dep_ == "pobj"]
        for head in heads:
            act = match_trigger(head)
            if head.lemma_.lower() in _COOPERATING or (act is not None and act.entry.type in _REFUSABLE):
                return True
    return False


def refuses(match: TriggerMatch) -> bool:
    """Whether the negation of an act is a refusal: "will not lift", "did not allow"; not "did not meet"."""
    token = match.token
    if match.entry.pos != "V" or not negated(token):
        return False
    if token.lemma_.lower() in _REFUSING:
        return True
    will = any(c.dep_ == "aux" and c.lower_ in {"will", "would", "wo", "'ll"} for c in token.children)
    return will and match.entry.type in _REFUSABLE
