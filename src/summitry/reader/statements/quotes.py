"""Quotations: where the quoted stretches of an article stand, whatever marks the outlet uses.

Curly and angle marks say themselves whether they open or close; straight ones say it by what stands beside them.
Nothing is trusted: a mark that never closes ends with its paragraph, and a paragraph that opens with a mark again
goes on with the quotation before it, as newspapers print it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from summitry.vocabulary import Article, Span

_OPEN_ONLY = frozenset("“„‟«「『〝")
_CLOSE_ONLY = frozenset("”»」』〞〟")
_DOUBLE = re.compile(r"[“”„‟«»＂〝〞″「」『』\"]|''|``|‘‘|’’")
_SINGLE = re.compile(r"(?<!\w)['‘‚‹](?=\w|\$|…|\.\.)")
# A single mark closes a quotation only behind a letter, a digit or a stop and before no letter: "don't" stays whole.
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…)%-])['’›](?!\w)")
_LONGEST_SINGLE = 600  # code points; a single-marked stretch longer than this is two apostrophes, not a quotation


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch ``[start, end)`` with its marks, in ``Article.text``.

    ``closed`` is False where the closing mark is missing; ``resumes`` is True where the quotation of the paragraph
    before goes on.
    """

    start: int
    end: int
    closed: bool
    resumes: bool


def _opens(text: str, at: int, end: int, block: Span) -> bool | None:
    """Whether the double mark ``text[at:end]`` opens (True), closes (False) or may do either (None)."""
    mark = text[at]
    if mark in _OPEN_ONLY:
        return True
    if mark in _CLOSE_ONLY:
        # German quotation marks close with the mark that opens in English; here the English use is assumed.
        return False
    before = text[at - 1] if at > block.start else " "
    after = text[end] if end < block.end else " "
    left = before.isspace() or before in "([{—–-/"
    right = after.isspace() or after in ".,;:!?)]}—–-/"
    if left and not right:
        return True
    if right and not left:
        return False
    return None


def _double(text: str, block: Span, resumes: bool) -> list[Quotation]:
    """Quotations of one paragraph by double marks."""
    found: list[Quotation] = []
    opened: int | None = None
    first = True
    for match in _DOUBLE.finditer(text, block.start, block.end):
        at, end = match.span()
        direction = _opens(text, at, end, block)
        if opened is None:
            if direction is False and found:
                # A second closing mark: the nested quotation had been taken for the whole.
                last = found[-1]
                if last.closed and not text[last.end : at].strip(" .,!?"):
                    found[-1] = Quotation(last.start, end, True, last.resumes)
                continue
            if direction is False:
                # Only a closing mark: the quotation began in the paragraph before, or its opening mark is lost.
                if resumes and first:
                    found.append(Quotation(block.start, end, True, True))
                first = False
                continue
            opened = at
        elif direction is True and text[at] not in _OPEN_ONLY and at > opened + 1:
            # A straight mark that opens while one is open: the first was never closed.
            opened = opened if text[opened] in _OPEN_ONLY else at
        elif direction is not True:
            found.append(Quotation(opened, end, True, resumes and opened <= block.start + 1))
            opened = None
        first = False
    if opened is not None:
        found.append(Quotation(opened, block.end, False, resumes and opened <= block.start + 1))
    return found


def _single(text: str, block: Span, taken: list[Quotation]) -> list[Quotation]:
    """Quotations of one paragraph by single marks, outside those by double marks."""
    found: list[Quotation] = []
    starts = [quote.start for quote in taken]  # none overlaps another
    at = block.start
    while (match := _SINGLE.search(text, at, block.end)) is not None:
        start = match.start()
        at = match.end()
        after = bisect_right(starts, start)
        if after and start < taken[after - 1].end:
            at = taken[after - 1].end
            continue
        close = None
        # A stretch in double marks is not cut into.
        limit = min([block.end, start + _LONGEST_SINGLE, *starts[after : after + 1]])
        for candidate in _SINGLE_CLOSE.finditer(text, at, limit):
            behind = text[candidate.start() - 1]
            if behind in ".,!?…":
                close = candidate
                break
            if behind != "s" or text[start] == "‘" or close is None:
                close = candidate
                if behind != "s":
                    break
        if close is not None:
            found.append(Quotation(start, close.end(), True, False))
            at = close.end()
    return found


def find_quotations(article: Article) -> tuple[Quotation, ...]:
    """The outermost quotations of the article's body, in text order, none overlapping another.

    Linear in the length of the text.
    """
    text = article.text
    found: list[Quotation] = []
    running = False
    for block in article.blocks:
        quotes = _double(text, block, running)
        quotes += _single(text, block, quotes)
        quotes.sort(key=lambda quote: quote.start)
        running = bool(quotes) and not quotes[-1].closed
        found.extend(quotes)
    return tuple(found)
