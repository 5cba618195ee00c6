"""Events of running news, all of them: eight articles of two negotiations, annotated by hand from the text.

The gold holds no text: article id, offsets of the passages (code points of the article's ``text``), sides, type,
modality and date. The articles were drawn by a fixed seed among those of at most the median length, four a
negotiation, each of another outlet, and annotated before any output of the reader on them was seen. Articles whose
id hashes to an odd number are only ever scored, never looked at row by row.

Rows that are no event at all, by hand on 22 November 2026: 1 of the 23 rows of the articles looked at, and 5 of 60 rows
drawn by seed from 30 other articles of the two negotiations (15 of 70 when implied parties were first read).

``python -m benchmarks.quality.news_events [SHARED]`` prints each looked-at article's rows beside the gold.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from benchmarks.quality.task import Result, corpus_hash
from summitry.clean import clean
from summitry.evaluate.events import EventKey, EventScore, key_of, pairs, parse_days, score_events
from summitry.reader.pipeline import Reader
from summitry.vocabulary import Reading, Source, Span

GOLD: Final = Path(__file__).parent.parent / "gold" / "news_events.jsonl"


def held_out(article: str) -> bool:
    """Whether an article is only scored."""
    return hashlib.sha256(article.encode()).digest()[0] % 2 == 1


def load_gold() -> dict[str, list[EventKey]]:
    """The expected rows of each article, by its id."""
    found: dict[str, list[EventKey]] = defaultdict(list)
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        parties = frozenset(
            code if code.startswith(("IGO", "IMG")) else code[:3] for code in row["actors"] + row["recipients"]
        )
        spans = tuple(Span(start, end) for start, end in row["passages"])
        found[row["article"]].append(EventKey(parties, row["type"], row["modality"], parse_days(row["date"]), spans))
    return dict(found)


def read_articles(shared: Path, wanted: frozenset[str]) -> Iterator[tuple[str, Reading]]:
    """The readings of the wanted articles under ``shared``."""
    reader = Reader()
    for path in sorted((shared / "data" / "news").glob("*_dev.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["id"] in wanted:
                metadata = (("title", row["title"]), ("date", row["date"]), ("outlet", row["outlet"]))
                source = Source(uri=row["id"], content=row["text"].encode(), metadata=metadata)
                article = clean(source)
                if article.text != row["text"]:
                    raise ValueError(f"{row['id']}: the offsets of the gold are not those of the cleaned text")
                yield row["id"], reader.read(article)


def unmatched(expected: list[EventKey], found: list[EventKey]) -> list[int]:
    """Indices of the found rows that no expected row agrees with, near pairs forgiven and dates aside."""
    taken = set(pairs(expected, found, lenient=True, dated=False).values())
    return [j for j in range(len(found)) if j not in taken]


def run(shared: Path) -> Result | None:
    """Score all gold articles; None where they are absent."""
    gold = load_gold()
    readings = dict(read_articles(shared, frozenset(gold)))
    if set(readings) != set(gold):
        return None
    scores = {article: _score(rows, readings[article]) for article, rows in gold.items()}
    total = sum(scores.values(), EventScore())
    loose = sum((_score(rows, readings[article], loose=True) for article, rows in gold.items()), EventScore())
    seen = sum((score for article, score in scores.items() if not held_out(article)), EventScore())
    unseen = sum((score for article, score in scores.items() if held_out(article)), EventScore())
    return Result(
        task="news_events",
        figures=(
            ("parties, type, modality: F1", total.f1(total.undated)),
            ("parties, type, modality: precision", _share(total.undated, total.found)),
            ("parties, type, modality: recall", total.recall(total.undated)),
            ("near pairs forgiven: F1", loose.f1(loose.undated)),
            ("and date: F1", total.f1(total.strict)),
            ("F1, articles looked at", seen.f1(seen.undated)),
            ("F1, articles only scored", unseen.f1(unseen.undated)),
            ("rows an article (count)", total.found / len(gold)),
        ),
        corpus=corpus_hash([GOLD]),
        note=f"{total.expected} events of {len(gold)} articles",
    )


def _score(rows: list[EventKey], reading: Reading, *, loose: bool = False) -> EventScore:
    found = [key_of(event) for event in reading.events]
    score = score_events(rows, found)
    return replace(score, undated=len(pairs(rows, found, lenient=True, dated=False))) if loose else score


def _share(part: int, whole: int) -> float | None:
    return 100.0 * part / whole if whole else None


def main() -> None:
    """Print gold and rows of the articles that are looked at."""
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("SUMMITRY_SHARED", "../shared"))
    gold = {article: rows for article, rows in load_gold().items() if not held_out(article)}
    for article, reading in read_articles(shared, frozenset(gold)):
        text = reading.article.text
        found = [key_of(event) for event in reading.events]
        matched = pairs(gold[article], found, lenient=True, dated=False)
        print(f"\n=== {article} {reading.article.headline}")
        for i, row in enumerate(gold[article]):
            mark = "+" if i in matched else "-"
            print(f" {mark} {_row(row)} {text[row.spans[0].start : row.spans[0].end]}")
        for j in unmatched(gold[article], found):
            print(f" ? {_row(found[j])} {reading.events[j].summary}")


def _row(key: EventKey) -> str:
    days = f"{key.days.start}/{key.days.end}" if key.days else "-"
    return f"{'+'.join(sorted(key.parties)):14} {key.type:9} {key.modality:12} {days}"


if __name__ == "__main__":
    main()
