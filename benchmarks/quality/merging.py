"""Merging: reports of one event across outlets (100 events x 3), and made-up events inside one negotiation.

The first asks which reports tell of one event, by their words and dates alone: the easy baseline that says nothing of
events inside a negotiation. The second is merging itself, on events whose truth is known
(:mod:`benchmarks.incremental`).
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.incremental import run as run_made_up
from benchmarks.quality.task import Result, corpus_hash
from summitry.evaluate.merging import b_cubed
from summitry.reader.dating.infer import rough_sentences
from summitry.reader.parse import article_of
from summitry.reconcile.copies import Prints, copy_groups, fingerprints
from summitry.vocabulary import DateInterval

MADE_UP: Final = 300
"""Made-up reports merged: enough for a stable score, a few seconds."""

WINDOW: Final = 3
"""Days between two reports of one event at most."""

ALIKE: Final = 0.13
"""Cosine of TF-IDF vectors from which two reports within the window tell of one event; set on these triples."""

_WORD: Final = re.compile(r"[a-z]{3,}")


def vectors(texts: list[str]) -> list[dict[str, float]]:
    """TF-IDF vectors of unit length."""
    counts = [Counter(_WORD.findall(text.lower())) for text in texts]
    frequency = Counter(word for count in counts for word in count)
    made: list[dict[str, float]] = []
    for count in counts:
        raw = {word: (1 + math.log(n)) * math.log(len(texts) / frequency[word]) for word, n in count.items()}
        length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        made.append({word: weight / length for word, weight in raw.items()})
    return made


def groups(days: list[date], points: list[dict[str, float]]) -> list[int]:
    """Average-link clusters of reports, none wider than the window: the label of each."""
    alike: dict[tuple[int, int], float] = {}
    for i, point in enumerate(points):
        for j in range(i + 1, len(points)):
            if abs((days[i] - days[j]).days) <= WINDOW:
                alike[i, j] = sum(weight * points[j].get(word, 0.0) for word, weight in point.items())
    label = list(range(len(points)))
    members = {i: [i] for i in label}
    for (i, j), value in sorted(alike.items(), key=lambda pair: (-pair[1], pair[0])):
        a, b = label[i], label[j]
        if value < ALIKE:
            break
        if a == b:
            continue
        links = [alike.get((min(m, n), max(m, n)), 0.0) for m in members[a] for n in members[b]]
        if sum(links) / len(links) >= ALIKE:
            for n in members.pop(b):
                label[n] = a
                members[a].append(n)
    return label


def run(shared: Path) -> Result | None:
    """Score; None where the triples are absent."""
    path = shared / "data" / "merge" / "basil_event_triples.jsonl"
    if not path.is_file():
        return None
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    ids = [row["id"] for row in rows]
    days = [date.fromisoformat(row["date"]) for row in rows]
    label = groups(days, vectors([f"{row['title']} {row['text']}" for row in rows]))
    articles = [article_of(row["text"], row["id"]) for row in rows]
    prints = [
        Prints(a.source_id, DateInterval(day, day, "day"), fingerprints(a, rough_sentences(a)))
        for a, day in zip(articles, days, strict=True)
    ]
    found = dict(zip(ids, label, strict=True))
    true = {row["id"]: row["cluster"] for row in rows}
    triples = b_cubed(found, true)
    originals = copy_groups(prints)
    strays = sum(true[source] != true[original] for source, original in originals.items())
    _, made_up = run_made_up(MADE_UP)

    def percent(value: float | None) -> float | None:
        return None if value is None else 100 * value

    figures: tuple[tuple[str, float | None], ...] = (
        ("triples: B-cubed F by words and dates", percent(triples.f)),
        ("triples: copies that are of one event", percent(1 - strays / len(originals))),
        ("made-up negotiation: B-cubed precision", percent(made_up.precision)),
        ("made-up negotiation: B-cubed recall", percent(made_up.recall)),
        ("made-up negotiation: B-cubed F", percent(made_up.f)),
    )
    copies = sum(source != original for source, original in originals.items())
    return Result("merging", figures, corpus_hash([path]), f"{copies} copies among {len(rows)} reports of the triples")
