"""The made-up reports of :mod:`benchmarks.incremental` as readings of articles, added to a record on the disk.

``python -m benchmarks.on_disk REPORTS FILE [--queries]`` makes a record of so many reports and prints what that cost at
10, 100, 1,000 ... of them; with ``--queries`` also how long questions take. A record that is there is only asked.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

from benchmarks.incremental import Report, reports
from summitry.evaluate.merging import PartitionScore, b_cubed
from summitry.ingest.reconciling import reconcile_record
from summitry.record import Record, open_record
from summitry.vocabulary import (
    UNKNOWN_DATE,
    Actor,
    Article,
    DateInterval,
    Evidence,
    KnownEvent,
    Person,
    Reading,
    Source,
    Span,
    Statement,
    content_id,
)

MARKS: Final = (10, 100, 1_000, 10_000, 100_000)
UNDATED: Final = 0.05
"""Share of reports that state no date. Of the crawled pages looked at, one in ten to one in thirty does not."""

FEWEST_SCORED: Final = 1_000
"""Reports from which merging is scored at each size."""

BATCH: Final = 200
"""Reports added at once between the sizes that are measured."""

NARRATION: Final = 12
"""Sentences a report has besides those that tell events, so that it has the length of an article."""

SYLLABLES: Final = [first + second for first in "bdfghjklmnprstvz" for second in "aeiou"]
"""Words are made of three of them, so that few share a beginning by chance, as in a real vocabulary."""

NAMES: Final = ("Holm", "Tamm", "Sato", "Keller", "Ivers", "Okoro", "Varga", "Duarte")


class Dated:
    """What reconciling asks of a reader. Undated reports were published on the day of their latest anchor."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def facts(self) -> tuple[KnownEvent, ...]:
        return ()

    def countries(self) -> dict[str, str]:
        return {}

    def date(self, reading: Reading, anchors: Sequence[KnownEvent] = ()) -> DateInterval:
        text = reading.article.text.lower()
        lines = [f" {text[span.start : span.end]}" for span in reading.sentences]
        told = [each for each in anchors if any(_stand(phrases, line) for phrases in each.words for line in lines)]
        if not told:
            return UNKNOWN_DATE
        latest = max(told, key=lambda a: (a.start, a.id))
        return DateInterval(latest.start, latest.start, "day", f"inferred: {latest.name}")

    def read(self, article: Article, anchors: Sequence[KnownEvent] = ()) -> Reading:
        reading = self._record.reading(article.source_id)
        return replace(reading, article=replace(article, published=self.date(reading, anchors)))

    def read_many(self, articles: Iterable[Article], anchors: Sequence[KnownEvent] = ()) -> Iterator[Reading]:
        return (self.read(article, anchors) for article in articles)


def _stand(phrases: Iterable[str], line: str) -> bool:
    """Whether words of a sentence begin with all the phrases."""
    return all(f" {word}" in line for word in phrases)


def reading_of(report: Report, number: int) -> tuple[Reading, Source, dict[str, str]]:
    """A made-up report as a reading of a text with its source; and the true act of each of its events by id."""
    rng = random.Random(number)
    undated = rng.random() < UNDATED
    told = [member.event.evidence[0].exact for member in report.members]
    # A copy has the narration of the report before it: the same fingerprints give the same words.
    shared = random.Random(min(report.prints.hashes))
    lines = [_words(shared, 18).capitalize() + "." for _ in range(NARRATION)]
    # An undated report tells what the one before it said: by that it can be dated.
    saying = random.Random(-number if not undated else 1 - number)
    name = saying.choice(NAMES)
    quoted = f"the {_words(saying, 9)} must follow"
    lines += [f"{line}." for line in told] + [f"Minister {name} said that {quoted}."]
    text = f"Round {number} of talks\n\n" + " ".join(lines)
    source = Source(f"made/{number}", text.encode())
    spans, at = [], text.index("\n\n") + 2
    for line in lines:
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    when = report.prints.published
    published = UNKNOWN_DATE if undated else when
    article = Article(source.id, text, (Span(spans[0].start, spans[-1].end),), published=published, uri=source.uri)
    events, true = [], {}
    for at, (member, act) in enumerate(zip(report.members, report.true, strict=True)):
        start = text.index(member.event.evidence[0].exact)
        end = start + len(member.event.evidence[0].exact)
        event = replace(
            member.event,
            id=content_id("ev", source.id, at),
            evidence=(Evidence.of(article, start, end),),
            trigger=Span(start + member.event.trigger.start, start + member.event.trigger.end),
        )
        events.append(event)
        true[event.id] = act
    statement = _statement(article, name, quoted, when.start)
    people = (Person(name, "ARD"),)
    return Reading(article, tuple(spans), (), (), people, (statement,), tuple(events)), source, true


def _words(rng: random.Random, count: int) -> str:
    return " ".join("".join(rng.choices(SYLLABLES, k=3)) for _ in range(count))


def _statement(article: Article, name: str, quoted: str, day: date | None) -> Statement:
    start = article.text.rindex(quoted)
    return Statement(
        id=content_id("st", article.source_id, start),
        evidence=(Evidence.of(article, start, start + len(quoted)),),
        coder="made up",
        confidence=0.6,
        speaker=Actor("ARDGOV", name, kind="person"),
        party=Actor("ARD", "ARD"),
        addressee=None,
        said=DateInterval(day, day, "day", "weekday"),
        quote_type="indirect",
        words=quoted,
        cue="said",
        on_record="on",
        vehicle=None,
        speech_act="state",
        authority="other",
        source_span=None,
        cue_span=None,
        content_spans=(Span(start, start + len(quoted)),),
    )


@dataclass(frozen=True, slots=True)
class Cost:
    """What it came to at one size: ``one`` more report by itself (ms; the mean of the last ten to fifty, and the
    median), a report in batches since the size before (ms), the peak memory of the process so far (MiB), the file a
    report (KB), and how well events are merged, where that was scored."""

    reports: int
    one: float
    median: float
    batched: float
    memory: int
    size: float
    score: PartitionScore | None

    def __str__(self) -> str:
        merged = f"{self.score.precision:>9.3f} {self.score.recall:>6.3f} {self.score.f:>6.3f}" if self.score else ""
        return (
            f"{self.reports:>9,} {self.one:>8.1f} {self.median:>8.1f} {self.batched:>9.1f} {self.memory:>8,} "
            f"{self.size:>9.1f} {merged}"
        )


HEAD: Final = "  reports   ms one  (median)  ms batch  MiB peak  KB/report  B-cubed: P, R, F"


def run_on_disk(
    count: int, path: Path, say: Callable[[str], None] = lambda _: None, seed: int = 7
) -> tuple[list[Cost], PartitionScore]:
    """Add ``count`` reports to a new record: what it cost at each size of :data:`MARKS`, and the merging score.

    Up to a size reports are added :data:`BATCH` at a time, the last ten to fifty one by one. The true act of each event
    is kept in a file beside the record, not in memory, so that the peak is that of adding alone.
    """
    costs: list[Cost] = []
    alone: list[float] = []
    waiting: list[tuple[Reading, Source]] = []
    spent, batched = 0.0, 0
    truth = truth_beside(path)
    with open_record(path, create=True) as record, truth.open("w", encoding="utf-8") as true:
        reader = Dated(record)
        for number, report in enumerate(reports(count, seed), 1):
            reading, source, acts = reading_of(report, number)
            true.writelines(f"{event}\t{act}\n" for event, act in acts.items())
            mark = next((each for each in MARKS if each >= number), 0)
            singly = number > mark - min(50, max(10, mark // 10))
            if waiting and (singly or len(waiting) == BATCH):
                spent, batched = spent + _added(record, reader, waiting), batched + len(waiting)
                waiting.clear()
            waiting.append((reading, source))
            if singly or number == count:
                seconds = _added(record, reader, waiting)
                if singly:
                    alone.append(seconds)
                waiting.clear()
            if number == mark:
                true.flush()
                memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
                size = path.stat().st_size / number / 1000
                one, median = 1000 * statistics.mean(alone), 1000 * statistics.median(alone)
                score = score_of(record, truth) if number >= FEWEST_SCORED else None
                costs.append(Cost(number, one, median, 1000 * spent / max(batched, 1), memory, size, score))
                say(str(costs[-1]))
                alone, spent, batched = [], 0.0, 0
    with open_record(path, read_only=True) as record:
        return costs, score_of(record, truth)


def _added(record: Record, reader: Dated, some: Sequence[tuple[Reading, Source]]) -> float:
    """Add reports and bring them in: seconds on the clock."""
    started = time.perf_counter()
    with record.transaction():
        for reading, source in some:
            record.add(reading, source)
    done = reconcile_record(record, lambda: reader)
    assert not done.failed, done.failed
    return time.perf_counter() - started


def truth_beside(path: Path) -> Path:
    """The file that says of which act each event tells: an id and a name a line."""
    return path.with_suffix(".truth.tsv")


def score_of(record: Record, truth: Path) -> PartitionScore:
    """How well the events of a record are merged (B-cubed)."""
    true: dict[str, str] = {}
    found: dict[str, str] = {}
    with truth.open(encoding="utf-8") as lines:
        while some := dict(line.rstrip("\n").split("\t") for line in islice(lines, 1_000)):
            true |= some
            found |= record.entries_of(some)
    return b_cubed(found, {event: act for event, act in true.items() if event in found})


def main() -> None:
    """Print what each size cost, or how long questions to the record made take."""
    arguments = [each for each in sys.argv[1:] if each != "--queries"]
    count, path = int(arguments[0]), Path(arguments[1])
    if not path.exists():
        print(HEAD, flush=True)
        started = time.perf_counter()
        run_on_disk(count, path, lambda line: print(line, flush=True))
        print(f"\nall in: {time.perf_counter() - started:,.0f} s, making up and scoring included", flush=True)
    if "--queries" in sys.argv[1:]:
        from benchmarks.asking import ask_all

        ask_all(path, lambda line: print(line, flush=True))


if __name__ == "__main__":
    main()
