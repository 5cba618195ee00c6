"""Fit the maps from raw estimates to probabilities on the development gold and write them.

    python training/confidence.py [../shared] [src/summitry/confidence.toml]

Reads the forty articles under ``SHARED/data/news`` twice, with and without the encoder where they differ in coders,
judges each row by ``benchmarks/gold/running_dev.jsonl``, and fits one map a kind of rows. Prints calibration and
ranking before and after, each row scored by a map that did not see its article. Needs nothing but the run-time
dependencies; about a minute on one core. Run it again after any change of the reader.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.quality.calibration import FEWEST, KINDS, RAW, families, figures_of, judged_rows
from benchmarks.quality.confidence_fit import Judged, cross_validated, fit_map, measure, plain_map
from benchmarks.quality.running_gold import FOLDER
from benchmarks.quality.task import corpus_hash
from summitry.confidence import ConfidenceMap
from summitry.evaluate.calibration import reliability
from summitry.reader.pipeline import Reader

TARGET = Path(__file__).parents[1] / "src" / "summitry" / "confidence.toml"
HEAD = """\
# Made by `python training/confidence.py`; run it again, do not edit.
# Maps from what a row's making tells to the probability that the row is right; confidence.py applies them. `weights` of
# a logistic sum of the row's features; `knots` are (score, probability) pairs of the piecewise-linear map behind it;
# `measured` is what became of rows: confidence from, to, rows, right. Maps that did not see an article scored its rows.
"""


def main() -> None:
    """Fit, score, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, nargs="?", default=Path(os.environ.get("SUMMITRY_SHARED", "../shared")))
    parser.add_argument("target", type=Path, nargs="?", default=TARGET, help="where to write; default: the package")
    options = parser.parse_args()
    rows, articles = judged_rows(options.shared, "dev", Reader(confidence=RAW))
    if not articles:
        parser.error(f"no article of the development gold stands under {options.shared / 'data' / 'news'}")
    maps = [made for kind in KINDS if (made := _fitted(kind, rows[kind])) is not None]
    light, _ = judged_rows(options.shared, "dev", Reader(confidence=RAW, light=True))
    for kind in KINDS:
        # What the light reading alone has made by its own coders gets a map of its own.
        own = [row for row in light[kind] if families([row]).isdisjoint(families(rows[kind]))]
        maps += [made for made in [_fitted(f"light {kind}", own)] if made is not None]
    corpus = corpus_hash([FOLDER / "running_dev.jsonl"])
    parts = [f'{HEAD}articles = {articles}\ncorpus = "{corpus}"\n', *(_toml(made) for made in maps)]
    options.target.write_text("\n".join(parts), encoding="utf-8")
    print(f"{options.target}: {len(maps)} maps")


def _fitted(name: str, rows: list[Judged]) -> ConfidenceMap | None:
    if not rows:
        return None
    right = [row.right for row in rows]
    few = len(rows) < FEWEST
    estimates = [row.row.confidence for row in rows] if few else cross_validated(rows)
    print(f"{name}s: {len(rows)} rows{', too few for a map' if few else ''}")
    for figure, value in figures_of(f"{name}s: ", rows, estimates):
        print(f"  {figure:<72} {'undefined' if value is None else f'{value:8.3f}'}")
    for each in reliability(estimates, right):
        print(
            f"    {each.low:.2f}-{each.high:.2f}: {each.count} rows, told {each.estimated:.2f}, right {each.right:.2f}"
        )
    return (plain_map if few else fit_map)(rows, measure(estimates, right))


def _toml(made: ConfidenceMap) -> str:
    def rows_of(values: list[tuple[float, ...]]) -> str:
        return "[" + ", ".join(f"[{', '.join(f'{value:g}' for value in each)}]" for each in values) + "]"

    coders = ", ".join(f'"{coder}"' for coder in made.coders)
    told = [(each.low, each.high, each.rows, each.right) for each in made.measured]
    lines = [
        f'[[map]]\nkind = "{made.kind}"\ncoders = [{coders}]',
        f"knots = {rows_of(list(made.knots))}\nmeasured = {rows_of(told)}\n\n[map.weights]",
        *(f'"{name}" = {value:g}' for name, value in made.weights.items()),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
