"""Where the tables and keys of a TOML text stand: ``tomllib`` reads the values, but tells no lines.

A place is the path to a value: ``("issue", 2, "pole", 0, "name")`` is the name of the first pole of the third issue.
Only texts that ``tomllib`` has read are located, so that this need not judge what TOML is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

Place = tuple[str | int, ...]
"""Keys and numbers of tables, from the top of the file down."""

_NAME: Final = r"""[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*'"""
_PATH: Final = rf"(?:{_NAME})(?:\s*\.\s*(?:{_NAME}))*"
_HEADER: Final = re.compile(rf"\s*(\[\[?)\s*({_PATH})\s*\]")
_KEY: Final = re.compile(rf"\s*({_PATH})\s*=")
_PART: Final = re.compile(_NAME)
# What opens, closes or hides brackets: strings (long ones first), comments, brackets.
_MARK: Final = re.compile(r"\"\"\"|'''|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|#[^\n]*|[\[\]{}]")


def lines_of(text: str) -> Mapping[Place, int]:
    """The line (from 1) that each table header and each key of a TOML text stands on."""
    found: dict[Place, int] = {(): 1}
    counts: dict[Place, int] = {}
    table: Place = ()
    depth, quote = 0, ""
    for number, line in enumerate(text.split("\n"), 1):
        if depth == 0 and not quote:
            if header := _HEADER.match(line):
                table = _opened(header, counts)
                found.setdefault(table, number)
                continue
            if key := _KEY.match(line):
                place = (*table, *_parts(key.group(1)))
                found.setdefault(place, number)
                line = line[key.end() :]
        depth, quote = _after(line, depth, quote)
    return found


def line_at(lines: Mapping[Place, int], place: Place) -> int:
    """The line of a place; of the nearest table around it where it has none itself (a key that is missing)."""
    while place not in lines:
        place = place[:-1]
    return lines[place]


def _parts(path: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(path))


def _opened(header: re.Match[str], counts: dict[Place, int]) -> Place:
    """The place of the table a header opens; those within arrays of tables belong to the last one."""
    *outer, last = _parts(header.group(2))
    place: Place = ()
    for part in outer:
        place = (*place, part)
        if place in counts:
            place = (*place, counts[place])
    place = (*place, last)
    if header.group(1) == "[[":
        counts[place] = counts.get(place, -1) + 1
        place = (*place, counts[place])
    return place


def _after(line: str, depth: int, quote: str) -> tuple[int, str]:
    """Depth of brackets and open long string behind a line."""
    at = 0
    while at < len(line):
        if quote:
            end = line.find(quote, at)
            if end < 0:
                return depth, quote
            at, quote = end + 3, ""
            continue
        mark = _MARK.search(line, at)
        if mark is None:
            break
        at = mark.end()
        if mark.group() in ('"""', "'''"):
            quote = mark.group()
        elif mark.group() in "[{":
            depth += 1
        elif mark.group() in "]}":
            depth -= 1
    return depth, quote
