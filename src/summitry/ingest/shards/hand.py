"""One process of a cluster that reads shards, a few reports a call."""

from __future__ import annotations

import os
import platform
import threading
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from queue import SimpleQueue

from summitry.errors import InputError, ShardError, SummitryError, UsageError
from summitry.ingest.care import At, Care
from summitry.ingest.shards.shard import ShardReader
from summitry.ingest.shards.storing import is_address, joined, opened
from summitry.ingest.shards.types import Shard, ShardOptions, ShardReport


@dataclass(frozen=True, slots=True)
class Setting:
    """What must be alike on all machines for the readings to be: the version, where paths begin, and the place that
    outputs are written to, told by a file that the run has put there."""

    version: str
    folder: str
    token: str

    @classmethod
    def here(cls, token: str) -> Setting:
        """That of this process."""
        return cls(_version(), str(Path.cwd()), token)


class Hand:
    """Reads shards on whatever machine it is on.

    It is led step by step: each call reads a few reports and says which come next. So whoever leads knows which it was
    at when it is heard of no more; a word sent while it reads could be lost with it.
    """

    def __init__(self, options: ShardOptions, setting: Setting) -> None:
        self._options = options
        self._setting = setting
        self._words: SimpleQueue[At | ShardReport | SummitryError] = SimpleQueue()
        self._go = threading.Semaphore(0)

    def ready(self) -> str | SummitryError:
        """Load what reading needs; the id of the machine, or what is wrong with it. Errors are handed over, not raised:
        an engine wraps what is raised in words of its own."""
        try:
            self._check()
            self._reader = ShardReader(self._options)
        except SummitryError as error:
            return _sendable(error)
        return _machine()

    def begin(self, shard: Shard, care: Care) -> At | ShardReport | SummitryError:
        """Take up a shard: the first reports of it that are to be read, or what it came to."""
        for piece in shard.pieces:
            if not is_address(piece.path) and not Path(piece.path).exists():
                return UsageError(
                    f"{piece.path} is not there on the machine {platform.node()}; all machines of the cluster must "
                    "see the inputs at the same paths: mount the folder there, or copy it there"
                )
        threading.Thread(target=self._read, args=(shard, care), daemon=True, name="shard").start()
        return self._words.get()

    def go_on(self) -> At | ShardReport | SummitryError:
        """Read the reports that were named last: the next ones, or what the shard came to."""
        self._go.release()
        return self._words.get()

    def _read(self, shard: Shard, care: Care) -> None:
        try:
            self._words.put(self._reader.do(shard, care, self._tell))
        except SummitryError as error:
            self._words.put(_sendable(error))
        except Exception as error:
            self._words.put(ShardError(f"a defect of summitry: {type(error).__name__}: {error}; please report it"))

    def _tell(self, at: At) -> None:
        self._words.put(at)
        self._go.acquire()

    def _check(self) -> None:
        """What would make other readings here than elsewhere, or nobody find them."""
        machine, here = platform.node(), _version()
        if here != self._setting.version:
            raise UsageError(
                f"the machine {machine} has summitry {here}, and this one {self._setting.version}; install the same "
                f"on all: pip install 'summitry[ray]=={self._setting.version}'"
            )
        # Where there is no such folder, only paths that begin there are lost by it, and those are looked for.
        with suppress(OSError):
            os.chdir(self._setting.folder)
        try:
            with opened(joined(self._options.out, self._setting.token)):
                pass
        except FileNotFoundError:
            raise UsageError(
                f"the machine {machine} does not see in {self._options.out} what this one wrote there; --readings must "
                "name a folder that all machines of the cluster share, or an address in an object store (s3://...)"
            ) from None


def _machine() -> str:
    """The id of the machine a cluster knows it by."""
    import ray

    return str(ray.get_runtime_context().get_node_id())


def _version() -> str:
    try:
        return version("summitry")
    except PackageNotFoundError:
        return "unknown"


def _sendable(error: SummitryError) -> SummitryError:
    """The same in a form that can be sent: some errors are made of more than their words."""
    return UsageError(str(error)) if isinstance(error, InputError) else ShardError(str(error))
