"""The linear models and the encoder's heads together: each sees what the other does not.

The linear models know the parse and its lexicon, the encoder words it never saw in training as cues. Log-odds and label
scores are added, with weights fitted on documents that neither was trained on (``training/encoder/fit_blend.py``).
Windows in which the linear model leaves nothing open are not encoded at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summitry.reader.document import Document
from summitry.reader.encoder import DocumentEncoding, Encoder, Heads
from summitry.reader.statements.view import Ints, View, view_of

GATE: Final = 0.17
SURE: Final = 0.75
"""Between these linear probabilities it is open whether a token is a cue. On held-out PolNeAR documents the windows
with such a token hold 46% of the words; encoding all instead moves content F from .665 to .672, source F from .769 to
.781, and falls under .8 of the speed of the bare parser."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """The heads, and one document's windows; a window is a segment of the document's view."""

    heads: Heads
    view: View
    encoding: DocumentEncoding

    @classmethod
    def of(cls, document: Document, encoder: Encoder, heads: Heads) -> Learned:
        """The windows of a document; nothing is encoded yet."""
        view = view_of(document)
        return cls(heads, view, DocumentEncoding(encoder, view.words, view.starts, view.bounds))

    def weight(self, name: str) -> Floats:
        """A row of blending weights."""
        return np.asarray(self.heads.weights[name], dtype=np.float64)


def worth_encoding(view: View, linear: Floats) -> NDArray[np.bool_]:
    """For each window, whether the linear model leaves anything open in it: a token that may or may not be a cue."""
    if not len(linear):
        return np.zeros(0, dtype=bool)
    open_ = (linear >= GATE) & (linear <= SURE)
    return np.asarray(np.logical_or.reduceat(open_, view.bounds[:-1]))


def blended_cues(view: View, linear: Floats, learned: Learned, encoded: NDArray[np.bool_]) -> Floats:
    """Probability of every token being a cue: the linear one where the window is not ``encoded``."""
    out = linear.copy()
    slope, enc_slope, offset = learned.weight("blend.cue").tolist()
    for segment in np.flatnonzero(encoded).tolist():
        low, high = int(view.bounds[segment]), int(view.bounds[segment + 1])
        plain = np.clip(linear[low:high], 1e-9, 1 - 1e-9)
        odds = np.log(plain / (1 - plain))
        scores = learned.heads.cue(learned.encoding.window(segment).words)
        out[low:high] = 1 / (1 + np.exp(-(slope * odds + enc_slope * scores + offset)))
    return out


def blended_emissions(view: View, cues: Ints, linear: Floats, offsets: Ints, learned: Learned) -> Floats:
    """Label scores of every (cue, token of its segment) pair, cut by ``offsets``; all the windows are encoded."""
    slope, enc_slope = learned.weight("blend.span").tolist()
    out: Floats = slope * linear
    segments = view.segment[cues]
    for segment in np.unique(segments).tolist():
        which = np.flatnonzero(segments == segment)
        words = learned.encoding.window(segment).words
        found = learned.heads.spans(words, cues[which] - int(view.bounds[segment]))
        for k, scores in zip(which.tolist(), found, strict=True):
            out[offsets[k] : offsets[k + 1]] += enc_slope * scores
    return out


def blended_chain(transitions: Floats, starts: Floats, learned: Learned) -> tuple[Floats, Floats]:
    """Transitions and first scores, added as the label scores are."""
    slope, enc_slope = learned.weight("blend.span").tolist()
    heads = learned.heads
    return slope * transitions + enc_slope * heads.transitions, slope * starts + enc_slope * heads.starts
