"""Time expressions on TimeBank and AQUAINT (TempEval-3 scoring), the publication day given.

Each corpus is cut in two by document name: the rules were written while looking at the ``seen`` half only; ``unseen``
was scored and not read. Run as a module for the table: ``python -m benchmarks.quality.temporal [SHARED]``.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from benchmarks.quality.task import Result, corpus_hash
from summitry.evaluate.temporal import GoldDocument, Pair, pair_up, read_timeml, score
from summitry.reader.times import find_times, recognise, resolve
from summitry.vocabulary import DateInterval

CORPORA: Final = ("TimeBank", "AQUAINT")
_WEEKDAY: Final = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
_MONTH: Final = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_BARE_MONTH: Final = re.compile(_MONTH)
_MONTH_DAY: Final = re.compile(rf"(?:{_MONTH}|(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.) \d{{1,2}}")


def seen(name: str) -> bool:
    """Whether a document is of the half that was read while rules were written."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 == 0


def anchor_of(document: GoldDocument) -> DateInterval | None:
    """The publication day as an anchor."""
    day = document.published
    return None if day is None else DateInterval(day, day, "day")


def pairs_of(documents: Iterable[GoldDocument]) -> Iterator[Pair]:
    """Find and pair, document by document."""
    for document in documents:
        yield from pair_up(document, find_times(document.text, anchor_of(document)))


def _span_accuracy(documents: list[GoldDocument], words: re.Pattern[str], size: int) -> float | None:
    """Of the gold expressions whose words are ``words`` and whose value is ``size`` long: values right, in percent."""
    right = total = 0
    for document in documents:
        found = {(each.start, each.end): each for each in find_times(document.text, anchor_of(document))}
        for gold in document.times:
            if words.fullmatch(gold.text) is None or len(gold.value) != size or "X" in gold.value:
                continue
            total += 1
            made = found.get((gold.start, gold.end))
            if made is None:
                alone = recognise(gold.text)
                made = resolve(alone[0], anchor_of(document)) if len(alone) == 1 else None
            right += made is not None and made.value == gold.value
    return 100.0 * right / total if total else None


def run(shared: Path) -> Result | None:
    """Score both corpora; None where they are absent."""
    folder = shared / "data" / "temporal"
    paths = {corpus: sorted((folder / corpus).glob("*.tml")) for corpus in CORPORA}
    if not all(paths.values()):
        return None
    figures: list[tuple[str, float | None]] = []
    everything: list[GoldDocument] = []
    for corpus in CORPORA:
        documents = [read_timeml(path) for path in paths[corpus]]
        everything += documents
        whole = score(pairs_of(documents))
        figures += [
            (f"{corpus} value F1", whole.value_f1),
            (f"{corpus} value F1, spellings equated", whole.meaning_f1),
            (f"{corpus} relaxed F1", whole.relaxed_f1),
            (f"{corpus} strict F1", whole.strict_f1),
            (f"{corpus} type F1", whole.type_f1),
        ]
        for half in (True, False):
            part = score(pairs_of(each for each in documents if seen(each.name) is half))
            figures.append((f"{corpus} value F1, {'seen' if half else 'unseen'} half", part.value_f1))
    figures += [
        ("bare weekday, gold span accuracy", _span_accuracy(everything, _WEEKDAY, 10)),
        ("month and day, gold span accuracy", _span_accuracy(everything, _MONTH_DAY, 10)),
        ("bare month, gold span accuracy", _span_accuracy(everything, _BARE_MONTH, 7)),
    ]
    start = time.process_time()
    for document in everything:
        find_times(document.text, anchor_of(document))
    figures.append(("documents a second (rate)", len(everything) / (time.process_time() - start)))
    files = [path for each in paths.values() for path in each]
    return Result("temporal", tuple(figures), corpus_hash(files), f"{len(everything)} documents, publication day given")


if __name__ == "__main__":
    given = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("SUMMITRY_SHARED", "../shared")
    result = run(Path(given))
    if result is None:
        print(f"no corpora under {given}/data/temporal: skipped")
    else:
        for name, value in result.figures:
            print(f"{name:48} {'-' if value is None else f'{value:7.2f}'}")
