"""The files of a site: which page with which parameters is which file, and which are still to be written."""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from summitry.web.page import PageKind

KEPT: Final[Mapping[str, tuple[frozenset[str], ...]]] = {
    "positions": (frozenset({"party", "issue"}), frozenset({"as_of"})),
    "timeline": (frozenset({"view"}),),
}
"""Parameters, besides the number of a part, whose values have files of their own; the first set that a link has is
taken, and what else it asks is left out. The matrix has a file for each day its slider stops at, and each of its cells
has one for its history; the timeline has its lists of undated events and of meetings."""

LONGEST_NAME: Final = 80
"""Characters of a file's name: folders, ``.html`` and all stay below what Windows allows for a path (260)."""

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")
_RESERVED: Final = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(1, 10))}
)
"""Names that are devices under Windows, whatever their suffix."""

Told = tuple[tuple[str, str], ...]
"""Parameters of a page, in the order of their names."""


def file_name(name: str) -> str:
    """A code, id or title as part of a file's name: letters, digits, dot, underscore and hyphen only."""
    safe = _UNSAFE.sub("_", name).strip(".")[:LONGEST_NAME] or "_"
    base, dot, rest = safe.partition(".")
    # Before the first dot: with any suffix the name is the device's.
    return f"{base}_{dot}{rest}" if base.upper() in _RESERVED else safe


@dataclass(frozen=True, slots=True)
class Job:
    """A page to be written: its kind, its parameters, its file."""

    kind: PageKind
    told: Told
    path: str


class Files:
    """The files of a site as its pages link to them. ``as_of`` is the day of the whole site.

    A file has its name from the page's own; where two would have the same (a file system may not tell large letters
    from small), the later has a few digits of a hash besides.
    """

    def __init__(self, kinds: tuple[PageKind, ...], as_of: date | None) -> None:
        self._kinds = {kind.name: kind for kind in kinds if kind.written}
        self._as_of = as_of
        self._paths: dict[tuple[str, Told], str] = {}
        self._taken: set[str] = set()
        self._jobs: deque[Job] = deque()

    def next(self) -> Job | None:
        """A page that was linked to and is not written yet, in the order of the links."""
        return self._jobs.popleft() if self._jobs else None

    def of(self, name: str, asked: Mapping[str, object]) -> str:
        """The file of a page; one that was not asked for before is put down to be written."""
        kind = self._kinds.get(name)
        if kind is None:
            return self.of("stand", {})
        told = self._told(kind, asked)
        found = self._paths.get((name, told))
        if found is None:
            found = self._paths[name, told] = self._free(kind, told)
            self._jobs.append(Job(kind, told, found))
        return found

    def _told(self, kind: PageKind, asked: Mapping[str, object]) -> Told:
        given = {name: f"{value}" for name, value in asked.items() if value not in (None, "")}
        if "{id}" in kind.path:
            kept = {"id": given.get("id", "")}
        else:
            if self._as_of is not None and given.get("as_of", "") >= self._as_of.isoformat():
                # What was known later is not in this site.
                del given["as_of"]
            names = next((one for one in KEPT.get(kind.name, ()) if one <= given.keys()), frozenset[str]())
            kept = {name: given[name] for name in names}
        if given.get("page", "1") != "1":
            kept["page"] = given["page"]
        return tuple(sorted(kept.items()))

    def _free(self, kind: PageKind, told: Told) -> str:
        stem = "index" if kind.path == "/" else kind.path.strip("/")
        for name, value in told:
            if name == "id":
                stem = stem.replace("{id}", file_name(value))
            else:
                stem += f"-{'part-' if name == 'page' else ''}{file_name(value)}"
        folder, _, last = stem.rpartition("/")
        stem = f"{folder}/{last[:LONGEST_NAME]}" if folder else last[:LONGEST_NAME]
        path = f"{stem}.html"
        if path.lower() in self._taken:
            path = f"{stem}-{hashlib.sha256(repr((kind.name, told)).encode()).hexdigest()[:8]}.html"
        self._taken.add(path.lower())
        return path
