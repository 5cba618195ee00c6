"""Whether a passage tells of a contact between two given parties, and not of one inside a party or with a third.

A row of the timeline may have both parties because the report is about them; the passage of a month's state must show
it. So near the word of contact both must be named, or be meant together ("the two sides"); what a party's own
lawmakers, reporters or former officials do is no contact of the parties.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from summitry.casebook import load_world
from summitry.ledger import state_cues as cues
from summitry.ledger.sides import bound, side

if TYPE_CHECKING:
    from summitry.vocabulary import Actor, Event

_NOT_ACTING: Final = frozenset({"LEG", "OPP", "EDU", "MED", "NGO", "BUS", "CVL", "CRM", "HLH", "LAB", "REF", "COP"})
"""CAMEO roles that do not negotiate for their state: lawmakers, opposition, scholars, media, business, civilians."""
_FORMER: Final = re.compile(r"\b(?:former|ex-|onetime|retired|late)\b", re.IGNORECASE)

_STATED: Final = "stated: "

_BEFORE: Final = 120
"""Code points before a word of contact in which its subjects stand, apposition and all."""
_BEHIND: Final = 60
"""Code points behind it in which its partner stands: "talks between the United States and ..."."""

_TOGETHER: Final = re.compile(
    r"\b(?:they|their|both|each other|the (?:two|three|six|opposing)? ?(?:sides|parties|leaders|countries|nations|"
    r"men|governments|delegations|teams|negotiators|powers|enemies|"
    r"adversaries)|the two (?:agreed|signed|reached|met|held|talked|spoke|had|also|then)|"
    r"(?:six|world|major) (?:world )?powers|P5)\b",
    re.IGNORECASE,
)
_SHARED: Final = re.compile(
    rf"\b(?:summits?|meetings?|talks|negotiations|jointly|joint|{cues.ACCORD})\b", re.IGNORECASE
)
_NAME: Final = re.compile(r"[^\W\d_][\w'’-]{2,}")


def acts_for_party(actor: Actor) -> bool:
    """Whether what an actor does is done for its party; not what lawmakers, scholars or former officials do."""
    if (actor.code or "")[3:6] in _NOT_ACTING or _FORMER.search(actor.office or ""):
        return False
    # Who has neither an office nor a role is a private person, or one who held office once.
    return not (actor.kind == "person" and not actor.anonymous and actor.office is None and len(actor.code or "") == 3)


def contact_between(event: Event, pairs: Collection[tuple[str, str]]) -> bool:
    """Whether those who act for one of the pairs are told to be in contact, by any passage of the event."""
    acting = replace(
        event,
        actors=tuple(filter(acts_for_party, event.actors)),
        recipients=tuple(filter(acts_for_party, event.recipients)),
    )
    met = [pair for pair in bound(acting) if pair in pairs]
    passages = [each.exact for each in (event.evidence if event.reports > 1 else event.evidence[:1])]
    return any(told_between(words, acting, pair) for pair in met for words in passages)


def dated_by_other(event: Event) -> bool:
    """Whether the words that date an event are those of a plan ("agreed to meet in May") or of a saying ("she said on
    Monday") in its passage: then it is not known when the contact itself was."""
    basis, words = event.date.basis, event.evidence[0].exact
    if not basis.startswith(_STATED):
        return False
    told = basis.removeprefix(_STATED)
    at = words.find(told)
    if at < 0:
        return False
    ahead = any(found.start() <= at < found.end() for found in cues.AHEAD.finditer(words))
    return ahead or bool(cues.SAYING_ENDS.search(words[:at]))


def told_between(words: str, event: Event, pair: tuple[str, str]) -> bool:
    """Whether words tell of a contact of two parties that take part in an event."""
    if cues.INSIDE.search(words):
        return False
    patterns = [_named(key, _names(event, key)) for key in pair]
    if not any(each.search(words) for each in patterns) and not re.search(r"(?<!^)\b[A-Z]", words):
        # A clause that names nobody points back to who was named; a trip alone may lead anywhere.
        return bool(cues.CONTACT.search(words)) and not cues.TRIP.search(words)
    ahead = [found.span() for found in cues.AHEAD.finditer(words)]
    for found in cues.CONTACT.finditer(words):
        if any(start <= found.start() < end for start, end in ahead):
            continue
        near = words[max(0, found.start() - _BEFORE) : found.end() + _BEHIND]
        if _TOGETHER.search(near) or all(each.search(near) for each in patterns):
            return True
    return False


def both_meant(words: str, event: Event, pair: tuple[str, str]) -> bool:
    """Whether words are about two parties of an event: both named, meant together, or the talks or text they share."""
    patterns = [_named(key, _names(event, key)) for key in pair]
    return bool(_TOGETHER.search(words) or _SHARED.search(words)) or all(each.search(words) for each in patterns)


def _names(event: Event, key: str) -> frozenset[str]:
    """The capitalised words in the names of those who take part for a party."""
    members = event.meeting.delegations if event.meeting is not None else ()
    return frozenset(
        part
        for actor in (*event.actors, *event.recipients, *members)
        if side(actor) == key
        for part in _NAME.findall(actor.name)
        if part[0].isupper()
    )


@cache
def _world_names(key: str) -> frozenset[str]:
    found = (entry for entry in load_world() if entry.code == key)
    return frozenset(
        name for entry in found for name in (entry.name, *entry.names, *entry.demonyms, *entry.metonyms) if name
    )


def _named(key: str, own: frozenset[str]) -> re.Pattern[str]:
    words = sorted(_world_names(key) | own | {key}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
