"""What a page may look at: the record as of a day, each answer worked out once for all pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, cast

from summitry.ledger import Brief, Cell, Deadlock, ProcessStatus, Tone
from summitry.ledger.scorecard import Score, scorecard
from summitry.record import Citation, Filters, MeetingRow, Record, SourceRow, Standing
from summitry.vocabulary import (
    Commitment,
    Discrepancy,
    Event,
    Move,
    Position,
    Prediction,
    Row,
    Statement,
)

T = TypeVar("T")
AnyRow = TypeVar("AnyRow", bound=Row)


@dataclass(frozen=True, slots=True)
class View:
    """The record as of a day. ``record`` is of this thread, for what is asked only once; the answers are shared.

    ``stale``: the record has changed since they were worked out, and they are being worked out anew.
    ``size`` is how many rows a page shows; ``read_only``: nothing can be reviewed.
    """

    record: Record
    standing: Standing
    size: int = 100
    stale: bool = False
    read_only: bool = True

    @property
    def as_of(self) -> date | None:
        """The day; None for all that is known."""
        return self.standing.as_of

    def once(self, name: str, work: Callable[[], T]) -> T:
        """Something worked out once for this state of the record and this day; ``name`` is unique to it."""
        return self.standing.once(("view", name), work)

    def statements(self) -> tuple[Statement, ...]:
        """Who said what, by day."""
        return self.standing.once(("held", "statements"), lambda: tuple(self.record.statements(as_of=self.as_of)))

    def events(self) -> tuple[Event, ...]:
        """The timeline, by day."""
        return self.standing.once(("held", "events"), lambda: tuple(self.record.timeline(as_of=self.as_of)))

    def meetings(self) -> tuple[MeetingRow, ...]:
        """The meetings of the timeline."""
        return self.once("meetings", lambda: tuple(self.record.meetings(as_of=self.as_of)))

    def moves(self) -> tuple[Move, ...]:
        """Moves with what became of them, by day."""
        return self.once("moves", lambda: tuple(self.record.moves(as_of=self.as_of)))

    def positions(self) -> tuple[Position, ...]:
        """Positions with how they moved, by day."""
        return self.once("positions", lambda: tuple(self.record.positions(as_of=self.as_of)))

    def matrix(self) -> tuple[Cell, ...]:
        """Party by issue."""
        return self.once("matrix", lambda: tuple(self.record.matrix(self.as_of)))

    def commitments(self) -> tuple[Commitment, ...]:
        """Commitments, a row for each change of status."""
        return self.once("commitments", lambda: tuple(self.record.commitments(as_of=self.as_of)))

    def predictions(self) -> tuple[Prediction, ...]:
        """Predictions and what came of them."""
        return self.once("predictions", lambda: tuple(self.record.predictions(as_of=self.as_of)))

    def scorecard(self) -> tuple[Score, ...]:
        """Forecasters by what came true."""
        return self.once("scorecard", lambda: tuple(scorecard(self.predictions())))

    def discrepancies(self) -> tuple[Discrepancy, ...]:
        """What does not go together."""
        return self.once("discrepancies", lambda: tuple(self.record.discrepancies(as_of=self.as_of)))

    def deadlocks(self) -> tuple[Deadlock, ...]:
        """Circles of steps that wait for one another."""
        return self.once("deadlocks", lambda: tuple(self.record.deadlocks(as_of=self.as_of)))

    def status(self) -> tuple[ProcessStatus, ...]:
        """The state of the talks by month."""
        return self.once("status", lambda: tuple(self.record.status(as_of=self.as_of)))

    def tone(self) -> tuple[Tone, ...]:
        """How pairs of parties dealt with each other, by month."""
        return self.once("tone", lambda: tuple(self.record.tone(as_of=self.as_of)))

    def brief(self, case: str | None = None) -> Brief:
        """Where the talks stand."""
        return self.once(f"brief {case or ''}", lambda: self.record.brief(self.as_of, case))

    def sources(self) -> tuple[SourceRow, ...]:
        """Reports by day of publication, rejected ones last."""
        return self.once("sources", lambda: tuple(self.record.sources(as_of=self.as_of)))

    def parties(self) -> tuple[tuple[str, str, int], ...]:
        """Code, name and number of rows of each party, most frequent first."""
        return self.once("parties", lambda: tuple(self.record.parties()))

    def by_id(self) -> Mapping[str, Row]:
        """Statements, events, moves and positions by id."""
        groups: tuple[Sequence[Row], ...] = (self.statements(), self.events(), self.moves(), self.positions())
        return self.once("by id", lambda: {row.id: row for rows in groups for row in rows})

    def choose(self, rows: Sequence[AnyRow], filters: Filters) -> Sequence[AnyRow]:
        """The rows that pass the filters, in their order; ``as_of`` is that of the view already."""
        if filters == Filters(filters.as_of):
            return rows

        def chosen() -> tuple[Sequence[AnyRow], Sequence[AnyRow]]:
            found = self.record.choose(
                rows,
                as_of=self.as_of,
                party=filters.party,
                issue=filters.issue,
                since=filters.since,
                min_confidence=filters.min_confidence,
            )
            return rows, found

        # With the rows themselves beside it: as long as they are kept, no others have their place in memory.
        return self.standing.lately(("chosen", id(rows), filters), chosen)[1]

    def cited(self, rows: Sequence[Row]) -> Mapping[str, Citation]:
        """Outlet, headline and date of the reports that rows stand in, by id."""
        return self.record.citations({one.source for row in rows for one in row.evidence})

    def answer(self, kind: str) -> tuple[Any, ...]:
        """The rows of a kind, named as its command."""
        asks = {
            "statements": self.statements,
            "timeline": self.events,
            "meetings": self.meetings,
            "moves": self.moves,
            "positions": self.positions,
            "commitments": self.commitments,
            "predictions": self.predictions,
            "discrepancies": self.discrepancies,
            "deadlocks": self.deadlocks,
            "status": self.status,
            "tone": self.tone,
            "sources": self.sources,
        }
        return cast("tuple[Any, ...]", asks[kind]())
