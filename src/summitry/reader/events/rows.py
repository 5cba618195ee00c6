"""An event's row from the mentions of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from summitry.reader.events.meeting import meeting_of
from summitry.reader.events.merge import best
from summitry.reader.events.parties import Mentions, merge_parties, party_code
from summitry.reader.plover import cameo_of, intensity_of, joint_root, quad_name
from summitry.vocabulary import Event, Evidence, Span, content_id

if TYPE_CHECKING:
    from summitry.reader.document import Document
    from summitry.reader.events.draft import Draft
    from summitry.reader.relation import ArticleRelations
    from summitry.vocabulary import Actor

_SUMMARY: Final = 200
"""Code points; a longer clause is cut at a word."""
# How far the relation model moves a row's confidence. It does not overrule the lexicon: where the two disagreed on news
# of other negotiations, the lexicon was right in most cases.
_AGREES: Final = 0.1
_UNHEARD_OF: Final = 0.02


def support_of(draft: Draft, mentions: Mentions, relations: ArticleRelations) -> float:
    """What the relation model thinks of a mention's type: more confidence, less, or no change (0.0)."""
    start, end = draft.words
    source = _spot(draft.actors, mentions, start, end)
    target = _spot(draft.recipients, mentions, start, end)
    if source is None or target is None:
        return 0.0
    code = relations.code((start, end), source, target)
    chances = dict(code.probabilities)
    # PLV, from which the model learnt, codes most sanctions imposed as COERCE.
    roots = {joint_root(draft.type)} | ({"COERCE"} if draft.type == "SANCTION" else set())
    if code.plover in roots:
        return _AGREES
    return -_AGREES if max(chances[root] for root in roots) < _UNHEARD_OF else 0.0


def _spot(actors: Sequence[Actor], mentions: Mentions, start: int, end: int) -> tuple[int, int] | None:
    """Where one of the actors is first named in a clause."""
    codes = {party_code(actor) for actor in actors}
    for mention in mentions.within(start, end):
        members = mention.members or ((mention.actor,) if mention.actor is not None else ())
        if codes & {party_code(member) for member in members}:
            return mention.start, min(mention.end, end)
    return None


def row_of(document: Document, group: Sequence[Draft], mentions: Mentions, relations: ArticleRelations | None) -> Event:
    """One row of the mentions of one event."""
    chosen = best(group)
    article = document.article
    ordered = [chosen, *(draft for draft in group if draft is not chosen)]
    spans = list(dict.fromkeys(draft.words for draft in ordered))
    actors = merge_parties(*(draft.actors for draft in ordered if _same_sides(draft, chosen)))
    recipients = merge_parties(*(draft.recipients for draft in ordered if _same_sides(draft, chosen)))
    place = next((draft.place for draft in ordered if draft.place), None)
    mode = chosen.mode
    words = article.text[chosen.words[0] : chosen.words[1]]
    sentence = chosen.trigger.sent.text
    trigger = (chosen.trigger.idx, chosen.trigger.idx + len(chosen.trigger.text))
    speaker = chosen.said_in
    confidence = chosen.weight + 0.05 * (len(group) - 1)
    if relations is not None:
        confidence += support_of(chosen, mentions, relations)
    return Event(
        id=content_id("evt", article.source_id, *trigger, chosen.type, chosen.modality),
        evidence=tuple(Evidence.of(article, start, end) for start, end in spans),
        coder=chosen.coder,
        confidence=round(min(0.95, max(0.05, confidence)), 3),
        actors=actors,
        recipients=recipients,
        type=chosen.type,
        mode=mode,
        cameo=cameo_of(chosen.type, mode),
        quad=quad_name(chosen.type),
        intensity=intensity_of(chosen.type, mode),
        date=chosen.date,
        place=place,
        modality=chosen.modality,
        attributed_to=(speaker.party or speaker.speaker) if speaker is not None else None,
        summary=_summary(words),
        trigger=Span(*trigger),
        meeting=meeting_of(chosen, words, sentence) if chosen.type == "CONSULT" else None,
    )


def _same_sides(draft: Draft, chosen: Draft) -> bool:
    """Whether two mentions have the same parties on the same sides, so that their actors may be joined."""
    return draft is chosen or (
        {party_code(a) for a in draft.actors} == {party_code(a) for a in chosen.actors}
        and {party_code(a) for a in draft.recipients} == {party_code(a) for a in chosen.recipients}
    )


def _summary(words: str) -> str:
    """The article's own words on one line, cut at a word."""
    line = _balanced(" ".join(words.split()))
    if len(line) <= _SUMMARY:
        return line
    return line[:_SUMMARY].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _balanced(line: str) -> str:
    """A line without a quotation mark at its edge that has no partner in it."""
    for opening, closing in (("“", "”"), ("‘", "’"), ('"', '"')):
        odd = line.count('"') % 2 == 1 if opening == closing else line.count(opening) != line.count(closing)
        if odd and line.endswith(closing):
            line = line[:-1].rstrip()
        elif odd and line.startswith(opening):
            line = line[1:].lstrip()
    return line
