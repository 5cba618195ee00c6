"""What the encoder is trained on: windows of words with labels for each head.

A window is what the reader encodes in one pass: a sentence, or the sentences one quotation joins. Positions count
words (the parser's tokens) inside their window.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from summitry.evaluate.factuality import read_factuality
from summitry.evaluate.relation import read_plv
from summitry.reader.parse import load_parser
from summitry.reader.plover import PLV_ROOTS
from training.attribution import Example, read_examples

QUIET: float = 0.35
"""Share of the windows without any attribution that are kept: they teach where no cue is, and cost as much."""


@dataclass(frozen=True, slots=True)
class AttributionWindow:
    """Words, the words that are cues, and for each cue a label (see ``model.LABELS``) a word."""

    words: tuple[str, ...]
    cues: tuple[int, ...]
    labels: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class RelationWindow:
    """Words, the words of source and target (half-open), and the index of the root in ``PLV_ROOTS``."""

    words: tuple[str, ...]
    source: tuple[int, int]
    target: tuple[int, int]
    root: int


@dataclass(frozen=True, slots=True)
class FactualityWindow:
    """Words, judged words with their scores (-3 to +3), and which corpus's scale they follow (0 UW, 1 MEANTIME)."""

    words: tuple[str, ...]
    targets: tuple[tuple[int, float], ...]
    scale: int


def attribution_windows(path: Path, *, hold_out: int, seed: int) -> tuple[list[AttributionWindow], list[Example]]:
    """Windows of the training documents, and every ``hold_out``-th document whole, for choosing."""
    examples = read_examples(path)
    draw = random.Random(seed)
    windows: list[AttributionWindow] = []
    held: list[Example] = []
    for number, example in enumerate(examples):
        if hold_out and number % hold_out == 0:
            held.append(example)
            continue
        windows += [window for window in windows_of(example) if window.cues or draw.random() < QUIET]
    return windows, held


def windows_of(example: Example) -> list[AttributionWindow]:
    """Every window of a document."""
    view = example.view
    by_segment: dict[int, list[int]] = {}
    for k, anchor in enumerate(example.anchors.tolist()):
        by_segment.setdefault(int(view.segment[anchor]), []).append(k)
    out = []
    for segment in range(len(view.bounds) - 1):
        low, high = int(view.bounds[segment]), int(view.bounds[segment + 1])
        here = by_segment.get(segment, [])
        out.append(
            AttributionWindow(
                tuple(view.words[low:high]),
                tuple(int(example.anchors[k]) - low for k in here),
                tuple(tuple(example.labels[k].tolist()) for k in here),
            )
        )
    return out


def relation_windows(path: Path) -> list[RelationWindow]:
    """PLV's sentences, in file order."""
    nlp = load_parser()
    out = []
    for gold in read_plv(path):
        doc = nlp.make_doc(gold.sentence)
        words = [token for token in doc if not token.is_space]
        ends = np.array([token.idx + len(token) for token in words])
        starts = np.array([token.idx for token in words])

        def span(
            bounds: tuple[int, int] | None, starts: np.ndarray = starts, ends: np.ndarray = ends
        ) -> tuple[int, int]:
            if bounds is None:
                return (0, 0)
            return int(np.searchsorted(ends, bounds[0], side="right")), int(
                np.searchsorted(starts, bounds[1], side="left")
            )

        out.append(
            RelationWindow(
                tuple(token.text for token in words), span(gold.source), span(gold.target), PLV_ROOTS.index(gold.root)
            )
        )
    return out


def factuality_windows(folder: Path, half: str) -> list[FactualityWindow]:
    """The sentences of UW and MEANTIME; ``half`` is train or dev."""
    return [
        FactualityWindow(tuple(gold.words), tuple(gold.targets), scale)
        for scale, corpus in enumerate(("uw", "meantime"))
        for gold in read_factuality(folder / f"{corpus}_{half}.jsonl")
        if gold.targets
    ]


def digest(paths: list[Path]) -> dict[str, str]:
    """SHA-256 of each file, for the model card."""
    import hashlib

    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def dump(value: object, path: Path) -> None:
    """A small JSON file."""
    path.write_text(json.dumps(value, indent=1, sort_keys=True) + "\n", encoding="utf-8")
