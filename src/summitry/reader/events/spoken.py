"""Acts done by saying so that no trigger word tells: a demand, refusal, threat or promise is a statement and an event.

The statement's speech act gives the type, its party the actor, the one other party that its words name the recipient.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from summitry.reader.events.draft import Draft
from summitry.reader.events.parties import Mentions, merge_parties, party_code, political
from summitry.reader.events.rivals import at_home
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
) -> list[Draft]:
    """Drafts of the acts that statements are, where no draft was made of the statement's own words."""
    told = sorted(draft.trigger.idx for draft in drafts)
    found: list[Draft] = []
    for statement in statements:
        type_ = TYPES.get(statement.speech_act)
        cue = statement.cue_span
        if type_ is None or cue is None or statement.party is None or not _meant(statement):
            continue
        actor = statement.speaker if statement.speaker is not None and statement.speaker.code else statement.party
        if not actor.state or not political(actor) or at_home(actor):
            continue
        first = statement.content_spans[0]
        start, end = min(cue.start, first.start), max(cue.end, first.end)
        if any(start <= at < end for at in told):
            continue
        recipients = _addressed(statement, actor, mentions)
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
