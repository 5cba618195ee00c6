"""What ingest asks of a reader: :class:`summitry.reader.pipeline.Reader` is one, and tests bring their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from summitry.vocabulary import Article, DateInterval, KnownEvent, Reading


class ReportReader(Protocol):
    """Reads articles, each by itself: the same article and anchors give the same reading."""

    def read(self, article: Article, anchors: Sequence[KnownEvent] = ()) -> Reading:
        """Read one article, given dated events of other reports."""

    def read_many(self, articles: Iterable[Article], anchors: Sequence[KnownEvent] = ()) -> Iterator[Reading]:
        """Read articles in order."""

    def date(self, reading: Reading, anchors: Sequence[KnownEvent] = ()) -> DateInterval:
        """The publication date of an undated report."""

    def facts(self) -> tuple[KnownEvent, ...]:
        """The dated public facts of all cases that may be read with."""

    def countries(self) -> dict[str, str]:
        """The state a place name lies in."""


MakeReader = Callable[[Sequence[str] | None], ReportReader]
"""Makes a reader for the cases named (None: by the parties a report names). It is called in each reading process, so
it must be picklable: a class or a function at the top of a module."""
