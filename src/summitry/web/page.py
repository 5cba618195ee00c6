"""What a page is before it is drawn: a title, what it shows, and the same as JSON."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from summitry.errors import UsageError

if TYPE_CHECKING:
    from summitry.web.question import Question
    from summitry.web.view import View

Json = dict[str, Any]
T = TypeVar("T")


class Missing(UsageError):
    """There is no page at this address: answered with 404."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(ABC):
    """What a page shows. Its fields are what its template reads; :meth:`json` is the page under ``.json``."""

    title: str

    @abstractmethod
    def json(self) -> Json:
        """The page as a JSON object."""

    def encoded(self) -> bytes | None:
        """JSON worked out before, as bytes, of what is no page but its JSON; None: it is a page, see :meth:`json`."""
        return None


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """The rows of one page of a long list. ``number`` counts from 1; ``total`` are all rows."""

    rows: Sequence[T]
    number: int
    pages: int
    total: int

    @classmethod
    def of(cls, rows: Sequence[T], number: int, size: int) -> Part[T]:
        """The ``number``-th page of ``size`` rows; the last one where there are fewer."""
        pages = max(-(-len(rows) // size), 1)
        number = min(max(number, 1), pages)
        return cls(rows[(number - 1) * size : number * size], number, pages, len(rows))

    def json(self) -> Json:
        """Number, pages and total."""
        return {"page": self.number, "pages": self.pages, "total": self.total}


@dataclass(frozen=True, slots=True)
class PageKind:
    """One kind of page: its name, path (Starlette's form), label in the navigation (None: not in it), what a reader
    finds on it, and how it is built and drawn. ``written``: it is part of the static site."""

    name: str
    path: str
    label: str | None
    about: str
    build: Callable[[View, Question], Page]
    template: str
    group: str = ""
    written: bool = True
