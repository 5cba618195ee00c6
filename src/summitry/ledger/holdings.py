"""What a record holds, as known on a day: what every function of the ledger is asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from summitry.casebook import Case
from summitry.vocabulary import Commitment, DateInterval, Discrepancy, Event, Move, Position, Prediction, Statement


@dataclass(frozen=True, slots=True)
class Report:
    """A source as the ledger needs it: its id, where and when it appeared, and the id of the report it copies."""

    id: str
    outlet: str | None
    published: DateInterval
    kind: str = "report"
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class Holdings:
    """All rows of a record as known on ``as_of`` (None: all there are), each in order of time.

    ``events`` are the entries of the timeline; ``tellings`` are, for an entry of several reports, the article-level
    events that it merges. ``discrepancies`` are those that reports assert themselves. ``reports`` are by source id.
    What a copy tells as its original does is in it once, by the original. ``as_of`` of None stands, where a day is
    needed, for :attr:`today`.
    """

    as_of: date | None = None
    reports: Mapping[str, Report] = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    tellings: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    positions: tuple[Position, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    predictions: tuple[Prediction, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    cases: tuple[Case, ...] = ()
    today: date | None = field(init=False, compare=False, default=None)
    """The day the ledger speaks of: ``as_of``, or else the last on which a report may have appeared.

    Not the day on the clock: a record asked twice answers the same."""

    def __post_init__(self) -> None:
        day = self.as_of
        if day is None:
            known = (day for one in self.reports.values() if (day := one.published.end or one.published.start))
            day = max(known, default=None)
        # Worked out once: it is asked for at every row.
        object.__setattr__(self, "today", day)

    def day_of(self, when: DateInterval, source: str) -> date | None:
        """The first day of an interval; where it is not known, the first on which its report may have appeared."""
        if (day := when.start or when.end) is not None:
            return day
        report = self.reports.get(source)
        return (report.published.start or report.published.end) if report is not None else None
