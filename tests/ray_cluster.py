"""A cluster of two machines on this one, for tests: real processes of Ray, on loopback, with little memory."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from ingest_factory import SmallReader
from summitry.vocabulary import Article, KnownEvent, Reading

HOST = "127.0.0.2"
"""Loopback, but not 127.0.0.1, which Ray would take for the address that other machines know this one by."""

_STORE_BYTES = 80_000_000
_ROOT = Path(__file__).parents[1]


class SlowReader(SmallReader):
    """Takes its time, so that something can happen half-way."""

    def read(self, article: Article, anchors: Sequence[KnownEvent] = ()) -> Reading:
        time.sleep(0.04)
        return super().read(article, anchors)


class TwoMachines:
    """A head and a worker node with one processor each. The worker can be killed, and another be added."""

    def __init__(self) -> None:
        from ray.cluster_utils import Cluster

        self._cluster = Cluster(
            initialize_head=True,
            head_node_args={
                **_machine(),
                "include_dashboard": False,
                # A machine that is gone is noticed in two seconds, not in twenty.
                "_system_config": {"health_check_period_ms": 500, "health_check_failure_threshold": 3},
            },
        )
        self._second = self._cluster.add_node(**_machine())

    @property
    def address(self) -> str:
        return str(self._cluster.address)

    def kill_second(self) -> None:
        """kill -9 of all that runs on the second machine: Ray's own process, and those that read."""
        raylet = self._second.all_processes["raylet"][0].process.pid
        for one in [*_children(raylet), raylet]:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)

    def replace_second(self) -> None:
        """A new machine in place of the one that was killed."""
        with suppress(Exception):
            self._cluster.remove_node(self._second, allow_graceful=False)
        self._second = self._cluster.add_node(**_machine())

    def shutdown(self) -> None:
        self._cluster.shutdown()  # type: ignore[no-untyped-call]


@contextmanager
def two_machines() -> Iterator[TwoMachines]:
    # Processes of the cluster find the tests' modules, and report to nobody.
    with _environment(
        PYTHONPATH=f"{_ROOT / 'src'}:{_ROOT / 'tests'}", RAY_USAGE_STATS_ENABLED="0", RAY_DEDUP_LOGS_SKIP_REGEX="."
    ):
        cluster = TwoMachines()
        try:
            yield cluster
        finally:
            cluster.shutdown()


def _machine() -> dict[str, Any]:
    return {"num_cpus": 1, "object_store_memory": _STORE_BYTES, "node_ip_address": HOST}


def _children(parent: int) -> list[int]:
    """All processes below one, as /proc tells."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(") ")[2].split()[1])
    found = {parent}
    while more := {one for one, above in parents.items() if above in found} - found:
        found |= more
    return sorted(found - {parent})


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def wait_until(true: Any, seconds: float = 20.0) -> None:  # noqa: ANN401 - any question
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.05)
