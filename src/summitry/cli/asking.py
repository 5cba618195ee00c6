"""Commands that ask a record: rows out, in the form asked for."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summitry.cli.guard import say
from summitry.errors import UsageError

if TYPE_CHECKING:
    from summitry.horizons import Horizons
    from summitry.record import Asked, Record
    from summitry.record.tabular.field import Kind
    from summitry.report.rows import Citations, RecordRow

_MOST_PARTIES = 12


@dataclass(frozen=True, slots=True)
class Question:
    """What a command asks of a record."""

    kind: Kind
    as_of: str | None = None
    party: str | None = None
    issue: str | None = None
    since: str | None = None
    min_confidence: float | None = None
    horizons: tuple[str, ...] = ()

    @property
    def asked(self) -> Asked:
        """The question as the methods of a record take it."""
        return {
            "as_of": self.as_of,
            "party": self.party,
            "issue": self.issue,
            "since": self.since,
            "min_confidence": self.min_confidence,
        }


def print_rows(path: Path, question: Question, form: str) -> None:
    """Print the rows a question asks for to stdout.

    Raises:
        RecordError: the record cannot be used.
        UsageError: a filter is off.
    """
    from summitry.record import open_record

    with open_record(path, read_only=True) as record:
        rows = _rows(record, question)
        cited = record.citations(one.source for row in rows for one in row.evidence)
        if question.kind == "predictions":
            _say_undated(record, rows, cited)
        if not rows:
            say_why_nothing(record, question)
        elif form == "table":
            from summitry.report.tables import print_table

            print_table(rows, cited, sys.stdout, question.kind)
            say(f"{len(rows)} rows; one in full: summitry explain ID --record {path}")
        if form == "jsonl":
            from summitry.report.exports import write_jsonl

            write_jsonl(rows, cited, sys.stdout)
        elif form == "csv":
            from summitry.report.exports import write_csv

            write_csv(rows, cited, sys.stdout, question.kind)
        elif form == "md":
            from summitry.report.exports import write_markdown

            write_markdown(rows, cited, sys.stdout, question.kind)


def _rows(record: Record, question: Question) -> Sequence[RecordRow]:
    """The twin of each command is the method of the same name."""
    if question.kind == "predictions":
        return record.predictions(horizons=horizons_of(question.horizons), **question.asked)
    asks: dict[str, Callable[..., Sequence[RecordRow]]] = {
        "sources": record.sources,
        "statements": record.statements,
        "timeline": record.timeline,
        "meetings": record.meetings,
        "moves": record.moves,
        "positions": record.positions,
        "commitments": record.commitments,
        "discrepancies": record.discrepancies,
        "status": record.status,
        "tone": record.tone,
    }
    return asks[question.kind](**question.asked)


_MOST_UNDATED = 10
"""Predictions without a date that are named one by one."""


def _say_undated(record: Record, rows: Sequence[RecordRow], cited: Citations) -> None:
    """Name the predictions that nobody can date, with the line they stand in and the mend."""
    from summitry.ledger.predictions import UNDATED
    from summitry.report.words import one_line, shorten
    from summitry.vocabulary import Prediction

    found = [row for row in rows if isinstance(row, Prediction) and row.note == UNDATED]
    for row in found[:_MOST_UNDATED]:
        first = row.evidence[0]
        line = record.article(first.source).text.count("\n", 0, first.start) + 1
        say(f"{one_line(cited[first.source].uri)}, line {line}: {shorten(row.claim, 80)} ({row.id[:12]}): {UNDATED}")
    if len(found) > _MOST_UNDATED:
        say(f"{len(found) - _MOST_UNDATED} more predictions have no date; see their note with --format jsonl")


def horizons_of(words: Sequence[str]) -> Horizons | None:
    """The table of horizons with the changes that ``PHRASE=DAYS`` options ask for; None without any.

    Raises:
        UsageError: an option is no phrase of the table with a number of days.
    """
    from summitry.horizons import Horizons

    changes: dict[str, int] = {}
    for each in words:
        phrase, _, days = each.partition("=")
        if not days.strip().isdigit():
            raise UsageError(f"--horizon is {each!r}; allowed: a phrase and days, as soon=30")
        changes[phrase.strip().lower()] = int(days)
    return Horizons().with_days(changes) if changes else None


def say_why_nothing(record: Record, question: Question) -> None:
    """Say on stderr that there are no rows, with which filters, and which parties there are."""
    filters = {
        "--as-of": question.as_of,
        "--party": question.party,
        "--issue": question.issue,
        "--since": question.since,
        "--min-confidence": question.min_confidence,
    }
    given = ", ".join(f"{name} {value}" for name, value in filters.items() if value is not None)
    say(f"no rows for {question.kind} in this record" + (f" with {given}" if given else ""))
    if question.party:
        parties = record.parties()
        known = ", ".join(f"{code} ({name})" for code, name, _ in parties[:_MOST_PARTIES])
        say(f"parties that speak or act in it: {known or 'none'}")


def print_explained(path: Path, row_id: str, form: str) -> None:
    """Print one row with its words in context to stdout.

    Raises:
        RecordError: the record cannot be used.
        UsageError: no row, or several, have that id; or the form is none for a single row.
    """
    if form not in ("table", "jsonl"):
        raise UsageError(f"--format is {form!r}; allowed for explain: table, jsonl")
    from summitry.record import open_record

    with open_record(path, read_only=True) as record:
        told = record.explain(row_id)
    if form == "jsonl":
        from summitry.report.rows import explanation_json

        sys.stdout.write(json.dumps(explanation_json(told), ensure_ascii=False) + "\n")
    else:
        from summitry.report.explain import print_explanation

        print_explanation(told, sys.stdout)
