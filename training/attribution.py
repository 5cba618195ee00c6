"""Train the attribution models on PolNeAR's training half and write their weights.

    python training/attribution.py ../shared/data/attribution/polnear_train.jsonl weights.npz [--hold-out 6]

``--hold-out N`` keeps every N-th document away from training, for choosing; without it all documents are used. Needs
scipy besides the run-time dependencies; some two minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from summitry.reader.document import Document
from summitry.reader.parse import article_of, load_parser, parse
from summitry.reader.statements.features import BITS, cue_features, pairs_of, span_features, surroundings
from summitry.reader.statements.model import LABELS, constrained, constrained_start
from summitry.reader.statements.view import View, view_of

VERSION = "1"
SIZE = 1 << BITS
FOLDS = 3  # the second model sees the first one's probabilities as they are on text it was not trained on


@dataclass
class Example:
    """One article with what its annotators marked: anchors, and label rows for each anchor's segment."""

    name: str
    view: View
    anchors: np.ndarray
    labels: list[np.ndarray]


def _tokens(view: View, spans: list[list[int]]) -> list[int]:
    found: list[int] = []
    for start, end in spans:
        first = int(np.searchsorted(view.ends, start, side="right"))
        last = int(np.searchsorted(view.starts, end, side="left"))
        found.extend(range(first, last))
    return found


def _anchor(view: View, cue: list[int]) -> int:
    """The token that stands for a cue of several: the first whose head lies outside it, a verb before others."""
    inside = set(cue)
    heads = [t for t in cue if int(view.heads[t]) not in inside or view.heads[t] == t]
    return min(heads, key=lambda t: (not view.tags[t].startswith("VB"), t)) if heads else cue[0]


def example_of(row: dict[str, Any], document: Document) -> Example:
    """Gold spans as labels over tokens."""
    view = view_of(document)
    found: dict[int, np.ndarray] = {}
    for attribution in row["attrs"]:
        cue = _tokens(view, attribution["cue"])
        if not cue:
            continue
        anchor = _anchor(view, cue)
        if anchor in found:
            continue
        segment = view.segment[anchor]
        low, high = int(view.bounds[segment]), int(view.bounds[segment + 1])
        labels = np.zeros(high - low, dtype=np.int8)
        for kind, begin in (("content", 4), ("source", 2)):
            for span in attribution[kind]:
                tokens = [t for t in _tokens(view, [span]) if low <= t < high]
                if tokens:
                    labels[tokens[0] - low : tokens[-1] + 1 - low] = begin + 1
                    labels[tokens[0] - low] = begin
        for token in cue:
            if low <= token < high:
                labels[token - low] = 1
        # A cue or source inside a content span cuts it: what is left of it begins anew.
        for position in range(len(labels)):
            before = labels[position - 1] if position else 0
            if labels[position] == 3 and before not in (2, 3):
                labels[position] = 2
            if labels[position] == 5 and before not in (4, 5):
                labels[position] = 4
        found[anchor] = labels
    anchors = np.array(sorted(found), dtype=np.int64)
    return Example(row["id"], view, anchors, [found[int(a)] for a in anchors])


def _matrix(rows: np.ndarray) -> sparse.csr_matrix:
    count, width = rows.shape
    return sparse.csr_matrix(
        (np.ones(count * width, dtype=np.float32), rows.ravel(), np.arange(count + 1) * width), shape=(count, SIZE)
    )


class Adagrad:
    """Adagrad over a dense table, with a pull towards zero on the rows a batch touches."""

    def __init__(self, shape: tuple[int, ...], rate: float, decay: float) -> None:
        self.weights = np.zeros(shape, dtype=np.float32)
        self.squares = np.full(shape, 1e-3, dtype=np.float32)
        self.total = np.zeros(shape, dtype=np.float32)
        self.counted = 0
        self.rate = rate
        self.decay = decay

    def step(self, gradient: np.ndarray, rows: np.ndarray | None = None) -> None:
        if rows is None:
            rows = np.arange(len(self.weights))
        g = gradient + self.decay * self.weights[rows]
        self.squares[rows] += g * g
        self.weights[rows] -= self.rate * g / np.sqrt(self.squares[rows])

    def count(self) -> None:
        """Let the weights as they stand now enter the average."""
        self.total += self.weights
        self.counted += 1

    @property
    def average(self) -> np.ndarray:
        """The mean of the weights counted."""
        return self.total / max(1, self.counted)


def train_cue(features: list[np.ndarray], gold: list[np.ndarray], epochs: int = 5) -> np.ndarray:
    """Logistic regression by mini-batches of documents."""
    table = Adagrad((SIZE,), 0.05, 0.1)
    order = np.arange(len(features))
    random = np.random.default_rng(7)
    for epoch in range(epochs):
        random.shuffle(order)
        for at in range(0, len(order), 4):
            chosen = order[at : at + 4]
            rows = np.concatenate([features[k] for k in chosen])
            target = np.concatenate([gold[k] for k in chosen])
            scores = table.weights[rows].sum(axis=1)
            residual = 1 / (1 + np.exp(-np.clip(scores, -30, 30))) - target
            gradient = np.bincount(rows.ravel(), np.repeat(residual, rows.shape[1]), SIZE).astype(np.float32)
            touched = np.flatnonzero(gradient)
            table.step(gradient[touched], touched)
            if epoch >= 1:
                table.count()
    return table.average


def _pad(flat: np.ndarray, lengths: np.ndarray, fill: float) -> np.ndarray:
    out = np.full((len(lengths), int(lengths.max()), flat.shape[1]), fill)
    owner = np.repeat(np.arange(len(lengths)), lengths)
    place = np.arange(len(flat)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    out[owner, place] = flat
    return out


def _logsum(values: np.ndarray, axis: int) -> np.ndarray:
    top = values.max(axis=axis, keepdims=True)
    return np.squeeze(top, axis) + np.log(np.exp(values - top).sum(axis=axis))


def crf_gradient(
    emissions: np.ndarray, lengths: np.ndarray, labels: np.ndarray, transitions: np.ndarray, starts: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Gradient of the negative log-likelihood for emissions (flat), transitions and starts, and the loss."""
    count, size = len(lengths), len(starts)
    padded = _pad(emissions, lengths, 0.0)
    longest = padded.shape[1]
    forward = np.zeros((count, longest, size))
    forward[:, 0] = padded[:, 0] + starts
    for t in range(1, longest):
        fresh = _logsum(forward[:, t - 1, :, None] + transitions, 1) + padded[:, t]
        forward[:, t] = np.where((t < lengths)[:, None], fresh, forward[:, t - 1])
    partition = _logsum(forward[:, -1], 1)
    backward = np.zeros((count, longest, size))
    pairwise = np.zeros((size, size))
    for t in range(longest - 2, -1, -1):
        live = (t + 1 < lengths)[:, None]
        following = padded[:, t + 1] + backward[:, t + 1]
        backward[:, t] = np.where(live, _logsum(transitions + following[:, None, :], 2), 0.0)
        joint = forward[:, t, :, None] + transitions + following[:, None, :] - partition[:, None, None]
        pairwise += (np.exp(np.minimum(joint, 0.0)) * live[:, :, None]).sum(axis=0)
    marginals = np.exp(np.minimum(forward + backward - partition[:, None, None], 0.0))
    owner = np.repeat(np.arange(count), lengths)
    place = np.arange(len(emissions)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    flat = marginals[owner, place]
    gold = np.zeros_like(flat)
    gold[np.arange(len(labels)), labels] = 1.0
    first = place == 0
    observed = np.zeros((size, size))
    follow = np.flatnonzero(~first)
    np.add.at(observed, (labels[follow - 1], labels[follow]), 1.0)
    path = (
        emissions[np.arange(len(labels)), labels].sum() + (observed * transitions).sum() + starts[labels[first]].sum()
    )
    return flat - gold, pairwise - observed, (flat - gold)[first].sum(axis=0), float(partition.sum() - path)


def train_span(
    sequences: list[tuple[np.ndarray, np.ndarray]], epochs: int = 5, batch: int = 96
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A linear-chain conditional random field by mini-batches of sequences of like length."""
    size = len(LABELS)
    table = Adagrad((SIZE, size), 0.05, 0.05)
    between = Adagrad((size, size), 0.1, 0.0)
    first = Adagrad((1, size), 0.1, 0.0)
    random = np.random.default_rng(11)
    lengths = np.array([len(labels) for _, labels in sequences])
    for epoch in range(epochs):
        began = time.time()
        order = np.argsort(lengths + random.random(len(lengths)) * 12, kind="stable")
        batches = [order[k : k + batch] for k in range(0, len(order), batch)]
        random.shuffle(batches)
        loss = 0.0
        for chosen in batches:
            rows = np.concatenate([sequences[k][0] for k in chosen])
            labels = np.concatenate([sequences[k][1] for k in chosen]).astype(np.int64)
            used, inverse = np.unique(rows.ravel(), return_inverse=True)
            count, width = rows.shape
            matrix = sparse.csr_matrix(
                (np.ones(count * width, dtype=np.float32), inverse.ravel(), np.arange(count + 1) * width),
                shape=(count, len(used)),
            )
            emissions = matrix @ table.weights[used]
            gradient, pairwise, start, cost = crf_gradient(
                emissions.astype(np.float64),
                lengths[chosen],
                labels,
                constrained(between.weights.astype(np.float64)),
                constrained_start(first.weights[0].astype(np.float64)),
            )
            loss += cost
            table.step(matrix.T @ gradient.astype(np.float32), used)
            between.step(pairwise.astype(np.float32))
            first.step(start.astype(np.float32)[None, :])
            if epoch >= 1:
                for part in (table, between, first):
                    part.count()
        print(
            f"  epoch {epoch + 1}: loss per sequence {loss / len(sequences):.3f}, {time.time() - began:.0f} s",
            flush=True,
        )
    return table.average, between.average, first.average[0]


def quantised(weights: np.ndarray) -> tuple[np.ndarray, float]:
    """One byte a weight; the scale is set by the largest but a few, which are cut."""
    limit = float(np.quantile(np.abs(weights[weights != 0]), 0.9999))
    scale = limit / 127
    return np.clip(np.round(weights / scale), -127, 127).astype(np.int8), scale


def probabilities(weights: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The first model's probability of every token."""
    return 1 / (1 + np.exp(-np.clip(weights[rows].sum(axis=1, dtype=np.float64), -30, 30)))


def train(examples: list[Example]) -> dict[str, Any]:
    """Both models on all examples: the arrays of the weights file."""
    around = [surroundings(example.view) for example in examples]
    features = [
        cue_features(example.view, near).astype(np.int32) for example, near in zip(examples, around, strict=True)
    ]
    gold = []
    for example in examples:
        target = np.zeros(len(example.view.words), dtype=np.float32)
        target[example.anchors] = 1
        gold.append(target)
    cueness: list[np.ndarray] = [np.zeros(0)] * len(examples)
    for fold in range(FOLDS):
        inside = [k for k in range(len(examples)) if k % FOLDS != fold]
        weights = train_cue([features[k] for k in inside], [gold[k] for k in inside])
        for k in range(fold, len(examples), FOLDS):
            cueness[k] = probabilities(weights, features[k])
    cue = train_cue(features, gold)
    print("cue model done", flush=True)
    sequences = []
    for example, near, likely in zip(examples, around, cueness, strict=True):
        if not len(example.anchors):
            continue
        pairs = pairs_of(example.view, example.anchors)
        rows = span_features(example.view, near, example.anchors, pairs, likely).astype(np.int32)
        for k, labels in enumerate(example.labels):
            sequences.append((rows[pairs.offsets[k] : pairs.offsets[k + 1]], labels))
    span, transitions, starts = train_span(sequences)
    small_cue, cue_scale = quantised(cue)
    small_span, span_scale = quantised(span)
    return {
        "cue": small_cue, "cue_scale": cue_scale, "span": small_span, "span_scale": span_scale,
        "transitions": transitions, "starts": starts, "version": VERSION,
    }  # fmt: skip


def read_examples(path: Path) -> list[Example]:
    """Parse the corpus and lay its spans over the tokens."""
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    documents = parse(load_parser(), (article_of(row["text"]) for row in rows))
    return [example_of(row, document) for row, document in zip(rows, documents, strict=True)]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--hold-out", type=int, default=0)
    options = parser.parse_args()
    examples = read_examples(options.corpus)
    if options.hold_out:
        examples = [example for k, example in enumerate(examples) if k % options.hold_out]
    np.savez_compressed(options.weights, **train(examples))


if __name__ == "__main__":
    main()
