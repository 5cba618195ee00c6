"""Ranges and lists: two expressions that bound one stretch of days.

TIMEX3 marks "Feb. 27" and "28" apart in "Feb. 27-28"; whoever dates an event wants the stretch from one to the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Final, Literal, Protocol

from summitry.vocabulary import DateInterval, TimeExpression

_DASH: Final = re.compile(r"\s?[-–—]\s?(?:the )?")
_TO: Final = re.compile(r"\s(?:to|through|until|till)\s(?:the |on |in )?", re.IGNORECASE)
_AND: Final = re.compile(r",?\s(?:and|or)\s(?:the |on |in )?|,\s", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\bbetween\s(?:the )?\Z", re.IGNORECASE)
_LONGEST_LINK: Final = 16
"""Code points: the longest text that links two expressions."""


class Stretch(Protocol):
    """What stands in a text from ``start`` to ``end``."""

    @property
    def start(self) -> int:
        """The first code point."""
        ...

    @property
    def end(self) -> int:
        """One past the last code point."""
        ...


def links(text: str, first: Stretch, second: Stretch) -> Literal["range", "list"] | None:
    """How the words between two expressions link them: as a range, as a list, or (None) not at all."""
    if not 0 < second.start - first.end <= _LONGEST_LINK:
        return None
    between = text[first.end : second.start]
    if _DASH.fullmatch(between) or _TO.fullmatch(between):
        return "range"
    if _AND.fullmatch(between):
        return "range" if _BETWEEN.search(text[max(0, first.start - 12) : first.start]) else "list"
    return None


def ranges_of(text: str, times: Sequence[TimeExpression]) -> tuple[TimeExpression, ...]:
    """The stretches that neighbouring dates of ``times`` bound, as one expression each.

    "from Monday to Wednesday", "Feb. 27-28", "between March and May" give a stretch; "Feb. 27 and 28" only because the
    days follow one another. ``value`` is the ISO 8601 interval ``start/end``. The parts stay in ``times``; these come
    besides.
    """
    made: list[TimeExpression] = []
    for first, second in pairwise(times):
        link = links(text, first, second)
        start, end = first.interval, second.interval
        if link is None or start is None or end is None or first.type == "SET" or second.type == "SET":
            continue
        if None in (start.start, start.end, end.start, end.end) or "DURATION" in (first.type, second.type):
            continue
        stretch = _stretch(start, end, link)
        if stretch is not None:
            words = text[first.start : second.end]
            value = f"{first.value.split('T')[0]}/{second.value.split('T')[0]}"
            made.append(
                TimeExpression(first.start, second.end, words, "DATE", value, stretch, f"range of {first.rule}")
            )
    return tuple(made)


def _stretch(first: DateInterval, second: DateInterval, link: str) -> DateInterval | None:
    """From the first day of one to the last day of the other; None where they do not follow one another."""
    if first.start is None or first.end is None or second.start is None or second.end is None:
        return None
    if second.start < first.start or second.end < first.end:
        return None
    if link == "list" and second.start - first.end != timedelta(days=1):
        return None
    return DateInterval(first.start, second.end, "interval", f"range: {first.basis}")
