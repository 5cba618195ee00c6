"""Shards read by processes of this machine, and given back in the order of the plan."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import Final

from summitry.ingest.keeping import Counts
from summitry.ingest.processes import cores
from summitry.ingest.shards.crew import Crew, Died, Done, Working
from summitry.ingest.shards.shard import written
from summitry.ingest.shards.strikes import Strikes
from summitry.ingest.shards.types import At, Care, Failed, Shard, ShardOptions, ShardReport
from summitry.vocabulary import Rejected

AHEAD: Final = 4
"""Shards that may be done for each process before the first of them in the plan is: their outputs wait on the disk."""

_LISTEN_SECONDS: Final = 0.5


Result = tuple[Shard, ShardReport] | Failed | Rejected
"""What a part of the inputs came to."""


def run_here(
    planned: Iterator[Shard | Rejected],
    options: ShardOptions,
    jobs: int | None = None,
    tell: Callable[[Counts], None] = lambda _: None,
) -> Generator[Result, None, None]:
    """Read shards in ``jobs`` processes (None: all cores); what they came to, in order.

    ``tell`` hears the counts of the shards that are under way.

    Raises:
        ShardError: outputs cannot be written.
        UsageError: no process can be started.
    """
    jobs = jobs or cores()
    with closing(Crew(options, jobs)) as crew:
        yield from _Run(crew, options, jobs * AHEAD, tell).results(planned)


class _Run:
    def __init__(self, crew: Crew, options: ShardOptions, most: int, tell: Callable[[Counts], None]) -> None:
        self._crew = crew
        self._options = options
        self._most = most
        self._tell = tell
        # In the order of the plan, with what they came to where they are done.
        self._order: deque[Shard | Rejected] = deque()
        self._done: dict[str, ShardReport | Failed] = {}
        self._under_way: dict[str, At] = {}
        self._strikes = Strikes()

    def results(self, planned: Iterator[Shard | Rejected]) -> Iterator[Result]:
        more = True
        while True:
            while more and self._crew.free and len(self._order) < self._most:
                shard = next(planned, None)
                if shard is None:
                    more = False
                else:
                    self._take(shard)
            yield from self._ready()
            if not self._crew.busy:
                if not more and not self._order:
                    return
                continue
            self._hear()

    def _take(self, shard: Shard | Rejected) -> None:
        self._order.append(shard)
        if isinstance(shard, Rejected):
            return
        counts, part = written(self._options.out, shard.name)
        if part is None:  # an earlier run has read it
            self._done[shard.name] = ShardReport(shard.name, counts, 0.0, None)
        else:
            self._crew.give(shard, Care())

    def _ready(self) -> Iterator[Result]:
        while self._order:
            first = self._order[0]
            if isinstance(first, Rejected):
                yield first
            elif (done := self._done.pop(first.name, None)) is None:
                return
            else:
                yield done if isinstance(done, Failed) else (first, done)
            self._order.popleft()

    def _hear(self) -> None:
        for event in self._crew.hear(_LISTEN_SECONDS):
            name = event.shard.name
            match event:
                case Working():
                    self._under_way[name] = event.at
                case Done():
                    self._under_way.pop(name, None)
                    self._done[name] = event.report
                    self._strikes.done(event.shard)
                case Died():
                    self._under_way.pop(name, None)
                    self._again(event.shard, event.at)
        self._tell(sum((at.counts for at in self._under_way.values()), Counts()))

    def _again(self, shard: Shard, at: At) -> None:
        """Give a shard anew on which a process died, with what that has taught."""
        care = self._strikes.died(shard, at)
        if isinstance(care, Failed):
            self._done[shard.name] = care
        else:
            self._crew.give(shard, care)
