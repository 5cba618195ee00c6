"""PLOVER roots on PLV's training half: stratified 5-fold cross-validation, the models fitted anew on each four fifths.

A sentence that stands twice in the file goes to one fold. The shipped weights are not scored here: they saw all folds.
The linear model is fitted here; the encoder's branch takes a quarter of an hour, so its scores of each held-out fold
are kept as ``training/encoder`` wrote them (numbers alone). How the two are mixed is fitted on the other folds each
time.
"""

from __future__ import annotations

import time
import zlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.quality.task import Result, corpus_hash
from summitry.evaluate.calibration import expected_calibration_error, reliability
from summitry.evaluate.relation import GoldRelation, read_plv, score_relations
from summitry.reader.plover import PLV_ROOTS, quad_of
from summitry.reader.relation.features import features
from summitry.reader.relation.fit import fit_features, fit_temperature
from summitry.reader.relation.mixing import fit_mix
from summitry.reader.relation.model import decided
from summitry.reader.relation.words import words_of

FOLDS = 5
FOLDS_OF_BRANCH = Path(__file__).parents[1] / "gold" / "plv_branch_folds.npz"


def folds_of(gold: Sequence[GoldRelation], folds: int = FOLDS, seed: str = "") -> list[int]:
    """A fold for each sentence: within a root dealt round in hash order, equal sentences together."""
    fold: dict[str, int] = {}
    by_root: dict[str, list[str]] = defaultdict(list)
    for each in gold:
        if each.sentence not in fold:
            fold[each.sentence] = -1
            by_root[each.root].append(each.sentence)
    for sentences in by_root.values():
        for rank, sentence in enumerate(sorted(sentences, key=lambda s: (zlib.crc32((seed + s).encode()), s))):
            fold[sentence] = rank % folds
    return [fold[each.sentence] for each in gold]


def cross_validate(gold: Sequence[GoldRelation], fold: Sequence[int]) -> np.ndarray:
    """Scores (n, 15) of each sentence by the model that did not see its fold."""
    found = [features(words_of(each.sentence), each.source, each.target) for each in gold]
    scores = np.zeros((len(gold), len(PLV_ROOTS)))
    for held in sorted(set(fold)):
        train = [i for i, f in enumerate(fold) if f != held]
        model = fit_features([found[i] for i in train], [gold[i].root for i in train])
        for i, f in enumerate(fold):
            if f == held:
                scores[i] = model.scores(found[i])
    return scores


def figures_of(gold: Sequence[GoldRelation], scores: np.ndarray) -> list[tuple[str, float | None]]:
    """Macro F1 of root, quad and binary, and accuracy, of log-probabilities (n, 15)."""
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    roots = [PLV_ROOTS[decided(row / row.sum())] for row in odds]
    result = score_relations(gold, [(root, quad_of(root)) for root in roots])
    if result is None:
        return []
    return [
        ("root macro F1, 5-fold", result.root_f1),
        ("quad macro F1, 5-fold", result.quad_f1),
        ("binary macro F1, 5-fold", result.binary_f1),
        ("root accuracy, 5-fold", result.accuracy),
    ]


def run(shared: Path) -> Result | None:
    """Score; None where PLV is absent."""
    path = shared / "data" / "plover" / "PLV_train.tsv"
    if not path.exists():
        return None
    gold = read_plv(path)
    fold = folds_of(gold)
    linear = cross_validate(gold, fold)
    roots = np.array([PLV_ROOTS.index(each.root) for each in gold])
    with np.load(FOLDS_OF_BRANCH) as arrays:
        branch = arrays["scores"].astype(np.float64)
    mix, joint = fit_mix(linear, branch, roots, np.array(fold))
    temperature = fit_temperature(linear, roots)
    sure = np.exp(joint.max(axis=1))
    error = expected_calibration_error(reliability(sure.tolist(), (joint.argmax(axis=1) == roots).tolist()))
    start = time.perf_counter()
    model = fit_features([features(words_of("a"), None, None)], ["AGREE"])
    model.code_many((each.sentence, each.source, each.target) for each in gold)
    rate = len(gold) / (time.perf_counter() - start)
    figures = figures_of(gold, joint)
    figures += [(f"light: {name}", value) for name, value in figures_of(gold, linear * temperature)]
    figures += [
        ("branch alone: root macro F1, 5-fold", figures_of(gold, branch)[0][1]),
        ("expected calibration error of the root (lower)", None if error is None else 100 * error),
        ("light: triples a second (rate)", rate),
    ]
    note = f"{len(gold)} sentences, temperature {temperature:.2f}, mix {mix[0]:.2f} {mix[1]:.2f}"
    return Result("relation", tuple(figures), corpus_hash([path, FOLDS_OF_BRANCH]), note)


if __name__ == "__main__":
    import sys

    shown = run(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"))
    for name, value in shown.figures if shown else ():
        print(f"{name:40} {'-' if value is None else f'{value:7.2f}'}")
    print(shown.note if shown else "no PLV: skipped")
