"""Finding the acts of one article: each trigger on its way to a draft, the drafts brought together as events."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from summitry.reader.events.accept import enough_parties, noun_tells, verb_tells, worth_a_row
from summitry.reader.events.arguments import OCCUR, agents, clause, complements, core
from summitry.reader.events.context import beside, completed_in_context, ranked, without_venue
from summitry.reader.events.dates import completed, date_of, day_of_news, known_event, on_day_of_news
from summitry.reader.events.domestic import at_home_cast
from summitry.reader.events.draft import Draft
from summitry.reader.events.filled import Filled, groups_of, names_of, states_of_people
from summitry.reader.events.known import Facts
from summitry.reader.events.merge import clusters
from summitry.reader.events.occasion import dated_by_occasion
from summitry.reader.events.outcome import with_outcomes
from summitry.reader.events.parties import Mentions, merge_parties, party_code, political, speaker_of
from summitry.reader.events.rivals import bloc, principals, standing_between, with_other_side
from summitry.reader.events.roles import Cast, cast_of
from summitry.reader.events.rows import row_of
from summitry.reader.events.settle import settle
from summitry.reader.events.sight import Sight, codes_in, content_at
from summitry.reader.events.spoken import spoken_drafts
from summitry.reader.events.stance import match_stance
from summitry.reader.events.verdict import match_verdict
from summitry.reader.events.when import attached, dated_words, not_to_come
from summitry.reader.events.where import capitals_of, place_of
from summitry.reader.plover import modes_of
from summitry.reader.spoken import indexed
from summitry.reader.triggers import TRIGGERS, TriggerMatch, match_trigger

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from summitry.casebook import Casebook
    from summitry.reader.document import Document
    from summitry.reader.relation import ArticleRelations
    from summitry.vocabulary import Actor, Event, Statement, TimeExpression

CODER: Final = "events-rules-1"

_BETWEEN: Final = re.compile(r"\bbetween\b|\bboth sides\b|\beach other\b")
# Always aimed at somebody, who is often named only around it: "The council condemned the launch".
_AIMED: Final = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SANCTION"})
# What a clause behind these holds is their content, no act yet.
_CONTENT_OF: Final = frozenset({"REQUEST", "THREATEN", "REJECT", "AGREE", "ACCUSE", "SUPPORT", "CONCEDE"})


def find_events(
    document: Document,
    mentions: Mentions,
    times: Sequence[TimeExpression],
    statements: Sequence[Statement],
    casebook: Casebook,
    relations: ArticleRelations | None = None,
) -> tuple[Event, ...]:
    """The events of one article in text order; a pure function of its arguments.

    ``mentions`` answers which party stands at an offset; ``times``, ``statements`` and ``casebook`` date and attribute
    what is found; ``relations`` raise or lower the confidence of a type.
    """
    drafts: list[Draft] = []
    known = indexed(statements)
    facts = Facts.of(casebook)
    end = len(document.plain)
    names = {entry.code: entry.name for entry in reversed(casebook.world) if entry.parent is None}
    states, people, groups = names_of(casebook), states_of_people(casebook), groups_of(casebook)
    mentions = Filled(mentions, states, people, groups, document.plain, statements)
    sides = principals(mentions, end, names)
    together = bloc(mentions, end, sides)
    topics = ranked(mentions, end, names)
    capitals = capitals_of(casebook)
    until = document.article.published.end
    before: tuple[Actor, ...] = ()
    tester: tuple[Actor, ...] = ()
    at = 0
    ordered = sorted(times, key=lambda time: time.start)
    for sentence in document.doc.sents:
        matches = [m for m in (_match(t) for t in sentence if t.pos_ in _POS) if m is not None]
        if not matches or sentence.text.isupper():  # a heading in capitals tells nothing of its own
            before = ()
            continue
        while at < len(ordered) and ordered[at].end <= sentence.start_char:
            at += 1
        stop = at
        while stop < len(ordered) and ordered[stop].start < sentence.end_char:
            stop += 1
        inside = tuple(ordered[at:stop])
        sight = Sight(
            document,
            mentions,
            sentence,
            dated_words(list(sentence), inside),
            inside,
            facts.within(sentence.text, until),
            until,
            known.touching(sentence.start_char, sentence.end_char),
            names,
            before,
            tester,
            sides,
            together,
            topics,
            capitals,
        )
        made = _sentence_drafts(matches, sight)
        drafts += made
        tester = next((d.actors for d in reversed(made) if d.type == "MOBILIZE"), tester)
        before = tuple(actor for draft in made[-1:] for actor in (*draft.actors, *draft.recipients))
    drafts += spoken_drafts(document, statements, drafts, mentions, topics)
    drafts.sort(key=lambda draft: draft.trigger.i)
    news = day_of_news(ordered, next((s.start_char for s in document.doc.sents), 0), document.article.published)
    dated = [on_day_of_news(draft, news) for draft in dated_by_occasion(drafts)]
    rows = [row_of(document, group, mentions, relations) for group in clusters(dated)]
    return with_outcomes(document, rows, times, mentions)


_POS: Final = frozenset({"VERB", "NOUN", "PROPN", "AUX", "ADJ"})


# "missile launch test", "summit meeting": the last noun is the head, and the act.
_HEADS: Final = frozenset({"test", "launch", "exercise", "drill", "meeting", "talk", "session", "event"})


def _match(token: Token) -> TriggerMatch | None:
    """The act a token names, by the stance or trigger words."""
    match = match_stance(token) or match_verdict(token) or match_trigger(token)
    if match is not None and match.entry.type == "REQUEST" and token.lemma_.lower() == "call":
        kinds = {c.dep_ for c in token.children}
        if "dobj" in kinds and not kinds & {"oprd", "ccomp", "prt"}:
            # "called the minister on Tuesday": "on" is no "call on".
            phone = next((e for e in TRIGGERS["call"] if e.type == "CONSULT" and e.pos == "V" and not e.weight), None)
            return TriggerMatch(phone, token, ()) if phone is not None else None
    if match is not None and match.entry.pos == "N" and token.dep_ == "compound":
        head = token.head
        if head.lemma_.lower() in _HEADS and match_trigger(head) is None:
            return TriggerMatch(match.entry, head, match.parts)
    return match


def _sentence_drafts(matches: Sequence[TriggerMatch], sight: Sight) -> list[Draft]:
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


def _draft(match: TriggerMatch, sight: Sight) -> Draft | None:
    """The act that a trigger tells, or None where it tells none."""
    token, entry = match.token, match.entry
    noun = entry.pos == "N"
    if any(t.start <= token.idx < t.end for t in sight.times) or any(
        _governs_time(part, sight.times) for part in match.parts
    ):
        return None
    cast = cast_of(match, sight.mentions)
    implied = False
    how = ""
    cast = without_venue(match, cast, sight)
    home = at_home_cast(match, cast, sight.mentions)
    if home is not None:
        cast = home
    elif not cast.recipients and cast.actors and entry.type in _AIMED and entry.roles == "directed" and not entry.weak:
        cast = Cast(cast.actors, _counterpart(cast, sight), cast.carrier)
        implied = bool(cast.recipients)
    time = _time(match, cast, sight)
    known = None
    if sight.facts.rows and entry.roles != "directed":
        known = known_event(match, (*cast.actors, *cast.recipients), time, sight)
    if known is not None:
        cast = completed(cast, known, sight)
    if home is None and not enough_parties(match, cast):
        cast = _between_sides(match, cast, sight)
        implied = True
        if not enough_parties(match, cast):
            cast, how = completed_in_context(match, cast, sight)
            if not how or not enough_parties(match, cast):
                return None
    dated = time is not None and (not noun or _inside(time, token) or cast.carrier is not None)
    if noun:
        told = noun_tells(match, cast, dated=dated, known=known is not None, standing=standing_between(token))
    else:
        told = verb_tells(match, cast, dated=dated)
    if not told:
        return None
    if time is not None and token.tag_ == "VBD":
        time = not_to_come(time, sight.until)
    type_, mode, modality = settle(match, cast, time, known, sight.until)
    if not worth_a_row(
        match,
        modality,
        dated=dated or known is not None,
        named=not implied or entry.type in {"CONSULT", "SANCTION", "AGREE", "REJECT"},
    ) or (how and modality != "happened"):
        return None
    said_in = content_at(sight.statements, token.idx)
    # A verb, a date, a known fact make a row surer; a guessed counterpart or an everyday word less so.
    weight = 0.5 + 0.2 * (not noun) + 0.1 * (time is not None) + 0.1 * (known is not None)
    return Draft(
        trigger=token,
        noun=noun,
        type=type_,
        mode=mode if mode in modes_of(type_) else None,
        actors=cast.actors,
        recipients=cast.recipients,
        modality=modality,
        date=date_of(match, time, known, said_in, sight),
        place=(known.place if known is not None else None) or _place(token, cast, sight),
        words=_words(token, cast, time, sight),
        known=known,
        said_in=said_in,
        weight=weight - 0.15 * implied - 0.1 * entry.weak,
        coder=CODER,
    )


def _time(match: TriggerMatch, cast: Cast, sight: Sight) -> TimeExpression | None:
    """The dated words of an act, its own or those of the verb that carries it."""
    token = match.token
    time = attached(token, sight.dated)
    if time is not None and match.entry.pos == "N" and not _dates_noun(time, token):
        # "on Saturday expressed optimism about his summit": the day of the expressing
        time = None
    if time is None and cast.carrier is not None:
        time = attached(cast.carrier, sight.dated)
    if time is None and match.entry.pos == "V":
        time = _of_main_clause(token, sight)
    of_subject = match.entry.pos == "N" and token.dep_ in {"nsubj", "nsubjpass"}
    if time is None and of_subject and token.head.lemma_.lower() in OCCUR:
        return attached(token.head, sight.dated)
    return time


_AT_THE_TIME: Final = frozenset({"when", "as", "while"})


def _of_main_clause(verb: Token, sight: Sight) -> TimeExpression | None:
    """The date of a clause of time: "in March, as the North threatened", "in October, when sanctions were lifted"."""
    at = verb
    while at.dep_ in {"conj", "xcomp"}:
        at = at.head
    if not any(c.lower_ in _AT_THE_TIME and c.dep_ in {"mark", "advmod"} for c in at.children):
        return None
    if at.dep_ == "relcl":
        return next((w.time for w in sight.dated if w.time.start <= at.head.idx < w.time.end), None)
    if at.dep_ != "advcl" or at.tag_ not in {"VBD", "VBZ", "VBP"}:
        return None
    return attached(at.head, [w for w in sight.dated if w.token.i < at.left_edge.i])


# Verbs whose date is not that of what they are about.
_ABOUT: Final = frozenset({"about", "on", "over", "of", "for", "towards", "toward", "to", "ahead", "before", "since"})


def _dates_noun(time: TimeExpression, noun: Token) -> bool:
    """Whether words that date a clause date the act that a noun in it names."""
    return _inside(time, noun) or noun.dep_ != "pobj" or noun.head.lower_ not in _ABOUT


def _counterpart(cast: Cast, sight: Sight) -> tuple[Actor, ...]:
    """Who the act told just before had to do with, when the sentence names nobody else; or both of two between whom it
    stands. Nobody where there is a choice."""
    own = {party_code(actor) for actor in cast.actors}
    plain = sight.document.plain
    named = [
        actor
        for mention in sight.mentions.within(sight.sentence.start_char, sight.sentence.end_char)
        if not plain[max(0, mention.start - 4) : mention.start].endswith((" in ", " at "))
        for actor in mention.members or ((mention.actor,) if mention.actor is not None else ())
        if actor.code and political(actor)
    ]
    others = tuple(a for a in merge_parties(named) if party_code(a) not in own)
    if others:
        return others if len(others) == 2 and _BETWEEN.search(sight.sentence.text) else ()
    if own & {party_code(a) for a in sight.before}:
        others = tuple(a for a in merge_parties(sight.before) if party_code(a) not in own)
    return others if len(others) == 1 else ()


def _between_sides(match: TriggerMatch, cast: Cast, sight: Sight) -> Cast:
    """The cast with the article's other side, unless the sentence names a third party that may be meant."""
    doers = agents(match.token) if match.entry.pos == "V" else []
    if doers and not any(head.pos_ == "PRON" or speaker_of(head, sight.mentions) for head in doers):
        return cast  # somebody else does it
    if cast.actors or cast.recipients:
        sides = {party_code(side) for side in sight.sides}
        if any(party_code(actor) not in sides for actor in beside(match.token, cast, sight)):
            return cast
    return with_other_side(match, cast, sight.sides, sight.bloc)


def _governs_time(part: Token, times: Sequence[TimeExpression]) -> bool:
    """Whether a pattern's preposition only brings a date: "called on Tuesday" calls on nobody."""
    return part.pos_ == "ADP" and any(
        c.dep_ == "pobj" and any(t.start <= c.idx < t.end for t in times) for c in part.children
    )


def _place(token: Token, cast: Cast, sight: Sight) -> str | None:
    """Where it was; never one of the parties behind an "at" ("lashed out at")."""
    place = place_of(token, sight.times, sight.mentions)
    place = sight.capitals.get(place.lower(), place) if place is not None else None
    return None if place is not None and any(place == a.name for a in (*cast.actors, *cast.recipients)) else place


def _inside(time: TimeExpression, noun: Token) -> bool:
    """Whether a time expression stands in a noun's own phrase."""
    return noun.left_edge.idx <= time.start < noun.right_edge.idx + len(noun.right_edge.text)


def _words(token: Token, cast: Cast, time: TimeExpression | None, sight: Sight) -> tuple[int, int]:
    """The shortest clause around a trigger with its date and the parties that the sentence names, else the sentence."""
    wanted = {party_code(actor) for actor in merge_parties(cast.actors, cast.recipients)}
    span = clause(token)
    here = codes_in(sight, sight.sentence.start_char, sight.sentence.end_char) & wanted
    short = core(token)
    dated = time is None or (short[0] <= time.start and time.end <= short[1])
    if dated and short[1] - short[0] < span[1] - span[0] and here <= codes_in(sight, *short):
        return short
    at = token
    while not here <= codes_in(sight, *span):
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
