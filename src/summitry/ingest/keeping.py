"""Writing what reports came to into the record, counted and told on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from summitry.errors import RecordError, SummitryError, UnreadableSource
from summitry.ingest.options import MOST_REFUSALS, Progress, Refusal
from summitry.record import Record
from summitry.vocabulary import Reading, Rejected, Source, SourceHead

MOST_EXAMPLES: Final = 5
"""Passed-over pages that are named for each reason, of each part of the input."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of reports: ``passed`` were passed over by the gate."""

    read: int = 0
    known: int = 0
    rejected: int = 0
    passed: int = 0

    @property
    def done(self) -> int:
        """All of them."""
        return self.read + self.known + self.rejected + self.passed

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.read + other.read,
            self.known + other.known,
            self.rejected + other.rejected,
            self.passed + other.passed,
        )


class Keeping:
    """A record that is being written to, and the numbers of reports so far."""

    def __init__(self, record: Record, progress: Callable[[Progress], None] = lambda _: None) -> None:
        self.record = record
        self.refusals: list[Refusal] = []
        self.passed: Counter[str] = Counter()
        """Pages passed over, by reason."""
        self._progress = progress
        self._share = 0.0
        self._read = self._known = self._rejected = 0
        self._examples: dict[str, list[tuple[str, str]]] = {}
        self._since: Counter[str] = Counter()

    @property
    def counts(self) -> Counts:
        """The numbers so far."""
        return Counts(self._read, self._known, self._rejected, self.passed.total())

    def add(self, source: Source | SourceHead, outcome: Reading | Rejected) -> Reading | Rejected:
        """Write what a report came to; what it came to at last.

        A reading that does not hold what every row must hold is a defect, and rejects its report.

        Raises:
            RecordError: the record cannot be written.
        """
        if isinstance(outcome, Reading):
            outcome = self._add(outcome, source)
        if isinstance(outcome, Rejected):
            self.reject(outcome)
        return outcome

    def _add(self, reading: Reading, source: Source | SourceHead) -> Reading | Rejected:
        try:
            if self.record.add(reading, source):
                self._read += 1
            else:
                self._known += 1  # found before, or another process was faster
        except RecordError:
            raise
        except UnreadableSource as error:
            return Rejected(source, error.stage, error.reason)
        except SummitryError as error:
            return Rejected(source, "record", f"a defect of summitry: {error}; please report it with the source")
        return reading

    def reject(self, rejected: Rejected) -> None:
        """Keep what could not be read."""
        self.record.reject(rejected)
        self._rejected += 1
        if len(self.refusals) < MOST_REFUSALS:
            self.refusals.append(Refusal.of(rejected))

    def again(self, source: Source | SourceHead) -> None:
        """Note one more place of a report that is there."""
        self.record.note_place(source)
        self._known += 1

    def before(self, counts: Counts) -> None:
        """Count what a run that was stopped had brought into the record."""
        self._known += counts.read + counts.known
        self._rejected += counts.rejected

    def pass_over(self, uri: str, why: str, reason: str) -> None:
        """Count a page that the gate passed over. Written by :meth:`note_passed`."""
        self.passed[why] += 1
        self._since[why] += 1
        named = self._examples.setdefault(why, [])
        if len(named) < MOST_EXAMPLES:
            named.append((uri, reason))

    def note_passed(self, part: str, place: str) -> None:
        """Write what was passed over since the last time, as of one part of the input."""
        if self._since:
            found = {why: (pages, tuple(self._examples[why])) for why, pages in self._since.items()}
            self.record.note_passed(part, place, found)
        self._since.clear()
        self._examples.clear()

    def tell(self, uri: str, share: float | None, under_way: Counts | None = None) -> None:
        """Tell how far reading is. ``share`` is the part of the input's bytes; ``under_way`` is not written yet."""
        now = self.counts + (under_way or Counts())
        if share is not None:
            # What is passed over is told at once, what is read when it is read: their places in the input differ.
            share = self._share = max(share, self._share)
        self._progress(Progress("reading", now.done, None, share, now.read, now.known, now.rejected, uri, now.passed))

    def tell_reconciling(self, done: int, total: int) -> None:
        """Tell that so many of the new reports are reconciled."""
        now = self.counts
        self._progress(Progress("reconciling", done, total, None, now.read, now.known, now.rejected, "", now.passed))
