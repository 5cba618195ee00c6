"""The words by which a forecast can or cannot be decided, and by which it is told how a meeting went."""

from __future__ import annotations

import re
from typing import Final

TERMS: Final = re.compile(
    r"\b(?:an?|any|no) (?:[\w'’\"“”-]+ ){0,3}?(?:deal|agreement|accord|pact|treaty|mechanism|solution|"
    r"concession|summit|meeting)\W+(?:that|which|who|where|he|she|it|they|we|I|without|unless)\b",
    re.IGNORECASE,
)
"""A deal of a certain kind ("no deal that ...", "a deal without ..."): which kind came, no event shows."""
POSSIBLE: Final = re.compile(r"\b(?:could|may|might|possib\w+|perhaps|maybe)\b", re.IGNORECASE)
"""Of a hedge that calls a thing no more than possible."""
GOOD: Final = frozenset(
    "well smoothly successfully successful success productive fruitful constructive great good fine positive "
    "positively terrific fantastic tremendous excellent".split()
)
"""Words of what goes well."""
_FAILED: Final = re.compile(
    r"\b(?:failed to (?:reach|make|produce|narrow|agree|yield|achieve|bridge)|"
    r"(?:with|made|making|yielded|produced|little or) (?:no|little) (?:\w+ )?(?:agreement|deal|result|progress)|"
    r"without (?:an? |any |making )?(?:\w+ )?(?:agreement|deal|results?|progress)|"
    r"br(?:oke|oken|eak|eakdown) ?(?:down|off|up|of)|collapsed?|fell apart|walked (?:out|away)|"
    r"ended in (?:failure|discord)|"
    r"empty-handed|fruitless|inconclusive|acrimon\w+|no (?:agreement|deal|breakthrough|progress))\b",
    re.IGNORECASE,
)
_SUCCEEDED: Final = re.compile(
    r"\b(?:reached (?:an?|the) (?:[\w-]+ ){0,2}(?:agreement|deal|accord)|"
    r"signed (?:an?|the)|made (?:[\w-]+ ){0,2}progress|breakthrough|constructive|productive|successful)\b",
    re.IGNORECASE,
)
"""Words of what came of a meeting; a failure is looked for first."""


def tells(words: str) -> bool | None:
    """Whether words about a meeting tell of its success or its failure; None where they tell of neither."""
    if _FAILED.search(words):
        return False
    return True if _SUCCEEDED.search(words) else None
