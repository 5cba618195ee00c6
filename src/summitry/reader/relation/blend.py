"""The linear relation model and the encoder's branch together: the weighted sum of their scores.

The linear model knows the vocabulary of the codebook, the branch the words around it; each is right on sentences the
other gets wrong. The two weights were fitted on scores of folds that neither saw (``training/encoder``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from summitry.reader.relation.features import features
from summitry.reader.relation.model import CODER as LINEAR
from summitry.reader.relation.model import RelationModel, coded
from summitry.reader.relation.words import Words, words_of
from summitry.vocabulary import RelationCode

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.reader.encoder import DocumentEncoding, Encoder, Heads
    from summitry.reader.encoder.branch import RelationBranch
    from summitry.reader.encoder.model import Floats

CODER: Final = "relation-encoder-1"

Offsets = tuple[int, int]
"""Code points, half-open."""


@dataclass(frozen=True, slots=True, eq=False)
class RelationCoder:
    """The linear model with the branch of the encoder. ``mix``: weight of the linear scores, weight of the branch's
    scores, both before the softmax."""

    linear: RelationModel
    encoder: Encoder
    branch: RelationBranch
    mix: tuple[float, float]

    @classmethod
    def load(cls, encoder: Encoder | None = None, heads: Heads | None = None) -> RelationCoder:
        """The shipped weights; an encoder and heads that are loaded already are shared."""
        from summitry.reader.encoder import Encoder, Heads
        from summitry.reader.encoder.branch import RelationBranch

        linear, branch = (heads or Heads.load()).weights["blend.relation"].tolist()
        return cls(RelationModel.load(), encoder or Encoder.load(), RelationBranch.load(), (linear, branch))

    def code(self, words: Words, source: tuple[int, int] | None, target: tuple[int, int] | None) -> RelationCode:
        """The code of one triple whose sentence is tokenised already; a span is None where no party is named."""
        window = self.encoder.encode([words.text[a:b] for a, b in zip(words.starts, words.ends, strict=True)])
        learned = None
        if source is not None and target is not None:
            size = len(words.starts)
            learned = self.branch.scores(window, (0, size), _inside(words, source), _inside(words, target))
        return self.joined(self.linear.scores(features(words, source, target)), learned)

    def joined(self, linear: NDArray[np.float32], learned: NDArray[np.float32] | None) -> RelationCode:
        """One code of the scores of both; the linear model's alone where there are no others."""
        if learned is None:
            return coded(linear.astype(np.float64) * self.linear.temperature, LINEAR)
        logits = self.mix[0] * linear.astype(np.float64) + self.mix[1] * learned.astype(np.float64)
        return coded(logits, CODER)


def _inside(words: Words, span: tuple[int, int]) -> tuple[int, int]:
    """The words that a span of code points touches, half-open."""
    at = [k for k, (a, b) in enumerate(zip(words.starts, words.ends, strict=True)) if a < span[1] and span[0] < b]
    return (at[0], at[-1] + 1) if at else (0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class ArticleRelations:
    """Relation codes of clauses of one article, in the article's offsets."""

    text: str
    coder: RelationCoder | RelationModel
    encoding: DocumentEncoding | None = None

    def code(self, clause: Offsets, source: Offsets, target: Offsets) -> RelationCode:
        """The code of one pair in one clause; all are code points of the article's text, half-open."""
        start, end = clause
        words = words_of(self.text[start:end])
        inner = (source[0] - start, source[1] - start), (target[0] - start, target[1] - start)
        if isinstance(self.coder, RelationModel):
            return self.coder.code(words, *inner)
        learned = (
            None if self.encoding is None else self._learned(self.encoding, self.coder.branch, clause, source, target)
        )
        return self.coder.joined(self.coder.linear.scores(features(words, *inner)), learned)

    def _learned(
        self, encoding: DocumentEncoding, branch: RelationBranch, clause: Offsets, source: Offsets, target: Offsets
    ) -> Floats | None:
        """The branch's scores, where the clause's window was worth encoding for its cues."""
        first, last = encoding.words_of(*clause)
        number, opens = encoding.window_of(first)
        if not encoding.known(number):
            return None
        low, high = encoding.words_of(*source)
        to, until = encoding.words_of(*target)
        return branch.scores(
            encoding.window(number),
            (first - opens, last - opens),
            (low - opens, max(low + 1, high) - opens),
            (to - opens, max(to + 1, until) - opens),
        )
