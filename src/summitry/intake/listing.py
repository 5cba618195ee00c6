"""Inputs to the files they name: folders, patterns, stores; opens nothing but what it must look into to refuse it."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from summitry.encoding import binary_kind, scalars
from summitry.errors import UnreadableSource
from summitry.intake import stores
from summitry.intake.kinds import kind_of, kinds_said
from summitry.intake.options import MAX_FOLDER_DEPTH, IntakeOptions, refused
from summitry.vocabulary import Rejected

# A record kept among its reports, SQLite's companions of it, and what watching keeps beside it, are no inputs: folders
# are read without them.
RECORD_SUFFIXES = (
    ".db", ".sqlite", ".sqlite3", ".db-wal", ".db-shm", ".db-journal", ".sqlite-wal", ".sqlite-shm",
    ".watch.json", ".watch.json.lock",
)  # fmt: skip
SHARDS_SUFFIX = ".shards"
"""The folder beside a record in which readings wait until they are in it: no input either."""


@dataclass(frozen=True, slots=True)
class Found:
    """One file, page or stream to take in. ``size`` is in bytes; 0 where it cannot be asked."""

    place: str
    size: int = 0


def found(inputs: Sequence[str], options: IntakeOptions) -> Iterator[Found | Rejected]:
    """What the inputs name, in the order given; folders in sorted order, hidden files left out."""
    for given in inputs:
        try:
            if given == "-" or ("://" in given[:12] and not stores.is_store(given)):
                yield Found(given)
            elif stores.is_store(given):
                yield from _in_store(given)
            else:
                yield from _at_path(given, options)
        except UnreadableSource as error:
            yield refused(scalars(given), error.stage, error.reason)
        except (OSError, ValueError) as error:
            yield refused(scalars(given), "fetch", why_not_opened(error))


def why_not_opened(error: Exception) -> str:
    """Why a file cannot be opened, and the next step."""
    if isinstance(error, PermissionError):
        return "there is no permission to read it; change its permissions or run as its owner"
    if isinstance(error, FileNotFoundError):
        return "it is a link to a file that is not there, or it has just gone; check the path"
    words = getattr(error, "strerror", None) or str(error)
    return f"it cannot be opened ({words}); check the path"


def _in_store(given: str) -> Iterator[Found | Rejected]:
    for address, size in stores.listed(given):
        if address.lower().endswith(RECORD_SUFFIXES):
            continue
        if kind_of(address).known:
            yield Found(address, size)
        else:
            yield refused(scalars(address), "decode", f"its name does not say what it is; it may end in {kinds_said()}")


def _at_path(given: str, options: IntakeOptions) -> Iterator[Found | Rejected]:
    path = Path(given)
    try:
        status = path.stat()
    except FileNotFoundError:
        yield from _by_pattern(given, options)
        return
    if stat.S_ISDIR(status.st_mode):
        empty = True
        for one in _in_folder(path, options, ((status.st_dev, status.st_ino),)):
            empty = False
            yield one
        if empty:
            yield refused(scalars(given), "fetch", f"the folder holds no file to read; it may hold {kinds_said()}")
    else:
        yield _file(path, options)


def _by_pattern(given: str, options: IntakeOptions) -> Iterator[Found | Rejected]:
    # Path.glob takes no absolute patterns.
    names = sorted(glob.glob(given, recursive=True)) if glob.has_magic(given) else []  # noqa: PTH207
    if not names:
        why = "no file matches the pattern" if glob.has_magic(given) else "there is no such file or folder"
        yield refused(scalars(given), "fetch", f"{why}; check the path")
    seen: set[str] = set()
    for name in names:
        path = Path(name)
        if path.is_dir():
            if "**" in given:  # the pattern itself has already listed what is inside
                continue
            yield from _at_path(name, options)
        elif name not in seen:
            seen.add(name)
            yield _file(path, options)


def _in_folder(folder: Path, options: IntakeOptions, above: tuple[tuple[int, int], ...]) -> Iterator[Found | Rejected]:
    """The files of a folder and of those inside it. ``above`` holds device and number of the folders it lies in, so
    that a link back to one of them ends there."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError as error:
        yield refused(scalars(str(folder)), "fetch", why_not_opened(error))
        return
    for name in names:
        path = folder / name
        try:
            status = path.stat()
        except OSError as error:
            yield refused(scalars(str(path)), "fetch", why_not_opened(error))
            continue
        key = (status.st_dev, status.st_ino)
        if key in options.no_inputs:
            continue
        if stat.S_ISDIR(status.st_mode):
            if key in above or name.endswith(SHARDS_SUFFIX):
                continue
            if len(above) >= MAX_FOLDER_DEPTH:
                yield refused(
                    scalars(str(path)), "fetch", f"it lies more than {MAX_FOLDER_DEPTH} folders deep; name it itself"
                )
                continue
            yield from _in_folder(path, options, (*above, key))
        elif not name.lower().endswith(RECORD_SUFFIXES):
            yield _file(path, options, inside=True)


def _file(path: Path, options: IntakeOptions, *, inside: bool = False) -> Found | Rejected:
    """One file; ``inside`` a folder, files of unknown kinds are refused instead of read as text."""
    reason = None
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            stage = "fetch"
            reason = "it is no regular file but a pipe, socket or device; send its bytes to standard input and read -"
        elif (status.st_dev, status.st_ino) in options.no_inputs:
            stage, reason = "fetch", "it is the record itself, or a file that belongs to it; give the reports"
        elif inside and path.suffix and not kind_of(path.name).known:
            with path.open("rb") as stream:
                what = (
                    binary_kind(stream.read(4096))
                    or f"a file of the kind {path.suffix.lower()!r}; name it itself to have it read as text"
                )
            stage, reason = "decode", f"it is {what}"
    except OSError as error:
        stage, reason = "fetch", why_not_opened(error)
    if reason is None:
        # A file that is called "-" is not standard input.
        return Found("./-" if str(path) == "-" else str(path), status.st_size)
    if options.meter is not None:
        options.meter.end_of(path)
    return refused(scalars(str(path)), stage, reason)
