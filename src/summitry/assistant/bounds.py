"""How large an answer may be, whatever the record holds: it goes into a conversation, and a record may be a stranger's.

Fields of real records are far below: the longest statement of an official has some thousand characters.
"""

from __future__ import annotations

import json
from typing import Any, Final, cast

MOST_ANSWER: Final = 250_000
"""Characters of an answer as JSON: fifty rows with three passages each have less; a report with its whole text too."""

LIMITS: Final = ((4_000, 500), (1_000, 100), (300, 30), (80, 10), (40, 3))
"""Characters of one text and entries of one list, tried in this order until the answer is small enough."""

DEEPEST: Final = 30
"""Levels of an answer: its rows have eight."""

CUT: Final = (
    "Texts or lists of this answer are cut: they were larger than an answer may be; see their pages at the desk."
)


class Large:
    """Counts what was left out while a value is cut to size."""

    def __init__(self, chars: int, items: int, whole: frozenset[str] = frozenset()) -> None:
        self._chars = chars
        self._items = items
        self._whole = whole
        self.left_out = 0

    def cut(self, value: object, name: str = "", depth: int = 0) -> object:
        """The value with long texts and lists cut. ``name`` is the field's; those in ``whole`` are left as they are."""
        if isinstance(value, str):
            if len(value) <= self._chars or name in self._whole:
                return value
            self.left_out += 1
            return value[: self._chars - 1] + "…"
        if not isinstance(value, dict | list):
            return value
        if depth >= DEEPEST:
            self.left_out += 1
            return None
        self.left_out += max(len(value) - self._items, 0)
        if isinstance(value, list):
            return [self.cut(one, name, depth + 1) for one in value[: self._items]]
        kept = list(value.items())[: self._items]
        return {str(self.cut(str(key))): self.cut(one, str(key), depth + 1) for key, one in kept}


def bounded(answer: dict[str, Any], whole: frozenset[str] = frozenset()) -> dict[str, Any]:
    """An answer of at most :data:`MOST_ANSWER` characters; where something is cut its ``hint`` says so.

    ``whole`` are fields that are bounded already, and stay whole while that is enough.
    """
    for number, (chars, items) in enumerate(LIMITS):
        large = Large(chars, items, whole if number < len(LIMITS) - 1 else frozenset())
        cut = cast("dict[str, Any]", large.cut(answer))
        if large.left_out:
            cut["hint"] = f"{cut['hint']} {CUT}" if cut.get("hint") else CUT
        if len(as_json(cut)) <= MOST_ANSWER:
            return cut
    return {name: one for name, one in cut.items() if not isinstance(one, dict | list)} | {"hint": CUT}


def as_json(value: object) -> str:
    """JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
