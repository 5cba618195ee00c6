"""What a shard is, how one is read, and what that came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from summitry.ingest.keeping import Counts
from summitry.ingest.reads import MakeReader, ReportReader
from summitry.intake import Piece


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of the inputs that is read as one.

    ``name`` is stable: of the pieces (paths, sizes, offsets, times of change) and of how they are read, so that a run
    that goes on finds what an earlier one did.
    """

    name: str
    pieces: tuple[Piece, ...]

    @property
    def size(self) -> int:
        """Bytes on the disk."""
        return sum(piece.size for piece in self.pieces)

    @property
    def place(self) -> str:
        """Where it lies, for a person."""
        first = self.pieces[0]
        within = f" from byte {first.start:,}" if first.start else f", share {first.share}" if first.of > 1 else ""
        more = f" and {len(self.pieces) - 1} more" if len(self.pieces) > 1 else ""
        return f"{first.path}{within}{more}"


@dataclass(frozen=True, slots=True)
class ShardOptions:
    """How shards are read; the same for all of a run. All in it can be pickled.

    ``out`` is the folder, or the address of one in an object store, that outputs are renamed into; ``known`` is the
    record whose reports need not be read again (None: none). ``gate`` says whether pages are looked at before they are
    read; None: those of crawls are. ``make`` makes the reader (None: summitry's own). The rest is as in
    :class:`summitry.ingest.ReadOptions`.
    """

    out: str
    known: str | None = None
    cases: tuple[str, ...] = ()
    no_case: bool = False
    light: bool = False
    gate: bool | None = None
    columns: tuple[tuple[str, str], ...] = ()
    make: MakeReader | None = None

    def reader(self) -> ReportReader:
        """A reader as the options ask for it. Loading one takes most of a second."""
        make = self.make
        if make is None:
            # Loads the parser: who plans shards needs none of it.
            from summitry.reader.pipeline import Reader

            make = partial(Reader, light=self.light)
        return make(self.case_names)

    @property
    def case_names(self) -> Sequence[str] | None:
        """What a reader is asked for: None where a report's parties choose."""
        return () if self.no_case else self.cases or None


@dataclass(frozen=True, slots=True)
class ShardReport:
    """What reading a shard came to. ``peak_bytes`` is the most memory the process that read it had ever taken;
    None where that cannot be asked."""

    name: str
    counts: Counts
    seconds: float
    peak_bytes: int | None
