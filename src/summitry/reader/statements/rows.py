"""One attribution, one statement or several: quoted sentences that narration parts are statements of their own."""

from __future__ import annotations

from summitry.reader.document import Document
from summitry.reader.statements.attribution import Attribution
from summitry.vocabulary import Span

_STOPS = ".!?…"
_MARKS = "\"'“”‘’«»"
_RELATIVES = ("that", "which", "who", "whom")  # "firms that it accused of ...": no words of anybody
_LONGEST_HEARER = 60  # code points of "a joint news conference in the capital that"
_BLANK = " \n\t\r\u00a0"


def rows_of(document: Document, attribution: Attribution) -> list[tuple[Span, ...]]:
    """The content spans, grouped: a quotation that its cue splits inside one sentence is one statement; a quoted
    sentence behind the sentence with the cue is another; quoted sentences with nothing between them are one."""
    text = document.article.text
    rows: list[list[Span]] = []
    for span in sorted(attribution.content_spans):
        trimmed = _trim(text, span)
        if trimmed is None or text[trimmed.start : trimmed.end].lower() in _RELATIVES:
            continue
        if rows and not _parted(text, rows[-1][-1].end, trimmed.start):
            rows[-1].append(trimmed)
        else:
            rows.append([trimmed])
    return [tuple(row) for row in rows]


def without_that(text: str, span: Span) -> Span:
    """The span without a leading "that", which joins the words to the cue and is none of them."""
    if text[span.start : span.start + 5].lower() == "that " and span.end - span.start > 5:
        return Span(span.start + 5, span.end)
    return span


def without_ends(
    document: Document, contents: tuple[Span, ...], source: Span | None, head: int | None
) -> tuple[Span, ...]:
    """The content without the source at its end ("..., NAME was quoted as saying") and without whom it was told to at
    its start ("told a news conference that ...")."""
    text = document.article.text
    if source is not None:
        # A piece that is no more than the source is none of the words.
        contents = tuple(c for c in contents if not source.start <= c.start < c.end <= source.end) or contents
    last = contents[-1]
    if source is not None and last.start < source.start and source.end >= last.end > source.start:
        end = len(text[: source.start].rstrip(_BLANK + ","))
        if end > last.start:
            contents = (*contents[:-1], Span(last.start, end))
    first = contents[0]
    if head is None or text[first.start] in _MARKS:
        return contents
    hearer = text.find(" that ", first.start, min(first.end, first.start + _LONGEST_HEARER))
    if hearer >= 0:
        tokens = document.doc.char_span(first.start, hearer + 5, alignment_mode="expand")
        mark = tokens[-1] if tokens is not None else None
        if mark is not None and mark.dep_ == "mark" and mark.head.dep_ == "ccomp" and mark.head.head.i == head:
            contents = (Span(hearer + 6, first.end), *contents[1:])
    return contents


def _parted(text: str, end: int, start: int) -> bool:
    """Whether narration with the end of a sentence in it stands between two stretches of content."""
    between = text[end:start].strip(_BLANK + _MARKS)
    if not between:
        return False
    quoted = text[end - 1] in _MARKS and text[start] in _MARKS
    return between[-1] in _STOPS and (not quoted or bool(between.strip(_STOPS + ",;:-–—")))


def _trim(text: str, span: Span) -> Span | None:
    """The span without white space and leading stops."""
    start, end = span.start, span.end
    while start < end and text[start] in _BLANK + ",;:":
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return Span(start, end) if start < end else None
