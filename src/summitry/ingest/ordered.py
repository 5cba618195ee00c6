"""Jobs done by several processes, their results in the order of the jobs, whoever is first and whoever dies."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Final, Generic

from summitry.ingest.care import At, Care, Failed, J, Strikes
from summitry.ingest.crew import Crew, Died, Done, R, Working
from summitry.ingest.keeping import Counts
from summitry.vocabulary import Rejected

_LISTEN_SECONDS: Final = 0.5


class Ordered(Generic[J, R]):
    """A crew that is led through jobs.

    ``most`` jobs may be under way or wait for an earlier one; ``before`` gives the result of a job that is done
    already (None: it is not); ``tell`` hears the counts of what is under way.
    """

    def __init__(
        self,
        crew: Crew[J, R],
        most: int,
        before: Callable[[J], R | None] = lambda _: None,
        tell: Callable[[Counts], None] = lambda _: None,
    ) -> None:
        self._crew = crew
        self._most = most
        self._before = before
        self._tell = tell
        # In order, with what they came to where they are done.
        self._order: deque[J | Rejected] = deque()
        self._done: dict[str, R | Failed[J]] = {}
        self._under_way: dict[str, At] = {}
        self._strikes: Strikes[J] = Strikes()

    def results(self, jobs: Iterator[J | Rejected]) -> Iterator[tuple[J, R] | Failed[J] | Rejected]:
        """What the jobs come to, in order; rejected ones among them go through.

        Raises:
            SummitryError: what holds for all jobs alike.
        """
        more = True
        while more or self._order:
            # Whoever is free gets work before a result is given away: keeping it takes its time.
            while more and self._crew.free and len(self._order) < self._most:
                job = next(jobs, None)
                if job is None:
                    more = False
                else:
                    self._take(job)
            ready = self._first()
            if ready is not None:
                yield ready
            if self._crew.busy:
                self._hear(_LISTEN_SECONDS if ready is None else 0)

    def _take(self, job: J | Rejected) -> None:
        self._order.append(job)
        if isinstance(job, Rejected):
            return
        before = self._before(job)
        if before is None:
            self._crew.give(job, Care())
        else:
            self._done[job.name] = before

    def _first(self) -> tuple[J, R] | Failed[J] | Rejected | None:
        """What the first job came to, if it is done."""
        if not self._order:
            return None
        first = self._order[0]
        if isinstance(first, Rejected):
            self._order.popleft()
            return first
        if first.name not in self._done:
            return None
        self._order.popleft()
        done = self._done.pop(first.name)
        return done if isinstance(done, Failed) else (first, done)

    def _hear(self, seconds: float) -> None:
        for event in self._crew.hear(seconds):
            name = event.job.name
            match event:
                case Working():
                    self._under_way[name] = event.at
                case Done():
                    self._under_way.pop(name, None)
                    self._done[name] = event.result
                    self._strikes.done(event.job)
                case Died():
                    self._under_way.pop(name, None)
                    self._again(event.job, event.at)
        self._tell(sum((at.counts for at in self._under_way.values()), Counts()))

    def _again(self, job: J, at: At) -> None:
        """Give a job anew on which a process died, with what that has taught."""
        care = self._strikes.died(job, at)
        if isinstance(care, Failed):
            self._done[job.name] = care
        else:
            self._crew.give(job, care)
