"""The page in an HTTP response as it was crawled: header, transfer coding, content coding."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final, cast

from summitry.errors import UnreadableSource
from summitry.intake.extra import needed
from summitry.intake.options import MAX_DOCUMENT_BYTES
from summitry.intake.unpack import too_large, unpacked, whole

PAGES: Final = ("text/html", "application/xhtml+xml", "text/plain")
"""What is read of a crawl."""

_CHUNK = 1 << 16
# A header line of 64 kB: real ones stay under 8 kB, cookies and security policies included.
_MAX_LINE = 1 << 16
_MAX_HEADERS = 1000
_STATUS = re.compile(rb"HTTP/[\d.]+\s+(\d{3})\b")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_MARKUP = re.compile(rb"\s*+(?:\xef\xbb\xbf\s*+)?+<(?:!doctype html|html|head|body)\b", re.IGNORECASE)


def page_of_response(block: BinaryIO, content_type: str) -> tuple[bytes, str] | None:
    """The body of an HTML or text page that came with status 200, and its media type with the charset the server named;
    None for any other response.

    Args:
        block: the record's block, a buffered stream.
        content_type: the record's own type; anything but ``application/http`` holds no response.

    Raises:
        UnreadableSource: the page is larger than is read at once, cut off, or its coding is damaged or
            unknown.
    """
    if content_type and "application/http" not in content_type.lower():
        return None
    status = _STATUS.match(block.readline(_MAX_LINE))
    if status is None:
        raise UnreadableSource("parse", "it does not begin with an HTTP status; the crawl's record is broken")
    if status[1] != b"200":
        return None
    headers = _headers(block)
    named = headers.get("content-type", "")
    kind = named.partition(";")[0].strip().lower()
    if kind and kind not in PAGES:
        return None
    body = _within(block)
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _dechunked(body)
    body = _decoded(body, headers.get("content-encoding", ""))
    content = whole(body)
    if not kind:
        if not _MARKUP.match(content[:_CHUNK]):
            return None
        kind = "text/html"
    charset = _CHARSET.search(named)
    return content, f"{kind}; charset={charset[1]}" if charset else kind


class _Within(io.RawIOBase):
    """A body as it was sent, which may be no longer than what it gives: packing makes text smaller. A swarm of empty
    members, or of chunks of a byte each, takes long and gives nothing."""

    def __init__(self, block: BinaryIO) -> None:
        self._block = block
        self._given = 0

    def readable(self) -> bool:
        """True: it is read only."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; 0 at the end.

        Raises:
            UnreadableSource: more was sent than a page may have.
        """
        data = self._block.read(min(len(buffer), _CHUNK))
        self._given += len(data)
        if self._given > MAX_DOCUMENT_BYTES:
            raise UnreadableSource("fetch", too_large(self._given, MAX_DOCUMENT_BYTES, "more than "))
        buffer[: len(data)] = data
        return len(data)


def _within(block: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_Within(block), _CHUNK))


def _headers(block: BinaryIO) -> dict[str, str]:
    headers: dict[str, str] = {}
    for _ in range(_MAX_HEADERS):
        line = block.readline(_MAX_LINE)
        if not line.strip():
            return headers
        name, _, value = line.decode("latin-1").partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    raise UnreadableSource("parse", f"it has more than {_MAX_HEADERS} HTTP headers; the crawl's record is broken")


class _Joined(io.RawIOBase):
    """A stream of what an iterator gives."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._left = b""

    def readable(self) -> bool:
        """True: it is read only."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; 0 at the end."""
        if not self._left:
            self._left = next(self._chunks, b"")
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size


def _joined(chunks: Iterator[bytes]) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_Joined(chunks), _CHUNK))


def _dechunked(block: BinaryIO) -> BinaryIO:
    """The body without its transfer coding. Many crawlers take it off and leave the header: then it is as it is."""
    first = cast(io.BufferedReader, block).peek(20)[:20]
    if not re.match(rb"[0-9a-fA-F]{1,8}[ \t]*(?:;|\r?\n)", first):
        return block
    return _joined(_chunks(block))


def _chunks(block: BinaryIO) -> Iterator[bytes]:
    while True:
        digits = block.readline(_MAX_LINE).partition(b";")[0].strip()
        try:
            left = int(digits, 16)
        except ValueError:
            left = -1
        if left < 0:
            raise UnreadableSource("unpack", "its chunked transfer coding is broken; fetch it again")
        if left == 0:
            return
        while left:
            data = block.read(min(left, _CHUNK))
            if not data:
                raise UnreadableSource("unpack", "its chunked transfer coding is cut off; fetch it again")
            left -= len(data)
            yield data
        block.readline(_MAX_LINE)


def _decoded(body: BinaryIO, coding: str) -> BinaryIO:
    """The body without its content codings, the last one first; what each gives has the bounds of a page. A gzip
    coding that a crawler has taken off, leaving the header, is told by the first bytes."""
    for name in reversed([one.strip().lower() for one in coding.split(",")][:3]):
        if name in ("", "identity", "none", "utf-8"):
            continue
        if name not in _CODINGS:
            raise UnreadableSource("unpack", f"its content coding {name[:40]!r} is none that is read; fetch it again")
        body = _within(_CODINGS[name](body))
    return body


def _gzip(body: BinaryIO) -> BinaryIO:
    body = _peekable(body)
    return unpacked(body, "gzip") if cast(io.BufferedReader, body).peek(2)[:2] == b"\x1f\x8b" else body


def _zstd(body: BinaryIO) -> BinaryIO:
    return unpacked(body, "zstandard")


def _deflate(body: BinaryIO) -> BinaryIO:
    return _joined(_inflated(_peekable(body)))


def _brotli(body: BinaryIO) -> BinaryIO:
    stream_io = needed("fastwarc.stream_io", "unpacking brotli pages")
    # The reader goes to and fro in what it reads, so the packed page is held; it has the bounds of a page.
    return _joined(_told(stream_io.BrotliReader(io.BytesIO(whole(body)))))


def _told(reader: BinaryIO) -> Iterator[bytes]:
    try:
        while data := reader.read(_CHUNK):
            yield data
    except (OSError, ValueError) as error:
        raise UnreadableSource("unpack", f"its brotli coding is damaged ({error}); fetch it again") from error


def _inflated(body: BinaryIO) -> Iterator[bytes]:
    """Deflate as servers send it: with the zlib header the standard asks for, or without."""
    first = cast(io.BufferedReader, body).peek(2)[:2]
    has_header = len(first) == 2 and first[0] & 15 == 8 and int.from_bytes(first, "big") % 31 == 0
    unit = zlib.decompressobj(15 if has_header else -15)
    try:
        while data := body.read(_CHUNK):
            while data and not unit.eof:
                if out := unit.decompress(data, _CHUNK):
                    yield out
                data = unit.unconsumed_tail
        if not unit.eof:
            raise UnreadableSource("unpack", "its deflate coding is cut off; fetch it again")
    except zlib.error as error:
        raise UnreadableSource("unpack", f"its deflate coding is damaged ({error}); fetch it again") from error


def _peekable(body: BinaryIO) -> BinaryIO:
    return body if isinstance(body, io.BufferedReader) else cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, body)))


_CODINGS: dict[str, Callable[[BinaryIO], BinaryIO]] = {
    "gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd,
}  # fmt: skip
