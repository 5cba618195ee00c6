"""On what terms: the condition, the exchange and the order that stand in a clause."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from summitry.reader.stands.harm import harms
from summitry.reader.stands.lexicon import CONDITIONS, EXCHANGE, SETTING, TOGETHER
from summitry.vocabulary import StepOrder

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CONDITIONS: Final = {
    first: tuple((words, order) for words, order in CONDITIONS if words[0] == first)
    for first in {words[0] for words, _ in CONDITIONS}
}
_FRONT: Final = frozenset("if unless until once only as so provided on under without".split())
"""Words that a condition before its verb begins with."""
Range = tuple[int, int]
"""Tokens, half-open."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a stand, as token ranges.

    ``condition`` has its marker in it, ``clause`` has not; ``exchange`` is what stands behind "in exchange for".
    ``set`` tells that the marker sets a condition rather than supposes or dates something. ``order`` is when the
    party's own step comes, by the marker.
    """

    condition: Range | None = None
    clause: Range | None = None
    set: bool = False
    order: StepOrder | None = None
    exchange: Range | None = None
    marked: int | None = None
    """The first token of whatever comes first, where the point ends at the latest."""


def terms_of(doc: Doc, start: int, stop: int) -> Terms:
    """The terms that stand between two tokens; the first condition and the first exchange count."""
    condition: Range | None = None
    clause: Range | None = None
    exchange: Range | None = None
    is_set = False
    order: StepOrder | None = None
    firsts: list[int] = []
    for at in range(start, stop):
        if exchange is None and doc[at].lower_ == "in" and (words := _match(doc, at, stop, EXCHANGE)) is not None:
            if _of_the_pact(doc[at], start):
                continue
            behind = at + len(words)
            if words[-1] == "for":
                whole = int(doc[at + 1].right_edge.i) + 1  # "in exchange for relief" with "from Oman" behind it
                end = min(stop, max(_end_of(doc[behind - 1], behind, stop), whole))
                exchange = (behind, end) if end > behind else None
            firsts.append(at)
        looked_back = doc[at].lower_ in {"after", "before"} and _of_the_pact(doc[at], start)
        if condition is None and not looked_back and (found := _condition(doc, at, stop)) is not None:
            words, how, end = found
            condition, clause = (at, end), (at + len(words), end)
            is_set = words[0] in SETTING
            order = how
            firsts.append(at)
    text = doc[start:stop].text.lower() if stop > start else ""
    if any(words in text for words in TOGETHER):
        order = "simultaneous"
    return Terms(condition, clause, is_set, order, exchange, min(firsts, default=None))


def terms_around(verb: Token, end: int) -> Terms:
    """The terms behind a verb, up to a token; else those of a clause before it: "if they do, we will lift it"."""
    terms = terms_of(verb.doc, verb.i + 1, end)
    if terms.condition is not None:
        return terms
    at = verb
    while True:
        for child in at.children:
            if child.dep_ in {"advcl", "prep"} and child.i < verb.i and verb.doc[child.left_edge.i].lower_ in _FRONT:
                found = terms_of(verb.doc, int(child.left_edge.i), int(child.right_edge.i) + 1)
                if found.condition is not None:
                    order = terms.order or found.order
                    return replace(terms, condition=found.condition, clause=found.clause, set=found.set, order=order)
        if at.dep_ not in {"acomp", "conj"}:
            return terms
        at = at.head


def _of_the_pact(marker: Token, start: int) -> bool:
    """Whether an exchange belongs to what is talked about: "left the pact that limits catches in return for relief"."""
    at = marker
    while at.head.i != at.i and at.head.i >= start:
        if at.dep_ == "relcl":
            return True
        at = at.head
    return at.dep_ == "relcl" and at.i >= start


def _match(doc: Doc, at: int, stop: int, phrases: tuple[tuple[str, ...], ...]) -> tuple[str, ...] | None:
    for words in phrases:
        if at + len(words) <= stop and all(doc[at + k].lower_ == word for k, word in enumerate(words)):
            return words
    return None


def _condition(doc: Doc, at: int, stop: int) -> tuple[tuple[str, ...], StepOrder | None, int] | None:
    """The words of a condition's marker, the order it tells, and where it ends."""
    for words, order in _CONDITIONS.get(doc[at].lower_, ()):
        if at + len(words) > stop or any(doc[at + k].lower_ != word for k, word in enumerate(words)):
            continue
        if words[0] == "even" or (at and doc[at - 1].lower_ == "even"):
            return None  # whatever the case
        marker = doc[at + len(words) - 1]
        if not _brings_in(marker, words) or _asks(marker) or (words == ("after",) and _happened(marker)):
            return None
        if at + len(words) < stop and doc[at + len(words)].is_punct and marker.dep_ != "mark":
            return None  # "as never before" with a mark behind it
        end = _end_of(marker, at + len(words), stop)
        if words == ("without",) and any("condition" in doc[i].lower_ for i in range(at, end)):
            return None  # "without any preconditions" sets none
        return (words, order, end) if end > at + len(words) else None
    return None


def _brings_in(marker: Token, words: tuple[str, ...]) -> bool:
    """Whether a marker brings in a clause or a deed, and no mere time: "before Friday", "until 2025"."""
    if marker.dep_ == "mark" or (marker.dep_ == "advmod" and marker.head.pos_ in {"VERB", "AUX"}):
        return True
    if marker.dep_ in {"prep", "pcomp"} or words[0] in {"on", "under", "contingent", "conditional", "as", "so", "only"}:
        objects = [child for child in marker.children if child.dep_ in {"pobj", "pcomp"}]
        return any(child.pos_ in {"VERB", "NOUN"} and not _temporal(child) for child in objects) or len(words) > 1
    return False


_ASKING: Final = frozenset(
    "explain know ask say see wonder determine decide check clarify specify confirm doubt discuss consider tell".split()
)


def _asks(marker: Token) -> bool:
    """Whether "if" means whether: "refused to say if the port will reopen"."""
    verb = marker.head
    return (
        marker.lower_ == "if"
        and verb.dep_ in {"ccomp", "advcl"}
        and (verb.head.i == marker.i - 1 and verb.head.lemma_.lower() in _ASKING)
    )


def _happened(marker: Token) -> bool:
    """Whether "after" brings in what had come before and was no condition: "left after Chad had fired missiles"."""
    verb = marker.head
    if marker.dep_ != "mark" or verb.pos_ not in {"VERB", "AUX"}:
        return False
    told = verb.tag_ == "VBD" or any(c.tag_ == "VBD" and c.dep_ in {"aux", "auxpass"} for c in verb.children)
    governor = verb.head
    ahead = governor.tag_ == "VB" or any(c.tag_ == "MD" for c in governor.children)
    # "would retaliate after the tariffs were raised" tells why, "would sign after they were lifted" on what terms
    return told and (harms(governor) or not ahead)


def _temporal(token: Token) -> bool:
    return token.ent_type_ in {"DATE", "TIME"} or token.lemma_.lower() in {
        "year", "month", "week", "day", "hour", "decade", "today", "now", "then", "time", "deadline", "end", "summer",
        "spring", "winter", "autumn", "fall", "election", "weekend", "morning", "night",
    }  # fmt: skip


def _end_of(marker: Token, behind: int, stop: int) -> int:
    """Where what a marker brings in ends."""
    governor = marker.head if marker.dep_ in {"mark", "advmod", "cc"} and marker.head.i >= marker.i else marker
    end = int(governor.right_edge.i) + 1
    if end <= behind:
        end = stop
    return min(end, stop)
