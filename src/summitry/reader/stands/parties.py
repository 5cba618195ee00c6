"""Whose stand it is: the state or organisation behind a mention, and who speaks as "we" inside a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from summitry.reader.document import Document
from summitry.reader.mentions import MentionIndex
from summitry.reader.stands.lexicon import NOT_OFFICIAL, NOT_THE_STATE
from summitry.reader.statements.speaker import party_of
from summitry.reader.stretches import Stretches
from summitry.vocabulary import Actor, Mention, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WORD: Final = re.compile(r"[\w-]+")
_SPEAKER: Final = frozenset({"i", "we", "us", "our", "my", "ourselves"})
_SELF: Final = re.compile(r"(?:that )?(it|he|she|they)\b", re.IGNORECASE)
_CLIMB: Final = 4
"""Verbs climbed along coordination and control to one with a subject."""
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})


def side_of(actor: Actor, words: str) -> Actor | None:
    """The state or organisation that an actor commits, or None: not a legislator, an opposition, the press.

    ``words`` are those it is mentioned by: "hardliners in Tehran" are not Iran.
    """
    if actor.code is None or actor.code[3:6] in NOT_THE_STATE or actor.code[:3] in NOT_THE_STATE:
        return None
    if any(word in NOT_OFFICIAL for word in _WORD.findall(f"{words} {actor.office or ''}".lower())):
        return None
    if actor.kind == "group" and actor.state is not None:
        # Armed movements are parties of their own, not of the state they fight in.
        return actor
    return party_of(actor)


def sides_of(mention: Mention) -> tuple[Actor, ...]:
    """The parties a mention stands for, each once."""
    found = mention.members or ((mention.actor,) if mention.actor is not None else ())
    sides = (side_of(actor, mention.text) for actor in found)
    return tuple({side.code: side for side in sides if side is not None}.values())


def with_speakers(document: Document, mentions: Sequence[Mention], statements: Sequence[Statement]) -> MentionIndex:
    """The mentions, with those who speak behind "we" in what a party says, and behind "it" where it reports itself."""
    # Two may have the same words: one who says them, and one who is told to have said them.
    told = Stretches(
        sorted(
            (
                (span.start, span.end, statement)
                for statement in statements
                if statement.quote_type != "indirect" and statement.party is not None
                for span in statement.content_spans
            ),
            key=lambda each: each[:2],
        )
    )
    known = {mention.start for mention in mentions if mention.actor is not None or mention.members}
    spoken = [_spoken(mention, told) for mention in mentions]
    return MentionIndex([*spoken, *_reporting(document.plain, known, statements)])


def _reporting(plain: str, known: set[int], statements: Sequence[Statement]) -> Iterator[Mention]:
    """The pronouns that open what a party says of itself: "Kenya said it would not sign"."""
    for statement in statements:
        party = statement.party
        if statement.quote_type == "direct" or party is None:
            continue
        first = _SELF.match(plain, statement.content_spans[0].start)
        if first is not None and first.start(1) not in known:
            speaker = statement.speaker
            who = speaker if speaker is not None and speaker.code is not None and not speaker.anonymous else party
            yield Mention(*first.span(1), first.group(1), "pronoun", who, "pronoun: who reports")


def side_told(statement: Statement) -> Actor | None:
    """The party whose word a statement is: none where a legislator or an opponent speaks, whatever the state."""
    speaker = statement.speaker
    if speaker is None or speaker.code is None:
        return statement.party
    return side_of(speaker, speaker.name) if statement.party is not None else None


def speaks_for(statement: Statement, side: Actor) -> bool:
    """Whether a statement is a party's own word: of its state, or of the movement itself."""
    said_by = (statement.party, statement.speaker)
    return any(one is not None and one.code is not None and side.code in (one.code, one.state) for one in said_by)


def _spoken(mention: Mention, told: Stretches[Statement]) -> Mention:
    if mention.kind != "pronoun" or mention.actor is not None or mention.text.lower() not in _SPEAKER:
        return mention
    inside = [(end - start, s) for start, end, s in told.holding(mention.start)]
    if not inside:
        return mention
    statement = min(inside, key=lambda pair: pair[0])[1]
    speaker = statement.speaker
    coded = speaker is not None and speaker.code is not None and not speaker.anonymous
    return replace(mention, actor=speaker if coded else statement.party)


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb or predicative adjective: its own, or that of what it is coordinated with."""
    at = verb
    for _ in range(_CLIMB):
        found = next((child for child in at.children if child.dep_ in _SUBJECTS and child.i < verb.i), None)
        if found is not None:
            if found.lower_ in {"who", "which", "that"} and at.dep_ == "relcl":
                return at.head
            return found
        if at.dep_ not in {"conj", "acomp"} or at.head.pos_ not in {"VERB", "AUX"}:
            return None
        at = at.head
    return None


# Verbs whose object does what their infinitive tells.
_STEERING: Final = frozenset(
    "urge want ask tell force press push pressure compel persuade convince get call invite order allow permit enable "
    "encourage expect request require lead help let make prompt cause leave warn".split()
)


def controller_of(verb: Token) -> Token | None:
    """Who does what a verb tells, where the verb may have no subject of its own: "is trying to save the pact",
    "a promise by Oman to pay", "left the room, blaming Chad".
    """
    at = verb
    for _ in range(2 * _CLIMB):
        found = subject_of(at)
        if found is not None:
            return found
        head = at.head
        if head.i == at.i:
            return None
        if at.dep_ == "xcomp" and head.lemma_.lower() in _STEERING:
            held = next((child for child in head.children if child.dep_ == "dobj"), None)
            if held is not None:
                return held
        if head.pos_ in {"NOUN", "PROPN"}:
            owner = next((child for child in head.children if child.dep_ == "poss"), None)
            if owner is None:
                agent = next((child for child in head.children if child.lower_ in {"by", "from"}), None)
                owner = next((child for child in agent.children if child.dep_ == "pobj"), None) if agent else None
            if owner is not None:
                return owner
        if head.pos_ in {"NOUN", "PROPN", "ADP", "SCONJ", "ADJ"}:
            if at.dep_ not in {"acl", "pcomp", "prep", "pobj", "dobj", "attr", "acomp", "xcomp", "conj"}:
                return None
        elif at.dep_ not in {"xcomp", "advcl", "conj", "prep", "dobj", "pobj", "attr", "acomp", "pcomp"}:
            return None
        at = head
    return None


def subject_sides(verb: Token, mentions: MentionIndex) -> tuple[tuple[Actor, ...], Token | None]:
    """The parties that are the subject of a verb, coordinated ones too, and the subject."""
    subject = subject_of(verb)
    if subject is None:
        return (), None
    found: dict[str | None, Actor] = {}
    for head in (subject, *_conjoined(subject)):
        mention = mentions.of_head(head)
        if mention is not None:
            found |= {side.code: side for side in sides_of(mention)}
    return tuple(found.values()), subject


def givers_of(deed: Token, sides: tuple[Actor, ...], mentions: MentionIndex) -> tuple[Actor, ...]:
    """Of several who agreed on a deed those who do it: the owner of what it is done to ("halt Chad's tests"), and
    nobody against whom it was held ("lift the tariffs on Chad").
    """
    if len(sides) < _SEVERAL:
        return sides
    owners: set[str | None] = set()
    targets: set[str | None] = set()
    for thing in (c for c in deed.children if c.dep_ == "dobj"):
        for child in thing.children:
            if child.dep_ == "poss" and (mention := mentions.of_head(child)) is not None:
                owners |= {side.code for side in sides_of(mention)}
            if child.lower_ in {"on", "against"}:
                for word in child.children:
                    found = mentions.of_head(word)
                    targets |= {side.code for side in sides_of(found)} if found is not None else set()
    own = tuple(side for side in sides if side.code in owners)
    return own or tuple(side for side in sides if side.code not in targets)


_SEVERAL: Final = 2


def person_behind(verb: Token, side: Actor, statement: Statement | None, mentions: MentionIndex) -> Actor | None:
    """The person or body of a party that a stand is of: its subject or owner, else who says it; None: the party."""
    owner = next((child for child in verb.children if child.dep_ == "poss"), None) if verb.pos_ == "NOUN" else None
    heads = (head for head in (owner, subject_of(verb)) if head is not None)
    found = (mention.actor for head in heads if (mention := mentions.of_head(head)) is not None)
    speaker = statement.speaker if statement is not None else None
    return next((actor for actor in (*found, speaker) if actor is not None and _within(actor, side)), None)


def _within(actor: Actor, side: Actor) -> bool:
    """Whether an actor is a person or body under a party, not the party itself."""
    return actor.code is not None and actor.state == side.code and (actor.kind != "state" or actor.code != side.code)


def _conjoined(token: Token) -> tuple[Token, ...]:
    return tuple(child for child in token.children if child.dep_ == "conj" and child.pos_ in {"PROPN", "NOUN"})


def parties_within(doc: Doc, start: int, stop: int, mentions: MentionIndex) -> tuple[Actor, ...]:
    """The parties mentioned between two tokens, in text order, each once."""
    if stop <= start:
        return ()
    found: dict[str | None, Actor] = {}
    for mention in mentions.within(doc[start].idx, doc[stop - 1].idx + len(doc[stop - 1])):
        for actor in mention.members or ((mention.actor,) if mention.actor is not None else ()):
            side = party_of(actor)
            if side is not None:
                found.setdefault(side.code, side)
    return tuple(found.values())
