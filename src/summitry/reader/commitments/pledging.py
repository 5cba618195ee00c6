"""Obligations by verbs: "agreed to resume talks", "pledged to halt tests", "agreed that they would ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from summitry.reader.commitments.extent import deeds, governed, infinitive, words_of
from summitry.reader.commitments.lexicon import AGREEING, INSTRUMENTS, MUST, OTHERS, PLEDGING, VAIN
from summitry.reader.commitments.made import empty, made, spares, threatens
from summitry.reader.commitments.obligation import Kind, Obligation, Range
from summitry.reader.mentions import MentionIndex
from summitry.reader.stands.parties import sides_of, subject_of, subject_sides
from summitry.reader.stands.predicates import matters
from summitry.vocabulary import Actor

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CONSTRAINTS: Final = frozenset(
    "limit restriction curb cap constraint inspection freeze moratorium ceasefire truce cut limitation inspector "
    "monitoring suspension".split()
)
"""What is accepted by whoever binds himself; of anything else, accepting tells a stand."""
_TO: Final = frozenset({"to"})
_CLAUSE: Final = frozenset({"xcomp", "advcl", "ccomp", "acl"})
_TRUCES: Final = frozenset("ceasefire cease-fire truce armistice moratorium".split())


def by_verb(token: Token, mentions: MentionIndex) -> Iterator[Obligation]:
    """The obligations that a verb of agreeing or pledging tells; none where nobody was bound."""
    lemma = token.lemma_.lower()
    sides, subject = _who(token, mentions)
    if not sides or subject is None or not made(token) or _quoted_apart(subject, token):
        return
    if _elsewhere(subject, sides, mentions):
        return
    agreed = lemma in AGREEING
    kind: Kind = "agreement" if agreed else "pledge"
    for deed, obligors, words, form in _deeds(token, lemma, sides, mentions):
        if empty(deed, words[1] - words[0]) or (not agreed and at_home(deed)):
            continue
        obligors = tuple(one for one in obligors if one.code not in _met_by(deed, mentions))
        if not obligors:
            continue
        others = _others(token, mentions, (*obligors, *sides))
        if form == "object" and (first := _given_to(deed, words, mentions)) is not None:
            others, words = (*others, *first[0]), (first[1], words[1])
        lead = (min(int(subject.left_edge.i), token.i) if subject.sent == token.sent else token.i, token.i + 1)
        if not agreed and (
            threatens(deed, lemma)
            or not (spares(deed) or concerns(deed.doc, (token.i, words[1]), token, obligors, mentions))
        ):
            continue
        yield Obligation(
            kind=kind,
            cue=token,
            deed=deed,
            words=words,
            lead=lead if lead[1] - lead[0] <= _LEAD else (token.i, token.i + 1),
            obligors=obligors,
            others=tuple({one.code: one for one in (*sides, *others)}.values()),
            rule=f"commitments-verb-1 ({lemma} {form})",
            weight=_WEIGHT[form] - (0.1 if lemma in {"vow", "accept"} else 0),
        )


_LEAD: Final = 40
"""Tokens of a lead beyond which only the verb is shown."""
_WEIGHT: Final = {"to": 0.8, "that": 0.7, "doing": 0.75, "noun": 0.65, "object": 0.65}


def _who(token: Token, mentions: MentionIndex) -> tuple[tuple[Actor, ...], Token | None]:
    """Who binds himself; of a participle, the subject of what it stands with."""
    sides, subject = subject_sides(token, mentions)
    if sides and subject is not None:
        sides = _with_first(sides, subject, mentions)
    if sides or token.tag_ != "VBG":
        return sides, subject
    head = token.head
    if token.dep_ == "acl" and (mention := mentions.of_head(head)) is not None:
        return sides_of(mention), head
    return subject_sides(head, mentions) if token.dep_ in {"advcl", "xcomp"} and head.pos_ == "VERB" else ((), None)


_MEETING: Final = frozenset("meet visit host receive see invite".split())
_IN: Final = frozenset({"in", "of", "from"})


def _met_by(deed: Token, mentions: MentionIndex) -> frozenset[str | None]:
    """Whom one is to meet, who then is not the one that agreed to: "they agreed to meet the king"."""
    if deed.lemma_.lower() not in _MEETING:
        return frozenset()
    heads = [*(c for c in deed.children if c.dep_ == "dobj"), *governed(deed, frozenset({"with"}))]
    found = (mention for head in heads if (mention := mentions.of_head(head)) is not None)
    return frozenset(side.code for mention in found for side in sides_of(mention))


def _elsewhere(subject: Token, sides: Sequence[Actor], mentions: MentionIndex) -> bool:
    """Whether a subject is named by a place that is none of the parties found: "authorities in Malta"."""
    if subject.pos_ == "PROPN":
        return False
    codes = {side.code for side in sides}
    for place in governed(subject, _IN):
        if place.pos_ != "PROPN":
            continue
        mention = mentions.of_head(place)
        if not codes & {side.code for side in (sides_of(mention) if mention is not None else ())}:
            return True
    return False


def _quoted_apart(subject: Token, verb: Token) -> bool:
    """Whether a quotation ends between a subject and a verb: then the parser joined two speakers' words."""
    marks = [t for t in subject.doc[subject.i : max(subject.i, verb.i)] if t.text == '"']
    return bool(marks) and not subject.doc[marks[0].i - 1].whitespace_ and bool(marks[0].whitespace_)


def _opens_clause(thing: Token) -> bool:
    """Whether a thing promised is the subject of what is promised: "promised the ship would not sail"."""
    behind = thing.right_edge.i + 1
    return behind < len(thing.doc) and (thing.doc[behind].tag_ == "MD" or thing.doc[behind].dep_ == "aux")


def _with_first(sides: tuple[Actor, ...], subject: Token, mentions: MentionIndex) -> tuple[Actor, ...]:
    """The parties of a subject with the one that shares its noun: "North and South Korea"."""
    found = {side.code: side for side in sides}
    for child in subject.children:
        if (
            child.i < subject.i
            and child.dep_ in {"nmod", "amod", "compound"}
            and any(c.dep_ == "cc" for c in child.children)
        ):
            mention = mentions.at(child.idx)
            if mention is not None:
                found = {side.code: side for side in sides_of(mention)} | found
    return tuple(found.values())


def _deeds(
    token: Token, lemma: str, sides: tuple[Actor, ...], mentions: MentionIndex
) -> Iterator[tuple[Token, tuple[Actor, ...], Range, str]]:
    limit = token.sent.end
    passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in token.children) or token.dep_ == "acomp"
    if lemma != "accept" and (first := infinitive(token, frozenset({"xcomp", "advcl"}))) is not None:
        if not (passive and lemma != "commit"):
            yield from ((deed, sides, words_of(deed, limit), "to") for deed in deeds(first, token))
        return
    if passive and lemma != "commit":
        return
    if lemma in {"agree", "commit", "consent"}:
        for what in governed(token, _TO):
            if what.tag_ == "VBG":
                yield from ((deed, sides, words_of(deed, limit), "doing") for deed in deeds(what, token))
                return
            if what.pos_ in {"NOUN", "PROPN"} and not passive and _binds(what, mentions):
                yield what, sides, _phrase(what, limit), "noun"
                return
    clause = next((c for c in token.children if c.dep_ == "ccomp" and c.i > token.i), None)
    if clause is not None and lemma not in {"accept", "commit"}:
        yield from _clause(clause, lemma, sides, mentions)
        return
    thing = next((c for c in token.children if c.dep_ == "dobj" and c.i > token.i), None)
    if thing is None or thing.pos_ not in {"NOUN", "PROPN"} or lemma in {"commit", "undertake", "vow"}:
        return
    if thing.lemma_.lower() in INSTRUMENTS - _TRUCES:
        inner = infinitive(thing, _CLAUSE) if lemma == "agree" else None
        if inner is not None:
            yield from ((deed, sides, words_of(deed, limit), "to") for deed in deeds(inner, thing, token))
        return
    if _opens_clause(thing):
        return
    if (lemma in PLEDGING or thing.lemma_.lower() in _CONSTRAINTS | _TRUCES) and _binds(thing, mentions):
        yield thing, sides, _phrase(thing, limit), "object"


def _clause(
    verb: Token, lemma: str, sides: tuple[Actor, ...], mentions: MentionIndex
) -> Iterator[tuple[Token, tuple[Actor, ...], Range, str]]:
    """ "agreed that sanctions would be lifted", "pledged it would not attack"."""
    if not any(c.dep_ == "aux" and c.lower_ in MUST | {"wo", "'ll", "'d"} for c in verb.children):
        return
    subject = subject_of(verb)
    own, _ = subject_sides(verb, mentions)
    codes = {side.code for side in sides}
    if own and not codes & {side.code for side in own}:
        return  # what is to become of another
    words = words_of(verb, verb.sent.end)
    if not own and subject is not None and subject.pos_ in {"NOUN", "PROPN"} and subject.i < verb.i:
        words = (int(subject.left_edge.i), words[1])
    yield verb, own or sides, words, "that"


def _binds(noun: Token, mentions: MentionIndex) -> bool:
    """Whether a noun is something to be done or given, and no party, empty word or instrument."""
    lemma = noun.lemma_.lower()
    if lemma in VAIN or lemma in INSTRUMENTS - _TRUCES:
        return False
    mention = mentions.of_head(noun)
    return mention is None or (mention.actor is None and not mention.members)


def _phrase(noun: Token, limit: int) -> Range:
    start, end = words_of(noun, limit)
    return min(start, int(noun.left_edge.i)), end


def _given_to(thing: Token, words: Range, mentions: MentionIndex) -> tuple[tuple[Actor, ...], int] | None:
    """To whom a thing is promised, where the parser takes the party for a part of it: "promised Chile guarantees"."""
    first = thing.doc[words[0]]
    mention = mentions.at(first.idx)
    if first.i >= thing.i or first.dep_ not in {"compound", "nmod"} or mention is None or mention.start != first.idx:
        return None
    behind = next((i for i in range(first.i, thing.i + 1) if thing.doc[i].idx >= mention.end), thing.i)
    sides = sides_of(mention)
    return (sides, behind) if sides and behind <= thing.i else None


def _others(token: Token, mentions: MentionIndex, own: Sequence[Actor]) -> tuple[Actor, ...]:
    """To or with whom one binds oneself, as the verb tells it."""
    codes = {one.code for one in own}
    heads = [*governed(token, OTHERS), *(c for c in token.children if c.dep_ == "dative" and c.pos_ != "ADP")]
    found: dict[str | None, Actor] = {}
    for head in heads:
        mention = mentions.of_head(head)
        if mention is not None:
            found |= {side.code: side for side in sides_of(mention) if side.code not in codes}
    return tuple(found.values())


_HOME: Final = re.compile(
    r"\b(?:came to (?:power|office)|campaign(?:ed)? (?:promise|pledge|vow|trail|rally)s?|campaigned|on the campaign|"
    r"election (?:campaign|promise|pledge|rally)|voters?|electorate|constituents|socialist economy|"
    r"economic (?:pain|growth|development) at home|"
    r"living standards|his own people|their own people|ease economic pain)\b",
    re.IGNORECASE,
)
"""Words of a sentence by which a pledge is made to one's own people."""


def at_home(deed: Token) -> bool:
    """Whether what is pledged is pledged to one's own people: to voters, of one's own economy."""
    return _HOME.search(deed.sent.text) is not None


def concerns(doc: Doc, words: Range, cue: Token, obligors: Sequence[Actor], mentions: MentionIndex) -> bool:
    """Whether a pledge is one to other parties: about a matter of negotiation, or it names another party."""
    if matters(doc, words, cue.i):
        return True
    own = {one.code for one in obligors}
    start, end = doc[words[0]].idx, doc[words[1] - 1].idx + len(doc[words[1] - 1])
    return any(side.code not in own for mention in mentions.within(start, end) for side in sides_of(mention))
