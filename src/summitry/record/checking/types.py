"""What an invariant is, what is found against one, and what checking and repairing come to."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

MOST_FINDINGS: Final = 100
"""Findings of one invariant that are named; all are counted. A damaged page can break a hundred thousand rows."""

Mend = Literal["schema", "search", "orphans", "report", "entry", "apart", "again", "file"]
"""How a finding is mended: objects of the schema made anew, a search index built anew, rows of nothing dropped, the
report taken out, the entry taken out (its reports merge anew), a copy of a copy set apart, a report marked as to be
reconciled, the file salvaged into a new one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold. ``where`` is the id of a report, row or entry, or the name of a table.

    ``mend`` says how ``--repair`` mends it; None: it does not.
    """

    invariant: str
    where: str
    what: str
    mend: Mend | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One report as it is checked: its row of ``sources``, and its text."""

    connection: sqlite3.Connection
    row: sqlite3.Row

    @property
    def id(self) -> str:
        """The id of the source."""
        return str(self.row["id"])

    @property
    def text(self) -> str:
        """The text of the report."""
        return str(self.row["text"])


@dataclass(frozen=True, slots=True)
class Invariant:
    """What always holds in a record.

    ``of_record`` finds what breaks it in the whole record, ``of_report`` in one report; one of them is given.
    """

    name: str
    what: str
    repair: str
    of_record: Callable[[sqlite3.Connection], Iterator[tuple[str, str]]] | None = None
    of_report: Callable[[Report], Iterator[str]] | None = None
    mend: Mend | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """How far a check is: the invariant, or the reports, that are being looked at."""

    what: str
    done: int = 0
    total: int | None = None


@dataclass(slots=True)
class Findings:
    """What is found, at most ``most`` named for each invariant, all counted."""

    most: int = MOST_FINDINGS
    named: list[Finding] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        """Count one more, and name it while there is room."""
        count = self.counts[finding.invariant] = self.counts.get(finding.invariant, 0) + 1
        if count <= self.most:
            self.named.append(finding)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check came to. ``skipped`` names the invariants that could not be checked, each with the reason."""

    path: Path
    version: int
    reports: int
    findings: tuple[Finding, ...]
    counts: dict[str, int]
    checked: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]
    seconds: float

    @property
    def sound(self) -> bool:
        """Whether everything that was checked holds."""
        return not self.counts


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What repairing came to: what was found, what was done, and what a check finds now.

    ``copy`` is the record as it was. ``read_again`` are the places of the reports that were taken out, which must be
    read again. ``reviews_lost`` counts decisions of people that could not be read: only a backup has them.
    """

    before: CheckReport
    after: CheckReport
    done: tuple[str, ...]
    copy: Path | None
    read_again: tuple[str, ...]
    reviews_lost: int = 0
