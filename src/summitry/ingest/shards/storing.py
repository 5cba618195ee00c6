"""Files that are there whole or not at all: in a folder of this machine, or in any store that fsspec knows.

A place is a path (``/data/readings``) or an address (``s3://bucket/readings``, ``memory://readings``). The keys of a
store are its own affair: they are taken from where its tools look for them, and never seen here.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from summitry.errors import ShardError, UsageError

HALF: Final = ".half"
"""The ending of a file that is being written; nothing reads one."""

_FULL = (errno.ENOSPC, errno.EDQUOT)


def needed(package: str, extra: str = "archive") -> Any:  # noqa: ANN401 - packages, most of them without types
    """A package of an extra, imported when it is wanted first.

    Raises:
        UsageError: it is not installed.
    """
    try:
        return import_module(package)
    except ImportError:
        raise UsageError(
            f"reading in shards needs the package {package.partition('.')[0]!r}, which is not installed; "
            f"install it with: pip install 'summitry[{extra}]'"
        ) from None


def is_address(place: str) -> bool:
    """Whether a place is in a store, and no path of this machine."""
    return "://" in place and not place.startswith("file://")


def joined(place: str, name: str) -> str:
    """The place of a file in a place."""
    return f"{place.rstrip('/')}/{name}" if is_address(place) else str(Path(_local(place), name))


class Landing:
    """A file being written: it stands at ``place``, whole, once it is finished, and not at all if it is abandoned. What
    stood there before stays until then.

    Raises:
        ShardError: on making and finishing: it cannot be written.
        UsageError: on making: no such store is known here.
    """

    def __init__(self, place: str) -> None:
        self._place = place
        # A name of its own for each writer: two that write the same shard do not mix, and the later one wins whole.
        self._half = f"{place}.{secrets.token_hex(4)}{HALF}"
        with writing(place):
            self.file = self._opened()

    def finish(self) -> None:
        """Put it in its place, as far as the disk or the store goes."""
        with writing(self._place):
            if is_address(self._place):
                self.file.close()  # a store of objects shows one from here on, and a copy of it when it is whole
                store, half = _store(self._half)
                store.mv(half, _store(self._place)[1])
            else:
                self.file.flush()
                os.fsync(self.file.fileno())
                self.file.close()
                _local(self._half).replace(_local(self._place))
                _sync(_local(self._place).parent)

    def abandon(self) -> None:
        """Leave nothing of it."""
        # Whatever goes wrong here, what brought us here is told.
        with suppress(Exception):
            self.file.close()
        with suppress(Exception):
            remove(self._half)

    def _opened(self) -> BinaryIO:
        if not is_address(self._place):
            _local(self._place).parent.mkdir(parents=True, exist_ok=True)
            return _local(self._half).open("xb")
        store, half = _store(self._half)
        # Stores of folders (sftp, hdfs, smb) need one; stores of objects have none, and may not grant to make one.
        with suppress(OSError):
            store.makedirs(half.rpartition("/")[0], exist_ok=True)
        return cast(BinaryIO, store.open(half, "wb"))


@contextmanager
def writing(place: str) -> Iterator[None]:
    """What goes wrong while a place is written to, in our words.

    Raises:
        ShardError: it cannot be written.
    """
    try:
        yield
    except OSError as error:
        what = "the disk is full" if error.errno in _FULL else str(error)
        raise ShardError(
            f"{place} cannot be written: {what}; the shards that are whole are kept: mend that and run the same "
            "command again"
        ) from error


@contextmanager
def opened(place: str) -> Iterator[BinaryIO]:
    """A file to be read, at any offset.

    Raises:
        FileNotFoundError: it is not there.
        ShardError: it cannot be read.
        UsageError: no such store is known here.
    """
    try:
        if is_address(place):
            store, path = _store(place)
            with store.open(path, "rb") as file:
                yield cast(BinaryIO, file)
        else:
            with _local(place).open("rb") as file:
                yield file
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ShardError(f"{place} cannot be read: {error}; mend that and run the same command again") from error


def listed(place: str, ending: str) -> list[str]:
    """The names in a place that end so, in order; none where there is no such place.

    Raises:
        ShardError: it cannot be looked into.
        UsageError: no such store is known here.
    """
    try:
        if is_address(place):
            store, path = _store(place)
            store.invalidate_cache()  # other machines write there too
            names = [str(found).rpartition("/")[2] for found in store.ls(path, detail=False)]
        else:
            names = [found.name for found in _local(place).iterdir()]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise ShardError(f"{place} cannot be looked into: {error}") from error
    return sorted(name for name in names if name.endswith(ending))


def remove(place: str) -> None:
    """Remove a file, if it is there.

    Raises:
        ShardError: it cannot be removed.
    """
    try:
        if is_address(place):
            store, path = _store(place)
            store.rm_file(path)
        else:
            _local(place).unlink()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise ShardError(f"{place} cannot be removed: {error}") from error


def sweep(place: str) -> int:
    """Remove what killed writers left half written; how many there were. For when nobody writes there.

    Raises:
        ShardError: one cannot be removed.
    """
    halves = listed(place, HALF)
    for name in halves:
        remove(joined(place, name))
    return len(halves)


def _sync(folder: Path) -> None:
    """Make the names in a folder durable, where folders can be synced (not on Windows)."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _store(place: str) -> tuple[Any, str]:
    """The store of an address, and the path in it."""
    fsspec = needed("fsspec.core")
    try:
        store, path = fsspec.url_to_fs(place)
    except (ImportError, ValueError) as error:
        protocol = place.partition("://")[0]
        raise UsageError(
            f"{place} is in a store that cannot be reached from here: {error}; install the package that fsspec "
            f"names for {protocol}:// (such as s3fs, gcsfs, adlfs), or give a folder"
        ) from error
    return store, str(path)


def _local(place: str) -> Path:
    return Path(place.removeprefix("file://"))
