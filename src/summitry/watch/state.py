"""What watching remembers between runs: a JSON file beside the record, always whole.

Written to a new file that takes the place of the old one, so that whoever stops the program at any time leaves the
state before or the state after. An entry is written down as to be read together with the feed's validators: what was
announced once is read, though the feed may have dropped it meanwhile.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Final, TypeVar

from summitry.errors import UsageError

if sys.platform != "win32":
    import fcntl

VERSION: Final = 1
SUFFIX: Final = ".watch.json"

SEEN_DAYS: Final = 400
"""Days after which an entry that its feed lists no more is forgotten: feeds bring old entries back within a year."""

_DAY: Final = 86_400.0
T = TypeVar("T")


@dataclass(slots=True)
class Pending:
    """An entry of a feed that is to be read. ``content`` is the HTML of a feed that gives whole articles."""

    key: str
    title: str
    link: str
    date: str | None = None
    authors: str | None = None
    content: str | None = None
    tries: int = 0
    not_before: float = 0.0


@dataclass(slots=True)
class FeedState:
    """One feed: where it is now, its validators, when it was last asked, what went wrong, what is to be read and what
    was seen (key: when)."""

    address: str
    title: str | None = None
    etag: str | None = None
    modified: str | None = None
    asked: float = 0.0
    failures: int = 0
    not_before: float = 0.0
    gone: bool = False
    pending: list[Pending] = field(default_factory=list)
    seen: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class HostState:
    """One host: when it was last asked, until when it wants to be left alone, and its robots.txt.

    ``rules`` is the text of robots.txt, None where it was not had yet; ``read_at`` is when it was read, ``tried_at``
    when it was asked for.
    """

    asked: float = 0.0
    not_before: float = 0.0
    failures: int = 0
    rules: str | None = None
    read_at: float = 0.0
    tried_at: float = 0.0


@dataclass(slots=True)
class State:
    """All that is remembered. ``files`` are sizes and times of change (ns) by path; ``read`` are addresses of pages;
    ``untold`` addresses and paths that were read, or are just being read, and that nobody was told of yet."""

    feeds: dict[str, FeedState] = field(default_factory=dict)
    hosts: dict[str, HostState] = field(default_factory=dict)
    files: dict[str, list[int]] = field(default_factory=dict)
    read: dict[str, float] = field(default_factory=dict)
    untold: list[str] = field(default_factory=list)

    def forget(self, now: float) -> None:
        """Drop what was last seen long ago."""
        oldest = now - SEEN_DAYS * _DAY
        self.read = {key: at for key, at in self.read.items() if at >= oldest}
        for feed in self.feeds.values():
            feed.seen = {key: at for key, at in feed.seen.items() if at >= oldest}


def state_path(record: Path) -> Path:
    """Where the state of a record is: ``talks.db.watch.json`` beside ``talks.db``."""
    return record.with_name(record.name + SUFFIX)


def load(path: Path) -> State:
    """The state of a file; a new one where there is none.

    Raises:
        UsageError: the file is something else, or cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return State()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"state {path} cannot be read ({error}); name another file with --state") from None
    try:
        value = json.loads(text)
        if value["version"] != VERSION:
            raise ValueError(f"version {value['version']}, this summitry reads {VERSION}")
        return _state_of(value)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UsageError(
            f"{path} is no state of summitry watch ({error}); remove it to start afresh, or name another with --state"
        ) from None


def save(path: Path, state: State) -> None:
    """Write the state: whole, or not at all.

    Raises:
        UsageError: the file cannot be written.
    """
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with new.open("w", encoding="utf-8") as file:
            json.dump({"version": VERSION} | asdict(state), file, ensure_ascii=True)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        with suppress(OSError):
            new.unlink()
        raise UsageError(f"state {path} cannot be written ({error.strerror}); name another file with --state") from None


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """See that no other process watches with the same state. The lock goes with the process, however it ends.

    Raises:
        UsageError: another one does.
    """
    lock = path.with_name(path.name + ".lock")
    try:
        file = lock.open("a", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"state {path} cannot be written ({error.strerror}); name another file with --state") from None
    with file:
        if sys.platform != "win32":
            try:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise UsageError(
                    f"another summitry watch uses {path}; wait for it or stop it, or name another file with --state"
                ) from None
        # A run that was stopped while it wrote has left its new file, which is no use to anybody.
        for left in path.parent.glob(f"{path.name}.*.new"):
            with suppress(OSError):
                left.unlink()
        yield


def _state_of(value: dict[str, Any]) -> State:
    feeds = {}
    for name, one in dict(value.get("feeds", {})).items():
        feeds[str(name)] = feed = _made(FeedState, one)
        feed.pending = [_made(Pending, each) for each in one.get("pending", [])]
    return State(
        feeds,
        {str(name): _made(HostState, one) for name, one in dict(value.get("hosts", {})).items()},
        {str(name): [int(part) for part in one] for name, one in dict(value.get("files", {})).items()},
        {str(name): float(at) for name, at in dict(value.get("read", {})).items()},
        [str(one) for one in value.get("untold", [])],
    )


def _made(kind: type[T], value: dict[str, Any]) -> T:
    """An object of a state; fields that this version does not know are left out."""
    known = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: each for name, each in value.items() if name in known})
