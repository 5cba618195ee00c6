"""The heads over the encoder's word vectors: how likely a word is a cue, and what the words of its segment are to it.

Small matrices, applied by numpy; trained together with the encoder by ``training/encoder``.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import IO

import numpy as np
from numpy.typing import NDArray

from summitry.reader.encoder.model import Floats, Ints

# Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26: the error function to 1.5e-7.
_ERF_SLOPE = 0.3275911
_ERF = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)


def gelu(values: Floats) -> Floats:
    """The Gaussian error linear unit (Hendrycks and Gimpel, 2016), x * P(X <= x)."""
    size = np.abs(values) * np.float32(1 / np.sqrt(2))
    t = 1 / (1 + np.float32(_ERF_SLOPE) * size)
    series = t * (_ERF[0] + t * (_ERF[1] + t * (_ERF[2] + t * (_ERF[3] + t * _ERF[4]))))
    erf = np.copysign(1 - series * np.exp(-size * size), values)
    out: Floats = (0.5 * values * (1 + erf)).astype(np.float32)
    return out


@dataclass(frozen=True, slots=True, eq=False)
class Heads:
    """Weights by name, as ``training/encoder/export.py`` writes them (torch's layout: a row an output)."""

    weights: dict[str, Floats]
    version: str

    @classmethod
    def load(cls) -> Heads:
        """The shipped weights."""
        with files("summitry.reader.encoder").joinpath("weights", "heads.npz").open("rb") as file:
            return cls.read(file)

    @classmethod
    def read(cls, file: IO[bytes]) -> Heads:
        """Weights as ``training/encoder/export.py`` writes them."""
        with np.load(file) as arrays:
            version = str(arrays["version"])
            weights = {name: arrays[name].astype(np.float32) for name in arrays.files if name != "version"}
        return cls(weights, version)

    def _linear(self, name: str, values: Floats) -> Floats:
        out: Floats = values @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return out

    def cue(self, words: Floats) -> Floats:
        """Log-odds of every word being a cue; shape (W,)."""
        return self._linear("cue", words)[:, 0]

    def spans(self, words: Floats, cues: Ints) -> list[Floats]:
        """For each cue, the scores of the six labels for every word of the window; each of shape (W, 6)."""
        hidden = self._linear("span_word", words)
        centres = self._linear("span_cue", words[cues])
        places = self.weights["span_place.weight"]
        reach = (len(places) - 3) // 2
        index = np.arange(len(words))
        out = []
        for cue, centre in zip(cues.tolist(), centres, strict=True):
            place = places[np.clip(index - cue, -reach - 1, reach + 1) + reach + 1]
            out.append(self._linear("span_out", gelu(hidden + centre + place)))
        return out

    @property
    def transitions(self) -> NDArray[np.float64]:
        """Score of a label after another: shape (6, 6)."""
        return self.weights["transitions"].astype(np.float64)

    @property
    def starts(self) -> NDArray[np.float64]:
        """Score of the first label: shape (6,)."""
        return self.weights["starts"].astype(np.float64)
