"""What is no prediction: what one's own side intends, pledges, threatens or has arranged; what nobody could check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from summitry.reader.mentions import MentionIndex
from summitry.reader.predictions.clauses import Clause
from summitry.reader.predictions.lexicon import (
    BADLY,
    COMPLYING,
    GOING,
    MATTERS,
    OUTCOMES,
    PROCESS,
    REACHED,
    REACHING,
    SCHEDULED,
    UNCHECKABLE,
    WELL,
)
from summitry.reader.predictions.standing import Standing
from summitry.reader.stands.parties import side_told
from summitry.vocabulary import Actor, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

_FIRST: Final = frozenset("i we us our ourselves".split())
_STRANGERS: Final = frozenset("you one who whoever what that which anyone everyone someone everybody".split())
_PLANS: Final = frozenset(
    "proposal bill plan draft legislation law measure resolution deal agreement accord pact offer treaty amendment "
    "provision clause order rule motion".split()
)
_SUBJECT_PERSONS: Final = frozenset({"he", "she", "they", "it", "both", "neither", "side", "all", "two"})
_BE: Final = frozenset({"be", "become", "remain", "stay"})


def checkable(clause: Clause, mentions: MentionIndex) -> bool:
    """Whether a clause foretells something that can be seen to come or not: of a party or a matter of negotiation."""
    head, core = clause.head, clause.core
    if clause.route == "noun":
        return True
    lemma = core.lemma_.lower()
    if lemma in UNCHECKABLE or head.lemma_.lower() in UNCHECKABLE:
        return False
    if lemma == "take" and any(c.dep_ == "dobj" and c.lemma_ in {"time", "year", "month", "place"} and
                               c.lemma_ != "place" for c in core.children):  # fmt: skip
        return False
    if clause.route in {"may", "could", "would"} and _elsewhen(head):
        return False
    if core.lemma_ in _BE and not _is_something(core):
        return False
    return _subject(clause, mentions)


def _elsewhen(head: Token) -> bool:
    """ "may have tested", "may be seeking", "would have left" are not of the future."""
    aux = [c for c in head.children if c.dep_ in {"aux", "auxpass"}]
    return any(c.lower_ == "have" for c in aux) or (head.tag_ == "VBG" and any(c.lower_ == "be" for c in aux))


def _is_something(be: Token) -> bool:
    """Whether "be" tells what will be there, or how it goes."""
    if any(c.dep_ == "expl" for c in be.children):
        noun = next((c for c in be.children if c.dep_ in {"attr", "nsubj"}), None)
        return noun is not None and noun.lemma_.lower() in MATTERS | REACHED | WELL | BADLY
    for child in be.children:
        if child.dep_ in {"acomp", "attr", "oprd"}:
            words = {child.lemma_.lower(), *(c.lemma_.lower() for c in child.children if c.dep_ == "amod")}
            if words & (WELL | BADLY | {"over", "dead", "nuclear", "free", "empty", "victim", "loser", "winner"}):
                return True
    return be.lemma_ in {"remain", "stay"} and any(c.dep_ in {"prep", "advmod", "acomp"} for c in be.children)


def _subject(clause: Clause, mentions: MentionIndex) -> bool:
    subject = clause.subject
    if subject is None:
        return clause.first is not None
    word, lemma = subject.lower_, subject.lemma_.lower()
    if word in _STRANGERS or subject.tag_ in {"WDT", "WP"}:
        return False
    if clause.route == "would" and lemma in _PLANS:
        return False
    mention = mentions.of_head(subject)
    if mention is not None and (mention.actor is not None or mention.members):
        return mention.actor is None or mention.actor.kind != "media"
    if word in {"i", "we"} | _SUBJECT_PERSONS:
        return True
    if lemma in MATTERS | REACHED:
        return True
    # "the fate of the talks", "the price of oil"; "Tehran's economy" and the like stand in MATTERS.
    return any(c.lemma_.lower() in PROCESS or (c.dep_ == "poss" and mentions.at(c.idx) is not None)
               for c in subject.subtree if c.i != subject.i)  # fmt: skip


def own(clause: Clause, standing: Standing, told: Statement | None, sides: tuple[Actor, ...]) -> bool:
    """Whether whoever speaks tells what is in their own side's hands: an intention, a pledge, a threat, a plan.

    ``sides`` are the parties of the clause's subject; where it has none, of the clause.
    """
    subject = clause.subject
    first = subject is not None and subject.lower_ in _FIRST
    speaker = side_told(told) if told is not None else None
    code = (speaker.state or speaker.code) if speaker is not None else None
    mine = first or (code is not None and any((side.state or side.code) == code for side in sides))
    if not mine:
        return _demanded(clause, standing, told)
    core = clause.core
    lemma = core.lemma_.lower()
    if lemma in OUTCOMES and lemma not in {"face", "end", "remain", "win", "rise", "grow"} and clause.route != "noun":
        return False
    if lemma in {"able"} or (core.lemma_ == "be" and lemma in GOING and clause.head.lemma_ == "be"):
        return not standing.believing
    if standing.believing and lemma in REACHING:
        things = {c.lemma_.lower() for c in core.children if c.dep_ in {"dobj", "prep", "prt", "attr"}}
        things |= {c.lemma_.lower() for p in core.children if p.dep_ == "prep" for c in p.children}
        return not things & REACHED
    return clause.route != "noun"


def arranged(clause: Clause, standing: Standing, told: Statement | None, parties: tuple[Actor, ...]) -> bool:
    """Whether a party to talks announces when they are held: a plan, where it does not say that it only thinks so."""
    speaker = side_told(told) if told is not None else None
    if speaker is None or standing.believing or clause.route in {"may", "could", "likely"}:
        return False
    code = speaker.state or speaker.code
    lemma = clause.core.lemma_.lower()
    return lemma in SCHEDULED and any((side.state or side.code) == code for side in parties)


def _demanded(clause: Clause, standing: Standing, told: Statement | None) -> bool:
    """ "We expect the other side to comply" demands it."""
    governor = standing.governor
    expects = (clause.route == "expected" and clause.cue.lemma_ == "expect") or (
        governor is not None and governor.lemma_ == "expect"
    )
    return expects and told is not None and told.party is not None and clause.core.lemma_.lower() in COMPLYING
