"""Stands told by what must be: "Iran must halt enrichment" in the mouth of another party is that party's demand.

"We must keep the deal" is support of one's own, "it is time to lift the sanctions" a demand on whoever can.
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
from summitry.reader.stands.lexicon import MATTERS, PROCESS, STEPS, UNDOING
from summitry.reader.stands.mood import How, Who, denied, drafts, supposed
from summitry.reader.stands.parties import parties_within, subject_sides
from summitry.vocabulary import Actor, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_VERBAL: Final = np.array([get_string_id("VERB"), get_string_id("AUX")], dtype=np.uint64)
_MUST: Final = frozenset({"must", "should"})
_MINDING: Final = frozenset(
    "understand know realize realise remember think thank see believe expect worry wonder".split()
)
"""What somebody is told to have in mind, which is no step."""
_OPINING: Final = frozenset("believe think fear hope wonder ask".split())
"""Cues of what is only thought."""
_AGREEING: Final = frozenset({"agree", "agreed", "agrees"})
_NEEDED: Final = frozenset("necessary essential imperative vital crucial important high time".split())
_UNDOING: Final = frozenset("reconsider rethink reassess drop abandon end".split())
"""Doing these to an approach is against it."""
_WE: Final = frozenset({"we", "i"})


def by_must(doc: Doc, mentions: MentionIndex, statements: Sequence[Statement]) -> Iterator[Draft]:
    """Drafts of what parties say must or should be done, in text order."""
    for at in np.flatnonzero(np.isin(doc.to_array(["POS"]), _VERBAL)):
        token = doc[int(at)]
        modal = next((c.lower_ for c in token.children if c.dep_ == "aux" and c.tag_ == "MD"), None)
        if token.dep_ == "relcl" or (token.dep_ == "xcomp" and token.head.dep_ == "relcl"):
            continue  # "the progress we need to make"
        if modal in _MUST or _obliged(token):
            yield from _must(token, modal or "have", mentions, statements)
        elif token.tag_ == "VB" and _needed(token):
            yield from _necessary(token, statements)


def _speaker(statements: Sequence[Statement], token: Token) -> tuple[Statement, Actor] | None:
    """The statement that a clause stands in and the party whose word it is; not what is only thought."""
    holder = content_at(statements, token.idx)
    if holder is None or holder.party is None or holder.cue in _OPINING or supposed(token):
        return None
    side = holder.party if holder.party.code is not None and holder.party.kind != "media" else None
    return (holder, side) if side is not None else None


def _must(token: Token, modal: str, mentions: MentionIndex, statements: Sequence[Statement]) -> Iterator[Draft]:
    said = _speaker(statements, token)
    if said is None or token.lemma_.lower() in _MINDING:
        return
    speaker = said[1]
    sides, subject = subject_sides(token if token.dep_ != "xcomp" else token.head, mentions)
    if subject is None or _past_or_question(token, subject):
        return
    no = denied(token) or (token.dep_ == "xcomp" and denied(token.head))
    if no and modal == "have":
        return
    rule = f"stands-must-1 ({modal})"
    if subject.lower_ in _WE or speaker.code in {side.code for side in sides}:
        # What one must do oneself one is for; "we should" as often only muses.
        named = subject.lower_ in {"it", "they"} and speaker.code in {
            one.code for one in parties_within(token.doc, token.i + 1, int(token.right_edge.i) + 1, mentions)
        }
        if modal != "should" and _on_a_matter(token) and not named:
            against = no != (token.lemma_.lower() in UNDOING)
            how: How = ("oppose", None) if against else ("support", None)
            yield from drafts(token, Who((speaker,), subject), how, rule, 0.6)
        return
    if not sides and not _may_be_asked(token, subject, modal):
        return
    if said[0].cue in _AGREEING or token.head.lemma_.lower() in _AGREEING:
        return  # what they agreed must be done is demanded of nobody
    if modal != "must" and token.lemma_.lower() not in STEPS and not _passive(token):
        return
    weight = 0.7 if modal in {"must", "have"} else 0.6
    for draft in drafts(token, Who((speaker,), subject, sides), ("demand", "demand"), rule, weight):
        # Of things that must be, the thing belongs to what is demanded.
        whole = not sides and subject.i < token.i
        start = int(subject.left_edge.i) if whole else _with_denial(token) if no else draft.point[0]
        yield replace(draft, point=(start, draft.point[1]))


def _with_denial(token: Token) -> int:
    """Where the words of what must not be begin: "must not be allowed"."""
    return min((c.i for c in token.children if c.dep_ in {"aux", "neg"} and c.i < token.i), default=token.i)


def _past_or_question(token: Token, subject: Token) -> bool:
    """ "Why should ...?", "should never have been": a question, and the past."""
    asked = any(c.dep_ == "aux" and c.tag_ == "MD" and c.i < subject.i for c in token.children)
    return asked or any(c.dep_ == "aux" and c.lemma_.lower() == "have" for c in token.children)


def _may_be_asked(token: Token, subject: Token, modal: str) -> bool:
    """Whether the subject of a demand, no party, may be one: a matter of the talks, or a word for a party."""
    if subject.lower_ in {"it", "they", "he", "she", "you"}:
        return modal in {"must", "have"} and token.lemma_.lower() in STEPS
    if _on_a_matter(subject):
        return modal != "should" or _passive(token)
    return False


def _on_a_matter(word: Token) -> bool:
    """Whether a word or what it governs is a matter of the talks."""
    return any(each.lemma_.lower() in MATTERS | PROCESS for each in word.subtree)


def _passive(token: Token) -> bool:
    return any(c.dep_ in {"nsubjpass", "auxpass"} for c in token.children)


def _obliged(token: Token) -> bool:
    """ "has to stop", "needs to stop": the verb is what is demanded."""
    head = token.head
    return (
        token.dep_ == "xcomp"
        and head.lemma_.lower() in {"have", "need"}
        and head.tag_ in {"VBZ", "VBP"}
        and any(c.tag_ == "TO" for c in token.children)
    )


def _needed(token: Token) -> bool:
    """ "it is necessary to lift the sanctions", "it is time to lift them": nobody is named who must."""
    governor = token.head
    if token.dep_ not in {"xcomp", "ccomp", "relcl", "acl", "advcl"} or not any(c.tag_ == "TO" for c in token.children):
        return False
    words = {governor.lower_, *(c.lower_ for c in governor.children if c.dep_ in {"acomp", "attr"})}
    copula = governor if governor.lemma_ == "be" else governor.head
    formal = any(c.lower_ == "it" and c.dep_ in {"nsubj", "nsubjpass"} for c in copula.children)
    return formal and copula.lemma_ == "be" and copula.tag_ in {"VBZ", "VBP"} and bool(words & _NEEDED)


def _necessary(token: Token, statements: Sequence[Statement]) -> Iterator[Draft]:
    said = _speaker(statements, token)
    if said is not None and not denied(token.head) and not denied(token.head.head):
        how: How = ("oppose", "demand") if token.lemma_.lower() in _UNDOING else ("demand", "demand")
        yield from drafts(token, Who((said[1],), token), how, "stands-must-1 (necessary)", 0.6)
