"""Looking up tokens and sentences of a parse by offset, without walking it each time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

import numpy as np

from summitry.vocabulary import Span

_JOINTS = frozenset({"PUNCT", "ADP", "DET", "CCONJ", "SCONJ", "SPACE", "ADV", "PART"})

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens


def root_of(tokens: Tokens) -> Token:
    """The token of a stretch that hangs on one outside it; of several, the first that is no mark or joint.

    As ``Span.root``, which walks the whole parse to check that there is one.
    """
    first, end = tokens.start, tokens.end
    outer = [token for token in tokens if token.head.i == token.i or not first <= token.head.i < end]
    return next((token for token in outer if token.pos_ not in _JOINTS), outer[0] if outer else tokens[0])


class Places:
    """Where the tokens and sentences of one parse stand. ``Token.sent`` walks the whole parse; this does it once."""

    __slots__ = ("_doc", "_end", "_sentences", "_starts")

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        table = np.asarray(doc.to_array(["IDX", "SENT_START"])).reshape(-1, 2).astype(np.int64)
        self._end = doc[-1].idx + len(doc[-1].text) if len(doc) else 0
        self._starts: list[int] = table[:, 0].tolist()
        self._sentences: list[int] = np.flatnonzero(table[:, 1] == 1).tolist()

    def token_at(self, offset: int) -> Token | None:
        """The token that holds a code point, or the last before it; None before the first."""
        position = bisect_right(self._starts, offset) - 1
        return self._doc[position] if position >= 0 else None

    def tokens(self, span: Span) -> Tokens:
        """The tokens that a span touches; empty only in an empty parse."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        return self._doc[first : max(first + 1, bisect_left(self._starts, span.end))]

    def sentence(self, token: int) -> Span:
        """The code points of the sentence that a token stands in, up to where the next one starts."""
        position = bisect_right(self._sentences, token)
        first = self._sentences[position - 1] if position else 0
        following = self._sentences[position] if position < len(self._sentences) else len(self._starts)
        end = self._starts[following] if following < len(self._starts) else self._end
        return Span(self._starts[first], end)
