"""How well the lines of web pages are told into body and furniture: counts of characters, and figures from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summitry.vocabulary import Span


@dataclass(frozen=True, slots=True)
class LineCounts:
    """Characters (white space left out) by what they are and what they were taken for; add them up over pages."""

    body_kept: int = 0
    body_lost: int = 0
    furniture_kept: int = 0
    furniture_left_out: int = 0

    def __add__(self, other: LineCounts) -> LineCounts:
        return LineCounts(
            self.body_kept + other.body_kept,
            self.body_lost + other.body_lost,
            self.furniture_kept + other.furniture_kept,
            self.furniture_left_out + other.furniture_left_out,
        )

    @property
    def body_f1(self) -> float | None:
        """F1 of body characters, 0-100; None where there is no body and none was found."""
        return _f1(self.body_kept, self.furniture_kept, self.body_lost)

    @property
    def furniture_f1(self) -> float | None:
        """F1 of furniture characters, 0-100; None where there is no furniture and none was found."""
        return _f1(self.furniture_left_out, self.body_lost, self.furniture_kept)

    @property
    def lost(self) -> float | None:
        """Share of the body's characters that was lost, 0-100; None without a body."""
        body = self.body_kept + self.body_lost
        return 100 * self.body_lost / body if body else None


def count(text: str, gold: Iterable[Span], found: Sequence[Span]) -> LineCounts:
    """Compare the body spans of one page with the expected ones, character by character.

    Args:
        text: the page as text; offsets of both lists are its code points.
        gold: the spans that are body.
        found: the spans taken for body.
    """
    marks = [bytearray(len(text)), bytearray(len(text))]
    for mark, spans in zip(marks, (gold, found), strict=True):
        for span in spans:
            mark[span.start : span.end] = b"\1" * (min(span.end, len(text)) - span.start)
    cells = [0, 0, 0, 0]
    for char, is_body, taken in zip(text, *marks, strict=True):
        if not char.isspace():
            cells[2 * is_body + taken] += 1
    return LineCounts(cells[3], cells[2], cells[1], cells[0])


def _f1(right: int, wrong: int, missed: int) -> float | None:
    total = 2 * right + wrong + missed
    return 200 * right / total if total else None
