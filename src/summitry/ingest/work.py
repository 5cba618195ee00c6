"""Reading sources, in this process or in several: the same readings in the same order either way."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import Final

from summitry.clean import clean
from summitry.errors import SummitryError, UnreadableSource, UsageError
from summitry.ingest.processes import cores, end_with_parent
from summitry.ingest.reads import MakeReader, ReportReader
from summitry.vocabulary import Article, KnownEvent, Reading, Rejected, Source

CHUNK: Final = 8
"""Reports handed to a process at once: a second of work, so that progress is seen and little is lost with a process."""

SMALL: Final = 32
"""Up to so many reports are read in this process: starting others takes longer than reading them."""

AHEAD: Final = 2
"""Chunks waiting for each process: it is never idle, and memory stays bounded whatever the input."""

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
        yield from _in_processes(_chunks(chain(first, stream)), maker, jobs)


def read_batch(reader: ReportReader, sources: Sequence[Source], anchors: Sequence[KnownEvent] = ()) -> list[Outcome]:
    """Read a few sources together; on any failure one by one, so that only the one that fails is rejected."""
    cleaned: list[tuple[Source, Article | Rejected]] = [(source, _cleaned(source)) for source in sources]
    articles = [article for _, article in cleaned if isinstance(article, Article)]
    try:
        readings = iter(list(reader.read_many(articles, anchors)))
    except Exception:
        return [(source, _alone(reader, source, article, anchors)) for source, article in cleaned]
    return [(source, next(readings) if isinstance(article, Article) else article) for source, article in cleaned]


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


# Held by each reading process for as long as it lives; set once by _start, before any work.
_reader: ReportReader | None = None


def _start(make: MakeReader, cases: Sequence[str] | None) -> None:
    global _reader
    end_with_parent()
    _reader = make(cases)


def _work(sources: list[Source]) -> list[Outcome]:
    assert _reader is not None
    return read_batch(_reader, sources)


def _submit(pool: ProcessPoolExecutor, chunk: list[Source]) -> Future[list[Outcome]]:
    """Hand work to a pool, whose processes start on need: deaf to Ctrl-C, which the parent answers for all."""
    if not hasattr(signal, "pthread_sigmask"):
        return pool.submit(_work, chunk)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(_work, chunk)  # a process that starts here inherits the mask
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _pool(maker: Maker, jobs: int) -> ProcessPoolExecutor:
    # Spawned, not forked: the parent holds an open SQLite file and may run threads.
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _start, (maker.make, maker.cases))


def _in_processes(chunks: Iterator[list[Source]], maker: Maker, jobs: int) -> Iterator[Outcome]:
    if maker.cases:
        maker.here()  # a case that is off is said once, here, and not by every process
    pool = _pool(maker, jobs)
    waiting: deque[tuple[list[Source], Future[list[Outcome]]]] = deque()
    try:
        while True:
            broken = False
            while len(waiting) < jobs * AHEAD and (chunk := next(chunks, None)) is not None:
                future, broken = _submitted(pool, chunk)
                waiting.append((chunk, future))
                if broken:
                    break
            if not waiting:
                return
            chunk, future = waiting.popleft()
            try:
                outcomes = future.result()
            except BrokenProcessPool:
                # One of the processes died. What the others had finished stays; the rest is read again with care.
                pool.shutdown(wait=False, cancel_futures=True)
                yield from _guarded([(chunk, future), *waiting], maker)
                waiting.clear()
                pool = _pool(maker, jobs)
            else:
                yield from outcomes
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, chunk: list[Source]) -> tuple[Future[list[Outcome]], bool]:
    """A chunk handed to the pool, and whether the pool is broken: then its future says so."""
    try:
        return _submit(pool, chunk), False
    except BrokenProcessPool as error:
        future: Future[list[Outcome]] = Future()
        future.set_exception(error)
        return future, True


def _guarded(lost: Iterable[tuple[list[Source], Future[list[Outcome]]]], maker: Maker) -> Iterator[Outcome]:
    """Read what was under way when a process died: each report alone in one process, which may die.

    Raises:
        UsageError: no process can be started at all, so that nothing is wrong with the reports.
    """
    pool: ProcessPoolExecutor | None = None
    try:
        for chunk, future in lost:
            if future.done() and not future.cancelled() and future.exception() is None:
                yield from future.result()
                continue
            for source in chunk:
                pool = pool or _started(maker)
                try:
                    outcome = _submit(pool, [source]).result()[0][1]
                except BrokenProcessPool:
                    pool.shutdown(wait=False)
                    pool = None
                    outcome = Rejected(source, "read", DIED)
                yield source, outcome
    finally:
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)


def _started(maker: Maker) -> ProcessPoolExecutor:
    """A pool of one process that has shown that it runs."""
    pool = _pool(maker, 1)
    try:
        _submit(pool, []).result()
    except BrokenProcessPool as error:
        raise UsageError(
            "reading processes die as they start; read in one process (--jobs 1, ReadOptions(jobs=1)), or give them "
            'more memory; a script that calls ingest must do so under: if __name__ == "__main__"'
        ) from error
    return pool
