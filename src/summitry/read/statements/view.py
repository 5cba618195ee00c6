"""A document as plain arrays: what the features and rules of this package look at.

White-space tokens are left out; ``heads`` counts in what is left. Everything is computed once a document, so that
the work per candidate is table look-ups.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summitry.read.document import Document
from summitry.read.statements.quotes import Quotation, find_quotations

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
    sentence: Ints
    block: Ints
    segment: Ints
    bounds: Ints
    """Segment ``k`` is the tokens ``bounds[k]:bounds[k + 1]``."""


def _edges(heads: list[int], size: int) -> tuple[list[int], list[int], list[list[int]]]:
    """Subtree edges and children of every token."""
    left = list(range(size))
    right = list(range(1, size + 1))
    children: list[list[int]] = [[] for _ in range(size)]
    waiting = [0] * size
    for token, head in enumerate(heads):
        if head != token:
            children[head].append(token)
            waiting[head] += 1
    ready = [token for token in range(size) if not waiting[token]]
    while ready:
        token = ready.pop()
        head = heads[token]
        if head == token:
            continue
        left[head] = min(left[head], left[token])
        right[head] = max(right[head], right[token])
        waiting[head] -= 1
        if not waiting[head]:
            ready.append(head)
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
    size = len(starting)
    segment = np.zeros(size, dtype=np.int64)
    bounds = [0]
    for token in range(1, size):
        asked = quote[token - 1] >= 0 and quote[token] < 0 and token > 1 and words[token - 2] in _ASKED
        if block[token] != block[token - 1] or (
            starting[token]
            and not asked
            and (quote[token] < 0 or quote[token] != quote[token - 1] or token - bounds[-1] >= LONGEST_SEGMENT)
        ):
            bounds.append(token)
        segment[token] = len(bounds) - 1
    bounds.append(size)
    return segment, np.array(bounds, dtype=np.int64)


def view_of(document: Document) -> View:
    """The arrays of one document."""
    doc = document.doc
    kept = [token.i for token in doc if not token.is_space]
    size = len(kept)
    index = np.array(kept, dtype=np.int64)
    table: Codes = np.asarray(doc.to_array(["LOWER", "LEMMA", "TAG", "DEP", "SHAPE", "HEAD"]), dtype=np.uint64)
    table = table.reshape(-1, 6)[index]
    where = np.zeros(len(doc) + 1, dtype=np.int64)
    where[index] = np.arange(size)
    heads = where[index + table[:, 5].astype(np.int64)]
    tokens = [doc[i] for i in kept]
    starts = np.array([token.idx for token in tokens], dtype=np.int64)
    ends = np.array([token.idx + len(token.text) for token in tokens], dtype=np.int64)
    left, right, children = _edges(heads.tolist(), size)
    quotations = find_quotations(document.article)
    quote = _of_quotations(starts, ends, quotations)
    block = np.searchsorted(
        np.array([span.start for span in document.article.blocks], dtype=np.int64), starts, side="right"
    )
    starting = [token.is_sent_start is True for token in tokens]
    sentence = np.cumsum(np.array(starting, dtype=np.int64))
    words = [token.text for token in tokens]
    segment, bounds = _segments(starting, words, block, quote)
    return View(
        words=words,
        lemmas=[token.lemma_.lower() for token in tokens],
        tags=[token.tag_ for token in tokens],
        deps=[token.dep_ for token in tokens],
        lower=table[:, 0],
        lemma=table[:, 1],
        tag=table[:, 2],
        dep=table[:, 3],
        shape=table[:, 4],
        starts=starts,
        ends=ends,
        heads=heads,
        left=np.array(left, dtype=np.int64),
        right=np.array(right, dtype=np.int64),
        children=children,
        quote=quote,
        quotations=quotations,
        sentence=sentence,
        block=block,
        segment=segment,
        bounds=bounds,
    )
