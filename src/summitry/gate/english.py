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
_STRETCH: Final = 2_048
"""Bytes looked at together: half a page of print, some 340 words."""
_LEAST_SHARE: Final = 0.03
"""Least share of these words in a stretch. Cleaning takes texts of a share of .08 of four times as many words for
English; English reports have .2, lists of English headlines .08, other languages at most .02."""
_BYTES_A_WORD: Final = 6
_FEWEST_WORDS: Final = 12
"""Of texts with fewer words cleaning does not judge."""


def best_share(page: bytes) -> float:
    """The share of the commonest English words in the stretch of a spaced page that has most of them; looking stops at
    the first that is English."""
    best = 0.0
    for start in range(0, max(len(page), 1), _STRETCH):
        stretch = page[start : start + _STRETCH]
        words = max(len(stretch) / _BYTES_A_WORD, _FEWEST_WORDS)
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
