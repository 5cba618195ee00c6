"""Inputs to pieces: how each kind of file is split, at little cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from summitry.errors import UnreadableSource
from summitry.intake import stores
from summitry.intake.kinds import JSON, JSONL, PARQUET, WARC, Kind, kind_of
from summitry.intake.lines import Lines
from summitry.intake.listing import found
from summitry.intake.members import is_gzip
from summitry.intake.options import IntakeOptions
from summitry.intake.parquet import groups_of_parquet
from summitry.intake.pieces import MOST_SHARES, MOST_SHARES_OF_JSON, Piece
from summitry.intake.warc import places_of_warc
from summitry.vocabulary import Rejected

_CHUNK = 1 << 20


def pieces(
    inputs: Sequence[str], options: IntakeOptions | None = None, target_bytes: int = 2_000_000
) -> Iterator[Piece | Rejected]:
    """The inputs in pieces of about ``target_bytes`` on the disk, in order; small files are a piece each.

    Lines are counted and the headers of an unpacked crawl are gone through once, at the speed of memory; packed crawls
    are split without a look inside. Nothing that is wrong inside a file is told here: taking in its pieces tells it.

    Args:
        inputs: as for :func:`summitry.intake.iter_sources`.
        options: as for it.
        target_bytes: at least 1.

    Yields:
        A :class:`Piece`, or a :class:`Rejected` for what is no file to read.
    """
    for one in found(inputs, options or IntakeOptions()):
        if isinstance(one, Rejected):
            yield one
        elif one.place == "-" or one.size <= target_bytes:
            yield Piece(one.place, size=one.size)
        else:
            yield from _split(one.place, one.size, target_bytes)


def _split(path: str, size: int, target: int) -> Iterator[Piece]:
    kind = kind_of(path)
    if not kind.is_collection:
        yield Piece(path, size=size)
        return
    try:
        with _opened(path) as stream:
            parts = _parts(path, size, target, kind, stream)
            first = next(parts, None)
            if first is not None:
                yield first
                yield from parts
                return
    except (UnreadableSource, OSError, ValueError):
        pass  # taking the file in tells what is wrong
    yield Piece(path, size=size)


def _parts(path: str, size: int, target: int, kind: Kind, stream: BinaryIO) -> Iterator[Piece]:
    """The pieces of a file; none where it cannot be split. Raises, if at all, before the first."""
    if kind.media_type == WARC and kind.packing == "gzip" and is_gzip(stream):
        starts = [(start, None) for start in range(0, size, target)]
        yield from _ranges(path, size, iter(starts))
    elif kind.media_type == WARC and kind.packing in (None, "gzip"):
        yield from _ranges(path, size, _every(places_of_warc(stream), target))
    elif kind.media_type == PARQUET:
        yield from groups_of_parquet(path, size, target, stream)
    elif kind.media_type == JSONL and kind.packing is None and not Lines(stream).is_wide:
        yield from _ranges(path, size, _line_starts(stream, size, target))
    else:
        of = min(MOST_SHARES_OF_JSON if kind.media_type == JSON else MOST_SHARES, -(-size // target))
        yield from (Piece(path, share=share, of=of, size=size // of) for share in range(of))


def _ranges(path: str, size: int, starts: Iterator[tuple[int, int | None]]) -> Iterator[Piece]:
    """Pieces from each start, with the lines before it, to the next."""
    start, before = next(starts)
    for following, lines in starts:
        yield Piece(path, start, following, size=following - start, before=before)
        start, before = following, lines
    yield Piece(path, start, None, size=size - start, before=before)


def _every(places: Iterator[int], target: int) -> Iterator[tuple[int, None]]:
    """Of ascending places, those at least ``target`` behind the one before."""
    last = 0
    yield 0, None
    for place in places:
        if place - last >= target:
            last = place
            yield place, None


def _line_starts(stream: BinaryIO, size: int, target: int) -> Iterator[tuple[int, int]]:
    """Beginnings of lines at least ``target`` bytes behind one another, with the number of lines before each."""
    stream.seek(0)
    start = position = lines = 0
    yield 0, 0
    while chunk := stream.read(_CHUNK):
        counted = 0
        while (end := chunk.find(b"\n", max(counted, start + target - 1 - position))) >= 0:
            lines += chunk.count(b"\n", counted, end + 1)
            counted = end + 1
            start = position + counted
            if start < size:
                yield start, lines
        lines += chunk.count(b"\n", counted)
        position += len(chunk)


def _opened(path: str) -> BinaryIO:
    if stores.is_store(path):
        return stores.opened(path)
    return cast(BinaryIO, Path(path).open("rb"))
