"""The date of an act from all that is in view: a known fact, its own dated words, the day it was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from summitry.reader.events.known import own_phrase, own_words, parties_with, pick
from summitry.reader.events.parties import merge_parties, party_code
from summitry.reader.events.roles import Cast
from summitry.reader.events.sight import Sight, cued_at
from summitry.reader.events.when import attached, said, with_basis
from summitry.vocabulary import UNKNOWN_DATE, DateInterval

if TYPE_CHECKING:
    from spacy.tokens import Token

    from summitry.reader.events.draft import Draft
    from summitry.reader.triggers import TriggerMatch
    from summitry.vocabulary import Actor, KnownEvent, Statement, TimeExpression

# Done by saying so: without a date of its own it was done on the day it was said.
SPOKEN: Final = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONCEDE"})


def known_event(
    match: TriggerMatch, actors: Sequence[Actor], time: TimeExpression | None, sight: Sight
) -> KnownEvent | None:
    """The dated fact a trigger names: a noun by its own phrase, a verb or a meeting by its clause."""
    token = match.token
    if match.entry.pos == "N":
        phrase = own_phrase(token)
        found = pick(sight.facts.matching(phrase, sight.until), match.entry.type, actors, time)
        if found is not None or match.entry.type != "CONSULT":
            return found
    return pick(sight.facts.matching(own_words(token), sight.until), match.entry.type, actors, time)


def completed(cast: Cast, known: KnownEvent, sight: Sight) -> Cast:
    """A cast without the known event's place, and with the parties that its words leave unsaid."""
    actors = tuple(a for a in cast.actors if party_code(a) in known.actors)
    recipients = tuple(a for a in cast.recipients if party_code(a) in known.actors)
    if len(merge_parties(actors, recipients)) < min(2, len(known.actors)):
        return Cast(parties_with(known, (*actors, *recipients), sight.names), (), cast.carrier)
    return Cast(actors or recipients, recipients if actors else (), cast.carrier)


def date_of(
    match: TriggerMatch,
    time: TimeExpression | None,
    known: KnownEvent | None,
    said_in: Statement | None,
    sight: Sight,
) -> DateInterval:
    """The date of an act and how it is known."""
    if known is not None:
        one_day = known.start == known.end
        return DateInterval(known.start, known.end, "day" if one_day else "interval", f"known event: {known.name}")
    if time is not None and time.interval is not None:
        return with_basis(time.interval, f"stated: {time.text}")
    if match.entry.type in SPOKEN:
        time = _saying_time(match.token, sight)
        if time is not None and time.interval is not None:
            return with_basis(time.interval, f"said: {time.text}")
        day = said(cued_at(sight.statements, match.token.idx))
        if day is not UNKNOWN_DATE:
            return day
    if said_in is not None and _present(match.token):
        return said(said_in)
    return UNKNOWN_DATE


_LEAD: Final = 1500
"""Code points of an article's head in which the day of its news is told."""
_FRESH: Final = timedelta(days=4)
"""News is told within days of what it is about; a day further back is background."""
_BACKGROUND: Final = frozenset(
    "earlier previously initially repeatedly once long already regularly consistently often later again since "
    "traditionally historically originally".split()
)
_LASTING: Final = frozenset({"over", "since", "throughout"})
_OF_THE_DAY: Final = SPOKEN | {"CONSULT"}


def day_of_news(times: Sequence[TimeExpression], start: int, published: DateInterval) -> TimeExpression | None:
    """The first single day in the head of an article that lies in the days before it came out; ``start`` is where its
    first sentence begins (code points)."""
    if published.end is None:
        return None
    for time in times:
        days = time.interval
        if time.start > start + _LEAD:
            return None
        if days is None or days.start is None or days.start != days.end or time.type in {"DURATION", "SET"}:
            continue
        if published.end - _FRESH <= days.start <= published.end:
            return time
    return None


def on_day_of_news(draft: Draft, news: TimeExpression | None) -> Draft:
    """An undated act in the main line of a report with the day of its news; one told as background as it is."""
    trigger = draft.trigger
    if (
        news is None
        or news.interval is None
        or draft.date.precision != "unknown"
        or draft.modality != "happened"
        or draft.noun
        or draft.type not in _OF_THE_DAY
        or trigger.dep_ in {"relcl", "acl", "amod"}
        or (draft.said_in is not None and draft.type == "CONSULT" and _told_back(trigger))
        or any(c.lower_ in _BACKGROUND or (c.dep_ == "prep" and c.lower_ in _LASTING) for c in trigger.children)
    ):
        return draft
    return replace(draft, date=with_basis(news.interval, f"day of the news: {news.text}"))


def _told_back(token: Token) -> bool:
    """Whether somebody tells of a meeting of others that was: "the two discussed it, she said". One's own ("I met him")
    is mostly the news itself."""
    subjects = [child.lower_ for child in token.children if child.dep_ in {"nsubj", "nsubjpass"}]
    past = token.tag_ in {"VBD", "VBN"} or any(c.tag_ == "VBD" for c in token.children if c.dep_ == "aux")
    when = any(c.dep_ == "advmod" and c.lower_ == "when" for at in (token, token.head) for c in at.children)
    return (past or when) and not {"i", "we"} & set(subjects)


def _saying_time(token: Token, sight: Sight) -> TimeExpression | None:
    """The dated words of the verb of saying whose content an act is: "said on Friday that it rejects"."""
    at = token
    for _ in range(3):
        if at.dep_ == "ccomp":
            return attached(at.head, sight.dated)
        if at.dep_ not in {"conj", "xcomp", "acomp", "advcl"}:
            return None
        at = at.head
    return None


def _present(token: Token) -> bool:
    """Whether a verb tells what goes on while it is said."""
    auxiliaries = [c for c in token.children if c.dep_ in {"aux", "auxpass"}]
    if any(c.tag_ in {"MD", "VBD", "TO"} or c.lower_ in {"has", "have"} for c in auxiliaries):
        return False
    return token.tag_ in {"VBP", "VBZ"} or (token.tag_ == "VBG" and any(c.tag_ in {"VBP", "VBZ"} for c in auxiliaries))
