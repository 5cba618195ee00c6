"""Text to units: the lines of a report, hard-wrapped lines joined to paragraphs, with the looks that labelling uses.

Offsets are code points of the text, half-open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

# Everything that ends a line, besides \n: old Mac line ends, form feeds, Unicode line and paragraph separators.
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"(?:[•‣⁃▪●○◦⦁·*➤►»>–-]|\d{1,2}[.)]|#{1,6})\s+")
_CLOSERS = "\"'”’»)]}›」』*_"
# The widest line that anybody wraps by hand or by mailer; longer lines are paragraphs of their own.
_WIDEST_WRAP = 100
_NARROWEST_WRAP = 40  # narrower columns cannot be told from lists
_LEAST_PAIRS = 3  # fewer neighbours than this show no habit


@dataclass(frozen=True, slots=True)
class Unit:
    """A line, or the lines of one hard-wrapped paragraph. ``text`` has line breaks as blanks: offsets stay true.

    ``bullet`` is true where it begins with a list mark; ``gap`` where an empty line stands before it.
    """

    start: int
    end: int
    text: str
    bullet: bool = False
    gap: bool = True

    @property
    def words(self) -> int:
        """How many words stand in it, split at white space."""
        return len(self.text.split())

    @property
    def closed(self) -> bool:
        """Whether it ends as a sentence does: a full stop, question or exclamation mark, behind it at most quotes."""
        return is_closed(self.text)


def is_closed(text: str) -> bool:
    """Whether ``text`` ends as a sentence does."""
    return text.rstrip().rstrip(_CLOSERS).rstrip().endswith((".", "!", "?", "…", "。"))


def units(text: str) -> list[Unit]:
    """The non-empty lines of ``text`` in order, hard-wrapped ones joined."""
    lines: list[Unit] = []
    before = 0
    for match in _LINE.finditer(text):
        stripped = match.group().strip()
        if not stripped:
            continue
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        gap = not lines or text.count("\n", before, start) > 1
        lines.append(Unit(start, start + len(stripped), stripped, _BULLET.match(stripped) is not None, gap))
        before = start + len(stripped)
    width = _wrap_width(lines)
    return lines if width is None else _joined(text, lines, width)


def _runs_on(above: Unit, below: Unit, width: int) -> bool:
    """Whether the first word of the line below would not have fitted on the line above."""
    first = below.text.split(None, 1)[0]
    return len(above.text) <= _WIDEST_WRAP and len(above.text) + 1 + len(first) > width


def _wrap_width(lines: list[Unit]) -> int | None:
    """The column at which the text was wrapped, or None if it was not."""
    pairs = [(above, below) for above, below in pairwise(lines) if not below.gap and not below.bullet]
    lengths = sorted(len(line.text) for line in lines)
    if len(pairs) < _LEAST_PAIRS or lengths[int(0.9 * (len(lengths) - 1))] > _WIDEST_WRAP:
        return None
    width = lengths[int(0.9 * (len(lengths) - 1))]
    if width < _NARROWEST_WRAP:
        return None
    # Wrapped text breaks its lines anywhere: most lines do not end where a sentence ends, and are nearly full.
    full = sum(_runs_on(above, below, width - 8) for above, below in pairs)
    cut = sum(not above.closed for above, _ in pairs)
    return width if full >= 0.5 * len(pairs) and cut >= 0.5 * len(pairs) else None


def _joined(text: str, lines: list[Unit], width: int) -> list[Unit]:
    """Lines joined to paragraphs; a nearly full line goes on, a short one or an empty line ends the paragraph."""
    out: list[list[Unit]] = []
    for line in lines:
        above = out[-1][-1] if out else None
        goes_on = (
            above is not None
            and not line.gap
            and not line.bullet
            and (
                _runs_on(above, line, width - 8)
                or (line.text[0].islower() and not above.closed and len(above.text) > 0.6 * width)
            )
        )
        if goes_on:
            out[-1].append(line)
        else:
            out.append([line])
    joined: list[Unit] = []
    for group in out:
        start, end = group[0].start, group[-1].end
        joined.append(Unit(start, end, re.sub(r"\s", " ", text[start:end]), group[0].bullet, group[0].gap))
    return joined
