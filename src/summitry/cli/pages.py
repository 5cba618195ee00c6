"""Commands whose answer is a page rather than a table: brief, diff, deadlocks, scorecard, matrix."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summitry.cli.asking import Question, horizons_of, say_why_nothing
from summitry.cli.guard import say
from summitry.errors import UsageError

if TYPE_CHECKING:
    from summitry.ledger import Brief
    from summitry.record import Record


def print_brief(path: Path, as_of: str | None, case: str | None, form: str) -> None:
    """Print where the talks stand to stdout.

    Raises:
        RecordError: the record cannot be used.
        UsageError: the date is off, or there is no such case.
    """
    from summitry.record import open_record

    with open_record(path, read_only=True) as record:
        _print_page(record, record.brief(as_of, case), form)


@dataclass(frozen=True, slots=True)
class Span:
    """What a diff is of: since a date or run, as of a date, of one case or the main one."""

    since: str
    as_of: str | None
    case: str | None


def print_diff(path: Path, span: Span, form: str) -> None:
    """Print what has changed to stdout.

    Raises:
        RecordError: the record cannot be used.
        UsageError: a date is off, or there is no such run or case.
    """
    from summitry.record import open_record

    with open_record(path, read_only=True) as record:
        _print_page(record, record.diff(span.since, span.as_of, span.case), form)


def _print_page(record: Record, brief: Brief, form: str) -> None:
    from summitry.report import brief as pages
    from summitry.report.brief_html import write_html

    cited = record.citations(one.source for line in brief.lines for one in line.evidence)
    if form == "md":
        pages.write_markdown(brief, cited, sys.stdout)
    elif form == "html":
        write_html(brief, cited, sys.stdout)
    elif form == "json":
        sys.stdout.write(json.dumps(pages.brief_json(brief, cited), ensure_ascii=False) + "\n")
    else:
        pages.print_brief(brief, cited, sys.stdout)


def print_deadlocks(path: Path, question: Question, form: str, svg: Path | None) -> None:
    """Print who waits for whom to stdout, and draw it where ``svg`` names a file.

    Raises:
        RecordError: the record cannot be used.
        UsageError: a filter is off, the form is none for graphs, or the drawing cannot be written.
    """
    if form not in ("table", "jsonl"):
        raise UsageError(f"--format is {form!r}; allowed for deadlocks: table, jsonl")
    from summitry.record import open_record
    from summitry.report import deadlocks as pages

    with open_record(path, read_only=True) as record:
        rows = record.deadlocks(**question.asked)
        orders = [one for row in rows for order in row.orders for one in order.evidence]
        cited = record.citations(one.source for one in (*(one for row in rows for one in row.evidence), *orders))
        if not rows:
            say_why_nothing(record, question)
    if form == "jsonl":
        for row in rows:
            sys.stdout.write(json.dumps(pages.deadlock_json(row), ensure_ascii=False) + "\n")
    elif rows:
        pages.print_deadlocks(rows, cited, sys.stdout)
    if svg is not None:
        try:
            svg.write_text(pages.draw(rows), encoding="utf-8")
        except OSError as error:
            raise UsageError(f"--svg {svg} cannot be written: {error.strerror}; name a file in a folder") from error
        say(f"drawn: {svg}")


def print_scorecard(path: Path, question: Question, form: str) -> None:
    """Print forecasters and parties by what came true to stdout.

    Raises:
        RecordError: the record cannot be used.
        UsageError: a filter or horizon is off.
    """
    from summitry.record import open_record
    from summitry.report import scores as pages

    with open_record(path, read_only=True) as record:
        scores = record.scorecard(horizons=horizons_of(question.horizons), **question.asked)
        if not scores:
            say_why_nothing(record, question)
        else:
            pages.write_scores(scores, sys.stdout, form)


def print_matrix(path: Path, as_of: str | None, form: str) -> None:
    """Print party by issue to stdout: where each stands on a day.

    Raises:
        RecordError: the record cannot be used.
        UsageError: the date is off.
    """
    from summitry.record import open_record
    from summitry.report import scores as pages

    with open_record(path, read_only=True) as record:
        cells = record.matrix(as_of)
        cited = record.citations(one.source for cell in cells for one in cell.evidence)
        if not cells:
            say_why_nothing(record, Question("positions", as_of))
        else:
            pages.write_matrix(cells, cited, sys.stdout, form)
