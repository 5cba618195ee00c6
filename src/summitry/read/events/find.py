"""Finding the acts of one article: each trigger on its way to a draft, the drafts brought together as events."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from summitry.read.events.accept import enough_parties, noun_tells, standing_fact, verb_tells, worth_a_row
from summitry.read.events.arguments import OCCUR, clause, complements
from summitry.read.events.draft import Draft
from summitry.read.events.filled import Filled, names_of
from summitry.read.events.known import Facts, own_phrase, own_words, parties_with, pick
from summitry.read.events.meeting import meeting_of
from summitry.read.events.merge import best, clusters
from summitry.read.events.occasion import dated_by_occasion
from summitry.read.events.parties import Mentions, merge_parties, party_code, political
from summitry.read.events.roles import Cast, cast_of
from summitry.read.events.stance import match_stance, refuses
from summitry.read.events.when import DatedWords, attached, dated_words, said, with_basis
from summitry.read.events.where import place_of
from summitry.read.modality import modality_of
from summitry.read.plover import cameo_of, intensity_of, modes_of, quad_name
from summitry.read.triggers import TriggerMatch, match_trigger
from summitry.vocabulary import UNKNOWN_DATE, DateInterval, Event, Evidence, Span, content_id

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from summitry.casebook import Casebook
    from summitry.read.document import Document
    from summitry.read.relation import RelationModel
    from summitry.vocabulary import Actor, KnownEvent, Statement, TimeExpression

CODER: Final = "events-rules-1"

# Done by saying so: without a date of its own it was done on the day it was said.
SPOKEN: Final = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONCEDE"})
_BETWEEN: Final = re.compile(r"\bbetween\b|\bboth sides\b|\beach other\b")
# Always aimed at somebody, who is often named only around it: "The council condemned the launch".
_AIMED: Final = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SANCTION"})
# What a clause behind these holds is their content, no act yet.
_CONTENT_OF: Final = frozenset({"REQUEST", "THREATEN", "REJECT", "AGREE", "ACCUSE", "SUPPORT", "CONCEDE"})
_SUMMARY: Final = 200
"""Code points; a longer clause is cut at a word."""


@dataclass(frozen=True, slots=True, eq=False)
class _Sight:
    """What is in view while one sentence is read."""

    document: Document
    mentions: Mentions
    sentence: Sentence
    dated: tuple[DatedWords, ...]
    times: tuple[TimeExpression, ...]
    facts: Facts
    until: date | None
    statements: Sequence[Statement]
    names: Mapping[str, str]
    before: tuple[Actor, ...]


def find_events(
    document: Document,
    mentions: Mentions,
    times: Sequence[TimeExpression],
    statements: Sequence[Statement],
    casebook: Casebook,
    model: RelationModel | None = None,
) -> tuple[Event, ...]:
    """The events of one article in text order; a pure function of its arguments.

    ``mentions`` answers which party stands at an offset; ``times``, ``statements`` and ``casebook`` date and attribute
    what is found; ``model`` corrects a type where it is surer than the trigger lexicon.
    """
    drafts: list[Draft] = []
    facts = Facts.of(casebook)
    mentions = Filled(mentions, names_of(casebook), len(document.plain))
    names = {entry.code: entry.name for entry in casebook.world if entry.parent is None}
    until = document.article.published.end
    before: tuple[Actor, ...] = ()
    at = 0
    ordered = sorted(times, key=lambda time: time.start)
    for sentence in document.doc.sents:
        matches = [m for m in (_match(t) for t in sentence if t.pos_ in _POS) if m is not None]
        if not matches:
            before = ()
            continue
        while at < len(ordered) and ordered[at].end <= sentence.start_char:
            at += 1
        end = at
        while end < len(ordered) and ordered[end].start < sentence.end_char:
            end += 1
        inside = tuple(ordered[at:end])
        sight = _Sight(
            document,
            mentions,
            sentence,
            dated_words(list(sentence), inside),
            inside,
            facts.within(sentence.text, until),
            until,
            [s for s in statements if _touches(s, sentence.start_char, sentence.end_char)],
            names,
            before,
        )
        made = _sentence_drafts(matches, sight)
        drafts += made
        before = tuple(actor for draft in made[-1:] for actor in (*draft.actors, *draft.recipients))
    return tuple(_event(document, group) for group in clusters(dated_by_occasion(drafts)))


_POS: Final = frozenset({"VERB", "NOUN", "PROPN", "AUX", "ADJ"})


# "missile launch test", "summit meeting": the last noun is the head, and the act.
_HEADS: Final = frozenset({"test", "launch", "exercise", "drill", "meeting", "talk", "session", "event"})


def _match(token: Token) -> TriggerMatch | None:
    """The act a token names, by the stance or trigger words."""
    match = match_stance(token) or match_trigger(token)
    if match is not None and match.entry.pos == "N" and token.dep_ == "compound":
        head = token.head
        if head.lemma_.lower() in _HEADS and match_trigger(head) is None:
            return TriggerMatch(match.entry, head, match.parts)
    return match


def _touches(statement: Statement, start: int, end: int) -> bool:
    spans = [*statement.content_spans]
    if statement.cue_span is not None:
        spans.append(statement.cue_span)
    return any(span.start < end and span.end > start for span in spans)


def _sentence_drafts(matches: Sequence[TriggerMatch], sight: _Sight) -> list[Draft]:
    """Drafts of one sentence; what another act's pattern or content clause holds is left out."""
    covered: set[int] = set()
    made: list[tuple[TriggerMatch, Draft]] = []
    for match in matches:
        draft = _draft(match, sight)
        if draft is not None:
            made.append((match, draft))
            covered |= _covered(match)
    return [draft for match, draft in made if match.token.i not in covered]


def _covered(match: TriggerMatch) -> set[int]:
    """Tokens that belong to an act as its object or content."""
    found = {part.i for part in match.parts if part.i != match.token.i and part.pos_ in {"NOUN", "PROPN"}}
    if match.entry.type in _CONTENT_OF:
        stack = complements(match.token) if match.entry.pos == "V" else []
        stack += [c for c in match.token.children if c.dep_ in {"acl", "ccomp"} and c.tag_ in {"VB", "VBG"}]
        while stack:
            verb = stack.pop()
            found.add(verb.i)
            stack += [c for c in verb.children if c.dep_ in {"conj", "xcomp", "dobj", "prep", "pobj", "ccomp"}]
    return found


def _draft(match: TriggerMatch, sight: _Sight) -> Draft | None:
    token, entry = match.token, match.entry
    noun = entry.pos == "N"
    if any(t.start <= token.idx < t.end for t in sight.times):
        return None
    if any(_governs_time(part, sight.times) for part in match.parts):
        return None
    cast = cast_of(match, sight.mentions)
    implied = False
    if not cast.recipients and cast.actors and entry.type in _AIMED and entry.roles == "directed" and not entry.weak:
        cast = Cast(cast.actors, _counterpart(cast, sight), cast.carrier)
        implied = bool(cast.recipients)
    time = attached(token, sight.dated)
    verb = cast.carrier
    if time is None and verb is not None:
        time = attached(verb, sight.dated)
    if time is None and noun and token.dep_ in {"nsubj", "nsubjpass"} and token.head.lemma_.lower() in OCCUR:
        time = attached(token.head, sight.dated)
    known = None
    if sight.facts.rows and entry.roles != "directed":
        known = _known(match, (*cast.actors, *cast.recipients), time, sight)
    if known is not None:
        cast = _completed(cast, known, sight)
    if not enough_parties(match, cast):
        return None
    own_time = time is not None and (not noun or _inside(time, token) or verb is not None)
    if not (
        noun_tells(match, cast, dated=own_time, known=known is not None)
        if noun
        else verb_tells(match, dated=time is not None)
    ):
        return None
    modality = modality_of(token).modality
    past = known is not None and sight.until is not None and known.end <= sight.until
    if modality != "happened" and (standing_fact(match) or (past and noun)):
        modality = "happened"
    if modality == "planned" and time is not None and _over(time, sight.until):
        # "the decision to launch a rocket in December", read in April
        modality = "happened"
    type_, mode = entry.type, entry.mode
    if refuses(match):
        type_, mode, modality = "REJECT", None, "happened"
    if modality == "negated" and type_ == "REJECT" and entry.lemma == "unwilling":
        modality = "happened"
    if not worth_a_row(match, modality, dated=own_time or known is not None):
        return None
    said_in = _content(sight.statements, token.idx)
    return Draft(
        trigger=token,
        noun=noun,
        type=type_,
        mode=mode if mode in modes_of(type_) else None,
        actors=cast.actors,
        recipients=cast.recipients,
        modality=modality,
        date=_date(match, time, known, said_in, sight),
        place=_place(token, cast, sight) or (known.place if known is not None else None),
        words=_words(token, cast, sight),
        known=known,
        said_in=said_in,
        definite=any(c.lower_ in {"the", "this", "that"} for c in token.children),
        weight=0.5
        - 0.15 * implied
        + 0.2 * (not noun)
        + 0.1 * (time is not None)
        + 0.1 * (known is not None)
        - 0.1 * entry.weak,
        coder=CODER,
    )


def _counterpart(cast: Cast, sight: _Sight) -> tuple[Actor, ...]:
    """Who the act told just before had to do with, when the sentence names nobody else; or both of two between whom it
    stands. Nobody where there is a choice."""
    own = {party_code(actor) for actor in cast.actors}
    plain = sight.document.plain
    named = [
        actor
        for mention in sight.mentions.within(sight.sentence.start_char, sight.sentence.end_char)
        if not plain[: mention.start].endswith((" in ", " at "))
        for actor in mention.members or ((mention.actor,) if mention.actor is not None else ())
        if actor.code and political(actor)
    ]
    others = tuple(a for a in merge_parties(named) if party_code(a) not in own)
    if others:
        return others if len(others) == 2 and _BETWEEN.search(sight.sentence.text) else ()
    if own & {party_code(a) for a in sight.before}:
        others = tuple(a for a in merge_parties(sight.before) if party_code(a) not in own)
    return others if len(others) == 1 else ()


def _governs_time(part: Token, times: Sequence[TimeExpression]) -> bool:
    """Whether a pattern's preposition only brings a date: "called on Tuesday" calls on nobody."""
    return part.pos_ == "ADP" and any(
        c.dep_ == "pobj" and any(t.start <= c.idx < t.end for t in times) for c in part.children
    )


def _place(token: Token, cast: Cast, sight: _Sight) -> str | None:
    """Where it was; never one of the parties behind an "at" ("lashed out at")."""
    place = place_of(token, sight.times, sight.mentions)
    return None if place is not None and any(place == a.name for a in (*cast.actors, *cast.recipients)) else place


def _known(
    match: TriggerMatch, actors: Sequence[Actor], time: TimeExpression | None, sight: _Sight
) -> KnownEvent | None:
    """The dated fact a trigger names: a noun by its own phrase, a verb or a meeting by its clause."""
    token = match.token
    if match.entry.pos == "N":
        phrase = own_phrase(token)
        found = pick(sight.facts.matching(phrase, sight.until), match.entry.type, actors, time)
        if found is not None or match.entry.type != "CONSULT":
            return found
    return pick(sight.facts.matching(own_words(token), sight.until), match.entry.type, actors, time)


def _completed(cast: Cast, known: KnownEvent, sight: _Sight) -> Cast:
    """A cast without the known event's place, and with the parties that its words leave unsaid."""
    actors = tuple(a for a in cast.actors if party_code(a) in known.actors)
    recipients = tuple(a for a in cast.recipients if party_code(a) in known.actors)
    if len(merge_parties(actors, recipients)) < min(2, len(known.actors)):
        return Cast(parties_with(known, (*actors, *recipients), sight.names), (), cast.carrier)
    return Cast(actors or recipients, recipients if actors else (), cast.carrier)


def _over(time: TimeExpression, until: date | None) -> bool:
    """Whether the days that words name were over before the report came out."""
    end = time.interval.end if time.interval is not None else None
    return until is not None and end is not None and end < until


def _inside(time: TimeExpression, noun: Token) -> bool:
    """Whether a time expression stands in a noun's own phrase."""
    return noun.left_edge.idx <= time.start < noun.right_edge.idx + len(noun.right_edge.text)


def _content(statements: Sequence[Statement], offset: int) -> Statement | None:
    """The innermost statement whose content covers an offset."""
    holding = [
        (span.end - span.start, statement)
        for statement in statements
        for span in statement.content_spans
        if span.start <= offset < span.end
    ]
    return min(holding, key=lambda pair: pair[0])[1] if holding else None


def _cued(statements: Sequence[Statement], offset: int) -> Statement | None:
    for statement in statements:
        span = statement.cue_span
        if span is not None and span.start <= offset < span.end:
            return statement
    return None


def _date(
    match: TriggerMatch,
    time: TimeExpression | None,
    known: KnownEvent | None,
    said_in: Statement | None,
    sight: _Sight,
) -> DateInterval:
    """The date of an act and how it is known."""
    if known is not None:
        one_day = known.start == known.end
        return DateInterval(known.start, known.end, "day" if one_day else "interval", f"known event: {known.name}")
    if time is not None and time.interval is not None:
        return with_basis(time.interval, f"stated: {time.text}")
    if match.entry.type in SPOKEN:
        time = _saying_time(match.token, sight)
        if time is not None and time.interval is not None:
            return with_basis(time.interval, f"said: {time.text}")
        day = said(_cued(sight.statements, match.token.idx))
        if day is not UNKNOWN_DATE:
            return day
    if said_in is not None and _present(match.token):
        return said(said_in)
    return UNKNOWN_DATE


def _saying_time(token: Token, sight: _Sight) -> TimeExpression | None:
    """The dated words of the verb of saying whose content an act is: "said on Friday that it rejects"."""
    at = token
    for _ in range(3):
        if at.dep_ == "ccomp":
            return attached(at.head, sight.dated)
        if at.dep_ not in {"conj", "xcomp", "acomp", "advcl"}:
            return None
        at = at.head
    return None


def _present(token: Token) -> bool:
    """Whether a verb tells what goes on while it is said."""
    auxiliaries = [c for c in token.children if c.dep_ in {"aux", "auxpass"}]
    if any(c.tag_ in {"MD", "VBD", "TO"} or c.lower_ in {"has", "have"} for c in auxiliaries):
        return False
    return token.tag_ in {"VBP", "VBZ"} or (token.tag_ == "VBG" and any(c.tag_ in {"VBP", "VBZ"} for c in auxiliaries))


def _words(token: Token, cast: Cast, sight: _Sight) -> tuple[int, int]:
    """The shortest clause around a trigger that names the parties the sentence names, else the sentence."""
    wanted = {party_code(actor) for actor in merge_parties(cast.actors, cast.recipients)}
    span = clause(token)
    here = _codes(sight, sight.sentence.start_char, sight.sentence.end_char) & wanted
    at = token
    while not here <= _codes(sight, *span):
        if at.head.i == at.i:
            return _trimmed(sight.sentence)
        at = at.head
        wider = clause(at)
        span = min(span[0], wider[0]), max(span[1], wider[1])
    return span


def _trimmed(sentence: Sentence) -> tuple[int, int]:
    text = sentence.text
    left = len(text) - len(text.lstrip())
    return sentence.start_char + left, sentence.start_char + len(text.rstrip())


def _codes(sight: _Sight, start: int, end: int) -> set[str]:
    found: set[str] = set()
    for mention in sight.mentions.within(start, end):
        found |= {party_code(member) for member in mention.members}
        if mention.actor is not None:
            found.add(party_code(mention.actor))
    return found - {""}


def _event(document: Document, group: Sequence[Draft]) -> Event:
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
    return Event(
        id=content_id("evt", article.source_id, *trigger, chosen.type, chosen.modality),
        evidence=tuple(Evidence.of(article, start, end) for start, end in spans),
        coder=chosen.coder,
        confidence=round(min(0.95, chosen.weight + 0.05 * (len(group) - 1)), 3),
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
    line = " ".join(words.split())
    if len(line) <= _SUMMARY:
        return line
    return line[:_SUMMARY].rsplit(" ", 1)[0].rstrip(",;:") + " …"
