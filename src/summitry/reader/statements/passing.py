"""Media that only pass words on: '"...", NAME said, according to the agency' is NAME's statement and no second one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from summitry.reader.statements.attribution import Attribution
from summitry.reader.statements.places import root_of
from summitry.vocabulary import Span

if TYPE_CHECKING:
    from summitry.reader.document import Document
    from summitry.reader.statements.places import Places
    from summitry.reader.statements.speaker import Mentions

_HELD: Final = 0.9
"""Share of a quotation that lies in what the medium is said to report, for the two to be one."""
_MARKS: Final = '"“”«»„'


def without_passers(
    attributions: Sequence[Attribution], document: Document, mentions: Mentions, places: Places
) -> tuple[list[Attribution], dict[Span | None, str]]:
    """The attributions without those to a medium whose content is somebody else's direct quotation, and the medium by
    the cue of that quotation. Where it goes on behind the sentence, it goes on as its speaker's.

    Reported without quotation marks, what the medium tells is a statement of its own: it may have put it so.
    """
    out = list(attributions)
    media: dict[Span | None, str] = {}
    for outer in attributions:
        medium = _medium(outer.source_span, mentions, places) if outer.source_span is not None else None
        if medium is None:
            continue
        inner = next((a for a in out if a is not outer and _is_quoted(a, outer)), None)
        if inner is None:
            continue
        out.remove(outer)
        media[inner.cue_span] = medium
        own = max(span.end for span in inner.content_spans)
        further = tuple(s for s in outer.content_spans if s.start >= own and document.article.text[s.start] in _MARKS)
        if further:
            out[out.index(inner)] = replace(inner, content_spans=(*inner.content_spans, *further))
    return out, media


def _medium(source: Span, mentions: Mentions, places: Places) -> str | None:
    """The name of the medium that a source is; None for anybody else."""
    tokens = places.tokens(source)
    mention = mentions.of_head(root_of(tokens)) if len(tokens) else None
    named = mention is not None and mention.actor is not None and mention.actor.kind == "media"
    return mention.actor.name if named and mention is not None and mention.actor is not None else None


def _is_quoted(inner: Attribution, outer: Attribution) -> bool:
    """Whether an attribution is a direct quotation of somebody, most of it within the outer content."""
    if inner.quote_type != "direct" or inner.source_span is None or inner.cue_span is None:
        return False
    size = sum(span.end - span.start for span in inner.content_spans)
    both = sum(
        max(0, min(a.end, b.end) - max(a.start, b.start)) for a in inner.content_spans for b in outer.content_spans
    )
    return both >= _HELD * size
