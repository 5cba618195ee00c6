"""Fit the factuality correction on the unified factuality data and write its weights.

    python training/factuality.py ../shared/data/factuality [src/summitry/reader/modality/weights.npz]

Absolute-error regression by dual coordinate descent (Ho and Lin, JMLR 2012, epsilon 0). Trained on the training files
of UW and MEANTIME; prints the scores on their development files. Under a minute on one core. Run it again after a
change of the modality rules.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.quality.factuality import parsed
from summitry.evaluate.factuality import score_factuality
from summitry.reader.modality.factuality import factuality_features, score
from summitry.reader.modality.walk import judge

WEIGHTS = Path(__file__).parents[1] / "src" / "summitry" / "reader" / "modality" / "weights.npz"
COST = 0.03  # .01 to .1 make no difference above noise on the development files
PASSES = 25
MEANTIME = 2.0  # how much one MEANTIME token weighs: there are ten times fewer


def examples(path: Path) -> tuple[list[frozenset[int]], list[float]]:
    """Features and gold scores of a file's judged tokens."""
    found = [
        (factuality_features(doc[at], judge(doc[at])), value)
        for gold, doc in parsed(path)
        for at, value in gold.targets
    ]
    return [each for each, _ in found], [value for _, value in found]


def fit(rows: list[frozenset[int]], gold: np.ndarray, cost: np.ndarray) -> dict[int, float]:
    """Weights by feature; features seen once are left out."""
    seen = Counter(key for row in rows for key in row)
    place = {key: at for at, key in enumerate(sorted(key for key, times in seen.items() if times > 1), start=1)}
    indexes = [np.array([0, *sorted(place[key] for key in row if key in place)]) for row in rows]
    weights = np.zeros(len(place) + 1)
    dual = np.zeros(len(rows))
    order = np.random.default_rng(0)
    for _ in range(PASSES):
        for i in order.permutation(len(rows)):
            index = indexes[i]
            fresh = min(max(dual[i] - (weights[index].sum() - gold[i]) / len(index), -cost[i]), cost[i])
            weights[index] += fresh - dual[i]
            dual[i] = fresh
    return {0: float(weights[0])} | {key: float(weights[at]) for key, at in place.items()}


def main() -> None:
    """Fit, score, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder with uw_train.jsonl and the others")
    parser.add_argument("weights", type=Path, nargs="?", default=WEIGHTS, help="where to write; default: the package")
    options = parser.parse_args()
    rows, gold = examples(options.data / "uw_train.jsonl")
    more, values = examples(options.data / "meantime_train.jsonl")
    cost = np.array([COST] * len(rows) + [COST * MEANTIME] * len(more))
    weights = fit(rows + more, np.array(gold + values), cost)
    for name in ("uw_dev", "meantime_dev"):
        held, truth = examples(options.data / f"{name}.jsonl")
        print(name, score_factuality(truth, [score(row, weights) for row in held]))
    keys = sorted(weights)
    np.savez_compressed(
        options.weights,
        keys=np.array(keys, np.uint32),
        weights=np.array([weights[key] for key in keys], np.float16),
    )
    print(f"{options.weights}: {len(keys)} features, {options.weights.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
