"""From inputs to a record: the one place where intake, cleaning, reading and the record meet.

One report is one transaction: whenever this stops, the record holds whole reports only.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from summitry.errors import UnreadableSource
from summitry.vocabulary import Rejected


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How inputs are read.

    ``cases`` names the cases to read with (empty: chosen by the parties a report names); ``no_case`` reads with the
    world alone. ``jobs`` is the number of processes (None: all cores). ``allow_private`` lets URLs name private
    addresses. ``columns`` maps summitry's field names to columns of JSONL and CSV: ``("text", "body")``.
    """

    cases: tuple[str, ...] = ()
    no_case: bool = False
    jobs: int | None = None
    allow_private: bool = False
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far reading is. ``total`` is None while the number of inputs is unknown; ``uri`` is the one just done."""

    done: int
    total: int | None
    read: int
    known: int
    rejected: int
    uri: str = ""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What reading the inputs came to: numbers of reports newly read and known before, what was rejected, seconds."""

    read: int
    known: int
    rejected: tuple[Rejected, ...]
    seconds: float


def ingest(
    inputs: Iterable[str],
    record_path: Path,
    options: ReadOptions,
    progress: Callable[[Progress], None] = lambda _: None,
) -> IngestReport:
    """Read every input into the record at ``record_path``, which is made if it is missing.

    Raises:
        RecordError: the record cannot be opened or written.
        InputError: an option or a case is off.
    """
    from summitry.casebook import load_casebook
    from summitry.clean import clean
    from summitry.intake import iter_sources
    from summitry.read.parse import load_parser
    from summitry.read.pipeline import read_article
    from summitry.record import open_record

    started = time.monotonic()
    casebook = load_casebook(options.cases)
    read = known = 0
    rejected: list[Rejected] = []
    nlp = None
    with open_record(record_path, create=True) as record:
        record.begin_run(inputs=tuple(inputs), cases=options.cases)
        for source in iter_sources(inputs, allow_private=options.allow_private, columns=dict(options.columns)):
            if isinstance(source, Rejected):
                record.reject(source)
                rejected.append(source)
                uri = source.source.uri
            elif record.has(source.id):
                known += 1
                uri = source.uri
            else:
                uri = source.uri
                nlp = nlp or load_parser()
                try:
                    record.add(read_article(clean(source), casebook, nlp), source)
                    read += 1
                except UnreadableSource as error:
                    refusal = Rejected(source, error.stage, error.reason)
                    record.reject(refusal)
                    rejected.append(refusal)
            progress(Progress(read + known + len(rejected), None, read, known, len(rejected), uri))
    return IngestReport(read, known, tuple(rejected), time.monotonic() - started)
