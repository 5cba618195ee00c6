"""Whether a row's confidence means what it says: of rows at .7, are seven in ten right?

On the development gold each row is scored by a map that was fitted without its article, on the part set aside by the
maps that are shipped. Right is what ``running_news`` counts as right: a statement paired with a gold statement and with
its speaker, an event with parties, type and modality, a position with party and stance, a move with proposer and kind.
A further piece of a statement found is neither right nor wrong there, and is left out here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.quality.confidence_fit import Judged, cross_validated
from benchmarks.quality.news_statements import pairs_of, pieces_of, same_speaker
from benchmarks.quality.running_gold import FOLDER, GoldArticle, load_running, read_running
from benchmarks.quality.running_news import greedy, same_move, same_position
from benchmarks.quality.task import Result, corpus_hash
from summitry.confidence import Confidence, family
from summitry.evaluate.calibration import (
    area_under_curve,
    brier_score,
    expected_calibration_error,
    reliability,
    sampling_error,
)
from summitry.evaluate.events import key_of, pairs
from summitry.reader.pipeline import Reader
from summitry.vocabulary import Reading

KINDS: Final = ("statement", "event", "position", "move")
THRESHOLDS: Final = (0.5, 0.7, 0.9)
FEWEST: Final = 150
"""Rows of a kind below which the raw estimates stand: maps of ninety positions and fifty moves were worse than those,
by Brier score, on articles they had not seen."""

RAW: Final = Confidence()
"""No maps: a reader with it gives raw estimates."""

Rows = dict[str, list[Judged]]


def judged(gold: GoldArticle, reading: Reading) -> Rows:
    """The rows of a reading by kind, each right or wrong by its article's gold."""
    article = gold.article
    wanted = [row.wanted for row in gold.statements]
    paired = pairs_of(wanted, reading.statements)
    right = {j for i, j in paired if same_speaker(wanted[i], reading.statements[j])}
    pieces, _ = pieces_of(wanted, reading.statements, paired)
    same = set(pairs(list(gold.events), [key_of(event) for event in reading.events], dated=False).values())
    held = {j for _, j in greedy(gold.positions, reading.positions, same_position)}
    made = {j for _, j in greedy(gold.moves, reading.moves, same_move)}
    return {
        "statement": [Judged(article, row, j in right) for j, row in enumerate(reading.statements) if j not in pieces],
        "event": [Judged(article, row, j in same) for j, row in enumerate(reading.events)],
        "position": [Judged(article, row, j in held) for j, row in enumerate(reading.positions)],
        "move": [Judged(article, row, j in made) for j, row in enumerate(reading.moves)],
    }


def judged_rows(shared: Path, part: str, reader: Reader) -> tuple[Rows, int]:
    """The rows of all articles of a part of the gold, and how many of its articles stand under ``shared``."""
    rows: Rows = {kind: [] for kind in KINDS}
    articles = 0
    for gold, reading in read_running(shared, load_running(part), reader):
        articles += 1
        for kind, some in judged(gold, reading).items():
            rows[kind] += some
    return rows, articles


def run(shared: Path) -> Result | None:
    """Figures of both parts of the gold; None where the articles are absent."""
    reader = Reader(confidence=RAW)
    shipped = Confidence.load()
    figures: list[tuple[str, float | None]] = []
    notes = []
    present = [part for part in ("dev", "test") if load_running(part)]
    for part in present:
        rows, articles = judged_rows(shared, part, reader)
        if articles < len(load_running(part)):
            return None
        for kind in KINDS:
            known = rows[kind]
            if part != "dev":
                estimates = [shipped.probability(one.row) for one in known]
            elif len(known) >= FEWEST:
                estimates = cross_validated(known)
            else:
                estimates = [one.row.confidence for one in known]
            prefix = f"{'' if part == 'dev' else 'set aside: '}{kind}s: "
            figures += figures_of(prefix, known, estimates)
        notes.append(f"{part}: {articles} articles, " + ", ".join(f"{len(rows[kind])} {kind}s" for kind in KINDS))
    if not figures:
        return None
    files = [FOLDER / f"running_{part}.jsonl" for part in present]
    return Result("calibration", tuple(figures), corpus_hash(files), "; ".join(notes))


def figures_of(prefix: str, rows: Sequence[Judged], estimates: Sequence[float]) -> list[tuple[str, float | None]]:
    """The figures of one kind of rows: calibration, ranking, and what a least confidence leaves."""
    right, raw = [one.right for one in rows], [one.row.confidence for one in rows]
    table = reliability(estimates, right)
    out = [
        ("expected calibration error (lower)", _percent(expected_calibration_error(table))),
        ("error of perfect estimates, by chance (reference)", _percent(sampling_error(table))),
        ("error of raw estimates (reference)", _percent(expected_calibration_error(reliability(raw, right)))),
        ("Brier score (lower)", brier_score(estimates, right)),
        ("Brier score of raw estimates (reference)", brier_score(raw, right)),
        ("area under the curve", _percent(area_under_curve(estimates, right))),
        ("area under the curve of raw estimates (reference)", _percent(area_under_curve(raw, right))),
    ]
    for least in (0.0, *THRESHOLDS):
        kept = [good for one, good in zip(estimates, right, strict=True) if one >= least]
        out.append((f"right at {least:.1f} or more", 100 * sum(kept) / len(kept) if kept else None))
        if least:
            out.append((f"rows at {least:.1f} or more (reference)", 100 * len(kept) / len(rows)))
    return [(prefix + name, value) for name, value in out]


def _percent(value: float | None) -> float | None:
    return None if value is None else 100 * value


def families(rows: Sequence[Judged]) -> frozenset[str]:
    """The coders of rows, by family."""
    return frozenset(family(one.row.coder) for one in rows)
