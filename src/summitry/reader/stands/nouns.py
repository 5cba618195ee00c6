"""Stands told by a noun with its owner: "the U.S. refusal to lift", "its willingness to talk", "an opponent of"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from spacy.strings import get_string_id

from summitry.reader.events.sight import cued_at
from summitry.reader.mentions import MentionIndex
from summitry.reader.stands.deeds import held_back, left_pact
from summitry.reader.stands.draft import Draft
from summitry.reader.stands.harm import harms, undoes
from summitry.reader.stands.lexicon import DROPPING, HARM, PROCESS, RELATIVE, SAVING, STEPS, UNDOING, YIELDS
from summitry.reader.stands.mood import steps
from summitry.reader.stands.parties import controller_of, parties_within, side_told, sides_of
from summitry.reader.stands.points import bare
from summitry.reader.stands.predicates import matters
from summitry.reader.stands.reach import doubted, reach, said_so
from summitry.reader.stands.terms import Range, terms_of
from summitry.vocabulary import Actor, MoveKind, Stance, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_How = tuple[Stance | None, MoveKind | None]
_STANDS: Final[tuple[tuple[_How, str], ...]] = (
    (
        ("support", None),
        "determination commitment intention intent desire resolve hope interest wish effort attempt drive push "
        "importance support backing endorsement solidarity approval optimism supporter backer proponent advocate",
    ),
    (("support", "offer"), "eagerness"),
    (("offer", "offer"), "willingness readiness offer proposal invitation overture"),
    (("offer", "promise"), "pledge promise vow assurance guarantee"),
    (("demand", "demand"), "demand call request insistence bid requirement appeal pressure ultimatum"),
    (("demand", None), "goal aim objective need necessity"),
    (("reject", "refusal"), "refusal rejection unwillingness reluctance"),
    (("oppose", None), "opposition objection criticism condemnation opponent critic displeasure anger"),
    ((None, "threat"), "threat"),
    ((None, None), "decision move announcement"),
)
NOUN_STANDS: Final[dict[str, _How]] = {word: how for how, words in _STANDS for word in words.split()}
_LEMMAS: Final = np.array(sorted(get_string_id(word) for word in NOUN_STANDS), dtype=np.uint64)
_AIMS: Final = frozenset({"goal", "aim", "objective"})
_MAKING: Final = frozenset("make develop build acquire possess obtain become expand increase advance modernize".split())
"""What is one's own doing, where it is an aim: no demand on anybody."""
_TOLD: Final = frozenset("need necessity importance".split())
"""Nouns that tell a stand only where somebody stresses what they name."""
_TRYING: Final = frozenset({"effort", "attempt", "drive"})
_PERSONS: Final = frozenset("opponent critic supporter backer proponent advocate".split())
# Verbs that only say that somebody has or tells what the noun names.
_LIGHT: Final = frozenset(
    "express reaffirm reiterate make issue voice show repeat renew have restate stress signal underline underscore "
    "confirm convey demonstrate declare announce put pile exert increase keep maintain ramp intensify step apply raise "
    "unleash repeat extend deliver give set state affirm emphasize emphasise".split()
)
_DENYING: Final = frozenset("lack drop abandon deny end reject dismiss oppose lose doubt question".split())
_OWNING: Final = frozenset({"by", "from", "of"})
_GOVERNING: Final = frozenset({"of", "for", "to", "on", "that", "against"})
_OWN: Final = frozenset({"compound", "amod", "nmod"})
_WEIGHT: Final = 0.65
_BESIDE: Final = frozenset({"dative", "ccomp", "xcomp", "advcl"})
_SHARED: Final = frozenset("pressure offer proposal pledge promise vow commitment demand".split())
"""Nouns whose matter the parser often hangs on their verb."""
_CLIMB: Final = 5
"""Words climbed from what a noun is about to the noun; further ones are about something else."""


def by_nouns(doc: Doc, mentions: MentionIndex, statements: Sequence[Statement]) -> Iterator[Draft]:
    """Drafts of the nouns that name a stand and have an owner, in text order."""
    for at in np.flatnonzero(np.isin(doc.to_array(["LEMMA"]), _LEMMAS)):
        token = doc[int(at)]
        if token.pos_ not in {"NOUN", "PROPN"} or doubted(token) or _supposed(token.head):
            continue
        sides, owner = _owner(token, mentions, statements)
        if sides:
            yield from _drafts(token, sides, owner, mentions)


def _owner(
    token: Token, mentions: MentionIndex, statements: Sequence[Statement]
) -> tuple[tuple[Actor, ...], Token | None]:
    """The parties whose stand a noun names, and the word for them."""
    for child in token.children if token.lemma_.lower() not in _TOLD else ():
        if child.dep_ == "poss" or (child.dep_ in _OWN and child.i < token.i):
            mention = mentions.of_head(child)
            if mention is not None and (sides := sides_of(mention)):
                return sides, child
    for child in token.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in _OWNING:
            pobj = next((c for c in child.children if c.dep_ == "pobj"), None)
            mention = mentions.of_head(pobj) if pobj is not None else None
            if mention is not None and child.lower_ != "of" and (sides := sides_of(mention)):
                return sides, pobj
    return _telling(token, mentions, statements)


def _telling(
    token: Token, mentions: MentionIndex, statements: Sequence[Statement]
) -> tuple[tuple[Actor, ...], Token | None]:
    """Who has or tells what the noun names: "has expressed its readiness", "Israel, an opponent of ..."."""
    verb = token.head
    holder: Token | None = None
    if token.dep_ == "pobj" and verb.lower_ == "of" and verb.head.dep_ == "dobj":
        # "unleashed a torrent of threats"
        verb = verb.head.head
        holder = controller_of(verb) if verb.lemma_.lower() in _LIGHT else None
    if token.lemma_.lower() in _PERSONS:
        if token.dep_ == "appos":
            holder = verb
        elif token.dep_ == "attr" and verb.lemma_ == "be":
            holder = controller_of(verb)
    elif token.dep_ == "dobj" and (verb.lemma_.lower() in _LIGHT or _given_up(token)):
        if any(child.dep_ == "neg" for child in verb.children):
            return (), None
        holder = controller_of(verb)
        if holder is None and (cued := cued_at(statements, verb.idx)) is not None:
            side = side_told(cued)
            return ((side,), None) if side is not None else ((), None)
    mention = mentions.of_head(holder) if holder is not None else None
    return (sides_of(mention), holder) if mention is not None else ((), None)


def _drafts(token: Token, sides: tuple[Actor, ...], owner: Token | None, mentions: MentionIndex) -> Iterator[Draft]:
    doc, lemma = token.doc, token.lemma_.lower()
    end = max(reach(token, token.sent.end), _beside(token))
    start = _start(token, owner)
    deed = _apart(token)
    if deed is not None:
        start, end = deed
    terms = terms_of(doc, start, end)
    point = bare(doc, start, min(end, terms.marked if terms.marked is not None and terms.marked > start else end))
    how = _how(token, lemma, doc, point)
    others = [other for other in parties_within(doc, token.i + 1, end, mentions) if other.code != sides[0].code]
    hostile = lemma == "threat" and bool(others)  # "threats against the South"
    hostile = hostile or (bool(others) and steps(doc[slice(*point)]))
    bearing = bool(others) or doc[min(token.i + 1, end - 1)].lower_ == "on"
    urged = any(doc[i].tag_ == "TO" for i in range(*point))  # "pressure on Oman over its arms" asks for nothing
    if lemma == "pressure" and (not bearing or not urged or _under(token)):
        return
    if doc[start].tag_ in RELATIVE or _to_be_met(token) or (NOUN_STANDS[lemma][1] == "promise" and said_so(token)):
        return  # "demands that Oman must meet" tells no demand, "assurances that the pact is fair" no promise
    if how is not None and how[1] == "concession" and token.dep_ == "dobj":
        # What is given is the demand, not what was demanded.
        point = (min(int(c.i) for c in (token.head, token)), point[1])
    if point[1] <= point[0] or how is None or not (hostile or matters(doc, point, token.i)):
        return
    if any(child.lower_ in {"no", "any", "little"} for child in token.children) or _denied(token):
        return
    if terms.condition is not None and terms.set and how[0] in ("support", "offer"):
        how = ("condition", "precondition")
    left = min(int(owner.left_edge.i), token.i) if owner is not None and owner.sent == token.sent else token.i
    for side in sides:
        yield Draft(
            party=side,
            predicate=token,
            stance=how[0],
            move=how[1],
            clause=(left, end),
            point=point,
            terms=terms,
            addressees=tuple(other for other in others if other.code != side.code)[:1],
            rule=f"stands-noun-1 ({lemma})",
            weight=_WEIGHT,
        )


def _to_be_met(token: Token) -> bool:
    """ "demands that Oman must meet": what is demanded is not told."""
    if NOUN_STANDS[token.lemma_.lower()][0] != "demand":
        return False
    clauses = (c for c in token.children if c.dep_ in {"relcl", "acl", "ccomp"} and c.lemma_.lower() in _MEETING)
    return any(not any(g.tag_ == "TO" for g in clause.children) for clause in clauses)


_MEETING: Final = frozenset("meet fulfil fulfill satisfy make table list".split())


def _start(token: Token, owner: Token | None) -> int:
    """The first word of what the noun is about: behind the noun, and behind an owner that stands behind it."""
    start = token.i + 1
    if owner is not None and owner.i > token.i:
        start = int(owner.right_edge.i) + 1
    return start


def _apart(token: Token) -> Range | None:
    """What a noun is about where the parser hangs it on the verb: "anger at the refusal in Lima to lift the ban"."""
    edge = int(token.right_edge.i) + 1
    if edge >= token.sent.end or any(c.dep_ in {"acl", "ccomp", "relcl"} for c in token.children):
        return None
    mark = token.doc[edge]
    if mark.tag_ != "TO" or mark.head.tag_ != "VB" or mark.head.i < edge or token.dep_ not in {"pobj", "dobj"}:
        return None
    return (edge, int(mark.head.right_edge.i) + 1) if token.lemma_.lower() in _WANTING else None


_WANTING: Final = frozenset("refusal unwillingness reluctance willingness readiness determination".split())


def _beside(token: Token) -> int:
    """Where a clause ends that the parser hangs on the verb: "put pressure on Iran to return to the talks"."""
    if token.dep_ != "dobj" or token.lemma_.lower() not in _SHARED or token.head.lemma_.lower() not in _LIGHT:
        return token.i + 1
    beside = _BESIDE | {"prep"} if token.lemma_ == "pressure" else _BESIDE
    ends = (int(c.right_edge.i) + 1 for c in token.head.children if c.dep_ in beside and c.i > token.i)
    return max(ends, default=token.i + 1)


def _how(token: Token, lemma: str, doc: Doc, point: Range) -> _How | None:
    """The stance and the move that a noun names, by the deed it is about."""
    how = NOUN_STANDS[lemma]
    first = next((doc[i] for i in range(*point) if doc[i].pos_ in {"VERB", "NOUN", "PROPN"}), None)
    apart = first is not None and token.right_edge.i < first.i and lemma in _WANTING
    if first is None or (first.i > token.i + 1 and not (apart or _governs(token, first))):
        return None
    deed = first.lemma_.lower() if first.pos_ == "VERB" else ""
    if how[0] == "support" and deed:
        if undoes(first):
            return ("oppose", None)
        if lemma in _TRYING and deed not in SAVING | STEPS | {"bring", "reach", "resolve", "achieve", "build"}:
            return None
        return (None, "threat") if deed in HARM and harms(first) else how
    if how == (None, None):
        return _decided(first)
    if how[0] == "offer" and first.pos_ == "VERB" and harms(first):
        return (None, "threat")
    if how == ("offer", "offer") and not deed and lemma in {"willingness", "readiness"}:
        return ("support", None)
    if lemma in _AIMS and deed in UNDOING:
        return ("oppose", None)
    if lemma in _AIMS and deed in _MAKING:
        return ("support", None)
    if lemma == "support" and not deed and first.lemma_.lower() not in PROCESS:
        return None
    return (None, "concession") if how[1] == "demand" and _given_up(token) else how


def _decided(first: Token) -> _How | None:
    """What is told by a decision: "the decision to free the prisoners", "to pull out of the pact"."""
    if first.pos_ != "VERB" or first.dep_ != "acl":
        return None
    if left_pact(first):
        return ("reject", "refusal")
    return (None, "concession") if held_back(first) is not None and first.lemma_.lower() in YIELDS else None


def _governs(token: Token, first: Token) -> bool:
    """Whether what a noun is about hangs on it, by "of", "for", "to" or a clause."""
    if token.lemma_.lower() in {"pressure", "interest"}:
        return True
    at = first
    for _ in range(_CLIMB):
        if at.head.i == token.i:
            return at.dep_ in {"acl", "ccomp", "relcl", "appos"} or bool(
                _GOVERNING & {at.lower_, *(c.lower_ for c in at.children if c.tag_ == "TO")}
            )
        if at.head.i == at.i:
            return False
        if token.dep_ == "dobj" and at.head.i == token.head.i:
            return at.dep_ in _BESIDE  # "made an offer to Oman that ..."
        at = at.head
    return False


def _under(token: Token) -> bool:
    """Whether one is put under a pressure that others exert."""
    return token.dep_ == "pobj" and token.head.lower_ == "under"


def _given_up(token: Token) -> bool:
    """Whether a demand is dropped: "gave up its demand", "abandoned the call for"."""
    verb = token.head
    if token.dep_ != "dobj":
        return False
    gives = verb.lemma_.lower() == "give" and any(child.lower_ == "up" for child in verb.children)
    return gives or verb.lemma_.lower() in DROPPING


def _supposed(verb: Token) -> bool:
    """Whether the clause of a noun is only supposed or asked for: "if they show a commitment to"."""
    words = {c.lower_ for c in verb.children if c.dep_ in {"mark", "aux"}}
    return verb.pos_ in {"VERB", "AUX"} and bool(words & _OPEN)


_OPEN: Final = frozenset("if whether unless until should must could may might would".split())


def _denied(token: Token) -> bool:
    verb = token.head
    return token.dep_ == "dobj" and verb.lemma_.lower() in _DENYING
