"""What the moods of verbs share: whose clause it is, whether it is denied or supposed, and the draft that it makes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from summitry.reader.mentions import MentionIndex
from summitry.reader.stands.draft import Draft
from summitry.reader.stands.lexicon import AT_THE_TABLE
from summitry.reader.stands.parties import subject_of, subject_sides
from summitry.reader.stands.points import bare
from summitry.reader.stands.predicates import matters
from summitry.reader.stands.reach import clause_of, doubted, reach
from summitry.reader.stands.terms import terms_around
from summitry.vocabulary import Actor, MoveKind, Stance

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_NOT: Final = frozenset({"not", "n't", "never"})
_OPEN: Final = frozenset("if whether unless".split())
_READY: Final = (("support", None), ("offer", "offer"), ("support", "promise"))
"""What becomes a condition of one's own where one is set."""
How = tuple[Stance | None, MoveKind | None]


@dataclass(frozen=True, slots=True)
class Who:
    """Whose stand, the subject of the clause, and of whom it is demanded."""

    sides: tuple[Actor, ...]
    subject: Token | None
    addressees: tuple[Actor, ...] = ()


def who_of(token: Token, mentions: MentionIndex) -> Who:
    """The parties that are the subject of a verb or predicate."""
    return Who(*subject_sides(token, mentions))


def steps(point: Span) -> bool:
    """Whether a point begins with a step at the table: "to supply the gas", "joining"."""
    first = next((token for token in point if token.pos_ == "VERB"), None)
    return first is not None and first.lemma_.lower() in AT_THE_TABLE


def denied(token: Token) -> bool:
    """Whether "not" stands with a word, or "no" or "neither" with its subject."""
    own = next((child.i for child in token.children if child.dep_ in {"nsubj", "nsubjpass"} and child.i < token.i), -1)
    # What stands before the subject is another clause's: "if it doesn't we will go on".
    auxiliary = any(child.dep_ == "aux" and child.i < own for child in token.children)
    if any(c.dep_ == "neg" and c.lower_ in _NOT and (c.i > own or auxiliary) for c in token.children):
        return True
    if token.dep_ == "conj" and token.tag_ == "VB" and own < 0 and any(c.lower_ == "or" for c in token.head.children):
        return any(c.dep_ == "neg" for c in token.head.children)  # "could not detect or prevent"
    if any(
        child.lower_ == "longer" and child.i > 0 and token.doc[child.i - 1].lower_ == "no" for child in token.children
    ):
        return True
    subject = subject_of(token)
    return subject is not None and any(child.lower_ in {"no", "neither"} for child in subject.children)


def supposed(token: Token) -> bool:
    """Whether a clause is itself only supposed, asked or doubted."""
    if doubted(token):
        return True
    if any(child.dep_ == "mark" and child.lower_ in _OPEN for child in token.children):
        return True
    if any(child.dep_ == "aux" and child.lower_ in {"may", "might"} for child in token.children):
        return True
    last = token.sent[-1]
    return last.text == "?" or (last.i > 0 and token.doc[last.i - 1].text == "?")


def drafts(token: Token, who: Who, how: How, rule: str, weight: float) -> Iterator[Draft]:
    """The drafts of a mood at a predicate, one a party; none where its clause is on no matter of negotiation."""
    if not who.sides or who.subject is None:
        return
    doc = token.doc
    end = reach(token, token.sent.end)
    if token.dep_ in {"acomp", "dobj"}:
        # "is ready to talk if ...", "has no plan to talk until ...": the condition may hang on the verb.
        end = max(end, reach(token.head, token.sent.end))
    terms = terms_around(token, end)
    start = token.i + (0 if token.pos_ == "VERB" and rule.startswith(("stands-will-", "stands-must-")) else 1)
    if any(c.lower_ == "only" for c in token.children) and terms.condition is not None:
        terms = replace(terms, set=True)
    stop = min(end, terms.marked if terms.marked is not None and terms.marked > start else end)
    start, stop = bare(doc, start, stop)
    clause = clause_of(token, who.subject, end)
    if terms.condition is not None and terms.condition[0] < clause[0]:
        clause = (terms.condition[0], clause[1])
    if stop <= start or not (matters(doc, clause, token.i) or steps(doc[start:stop])):
        return
    if terms.condition is not None and terms.set and how in _READY:
        how = ("condition", "precondition")
    for side in who.sides:
        yield Draft(
            party=side,
            predicate=token,
            stance=how[0],
            move=how[1],
            clause=clause,
            point=(start, stop),
            terms=terms,
            addressees=tuple(a for a in who.addressees if a.code != side.code),
            rule=rule,
            weight=weight,
        )
