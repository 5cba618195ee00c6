"""Clauses about what is to come, by the parse: one for each predicate, with what makes it so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id

from summitry.reader.predictions.lexicon import (
    COULD,
    EXPECTED,
    LIKELY,
    MAYBE,
    NEGATIVE,
    REACHED,
    TURNING,
    WILL,
    WOULD,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Route = Literal["will", "would", "may", "could", "likely", "expected", "noun", "too far"]
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
_VERBAL: Final = frozenset({"VERB", "AUX"})
_CLIMB: Final = 4
"""Coordinations climbed to a verb with a subject; longer chains are parse errors."""
_TOO_FAR: Final = 25
"""Words between "too" and its infinitive."""


def _ids(words: Iterable[str]) -> NDArray[np.uint64]:
    """The parser's numbers of strings."""
    return np.array(sorted(get_string_id(word) for word in words), dtype=np.uint64)


_WORDS: Final = WILL | WOULD | MAYBE | {COULD}
_LOWER: Final = _ids(_WORDS | LIKELY | {"going", "too"})
_LEMMAS: Final = _ids(EXPECTED)


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """A clause about what is to come.

    ``head`` is its predicate, ``core`` the verb that tells the act ("will be able to leave": leave), ``cue`` what makes
    it one of the future. ``first`` is the clause it is coordinated with, whose subject, terms and governor it shares.
    """

    head: Token
    core: Token
    cue: Token
    subject: Token | None
    negated: bool
    route: Route
    first: Clause | None = None
    above: Token | None = None
    """The verb that the clause hangs in the sentence by, where that is not its own."""

    @property
    def top(self) -> Token:
        """The word by which the clause hangs in its sentence."""
        if self.first is not None:
            return self.first.top
        if self.above is not None:
            return self.above
        if self.route not in ("likely", "expected") or self.cue.i == self.head.i:
            return self.head
        # "is likely to": the copula; "likely" may hang on it in three ways.
        return self.cue.head if self.cue.dep_ in {"acomp", "oprd", "attr"} else self.cue


def clauses_of(doc: Doc) -> list[Clause]:
    """All clauses of a parse about what is to come, in text order, one for each predicate."""
    found: dict[int, Clause] = {}
    for at in _candidates(doc):
        for clause in _of(doc[at]):
            found.setdefault(clause.head.i, clause)
    for clause in [found[at] for at in sorted(found)]:
        for other in _joined(clause):
            found.setdefault(other.head.i, other)
    return [found[at] for at in sorted(found)]


def _candidates(doc: Doc) -> list[int]:
    """The tokens that may make a clause one of the future: columns are read at once, which costs a tenth of asking
    each token."""
    table: NDArray[np.uint64] = np.asarray(doc.to_array(["LOWER", "LEMMA"]), dtype=np.uint64).reshape(-1, 2)
    return [int(at) for at in np.flatnonzero(np.isin(table[:, 0], _LOWER) | np.isin(table[:, 1], _LEMMAS))]


def _of(token: Token) -> Iterator[Clause]:
    word = token.lower_
    if token.tag_ == "MD" and word in _WORDS and token.dep_ in {"aux", "auxpass"}:
        yield from _modal(token, token.head, "will" if word in WILL else "would" if word in WOULD else
                          "may" if word in MAYBE else "could")  # fmt: skip
    elif word == "going" and token.pos_ in _VERBAL:
        verb = _infinitive(token)
        if verb is not None and any(c.dep_ == "aux" for c in token.children):
            yield _clause(verb, token, subject_of(token), "will", negated(token))
    elif word in LIKELY:
        verb = _infinitive(token)
        be = token.head if token.dep_ in {"acomp", "oprd", "xcomp"} else token
        if verb is not None and (be.lemma_ in {"be", "seem", "look", "appear", "remain"} or token.tag_ == "VBN"):
            subject = subject_of(be) or subject_of(token)
            yield _clause(verb, token, subject, "likely", negated(be) or negated(token) or word in NEGATIVE)
    elif token.pos_ == "VERB" and token.lemma_.lower() in EXPECTED:
        yield from _expected(token)
    elif word == "too":
        yield from _too_far(token)


def _modal(modal: Token, head: Token, route: Route) -> Iterator[Clause]:
    if any(child.tag_ == "MD" and child.i > modal.i for child in head.children):
        return
    if head.lemma_ == "be" and (judged := next((c for c in head.children if c.lower_ in LIKELY), None)) is not None:
        verb = _infinitive(judged)
        if verb is not None:
            yield _clause(verb, judged, subject_of(head), "likely", negated(head) or judged.lower_ in NEGATIVE)
            return
    yield _clause(head, modal, subject_of(head), route, negated(head))


def _clause(head: Token, cue: Token, subject: Token | None, route: Route, no: bool) -> Clause:
    return Clause(
        head, core_of(head), cue, subject, no != (cue.i != head.i and route == "likely" and negated(head)), route
    )


def _expected(verb: Token) -> Iterator[Clause]:
    """ "is expected to leave", "experts expect talks to resume", "forecast a collapse of the talks"."""
    no = negated(verb)
    passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children)
    for child in verb.children:
        if child.i < verb.i:
            continue
        if child.dep_ in {"xcomp", "ccomp"} and child.tag_ in {"VB"} and _to(child):
            subject = next((c for c in child.children if c.dep_ in _SUBJECTS), None)
            if subject is None and passive:
                subject = subject_of(verb)
            if subject is not None:
                yield _clause(child, verb, subject, "expected", no != negated(child))
                return
        if child.dep_ == "dobj" and not passive and child.lemma_.lower() in REACHED | {"collapse", "failure", "return"}:
            yield Clause(child, child, verb, None, no or any(c.lower_ == "no" for c in child.children), "noun")
            return


def _too_far(token: Token) -> Iterator[Clause]:
    """ "have come too far to turn back": what is foretold not to happen."""
    doc = token.doc
    for at in range(token.i + 1, min(token.i + _TOO_FAR, token.sent.end)):
        verb = doc[at]
        if verb.tag_ == "VB" and _to(verb) and verb.lemma_.lower() in TURNING:
            governor = verb
            for _ in range(_CLIMB):
                governor = governor.head
                if governor.pos_ in _VERBAL and subject_of(governor) is not None and governor.i < verb.i:
                    # Only of what has gone on: "have made too much progress", not "is too weak".
                    if any(c.dep_ == "aux" and c.lemma_ == "have" for c in governor.children):
                        yield Clause(verb, verb, token, subject_of(governor), True, "too far", None, governor)
                    return


def _joined(clause: Clause) -> Iterator[Clause]:
    """The clauses coordinated with one that have no word of the future themselves: "will meet and sign"."""
    if clause.route in ("noun", "too far"):
        return
    for child in clause.head.children:
        if (
            child.dep_ != "conj"
            or child.pos_ not in _VERBAL
            or child.i < clause.head.i
            or child.tag_ not in {"VB", "VBP"}
        ):
            continue
        if any(c.dep_ in {"aux", "nsubj"} and c.lower_ != "to" for c in child.children):
            continue
        if not any(c.i > child.i and c.dep_ not in {"cc", "conj", "punct"} for c in child.children):
            continue  # "seek, develop or acquire weapons": one clause
        joined = replace(
            clause, head=child, core=core_of(child), first=clause, negated=negated(child) or _shared_no(clause, child)
        )
        yield joined
        yield from _joined(joined)


def _shared_no(clause: Clause, child: Token) -> bool:
    """ "will not meet or sign" denies both; "will not meet and will sign" one."""
    link = next((c.lower_ for c in clause.head.children if c.dep_ == "cc" and c.i < child.i), "")
    return clause.negated and link == "or"


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb: its own, or that of the verb it is coordinated with."""
    at = verb
    for _ in range(_CLIMB):
        found = next((c for c in at.children if c.dep_ in _SUBJECTS and c.i < verb.i), None)
        if found is not None:
            if found.dep_ == "expl":
                return next((c for c in at.children if c.dep_ in {"attr", "nsubj"} and c.i > found.i), found)
            return found
        if at.dep_ not in {"conj", "xcomp", "acomp"} or at.head.pos_ not in _VERBAL:
            return None
        at = at.head
    return None


def negated(token: Token) -> bool:
    """Whether a word is denied by a word of its own: "not", "never", or a subject without anybody in it."""
    for child in token.children:
        if child.dep_ == "neg" or child.lower_ in {"never", "hardly", "nor", "neither"}:
            return True
        if child.dep_ == "prep" and any(w.lower_ == "no" for c in child.children for w in c.children):
            return True  # "under no circumstances"
        if child.dep_ in {"nsubj", "nsubjpass", "attr", "dobj"} and (
            child.lower_ in {"nothing", "nobody", "none", "neither"}
            or any(c.lower_ in {"no", "neither"} and c.dep_ in {"det", "preconj", "neg"} for c in child.children)
        ):
            return True
    return False


def core_of(head: Token) -> Token:
    """The verb that tells the act: behind "be able to", "continue to", "begin to"."""
    at = head
    for _ in range(_CLIMB):
        below = None
        for child in at.children:
            if child.dep_ == "acomp" and at.lemma_ == "be" and child.lower_ in {"able", "willing", "ready", "forced"}:
                below = _infinitive(child)
            elif child.dep_ == "xcomp" and child.pos_ == "VERB" and at.lemma_ in _LIGHT:
                below = child
        if below is None:
            return at
        at = below
    return at


_LIGHT: Final = frozenset("continue begin start keep end manage fail agree decide choose get go tend come stop".split())


def _infinitive(token: Token) -> Token | None:
    for child in token.children:
        if child.dep_ in {"xcomp", "ccomp", "advcl"} and child.i > token.i and child.tag_ == "VB" and _to(child):
            return child
    return None


def _to(verb: Token) -> bool:
    return any(child.tag_ == "TO" or (child.lower_ == "to" and child.dep_ == "aux") for child in verb.children)
