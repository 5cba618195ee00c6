"""Commitments: what instruments and pledges oblige whom to, and whether that was kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from summitry.errors import UsageError
from summitry.record import Citation
from summitry.report.rows import actor_json, to_dict
from summitry.vocabulary import Commitment, Event
from summitry.web.page import Json, Page, Part
from summitry.web.pages.telling import cases_of, counted
from summitry.web.question import Question
from summitry.web.view import View

SCALE: Final = ("not begun", "minimal", "intermediate", "full")
"""The statuses 0-3 of the Peace Accords Matrix, in words."""

REVISIONS: Final = 6
"""Changes of status of one commitment, and claims, that are shown, the last ones; the download has all."""

NO_EVIDENCE: Final = "none"
"""How an address asks for commitments of which no public evidence tells."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One commitment: its rows in order of time, the last of which is where it stands."""

    rows: tuple[Commitment, ...]

    @property
    def first(self) -> Commitment:
        """As it was made."""
        return self.rows[0]

    @property
    def now(self) -> Commitment:
        """Where it stands."""
        return self.rows[-1]

    @property
    def claims(self) -> tuple[Commitment, ...]:
        """The rows that a party's claim made, each the first with that claim; the last ones."""
        pairs = zip((None, *self.rows[:-1]), self.rows, strict=True)
        return tuple(
            row
            for before, row in pairs
            if row.claimed is not None
            and (before is None or (before.claimed, before.claimed_by) != (row.claimed, row.claimed_by))
        )[-REVISIONS:]

    @property
    def revisions(self) -> tuple[Commitment, ...]:
        """The rows that events made, the last ones."""
        return tuple(row for row in self.rows if row.events)[-REVISIONS:]


@dataclass(frozen=True, slots=True)
class Duty:
    """What one text of an instrument obliges one party or several to."""

    instrument: str
    text: str
    owed: tuple[Owed, ...]

    def only(self, passes: Callable[[Owed], bool]) -> Duty:
        """The same with those of its commitments that pass."""
        return replace(self, owed=tuple(one for one in self.owed if passes(one)))


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentsPage(Page):
    """Commitments by instrument: those of the cases first, then by the day they were made.

    ``counts`` tells how many the filters leave of each status. ``events`` are those that the rows name, by id.
    """

    part: Part[Duty]
    counts: Sequence[tuple[str, int]]
    issues: Sequence[tuple[str, int]]
    events: Mapping[str, Event]
    parties: Sequence[tuple[str, str, int]]
    cited: Mapping[str, Citation]
    scale: Sequence[str] = SCALE

    def json(self) -> Json:
        """See :class:`Page`: each commitment as it stands, with its history."""
        rows = [
            to_dict(one.now, self.cited)
            | {
                "claimed": one.now.claimed,
                "claimed_by": actor_json(one.now.claimed_by),
                "history": [to_dict(row, self.cited) for row in one.rows],
            }
            for duty in self.part.rows
            for one in duty.owed
        ]
        return {"title": self.title, "rows": rows, "statuses": dict(self.counts), **self.part.json()}


def build(view: View, question: Question) -> CommitmentsPage:
    """The page; ``status`` (0-3, or ``none`` for no public evidence) in the question narrows it.

    Raises:
        UsageError: no such status.
    """
    status = question.get("status")
    if status not in ("", NO_EVIDENCE, "0", "1", "2", "3"):
        raise UsageError(f"status is {status!r}; allowed: 0, 1, 2, 3, or none for no public evidence")
    passed = {row.id for row in view.choose(view.commitments(), question.filters)}
    duties = view.once("duties", lambda: _duties(view))
    passing = [duty.only(lambda one: any(row.id in passed for row in one.rows)) for duty in duties]
    counts = counted(_status(one) for duty in passing for one in duty.owed)
    rows = [(duty, one) for duty in passing for one in duty.owed if status in ("", _status(one))]
    chosen = Part.of(rows, question.number, view.size)
    part = Part(_together(chosen.rows), chosen.number, chosen.pages, chosen.total)
    owed = [one for duty in part.rows for one in duty.owed]
    shown = [row for one in owed for row in (one.first, *one.revisions, *one.claims, one.now)]
    by_id = view.by_id()
    events = {name: event for row in shown for name in row.events if isinstance(event := by_id.get(name), Event)}
    return CommitmentsPage(
        title="Commitments",
        part=part,
        counts=counts,
        issues=view.once("issues of commitments", lambda: counted(row.issue for row in view.commitments())),
        events=events,
        parties=view.parties(),
        cited=view.cited([*shown, *events.values()]),
    )


def _together(rows: Iterable[tuple[Duty, Owed]]) -> list[Duty]:
    """The commitments of a page, those of one text together. A page has so many commitments, not texts: one text may
    bind many parties."""
    found: dict[tuple[str, str], list[Owed]] = {}
    for duty, one in rows:
        found.setdefault((duty.instrument, duty.text), []).append(one)
    return [Duty(instrument, text, tuple(owed)) for (instrument, text), owed in found.items()]


def _status(one: Owed) -> str:
    return NO_EVIDENCE if one.now.status is None else str(one.now.status)


def _duties(view: View) -> list[Duty]:
    """All commitments: the same words of one instrument together, whoever is bound by them."""
    named = {entry.name for case in cases_of(view) for entry in case.instruments}
    order: dict[tuple[str, str], list[Owed]] = {}
    for one in chains(view.commitments()):
        order.setdefault((one.first.instrument, one.first.text), []).append(one)
    duties = [Duty(instrument, text, tuple(owed)) for (instrument, text), owed in order.items()]

    def day(duty: Duty) -> date:
        first = duty.owed[0].first
        return first.made.start or first.as_of or date.max

    # An instrument of a case has one heading, whatever the days on which its articles were told.
    begun: dict[str, date] = {}
    for duty in duties:
        if duty.instrument in named:
            begun[duty.instrument] = min(begun.get(duty.instrument, date.max), day(duty))
    return sorted(
        duties, key=lambda duty: (duty.instrument not in named, begun.get(duty.instrument, day(duty)), duty.instrument)
    )


def chains(rows: Iterable[Commitment]) -> list[Owed]:
    """The rows of each commitment, in order of time: a revision names the row it revises."""
    chains: dict[str, list[Commitment]] = {}
    for row in rows:
        chain = chains.get(row.revises or "") or []
        chain.append(row)
        chains[row.id] = chain
    unique = {id(chain): chain for chain in chains.values()}
    return [Owed(tuple(chain)) for chain in unique.values()]
