"""How far a stand reaches in its sentence, by the parse: the predicate with what it governs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from summitry.reader.stands.terms import Range

if TYPE_CHECKING:
    from spacy.tokens import Token

_GOVERNED: Final = frozenset(
    {"dobj", "xcomp", "ccomp", "prep", "pobj", "dative", "oprd", "acomp", "attr", "prt", "agent", "acl", "relcl",
     "advmod", "npadvmod", "pcomp", "appos", "nsubj"}
)  # fmt: skip
_MARKS: Final = frozenset("if unless until once before after as provided without because since to in for".split())
_BUT: Final = frozenset({"while", "whereas", "although", "though"})
_FAR: Final = 12
"""Tokens between a subject and its predicate beyond which the evidence begins at the predicate."""
_EDGE: Final = frozenset({",", ";", ":", ".", "and", "but", "or", "-", "--", "–", "—", '"', "'"})


def reach(verb: Token, limit: int) -> int:
    """The token behind the last one that a predicate governs, at most ``limit``."""
    end = verb.i + 1
    doc = verb.doc
    for child in verb.children:
        if child.i < verb.i or child.i >= limit:
            continue
        governed = child.dep_ in _GOVERNED
        if child.dep_ == "advcl":
            first = doc[child.left_edge.i]
            governed = first.lower_ in _MARKS or (first.lower_ == "only")
        if child.dep_ == "conj" and child.pos_ not in {"VERB", "AUX"}:
            governed = True
        if governed:
            end = max(end, int(child.right_edge.i) + 1)
    end = min(end, limit)
    end = next((i for i in range(verb.i + 2, end) if doc[i].lower_ in _BUT and doc[i].dep_ == "mark"), end)
    while end > verb.i + 1 and (doc[end - 1].is_space or doc[end - 1].lower_ in _EDGE):
        end -= 1
    return end


def clause_of(verb: Token, subject: Token | None, end: int) -> Range:
    """The words of a stand: from its subject, where that stands near before it, to its end."""
    start = verb.i
    if subject is not None and subject.sent == verb.sent:
        left = int(subject.left_edge.i)
        if left < verb.i and verb.i - subject.i <= _FAR and verb.i - left <= 2 * _FAR:
            start = left
    else:
        for child in verb.children:
            if child.dep_ in {"aux", "neg", "auxpass"} and child.i < start:
                start = child.i
    return start, end


_DOUBTING: Final = frozenset("doubt deny dispute refute imagine suppose question".split())
# What stands under these is wished or demanded of its doer, who has not done it.
_WISHING: Final = frozenset(
    "demand hope want urge require ask wish request call predict expect fear believe think".split()
)
_IF: Final = frozenset({"if", "whether", "unless"})
_UNTIL: Final = frozenset("until before once unless if whether till".split())
_CHANCES: Final = frozenset("chance prospect likelihood possibility sign indication evidence".split())
_SCANT: Final = frozenset("no zero little slim scant any".split())
_CLIMB: Final = 6
"""Clauses climbed from a predicate; deeper ones are parse errors."""


def doubted(verb: Token) -> bool:
    """Whether the clause of a predicate is denied, doubted or only wished by the one it stands in: "I am not convinced
    that ...", "demanded that they accept", "as long as the other side offers".
    """
    at = verb
    if any(child.dep_ == "mark" and _supposes(child) for child in verb.children):
        return True
    for _ in range(_CLIMB):
        governor = at.head
        if governor.i == at.i:
            return False
        if governor.lemma_.lower() in _CHANCES and any(child.lower_ in _SCANT for child in governor.children):
            return True
        if at.i == verb.i and at.dep_ in {"ccomp", "xcomp"} and verb.tag_ == "VB" and _steers(governor, verb):
            return True
        if at.dep_ in {"ccomp", "acl", "pcomp"}:
            if governor.lemma_.lower() in _DOUBTING or (at.i == verb.i and governor.lemma_.lower() in _WISHING):
                return True
            if any(child.dep_ == "mark" and child.lower_ in _IF for child in governor.children):
                return True
            # "did not say that ...", "no sign that ..."
            if any(child.dep_ == "neg" or child.lower_ in {"no", "any", "little"} for child in governor.children):
                return True
            copula = governor.head
            if governor.dep_ == "acomp" and any(child.dep_ == "neg" for child in copula.children):
                return True
        at = governor
    return False


_STEERING: Final = frozenset({"help", "make", "let", "force", "get"})


def _steers(governor: Token, verb: Token) -> bool:
    """Whether a deed is only what others are helped or made to do: "to help Chad dismantle the plant"."""
    if governor.lemma_.lower() not in _STEERING:
        return False
    return any(
        c.dep_ in {"nsubj", "dobj"} and governor.i < c.i < verb.i for at in (governor, verb) for c in at.children
    )


def _supposes(mark: Token) -> bool:
    """Whether a conjunction brings in what has not come yet: "until", "as long as"."""
    word = mark.lower_
    before = mark.doc[mark.i - 1].lower_ if mark.i > 0 else ""
    return word in _UNTIL or (word, before) in {("as", "long"), ("after", "only"), ("when", "only")}


def said_so(promise: Token) -> bool:
    """Whether what is promised or assured is only said to be so: "assurances that the deal is fair"."""
    content = next((c for c in promise.children if c.dep_ in {"ccomp", "acl", "relcl"} and c.i > promise.i), None)
    if content is None or any(c.tag_ == "MD" for c in content.children):
        return False
    finite = [content, *(c for c in content.children if c.dep_ in {"aux", "auxpass"})]
    whole = content.dep_ == "ccomp" or any(c.dep_ in _SUBJECTS and c.lower_ != "that" for c in content.children)
    return whole and any(each.tag_ in {"VBZ", "VBP", "VBD"} for each in finite)


_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
