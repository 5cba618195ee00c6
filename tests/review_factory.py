"""Records with reviews, for the tests of reviewing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from record_factory import day, make_reading
from summitry.record import Record, open_record
from summitry.record.desk import Desk

MET = ("2019-05-03", "2019-06-01", "2019-07-01")
NOON = datetime(2030, 5, 4, 12, tzinfo=UTC)


def make_record(path: Path, met: tuple[str, ...] = MET) -> Record:
    """A record of a report for each day; nothing of one is merged with another's."""
    record = open_record(path, create=True)
    for number, when in enumerate(met):
        record.add(*make_reading(number, met=when, published=day(when)))
    return record


def desk(record: Record, clock: Callable[[], datetime] = lambda: NOON) -> Desk:
    """The reviews of a record, with a clock that stands still."""
    return Desk(record, clock)
