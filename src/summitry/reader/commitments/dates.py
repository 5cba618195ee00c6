"""The day on which one bound oneself: of the instrument, of the words beside the binding word, or of the news.

A wrong day is worse than none: it puts the commitment under another instrument, and the acts before it out of account.
So the day of the news, and one that stands in another clause, count only where the sentence itself tells the binding as
its news.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from summitry.reader.events.sight import cued_at
from summitry.vocabulary import UNKNOWN_DATE, DateInterval

if TYPE_CHECKING:
    from spacy.tokens import Token

    from summitry.reader.commitments.instruments import Named
    from summitry.reader.commitments.obligation import Obligation
    from summitry.reader.commitments.rows import View
    from summitry.vocabulary import Event

_STATED: Final = "stated: "
_OF_THE_NEWS: Final = ("day of the news", "inherited", "said")
"""How the bases of dates begin that no words beside the event tell."""
_NO_NEWS: Final = frozenset(
    "already times twice previously initially originally formerly repeatedly earlier long ever occasions past ago "
    "decade decades history predecessor".split()
)
"""In a sentence: what it tells is no news of the day."""
_YEAR: Final = re.compile(r"(?<![\d,.$])(?:19|20)\d\d(?!\d|,\d)")
_SET: Final = re.compile(r"\b(?:in|by|until|during|before)\s+(?:\w+\s+)?((?:19|20)\d\d)(?!\d|,\d)", re.IGNORECASE)
_OPENING: Final = 40
"""Code points at the head of a sentence in which a year sets the time of what follows."""
_BACK: Final = 2
"""Sentences back in which history is told by its year: "By 2005 there was hope. Talks began. Peru agreed to ..."."""
_PART: Final = frozenset({"conj", "ccomp", "parataxis"})
"""What a clause of news is to the clause it hangs on: coordinated with it, or what somebody says."""


def day_made(view: View, found: Obligation, named: Named | None, making: Event | None, text: str) -> DateInterval:
    """The day the instrument or pledge was made; unknown where no words tell it for certain."""
    if named is not None and named.entry is not None:
        day = named.entry.date
        return DateInterval(day, day, "day", f"instrument: {named.entry.name}")
    start, end = found.cue.idx, found.cue.idx + len(found.cue)
    own = next((e.date for e in view.events if e.trigger.start <= start < e.trigger.end), None)
    own = own or (making.date if making is not None else None)
    if own is not None and own.basis.removeprefix(_STATED) in text:
        own = None  # the day on which it is to be done
    occasion = _occasion(view, found.cue, own)
    if occasion is not None:
        return occasion
    if own is not None and own.precision != "unknown" and _tells(view, found.cue, own.basis):
        return own
    time = _time(view, found)
    if time is not None:
        return time
    statement = cued_at(view.statements, start) if end > start else None
    return statement.said if statement is not None and _is_news(view, found.cue) else UNKNOWN_DATE


def day_told(view: View, found: Obligation, making: Event | None) -> DateInterval:
    """The day that stands with the binding, be it only the day of the news: enough to find an instrument of that day
    with an article on the same matter, too little to date a pledge.
    """
    at = found.cue.idx
    own = next((e.date for e in view.events if e.trigger.start <= at < e.trigger.end), None)
    own = own or (making.date if making is not None else None)
    return own if own is not None and own.precision == "day" else UNKNOWN_DATE


def _tells(view: View, cue: Token, basis: str) -> bool:
    """Whether a date of the event is that of the binding."""
    if basis.startswith(_OF_THE_NEWS):
        return _is_news(view, cue)
    if basis.startswith(_STATED):
        return _in_clause(cue, basis.removeprefix(_STATED))
    return True


def _in_clause(cue: Token, words: str) -> bool:
    """Whether the words of a date stand in the clause of the binding word, or this clause tells what was then."""
    if cue.dep_ == "ROOT" or any(c.lower_ == "when" and c.i < cue.i for c in cue.children):
        return True
    text = cue.doc.text[cue.left_edge.idx : cue.right_edge.idx + len(cue.right_edge)]
    if words in text:
        return True
    # What stands before "said that they agreed" tells of both.
    return cue.pos_ in {"VERB", "AUX"} and cue.dep_ in _PART and cue.head.pos_ == "VERB" and _in_clause(cue.head, words)


def _is_news(view: View, cue: Token) -> bool:
    """Whether a binding is what its sentence tells as news: in a main clause, or in what is said there; not as what was
    long ago, or under the terms of what stands.
    """
    if cue.pos_ not in {"VERB", "AUX"} or any(t.lower_ in _NO_NEWS for t in cue.sent):
        return False
    if any(c.dep_ == "prep" and c.lower_ == "under" and c.i < cue.i for c in cue.children):
        return False
    past = any(c.dep_ == "aux" and c.lower_ == "had" for c in cue.children)
    at = cue
    while at.dep_ != "ROOT":
        if at.dep_ not in _PART or at.head.pos_ not in {"VERB", "AUX"}:
            return False
        past = past and at.dep_ != "ccomp"  # "said that they had agreed" is no earlier past
        at = at.head
    return not past and not _of_an_earlier_year(view, cue)


def _of_an_earlier_year(view: View, cue: Token) -> bool:
    """Whether the sentence, or one of those before, speaks of a year before that of the report."""
    first = view.document.article.published.start
    if first is None:
        return False
    sentence, plain = cue.sent, view.document.plain
    years = _YEAR.findall(plain, sentence.start_char, sentence.end_char)
    for _ in range(_BACK):
        if sentence.start:
            sentence = cue.doc[sentence.start - 1].sent
            years += _SET.findall(plain, sentence.start_char, min(sentence.end_char, sentence.start_char + _OPENING))
    return any(int(year) < first.year for year in years)


def _occasion(view: View, cue: Token, own: DateInterval | None) -> DateInterval | None:
    """The day of the meeting at which it was agreed, where that is known to the day and contradicts no other date."""
    places = {t.idx for c in cue.children if c.dep_ == "prep" for t in c.subtree}
    for event in view.events:
        day = event.date
        if event.trigger.start not in places or event.type != "CONSULT" or day.precision not in {"day", "interval"}:
            continue
        if event.modality != "happened" or day.start is None or day.end is None:
            continue
        if own is None or own.start is None or own.end is None or (own.start <= day.end and day.start <= own.end):
            return day
    return None


def _time(view: View, found: Obligation) -> DateInterval | None:
    """The day that words beside the binding word tell; those of the deed tell when it is to be done."""
    doc = view.document.doc
    low, high = doc[found.words[0]].idx, doc[found.words[1] - 1].idx
    beside = {t.idx for c in found.cue.children if c.dep_ in {"prep", "npadvmod", "advmod"} for t in c.subtree}
    for time in view.times:
        named = time.start in beside and not low <= time.start <= high
        if named and time.type in {"DATE", "TIME"} and time.interval is not None:
            return time.interval
    return None
