"""What came of a meeting, where the sentences behind it tell it: "But the two sides failed to close the gap."

A sentence tells of the meeting before it when it points back (the talks, their meeting, the two sides), names nobody
who did not meet, tells no other day, and says what came of it as a fact. Of several meetings in the sentence before, it
is the latest: the others are what the report looks back to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from summitry.reader.events.meeting import outcome_of
from summitry.reader.events.parties import party_code
from summitry.vocabulary import Evidence

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence

    from summitry.reader.document import Document
    from summitry.reader.events.parties import Mentions
    from summitry.vocabulary import Event, TimeExpression

_BEHIND: Final = 2
"""Sentences behind a meeting that may tell what came of it; later ones are mostly about other talks."""

_BACK: Final = re.compile(
    r"\b(?:the|their|this|these|those|both|its|day's|'s) (?:[\w-]+ ){0,3}?(?:talks|meetings?|summit|negotiations|"
    r"discussions|sessions?|rounds?|encounter|conversations?|call)\b|"
    r"\b(?:the two|the three|both|the) (?:sides|countries|leaders|parties|delegations|teams|men|ministers|negotiators|"
    r"envoys|presidents)\b|\bthey\b",
    re.IGNORECASE,
)
_NO_FACT: Final = re.compile(
    r"\b(?:if|would|could|may|might|should|will|hop(?:e|ed|es|ing)|expect\w*|until|unless|whether|warn\w*|fear\w*)\b",
    re.IGNORECASE,
)


def with_outcomes(
    document: Document, events: Sequence[Event], times: Sequence[TimeExpression], mentions: Mentions
) -> tuple[Event, ...]:
    """The same events; a meeting of unknown outcome has the one told behind it, with that sentence as evidence."""
    sentences = list(document.doc.sents)
    meetings = _meetings(events, sentences)
    changed: dict[str, Event] = {}
    for number in meetings:
        event = max(meetings[number], key=lambda each: (each.date.end or date.min, -each.trigger.start))
        for at in range(number + 1, min(number + 1 + _BEHIND, len(sentences))):
            behind = sentences[at]
            outcome = _told(document, behind, event, times, mentions)
            if outcome is not None and event.meeting is not None and event.meeting.outcome is None:
                # What is blank in the parse, a caption behind the sentence, is none of it.
                words = document.plain[behind.start_char : behind.end_char].rstrip()
                passage = Evidence.of(document.article, behind.start_char, behind.start_char + len(words))
                changed[event.id] = replace(
                    event,
                    meeting=replace(event.meeting, outcome=outcome),
                    evidence=tuple(dict.fromkeys((*event.evidence, passage))),
                )
                break
            if at in meetings:
                break
    return tuple(changed.get(event.id, event) for event in events)


def _meetings(events: Sequence[Event], sentences: Sequence[Sentence]) -> Mapping[int, list[Event]]:
    """The meetings that took place, by the number of the sentence that tells of them."""
    held = sorted(
        (event for event in events if event.meeting is not None and event.modality == "happened"),
        key=lambda event: event.trigger.start,
    )
    found: dict[int, list[Event]] = {}
    at = 0
    for event in held:
        while at < len(sentences) and sentences[at].end_char <= event.trigger.start:
            at += 1
        found.setdefault(at, []).append(event)
    return found


def _told(
    document: Document, sentence: Sentence, event: Event, times: Sequence[TimeExpression], mentions: Mentions
) -> str | None:
    """The outcome a sentence tells of a meeting, or None."""
    words = document.plain[sentence.start_char : sentence.end_char]
    outcome = outcome_of(words)
    if outcome is None or _NO_FACT.search(words) or not _BACK.search(words):
        return None
    met = {party_code(actor) for actor in (*event.actors, *event.recipients)}
    for mention in mentions.within(sentence.start_char, sentence.end_char):
        named = mention.members or ((mention.actor,) if mention.actor is not None else ())
        if {party_code(actor) for actor in named if party_code(actor)} - met:
            return None
    for time in times:
        if sentence.start_char <= time.start < sentence.end_char and _another_day(time, event):
            return None
    return outcome


def _another_day(time: TimeExpression, event: Event) -> bool:
    """Whether a time is surely not that of the meeting."""
    told, met = time.interval, event.date
    if told is None or told.start is None or told.end is None or met.start is None or met.end is None:
        return False
    return told.end < met.start or told.start > met.end
