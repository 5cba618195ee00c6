"""The date of an act from all that is in view: a known fact, its own dated words, the day it was said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from summitry.reader.events.known import own_phrase, own_words, parties_with, pick
from summitry.reader.events.parties import merge_parties, party_code
from summitry.reader.events.roles import Cast
from summitry.reader.events.sight import Sight, cued_at
from summitry.reader.events.when import attached, said, with_basis
from summitry.vocabulary import UNKNOWN_DATE, DateInterval

if TYPE_CHECKING:
    from spacy.tokens import Token

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
