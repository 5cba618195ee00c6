"""Obligations by instruments: "under the deal Iran must ...", "the treaty requires both to ..."."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from summitry.reader.commitments.extent import deeds, governed, infinitive, words_of
from summitry.reader.commitments.lexicon import (
    ALLOWING,
    BARRING,
    BINDING,
    BOUND,
    LIMITING,
    MENTAL,
    MUST,
    NOT_YET,
    REQUIRING,
)
from summitry.reader.commitments.made import asked, empty
from summitry.reader.commitments.obligation import Obligation, Range
from summitry.reader.mentions import MentionIndex
from summitry.reader.modality import modality_of
from summitry.reader.stands.parties import sides_of, subject_sides
from summitry.vocabulary import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

_UNDER: Final = frozenset({"under", "in", "per", "by", "as"})
_TERMS: Final = frozenset("term provision part requirement rule condition text language framework".split())
_CLIMB: Final = 3
"""Nouns between "under" and the instrument: "under the terms of the deal"."""
_FIRM: Final = frozenset({"must", "shall", "will"})
_THREATS: Final = frozenset({"if", "unless", "once", "whether", "should"})


def by_instrument(token: Token, mentions: MentionIndex) -> Iterator[Obligation]:
    """What the noun of an instrument is said to oblige somebody to."""
    if _not_yet(token) or asked(token):
        return
    found = [*_as_subject(token, mentions), *_as_frame(token, mentions), *_in_relative(token, mentions)]
    for verb, deed, words, sides, form in found:
        if form != "bars" and deed.lemma_.lower() in MENTAL and not _passive(deed):
            continue
        if deed.lemma_.lower() == "do" or empty(deed, words[1] - words[0]):
            continue
        yield Obligation(
            kind="instrument",
            cue=verb,
            deed=deed,
            words=words,
            lead=(min(int(token.left_edge.i), verb.i), max(token.i, verb.i) + 1),
            obligors=sides,
            others=sides,
            rule=f"commitments-instrument-1 ({form})",
            weight=0.75 if form in {"requires", "bars", "bound"} else 0.65,
            source=token,
        )


_Found = tuple["Token", "Token", Range, tuple[Actor, ...], str]


def _not_yet(noun: Token) -> bool:
    """Whether the instrument does not stand: a deal that may come, or any."""
    return any(c.lower_ in NOT_YET for c in noun.children if c.i < noun.i)


def _as_subject(noun: Token, mentions: MentionIndex) -> Iterator[_Found]:
    """ "the deal requires Iran to ...", "bars it from ...", "limits its stockpile"."""
    if noun.dep_ != "nsubj":
        return
    for verb in (noun.head, *(c for c in noun.head.children if c.dep_ == "conj")):
        shared = verb.i == noun.head.i or not any(c.dep_ == "nsubj" for c in verb.children if c.i < verb.i)
        if shared and verb.pos_ == "VERB" and modality_of(verb).modality in {"happened", "alleged"}:
            yield from _required(verb, mentions)


def _required(verb: Token, mentions: MentionIndex) -> Iterator[_Found]:
    """Whom a verb of requiring, barring or limiting binds to what."""
    if any(c.dep_ == "neg" or (c.tag_ == "MD" and c.lower_ not in MUST) for c in verb.children):
        return
    lemma, limit = verb.lemma_.lower(), verb.sent.end
    thing = next((c for c in verb.children if c.dep_ in {"dobj", "nsubj"} and c.i > verb.i), None)
    inner = next((c for c in verb.children if c.dep_ in {"xcomp", "ccomp", "advcl"} and c.i > verb.i), None)
    if lemma in REQUIRING:
        if inner is not None and inner.tag_ == "VB":
            whom = thing or next((c for c in inner.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
            yield from _each(verb, deeds(inner), _sides(whom, mentions), limit, "requires")
        elif thing is not None:
            for what in governed(verb, frozenset({"to"})):
                if what.tag_ == "VBG":
                    yield from _each(verb, deeds(what), _sides(thing, mentions), limit, "requires")
    elif lemma in BARRING and thing is not None:
        for what in governed(verb, frozenset({"from"})):
            yield verb, what, (verb.i, words_of(what, limit)[1]), _sides(thing, mentions), "bars"
    elif lemma in LIMITING and thing is not None and (sides := _sides(thing, mentions) or owners(thing, mentions)):
        yield verb, verb, (verb.i, words_of(verb, limit)[1]), sides, "limits"


def _each(verb: Token, found: list[Token], sides: tuple[Actor, ...], limit: int, form: str) -> Iterator[_Found]:
    if sides:
        yield from ((verb, deed, words_of(deed, limit), sides, form) for deed in found)


def _as_frame(noun: Token, mentions: MentionIndex) -> Iterator[_Found]:
    """ "under the terms of the deal, Iran must ...": the clause that the phrase stands in."""
    at = noun.head if noun.dep_ == "appos" and noun.i - noun.head.i <= 2 else noun  # "the phase one deal"
    for _ in range(_CLIMB):
        if at.dep_ != "pobj":
            return
        preposition = at.head
        if preposition.lower_ == "under" or (preposition.lower_ in _UNDER and at.lemma_.lower() in _TERMS):
            break
        if preposition.lower_ == "of" and preposition.head.lemma_.lower() in _TERMS:
            at = preposition.head
            continue
        return
    else:
        return
    verb = preposition.head
    if verb.pos_ not in {"VERB", "AUX"} and verb.dep_ in {"xcomp", "acomp", "attr", "prep", "advmod"}:
        verb = verb.head
    if verb.dep_ == "xcomp" and verb.head.lemma_.lower() in BOUND | ALLOWING | {"have"}:
        verb = verb.head
    yield from _bound(verb, mentions)
    yield from _beside(verb, mentions)


def _in_relative(noun: Token, mentions: MentionIndex) -> Iterator[_Found]:
    """ "a deal under which Iran will ..."."""
    for verb in noun.children:
        if verb.dep_ != "relcl":
            continue
        making = noun.head.head if noun.dep_ == "pobj" else noun.head
        if making.pos_ == "VERB" and modality_of(making).modality not in {"happened", "alleged"}:
            continue
        framed = any(c.dep_ == "prep" and c.lower_ in {"under", "in"} and c.i < verb.i for c in verb.children)
        if framed or any(c.lower_ == "whereby" for c in verb.children):
            yield from _bound(verb, mentions)
            yield from _beside(verb, mentions)
            if making.pos_ == "VERB":  # to which the parser hangs what is coordinated within the clause
                yield from _beside(making, mentions, behind=verb.i)


def _beside(verb: Token, mentions: MentionIndex, behind: int = 0) -> Iterator[_Found]:
    """What clauses coordinated with a framed one bind others to: "and B will ..."."""
    for other in verb.children:
        own = other.dep_ == "conj" and other.i > behind and any(c.dep_ == "nsubj" for c in other.children)
        if own and any(c.dep_ == "aux" and c.lower_ in _FIRM for c in other.children):
            yield from _bound(other, mentions)


def _bound(verb: Token, mentions: MentionIndex) -> Iterator[_Found]:
    """What a clause that an instrument frames says of whom it binds."""
    if verb.pos_ not in {"VERB", "AUX"} or any(
        (c.dep_ == "mark" and c.lower_ in _THREATS) or (c.dep_ == "aux" and c.lower_ in {"may", "might", "could"})
        for c in verb.children
    ):
        return
    sides, subject = subject_sides(verb, mentions)
    if subject is None:
        return
    sides = sides or owners(subject, mentions)
    lemma, limit = verb.lemma_.lower(), verb.sent.end
    if not sides or (lemma in BINDING and not _passive(verb)):
        return  # told by the verb itself
    denied = any(c.dep_ == "neg" for c in verb.children)
    only = any(c.lower_ == "only" for c in verb.children)
    inner = infinitive(verb, frozenset({"xcomp", "advcl", "ccomp"}))
    if lemma == "have" and inner is not None and not denied:
        yield from _each(verb, deeds(inner, verb), sides, limit, "bound")
    elif _passive(verb) and lemma in ALLOWING and inner is not None and (denied or only):
        yield verb, inner, (verb.i, words_of(inner, limit)[1]), sides, "bound"
    elif _passive(verb) and lemma in BOUND and inner is not None and not denied:
        yield from _each(verb, deeds(inner, verb), sides, limit, "bound")
    elif _passive(verb) and lemma in BARRING | LIMITING and not denied:
        yield verb, verb, (verb.i, words_of(verb, limit)[1]), sides, "bound"
    elif any(c.dep_ == "aux" and c.lower_ in MUST for c in verb.children):
        own = bool(subject_sides(verb, mentions)[0])
        for deed in deeds(verb):
            start, end = words_of(deed, limit)
            if not own:
                start = int(subject.left_edge.i)
            yield verb, deed, (start, end), sides, "will"


def _passive(verb: Token) -> bool:
    return any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)


def _sides(token: Token | None, mentions: MentionIndex) -> tuple[Actor, ...]:
    mention = mentions.of_head(token) if token is not None else None
    return sides_of(mention) if mention is not None else ()


def owners(token: Token, mentions: MentionIndex) -> tuple[Actor, ...]:
    """Whose a thing is: "Iran's stockpile"."""
    for child in token.children:
        if child.dep_ in {"poss", "amod", "compound"} and (sides := _sides(child, mentions)):
            return sides
    return ()
