"""What each person and party said, did, put on the table, promised and foretold: places of rows, worked out once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from summitry.vocabulary import Actor, Commitment, DateInterval, Event, Move, Position, Prediction, Row, Statement
from summitry.web.pages.speech import day_of, latest, latest_statements
from summitry.web.pages.who import is_within, roster
from summitry.web.view import View

KINDS: Final = ("said", "did", "moves", "promised", "foretold", "positions")
"""Kinds of doings, in the order of a page."""


@dataclass(slots=True)
class Doings:
    """Of one person or code: for each kind the places of rows in :attr:`Index.rows`, and the first and last day."""

    at: dict[str, list[int]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    first: date | None = None
    last: date | None = None

    def on(self, when: DateInterval) -> None:
        """Count a day in."""
        if (day := day_of(when)) is None:
            return
        self.first = day if self.first is None or day < self.first else self.first
        self.last = day if self.last is None or day > self.last else self.last


@dataclass(frozen=True, slots=True)
class Index:
    """Rows by kind, the latest first, and whose they are: by the id of a person, and by exact code of a party."""

    rows: Mapping[str, Sequence[Row]]
    people: Mapping[str, Doings]
    codes: Mapping[str, Doings]

    def of_person(self, person: str) -> Doings:
        """What a person did."""
        return self.people.get(person) or Doings()

    def of_party(self, code: str) -> Doings:
        """What a party did with all whose codes start with its own: ``USA`` takes in ``USAGOV``."""
        parts = [doings for one, doings in self.codes.items() if is_within(one, code)]
        days = [day for one in parts for day in (one.first, one.last) if day]
        places = {kind: sorted({place for one in parts for place in one.at[kind]}) for kind in KINDS}
        return Doings(places, min(days, default=None), max(days, default=None))

    def of_kind(self, doings: Doings, kind: str, most: int | None = None, skip: int = 0) -> list[Row]:
        """Rows of a kind, the latest first."""
        end = None if most is None else skip + most
        return [self.rows[kind][place] for place in doings.at[kind][skip:end]]


def index(view: View) -> Index:
    """Whose every row of the view is, worked out once."""
    return view.once("doings", lambda: _indexed(view))


def _indexed(view: View) -> Index:
    who = roster(view).who
    revised = {row.revises for row in view.commitments() if row.revises}
    standing = [row for row in view.commitments() if row.id not in revised]
    events: list[Row] = [*latest(view, view.events(), lambda row: row.date)]
    moves: list[Row] = [*latest(view, view.moves(), lambda row: row.date)]
    promised: list[Row] = [*latest(view, standing, lambda row: row.made)]
    foretold: list[Row] = [*latest(view, view.predictions(), lambda row: row.made)]
    positions: list[Row] = [*latest(view, view.positions(), lambda row: row.held)]
    groups: tuple[Sequence[Row], ...] = (latest_statements(view), events, moves, promised, foretold, positions)
    rows = dict(zip(KINDS, groups, strict=True))
    people: defaultdict[str, Doings] = defaultdict(Doings)
    codes: defaultdict[str, Doings] = defaultdict(Doings)
    for kind in KINDS:
        for place, row in enumerate(rows[kind]):
            doers, when = _doers(row)
            mine: list[Doings] = []
            for actor in doers:
                found = who(actor)
                if found is not None:
                    mine.append(people[found.id])
                if actor.code:
                    mine.append(codes[actor.code])
            for doings in mine:
                # Somebody on both sides of a row is in it once.
                if doings.at[kind][-1:] != [place]:
                    doings.at[kind].append(place)
                    if when is not None:
                        doings.on(when)
    return Index(rows, people, codes)


def _doers(row: Row) -> tuple[list[Actor], DateInterval | None]:
    """Whose doing a row is, and the day on which they are known to have done it."""
    when: DateInterval | None = None
    match row:
        case Statement():
            found: tuple[Actor | None, ...] = (row.speaker, row.party)
            when = row.said
        case Event():
            found = (*row.actors, *row.recipients, *(row.meeting.delegations if row.meeting else ()))
            when = row.date if row.modality == "happened" else None
        case Move():
            found = (row.proposer,)
        case Commitment():
            found = (row.obligor,)
        case Prediction():
            found = (row.forecaster,)
        case Position():
            found = (row.party, row.person)
        case _:
            found = ()
    return [actor for actor in found if actor is not None], when


@dataclass(frozen=True, slots=True)
class Dealing:
    """With whom somebody dealt: a person (by ``person``, an id) or a party (by ``code``), in how many events that
    happened, with which mean PLOVER intensity (-10 to 10)."""

    name: str
    code: str | None
    person: str | None
    events: int
    mean: float


def dealings(view: View, person: str, events: Iterable[Event], most: int) -> list[Dealing]:
    """Whom a person dealt with in events that happened, most often first."""
    who = roster(view).who
    counts: Counter[tuple[str, str | None, str | None]] = Counter()
    sums: defaultdict[tuple[str, str | None, str | None], float] = defaultdict(float)
    for event in events:
        if event.modality != "happened":
            continue
        sides = (event.actors, event.recipients)
        mine = [i for i, side in enumerate(sides) if any((w := who(one)) and w.id == person for one in side)]
        if not mine:
            continue
        others: dict[tuple[str, str | None, str | None], None] = {}
        for i, side in enumerate(sides):
            for one in side if i not in mine else ():
                found = who(one)
                others[(found.name, one.code, found.id) if found else (one.name, one.code, None)] = None
        for key in others:
            counts[key] += 1
            sums[key] += event.intensity
    return [Dealing(*key, events=count, mean=sums[key] / count) for key, count in counts.most_common(most)]


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Speakers described and not named, by institution: how many statements. They are nobody in particular."""

    code: str | None
    description: str
    statements: int


def unnamed(view: View) -> tuple[Unnamed, ...]:
    """Descriptions of unnamed speakers, with most statements first; one institution's are kept apart from others'."""

    def work() -> tuple[Unnamed, ...]:
        counts: Counter[tuple[str | None, str]] = Counter()
        people = roster(view)
        for row in view.statements():
            speaker = row.speaker
            if speaker is None or speaker.kind not in ("person", "group"):
                continue
            if speaker.anonymous or (speaker.kind == "person" and people.who(speaker) is None):
                code = speaker.code or (row.party.code if row.party else None)
                counts[code, speaker.name] += 1
        return tuple(Unnamed(code, name, count) for (code, name), count in counts.most_common())

    return view.once("unnamed", work)
