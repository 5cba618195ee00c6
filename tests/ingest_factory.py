"""A small reader of a small language, for the tests of ingest: fast, and able to fail or to die on a report.

It reads sentences like "Ardania met Belmark in Oslo on 2030-05-02." and "Anna Holm of Ardania said on 2030-05-02 that
...". A report whose date is not stated was published the day after the latest event of others that it tells of.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from summitry.ingest import IngestReport, ReadOptions, ingest
from summitry.record import Record, open_record
from summitry.vocabulary import (
    UNKNOWN_DATE,
    Actor,
    Article,
    DateInterval,
    Event,
    Evidence,
    KnownEvent,
    Meeting,
    Person,
    Reading,
    Span,
    Statement,
    content_id,
)

CODES = {"Ardania": "ARD", "Belmark": "BEL", "Corvia": "COR"}
_SENTENCE = re.compile(r"[A-Z][^.]*\.")
_MET = re.compile(r"(\w+) met (\w+) in (\w+) on (\d{4}-\d\d-\d\d)")
_SAID = re.compile(r"(\w+ \w+) of (\w+) said on (\d{4}-\d\d-\d\d) that ([^.]+)")


class SmallReader:
    """Reads the small language. Words in capitals make it fail: DEFECT raises, KILL ends the process."""

    def __init__(self, cases: Sequence[str] | None) -> None:
        self.cases = tuple(cases or ())

    def facts(self) -> tuple[KnownEvent, ...]:
        return ()

    def countries(self) -> dict[str, str]:
        return {"oslo": "NOR", "geneva": "CHE"}

    def date(self, reading: Reading, anchors: Sequence[KnownEvent] = ()) -> DateInterval:
        return published(reading.article, anchors)

    def read_many(self, articles: Iterable[Article], anchors: Sequence[KnownEvent] = ()) -> Iterator[Reading]:
        for article in articles:
            yield self.read(article, anchors)

    def read(self, article: Article, anchors: Sequence[KnownEvent] = ()) -> Reading:
        if "KILL" in article.text and os.environ.get("SPARE") is None:
            os.kill(os.getpid(), signal.SIGKILL)
        if "DEFECT" in article.text and os.environ.get("SPARE") is None:
            raise ZeroDivisionError("made up")
        if article.published.inferred:
            article = replace(article, published=published(article, anchors))
        sentences = [
            Span(block.start + m.start(), block.start + m.end())
            for block in article.blocks
            for m in _SENTENCE.finditer(article.text[block.start : block.end])
        ]
        events = [e for s in sentences for e in _events(article, s)]
        statements = [x for s in sentences for x in _statements(article, s)]
        names = sorted({x.speaker.name for x in statements if x.speaker})
        people = tuple(Person(name, None) for name in names)
        return Reading(article, tuple(sentences), (), (), people, tuple(statements), tuple(events))


def published(article: Article, anchors: Sequence[KnownEvent]) -> DateInterval:
    if not article.published.inferred:
        return article.published
    text = article.text.lower()
    told = [a for a in anchors if any(all(word in text for word in phrase) for phrase in a.words)]
    if told:
        latest = max(told, key=lambda a: (a.start, a.id))
        day = latest.start + timedelta(days=1)
        return DateInterval(day, day, "day", f"inferred: {latest.name}")
    if month := re.search(r"written in (\d{4})-(\d\d)", text):
        first = date(int(month[1]), int(month[2]), 1)
        return DateInterval(first, first + timedelta(days=27), "month", "inferred: said so")
    return UNKNOWN_DATE


def _day(value: str) -> DateInterval:
    return DateInterval(date.fromisoformat(value), date.fromisoformat(value), "day", "iso")


def _events(article: Article, sentence: Span) -> Iterator[Event]:
    for m in _MET.finditer(article.text, sentence.start, sentence.end):
        yield Event(
            id=content_id("ev", article.source_id, m.start(), article.published.start),
            evidence=(Evidence.of(article, sentence.start, sentence.end),),
            coder="small/1",
            confidence=0.5,
            actors=(Actor(CODES[m[1]], m[1]),),
            recipients=(Actor(CODES[m[2]], m[2]),),
            type="CONSULT",
            mode=None,
            cameo="040",
            quad="verbal cooperation",
            intensity=1.0,
            date=_day(m[4]),
            place=m[3],
            modality="happened",
            attributed_to=None,
            summary=m.group(),
            trigger=Span(m.start() + len(m[1]) + 1, m.start() + len(m[1]) + 4),
            meeting=Meeting(level="ministerial", venue=m[3]),
        )


def _statements(article: Article, sentence: Span) -> Iterator[Statement]:
    for m in _SAID.finditer(article.text, sentence.start, sentence.end):
        party = Actor(CODES[m[2]], m[2])
        yield Statement(
            id=content_id("st", article.source_id, m.start()),
            evidence=(Evidence.of(article, m.start(), m.end()),),
            coder="small/1",
            confidence=0.5,
            speaker=Actor(CODES[m[2]] + "GOV", m[1], kind="person"),
            party=party,
            addressee=None,
            said=_day(m[3]),
            quote_type="indirect",
            words=m[4],
            cue="said",
            on_record="on",
            vehicle=None,
            speech_act="state",
            authority="other",
            source_span=Span(m.start(1), m.end(1)),
            cue_span=None,
            content_spans=(Span(m.start(4), m.end(4)),),
        )


def report(number: int, *sentences: str, day: str | None = "2030-05-03") -> str:
    """A report as plain text, dated in its dateline when ``day`` is given."""
    head = f"Envoys talk, round {number}\n\nBy Mari Tamm\n\n"
    line = f"Published: {date.fromisoformat(day):%B %-d, %Y}\n\n" if day else ""
    return head + line + " ".join((f"The delegations came together for talks of round {number}.", *sentences)) + "\n"


def written(folder: Path, texts: Iterable[str]) -> list[str]:
    """The texts as files of a folder; their paths."""
    folder.mkdir(exist_ok=True)
    paths = []
    for number, text in enumerate(texts):
        path = folder / f"{number:03}.txt"
        path.write_text(text)
        paths.append(str(path))
    return paths


def read_in(paths: Iterable[str], record: Path, jobs: int = 1) -> IngestReport:
    """Ingest with the small reader."""
    return ingest(tuple(paths), record, ReadOptions(jobs=jobs), make_reader=SmallReader)


_ORDER = ("number", "run_id", "source_number")


def rows_of(path: Path) -> dict[str, set[tuple[object, ...]]]:
    """Every row of every table, without what says when and in which order it was written."""
    with open_record(path) as record:
        return _rows(record)


def _rows(record: Record) -> dict[str, set[tuple[object, ...]]]:
    connection = record._connection
    names = [
        str(row[0])
        for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        # Which ids a record once had is its own history: it depends on what was read when, as it must.
        if "_search" not in row[0] and row[0] not in ("runs", "sqlite_sequence", "former_rows")
    ]
    found = {}
    for name in names:
        query = f"SELECT * FROM {name}"
        if name in ("shingles", "undated"):  # they point to sources by number
            query = f"SELECT sources.id, {name}.* FROM {name} JOIN sources ON sources.number = source_number"
        cursor = connection.execute(query)
        columns = [column[0] for column in cursor.description]
        kept = [i for i, column in enumerate(columns) if column not in _ORDER]
        found[name] = {tuple(row[i] for i in kept) for row in cursor}
    return found
