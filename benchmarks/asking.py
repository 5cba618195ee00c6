"""How long questions to a long record take: ``python -m benchmarks.on_disk REPORTS FILE --queries``."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

from benchmarks.incremental import PARTIES
from benchmarks.on_disk import NAMES
from summitry.record import Record, open_record

TIMES: Final = 5
"""Times that each question is asked: the median is told."""

Question = tuple[str, Callable[[], object]]


def questions_to(record: Record) -> Iterator[Question]:
    """What a desk asks of a record: each in words, and the asking of it."""
    last = max(row.published.start for row in record.sources(since=_last_days(record)) if row.published.start)
    month, middle = last - timedelta(days=30), last - timedelta(days=1000)
    event = record.timeline(since=month)[0].id
    statement = record.statements(since=month)[0].id
    rare = record.statements(since=month)[0].words.split()[1]
    party, name = PARTIES[0], NAMES[0]
    yield "sources of the last 30 days", lambda: record.sources(since=month)
    yield "statements of the last 30 days", lambda: record.statements(since=month)
    yield "statements of a party, last 30 days", lambda: record.statements(since=month, party=party)
    yield "statements with a word of it, last 30 days", lambda: record.statements(since=month, issue=name)
    yield "timeline of the last 30 days", lambda: record.timeline(since=month)
    yield "timeline of a party, last 30 days", lambda: record.timeline(since=month, party=party)
    yield (
        "timeline of 30 days as of 1,000 days before",
        lambda: record.timeline(since=middle - timedelta(days=30), as_of=middle),
    )
    yield "explain an event", lambda: record.explain(event)
    yield "explain a statement", lambda: record.explain(statement)
    yield "search, a word of all reports", lambda: record.search("minister")
    yield "search, a name and a word", lambda: record.search(f"{name} follow")
    yield "search, a rare word", lambda: record.search(rare)
    yield "parties by rows", lambda: record.parties()
    yield "whole timeline of a party", lambda: record.timeline(party=party)
    yield "all statements of a party", lambda: record.statements(party=party)


def _last_days(record: Record) -> str:
    """The day from which the last hundred reports were published."""
    some = record.published(record.source_ids()[-100:]).values()
    return min(when.start for when in some if when.start).isoformat()


def ask_all(path: Path, say: Callable[[str], None]) -> list[tuple[str, float, int]]:
    """Ask everything: the question, the median of its milliseconds, and the number of rows it gave."""
    found: list[tuple[str, float, int]] = []
    say(f"{'question':<46} {'ms':>9} {'rows':>8}")
    with open_record(path, read_only=True) as record:
        for words, ask in questions_to(record):
            spent: list[float] = []
            for _ in range(TIMES):
                started = time.perf_counter()
                answer = ask()
                spent.append(1000 * (time.perf_counter() - started))
                if sum(spent) > 10_000:
                    break  # once is enough
            rows = len(answer) if isinstance(answer, Sequence) else 1
            found.append((words, statistics.median(spent), rows))
            say(f"{words:<46} {found[-1][1]:>9,.1f} {rows:>8,}")
    return found
