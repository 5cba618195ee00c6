"""Which anchors an undated report may be dated by: those whose words stand in one of its sentences.

An anchor is recognised by the name of a person and two content words of one sentence
(:func:`summitry.reconcile.dating.anchors_of`). Names and beginnings of words are kept as small numbers, their marks: of
an undated report those of each sentence, of an anchor a key of each name with each word. So the record finds one by the
other, whatever its size: where a name and two words meet in a sentence.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from summitry.record import Marks, key_of
from summitry.vocabulary import KnownEvent, Reading

SHORT: Final = 4
"""Letters of the shortest content words: every word of a report is found by so many of its first letters."""

LONG: Final = 6
"""Letters of the longest, to which anchors cut their words; by these a report's words are found too. Four letters alone
would bring thousands of anchors to look at in a long record, six hardly one that is not meant."""

MOST_WORDS: Final = 40
"""Content words of a sentence that are looked at. A sentence of news has a dozen; a list of names without a full stop
has hundreds."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@lru_cache(maxsize=50_000)  # the vocabulary of a long record
def mark(word: str) -> int:
    """A number of 24 bits for a word, the same in every process. Of a vocabulary of 50,000 words each has a mark of its
    own but for a few hundred, and a meeting by chance takes three; it costs one look at the words themselves."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=3).digest(), "big")


def keys_of_anchor(anchor: KnownEvent) -> frozenset[int]:
    """A key for each name with each content word that an anchor is recognised by.

    Two words with the same first letters count as one: a single word of a report could be both.
    """
    found: set[int] = set()
    for name, words in _words_by_name(anchor).items():
        starts = Counter(word[:SHORT] for word in words)
        for word in words:
            sure = len(word) == LONG and starts[word[:SHORT]] == 1
            found.add(key_of(mark(name), mark(word if sure else word[:SHORT])))
    return frozenset(found)


def _words_by_name(anchor: KnownEvent) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for phrases in anchor.words:
        if len(phrases) == 3:
            name, *words = phrases
            found.setdefault(name, set()).update(word.replace("’", "'") for word in words)
    return found


def keys_of_report(reading: Reading) -> list[Marks]:
    """The marks of the names and of the content words of each sentence that has a name and two content words."""
    return list(_marks(reading))


def _marks(reading: Reading) -> Iterator[Marks]:
    for span in reading.sentences:
        words = [word.replace("’", "'") for word in _WORD.findall(reading.article.text, span.start, span.end)]
        names = {word.removesuffix("'s").lower() for word in words if word[:1].isupper()}
        long = [word.lower() for word in words if len(word.removesuffix("'s")) >= SHORT]
        starts = sorted({word[:SHORT] for word in long})[:MOST_WORDS]
        if names and len(starts) > 1:
            kept = set(starts)
            cuts = kept | {word[:LONG] for word in long if word[:SHORT] in kept and len(word) >= LONG}
            yield frozenset(map(mark, names)), frozenset(map(mark, cuts))
