"""How the linear models and the encoder's heads are weighed against each other, on documents neither was trained on.

The cue weights are a logistic regression over two log-odds; the span weights the best of a small grid by exact content
F, source F and sentence F together.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from summitry.evaluate.attribution import AttributionScore, load_polnear, score_attributions
from summitry.reader.document import Document
from summitry.reader.encoder import DocumentEncoding, Encoder, Heads
from summitry.reader.parse import article_of, load_parser, parse
from summitry.reader.statements.blend import Learned
from summitry.reader.statements.features import surroundings
from summitry.reader.statements.find import find_attributions
from summitry.reader.statements.model import AttributionModel, cue_probabilities
from summitry.reader.statements.view import View, view_of
from summitry.vocabulary import Span
from training.attribution import example_of

GRID = tuple(itertools.product((0.0, 0.3, 0.5, 0.7, 1.0), (0.5, 0.75, 1.0)))


@dataclasses.dataclass(frozen=True, slots=True)
class Held:
    """One held-out document: its parse and view, its windows, the tokens that are cues, and the gold as scored."""

    document: Document
    view: View
    encoding: DocumentEncoding
    anchors: np.ndarray
    gold: tuple[object, ...]
    text: str


def held_documents(path: Path, every: int, encoder: Encoder) -> list[Held]:
    """Every ``every``-th training document."""
    lines = [json.loads(line) for line in path.open(encoding="utf-8")]
    gold = load_polnear(path)
    chosen = [k for k in range(len(lines)) if k % every == 0]
    out = []
    for k, document in zip(chosen, parse(load_parser(), (article_of(lines[k]["text"]) for k in chosen)), strict=True):
        view = view_of(document)
        example = example_of(lines[k], document)
        encoding = DocumentEncoding(encoder, view.words, view.starts, view.bounds)
        out.append(Held(document, view, encoding, example.anchors, tuple(gold[k][2]), lines[k]["text"]))
    return out


def fit_cue(held: Sequence[Held], linear: AttributionModel, heads: Heads) -> np.ndarray:
    """Slope of the linear log-odds, slope of the encoder's, offset: by Newton's method, with a faint pull to zero."""
    rows, gold = [], []
    for each in held:
        plain = np.clip(cue_probabilities(linear, each.view, surroundings(each.view)), 1e-9, 1 - 1e-9)
        scores = np.concatenate(
            [heads.cue(each.encoding.window(k).words) for k in range(each.encoding.windows)] or [np.zeros(0)]
        )
        target = np.zeros(len(plain))
        target[each.anchors] = 1.0
        rows.append(np.stack([np.log(plain / (1 - plain)), scores, np.ones(len(plain))], axis=1))
        gold.append(target)
    x, y = np.concatenate(rows), np.concatenate(gold)
    weights = np.array([0.5, 0.5, 0.0])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (p - y) + 1e-3 * weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(3)
        weights = weights - np.linalg.solve(curve, gradient)
    return weights


def score(held: Sequence[Held], linear: AttributionModel, heads: Heads | None) -> AttributionScore:
    """Attribution figures on the held-out documents."""
    total = AttributionScore()
    for each in held:
        sentences = [Span(s.start_char, s.end_char) for s in each.document.doc.sents]
        learned = Learned(heads, each.view, each.encoding) if heads is not None else None
        found = find_attributions(each.document, linear, learned)
        total += score_attributions(each.text, sentences, found, each.gold)
    return total


def fit(held: Sequence[Held], linear: AttributionModel, heads: Heads) -> dict[str, np.ndarray]:
    """The blending weights."""
    cue = fit_cue(held, linear, heads)
    print("cue", cue.round(3), flush=True)
    best: tuple[float, np.ndarray] = (-1.0, np.array([0.5, 1.0]))
    for slope, enc_slope in GRID:
        span = np.array([slope, enc_slope])
        trial = dataclasses.replace(heads, weights=heads.weights | {"blend.cue": cue, "blend.span": span})
        found = score(held, linear, trial)
        print(slope, enc_slope, line(found), flush=True)
        value = sum(t.f or 0.0 for t in (found.content, found.content, found.source, found.sentence))
        if value > best[0]:
            best = (value, span)
    return {"blend.cue": cue.astype(np.float32), "blend.span": best[1].astype(np.float32)}


def line(found: AttributionScore) -> str:
    """Figures on one line."""
    parts = (
        ("content", found.content.f), ("source", found.source.f), ("cue", found.cue.f), ("sentence", found.sentence.f),
        ("indirect recall", found.indirect.recall),
    )  # fmt: skip
    return " ".join(f"{name} {value:.3f}" for name, value in parts if value is not None)
