"""When rows of the ledger were told, whose words they are, and which of them a list shows first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from summitry.casebook import Case
from summitry.ledger import Holdings
from summitry.report.words import full_name, names, one_line
from summitry.vocabulary import Actor, DateInterval, Event, Move, Position, Row, Statement
from summitry.web.view import View

AnyRow = TypeVar("AnyRow", bound=Row)


def holdings(view: View) -> Holdings:
    """The reports, positions and cases of the record as of the day of the view."""
    return view.once("holdings of positions", lambda: view.record.holdings(view.as_of, ("positions",)))


def cases_of(view: View) -> Sequence[Case]:
    """The cases that the record keeps."""
    return holdings(view).cases


def today(view: View) -> date | None:
    """The day that a page speaks of: that of the view, else the last on which a report surely appeared."""
    reports = holdings(view).reports.values()
    known = (one.published.end for one in reports if one.published.precision == "day" and one.published.end)
    return view.as_of or max(known, default=None)


def newest(view: View, rows: Iterable[AnyRow], when: Callable[[AnyRow], DateInterval]) -> list[AnyRow]:
    """Rows with the newest first, by their own days or else those of their reports; those of no day last."""
    held = holdings(view)

    def order(row: AnyRow) -> tuple[date, str, int]:
        passage = row.evidence[0]
        return held.day_of(when(row), passage.source) or date.min, passage.source, -passage.start

    return sorted(rows, key=order, reverse=True)


def counted(values: Iterable[str | None]) -> list[tuple[str, int]]:
    """Each value with how often it stands, the most frequent first; absent ones are left out."""
    counts = Counter(value for value in values if value is not None)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def who_says(row: Row | None) -> str:
    """Whose word or deed a row is, in words; empty where the row is not known."""
    match row:
        case Position():
            return _under(row.person, row.party)
        case Move():
            return full_name(row.proposer)
        case Statement():
            return full_name(row.speaker or row.party)
        case Event():
            return one_line(names(row.actors))
        case _:
            return ""


def what_it_is(row: Row | None) -> str:
    """A row in a word or two: ``demand``, ``position: rejects``."""
    match row:
        case Position():
            return f"position: {row.stance}"
        case Move():
            return row.kind
        case Statement():
            return "statement"
        case Event():
            return f"{row.type.lower()}{'' if row.modality == 'happened' else f', {row.modality}'}"
        case _:
            return "passage"


def when_of(row: Row | None) -> DateInterval | None:
    """The days that a row itself tells."""
    match row:
        case Position():
            return row.held
        case Move() | Event():
            return row.date
        case Statement():
            return row.said
        case _:
            return None


def _under(person: Actor | None, party: Actor) -> str:
    if person is None or person.name == party.name:
        return one_line(party.name)
    return f"{full_name(person)} ({one_line(party.name)})"
