"""Stands told in a party's words without it as subject: "tariffs will be lifted if ...", "you will pay a price"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from spacy.strings import get_string_id

from summitry.reader.events.sight import content_at
from summitry.reader.mentions import MentionIndex
from summitry.reader.stands.draft import Draft
from summitry.reader.stands.lexicon import COERCIVE, HARM, MATTERS, OF_PACTS, PROCESS, YIELDS
from summitry.reader.stands.mood import How, denied, supposed
from summitry.reader.stands.parties import side_told, sides_of, subject_of
from summitry.reader.stands.reach import reach
from summitry.reader.stands.terms import Terms, terms_around
from summitry.vocabulary import Actor, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUFFERING: Final = frozenset("face suffer pay regret meet answer bear reap trigger provoke invite cause".split())
_COSTS: Final = frozenset(
    "consequence price retaliation response reaction sanction cost retribution punishment reprisal revenge war fire "
    "repercussion regret".split()
)
_GIVING: Final = frozenset("guarantee provide offer give lift ease remove waive restore end suspend release".split())
_GAINING: Final = frozenset("look receive get enjoy gain prosper thrive achieve".split())
_COMING: Final = frozenset({"will", "'ll", "would", "shall", "can"})
_LEMMAS: Final = np.array(
    [get_string_id(word) for word in sorted(_SUFFERING | _GIVING | _GAINING | HARM | YIELDS)], dtype=np.uint64
)
_WEIGHT: Final = 0.6


def by_things(doc: Doc, mentions: MentionIndex, statements: Sequence[Statement]) -> Iterator[Draft]:
    """Drafts of what parties say will be done, and of what they say others will suffer, in text order."""
    for at in np.flatnonzero(np.isin(doc.to_array(["LEMMA"]), _LEMMAS)):
        token = doc[int(at)]
        modals = {c.lower_ for c in token.children if c.dep_ == "aux" and c.tag_ == "MD"}
        if token.pos_ != "VERB" or token.dep_ == "relcl" or not modals & _COMING or supposed(token):
            continue
        holder = content_at(statements, token.idx)
        side = side_told(holder) if holder is not None else None
        subject = subject_of(token)
        if side is None or subject is None:
            continue
        terms = terms_around(token, reach(token, token.sent.end))
        other = _other(subject, side, mentions)
        how = (_suffered(token, subject) if other else None) or _done(token, subject, terms)
        if how is None and other and terms.condition is not None and token.lemma_.lower() in _GAINING:
            how = ("offer", "offer")  # "they can look forward to a bright future if ..."
        if how is None:
            continue
        end = reach(token, token.sent.end)
        start = min(int(subject.left_edge.i), token.i)
        first = terms.condition[0] if terms.condition is not None else start
        yield Draft(
            party=side,
            predicate=token,
            stance=how[0],
            move=how[1],
            clause=(min(start, first), end),
            point=(start, min(end, terms.marked) if terms.marked is not None and terms.marked > token.i else end),
            terms=terms,
            addressees=(),
            rule=f"stands-thing-1 ({token.lemma_.lower()})",
            weight=_WEIGHT,
        )


def _other(subject: Token, side: Actor, mentions: MentionIndex) -> bool:
    """Whether a subject is somebody or something else than whoever speaks."""
    mention = mentions.of_head(subject)
    own = mention is not None and side.code in {one.code for one in sides_of(mention)}
    return not own and subject.lower_ not in {"we", "i"}


def _suffered(token: Token, subject: Token) -> How | None:
    """A threat: that another will face, pay or bring about what hurts."""
    if token.lemma_.lower() not in _SUFFERING or denied(token):
        return None
    costs = {each.lemma_.lower() for c in token.children if c.i > token.i for each in (c, *c.children)}
    return (None, "threat") if costs & _COSTS else None


def _done(token: Token, subject: Token, terms: Terms) -> How | None:
    """What will be done to a matter, nobody being named who does it: the speaker's side does."""
    if not any(c.dep_ == "nsubjpass" for c in token.children) or any(c.dep_ == "agent" for c in token.children):
        return None
    if not any(each.lemma_.lower() in MATTERS | PROCESS | COERCIVE for each in subject.subtree):
        return None
    lemma, thing = token.lemma_.lower(), subject.lemma_.lower()
    if denied(token):
        return ("reject", "precondition" if terms.set else "refusal") if lemma in YIELDS else None
    if lemma in HARM and (thing in OF_PACTS or lemma not in YIELDS):
        return ("condition" if terms.condition is not None else None, "threat")
    if lemma in YIELDS | _GIVING:
        if terms.set:
            return ("condition", "precondition")
        return ("offer", "offer" if terms.condition is not None else "promise")
    return None
