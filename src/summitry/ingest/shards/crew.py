"""Processes that read shards, each by itself: one that dies takes nothing with it but its shard's last minute."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Final

from summitry.errors import ShardError, SummitryError, UsageError
from summitry.ingest.processes import end_with_parent
from summitry.ingest.shards.shard import ShardReader
from summitry.ingest.shards.types import At, Care, Shard, ShardOptions, ShardReport

SHARDS_A_LIFE: Final = 100
"""Shards after which a process gives way to a new one, an hour or two: what libraries keep of every word they have
seen stays bounded whatever the input."""

STARTS: Final = 10
"""Processes in a row that may die before they are ready: then it is not the reports."""

_GOODBYE_SECONDS: Final = 2.0
"""Given to a process to end by itself once its pipe is closed."""


@dataclass(frozen=True, slots=True)
class Done:
    """A shard is read."""

    shard: Shard
    report: ShardReport


@dataclass(frozen=True, slots=True)
class Working:
    """A process says where it is."""

    shard: Shard
    at: At


@dataclass(frozen=True, slots=True)
class Died:
    """A process died on a shard; ``at`` is where it last said it was."""

    shard: Shard
    at: At


Event = Done | Working | Died


class _Member:
    """One process, as the parent sees it."""

    def __init__(self, context: SpawnContext, options: ShardOptions) -> None:
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=_serve, args=(theirs, options), daemon=True)
        self.process.start()
        theirs.close()
        self.shard: Shard | None = None
        self.care = Care()
        self.at = At()
        self.given = 0
        self.ready = False

    def give(self, shard: Shard, care: Care) -> None:
        """Hand over a shard; a process that has died meanwhile is noticed by its silence."""
        self.shard, self.care, self.at = shard, care, At()
        self.given += 1
        with suppress(OSError):
            self.pipe.send((shard, care))

    def end(self) -> None:
        """Let it go: it ends when it has nothing more to hear, or is ended."""
        self.pipe.close()
        self.process.join(0 if self.shard is not None else _GOODBYE_SECONDS)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()


class Crew:
    """Up to ``jobs`` processes. Started on need; to be closed."""

    def __init__(self, options: ShardOptions, jobs: int) -> None:
        self._options = options
        self._jobs = jobs
        # Spawned, not forked: the parent holds an open SQLite file and may run threads.
        self._context = multiprocessing.get_context("spawn")
        self._members: list[_Member] = []
        self._failed_starts = 0

    @property
    def free(self) -> bool:
        """Whether a shard would be begun at once."""
        return len(self._members) < self._jobs or any(member.shard is None for member in self._members)

    @property
    def busy(self) -> bool:
        """Whether a shard is under way."""
        return any(member.shard is not None for member in self._members)

    def give(self, shard: Shard, care: Care) -> None:
        """Begin a shard. To be called when the crew is free."""
        for member in [one for one in self._members if one.shard is None and one.given >= SHARDS_A_LIFE]:
            self._members.remove(member)
            member.end()
        member = next((one for one in self._members if one.shard is None), None) or self._started()
        member.give(shard, care)

    def hear(self, seconds: float) -> list[Event]:
        """What the processes have said within so long; returns at the first word.

        Raises:
            ShardError: a process cannot write.
            SummitryError: a case is off, a record cannot be opened: what holds for all shards alike.
            UsageError: processes die as they start.
        """
        of = {member.pipe: member for member in self._members}
        events: list[Event] = []
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
            if member.shard is not None:
                member.process.kill()
        for member in members:
            member.end()

    def _started(self) -> _Member:
        member = _Member(self._context, self._options)
        self._members.append(member)
        return member

    def _take(self, member: _Member, said: object) -> Iterator[Event]:
        if isinstance(said, SummitryError):
            raise said
        if isinstance(said, Exception):
            raise ShardError(f"a defect of summitry: {type(said).__name__}: {said}; please report it") from said
        member.ready = True
        self._failed_starts = 0
        if isinstance(said, At) and member.shard is not None:
            member.at = said
            yield Working(member.shard, said)
        elif isinstance(said, ShardReport) and member.shard is not None:
            shard, member.shard = member.shard, None
            yield Done(shard, said)

    def _lost(self, member: _Member) -> Iterator[Event]:
        shard, at, ready = member.shard, member.at, member.ready
        self._members.remove(member)
        member.end()
        if ready:
            if shard is not None:
                yield Died(shard, at)
            return
        self._failed_starts += 1
        if self._failed_starts >= STARTS:
            raise UsageError(
                "reading processes die as they start; read in fewer (--jobs 1, ReadOptions(jobs=1)), or give them "
                'more memory; a script that calls ingest must do so under: if __name__ == "__main__"'
            )
        if shard is not None:
            self._started().give(shard, member.care)


def _serve(pipe: Connection, options: ShardOptions) -> None:
    """The life of a process: shards in, reports out, until the parent hangs up or is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent answers Ctrl-C for all
    end_with_parent()
    try:
        with ShardReader(options) as reader:
            pipe.send(None)
            while True:
                shard, care = pipe.recv()
                pipe.send(reader.read(shard, care, pipe.send))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except Exception as error:
        pipe.send(_sendable(error))


def _sendable(error: Exception) -> Exception:
    """The error, or its words where it cannot be sent."""
    if isinstance(error, SummitryError) and len(error.args) == 1:
        return error
    return ShardError(f"{type(error).__name__}: {error}; please report it")
