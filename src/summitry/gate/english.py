"""Whether a page may hold English, by its commonest words in any part of it.

Cleaning decides on the language of a report's own text; a page has more around it, often in the language of the site.
So a page passes when any stretch of it is English, and stretches are judged less strictly than a report is.
"""

from __future__ import annotations

from typing import Final

# The commonest words of English that are no common words of other languages in Latin letters, but for Dutch "of" and
# "is", Danish "for" and German "was", which stay below the share.
_COMMON: Final = tuple(
    f" {word} ".encode() for word in ("the", "and", "of", "to", "that", "with", "said", "was", "for", "is", "has", "by")
)
_STRETCH: Final = 1_024
"""Bytes looked at together, some 170 words: a short report among the menus of a site in another language fills it."""
_LEAST_SHARE: Final = 0.03
"""Least share of these words in a stretch. Cleaning takes texts of a share of .08 of four times as many words for
English; English reports have .2, lists of English headlines .08, other languages at most .02."""
_BYTES_A_WORD: Final = 6
FEWEST_BYTES: Final = 600
"""Texts of fewer than a hundred words (captions, headlines) may have none of these words in any language."""


def best_share(page: bytes) -> float:
    """The share of the commonest English words in the stretch of a spaced page that has most of them; looking stops at
    the first that is English. 1 for pages too short to tell."""
    if len(page) < FEWEST_BYTES:
        return 1.0
    best = 0.0
    last = max(len(page) - _STRETCH, 0)  # the last stretch is a whole one too: a few words alone tell nothing
    for start in (*range(0, last, _STRETCH), last):
        stretch = page[start : start + _STRETCH]
        words = len(stretch) / _BYTES_A_WORD
        found = 0
        for word in _COMMON:
            found += stretch.count(word)
            if found >= _LEAST_SHARE * words:
                return found / words
        best = max(best, found / words)
    return best


def is_english(share: float) -> bool:
    """Whether the best share of a page is that of English."""
    return share >= _LEAST_SHARE
