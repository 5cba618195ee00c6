"""A text cut into segments at every boundary of the passages marked in it, which overlap and nest.

The segments joined are the text, code point for code point; each knows the rows whose passages it is part of, so that
a page can mark it without ever nesting one passage in another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from summitry.vocabulary import LabelledSpan

# Left alone: tab and line feed; the soft hyphen, of which pages are full; joiners (U+200C, U+200D) but between Latin
# letters; variation selectors of emoji. What turns the direction of the text around it, has no width, controls and
# halves of surrogate pairs (which no page can hold) would not be seen, or would make the reader see another text than
# the one that was read.
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff\ud800-\udfff]|(?<=[A-Za-z])[\u200c\u200d](?=[A-Za-z])"
)
_BREAKS: Final = "\r\x0b\x0c\x85\u2028\u2029"
_PICTURES: Final = 0x2400
"""Where the pictures of the 32 first control characters begin (Unicode block Control Pictures)."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A passage of a row: code points ``[start, end)``, the row's id and its kind."""

    start: int
    end: int
    row: str
    kind: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text without a boundary in it.

    ``rows`` are the ids of the rows whose passages it is part of, ``kinds`` theirs, each once; ``label`` names
    furniture or metadata. ``begins`` are rows whose first passage begins here, ``ends`` those whose last one ends here.
    """

    start: int
    end: int
    text: str
    rows: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    label: str | None = None
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The text with everything in it to be seen, see :func:`visible`."""
        return visible(self.text)


def visible(text: str) -> str:
    """The text with controls, turners of direction and half characters as signs that show: as many code points."""
    return _HIDDEN.sub(_seen, text)


def _seen(match: re.Match[str]) -> str:
    sign = match[0]
    if sign == "\r" and match.string[match.end() : match.end() + 1] == "\n":
        return " "
    if sign in _BREAKS:
        return "\n"
    if sign < " ":
        return chr(_PICTURES + ord(sign))
    return "\u2421" if sign == "\x7f" else "\ufffd"


def cut(text: str, marks: Iterable[Mark], labels: Sequence[LabelledSpan] = ()) -> tuple[Segment, ...]:
    """The segments of a text. Marks that reach out of it are cut off at its ends; empty ones are left out."""
    marks = sorted({kept for one in marks if (kept := _inside(one, len(text)))})
    opened: dict[int, list[Mark]] = defaultdict(list)
    closed: dict[int, list[Mark]] = defaultdict(list)
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for mark in marks:
        opened[mark.start].append(mark)
        closed[mark.end].append(mark)
        first[mark.row] = min(first.get(mark.row, mark.start), mark.start)
        last[mark.row] = max(last.get(mark.row, mark.end), mark.end)
    begun, ended = _turned(first), _turned(last)
    named = sorted(labels, key=lambda one: (one.start, one.end))
    bounds = {0, len(text), *opened, *closed}
    bounds |= {at for one in named for at in (one.start, one.end) if 0 < at < len(text)}
    found: list[Segment] = []
    live: dict[Mark, None] = {}
    label = 0
    for start, end in pairwise(sorted(bounds)):
        for mark in closed.get(start, ()):
            live.pop(mark, None)
        live |= dict.fromkeys(opened.get(start, ()))
        while label < len(named) and named[label].end <= start:
            label += 1
        inside = label < len(named) and named[label].start <= start
        found.append(
            Segment(
                start,
                end,
                text[start:end],
                tuple(dict.fromkeys(mark.row for mark in live)) if live else (),
                tuple(dict.fromkeys(mark.kind for mark in live)) if live else (),
                named[label].label if inside else None,
                tuple(begun.get(start, ())),
                tuple(ended.get(end, ())),
            )
        )
    return tuple(found)


def _inside(mark: Mark, length: int) -> Mark | None:
    start, end = max(mark.start, 0), min(mark.end, length)
    return Mark(start, end, mark.row, mark.kind) if start < end else None


def _turned(places: dict[str, int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row, place in places.items():
        found[place].append(row)
    return found
