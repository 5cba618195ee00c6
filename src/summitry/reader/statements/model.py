"""The two linear models of attribution, at run time: weights, scores, the best sequence of labels.

The first says of every token how likely it is a cue; the second, a linear-chain conditional random field, labels the
tokens of the cue's segment as cue, source and content. Both were trained on the training half of PolNeAR 1.0 (Newell
et al., LREC 2018) by ``training/attribution.py``; the weights are whole numbers of one byte with a scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import IO, Final

import numpy as np
from numpy.typing import NDArray

from summitry.reader.statements.blend import (
    Learned,
    blended_chain,
    blended_cues,
    blended_emissions,
    worth_encoding,
)
from summitry.reader.statements.features import (
    Pairs,
    Surroundings,
    cue_features,
    pairs_of,
    span_features,
    surroundings,
)
from summitry.reader.statements.view import Ints, View

LABELS: Final = ("O", "C", "B-S", "I-S", "B-T", "I-T")
"""Outside, cue, source, content ("text")."""
_FORBIDDEN: Final = tuple(
    (before, after) for after, needs in ((3, (2, 3)), (5, (4, 5))) for before in range(6) if before not in needs
)
_NEVER: Final = -1e4  # a score no sum of weights comes near

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class AttributionModel:
    """Both models. Rows are folded features; ``transitions[i, j]`` scores label ``j`` after ``i``."""

    cue: NDArray[np.int8]
    cue_scale: float
    span: NDArray[np.int8]
    span_scale: float
    transitions: Floats
    starts: Floats
    version: str

    @classmethod
    def load(cls) -> AttributionModel:
        """The shipped weights."""
        with resources.files("summitry.reader.statements").joinpath("weights.npz").open("rb") as file:
            return cls.read(file)

    @classmethod
    def read(cls, file: IO[bytes]) -> AttributionModel:
        """Weights as ``training/attribution.py`` writes them."""
        data = np.load(file)
        return cls(
            data["cue"],
            float(data["cue_scale"]),
            data["span"],
            float(data["span_scale"]),
            constrained(data["transitions"].astype(np.float64)),
            constrained_start(data["starts"].astype(np.float64)),
            str(data["version"]),
        )


def constrained(transitions: Floats) -> Floats:
    """The transitions with those that no labelling may have made impossible."""
    out = transitions.copy()
    for before, after in _FORBIDDEN:
        out[before, after] = _NEVER
    return out


def constrained_start(starts: Floats) -> Floats:
    """The scores of the first label, with the labels that cannot come first made impossible."""
    out = starts.copy()
    out[[3, 5]] = _NEVER
    return out


def cue_probabilities(weights: AttributionModel, view: View, around: Surroundings) -> Floats:
    """How likely each token is a cue, 0-1."""
    scores = weights.cue[cue_features(view, around)].sum(axis=1, dtype=np.int64) * weights.cue_scale
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(scores, -30.0, 30.0))))


def best_labels(
    emissions: Floats, offsets: Ints, transitions: Floats, starts: Floats
) -> tuple[list[NDArray[np.int8]], Floats]:
    """The best label sequence of every cue (Viterbi, all cues at once), and its score less that of all-outside.

    ``emissions`` has a row per pair; sequence ``k`` is rows ``offsets[k]:offsets[k + 1]``.
    """
    count = len(offsets) - 1
    lengths = np.diff(offsets)
    longest = int(lengths.max()) if count else 0
    size = len(starts)
    padded = np.zeros((longest, count, size))
    padded[:, :, 1:] = _NEVER
    owner = np.repeat(np.arange(count), lengths)
    place = np.arange(len(emissions)) - np.repeat(offsets[:-1], lengths)
    padded[place, owner] = emissions
    back = np.zeros((longest, count, size), dtype=np.int8)
    score = padded[0] + starts if longest else np.zeros((count, size))
    outside = score[:, 0].copy()
    steps = transitions.copy()
    for position in range(1, longest):
        live = (position < lengths)[:, None]
        moves = score[:, :, None] + steps
        pick = moves.argmax(axis=1)
        back[position] = pick
        fresh = np.take_along_axis(moves, pick[:, None, :], axis=1)[:, 0, :] + padded[position]
        score = np.where(live, fresh, score)
        outside += np.where(live[:, 0], steps[0, 0] + padded[position, :, 0], 0.0)
    state = score.argmax(axis=1)
    best = score.max(axis=1)
    labels = np.zeros((longest, count), dtype=np.int8)
    index = np.arange(count)
    for position in range(longest - 1, -1, -1):
        live = position < lengths
        labels[position] = np.where(live, state, 0)
        state = np.where(live, back[position, index, state], state)
    return [labels[: lengths[k], k] for k in range(count)], best - outside


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """What the models say of one article: cues in text order, the labels of each cue's segment, and of which cues the
    encoder's heads had a say."""

    cues: Ints
    probabilities: Floats
    labels: list[NDArray[np.int8]]
    pairs: Pairs
    cueness: Floats
    encoded: NDArray[np.bool_]


def label(view: View, weights: AttributionModel, thresholds: Floats, learned: Learned | None = None) -> Labelled:
    """Find the tokens at least as likely to be cues as ``thresholds`` asks of each, and what belongs to them.

    ``learned`` adds the encoder's heads to the linear models. They were trained on a corpus that leaves most verbs of
    saying inside another's words unmarked, and learned that better than the linear model did: where ``thresholds`` asks
    less of a token than of others, the linear model's word is enough to look at it.
    """
    around = surroundings(view)
    linear = cue_probabilities(weights, view, around)
    encoded = worth_encoding(view, linear) & (learned is not None)
    cueness, seen = linear, linear
    if learned is not None:
        cueness = blended_cues(view, linear, learned, encoded)
        seen = np.where(thresholds < thresholds.max(initial=0.0), np.maximum(cueness, linear), cueness)
    cues = np.flatnonzero(seen >= thresholds)
    pairs = pairs_of(view, cues)
    if not len(cues):
        return Labelled(cues, cueness[cues], [], pairs, cueness, np.zeros(0, dtype=bool))
    emissions = np.concatenate([_emissions(weights, view, around, part, linear) for part in _by_pairs(cues, pairs)])
    inside = encoded[view.segment[cues]]
    labels: list[NDArray[np.int8]] = [np.zeros(0, dtype=np.int8)] * len(cues)
    groups = ((np.flatnonzero(~inside), None), (np.flatnonzero(inside), learned))
    for which, heads in ((part, heads) for group, heads in groups for part in _parts(group)):
        chosen, offsets = _of(emissions, pairs.offsets, which)
        transitions, starts = weights.transitions, weights.starts
        if heads is not None:
            chosen = blended_emissions(view, cues[which], chosen, offsets, heads)
            transitions, starts = blended_chain(transitions, starts, heads)
            transitions, starts = constrained(transitions), constrained_start(starts)
        found, _ = best_labels(chosen, offsets, transitions, starts)
        for k, labelling in zip(which.tolist(), found, strict=True):
            labels[k] = labelling
    return Labelled(cues, cueness[cues], labels, pairs, cueness, inside)


_PAIRS: Final = 50_000
"""Pairs of a cue and a token whose features are worked out at once, of some 60 numbers each; a report has 5,000."""


def _by_pairs(cues: Ints, pairs: Pairs) -> list[Ints]:
    """The cues in groups of about :data:`_PAIRS` pairs."""
    bounds = np.searchsorted(pairs.offsets, np.arange(_PAIRS, pairs.offsets[-1], _PAIRS))
    return [part for part in np.split(cues, np.unique(bounds)) if len(part)]


def _emissions(
    weights: AttributionModel, view: View, around: Surroundings, cues: Ints, cueness: Floats
) -> NDArray[np.float64]:
    """The scores of the labels of every pair of ``cues`` with the tokens of their segments."""
    rows = span_features(view, around, cues, pairs_of(view, cues), cueness)
    return np.asarray(weights.span[rows].sum(axis=1, dtype=np.int64) * weights.span_scale)


_TOGETHER: Final = 2_000
"""Cues labelled at once: all are laid out as long as the longest segment among them, which must not fill the memory."""


def _parts(which: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    return [which[low : low + _TOGETHER] for low in range(0, max(1, len(which)), _TOGETHER)]


def _of(emissions: Floats, offsets: Ints, which: NDArray[np.intp]) -> tuple[Floats, Ints]:
    """The rows of the chosen sequences, and where each begins and ends among them."""
    parts = [emissions[offsets[k] : offsets[k + 1]] for k in which.tolist()]
    lengths = [len(part) for part in parts]
    bounds = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return np.concatenate(parts) if parts else emissions[:0], bounds
