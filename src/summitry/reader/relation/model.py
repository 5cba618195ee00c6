"""The relation of (sentence, source, target) as a PLV root: a linear model over hashed features, numpy alone.

One linear support-vector score a root, trained one against the rest with the roots' weights balanced; probabilities
are the softmax of the scores at a temperature that was fitted on held-out folds.
``training/relation.py`` makes the weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Final

import numpy as np

from summitry.errors import UsageError
from summitry.reader.plover import PLV_ROOTS, quad_of
from summitry.reader.relation.features import GROUPS, features
from summitry.reader.relation.words import Words, words_of
from summitry.vocabulary import RelationCode

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.reader.relation.blend import RelationCoder

CODER: Final = "relation-linear-1"
"""Name and version that codes carry."""

Triple = tuple[str, tuple[int, int] | None, tuple[int, int] | None]
"""Sentence, source span, target span; a span is None where the sentence names no such party."""

_WEIGHT: Final = tuple(GROUPS.values())


@dataclass(frozen=True, slots=True, eq=False)
class RelationModel:
    """Weights of the linear model.

    Attributes:
        keys: hashes of the features seen in training, ascending; shape (n,).
        idf: inverse document frequency of each; shape (n,).
        weights: one column a root, in the order of :data:`~summitry.reader.plover.PLV_ROOTS`; shape (n, 15).
        bias: shape (15,).
        temperature: what scores are multiplied by before the softmax.
    """

    keys: NDArray[np.uint32]
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    temperature: float

    @classmethod
    def load(cls) -> RelationModel:
        """The shipped model; read once a process, about 20 ms."""
        return _shipped()

    def vector(self, groups: Sequence[dict[int, float]]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Rows of :attr:`weights` and the values they are to be multiplied by, for :func:`features`'s groups."""
        rows, values = vectorise(groups, self.keys, self.idf)
        return rows, values

    def scores(self, groups: Sequence[dict[int, float]]) -> NDArray[np.float32]:
        """The score of each root; shape (15,)."""
        rows, values = self.vector(groups)
        out: NDArray[np.float32] = values @ self.weights[rows] + self.bias
        return out

    def code(self, words: Words, source: tuple[int, int] | None, target: tuple[int, int] | None) -> RelationCode:
        """The code of one triple whose sentence is tokenised already."""
        logits = self.scores(features(words, source, target)).astype(np.float64) * self.temperature
        return coded(logits, CODER)

    def code_many(self, triples: Iterable[Triple]) -> list[RelationCode]:
        """The codes of many triples, in order; a sentence that several neighbouring ones share is tokenised once.

        Offsets are not checked here: see :func:`code_relation`.
        """
        out: list[RelationCode] = []
        last: str | None = None
        words = words_of("")
        for sentence, source, target in triples:
            if sentence != last:
                words, last = words_of(sentence), sentence
            out.append(self.code(words, source, target))
        return out


_QUADS: Final = np.array([quad_of(root) for root in PLV_ROOTS])


def decided(odds: NDArray[np.float64]) -> int:
    """The root decided on, from coarse to fine: cooperation or conflict, then the quad, then the root in it.

    The sum over a side's roots is a better estimate of the side than its likeliest root: in cross-validation binary and
    quad F are higher by half a point and more, and root F is no lower.
    """
    sums = np.bincount(_QUADS, odds, 5)
    first, second = (1, 2) if sums[1] + sums[2] >= sums[3] + sums[4] else (3, 4)
    quad = first if sums[first] >= sums[second] else second
    return int(np.where(quad == _QUADS, odds, -1.0).argmax())


def coded(logits: NDArray[np.float64], coder: str) -> RelationCode:
    """The code that logits in the order of ``PLV_ROOTS`` lead to, with the probability of each root."""
    odds = np.exp(logits - logits.max())
    odds /= odds.sum()
    best = PLV_ROOTS[decided(odds)]
    chances = tuple(zip(PLV_ROOTS, (float(p) for p in odds), strict=True))
    return RelationCode(plover=best, quad=quad_of(best), probabilities=chances, coder=coder)


def vectorise(
    groups: Sequence[dict[int, float]], keys: NDArray[np.uint32], idf: NDArray[np.float32]
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Known features of all groups as (row, value): damped count times idf, each group of length its weight."""
    wanted = np.fromiter((key for group in groups for key in group), np.uint32)
    counts = np.fromiter((count for group in groups for count in group.values()), np.float32)
    which = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    rows = np.searchsorted(keys, wanted)
    known = rows < len(keys)
    known[known] = keys[rows[known]] == wanted[known]
    rows, counts, which = rows[known], counts[known], which[known]
    # Counts above one are damped; those below one are weights by distance and stay.
    values = np.where(counts > 1, 1 + np.log(np.maximum(counts, 1)), counts).astype(np.float32) * idf[rows]
    length = np.sqrt(np.bincount(which, values * values, len(groups)))
    scale = np.divide(_WEIGHT, length, out=np.zeros(len(groups)), where=length > 0)
    return rows, (values * scale[which]).astype(np.float32)


@cache
def _shipped() -> RelationModel:
    """The weights beside this module."""
    with np.load(BytesIO(files("summitry.reader.relation").joinpath("weights.npz").read_bytes())) as arrays:
        return RelationModel(
            keys=arrays["keys"],
            idf=arrays["idf"].astype(np.float32),
            weights=arrays["weights"].astype(np.float32),
            bias=arrays["bias"].astype(np.float32),
            temperature=float(arrays["temperature"]),
        )


def _check(name: str, span: tuple[int, int], sentence: str) -> None:
    """Refuse offsets that bound no code point of the sentence."""
    start, end = span
    if not 0 <= start < end <= len(sentence):
        raise UsageError(
            f"{name} is ({start}, {end}); allowed: 0 <= start < end <= {len(sentence)}, code points of the sentence; "
            f"find them with sentence.index(words)"
        )


def code_relation(
    sentence: str,
    source: tuple[int, int],
    target: tuple[int, int],
    *,
    model: RelationModel | RelationCoder | None = None,
) -> RelationCode:
    """What the source does to the target in a sentence, as a PLV root code (15), its quad and a probability a root.

    Args:
        sentence: one sentence, as it stands in the report.
        source: who acts: (start, end), code points in ``sentence``, half-open.
        target: whom it is done to, likewise.
        model: what codes; the linear model by default.

    Raises:
        UsageError: a span lies outside the sentence or is empty.
    """
    _check("source", source, sentence)
    _check("target", target, sentence)
    return (model or RelationModel.load()).code(words_of(sentence), source, target)
