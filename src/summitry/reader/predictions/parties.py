"""What an event must be to bear on a foretold clause: its parties and its PLOVER type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from summitry.reader.mentions import MentionIndex
from summitry.reader.predictions.clauses import Clause
from summitry.reader.predictions.lexicon import ENDING, PROCESS
from summitry.reader.predictions.terms import Range
from summitry.reader.stands.parties import parties_within, subject_sides
from summitry.reader.statements.speaker import party_of
from summitry.reader.triggers import match_trigger
from summitry.vocabulary import Actor, Event, Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

_SIDES: Final = 2
_COMING: Final = frozenset(
    "be take go occur happen continue resume restart begin start proceed reconvene reopen come hold conclude finish "
    "reach sign strike".split()
)
"""Verbs whose subject may be the act itself: "talks will resume", "a deal will be reached"."""
_CARRYING: Final = _COMING | frozenset(
    "have make launch conduct attend join enter open stage host impose lift ease sell buy give get see find achieve "
    "expect predict forecast conclude carry face avoid produce suspend freeze end".split()
)
"""Verbs whose object is the act: "hold talks"; of others ("jeopardise the talks") it is not."""
_TOWARDS: Final = frozenset("go return come enter lead head engage get sit move agree".split())
"""Verbs that name an act only with what their preposition brings in: "return to talks"."""
_EASING: Final = frozenset({"lift", "ease", "suspend", "end", "freeze"})
_EASED: Final = {"SANCTION": "CONCEDE", "COERCE": "CONCEDE"}
"""What it is to ease, lift or end an act of these types."""
_AHEAD: Final = frozenset({"hypothetical", "planned", "threatened", "negated", "alleged"})
_COLLECTIVE: Final = frozenset("side party country talk negotiator leader".split())


def topics_of(mentions: Sequence[Mention]) -> tuple[Actor, ...]:
    """The parties of an article, by how often it names them."""
    counts: Counter[str] = Counter()
    by_code: dict[str, Actor] = {}
    for mention in mentions:
        for actor in mention.members or ((mention.actor,) if mention.actor is not None else ()):
            side = party_of(actor)
            if side is not None and side.code is not None and side.kind == "state":
                counts[side.code] += 1
                by_code.setdefault(side.code, side)
    return tuple(by_code[code] for code, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def sides_of_subject(clause: Clause, mentions: MentionIndex) -> tuple[Actor, ...]:
    """The parties that the subject of a clause is."""
    if clause.subject is None:
        return ()
    if clause.subject.dep_ in {"nsubj", "nsubjpass"}:
        sides, subject = subject_sides(clause.subject.head, mentions)
        if sides and subject is not None and subject.i == clause.subject.i:
            return sides
    left, right = int(clause.subject.left_edge.i), clause.subject.i + 1
    return parties_within(clause.head.doc, left, right, mentions) if mentions.of_head(clause.subject) else ()


def named(clause: Clause, words: Range, mentions: MentionIndex) -> tuple[Actor, ...]:
    """The parties that a clause names: its subject's first, then those in its words."""
    found: dict[str | None, Actor] = {}
    for group in (sides_of_subject(clause, mentions), parties_within(clause.head.doc, *words, mentions)):
        for side in group:
            found.setdefault(side.code, side)
    return tuple(found.values())


def actors_of(clause: Clause, words: Range, mentions: MentionIndex, topics: Sequence[Actor]) -> tuple[Actor, ...]:
    """The parties of a clause: its subject's first, then those named in it; of talks without a name, the article's two.

    The two that an article names most are taken only where the clause is about talks or "both sides" and names at most
    one of them.
    """
    found: dict[str | None, Actor] = {side.code: side for side in named(clause, words, mentions)}
    if len(found) < _SIDES and _of_talks(clause, words):
        two = topics[:_SIDES]
        if all(code in {side.code for side in two} for code in found):
            for side in two:
                found.setdefault(side.code, side)
    return tuple(found.values())


def _of_talks(clause: Clause, words: Range) -> bool:
    doc = clause.head.doc
    return any(doc[i].lemma_.lower() in PROCESS and doc[i].pos_ in {"NOUN", "PROPN"} for i in range(*words)) or (
        clause.subject is not None and clause.subject.lemma_.lower() in _COLLECTIVE
    )


def type_of(clause: Clause, words: Range, events: Sequence[Event], mentions: MentionIndex) -> str | None:
    """The PLOVER type of what is foretold: of the event told at the clause, else of a word that names an act.

    What no party does is no act of its verb: "the deal will meet their needs".
    """
    doc = clause.head.doc
    core, head = clause.core, clause.head
    start, end = doc[words[0]].idx, doc[words[1] - 1].idx + len(doc[words[1] - 1])
    inside = [event for event in events if start <= event.trigger.start < end and event.modality in _AHEAD]
    doing = _by_party(clause, mentions)
    for token in dict.fromkeys((core, head)) if doing else ():
        for event in inside:
            if event.trigger.start == token.idx:
                return event.type
    if _fails(clause):
        return "SANCTION"
    for token in dict.fromkeys((core, head)) if doing else ():
        match = match_trigger(token)
        if match is not None and not (match.entry.weak and match.entry.type == "SANCTION"):
            return match.entry.type
    carried = core.lemma_.lower() in _CARRYING
    objects = [c for c in core.children if c.dep_ == "attr" or (carried and c.dep_ in {"dobj", "nsubjpass"})]
    if core.lemma_.lower() in _TOWARDS:
        objects += [c for p in core.children if p.dep_ == "prep" for c in p.children if c.dep_ == "pobj"]
    subject = clause.subject
    if subject is not None and core.lemma_.lower() in _COMING:
        objects.append(subject)
    for token in objects:
        told = next((event.type for event in inside if event.trigger.start == token.idx), None)
        match = match_trigger(token)
        type_ = told or (match.entry.type if match is not None else None)
        if type_ is not None:
            return _EASED.get(type_, type_) if core.lemma_.lower() in _EASING else type_
    return None


def _by_party(clause: Clause, mentions: MentionIndex) -> bool:
    """Whether parties or people do what a clause tells, or have it done to them."""
    subject = clause.subject
    if subject is None or subject.dep_ == "nsubjpass" or clause.head.pos_ == "NOUN":
        return True
    mention = mentions.of_head(subject)
    if mention is not None and (mention.actor is not None or mention.members):
        return True
    return (subject.pos_ == "PRON" and subject.lower_ != "it") or subject.lemma_.lower() in _COLLECTIVE


def _fails(clause: Clause) -> bool:
    """Whether talks are foretold to break down: the SANCTION of breaking them off."""
    subject = clause.subject
    return (
        clause.core.lemma_.lower() in ENDING
        and subject is not None
        and any(token.lemma_.lower() in PROCESS for token in (subject, *_governed(subject)))
    )


def _governed(token: Token) -> list[Token]:
    return [c for p in token.children if p.dep_ == "prep" for c in p.children]
