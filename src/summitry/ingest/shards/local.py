"""Shards read by processes of this machine, and given back in the order of the plan."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from functools import partial
from typing import Final

from summitry.ingest.care import Failed
from summitry.ingest.crew import Crew
from summitry.ingest.keeping import Counts
from summitry.ingest.ordered import Ordered
from summitry.ingest.processes import cores
from summitry.ingest.shards.shard import ShardReader, written
from summitry.ingest.shards.types import Shard, ShardOptions, ShardReport
from summitry.vocabulary import Rejected

AHEAD: Final = 4
"""Shards that may be done for each process before the first of them in the plan is: their outputs wait on the disk."""

_WEIGHT: Final = 10
"""Of a shard in the life of a process: see :data:`summitry.ingest.crew.JOBS_A_LIFE`."""

Result = tuple[Shard, ShardReport] | Failed[Shard] | Rejected
"""What a part of the inputs came to."""


def run_here(
    planned: Iterator[Shard | Rejected],
    options: ShardOptions,
    jobs: int | None = None,
    tell: Callable[[Counts], None] = lambda _: None,
) -> Generator[Result, None, None]:
    """Read shards in ``jobs`` processes (None: all cores); what they came to, in order.

    ``tell`` hears the counts of the shards that are under way. A shard that an earlier run has read is not read again.

    Raises:
        ShardError: outputs cannot be written.
        UsageError: no process can be started.
    """
    jobs = jobs or cores()

    def before(shard: Shard) -> ShardReport | None:
        counts, part = written(options.out, shard.name)
        return ShardReport(shard.name, counts, 0.0, None) if part is None else None

    crew: Crew[Shard, ShardReport] = Crew(partial(ShardReader, options), jobs, _WEIGHT)
    with closing(crew):
        yield from Ordered(crew, jobs * AHEAD, before, tell).results(planned)
