"""``python -m benchmarks.desk [REPORTS] [--record FILE] [--page]``: how fast the desk answers on a large record.

The record is made up: the rows of :mod:`benchmarks.ledgering` and :data:`SAID` statements a report, in texts of an
article's length; 10,000 reports are about 200,000 rows. Each page is asked through the whole application, as a browser
would, :data:`TIMES` times: the first answer after the start (when its rows are loaded and worked out), the median of
the later ones, and the slowest of them. Then the static site of :data:`SITE` reports is written. ``--page`` writes
``docs/desk-speed.md``.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final, TypeVar

from starlette.testclient import TestClient

from benchmarks.ledgering import A_DAY, ISSUES, PARTIES, holdings
from benchmarks.on_disk import NAMES, SYLLABLES
from summitry.record import Record, open_record
from summitry.vocabulary import (
    Actor,
    Article,
    Commitment,
    DateInterval,
    Event,
    Evidence,
    Move,
    Office,
    Person,
    Position,
    Prediction,
    Reading,
    Row,
    Source,
    Span,
    Statement,
    content_id,
)
from summitry.web import Settings, create_app
from summitry.web.shelf import Shelf
from summitry.web.site import write_site

REPORTS: Final = 10_000
SAID: Final = 15
"""Statements a report: with its other rows twenty a report, as in the articles the reader was measured on."""
NARRATION: Final = 8
TIMES: Final = 15
FIRST_DAY: Final = date(2030, 1, 1)
"""Of the made-up reports."""
PAGE: Final = Path(__file__).parents[1] / "docs" / "desk-speed.md"
KINDS: Final = ("statements", "timeline", "moves", "positions", "commitments", "predictions")
SITE: Final = 1_000
"""Reports of which a static site is written."""
MARK_MS: Final = 100.0
"""What a page is to stay below, in milliseconds (median)."""

PROSE: Final = """# How fast the desk answers

<!-- Made by `python -m benchmarks.desk --page` on {day}. -->

A made-up record of {reports:,} reports and {rows:,} rows, on {machine}; each page asked {times} times through the whole
application. *First* is the first time it is asked for after the start, in the order of the table: rows are loaded and
worked out then, once for all pages and for as long as the record stays as it is. `summitry serve` does that in the
background when it starts: here in {warmed:.0f} s. The mark for the others is a median below {mark:.0f} ms.

| page | first, ms | median, ms | most, ms | kB |
|---|---:|---:|---:|---:|
{table}

A day that nobody asked about is worked out when it is: the first page as of a quarter, half and three quarters of the
reports took {days} s, and then answers as in the table. After a change of such a record the old answers are shown, and
said to be old, until the new ones are there.

The static site of {site:,} made-up reports: {pages:,} pages in {seconds:.0f} s, each as HTML and JSON.

What this hides: the sentences of the record are drawn from few templates, so that more rows meet than in real reports;
and a machine that does other work at the same time is slower.
"""

AnyRow = TypeVar("AnyRow", bound=Row)


@dataclass(frozen=True, slots=True)
class Answer:
    """How long a page took: the first time, the median and the most of the later ones, in milliseconds."""

    name: str
    path: str
    first: float
    median: float
    most: float
    kilobytes: float


def make(path: Path, reports: int) -> int:
    """Write a made-up record of so many reports; how many rows it has."""
    held = holdings(reports)
    by_source: dict[str, list[Row]] = defaultdict(list)
    for rows in (held.events, held.moves, held.positions, held.commitments, held.predictions):
        for row in rows:
            by_source[row.evidence[0].source].append(row)
    total = 0
    with open_record(path, create=True) as record, record.transaction():
        for number, (key, report) in enumerate(held.reports.items()):
            reading, source = _reading(number, report.published.start or date.min, report.outlet, by_source[key])
            record.add(reading, source)
            record.replace_entries([(event, (event.id,)) for event in reading.events])
            record.mark_reconciled([source.id])
            total += sum(len(rows) for rows in _rows(reading))
    return total


def _rows(reading: Reading) -> Iterator[Sequence[Row]]:
    yield from (reading.statements, reading.events, reading.moves, reading.positions)
    yield from (reading.commitments, reading.predictions)


def _reading(number: int, day: date, outlet: str | None, rows: Sequence[Row]) -> tuple[Reading, Source]:
    """A report in which the words of the rows stand, as a reading."""
    rng = random.Random(number)
    told = list(dict.fromkeys(row.evidence[0].exact for row in rows))
    said = [(rng.choice(PARTIES), rng.choice(NAMES), _words(rng, 9)) for _ in range(SAID)]
    lines = [_words(rng, 18).capitalize() for _ in range(NARRATION)] + told
    lines += [f"Minister {name} said that the {rng.choice(ISSUES)} {words}" for _, name, words in said]
    text = f"Round {number} of talks\n\n" + " ".join(f"{line}." for line in lines)
    source = Source(f"made/{number}", text.encode())
    spans, at = [], text.index("\n\n") + 2
    for line in lines:
        spans.append(Span(at, at + len(line) + 1))
        at += len(line) + 2
    published = next((row.date for row in rows if hasattr(row, "date")), None)
    assert published is not None
    article = Article(
        source.id,
        text,
        (Span(spans[0].start, spans[-1].end),),
        headline=f"Round {number} of talks",
        outlet=outlet,
        published=published,
        uri=source.uri,
    )
    statements = tuple(
        _statement(article, span, party, name, day) for span, (party, name, _) in zip(spans[-SAID:], said, strict=True)
    )
    people = tuple(Person(name, party.code, (), (Office("minister", party.code),)) for party, name, _ in said[:1])

    def moved(kind: type[AnyRow]) -> tuple[AnyRow, ...]:
        return tuple(_placed(article, row) for row in rows if isinstance(row, kind))

    return (
        Reading(
            article,
            tuple(spans),
            (),
            (),
            people,
            statements,
            moved(Event),
            moves=moved(Move),
            positions=moved(Position),
            predictions=moved(Prediction),
            commitments=moved(Commitment),
        ),
        source,
    )


def _placed(article: Article, row: AnyRow) -> AnyRow:
    start = article.text.index(row.evidence[0].exact)
    return replace(row, evidence=(Evidence.of(article, start, start + len(row.evidence[0].exact)),))


def _words(rng: random.Random, count: int) -> str:
    return " ".join("".join(rng.choices(SYLLABLES, k=3)) for _ in range(count))


def _statement(article: Article, span: Span, party: Actor, name: str, day: date) -> Statement:
    start = article.text.index(" that ", span.start) + 6
    return Statement(
        id=content_id("stm", article.source_id, start),
        evidence=(Evidence.of(article, start, span.end - 1),),
        coder="made up",
        confidence=0.4 + (start % 60) / 100,
        speaker=Actor(f"{party.code}GOV", name, "minister", kind="person"),
        party=party,
        addressee=None,
        said=DateInterval(day, day, "day", "weekday"),
        quote_type="indirect",
        words=article.text[start : span.end - 1],
        cue="said",
        on_record="on",
        vehicle=None,
        speech_act="state",
        authority="ministry",
        source_span=None,
        cue_span=None,
        content_spans=(Span(start, span.end - 1),),
    )


def paths(record: Record) -> list[tuple[str, str]]:
    """Pages to ask for, by name: each kind of page, some with filters, some deep in a list."""
    source = record.source_ids()[len(record.source_ids()) // 2]
    reading = record.reading(source)
    statement, event = reading.statements[0].id, reading.events[0].id
    party = PARTIES[0].code
    return [
        ("where the talks stand", "/"),
        ("timeline", "/timeline"),
        ("timeline, a party", f"/timeline?party={party}"),
        ("timeline, its chart's data", "/timeline.json?chart=1"),
        ("meetings", "/timeline?view=meetings"),
        ("positions", "/positions"),
        ("history of a cell", f"/positions?party={party}&issue={ISSUES[0].replace(' ', '+')}"),
        ("statements", "/statements"),
        ("statements, page 900", "/statements?page=900"),
        ("statements, searched", f"/statements?q={ISSUES[1].replace(' ', '+')}"),
        ("statements, by party", f"/statements?party={party}"),
        ("moves", "/ledger/moves"),
        ("moves on words", f"/ledger/moves?issue={ISSUES[2].replace(' ', '+')}"),
        ("commitments", "/ledger/commitments"),
        ("predictions", "/ledger/predictions"),
        ("discrepancies", "/ledger/discrepancies"),
        ("deadlocks", "/ledger/deadlocks"),
        ("people and parties", "/people"),
        ("a party", f"/party/{party}"),
        ("reports", "/sources"),
        ("a report", f"/source/{source}"),
        ("a statement", f"/row/{statement}"),
        ("an event", f"/row/{event}"),
        ("review", "/review"),
    ]


def measure(path: Path) -> tuple[list[Answer], list[float]]:
    """Ask for each page, and for the first one as of days that nobody asked about; times in milliseconds."""
    found = []
    with open_record(path, read_only=True) as record:
        asked = paths(record)
        last = len(record.source_ids()) // A_DAY
        days = [FIRST_DAY + timedelta(days=last * quarter // 4) for quarter in (1, 2, 3)]
    with TestClient(create_app(Settings(record=path)), base_url="http://127.0.0.1:8642") as client:
        for name, address in asked:
            spent, size = [], 0
            for _ in range(TIMES):
                started = time.perf_counter()
                answer = client.get(address)
                spent.append(1000 * (time.perf_counter() - started))
                size = len(answer.content)
                if answer.status_code != 200:
                    raise SystemExit(f"{address} answers {answer.status_code}: {answer.text[:300]}")
            later = spent[1:]
            found.append(Answer(name, address, spent[0], statistics.median(later), max(later), size / 1024))
            times = f"{spent[0]:>9.0f}{found[-1].median:>9.1f}{max(later):>9.1f}"
            print(f"{name:<28}{times}{size / 1024:>9.0f}", flush=True)
        new = []
        for day in days:
            started = time.perf_counter()
            client.get(f"/?as_of={day}")
            new.append(1000 * (time.perf_counter() - started))
    print(f"as of a new day, of a quarter, half, three quarters: {', '.join(f'{ms:.0f}' for ms in new)}", flush=True)
    return found, new


def write_a_site(folder: Path) -> tuple[int, float]:
    """Write the static site of a made-up record: how many pages, in how many seconds."""
    record = folder / "thousand.db"
    make(record, SITE)
    report = write_site(record, folder / "site")
    return report.pages, report.seconds


def page(
    told: Sequence[Answer], size: tuple[int, int], new: Sequence[float], warmed: float, site: tuple[int, float]
) -> str:
    """The page of the docs."""
    days = ", ".join(f"{ms / 1000:.1f}" for ms in new)
    return PROSE.format(
        day=f"{datetime.now(UTC):%Y-%m-%d}",
        reports=size[0],
        rows=size[1],
        machine=f"{platform.machine()} with {os.cpu_count()} virtual processors, Python {platform.python_version()}",
        times=TIMES,
        warmed=warmed,
        mark=MARK_MS,
        table="\n".join(
            f"| {one.name} `{one.path}` | {one.first:,.0f} | {one.median:.1f} | {one.most:.1f} | {one.kilobytes:,.0f} |"
            for one in told
        ),
        days=days,
        site=SITE,
        pages=site[0],
        seconds=site[1],
    )


def main() -> None:
    """Make the record, ask for the pages, print."""
    parser = argparse.ArgumentParser(description="How fast the desk answers on a large record.")
    parser.add_argument("reports", nargs="?", type=int, default=REPORTS)
    parser.add_argument("--record", type=Path, help="Keep the made-up record there, and use it if it is there.")
    parser.add_argument("--page", action="store_true", help="Write docs/desk-speed.md.")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = told.record or Path(folder) / "large.db"
        if not path.exists():
            make(path, told.reports)
        with open_record(path, read_only=True) as record:
            reports = len(record.source_ids())
            rows = sum(len(getattr(record, kind)()) for kind in KINDS)
        print(f"{reports:,} reports, {rows:,} rows", flush=True)
        print(f"{'milliseconds':<28}{'first':>9}{'median':>9}{'most':>9}{'KB':>9}", flush=True)
        answers, new = measure(path)
        warmed = warm_up(path)
        print(f"all worked out at the start: {warmed:.0f} s", flush=True)
        site = write_a_site(Path(folder))
        print(f"site of {SITE:,} reports: {site[0]:,} pages in {site[1]:.0f} s", flush=True)
    if told.page:
        PAGE.write_text(page(answers, (reports, rows), new, warmed, site), encoding="utf-8")
    slow = [one.name for one in answers if one.median >= MARK_MS]
    print(f"below {MARK_MS:.0f} ms: {len(answers) - len(slow)} of {len(answers)}; not: {', '.join(slow) or '-'}")
    if slow:
        sys.exit(1)


def warm_up(path: Path) -> float:
    """Seconds in which a desk works out all that its pages show."""
    shelf = Shelf(Settings(record=path))
    started = time.perf_counter()
    shelf.warm()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
