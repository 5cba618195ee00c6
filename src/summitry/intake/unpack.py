"""Bounded reading: streams that stop at a size, and unpacking that stops when it swells like a bomb."""

from __future__ import annotations

import bz2
import io
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from summitry.errors import UnreadableSource
from summitry.intake.extra import needed
from summitry.intake.options import MAX_DOCUMENT_BYTES, MAX_PACKING_RATIO, RATIO_FROM_BYTES

_CHUNK = 1 << 20
# zstandard gives no bound on what it makes of its input; a block of 4 bytes may become 128 kB, so 1 kB at most 32 MB.
_ZSTD_CHUNK = 1 << 10
# What `zstd -d` allows without being asked for more: 128 MB of window.
_ZSTD_WINDOW = 1 << 27

Read = Callable[[int], bytes]


class Unpacked(io.RawIOBase):
    """The unpacked bytes of a packed stream, all its members one after another; see :func:`unpacked`.

    Raises:
        UnreadableSource: stage ``unpack``, from ``readinto``: damaged data, or more than
            :data:`MAX_PACKING_RATIO` bytes for each packed one.
    """

    def __init__(self, packed: BinaryIO, packing: str = "gzip") -> None:
        self._packing = packing
        self._read_in = 0
        self._given = 0
        self._left = memoryview(b"")
        self._packed = packed
        self._chunks = _UNPACKING[packing](self._read_packed)

    def readable(self) -> bool:
        """True: it is read only."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with unpacked bytes; 0 at the end."""
        if not self._left:
            try:
                self._left = memoryview(next(self._chunks, b""))
            except (OSError, EOFError, ValueError, zlib.error) as error:
                raise UnreadableSource(
                    "unpack", f"its {self._packing} data is damaged or cut off ({error}); fetch or pack it again"
                ) from error
            self._given += len(self._left)
            swollen(self._given, self._read_in)
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size

    def _read_packed(self, size: int) -> bytes:
        data = self._packed.read(size)
        self._read_in += len(data)
        return data


def unpacked(packed: BinaryIO, packing: str) -> BinaryIO:
    """A buffered stream of the unpacked bytes of ``packed`` (``gzip``, ``zstandard``, ``bzip2``).

    Raises:
        UnreadableSource: when made: the package for it is missing; when read: damaged data, or a bomb.
    """
    if packing == "zstandard":
        needed("zstandard", "unpacking .zst")
    return cast(BinaryIO, io.BufferedReader(Unpacked(packed, packing), _CHUNK // 8))


def swollen(given: int, read_in: int) -> None:
    """Stop a bomb.

    Raises:
        UnreadableSource: ``given`` unpacked bytes of ``read_in`` packed ones are more than any text gives.
    """
    if given > RATIO_FROM_BYTES and given > MAX_PACKING_RATIO * max(1, read_in):
        raise UnreadableSource(
            "unpack",
            f"it unpacks to more than {MAX_PACKING_RATIO} times its size, as no text does; "
            "unpack it yourself if you trust it",
        )


def _gunzip(read: Read) -> Iterator[bytes]:
    data = read(_CHUNK // 8)
    while data:
        unit = zlib.decompressobj(31)
        while not unit.eof:
            if out := unit.decompress(data, _CHUNK):
                yield out
            data = unit.unconsumed_tail
            if not data and not unit.eof and not (data := read(_CHUNK // 8)):
                raise EOFError("it ends inside a member")
        data = unit.unused_data
        while not (data := data.lstrip(b"\0")):  # tapes pad the end with zeros
            if not (data := read(_CHUNK // 8)):
                return


def _bunzip(read: Read) -> Iterator[bytes]:
    data = read(_CHUNK // 8)
    while data:
        unit = bz2.BZ2Decompressor()
        while not unit.eof:
            if out := unit.decompress(data, _CHUNK):
                yield out
            data = b""
            if not unit.eof and unit.needs_input and not (data := read(_CHUNK // 8)):
                raise EOFError("it ends inside a stream")
        data = unit.unused_data or read(_CHUNK // 8)


def _unzstd(read: Read) -> Iterator[bytes]:
    zstandard = needed("zstandard", "unpacking .zst")
    unpacker = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    data = read(_ZSTD_CHUNK)
    while data:
        unit = unpacker.decompressobj()
        while not unit.eof:
            try:
                out = unit.decompress(data)
            except zstandard.ZstdError as error:
                raise ValueError(error) from error
            if out:
                yield out
            if not unit.eof and not (data := read(_ZSTD_CHUNK)):
                raise EOFError("it ends inside a frame")
        data = unit.unused_data or read(_ZSTD_CHUNK)


_UNPACKING = {"gzip": _gunzip, "bzip2": _bunzip, "zstandard": _unzstd}


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
