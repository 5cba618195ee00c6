"""What reading into a record is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from summitry.vocabulary import Rejected

MOST_REFUSALS: Final = 1_000
"""Rejected inputs that a report of a run names: a screen of them helps, and a million would fill the memory. All of
them are in the record."""

LARGE: Final = 32_000_000
"""Bytes of inputs from which on they are read by shards: some 10,000 reports of plain text, half an hour of a core."""

Engine = Literal["auto", "stream", "shards", "ray"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How inputs are read.

    ``cases`` names the cases to read with (empty: chosen by the parties a report names); ``no_case`` reads with the
    world alone. ``jobs`` is the number of processes (None: all cores). ``allow_private`` lets URLs name private
    addresses. ``columns`` maps summitry's field names to columns of JSONL and CSV: ``("text", "body")``. ``light``
    reads without the encoder: faster and less exact. ``gate`` says whether pages are looked at before they are read,
    and passed over if they cannot bear on a case; None: those of crawls (WARC, WET) are.

    ``engine``: ``stream`` reads one input after the other; ``shards`` reads parts of the inputs by themselves and keeps
    what they came to beside the record until it is in it; ``ray`` does so on the cluster at ``address`` (None: one that
    is started here); ``auto`` takes shards for :data:`LARGE` inputs. ``readings`` is the folder, or the address of one
    in an object store, that outputs of shards are kept in for good; None: beside the record, until they are in it.
    """

    cases: tuple[str, ...] = ()
    no_case: bool = False
    jobs: int | None = None
    allow_private: bool = False
    columns: tuple[tuple[str, str], ...] = ()
    light: bool = False
    gate: bool | None = None
    engine: Engine = "auto"
    address: str | None = None
    readings: str | None = None

    @property
    def case_names(self) -> tuple[str, ...] | None:
        """What :class:`summitry.reader.pipeline.Reader` is asked for: None where a report's parties choose."""
        return () if self.no_case else self.cases or None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is, after each report.

    While ``stage`` is ``reading``, ``done`` counts reports read, known, rejected and passed over, and ``share`` is the
    part of the input's bytes (0-1) they stood in, None where the size of the input is unknown (URLs, standard input).
    While it is ``reconciling``, ``done`` of ``total`` new reports are brought together with the rest. ``uri`` is the
    one just done.
    """

    stage: Literal["reading", "reconciling"]
    done: int
    total: int | None
    share: float | None
    read: int
    known: int
    rejected: int
    uri: str = ""
    passed: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that was rejected, or a report that could not be reconciled: where it stands, at which stage, why."""

    uri: str
    stage: str
    reason: str

    @classmethod
    def of(cls, rejected: Rejected) -> Refusal:
        """The same without the bytes."""
        return cls(rejected.source.uri, rejected.stage, rejected.reason)


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What reading the inputs came to: numbers of reports newly read, known before and rejected, seconds.

    ``refusals`` names the first :data:`MOST_REFUSALS` rejected ones. ``redated`` counts undated reports that the
    record's other reports have dated anew. ``passed`` are numbers of pages that the gate passed over, by reason.
    ``unreconciled`` names reports that are in the record but could not be
    brought together with the rest; the next run tries again.
    """

    read: int
    known: int
    rejected: int
    refusals: tuple[Refusal, ...]
    seconds: float
    redated: int = 0
    unreconciled: tuple[Refusal, ...] = ()
    passed: tuple[tuple[str, int], ...] = ()
