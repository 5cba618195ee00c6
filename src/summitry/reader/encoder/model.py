"""The encoder at run time: windows of words in, a vector a word out.

The network is the six-layer MiniLM of ``sentence-transformers/all-MiniLM-L6-v2`` (Apache-2.0; Wang et al., NeurIPS
2020), trained further by ``training/encoder`` (docs/models.md). A window is run alone, never padded to others, by one
thread: so its vectors do not depend on what else is read, in what order or in how many processes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LONGEST: Final = 190
"""Subwords of one pass without the two marks at its ends; longer windows are cut into passes of about equal length.
Training cut its windows there (192 with the marks); positions beyond it were hardly trained."""
WIDTH: Final = 384

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Session(Protocol):
    """What is asked of an onnxruntime session."""

    def run(self, outputs: None, given: dict[str, NDArray[np.generic]], /) -> list[Floats]:
        """All outputs for the named inputs."""


@dataclass(frozen=True, slots=True, eq=False)
class Pass:
    """One run of the encoder: subwords with the marks at both ends.

    ``word`` is the window's word each subword belongs to (-1 for the marks); ``lower`` the hidden state that the
    relation head goes on from, one row a subword.
    """

    word: Ints
    lower: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """A window: ``words`` has a row of :data:`WIDTH` numbers a word, the mean over its subwords."""

    words: Floats
    passes: tuple[Pass, ...]


class Encoder:
    """The shipped encoder. Loading takes about a fifth of a second; encoding changes nothing in it."""

    def __init__(self, network: bytes, tokenizer: Tokenizer) -> None:
        self._session = session_of(network)
        self._tokenizer = tokenizer

    @classmethod
    def load(cls) -> Encoder:
        """The shipped weights."""
        from tokenizers import Tokenizer

        folder = files("summitry.reader.encoder").joinpath("weights")
        tokenizer = Tokenizer.from_buffer(folder.joinpath("tokenizer.json").read_bytes())
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(folder.joinpath("encoder.onnx").read_bytes(), tokenizer)

    def encode(self, words: Sequence[str]) -> Encoded:
        """Vectors of the words of one window; a window without words has none."""
        if not words:
            return Encoded(np.zeros((0, WIDTH), np.float32), ())
        found = self._tokenizer.encode(list(words), is_pretokenized=True)
        ids = np.array(found.ids, dtype=np.int64)
        word = np.array([-1 if w is None else w for w in found.word_ids], dtype=np.int64)
        opening, closing = ids[0], ids[-1]
        ids, word = ids[1:-1], word[1:-1]
        vectors = np.zeros((len(words), WIDTH), np.float32)
        passes = []
        for low, high in _cuts(word):
            row = np.concatenate(([opening], ids[low:high], [closing]))[None, :]
            hidden, lower = self._session.run(None, {"ids": row, "mask": np.ones_like(row)})
            part = word[low:high]
            starts = np.flatnonzero(np.append(True, part[1:] != part[:-1]))
            sums = np.add.reduceat(hidden[0, 1:-1], starts, axis=0)
            vectors[part[starts]] = sums / np.diff(np.append(starts, len(part)))[:, None]
            passes.append(Pass(np.concatenate(([-1], part, [-1])), lower[0]))
        return Encoded(vectors, tuple(passes))


def _cuts(word: Ints) -> list[tuple[int, int]]:
    """Stretches of subwords of at most :data:`LONGEST`, cut between words."""
    size = len(word)
    count = -(-size // LONGEST)
    if count <= 1:
        return [(0, size)] if size else []
    begins = np.flatnonzero(np.append(True, word[1:] != word[:-1]))
    out = []
    low = 0
    while size - low > LONGEST:
        wanted = low + -(-(size - low) // -(-(size - low) // LONGEST))
        fitting = begins[(begins > low) & (begins <= wanted)]
        high = int(fitting[-1]) if len(fitting) else min(low + LONGEST, size)
        out.append((low, high))
        low = high
    out.append((low, size))
    return out


def session_of(network: bytes) -> Session:
    """An onnxruntime session on one thread of the processor.

    One thread: two processes use two cores better than two threads do, and sums are then always in one order.
    """
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session: Session = ort.InferenceSession(network, options, providers=["CPUExecutionProvider"])
    return session
