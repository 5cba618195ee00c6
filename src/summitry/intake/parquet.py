"""Parquet tables of reports: row groups, a few rows at a time.

Pages are unpacked whole before a cell of theirs is seen, so their headers are gone through first.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from summitry.errors import UnreadableSource
from summitry.intake.extra import needed
from summitry.intake.options import MAX_DOCUMENT_BYTES, refused
from summitry.intake.pages import pages_of_chunk
from summitry.intake.pieces import MOST_SHARES, Piece
from summitry.intake.rows import (
    KNOWN_NAMES,
    Columns,
    broken,
    find,
    first_line,
    name_said,
    no_text_column,
    plain,
    source_of_row,
)
from summitry.intake.shapes import SHAPED
from summitry.intake.unpack import swollen, too_large
from summitry.vocabulary import Rejected, Source

# Rows that are held together: 16 of the largest reports that are read are 256 MB, of usual ones 100 kB.
_ROWS: Final = 16
# One page as it is unpacked. Writers aim at 1 MB but look only after each 1,024 rows: 200 kB of HTML make 200 MB.
MAX_PAGE_BYTES: Final = 256_000_000
# Of a dictionary, each row that is held may be all of it.
_HELD_BYTES: Final = 256_000_000
# Paragraphs in the lists of one row group: all of them may be said to be one row's, and each takes 20 bytes.
MAX_LISTED: Final = 30_000_000
# What it takes to know a table: the largest seen, with thousands of row groups, have some MB.
MAX_FOOTER_BYTES: Final = 64_000_000
# What a row counts for beside its texts: a table says in a few bytes "the same again, a billion times". At 200 times
# the packed size, rows must have five bytes each on the disk; those of reports have hundreds.
_ROW_BYTES: Final = 1000


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
    told = _Told(stream)
    number = sum(metadata.row_group(group).num_rows for group in range(piece.start))
    last = metadata.num_row_groups if piece.end is None else piece.end
    for group in range(piece.start, last):
        before = number
        number += metadata.row_group(group).num_rows
        try:
            told.rows = 0
            rows = _rows_at_once(file, group, wanted, stream)
            batches = file.iter_batches(rows, row_groups=[group], columns=wanted)
            yield from _rows_of_group(uri, map(told.of, batches), columns, before, piece)
        except UnreadableSource as error:
            if piece.share == 0:
                yield refused(
                    f"{uri}#{before + told.rows + 1}", error.stage, f"its row group {group + 1}: {error.reason}"
                )
            if error.stage == "unpack":
                return
        except Exception as error:  # damaged pages raise errors of many kinds, some of them of the decoder's own
            if piece.share == 0:
                reason = f"its row group {group + 1} is damaged ({first_line(error)}); write it again"
                yield broken(f"{uri}#{before + told.rows + 1}", "", reason)


class _Told:
    """What a file has given so far, beside its size, and how many ``rows`` of a row group: the next is where it stops.
    The address of a row that was read would hide the rejection."""

    def __init__(self, stream: BinaryIO) -> None:
        self._size = stream.seek(0, io.SEEK_END)
        self._given = 0
        self.rows = 0

    def of(self, batch: Any) -> Any:  # noqa: ANN401 - pyarrow is not there at type time
        """The rows as they are.

        Raises:
            UnreadableSource: stage ``unpack``: the file swells as no text does.
        """
        # A column that is held as a dictionary has all of it in each batch; its rows are counted alone.
        self._given += _ROW_BYTES * batch.num_rows + sum(
            column.nbytes for column in batch.columns if not hasattr(column, "dictionary")
        )
        swollen(self._given, self._size)
        self.rows += batch.num_rows
        return batch


def _rows_at_once(file: Any, group: int, wanted: list[str], stream: BinaryIO) -> int:  # noqa: ANN401
    """How many rows of a row group may be held together.

    Raises:
        UnreadableSource: stage ``parse``: a page of it is too large to be unpacked, or its lists are too long.
    """
    metadata = file.metadata.row_group(group)
    largest = 1
    for at in range(metadata.num_columns):
        column = metadata.column(at)
        if not any(column.path_in_schema == name or column.path_in_schema.startswith(f"{name}.") for name in wanted):
            continue
        start = column.data_page_offset
        if column.dictionary_page_offset and 0 < column.dictionary_page_offset < start:
            start = column.dictionary_page_offset
        values = 0
        for page in pages_of_chunk(stream, start, column.total_compressed_size, column.num_values):
            values += page.values
            largest = max(largest, page.size)
            if page.size > MAX_PAGE_BYTES:
                raise UnreadableSource(
                    "parse",
                    f"a page of its column {name_said(column.path_in_schema)} has {page.size:,} bytes; at most "
                    f"{MAX_PAGE_BYTES:,} are unpacked; split its texts, or write it with smaller pages",
                )
        if values > MAX_LISTED and file.schema.column(at).max_repetition_level:
            raise UnreadableSource(
                "parse",
                f"its column {name_said(column.path_in_schema)} has {values:,} entries in lists; at most "
                f"{MAX_LISTED:,} are read; write smaller row groups",
            )
    return max(1, min(_ROWS, _HELD_BYTES // largest))


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
        if (size := cell.nbytes + _listed(cell)) > MAX_DOCUMENT_BYTES:
            return broken(uri, "", f"its column {name_said(name)}: {too_large(size, MAX_DOCUMENT_BYTES)}")
        row[name] = _as_json(cell[0].as_py())
    return source_of_row(uri, row, columns)


def _listed(cell: Any) -> int:  # noqa: ANN401
    """What the entries of a cell's lists take beside their texts: of nothing, there may be a billion in no bytes."""
    size, todo = 0, [cell]
    while todo:
        array = todo.pop()
        if array.type.num_fields and hasattr(array, "flatten"):
            children = array.flatten()
            children = children if isinstance(children, list) else [children]
            size += sum(8 * len(child) for child in children)
            todo += children
    return size


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
    if (footer := _footer(stream)) > MAX_FOOTER_BYTES:
        raise UnreadableSource(
            "parse", f"its footer has {footer:,} bytes; at most {MAX_FOOTER_BYTES:,} are read; write larger row groups"
        )
    try:
        # Pages are read as they are needed, not whole row groups ahead of them.
        return parquet.ParquetFile(stream, pre_buffer=False, buffer_size=1 << 20)
    except Exception as error:
        raise UnreadableSource(
            "parse", f"it is no Parquet file, or cut off ({first_line(error)}); fetch or write it again"
        ) from error


def _footer(stream: BinaryIO) -> int:
    """How many bytes a file says that its footer has."""
    end = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, end - 8))
    last = stream.read(8)
    stream.seek(0)
    size = int.from_bytes(last[:4], "little")
    return size if last[4:] == b"PAR1" and size < end else 0  # the decoder says what is wrong


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
