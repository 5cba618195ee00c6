"""Inputs into shards: small files together, large ones in parts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from summitry.ingest.shards.types import Shard, ShardOptions
from summitry.intake import IntakeOptions, Piece, pieces
from summitry.vocabulary import Rejected

SHARD_BYTES: Final = 2_000_000
"""About 600 reports as plain text, two minutes of one core; 150 packed pages of a crawl, of which few are read. Small
enough that a stopped run has little to do again, large enough that opening and closing costs nothing beside reading."""

SHARD_FILES: Final = 500
"""Files of one shard at most: a folder of very small ones."""


def shards(inputs: Sequence[str], intake: IntakeOptions, options: ShardOptions) -> Iterator[Shard | Rejected]:
    """The inputs as shards, in order, one at a time; what is no input comes out as rejected.

    The same inputs, unchanged, read in the same way give the same shards, whatever the number of processes.
    """
    how = _how(options)
    held: list[Piece] = []
    for piece in pieces(inputs, intake, SHARD_BYTES):
        if isinstance(piece, Rejected):
            yield piece
            continue
        if held and (sum(one.size for one in held) + piece.size > SHARD_BYTES or len(held) >= SHARD_FILES):
            yield _shard(held, how)
            held = []
        held.append(piece)
    if held:
        yield _shard(held, how)


def _shard(held: Sequence[Piece], how: str) -> Shard:
    digest = hashlib.blake2b(how.encode(), digest_size=10)
    for piece in held:
        told = (piece.path, piece.start, piece.end, piece.share, piece.of, piece.size, *_changed(piece.path))
        digest.update(repr(told).encode("utf-8", "surrogatepass"))
    return Shard(digest.hexdigest(), tuple(held))


def _changed(path: str) -> tuple[int, ...]:
    """When a file was last changed, and its size; nothing for what is no file here."""
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return ()
    return (status.st_mtime_ns, status.st_size)


def _how(options: ShardOptions) -> str:
    """All that changes what a shard is read as."""
    try:
        this = version("summitry")
    except PackageNotFoundError:
        this = "unknown"
    return repr((this, options.cases, options.no_case, options.light, options.gate, options.columns))
