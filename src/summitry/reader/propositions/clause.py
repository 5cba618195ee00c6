"""How far a point reaches: to the next predicate of the same kind, or to the end of the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id

from summitry.reader.propositions.lexicon import ADDRESSING, NOUNS, PAST, VERBS
from summitry.vocabulary import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def _ids(words: Iterable[str]) -> NDArray[np.uint64]:
    """The parser's numbers of strings."""
    return np.array(sorted(get_string_id(word) for word in words), dtype=np.uint64)


_VERBAL: Final = _ids(["VERB", "AUX"])
_LEMMAS: Final = _ids(VERBS)
_NOMINAL: Final = _ids(NOUNS)
_FORMS: Final = _ids(PAST)
FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})
CONTRAST: Final = frozenset({"while", "whereas", "whilst", "but", "and", "with", "although", "though"})
_EDGE: Final = frozenset({",", ";", ":", "and", "but", "while", "whereas", "whilst", "or", "-", "--", "–", "—"})
_SENTENCE_END: Final = frozenset({".", "!", "?", '"', "'", ")", "''", "...", "…"})


def sentences(doc: Doc) -> Iterator[tuple[int, int]]:
    """Token ranges of sentences; one that the parser broke before a bracket or a small letter is put together again."""
    start = 0
    held: tuple[int, int] | None = None
    for sentence in doc.sents:
        first = next((t for t in sentence if not t.is_space), None)
        if first is None:
            continue
        if held is not None:
            start, end = held
            before = doc[end - 1]
            while before.is_space and before.i > start:
                before = doc[before.i - 1]
            gap = any("\n" in t.text for t in doc[before.i : first.i])
            runs_on = before.text not in _SENTENCE_END and (first.text == "(" or first.text[0].islower())
            if runs_on and not gap:
                held = (start, sentence.end)
                continue
            yield held
        held = (sentence.start, sentence.end)
    if held is not None:
        yield held


def candidates(doc: Doc) -> list[int]:
    """The tokens that may be predicates by their lemma or form, in text order: columns are read at once, which costs
    a tenth of asking each token."""
    table: NDArray[np.uint64] = np.asarray(doc.to_array(["POS", "LEMMA", "LOWER"]), dtype=np.uint64).reshape(-1, 3)
    verbs = np.isin(table[:, 0], _VERBAL) & np.isin(table[:, 1], _LEMMAS)
    return [int(at) for at in np.flatnonzero(verbs | np.isin(table[:, 1], _NOMINAL) | np.isin(table[:, 2], _FORMS))]


def lemma_of(token: Token) -> str | None:
    """The lemma of a word that may be a predicate verb; forms the parser takes for others are looked up."""
    if token.pos_ in {"VERB", "AUX"}:
        lemma = token.lemma_.lower()
        if lemma in VERBS:
            return lemma
    return PAST.get(token.lower_) if token.tag_ in {"JJ", "VBN", "VBD", "NN", "NNS", "NNP"} else None


def finite(token: Token) -> bool:
    """Whether a verb is the finite verb of its clause, itself or by its auxiliaries."""
    return token.tag_ in FINITE or any(
        child.dep_ == "aux" and child.tag_ in {*FINITE, "MD"} for child in token.children
    )


def left_edge(token: Token) -> int:
    """Index of the first token of a clause; what the parser hangs before the conjunction is left out."""
    return int(token.left_edge.i)


def conjuncts(verb: Token) -> Iterator[Token]:
    """The verbs coordinated with a verb, in text order."""
    for child in verb.children:
        if child.dep_ == "conj" and child.i > verb.i:
            yield child
            yield from conjuncts(child)


def stretch(doc: Doc, start: int, stop: int) -> Span | None:
    """The span of tokens without links, commas and a full stop at its ends; None where nothing is left."""
    while start < stop and (doc[start].is_space or doc[start].text in {",", ":", ";"}):
        start += 1
    while stop > start and (doc[stop - 1].is_space or doc[stop - 1].lower_ in _EDGE or doc[stop - 1].text == "."):
        stop -= 1
    return Span(doc[start].idx, doc[stop - 1].idx + len(doc[stop - 1])) if start < stop else None


def parted(verb: Token, lemma: str, start: int, stop: int) -> list[tuple[int, int]]:
    """The parts of a point: who is addressed and what is asked of it, where the verb has both."""
    if lemma in ADDRESSING:
        for child in verb.children:
            if child.dep_ in {"xcomp", "ccomp", "advcl"} and child.tag_ == "VB" and child.i > start:
                marks = [c.i for c in child.children if c.i < child.i and (c.tag_ == "TO" or c.dep_ == "neg")]
                cut = min(marks, default=child.i)
                if start < cut < stop and any(c.tag_ == "TO" for c in child.children):
                    return [(start, cut), (cut, stop)]
    return [(start, stop)]
