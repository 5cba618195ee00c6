"""Tables of reports: JSONL, JSON and CSV. Each row is one source; a broken row is rejected and the rest goes on."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from summitry.encoding import decode
from summitry.errors import UnreadableSource
from summitry.intake.lines import Lines, TooLong
from summitry.intake.options import MAX_JSON_BYTES, MAX_JSON_PARTS, MAX_LINE_BYTES, refused
from summitry.intake.pieces import WHOLE, Piece
from summitry.intake.rows import Columns, broken, find, first_line, no_text_column, source_of_row, type_name
from summitry.intake.unpack import whole
from summitry.vocabulary import Rejected, Source

# A cell that begins with a quotation mark goes on to the next one, over lines too.
_OPENS = re.compile(rb'(?:^|[,;\t|])"')
_LISTS = ("articles", "data", "items", "results", "documents", "rows", "entries", "docs")


def rows_of_jsonl(uri: str, stream: BinaryIO, columns: Columns, piece: Piece = WHOLE) -> Iterator[Source | Rejected]:
    """The reports of a JSON Lines stream, one object a line; those of a piece without a look at the others."""
    try:
        lines = Lines(stream, piece.start, piece.before)
    except UnreadableSource as error:
        if piece.share == 0:
            yield refused(uri, error.stage, error.reason)
        return
    while not piece.ends_before(lines.position):
        number = lines.number
        try:
            if not piece.holds(number):
                if not lines.skip():
                    return
                continue
            line = next(lines)
        except StopIteration:
            return
        except UnreadableSource as error:
            if piece.holds(number):
                yield refused(f"{uri}#{lines.number}" if error.stage == "parse" else uri, error.stage, error.reason)
            if error.stage == "unpack":
                return
            continue
        if not line.strip():
            continue
        where = f"{uri}#{lines.number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield broken(
                where, line, f"line {lines.number} is not valid JSON ({first_line(error)}); mend or drop the line"
            )
            continue
        yield source_of_row(where, value, columns)


def rows_of_json(uri: str, stream: BinaryIO, columns: Columns) -> Iterator[Source | Rejected]:
    """The reports of a JSON file: one object, an array of objects, or an object that holds such an array."""
    try:
        content = whole(stream, MAX_JSON_BYTES)
        text = decode(content)
    except UnreadableSource as error:
        yield refused(uri, error.stage, error.reason)
        return
    if (parts := text.count("{") + text.count("[")) > MAX_JSON_PARTS:
        reason = f"it has about {parts:,} lists and objects; at most {MAX_JSON_PARTS:,} are read; give JSONL"
        yield broken(uri, text, reason)
        return
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        if text.lstrip().startswith("{") and text.strip().count("\n"):  # JSON Lines under the wrong name
            yield from rows_of_jsonl(uri, io.BytesIO(content), columns)
        else:
            yield broken(uri, text, f"it is not valid JSON ({first_line(error)}); mend it, or give JSONL or plain text")
        return
    if isinstance(value, dict):
        listed = next((value[name] for name in _LISTS if isinstance(value.get(name), list)), None)
        if listed is None:
            yield source_of_row(uri, value, columns)
            return
        value = listed
    if not isinstance(value, list):
        yield broken(uri, text, f"its JSON is {type_name(value)}; give an object with a text, or an array of them")
        return
    for number, row in enumerate(value, 1):
        yield source_of_row(f"{uri}#{number}", row, columns)


def rows_of_csv(
    uri: str, stream: BinaryIO, columns: Columns, delimiter: str | None = None
) -> Iterator[Source | Rejected]:
    """The reports of a CSV or TSV stream with a header line; the number in the address is the row's first line."""
    # The csv module's limit on a field is one for the whole process and too small for reports (131,072 characters);
    # raised, never lowered, so that other readers in the process lose nothing.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_LINE_BYTES))
    try:
        lines = Lines(stream)
        header_line = next(lines, "")
        delimiter = delimiter or _delimiter(header_line)
        header = [name.strip() for name in next(csv.reader([header_line], delimiter=delimiter), [])]
    except (UnreadableSource, csv.Error) as error:
        yield refused(uri, getattr(error, "stage", "parse"), str(error))
        return
    text_column = find(header, "text", columns)
    if text_column is None:
        yield refused(uri, "parse", no_text_column(header, columns))
        return
    text_at = header.index(text_column)
    of_row = _OfRow(lines)
    reader = csv.reader(of_row, delimiter=delimiter)
    while True:
        number = lines.number + 1
        of_row.begin()
        where = f"{uri}#{number}"
        try:
            row = next(reader)
        except StopIteration:
            return
        except UnreadableSource as error:
            if error.stage == "unpack":
                yield refused(uri, error.stage, error.reason)
                return
            reason = error.reason
            try:
                if of_row.pass_over():
                    reason += f"; lines {number} to {lines.number} went with it, up to the mark that ends its cell"
            except UnreadableSource as damaged:
                yield refused(where, error.stage, reason)
                yield refused(uri, damaged.stage, damaged.reason)
                return
            yield refused(where, error.stage, reason)
            continue
        except csv.Error as error:
            yield refused(where, "parse", f"line {number} is not valid CSV ({error}); mend its quotation marks")
            continue
        if not any(cell.strip() for cell in row):
            continue
        if len(row) <= text_at:
            yield broken(
                where,
                delimiter.join(row),
                f"line {number} has {len(row)} cells, the header {len(header)}; mend the row",
            )
            continue
        yield source_of_row(where, dict(zip(header, row, strict=False)), columns)


class _OfRow:
    """The lines of a table, for a reader of rows; a row whose lines are too much together raises. A row has more than
    one line only inside a cell in quotation marks."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._first = self._size = 0
        self._goes_on = False

    def begin(self) -> None:
        """A new row begins with the next line."""
        self._first = self._lines.number + 1
        self._size = 0
        self._goes_on = False

    def __iter__(self) -> _OfRow:
        return self

    def __next__(self) -> str:
        """The next line.

        Raises:
            UnreadableSource: the row is longer than :data:`MAX_LINE_BYTES`, or the stream is damaged.
        """
        inside = self._size > 0
        try:
            line = next(self._lines)
        except TooLong as error:
            opened = inside or _OPENS.search(error.start) is not None
            self._goes_on = opened and error.quotes % 2 != inside
            raise
        self._size += len(line)
        if self._size > MAX_LINE_BYTES:
            self._goes_on = line.count('"') % 2 == 0
            raise UnreadableSource(
                "parse",
                f"the row that begins at line {self._first} has more than {MAX_LINE_BYTES:,} characters, as many as "
                "are read; split its text, or close its quotation mark",
            )
        return line

    def pass_over(self) -> bool:
        """Go to the end of a row that was too long; whether that took further lines.

        Raises:
            UnreadableSource: the stream is damaged.
        """
        if self._goes_on:
            self._lines.skip_cell()
        return self._goes_on


def _delimiter(header: str) -> str:
    """The mark that stands most often in the header line; a comma if none does."""
    bare = re.sub(r'"[^"]*"', "", header)
    return max(",;\t|", key=bare.count)
