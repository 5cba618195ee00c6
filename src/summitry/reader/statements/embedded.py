"""Words set apart from the report's own sentences: tweets with their signature, and passages that a colon brings in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from summitry.reader.document import Document
from summitry.reader.statements.attribution import Attribution
from summitry.vocabulary import Span

TWEET: Final = "tweet"
PASSAGE: Final = "passage after a colon"
# "words of the tweet https://... — Name (@handle) May 10, 2018"; bounded, as links of links could be parted in any way:
# links of tweets are of 23 characters, and four pictures with two addresses are six.
_SIGNATURE: Final = re.compile(
    r"(?:(?<!\s)\s++)?+(?:(?:https?://|pic\.twitter\.com/)[^\s—–]{1,300}+\s*+){0,8}+(?:[—–]|--?)\s?"
    r"(?P<name>[A-Z][^()@\n]{1,60}?)\s\(@\w{1,15}\)\s\w{3,9}\.? \d{1,2}, \d{4}"
)
_SHORTEST: Final = 15
"""Code points of a tweet; less is a link's title."""
_PASSAGE: Final = 80
"""Code points of a passage; shorter paragraphs behind a colon are list items and headings."""
_NO_PASSAGE: Final = re.compile(r"[-–—•*\d\"“‘'«]")
_SURE: Final = 0.8
"""Confidence: of 25 signatures and 16 colons in 289 articles on two negotiations four in five were such."""


def find_embedded(document: Document, found: Sequence[Attribution]) -> list[Attribution]:
    """The tweets and passages of an article; ``found`` are the attributions its sentences give."""
    text = document.article.text
    out: list[Attribution] = []
    before: Span | None = None
    for block in document.article.blocks:
        signature = _SIGNATURE.search(text, block.start, block.end)
        if signature is not None and signature.start() - block.start >= _SHORTEST:
            source, content = Span(*signature.span("name")), Span(block.start, signature.start())
            out.append(Attribution(source, None, (content,), "direct", None, "utterance", TWEET, _SURE))
        elif before is not None and block.end - block.start >= _PASSAGE and not _NO_PASSAGE.match(text, block.start):
            introduced = _introduced(text, before, found)
            if introduced is not None:
                content = Span(block.start, block.end)
                out.append(
                    Attribution(
                        introduced.source_span,
                        introduced.cue_span,
                        (content,),
                        "direct",
                        introduced.cue,
                        "utterance",
                        PASSAGE,
                        min(_SURE, introduced.confidence),
                        introduced.head,
                    )
                )
        before = block
    return out


def _introduced(text: str, block: Span, found: Sequence[Attribution]) -> Attribution | None:
    """The last attribution with a source in a paragraph that ends with a colon."""
    if not text[block.start : block.end].rstrip().endswith(":"):
        return None
    sentence = max(text.rfind(". ", block.start, block.end), block.start)
    inside = [
        attribution
        for attribution in found
        if attribution.kind == "utterance"
        and attribution.source_span is not None
        and attribution.cue_span is not None
        and sentence <= attribution.cue_span.start < block.end
    ]
    return max(inside, key=lambda a: a.cue_span.start if a.cue_span else 0) if inside else None
