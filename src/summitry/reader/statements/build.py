"""Statements: attributions with their speaker, date, vehicle and act, as rows of the record."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from summitry.reader.document import Document
from summitry.reader.statements.acts import act_of
from summitry.reader.statements.attribution import Attribution
from summitry.reader.statements.circumstances import addressee_of, authority_of, passer_of, vehicle_of
from summitry.reader.statements.embedded import TWEET
from summitry.reader.statements.find import ENCODED
from summitry.reader.statements.headings import in_heading
from summitry.reader.statements.identity import settle
from summitry.reader.statements.passing import without_passers
from summitry.reader.statements.places import Places
from summitry.reader.statements.rows import rows_of, without_ends, without_that
from summitry.reader.statements.said import inherited, said_of, stamped
from summitry.reader.statements.sources import source_of
from summitry.reader.statements.speaker import HEARER, NOBODY, THING, Mentions, Speaker
from summitry.reader.statements.speakers import Speakers
from summitry.reader.statements.stated import stated
from summitry.reader.stretches import Stretches
from summitry.vocabulary import Actor, DateInterval, Evidence, QuoteType, Span, Statement, TimeExpression, content_id

CODER: Final = "statements-polnear-1"
LEARNED_CODER: Final = "statements-encoder-1"
"""Of rows on which the encoder's heads had a say."""


# Sources inside a quotation that name nobody: "they tell you", "we discussed".
_LOOSE: Final = frozenset("we you they people it that which who".split())


# Sources that tell no words of anybody when nobody is found for them: "it repeated a pledge".
_THINGS: Final = frozenset("it this that which these those who you we i our my their its".split())
_UNHUMAN: Final = frozenset({THING, "text without issuer"})
_FIRST_PERSON: Final = re.compile(r"\b(?:I|I['’]m|I['’]ve|my|me)\b")
SAME: Final = 0.7
"""Shared code points over those of either, from which two rows of one speaker are one statement with two cues."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A statement without date and chain, which need the others."""

    attribution: Attribution
    source: Span | None
    contents: tuple[Span, ...]
    speaker: Speaker
    addressee: Actor | None
    vehicle: str | None
    said: DateInterval
    passer: str | None = None


def build_statements(
    document: Document, attributions: Sequence[Attribution], mentions: Mentions, times: Sequence[TimeExpression]
) -> tuple[Statement, ...]:
    """The statements of an article, in text order; a pure function of its arguments.

    Every statement's evidence is its content, with its quotation marks and without its cue. ``said`` is unknown unless
    the text dates it; the publication day is never taken for it.
    """
    places = Places(document.doc)
    chosen, media = without_passers(stated(attributions, document.doc), document, mentions, places)
    drafts = _drafts(document, chosen, mentions, places, sorted(times, key=lambda time: time.start))
    drafts = [replace(d, passer=d.passer or media.get(d.attribution.cue_span)) for d in _single(_settled(drafts))]
    dated: dict[str, list[tuple[int, DateInterval]]] = {}
    for draft in drafts:
        # A tweet is an occasion of its own.
        if draft.said.precision != "unknown" and draft.speaker.key and draft.attribution.route != TWEET:
            dated.setdefault(draft.speaker.key, []).append((draft.contents[0].start, draft.said))
    held = Stretches((span.start, span.end, draft) for draft in drafts for span in draft.contents)
    rows = [_row(document, draft, held, dated) for draft in drafts]
    unique = {row.id: row for row in reversed(rows)}
    return tuple(sorted(unique.values(), key=lambda row: (row.content_spans[0].start, row.content_spans[-1].end)))


def _settled(drafts: list[_Draft]) -> list[_Draft]:
    """The drafts with what only the whole article tells of their speakers: name or institution of one unnamed."""
    settled = settle([draft.speaker for draft in drafts])
    return [replace(draft, speaker=speaker) for draft, speaker in zip(drafts, settled, strict=True)]


def _single(drafts: list[_Draft]) -> list[_Draft]:
    """The drafts without those that give a speaker the same words twice; the surer cue stays."""
    kept: Stretches[_Draft] = Stretches()
    chosen: set[int] = set()
    for draft in sorted(drafts, key=lambda d: -d.attribution.confidence):
        near = (other for span in draft.contents for _, _, other in kept.touching(span.start, span.end))
        again = any(
            other.speaker.actor == draft.speaker.actor
            and draft.speaker.actor is not None
            and _shared(other.contents, draft.contents) >= SAME
            for other in near
        )
        if not again:
            chosen.add(id(draft))
            for span in draft.contents:
                kept.add(span.start, span.end, draft)
    return [draft for draft in drafts if id(draft) in chosen]


def _shared(a: Sequence[Span], b: Sequence[Span]) -> float:
    both = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)
    return both / (sum(x.end - x.start for x in (*a, *b)) - both) if both else 0.0


def _drafts(
    document: Document,
    chosen: Sequence[Attribution],
    mentions: Mentions,
    places: Places,
    times: Sequence[TimeExpression],
) -> list[_Draft]:
    speakers = Speakers(document, mentions, places)
    starts = [time.start for time in times]
    drafts: list[_Draft] = []
    held: Stretches[_Draft] = Stretches()
    latest: tuple[int, Span] | None = None
    for attribution in _ordered(chosen):
        if attribution.quote_type != "direct" and in_heading(document.article.text, attribution):
            continue
        sentence = places.sentence(attribution.head) if attribution.head is not None else None
        before = latest[1] if latest is not None and sentence is not None and latest[0] == sentence.start else None
        source = source_of(attribution, document.doc, before)
        if source is not None and sentence is not None:
            latest = (sentence.start, source)
        outer = _outer(attribution, source, held)
        if source is None and attribution.quote_type == "indirect":
            continue  # "is said to": nobody's words
        quoted = outer is not None and outer.attribution.quote_type == "direct"
        speaker = NOBODY
        if source is not None:
            if quoted and document.article.text[source.start : source.end].lower() in _LOOSE:
                continue
            speaker = speakers.speaker(source, quoted=quoted, outer=outer.speaker if outer is not None else None)
            if speaker.route == HEARER:
                continue
            thing = document.article.text[source.start : source.end].lower() in _THINGS
            if thing and speaker.actor is None and attribution.quote_type == "indirect":
                continue
            if attribution.quote_type == "indirect" and speaker.route == THING:
                continue  # "the attack raised concerns"
            if attribution.kind == "attitude" and _mindless(speaker):
                continue
        near: Sequence[TimeExpression] = ()
        if sentence is not None:
            near = times[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        said = said_of(attribution, document.doc, places, near)
        vehicle = vehicle_of(attribution, document.doc, mentions) or speaker.work
        if vehicle is not None and source is not None and speaker.actor is not None:
            speakers.heard.note_work(source.start, vehicle, speaker)
        if attribution.route == TWEET and source is not None:
            low = bisect_left(starts, source.end)
            said, vehicle = stamped(source, times[low : low + 2]), "Twitter"
        addressee = addressee_of(attribution, document.doc, mentions)
        passer = passer_of(attribution, document.doc, mentions)
        for contents in rows_of(document, attribution):
            own = without_ends(document, contents, source, attribution.head)
            who = speaker
            if speaker.route in _UNHUMAN and _FIRST_PERSON.search(document.article.text, own[0].start, own[-1].end):
                # A text or a thing does not say "I": the quotation behind it goes on from whom was quoted before.
                who = _last_quoted(drafts) or speaker
            drafts.append(_Draft(attribution, source, own, who, addressee, vehicle, said, passer))
            for span in own:
                held.add(span.start, span.end, drafts[-1])
    return drafts


def _last_quoted(drafts: Sequence[_Draft]) -> Speaker | None:
    """The person whose direct quotation came last."""
    for draft in reversed(drafts):
        actor = draft.speaker.actor
        if draft.attribution.quote_type == "direct" and actor is not None and actor.kind == "person":
            return replace(draft.speaker, route="quotation gone on with")
    return None


def _mindless(speaker: Speaker) -> bool:
    """Whether the source is a thing by its words alone: an agreement or a tension holds no opinion."""
    thing = speaker.route in ("description", "text without issuer")
    return thing and speaker.actor is not None and speaker.actor.kind == "organisation" and speaker.actor.code is None


def _ordered(chosen: Sequence[Attribution]) -> list[Attribution]:
    """By where the cues stand, since speakers are remembered in the order a reader meets them; what stands inside
    another's content comes after it, since "I" in a quotation is who is quoted."""

    def at(attribution: Attribution) -> int:
        return (attribution.cue_span or attribution.content_spans[0]).start

    contents = Stretches((span.start, span.end, one) for one in chosen for span in one.content_spans)

    def key(attribution: Attribution) -> tuple[int, int, int]:
        place = at(attribution)
        holders = {id(one): one for _, _, one in contents.holding(place) if one is not attribution}
        return max([place, *(at(other) for other in holders.values())]), len(holders), place

    return sorted(chosen, key=key)


def _outer(attribution: Attribution, source: Span | None, held: Stretches[_Draft]) -> _Draft | None:
    """The statement whose content holds this one's source or cue."""
    span = attribution.cue_span or source
    if span is None:
        return None
    holding = [(end - start, draft) for start, end, draft in held.holding(span.start, span.end)]
    return min(holding, key=lambda pair: pair[0])[1] if holding else None


def _row(
    document: Document, draft: _Draft, held: Stretches[_Draft], dated: dict[str, list[tuple[int, DateInterval]]]
) -> Statement:
    article = document.article
    attribution, actor = draft.attribution, draft.speaker.actor
    bare = tuple(without_that(article.text, span) for span in draft.contents)
    words = " ".join(" ".join(article.text[s.start : s.end].split()) for s in bare)
    cue_words = (
        article.text[attribution.cue_span.start : attribution.cue_span.end] if attribution.cue_span is not None else ""
    )
    said = draft.said
    if actor is not None and attribution.route != TWEET:
        said = inherited(said, dated.get(draft.speaker.key, ()), draft.contents[0].start, actor.name)
    chain = _chain(draft, held)
    spans = (draft.contents[0].start, draft.contents[-1].end)
    return Statement(
        id=content_id("stm", article.source_id, *spans, attribution.cue_span.start if attribution.cue_span else None),
        evidence=tuple(Evidence.of(article, span.start, span.end, chain) for span in bare),
        coder=LEARNED_CODER if attribution.route == ENCODED else CODER,
        confidence=_confidence(draft),
        speaker=actor,
        party=draft.speaker.party,
        addressee=draft.addressee,
        said=said,
        quote_type=_type(article.text, draft),
        words=words,
        cue=attribution.cue,
        on_record="anonymous" if actor is not None and actor.anonymous else "on",
        vehicle=draft.vehicle,
        speech_act=act_of(attribution, cue_words, words),
        authority=authority_of(actor, draft.vehicle, draft.speaker.work),
        source_span=draft.source,
        cue_span=attribution.cue_span,
        content_spans=draft.contents,
    )


_MARKS: Final = '"“”«»„'


def _type(text: str, draft: _Draft) -> QuoteType:
    """The type of this row's words alone: an attribution may have several rows."""
    whole = draft.attribution.quote_type
    if whole == "indirect" or draft.contents == draft.attribution.content_spans:
        return whole
    words = [text[span.start : span.end].rstrip(" .,") for span in draft.contents]
    if all(word[:1] in _MARKS and word[-1:] in _MARKS for word in words):
        return "direct"
    return whole if any(mark in word for word in words for mark in _MARKS) or "'" in words[0][:1] else "indirect"


def _chain(draft: _Draft, held: Stretches[_Draft]) -> tuple[str, ...]:
    """Who passed the words on, outermost first: who is said to report them, and the medium they were told to."""
    chain: list[str] = []
    span = draft.attribution.cue_span
    if span is not None:
        outer = sorted(
            (start - end, other.speaker.actor.name)
            for start, end, other in held.holding(span.start, span.end)
            if other.attribution is not draft.attribution and other.speaker.actor is not None
        )
        own = draft.speaker.actor.name if draft.speaker.actor is not None else None
        chain = [name for _, name in outer if name != own]
    if draft.passer is not None and (draft.speaker.actor is None or draft.passer != draft.speaker.actor.name):
        chain.append(draft.passer)
    if draft.addressee is not None and draft.addressee.kind == "media":
        chain.append(draft.addressee.name)
    return tuple(dict.fromkeys(chain))


def _confidence(draft: _Draft) -> float:
    value = draft.attribution.confidence
    if draft.attribution.kind == "attitude":
        value *= 0.5  # told as a stand; whether it was said in so many words is open
    if draft.speaker.actor is None:
        value *= 0.8  # a statement of nobody is right less often
    return round(min(0.99, value), 3)
