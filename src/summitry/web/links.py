"""Addresses of pages: those of a server, and those of a folder of files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Protocol
from urllib.parse import quote, urlencode

from summitry.report.links import row_path, source_path

FileOf = Callable[[str, Mapping[str, object]], str]
"""The file of a page's name and parameters, as ``ledger/moves.html``."""


class Links(Protocol):
    """Where pages are, as seen from the page that is drawn. Templates make every address with one."""

    live: bool
    """Whether a server answers: forms, searches and exports work."""

    def page(self, name: str, /, **asked: object) -> str:
        """A page of :data:`summitry.web.pages.PAGES` by name, with parameters; those that are None are left out."""
        ...

    def data(self, name: str, /, **asked: object) -> str:
        """The same page as JSON."""
        ...

    def row(self, row_id: str, source: str | None = None) -> str:
        """The page of a row; ``source`` is a report it stands in, where a folder of files has it."""
        ...

    def source(self, source_id: str, row_id: str | None = None) -> str:
        """The page of a report, at the words of a row."""
        ...

    def party(self, code: str) -> str:
        """The page of a party by its code."""
        ...

    def person(self, person_id: str) -> str:
        """The page of a person by id."""
        ...

    def asset(self, name: str) -> str:
        """A style or script of the package."""
        ...


def _asked(asked: Mapping[str, object]) -> str:
    told = {name: f"{value}" for name, value in asked.items() if value not in (None, "")}
    return f"?{urlencode(told)}" if told else ""


class ServerLinks:
    """Addresses at a server, from its root. ``as_of`` is taken along from page to page."""

    live = True

    def __init__(self, paths: Mapping[str, str], as_of: str | None = None) -> None:
        self._paths = paths
        self._as_of = as_of

    def _with_day(self, asked: Mapping[str, object]) -> str:
        return _asked({"as_of": self._as_of} | dict(asked))

    def page(self, name: str, /, **asked: object) -> str:
        """See :class:`Links`."""
        return self._paths[name] + self._with_day(asked)

    def data(self, name: str, /, **asked: object) -> str:
        """See :class:`Links`."""
        return (self._paths[name] if self._paths[name] != "/" else "/stand") + ".json" + self._with_day(asked)

    def row(self, row_id: str, source: str | None = None) -> str:
        """See :class:`Links`. A row is what it is on any day: its address has none."""
        return row_path(row_id)

    def source(self, source_id: str, row_id: str | None = None) -> str:
        """See :class:`Links`."""
        return source_path(source_id, row_id)

    def party(self, code: str) -> str:
        """See :class:`Links`."""
        return f"/party/{quote(code, safe='')}" + self._with_day({})

    def person(self, person_id: str) -> str:
        """See :class:`Links`."""
        return f"/person/{quote(person_id, safe='')}" + self._with_day({})

    def asset(self, name: str) -> str:
        """See :class:`Links`."""
        return f"/static/{name}"


# A page has dozens of links, mostly to the same few files.
@lru_cache(maxsize=65_536)
def _relative(path: str, here: str) -> str:
    """The address of a file as seen from a folder, at most one folder deep as all of them are."""
    if here and path.startswith(f"{here}/"):
        return quote(path[len(here) + 1 :])
    return quote(f"{'../' * (here.count('/') + 1)}{path}" if here else path)


class SiteLinks:
    """Addresses in a folder of files, relative to the file ``at`` (as ``ledger/moves.html``).

    ``file_of`` tells for a page's name and parameters the file that shows it, ``rows`` for each row the report whose
    page shows it.
    """

    live = False

    def __init__(self, file_of: FileOf, at: str, rows: Mapping[str, tuple[str, ...]]) -> None:
        self._file_of = file_of
        self._here = at.rpartition("/")[0]
        self._rows = rows

    def _to(self, path: str, anchor: str | None = None) -> str:
        return _relative(path, self._here) + (f"#{quote(anchor, safe='')}" if anchor else "")

    def page(self, name: str, /, **asked: object) -> str:
        """See :class:`Links`. Files answer few questions: other parameters are left out."""
        return self._to(self._file_of(name, asked))

    def data(self, name: str, /, **asked: object) -> str:
        """See :class:`Links`."""
        return self._to(self._file_of(name, asked).removesuffix(".html") + ".json")

    def row(self, row_id: str, source: str | None = None) -> str:
        """See :class:`Links`: the words of the row in a report."""
        shown = self._rows.get(row_id, ())
        found = source if source in shown else next(iter(shown), source)
        return self.source(found, row_id) if found else self._to("index.html")

    def source(self, source_id: str, row_id: str | None = None) -> str:
        """See :class:`Links`."""
        anchor = row_id if row_id and source_id in self._rows.get(row_id, ()) else None
        return self._to(self._file_of("source", {"id": source_id}), anchor)

    def party(self, code: str) -> str:
        """See :class:`Links`."""
        return self._to(self._file_of("party", {"id": code}))

    def person(self, person_id: str) -> str:
        """See :class:`Links`."""
        return self._to(self._file_of("person", {"id": person_id}))

    def asset(self, name: str) -> str:
        """See :class:`Links`."""
        return self._to(f"static/{name}")
