"""How the linear relation model and the branch are mixed: two weights by maximum likelihood over held-out folds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

STEPS: Final = 20
"""Newton steps; the weights no longer change in the third digit after ten."""


def mixed(linear: Floats, branch: Floats, weights: Floats) -> Floats:
    """Log-probabilities (n, 15) of the weighted sum of both scores."""
    logits = weights[0] * linear + weights[1] * branch
    logits = logits - logits.max(axis=1, keepdims=True)
    out: Floats = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return out


def _descend(linear: Floats, branch: Floats, gold: NDArray[np.intp]) -> Floats:
    weights = np.array([2.0, 0.5])
    rows = np.arange(len(gold))
    for _ in range(STEPS):
        odds = np.exp(mixed(linear, branch, weights))
        slopes, curve = np.zeros(2), np.zeros((2, 2))
        parts = (linear, branch)
        means = [(odds * part).sum(axis=1) for part in parts]
        for i, part in enumerate(parts):
            slopes[i] = (part[rows, gold] - means[i]).mean()
            for j, other in enumerate(parts):
                curve[i, j] = ((odds * part * other).sum(axis=1) - means[i] * means[j]).mean()
        weights = weights + np.linalg.solve(curve + 1e-6 * np.eye(2), slopes)
    return weights


def fit_mix(
    linear: Floats, branch: Floats, gold: NDArray[np.intp], fold: NDArray[np.intp]
) -> tuple[tuple[float, float], Floats]:
    """The weights fitted on all sentences, and log-probabilities of each sentence by weights of the other folds."""
    joint = np.zeros_like(linear)
    for held in np.unique(fold):
        inside = fold == held
        joint[inside] = mixed(linear[inside], branch[inside], _descend(linear[~inside], branch[~inside], gold[~inside]))
    weights = _descend(linear, branch, gold)
    return (float(weights[0]), float(weights[1])), joint
