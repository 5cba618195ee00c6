"""The type of one attribution: who is said to have said what, as spans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from summitry.vocabulary import QuoteType, Span

AttributionKind = Literal["utterance", "attitude"]
"""Said or written; or thought, wanted, planned, shown."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Content, the cue that attributes it, and the words for its source.

    Spans count code points of ``Article.text``. ``content_spans`` are in text order and hold their quotation marks.
    ``cue`` is the cue's lemma, or ":" for a bare colon, None for a quotation nobody introduces. ``head`` is the index
    in the parse of the token the cue hangs on, None without a cue. ``source_span`` is None where the text names no
    source ("it is expected"). ``route`` names what found it; ``confidence`` is that route's estimate, 0-1.
    """

    source_span: Span | None
    cue_span: Span | None
    content_spans: tuple[Span, ...]
    quote_type: QuoteType
    cue: str | None
    kind: AttributionKind
    route: str
    confidence: float
    head: int | None = None
