"""The timeline: what happened and was announced, in lanes by party or pair; what has no date apart; meetings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from summitry.errors import UsageError
from summitry.record import Citation, Filters, MeetingRow
from summitry.record.rows import last_day
from summitry.report.rows import to_dict
from summitry.vocabulary import PLOVER_TYPES, Actor, Event
from summitry.web.chart import MODALITIES, Encoded, encoded_of
from summitry.web.lanes import FAMILIES, Index, Wanted, index_of, others_of
from summitry.web.months import Curve, Drawing, curve_of, drawing_of
from summitry.web.page import Json, Page, Part
from summitry.web.question import Question
from summitry.web.view import View

VIEWS: Final = ("events", "undated", "meetings")

CHOICES: Final = 40
"""Lanes named in the field to choose them."""

PAIRS: Final = 8
"""Pairs offered for the tone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPage(Page):
    """The data of the chart alone, worked out before; there is no page of them but their JSON."""

    data: bytes

    def json(self) -> Json:
        """See :class:`Page`: nothing, for :meth:`encoded` is all there is."""
        return {}

    def encoded(self) -> bytes:
        """See :class:`Page`."""
        return self.data


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage(Page):
    """The timeline. ``parts`` are the rows of each of :data:`VIEWS`; ``shown`` is the one asked for.

    ``drawing`` is the chart as the server draws it, ``chart`` gives its data for a page that brings them along.
    ``curve`` is the tone of a pair, ``pairs`` those that have one. ``dates`` gives the day of the first report of rows
    by id, ``lanes`` the names of the lanes shown by key, ``choices`` those of all one may choose.
    """

    as_of: date | None
    shown: str
    parts: Mapping[str, Part[Event]]
    cited: Mapping[str, Citation]
    reported: Mapping[str, date | None]
    family: Mapping[str, str]
    lanes: Mapping[str, str]
    choices: Sequence[tuple[str, str, int]]
    outlets: Sequence[str]
    drawing: Drawing | None
    chart: Callable[[], bytes]
    curve: Curve | None
    pairs: Mapping[str, str]
    parties: Sequence[tuple[str, str, int]]

    @property
    def families(self) -> Mapping[str, tuple[str, str]]:
        """Families of types: label and shape."""
        return FAMILIES

    @property
    def unfiltered(self) -> Filters:
        """The filters of a question that has none but its day."""
        return Filters(self.as_of)

    @property
    def types(self) -> Sequence[str]:
        """PLOVER types."""
        return PLOVER_TYPES

    @property
    def modalities(self) -> Sequence[str]:
        """What may be said of whether an event was."""
        return MODALITIES

    def embedded(self) -> str:
        """The chart's data for a data block: nothing in them ends the block."""
        return self.chart().decode()

    def json(self) -> Json:
        """See :class:`Page`: the rows of the view asked for."""
        part = self.parts[self.shown]
        return {
            "title": self.title,
            "view": self.shown,
            "lanes": [{"lane": key, "name": name} for key, name in self.lanes.items()],
            "counts": {name: one.total for name, one in self.parts.items()},
            "events": [self._row(row) for row in part.rows],
            **part.json(),
        }

    def _row(self, row: Event) -> Json:
        day = self.reported.get(row.id)
        about = {"family": self.family[row.id], "first_reported": day.isoformat() if day else None}
        # A meeting says level, venue, delegations and outcome besides.
        return to_dict(MeetingRow.of(row) if row.meeting is not None else row, self.cited) | about

    def others(self, row: Event) -> tuple[Actor, ...]:
        """To whom it is done, for the template."""
        return others_of(row)


def build(view: View, question: Question) -> TimelinePage | ChartPage:
    """The page. Of its own it knows ``type`` (a PLOVER type or a family), ``modality``, ``outlet``, ``until``, ``lane``
    (the events of that lane), ``reports`` (at least so many), ``lanes`` (``parties``, ``pairs``, or keys), ``pair``
    (whose tone), ``view``, ``order`` (``oldest``), and ``chart``: the data of the chart alone, as JSON.

    Raises:
        UsageError: a parameter has a value that is not allowed.
    """
    index = _index(view)
    lanes = index.lanes_asked(question.get("lanes"))
    found = _found(view, question, index)
    dated = index.dated if found is None else [n for n in index.dated if n in found]

    def chart() -> bytes:
        encoded = _encoded(view)
        if found is None and not question.get("lanes"):
            return view.once("timeline chart", lambda: encoded.of(index, dated, lanes))
        return encoded.of(index, dated, lanes)

    if question.get("chart"):
        return ChartPage(title="Timeline", data=chart())
    shown = question.get("view", "events")
    if shown not in VIEWS:
        raise UsageError(f"view is {shown!r}; allowed: {', '.join(VIEWS)}")
    undated = index.undated if found is None else [n for n in index.undated if n in found]
    oldest = question.get("order") == "oldest"
    ordered = {name: rows if oldest else rows[::-1] for name, rows in (("events", dated), ("undated", undated))}
    ordered["meetings"] = [n for rows in ordered.values() for n in rows if index.events[n].meeting is not None]
    parts = {name: _part(view, question, index, rows, name == shown) for name, rows in ordered.items()}
    rows = [row for part in parts.values() for row in part.rows]
    numbers = view.once("timeline numbers", lambda: {row.id: n for n, row in enumerate(index.events)})
    drawing = (
        view.once("timeline drawing", lambda: drawing_of(index, dated, lanes))
        if found is None and not question.get("lanes")
        else drawing_of(index, dated, lanes)
    )
    pairs = [key for key, _ in index.counts if "-" in key][:PAIRS]
    return TimelinePage(
        title="Timeline",
        as_of=view.as_of,
        shown=shown,
        parts=parts,
        cited=view.cited(rows),
        reported={row.id: index.reported[numbers[row.id]] for row in rows},
        family={row.id: index.families[numbers[row.id]] for row in rows},
        lanes={key: index.lane_name(key) for key in lanes},
        choices=[(key, index.lane_name(key), count) for key, count in index.counts[:CHOICES]],
        outlets=index.outlets,
        drawing=drawing,
        chart=chart,
        curve=_curve(view, question, index, pairs, drawing),
        pairs={key: index.lane_name(key) for key in pairs},
        parties=view.parties(),
    )


def prepare(view: View) -> None:
    """Work out what takes longest, before somebody asks."""
    _encoded(view)


def _index(view: View) -> Index:
    return view.once("timeline index", lambda: index_of(view.events(), view.sources(), view.parties()))


def _encoded(view: View) -> Encoded:
    return view.once("timeline encoded", lambda: encoded_of(_index(view)))


def _part(view: View, question: Question, index: Index, numbers: Sequence[int], asked: bool) -> Part[Event]:
    part = Part.of(numbers, question.number if asked else 1, view.size)
    return Part([index.events[n] for n in part.rows], part.number, part.pages, part.total)


def _found(view: View, question: Question, index: Index) -> frozenset[int] | None:
    """The numbers of the events asked for; None: of all."""
    filters = question.filters
    until = question.get("until")
    modality = question.get("modality")
    if modality and modality not in MODALITIES:
        raise UsageError(f"modality is {modality!r}; allowed: {', '.join(MODALITIES)}")
    reports = question.get("reports")
    if reports and not (reports.isascii() and reports.isdigit() and len(reports) < 7):
        raise UsageError(f"reports is {reports!r}; allowed: a number, of reports that tell of it at least")
    wanted = Wanted(
        party=filters.party,
        kind=question.get("type"),
        modality=modality,
        outlet=question.get("outlet"),
        lane=question.get("lane").upper(),
        since=filters.since,
        until=last_day(until, "until") if until else None,
        min_confidence=filters.min_confidence,
        reports=int(reports) if reports else None,
    )
    found = index.choose(wanted)
    if filters.issue is None:
        return found
    rows = index.events if found is None else [index.events[n] for n in sorted(found)]
    chosen = {row.id for row in view.record.choose(rows, as_of=view.as_of, issue=filters.issue)}
    return frozenset(n for n, row in enumerate(index.events) if row.id in chosen and (found is None or n in found))


def _curve(view: View, question: Question, index: Index, pairs: Sequence[str], drawing: Drawing | None) -> Curve | None:
    """The tone of the pair asked for, else of the first pair among the lanes, else of the most frequent one."""
    if drawing is None:
        return None
    lanes = [key for key in index.lanes_asked(question.get("lanes")) if "-" in key]
    asked = question.get("pair").upper()
    key = asked or next(iter(lanes), "") or next(iter(pairs), "")
    codes = sorted(key.split("-"))
    if len(codes) != 2:
        if asked:
            raise UsageError(f"pair is {asked!r}; allowed: two codes as PRK-USA")
        return None
    return curve_of(view.tone(), (codes[0], codes[1]), drawing.first, drawing.last)


__all__ = ["ChartPage", "TimelinePage", "build", "prepare"]
