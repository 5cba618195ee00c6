"""Object stores and other addresses that are neither a path nor a web page, through fsspec.

Only stores that hold files of one's own are asked: fsspec also knows addresses that lead to web pages, to other hosts
by ftp or ssh, or into archives, where the care taken of web addresses (:mod:`summitry.intake.fetch`) would be passed
by. A chain of addresses (``::``) is refused for the same reason.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, cast

from summitry.encoding import scalars
from summitry.errors import UnreadableSource
from summitry.intake.extra import needed

STORES: Final = (
    "s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oci", "oss", "hdfs", "webhdfs", "hf", "memory", "file",
    "local",
)  # fmt: skip
"""The stores that are asked, by the beginning of their addresses."""

_BUFFER = 1 << 20


def is_store(given: str) -> bool:
    """Whether an input is the address of a store, or of something else that is neither a path nor a web page."""
    scheme = given[:12].partition("://")[0].lower() if "://" in given[:12] else ""
    return scheme not in ("", "http", "https")


def listed(address: str) -> Iterator[tuple[str, int]]:
    """The files an address names, as (address, bytes): one, those of a folder, or those a pattern matches; sorted,
    hidden ones left out.

    Raises:
        UnreadableSource: the store is none that is asked, its package is missing, or it does not answer.
    """
    files, path = _store(address)
    try:
        if any(mark in path for mark in "*?["):
            names = [name for name in files.glob(path) if not files.isdir(name)]
        elif files.isdir(path):
            names = [name for name in files.find(path) if not _hidden(name, path)]
        else:
            names = [path]
        if not names:
            raise UnreadableSource("fetch", "it holds no file, or no file matches it; check the address")
        for name in sorted(names):
            yield files.unstrip_protocol(name), int(files.info(name).get("size") or 0)
    except UnreadableSource:
        raise
    except Exception as error:  # each store has errors of its own
        raise UnreadableSource("fetch", _why(error)) from error


def opened(address: str) -> BinaryIO:
    """A file of a store as a buffered stream that can seek.

    Raises:
        UnreadableSource: as :func:`listed`; also from reading the stream.
    """
    files, path = _store(address)
    try:
        return cast(BinaryIO, io.BufferedReader(_Told(files.open(path, "rb")), _BUFFER))
    except Exception as error:  # each store has errors of its own
        raise UnreadableSource("fetch", _why(error)) from error


class _Told(io.RawIOBase):
    """A file of a store whose errors are told in our words."""

    def __init__(self, file: Any) -> None:  # noqa: ANN401 - a store's own kind
        self._file = file

    def readable(self) -> bool:
        """True: it is read only."""
        return True

    def seekable(self) -> bool:
        """True: stores give any part of a file."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a byte."""
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        """The byte that comes next."""
        return int(self._file.tell())

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; 0 at the end."""
        try:
            data = self._file.read(len(buffer))
        except Exception as error:  # each store has errors of its own
            raise UnreadableSource("unpack", _why(error)) from error
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Let go of the file."""
        if not self.closed:
            self._file.close()
        super().close()


def _store(address: str) -> tuple[Any, str]:
    scheme = address.partition("://")[0].lower()
    if scheme not in STORES or "::" in address:
        raise UnreadableSource(
            "fetch",
            f"addresses that begin with {scalars(scheme)}:// are not read; give http, https, a path, or one of "
            f"{', '.join(STORES)}",
        )
    core = needed("fsspec.core", f"reading {scheme}:// addresses", "fetch")
    try:
        files, path = core.url_to_fs(address)
    except ImportError as error:
        raise UnreadableSource("fetch", f"its store needs a package of its own ({error}); install it") from error
    except Exception as error:  # each store has errors of its own
        raise UnreadableSource("fetch", _why(error)) from error
    return files, str(path)


def _hidden(name: str, folder: str) -> bool:
    return any(part.startswith(".") for part in name.removeprefix(folder).split("/"))


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file in the store; check the address"
    if isinstance(error, PermissionError):
        return f"the store refuses it ({_short(error)}); check the credentials"
    return f"the store cannot give it ({_short(error)}); check the address and the credentials"


def _short(error: Exception) -> str:
    return scalars(" ".join(str(error).split())[:200] or type(error).__name__)
