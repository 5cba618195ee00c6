"""Positions: the matrix of party and issue as of a day, and the history behind each cell."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from summitry.casebook import Case, IssueEntry
from summitry.errors import UsageError
from summitry.ledger import Cell, matrix
from summitry.ledger.wording import party_of
from summitry.record import Citation
from summitry.report.rows import actor_json, to_dict
from summitry.vocabulary import Position
from summitry.web.page import Json, Page
from summitry.web.pages.history import History, history_of
from summitry.web.pages.matrix import Grid, Shown, grid_of, key_of, main_case, only
from summitry.web.pages.telling import cases_of, holdings
from summitry.web.question import Question
from summitry.web.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionsPage(Page):
    """Positions: ``grid`` is the matrix, or ``history`` what is behind one of its cells.

    ``stops`` are the days the slider stops at: the last of each month in which a report appeared, the first of all
    first. ``cells`` are party and issue of every cell that the matrix links to. ``asked`` says what was asked for where
    nothing is known of it.
    """

    grid: Grid | None
    history: History | None
    asked: str
    stops: Sequence[date]
    case: Case | None
    cases: Sequence[tuple[str, str]]
    cited: Mapping[str, Citation]

    @property
    def cells(self) -> tuple[tuple[str, str], ...]:
        """Party and issue of the cells shown, for the addresses of their histories."""
        return tuple((one.party, one.issue) for one in shown_of(self.grid)) if self.grid is not None else ()

    def json(self) -> Json:
        """See :class:`Page`."""
        about = {
            "title": self.title,
            "case": self.case.name if self.case is not None else None,
            "stops": [day.isoformat() for day in self.stops],
        }
        if self.history is not None:
            return about | _history_json(self.history, self.cited)
        return about | {
            "parties": [{"party": key, "name": name} for key, name in self.grid.parties] if self.grid else [],
            "issues": [
                {"issue": line.issue, "title": line.title, "poles": list(line.poles)} for line in self.grid.lines
            ]
            if self.grid
            else [],
            "cells": [_shown_json(one, self.cited) for one in shown_of(self.grid)] if self.grid else [],
        }


def shown_of(grid: Grid) -> Iterable[Shown]:
    """All cells of a matrix, in the order of the page."""
    for line in grid.lines:
        yield from (one for one in line.cells if one is not None)
    for _, _, rows in grid.further:
        yield from rows
    yield from grid.others


def build(view: View, question: Question) -> PositionsPage:
    """The matrix; with ``party`` and ``issue`` in the question the history of that cell.

    Raises:
        UsageError: the record keeps no case of that name.
    """
    cases = cases_of(view)
    # The record's own matrix, from the positions that the page needs besides.
    cells = view.once("cells", lambda: matrix(holdings(view), view.positions()))
    name = question.get("case") or None
    if name is not None and name not in {one.name for one in cases}:
        known = ", ".join(one.name for one in cases) or "it keeps none"
        raise UsageError(f"case is {name!r}; allowed: a case of the record: {known}")
    case = view.once(f"main case {name or ''}", lambda: main_case(cases, cells, name))
    grid: Grid | None = None
    history: History | None = None
    title, asked = "Where each party stands", ""
    party, issue = question.filters.party, question.filters.issue
    if party and issue:
        rows = _behind(view, question, cells, party, issue)
        if rows:
            history = history_of(view, rows, _entry(case, cases, rows[0].issue), question.number)
            title = f"{history.name} on {history.title[:1].lower() + history.title[1:]}"
        else:
            asked = f"{party} on {issue}"
            title = f"Positions of {asked}"
    else:
        least = question.filters.min_confidence
        grid = view.once(f"grid {case.name if case else ''} {least}", lambda: grid_of(view, case, cells, least))
        grid = only(grid, party, issue)
    shown: list[Position] = [one.position for one in shown_of(grid)] if grid is not None else []
    if history is not None:
        shown = [*history.part.rows, *(row for pair in history.changes for row in pair), *history.before.values()]
    return PositionsPage(
        title=title,
        grid=grid,
        history=history,
        asked=asked,
        stops=view.once("stops", lambda: _stops(view)),
        case=case,
        cases=[(one.name, one.title) for one in cases],
        cited=view.cited(shown),
    )


def _behind(view: View, question: Question, cells: Sequence[Cell], party: str, issue: str) -> Sequence[Position]:
    """The positions of a cell; where there is none of that name, those of the party in whose words the issue stands."""
    least = question.filters.min_confidence
    for cell in cells:
        key = party_of(cell.party) or cell.party.name
        if cell.issue.lower() == issue.lower() and party.lower() in (key.lower(), cell.party.name.lower()):
            return [row for row in cell.positions if least is None or row.confidence >= least]
    # The positions are at hand; a search of all sentences would load what this page does not need.
    words, asked = issue.lower().split(), party.lower()
    found = [
        row
        for row in view.positions()
        if asked in (key_of(row)[0].lower(), row.party.name.lower(), (row.party.code or "").lower())
        and (least is None or row.confidence >= least)
        and all(word in f"{row.summary} {row.evidence[0].exact}".lower() for word in words)
    ]
    # One history is of one issue: words may stand in the passages of several.
    return [row for row in found if key_of(row) == key_of(found[0])]


def _entry(case: Case | None, cases: Sequence[Case], name: str) -> IssueEntry | None:
    """The issue of that name, of the case of the page before others."""
    ordered = [*([case] if case is not None else []), *cases]
    return next((issue for one in ordered for issue in one.issues if issue.name == name), None)


def _stops(view: View) -> tuple[date, ...]:
    """The last day of each month in which a report surely appeared, whatever the day of the view."""
    published = view.record.published(view.record.source_ids()).values()
    months = {(one.start.year, one.start.month) for one in published if one.start and one.precision in ("day", "month")}
    return tuple(date(year, month, monthrange(year, month)[1]) for year, month in sorted(months))


def _shown_json(one: Shown, cited: Mapping[str, Citation]) -> Json:
    return {
        "party": one.party,
        "issue": one.issue,
        "says": one.rung,
        "clause": one.clause,
        "moved": one.moved,
        "since": one.since.isoformat() if one.since else None,
        "reaffirmed": one.again,
        "told": one.day.isoformat() if one.day else None,
        "old": one.old,
        "positions": one.count,
        "position": to_dict(one.position, cited),
    }


def _history_json(history: History, cited: Mapping[str, Citation]) -> Json:
    return {
        "party": history.party,
        "issue": history.issue,
        "poles": list(history.poles),
        "positions": [
            to_dict(row, cited)
            | {"previous": row.previous, "person": actor_json(row.person), "words": _words_json(history, row)}
            for row in history.part.rows
        ],
        "changes": [{"from": old.id, "to": new.id, "change": new.change} for old, new in history.changes],
        **history.part.json(),
    }


def _words_json(history: History, row: Position) -> Json | None:
    words = history.passages.get(row.id)
    return {"before": words.before, "exact": words.exact, "after": words.after} if words is not None else None
