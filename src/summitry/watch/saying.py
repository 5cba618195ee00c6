"""What a watcher is told, works with and tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from summitry.ingest import ReadOptions
from summitry.ingest.reads import MakeReader
from summitry.intake.fetch import ask
from summitry.vocabulary import DateInterval
from summitry.watch.clock import Clock, SystemClock
from summitry.watch.polite import GAP_SECONDS, Ask

Fate = Literal["read", "failed", "waiting"]


@dataclass(frozen=True, slots=True)
class Options:
    """How it is watched: seconds between two requests to one host, and how reports are read."""

    gap: float = GAP_SECONDS
    read: ReadOptions = field(default_factory=ReadOptions)


@dataclass(frozen=True, slots=True)
class Said:
    """Something to tell of a feed, page or file: ``refused`` is not read and will not be, ``failed`` may be later."""

    kind: Literal["refused", "failed", "note"]
    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report that was read into the record, and how many rows of it."""

    id: str
    uri: str
    outlet: str | None
    headline: str | None
    published: DateInterval
    statements: int
    events: int
    moves: int


@dataclass(frozen=True, slots=True)
class Round:
    """What a round came to. ``inputs`` is how each feed and folder fared; ``pending`` how many entries wait."""

    reports: tuple[NewReport, ...]
    rejected: int
    inputs: tuple[tuple[str, Fate], ...]
    pending: int


@dataclass(frozen=True, slots=True)
class Means:
    """What a watcher works with; tests bring their own clock, requests and reader."""

    clock: Clock = field(default_factory=SystemClock)
    asked: Ask = ask
    make_reader: MakeReader | None = None
