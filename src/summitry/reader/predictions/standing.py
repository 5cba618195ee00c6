"""Where a clause stands: under which verb of saying or believing, if it is told at all, not asked or supposed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from summitry.reader.predictions.lexicon import ASKING, BELIEFS, BELIEVING, NEGATIVE, NOBODY, SAYING, SURE

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLIMB: Final = 6
"""Coordinations climbed; longer chains are parse errors."""
_ARGUING: Final = frozenset("because as since although though while whereas but so for that".split())
"""Conjunctions whose clause is told too."""
_CHANCES: Final = frozenset({"likely", "possible", "unlikely", "probable"})
_ASKING: Final = frozenset({"whether", "if"})


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What a clause hangs on: a verb, adjective or noun of saying or believing, or None for a sentence of its own.

    ``believing`` tells that it is thought rather than said; ``negated`` that the thought is denied or doubted ("does
    not think that ...", "doubts that ...").
    """

    governor: Token | None
    believing: bool = False
    negated: bool = False


def standing_of(top: Token) -> Standing | None:
    """Where the clause of a word stands; None where it is asked, supposed, or tells what a thing is for."""
    if top.sent.text.rstrip().rstrip("\"'”’)").endswith("?") or _asks(top):
        return None
    if any(c.dep_ == "mark" and c.lower_ == "because" and _denied(c) for c in top.children):
        return None  # "not because they will leave"
    at = top
    for _ in range(_CLIMB):
        if at.dep_ != "conj" or at.head.pos_ not in {"VERB", "AUX", "ADJ", "NOUN", "PROPN"}:
            break
        at = at.head
        if _asks(at):
            return None
    head = at.head
    if at.dep_ == "ROOT" or head.i == at.i:
        return Standing(None)
    if at.dep_ in {"ccomp", "parataxis", "dep", "xcomp"}:
        before = at.doc[max(0, int(at.left_edge.i) - 1)]
        if before.lower_ in _CHANCES | {"doubtful"} and before.sent == at.sent:
            # "it's unlikely they will ...", where the clause hangs on the verb of saying above.
            return Standing(before, True, before.lower_ in NEGATIVE)
        return _under(head)
    if at.dep_ == "advcl":
        mark = next((c for c in at.children if c.dep_ == "mark" and c.i < at.i), None)
        if mark is not None and mark.lower_ in _ARGUING:
            # "so that", "so they will not ..." tell a purpose
            return None if mark.lower_ in {"that", "so"} else _above(head)
        # "The talks will fail, the minister warned" may hang either way round.
        if mark is None and _speaks(head) and not any(c.dep_ in {"advmod"} and c.tag_ in ASKING for c in at.children):
            return _under(head)
        return None
    if at.dep_ == "acl" and head.lemma_.lower() in BELIEFS:
        return _belief(head)
    return None


_DENIED: Final = 4
"""Words before "because" among which "not" denies the reason: "not so much because"."""


def _denied(mark: Token) -> bool:
    first = max(mark.sent.start, mark.i - _DENIED)
    return any(token.dep_ == "neg" or token.lower_ == "not" for token in mark.doc[first : mark.i])


def _asks(token: Token) -> bool:
    """Whether a clause is asked for or relates: "when they will meet", "whether", "which will"."""
    for child in token.children:
        if child.i < token.i and (child.tag_ in ASKING or (child.dep_ == "mark" and child.lower_ in _ASKING)):
            return True
        if child.i < token.i and child.dep_ in {"nsubj", "dobj"} and any(c.tag_ in ASKING for c in child.children):
            return True
    return False


def _above(token: Token) -> Standing | None:
    """What the clause around an arguing one hangs on."""
    at = token
    for _ in range(_CLIMB):
        if at.dep_ == "conj":
            at = at.head
            continue
        if at.dep_ == "ccomp":
            return _under(at.head)
        return Standing(None)
    return Standing(None)


def _speaks(token: Token) -> bool:
    return token.lemma_.lower() in SAYING | BELIEVING


def _under(head: Token) -> Standing | None:
    lemma = head.lemma_.lower()
    # "aren't sure that ...": the copula has the denial and the subject.
    verb = head.head if head.pos_ == "ADJ" and head.dep_ in {"acomp", "attr"} else head
    no = any(child.dep_ == "neg" for one in {head, verb} for child in one.children)
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is not None and (
        subject.lower_ in NOBODY or any(c.lower_ in {"no", "neither"} for c in subject.children if c.i < subject.i)
    ):
        return None
    if lemma in BELIEVING:
        supposed = any(c.tag_ == "MD" and c.lower_ not in {"would", "'d"} for c in head.children) or _asks(head)
        return None if supposed else Standing(head, True, no or lemma in NEGATIVE)
    if lemma in SAYING:
        # "did not say that ...", "would not say": nothing was told
        return None if no or _asks(head) else Standing(head)
    if lemma == "be":
        for child in head.children:
            if child.dep_ in {"acomp", "attr"} and child.lower_ in SURE:
                return Standing(child, True, no or child.lower_ in NEGATIVE)
            if child.dep_ in {"acomp", "attr"} and child.lower_ in _CHANCES:
                return Standing(child, True, no or child.lower_ in NEGATIVE)
        if subject is not None and subject.lemma_.lower() in BELIEFS:
            supposed = any(c.tag_ == "MD" for c in head.children)  # "their hope would be that"
            return None if no or supposed else _belief(subject)
        if any(c.dep_ in {"attr", "nsubj"} and c.lemma_.lower() in BELIEFS for c in head.children):
            noun = next(c for c in head.children if c.dep_ in {"attr", "nsubj"} and c.lemma_.lower() in BELIEFS)
            return _belief(noun)
    if head.lower_ in SURE | _CHANCES:
        return Standing(head, True, no or head.lower_ in NEGATIVE)
    if lemma in BELIEFS:
        return _belief(head)
    return None


_DISMISSING: Final = frozenset("dismiss reject allay ease downplay deny dispel quell brush play calm refute".split())


def _belief(noun: Token) -> Standing | None:
    """ "voiced the hope that ...", "there is no chance that ..."; a doubt denied is none."""
    if noun.head.lemma_.lower() in _DISMISSING:
        return None
    own = any(c.lower_ in {"my", "our"} for c in noun.children) or any(c.dep_ == "ccomp" for c in noun.head.children)
    if noun.dep_ in {"nsubj", "nsubjpass"} and not own:
        # "hopes that they would disarm were naive" are another's; "the expectation is that ..." is the speaker's.
        return None
    no = any(child.lower_ in {"no", "little", "any"} for child in noun.children)
    doubt = noun.lemma_.lower() == "doubt"
    return Standing(noun, True, no != doubt)
