"""Reading sources, in this process or in several: the same readings in the same order either way."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import Final

from summitry.clean import clean
from summitry.errors import SummitryError, UnreadableSource
from summitry.reader.pipeline import Reader
from summitry.vocabulary import Article, KnownEvent, Reading, Rejected, Source

CHUNK: Final = 8
"""Reports handed to a process at once: a second of work, so that progress is seen and little is lost with a process."""

SMALL: Final = 32
"""Up to so many reports are read in this process: starting others takes longer than reading them."""

AHEAD: Final = 2
"""Chunks waiting for each process: it is never idle, and memory stays bounded whatever the input."""

Outcome = tuple[Source, Reading | Rejected]


def read_sources(sources: Iterable[Source], cases: Sequence[str] | None, jobs: int | None = None) -> Iterator[Outcome]:
    """Read sources in order, in ``jobs`` processes (None: all cores) when there are many.

    A report that cannot be read, or on which reading fails, comes out as Rejected; the rest goes on.

    Raises:
        CaseError: a case is not known or off.
    """
    jobs = jobs or _cores()
    stream = iter(sources)
    first = list(islice(stream, SMALL + 1))
    if jobs == 1 or len(first) <= SMALL:
        reader = None
        for batch in _chunks(chain(first, stream)):
            reader = reader or Reader(cases)
            yield from read_batch(reader, batch)
    else:
        yield from _in_processes(_chunks(chain(first, stream)), cases, jobs)


def _cores() -> int:
    """The cores this process may use; all of the machine's where that cannot be asked."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_batch(reader: Reader, sources: Sequence[Source], anchors: Sequence[KnownEvent] = ()) -> list[Outcome]:
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
    reader: Reader, source: Source, article: Article | Rejected, anchors: Sequence[KnownEvent]
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
_reader: Reader | None = None


def _start(cases: Sequence[str] | None) -> None:
    global _reader
    _reader = Reader(cases)


def _work(sources: list[Source]) -> list[Outcome]:
    assert _reader is not None
    return read_batch(_reader, sources)


def _pool(cases: Sequence[str] | None, jobs: int) -> ProcessPoolExecutor:
    # Spawned, not forked: the parent holds an open SQLite file and may run threads.
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _start, (cases,))


def _in_processes(chunks: Iterator[list[Source]], cases: Sequence[str] | None, jobs: int) -> Iterator[Outcome]:
    if cases:
        Reader(cases)  # a case that is off is said once, here, and not by every process
    pool = _pool(cases, jobs)
    waiting: deque[tuple[list[Source], Future[list[Outcome]]]] = deque()
    try:
        while True:
            while len(waiting) < jobs * AHEAD and (chunk := next(chunks, None)) is not None:
                waiting.append((chunk, pool.submit(_work, chunk)))
            if not waiting:
                return
            chunk, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                # One of the processes died. Whatever was under way is done again, one report at a time.
                lost = [chunk, *(other for other, _ in waiting)]
                waiting.clear()
                pool.shutdown(wait=False, cancel_futures=True)
                for source in chain.from_iterable(lost):
                    yield source, _guarded(source, cases)
                pool = _pool(cases, jobs)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _guarded(source: Source, cases: Sequence[str] | None) -> Reading | Rejected:
    """Read one source in a process of its own, which may die."""
    with _pool(cases, 1) as pool:
        try:
            return pool.submit(_work, [source]).result()[0][1]
        except BrokenProcessPool:
            reason = "the reading process died on this report (killed, or out of memory); the rest was read"
            return Rejected(source, "read", reason)
