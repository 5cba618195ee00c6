"""By whose word a stand is known, and when it was taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.reader.events.sight import content_at, cued_at
from summitry.reader.mentions import MentionIndex
from summitry.reader.spoken import indexed
from summitry.reader.stands.parties import speaks_for
from summitry.vocabulary import UNKNOWN_DATE, Actor, Article, AttributedBy, DateInterval, Event, Statement

if TYPE_CHECKING:
    from summitry.reader.stands.draft import Draft


@dataclass(frozen=True, slots=True)
class Told:
    """By whose word, in which statement (None: the reporter's), how it is dated, through whom it came."""

    by: AttributedBy
    statement: Statement | None
    date: DateInterval
    chain: tuple[str, ...]


def told(
    draft: Draft, article: Article, statements: Sequence[Statement], events: Sequence[Event], mentions: MentionIndex
) -> Told:
    """Find by whose word a draft is: the innermost statement that holds its predicate decides.

    What an editorial or an analysis tells by itself is its writer's, who is no reporter.
    """
    at = draft.predicate.idx
    holder = content_at(statements, at)
    cue = cued_at(statements, at)
    if holder is None:
        own = cue is not None and speaks_for(cue, draft.party)
        quoted = own and cue is not None and _in_own_words(draft, cue, statements)
        by: AttributedBy = "self" if quoted else "reporter" if article.kind == "report" else "analyst"
        chain = cue.evidence[0].attribution_chain if own and cue is not None else ()
        return Told(by, cue if own else None, _when(draft, cue if own else None, events), chain)
    if speaks_for(holder, draft.party) or _among(holder, draft.party, mentions):
        by = "self"
    else:
        by = "analyst" if holder.party is None else "other party"
    chain = (*holder.evidence[0].attribution_chain, *((holder.speaker.name,) if holder.speaker is not None else ()))
    return Told(by, holder, _when(draft, holder if by == "self" else None, events), chain)


def _in_own_words(draft: Draft, cue: Statement, statements: Sequence[Statement]) -> bool:
    """Whether a stand told by a cue ("rejected the plan") is known from the party's words: some are quoted, or the same
    speaker is told to have said more in this sentence or the one before. Else the reporter sums up.
    """
    if cue.quote_type != "indirect":
        return True
    sentence = draft.predicate.sent
    doc = sentence.doc
    before = doc[sentence.start - 1].sent.start_char if sentence.start > 0 else sentence.start_char
    return any(
        other.cue_span is not None and before <= other.cue_span.start < sentence.end_char
        for other in indexed(statements).touching(before, sentence.end_char)
        if other is not cue and other.speaker == cue.speaker and other.speaker is not None
    )


def _among(statement: Statement, party: Actor, mentions: MentionIndex) -> bool:
    """Whether several speak and a party is among them: "both sides have said"."""
    source = statement.source_span
    if source is None or statement.party is not None:
        return False
    members = (member for mention in mentions.within(source.start, source.end) for member in mention.members)
    return any(member.state == party.code or member.code == party.code for member in members)


def _when(draft: Draft, statement: Statement | None, events: Sequence[Event]) -> DateInterval:
    """The day it was said; else of the act that its predicate tells; else unknown."""
    if statement is not None and statement.said.precision != "unknown":
        return statement.said
    start, end = draft.predicate.idx, draft.predicate.idx + len(draft.predicate)
    for event in events:
        if event.trigger.start < end and event.trigger.end > start and event.date.precision != "unknown":
            return event.date
    return UNKNOWN_DATE
