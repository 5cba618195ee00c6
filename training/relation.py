"""Fit the relation model on PLV's training half and write its weights.

    python training/relation.py ../shared/data/plover [src/summitry/reader/relation/weights.npz]

Cross-validates first, for the temperature of the probabilities and for the figures it prints, then fits on all
sentences. Needs nothing but the run-time dependencies; some fifteen seconds on one core. Run it again after a change of
``plover_triggers.toml`` or of the features.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.quality.relation import cross_validate, folds_of
from summitry.evaluate.relation import read_plv, score_relations
from summitry.reader.plover import PLV_ROOTS, quad_of
from summitry.reader.relation.fit import fit, fit_temperature

WEIGHTS = Path(__file__).parents[1] / "src" / "summitry" / "reader" / "relation" / "weights.npz"


def main() -> None:
    """Fit, score, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder with PLV_train.tsv")
    parser.add_argument("weights", type=Path, nargs="?", default=WEIGHTS, help="where to write; default: the package")
    options = parser.parse_args()
    gold = read_plv(options.data / "PLV_train.tsv")
    scores = cross_validate(gold, folds_of(gold))
    temperature = fit_temperature(scores, np.array([PLV_ROOTS.index(each.root) for each in gold]))
    roots = [PLV_ROOTS[int(best)] for best in scores.argmax(axis=1)]
    print("cross-validated:", score_relations(gold, [(root, quad_of(root)) for root in roots]))
    triples = [(each.sentence, each.source, each.target) for each in gold]
    model = fit(triples, [each.root for each in gold], temperature=temperature)
    np.savez_compressed(
        options.weights,
        keys=model.keys,
        idf=model.idf.astype(np.float16),
        weights=model.weights.astype(np.float16),
        bias=model.bias,
        temperature=np.float64(temperature),
    )
    print(f"{options.weights}: {len(model.keys)} features, {options.weights.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
