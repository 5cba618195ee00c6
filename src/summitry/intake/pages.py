"""The pages of a Parquet file, by their headers alone: how large each becomes, before anything of it is unpacked.

What a file's footer says of sizes is its writer's word; the header that stands before a page is what the decoder
allocates by. It is a Thrift struct in the compact protocol (parquet.thrift, ``PageHeader``), of which three numbers
are read and the rest is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from summitry.errors import UnreadableSource

# A header has some tens of bytes; with the least and greatest value of a page in it, thousands.
_WINDOW: Final = 1 << 10
_MAX_HEADER: Final = 1 << 20
_MAX_DEPTH: Final = 16  # the header's own structs are three deep
_STOP, _TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = 0, 1, 2, 3, 7, 8, 9, 10, 11, 12
_UNPACKED, _PACKED = 2, 3
_OF_DATA: Final = (5, 8)
"""The fields of a page header: its sizes, and the headers of data pages of the first and second kind. The first field
of both is the number of values."""


@dataclass(frozen=True, slots=True)
class Page:
    """``size`` in bytes once it is unpacked, ``values`` in it; a dictionary has none."""

    size: int
    values: int


def pages_of_chunk(stream: BinaryIO, start: int, length: int, values: int) -> Iterator[Page]:
    """The pages that a decoder goes through to get ``values`` values of the column chunk at ``start``.

    Raises:
        UnreadableSource: stage ``parse``: a header is damaged.
    """
    end = start + length
    while start < end and values > 0:
        fields, size = _header(stream, start)
        packed, unpacked = fields.get(_PACKED, -1), fields.get(_UNPACKED, -1)
        if packed < 0 or unpacked < 0:
            raise _damaged()
        page = Page(unpacked, max(0, fields.get(-1, 0)))
        yield page
        values -= page.values
        start += size + packed


def _header(stream: BinaryIO, start: int) -> tuple[dict[int, int], int]:
    """The numbers of a page header by field (the number of values as -1), and its length."""
    window = _WINDOW
    while True:
        stream.seek(start)
        data = stream.read(window)
        reader = _Compact(data)
        try:
            return reader.page_header(), reader.at
        except IndexError:
            if len(data) < window or window >= _MAX_HEADER:
                raise _damaged() from None
            window *= 8


def _damaged() -> UnreadableSource:
    return UnreadableSource("parse", "the header of a page is damaged; write it again")


class _Compact:
    """Thrift's compact protocol, as much of it as a page header needs. Raises IndexError where the bytes end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def page_header(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for field, kind in self._fields():
            if kind in (4, 5, 6):
                found[field] = self._integer()
            elif kind == _STRUCT and field in _OF_DATA:
                for inner, inner_kind in self._fields():
                    if inner == 1 and inner_kind in (4, 5, 6):
                        found[-1] = self._integer()
                    else:
                        self._skip(inner_kind, 0)
            else:
                self._skip(kind, 0)
        return found

    def _fields(self) -> Iterator[tuple[int, int]]:
        field = 0
        while (head := self._byte()) & 15 != _STOP:
            field = field + (head >> 4) if head >> 4 else self._integer()
            yield field, head & 15

    def _byte(self) -> int:
        byte = self._data[self.at]
        self.at += 1
        return byte

    def _varint(self) -> int:
        value = 0
        for shift in range(0, 70, 7):
            byte = self._byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
        raise _damaged()

    def _integer(self) -> int:
        value = self._varint()
        return value >> 1 ^ -(value & 1)

    def _pass(self, size: int) -> None:
        self.at += size
        if self.at > len(self._data):
            raise IndexError

    def _skip(self, kind: int, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise _damaged()
        if kind in (4, 5, 6):
            self._varint()
        elif kind == _BYTE:
            self._pass(1)
        elif kind == _DOUBLE:
            self._pass(8)
        elif kind == _BINARY:
            self._pass(self._varint())
        elif kind in (_LIST, _SET):
            head = self._byte()
            count = head >> 4 if head >> 4 < 15 else self._varint()
            self._elements(count, (head & 15,), depth)
        elif kind == _MAP:
            if count := self._varint():
                kinds = self._byte()
                self._elements(count, (kinds >> 4, kinds & 15), depth)
        elif kind == _STRUCT:
            for _, inner in self._fields():
                self._skip(inner, depth + 1)
        elif kind not in (_TRUE, _FALSE):
            raise _damaged()

    def _elements(self, count: int, kinds: tuple[int, ...], depth: int) -> None:
        if count > len(self._data):  # each has a byte at least
            raise IndexError
        for _ in range(count):
            for kind in kinds:
                # Inside a list a truth value is a byte of its own, which it is not as a field.
                self._skip(_BYTE if kind in (_TRUE, _FALSE) else kind, depth + 1)
