"""What is no prediction: what one's own side intends, pledges, threatens or has arranged; what nobody could check."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from summitry.reader.mentions import MentionIndex
from summitry.reader.predictions.clauses import Clause
from summitry.reader.predictions.lexicon import (
    COMPLYING,
    HARMING,
    MATTERS,
    OUTCOMES,
    PROCESS,
    REACHED,
    REACHING,
    SCHEDULED,
)
from summitry.reader.predictions.standing import Standing
from summitry.reader.stands.parties import side_told
from summitry.vocabulary import Actor, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

_FIRST: Final = frozenset("i we us our ourselves my myself me".split())
_THIRD: Final = frozenset("he she they".split())
_HOME: Final = frozenset({"country", "government", "nation", "administration"})
"""Words by which officials are reported to speak of their own."""
_SUFFERED: Final = frozenset({"lose", "suffer", "survive"})
_WILLED: Final = frozenset({"face", "end", "remain", "win", "rise", "grow"})
"""Of the verbs of what befalls one, those with an object, and those that one may also intend."""
_OWNING: Final = frozenset("his her its their my our".split())
_TWO: Final = 2
_SPEAKS_FOR: Final = re.compile(r"\b(?:spokes\w+|ministry|minister|agency|government|military|army)\b", re.IGNORECASE)
_SPOKES: Final = re.compile(r"\b(?:spokes\w+|press secretary)\b", re.IGNORECASE)
_EXPERT: Final = re.compile(
    r"\b(?:former|ex-|analysts?|experts?|professor|fellow|institut\w*|universit\w*|think tank|scholar|researcher|"
    r"college|author|historian)",
    re.IGNORECASE,
)
_BEFORE: Final = 200
_BEHIND: Final = 100
"""Code points before and behind a name, where first told, in which it is told who that is."""
_STATE: Final = 3
"""Letters of a state's code; with the role behind it :data:`_BODY`."""
_BODY: Final = 6
_POLICY: Final = frozenset({"sanction", "pressure", "tariff", "embargo", "troop"})


@dataclass(frozen=True, slots=True, eq=False)
class Hearing:
    """Who is heard on what: the statement a clause is told in, the parties of its subject and of its words, and the
    parties of the article by how often it names them. ``dated`` tells that a time is told in the clause."""

    told: Statement | None
    sides: tuple[Actor, ...]
    parties: tuple[Actor, ...]
    topics: Sequence[Actor]
    mentions: MentionIndex
    plain: str = ""
    dated: bool = False

    @property
    def code(self) -> str | None:
        """The state or organisation whose word it is; None where nobody speaks for one."""
        speaker = side_told(self.told) if self.told is not None else None
        return (speaker.state or speaker.code) if speaker is not None else None

    def among(self, sides: Sequence[Actor]) -> bool:
        """Whether who speaks is of one of these parties."""
        code = self.code
        return code is not None and any((side.state or side.code) == code for side in sides)


def own(clause: Clause, standing: Standing, hearing: Hearing) -> bool:
    """Whether what is told lies in the hands of whoever tells it: an intention, pledge, threat, plan or demand."""
    if hearing.told is None:
        # A writer's "we", and the meetings that a writer tells of because they were announced.
        we = clause.subject is not None and clause.subject.lower_ in _FIRST and clause.route != "noun"
        return we or (hearing.dated and clause.route == "will" and clause.core.lemma_.lower() in SCHEDULED)
    codes = {side.state or side.code for side in hearing.parties}
    if codes and codes == {hearing.code}:
        return True  # nobody else is in it: what a party tells of itself alone
    if not _mine(clause, standing, hearing):
        return (
            _threat(clause, hearing)
            or _demanded(clause, standing, hearing.told)
            or _arranged(clause, standing, hearing)
        )
    lemma = clause.core.lemma_.lower()
    befalls = lemma in _SUFFERED or not any(c.dep_ == "dobj" for c in clause.core.children)
    if clause.route != "noun" and lemma in OUTCOMES and befalls and lemma not in _WILLED:
        return False
    if standing.believing and lemma in REACHING:
        return not _things(clause.core) & REACHED
    return clause.route != "noun"


def _mine(clause: Clause, standing: Standing, hearing: Hearing) -> bool:
    """Whether the subject of a clause is who speaks, of their side or with them."""
    subject, told = clause.subject, hearing.told
    if hearing.among(hearing.sides):
        return True
    if subject is None or told is None:
        return False
    word = subject.lower_
    if word in _FIRST or any(c.dep_ == "poss" and c.lower_ in _OWNING for c in subject.children):
        return told.quote_type != "direct" or word in _FIRST or any(c.lower_ in {"my", "our"} for c in subject.children)
    mention = hearing.mentions.of_head(subject)
    actor = mention.actor if mention is not None else None
    speaker = told.speaker
    if hearing.sides and (_of_several(told, hearing) or (told.party is None and _official(speaker))):
        return True
    if word in _THIRD and speaker is not None and _SPOKES.search(f"{speaker.name} {speaker.office or ''}"):
        return True  # whom a spokeswoman calls "he" is whom she speaks for
    if clause.route in {"will", "would"} and not standing.believing and _introduced(hearing):
        return True
    if subject.dep_ == "nsubjpass" and _by_own(clause, hearing):
        return True
    if actor is not None and speaker is not None:
        # A body of one's own: "Congress" by one of its members; the state by its officials is told above.
        body = speaker.code is not None and len(speaker.code) > _STATE and actor.code is not None
        own_body = body and (actor.code or "")[:_BODY] == (speaker.code or "")[:_BODY]
        if own_body or actor.name == speaker.name or _we(subject, (actor,), speaker):
            return True
    if mention is not None and speaker is not None and _we(subject, mention.members, speaker):
        return True
    if actor is not None or (mention is not None and mention.members) or told.quote_type == "direct":
        return False
    if subject.lemma_.lower() in _HOME and any(c.lower_ == "the" for c in subject.children):
        return told.party is not None
    # Nobody else was found for the pronoun of what is reported.
    person = told.speaker is not None and told.speaker.kind == "person"
    return word in _THIRD or (word == "it" and not person)


def _we(subject: Token, actors: Sequence[Actor], speaker: Actor) -> bool:
    """Whether a pronoun stands for people of the speaker's state."""
    return subject.pos_ == "PRON" and any(one.state is not None and one.state == speaker.state for one in actors)


def _of_several(told: Statement, hearing: Hearing) -> bool:
    """Whether several speak, one of them of the clause's side: "Kenyan and Ugandan officials"."""
    source = told.source_span
    if source is None:
        return False
    inside = hearing.mentions.within(source.start, source.end)
    members = [a for m in inside for a in (*m.members, *((m.actor,) if m.actor is not None else ()))]
    states = {side.state or side.code for side in hearing.sides}
    if len(members) > 1 and any((one.state or one.code) in states for one in members):
        return True
    speaker = told.speaker
    # "Kenyan and Ugandan officials", where only one of the two was read.
    together = speaker is not None and " and " in speaker.name
    return together and speaker is not None and any(side.name in speaker.name for side in hearing.sides)


def _introduced(hearing: Hearing) -> bool:
    """Whether somebody of no known state is told of, where first named, as an official of the clause's side."""
    told = hearing.told
    speaker = told.speaker if told is not None else None
    if speaker is None or speaker.code is not None or speaker.kind != "person" or not hearing.sides:
        return False
    at = hearing.plain.find(speaker.name)
    if at < 0:
        return False
    start, end = max(0, at - _BEFORE), min(len(hearing.plain), at + len(speaker.name) + _BEHIND)
    near = hearing.plain[start:end]
    if _SPEAKS_FOR.search(near) is None or _EXPERT.search(near) is not None:
        return False
    states = {side.state or side.code for side in hearing.sides}
    inside = hearing.mentions.within(start, end)
    actors = [a for m in inside for a in (*m.members, *((m.actor,) if m.actor is not None else ()))]
    return any((one.state or one.code) in states for one in actors)


def _by_own(clause: Clause, hearing: Hearing) -> bool:
    """ "It will not be accepted by Congress", by one of its members; "by Kenya", by its president."""
    speaker = hearing.told.speaker if hearing.told is not None else None
    agents = (c for a in clause.core.children if a.dep_ == "agent" for c in a.children if c.dep_ == "pobj")
    for token in agents:
        mention = hearing.mentions.of_head(token)
        actor = mention.actor if mention is not None else None
        if actor is None or speaker is None or actor.code is None or speaker.code is None:
            continue
        if actor.code[:_BODY] == speaker.code[:_BODY] or hearing.among((actor,)):
            return True
    return False


def _official(speaker: Actor | None) -> bool:
    """Whether somebody whose state nobody knows speaks for one: what is told of a state may be of their own."""
    return speaker is not None and speaker.code is None and _SPEAKS_FOR.search(speaker.name) is not None


def _things(verb: Token) -> set[str]:
    found = {c.lemma_.lower() for c in verb.children if c.dep_ in {"dobj", "prt", "attr"}}
    return found | {c.lemma_.lower() for p in verb.children if p.dep_ == "prep" for c in p.children}


def _threat(clause: Clause, hearing: Hearing) -> bool:
    """ "They will regret it", by an adversary."""
    if hearing.code is None or clause.core.lemma_.lower() not in HARMING:
        return False
    return bool(hearing.sides) or (clause.subject is not None and clause.subject.lower_ in {"he", "they", "it", "she"})


def _arranged(clause: Clause, standing: Standing, hearing: Hearing) -> bool:
    """Whether a party announces what it has arranged or decides itself: when talks are held, whether sanctions stay."""
    guessed = clause.route == "likely" and clause.cue.lower_ not in {"due", "set", "about"}
    if standing.believing or guessed or clause.route in {"may", "could"}:
        return False
    if told_by_press(hearing.told):
        return True
    lemma = clause.core.lemma_.lower()
    subject = clause.subject
    thing = subject.lemma_.lower() if subject is not None else ""
    mine = (
        hearing.among(hearing.parties)
        or (thing in MATTERS and hearing.among(hearing.topics[:_TWO]))
        or any(t.lower_ in _FIRST for t in clause.head.subtree)
    )
    held = lemma == "be" and thing in PROCESS and any(c.dep_ == "expl" for c in clause.core.children)
    if held or lemma in SCHEDULED or (lemma == "take" and "place" in _things(clause.core)):
        # Who is of no party tells on which day others meet because it was announced.
        return mine or (hearing.dated and hearing.code is None)
    if subject is not None and subject.dep_ == "nsubjpass" and thing in PROCESS and lemma not in REACHING | {"work"}:
        return mine  # "the accord will be terminated", by one of its parties
    if mine and any(t.lower_ == "only" for t in clause.head.children) and lemma in {"come", "be", "happen"}:
        return True  # "relief will only come after ...": a condition of one's own
    policy = thing in _POLICY or bool(_things(clause.core) & _POLICY)
    return policy and (mine or hearing.among(hearing.topics[:_TWO]))


def told_by_press(told: Statement | None) -> bool:
    """Whether a paper or an agency reports it: what it tells is what others have announced."""
    speaker = told.speaker if told is not None else None
    return speaker is not None and (speaker.kind == "media" or (speaker.code or "")[_STATE:_BODY] == "MED")


def _demanded(clause: Clause, standing: Standing, told: Statement) -> bool:
    """ "We expect the other side to comply", "they will have to disarm": demands."""
    head = clause.head
    if head.lemma_ in {"have", "need"} and any(c.dep_ == "xcomp" for c in head.children):
        return True
    governor = standing.governor
    expects = (clause.route == "expected" and clause.cue.lemma_ == "expect") or (
        governor is not None and governor.lemma_ == "expect"
    )
    if clause.core.lemma_.lower() not in COMPLYING:
        return False
    duty = any(t.lemma_.lower() in {"obligation", "commitment", "promise", "pledge"} for t in clause.core.subtree)
    return expects or (duty and told.party is not None)
