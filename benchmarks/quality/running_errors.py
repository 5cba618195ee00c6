"""What the reader got wrong in the development part of the running-news gold, row by row.

``python -m benchmarks.quality.running_errors [statements|events|positions|moves] [ARTICLE ...]``. Reads the articles
under ``SUMMITRY_SHARED`` (default ``../shared``); never the part set aside.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.quality.news_statements import pairs_of, pieces_of, same_speaker
from benchmarks.quality.running_gold import GoldArticle, load_running, read_running
from benchmarks.quality.running_news import greedy, same_move, same_position
from summitry.evaluate.events import key_of, pairs
from summitry.reader.pipeline import Reader
from summitry.vocabulary import Reading, Span

KINDS = ("statements", "events", "positions", "moves")


def main() -> None:
    """Print gold rows (+ found, ~ found with another speaker, - missed) and rows no gold row agrees with (?)."""
    names = sys.argv[1:]
    kinds = [name for name in names if name in KINDS] or list(KINDS)
    chosen = [name for name in names if name not in KINDS]
    gold = {key: row for key, row in load_running("dev").items() if not chosen or key in chosen}
    shared = Path(os.environ.get("SUMMITRY_SHARED", "../shared"))
    for article, reading in read_running(shared, gold, Reader()):
        print(f"\n=== {article.article} {reading.article.published.start} {reading.article.headline}")
        for kind in kinds:
            {"statements": _statements, "events": _events, "positions": _positions, "moves": _moves}[kind](
                article, reading
            )


def _cut(reading: Reading, spans: Sequence[Span]) -> str:
    return " ... ".join(" ".join(reading.article.text[s.start : s.end].split())[:160] for s in spans)


def _statements(gold: GoldArticle, reading: Reading) -> None:
    wanted = [row.wanted for row in gold.statements]
    matched = dict(pairs_of(wanted, reading.statements))
    for i, row in enumerate(gold.statements):
        j = matched.get(i)
        found = reading.statements[j] if j is not None else None
        mark = "-" if found is None else "+" if same_speaker(row.wanted, found) else "~"
        who = f" <- {found.speaker.name if found.speaker else None}" if mark == "~" and found else ""
        print(f" {mark} [{row.form}] {row.wanted.speaker}{who}: {_cut(reading, row.wanted.spans)}")
    rows, _ = pieces_of(wanted, reading.statements, list(matched.items()))
    for j, found in enumerate(reading.statements):
        if j not in matched.values() and j not in rows:
            name = found.speaker.name if found.speaker else None
            print(f" ? {name} ({found.cue}): {_cut(reading, found.content_spans)}")


def _events(gold: GoldArticle, reading: Reading) -> None:
    events, found = list(gold.events), [key_of(event) for event in reading.events]
    matched = pairs(events, found, lenient=True, dated=False)
    for i, row in enumerate(events):
        days = f"{row.days.start}/{row.days.end}" if row.days else "-"
        print(
            f" {'+' if i in matched else '-'} {'+'.join(sorted(row.parties)):12} {row.type:9} {row.modality:12} {days} "
            f"{_cut(reading, row.spans)}"
        )
    for j, row in enumerate(found):
        if j not in matched.values():
            words = _cut(reading, row.spans[:1])
            print(f" ? {'+'.join(sorted(row.parties)):12} {row.type:9} {row.modality:12} {words}")


def _positions(gold: GoldArticle, reading: Reading) -> None:
    matched = dict(greedy(gold.positions, reading.positions, same_position))
    for i, row in enumerate(gold.positions):
        mark = "+" if i in matched else "-"
        print(f" {mark} {row.party} {row.stance} ({row.attributed_by}): {_cut(reading, row.spans)}")
    for j, found in enumerate(reading.positions):
        if j not in matched.values():
            print(f" ? {found.party.code} {found.stance} ({found.attributed_by}): {found.summary}")


def _moves(gold: GoldArticle, reading: Reading) -> None:
    matched = dict(greedy(gold.moves, reading.moves, same_move))
    for i, row in enumerate(gold.moves):
        print(
            f" {'+' if i in matched else '-'} {row.proposer} {row.kind} -> {row.addressee}: {_cut(reading, row.spans)}"
        )
    for j, found in enumerate(reading.moves):
        if j not in matched.values():
            words = " ".join(found.evidence[0].exact.split())[:160]
            print(f" ? {found.proposer.code} {found.kind}: {words}")


if __name__ == "__main__":
    main()
