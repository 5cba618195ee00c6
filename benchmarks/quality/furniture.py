"""Furniture lines in whole pages as plain text: 181 pages, 29,865 weakly labelled lines (content or furniture).

The pages are of all kinds (shops, recipes, forums), not of negotiations alone. Metadata lines (headline, byline,
date) count as left out, as the labels have them. Best known on this file: 88.7 (best segment); line rule of C4: 85.9,
losing 9% of the body.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from benchmarks.quality.task import Result, corpus_hash
from summitry.clean import clean
from summitry.errors import UnreadableSource
from summitry.evaluate.furniture import LineCounts, count
from summitry.vocabulary import Source, Span

FILE = "data/clean/textonly_lines_scrapinghub.jsonl"


def run(shared: Path) -> Result | None:
    """Figures on the pages under ``shared``; None where they are not there."""
    path = shared / FILE
    if not path.exists():
        return None
    pages: dict[str, list[tuple[str, bool]]] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        pages.setdefault(row["page"], []).append((row["line"], bool(row["content"])))
    total = LineCounts()
    for page, lines in pages.items():
        total += _page(page, lines)
    figures = (
        ("body F1", total.body_f1),
        ("furniture F1", total.furniture_f1),
        ("body lost (lower)", total.lost),
    )
    return Result("furniture", figures, corpus_hash([path]), f"{len(pages)} pages, characters without white space")


def _page(page: str, lines: list[tuple[str, bool]]) -> LineCounts:
    text = "\n".join(line for line, _ in lines)
    gold: list[Span] = []
    at = 0
    for line, content in lines:
        if content:
            gold.append(Span(at, at + len(line)))
        at += len(line) + 1
    try:
        article = clean(Source(page, text.encode("utf-8"), "text/plain; charset=utf-8"))
    except UnreadableSource:
        return count(text, gold, [])
    assert article.text == text, "plain text is not changed by cleaning"
    return count(text, gold, article.blocks)


if __name__ == "__main__":
    result = run(Path(os.environ.get("SUMMITRY_SHARED", "../shared")))
    if result is None:
        print("furniture: no data, skipped")
        sys.exit(0)
    for name, value in result.figures:
        print(f"{name}: {'-' if value is None else f'{value:.1f}'}")
