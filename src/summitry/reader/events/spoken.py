"""Acts done by saying so that no trigger word tells: a demand, refusal, threat or promise is a statement and an event.

The statement's speech act gives the type, its party the actor, the one other party that its words name the recipient.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from summitry.reader.events.draft import Draft
from summitry.reader.events.parties import Mentions, merge_parties, party_code, political
from summitry.reader.events.rivals import at_home
from summitry.reader.events.verdict import judged
from summitry.reader.events.when import said

if TYPE_CHECKING:
    from summitry.reader.document import Document
    from summitry.vocabulary import Actor, Statement

CODER: Final = "events-statements-1"

TYPES: Final[Mapping[str, str]] = {
    "demand": "REQUEST",
    "refuse": "REJECT",
    "threaten": "THREATEN",
    "accuse": "ACCUSE",
    "promise": "AGREE",
    "offer": "AGREE",
}
# Cues of a view held, which demands or promises nothing.
# Threats that name no act: the idioms of warning between states.
_MENACE: Final = re.compile(
    r"\ball (?:of the )?options\b.{0,40}\bon the table|\boptions? (?:is|are|remains?|stays?) (?:still )?on the table|"
    r"\bon notice\b|\bpatience (?:is|was|has) (?:over|ended|run|running|wearing|not)|"
    r"\b(?:suffer|face|pay|bear)\b.{0,30}\b(?:consequences?|price|cost)\b|\bfire and fury\b|"
    r"\b(?:will|would|shall) (?:regret|be met with|be crushed|be destroyed|be annihilated|never be forgotten)\b|"
    r"\bmother of all (?:wars|battles)\b|\bplay(?:ing)? with fire\b|\block(?:ed)? and load|"
    r"\b(?:totally|completely|utterly) destroy|\bsea of fire\b|\b(?:will|would) not hesitate\b",
    re.IGNORECASE | re.DOTALL,
)
# "We will all suffer the consequences": feared, not threatened.
_FEARED: Final = re.compile(
    r"\bwe (?:will |would |shall |'ll |’ll )?(?:all )?(?:suffer|face|pay|bear)\b", re.IGNORECASE
)
# What a judgement is passed on in the words of a speaker: "it was positive", "the move is a mistake".
_JUDGED: Final = re.compile(
    r"^\W*(?:that )?(?:it|this|that|these|the (?:\w+ )?(?:move|decision|step|announcement|statement|offer|proposal|"
    r"test|tests|launch|launches|talks|meeting|summit|deal|agreement|sanctions|withdrawal|news|plan|policy|"
    r"demands?)) "
    r"(?:is|was|are|were|would be|has been|had been)\b(.{0,60})",
    re.IGNORECASE | re.DOTALL,
)
_THINKING: Final = frozenset("believe think fear hope feel expect know doubt suspect see worry".split())
# Cues that tell no act by themselves: "said it would ..." is as often a forecast.
_PLAIN: Final = frozenset({"say", "tell", "add", "state", "write", "declare", "continue", "according to", ":", "tweet"})
_READY: Final = re.compile(r"\b(?:willing|ready|prepared|happy) to\b", re.IGNORECASE)
_TO_PRESS: Final = re.compile(
    r"^to (?:comment|say|give|discuss|share|elaborate|answer|provide|confirm|name|identify|speculate|detail|reveal)\b"
    r"|^\W*(?:I|we) (?:ca|wo|would|could|will|can|am|are|do)\W*n\W?o?t (?:going to )?"
    r"(?:tell you|comment|speak to|discuss|say|get into|go into|speculate|see)\b",
    re.IGNORECASE,
)
# "will not rule out" refuses nothing.
_OPEN_STILL: Final = re.compile(r"\b(?:rul(?:e|ing) out|hesitate|rest until|imagine|be surprised)\b", re.IGNORECASE)
_AT_ONCE: Final = 20
"""Code points of a demand before which whoever it is made of is named."""
_WEIGHT: Final = 0.5
"""How sure such a row is: less than one with a verb that names the act."""


def spoken_drafts(
    document: Document,
    statements: Sequence[Statement],
    drafts: Sequence[Draft],
    mentions: Mentions,
    topics: Sequence[Actor],
) -> list[Draft]:
    """Drafts of the acts that statements are, where no draft was made of the statement's own words.

    ``topics`` are the article's parties by how often it names them: whom a threat or a judgement is meant for that
    names nobody.
    """
    told = sorted(draft.trigger.idx for draft in drafts)
    found: list[Draft] = []
    for statement in statements:
        cue = statement.cue_span
        type_ = _type(statement)
        if type_ is None or cue is None or statement.party is None:
            continue
        actor = statement.speaker if statement.speaker is not None and statement.speaker.code else statement.party
        if not actor.state or not political(actor) or at_home(actor):
            continue
        first = statement.content_spans[0]
        start, end = min(cue.start, first.start), max(cue.end, first.end)
        if bisect_left(told, start) < bisect_left(told, end):
            continue
        recipients = _addressed(statement, actor, mentions)
        if (
            not recipients
            and type_ in {"THREATEN", "SUPPORT", "ACCUSE"}
            and not _names_others(statement, actor, mentions)
        ):
            own = party_code(actor)
            recipients = tuple(side for side in topics if party_code(side) != own)[:1]
        trigger = document.doc.char_span(cue.start, cue.end, alignment_mode="expand")
        if not recipients or trigger is None:
            continue
        found.append(
            Draft(
                trigger=trigger.root,
                noun=False,
                type=type_,
                mode=None,
                actors=(actor,),
                recipients=recipients,
                modality="happened",
                date=said(statement),
                place=None,
                words=(start, end),
                known=None,
                said_in=None,
                weight=_WEIGHT,
                coder=CODER,
            )
        )
    return found


def _type(statement: Statement) -> str | None:
    """The type of act that a statement is, or None: by words that threaten or judge, else by its speech act."""
    if _MENACE.search(statement.words) and not _FEARED.search(statement.words):
        return "THREATEN"
    verdict = _JUDGED.match(statement.words)
    if verdict is not None and judged(verdict.group(1)) is not None:
        return judged(verdict.group(1))
    type_ = TYPES.get(statement.speech_act)
    return type_ if type_ is not None and _meant(statement) else None


def _names_others(statement: Statement, actor: Actor, mentions: Mentions) -> bool:
    """Whether a statement's words name any other party."""
    own = party_code(actor)
    for span in statement.content_spans:
        for mention in mentions.within(span.start, span.end):
            members = mention.members or ((mention.actor,) if mention.actor is not None else ())
            if any(party_code(member) not in {own, ""} for member in members):
                return True
    return False


def _meant(statement: Statement) -> bool:
    """Whether the act is meant for a party: no thought, no future of "it", no answer refused to reporters."""
    cue = (statement.cue or "").lower()
    if cue in _THINKING:
        return False
    if statement.speech_act == "promise" and cue in _PLAIN:
        return _READY.search(statement.words) is not None
    return statement.speech_act != "refuse" or not (
        _TO_PRESS.match(statement.words) or _OPEN_STILL.search(statement.words)
    )


def _addressed(statement: Statement, actor: Actor, mentions: Mentions) -> tuple[Actor, ...]:
    """The one other party that a statement's words name; nobody where they are about one's own people first."""
    named: list[Actor] = []
    first = 0
    for span in statement.content_spans:
        for mention in mentions.within(span.start, span.end):
            first = first if named else mention.start - span.start
            named += mention.members or ((mention.actor,) if mention.actor is not None else ())
    own = party_code(actor)
    parties = merge_parties(named[:1], (a for a in named if a.code and political(a)))
    others = tuple(a for a in parties if party_code(a) != own)
    if statement.speech_act in {"accuse", "demand"} and (not named or party_code(named[0]) in {own, ""}):
        return ()
    if statement.speech_act == "demand" and first > _AT_ONCE:
        # Of whom something is demanded is the clause's subject: "Iran must allow ..."
        return ()
    return others if len(others) == 1 else ()
