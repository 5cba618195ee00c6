"""Processes that work each by itself: one that dies takes nothing with it but what it was at.

Each has a pipe of its own. A queue that several share can be left locked by the one that is killed.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Final, Generic, Protocol, TypeVar

from summitry.errors import SummitryError, UsageError
from summitry.ingest.care import At, Care, J
from summitry.ingest.processes import end_with_parent

JOBS_A_LIFE: Final = 1_000
"""Jobs after which a process gives way to a new one: what libraries keep of every word they have seen stays bounded
whatever the input. A shard counts for ten, which is an hour or two; a chunk of a stream for one."""

STARTS: Final = 10
"""Processes in a row that may die before they are ready: then it is not the reports."""

_GOODBYE_SECONDS: Final = 2.0
"""Given to a process to end by itself once its pipe is closed."""

R = TypeVar("R")
J_contra = TypeVar("J_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)

Tell = Callable[[At], None]


class Worker(Protocol[J_contra, R_co]):
    """What works in a process."""

    def do(self, job: J_contra, care: Care, tell: Tell) -> R_co:
        """Do a job; ``tell`` hears before each few reports which they are."""

    def close(self) -> None:
        """Let go of what is open."""


@dataclass(frozen=True, slots=True)
class Done(Generic[J, R]):
    """A job is done."""

    job: J
    result: R


@dataclass(frozen=True, slots=True)
class Working(Generic[J]):
    """A process says where it is."""

    job: J
    at: At


@dataclass(frozen=True, slots=True)
class Died(Generic[J]):
    """A process died on a job; ``at`` is where it last said it was."""

    job: J
    at: At


@dataclass(frozen=True, slots=True)
class _Result:
    """What a process says when a job is done."""

    value: object


@dataclass(frozen=True, slots=True)
class _NoStart:
    """Why a process cannot begin."""

    reason: str


Event = Done[J, R] | Working[J] | Died[J]


class _Member(Generic[J, R]):
    """One process, as the parent sees it."""

    def __init__(self, context: SpawnContext, make: Callable[[], Worker[J, R]]) -> None:
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=_serve, args=(theirs, make), daemon=True)
        # Ctrl-C is answered by the parent for all: a process inherits what is blocked when it starts.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if _MASKS else None
        try:
            self.process.start()
        finally:
            if before is not None:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        self.job: J | None = None
        self.care = Care()
        self.at = At()
        self.given = 0
        self.ready = False

    def give(self, job: J, care: Care, weight: int) -> None:
        """Hand over a job; a process that has died meanwhile is noticed by its silence."""
        self.job, self.care, self.at = job, care, At()
        self.given += weight
        with suppress(OSError):
            self.pipe.send((job, care))

    def end(self) -> None:
        """Let it go: it ends when it has nothing more to hear, or is ended."""
        self.pipe.close()
        self.process.join(0 if self.job is not None else _GOODBYE_SECONDS)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()


_MASKS: Final = hasattr(signal, "pthread_sigmask")


class Crew(Generic[J, R]):
    """Up to ``jobs`` processes, in each of which ``make`` makes what works. Started on need; to be closed.

    ``weight`` is what a job counts of :data:`JOBS_A_LIFE`.
    """

    def __init__(self, make: Callable[[], Worker[J, R]], jobs: int, weight: int = 1) -> None:
        self._make = make
        self._jobs = jobs
        self._weight = weight
        # Spawned, not forked: the parent holds an open SQLite file and may run threads.
        self._context = multiprocessing.get_context("spawn")
        self._members: list[_Member[J, R]] = []
        self._failed_starts = 0
        self._reason = ""

    @property
    def free(self) -> bool:
        """Whether a job would be begun at once."""
        return len(self._members) < self._jobs or any(member.job is None for member in self._members)

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return any(member.job is not None for member in self._members)

    def give(self, job: J, care: Care) -> None:
        """Begin a job. To be called when the crew is free."""
        for member in [one for one in self._members if one.job is None and one.given >= JOBS_A_LIFE]:
            self._members.remove(member)
            member.end()
        idle = [one for one in self._members if one.job is None]
        member = idle[0] if idle else self._started()
        member.give(job, care, self._weight)

    def hear(self, seconds: float) -> list[Event[J, R]]:
        """What the processes have said within so long; returns at the first word.

        Raises:
            SummitryError: what holds for all jobs alike: a case is off, a disk is full, a record cannot be opened.
            UsageError: processes die as they start.
        """
        of = {member.pipe: member for member in self._members}
        events: list[Event[J, R]] = []
        for pipe in wait(list(of), seconds):
            assert isinstance(pipe, Connection)
            member = of[pipe]
            try:
                # All that a process said before it died is heard first.
                while pipe.poll():
                    events.extend(self._take(member, pipe.recv()))
            except (EOFError, OSError):
                events.extend(self._lost(member))
        return events

    def close(self) -> None:
        """End all processes at once."""
        members, self._members = self._members, []
        for member in members:
            if member.job is not None:
                member.process.kill()
        for member in members:
            member.end()

    def _started(self) -> _Member[J, R]:
        member: _Member[J, R] = _Member(self._context, self._make)
        self._members.append(member)
        return member

    def _take(self, member: _Member[J, R], said: object) -> Iterator[Event[J, R]]:
        if isinstance(said, SummitryError):
            raise said
        if isinstance(said, _NoStart):
            self._reason = f" ({said.reason})"
            return
        member.ready = True
        self._failed_starts = 0
        if isinstance(said, At) and member.job is not None:
            member.at = said
            yield Working(member.job, said)
        elif isinstance(said, _Result) and member.job is not None:
            job, member.job = member.job, None
            yield Done(job, said.value)  # type: ignore[arg-type] # what its worker gave

    def _lost(self, member: _Member[J, R]) -> Iterator[Event[J, R]]:
        job, at, ready = member.job, member.at, member.ready
        self._members.remove(member)
        member.end()
        if ready:
            if job is not None:
                yield Died(job, at)
            return
        self._failed_starts += 1
        if self._failed_starts >= STARTS:
            raise UsageError(
                f"reading processes die as they start{self._reason}; read in one process (--jobs 1, "
                "ReadOptions(jobs=1)), or give them more memory; "
                'a script that calls ingest must do so under: if __name__ == "__main__"'
            )
        if job is not None:
            self._started().give(job, member.care, self._weight)


def _serve(pipe: Connection, make: Callable[[], Worker[J, R]]) -> None:
    """The life of a process: jobs in, results out, until the parent hangs up or is no more."""
    end_with_parent()
    try:
        worker = _made(pipe, make)
        if worker is None:
            return
        try:
            pipe.send(None)
            while True:
                job, care = pipe.recv()
                pipe.send(_Result(worker.do(job, care, pipe.send)))
        finally:
            worker.close()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except Exception as error:
        with suppress(OSError):
            pipe.send(_sendable(error))


def _made(pipe: Connection, make: Callable[[], Worker[J, R]]) -> Worker[J, R] | None:
    """What works here; None where it cannot be made, as where there is no memory left: another process may succeed."""
    try:
        return make()
    except SummitryError:
        raise
    except Exception as error:
        pipe.send(_NoStart(f"{type(error).__name__}: {error}"))
        return None


def _sendable(error: Exception) -> SummitryError:
    """The error, or its words where it cannot be sent."""
    if isinstance(error, SummitryError):
        return (
            error if error.args == (str(error),) and type(error).__init__ is Exception.__init__ else UsageError(error)
        )
    return UsageError(f"a defect of summitry: {type(error).__name__}: {error}; please report it")
