"""What the words on an act's own word make of it: negation, modal, hearsay adverb, condition, question, tense."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from summitry.reader.modality.cues import (
    ALMOST,
    CONDITIONS,
    HEARSAY,
    MODALS,
    NEGATORS,
    NEVER_PHRASES,
    NOUN_WORDS,
    PERHAPS,
    TIME_AHEAD,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

    from summitry.vocabulary import Modality

_KINDS: Final[dict[str, Modality]] = {
    "happened": "happened",
    "planned": "planned",
    "threatened": "threatened",
    "hypothetical": "hypothetical",
    "negated": "negated",
    "alleged": "alleged",
}
SUBJECTS: Final = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement on the way up. ``steps`` names what was met, innermost first; ``reporter`` is whose word it is."""

    modality: Modality
    cue: Token | None = None
    rule: str = "plain"
    steps: tuple[str, ...] = ()
    reporter: Token | None = None


PLAIN: Final = Verdict("happened")


def auxiliaries_of(token: Token) -> Iterator[Token]:
    """The auxiliaries of a verb, "to" among them."""
    return (child for child in token.children if child.dep_ in ("aux", "auxpass"))


def _negator(token: Token) -> Token | None:
    """The word that denies the token itself, or its subject ("no side has ...")."""
    for child in token.children:
        word = child.lower_
        if (child.dep_ == "neg" or word in NEGATORS) and _of_another(child, token):
            continue
        if child.dep_ == "neg" or (child.dep_ in ("det", "cc", "preconj") and word in NEGATORS):
            return child
        if child.dep_ == "advmod":
            if word in NEGATORS and word != "no":
                return child
            if word in ("longer", "more") and any(below.lower_ == "no" for below in child.children):
                return child
        if child.dep_ == "prep" and word in ("under", "in", "on", "at", "by"):
            for below in child.children:
                if below.lemma_ in NEVER_PHRASES and any(each.lower_ == "no" for each in below.children):
                    return below
        if child.dep_ in SUBJECTS:
            if child.lower_ in NEGATORS:
                return child
            for below in child.children:
                if below.dep_ == "det" and below.lower_ in ("no", "neither"):
                    return below
    return None


def _of_another(negator: Token, token: Token) -> bool:
    """ "not only", "did not meet to bargain, but rather to listen": what is denied is not the act."""
    doc = token.doc
    if negator.i + 1 < len(doc) and doc[negator.i + 1].lower_ == "only":
        return True
    words = [t.lower_ for t in doc[token.i : token.sent.end]]
    return any(
        words[at] == "but" and words[at + 1] in ("rather", "instead") and words[at + 2] in ("to", "for", "about")
        for at in range(len(words) - 2)
    )


def _direct_no(token: Token) -> Token | None:
    """ "no" on the object: "made no progress", "has no plans" deny the verb as well."""
    for child in token.children:
        if child.dep_ in ("dobj", "attr"):
            for below in child.children:
                if below.dep_ in ("det", "neg") and below.lower_ in ("no", "neither"):
                    return below
    return None


def _condition(token: Token) -> Token | None:
    """The subordinator that makes the token's clause a condition."""
    for child in token.children:
        if child.dep_ in ("mark", "advmod") and child.lower_ in CONDITIONS:
            if child.lower_ in ("until", "till", "once") and token.tag_ in ("VBD",):
                continue  # "until the talks collapsed": told as past
            return child
    if token.dep_ == "advcl":
        before = [t.lower_ for t in token.doc[max(token.left_edge.i - 1, token.sent.start) : token.left_edge.i + 3]]
        joined = " ".join(before)
        if "as long as" in joined or "so long as" in joined or "in case" in joined or "on condition" in joined:
            return token.left_edge
    return None


def _modal(token: Token) -> tuple[str, Token] | None:
    """The modality that the auxiliaries give, and the one that does."""
    for child in auxiliaries_of(token):
        kind = MODALS.get(child.lower_)
        if kind is not None:
            return kind, child
    return None


def _adverb(token: Token) -> tuple[str, Token] | None:
    """Hearsay, perhaps and almost."""
    for child in token.children:
        if child.dep_ in ("advmod", "npadvmod", "amod"):
            word = child.lower_
            if word in HEARSAY:
                return "alleged", child
            if word in PERHAPS:
                return "hypothetical", child
            if word in ALMOST and token.pos_ == "VERB":
                return "negated", child
    return None


def _ahead(token: Token) -> Token | None:
    """A time to come beside a present form: "meets next week", "is flying there tomorrow"."""
    if token.tag_ not in ("VBZ", "VBP", "VBG", "NN", "NNS"):
        return None
    for child in token.children:
        if child.dep_ in ("npadvmod", "advmod") and (
            child.lower_ in TIME_AHEAD or any(below.lower_ == "next" for below in child.children)
        ):
            return child
    return None


def local(token: Token) -> Verdict:
    """What the words on the token itself make of it."""
    if token.pos_ in ("NOUN", "PROPN", "ADJ"):
        verdict = _local_noun(token)
        if verdict is not PLAIN or token.pos_ != "ADJ":
            return verdict
    condition = _condition(token)
    if condition is not None:
        return Verdict("hypothetical", condition, "condition", (f"if:{condition.lower_}",))
    negator = _negator(token)
    modal = _modal(token)
    if negator is not None:
        step = f"neg+{modal[1].lower_}" if modal else "neg"
        if modal and modal[1].lower_ in ("may", "might", "could", "should", "must", "need"):
            return Verdict("hypothetical", modal[1], "modal", (step,))
        return Verdict("negated", negator, "negation", (step,))
    if modal is not None:
        kind, cue = modal
        if kind == "planned" and any(_condition(c) for c in token.children if c.dep_ == "advcl"):
            return Verdict("hypothetical", cue, "conditional plan", (f"aux:{cue.lower_}", "on condition"))
        return Verdict(known(kind), cue, "modal", (f"aux:{cue.lower_}",))
    adverb = _adverb(token)
    if adverb is not None:
        return Verdict(known(adverb[0]), adverb[1], "adverb", (f"adv:{adverb[1].lower_}",))
    ahead = _ahead(token)
    if ahead is not None:
        return Verdict("planned", ahead, "time ahead", ("ahead",))
    bare = token.dep_ == "ROOT" and token.tag_ == "VB"
    if bare and not any(c.dep_ in SUBJECTS or c.dep_ in ("aux", "auxpass") for c in token.children):
        return Verdict("hypothetical", token, "imperative", ("imperative",))
    return PLAIN


def _local_noun(token: Token) -> Verdict:
    """Adjectives and determiners of a noun."""
    for child in token.children:
        if child.dep_ in ("amod", "det", "neg", "advmod", "compound", "nmod"):
            kind = NOUN_WORDS.get(child.lower_)
            if kind is None or (child.lower_ == "any" and child.dep_ != "det"):
                continue
            return Verdict(
                known(kind), child, "adjective" if child.dep_ == "amod" else "determiner", (f"mod:{child.lower_}",)
            )
        if child.dep_ == "amod" and child.lower_ == "next" and token.i > 0:
            return Verdict("planned", child, "time ahead", ("mod:next",))
    return PLAIN


def known(kind: str) -> Modality:
    """A table's word as a modality."""
    found: Modality | None = _KINDS.get(kind)
    assert found is not None, kind
    return found
