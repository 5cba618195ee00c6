"""``python -m benchmarks.speed [PATH ...] [--rounds N]``: articles a second on one core, and what each stage costs.

The reference is the whole spaCy pipeline of the same model (tagger, parser, lemmatizer, entity recogniser), run on the
same texts in the same process, turn and turn about with the reader and with the reader without its encoder
(``--light``), so that a noisy machine slows all three. Ratios are what to quote;
absolute figures belong to the machine that is named. An article is counted as 450 words, so that texts of any
length compare.

``--record-cost [REPORTS]`` prints instead what a record costs as it grows, at 100, 1,000 and 10,000 made-up reports:
one more report reconciled (``benchmarks.incremental``), and each answer of the ledger (``benchmarks.ledgering``).
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
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class Timed:
    """Seconds one reader took, in all and a stage, and the bare pipeline's time over its own, a batch each."""

    reader: Reader
    reach: float
    seconds: float = 0.0
    ratios: list[float] = field(default_factory=list)
    stages: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def read(self, batch: Sequence[Source]) -> float:
        """Read a batch end to end; seconds it took."""
        began = last = time.perf_counter()

        def lap(stage: str) -> None:
            nonlocal last
            now = time.perf_counter()
            self.stages[stage] += now - last
            last = now

        articles = [clean(source) for source in batch]
        lap("0 clean")
        for _ in self.reader.read_many(articles, clock=lap):
            pass
        return time.perf_counter() - began

    def tell(self, name: str, bare: float, units: float) -> None:
        """Print what was measured; ``units`` are articles, ``bare`` the seconds of the bare pipeline."""
        print(f"  {name:<28}{units / self.seconds:8.2f} articles/s")
        ratio, median = bare / self.seconds, statistics.median(self.ratios)
        print(f"  {'ratio':<28}{ratio:8.2f}   (median of batches {median:.2f}, reach {self.reach:.2f})")
        for stage, seconds in sorted(self.stages.items()):
            print(f"    {stage:<26}{1000 * seconds / units:8.2f} ms an article {100 * seconds / self.seconds:5.1f}%")


def measure(
    bare: Callable[[Iterable[str]], Iterable[object]], sides: Sequence[Timed], texts: Sequence[Source], rounds: int
) -> float:
    """Let all sides read every batch in turn; seconds of the bare pipeline. The first turn warms caches only."""
    plain = {source.id: clean(source).text for source in texts}
    batches = [texts[i : i + BATCH] for i in range(0, len(texts), BATCH)]
    total = 0.0
    for turn in range(rounds + 1):
        for batch in batches:
            began = time.perf_counter()
            for _ in bare([plain[source.id] for source in batch]):
                pass
            spent = time.perf_counter() - began
            taken = [side.read(batch) for side in sides]
            if turn:
                total += spent
                for side, seconds in zip(sides, taken, strict=True):
                    side.seconds += seconds
                    side.ratios.append(spent / seconds)
        if not turn:
            for side in sides:
                side.stages.clear()
    return total


def print_record_cost(reports: int) -> None:
    """Print what one more report costs to reconcile, and what the ledger's answers cost, as a record grows."""
    from benchmarks.incremental import run
    from benchmarks.ledgering import SIZES, print_costs

    print("reports in the record   ms for one more, reconciled in memory", flush=True)
    run(reports, lambda line: print(line, flush=True))
    print()
    print_costs([size for size in SIZES if size <= reports] or [reports])


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("paths", nargs="*", default=[str(EXAMPLES)], help="reports; the shipped examples by default")
    parser.add_argument("--rounds", type=int, default=3, help="times every text is read by each side (default 3)")
    parser.add_argument("--limit", type=int, default=120, help="reports at most (default 120)")
    parser.add_argument(
        "--record-cost", nargs="?", type=int, const=10_000, metavar="REPORTS", help="what a record of that size costs"
    )
    options = parser.parse_args(argv)
    if options.record_cost:
        print_record_cost(options.record_cost)
        return 0
    texts = sources(options.paths)[: options.limit]
    if not texts:
        print(f"no English report under {options.paths}; give files or folders", file=sys.stderr)
        return 2

    import importlib

    bare = importlib.import_module(PARSER).load()
    whole, light = Timed(Reader(), 0.8), Timed(Reader(light=True), 1.5)
    words = sum(len(clean(source).text.split()) for source in texts)
    seconds = measure(bare.pipe, (whole, light), texts, options.rounds)
    units = options.rounds * words / WORDS_PER_ARTICLE
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{len(texts)} reports, {words} words, {options.rounds} rounds; an article = {WORDS_PER_ARTICLE} words")
    print(f"  {'bare whole spaCy pipeline':<28}{units / seconds:8.2f} articles/s")
    whole.tell("summitry, end to end", seconds, units)
    light.tell("summitry --light", seconds, units)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process (all pipelines loaded): {peak:.0f} MiB (at most 1024)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
