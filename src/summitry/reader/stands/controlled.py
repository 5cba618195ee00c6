"""Stands told by a verb without a subject of its own: "left the talks, demanding that ...", "is trying to press Oman".

Whose they are is told by the verb or noun that governs them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from spacy.strings import get_string_id

from summitry.reader.mentions import MentionIndex
from summitry.reader.propositions import Proposition
from summitry.reader.propositions.clause import lemma_of
from summitry.reader.propositions.lexicon import CALLING, VERBS
from summitry.reader.propositions.proposition import Act
from summitry.reader.stands.parties import controller_of, subject_of
from summitry.reader.stands.reach import reach
from summitry.vocabulary import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FORCING: Final = frozenset("force compel persuade convince coerce induce prod nudge coax oblige pressurize".split())
"""Verbs of making another do something: a demand, whether they reach it or not."""
OPPOSING: Final = frozenset("deter block thwart counteract counter prevent derail resist avert forestall".split())
"""Verbs of working against something, where somebody aims at it."""
WINNING: Final = frozenset("win obtain secure extract wring gain get".split())
"""Verbs of getting something of another, where somebody aims at it: a demand for it."""
_WON: Final = frozenset(
    "relief concession aid assistance guarantee assurance waiver lifting removal recognition".split()
)
_ACTS: Final[dict[str, Act]] = {
    **VERBS,
    **dict.fromkeys(FORCING | WINNING, "demand"),
    **dict.fromkeys(OPPOSING, "oppose"),
}
ADDED: Final = FORCING | OPPOSING | WINNING
_LEMMAS: Final = np.array(
    sorted(get_string_id(word) for word, act in _ACTS.items() if act not in ("say", "withdraw")), dtype=np.uint64
)
# What may govern an infinitive that tells a stand: one who tries, wants or has come to demand demands.
_AIMING: Final = frozenset(
    "try attempt seek want hope plan aim intend use strive work wish go come begin start continue vow keep prefer look "
    "effort attempt bid campaign drive goal aim plan strategy policy tactic move".split()
)
_OPEN: Final = frozenset({"if", "whether", "unless"})
_STANDING: Final = frozenset({"demand", "support", "oppose", "reject", "promise", "threaten", "propose"})
"""Acts that an infinitive may tell; what one is only to accept or refuse is not yet done."""


def of_controlled(doc: Doc, mentions: MentionIndex, known: Sequence[Proposition]) -> Iterator[Proposition]:
    """Propositions of infinitives and participles that ``known`` has no actor for, in text order."""
    done = {row.predicate_span.start for row in known}
    for at in np.flatnonzero(np.isin(doc.to_array(["LEMMA"]), _LEMMAS)):
        token = doc[int(at)]
        lemma = token.lemma_.lower() if token.lemma_.lower() in ADDED else lemma_of(token)
        if token.idx in done or lemma is None or token.pos_ != "VERB":
            continue
        if not (_told(token, _ACTS[lemma]) or _by_policy(token)):
            continue
        if any(child.dep_ in {"auxpass", "nsubjpass", "agent"} for child in token.children):
            continue
        holder = controller_of(token)
        mention = mentions.of_head(holder) if holder is not None else None
        if mention is None and holder is not None and holder.lemma_.lower() in _POLICIES:
            mention = next((m for c in holder.children if c.i < holder.i and (m := mentions.of_head(c))), None)
        end = reach(token, token.sent.end)
        if holder is None or mention is None or end <= token.i + 1:
            continue
        for actor in mention.members or ((mention.actor,) if mention.actor is not None else ()):
            if actor.code is None or actor.kind == "media":
                continue
            word, last = Span(token.idx, token.idx + len(token)), doc[end - 1]
            stop = last.idx + len(last)
            calling = lemma == "call" and doc[token.i + 1].lower_ in CALLING
            act = "demand" if calling else _ACTS[lemma]
            if act == "say":
                continue
            yield Proposition(
                actor=actor,
                role="joint",
                actor_span=Span(mention.start, mention.end),
                predicate=token.lower_,
                predicate_span=word,
                lemma=lemma,
                act=act,
                negated=any(child.dep_ == "neg" for child in token.children),
                modal=None,
                point=(Span(word.end, stop),),
                clause=Span(word.start, stop),
            )


_BELIEVING: Final = frozenset({"convince", "persuade"})


def _told(token: Token, act: Act) -> bool:
    """Whether a verb form tells a stand: a participle or a gerund does, an infinitive under one who aims at it."""
    lemma = token.lemma_.lower()
    if lemma in WINNING and not any(c.dep_ == "dobj" and c.lemma_.lower() in _WON for c in token.children):
        return False
    if lemma in OPPOSING | WINNING:
        hoped = token.dep_ == "pcomp" and token.head.head.lemma_.lower() in _AIMING
        return aimed(token) or hoped
    if lemma in FORCING:
        if not any(child.dep_ in {"xcomp", "ccomp", "advcl"} or child.lower_ == "into" for child in token.children):
            return False
        if lemma in _BELIEVING and not any(c.dep_ == "dobj" for c in token.children):
            return False  # "convinced that the pact holds"
        if token.tag_ in {"VBD", "VBZ", "VBP", "VBN"}:
            return True
    if token.tag_ == "VBG":
        own = subject_of(token)
        return own is not None or token.dep_ in {"advcl", "acl", "pcomp", "conj", "xcomp", "ccomp", "ROOT"}
    return token.tag_ == "VB" and act in _STANDING and aimed(token)


_POLICIES: Final = frozenset("policy strategy approach law bill legislation plan position administration".split())


def _by_policy(token: Token) -> bool:
    """Whether a party's policy or law is what tells a stand: "the Lima plan requires that ..."."""
    subject = subject_of(token)
    return subject is not None and subject.lemma_.lower() in _POLICIES and token.tag_ in {"VBD", "VBZ", "VBP"}


def aimed(token: Token) -> bool:
    """Whether an infinitive is what somebody tries, wants or uses something for, and nothing denies it."""
    at = token
    while at.dep_ == "conj" and at.head.tag_ == at.tag_:
        at = at.head
    if not any(child.tag_ == "TO" for child in at.children) or at.head.i == at.i:
        return False
    governor = at.head
    if any(child.dep_ == "neg" for child in (*token.children, *governor.children)):
        return False
    if any(child.dep_ == "mark" and child.lower_ in _OPEN for child in governor.children):
        return False
    if at.dep_ == "advcl":
        return governor.tag_ in {"VBD", "VBZ", "VBP", "VBN", "VBG"}
    return governor.lemma_.lower() in _AIMING
