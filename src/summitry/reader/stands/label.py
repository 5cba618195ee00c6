"""The issue of a stand, from its words: the noun phrase that its point is about, short and in lower case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from summitry.reader.stands.lexicon import LIGHT

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from summitry.reader.mentions import MentionIndex
    from summitry.reader.stands.terms import Range

_LONGEST: Final = 3
"""Words of a label: "nuclear test ban" says what "a comprehensive nuclear test ban treaty of 1996" is about."""
_SHORT: Final = 2
"""Letters of the first half of a word that was cut: "re-imposition"."""
_OBJECTS: Final = frozenset({"dobj", "xcomp", "ccomp", "acl"})
_HEADS: Final = frozenset({"dobj", "nsubj", "nsubjpass", "ROOT"})
_BESIDE: Final = frozenset({"poss", "npadvmod"})
_PARTS: Final = frozenset({"compound", "amod", "nmod"})


def label_of(doc: Doc, predicate: Token, point: Range, mentions: MentionIndex) -> str:
    """The first noun phrase of a point that is no party and no empty noun; else the empty noun, or its verb;
    else "talks".

    What the predicate governs as object or clause goes before what only stands beside it ("pledged at the summit to
    disarm").
    """
    start, stop = point
    first = [c for c in predicate.children if c.dep_ in _OBJECTS and start <= c.i < stop]
    for low, high in [*((c.left_edge.i, c.right_edge.i + 1) for c in first), (start, stop)]:
        for at in range(max(low, start), min(high, stop)):
            token = doc[at]
            if _names(token, mentions):
                return _words(token, mentions)
    rest = [doc[at] for at in range(start, stop)]
    empty = next((token for token in rest if token.pos_ == "NOUN" and token.dep_ in _HEADS), None)
    verb = next((token for token in rest if token.pos_ == "VERB"), None)
    found = empty or verb or next((token for token in rest if token.dep_ == "pobj"), None)
    return found.lemma_.lower() if found is not None else "talks"


def _names(token: Token, mentions: MentionIndex) -> bool:
    """Whether a noun may be the matter of a stand."""
    if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ in _PARTS | _BESIDE:
        return False
    if token.lemma_.lower() in LIGHT or token.lower_ in LIGHT or not token.is_alpha or len(token) <= _SHORT:
        return False
    mention = mentions.at(token.idx)
    return mention is None or (mention.actor is None and not mention.members) or not _is_all(mention.end, token)


def _is_all(end: int, token: Token) -> bool:
    return end >= token.idx + len(token)


def _words(head: Token, mentions: MentionIndex) -> str:
    """The noun with what it is compounded with: the nearest words, parties left out."""
    words = [head.lemma_.lower() if head.pos_ == "NOUN" else head.lower_]
    for child in sorted(head.children, key=lambda c: -c.i):
        if child.i > head.i or child.dep_ not in _PARTS or not child.is_alpha or len(words) >= _LONGEST:
            continue
        mention = mentions.at(child.idx)
        if mention is not None and mention.actor is not None:
            continue
        if child.pos_ in {"NOUN", "PROPN"} or (child.pos_ == "ADJ" and child.lower_ in _TELLING):
            words.insert(0, child.lower_)
    return " ".join(words)


_TELLING: Final = frozenset(
    "nuclear economic military ballistic missile joint international political humanitarian diplomatic peaceful "
    "financial ground free fair foreign human permanent bilateral multilateral interim final comprehensive".split()
)
"""Adjectives that name the kind of a thing rather than judge it."""
