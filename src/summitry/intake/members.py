"""Members of a gzip file, each of which begins a record of a web archive: one after another, or from anywhere."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO, Final

from summitry.errors import UnreadableSource
from summitry.intake.unpack import swollen

CHUNK: Final = 1 << 16
_MAGIC = b"\x1f\x8b\x08"
_BEGINS = b"WARC/"
# Of a member, to see what it begins with: its header with a file name, and the first codes.
_WINDOW = 4096


class Member(io.RawIOBase):
    """One member, unpacked as it is read. ``held`` are bytes from ``start`` on that were read already.

    After its end (``ended``), ``end`` is the byte in the file behind it and ``rest`` what was read beyond it.

    Raises:
        UnreadableSource: stage ``unpack``, from ``readinto``: damaged, cut off, or a bomb.
    """

    def __init__(self, stream: BinaryIO, start: int, held: bytes) -> None:
        self._stream = stream
        self._unit = zlib.decompressobj(31)
        self._start = start
        self._read_in = len(held)
        self._given = 0
        self.rest = held

    @property
    def ended(self) -> bool:
        """Whether all of it was read, its checksum right."""
        return self._unit.eof

    @property
    def end(self) -> int:
        """Where it ends in the file, once it has ended."""
        return self._start + self._read_in - len(self.rest)

    def readable(self) -> bool:
        """True: it is read only."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; 0 at the end of the member."""
        out = b""
        while not out and not self._unit.eof and len(buffer):
            if not self.rest:
                self.rest = self._stream.read(CHUNK)
                self._read_in += len(self.rest)
                if not self.rest:
                    raise UnreadableSource("unpack", "its gzip data is cut off; fetch it again")
            try:
                out = self._unit.decompress(self.rest, len(buffer))
            except zlib.error as error:
                raise UnreadableSource("unpack", f"its gzip data is damaged ({error}); fetch it again") from error
            self.rest = self._unit.unused_data if self._unit.eof else self._unit.unconsumed_tail
        self._given += len(out)
        swollen(self._given, self._read_in)
        buffer[: len(out)] = out
        return len(out)


def is_gzip(stream: BinaryIO) -> bool:
    """Whether a stream that can seek begins as gzip; it is left at its beginning."""
    first = stream.read(2)
    stream.seek(0)
    return first == _MAGIC[:2]


def begins_record(data: bytes) -> bool:
    """Whether ``data`` begins with a gzip member that begins with a record of a web archive."""
    if not data.startswith(_MAGIC):
        return False
    try:
        return zlib.decompressobj(31).decompress(data[:_WINDOW], len(_BEGINS)) == _BEGINS
    except zlib.error:
        return False


def next_member(stream: BinaryIO, start: int, end: int | None) -> int | None:
    """Where the first member at or behind ``start``, and before ``end``, begins that begins a record; None: nowhere."""
    while end is None or start < end:
        stream.seek(start)
        data = stream.read(CHUNK + _WINDOW)
        at = data.find(_MAGIC)
        while 0 <= at < CHUNK:
            if end is not None and start + at >= end:
                return None
            if begins_record(data[at : at + _WINDOW]):
                return start + at
            at = data.find(_MAGIC, at + 1)
        if len(data) <= CHUNK:
            return None
        start += CHUNK
    return None
