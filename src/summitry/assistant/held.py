"""The record of a server: opened for reading alone, asked by one question at a time, remembered until it changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

from summitry.assistant.quoting import Desk, Quotes, seen
from summitry.errors import UsageError
from summitry.record import Record, Standing, open_record
from summitry.record.rows import last_day
from summitry.report.words import one_line
from summitry.vocabulary import Evidence, Row

AnyRow = TypeVar("AnyRow", bound=Row)

DAYS: Final = 4
"""As-of days whose rows stay in memory: an assistant compares two or three."""

PARTIES: Final = 15
"""Parties that a message names: the ones that a question is likely to be about."""

ALL: Final = "all reports of the record"
NOTHING: Final = (
    "No row answers this: no report read into this record tells it, which does not mean that it did not happen."
)


@dataclass(frozen=True, slots=True)
class Question:
    """The record for the time of one question, as of a day."""

    record: Record
    as_of: date | None
    desk: Desk

    def quotes(self, evidence: Iterable[Evidence]) -> Quotes:
        """What makes passages of this evidence."""
        return Quotes(self.desk, self.record.citations({one.source for one in evidence}))

    def quotes_of(self, rows: Iterable[Row]) -> Quotes:
        """What makes passages of the evidence of rows."""
        return self.quotes(one for row in rows for one in row.evidence)

    @property
    def told(self) -> str:
        """The as-of day in words."""
        return self.as_of.isoformat() if self.as_of else ALL

    def check_party(self, party: str | None) -> None:
        """See that a party of the question is one of the record.

        Raises:
            UsageError: it is none.
        """
        if party is None:
            return
        code, name = party.strip().upper(), party.strip().lower()
        known = self.record.parties()
        if not any(one.upper().startswith(code) or called.lower() == name for one, called, _ in known):
            listed = ", ".join(f"{one} ({party_name(one, called, known)})" for one, called, _ in known[:PARTIES])
            raise UsageError(
                f"party is {party!r}; allowed: a code or full name of parties(), as {seen(listed) or 'none'}"
            )


class Held:
    """An open record. Its questions may come from several threads; they are answered one after the other.

    Raises:
        RecordError: when made: the file cannot be read as a record.
    """

    def __init__(self, path: Path, desk: Desk) -> None:
        self._record = open_record(path, read_only=True, one_thread=False)
        self._desk = desk
        self._lock = threading.Lock()
        self._kept: OrderedDict[date | None, Standing] = OrderedDict()
        self._version = self._record.data_version()

    def close(self) -> None:
        """Close the file."""
        self._record.close()

    @contextmanager
    def asked(self, as_of: str | None = None) -> Iterator[Question]:
        """The record as of a day, for one question.

        Raises:
            UsageError: ``as_of`` is no day, month or year.
        """
        day = last_day(blank(as_of), "as_of")
        with self._lock:
            standing = self._standing(day)
            with self._record.remembering(standing):
                yield Question(self._record, day, self._desk)

    def _standing(self, day: date | None) -> Standing:
        if (version := self._record.data_version()) != self._version:
            self._version = version
            self._kept.clear()
        standing = self._kept.setdefault(day, Standing(day))
        self._kept.move_to_end(day)
        while len(self._kept) > DAYS:
            self._kept.popitem(last=False)
        return standing


def blank(text: str | None) -> str | None:
    """A parameter; one of blanks is one that was left out, as some clients send them."""
    return text if text is not None and text.strip() else None


def part(rows: Sequence[AnyRow], limit: int, skip: int) -> tuple[Sequence[AnyRow], dict[str, Any]]:
    """A part of the rows, and what an answer says of the rest."""
    shown = rows[skip : skip + limit]
    left = max(len(rows) - skip - len(shown), 0)
    more = f"{left} more: ask again with skip={skip + len(shown)}, or narrow the question" if left else None
    hint = None
    if not rows:
        hint = NOTHING
    elif not shown:
        hint = f"skip is {skip}, but only {len(rows)} rows answer this"
    return shown, {"total": len(rows), "shown": len(shown), "more": more, "hint": hint}


_ROLES: Final = {"GOV": "government", "MIL": "military", "LEG": "legislature", "OPP": "opposition", "MED": "media"}
"""Roles behind a state's code (CAMEO)."""


def party_name(code: str, name: str, known: Sequence[tuple[str, str, int]]) -> str:
    """The name of a party: rows of a role give it the name of whoever speaks, so it is named by its state."""
    state = next((called for one, called, _ in known if one == code[:3]), None)
    role = code[3:]
    if state is None or not role or code.startswith(("IGO", "NGO", "MNC", "IMG")):
        return seen(one_line(name))
    return f"{seen(one_line(state))}, {_ROLES.get(role, role)}"
