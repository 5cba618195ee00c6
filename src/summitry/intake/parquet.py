"""Parquet tables of reports: row groups, a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from summitry.errors import UnreadableSource
from summitry.intake.extra import needed
from summitry.intake.options import MAX_DOCUMENT_BYTES, refused
from summitry.intake.pieces import MOST_SHARES, Piece
from summitry.intake.rows import KNOWN_NAMES, Columns, broken, find, first_line, no_text_column, plain, source_of_row
from summitry.intake.shapes import SHAPED
from summitry.intake.unpack import too_large
from summitry.vocabulary import Rejected, Source

# Rows that are held together: 16 of the largest reports that are read are 256 MB, of usual ones 100 kB.
_ROWS = 16


def rows_of_parquet(uri: str, stream: BinaryIO, columns: Columns, piece: Piece) -> Iterator[Source | Rejected]:
    """The reports of a Parquet file, or of some of its row groups; the number in the address is that of the row."""
    try:
        file = _file(stream)
        names = list(file.schema_arrow.names)
        if find(names, "text", columns) is None:
            yield refused(uri, "parse", no_text_column(names, columns))
            return
        wanted = _wanted(names, columns)
    except UnreadableSource as error:
        yield refused(uri, error.stage, error.reason)
        return
    metadata = file.metadata
    number = sum(metadata.row_group(group).num_rows for group in range(piece.start))
    last = metadata.num_row_groups if piece.end is None else piece.end
    for group in range(piece.start, last):
        before = number
        number += metadata.row_group(group).num_rows
        try:
            batches = file.iter_batches(_ROWS, row_groups=[group], columns=wanted)
            yield from _rows_of_group(uri, batches, columns, before, piece)
        except Exception as error:  # damaged pages raise errors of many kinds, some of them of the decoder's own
            if piece.share == 0:
                reason = f"its row group {group + 1} is damaged ({first_line(error)}); write it again"
                yield broken(f"{uri}#{before + 1}", "", reason)


def _rows_of_group(
    uri: str,
    batches: Any,  # noqa: ANN401 - pyarrow is not there at type time
    columns: Columns,
    before: int,
    piece: Piece,
) -> Iterator[Source | Rejected]:
    seen = 0
    for batch in batches:
        for at in range(batch.num_rows):
            if piece.holds(seen):
                yield _row(f"{uri}#{before + seen + 1}", batch, columns, at)
            seen += 1


def _row(uri: str, batch: Any, columns: Columns, at: int) -> Source | Rejected:  # noqa: ANN401
    row = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        cell = column.slice(at, 1)
        if (size := cell.nbytes) > MAX_DOCUMENT_BYTES:
            return broken(uri, "", f"its column {name!r}: {too_large(size, MAX_DOCUMENT_BYTES)}")
        row[name] = _as_json(cell[0].as_py())
    return source_of_row(uri, row, columns)


def groups_of_parquet(path: str, size: int, target: int, stream: BinaryIO) -> Iterator[Piece]:
    """The pieces of a Parquet file: row groups together up to ``target`` bytes, large ones in shares."""
    metadata = _file(stream).metadata
    sizes = [_packed_size(metadata.row_group(group)) for group in range(metadata.num_row_groups)]
    start = held = 0
    for group, one in enumerate(sizes):
        if held and held + one > target:
            yield Piece(path, start, group, size=held)
            start, held = group, 0
        if one > target:
            of = min(MOST_SHARES, -(-one // target))
            yield from (Piece(path, group, group + 1, share, of, one // of) for share in range(of))
            start, held = group + 1, 0
        else:
            held += one
    if held:
        yield Piece(path, start, len(sizes), size=held)


def _file(stream: BinaryIO) -> Any:  # noqa: ANN401 - pyarrow is not there at type time
    """The file, its row groups not yet read.

    Raises:
        UnreadableSource: pyarrow is missing, or it is no whole Parquet file.
    """
    parquet = needed("pyarrow.parquet", "reading Parquet", "parse")
    try:
        # Pages are read as they are needed, not whole row groups ahead of them.
        return parquet.ParquetFile(stream, pre_buffer=False, buffer_size=1 << 20)
    except Exception as error:
        raise UnreadableSource(
            "parse", f"it is no Parquet file, or cut off ({first_line(error)}); fetch or write it again"
        ) from error


def _wanted(names: list[str], columns: Columns) -> list[str]:
    """The columns that are read: those a report may have something in."""
    asked = {column for _, column in columns}
    return [name for name in names if name in asked or plain(name) in KNOWN_NAMES or name in SHAPED]


def _packed_size(group: Any) -> int:  # noqa: ANN401
    return sum(group.column(at).total_compressed_size for at in range(group.num_columns))


def _as_json(value: object) -> object:
    """A cell as JSON would give it."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value.isoformat() if hasattr(value, "isoformat") else value
