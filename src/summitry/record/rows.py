"""What the record hands out besides the types of the vocabulary: sources, meetings, passages, explanations."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, fields
from datetime import date
from typing import Final, Literal

from summitry.errors import UsageError
from summitry.review import Review
from summitry.vocabulary import (
    UNKNOWN_DATE,
    Actor,
    DateInterval,
    Event,
    Evidence,
    LabelledSpan,
    MeetingLevel,
    Mention,
    Row,
    TimeExpression,
)

DateLike = date | str
"""A day, or ISO 8601 text of a day, month or year (``2019-03-15``, ``2019-03``, ``2019``)."""

SHORTEST_ID: Final = 6
"""Characters of an id that may stand for all of it: below, slips of the hand would find something."""

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One source of the record. ``evidence`` are its headline, byline and dateline lines; empty when rejected.

    ``statements`` and ``events`` are how many were read in it. ``copy_of`` is the id of the source it copies.
    """

    id: str
    uri: str
    uris: tuple[str, ...]
    status: Literal["read", "rejected"]
    stage: str | None
    reason: str | None
    headline: str | None
    byline: str | None
    agency: str | None
    outlet: str | None
    kind: str | None
    published: DateInterval
    language: str | None
    media_type: str
    copy_of: str | None
    furniture: tuple[LabelledSpan, ...]
    evidence: tuple[Evidence, ...]
    statements: int
    events: int
    coder: str
    text: str | None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Citation:
    """What a reader needs to recognise a source: where it stood and when."""

    id: str
    uri: str
    outlet: str | None
    headline: str | None
    published: DateInterval = UNKNOWN_DATE


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow(Event):
    """An event that is a meeting, with the meeting's fields at hand."""

    @classmethod
    def of(cls, event: Event) -> MeetingRow:
        """The same event as a meeting row.

        Raises:
            UsageError: the event is no meeting.
        """
        if event.meeting is None:
            raise UsageError(f"event {event.id} is no meeting; allowed: events with level and venue")
        return cls(**{field.name: getattr(event, field.name) for field in fields(event)})

    @property
    def level(self) -> MeetingLevel:
        """Summit, ministerial, working level, phone, letter or other."""
        return self.meeting.level if self.meeting else "other"

    @property
    def venue(self) -> str | None:
        """Where they met, in the words of the report."""
        return self.meeting.venue if self.meeting else None

    @property
    def delegations(self) -> tuple[Actor, ...]:
        """Who took part."""
        return self.meeting.delegations if self.meeting else ()

    @property
    def outcome(self) -> str | None:
        """What came of it, in the words of the report."""
        return self.meeting.outcome if self.meeting else None


@dataclass(frozen=True, slots=True)
class Passage:
    """Evidence in its context: ``before`` + ``evidence.exact`` + ``after`` stand so in the text, from ``start``."""

    cited: Citation
    evidence: Evidence
    start: int
    before: str
    after: str
    times: tuple[TimeExpression, ...] = ()
    mentions: tuple[Mention, ...] = ()


RowKind = Literal[
    "source",
    "statement",
    "event",
    "move",
    "position",
    "commitment",
    "prediction",
    "discrepancy",
    "deadlock",
    "status",
    "tone",
]


@dataclass(frozen=True, slots=True)
class Related:
    """A row that another one rests on, with its words: the position before, the move answered, what resolved it."""

    how: str
    row: Row
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One row with all its words. ``members`` are the readings of single articles that an event merges; ``related``
    the rows that it was worked out from; ``reviews`` what people decided of it."""

    kind: RowKind
    row: SourceRow | Row
    passages: tuple[Passage, ...]
    members: tuple[tuple[Citation, Event], ...] = ()
    related: tuple[Related, ...] = ()
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """What rows are asked for.

    ``as_of``: what could be known on that day: reports that may have been published by then, and nothing said or done
    later. ``since``: said, done or, undated, reported on that day or later. ``party``: a code, which stands for all
    codes that start with it (``PRK`` for ``PRKGOV``), or a full name. ``issue``: words that all stand, in any
    inflection, in the row's sentences; "quoted words" as a phrase. ``min_confidence``: rows with this confidence, 0-1,
    or more.

    Raises:
        UsageError: ``min_confidence`` is not 0-1.
    """

    as_of: date | None = None
    since: date | None = None
    party: str | None = None
    issue: str | None = None
    min_confidence: float | None = None

    def __post_init__(self) -> None:
        # Not a number compares as false with everything, and is refused too.
        if self.min_confidence is not None and not 0.0 <= self.min_confidence <= 1.0:
            raise UsageError(f"min confidence is {self.min_confidence:g}; allowed: 0 to 1, as 0.7 for seven in ten")


def first_day(value: DateLike | None, name: str = "date") -> date | None:
    """The first day of a day, month or year; None stays None.

    Raises:
        UsageError: no such day.
    """
    return _days(value, name)[0] if value is not None else None


def last_day(value: DateLike | None, name: str = "date") -> date | None:
    """The last day of a day, month or year; None stays None.

    Raises:
        UsageError: no such day.
    """
    return _days(value, name)[1] if value is not None else None


def _days(value: DateLike, name: str) -> tuple[date, date]:
    if isinstance(value, date):
        return value, value
    match = _PARTIAL.fullmatch(value.strip())
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:
        raise UsageError(f"{name} is {value!r}; allowed: a day, month or year as 2019-03-15, 2019-03 or 2019") from None
