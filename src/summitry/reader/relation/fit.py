"""Fitting the relation model: numpy alone, deterministic, half a minute on a thousand sentences.

L2-loss support vectors by dual coordinate descent (Hsieh et al., ICML 2008, algorithm 1, without shrinking), all roots
at once. A root's own sentences count n / (15 * n_root) times, which small roots need and large ones do not mind.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from summitry.reader.plover import PLV_ROOTS
from summitry.reader.relation.features import GROUPS, features
from summitry.reader.relation.model import RelationModel, Triple, vectorise
from summitry.reader.relation.words import words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

COST: Final = 0.5
"""The C of the support vectors; .3 to 1 make no difference above noise in cross-validation."""

PASSES: Final = 40
"""Passes over the sentences; macro F1 is the same to .001 from 25 on."""

_BIAS: Final = 1.0
_Sparse = tuple["NDArray[np.intp]", "NDArray[np.float32]"]


def fit(triples: Sequence[Triple], roots: Sequence[str], *, temperature: float = 1.0) -> RelationModel:
    """A model of ``triples`` whose PLV roots are ``roots``.

    ``temperature`` turns scores into probabilities; fit it on held-out scores with :func:`fit_temperature`.
    """
    found = [features(words_of(sentence), source, target) for sentence, source, target in triples]
    return fit_features(found, roots, temperature=temperature)


def fit_features(
    found: Sequence[tuple[dict[int, float], ...]], roots: Sequence[str], *, temperature: float = 1.0
) -> RelationModel:
    """As :func:`fit`, on features computed already."""
    keys, times = np.unique(
        np.concatenate([np.fromiter(set().union(*groups), np.uint32) for groups in found]), return_counts=True
    )
    # Smoothed, as if one more sentence had every feature: log((1 + n) / (1 + df)) + 1.
    idf = (np.log((1 + len(found)) / (1 + times)) + 1).astype(np.float32)
    rows = [vectorise(groups, keys, idf) for groups in found]
    gold = np.array([PLV_ROOTS.index(root) for root in roots])
    weights = _descend(rows, gold, len(keys))
    return RelationModel(keys, idf, weights[:-1], weights[-1] * np.float32(_BIAS), temperature)


def _descend(rows: Sequence[_Sparse], gold: NDArray[np.intp], size: int) -> NDArray[np.float32]:
    """Weights of shape (size + 1, 15); the last row is the bias."""
    count = len(PLV_ROOTS)
    weights = np.zeros((size + 1, count), np.float32)
    alpha = np.zeros((len(rows), count))
    sign = np.where(gold[:, None] == np.arange(count), 1.0, -1.0)
    share = np.bincount(gold, minlength=count)
    balance = len(rows) / (count * np.maximum(share, 1))
    slack = 0.5 / np.where(sign > 0, COST * balance, COST)
    padded = [
        (np.append(index, size), np.append(value, np.float32(_BIAS)), float(value @ value) + _BIAS**2)
        for index, value in rows
    ]
    order = np.random.default_rng(0)
    for _ in range(PASSES):
        for i in order.permutation(len(rows)):
            index, value, norm = padded[i]
            gradient = sign[i] * (value @ weights[index]) - 1 + slack[i] * alpha[i]
            fresh = np.maximum(alpha[i] - gradient / (norm + slack[i]), 0)
            step = ((fresh - alpha[i]) * sign[i]).astype(np.float32)
            alpha[i] = fresh
            if step.any():
                weights[index] += value[:, None] * step
    return weights


def fit_temperature(scores: NDArray[np.float64], gold: NDArray[np.intp]) -> float:
    """The factor at which the softmax of held-out ``scores`` (n, 15) gives ``gold`` the highest likelihood.

    Searched from 0.5 to 20 in steps of 5 per cent: the likelihood is smooth and one-humped in it.
    """
    tried = 0.5 * 1.05 ** np.arange(76)
    losses = []
    for factor in tried:
        logits = scores * factor
        logits = logits - logits.max(axis=1, keepdims=True)
        losses.append(float(np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(gold)), gold])))
    return float(tried[int(np.argmin(losses))])


__all__ = ["COST", "GROUPS", "PASSES", "fit", "fit_features", "fit_temperature"]
