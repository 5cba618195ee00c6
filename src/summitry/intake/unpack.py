"""Bounded reading: streams that stop at a size, and gzip that stops when it swells like a bomb."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import BinaryIO

from summitry.errors import UnreadableSource
from summitry.intake.options import MAX_DOCUMENT_BYTES, MAX_PACKING_RATIO, RATIO_FROM_BYTES

_CHUNK = 1 << 20


class Unpacked(io.RawIOBase):
    """The unpacked bytes of a gzip stream; wrap it in :class:`io.BufferedReader`.

    Raises:
        UnreadableSource: stage ``unpack``, from ``readinto``: damaged data, or more than
            :data:`MAX_PACKING_RATIO` bytes for each packed one.
    """

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._file = gzip.GzipFile(fileobj=packed, mode="rb")
        self._given = 0

    def readable(self) -> bool:
        """True: it is read only."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with unpacked bytes; 0 at the end."""
        try:
            chunk = self._file.read(min(len(buffer), _CHUNK))
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableSource(
                "unpack", f"its gzip data is damaged or cut off ({error}); fetch or pack it again"
            ) from error
        self._given += len(chunk)
        if self._given > RATIO_FROM_BYTES and self._given > MAX_PACKING_RATIO * max(1, self._packed.tell()):
            raise UnreadableSource(
                "unpack",
                f"it unpacks to more than {MAX_PACKING_RATIO} times its size, as no text does; "
                "unpack it yourself if you trust it",
            )
        buffer[: len(chunk)] = chunk
        return len(chunk)


def whole(stream: BinaryIO, limit: int = MAX_DOCUMENT_BYTES) -> bytes:
    """All bytes of a stream.

    Raises:
        UnreadableSource: stage ``fetch``: more than ``limit`` bytes; no more than that are held.
    """
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise UnreadableSource("fetch", too_large(size, limit, "more than "))
        parts.append(chunk)
    return b"".join(parts)


def too_large(size: int, limit: int, more: str = "") -> str:
    """Why a document of ``size`` bytes is refused."""
    return f"it has {more}{size:,} bytes; at most {limit:,} are read at once; split it into reports, or rows of JSONL"
