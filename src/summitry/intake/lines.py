"""The lines of a table: bounded, numbered, whatever their encoding."""

from __future__ import annotations

import codecs
import io
from typing import BinaryIO, cast

from summitry.encoding import UNKNOWN_DATA, binary_kind, decode, is_data, scalars, wide_encoding
from summitry.errors import UnreadableSource
from summitry.intake.options import MAX_LINE_BYTES

_CHUNK = 1 << 20
_QUOTE = b'"'
_PROBE_BYTES = 4096  # enough to tell an encoding or data that is no text


class _Utf8(io.RawIOBase):
    """A stream in UTF-16 or UTF-32 as UTF-8, so that a line ends in one byte."""

    def __init__(self, stream: io.BufferedReader, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._left = b""

    def readable(self) -> bool:
        """True: it is read only."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; 0 at the end."""
        while not self._left:
            chunk = self._stream.read(_PROBE_BYTES)
            self._left = scalars(self._decoder.decode(chunk, not chunk)).encode("utf-8")
            if not chunk:
                break
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size


class TooLong(UnreadableSource):
    """A line that is too long, and was passed over: its ``start``, and how many quotation marks (``quotes``) stand in
    all of it, which tells whether a cell goes on behind it."""

    def __init__(self, reason: str, start: bytes, quotes: int) -> None:
        super().__init__("parse", reason)
        self.start = start
        self.quotes = quotes


class Lines:
    """The lines of a table as text, with their numbers (1-based); a line too long raises and is passed over.

    An iterator that may be continued after it raised, which a generator may not. ``position`` is the byte that comes
    next. With ``start``, the first line is the one that begins at that byte or behind it; ``before`` says how many
    lines end before it, where that is known and ``start`` is the beginning of a line.

    Raises:
        UnreadableSource: when made: the stream is empty or no text at all.
    """

    def __init__(self, stream: BinaryIO, start: int = 0, before: int | None = None) -> None:
        self.number = 0
        self.position = 0
        # Files come buffered; a second buffer around them would close them when it goes.
        buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream))
        first = buffered.peek(_PROBE_BYTES)[:_PROBE_BYTES]
        if not first:
            raise UnreadableSource("decode", "it is empty (0 bytes); give a file that holds reports")
        if (binary := binary_kind(first)) is not None:
            raise UnreadableSource("decode", f"it is {binary}")
        wide = wide_encoding(first)
        if wide is None and is_data(first.decode("latin-1")):
            raise UnreadableSource("decode", f"it is {UNKNOWN_DATA}")
        self.is_wide = wide is not None
        self._stream = io.BufferedReader(_Utf8(buffered, wide)) if wide else buffered
        if start:
            self._go_to(start, before)

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        """The next line with its end.

        Raises:
            TooLong: it is longer than :data:`MAX_LINE_BYTES`.
            UnreadableSource: the stream is damaged.
        """
        line = self._stream.readline(MAX_LINE_BYTES + 1)
        if not line:
            raise StopIteration
        self.number += 1
        size = len(line)
        self.position += size
        if size > MAX_LINE_BYTES:
            start, quotes = line, line.count(_QUOTE)
            while line and not line.endswith(b"\n"):
                line = self._stream.readline(_CHUNK)
                size += len(line)
                quotes += line.count(_QUOTE)
            self.position += size - MAX_LINE_BYTES - 1
            reason = f"line {self.number} has {size:,} bytes; at most {MAX_LINE_BYTES:,} are read; split its text"
            raise TooLong(reason, start, quotes)
        try:
            return line.decode("utf-8-sig" if self.number == 1 else "utf-8")
        except UnicodeDecodeError:
            return decode(line) + ("\n" if line.endswith(b"\n") else "")

    def skip(self) -> bool:
        """Pass over a line without a look at it, whatever its length; False at the end."""
        return self._quotes_skipped() is not None

    def skip_cell(self) -> None:
        """Pass over the lines of a cell in quotation marks, with the line that ends it: one of which they are odd."""
        last = b"\n"
        while chunk := self._stream.peek():
            mark = chunk.find(_QUOTE)
            # What has no mark is passed over in one go: a cell may have a gigabyte of short lines.
            free = len(chunk) if mark < 0 else mark
            if free:
                last = chunk[free - 1 : free]
                self.number += chunk.count(b"\n", 0, free)
                self.position += len(self._stream.read(free))
            elif (self._quotes_skipped() or 0) % 2:
                return
            else:
                last = b"\n"
        self.number += last != b"\n"

    def _quotes_skipped(self) -> int | None:
        """Pass over a line, whatever its length, and say how many quotation marks it has; None at the end."""
        line = self._stream.readline(_CHUNK)
        if not line:
            return None
        self.number += 1
        self.position += len(line)
        quotes = line.count(_QUOTE)
        while line and not line.endswith(b"\n"):
            line = self._stream.readline(_CHUNK)
            self.position += len(line)
            quotes += line.count(_QUOTE)
        return quotes

    def _go_to(self, start: int, before: int | None) -> None:
        if before is None:
            self._stream.seek(0)
            left, last = start, b"\n"
            while left and (chunk := self._stream.read(min(left, _CHUNK))):
                self.number += chunk.count(b"\n")
                left -= len(chunk)
                last = chunk[-1:]
            self.position = start - left
            if last != b"\n":  # inside a line, which belongs to what comes before
                self.skip()
        else:
            self._stream.seek(start)
            self.number, self.position = before, start
