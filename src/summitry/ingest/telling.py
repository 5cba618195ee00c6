"""Which anchors an undated report may be dated by: those whose words stand in one of its sentences.

An anchor is recognised by the name of a person and two content words of one sentence
(:func:`summitry.reconcile.dating.anchors_of`). Each such triple is one number, and so is each triple that a sentence of
an undated report could be recognised by: the record finds one by the other, whatever its size. Comparing every undated
report with every anchor cost a tenth of a second for a report in a record of 200, and as much more for each 200 more.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations
from typing import Final

from summitry.vocabulary import KnownEvent, Reading

LETTERS: Final = 4
"""Letters of a content word that count: anchors are matched by beginnings of words, the shortest of four letters."""

MOST_WORDS: Final = 40
"""Content words of a sentence that are looked at. A sentence of news has a dozen; a list of names without a full stop
has hundreds, whose pairs would be tens of thousands."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MASK: Final = (1 << 63) - 1


@lru_cache(maxsize=50_000)  # the vocabulary of a long record
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def _key(name: str, one: str, other: str) -> int:
    """A 63-bit number for a name and two word beginnings, in either order."""
    return (_hash(name) * 0x9E3779B97F4A7C15 + (_hash(one[:LETTERS]) ^ _hash(other[:LETTERS]))) & _MASK


def keys_of_anchor(anchor: KnownEvent) -> frozenset[int]:
    """A number for each name with two content words that an anchor is recognised by."""
    return frozenset(_key(*phrases) for phrases in anchor.words if len(phrases) == 3)


def keys_of_report(reading: Reading) -> frozenset[int]:
    """A number for each name with two content words that stand in one sentence of a report."""
    return frozenset(_keys_of(reading.article.text[s.start : s.end] for s in reading.sentences))


def _keys_of(sentences: Iterable[str]) -> Iterator[int]:
    for sentence in sentences:
        words = [word.replace("’", "'").removesuffix("'s") for word in _WORD.findall(sentence)]
        names = {word.lower() for word in words if word[:1].isupper()}
        stems = sorted({word.lower()[:LETTERS] for word in words if len(word) >= LETTERS})[:MOST_WORDS]
        for one, other in combinations(stems, 2):
            for name in names:
                yield _key(name, one, other)
