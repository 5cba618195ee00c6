"""What to do with work on which a process died: once more, with more care, and at last without what it died on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Generic, Protocol, TypeVar

from summitry.ingest.keeping import Counts

STRIKES: Final = 3
"""Deaths at one and the same place after which the place is given up. Once may be chance, a killer of processes that
are out of memory takes any; three times on the report that was taken up alone is the report."""

LOSSES: Final = 10
"""Machines lost while they read a shard after which it is given up. Machines are lost for many reasons, and cheap ones
are taken back all the time; ten in a row with one shard are no chance."""


class Named(Protocol):
    """Work that is done by one process as a whole."""

    @property
    def name(self) -> str:
        """What it is known by among the others."""


J = TypeVar("J", bound=Named)


@dataclass(frozen=True, slots=True)
class At:
    """Where a process is: the counts so far, and the ids of the reports it now takes up."""

    counts: Counts = field(default_factory=Counts)
    now: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Care:
    """What deaths have taught: reports to be read one by one, and those that are not read at all, because a process
    died on each whenever it was read."""

    alone: frozenset[str] = frozenset()
    doomed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Failed(Generic[J]):
    """Work that no process survives, and why it is given up."""

    job: J
    reason: str


class Strikes(Generic[J]):
    """The deaths of a run so far."""

    def __init__(self) -> None:
        self._strikes: dict[str, tuple[At, int]] = {}
        self._losses: dict[str, int] = {}
        self._care: dict[str, Care] = {}

    def died(self, job: J, at: At) -> Care | Failed[J]:
        """A process died: the reports it was at are read one by one, then without the one it was."""
        before, strikes = self._strikes.get(job.name, (None, 0))
        strikes = strikes + 1 if before == at else 1
        self._strikes[job.name] = (at, strikes)
        care = self._care.get(job.name, Care())
        if len(at.now) > 1:
            care = Care(care.alone | set(at.now), care.doomed)
        elif strikes >= STRIKES and at.now:
            care = Care(care.alone, care.doomed | set(at.now))
        elif strikes >= STRIKES:
            return self._failed(
                job, "a process dies each time it takes this in, before it reads a report; look at the file"
            )
        self._care[job.name] = care
        return care

    def lost(self, job: J) -> Care | Failed[J]:
        """The whole machine is gone: nothing against the reports, unless it is so each time."""
        losses = self._losses[job.name] = self._losses.get(job.name, 0) + 1
        if losses >= LOSSES:
            return self._failed(job, f"{losses} machines were lost while they read this; look at the file")
        return self._care.get(job.name, Care())

    def done(self, job: J) -> None:
        """It is done: nothing need be remembered of it."""
        self._strikes.pop(job.name, None)
        self._losses.pop(job.name, None)
        self._care.pop(job.name, None)

    def _failed(self, job: J, reason: str) -> Failed[J]:
        self.done(job)
        return Failed(job, reason)
