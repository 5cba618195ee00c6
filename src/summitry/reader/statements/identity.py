"""Who an unnamed speaker is, where the article tells it elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from summitry.reader.statements.speaker import Speaker, alike
from summitry.vocabulary import Actor

_WORD: Final = re.compile(r"[a-z]+")
_PLURAL: Final = re.compile(
    r"(?:officials|sources|aides|advisers|diplomats|experts|analysts|ministers|leaders|lawmakers)\b"
)

# Bare "state media" may be any of a state's outlets; "the country's state media" is the one quoted.
_STATE_MEDIUM: Final = re.compile(
    r"(?:['’]s state(?:[- ](?:run|controlled|owned))? (?:media|press)"
    r"|\b(?:state|official|government)(?:[- ](?:run|controlled|owned))?"
    r" (?:newspaper|news agency|daily|television|tv|broadcaster|radio))$",
    re.IGNORECASE,
)


def settle(speakers: Sequence[Speaker]) -> list[Speaker]:
    """The speakers of an article's statements in text order, the unnamed ones completed.

    A lead that has "a senior presidential aide" say something names the man in the paragraphs below: the one person
    named later, by nobody else's description, whose office is of that kind. And an official whose institution is told
    once has it in every statement.
    """
    coded = {s.key: s for s in speakers if s.actor is not None and s.actor.code and s.actor.anonymous}
    out: list[Speaker] = []
    for number, speaker in enumerate(speakers):
        actor = speaker.actor
        medium = _medium(actor, speakers) if actor is not None else None
        if medium is not None:
            out.append(replace(medium, route="named below"))
            continue
        if actor is None or not actor.anonymous:
            out.append(speaker)
            continue
        named = _named(actor, speakers[number + 1 :]) if not _named(actor, speakers[:number]) else None
        if named is not None:
            out.append(replace(named, route="named below"))
            continue
        same = coded.get(speaker.key)
        if actor.code is None and same is not None and same.actor is not None:
            speaker = replace(speaker, actor=replace(actor, code=same.actor.code), party=same.party)
        out.append(speaker)
    return out


def _medium(actor: Actor, speakers: Sequence[Speaker]) -> Speaker | None:
    """The one state medium of its state that speaks by name, for "the state-run newspaper"."""
    if actor.kind == "person" or _STATE_MEDIUM.search(actor.name) is None:
        return None
    named: dict[str, Speaker] = {}
    for other in speakers:
        who = other.actor
        if who is None or (who.kind != "media" and (who.code or "")[3:6] != "MED") or _STATE_MEDIUM.search(who.name):
            continue
        if who.state and (not actor.state or actor.state == who.state):
            named.setdefault(who.name, other)
    return next(iter(named.values())) if len(named) == 1 else None


def _named(actor: Actor, others: Sequence[Speaker]) -> Speaker | None:
    """The one named person among ``others`` whose office fits an unnamed person's description."""
    words = _WORD.findall(actor.name.lower())
    if not words or actor.kind != "person" or _PLURAL.search(actor.name.lower()):
        return None
    fitting: dict[str, Speaker] = {}
    for other in others:
        person = other.actor
        if person is None or person.anonymous or person.kind != "person" or not person.office:
            continue
        office = set(_WORD.findall(person.office.lower()))
        heads = [word for word in words if alike(word) & office]
        if not heads or (actor.state and actor.state != person.state):
            continue
        # Besides the kind of office, the state or a further word of the description must agree.
        if actor.state or (set(words) - set(heads)) & office:
            fitting.setdefault(person.name, other)
    return next(iter(fitting.values())) if len(fitting) == 1 else None
