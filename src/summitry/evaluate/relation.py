"""Scoring relation codes: PLV's files read, macro F1 over roots, quads and the two sides."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_MARK: Final = re.compile(r"<(/?)([st])>")


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """A coded sentence of PLV: source and target spans (code points, half-open; None where unmarked), root and quad."""

    sentence: str
    source: tuple[int, int] | None
    target: tuple[int, int] | None
    root: str
    quad: int


@dataclass(frozen=True, slots=True)
class RelationScore:
    """Macro F1 (0-100) over roots, the four quads and cooperation/conflict, and the share of right roots (0-100)."""

    root_f1: float
    quad_f1: float
    binary_f1: float
    accuracy: float
    by_root: tuple[tuple[str, float], ...]


def unmark(marked: str) -> tuple[str, tuple[int, int] | None, tuple[int, int] | None]:
    """A sentence with ``<s>..</s>`` and ``<t>..</t>`` as plain text with the first source and target span.

    Blanks inside a mark stay outside its span.
    """
    plain = ""
    at = 0
    open_at: dict[str, int] = {}
    spans: dict[str, tuple[int, int]] = {}
    for mark in _MARK.finditer(marked):
        plain += marked[at : mark.start()]
        at = mark.end()
        if not mark[1]:
            open_at[mark[2]] = len(plain)
        elif mark[2] in open_at and mark[2] not in spans:
            words = plain[open_at[mark[2]] :]
            start = len(plain) - len(words.lstrip())
            spans[mark[2]] = (start, start + len(words.strip()))
    return plain + marked[at:], spans.get("s"), spans.get("t")


def read_plv(path: Path) -> list[GoldRelation]:
    """The sentences of a PLV file (tab-separated, columns marked_sentence, gold_root, gold_penta)."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            GoldRelation(*unmark(row["marked_sentence"]), row["gold_root"], int(row["gold_penta"]))
            for row in csv.DictReader(lines, delimiter="\t")
        ]


def f1_by_label(pairs: Iterable[tuple[object, object]]) -> dict[object, float]:
    """F1 (0-100) of each label that gold has, from (gold, predicted) pairs."""
    gold: Counter[object] = Counter()
    made: Counter[object] = Counter()
    right: Counter[object] = Counter()
    for one, two in pairs:
        gold[one] += 1
        made[two] += 1
        right[one] += one == two
    return {label: 200.0 * right[label] / (gold[label] + made[label]) for label in gold}


def score_relations(gold: Sequence[GoldRelation], predicted: Sequence[tuple[str, int]]) -> RelationScore | None:
    """Score (root, quad) predictions, in the order of ``gold``; None when there is nothing to score."""
    if not gold:
        return None
    roots = f1_by_label((g.root, root) for g, (root, _) in zip(gold, predicted, strict=True))
    quads = f1_by_label((g.quad, quad) for g, (_, quad) in zip(gold, predicted, strict=True))
    sides = f1_by_label((g.quad > 2, quad > 2) for g, (_, quad) in zip(gold, predicted, strict=True))
    right = sum(g.root == root for g, (root, _) in zip(gold, predicted, strict=True))
    return RelationScore(
        root_f1=sum(roots.values()) / len(roots),
        quad_f1=sum(quads.values()) / len(quads),
        binary_f1=sum(sides.values()) / len(sides),
        accuracy=100.0 * right / len(gold),
        by_root=tuple(sorted((str(label), value) for label, value in roots.items())),
    )
