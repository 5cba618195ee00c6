"""The made-up reports of :mod:`benchmarks.incremental` as readings of articles, added to a record on the disk."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.incremental import Report, reports
from summitry.evaluate.merging import PartitionScore, b_cubed
from summitry.ingest.reconciling import reconcile_record
from summitry.record import open_record
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

BATCH: Final = 200
"""Reports added at once between the sizes that are measured."""

NARRATION: Final = 12
"""Sentences a report has besides those that tell events, so that it has the length of an article."""

SYLLABLES: Final = [first + second for first in "bdfghjklmnprstvz" for second in "aeiou"]
"""Words are made of three of them, so that few share a beginning by chance, as in a real vocabulary."""

NAMES: Final = ("Holm", "Tamm", "Sato", "Keller", "Ivers", "Okoro", "Varga", "Duarte")


class Dated:
    """What reconciling asks of a reader. Undated reports were published on the day of their latest anchor."""

    def __init__(self, readings: dict[str, Reading]) -> None:
        self._readings = readings

    def facts(self) -> tuple[KnownEvent, ...]:
        return ()

    def countries(self) -> dict[str, str]:
        return {}

    def date(self, reading: Reading, anchors: Sequence[KnownEvent] = ()) -> DateInterval:
        text = reading.article.text.lower()
        told = [a for a in anchors if any(all(word in text for word in phrases) for phrases in a.words)]
        if not told:
            return UNKNOWN_DATE
        latest = max(told, key=lambda a: (a.start, a.id))
        return DateInterval(latest.start, latest.start, "day", f"inferred: {latest.name}")

    def read(self, article: Article, anchors: Sequence[KnownEvent] = ()) -> Reading:
        reading = self._readings[article.source_id]
        return replace(reading, article=replace(article, published=self.date(reading, anchors)))

    def read_many(self, articles: Iterable[Article], anchors: Sequence[KnownEvent] = ()) -> Iterator[Reading]:
        return (self.read(article, anchors) for article in articles)


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


def run_on_disk(
    count: int, path: Path, say: Callable[[str], None] = lambda _: None, seed: int = 7
) -> tuple[list[tuple[int, float]], PartitionScore]:
    """Add ``count`` reports one by one: (size of the record, milliseconds a report there), and the merging score.

    The cost at a size is the mean over the reports before it, ten to fifty of them; those between are added
    :data:`BATCH` at a time, which is cheaper a report, because what was fetched for one serves the next.
    """
    readings: dict[str, Reading] = {}
    true: dict[str, str] = {}
    costs: list[tuple[int, float]] = []
    spent: list[float] = []
    waiting = 0
    with open_record(path, create=True) as record:
        for number, report in enumerate(reports(count, seed), 1):
            reading, source, acts = reading_of(report, number)
            if reading.article.published.inferred:
                readings[source.id] = reading
            true |= acts
            mark = next((each for each in MARKS if each >= number), 0)
            singly = number > mark - min(50, max(10, mark // 10))
            if singly and waiting:
                reconcile_record(record, lambda: Dated(readings))
                waiting = 0
            started = time.perf_counter()
            record.add(reading, source)
            waiting += 1
            if singly or waiting == BATCH or number == count:
                reconcile_record(record, lambda: Dated(readings))
                waiting = 0
            if singly:
                spent.append(time.perf_counter() - started)
            if number == mark:
                costs.append((number, 1000 * sum(spent) / len(spent)))
                say(f"{number:>21,}   {costs[-1][1]:.1f}")
                spent.clear()
        found = {member: event.id for event, members in record.merged_events() for member in members}
    return costs, b_cubed(found, {member: act for member, act in true.items() if member in found})
