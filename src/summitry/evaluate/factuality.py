"""Scoring factuality: token-level gold on the scale -3 to +3, mean absolute error and Pearson's r."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path


@dataclass(frozen=True, slots=True)
class GoldFactuality:
    """A tokenised sentence and its judged tokens as (index, factuality -3..+3)."""

    words: tuple[str, ...]
    targets: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class FactualityScore:
    """Mean absolute error (0-6, lower is better) and Pearson's r (None where either side is constant)."""

    error: float
    correlation: float | None
    count: int


# Penn Treebank spellings of marks that parsers know in their plain form.
_PLAIN = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}


def read_factuality(path: Path) -> list[GoldFactuality]:
    """The sentences of a file of the unified factuality data (JSON lines: text, targets with span1 and label).

    A target of several tokens counts at its last one.
    """
    found = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            words = tuple(_PLAIN.get(word, word) for word in row["text"].split(" "))
            targets = tuple((target["span1"][1] - 1, float(target["label"])) for target in row["targets"])
            found.append(GoldFactuality(words, targets))
    return found


def score_factuality(gold: Sequence[float], made: Sequence[float]) -> FactualityScore | None:
    """Error and correlation of predictions in the order of ``gold``; None when there are none."""
    count = len(gold)
    if not count:
        return None
    error = sum(abs(one - two) for one, two in zip(gold, made, strict=True)) / count
    mean_gold, mean_made = sum(gold) / count, sum(made) / count
    cross = sum((one - mean_gold) * (two - mean_made) for one, two in zip(gold, made, strict=True))
    spread = sqrt(sum((one - mean_gold) ** 2 for one in gold) * sum((two - mean_made) ** 2 for two in made))
    return FactualityScore(error, cross / spread if spread else None, count)
