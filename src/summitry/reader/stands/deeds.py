"""Stands told by deeds: what a party ends, frees or hands over is a concession, and a promise while it is planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from spacy.strings import get_string_id

from summitry.reader.mentions import MentionIndex
from summitry.reader.stands.draft import Draft
from summitry.reader.stands.harm import harms
from summitry.reader.stands.lexicon import BUILT, COERCIVE, MATTERS, OF_PACTS, PACTS, YIELDS
from summitry.reader.stands.parties import side_of, subject_of, subject_sides
from summitry.reader.stands.reach import clause_of, doubted, reach
from summitry.reader.stands.terms import terms_of
from summitry.vocabulary import Event, MoveKind, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LEMMAS: Final = np.array(
    [get_string_id(word) for word in sorted(YIELDS | {"issue", "provide", "extend"})], dtype=np.uint64
)
_YIELDING: Final = frozenset({"CONCEDE", "RETREAT"})
SURE: Final = 0.65
"""Confidence of an event from which it counts: below, its trigger word alone speaks for it."""


def by_deeds(doc: Doc, events: Sequence[Event]) -> Iterator[Draft]:
    """Drafts of the events in which a party yields, in the order of the events."""
    for event in events:
        if event.type not in _YIELDING or event.confidence < SURE or event.modality not in ("happened", "planned"):
            continue
        trigger = doc.char_span(event.trigger.start, event.trigger.end, alignment_mode="expand")
        if trigger is None or trigger.root.lemma_.lower() not in YIELDS or trigger.root.pos_ != "VERB":
            continue
        token = trigger.root
        end = reach(token, token.sent.end)
        if end <= token.i + 1 or not (event.recipients or _on_a_matter(token)) or _ends_a_pact(token) or doubted(token):
            continue
        if harms(token) or publishes(token):
            continue  # "restored the tariffs", "released a report"
        subject = subject_of(token)
        clause = clause_of(token, subject, end)
        terms = terms_of(doc, token.i + 1, end)
        stop = min(end, terms.marked if terms.marked is not None and terms.marked > token.i else end)
        start = _from(token)
        clause = (min(start, clause[0]), clause[1])
        how: tuple[Stance | None, MoveKind] = (
            (None, "concession") if event.modality == "happened" or _freed(token) else ("offer", "promise")
        )
        sides = {side.code: side for actor in event.actors if (side := side_of(actor, "")) is not None}
        others = [side for actor in event.recipients if (side := side_of(actor, "")) is not None]
        for side in sides.values():
            yield Draft(
                party=side,
                predicate=token,
                stance=how[0],
                move=how[1],
                clause=clause,
                point=(start, stop),
                terms=terms,
                addressees=tuple(others[:1]),
                rule=f"stands-deed-1 ({event.type.lower()})",
                weight=0.65,
            )


_PUBLISHED: Final = frozenset("report statement video transcript text document photo footage figure datum copy".split())
_FAR: Final = 6
"""Words between what is done and its verb beyond which the verb alone is quoted."""


def publishes(verb: Token) -> bool:
    """Whether something is only published: "is releasing a report"."""
    return any(c.dep_ == "dobj" and c.lemma_.lower() in _PUBLISHED for c in verb.children)


def _from(token: Token) -> int:
    """Where the words of a deed begin: with what it is done to, where that stands before it ("waivers granted by Oman",
    "a pact that Oman is honouring").
    """
    thing = next((c for c in token.children if c.dep_ == "nsubjpass"), None)
    if thing is None and token.dep_ in {"acl", "relcl"} and token.head.pos_ in {"NOUN", "PROPN"}:
        given = any(c.dep_ == "dobj" for c in token.children)
        thing = token.head if not given else None
    if thing is None or not 0 < token.i - thing.i <= _FAR:
        return token.i
    start = int(thing.left_edge.i)
    return start if token.i - start <= 2 * _FAR else int(thing.i)


def _freed(token: Token) -> bool:
    """Whether a participle tells what was done: "three sailors freed by Oman"."""
    return token.tag_ == "VBN" and token.dep_ in {"acl", "relcl"} and not any(c.dep_ == "aux" for c in token.children)


def by_past(doc: Doc, mentions: MentionIndex) -> Iterator[Draft]:
    """Drafts of what a party ended, lifted or freed, told as past: "South Korea halted the broadcasts"."""
    for at in np.flatnonzero(np.isin(doc.to_array(["LEMMA"]), _LEMMAS)):
        token = doc[int(at)]
        if token.pos_ != "VERB" or not past(token) or doubted(token):
            continue
        held = held_back(token)
        sides, subject = subject_sides(token, mentions)
        if held is None or subject is None or harms(token):
            continue
        end = reach(token, token.sent.end)
        for side in sides:
            yield Draft(
                party=side,
                predicate=token,
                stance=None,
                move="concession",
                clause=clause_of(token, subject, end),
                point=(token.i, end),
                terms=terms_of(doc, token.i + 1, end),
                addressees=(),
                rule=f"stands-deed-1 ({token.lemma_.lower()})",
                weight=0.6,
            )


def held_back(verb: Token) -> Token | None:
    """What one held against the other, or built, and now ends, frees or takes down."""
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    if not objects:  # "cancelled or delayed the drills"
        objects = [g for c in verb.children if c.dep_ == "conj" for g in c.children if g.dep_ == "dobj"]
    held = next((c for c in objects if c.lemma_.lower() in COERCIVE), None)
    if held is None and verb.lemma_.lower() in _TAKING_DOWN:
        held = next((c for c in objects if c.lemma_.lower() in BUILT), None)
    if held is None and verb.lemma_.lower() in _GRANTING:
        held = next((c for c in objects if c.lemma_.lower() in _GRANTED), None)
    return held


_GRANTING: Final = frozenset("grant give issue provide extend".split())
_GRANTED: Final = frozenset("waiver exemption exception license licence concession relief amnesty clemency".split())
_TAKING_DOWN: Final = frozenset("dismantle destroy shut close demolish disable surrender hand freeze seal".split())


def by_leaving(doc: Doc, mentions: MentionIndex) -> Iterator[Draft]:
    """Drafts of talks and pacts that a party left or called off, told as past: "Chad pulled out of the accord"."""
    for at in np.flatnonzero(np.isin(doc.to_array(["LEMMA"]), _LEAVING_LEMMAS)):
        token = doc[int(at)]
        if token.pos_ != "VERB" or not (past(token) or _leaving_now(token)) or doubted(token) or not left_pact(token):
            continue
        sides, subject = subject_sides(token, mentions)
        end = reach(token, token.sent.end)
        for side in sides:
            yield Draft(
                party=side,
                predicate=token,
                stance="reject",
                move=None if _looked_back_on(token) else "refusal",
                clause=clause_of(token, subject, end),
                point=(token.i, end),
                terms=terms_of(doc, token.i + 1, end),
                addressees=(),
                rule=f"stands-deed-1 ({token.lemma_.lower()})",
                weight=0.65,
            )


def _looked_back_on(verb: Token) -> bool:
    """Whether leaving a pact is told as what came before: "had left", "since it left", "which left it last year"."""
    marks = {c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"}}
    pluperfect = any(c.lower_ == "had" and c.dep_ == "aux" for c in verb.children)
    return pluperfect or verb.dep_ == "relcl" or bool(marks & {"after", "since", "when", "before"})


_LEAVING: Final = frozenset(
    "withdraw pull back exit abandon leave quit scrap nullify cancel call tear renounce repudiate terminate ditch dump "
    "walk bolt sabotage".split()
)
_LEAVING_LEMMAS: Final = np.array([get_string_id(word) for word in sorted(_LEAVING)], dtype=np.uint64)
_WITH: Final = {
    "call": {"off"},
    "pull": {"out", "from"},
    "back": {"out", "away"},
    "walk": {"away", "out"},
    "tear": {"up"},
}
"""Words that must stand with verbs of other senses."""


def left_pact(verb: Token) -> bool:
    """Whether what is left is a pact or talks: as object, or behind "from", "out of"."""
    words = {c.lower_ for c in verb.children}
    needed = _WITH.get(verb.lemma_.lower())
    if needed is not None and not words & needed:
        return False
    found = [c for c in verb.children if c.dep_ == "dobj"]
    for child in verb.children:
        if child.lower_ in {"from", "out", "of", "away"}:
            found += [g for g in child.subtree if g.dep_ == "pobj" and g.head.lower_ in {"from", "of"}]
    if verb.lemma_.lower() in {"leave", "exit"}:  # a room, as often as the talks
        return any(c.lemma_.lower() in PACTS - _ROOMS for c in found)
    return any(c.lemma_.lower() in PACTS for c in found)


_ROOMS: Final = frozenset("summit meeting talk talks conference negotiation dialogue".split())


def _leaving_now(verb: Token) -> bool:
    """ "is pulling out", told as under way."""
    aux = {c.lemma_ for c in verb.children if c.dep_ == "aux"}
    return verb.tag_ == "VBG" and aux == {"be"} and not any(c.dep_ == "neg" for c in verb.children)


def past(verb: Token) -> bool:
    """Whether a verb tells what was done: past or perfect, not denied, not passive, not supposed."""
    words = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass", "neg", "mark"}}
    if words & {"not", "n't", "never", "if", "unless", "would", "could", "will", "may", "might", "should", "to"}:
        return False
    perfect = bool(words & {"has", "have", "had"})
    passive = any(child.dep_ in {"auxpass", "nsubjpass", "agent"} for child in verb.children)
    return not passive and (verb.tag_ == "VBD" or (verb.tag_ == "VBN" and perfect))


def _on_a_matter(verb: Token) -> bool:
    """Whether what is ended or handed over is a matter of the talks itself; a verb alone may name one ("disarm")."""
    objects = [child for child in verb.children if child.dep_ == "dobj"]
    if not objects:
        return verb.lemma_.lower() in _ALONE
    return any(child.lemma_.lower() in MATTERS | COERCIVE for child in objects)


_ALONE: Final = frozenset("disarm denuclearize denuclearise withdraw comply surrender".split())


def _ends_a_pact(token: Token) -> bool:
    """Whether talks or a pact are what is ended: no yielding."""
    return any(child.dep_ == "dobj" and child.lemma_.lower() in OF_PACTS for child in token.children)
