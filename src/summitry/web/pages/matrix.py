"""The matrix of positions: what a cell of party and issue shows, and in which order parties and issues stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from summitry.casebook import Case
from summitry.ledger import Cell, Holdings
from summitry.ledger.clauses import is_clause, position_clause, stands_alone
from summitry.ledger.positions import CLASSES, Rung, held_of
from summitry.ledger.wording import party_of
from summitry.report.words import is_rough, shorten
from summitry.vocabulary import Position, PositionChange
from summitry.web.pages.telling import holdings, today
from summitry.web.view import View

LATELY: Final = timedelta(days=60)
"""Days before the last position of a cell within which the one is looked for that tells most, as the brief does."""

STANDS_FOR: Final = timedelta(days=365)
"""A position that nobody has told for so long is shown as old: nobody can say that it stands."""

COLUMNS: Final = 6
"""Parties beside one another: what a page of 1,400 pixels has room for; the others stand below."""

CLAUSE: Final = 110
"""Characters of a cell's clause; its history has all the words."""

OTHERS: Final = 60
"""Cells of matters that no case names: they are mostly of one position each."""

Key = tuple[str, str]
"""Party (the code of the state or organisation, else its name) and issue."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell shows: of the positions told last, in the words of those who count most, the one that tells most.

    ``rung`` is what it says to the issue; ``clause`` the same in words. ``moved`` is the change that brought the party
    there, ``since`` the first day on which it was held without another change, ``again`` on how many later days it was
    said. ``day`` is when it was told last; ``old``: longer ago than anybody can vouch for. ``pole`` counts from 0.
    ``count`` are all positions behind the cell.
    """

    party: str
    issue: str
    position: Position
    rung: Rung
    clause: str
    moved: PositionChange
    since: date | None
    again: int
    day: date | None
    old: bool
    pole: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """An issue with what each party of the columns says to it; None where nothing is known."""

    issue: str
    title: str
    definition: str
    poles: tuple[str, ...]
    cells: tuple[Shown | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The matrix. ``parties`` are its columns by key and name; ``further`` the cells of other parties on the issues of
    the case, by party; ``others`` cells on matters that the case does not name, ``left`` how many more there are."""

    parties: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    further: tuple[tuple[str, str, tuple[Shown, ...]], ...]
    others: tuple[Shown, ...]
    left: int
    names: Mapping[str, str]
    titles: Mapping[str, str]


def key_of(position: Position) -> Key:
    """The cell of a position."""
    return party_of(position.party) or position.party.name, position.issue


def main_case(cases: Sequence[Case], cells: Sequence[Cell], name: str | None) -> Case | None:
    """The case of that name, else the one on whose issues its principals have taken most positions.

    Among cases of one record issues may share a name: what counts are its own parties.
    """
    if name is not None:
        return next((one for one in cases if one.name == name), None)
    counts: Counter[str] = Counter()
    for case in cases:
        issues, core = {issue.name for issue in case.issues}, set(case.core or case.principals)
        for cell in cells:
            party = party_of(cell.party) or cell.party.name
            # A party that is in every negotiation (the United States) tells less than one that the case is about.
            if cell.issue in issues and party in case.principals:
                counts[case.name] += len(cell.positions) * (2 if party in core else 1)
    return max(cases, key=lambda case: (counts[case.name], case.name), default=None)


def grid_of(view: View, case: Case | None, cells: Sequence[Cell], least: float | None) -> Grid:
    """The matrix of a case (None: of the matters told most), of positions at least as sure as ``least``."""
    held, day = holdings(view), today(view)
    by_id = view.once("positions by id", lambda: {row.id: row for row in view.positions()})
    entries = {issue.name: issue for issue in case.issues} if case is not None else {}
    shown: dict[Key, Shown] = {}
    for cell in cells:
        rows = [row for row in cell.positions if least is None or row.confidence >= least]
        if rows:
            poles = tuple(pole.name for pole in entries[cell.issue].poles) if cell.issue in entries else ()
            one = _Cell(held, by_id, day).shown(cell, rows, poles)
            shown[one.party, one.issue] = one
    names = {party_of(cell.party) or cell.party.name: cell.party.name for cell in cells}
    if not entries:
        told = Counter({issue: 0 for _, issue in shown})
        for one in shown.values():
            told[one.issue] += one.count
        issues = [issue for issue, _ in sorted(told.items(), key=lambda item: (-item[1], item[0]))[:12]]
    else:
        issues = list(entries)
    parties = _columns(case, [one for one in shown.values() if one.issue in issues])
    lines = []
    for issue in issues:
        row = tuple(shown.get((party, issue)) for party in parties)
        entry = entries.get(issue)
        if any(row):
            lines.append(
                Line(
                    issue,
                    entry.title if entry else issue,
                    entry.definition if entry else "",
                    tuple(pole.name for pole in entry.poles) if entry else (),
                    row,
                )
            )
    further: dict[str, list[Shown]] = {}
    for one in shown.values():
        if one.issue in issues and one.party not in parties:
            further.setdefault(one.party, []).append(one)
    order = {issue: n for n, issue in enumerate(issues)}
    # Most are of one position: those of the parties of the columns come first, then the last told.
    others = sorted((one for one in shown.values() if one.issue not in order), key=lambda one: (one.issue, one.party))
    others.sort(key=lambda one: (one.count, one.party in parties, one.day or date.min), reverse=True)
    return Grid(
        parties=tuple((party, names[party]) for party in parties),
        lines=tuple(lines),
        further=tuple(
            (party, names[party], tuple(sorted(rows, key=lambda one: order[one.issue])))
            for party, rows in sorted(further.items(), key=lambda item: (-sum(one.count for one in item[1]), item[0]))
        ),
        others=tuple(others[:OTHERS]),
        left=max(len(others) - OTHERS, 0),
        names=names,
        titles={name: issue.title for name, issue in entries.items()},
    )


def only(grid: Grid, party: str | None, issue: str | None) -> Grid:
    """The matrix of one party (a code, its beginning, or a name) or of one issue (words of its name); None: of all."""
    if not party and not issue:
        return grid

    asked = (party or "").strip().lower()
    # What begins a code is a code: KOR is not North Korea.
    coded = {key for key in grid.names if key.lower().startswith(asked) or asked.startswith(key.lower())}

    def of_party(key: str) -> bool:
        return key in coded if coded else asked in grid.names[key].lower()

    words = (issue or "").strip().lower()

    def on_issue(name: str) -> bool:
        return words in name.lower() or words in grid.titles.get(name, name).lower()

    def passing(rows: Iterable[Shown]) -> tuple[Shown, ...]:
        return tuple(one for one in rows if of_party(one.party) and on_issue(one.issue))

    columns = [n for n, (key, _) in enumerate(grid.parties) if of_party(key)]
    lines = [
        replace(line, cells=cells)
        for line in grid.lines
        if on_issue(line.issue) and any(cells := tuple(line.cells[n] for n in columns))
    ]
    further = [(key, name, rows) for key, name, found in grid.further if (rows := passing(found))]
    return replace(
        grid,
        parties=tuple(grid.parties[n] for n in columns),
        lines=tuple(lines),
        further=tuple(further),
        others=passing(grid.others),
    )


def _columns(case: Case | None, shown: Sequence[Shown]) -> list[str]:
    """The principals of the case in its order, then those with most positions."""
    counts: Counter[str] = Counter()
    for one in shown:
        counts[one.party] += one.count
    principals = [party for party in case.principals if party in counts] if case is not None else []
    if len(principals) > COLUMNS:
        kept = sorted(principals, key=lambda party: -counts[party])[:COLUMNS]
        return [party for party in principals if party in kept]
    rest = sorted((party for party in counts if party not in principals), key=lambda party: (-counts[party], party))
    return [*principals, *rest][:COLUMNS]


@dataclass(frozen=True, slots=True)
class _Cell:
    """How cells of one day are told."""

    held: Holdings
    by_id: Mapping[str, Position]
    day: date | None

    def shown(self, cell: Cell, rows: Sequence[Position], poles: tuple[str, ...]) -> Shown:
        position = self._best(rows, poles)
        first, days = position, {self._day(position)}
        while first.change == "reaffirm" and (before := self.by_id.get(first.previous or "")) is not None:
            first = before
            days.add(self._day(first))
        known = sorted(one for one in days if one is not None)
        told = known[-1] if known else None
        return Shown(
            party=party_of(cell.party) or cell.party.name,
            issue=cell.issue,
            position=position,
            rung=held_of(self.held, position).rung,
            clause=_short(position_clause(position)),
            moved=first.change or "first",
            since=known[0] if known else None,
            again=max(len(known) - 1, 0),
            day=told,
            old=told is None or (self.day is not None and self.day - told > STANDS_FOR),
            pole=poles.index(position.pole) if position.pole in poles else None,
            count=len(rows),
        )

    def _best(self, rows: Sequence[Position], poles: tuple[str, ...]) -> Position:
        """Of the party's own word before others': told lately, a pole of the case before none, a clause that stands
        alone before words that need their report, what moved before what did not; the surest, then the last."""
        most = max(_WEIGHT[CLASSES[row.attributed_by]] for row in rows)
        own = [row for row in rows if _WEIGHT[CLASSES[row.attributed_by]] == most]
        last = max((day for row in own if (day := self._exact(row))), default=None)
        if last is not None:
            own = [row for row in own if (day := self._exact(row)) is not None and last - day <= LATELY]

        def told(row: Position) -> tuple[bool, bool, bool, float, date, str]:
            return (
                is_clause(row) and stands_alone(row.summary),
                row.pole in poles,
                row.change not in ("first", "reaffirm", None),
                row.confidence,
                self._day(row) or date.min,
                row.id,
            )

        return max(own, key=told)

    def _day(self, row: Position) -> date | None:
        return self.held.day_of(row.held, row.evidence[0].source)

    def _exact(self, row: Position) -> date | None:
        """The day of a position, unless it or its report is dated by a span of months: that is no "last"."""
        report = self.held.reports.get(row.evidence[0].source)
        when = row.held if row.held.start is not None else (report.published if report is not None else row.held)
        if is_rough(when) or when.start is None or when.end is None or when.end - when.start > LATELY:
            return None
        return when.start


def _short(clause: str) -> str:
    """A clause as a cell has room for; quoted words that are cut are closed."""
    line = shorten(clause, CLAUSE)
    return f"{line}”" if line.endswith("…") and line.count("“") > line.count("”") else line


_WEIGHT: Final[Mapping[str, int]] = {"own": 2, "other": 1, "analyst": 0}
"""Whose word counts first in a cell, as the record's matrix has it."""
