"""A document as plain arrays: what the features and rules of this package look at.

White-space tokens are left out; ``heads`` counts in what is left. Everything is computed once a document, so that
the work per candidate is table look-ups.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from summitry.reader.document import Document
from summitry.reader.statements.quotes import Quotation, find_quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc

Ints = NDArray[np.int64]
Codes = NDArray[np.uint64]

LONGEST_SEGMENT: Final = 400
"""Tokens; a quotation that runs on longer than this is cut, or one missing mark would join a whole article."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Arrays over the tokens that are no white space.

    ``starts`` and ``ends`` are code point offsets in ``Article.text``; ``heads`` the index of each token's head (its
    own for a root); ``left`` and ``right`` the edges of its subtree, half-open. ``quote`` is the index in
    ``quotations`` of the quotation a token stands in, -1 outside. ``segment`` numbers the stretches that are read
    together: a sentence, or the sentences that one quotation joins.
    """

    index: Ints
    """Where each token stands in the parse."""
    words: list[str]
    lemmas: list[str]
    tags: list[str]
    deps: list[str]
    lower: Codes
    lemma: Codes
    tag: Codes
    dep: Codes
    shape: Codes
    starts: Ints
    ends: Ints
    heads: Ints
    left: Ints
    right: Ints
    children: list[list[int]]
    quote: Ints
    quotations: tuple[Quotation, ...]
    block: Ints
    segment: Ints
    bounds: Ints
    """Segment ``k`` is the tokens ``bounds[k]:bounds[k + 1]``."""


def _edges(heads: list[int], size: int) -> tuple[list[int], list[int], list[list[int]]]:
    """Subtree edges and children of every token."""
    left = list(range(size))
    right = list(range(1, size + 1))
    children: list[list[int]] = [[] for _ in range(size)]
    for token, head in enumerate(heads):
        if head != token:
            children[head].append(token)
    ready = [token for token, head in enumerate(heads) if head == token]
    order: list[int] = []
    while ready:
        token = ready.pop()
        order.append(token)
        ready += children[token]
    for token in reversed(order):
        head = heads[token]
        if left[token] < left[head]:
            left[head] = left[token]
        if right[token] > right[head]:
            right[head] = right[token]
    return left, right, children


def _of_quotations(starts: Ints, ends: Ints, quotations: tuple[Quotation, ...]) -> Ints:
    """The quotation each token stands in."""
    quote = np.full(len(starts), -1, dtype=np.int64)
    for number, quotation in enumerate(quotations):
        first = int(np.searchsorted(ends, quotation.start, side="right"))
        last = int(np.searchsorted(starts, quotation.end, side="left"))
        quote[first:last] = number
    return quote


_ASKED: Final = frozenset({"?", "!", ",", "?!", "!!"})


def _segments(starting: list[bool], words: list[str], block: Ints, quote: Ints) -> tuple[Ints, Ints]:
    """Number the segments; a sentence start inside a quotation starts none, nor one behind a quotation that ends in a
    question or an exclamation: who asked may follow."""
    if not words:
        return np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int64)
    blocks, quotes = block.tolist(), quote.tolist()
    bounds = [0]
    for token in range(1, len(words)):
        if blocks[token] != blocks[token - 1]:
            bounds.append(token)
        elif starting[token]:
            inside, before = quotes[token], quotes[token - 1]
            asked = before >= 0 and inside < 0 and token > 1 and words[token - 2] in _ASKED
            running = inside >= 0 and inside == before
            if token - bounds[-1] >= LONGEST_SEGMENT or not (asked or running):
                bounds.append(token)
    sizes = np.diff([*bounds, len(words)])
    return np.repeat(np.arange(len(bounds)), sizes).astype(np.int64), np.array([*bounds, len(words)], dtype=np.int64)


def _strings(doc: Doc, codes: Codes) -> list[str]:
    """The strings behind hash codes, each looked up once."""
    known = {int(code): doc.vocab.strings[int(code)] for code in np.unique(codes)}
    return [known[code] for code in codes.tolist()]


_COLUMNS: Final = ("ORTH", "LOWER", "LEMMA", "TAG", "DEP", "SHAPE", "HEAD", "IDX", "LENGTH", "SENT_START", "IS_SPACE")


def view_of(document: Document) -> View:
    """The arrays of one document."""
    doc = document.doc
    table: Codes = np.asarray(doc.to_array(list(_COLUMNS)), dtype=np.uint64).reshape(-1, len(_COLUMNS))
    kept = np.flatnonzero(table[:, 10] == 0)
    size = len(kept)
    table = table[kept]
    where = np.zeros(len(doc) + 1, dtype=np.int64)
    where[kept] = np.arange(size)
    heads = where[kept + table[:, 6].astype(np.int64)]
    starts = table[:, 7].astype(np.int64)
    ends = starts + table[:, 8].astype(np.int64)
    left, right, children = _edges(heads.tolist(), size)
    quotations = find_quotations(document.article)
    quote = _of_quotations(starts, ends, quotations)
    block = np.searchsorted(
        np.array([span.start for span in document.article.blocks], dtype=np.int64), starts, side="right"
    )
    words = _strings(doc, table[:, 0])
    segment, bounds = _segments((table[:, 9] == 1).tolist(), words, block, quote)
    return View(
        index=kept,
        words=words,
        lemmas=[lemma.lower() for lemma in _strings(doc, table[:, 2])],
        tags=_strings(doc, table[:, 3]),
        deps=_strings(doc, table[:, 4]),
        lower=table[:, 1],
        lemma=table[:, 2],
        tag=table[:, 3],
        dep=table[:, 4],
        shape=table[:, 5],
        starts=starts,
        ends=ends,
        heads=heads,
        left=np.array(left, dtype=np.int64),
        right=np.array(right, dtype=np.int64),
        children=children,
        quote=quote,
        quotations=quotations,
        block=block,
        segment=segment,
        bounds=bounds,
    )
