"""Whole readings of the first reports against their expected records: publication date, statements, events, positions.

The three records are a check of what is meant; parts are developed on other articles.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.quality.task import Result, corpus_hash
from summitry.clean import clean
from summitry.evaluate.expected import ExpectedScore, load_expected, score_reading
from summitry.reader.pipeline import Reader
from summitry.vocabulary import Source


def run(shared: Path) -> Result | None:
    """Score the expected records under ``shared``; None where they or their reports are absent."""
    records = sorted((shared / "gold").glob("[0-9]*.json"))
    if not records:
        return None
    reader = Reader()
    total = ExpectedScore()
    files = list(records)
    for record in records:
        report = next((shared / "seeds").glob(f"{record.stem}_*.txt"), None)
        if report is None:
            return None
        files.append(report)
        source = Source(uri=report.name, content=report.read_bytes())
        reading = reader.read(clean(source))
        total += score_reading(load_expected(record, reading.article.text), reading)
    events = total.events
    return Result(
        task="expected",
        figures=(
            ("publication dates right", _share(total.published, total.records)),
            ("statements found, words", _share(total.words, total.statements)),
            ("statements found, words and speaker", _share(total.speakers, total.statements)),
            ("events found: parties, type, modality, date", events.recall(events.strict)),
            ("events found, near pairs forgiven", events.recall(events.lenient)),
            ("events found, dates aside", events.recall(events.undated)),
            ("event rows a record (count)", events.found / total.records),
            ("positions found: party, stance, words", _share(total.stances, total.positions)),
            ("position rows a record (count)", total.found_positions / total.records),
        ),
        corpus=corpus_hash(files),
        note=f"{total.statements} statements, {events.expected} events of {total.records} records",
    )


def _share(part: int, whole: int) -> float | None:
    return 100.0 * part / whole if whole else None
