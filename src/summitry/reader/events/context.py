"""Parties that a sentence leaves unsaid: who else it names, and else who the article is about.

Reporters name both sides of an act once and go on with "the deal", "the talks", "the sanctions were lifted". Two
sources fill the gap, the nearer first: the one other party in the sentence, and the party that the article names most
often.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from summitry.reader.events.accept import alone, in_force
from summitry.reader.events.arguments import agents
from summitry.reader.events.parties import merge_parties, party_code, political
from summitry.reader.events.rivals import said_among_others
from summitry.reader.events.roles import Cast
from summitry.vocabulary import Actor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Token

    from summitry.reader.events.parties import Mentions
    from summitry.reader.events.sight import Sight
    from summitry.reader.triggers import TriggerMatch

_LEAST: Final = 2
"""Mentions below which a party is no topic of an article."""
# Acts that are done to the other side of a negotiation when nobody is named.
_BETWEEN: Final = frozenset(
    "ACCUSE REJECT REQUEST THREATEN SANCTION SUPPORT CONSULT AGREE CONCEDE RETREAT COERCE".split()
)
# Those that a report goes on about without naming the other side in the sentence.
_OF_TOPIC: Final = frozenset({"ACCUSE", "REQUEST", "THREATEN", "SANCTION", "SUPPORT", "MOBILIZE", "RETREAT"})
_BETWEEN_NOUNS: Final = frozenset({"CONSULT", "THREATEN", "REQUEST"})
# "at a Security Council meeting": where it was said, not whom it is about.
_OCCASION: Final = re.compile(r"(?:['’]s)? (?:\w+ )?(?:meeting|summit|session|conference|forum|gathering|assembly)\b")
_PLACING: Final = (" in ", " at ", " near ", " from ")


def ranked(mentions: Mentions, end: int, names: Mapping[str, str]) -> tuple[Actor, ...]:
    """The parties an article names, the most often named first; ``end`` is the length of the text in code points."""
    counts: Counter[str] = Counter()
    for mention in mentions.within(0, end):
        members = mention.members or ((mention.actor,) if mention.actor is not None else ())
        if len(members) > 2:
            continue  # a group named is not each of its states named
        counts.update({party_code(actor) for actor in members if actor.code and political(actor)})
    return tuple(Actor(code, names.get(code, code)) for code, count in counts.most_common() if count >= _LEAST)


def beside(trigger: Token, cast: Cast, sight: Sight) -> tuple[Actor, ...]:
    """The parties that a sentence names besides those of an act; not places, nor those of another main clause."""
    plain = sight.document.plain
    own = {party_code(actor) for actor in (*cast.actors, *cast.recipients)}
    named = [
        (mention.start, actor)
        for mention in sight.mentions.within(sight.sentence.start_char, sight.sentence.end_char)
        for actor in mention.members or ((mention.actor,) if mention.actor is not None else ())
        if actor.code
        and party_code(actor) not in own
        and political(actor)
        and not plain[max(0, mention.start - 6) : mention.start].endswith(_PLACING)
        and not _OCCASION.match(plain, mention.end)
    ]
    if not named:
        return ()
    elsewhere = _other_clauses(trigger)
    return merge_parties(actor for at, actor in named if not any(start <= at < end for start, end in elsewhere))


def _other_clauses(trigger: Token) -> list[tuple[int, int]]:
    """Character spans of the coordinated clauses with subjects of their own that a trigger does not stand in."""
    holding = {trigger.i, *(above.i for above in trigger.ancestors)}
    return [
        (verb.doc[verb.left_edge.i].idx, verb.doc[verb.right_edge.i].idx + 1)
        for verb in trigger.sent
        if verb.dep_ in {"conj", "parataxis"}
        and verb.pos_ in {"VERB", "AUX"}
        and verb.i not in holding
        and any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
    ]


def completed_in_context(match: TriggerMatch, cast: Cast, sight: Sight) -> tuple[Cast, str]:
    """A cast of fewer than two parties with those that the context gives, and from where: ``sentence`` or ``article``;
    the cast as it is and ``""`` where the context leaves a choice."""
    named = merge_parties(cast.actors, cast.recipients)
    halted = match.entry.type == "RETREAT" and alone(match.entry) and match.entry.pos == "V"
    if (match.entry.type == "MOBILIZE" or halted) and not cast.actors and not agents(match.token):
        # "the last test", "a missile was fired": by whom has been told
        return (Cast(sight.tester, (), cast.carrier), "article") if sight.tester else (cast, "")
    missing = (1 if alone(match.entry) else 2) - len(named)
    if missing <= 0 and match.entry.roles == "directed" and cast.actors and not cast.recipients:
        missing = 1  # several who act alike on somebody unnamed
    others = beside(match.token, cast, sight)
    if missing <= 0 or len(others) > missing or not _open(match, cast):
        return cast, ""
    if len(others) == missing:
        return _with(cast, others), "sentence"
    if match.entry.type not in _OF_TOPIC:
        return cast, ""
    own = {party_code(actor) for actor in (*named, *others)}
    topics = tuple(actor for actor in sight.ranked if party_code(actor) not in own)[: missing - len(others)]
    if len(topics) + len(others) < missing:
        return cast, ""
    return _with(cast, (*others, *topics)), "article"


def without_venue(match: TriggerMatch, cast: Cast, sight: Sight) -> Cast:
    """A cast of talks or an agreement without the state that only gives them their name: "the Oslo summit"."""
    if match.entry.pos != "N" or match.entry.type not in {"CONSULT", "AGREE"} or len(sight.sides) != 2:
        return cast
    sides = {party_code(side) for side in sight.sides}
    venues = {
        party_code(mention.actor)
        for child in match.token.children
        if child.dep_ in {"compound", "nmod"} and child.pos_ == "PROPN"
        for mention in (sight.mentions.at(child.idx),)
        if mention is not None and mention.actor is not None and mention.actor.kind == "state"
    } - sides
    if not venues:
        return cast
    return Cast(
        tuple(a for a in cast.actors if party_code(a) not in venues),
        tuple(a for a in cast.recipients if party_code(a) not in venues),
        cast.carrier,
    )


def _open(match: TriggerMatch, cast: Cast) -> bool:
    """Whether the other party of an act is left unsaid, and not named by words that could not be resolved."""
    entry = match.entry
    if entry.weak or (entry.type not in _BETWEEN and not alone(entry)):
        return False
    if entry.pos == "N" and in_force(match.token):
        return not cast.actors and bool(cast.recipients)
    if entry.pos == "N":
        # "until the talks end", "if the summit fails": no talks of the parties that the main clause names
        return entry.type in _BETWEEN_NOUNS and not any(above.dep_ == "advcl" for above in match.token.ancestors)
    if not cast.actors and agents(match.token):
        return False
    return bool(cast.recipients) or not said_among_others(match)


def _with(cast: Cast, others: Sequence[Actor]) -> Cast:
    if not cast.actors and not cast.recipients:
        return Cast(tuple(others[:1]), tuple(others[1:]), cast.carrier)
    if cast.actors:
        return Cast(cast.actors, tuple(others), cast.carrier)
    return Cast(tuple(others), cast.recipients, cast.carrier)
