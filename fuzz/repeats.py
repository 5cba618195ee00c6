"""Texts made from a pattern's own parse on which it may be slow: what stands before a repeat, and the repeat run on.

A repeat that may begin at every character of a run, two repeats that share characters, and a repeat of repeats are slow
on such texts and on few others; no list of characters finds them behind their opening words.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

_PARSER: Final[Any] = importlib.import_module("re._parser")
_TRIED: Final = "a A1.,- (\"“'/@:_\n]\t!é—"
"""What stands for a class of characters: the first ones of these that it holds."""
_UNBOUNDED: Final = 40
"""A repeat of at least so many is run on."""
_CATEGORIES: Final = {
    "CATEGORY_DIGIT": r"\d", "CATEGORY_NOT_DIGIT": r"\D", "CATEGORY_SPACE": r"\s", "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w", "CATEGORY_NOT_WORD": r"\W",
}  # fmt: skip


def _holds(items: Iterable[Any], char: str) -> bool:
    negated = found = False
    for operator, operand in items:
        match str(operator):
            case "NEGATE":
                negated = True
            case "LITERAL":
                found |= ord(char) == operand
            case "RANGE":
                found |= operand[0] <= ord(char) <= operand[1]
            case "CATEGORY":
                found |= re.match(_CATEGORIES[str(operand)], char) is not None
    return found is not negated


def _of_class(items: list[Any]) -> list[str]:
    """Characters of a class, one of each kind that it holds; three at most."""
    found = [char for char in _TRIED if _holds(items, char)]
    if not found:
        named = [operand if str(operator) == "LITERAL" else operand[0] for operator, operand in items if operand]
        found = [chr(one) for one in named if isinstance(one, int)]
    return found[:1] + [char for char in found[1:] if not char.isalpha()][:2]


def shortest(tree: Iterable[Any]) -> str:
    """A short text that a parsed pattern matches, as far as classes and lookarounds allow."""
    return "".join(_shortest(operator, operand) for operator, operand in tree)


def _shortest(operator: Any, operand: Any) -> str:
    match str(operator):
        case "LITERAL":
            return chr(operand)
        case "NOT_LITERAL":
            return str(next(char for char in _TRIED if ord(char) != operand))
        case "ANY":
            return "a"
        case "IN":
            return "".join(_of_class(operand)[:1])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return shortest(operand[2]) * int(operand[0])
        case "SUBPATTERN":
            return shortest(operand[3])
        case "ATOMIC_GROUP":
            return shortest(operand)
        case "BRANCH":
            return shortest(operand[1][0])
        case _:
            return ""


def _bodies(tree: list[Any]) -> list[str]:
    """What one turn of a repeat may be."""
    if len(tree) == 1 and str(tree[0][0]) == "IN":
        chars = _of_class(tree[0][1])
        return [*chars, "".join(chars[:2])] if len(chars) > 1 else chars
    if len(tree) == 1 and str(tree[0][0]) == "BRANCH":
        ways = [shortest(way) for way in tree[0][1][1]]
        return [*ways[:2], "".join(ways[:2])]
    return [shortest(tree) or "a"]


def _inside(operator: Any, operand: Any) -> list[Any]:
    match str(operator):
        case "SUBPATTERN":
            return [operand[3]]
        case "ATOMIC_GROUP":
            return [operand]
        case "ASSERT" | "ASSERT_NOT":
            return [operand[1]]
        case "BRANCH":
            return list(operand[1])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return [operand[2]]
        case _:
            return []


def _repeats(tree: Iterable[Any], before: str, after: str) -> Iterator[tuple[str, str, str]]:
    """Each long repeat of a pattern: what stands before it, one turn of it, what is asked for behind it."""
    items = list(tree)
    for number, (operator, operand) in enumerate(items):
        behind = shortest(items[number + 1 :]) + after
        if "REPEAT" in str(operator) and operand[1] >= _UNBOUNDED:
            for body in _bodies(list(operand[2])):
                yield before, body, behind
        for inner in _inside(operator, operand):
            yield from _repeats(inner, before, behind)
        before += _shortest(operator, operand)


def pumped(pattern: re.Pattern[Any], chars: int) -> Iterator[tuple[str, str]]:
    """Texts of about so many characters that run on a pattern's repeats: a name for each, and the text, which ends so
    that the pattern just misses."""
    written = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    parsed = _PARSER.parse(written, pattern.flags)
    seen: set[str] = set()
    for before, body, behind in _repeats(parsed, "", ""):
        missed = behind[:-1]
        for opening, unit in (
            (before, body), ("", before + body), (before, body + missed), ("", before + body + missed),
            (before, body + behind + " "), (before + body, before + behind),
        ):  # fmt: skip
            text = opening + unit * (chars // max(1, len(unit)) if unit else 0) + "\x00!"
            if unit and text not in seen:
                seen.add(text)
                yield f"{opening[-30:]!r} + {unit[:60]!r}…", text
