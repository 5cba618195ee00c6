"""Tables of reports: JSONL, JSON and CSV. Each row is one source; a broken row is rejected and the rest goes on."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, cast

from summitry.encoding import UNKNOWN_DATA, binary_kind, decode, is_data, scalars, wide_encoding
from summitry.errors import UnreadableSource
from summitry.intake.options import COLUMN_NAMES, MAX_JSON_BYTES, MAX_LINE_BYTES, refused
from summitry.intake.unpack import whole
from summitry.vocabulary import Rejected, Source

_CHUNK = 1 << 20
_PROBE_BYTES = 4096  # enough to tell an encoding or data that is no text
_LISTS = ("articles", "data", "items", "results", "documents", "rows", "entries", "docs")
_SHOWN = 200  # bytes of a broken row kept with its rejection, enough to find it again

Columns = tuple[tuple[str, str], ...]


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


class Lines:
    """The lines of a table as text, with their numbers (1-based); a line too long raises and is passed over.

    An iterator that may be continued after it raised, which a generator may not.

    Raises:
        UnreadableSource: when made: the stream is empty or no text at all.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.number = 0
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
        self._stream = io.BufferedReader(_Utf8(buffered, wide)) if wide else buffered

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        """The next line with its end.

        Raises:
            UnreadableSource: it is longer than :data:`MAX_LINE_BYTES`, or the stream is damaged.
        """
        line = self._stream.readline(MAX_LINE_BYTES + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > MAX_LINE_BYTES:
            size = len(line)
            while line and not line.endswith(b"\n"):
                line = self._stream.readline(_CHUNK)
                size += len(line)
            raise UnreadableSource(
                "parse", f"line {self.number} has {size:,} bytes; at most {MAX_LINE_BYTES:,} are read; split its text"
            )
        try:
            return line.decode("utf-8-sig" if self.number == 1 else "utf-8")
        except UnicodeDecodeError:
            return decode(line) + ("\n" if line.endswith(b"\n") else "")


def rows_of_jsonl(uri: str, stream: BinaryIO, columns: Columns) -> Iterator[Source | Rejected]:
    """The reports of a JSON Lines stream, one object a line."""
    try:
        lines = Lines(stream)
    except UnreadableSource as error:
        yield refused(uri, error.stage, error.reason)
        return
    while True:
        try:
            line = next(lines)
        except StopIteration:
            return
        except UnreadableSource as error:
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
            yield _broken(
                where, line, f"line {lines.number} is not valid JSON ({_first_line(error)}); mend or drop the line"
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
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        if text.lstrip().startswith("{") and text.strip().count("\n"):  # JSON Lines under the wrong name
            yield from rows_of_jsonl(uri, io.BytesIO(content), columns)
        else:
            yield _broken(
                uri, text, f"it is not valid JSON ({_first_line(error)}); mend it, or give JSONL or plain text"
            )
        return
    if isinstance(value, dict):
        listed = next((value[name] for name in _LISTS if isinstance(value.get(name), list)), None)
        if listed is None:
            yield source_of_row(uri, value, columns)
            return
        value = listed
    if not isinstance(value, list):
        yield _broken(uri, text, f"its JSON is {_type_name(value)}; give an object with a text, or an array of them")
        return
    for number, row in enumerate(value, 1):
        yield source_of_row(f"{uri}#{number}", row, columns)


def rows_of_csv(
    uri: str, stream: BinaryIO, columns: Columns, delimiter: str | None = None
) -> Iterator[Source | Rejected]:
    """The reports of a CSV or TSV stream with a header line; the number in the address is the row's first line."""
    try:
        lines = Lines(stream)
        header_line = next(lines, "")
        delimiter = delimiter or _delimiter(header_line)
        header = [name.strip() for name in next(csv.reader([header_line], delimiter=delimiter), [])]
    except (UnreadableSource, csv.Error) as error:
        yield refused(uri, getattr(error, "stage", "parse"), str(error))
        return
    text_column = _find(header, "text", columns)
    if text_column is None:
        yield refused(uri, "parse", _no_text_column(header, columns))
        return
    # The csv module's limit on a field is one for the whole process and too small for reports (131,072 characters);
    # raised, never lowered, so that other readers in the process lose nothing.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_LINE_BYTES))
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        number = lines.number + 1
        where = f"{uri}#{number}"
        try:
            row = next(reader)
        except StopIteration:
            return
        except UnreadableSource as error:
            yield refused(f"{uri}#{lines.number}" if error.stage == "parse" else uri, error.stage, error.reason)
            if error.stage == "unpack":
                return
            continue
        except csv.Error as error:
            yield refused(where, "parse", f"line {number} is not valid CSV ({error}); mend its quotation marks")
            continue
        if not any(cell.strip() for cell in row):
            continue
        if len(row) <= header.index(text_column):
            yield _broken(
                where,
                delimiter.join(row),
                f"line {number} has {len(row)} cells, the header {len(header)}; mend the row",
            )
            continue
        yield source_of_row(where, dict(zip(header, row, strict=False)), columns)


def source_of_row(uri: str, row: object, columns: Columns) -> Source | Rejected:
    """The source a row is: its text as content, the columns that are known as metadata."""
    if not isinstance(row, Mapping):
        return _broken(uri, str(row)[:_SHOWN], f"the row is {_type_name(row)}; give an object with a text")
    names = [str(name) for name in row]
    column = _find(names, "text", columns)
    if column is None:
        return _broken(uri, str(row)[:_SHOWN], _no_text_column(names, columns))
    text = _words(row[column], "\n\n")
    if not text.strip():
        return _broken(uri, str(row)[:_SHOWN], f"its column {column!r} holds no text; mend or drop the row")
    metadata = []
    for field, _ in COLUMN_NAMES[1:]:
        name = _find(names, field, columns)
        if name is not None and (value := _words(row[name], ", ").strip()):
            metadata.append((field, scalars(value)))
    media_type = "text/html" if _plain(column) == "html" else "text/plain"
    return Source(uri, scalars(text).encode("utf-8"), f"{media_type}; charset=utf-8", metadata=tuple(metadata))


def _find(names: list[str], field: str, columns: Columns) -> str | None:
    """The column of a field: the one asked for, or the first of its usual names that is there."""
    asked = dict(columns).get(field)
    if asked is not None:
        return next((name for name in names if name == asked), None)
    plain = {_plain(name): name for name in reversed(names)}
    return next((plain[usual] for usual in dict(COLUMN_NAMES)[field] if usual in plain), None)


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]", "", name.lower())


def _words(value: object, joint: str) -> str:
    """A cell as text: strings as they are, lists joined, the name of an object; nothing for the rest."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return joint.join(filter(None, (_words(item, joint) for item in value)))
    if isinstance(value, Mapping):
        return _words(value.get("name") or value.get("text") or "", joint)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _no_text_column(names: list[str], columns: Columns) -> str:
    asked = dict(columns).get("text")
    wanted = f"no column {asked!r}" if asked else "no column named text, body, content or article"
    return f"it has {wanted}, but {', '.join(map(repr, names[:12])) or 'none'}; say which column holds the text"


def _broken(uri: str, row: str, reason: str) -> Rejected:
    """A row that cannot be used, kept by its first characters and its address."""
    return Rejected(Source(uri, scalars(row[:_SHOWN]).encode("utf-8"), metadata=(("uri", uri),)), "parse", reason)


def _delimiter(header: str) -> str:
    """The mark that stands most often in the header line; a comma if none does."""
    bare = re.sub(r'"[^"]*"', "", header)
    return max(",;\t|", key=bare.count)


def _type_name(value: object) -> str:
    return {"list": "an array", "str": "a string", "NoneType": "null", "bool": "true or false"}.get(
        type(value).__name__, "a number"
    )


def _first_line(error: Exception) -> str:
    return "nested too deep" if isinstance(error, RecursionError) else str(error).split("\n")[0][:120]
