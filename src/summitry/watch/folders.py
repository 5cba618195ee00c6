"""Folders: which files are new, or have changed, since they were last looked at."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from summitry.encoding import scalars
from summitry.intake.kinds import PACKINGS
from summitry.intake.options import MAX_FOLDER_DEPTH
from summitry.intake.sources import MEDIA_TYPES, RECORD_SUFFIXES
from summitry.watch.clock import Clock

SETTLE_SECONDS: Final = 2.0
"""A file that changed so lately may still be being written: we wait so long and look again."""

Stamp = list[int]


def stamps(folder: Path) -> Iterator[tuple[Path, Stamp]]:
    """The files of a folder and of those inside it, sorted, with size and time of change (ns).

    Hidden files and folders, records and what lies beside them are left out; links to folders are not followed.

    Raises:
        OSError: the folder cannot be read.
    """
    with os.scandir(folder):
        pass  # os.walk passes over a folder that is not there
    top = len(folder.parts)
    for where, inside, names in os.walk(folder):
        inside[:] = sorted(one for one in inside if not one.startswith("."))
        if len(Path(where).parts) - top >= MAX_FOLDER_DEPTH:
            inside.clear()
        for name in sorted(names):
            path = Path(where, name)
            if name.startswith(".") or name.lower().endswith(RECORD_SUFFIXES) or not path.is_file():
                continue
            if (stamp := stamp_of(path)) is not None:
                yield path, stamp


def stamp_of(path: Path) -> Stamp | None:
    """Size and time of change of a file; None where it has just gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    return [status.st_size, status.st_mtime_ns]


def changed(folder: Path, known: Mapping[str, Stamp], clock: Clock) -> list[tuple[Path, Stamp]]:
    """The files of a folder that are new or changed, and at rest.

    Raises:
        OSError: the folder cannot be read.
    """
    found = [(path, stamp) for path, stamp in stamps(folder) if known.get(key_of(path)) != stamp]
    now = clock.now()
    if not any(now - stamp[1] / 1e9 < SETTLE_SECONDS for _, stamp in found):
        return found
    clock.sleep(SETTLE_SECONDS)
    return [(path, stamp) for path, stamp in found if stamp_of(path) == stamp]


def key_of(path: Path) -> str:
    """The name by which a file is remembered."""
    return scalars(str(path.absolute()))


def is_readable(path: Path) -> bool:
    """Whether intake reads files of this kind in folders."""
    return not path.suffix or path.suffix.lower() in (*MEDIA_TYPES, *PACKINGS)
