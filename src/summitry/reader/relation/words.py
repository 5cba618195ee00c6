"""A sentence as stems, with the source and the target each as one symbol.

No parse is needed: offsets come from outside, and the model's words are stems, so that "accused", "accuses" and
"accusing" are one. The stemmer is the first two steps of Porter's idea cut to what inflection does in English news; it
need not give words, only the same stem for the same lemma.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

SOURCE: Final = "<S>"
TARGET: Final = "<T>"

_TOKEN: Final = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")
# Past forms that no suffix shows, of verbs that report and political acts use.
_IRREGULAR: Final = MappingProxyType(
    {
        form: lemma
        for lemma, forms in {
            "be": "is are was were been being", "beat": "beaten", "begin": "began begun", "break": "broke broken",
            "bring": "brought", "build": "built", "buy": "bought", "come": "came", "do": "did does done",
            "draw": "drew", "fall": "fell", "feel": "felt", "fight": "fought", "find": "found", "fly": "flew",
            "forgive": "forgave forgiven",
            "get": "got", "give": "gave given", "go": "went gone", "hang": "hung", "have": "has had", "hold": "held",
            "keep": "kept", "lay": "laid", "lead": "led", "leave": "left", "lend": "lent", "lose": "lost",
            "make": "made",
            "meet": "met", "pay": "paid", "run": "ran", "say": "said", "see": "saw seen", "seek": "sought",
            "sell": "sold",
            "send": "sent", "shoot": "shot", "speak": "spoke spoken", "steal": "stole stolen", "strike": "struck",
            "swear": "swore", "take": "took taken", "tell": "told", "throw": "threw thrown", "win": "won",
            "withdraw": "withdrew withdrawn", "free": "freed", "sue": "sued",
        }.items()
        for form in forms.split()
    }
)  # fmt: skip
_VOWEL: Final = frozenset("aeiouy")


def _undouble(word: str) -> str:
    """Undo the doubling before a suffix ("stopp" -> "stop"); l, s and z double in lemmas too ("call", "press")."""
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz" else word


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """The stem of a lower-case word."""
    known = _IRREGULAR.get(word)
    if known is not None:
        return known
    if len(word) <= 4:
        return word
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("ied"):
        word = word[:-3] + "y"
    elif word.endswith("ing") and len(word) > 5 and not _VOWEL.isdisjoint(word[:-3]):
        word = _undouble(word[:-3])
    elif word.endswith("ed") and not _VOWEL.isdisjoint(word[:-2]):
        word = _undouble(word[:-2])
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence's tokens: stem, start and end offset (code points, half-open) of each.

    A number stands as ``<D>``, a run of capitalised words other than the first as one ``<N>``: which country or city
    is named says nothing about what is done.
    """

    stems: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    text: str = ""


def words_of(sentence: str) -> Words:
    """The tokens of a sentence, stemmed."""
    stems: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in _TOKEN.finditer(sentence):
        word = found[0]
        if word[0].isdigit():
            stems.append("<D>")
        elif stems and len(word) > 1 and word[0].isupper():
            stems.append("<N>")
        else:
            stems.append(stem(word.lower()))
        starts.append(found.start())
        ends.append(found.end())
    return Words(tuple(stems), tuple(starts), tuple(ends), sentence)


def marked(words: Words, source: tuple[int, int] | None, target: tuple[int, int] | None) -> tuple[list[str], int, int]:
    """The stems with the source as ``<S>`` and the target as ``<T>``, and where these stand (-1: nowhere).

    Where the two overlap the later offset, the target, wins.
    """
    out: list[str] = []
    at = {SOURCE: -1, TARGET: -1}
    last = ""
    for text, start, end in zip(words.stems, words.starts, words.ends, strict=True):
        symbol = text
        if target is not None and start < target[1] and end > target[0]:
            symbol = TARGET
        elif source is not None and start < source[1] and end > source[0]:
            symbol = SOURCE
        if symbol == last and symbol in (SOURCE, TARGET, "<N>"):
            continue
        if symbol in at and at[symbol] < 0:
            at[symbol] = len(out)
        out.append(symbol)
        last = symbol
    return out, at[SOURCE], at[TARGET]
