"""Inputs to sources, one by one: files, folders, patterns, standard input, URLs.

Nothing is held but the source at hand. Whatever cannot be read comes out as :class:`Rejected`, with the reason and
the next step; nothing raises for bad input.
"""

from __future__ import annotations

import glob
import io
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from summitry.encoding import binary_kind, scalars
from summitry.errors import UnreadableSource
from summitry.intake.fetch import fetch
from summitry.intake.options import MAX_DOCUMENT_BYTES, MAX_FOLDER_DEPTH, IntakeOptions, refused
from summitry.intake.tables import rows_of_csv, rows_of_json, rows_of_jsonl
from summitry.intake.unpack import Unpacked, too_large, whole
from summitry.vocabulary import Rejected, Source

MEDIA_TYPES = {
    ".txt": "text/plain", ".text": "text/plain", ".md":
        "text/markdown", ".markdown": "text/markdown", ".html": "text/html",
    ".htm": "text/html", ".xhtml": "text/html", ".jsonl": "application/jsonl", ".ndjson": "application/jsonl",
    ".json": "application/json", ".csv": "text/csv", ".tsv": "text/tab-separated-values",
}  # fmt: skip
_ROW_SUFFIXES = (".jsonl", ".ndjson", ".json", ".csv", ".tsv")  # read row by row, so their size is no matter
# A record kept among its reports, SQLite's companions of it, and what watching keeps beside it, are no inputs: folders
# are read without them.
RECORD_SUFFIXES = (
    ".db", ".sqlite", ".sqlite3", ".db-wal", ".db-shm", ".db-journal", ".sqlite-wal", ".sqlite-shm",
    ".watch.json", ".watch.json.lock",
)  # fmt: skip


def iter_sources(inputs: Sequence[str], options: IntakeOptions | None = None) -> Iterator[Source | Rejected]:
    """Every report the inputs hold, in the order given; folders in sorted order, hidden files left out.

    Args:
        inputs: paths of files and folders, patterns (``*``, ``**``), ``-`` for standard input, http(s) URLs.
        options: column names, whether private addresses may be asked.

    Yields:
        A :class:`Source` for each report (a row of a table is one, ``file.jsonl#12``), a :class:`Rejected` for
        whatever cannot be read.
    """
    options = options or IntakeOptions()
    for given in inputs:
        try:
            if given == "-":
                yield from _from_stdin(options)
            elif "://" in given[:12]:
                yield from _from_url(given, options)
            else:
                yield from _from_path(given, options)
        except UnreadableSource as error:
            yield refused(scalars(given), error.stage, error.reason)
        except (OSError, ValueError) as error:
            yield refused(scalars(given), "fetch", _why(error))


def _from_stdin(options: IntakeOptions) -> Iterator[Source | Rejected]:
    content = whole(options.stdin if options.stdin is not None else sys.stdin.buffer)
    first = content.lstrip()[:1]
    if first == b"{" and b'"' in content[:200]:
        yield from rows_of_jsonl("-", io.BytesIO(content), options.columns)
    else:
        yield Source("-", content)


def _from_url(url: str, options: IntakeOptions) -> Iterator[Source | Rejected]:
    page = fetch(url, allow_private=options.allow_private)
    fetched = datetime.now(UTC).isoformat(timespec="seconds")
    suffixes = [suffix.lower() for suffix in PurePosixPath(urlsplit(page.url).path).suffixes]
    if suffixes and suffixes[-1] in (".gz", *_ROW_SUFFIXES):
        yield from _from_stream(url, suffixes, cast(BinaryIO, io.BytesIO(page.content)), options)
    else:
        yield Source(scalars(url), page.content, page.media_type, fetched, (("url", scalars(page.url)),))


def _from_path(given: str, options: IntakeOptions) -> Iterator[Source | Rejected]:
    path = Path(given)
    try:
        status = path.stat()
    except FileNotFoundError:
        yield from _from_pattern(given, options)
        return
    if stat.S_ISDIR(status.st_mode):
        found = False
        for one in _from_folder(path, options, ((status.st_dev, status.st_ino),)):
            found = True
            yield one
        if not found:
            yield refused(scalars(given), "fetch", f"the folder holds no file to read; it may hold {_kinds()}")
    else:
        yield from _from_file(path, options)


def _from_pattern(given: str, options: IntakeOptions) -> Iterator[Source | Rejected]:
    # Path.glob takes no absolute patterns.
    names = sorted(glob.glob(given, recursive=True)) if glob.has_magic(given) else []  # noqa: PTH207
    if not names:
        found = "no file matches the pattern" if glob.has_magic(given) else "there is no such file or folder"
        yield refused(scalars(given), "fetch", f"{found}; check the path")
    seen_inside: set[str] = set()
    for name in names:
        path = Path(name)
        if path.is_dir():
            if "**" in given:  # the pattern itself has already listed what is inside
                continue
            yield from _from_path(name, options)
        elif name not in seen_inside:
            seen_inside.add(name)
            yield from _from_file(path, options)


def _from_folder(
    folder: Path, options: IntakeOptions, above: tuple[tuple[int, int], ...]
) -> Iterator[Source | Rejected]:
    """The files of a folder and of those inside it. ``above`` holds device and number of the folders it lies in, so
    that a link back to one of them ends there."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError as error:
        yield refused(scalars(str(folder)), "fetch", _why(error))
        return
    for name in names:
        path = folder / name
        try:
            status = path.stat()
        except OSError as error:
            yield refused(scalars(str(path)), "fetch", _why(error))
            continue
        key = (status.st_dev, status.st_ino)
        if stat.S_ISDIR(status.st_mode):
            if key in above:
                continue
            if len(above) >= MAX_FOLDER_DEPTH:
                yield refused(
                    scalars(str(path)), "fetch", f"it lies more than {MAX_FOLDER_DEPTH} folders deep; name it itself"
                )
                continue
            yield from _from_folder(path, options, (*above, key))
        elif not name.lower().endswith(RECORD_SUFFIXES):
            yield from _from_file(path, options, inside=True)


def _from_file(path: Path, options: IntakeOptions, *, inside: bool = False) -> Iterator[Source | Rejected]:
    """The reports of one file; ``inside`` a folder, files of unknown kinds are refused instead of read as text."""
    uri = scalars(str(path))
    suffixes = [suffix.lower() for suffix in path.suffixes]
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            yield refused(
                uri,
                "fetch",
                "it is no regular file but a pipe, socket or device; send its bytes to standard input and read -",
            )
            return
        kind = suffixes[-1] if suffixes else ""
        with path.open("rb") as stream:
            if inside and kind not in (*MEDIA_TYPES, ".gz", ""):
                what = (
                    binary_kind(stream.read(4096))
                    or f"a file of the kind {kind!r}; name it itself to have it read as text"
                )
                yield refused(uri, "decode", f"it is {what}")
            elif kind not in (*_ROW_SUFFIXES, ".gz") and status.st_size > MAX_DOCUMENT_BYTES:
                yield refused(uri, "fetch", too_large(status.st_size, MAX_DOCUMENT_BYTES))
            else:
                for one in _from_stream(uri, suffixes, stream, options):
                    if options.meter is not None and not stream.closed:
                        options.meter.at(stream.tell())
                    yield one
    except UnreadableSource as error:
        yield refused(uri, error.stage, error.reason)
    except OSError as error:
        yield refused(uri, "fetch", _why(error))
    finally:
        if options.meter is not None:
            options.meter.end_of(path)


def _from_stream(
    uri: str, suffixes: list[str], stream: BinaryIO, options: IntakeOptions
) -> Iterator[Source | Rejected]:
    """The reports of a stream, by the suffixes of its name; ``.gz`` unpacks first."""
    if suffixes and suffixes[-1] == ".gz":
        stream, suffixes = cast(BinaryIO, io.BufferedReader(Unpacked(stream))), suffixes[:-1]
    media_type = _media_type(suffixes)
    if media_type == "application/jsonl":
        yield from rows_of_jsonl(uri, stream, options.columns)
    elif media_type == "application/json":
        yield from rows_of_json(uri, stream, options.columns)
    elif media_type == "text/csv":
        yield from rows_of_csv(uri, stream, options.columns)
    elif media_type == "text/tab-separated-values":
        yield from rows_of_csv(uri, stream, options.columns, "\t")
    else:
        yield Source(uri, whole(stream), media_type)


def _media_type(suffixes: list[str]) -> str:
    return MEDIA_TYPES.get(suffixes[-1], "text/plain") if suffixes else "text/plain"


def _kinds() -> str:
    return " ".join(sorted((*MEDIA_TYPES, ".gz")))


def _why(error: Exception) -> str:
    """Why a file cannot be opened, and the next step."""
    if isinstance(error, PermissionError):
        return "there is no permission to read it; change its permissions or run as its owner"
    if isinstance(error, FileNotFoundError):
        return "it is a link to a file that is not there, or it has just gone; check the path"
    words = getattr(error, "strerror", None) or str(error)
    return f"it cannot be opened ({words}); check the path"
