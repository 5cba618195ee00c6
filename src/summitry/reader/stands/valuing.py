"""Stands told by what a party says of a matter: "the deal is historic", "such drills would undermine the talks".

Only in a party's own words: a reporter's judgement is nobody's stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from spacy.strings import get_string_id

from summitry.reader.events.sight import content_at
from summitry.reader.stands.draft import Draft
from summitry.reader.stands.lexicon import BAD, GOOD, JUDGED, MATTERS, PACTS, PROCESS
from summitry.reader.stands.mood import How, denied
from summitry.reader.stands.parties import side_told, subject_of
from summitry.reader.stands.reach import reach
from summitry.reader.stands.terms import Range, Terms
from summitry.vocabulary import Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_HARMING: Final = frozenset(
    "undermine jeopardize jeopardise harm damage violate breach destabilize destabilise aggravate worsen complicate "
    "derail endanger weaken contravene poison hamper obstruct hinder sabotage contradict torpedo".split()
)
_HELPING: Final = frozenset(
    "help contribute strengthen improve ensure pave boost facilitate serve promote benefit stabilize stabilise prevent "
    "advance guarantee".split()
)
_REJECTED: Final = frozenset(
    "unacceptable inappropriate nonnegotiable non-negotiable renegotiable negotiable acceptable "
    "insufficient inadequate".split()
)
"""What is called so is refused; of those that are good by themselves, when denied."""
_DENIED: Final = frozenset({"renegotiable", "negotiable", "acceptable"})
_COPULAS: Final = frozenset({"be", "remain", "seem"})
_LEMMAS: Final = np.array([get_string_id(word) for word in sorted(_HARMING | _HELPING | _COPULAS)], dtype=np.uint64)
_MATTER: Final = PROCESS | JUDGED
_BARE: Final = frozenset({"it", "this", "that", "these", "those"})
_SUPPOSING: Final = frozenset({"if", "whether", "unless", "until"})
_DOUBLE: Final = frozenset({"n't", "not", "no", "never"})
_WEIGHT: Final = 0.6
_NEAR: Final = 15
"""Words looked back for what a bare pronoun is: about a clause."""


def by_valuing(doc: Doc, statements: Sequence[Statement]) -> Iterator[Draft]:
    """Drafts of what parties say a matter is or does, in text order."""
    for at in np.flatnonzero(np.isin(doc.to_array(["LEMMA"]), _LEMMAS)):
        token = doc[int(at)]
        if token.pos_ not in {"VERB", "AUX"}:
            continue
        holder = content_at(statements, token.idx)
        side = side_told(holder) if holder is not None else None
        subject = _subject(token)
        if side is None or subject is None or _open(token):
            continue
        lemma = token.lemma_.lower()
        how = _is(token, subject) if lemma in _COPULAS else _does(token, lemma, subject)
        if how is None:
            continue
        end = reach(token, token.sent.end)
        point: Range = (int(subject.left_edge.i), int(subject.right_edge.i) + 1)
        if subject.lower_ in _BARE:
            point = (token.i + 1, end)
        yield Draft(
            party=side,
            predicate=token,
            stance=how[0],
            move=how[1],
            clause=(min(int(subject.left_edge.i), token.i), max(end, point[1])),
            point=point,
            terms=Terms(),
            addressees=(),
            rule=f"stands-valuing-1 ({lemma})",
            weight=_WEIGHT,
        )


def _open(token: Token) -> bool:
    """Whether a judgement is only supposed, asked or denied by what governs it."""
    if token.dep_ == "relcl" or any(c.dep_ == "mark" and c.lower_ in _SUPPOSING for c in token.children):
        return True
    denying = token.dep_ == "ccomp" and any(c.dep_ == "neg" for c in token.head.children)
    return denying or token.sent.text.rstrip().endswith("?")


def _subject(token: Token) -> Token | None:
    """What is judged: a noun phrase, or what is done ("lifting the ban", "to meet now")."""
    clausal = next((c for c in token.children if c.dep_ == "csubj"), None)
    return clausal if clausal is not None else subject_of(token)


def _is(token: Token, subject: Token) -> How | None:
    """The stance of calling something good, bad or out of the question."""
    what = next((c for c in token.children if c.dep_ in {"acomp", "attr"} and c.i > token.i), None)
    if what is None:
        return _is_of(token, subject)
    words = {what.lower_, *(c.lower_ for c in what.children if c.dep_ in {"amod", "conj", "compound"})}
    no = denied(token) or any(c.lower_ in _DOUBLE for c in what.children)
    about = subject
    deed = next((c for c in (*what.children, *token.children) if c.dep_ == "xcomp" and c.i > what.i), None)
    if subject.lower_ == "it" and deed is not None:
        about = deed  # "it is wrong to meet now"
    named = any(each.lemma_.lower() in _MATTER for each in about.subtree)
    if subject.lower_ in _BARE and about is subject and any(c.tag_ == "MD" for c in token.children):
        return None  # "that would be great"
    if subject.lower_ in _BARE and about is subject:
        named = what.lemma_.lower() in _MATTER or _just_named(token)
    if not named or (about is subject and subject.lower_ not in _BARE and not _heads(subject)):
        return None
    if words & _REJECTED:
        refused = no == bool(words & _DENIED)
        return ("reject", "refusal") if refused else None
    if words & BAD or what.lemma_.lower() in BAD:
        return None if no else ("oppose", None)
    if words & GOOD:
        if "necessary" in words and about is not subject:
            return None  # what must be done is a demand
        return ("oppose", None) if no else ("support", None)
    return None


def _just_named(token: Token) -> bool:
    """Whether a pact or talks were named just before: what "it" is in "the Lima accord. It is terrible"."""
    doc = token.doc
    return any(doc[i].lemma_.lower() in PACTS for i in range(max(0, token.i - _NEAR), token.i))


def _is_of(token: Token, subject: Token) -> How | None:
    """ "is of historic significance", "is out of the question"."""
    if any(c.lower_ == "out" and any(g.lower_ == "question" for g in c.subtree) for c in token.children):
        about = {each.lemma_.lower() for each in subject.subtree}
        return ("reject", "refusal") if about & (_MATTER | MATTERS) and not denied(token) else None
    of = next((c for c in token.children if c.lower_ == "of" and c.i > token.i), None)
    noun = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
    if noun is None or noun.lemma_.lower() not in _WORTH or denied(token) or not _heads(subject):
        return None
    return ("support", None)


_WORTH: Final = frozenset("significance importance benefit help value".split())


def _does(token: Token, lemma: str, subject: Token) -> How | None:
    """The stance of saying that something helps or harms."""
    objects = [each for c in token.children if c.i > token.i for each in c.subtree]
    if denied(token) or not _heads(subject) or not objects or subject.lower_ in _BARE:
        return None
    if not any(
        c.dep_ in {"dobj", "xcomp", "ccomp"} or c.lower_ in {"to", "as"} for c in token.children if c.i > token.i
    ):
        return None  # "had advanced considerably"
    if lemma in _HARMING:
        return ("oppose", None) if any(o.lemma_.lower() in _MATTER | _ENDS for o in objects) else None
    return ("support", None)


_ENDS: Final = frozenset("stability security trust confidence peace region law charter sovereignty interest".split())
"""What an act is blamed for harming, besides talks and deals."""


def _heads(subject: Token) -> bool:
    """Whether what is judged is itself a matter or a deed about one, not only told with words of one."""
    if subject.pos_ == "VERB":
        return any(each.lemma_.lower() in _MATTER for each in subject.subtree)
    return subject.lemma_.lower() in _MATTER
