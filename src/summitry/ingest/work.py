"""Reading sources, in this process or in several: the same readings in the same order either way."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from typing import Final

from summitry.clean import clean
from summitry.errors import SummitryError, UnreadableSource
from summitry.ingest.care import At, Care, Failed
from summitry.ingest.crew import Crew, Tell
from summitry.ingest.keeping import Counts
from summitry.ingest.ordered import Ordered
from summitry.ingest.processes import cores
from summitry.ingest.reads import MakeReader, ReportReader
from summitry.vocabulary import Article, KnownEvent, Reading, Rejected, Source

CHUNK: Final = 8
"""Reports handed to a process at once: a second of work, so that progress is seen and little is lost with a process."""

SMALL: Final = 32
"""Up to so many reports are read in this process: starting others takes longer than reading them."""

AHEAD: Final = 3
"""Chunks under way or waiting for an earlier one, for each process: memory stays bounded whatever the input."""

DIED: Final = "the reading process died on this report (killed, or out of memory); the rest was read"

Outcome = tuple[Source, Reading | Rejected]


class Maker:
    """Makes readers: one for this process, kept once it is made, and one in each reading process."""

    def __init__(self, make: MakeReader, cases: Sequence[str] | None) -> None:
        self.make = make
        self.cases = cases
        self._here: ReportReader | None = None

    def here(self) -> ReportReader:
        """The reader of this process. Loading one takes most of a second."""
        if self._here is None:
            self._here = self.make(self.cases)
        return self._here


def read_sources(sources: Iterable[Source], maker: Maker, jobs: int | None = None) -> Generator[Outcome, None, None]:
    """Read sources in order, in ``jobs`` processes (None: all cores) when there are many.

    A report that cannot be read, or on which reading fails, comes out as Rejected; the rest goes on.

    Raises:
        CaseError: a case is not known or off.
        UsageError: no reading process can be started.
    """
    jobs = jobs or cores()
    stream = iter(sources)
    first = list(islice(stream, SMALL + 1))
    if jobs == 1 or len(first) <= SMALL:
        for batch in _chunks(chain(first, stream)):
            yield from read_batch(maker.here(), batch)
    else:
        yield from _in_processes(chain(first, stream), maker, jobs)


def read_batch(reader: ReportReader, sources: Sequence[Source], anchors: Sequence[KnownEvent] = ()) -> list[Outcome]:
    """Read a few sources together; on any failure one by one, so that only the one that fails is rejected."""
    cleaned: list[tuple[Source, Article | Rejected]] = [(source, _cleaned(source)) for source in sources]
    articles = [article for _, article in cleaned if isinstance(article, Article)]
    try:
        readings = iter(list(reader.read_many(articles, anchors)))
    except Exception:
        return [(source, _alone(reader, source, article, anchors)) for source, article in cleaned]
    return [(source, next(readings) if isinstance(article, Article) else article) for source, article in cleaned]


def read_with_care(
    reader: ReportReader, sources: Sequence[Source], care: Care, tell: Tell, counts: Callable[[], Counts]
) -> Iterator[Outcome]:
    """Read sources, the doubtful ones alone, the doomed ones not at all; say before each few which they are."""
    together: list[Source] = []
    for source in sources:
        if source.id not in care.alone and source.id not in care.doomed:
            together.append(source)
            continue
        yield from _told(reader, together, tell, counts)
        together = []
        if source.id in care.doomed:
            yield source, Rejected(source.head, "read", DIED)
        else:
            yield from _told(reader, [source], tell, counts)
    yield from _told(reader, together, tell, counts)


def _told(
    reader: ReportReader, sources: Sequence[Source], tell: Tell, counts: Callable[[], Counts]
) -> Iterator[Outcome]:
    if sources:
        tell(At(counts(), tuple(source.id for source in sources)))
        yield from read_batch(reader, sources)


def _cleaned(source: Source) -> Article | Rejected:
    try:
        article = clean(source)
    except UnreadableSource as error:
        return Rejected(source, error.stage, error.reason)
    except Exception as error:
        return Rejected(source, "clean", _defect(error))
    if article.language != "en":
        return Rejected(source, "language", f"not English ({article.language}); summitry reads English reports")
    return article


def _alone(
    reader: ReportReader, source: Source, article: Article | Rejected, anchors: Sequence[KnownEvent]
) -> Reading | Rejected:
    if isinstance(article, Rejected):
        return article
    try:
        return reader.read(article, anchors)
    except SummitryError as error:
        return Rejected(source, "read", str(error))
    except Exception as error:
        return Rejected(source, "read", _defect(error))


def _defect(error: Exception) -> str:
    return f"a defect of summitry: {type(error).__name__}: {error}; please report it with the source"


def _chunks(sources: Iterable[Source]) -> Iterator[list[Source]]:
    stream = iter(sources)
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


@dataclass(frozen=True, slots=True)
class Chunk:
    """Reports that one process reads together."""

    name: str
    sources: tuple[Source, ...]


class ChunkReader:
    """Reads chunks in a process of its own."""

    def __init__(self, make: MakeReader, cases: Sequence[str] | None) -> None:
        self._reader = make(cases)

    def do(self, chunk: Chunk, care: Care, tell: Tell) -> list[tuple[int, Reading | Rejected]]:
        """What the reports came to, by their place in the chunk: their bytes are where they came from."""
        outcomes = read_with_care(self._reader, chunk.sources, care, tell, Counts)
        return [(place, outcome) for place, (_, outcome) in enumerate(outcomes)]

    def close(self) -> None:
        """Nothing is open."""


def _in_processes(sources: Iterator[Source], maker: Maker, jobs: int) -> Iterator[Outcome]:
    if maker.cases:
        maker.here()  # a case that is off is said once, here, and not by every process
    chunks = (Chunk(str(number), tuple(batch)) for number, batch in enumerate(_chunks(sources)))
    with closing(Crew(partial(ChunkReader, maker.make, maker.cases), jobs)) as crew:
        for result in Ordered(crew, jobs * AHEAD).results(chunks):
            if isinstance(result, Failed):
                for source in result.job.sources:
                    yield source, Rejected(source, "read", result.reason)
            elif not isinstance(result, Rejected):
                chunk, outcomes = result
                for place, outcome in outcomes:
                    source = chunk.sources[place]
                    # A rejection comes back with the bytes' hash alone: the source is here.
                    yield source, replace(outcome, source=source) if isinstance(outcome, Rejected) else outcome
