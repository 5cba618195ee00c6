"""What an export is: a name, what it is for, and how it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from summitry.record import Asked, DateLike, Record
from summitry.record.tabular.field import Kind

RowsKind = Kind
"""Kinds of rows, named as the commands that print them."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows are exported: the filters of :class:`summitry.record.Filters`, and the case of a brief.

    ``rows`` is the kind of rows where a format holds one kind only (CSV, Parquet, JSON Lines); others ignore it.
    """

    rows: RowsKind = "timeline"
    as_of: DateLike | None = None
    party: str | None = None
    issue: str | None = None
    since: DateLike | None = None
    min_confidence: float | None = None
    case: str | None = None

    @property
    def asked(self) -> Asked:
        """The filters, as the methods of a record take them."""
        return {
            "as_of": self.as_of,
            "party": self.party,
            "issue": self.issue,
            "since": self.since,
            "min_confidence": self.min_confidence,
        }


@dataclass(frozen=True, slots=True)
class Export:
    """One format. ``write`` writes a file's bytes; of a format that is a folder, ``fill`` writes into it.

    Exactly one of the two is there. Both raise UsageError for a selection that is off, and for a package that is
    missing (named, with the extra that brings it). ``opens_in`` names programs that open it. ``left_out`` says which
    rows of a selection the format has no place for.
    """

    name: str
    suffix: str
    media_type: str
    what: str
    opens_in: str
    write: Callable[[Record, Selection, BinaryIO], None] | None = None
    fill: Callable[[Record, Selection, Path], None] | None = None
    left_out: Callable[[Record, Selection], str | None] | None = None
