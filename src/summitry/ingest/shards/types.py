"""What a shard is, what reading one is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.intake import Piece


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of the inputs that is read as one. ``name`` is stable: of the pieces (paths, sizes, offsets, times of
    change) and of how they are read, so that a run that goes on finds what an earlier one did."""

    name: str
    pieces: tuple[Piece, ...]

    @property
    def size(self) -> int:
        """Bytes on the disk."""
        return sum(piece.size for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class ShardOptions:
    """How a shard is read; the same for all shards of a run. Everything in it can be pickled.

    ``out`` is the folder (a path, or an object store's address) that outputs are renamed into; ``known`` is a record
    whose reports need not be read again (None: none). The rest is as in :class:`summitry.ingest.ReadOptions`.
    """

    out: str
    known: str | None = None
    cases: tuple[str, ...] = ()
    no_case: bool = False
    light: bool = False
    gate: bool = False
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ShardReport:
    """What reading a shard came to: numbers of reports; ``passed`` were passed over by the gate."""

    name: str
    read: int
    known: int
    rejected: int
    passed: int
    seconds: float
    peak_bytes: int
    """The most memory the process had taken when the shard was done."""
