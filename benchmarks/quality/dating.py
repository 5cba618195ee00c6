"""Publication dates inferred: the dated articles of two negotiations with their dates hidden.

Hidden: all metadata, and short lines of the text that state the day. The Korean set is read with its case, the Iranian
one with the world alone. ``python -m benchmarks.quality.dating [SHARED]`` prints the misses.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.quality.task import Result, corpus_hash
from summitry.casebook import Case, load_case, load_leaders
from summitry.evaluate.dating import DatingScore, holds, score_dating
from summitry.reader.dating import infer_published
from summitry.reader.parse import article_of
from summitry.reader.times import recognise
from summitry.vocabulary import DateInterval

SETS: Final = (("us_north_korea_nuclear", "korea"), ("us_north_korea_nuclear", None), ("iran_nuclear", None))
LINE: Final = 110
"""Letters up to which a line that states the day is a dateline or a stamp; longer ones are prose."""


def hidden(text: str, day: date) -> str:
    """The text without the short lines that state ``day`` or a day beside it."""

    def states(line: str) -> bool:
        stated = [(f.year, f.month, f.day) for f in recognise(line) if f.year and f.month and f.day]
        return any(abs(date(y or 1, m or 1, d or 1).toordinal() - day.toordinal()) <= 1 for y, m, d in stated)

    return "".join(
        line
        for line in text.splitlines(keepends=True)
        if len(line.strip()) > LINE or not line.strip() or not states(line)
    )


def infer_all(path: Path, case: Case | None) -> Iterator[tuple[str, DateInterval, date]]:
    """Title, inferred interval and true day of every dated article of a set."""
    offices = (*load_leaders(), *(case.offices if case else ()))
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["date"]:
            day = date.fromisoformat(row["date"])
            article = article_of(hidden(row["text"], day))
            found = recognise(article.text)
            yield row["title"], infer_published(article, found, case.events if case else (), offices), day


def figures_of(label: str, score: DatingScore) -> list[tuple[str, float | None]]:
    """The figures of one set, in percent and days."""

    def percent(value: float | None) -> float | None:
        return None if value is None else 100 * value

    return [
        (f"{label}: interval holds the true day", percent(score.holds)),
        (f"{label}: closed interval given", percent(score.dated)),
        (f"{label}: closed interval holds the true day", percent(score.dated_hold)),
        (f"{label}: at most 7 days given", percent(score.narrow)),
        (f"{label}: at most 7 days hold the true day", percent(score.narrow_hold)),
        # Named for the gate, where higher is better; the width itself is in the note.
    ]


def run(shared: Path) -> Result | None:
    """Score all sets; None where they are absent."""
    paths = {name: shared / "data" / "news" / f"{name}_dev.jsonl" for name, _ in SETS}
    if not all(path.is_file() for path in paths.values()):
        return None
    figures: list[tuple[str, float | None]] = []
    widths: list[str] = []
    for name, case in SETS:
        label = f"{name.split('_nuclear')[0]} {'with its case' if case else 'alone'}"
        rows = infer_all(paths[name], load_case(case) if case else None)
        score = score_dating((interval, day) for _, interval, day in rows)
        figures += figures_of(label, score)
        widths.append(f"{label} {score.median_days:.0f}" if score.median_days else f"{label} none")
    note = f"median days of closed intervals: {', '.join(widths)}"
    return Result("dating", tuple(figures), corpus_hash(paths.values()), note)


def main() -> None:
    """Print every interval that does not hold its day."""
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("SUMMITRY_SHARED", "../shared"))
    for name, case in SETS:
        path = shared / "data" / "news" / f"{name}_dev.jsonl"
        for title, interval, day in infer_all(path, load_case(case) if case else None):
            if not holds(interval, day):
                print(f"{name} {case or '-'} {day} {title[:50]!r}: {interval.start} {interval.end} {interval.basis}")


if __name__ == "__main__":
    main()
