"""Inputs to sources, one by one: files, folders, patterns, standard input, URLs, object stores.

Nothing is held but the source at hand. Whatever cannot be read comes out as :class:`Rejected`, with the reason and
the next step; nothing raises for bad input.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from summitry.encoding import scalars
from summitry.errors import UnreadableSource
from summitry.intake import stores
from summitry.intake.fetch import fetch
from summitry.intake.kinds import CSV, JSON, JSONL, PARQUET, TSV, WARC, XML, Kind, kind_of, packing_of
from summitry.intake.kinds import MEDIA_TYPES as MEDIA_TYPES
from summitry.intake.listing import RECORD_SUFFIXES as RECORD_SUFFIXES
from summitry.intake.listing import found, why_not_opened
from summitry.intake.options import MAX_DOCUMENT_BYTES, IntakeOptions, refused
from summitry.intake.parquet import rows_of_parquet
from summitry.intake.pieces import Piece
from summitry.intake.tables import rows_of_csv, rows_of_json, rows_of_jsonl
from summitry.intake.unpack import too_large, unpacked, whole
from summitry.intake.warc import pages_of_warc
from summitry.intake.xml import reports_of_xml
from summitry.vocabulary import Rejected, Source

_PROBE = 200  # bytes of standard input that tell JSON Lines


def iter_sources(inputs: Sequence[str], options: IntakeOptions | None = None) -> Iterator[Source | Rejected]:
    """Every report the inputs hold, in the order given; folders in sorted order, hidden files left out.

    Args:
        inputs: paths of files and folders, patterns (``*``, ``**``), ``-`` for standard input, http(s) URLs,
            addresses of object stores (``s3://bucket/news/*.jsonl.zst``).
        options: column names, whether private addresses may be asked.

    Yields:
        A :class:`Source` for each report (a row of a table is one, ``file.jsonl#12``), a :class:`Rejected` for
        whatever cannot be read.
    """
    options = options or IntakeOptions()
    for one in found(inputs, options):
        if isinstance(one, Rejected):
            yield one
        else:
            yield from iter_piece(Piece(one.place, size=one.size), options)


def iter_piece(piece: Piece, options: IntakeOptions | None = None) -> Iterator[Source | Rejected]:
    """The reports of a piece of one file, in order; of all pieces together, those of :func:`iter_sources`.

    Args:
        piece: as :func:`summitry.intake.pieces` plans it.
        options: as they were told to the planning.

    Yields:
        A :class:`Source` for each report that begins in the piece, a :class:`Rejected` for what cannot be read.
    """
    options = options or IntakeOptions()
    uri = scalars(piece.path)
    try:
        if piece.path == "-":
            yield from _from_stdin(options)
        elif stores.is_store(piece.path):
            with stores.opened(piece.path) as stream:
                yield from _from_file(piece, stream, options)
        elif "://" in piece.path[:12]:
            yield from _from_url(piece.path, options)
        else:
            with Path(piece.path).open("rb") as stream:
                yield from _from_file(piece, cast(BinaryIO, stream), options)
    except UnreadableSource as error:
        yield refused(uri, error.stage, error.reason)
    except (OSError, ValueError) as error:
        yield refused(uri, "fetch", why_not_opened(error))
    finally:
        if options.meter is not None and piece.is_whole:
            options.meter.end_of(Path(piece.path))


def _from_stdin(options: IntakeOptions) -> Iterator[Source | Rejected]:
    given = options.stdin if options.stdin is not None else sys.stdin.buffer
    stream = _peeking(given)
    if (packing := packing_of(stream.peek(4)[:4])) is not None:
        stream = _peeking(unpacked(cast(BinaryIO, stream), packing))
    first = stream.peek(_PROBE).lstrip()[:_PROBE]
    if first.startswith(b"{") and b'"' in first:
        yield from rows_of_jsonl("-", cast(BinaryIO, stream), options.columns)
    else:
        yield Source("-", whole(cast(BinaryIO, stream)))


def _peeking(stream: BinaryIO) -> io.BufferedReader:
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream))


def _from_url(url: str, options: IntakeOptions) -> Iterator[Source | Rejected]:
    page = fetch(url, allow_private=options.allow_private)
    fetched = datetime.now(UTC).isoformat(timespec="seconds")
    kind = kind_of(urlsplit(page.url).path)
    if kind.packing is not None or kind.is_collection:
        content = cast(BinaryIO, io.BufferedReader(io.BytesIO(page.content)))
        yield from _from_stream(scalars(url), kind, content, options, Piece(url, size=len(page.content)))
    else:
        yield Source(scalars(url), page.content, page.media_type, fetched, (("url", scalars(page.url)),))


def _from_file(piece: Piece, stream: BinaryIO, options: IntakeOptions) -> Iterator[Source | Rejected]:
    uri, kind = scalars(piece.path), kind_of(piece.path)
    if not kind.is_collection and kind.packing is None and piece.size > MAX_DOCUMENT_BYTES:
        yield refused(uri, "fetch", too_large(piece.size, MAX_DOCUMENT_BYTES))
        return
    for one in _from_stream(uri, kind, stream, options, piece):
        if options.meter is not None and not stream.closed and piece.is_whole:
            options.meter.at(stream.tell())
        yield one


def _from_stream(
    uri: str, kind: Kind, stream: BinaryIO, options: IntakeOptions, piece: Piece
) -> Iterator[Source | Rejected]:
    """The reports of a stream: those of a piece at little cost where the kind allows it, else a share of all."""
    if kind.media_type == WARC:
        yield from pages_of_warc(uri, stream, kind.packing, piece)
        return
    if kind.media_type == PARQUET:
        yield from rows_of_parquet(uri, stream, options.columns, piece)
        return
    try:
        if kind.packing is not None:
            stream = unpacked(stream, kind.packing)
        if kind.media_type == JSONL:
            yield from rows_of_jsonl(uri, stream, options.columns, piece)
        else:
            yield from piece.of_all(_one_by_one(uri, kind, stream, options))
    except UnreadableSource as error:
        if piece.share == 0:
            yield refused(uri, error.stage, error.reason)


def _one_by_one(uri: str, kind: Kind, stream: BinaryIO, options: IntakeOptions) -> Iterator[Source | Rejected]:
    try:
        if kind.media_type == JSON:
            yield from rows_of_json(uri, stream, options.columns)
        elif kind.media_type == CSV:
            yield from rows_of_csv(uri, stream, options.columns)
        elif kind.media_type == TSV:
            yield from rows_of_csv(uri, stream, options.columns, "\t")
        elif kind.media_type == XML:
            yield from reports_of_xml(uri, stream)
        else:
            yield Source(uri, whole(stream), kind.media_type)
    except UnreadableSource as error:
        yield refused(uri, error.stage, error.reason)
