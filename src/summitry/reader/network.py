"""The parser's network with its shipped weights, run article by article with numpy's matrix products.

spaCy multiplies through BLIS, whose tuned kernels are chosen by processor name: one that it does not know gets the
generic kernel, five times as slow. numpy's OpenBLAS knows the newer ones too. And a word is embedded once an article,
not once a token. Each article is computed apart and by one thread, since the last bits of a product depend on where in
the matrix a row stands and on how threads share it: so a reading is the same alone, in any batch and in any process.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NoReturn

import numpy as np
from spacy.ml.tb_framework import TransitionModel
from thinc.api import Model
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc

    Floats = NDArray[np.float32]
    # thinc's own types say more than its arrays can be told.
    _Model = Any

_PIECES: Final = 3
"""Linear pieces of each maxout unit, as trained."""

_TINY: Final = np.float32(1e-8)
"""Added to variances before dividing by their roots, as in training."""

_PAD: Final = 4
"""Empty rows before and after an article, one for each layer: as far as the convolutions see."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """A maxout layer with layer normalisation: weights of piece after piece side by side, input by row."""

    weights: Floats
    bias: Floats
    scale: Floats
    shift: Floats

    def __call__(self, rows: Floats) -> Floats:
        pieces = rows @ self.weights
        pieces += self.bias
        width = len(self.scale)
        best: Floats = np.maximum(pieces[:, :width], pieces[:, width : 2 * width])
        np.maximum(best, pieces[:, 2 * width :], out=best)
        best -= best.mean(axis=1, keepdims=True)
        spread = np.square(best).mean(axis=1, keepdims=True)
        spread += _TINY
        best /= np.sqrt(spread, out=spread)
        best *= self.scale
        best += self.shift
        return best


@dataclass(frozen=True, slots=True)
class _Table:
    """A hash embedding: the attribute's column, its seed and vectors."""

    column: int
    seed: int
    vectors: Floats


@dataclass(frozen=True, slots=True)
class _Encoder:
    """Word vectors in context: embedding of the words' attributes, then residual convolutions over three words."""

    ops: Any
    columns: list[int | str]
    tables: tuple[_Table, ...]
    mix: _Layer
    layers: tuple[_Layer, ...]

    def __call__(self, doc: Doc) -> Floats:
        width = len(self.mix.scale)
        if not len(doc):
            return np.zeros((0, width), dtype=np.float32)
        x = np.zeros((len(doc) + 2 * _PAD, width), dtype=np.float32)
        x[_PAD:-_PAD] = self._embedded(doc)
        window = np.zeros((len(x), 3 * width), dtype=np.float32)
        for layer in self.layers:
            window[1:, :width] = x[:-1]
            window[:, width : 2 * width] = x
            window[:-1, 2 * width :] = x[1:]
            x += layer(window)
        return x[_PAD:-_PAD].copy()

    def _embedded(self, doc: Doc) -> Floats:
        attributes = doc.to_array(self.columns)
        places: dict[tuple[int, ...], int] = {}
        place = [places.setdefault(tuple(row), len(places)) for row in attributes.tolist()]
        words = np.array(list(places), dtype=np.uint64)
        parts = [
            self.ops.gather_add(
                table.vectors,
                self.ops.hash(np.ascontiguousarray(words[:, table.column]), table.seed) % len(table.vectors),
            )
            for table in self.tables
        ]
        return self.mix(np.concatenate(parts, axis=1))[place]


def quicken(nlp: Language) -> None:
    """Let the network of a loaded pipeline run as this module says. Its weights stay as they are.

    Raises:
        ValueError: the network is not built as that of ``en_core_web_sm`` 3.8.
    """
    # Found once: of the libraries that multiply, those of numpy are loaded by now.
    threads = ThreadpoolController()
    tok2vec: Any = nlp.get_pipe("tok2vec")
    parser: Any = nlp.get_pipe("parser")
    encoder = _encoder(tok2vec.model)

    def encode(_: _Model, docs: Sequence[Doc], is_train: bool) -> tuple[list[Floats], Callable[..., Any]]:
        with threads.limit(limits=1, user_api="blas"):
            return [encoder(doc) for doc in docs], _untrained

    tok2vec.model = Model("summitry_encoder", encode, dims={"nO": len(encoder.mix.scale)})
    parser.model = _parser_model(parser.model, threads)


def _parser_model(model: _Model, threads: ThreadpoolController) -> _Model:
    """The parser's model with all features of its states computed beforehand, article by article."""
    [linear] = [node for node in model.layers[0].walk() if node.name == "linear"]
    lower = model.get_ref("lower")
    into = np.ascontiguousarray(linear.get_param("W").T)
    into_bias = linear.get_param("b")
    weights = lower.get_param("W")
    shape = weights.shape[:3]  # features, hidden units, pieces
    out = np.ascontiguousarray(weights.reshape(-1, weights.shape[3]).T)
    absent = lower.get_param("pad").reshape(1, -1)

    def features(_: _Model, docs: Sequence[Doc], is_train: bool) -> tuple[Floats, Callable[..., Any]]:
        # Row 0 stands for a token that a state has not.
        rows = np.empty((1 + sum(map(len, docs)), out.shape[1]), dtype=np.float32)
        rows[:1] = absent
        at = 1
        with threads.limit(limits=1, user_api="blas"):
            for doc in docs:
                if len(doc):
                    np.matmul(doc.tensor @ into + into_bias, out, out=rows[at : at + len(doc)])
                at += len(doc)
        return rows, _untrained

    def shaped(_: _Model, rows: Floats, is_train: bool) -> tuple[Floats, Callable[..., Any]]:
        return rows.reshape(len(rows), *shape), _untrained

    dims = {name: lower.get_dim(name) for name in ("nO", "nF", "nP")}
    transitions: Any = TransitionModel
    return transitions(
        Model("summitry_features", features, dims={"nO": linear.get_dim("nO")}),
        Model("summitry_shaped", shaped, dims=dims, params={"b": lower.get_param("b")}),
        model.get_ref("upper"),
        model.attrs["resize_output"],
        unseen_classes=model.attrs["unseen_classes"],
    )


def _encoder(model: _Model) -> _Encoder:
    nodes = list(model.walk())
    maxouts = [node for node in nodes if node.name == "maxout"]
    norms = [node for node in nodes if node.name == "layernorm"]
    extract = next((node for node in nodes if node.name == "extract_features"), None)
    pieces = {node.maybe_get_dim("nP") for node in maxouts}
    windows = {node.attrs["window_size"] for node in nodes if node.name == "expand_window"}
    if (
        extract is None
        or len(maxouts) != 1 + _PAD
        or len(norms) != len(maxouts)
        or (pieces, windows) != ({_PIECES}, {1})
    ):
        raise ValueError(
            f"network {model.name!r} cannot be run here: hash embeddings and {_PAD} convolutions over three words with "
            f"{_PIECES} pieces are needed; load the pipeline without quicken"
        )
    layers = [_layer(maxout, norm) for maxout, norm in zip(maxouts, norms, strict=True)]
    tables = tuple(
        _Table(node.attrs["column"], node.attrs["seed"], node.get_param("E"))
        for node in nodes
        if node.name == "hashembed"
    )
    return _Encoder(model.ops, list(extract.attrs["columns"]), tables, layers[0], tuple(layers[1:]))


def _layer(maxout: _Model, norm: _Model) -> _Layer:
    weights = maxout.get_param("W")  # unit, piece, input
    return _Layer(
        np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(weights.shape[2], -1)),
        np.ascontiguousarray(maxout.get_param("b").T.reshape(-1)),
        norm.get_param("G"),
        norm.get_param("b"),
    )


def _untrained(_: object) -> NoReturn:
    raise NotImplementedError("the network of summitry's parser reads only; train the pipeline it was loaded from")
