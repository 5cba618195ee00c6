"""Whether a word that binds tells that somebody was bound: no wish, no supposition, no refusal, no forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from summitry.reader.commitments.lexicon import EMPTY, MEANS, MENTAL, OWN_STRENGTH
from summitry.reader.modality import modality_of
from summitry.reader.stands.harm import harms
from summitry.reader.stands.lexicon import AT_THE_TABLE, HARMFUL, YIELDS
from summitry.reader.stands.reach import doubted

if TYPE_CHECKING:
    from spacy.tokens import Token

_TOLD: Final = frozenset({"happened", "alleged"})
_MAKING: Final = frozenset(
    "force foil fail seem appear likely unlikely try persuade convince get lead press push".split()
)
# Beside a present tense: what is told is imagined.
_IMAGINED: Final = frozenset(
    {"likely", "unlikely", "scenario", "scenarios", "option", "possibility", "imagine", "suppose"}
)
_PROVIDED: Final = frozenset({"provided", "providing", "assuming", "supposing", "unless", "until", "once"})
_UNDER_HEAD: Final = frozenset({"pcomp", "acl", "dobj", "ccomp", "advcl", "xcomp", "pobj"})
# Leaving these to the other is a step; leaving anything else is a refusal ("vowed never to surrender").
_SPARING: Final = frozenset(
    "use attack test launch develop seek build acquire produce enrich interfere proliferate transfer conduct deploy "
    "fire violate invade impose export sell make add operate pursue possess manufacture obtain reprocess expand "
    "increase threaten cause harm target strike arm block close restart hold undermine start".split()
)
# A vow is a promise to others only where this is vowed; else it is made against them.
_VOWED: Final = (
    YIELDS
    | AT_THE_TABLE
    | frozenset(
        "work cooperate help meet visit resume refrain respect fulfill fulfil support share engage talk join".split()
    )
) - frozenset({"relinquish", "limit", "cut", "delay"})


def made(token: Token) -> bool:
    """Whether the verb or noun stands for a binding that took place, as its sentence tells it."""
    if any(c.dep_ == "neg" or c.lower_ in {"never", "almost", "nearly"} for c in token.children):
        return False
    if token.pos_ in {"VERB", "AUX"}:
        if any(c.dep_ == "aux" and (c.tag_ == "MD" or c.tag_ == "TO") for c in token.children):
            return False
        if doubted(token) or (token.tag_ == "VB" and not any(c.lemma_.lower() == "do" for c in token.children)):
            return False
        if token.dep_ == "conj" and _only_meant(token):
            return False
        if _supposed(token):
            return False
        if token.tag_ in {"VBZ", "VBP"} and any(t.lower_ in _IMAGINED for t in token.sent):
            return False
        if token.dep_ in {"xcomp", "pcomp", "ccomp"} and token.head.lemma_.lower() in _MAKING:
            return False
    return modality_of(token).modality in _TOLD and not asked(token)


def _supposed(verb: Token) -> bool:
    """Whether a clause is a condition ("provided they agree to"), stands under what would be ("a deal would include
    them agreeing to"), or is what is asked for ("the urgency that she agree to").
    """
    head = verb.head
    if any(c.dep_ == "mark" and c.lower_ in _PROVIDED for c in verb.children) or head.lower_ in _PROVIDED:
        return True
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is not None and subject.left_edge.i and verb.doc[subject.left_edge.i - 1].lower_ in _PROVIDED - {"once"}:
        return True
    if verb.tag_ == "VBG" and verb.dep_ in _UNDER_HEAD:
        at = head if head.pos_ in {"VERB", "AUX"} else head.head
        return any(c.dep_ == "aux" and c.tag_ == "MD" for c in at.children)
    if verb.tag_ in {"VB", "VBP"} and verb.dep_ in {"ccomp", "acl", "relcl"}:
        one = subject is not None and (subject.tag_ in {"NN", "NNP"} or subject.lower_ in {"he", "she", "it"})
        own = any(c.dep_ == "aux" for c in verb.children)
        return one and not own and not any(c.dep_ in {"conj", "cc"} for c in (subject.children if subject else ()))
    return False


def _only_meant(verb: Token) -> bool:
    """Whether a verb is coordinated with one under a modal or "to", and has no subject of its own."""
    own = any(c.dep_ == "nsubj" or (c.dep_ == "aux" and c.tag_ in {"VBZ", "VBP", "VBD"}) for c in verb.children)
    if own or verb.tag_ in {"VBD", "VBZ"}:
        return False
    head = verb.head
    unlike = verb.tag_ in {"VB", "VBP"} and verb.tag_ != head.tag_
    return unlike or any(c.dep_ == "aux" and c.tag_ in {"MD", "TO"} for c in head.children)


def asked(token: Token) -> bool:
    """Whether the sentence is a question."""
    tail = token.sent[-3:]
    return any(t.text == "?" for t in tail)


def denied(deed: Token) -> bool:
    """Whether the deed is to be left: "not to test", "never to attack"."""
    return any(c.dep_ == "neg" or c.lower_ == "never" for c in deed.children) or (
        deed.i > 1 and {deed.doc[deed.i - 1].lower_, deed.doc[deed.i - 2].lower_} & {"not", "never"} != set()
    )


def threatens(deed: Token, cue: str) -> bool:
    """Whether what is pledged is done to others rather than for them: a threat, a refusal, a defiance."""
    lemma = deed.lemma_.lower()
    if denied(deed):
        return lemma not in _SPARING
    if deed.pos_ not in {"VERB", "AUX"}:
        return lemma in HARMFUL or cue == "vow"
    if harms(deed) or lemma in MENTAL:
        return True
    if lemma in OWN_STRENGTH and any(c.lemma_.lower() in MEANS for c in deed.children if c.dep_ == "dobj"):
        return True
    if lemma == "destroy" and not any(c.lemma_.lower() in MEANS for c in deed.children if c.dep_ == "dobj"):
        return True
    return cue == "vow" and lemma not in _VOWED


def spares(deed: Token) -> bool:
    """Whether a harm is forgone: "not to attack"."""
    return denied(deed) and deed.lemma_.lower() in _SPARING


def empty(deed: Token, words: int) -> bool:
    """Whether the words of a deed, so many, say nothing: "do so"."""
    return words <= _SHORT and deed.lemma_.lower() in EMPTY


_SHORT: Final = 2
