"""Growth with length: every compiled pattern on worst cases, and cleaning and reading on long articles.

``python -m fuzz.linearity`` prints what grows faster than the input; ``--page`` writes the table of whole articles into
``docs/hostile-input.md``.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Final

import summitry
from summitry.errors import SummitryError
from summitry.vocabulary import Source

PAGE: Final = Path(__file__).parent.parent / "docs" / "hostile-input.md"
MARKS: Final = ("<!-- articles -->", "<!-- /articles -->")
PROBES: Final = {
    "letters": "a", "capitals": "A", "digits": "1", "spaces": " ", "tabs": "\t", "lines": "\n", "blank lines": " \n",
    "quotes": '"', "curly quotes": "“", "apostrophes": "'", "title words": "Arden ", "words": "and ", "numbers": "12 ",
    "dates": "May 4, ", "commas": "a, ", "dashes": "- ", "full stops": ". ", "brackets": "(", "angle": "<a ", "dots": "...",
    "initials": "U.S. ", "slashes": "1/", "mail": "a.b@", "entities": "&#", "marked": "“a” ", "said": "said that ",
}  # fmt: skip
"""What is repeated, by name; each ends in a near-miss."""
NEAR_MISSES: Final = ("!", "\x00z")
MEASURABLE_S: Final = 0.02
"""Times below this are noise of the clock and of other processes."""
MOST_RATIO: Final = 3.0
"""Growth by one doubling: 2 is linear, 4 quadratic."""
LONGEST_S: Final = 1.5
"""A probe is stopped after this."""


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
    """Processor seconds of a call, the shorter of two; infinite where it was stopped."""
    best = float("inf")
    for _ in range(2):
        signal.signal(signal.SIGALRM, _stop)
        signal.setitimer(signal.ITIMER_REAL, LONGEST_S)
        began = time.process_time()
        try:
            work()
        except TooLong:
            return float("inf")
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        best = min(best, time.process_time() - began)
        if best < MEASURABLE_S:
            break
    return best


def anchored(name: str) -> bool:
    """Whether a module only ever matches a pattern from where it stands, so that no search tries every place."""
    module, _, at = name.rpartition("._")
    if not module or "[" in at:
        return False
    text = Path(str(sys.modules[module].__file__)).read_text("utf-8")
    used = set(re.findall(rf"\b_{at}\.(match|fullmatch|search|finditer|findall|sub|split)\b", text))
    return bool(used) and used <= {"match", "fullmatch"}


def growth(
    name: str, pattern: re.Pattern[str] | re.Pattern[bytes], chars: int = 2_500
) -> Iterator[tuple[str, float, float]]:
    """Probes on which a pattern grows faster than its input: the probe, seconds at 2n, ratio of 2n to 4n."""
    run = _once if anchored(name) else _all
    for probe, unit in PROBES.items():
        for miss in NEAR_MISSES:

            def text(size: int, unit: str = unit, miss: str = miss) -> str:
                return unit * (size // len(unit)) + miss

            last = timed(lambda: run(pattern, text(4 * chars)))
            if last < MEASURABLE_S:
                continue
            before = timed(lambda: run(pattern, text(2 * chars)))
            if last / max(before, 1e-9) > MOST_RATIO or last == float("inf"):
                yield f"{probe}{miss!r}", before, last


def _once(pattern: Any, text: str) -> None:
    pattern.match(text.encode() if isinstance(pattern.pattern, bytes) else text)


def _all(pattern: Any, text: str) -> None:
    for _ in pattern.finditer(text.encode() if isinstance(pattern.pattern, bytes) else text):
        pass


_WHO: Final = (
    "The foreign minister of Arden", "Envoy Karl Lund", "President Han Song", "A senior official", "Washington", "Iran",
    "The U.N. Security Council", "Anna Berg, the chief negotiator,", "Two diplomats", "The inspectors", "Moscow", "She",
    "Norland's trade ministry",
)  # fmt: skip
_SAYS: Final = (
    "said on Monday that", "told reporters in Geneva that", "warned on 6 May 2019 that", "denied that",
    "proposed last week that", "promised that", "expects that", "wrote in a letter that", "added that",
    "announced after the meeting that", "demanded that",
)  # fmt: skip
_WHAT: Final = (
    "sanctions would be lifted within 60 days", "the talks would resume next month in Vienna",
    "no deal would be signed unless the plant is closed", "Iran had tested two missiles", "tariffs of 25 percent remain",
    "“we will not give up our right,” as the envoy put it", "both sides would meet in Oslo on June 3",
    "the North must first hand over its list", "ministers had agreed on 12 of 14 points",
)  # fmt: skip


def varied(words: int) -> str:
    """Sentences of an ordinary kind, no two paragraphs alike, of about so many words."""
    parts: list[str] = []
    size = number = 0
    while size < words:
        # Three cycles whose lengths share no divisor: 1,287 sentences before one comes again.
        one = f"{_WHO[number % len(_WHO)]} {_SAYS[number % len(_SAYS)]} {_WHAT[number % len(_WHAT)]} (point {number})."
        number += 1
        size += len(one.split())
        parts.append(one + ("\n\n" if number % 4 == 0 else " "))
    return "".join(parts)


ARTICLES: Final = {
    "all quotes": "“No,” he said. ‘Yes,’ she said. ",
    "all names": "Anna Berg, Karl Lund, Foreign Minister Han Song, ",
    "all numbers": "12 May 2019, 3,400 tons, 60%, ",
    "one sentence": "and the minister said that the envoy would meet them ",
    "all capitals": "THE ENVOY MET IRAN AND SAID TALKS WOULD GO ON. ",
    "nested quotes": "“‘",
    "closing quotes": "”’ ",
    "questions": "“Why not?” he asked. ",
    "one act again": "Arden and Iran held talks in Geneva. ",
    "both sides": "Both sides met, and they said the two leaders and their envoys want what it wants. ",
    "contradictions": "Iran said yes, which contradicts Arden's claim. ",
    "pledges": "Arden promised that it will pay if Iran must sign by May, unless talks fail. ",
}
KINDS: Final = ("varied", "one paragraph", "new names", *ARTICLES)


def _name(number: int) -> str:
    """A name that no other number has."""
    letters = "abdefgiklmnoprstu"
    parts = [letters[number // len(letters) ** at % len(letters)] for at in range(4)]
    return f"{parts[0].upper()}a{parts[1]}i {parts[2].upper()}o{parts[3]}en"


def article(kind: str, words: int) -> str:
    """An article of about so many words, of one of :data:`KINDS`."""
    if kind == "varied":
        return varied(words)
    if kind == "one paragraph":
        return varied(words).replace("\n\n", " ")
    if kind == "new names":
        return " ".join(f"Envoy {_name(n)} of Arden told {_name(n + 1)} no." for n in range(words // 9))
    unit = ARTICLES[kind]
    return unit * max(1, words // max(1, len(unit.split()))) + "The end of it, the minister said."


def measured(words: tuple[int, ...]) -> list[tuple[str, list[float | None], list[float | None]]]:
    """Seconds of cleaning and of reading (light) at each length, for each kind; None where it is refused or stopped."""
    from summitry.clean import clean
    from summitry.errors import UnreadableSource
    from summitry.reader.pipeline import Reader

    reader = Reader(light=True)
    reader.read(clean(Source("x", article("varied", 200).encode())))
    rows = []
    for name in KINDS:
        cleaned: list[float | None] = []
        read: list[float | None] = []
        for size in words:
            source = Source("x", article(name, size).encode())
            try:
                began = time.process_time()
                found = clean(source)
                cleaned.append(time.process_time() - began)
                began = time.process_time()
                reader.read(found)
                read.append(time.process_time() - began)
            except UnreadableSource:
                cleaned.append(None)
                read.append(None)
        rows.append((name, cleaned, read))
        print(name, [f"{one:.2f}" if one is not None else "-" for one in (*cleaned, *read)], flush=True)
    return rows


def table(words: tuple[int, ...]) -> str:
    """The table of whole articles in Markdown."""
    head = "| article | " + " | ".join(f"{size:,} words" for size in words) + " | last doubling |"
    lines = [head, "|---|" + "---|" * (len(words) + 1)]
    for name, cleaned, read in measured(words):
        cells = [
            "refused" if a is None or b is None else f"{a:.2f} + {b:.2f}" for a, b in zip(cleaned, read, strict=True)
        ]
        known = [a + b for a, b in zip(cleaned, read, strict=True) if a is not None and b is not None]
        ratio = f"{known[-1] / known[-2]:.1f}" if len(known) > 1 else "-"
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {ratio} |")
    return "\n".join(lines)


def main() -> int:
    """Print what is not linear."""
    asked = argparse.ArgumentParser(prog="python -m fuzz.linearity", description=__doc__)
    asked.add_argument("--page", action="store_true", help="measure whole articles and write docs/hostile-input.md")
    asked.add_argument("--words", type=int, nargs="+", default=[1_000, 2_000, 4_000])
    told = asked.parse_args()
    if told.page:
        made = table(tuple(told.words))
        page = PAGE.read_text("utf-8")
        head, _, rest = page.partition(MARKS[0])
        PAGE.write_text(f"{head}{MARKS[0]}\n{made}\n{MARKS[1]}{rest.partition(MARKS[1])[2]}", "utf-8")
        return 0
    bad = 0
    everything = patterns()
    for name, one in everything.items():
        worst = next(growth(name, one), None)  # the first is enough to mend it
        bad += worst is not None
        if worst is not None:
            probe, before, last = worst
            print(f"{name}: {probe} {before * 1000:.0f} ms -> {last * 1000:.0f} ms", flush=True)
    print(f"{len(everything)} patterns, {bad} grow faster than their input")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
