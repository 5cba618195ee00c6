"""What reading into a record is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.vocabulary import Rejected


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How inputs are read.

    ``cases`` names the cases to read with (empty: chosen by the parties a report names); ``no_case`` reads with the
    world alone. ``jobs`` is the number of processes (None: all cores). ``allow_private`` lets URLs name private
    addresses. ``columns`` maps summitry's field names to columns of JSONL and CSV: ``("text", "body")``.
    """

    cases: tuple[str, ...] = ()
    no_case: bool = False
    jobs: int | None = None
    allow_private: bool = False
    columns: tuple[tuple[str, str], ...] = ()

    @property
    def case_names(self) -> tuple[str, ...] | None:
        """What :class:`summitry.reader.pipeline.Reader` is asked for: None where a report's parties choose."""
        return () if self.no_case else self.cases or None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far reading is. ``total`` is None while the number of inputs is unknown; ``uri`` is the one just done."""

    done: int
    total: int | None
    read: int
    known: int
    rejected: int
    uri: str = ""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What reading the inputs came to: numbers of reports newly read and known before, what was rejected, seconds.

    ``redated`` counts undated reports that the record's other reports have dated anew.
    """

    read: int
    known: int
    rejected: tuple[Rejected, ...]
    seconds: float
    redated: int = 0
