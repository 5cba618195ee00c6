"""Which anchors an undated report may be dated by: those whose words stand in one of its sentences.

An anchor is recognised by the name of a person and two content words of one sentence
(:func:`summitry.reconcile.dating.anchors_of`). Names and beginnings of words are kept as small numbers, their marks: of
an undated report those of each sentence, of an anchor each name with each word. So the record finds one by the other,
whatever its size, and looks closer only where a name and two words meet in a sentence.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from summitry.record import Marks
from summitry.vocabulary import KnownEvent, Reading

LETTERS: Final = 4
"""Letters of a content word that count: anchors are matched by beginnings of words, the shortest of four letters."""

MOST_WORDS: Final = 40
"""Content words of a sentence that are looked at. A sentence of news has a dozen; a list of names without a full stop
has hundreds."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@lru_cache(maxsize=50_000)  # the vocabulary of a long record
def mark(word: str) -> int:
    """A number of 24 bits for a word, the same in every process. Of a vocabulary of 50,000 words each has a mark of its
    own but for a few hundred, and a meeting by chance takes three; it costs one look at the words themselves."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=3).digest(), "big")


def keys_of_anchor(anchor: KnownEvent) -> frozenset[tuple[int, int]]:
    """The marks of each name with each content word that an anchor is recognised by."""
    triples = [phrases for phrases in anchor.words if len(phrases) == 3]
    return frozenset((mark(name), mark(word[:LETTERS])) for name, *words in triples for word in words)


def keys_of_report(reading: Reading) -> list[Marks]:
    """The marks of the names and of the content words of each sentence that has a name and two content words."""
    return list(_marks(reading))


def _marks(reading: Reading) -> Iterator[Marks]:
    for span in reading.sentences:
        found = _WORD.findall(reading.article.text, span.start, span.end)
        words = [word.replace("’", "'").removesuffix("'s") for word in found]
        names = {word.lower() for word in words if word[:1].isupper()}
        stems = sorted({word.lower()[:LETTERS] for word in words if len(word) >= LETTERS})[:MOST_WORDS]
        if names and len(stems) > 1:
            yield frozenset(map(mark, names)), frozenset(map(mark, stems))
