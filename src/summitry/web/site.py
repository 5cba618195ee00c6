"""The desk as a folder of files: the same pages, opened from disk or put on any web server.

Which files there are follows from the links: the pages of the navigation are written, then what they link to, until
every link leads to a file. Nothing in the files tells when they were written, so the same record gives the same bytes.
"""

from __future__ import annotations

import json
import shutil
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from summitry.errors import UsageError
from summitry.web.files import Files, Job
from summitry.web.links import SiteLinks
from summitry.web.page import Missing
from summitry.web.pages import PAGES
from summitry.web.question import Question
from summitry.web.rendering import draw, environment
from summitry.web.settings import Settings
from summitry.web.shelf import Shelf

if TYPE_CHECKING:
    from summitry.web.view import View

MARKER: Final = "summitry-site.json"
"""The file that tells a folder for one of ours, with the names of all files in it."""
ROWS_PER_PAGE: Final = 200
"""Rows of one file: twice what the desk shows at once, for a folder cannot search for the rest."""


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What was written: pages (each also as JSON), files, bytes, links to what the record has no page for, seconds."""

    folder: Path
    pages: int
    files: int
    size: int
    missing: int
    seconds: float


def write_site(record: Path, folder: Path, *, as_of: str | None = None, case: str | None = None) -> SiteReport:
    """Write the desk of a record as a folder of pages, which opens from disk.

    Args:
        record: the record, one file.
        folder: where to; it may be missing, empty, or an earlier site, which is replaced when the new one is complete.
        as_of: what could be known on that day (2019-03-15, 2019-03 or 2019).
        case: the negotiation of the first page; by default the main one.

    Raises:
        UsageError: the folder holds what no earlier site wrote; the date or case is off.
        RecordError: the record cannot be opened.
    """
    started = time.monotonic()
    base = Question.of({"as_of": as_of or "", "case": case or ""})
    with _beside(folder) as beside:
        writer = _Writer(Shelf(Settings(record=record, read_only=True, rows_per_page=ROWS_PER_PAGE)), base, beside)
        writer.write(record.name)
        _finish(beside)
        names = [path for path in beside.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in names)
        return SiteReport(folder, writer.pages, len(names), size, writer.missing, time.monotonic() - started)


class _Writer:
    """Writes pages until all that are linked to are there."""

    def __init__(self, shelf: Shelf, base: Question, into: Path) -> None:
        self._shelf = shelf
        self._base = base
        self._into = into
        self._files = Files(PAGES, base.as_of)
        self._templates = environment()
        self.pages = 0
        self.missing = 0

    def write(self, record_name: str) -> None:
        """All pages, and the styles and scripts of the package."""
        for kind in PAGES:
            if kind.written and "{" not in kind.path:
                self._files.of(kind.name, {})
        with self._shelf.view(self._base.as_of) as view:
            rows = _reports_of_rows(view)
            for source in view.sources():
                self._files.of("source", {"id": source.id})
        about = {"pages": PAGES, "record_name": record_name, "token": "", "stale": False, "read_only": True}
        while (job := self._files.next()) is not None:
            self._page(job, rows, about)
        with as_file(files("summitry.web") / "static") as static:
            for path in sorted(static.iterdir()):
                _put(self._into / "static" / path.name, path.read_bytes())

    def _page(self, job: Job, rows: Mapping[str, tuple[str, ...]], about: Mapping[str, object]) -> None:
        links = SiteLinks(self._files.of, job.path, rows)
        question = Question.of(self._base.told | dict(job.told))
        path = self._into / job.path
        with self._shelf.view(question.as_of) as view:
            try:
                page = job.kind.build(view, question)
            except Missing as missing:
                # A link leads here: it gets an answer, as at the desk.
                self.missing += 1
                shown = {"title": "No such page"}
                text = self._templates.get_template("error.html").render(
                    page=shown, kind=None, links=links, question=question, message=str(missing), **about
                )
                data = _json({"error": str(missing)})
            else:
                text = draw(self._templates, job.kind, page, links, {**about, "question": question})
                data = page.encoded() or _json(page.json())
        _put(path, text.encode("utf-8", "backslashreplace"))
        _put(path.with_suffix(".json"), data)
        self.pages += 1


def _reports_of_rows(view: View) -> dict[str, tuple[str, ...]]:
    """For each row the reports it stands in: a folder has no page for a row alone."""
    kinds = "statements timeline moves positions commitments predictions discrepancies status".split()
    rows = chain.from_iterable(view.answer(kind) for kind in kinds)
    return {row.id: tuple(dict.fromkeys(one.source for one in row.evidence)) for row in rows}


def _json(told: object) -> bytes:
    return (json.dumps(told, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8", "backslashreplace")


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _finish(folder: Path) -> None:
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    told = {"about": "Written by summitry site; written anew, all of it is replaced.", "files": names}
    _put(folder / MARKER, (json.dumps(told, indent=1) + "\n").encode())


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A new folder beside ``folder`` that takes its place at the end, and goes away if anything fails.

    Raises:
        UsageError: what is there was not written by an earlier run, or cannot be replaced.
    """
    # Where a link points to is replaced, and the link stays.
    folder = folder.resolve()
    _check(folder)
    mark = uuid.uuid4().hex[:8]
    new, old = (folder.with_name(f".{folder.name}.{what}-{mark}") for what in ("new", "old"))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        new.mkdir()
    except OSError as error:
        raise UsageError(f"folder {folder} cannot be written: {error.strerror or error}") from None
    try:
        yield new
        # Looked at again: a minute may have passed.
        _check(folder)
        if folder.exists():
            folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _check(folder: Path) -> None:
    """Only a folder that is missing, empty or wholly ours is written to."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UsageError(f"{folder} is a file; name a folder for the site")
    held = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()}
    if not held:
        return
    try:
        ours = {MARKER, *json.loads((folder / MARKER).read_bytes())["files"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise UsageError(f"folder {folder} is not empty and no site of ours; name an empty or a new one") from None
    if foreign := sorted(held - ours):
        raise UsageError(
            f"folder {folder} holds {foreign[0]}, which no summitry site wrote and which would be lost; "
            "move it away, or name another folder"
        )
