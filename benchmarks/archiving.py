"""``python -m benchmarks.archiving [REPORTS] [--ray] [--page]``: an archive from files to a record.

The reports are the shipped examples, each with a dateline of its own, so that none is known: texts of a real length and
density. They are read in one go and by shards, by one process and by two, and on a Ray cluster on this machine, in
turn, :data:`ROUNDS` times; figures are the median, and ratios are within a round. Besides: what bringing kept readings
into a record costs, what they take on the disk, and the most memory that a process took.

``--page`` writes the table into ``docs/speed.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final
from unittest.mock import patch

from summitry.clean import clean
from summitry.ingest import ReadOptions, fold_readings, ingest
from summitry.ingest.options import Engine
from summitry.ingest.shards import plan
from summitry.intake import iter_sources
from summitry.vocabulary import Source

REPORTS: Final = 400
ROUNDS: Final = 3
EXAMPLES: Final = Path(__file__).parents[1] / "examples" / "korea-2019"
PAGE: Final = Path(__file__).parents[1] / "docs" / "speed.md"
BEGIN: Final = "<!-- python -m benchmarks.archiving: begin -->"
END: Final = "<!-- end -->"
SHARDS: Final = 8
"""Shards that the reports are cut into, so that two processes have four each."""
FIRST: Final = date(2019, 1, 1)


@dataclass(frozen=True, slots=True)
class Way:
    """One way of reading."""

    name: str
    engine: Engine
    jobs: int


WAYS: Final = (
    Way("one go, 1 process", "stream", 1),
    Way("one go, 2 processes", "stream", 2),
    Way("shards, 1 process", "shards", 1),
    Way("shards, 2 processes", "shards", 2),
)
RAY: Final = Way("Ray on this machine, 2 workers", "ray", 2)


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds that one way took in each round."""

    way: Way
    seconds: tuple[float, ...]

    def rate(self, reports: int) -> float:
        """Reports a second, median."""
        return reports / statistics.median(self.seconds)


def texts() -> list[str]:
    """The English examples as text."""
    found = [clean(source) for source in iter_sources([str(EXAMPLES)]) if isinstance(source, Source)]
    return [article.text for article in found if article.language == "en"]


def lines(count: int) -> Iterator[str]:
    """Reports as JSON Lines, no two alike."""
    examples = texts()
    for number in range(count):
        day = FIRST + timedelta(days=number % 365)
        text = f"{examples[number % len(examples)]}\n\nFiled as number {number}.\n"
        yield json.dumps({"text": text, "title": f"Round {number}", "date": day.isoformat(), "outlet": "Made-up Wire"})


def write(folder: Path, count: int, files: int = 8) -> list[str]:
    """The reports as some files of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    everything = list(lines(count))
    for number in range(files):
        (folder / f"{number}.jsonl").write_text("\n".join(everything[number::files]) + "\n")
    return [str(folder)]


def timed(inputs: list[str], way: Way, folder: Path) -> float:
    """Seconds of reading inputs into a new record, reconciling included."""
    options = ReadOptions(jobs=way.jobs, engine=way.engine)
    size = sum(file.stat().st_size for place in inputs for file in Path(place).iterdir())
    began = time.perf_counter()
    # So few reports are one shard as shipped, which one process reads: here they are cut so that all have some.
    with patch.object(plan, "SHARD_BYTES", size // SHARDS):
        ingest(tuple(inputs), folder / "record.db", options)
    return time.perf_counter() - began


def measure(count: int, ways: tuple[Way, ...], say: Callable[[str], None]) -> list[Timed]:
    """Each way in turn, in each round."""
    spent: dict[Way, list[float]] = {way: [] for way in ways}
    with tempfile.TemporaryDirectory() as place:
        inputs = write(Path(place) / "in", count)
        for turn in range(ROUNDS):
            for way in ways:
                with tempfile.TemporaryDirectory() as folder:
                    spent[way].append(timed(inputs, way, Path(folder)))
                say(f"round {turn + 1}, {way.name}: {spent[way][-1]:.1f} s")
    return [Timed(way, tuple(seconds)) for way, seconds in spent.items()]


@dataclass(frozen=True, slots=True)
class Folded:
    """What kept readings take and cost: bytes and milliseconds a report, the most memory of any process in bytes."""

    bytes_a_report: float
    ms_a_report: float
    record_bytes_a_report: float
    peak_of_reader: int
    peak_of_parent: int


def folded(count: int) -> Folded:
    """Read by shards, keep what was read, bring it into a new record."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        inputs = write(folder / "in", count)
        kept = folder / "readings"
        ingest(tuple(inputs), folder / "a.db", ReadOptions(jobs=2, engine="shards", readings=str(kept)))
        size = sum(file.stat().st_size for file in kept.iterdir())
        began = time.perf_counter()
        fold_readings(str(kept), folder / "b.db")
        spent = time.perf_counter() - began
        record = (folder / "b.db").stat().st_size
    unit = 1 if sys.platform == "darwin" else 1024
    return Folded(
        size / count,
        1000 * spent / count,
        record / count,
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit,
    )


def table(count: int, found: list[Timed], cost: Folded) -> str:
    """The figures as Markdown."""
    first = found[0]
    words = sum(len(text.split()) for text in texts()) / len(texts())
    rows = []
    for each in found:
        ratio = statistics.median(one / other for one, other in zip(first.seconds, each.seconds, strict=True))
        rows.append(f"| {each.way.name} | {each.rate(count):.1f} | {ratio:.2f} |")
    return "\n".join(
        [
            f"Measured on {datetime.now(UTC).date()}, {os.cpu_count()} shared cores ({platform.machine()}), Python "
            f"{platform.python_version()}: {count:,} reports of {words:.0f} words on the mean, everything included "
            f"(loading, reading, writing, reconciling), in {SHARDS} shards where it is by shards; rates are medians of "
            f"{ROUNDS} rounds, ratios are within a round.",
            "",
            "| way | reports/s | against the first |",
            "|---|---:|---:|",
            *rows,
            "",
            f"Kept readings take {cost.bytes_a_report / 1000:.1f} kB a report (Parquet), and "
            f"{cost.ms_a_report:.0f} ms a report to bring into a record, reconciling included; the record takes "
            f"{cost.record_bytes_a_report / 1000:.0f} kB a report. The most memory that a reading process took: "
            f"{cost.peak_of_reader / 2**20:.0f} MiB; the process that writes the record, which here had a reader of "
            f"its own loaded: {cost.peak_of_parent / 2**20:.0f} MiB.",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="?", type=int, default=REPORTS)
    parser.add_argument("--ray", action="store_true", help="on a Ray cluster too")
    parser.add_argument("--page", action="store_true", help=f"write {PAGE.name}")
    asked = parser.parse_args()

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    ways = (*WAYS, replace(RAY)) if asked.ray else WAYS
    cost = folded(asked.reports)
    found = measure(asked.reports, ways, say)
    text = table(asked.reports, found, cost)
    print(text)
    if asked.page:
        page = PAGE.read_text()
        before, rest = page.split(BEGIN)
        after = rest.split(END, 1)[1]
        PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")


if __name__ == "__main__":
    main()
