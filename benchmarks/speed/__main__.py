"""``python -m benchmarks.speed [PATH ...] [--rounds N]``: articles a second on one core, and what each stage costs.

The reference is the whole spaCy pipeline of the same model (tagger, parser, lemmatizer, entity recogniser), run on the
same texts in the same process, turn and turn about, so that a noisy machine slows both. Ratios are what to quote;
absolute figures belong to the machine that is named. An article is counted as 450 words, so that texts of any
length compare.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from summitry.clean import clean
from summitry.errors import UnreadableSource
from summitry.intake import iter_sources
from summitry.reader.parse import PARSER
from summitry.reader.pipeline import Reader
from summitry.vocabulary import Rejected, Source

WORDS_PER_ARTICLE = 450
"""Length of a typical wire report, the unit in which speeds are given."""

EXAMPLES = Path(__file__).parents[2] / "examples" / "korea-2019"
BATCH = 8
"""Articles a turn: long enough to time, short enough that both sides meet the same weather."""


def sources(paths: Sequence[str]) -> list[Source]:
    """The English reports under the paths."""
    kept: list[Source] = []
    for source in iter_sources(paths):
        if isinstance(source, Rejected):
            continue
        try:
            if clean(source).language == "en":
                kept.append(source)
        except UnreadableSource:
            continue
    return kept


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("paths", nargs="*", default=[str(EXAMPLES)], help="reports; the shipped examples by default")
    parser.add_argument("--rounds", type=int, default=3, help="times every text is read by both sides (default 3)")
    parser.add_argument("--limit", type=int, default=120, help="reports at most (default 120)")
    options = parser.parse_args(argv)
    texts = sources(options.paths)[: options.limit]
    if not texts:
        print(f"no English report under {options.paths}; give files or folders", file=sys.stderr)
        return 2

    import importlib

    bare = importlib.import_module(PARSER).load()
    reader = Reader()
    cleaned = {source.id: clean(source) for source in texts}
    words = sum(len(cleaned[source.id].text.split()) for source in texts)
    batches = [texts[i : i + BATCH] for i in range(0, len(texts), BATCH)]
    stages: dict[str, float] = defaultdict(float)
    ratios: list[float] = []
    totals = [0.0, 0.0]

    last = time.perf_counter()

    def lap(stage: str) -> None:
        nonlocal last
        now = time.perf_counter()
        stages[stage] += now - last
        last = now

    for turn in range(options.rounds + 1):
        for batch in batches:
            began = time.perf_counter()
            for _ in bare.pipe([cleaned[source.id].text for source in batch]):
                pass
            parsed = time.perf_counter()
            last = parsed
            articles = [clean(source) for source in batch]
            lap("0 clean")
            for _ in reader.read_many(articles, clock=lap):
                pass
            done = time.perf_counter()
            if turn == 0:
                continue  # the first turn warms caches on both sides
            ratios.append((parsed - began) / (done - parsed))
            totals[0] += parsed - began
            totals[1] += done - parsed
        if turn == 0:
            stages.clear()

    units = options.rounds * words / WORDS_PER_ARTICLE
    ratio = totals[0] / totals[1]
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{len(texts)} reports, {words} words, {options.rounds} rounds; an article = {WORDS_PER_ARTICLE} words")
    print(f"  bare whole spaCy pipeline   {units / totals[0]:8.2f} articles/s")
    print(f"  summitry, end to end        {units / totals[1]:8.2f} articles/s")
    print(
        f"  ratio                       {ratio:8.2f}   (median of batches {statistics.median(ratios):.2f}, reach 0.80)"
    )
    print("what each stage costs, ms an article and share:")
    for stage, seconds in sorted(stages.items()):
        print(f"  {stage:<26} {1000 * seconds / units:8.2f}   {100 * seconds / totals[1]:5.1f}%")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process (both pipelines loaded): {peak:.0f} MiB (at most 1024)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
