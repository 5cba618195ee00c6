"""Obligations as rows: obligor and beneficiary, instrument, day, issue, words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from summitry.casebook import ArticleEntry
from summitry.reader.commitments.dates import day_made, day_told
from summitry.reader.commitments.extent import governed
from summitry.reader.commitments.instruments import Instruments, Named, name_of, source_of
from summitry.reader.commitments.lexicon import HELPING
from summitry.reader.commitments.obligation import Obligation
from summitry.reader.document import Document
from summitry.reader.events.sight import content_at
from summitry.reader.mentions import MentionIndex
from summitry.reader.stands.issues import Issues, Words
from summitry.reader.stands.label import label_of
from summitry.reader.stands.parties import sides_of
from summitry.reader.statements.speaker import party_of
from summitry.vocabulary import (
    Actor,
    Commitment,
    DateInterval,
    Event,
    Evidence,
    Span,
    Statement,
    TimeExpression,
    content_id,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_BACK: Final = 3
"""Sentences back to the event by which an instrument that no case has was made."""
_PAIR: Final = 2
_STATE_MEDIA: Final = re.compile(r"\b(?:central|state|official)\b", re.IGNORECASE)
"""In the name of an agency that speaks for its government."""
_SECOND_HAND: Final = 0.9
"""What another than the reporter or the obligor tells of a commitment counts a little less."""


@dataclass(frozen=True, slots=True)
class View:
    """What of an article rows are made with."""

    document: Document
    mentions: MentionIndex
    statements: Sequence[Statement]
    events: Sequence[Event]
    times: Sequence[TimeExpression]
    instruments: Instruments
    issues: Issues


def rows_of(view: View, found: Obligation) -> Iterator[Commitment]:
    """One row for each obligor; none where nobody is known to be bound."""
    if _strangers(view, found):
        return
    codes = [one.code for one in found.obligors]
    source = found.source if found.source is not None else source_of(found.cue)
    named = name_of(source, view.instruments, view.document.plain, codes) if source is not None else None
    making = _making(view, found, source) if not found.obligors or named is None or named.entry is None else None
    text = _words(view, found)
    article = None
    if named is not None and named.entry is not None:
        article = view.instruments.article(named.entry, text)
    obligors, parties = _obligors(found, named, article, making)
    made = day_made(view, found, named, making, text)
    known = None
    if named is None or named.entry is None:
        told = day_told(view, found, making) if made.start is None else made
        known = _by_day(view, found, obligors, told, text) or _by_day(view, found, obligors, made, text)
    if known is not None:
        named, article = known
        made = day_made(view, found, named, making, text)
    if named is None:
        named = _unnamed(view, found, obligors, parties, made)
    evidence = _evidence(view, found, named, making if not found.obligors else None)
    for obligor in obligors:
        yield Commitment(
            id=content_id("com", view.document.article.source_id, found.deed.idx, obligor.code or obligor.name),
            evidence=evidence,
            coder=found.rule,
            confidence=round(found.weight * named.sure * _told(view, found, obligor), 3),
            instrument=named.name,
            obligor=obligor,
            beneficiary=_beneficiary(view, obligor, article, parties, found),
            text=text,
            status=None,
            as_of=None,
            made=made,
            issue=_issue(view, found, article, text),
        )


def _strangers(view: View, found: Obligation) -> bool:
    """Whether a party tells what "the two leaders" agreed, and the two that were found do not include it.

    Then they are two others, of whom the text spoke before: who tells of an agreement without naming those who made it
    mostly made it.
    """
    mention = view.mentions.at(view.document.doc[found.lead[0]].idx)
    if mention is None or mention.kind != "collective" or len(found.obligors) < _PAIR:
        return False
    holder = content_at(view.statements, found.cue.idx)
    teller = _teller(holder) if holder is not None else None
    return teller is not None and teller not in {one.code for one in found.obligors}


def _teller(statement: Statement) -> str | None:
    """The party that speaks, by its state news agency too."""
    if statement.party is not None:
        return statement.party.state or statement.party.code
    speaker = statement.speaker
    if speaker is None or speaker.code is None or not _STATE_MEDIA.search(speaker.name):
        return None
    return speaker.state or speaker.code[:3]


def _by_day(
    view: View, found: Obligation, obligors: Sequence[Actor], made: DateInterval, text: str
) -> tuple[Named, ArticleEntry | None] | None:
    """The instrument of the case made on the day of a pledge (or named in the text) that has an article on it."""
    if found.source is not None:
        return None
    known = view.instruments.of_words(
        text, [one.code for one in obligors], made, view.document.plain[: found.cue.sent.end_char]
    )
    first = view.document.article.published.start
    if known is not None and first is not None and known[0].date > first:
        return None  # by its words alone no report tells of what came after it
    return (Named(known[0].name, known[0], None, 0.85), known[1]) if known is not None else None


def _words(view: View, found: Obligation) -> str:
    first, last = view.document.doc[found.words[0]], view.document.doc[found.words[1] - 1]
    return " ".join(view.document.article.text[first.idx : last.idx + len(last)].split())


def _making(view: View, found: Obligation, source: Token | None) -> Event | None:
    """The event by which the instrument was made: the nearest told before, in this sentence or the ones before."""
    sentence = found.cue.sent
    start = sentence.start_char
    if source is not None and found.source is not None:
        at = sentence
        for _ in range(_BACK):
            if at.start == 0:
                break
            at = view.document.doc[at.start - 1].sent
            start = at.start_char
    near = [
        event
        for event in view.events
        if event.type == "AGREE"
        and event.modality == "happened"
        and start <= event.trigger.start < sentence.end_char
        and len({side.code for side in _sides(event)}) > 1
    ]
    if source is None:
        return next((e for e in near if e.trigger.start <= found.cue.idx < e.trigger.end), None)
    return max(near, key=lambda event: event.trigger.start, default=None)


def _sides(event: Event) -> tuple[Actor, ...]:
    found = (party_of(actor) for actor in (*event.actors, *event.recipients))
    return tuple({side.code: side for side in found if side is not None}.values())


def _party(code: str) -> Actor:
    return party_of(Actor(code, code)) or Actor(code, code)


def _obligors(
    found: Obligation, named: Named | None, article: ArticleEntry | None, making: Event | None
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Who is bound, and all parties to it. Where the text names nobody, those whom the article or instrument binds."""
    entry = named.entry if named is not None else None
    if entry is not None:
        parties = tuple(_party(code) for code in entry.parties)
    elif making is not None and found.kind != "pledge":
        parties = _sides(making)
    else:
        parties = found.others
    if found.obligors:
        return found.obligors, tuple({one.code: one for one in (*found.others, *parties)}.values())
    bound = tuple(_party(code) for code in article.obligors) if article is not None else parties
    if len(bound) == 1:
        return bound, parties
    if not bound:
        return (), parties
    # Nobody is told to be bound more than another: one row, of all of them.
    name = " and ".join(sorted(one.name for one in bound))
    return (Actor(None, name, kind="group"),), parties


def _beneficiary(
    view: View, obligor: Actor, article: ArticleEntry | None, parties: Sequence[Actor], found: Obligation
) -> Actor | None:
    """To whom it is owed: who is told, whom the deed is done for, the other party to the instrument."""
    if obligor.code is None:
        return None
    told = [one for one in found.others if one.code != obligor.code]
    named = [one for one in _named_in(view, found) if one.code not in {side.code for side in found.obligors}]
    helped = len(named) == 1 and (found.deed.pos_ not in {"VERB", "AUX"} or found.deed.lemma_.lower() in HELPING)
    if len(told) == 1 and not (helped and named[0].code not in {one.code for one in told}):
        return told[0]
    if helped:
        return named[0]
    if article is not None and len(article.beneficiaries) == 1 and article.beneficiaries[0] != obligor.code:
        return _party(article.beneficiaries[0])
    others = [one for one in parties if one.code != obligor.code]
    return others[0] if len(others) == 1 else None


def _named_in(view: View, found: Obligation) -> tuple[Actor, ...]:
    """The parties whom the words of a deed name; of a thing, only those it is for."""
    deed, doc = found.deed, view.document.doc
    if deed.pos_ in {"VERB", "AUX"}:
        inside = doc[found.words[0] : found.words[1]]
        heads = [token for token in inside if _for_whom(token, deed)]
    else:
        heads = list(governed(deed, frozenset({"for", "to", "with"})))
    mentions = (mention for head in heads if (mention := view.mentions.of_head(head)) is not None)
    return tuple({side.code: side for mention in mentions for side in sides_of(mention)}.values())


_FOR_WHOM: Final = frozenset({"to", "for", "on", "with"})
_MEETINGS: Final = frozenset(
    "talk talks meeting summit negotiation dialogue discussion consultation ties relation".split()
)


def _for_whom(token: Token, deed: Token) -> bool:
    """Whether a noun of a deed's words is whom it is done to or for, not a place or a part of another's name."""
    head = token.head
    if token.dep_ in {"dobj", "dative"}:
        inner = head.dep_ in {"xcomp", "ccomp"} and head.lemma_.lower() in HELPING
        return head.i == deed.i or inner or head.dep_ == "dative"
    if token.dep_ in {"poss", "nsubj"}:
        return head.head.i == deed.i
    if token.dep_ != "pobj" or head.lower_ not in _FOR_WHOM | {"from"}:
        return False
    if head.head.i == deed.i:
        return True
    object_ = head.head
    meeting = head.lower_ != "with" or object_.lemma_.lower() in _MEETINGS
    return object_.head.i == deed.i and object_.dep_ == "dobj" and head.lower_ != "from" and meeting


def _unnamed(
    view: View, found: Obligation, obligors: Sequence[Actor], parties: Sequence[Actor], made: DateInterval
) -> Named:
    """A name for what has none: by whom it was made, and on which day."""
    day = f", {made.start.isoformat()}" if made.start is not None and made.precision == "day" else ""
    names = sorted({one.name for one in parties})
    if found.kind == "agreement" and len(names) > 1:
        return Named(f"agreement of {' and '.join(names)}{day}")
    word = "agreement" if found.kind == "agreement" else "pledge"
    bound = sorted({one.name for one in obligors})
    if len(bound) == 1:
        bound = [_who(view, found, obligors[0]) or bound[0]]
    return Named(f"{word} by {' and '.join(bound)}{day}")


def _who(view: View, found: Obligation, obligor: Actor) -> str | None:
    """Who of the party bound it, as a name: the last person or institution named before the binding word."""
    doc = view.document.doc
    for mention in reversed(view.mentions.within(doc[found.lead[0]].idx, found.cue.idx + len(found.cue))):
        actor = mention.actor
        if actor is None or actor.anonymous or actor.kind == "group":
            continue
        if mention.kind == "description" and actor.kind != "body":
            continue
        if (actor.state or actor.code) == obligor.code:
            return actor.name
    return None


def _evidence(view: View, found: Obligation, named: Named, making: Event | None) -> tuple[Evidence, ...]:
    """The words of the obligation with those that bind to it; of a list, its own words first, then the binding ones;
    then those that name the instrument, where they stand elsewhere."""
    article, doc = view.document.article, view.document.doc
    holder = content_at(view.statements, found.cue.idx)
    chain: tuple[str, ...] = ()
    if holder is not None:
        chain = holder.evidence[0].attribution_chain
        chain = (*chain, *((holder.speaker.name,) if holder.speaker is not None else ()))

    def between(first: int, last: int) -> Evidence:
        return Evidence.of(article, doc[first].idx, doc[last - 1].idx + len(doc[last - 1]), chain)

    if found.alone:
        passages = [between(min(found.words[0], found.lead[0]), max(found.words[1], found.lead[1]))]
    else:
        passages = [between(*found.words), between(*found.lead)]
    span = named.words
    if making is not None and named.entry is None:
        span = Span(making.evidence[0].start, making.evidence[0].end)
    if span is not None and not any(one.start <= span.start and span.end <= one.end for one in passages):
        passages.append(Evidence.of(article, span.start, span.end, chain))
    return tuple(passages)


def _told(view: View, found: Obligation, obligor: Actor) -> float:
    holder = content_at(view.statements, found.cue.idx)
    if holder is None or holder.party is None or holder.party.code == obligor.code:
        return 1.0
    return _SECOND_HAND


def _issue(view: View, found: Obligation, article: ArticleEntry | None, text: str) -> str:
    if article is not None and article.issue is not None:
        return article.issue
    sentence = view.document.plain[found.cue.sent.start_char : found.cue.sent.end_char].lower()
    issue = view.issues.find(Words(text.lower(), "", text.lower(), sentence), None)
    return issue.issue if issue is not None else label_of(view.document.doc, found.deed, found.words, view.mentions)
