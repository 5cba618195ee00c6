"""Every compiled pattern of the package on texts made to be slow: which grows faster than its input."""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import summitry
from fuzz.repeats import pumped
from summitry.errors import SummitryError

PROBES: Final = {
    "letters": "a", "capitals": "A", "digits": "1", "spaces": " ", "tabs": "\t", "lines": "\n", "blank lines": " \n",
    "quotes": '"', "curly quotes": "“", "apostrophes": "'", "title words": "Arden ", "words": "and ", "numbers": "12 ",
    "dates": "May 4, ", "commas": "a, ", "dashes": "- ", "full stops": ". ", "brackets": "(", "angle": "<a ", "dots": "...",
    "initials": "U.S. ", "slashes": "1/", "mail": "a.b@", "entities": "&#", "marked": "“a” ", "said": "said that ",
}  # fmt: skip
"""What is repeated, by name; each ends in a near-miss."""
NEAR_MISSES: Final = ("!", "\x00z")
CHARS: Final = 1_000
"""Characters of the shortest text that is timed; the others have 4 and 16 times as many."""
MEASURABLE_S: Final = 0.0012
"""Times below this are noise of the clock and of other processes; the cheapest square of 4,000 characters is above."""
MOST_RATIO: Final = 8.0
"""Growth of the time where the text is four times as long: 4 is linear, 16 quadratic."""
TRIES: Final = 3
"""A growth counts when it is seen so often."""
LONGEST_S: Final = 1.5
"""A probe is stopped after this."""
BOUNDED: Final = frozenset(
    {
        "summitry.clean.furniture._CREDIT_TAIL",  # searches the last 140 characters of a line
        "summitry.reader.commitments.instruments._REAFFIRMED",  # searches the 60 characters before a name
        "summitry.reader.times.recognise._BESIDE",  # is matched with at most 20 characters between a day and a time
        "summitry.web.isolating._TOKEN",  # reads the templates of the package
    }
)
"""Patterns that never see a long text, by the code that uses them."""


class TooLong(Exception):
    """A probe was stopped."""


def _stop(*_: object) -> None:
    raise TooLong


def patterns() -> dict[str, re.Pattern[str] | re.Pattern[bytes]]:
    """Every pattern that a module of summitry holds, by where it is."""
    found: dict[str, re.Pattern[str] | re.Pattern[bytes]] = {}
    for info in pkgutil.walk_packages(summitry.__path__, "summitry."):
        if info.name.endswith("__main__"):
            continue
        with suppress(ImportError, SummitryError):  # an extra that is not installed
            module = importlib.import_module(info.name)
            for name, value in vars(module).items():
                for at, one in _within(value):
                    found.setdefault(f"{info.name}.{name}{at}", one)
    alone: dict[tuple[object, int], str] = {}
    for name, one in found.items():
        alone.setdefault((one.pattern, one.flags), name)
    return {name: found[name] for name in alone.values()}


def _within(value: object, depth: int = 0) -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    if isinstance(value, re.Pattern):
        yield "", value
    elif depth < 3 and isinstance(value, tuple | list | frozenset):
        for number, one in enumerate(value):
            yield from ((f"[{number}]{at}", found) for at, found in _within(one, depth + 1))
    elif depth < 3 and isinstance(value, dict):
        for key, one in value.items():
            yield from ((f"[{key!r}]{at}", found) for at, found in _within(one, depth + 1))
    elif depth < 3 and is_dataclass(value):
        for name in (one.name for one in fields(value)):
            yield from ((f".{name}{at}", found) for at, found in _within(getattr(value, name, None), depth + 1))


def timed(work: Callable[[], object]) -> float:
    """Processor seconds of a call; infinite where it was stopped."""
    signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_S)
    began = time.process_time()
    try:
        work()
    except TooLong:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return time.process_time() - began


def used(name: str) -> frozenset[str]:
    """The ways in which the module of a pattern uses it; all of them where that cannot be told."""
    every = frozenset({"match", "fullmatch", "search"})
    module, _, at = name.rpartition("._")
    if not module or "[" in at or module not in sys.modules:
        return every
    text = Path(str(sys.modules[module].__file__)).read_text("utf-8")
    return frozenset(re.findall(rf"\b_{at}\.(match|fullmatch|search|finditer|findall|sub|split)\b", text)) or every


def probes(pattern: re.Pattern[Any], chars: int) -> Iterator[tuple[str, str]]:
    """Texts of about so many characters on which a pattern may be slow, by name: those of PROBES, and its own."""
    for name, unit in PROBES.items():
        for miss in NEAR_MISSES:
            yield f"{name}{miss!r}", unit * (chars // len(unit)) + miss
    yield from pumped(pattern, chars)


def growth(name: str, pattern: re.Pattern[Any]) -> Iterator[tuple[str, float, float]]:
    """Probes on which a pattern grows faster than its input: the probe, seconds on a text and on one four times as
    long."""
    ways = used(name)

    def run(text: str) -> None:
        told: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
        for way in ways & {"match", "fullmatch"}:
            getattr(pattern, way)(told)
        if ways - {"match", "fullmatch"}:
            for _ in pattern.finditer(told):
                pass

    made: dict[int, dict[str, str]] = {}

    def measured(size: int, probe: str) -> float:
        if size not in made:
            made[size] = dict(probes(pattern, size))
        return timed(partial(run, made[size][probe]))

    for probe, text in probes(pattern, 4 * CHARS):
        if (last := timed(partial(run, text))) < MEASURABLE_S:
            continue
        # What shows again, and on longer texts, is no chance.
        for size in (CHARS, *(4 * CHARS,) * (TRIES - 1)):
            before = measured(size, probe)
            last = measured(4 * size, probe) if size != CHARS else last
            if last != float("inf") and last / max(before, 1e-9) <= MOST_RATIO:
                break
        else:
            yield probe, before, last
