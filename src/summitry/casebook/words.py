"""The words of a case in running text: one way of matching for all that read with them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_GAP: Final = "..."
_FEW: Final = r"(?:\W+\w+){0,4}?\W+"
"""Up to four words between two parts of a phrase: "until ... denucleari" finds "until there is final, verified
denuclearization"."""
_APOSTROPHE: Final = "['\u2019\u2018]"
_HYPHEN: Final = "[-\u2010\u2011\u2012\u2013 ]"
_SHORT: Final = 3
"""Letters of a phrase that stands as a whole word ("xi"): too many others start with them."""


def phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern that finds any of ``phrases``, in any case, at the start of a word; the longest at each place.

    White space matches any white space, a hyphen a space too ("step-by-step"), an apostrophe its curly form;
    " ... " within a phrase stands for up to four words. A phrase of three letters or fewer must be a whole word. No
    phrases match nothing.
    """
    return _compiled(tuple(phrases))


@lru_cache(maxsize=1024)
def _compiled(phrases: tuple[str, ...]) -> re.Pattern[str]:
    parts = [_part(phrase) for phrase in sorted(set(phrases), key=lambda p: (-len(p), p)) if phrase.strip()]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})" if parts else r"(?!)", re.IGNORECASE)


def _part(phrase: str) -> str:
    return _FEW.join(_words(part) for part in phrase.split(_GAP)) + (r"(?!\w)" if len(phrase) <= _SHORT else "")


def _words(part: str) -> str:
    escaped = r"\s+".join(re.escape(word) for word in part.split())
    return escaped.replace("'", _APOSTROPHE).replace(r"\-", _HYPHEN)
