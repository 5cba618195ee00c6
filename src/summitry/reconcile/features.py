"""What comparing two events needs: an article's event as a :class:`Member` with its signature."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from summitry.reconcile.signatures import WIDE_DAYS, Signature
from summitry.vocabulary import UNKNOWN_DATE, Actor, DateInterval, Event, KnownEvent

FAMILIES: Final[Mapping[str, str]] = {
    # Types that coders mix up are one family, so that blocking keeps them together (near pairs of the coding rules).
    "CONSULT": "talk", "AGREE": "talk", "REJECT": "refuse", "SANCTION": "refuse",
    "CONCEDE": "yield", "RETREAT": "yield", "AID": "yield",
    "COOPERATE": "arms", "MOBILIZE": "arms",
}  # fmt: skip

UNDIRECTED: Final = frozenset({"talk", "arms"})
"""Families whose sides are one set: who met whom says nothing. In the others actor and recipient do not exchange."""

VERBAL: Final = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "PROTEST"})
"""Types of which one party does several in a day: what was demanded or blamed tells them apart, so words count."""

BACKGROUND_YEARS: Final = 2
"""An undated event is taken to be of the year of its report or so many before: older ones are named with a year."""

SENTENCE: Final = 60
"""Letters from which equal words are taken for the same sentence of one story and not for a phrase that recurs."""

# A hyphen joins words and parts them: bounded, so that a row of them is not parted in every way.
_ORDINAL: Final = re.compile(
    r"\b(first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th)(?:[\s-]++[\w’'.][\w’'.-]{0,30}){0,3}?[\s-]++"
    r"(summit|meeting|round|nuclear test|test)\b(?!\s++(?:since|in\s++(?:\w++\s++)?(?:day|week|month|year|decade)))",
    re.IGNORECASE,
)
_ORDINALS: Final[Mapping[str, int]] = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5,
}  # fmt: skip
_COUNTED: Final = frozenset({"summit", "meeting", "round", "test"})
_DESCRIBED: Final = re.compile(r"\b(?:capital|border|city|venue|hotel|country|region)\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_STOP: Final = frozenset(
    "about after again against also although amid among because been before being between both could does during "
    "each ever from further have having here however into itself just last later less made make many more most "
    "much must next only onto other over said same says should since some such than that their them then there "
    "these they this those though told toward towards under until upon very were what when where whether which "
    "while will with within without would year years week weeks month months today monday tuesday wednesday "
    "thursday friday saturday sunday statement president minister official officials leader spokesman spokeswoman "
    "spokesperson foreign secretary government ministry according".split()
)


@dataclass(frozen=True, slots=True)
class Member:
    """One event as one report tells it.

    ``published`` is that report's date, ``known`` the public fact it matches.
    """

    event: Event
    source: str
    published: DateInterval
    signature: Signature
    known: KnownEvent | None = None

    @property
    def id(self) -> str:
        """The id of the report's own event."""
        return self.event.id


@dataclass(frozen=True, slots=True)
class Facts:
    """What comparing may know beforehand: dated public facts, and the country of a place name in lower case."""

    events: Sequence[KnownEvent] = ()
    countries: Mapping[str, str] = field(default_factory=dict)


def party_code(actor: Actor) -> str:
    """The state an actor acts for, else the organisation's code, else its name in lower case."""
    return actor.state or actor.code or actor.name.lower()


def phrase_at(phrase: str, text: str) -> int:
    """Where ``phrase`` starts in ``text`` at the start of a word (both in lower case), or -1."""
    at = text.find(phrase)
    while at > 0 and (text[at - 1].isalnum() or text[at - 1] == "-"):
        at = text.find(phrase, at + 1)
    return at


def _plain(text: str) -> str:
    return text.lower().replace("’", "'").replace("‘", "'")


def _meets(a: DateInterval, start: date, end: date) -> bool:
    return (a.start or date.min) <= end and start <= (a.end or date.max)


def known_event(event: Event, published: DateInterval, known: Iterable[KnownEvent]) -> KnownEvent | None:
    """The public fact an event is a mention of, or None.

    All words of one alternative must stand in the evidence, sides and type must fit, and one more thing must agree: the
    trigger is among the words, or the place, or a date known to the month. Two facts that fit equally well are none.
    """
    family = FAMILIES.get(event.type, event.type)
    parties = {party_code(actor) for actor in (*event.actors, *event.recipients)}
    text = _plain(event.evidence[0].exact)
    trigger = trigger_word(event)
    place = (event.place or "").lower()
    ranked: list[tuple[int, KnownEvent]] = []
    for fact in known:
        if FAMILIES.get(fact.type, fact.type) != family or not parties <= set(fact.actors):
            continue
        if not _meets(event.date, fact.start, fact.end):
            continue
        if event.modality in ("happened", "alleged"):
            if published.end is not None and fact.start > published.end:
                continue
        elif event.modality != "planned" or (published.start is not None and fact.end < published.start):
            continue
        best = 0
        for phrases in fact.words:
            if not all(phrase_at(_plain(phrase), text) >= 0 for phrase in phrases):
                continue
            points = 0
            if trigger and any(trigger.startswith(word[:5]) for phrase in phrases for word in phrase.split()):
                points += 2
            if place and fact.place and place == fact.place.lower():
                points += 2
            if event.date.start and event.date.end and (event.date.end - event.date.start).days <= 31:
                points += 2
            if points:
                best = max(best, points + len(phrases))
        if best:
            ranked.append((best, fact))
    ranked.sort(key=lambda pair: (-pair[0], pair[1].id))
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def trigger_word(event: Event) -> str:
    """The trigger in lower case, empty when it lies outside the first evidence."""
    first = event.evidence[0]
    if first.start <= event.trigger.start and event.trigger.end <= first.end:
        return first.exact[event.trigger.start - first.start : event.trigger.end - first.start].lower()
    return ""


def content_stems(event: Event) -> tuple[str, ...]:
    """Word beginnings (six letters) of the evidence without names, numbers and common words, sorted.

    Six letters bring ``suspend``, ``suspension`` and ``suspending`` together at no cost in parsing.
    """
    text = event.evidence[0].exact
    named = {word.lower() for actor in (*event.actors, *event.recipients) for word in _WORD.findall(actor.name)}
    stems: set[str] = set()
    for match in _WORD.finditer(text):
        word = match.group()
        lower = word.lower()
        capital_inside = word[0].isupper() and match.start() > 0
        if len(lower) > 3 and not capital_inside and lower not in _STOP and lower not in named:
            stems.add(lower[:6])
    return tuple(sorted(stems))


def member_of(event: Event, published: DateInterval = UNKNOWN_DATE, facts: Facts | None = None) -> Member:
    """An article's event with all that comparing needs."""
    facts = facts or Facts()
    family = FAMILIES.get(event.type, event.type)
    fact = known_event(event, published, facts.events)
    actors = sorted({party_code(actor) for actor in event.actors})
    recipients = sorted({party_code(actor) for actor in event.recipients} - set(actors))
    if family in UNDIRECTED:
        actors, recipients = sorted({*actors, *recipients}), []
    when = event.date
    start, end = (when.start, when.end) if when.start and when.end else _bounds(event, published)
    if fact is not None:
        start, end = max(start, fact.start), min(end, fact.end)
    venue = event.meeting.venue if event.meeting else None
    place = place_name(event.place or venue or (fact.place if fact else None) or "")
    ordinal = _ordinal_of(event)
    level = event.meeting.level if event.meeting and event.meeting.level != "other" else ""
    if fact is not None and level and "summit" in fact.name.lower():
        # At what level the fact was is known; offices near a mention of it may be of others.
        level = "summit"
    if ordinal and level != "summit" and ordinal[2].lower() == "summit":
        ordinal = None
    signature = Signature(
        family=family,
        type=event.type,
        modality="happened" if event.modality == "alleged" else event.modality,
        actors=tuple(actors),
        recipients=tuple(recipients),
        start=start,
        end=end,
        place=place,
        country=facts.countries.get(place, ""),
        level=level,
        ordinal=_ORDINALS[ordinal[1].lower()] if ordinal else 0,
        known=fact.id if fact else "",
        content=content_stems(event) if event.type in VERBAL else (),
    )
    if not (signature.sharp or signature.anchored):
        words = " ".join(_WORD.findall(event.evidence[0].exact.lower()))
        # A few words ("Seoul blames Tokyo") recur for new acts; only a sentence identifies one.
        signature = replace(
            signature, text=words if len(words) >= SENTENCE else f"{words} @ {event.evidence[0].source}"
        )
    return Member(event, event.evidence[0].source, published, signature, fact)


def _ordinal_of(event: Event) -> re.Match[str] | None:
    """The number that an event's own noun bears ("second summit"), or the first behind its verb; not that of another
    event of the passage ("their third meeting after the summit")."""
    passage = event.evidence[0]
    at = event.trigger.start - passage.start
    if not 0 <= at < len(passage.exact):
        return _ORDINAL.search(passage.exact)
    found = list(_ORDINAL.finditer(passage.exact))
    own = next((each for each in found if each.start() <= at < each.end()), None)
    trigger = passage.exact[at : event.trigger.end - passage.start].lower().rstrip("s")
    if own is not None or trigger in _COUNTED:
        return own
    return next((each for each in found if each.start() > at), None)


def place_name(place: str) -> str:
    """The name in a place as told, in lower case: ``truce village of Panmunjom, Korea`` -> ``panmunjom``.

    Empty for a description ("the Vietnamese capital", "a hotel"): it must not conflict with the name it stands for.
    """
    first = place.split(",")[0].removeprefix("the ").removeprefix("The ").strip()
    if _DESCRIBED.search(first):
        return ""
    named = [word for word in first.split() if word[:1].isupper() or word[:1].isdigit()]
    return " ".join(named).lower()


def _bounds(event: Event, published: DateInterval) -> tuple[date, date]:
    """The years an undated event can be of, as far as its report's date tells."""
    if published.start is None or published.end is None or (published.end - published.start).days > WIDE_DAYS:
        return date.min, date.max
    if event.modality in ("happened", "alleged", "negated"):
        return date(published.start.year - BACKGROUND_YEARS, 1, 1), date(published.end.year, 12, 31)
    return date(published.start.year, 1, 1), date(published.end.year + 1, 12, 31)
