"""Whether a clause foretells something that can be seen to come or not: an act of a party, a turn of the talks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from summitry.reader.mentions import MentionIndex
from summitry.reader.predictions.clauses import Clause
from summitry.reader.predictions.lexicon import (
    BADLY,
    ENDS_IN,
    LIGHT,
    MATTERS,
    PROCESS,
    REACHED,
    STATES,
    TURNS,
    UNCHECKABLE,
    WELL,
    WENT,
)
from summitry.reader.predictions.terms import condition_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_STRANGERS: Final = frozenset("you one who whoever what that which anyone everyone someone everybody".split())
_PERSONS: Final = frozenset("i we he she they it both neither side all two".split())
_ABSENT: Final = frozenset({"he", "she", "they"})
_PLANS: Final = frozenset(
    "proposal bill plan draft legislation law measure resolution deal agreement accord pact offer treaty amendment "
    "provision clause order rule motion framework text".split()
)
_UNDER: Final = frozenset({"under", "in", "as"})
_BE: Final = frozenset({"be", "become", "remain", "stay"})
_ENDS: Final = frozenset({"over", "dead", "nuclear", "free", "empty", "victim", "loser", "winner", "lifted", "able"})


def checkable(clause: Clause, mentions: MentionIndex) -> bool:
    """Whether a clause can come true or not, by its verb, its subject and what it describes."""
    head, core = clause.head, clause.core
    if clause.route == "noun":
        return True
    lemma = core.lemma_.lower()
    if lemma in UNCHECKABLE or head.lemma_.lower() in UNCHECKABLE:
        return False
    if head.lemma_ in {"have", "need"} and any(c.dep_ == "xcomp" for c in head.children):
        return False  # "will have to"
    if lemma == "take" and any(c.dep_ == "dobj" and c.lemma_ in {"time", "year", "month"} for c in core.children):
        return False
    if clause.route == "could" and clause.negated:
        return False  # what cannot be done now
    if _supposed(clause) or (clause.first is not None and _supposed(clause.first)):
        return False
    if clause.route in {"may", "could", "would"} and (_elsewhen(head) or (lemma in STATES and lemma not in _BE)):
        return False
    if core.lemma_ in _BE and not _is_something(core):
        return False
    if lemma in {"have", "give", "make", "get", "see", "find"} and not _has_something(core):
        return False
    if clause.route != "will" and _described(clause):
        return False
    return _subject(clause, mentions)


def vague(clause: Clause) -> bool:
    """Whether a clause tells of no turn that could be seen to come; to be kept only where it names an act."""
    if clause.route in ("noun", "too far"):
        return False
    lemma = clause.core.lemma_.lower()
    if lemma not in TURNS:
        return True
    if lemma not in LIGHT:
        return False
    if any(c.dep_ == "prt" for c in clause.core.children):
        return False  # "give up", "pull out"
    return not any(t.lemma_.lower() in ENDS_IN for t in clause.core.subtree if t.i > clause.core.i)


def _supposed(clause: Clause) -> bool:
    """ "in the case that they will ...": the condition itself."""
    doc, first = clause.head.doc, int(clause.head.left_edge.i)
    near = doc[max(clause.head.sent.start, first - 3) : min(first + 5, clause.head.i)].text.lower()
    return any(words in near for words in ("in case", "the case that", "the event that", "condition that"))


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
            words = {child.lemma_.lower()}
            if child.pos_ == "ADJ" or child.lemma_.lower() in WENT:
                words |= {c.lemma_.lower() for c in child.children if c.dep_ == "amod"}
            if words & _ENDS:
                return True
            if any(c.dep_ == "prep" and c.lower_ == "for" for c in child.children):
                continue  # "good for peace": a judgement
            if words & (WELL | BADLY) and child.tag_ != "JJR" and be.doc[child.i - 1].text != "-" and _process(be):
                return True
    return be.lemma_ in {"remain", "stay"} and any(c.dep_ in {"prep", "advmod", "acomp"} for c in be.children)


def _process(be: Token) -> bool:
    """Whether it is the negotiation that "be" tells of, by name or as "it"."""
    subject = next((c for c in be.children if c.dep_ in {"nsubj", "expl"}), None)
    return subject is None or subject.lower_ in {"it", "this", "that", "they"} or subject.lemma_.lower() in PROCESS


def _has_something(verb: Token) -> bool:
    """ "get a deal", "make progress", "give up weapons", "have a bomb"."""
    if any(c.dep_ == "prt" for c in verb.children):
        return True
    things = [c for c in verb.children if c.dep_ == "dobj"]
    if verb.lemma_ == "make" and any(c.dep_ == "nsubj" and c.lower_ in {"it", "this", "that"} for c in verb.children):
        # "it would make a good deal": a judgement
        return not any(c.dep_ == "amod" and c.lemma_.lower() in WELL | BADLY for t in things for c in t.children)
    return any(c.lemma_.lower() in REACHED | MATTERS for c in things) or any(
        c.dep_ in {"ccomp", "xcomp"} for c in verb.children
    )


def _described(clause: Clause) -> bool:
    """Whether a clause tells what a deal or plan contains: "under the accord, sanctions would be lifted"."""
    verbs = {clause.head.i, clause.core.i, *(c.i for c in clause.head.children if c.pos_ == "VERB")}
    for token in clause.head.subtree:
        if token.dep_ == "prep" and token.lower_ in _UNDER and token.head.i in verbs:
            objects = [c for c in token.children if c.dep_ == "pobj"]
            objects += [c for p in objects for q in p.children if q.dep_ == "prep" for c in q.children]
            if any(c.lemma_.lower() in _PLANS for c in objects):
                return True
    return False


def _subject(clause: Clause, mentions: MentionIndex) -> bool:
    subject = clause.subject
    if subject is None:
        return clause.first is not None
    word, lemma = subject.lower_, subject.lemma_.lower()
    if word == "this" and condition_of(clause) is not None:
        return True  # "if they leave, this will end the talks"
    if word in _STRANGERS or subject.tag_ in {"WDT", "WP"}:
        return False
    if clause.route == "would" and lemma in _PLANS:
        return False
    mention = mentions.of_head(subject)
    if mention is not None and (mention.actor is not None or mention.members):
        return mention.actor is None or mention.actor.kind != "media"
    if word in _ABSENT and clause.first is None:
        return False  # nobody knows of whom it is foretold
    if lemma in {"country", "side", "party", "government"} and any(c.lower_ in {"a", "an"} for c in subject.children):
        return False
    if word in _PERSONS or lemma in MATTERS | REACHED:
        return True
    # "the fate of the talks", "Tehran's economy"
    for child in subject.children:
        if child.dep_ == "poss" and mentions.at(child.idx) is not None:
            return True
        if child.dep_ == "prep" and child.lower_ == "of" and any(c.lemma_.lower() in PROCESS for c in child.children):
            return subject.pos_ == "NOUN"
    return False
