"""Web archives (WARC, ISO 28500) and their texts (WET): pages one by one, each record by where it begins.

The records are walked here and not by fastwarc, because a piece of a file must find exactly the records that reading
it from its beginning finds, damaged ones included, and because every limit must hold before anything is read into
memory; the tests compare what comes out with fastwarc's own reading.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from summitry.encoding import scalars
from summitry.errors import UnreadableSource
from summitry.intake.http import page_of_response
from summitry.intake.members import CHUNK as _CHUNK
from summitry.intake.members import Member, begins_record, is_gzip, next_member
from summitry.intake.options import MAX_DOCUMENT_BYTES, refused
from summitry.intake.pieces import WHOLE, Piece
from summitry.intake.unpack import too_large, unpacked, whole
from summitry.vocabulary import Rejected, Source

# Lines of headers: real ones stay under 8 kB, cookies and security policies included.
_MAX_LINE = 1 << 16
_MAX_HEADERS = 1000
_MOST_DIGITS = 15  # of a length: a petabyte
NOTHING_BEGINS = "no record begins here, or its headers are broken; what follows is read"
_VERSION = b"WARC/"
Head = dict[str, str]


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes that are no record, or a record that is broken."""

    offset: int
    reason: str


@dataclass(slots=True)
class Record:
    """One record: where it begins (``offset`` in the file or the member), its headers, and its block as a stream."""

    offset: int
    head: Head
    block: Block


class Block(io.RawIOBase):
    """The block of a record, read from the stream it lies in and never beyond its end. ``told`` is whether its
    record has been refused, or somebody has met that it is cut off."""

    def __init__(self, stream: BinaryIO, length: int) -> None:
        self._stream = stream
        self.left = length
        self.told = False

    def readable(self) -> bool:
        """True: it is read only."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; 0 at the end of the block.

        Raises:
            UnreadableSource: the file ends inside the block, or its packing is damaged.
        """
        try:
            data = self._next(len(buffer))
        except UnreadableSource:
            self.told = True
            raise
        buffer[: len(data)] = data
        return len(data)

    def pass_over(self) -> None:
        """Go to the end of the block.

        Raises:
            UnreadableSource: the file ends inside the block, or its packing is damaged.
        """
        if self.left > _CHUNK and self._stream.seekable():
            self._stream.seek(self.left - 1, io.SEEK_CUR)
            self.left = 1
        while self.left:
            self._next(_CHUNK)

    def _next(self, size: int) -> bytes:
        data = self._stream.read(min(size, self.left))
        if not data and self.left and size:
            raise UnreadableSource("unpack", f"it is cut off, {self.left:,} bytes before its end; fetch it again")
        self.left -= len(data)
        return data


def pages_of_warc(
    uri: str, stream: BinaryIO, packing: str | None = None, piece: Piece = WHOLE
) -> Iterator[Source | Rejected]:
    """The pages of a web archive, or of the piece of it in which their records begin.

    HTML and plain text that a server answered with status 200, and the texts of WET files; other records are passed
    over. ``uri#OFFSET`` is where the record begins: in the file, of gzip the member (and ``+N`` inside it where it
    holds more than one record), of other packings in the unpacked bytes.
    """
    try:
        if packing == "gzip" and is_gzip(stream):
            yield from _pages_of_members(uri, stream, piece)
            return
        if packing not in (None, "gzip"):
            stream = unpacked(stream, packing)
        elif piece.start:
            stream.seek(piece.start)
        offset = piece.start
        for number, found in enumerate(_records(stream, offset)):
            if piece.ends_before(found.offset):
                return
            if piece.holds(number) and (page := _page(uri, str(found.offset), found)) is not None:
                yield page
    except UnreadableSource as error:
        if piece.share == 0:
            yield refused(uri, error.stage, error.reason)


def _pages_of_members(uri: str, stream: BinaryIO, piece: Piece) -> Iterator[Source | Rejected]:
    """The pages of the gzip members that begin in a piece, each the member of a record (or of several).

    Bytes between members that begin no record are told by the piece of the member before them, so that they are told
    once, wherever the file is split.
    """
    at: int | None = 0 if piece.start == 0 else next_member(stream, piece.start, piece.end)
    held = b""
    while at is not None:
        if not held:
            stream.seek(at)
        if len(held) < _CHUNK:
            held += stream.read(_CHUNK)
        if not held:
            return
        if not begins_record(held):
            yield refused(f"{uri}#{at}", "unpack", NOTHING_BEGINS)
            at, held = next_member(stream, at + 1, piece.end), b""
            continue
        if piece.ends_before(at):
            return
        member = Member(stream, at, held)
        waiting: Source | Rejected | None = None  # its member's checksum may still show that it is damaged
        try:
            for found in _records(cast(BinaryIO, io.BufferedReader(member, _CHUNK)), 0):
                place = f"{at}+{found.offset}" if found.offset else str(at)
                if waiting is not None:
                    yield waiting
                waiting = _page(uri, place, found)
            if waiting is not None:
                yield waiting
        except UnreadableSource as error:
            yield refused(f"{uri}#{at}", error.stage, error.reason)
        at, held = (member.end, member.rest) if member.ended else (next_member(stream, at + 1, piece.end), b"")


def places_of_warc(stream: BinaryIO) -> Iterator[int]:
    """Where the records of an unpacked file begin (and what is damaged between them)."""
    for found in _records(stream, 0):
        yield found.offset


def _page(uri: str, place: str, found: Record | Damage) -> Source | Rejected | None:
    """The page of a record; None for records that hold none."""
    if isinstance(found, Damage):
        return refused(f"{uri}#{place}", "unpack", found.reason)
    where = f"{uri}#{place}"
    kind = found.head.get("warc-type", "")
    fetched = scalars(found.head.get("warc-date", ""))[:40] or None
    url = scalars(found.head.get("warc-target-uri", "").strip("<>"))
    metadata = (("url", url),) if url else ()
    block = cast(BinaryIO, io.BufferedReader(found.block))
    try:
        if kind == "response":
            page = page_of_response(block, found.head.get("content-type", ""))
            return Source(where, page[0], page[1], fetched, metadata) if page is not None else None
        if kind == "conversion" and found.head.get("content-type", "text/plain").lower().startswith("text/plain"):
            if (size := found.block.left) > MAX_DOCUMENT_BYTES:
                found.block.told = True
                return refused(where, "fetch", too_large(size, MAX_DOCUMENT_BYTES))
            return Source(where, whole(block), "text/plain; charset=utf-8", fetched, metadata)
    except UnreadableSource as error:
        found.block.told = True
        return refused(where, error.stage, error.reason)
    return None


def _records(stream: BinaryIO, offset: int) -> Iterator[Record | Damage]:
    """The records of unpacked bytes, from one that begins at ``offset``; what is left of the block of each is passed
    over before the next.

    Raises:
        UnreadableSource: the packing around it is damaged.
    """
    end = _end(stream)
    line = stream.readline(_MAX_LINE)
    while line:
        if not line.strip():
            offset += len(line)
            line = stream.readline(_MAX_LINE)
            continue
        begin = offset
        offset += len(line)
        head, size = _head(stream) if line.startswith(_VERSION) else (None, 0)
        offset += size
        length = _length(head)
        if head is None or length is None:
            yield Damage(begin, NOTHING_BEGINS)
            line, passed = _to_next(stream)
            offset += passed
            continue
        if end is not None and (over := offset + length - end) > 0:
            # What follows is not lost with it: the next record is looked for behind these headers.
            yield Damage(begin, f"it is cut off, {over:,} bytes before its end, or its length is wrong; fetch it again")
            line, passed = _to_next(stream)
            offset += passed
            continue
        block = Block(stream, length)
        yield Record(begin, head, block)
        try:
            block.pass_over()
        except UnreadableSource as error:
            if not block.told:
                yield Damage(begin, error.reason)
            return
        offset += length
        line = stream.readline(_MAX_LINE)


def _head(stream: BinaryIO) -> tuple[Head | None, int]:
    """The headers of a record and how many bytes they took; None where they do not end as they must."""
    head: Head = {}
    size = 0
    for _ in range(_MAX_HEADERS):
        line = stream.readline(_MAX_LINE)
        size += len(line)
        if not line.endswith(b"\n"):
            return None, size
        if not line.strip():
            return head, size
        name, mark, value = line.decode("utf-8", "replace").partition(":")
        if mark:
            head.setdefault(name.strip().lower(), value.strip())
    return None, size


def _end(stream: BinaryIO) -> int | None:
    """Where a file ends; None for a stream of which that is not known."""
    if not stream.seekable():
        return None
    at = stream.tell()
    end = stream.seek(0, io.SEEK_END)
    stream.seek(at)
    return end


def _length(head: Head | None) -> int | None:
    digits = (head or {}).get("content-length", "")
    return int(digits) if digits.isdecimal() and len(digits) <= _MOST_DIGITS else None


def _to_next(stream: BinaryIO) -> tuple[bytes, int]:
    """The first line of the next record, which follows an empty line, and how many bytes were passed over before it."""
    passed = 0
    empty = False
    while line := stream.readline(_MAX_LINE):
        if empty and line.startswith(_VERSION):
            return line, passed
        empty = line in (b"\r\n", b"\n")
        passed += len(line)
    return b"", passed
