"""Where the words of a point begin and end: without marks, times and prepositions that belong to its verb."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from summitry.reader.stands.lexicon import PACTS
from summitry.reader.stands.terms import Range

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OPENING: Final = frozenset({",", ":", ";", "of", "out", "for", "on", "upon", "against", "back"})


def bare(doc: Doc, start: int, stop: int) -> Range:
    """A range without marks, links and spaces at its ends, and without the preposition that its verb asks for."""
    while start < stop and (doc[start].is_space or doc[start].lower_ in _OPENING):
        start += 1
    if stop - start > _BEHALF and doc[start].lower_ == "behalf":
        start += _BEHALF  # "advocated on behalf of the pact"
    start = _behind_time(doc, _behind_way(doc, start, stop), stop)
    if start < stop and doc[start].text == '"' and not (start and doc[start - 1].whitespace_):
        start += 1  # a mark that closes what stands before
    while stop > start and (doc[stop - 1].is_space or doc[stop - 1].text in {",", ";", ":", ".", "-", "–", "—"}):
        stop -= 1
    return start, stop


_PLACED: Final = frozenset("on in at during by since over this last next early late".split())
_AGAIN: Final = frozenset("again also once repeatedly today yesterday tomorrow".split())
_TIMES: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december morning afternoon evening night week month year".split()
)


_BEHALF: Final = 2
_WAYS: Final = frozenset({"ahead", "forward"})


def _behind_way(doc: Doc, start: int, stop: int) -> int:
    """Where a point begins behind the words of its verb: "press ahead with the drills", "look very much forward to"."""
    at = start
    while at < stop and doc[at].lower_ in {"very", "much", "so"}:
        at += 1
    if at + 2 < stop and doc[at].lower_ in _WAYS and doc[at + 1].lower_ in {"with", "to"}:
        return at + 2
    return start


def _behind_time(doc: Doc, start: int, stop: int) -> int:
    """Where a point begins behind words that only tell when, where or how: "agreed on Friday to sign", "agreed in
    principle to sign"; the start where nothing but those stands.
    """
    at = start
    while at < stop:
        token = doc[at]
        if (
            token.lower_ in _AGAIN
            or (token.is_punct and token.text == ",")
            or token.is_space
            or token.lower_ in _TIMES
            or (token.lower_ in _PLACED and _a_time(doc, at + 1, stop))
        ):
            at += 1
        elif (deed := _in_a_pact(token, stop)) is not None:
            at = deed
        elif token.dep_ == "prep" and _leads_to_deed(token, stop):
            at = int(token.right_edge.i) + 1
        else:
            break
    # "Friday talks", "last month of the truce": a time that belongs to a noun is no mere time.
    whole = at >= stop or (at > start and doc[at - 1].head.i >= at and doc[at - 1].dep_ == "compound")
    return start if whole or doc[at].tag_ == "POS" or doc[at].lower_ == "of" else at


def _a_time(doc: Doc, at: int, stop: int) -> bool:
    return at < stop and (doc[at].lower_ in _TIMES or (doc[at].is_digit and len(doc[at]) == _YEAR))


_YEAR: Final = 4


def _in_a_pact(token: Token, stop: int) -> int | None:
    """Where a deed begins behind the pact that it was pledged in: "pledged in the accord to lift the ban"."""
    if token.dep_ != "prep" or token.lower_ not in {"in", "under", "at"} or token.head.pos_ != "VERB":
        return None
    pact = next((c for c in token.children if c.dep_ == "pobj" and c.lemma_.lower() in PACTS), None)
    deed = next((c for c in pact.children if c.dep_ == "acl" and c.tag_ == "VB"), None) if pact is not None else None
    return int(deed.left_edge.i) if deed is not None and deed.i < stop else None


def _leads_to_deed(token: Token, stop: int) -> bool:
    """Whether a phrase of place or manner stands between a verb and what is to be done: "in principle to sign"."""
    behind = int(token.right_edge.i) + 1
    return (
        token.lower_ in {"in", "at", "during", "after"}
        and token.head.pos_ == "VERB"
        and behind < stop
        and token.doc[behind].tag_ == "TO"
        and token.doc[behind].head.head.i == token.head.i
    )
