"""Lines that sum a report up, between headline and text: "Observers say talks may fail", with no stop."""

from __future__ import annotations

from typing import Final

from summitry.reader.statements.attribution import Attribution

_LONGEST: Final = 110
"""Code points; a longer line without a stop is a paragraph that was cut off."""
_ALL: Final = 0.8
"""Share of the line; in text broken into lines a clause seldom fills one."""
_STOPS: Final = ".!?:;,…\"”'’)]-–—"


def in_heading(text: str, attribution: Attribution) -> bool:
    """Whether an attribution is all of a short line that ends without a stop and is followed by a line that begins one
    of its own. What such a line tells, the sentences below tell with their speaker."""
    spans = [*attribution.content_spans, *filter(None, (attribution.source_span, attribution.cue_span))]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[low:high].strip() if high >= 0 else ""
    if end - start < _ALL * len(line):
        return False
    below = text[high:].lstrip()[:1] if high >= 0 else ""
    return 0 < len(line) <= _LONGEST and "\n" not in line and line[-1] not in _STOPS and not below.islower()
