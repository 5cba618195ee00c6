"""The two parties an article is about, for acts that name only one: "Tehran refused to conclude a deal".

Most negotiation reports are about two sides, and once they are introduced the prose leaves the other one unsaid.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from summitry.reader.events.arguments import complements, objects
from summitry.reader.events.parties import AGENT_NOUNS, party_code, political
from summitry.reader.events.roles import Cast
from summitry.vocabulary import Actor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token

    from summitry.reader.events.parties import Mentions
    from summitry.reader.triggers import TriggerMatch

_LEAST: Final = 3
"""Mentions below which a party is no principal of an article."""
_SHARE: Final = 0.1
"""Least share that the second party has of the first one's mentions: below it the article is about one."""
_AHEAD: Final = 1.4
"""How many times as often as the third party the second must be named, so that "the other side" is no guess."""


def principals(mentions: Mentions, end: int, names: Mapping[str, str]) -> tuple[Actor, ...]:
    """The two states an article is about, the more often named first; empty where there are not clearly two.

    ``end`` is the length of the text in code points; ``names`` are full names by code.
    """
    counts: Counter[str] = Counter()
    for mention in mentions.within(0, end):
        members = mention.members or ((mention.actor,) if mention.actor is not None else ())
        if len(members) > 2:
            continue  # a group named is not each of its states named
        for code in {party_code(actor) for actor in members if actor.state and political(actor)}:
            counts[code] += 1
    ranked = counts.most_common(3)
    if len(ranked) < 2:
        return ()
    (first, most), (second, some), *rest = ranked
    third = rest[0][1] if rest else 0
    if some < max(_LEAST, _SHARE * most) or some < _AHEAD * third:
        return ()
    return Actor(first, names.get(first, first)), Actor(second, names.get(second, second))


_BLOC: Final = 3
"""Mentions from which a group of states that negotiates together is a side of an article's talks and deals."""


def bloc(mentions: Mentions, end: int, sides: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """All who negotiate when a group of states is one side of it, the other side first; empty where none is."""
    counts = Counter(mention.members for mention in mentions.within(0, end) if len(mention.members) > 2)
    if not counts or not sides:
        return ()
    members, count = counts.most_common(1)[0]
    others = tuple(side for side in sides if party_code(side) not in {party_code(m) for m in members})
    return (others[0], *members) if others and count >= _BLOC else ()


# Acts that are done to the other side when nobody is named.
_BETWEEN_SIDES: Final = frozenset(
    "CONSULT AGREE REJECT ACCUSE REQUEST THREATEN SANCTION CONCEDE SUPPORT COOPERATE".split()
)
# Roles of CAMEO codes whose acts are mostly done at home: parliaments, parties, courts, oppositions.
_AT_HOME: Final = re.compile(r"(?:LEG|PTY|OPP|JUD)")


def at_home(actor: Actor) -> bool:
    """Whether a party's acts are mostly aimed at others of its own state."""
    return _AT_HOME.match(actor.code or "", 3) is not None


def with_other_side(
    match: TriggerMatch, cast: Cast, sides: tuple[Actor, ...], together: tuple[Actor, ...] = ()
) -> Cast:
    """A cast that names one of the article's two sides, with the other as its recipient; else the cast as it is.

    ``together`` are all who negotiate, where a group is one side (:func:`bloc`).
    """
    if together and match.entry.pos == "N" and match.entry.type in {"CONSULT", "AGREE"}:
        codes = {party_code(actor) for actor in (*cast.actors, *cast.recipients)}
        if codes <= {party_code(actor) for actor in together} and (codes or standing_between(match.token)):
            return Cast(together, (), cast.carrier)
    named = (*cast.actors, *cast.recipients)
    if len(sides) != 2 or (match.entry.weak and match.entry.lemma != "warn") or match.entry.type not in _BETWEEN_SIDES:
        return cast
    if not named:
        return Cast(sides, (), cast.carrier) if standing_between(match.token) else cast
    codes = {party_code(actor) for actor in named}
    others = tuple(side for side in sides if party_code(side) not in codes)
    if len(others) != 1 or len(codes) != 1 or any(at_home(actor) for actor in named):
        return cast
    if match.entry.mode != "withdraw" and said_among_others(match):
        # "pulled the country out of the deal" has one's own state as its object
        return cast
    return Cast(cast.actors, others, cast.carrier) if cast.actors else Cast(others, cast.recipients, cast.carrier)


def _anew(noun: Token) -> bool:
    """ "a new round of talks": between whom goes without saying."""
    return (
        noun.lemma_.lower() in _STANDING
        and noun.tag_ == "NNS"
        and noun.dep_ == "pobj"
        and noun.head.lower_ == "of"
        and noun.head.head.lemma_.lower() == "round"
    )


# What an article goes on to call "the" one, without saying whose.
_STANDING: Final = frozenset("summit talk negotiation meeting deal agreement accord pact treaty".split())
_KIND: Final = frozenset(
    "nuclear peace trade framework interim landmark comprehensive historic final preliminary withdrawal armistice "
    "disarmament denuclearization climate".split()
)


def standing_between(noun: Token) -> bool:
    """Whether a noun names what the article is about between its two sides: "the nuclear deal", "the talks"."""
    if _anew(noun):
        return True
    if noun.lemma_.lower() not in _STANDING or not any(c.dep_ == "det" and c.lower_ == "the" for c in noun.children):
        return False
    return noun.tag_ == "NNS" or any(c.lower_ in _KIND or c.like_num for c in noun.children)


# What is blamed or praised when the other side is meant; of anything else an article may tell of others.
_AT_ISSUE: Final = frozenset(
    "deal agreement accord pact treaty talk negotiation summit meeting sanction policy decision move step action "
    "program programme test launch strike attack offer proposal demand stance behaviour behavior conduct regime "
    "announcement statement remark withdrawal exercise drill missile pressure approach position threat rhetoric "
    "violation".split()
)


def said_among_others(match: TriggerMatch) -> bool:
    """Whether the act has an object of its own that is no party: "criticized the senator", "told reporters"."""
    token = match.token
    heads = objects(token)
    for verb in complements(token):
        heads += objects(verb)
        heads += [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"} and c.pos_ != "PRON"]
    if match.entry.type in {"ACCUSE", "SUPPORT"} and any(
        head not in match.parts and head.pos_ == "NOUN" and head.lemma_.lower() not in _AT_ISSUE for head in heads
    ):
        return True
    return any(
        head not in match.parts and (head.pos_ in {"PROPN", "PRON"} or head.lemma_.lower() in AGENT_NOUNS)
        for head in heads
    )
