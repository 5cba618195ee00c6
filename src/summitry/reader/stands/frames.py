"""Orders told of things rather than of parties: "sanctions stay until ...", "relief can come only after ...", "that has
to follow the withdrawal".

Who says it, or whose position it is called, keeps its own step back until the other's is done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from spacy.strings import get_string_id

from summitry.reader.events.sight import content_at
from summitry.reader.mentions import MentionIndex
from summitry.reader.stands.draft import Draft
from summitry.reader.stands.lexicon import MATTERS, PROCESS
from summitry.reader.stands.parties import parties_within, side_told, sides_of, subject_of
from summitry.reader.stands.reach import doubted, reach
from summitry.reader.stands.terms import Range, Terms, terms_of
from summitry.vocabulary import Actor, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_VERBAL: Final = np.array([get_string_id("VERB"), get_string_id("AUX")], dtype=np.uint64)
_LASTING: Final = frozenset("remain stay continue last keep persist hold".split())
_COMING: Final = frozenset("come follow begin start resume happen occur take".split())
_REACHED: Final = frozenset(
    "realize realise achieve lift ease remove relax grant give provide offer sign restore normalize normalise open "
    "discuss consider hold terminate end reach make implement complete launch begin".split()
)
_STANDING: Final = frozenset("position stance line policy view insistence demand condition message stand".split())
"""Nouns of which a that-clause tells what a party stands for."""
_BARE: Final = frozenset({"it", "this", "that", "they", "these", "those", "which"})
_WEIGHT: Final = 0.7


def by_frames(doc: Doc, mentions: MentionIndex, statements: Sequence[Statement]) -> Iterator[Draft]:
    """Drafts of the orders that parties set for things, in text order."""
    last: tuple[int, Range] | None = None
    for at in np.flatnonzero(np.isin(doc.to_array(["POS"]), _VERBAL)):
        token = doc[int(at)]
        lemma = token.lemma_.lower()
        if lemma not in _LASTING | _COMING | _REACHED:
            continue
        bound = token.dep_ == "xcomp" and token.head.lemma_.lower() in {"have", "need"}
        subject = subject_of(token.head if bound else token)
        if subject is None or _party(subject, mentions) or doubted(token) or _asked(token):
            continue
        terms = _order(token, lemma, reach(token, token.sent.end))
        if terms is None or terms.clause is None:
            continue
        thing = _thing(subject, last)
        if thing is None or not (_matter(doc, thing) or _matter(doc, terms.clause)):
            continue
        for side in _whose(token, mentions, statements):
            last = (int(token.sent.start), thing)
            others = parties_within(doc, *terms.clause, mentions)
            yield Draft(
                party=side,
                predicate=token,
                stance="condition",
                move="precondition",
                clause=(_left(subject, token), _end(token, terms)),
                point=thing,
                terms=terms,
                addressees=tuple(other for other in others if other.code != side.code)[:1],
                rule=f"stands-order-1 ({lemma})",
                weight=_WEIGHT,
            )


def _party(subject: Token, mentions: MentionIndex) -> bool:
    mention = mentions.of_head(subject)
    return mention is not None and bool(sides_of(mention))


def _asked(token: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in {"if", "whether", "when"} for c in token.children)


def _order(token: Token, lemma: str, end: int) -> Terms | None:
    """The terms under which one's own step comes after the other's; None where a clause tells no such order."""
    if lemma == "follow":
        done = next((c for c in token.children if c.dep_ == "dobj" and c.i < end), None)
        if done is None or not _bound(token):
            return None
        clause = (int(done.left_edge.i), min(end, int(done.right_edge.i) + 1))
        return Terms((token.i, clause[1]), clause, True, "after", None, token.i)
    terms = terms_of(token.doc, token.i + 1, end)
    only = any(c.lower_ == "only" for c in token.children)
    if terms.condition is None or terms.order != "after" or not (terms.set or only):
        return None
    terms = replace(terms, set=True)
    first = "only" if only or terms.condition is None else token.doc[terms.condition[0]].lower_
    if lemma in _LASTING:
        return terms if first == "until" and _place(token) else None
    return terms if first == "only" or _bound(token) else None


def _bound(token: Token) -> bool:
    """Whether something must or can be so: a modal stands with it, or "has to"."""
    if any(c.tag_ == "MD" for c in token.children):
        return True
    return token.dep_ == "xcomp" and token.head.lemma_.lower() in {"have", "need"}


def _place(token: Token) -> bool:
    """Whether something lasts as it is: "remain in place", "stay in force", "continue"."""
    if token.lemma_.lower() in {"continue", "last", "persist"}:
        return True
    return any(c.dep_ in {"prep", "acomp", "advmod", "attr"} and c.i > token.i for c in token.children)


def _thing(subject: Token, last: tuple[int, Range] | None) -> Range | None:
    """What the order is about. A bare pronoun takes up the subject before it, in the sentence or the one before."""
    if subject.lower_ not in _BARE:
        return int(subject.left_edge.i), int(subject.right_edge.i) + 1
    sentence = subject.sent
    for token in reversed(list(sentence)[: subject.i - sentence.start]):
        if token.dep_ in {"nsubj", "nsubjpass"} and token.pos_ == "NOUN":
            return int(token.left_edge.i), int(token.right_edge.i) + 1
    # What was said to have its order just before: the same thing, in the next sentence or the one behind it.
    if last is not None and sentence.start > last[0] and _sentences_between(subject, last[0]) <= 1:
        return last[1]
    return None


def _sentences_between(token: Token, start: int) -> int:
    doc = token.doc
    return sum(doc[i].is_sent_start is True and doc[i].is_alpha for i in range(start + 1, token.sent.start))


def _matter(doc: Doc, words: Range) -> bool:
    return any(doc[i].lemma_.lower() in MATTERS | PROCESS for i in range(*words))


def _whose(token: Token, mentions: MentionIndex, statements: Sequence[Statement]) -> tuple[Actor, ...]:
    """Who sets the order: whose position it is called, else whose words it stands in."""
    noun = token.head if token.dep_ in {"acl", "ccomp", "relcl"} else None
    if noun is not None and noun.lemma_.lower() in _STANDING:
        owner = next((c for c in noun.children if c.dep_ == "poss"), None)
        mention = mentions.of_head(owner) if owner is not None else None
        if mention is not None and (sides := sides_of(mention)):
            return sides
    holder = content_at(statements, token.idx)
    side = side_told(holder) if holder is not None else None
    return (side,) if side is not None else ()


def _left(subject: Token, token: Token) -> int:
    return int(subject.left_edge.i) if subject.sent == token.sent else token.i


def _end(token: Token, terms: Terms) -> int:
    return max(token.i + 1, *(r[1] for r in (terms.condition, terms.clause) if r is not None))
