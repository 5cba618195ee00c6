"""Who is who in an act: a trigger, its arguments and the article's mentions give actors and recipients."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from summitry.reader.events.arguments import (
    agents,
    carrier,
    complements,
    governed,
    is_passive,
    objects,
    prepositional,
    subjects,
)
from summitry.reader.events.parties import (
    AGENT_NOUNS,
    VEHICLES,
    Mentions,
    citizens,
    merge_parties,
    owners,
    parties,
    party_code,
    speaker_of,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

    from summitry.reader.triggers import TriggerMatch
    from summitry.vocabulary import Actor

Actors = tuple["Actor", ...]

# What follows these stands for a party dealt with, whatever the act; "in" and "at" bring places.
_DEALING: Final = frozenset({"with", "to", "against", "on", "from", "toward", "towards", "between", "of", "for", "by"})
_WITH: Final = frozenset({"with", "between", "among", "by", "alongside"})
# A noun of action that stands behind one of these took place: "after talks with", "during the visit".
REALIS_PREPOSITIONS: Final = frozenset(
    {"after", "during", "following", "since", "before", "at", "in", "from", "by", "through", "via"}
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Actors and recipients of one act; ``carrier`` is the light verb that says that a noun's act takes place."""

    actors: Actors
    recipients: Actors
    carrier: Token | None = None


def without(found: Iterable[Actor], known: Iterable[Actor]) -> Actors:
    """The actors whose party is not among ``known``."""
    codes = {party_code(actor) for actor in known}
    return tuple(actor for actor in found if party_code(actor) not in codes)


def _of_heads(heads: Iterable[Token], mentions: Mentions) -> Actors:
    return merge_parties(*(parties(head, mentions) for head in heads))


def _dealt_with(head: Token, mentions: Mentions) -> Actors:
    return parties(head, mentions) or owners(head, mentions)


def cast_of(match: TriggerMatch, mentions: Mentions) -> Cast:
    """Actors and recipients of the act that a trigger names; either may be empty."""
    if match.entry.pos == "N":
        return _noun_cast(match, mentions)
    token = match.token
    acting = merge_parties(*(speaker_of(head, mentions) for head in agents(token)))
    if not acting:
        if any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children) or token.dep_ == "acomp":
            acting = _reported_self(token, mentions)
        else:
            acting = _left_neighbour(token, mentions)
    roles = match.entry.roles
    if roles == "own":
        return Cast(acting, without(_prepositional_parties(match, mentions), acting))
    if roles == "mutual":
        return _mutual(match, acting, mentions)
    found = without(_verb_recipients(match, mentions, acting), acting)
    if not found and len(acting) > 1 and _each_other(token):
        return Cast(acting[:1], acting[1:])
    if roles == "received":
        visitors = found or without(_of_heads(governed(token, frozenset({"from", "by"})), mentions), acting)
        return Cast(visitors, acting)
    return Cast(acting, found)


def _each_other(token: Token) -> bool:
    """Whether an act is done by all to all: "accused each other", "threatened to bomb one another"."""
    return any(t.lower_ in {"other", "another"} and t.i and t.nbor(-1).lower_ in {"each", "one"} for t in token.subtree)


def _reported_self(token: Token, mentions: Mentions) -> Actors:
    """Whoever says so, when an undecided "it", "they" or "we" is the subject of what is said: "Iran said it will"."""
    heads = agents(token)
    if len(heads) != 1 or heads[0].lower_ not in {"it", "they", "we", "i"}:
        return ()
    at = token
    while at.dep_ in {"acomp", "conj", "xcomp"}:
        at = at.head
    if at.dep_ != "ccomp" or at.head.pos_ != "VERB":
        return ()
    return merge_parties(*(speaker_of(head, mentions) for head in subjects(at.head)))


def _left_neighbour(token: Token, mentions: Mentions) -> Actors:
    """For a verb that the parse left without a subject: the nearest party before it with no verb between."""
    for at in range(token.i - 1, max(token.i - 9, token.sent.start) - 1, -1):
        other = token.doc[at]
        if other.pos_ in {"VERB", "SCONJ"} or other.text in {";", ":", '"', "--"} or other.lower_ in {"by", "of"}:
            return ()
        if other.pos_ in {"PROPN", "NOUN", "PRON"} and other.dep_ not in {"pobj", "npadvmod", "poss"}:
            found = parties(other, mentions)
            if found:
                return found
    return ()


# Their object is who is met; of other verbs of meeting it is what is talked about.
_MEETING_WHOM: Final = frozenset("meet consult brief phone telephone ring call engage contact greet see".split())


def _mutual(match: TriggerMatch, acting: Actors, mentions: Mentions) -> Cast:
    """Meetings, talks, deals: whoever is in the subject, in the object and behind "with" or "between" takes part."""
    token = match.token
    partners: Actors = ()
    if not is_passive(token):
        if token.lemma_.lower() in _MEETING_WHOM:
            partners = _of_heads(objects(token), mentions)
    else:
        acting = merge_parties(acting, _of_heads(subjects(token), mentions))
    bases = [token, *(o for o in objects(token))]
    for complement in complements(token):
        if complement.dep_ == "xcomp":
            bases += [complement, *objects(complement)]
            if not partners and complement.lemma_.lower() in _MEETING_WHOM:
                partners = _of_heads(objects(complement), mentions)
    for base in bases:
        partners = merge_parties(partners, _of_heads(governed(base, _WITH), mentions))
        if base in match.parts and base.pos_ in {"NOUN", "PROPN"} and not partners:
            partners = merge_parties(partners, _premodifying(base, mentions))
    if not without(partners, acting):
        for base in bases:
            partners = merge_parties(partners, _of_heads(governed(base, frozenset({"to"})), mentions))
    return Cast(acting, without(partners, acting)) if acting else Cast(partners, ())


def _premodifying(noun: Token, mentions: Mentions) -> Actors:
    """Parties that stand before a noun in its phrase: "its Iranian counterpart", "US-North Korea talks"."""
    return owners(noun, mentions, phrases=False)


def _prepositional_parties(match: TriggerMatch, mentions: Mentions) -> Actors:
    """The first party that one of the trigger's own prepositions brings in, best preposition first."""
    bases = [match.token, *match.parts]
    if match.entry.pos == "V":
        bases += objects(match.token)
    for word in match.entry.recipient:
        for base in bases:
            for head in governed(base, frozenset({word})):
                found = _dealt_with(head, mentions)
                if found:
                    return found
    return ()


def _verb_recipients(match: TriggerMatch, mentions: Mentions, acting: Actors) -> Actors:
    """Who a verb's act is done to: object, its owner, prepositions, then what the complement clause deals with."""
    token = match.token
    things = [head for head in objects(token) if head.pos_ in {"NOUN", "PROPN", "PRON"}]
    if match.entry.type in {"REQUEST", "AGREE", "THREATEN", "ACCUSE"}:
        addressed = _of_heads(things, mentions)
        if addressed and not without(addressed, acting):
            # "urged Congress to act on Iran": said among its own.
            return ()
    if match.entry.type in {"ACCUSE", "SUPPORT", "REJECT"}:
        # "praised Kim's visit to China": whose it is, not where it led.
        whose = _of_heads((c for head in things for c in head.children if c.dep_ == "poss"), mentions)
        if without(whose, acting):
            return without(whose, acting)
    # What is offered or agreed concerns many; only who it is offered to takes part.
    reaches = (parties,) if match.entry.type in {"AGREE", "CONSULT"} else (parties, owners)
    for reach in reaches:
        for head in things:
            found = without(reach(head, mentions), acting)
            if found:
                return found
        if reach is parties:
            found = without(_prepositional_parties(match, mentions), acting)
            if found:
                return found
    if any(head.pos_ == "PROPN" or head.lemma_.lower() in AGENT_NOUNS for head in things):
        # "assured lawmakers that Iran": somebody is addressed who is no party; who else is named is the content.
        return ()
    found = ()
    if token.lemma_.lower() not in _WARNING or _own_threat(token, mentions, acting):
        found = _complement_parties(token, mentions, acting, subject_only=match.entry.type == "ACCUSE")
    if not found and match.entry.type in _DONE_TO_CITIZENS:
        heads = [*things, *(c for verb in complements(token) for c in verb.children if c.dep_ == "nsubj")]
        found = without(merge_parties(*(citizens(head, mentions) for head in heads)), acting)
    if not found and match.entry.type in {"REJECT", "THREATEN"}:
        found = _condition_parties(token, mentions, acting)
    return found


_DONE_TO_CITIZENS: Final = frozenset({"REJECT", "COERCE", "ASSAULT", "SANCTION", "RETREAT"})
# "warned that they will pay": what the warned one will have to bear.
_PAYING: Final = frozenset({"pay", "face", "suffer", "regret", "bear", "meet", "see"})
_WARNING: Final = frozenset({"warn", "caution"})


def _own_threat(token: Token, mentions: Mentions, acting: Actors) -> bool:
    """Whether a warning tells what the warner itself will do; else who it names is not who it is addressed to."""
    codes = {party_code(actor) for actor in acting}
    for verb in complements(token):
        subject = _of_heads((c for c in verb.children if c.dep_ == "nsubj"), mentions)
        if codes & {party_code(actor) for actor in subject} or verb.lemma_.lower() in _PAYING:
            return True
    return False


def _condition_parties(token: Token, mentions: Mentions, acting: Actors) -> Actors:
    """Who has to move first: the subject of "unless", "until", "as long as" is who a refusal or offer is meant for."""
    for child in token.children:
        for clause in (child, *child.children):
            marks = {c.lower_ for c in clause.children if c.dep_ in {"mark", "advmod"}}
            if clause.dep_ == "advcl" and marks & {"unless", "until", "as", "if", "once"}:
                found = without(_of_heads(subjects(clause), mentions), acting)
                if found:
                    return found
    return ()


def _complement_parties(
    token: Token, mentions: Mentions, acting: Actors, depth: int = 0, *, subject_only: bool = False
) -> Actors:
    """The party that a completing clause names beside the actor: "threatened to quit talks with", "demanded that"."""
    if depth > 2:
        return ()
    for verb in complements(token):
        heads = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
        if subject_only and heads:
            return without(_of_heads(heads, mentions), acting)
        heads += [o for o in objects(verb) if o not in heads]
        heads += [obj for word, obj in prepositional(verb) if word in _DEALING]
        for head in heads:
            found = without(parties(head, mentions), acting)
            if found:
                return found
        for head in heads:
            found = without(owners(head, mentions), acting)
            if found:
                return found
        found = _complement_parties(verb, mentions, acting, depth + 1)
        if found:
            return found
    return ()


_AGAINST_RULES: Final = frozenset({"defiance", "violation", "breach", "contravention"})


def _noun_cast(match: TriggerMatch, mentions: Mentions) -> Cast:
    """Actors and recipients of an act that a noun names, with those of the light verb that carries it."""
    noun, entry = match.token, match.entry
    verb = carrier(noun)
    owner = _of_heads((c for c in noun.children if c.dep_ == "poss"), mentions)
    owner = merge_parties(owner, _of_heads(governed(noun, frozenset({"by", "between", "among"})), mentions))
    before = _premodifying(noun, mentions)
    carried = merge_parties(*(speaker_of(head, mentions) for head in agents(verb))) if verb is not None else ()
    if entry.roles == "mutual":
        partners = _of_heads(governed(noun, _WITH), mentions)
        if verb is not None:
            partners = merge_parties(partners, _of_heads(governed(verb, _WITH), mentions))
        everybody = merge_parties(carried, owner)
        if len(merge_parties(everybody, partners)) < 2 or len(before) > 1:
            # With the parties named, what stands before is where: "the Baghdad talks between A and B".
            everybody = merge_parties(everybody, before)
        if len(merge_parties(everybody, partners)) < 2:
            everybody = merge_parties(everybody, _of_heads(governed(noun, frozenset({"of", "to", "from"})), mentions))
        if len(merge_parties(everybody, partners)) < 2:
            everybody = merge_parties(everybody, _bystander(noun, mentions))
        return Cast(everybody, without(partners, everybody), verb)
    acting = owner or carried or before
    if not acting and entry.mode == "visit":
        acting = _bystander(noun, mentions)
    if not acting and noun.lemma_.lower() in _AGAINST_RULES and noun.dep_ == "pobj" and noun.head.head.pos_ == "VERB":
        # "fired a rocket in defiance of the resolutions"
        acting = merge_parties(*(speaker_of(head, mentions) for head in agents(noun.head.head)))
    if not acting and "of" not in entry.recipient:
        acting = _of_heads(governed(noun, frozenset({"of"})), mentions)
    if not acting and "from" not in entry.recipient:
        acting = _of_heads(governed(noun, frozenset({"from"})), mentions)
    found = without(_prepositional_parties(match, mentions), acting)
    if not found and verb is not None:
        for word in (*entry.recipient, "on", "against", "to", "with", "from"):
            found = without(_of_heads(governed(verb, frozenset({word})), mentions), acting)
            if found:
                break
        found = found or without(_of_heads(objects(verb), mentions), acting)
    if not found and verb is not None:
        found = without(_reader_of(verb, mentions), acting)
    if not found and acting is not before:
        found = without(before, acting)
    if not found:
        found = _noun_complement_parties(noun, mentions, acting)
    if entry.roles == "own":
        return Cast(acting, found if found and entry.recipient else (), verb)
    return Cast(acting, found, verb) if entry.roles != "received" else Cast(found, acting, verb)


def _reader_of(verb: Token, mentions: Mentions) -> Actors:
    """Who the letter or statement that carries an act is to: "the letter to Tehran contained an offer"."""
    found: Actors = ()
    for vehicle in subjects(verb):
        if vehicle.lemma_.lower() in VEHICLES:
            found = merge_parties(found, _of_heads(governed(vehicle, frozenset({"to"})), mentions))
            for clause in vehicle.children:
                if clause.dep_ == "relcl" and clause.lemma_.lower() in {"receive", "get"}:
                    found = merge_parties(found, _of_heads(subjects(clause), mentions))
    return found


def _noun_complement_parties(noun: Token, mentions: Mentions, acting: Actors) -> Actors:
    """ "the refusal to lift sanctions on Iran", "the demand that Seoul halt": the party in the noun's clause."""
    for child in noun.children:
        if child.dep_ in {"acl", "ccomp"} and child.pos_ in {"VERB", "AUX"}:
            heads = [c for c in child.children if c.dep_ in {"nsubj", "nsubjpass", "dobj"}]
            heads += [obj for word, obj in prepositional(child) if word in _DEALING]
            for reach in (parties, owners):
                for head in heads:
                    found = without(reach(head, mentions), acting)
                    if found:
                        return found
    return ()


def _bystander(noun: Token, mentions: Mentions) -> Actors:
    """The subject of the clause that a meeting stands in as a circumstance: "after talks with Iran, the EU said"."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in REALIS_PREPOSITIONS:
        return ()
    above = noun.head.head
    if above.pos_ not in {"VERB", "AUX"}:
        return ()
    return merge_parties(*(speaker_of(head, mentions) for head in agents(above)))
