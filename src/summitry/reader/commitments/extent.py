"""What is to be done, by the parse: the deeds that are listed behind a word that binds, and the words of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from summitry.reader.commitments.obligation import Range
from summitry.reader.stands.reach import reach

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BARE: Final = frozenset({"VB", "VBP"})
_EXCHANGE: Final = (("in", "exchange", "for"), ("in", "return", "for"), ("in", "exchange"), ("in", "return"))
_CUT: Final = frozenset(
    {"if", "unless", "provided", "although", "though", "while", "whereas", "but", "because", "according"}
)
_DEPTH: Final = 6
"""Deeds of one list; instruments with more are told in several sentences."""
_EDGE: Final = frozenset({",", ";", ":", ".", "and", "but", "or", "-", "--", "–", "—", '"', "to"})


def deeds(first: Token, *governors: Token) -> list[Token]:
    """The deeds coordinated with a first one: infinitives without a subject of their own.

    The parser hangs a later one of a list now on the first, now on what governs it; both are followed.
    """
    found = {first.i: first}
    todo = [first, *governors]
    while todo and len(found) < _DEPTH:
        at = todo.pop()
        for child in at.children:
            if child.dep_ == "conj" and child.i > first.i and child.i not in found and _listed(child, first):
                found[child.i] = child
                todo.append(child)
    return [found[i] for i in sorted(found)]


def _listed(verb: Token, first: Token) -> bool:
    if any(
        child.dep_ in {"nsubj", "nsubjpass"} or (child.dep_ == "aux" and child.tag_ != "TO") for child in verb.children
    ):
        return False
    if first.tag_ == "VBG":
        return verb.tag_ == "VBG"
    return verb.tag_ in _BARE and verb.lower_ == verb.lemma_.lower()


def words_of(deed: Token, limit: int) -> Range:
    """The words of a deed, "not to" with it: as far as it governs, before what is got for it and what it hangs on."""
    doc = deed.doc
    start = deed.i
    for child in deed.children:
        if child.i < deed.i and (child.dep_ in {"neg", "auxpass"} or child.lower_ in {"never", "no", "longer"}):
            start = min(start, child.i)
    end = reach(deed, limit) if deed.pos_ in {"VERB", "AUX"} else _phrase_end(deed, limit)
    # A mark that closes a quotation begun before the deed, or that opens one which ends behind it.
    if doc[start].text == '"' and sum(doc[i].text == '"' for i in range(start, end)) % 2:
        start += 1
    later = [child.i for child in deed.children if child.dep_ == "conj" and _listed_verb(child)]
    end = min([end, *(i for i in later if i > deed.i)])
    return start, trimmed(doc, start, cut(doc, deed.i + 1, end))


def _listed_verb(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"}


def _phrase_end(noun: Token, limit: int) -> int:
    end = noun.i + 1
    for child in noun.children:
        if child.i > noun.i and child.dep_ in {"prep", "acl", "conj", "relcl", "appos", "cc"}:
            if child.dep_ in {"relcl", "appos"}:
                break
            end = max(end, int(child.right_edge.i) + 1)
    return min(end, limit)


def cut(doc: Doc, start: int, end: int) -> int:
    """Where the words end before "in exchange for", a condition or a contrast."""
    for at in range(start, end):
        word = doc[at].lower_
        if word in _CUT and doc[at].dep_ in {"mark", "cc", "advmod", "prep"}:
            return at
        if word == "in" and any(_stands(doc, at, end, words) for words in _EXCHANGE):
            return at
        if word in {"as", "so"} and _stands(doc, at, end, (word, "long", "as")):
            return at
    return end


def _stands(doc: Doc, at: int, end: int, words: tuple[str, ...]) -> bool:
    return at + len(words) <= end and all(doc[at + k].lower_ == word for k, word in enumerate(words))


def trimmed(doc: Doc, start: int, end: int) -> int:
    """The end of a range without links and marks behind it."""
    while end > start + 1 and (doc[end - 1].is_space or doc[end - 1].lower_ in _EDGE):
        end -= 1
    return end


def infinitive(head: Token, labels: frozenset[str]) -> Token | None:
    """The infinitive with "to" that a word governs, or None; not a verb with "will", which has another subject:
    "what they committed to will help".
    """
    found = (c for c in head.children if c.i > head.i and c.dep_ in labels)
    return next((c for c in found if {g.tag_ for g in c.children if g.i < c.i} & {"TO", "MD"} == {"TO"}), None)


def governed(head: Token, prepositions: frozenset[str]) -> Iterator[Token]:
    """What the prepositions behind a word govern, in text order."""
    for child in head.children:
        if child.i > head.i and child.dep_ in {"prep", "dative", "agent"} and child.lower_ in prepositions:
            yield from (g for g in child.children if g.dep_ in {"pobj", "pcomp"})
