"""When it was said: a time beside the cue, or the dated occasion on which the same speaker spoke."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from summitry.vocabulary import UNKNOWN_DATE, DateInterval, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from summitry.reader.statements.attribution import Attribution
    from summitry.reader.statements.places import Places
    from summitry.vocabulary import TimeExpression

_DATED: Final = frozenset({"DATE", "TIME"})
_VERBAL: Final = frozenset({"VERB", "AUX"})
_MARKS: Final = ('"', "'")
_LONGEST: Final = 31
"""Days; a wider interval ("this year", "in recent months") says when nothing was said."""


def said_of(attribution: Attribution, doc: Doc, places: Places, times: Sequence[TimeExpression]) -> DateInterval:
    """The days a time expression of the cue's own clause gives; unknown when there is none.

    ``times`` are those of the cue's sentence. One inside the content tells what the content is about, so it does not
    count; one that hangs on another verb neither.
    """
    if attribution.head is None:
        return UNKNOWN_DATE
    cue = doc[attribution.head]
    best: tuple[int, DateInterval] | None = None
    for time in times:
        interval = time.interval
        if interval is None or time.type not in _DATED or interval.start is None or interval.end is None:
            continue
        if (interval.end - interval.start).days > _LONGEST:
            continue
        if any(span.start <= time.start < span.end for span in attribution.content_spans):
            continue
        token = places.token_at(time.start)
        if token is None or not _governed(token, cue):
            continue
        if token.i and doc[token.i - 1].text in _MARKS:
            continue  # a title: "This Week"
        distance = abs(token.i - cue.i)
        if best is None or distance < best[0]:
            best = (distance, DateInterval(interval.start, interval.end, interval.precision, f"stated: {time.text}"))
    return best[1] if best is not None else UNKNOWN_DATE


_STAMP: Final = 40  # code points between a tweet's author and its date


def stamped(source: Span, times: Sequence[TimeExpression]) -> DateInterval:
    """The date that stands behind the author of a tweet."""
    for time in times:
        if source.end <= time.start <= source.end + _STAMP and time.interval is not None:
            return replace(time.interval, basis=f"stated: {time.text}")
    return UNKNOWN_DATE


def _governed(token: Token, cue: Token) -> bool:
    """Whether the first verb above a token is the cue, or one that shares the cue's clause."""
    at = token
    while at.head.i != at.i:
        at = at.head
        if at.i == cue.i:
            return True
        if at.pos_ in _VERBAL:
            break
    if cue.pos_ not in _VERBAL:
        # "according to", a noun: the time stands with the verb it belongs to.
        return any(ancestor.i == at.i for ancestor in cue.ancestors) and abs(token.i - cue.i) <= 8
    # "spoke on Monday and said", "meeting on Friday, he said": the verb the cue is joined to, or the cue's participle.
    if cue.dep_ in ("conj", "advcl", "xcomp") and cue.head.i == at.i:
        return True
    return at.head.i == cue.i and at.dep_ in ("advcl", "prep") and at.tag_ == "VBG"


_OCCASION: Final = 2000
"""Code points, some nine sentences, over which a speaker with several dated occasions is still at the same one."""


def inherited(own: DateInterval, earlier: Sequence[tuple[int, DateInterval]], offset: int, name: str) -> DateInterval:
    """The date of a statement without one of its own, from the same speaker's dated statements in the article.

    Taken from the nearest before it; else, when the article dates one occasion only, from that one.
    """
    if own.precision != "unknown" or not earlier:
        return own
    days = {(interval.start, interval.end) for _, interval in earlier}
    before = [(at, interval) for at, interval in earlier if at <= offset]
    chosen = before[-1][1] if before else (earlier[0][1] if len(days) == 1 else None)
    if before and len(days) > 1 and offset - before[-1][0] > _OCCASION:
        chosen = None  # of several occasions, one far back is not this one for sure
    if chosen is None:
        return own
    return DateInterval(
        chosen.start, chosen.end, chosen.precision, f"inherited: {name} dated elsewhere in the report, {chosen.basis}"
    )
