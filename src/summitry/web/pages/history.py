"""The history of one cell: a party's positions on an issue side by side, and where they lie between its poles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from summitry.casebook import IssueEntry
from summitry.record import Passage
from summitry.report.words import one_line, shorten
from summitry.vocabulary import Position
from summitry.web.page import Part
from summitry.web.pages.matrix import key_of
from summitry.web.pages.telling import holdings
from summitry.web.view import View

BESIDE: Final = 24
"""Positions side by side on one page: each has a passage with the sentences around it."""

PAIRS: Final = 12
"""Changes told at the head of a history, the last ones."""

POINTS: Final = 400
"""Marks in a strip, the last ones: more are a blot."""

AROUND: Final = 220
"""Characters of the text around a passage that are shown on either side."""

BEFORE_REPORTS: Final = timedelta(days=366)
"""How long before the first report a strip begins: what reports recall of earlier years would press all the rest into
one corner."""

_WIDTH, _ROW, _LEFT, _RIGHT, _TOP, _FOOT = 960.0, 26.0, 190.0, 24.0, 14.0, 26.0
"""Pixels of the strip: its width, the height of a pole's row, the room of the poles' names, the margins."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a position with some of the text before and after them, cut at words."""

    before: str
    exact: str
    after: str

    @classmethod
    def of(cls, passage: Passage) -> Words:
        """The words of a passage."""
        before = one_line(passage.before)
        if len(before) > AROUND:
            before = "… " + before[-AROUND:].partition(" ")[2]
        after = shorten(passage.after, AROUND)
        return cls(
            f"{before} " if before and passage.before[-1:].isspace() else before,
            one_line(passage.evidence.exact),
            f" {after}" if after and passage.after[:1].isspace() else after,
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """One position in the strip. ``shape`` numbers the party, 0 for the one whose history it is."""

    x: float
    y: float
    radius: float
    shape: int
    own: bool
    told: str
    position: Position


@dataclass(frozen=True, slots=True)
class Strip:
    """Positions by day and pole. ``rows`` are the poles with their height, ``ticks`` years or months with their place,
    ``legend`` the parties by shape."""

    width: float
    height: float
    left: float
    rows: tuple[tuple[str, float], ...]
    ticks: tuple[tuple[str, float], ...]
    marks: tuple[Mark, ...]
    legend: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class History:
    """A party on an issue. ``part`` are the positions shown, the oldest first; its first page has the newest.

    ``changes`` are pairs of a position that moved and the one before it; ``before`` the positions that those shown are
    compared with, by id; ``passages`` the words of each with what stands around them.
    """

    party: str
    name: str
    issue: str
    title: str
    definition: str
    poles: tuple[str, ...]
    part: Part[Position]
    changes: tuple[tuple[Position, Position], ...]
    before: Mapping[str, Position]
    passages: Mapping[str, Words]
    strip: Strip | None


def history_of(view: View, rows: Sequence[Position], entry: IssueEntry | None, number: int) -> History:
    """The history of ``rows``, the positions of one cell, on page ``number``."""
    held = holdings(view)
    by_id = view.once("positions by id", lambda: {row.id: row for row in view.positions()})

    def day(row: Position) -> date:
        return held.day_of(row.held, row.evidence[0].source) or date.min

    ordered = sorted(rows, key=lambda row: (day(row), row.evidence[0].source, row.evidence[0].start))
    latest = Part.of(ordered[::-1], number, BESIDE)
    part = Part(latest.rows[::-1], latest.number, latest.pages, latest.total)
    before = {row.id: by_id[row.previous] for row in ordered if row.previous in by_id}
    moved = [row for row in ordered if row.change in ("harden", "soften", "reverse") and row.id in before]
    changes = tuple((before[row.id], row) for row in moved[: -PAIRS - 1 : -1])
    shown = {row.id: row for row in (*part.rows, *(row for pair in changes for row in pair))}
    told = view.record.passages([row.evidence[0] for row in shown.values()])
    party, issue = key_of(ordered[0])
    return History(
        party=party,
        name=_name(ordered),
        issue=issue,
        title=entry.title if entry is not None else issue,
        definition=entry.definition if entry is not None else "",
        poles=tuple(pole.name for pole in entry.poles) if entry is not None else (),
        part=part,
        changes=changes,
        before={row.id: before[row.id] for row in part.rows if row.id in before},
        passages={row_id: Words.of(one) for row_id, one in zip(shown, told, strict=True)},
        strip=_strip(view, entry, party) if entry is not None else None,
    )


def _name(rows: Sequence[Position]) -> str:
    """The party's name where a row names the state itself, else as the last has it."""
    named = [row.party for row in rows if row.party.kind != "person"]
    return next((one.name for one in named if one.code == one.state), (named or [rows[-1].party])[-1].name)


def _strip(view: View, entry: IssueEntry, party: str) -> Strip | None:
    """Where positions on an issue lie between its poles; None where fewer than two tell one."""
    held, poles = holdings(view), [pole.name for pole in entry.poles]
    found = [
        (day, row)
        for row in view.positions()
        if row.issue == entry.name
        and row.pole in poles
        and row.attributed_by in ("self", "reporter")
        and (day := held.day_of(row.held, row.evidence[0].source)) is not None
    ]
    told = (one.published.start for one in held.reports.values() if one.published.precision == "day")
    begins = min((day for day in told if day is not None), default=date.min + BEFORE_REPORTS) - BEFORE_REPORTS
    found = sorted((each for each in found if each[0] >= begins), key=lambda each: (each[0], each[1].id))[-POINTS:]
    if not any(key_of(row)[0] == party for _, row in found) or len(found) < 2:
        return None
    first, last = found[0][0], found[-1][0]
    days = max((last - first).days, 1)
    counts: dict[str, int] = {}
    for _, row in found:
        key = key_of(row)[0]
        counts[key] = counts.get(key, 0) + 1
    parties = [party, *sorted((key for key in counts if key != party), key=lambda key: (-counts[key], key))][:4]
    names = {key_of(row)[0]: row.party.name for _, row in found if row.party.kind != "person"}
    span = _WIDTH - _LEFT - _RIGHT
    marks = tuple(
        Mark(
            x=round(_LEFT + span * (day - first).days / days, 1),
            y=_TOP + _ROW * (poles.index(row.pole or "") + 0.5) + 4.0 * (parties.index(key) - 1),
            radius=round(3.0 + 3.0 * (row.strength or 0.4), 1),
            shape=parties.index(key),
            own=key == party,
            told=f"{names.get(key, key)}, {day}: {row.pole}",
            position=row,
        )
        for day, row in found
        if (key := key_of(row)[0]) in parties
    )
    return Strip(
        width=_WIDTH,
        height=_TOP + _ROW * len(poles) + _FOOT,
        left=_LEFT,
        rows=tuple((pole, _TOP + _ROW * (n + 0.5)) for n, pole in enumerate(poles)),
        ticks=tuple((label, round(_LEFT + span * (day - first).days / days, 1)) for label, day in _ticks(first, last)),
        # Those of this party above the others.
        marks=tuple(sorted(marks, key=lambda one: one.own)),
        legend=tuple((n, names.get(key, key)) for n, key in enumerate(parties)),
    )


def _ticks(first: date, last: date) -> list[tuple[str, date]]:
    """Years, or the quarters of a shorter time, or months."""
    months = (last.year - first.year) * 12 + last.month - first.month
    # At most some fifteen labels beside one another.
    step = 12 * (months // 180 + 1) if months > 40 else 3 if months > 12 else 1
    found = []
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        day = date(number // 12, number % 12 + 1, 1)
        if number % step == 0 and day >= first:
            found.append((f"{day:%Y}" if step >= 12 else f"{day:%Y-%m}", day))
    return found or [(first.isoformat(), first)]
