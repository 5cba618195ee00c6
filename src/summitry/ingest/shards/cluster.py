"""Shards read on a Ray cluster: the same shards, the same reading, in processes of many machines.

Ray starts the processes and tells when one is gone; what is done then is decided here, because only here is it known
which report a process was at. Through Ray go shards (paths and offsets) and counts: readings lie in the store.
"""

from __future__ import annotations

import os
import re
import secrets
import socket
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from time import monotonic, sleep
from typing import Any, Final

from summitry.errors import ShardError, SummitryError, UsageError
from summitry.ingest.care import At, Care, Failed, Strikes
from summitry.ingest.crew import STARTS
from summitry.ingest.keeping import Counts
from summitry.ingest.shards.hand import Hand, Setting
from summitry.ingest.shards.shard import written
from summitry.ingest.shards.storing import HALF, Landing, joined, needed, remove
from summitry.ingest.shards.types import Shard, ShardOptions, ShardReport

SHARDS_A_LIFE: Final = 100
"""Shards after which a process gives way to a new one, as those of one machine do."""

_LISTEN_SECONDS: Final = 0.5

_ASK_SECONDS: Final = 2.0
"""Between two questions how many processors the cluster has: machines come and go."""

_PATIENCE_SECONDS: Final = 300.0
"""Without a single process at work: a cluster that grows on demand takes minutes to get a machine."""

_CONNECT_SECONDS: Final = 5.0
"""For a first word with the address. Ray itself goes on trying for minutes, and then ends the program."""

_STORE_BYTES: Final = 100_000_000
"""Of Ray's own object store, where a cluster is started here: little goes through it, and Ray takes a third of the
memory unasked."""


_MISSING: Final = re.compile(r"No module named '([^']+)'")


def run_on_ray(
    shards: Iterable[Shard],
    options: ShardOptions,
    address: str | None = None,
    tell: Callable[[Counts], None] = lambda _: None,
    jobs: int | None = None,
) -> Generator[ShardReport | Failed[Shard], None, None]:
    """Read shards on the cluster at ``address`` (``HOST:PORT`` of its head, ``auto``: the one this machine is part of;
    None: one that is started here); what they came to, in the order in which they are done.

    As many processes as the cluster has processors, at most ``jobs``. A shard whose output is whole is not read again.
    A process that dies, with its machine or alone, gives its shard back; one that dies on the same report again and
    again leaves the report out. ``tell`` hears the counts of the shards that are under way.

    Raises:
        ShardError: outputs cannot be written, or the cluster is gone.
        UsageError: ray is not installed, there is no such cluster, or its machines differ in what must be alike.
    """
    with _connected(address) as ray, _token(options.out) as token, closing(_Fleet(ray, options, token, jobs)) as fleet:
        yield from _results(iter(shards), fleet, options, tell)


def _results(
    planned: Iterator[Shard], fleet: _Fleet, options: ShardOptions, tell: Callable[[Counts], None]
) -> Iterator[ShardReport | Failed[Shard]]:
    strikes: Strikes[Shard] = Strikes()
    more = True
    while more or fleet.busy:
        while more and fleet.free:
            shard = next(planned, None)
            if shard is None:
                more = False
                fleet.no_more()
                continue
            counts, part = written(options.out, shard.name)
            if part is None:  # an earlier run has read it
                yield ShardReport(shard.name, counts, 0.0, None)
            else:
                fleet.give(shard, Care())
        for shard, said in fleet.hear(_LISTEN_SECONDS):
            if isinstance(said, ShardReport):
                strikes.done(shard)
                yield said
                continue
            care = strikes.lost(shard) if said is None else strikes.died(shard, said)
            if isinstance(care, Failed):
                yield care
            else:
                fleet.give(shard, care)
        tell(fleet.under_way)


class _Member:
    """One process of the cluster, as it is seen from here: starting, idle, or at a shard."""

    def __init__(self, hand: Any) -> None:  # noqa: ANN401 - an actor of Ray
        self.hand = hand
        self.answer: Any = hand.ready.remote()
        self.machine: str | None = None
        self.shard: Shard | None = None
        self.at = At()
        self.given = 0

    @property
    def idle(self) -> bool:
        return self.answer is None

    def begin(self, shard: Shard, care: Care) -> None:
        self.shard, self.at = shard, At()
        self.given += 1
        self.answer = self.hand.begin.remote(shard, care)

    def go_on(self, at: At) -> None:
        self.at = at
        self.answer = self.hand.go_on.remote()


Word = tuple[Shard, ShardReport | At | None]
"""Of a shard: what it came to, where its process died, or None where the machine is gone with it."""


class _Fleet:
    """As many processes as the cluster has room for. A shard is given only to one that is ready, so that none waits for
    a processor that others hold."""

    def __init__(self, ray: Any, options: ShardOptions, token: str, jobs: int | None) -> None:  # noqa: ANN401
        self._ray = ray
        # No retries by Ray: it would begin the same again, without knowing what it died of.
        self._actor = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(Hand)
        # Kept once in Ray's store, not sent along with each process.
        self._options = ray.put(options)
        self._setting = ray.put(Setting.here(token))
        self._jobs = jobs
        self._members: list[_Member] = []
        self._waiting: deque[tuple[Shard, Care]] = deque()
        self._more = True
        self._failed_starts = 0
        self._room = 0
        self._asked = float("-inf")
        self._working = monotonic()

    @property
    def free(self) -> bool:
        """Whether one more shard would not wait long."""
        idle = sum(member.shard is None for member in self._members)
        return len(self._waiting) < max(1, idle, self._rooms() - len(self._members) + idle)

    @property
    def busy(self) -> bool:
        """Whether a shard is under way, or waits."""
        return bool(self._waiting) or any(member.shard is not None for member in self._members)

    @property
    def under_way(self) -> Counts:
        """What the shards that are being read have come to so far."""
        return sum((member.at.counts for member in self._members if member.shard is not None), Counts())

    def give(self, shard: Shard, care: Care) -> None:
        """Have a shard read, as soon as a process is free for it."""
        self._waiting.append((shard, care))
        self._hand_out()

    def no_more(self) -> None:
        """No further shard comes, but one that is given back: processes that have nothing to do may go."""
        self._more = False
        self._hand_out()

    def hear(self, seconds: float) -> list[Word]:
        """What has come of shards within so long; returns at the first word.

        Raises:
            ShardError: a process cannot write.
            UsageError: the machines differ, or none has room.
        """
        answers = {member.answer: member for member in self._members if not member.idle}
        if not answers and self._waiting:
            sleep(seconds)  # the last machine is gone, or none has come yet
        words: list[Word] = []
        for answer in self._answered(list(answers), seconds):
            words.extend(self._take(answers[answer]))
        self._hand_out()
        self._look_for_life()
        return words

    def close(self) -> None:
        """End all processes at once. What they had not finished is not there."""
        for member in self._members:
            self._end(member)
        self._members = []

    def _answered(self, answers: list[Any], seconds: float) -> list[Any]:
        if not answers:
            return []
        found, rest = self._ray.wait(answers, num_returns=1, timeout=seconds)
        if found and rest:
            more, _ = self._ray.wait(rest, num_returns=len(rest), timeout=0)
            found += more
        return list(found)

    def _take(self, member: _Member) -> Iterator[Word]:
        try:
            said = self._ray.get(member.answer)
        except self._ray.exceptions.RayTaskError as error:
            raise _defect(error) from error
        except self._ray.exceptions.RayError as error:
            yield from self._lost(member, error)
            return
        member.answer = None
        if isinstance(said, SummitryError):
            raise said
        if isinstance(said, str):
            member.machine = said
            self._failed_starts = 0
        elif isinstance(said, At):
            member.go_on(said)
        elif isinstance(said, ShardReport) and member.shard is not None:
            shard, member.shard = member.shard, None
            yield shard, said

    def _lost(self, member: _Member, error: Exception) -> Iterator[Word]:
        """A process is gone, or cannot be reached; should it still write, it writes the same."""
        self._members.remove(member)
        self._end(member)
        if missing := _MISSING.search(str(error)):
            raise UsageError(
                f"a machine of the cluster has no package {missing[1]!r}; install the same version of summitry on all: "
                "pip install 'summitry[ray]'"
            ) from error
        if member.shard is not None:
            yield member.shard, member.at if self._stands(member.machine) else None
        elif member.machine is None:
            self._failed_starts += 1
            if self._failed_starts >= STARTS:
                raise UsageError(
                    f"processes die as they start on the cluster ({_line(error)}); look at Ray's logs there, and "
                    "whether they have the memory: about 1 GB each"
                ) from error

    def _stands(self, machine: str | None) -> bool:
        """Whether a machine is still part of the cluster."""
        return any(node["NodeID"] == machine and node["Alive"] for node in self._ray.nodes())

    def _hand_out(self) -> None:
        """Give the shards that wait to idle processes; start more where there is room, and end those not needed."""
        spare = False
        for member in [one for one in self._members if one.idle]:
            # When no more shards come one may stay, for those that are given back.
            if member.given >= SHARDS_A_LIFE or (spare and not (self._waiting or self._more)):
                self._members.remove(member)
                self._end(member)
            elif self._waiting:
                member.begin(*self._waiting.popleft())
            else:
                spare = True
        starting = sum(member.machine is None for member in self._members)
        for _ in range(min(len(self._waiting) - starting, self._rooms() - len(self._members))):
            self._members.append(_Member(self._actor.remote(self._options, self._setting)))

    def _rooms(self) -> int:
        """Processes that the cluster has processors for."""
        if monotonic() - self._asked > _ASK_SECONDS:
            self._room = int(self._ray.cluster_resources().get("CPU", 0))
            self._asked = monotonic()
        return self._room if self._jobs is None else min(self._room, self._jobs)

    def _look_for_life(self) -> None:
        if not self._waiting or any(member.machine is not None for member in self._members):
            self._working = monotonic()
        elif monotonic() - self._working > _PATIENCE_SECONDS:
            raise UsageError(
                f"no process could be started on the cluster for {_PATIENCE_SECONDS:.0f} s: it has no machine left, or "
                "others use all processors; look at `ray status`, add a machine with `ray start --address HOST:PORT`, "
                "and run the same command again: the shards that are whole are kept"
            )

    def _end(self, member: _Member) -> None:
        # Whether it is there any more or not.
        with suppress(Exception):
            self._ray.kill(member.hand, no_restart=True)


@contextmanager
def _token(out: str) -> Iterator[str]:
    """A file in the place of the outputs by which the machines know that it is the same for all."""
    token = f"{secrets.token_hex(8)}{HALF}"
    landing = Landing(joined(out, token))
    landing.finish()
    try:
        yield token
    finally:
        with suppress(ShardError):
            remove(joined(out, token))


@contextmanager
def _connected(address: str | None) -> Iterator[Any]:
    """Ray, connected with a cluster; one that was connected before is used as it is, and stays so.

    Raises:
        UsageError: ray is not installed, or there is no such cluster.
    """
    # Nothing is sent anywhere, and what Ray has to say of its machines is not printed among our rows.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ.setdefault("RAY_DEDUP_LOGS_SKIP_REGEX", ".")
    ray = needed("ray", "ray")
    if ray.is_initialized():
        yield ray
        return
    quiet = {"log_to_driver": False, "logging_level": "ERROR"}
    try:
        if address is None:
            ray.init(
                "local",
                include_dashboard=False,
                object_store_memory=_STORE_BYTES,
                _node_ip_address="127.0.0.1",
                **quiet,
            )
        else:
            _reach(ray, address)
            ray.init(address, **quiet)
    except (ConnectionError, ValueError, RuntimeError, OSError, AssertionError) as error:
        raise UsageError(
            f"--address is {address!r}, where no cluster answers: {_line(error)}; start one with `ray start --head`, "
            "run this on one of its machines, and give HOST:PORT of its head, or auto"
        ) from error
    try:
        yield ray
    finally:
        ray.shutdown()


def _reach(ray: Any, address: str) -> None:  # noqa: ANN401 - a module without types
    """Raise OSError unless somebody listens at an address."""
    if address == "auto":
        return
    host, colon, port = address.rpartition(":")
    if not (host and colon and port.isascii() and port.isdecimal()) or "//" in host:
        raise ValueError("allowed: HOST:PORT, or auto")
    socket.create_connection((host, int(port)), _CONNECT_SECONDS).close()
    if host in ("localhost", "127.0.0.1", "::1"):
        # Ray takes these for the address that other machines know this one by.
        socket.create_connection((ray.util.get_node_ip_address(), int(port)), _CONNECT_SECONDS).close()


def _line(error: Exception) -> str:
    """The first line of what an error says."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


def _defect(error: Exception) -> ShardError:
    return ShardError(f"a defect of summitry on the cluster: {_line(error)}; please report it")
