"""Drafts as rows of the record: moves and positions with their words, terms, dates and by whose word we have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from summitry.reader.document import Document
from summitry.reader.mentions import MentionIndex
from summitry.reader.stands.deadline import deadline_of
from summitry.reader.stands.draft import Draft
from summitry.reader.stands.issues import Found, Issues, Words
from summitry.reader.stands.label import label_of
from summitry.reader.stands.parties import parties_within, person_behind
from summitry.reader.stands.terms import Range
from summitry.reader.stands.told import Told
from summitry.vocabulary import Actor, Evidence, Move, Position, Span, Stance, StepOrder, TimeExpression, content_id

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BY: Final = {"self": 1.0, "reporter": 0.95, "other party": 0.85, "analyst": 0.8}
"""How much a stand loses by whose word it is known: what others say of a party is more often meant than taken."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What rows are made in view of: the parse, who is mentioned where, the times told, the issues of the cases."""

    document: Document
    mentions: MentionIndex
    times: Sequence[TimeExpression]
    issues: Issues


def position_of(view: View, draft: Draft, how: Told) -> Position | None:
    """The position that a draft is; None where it is a move only."""
    if draft.stance is None:
        return None
    document = view.document
    evidence = _evidence(document, draft, how)
    found = _issue(view, draft, draft.stance)
    return Position(
        id=content_id("pos", document.article.source_id, draft.predicate.idx, draft.party.code, draft.stance),
        evidence=(evidence,),
        coder=draft.rule,
        confidence=_confidence(draft, how),
        party=draft.party,
        issue=found.issue,
        stance=draft.stance,
        summary=_words(document, draft.point) or evidence.exact,
        condition=_words(document, draft.terms.condition),
        attributed_by=how.by,
        held=how.date,
        pole=found.pole,
        strength=found.strength,
        person=person_behind(draft.predicate, draft.party, how.statement if how.by == "self" else None, view.mentions),
    )


def move_of(view: View, draft: Draft, how: Told) -> Move | None:
    """The move that a draft is; None where it is a position only."""
    kind = draft.move
    if kind is None:
        return None
    document, terms = view.document, draft.terms
    own = kind != "demand"
    point, exchange = _words(document, draft.point), _words(document, terms.exchange)
    if kind == "demand" and terms.order == "before":
        kind = "precondition"
    if kind == "refusal" and terms.set and terms.condition is not None:
        kind = "precondition"
    lasting = _lasting(document.doc, draft)
    wanted = exchange
    if wanted is None and kind in ("precondition", "offer") and own and not lasting:
        wanted = _words(document, terms.clause)
    article = document.article
    evidence = _evidence(document, draft, how)
    said = how.date if how.date.precision != "unknown" else article.published
    return Move(
        id=content_id("mov", article.source_id, draft.predicate.idx, draft.party.code, kind),
        evidence=(evidence,),
        coder=draft.rule,
        confidence=_confidence(draft, how),
        kind=kind,
        proposer=draft.party,
        addressee=_addressee(view, draft),
        issue=_issue(view, draft, draft.stance).issue,
        give=point if own else exchange,
        get=wanted if own else point,
        condition=_words(document, terms.condition),
        sequence=_order(document.doc, draft),
        status=None,
        responds_to=None,
        date=how.date,
        deadline=deadline_of(document.plain, Span(evidence.start, evidence.end), view.times, said),
    )


def _addressee(view: View, draft: Draft) -> Actor | None:
    """Of whom something is demanded, to whom it is offered or refused: told by the predicate, else the party whose step
    the terms name, else the one other party in the point.
    """
    if draft.addressees:
        return draft.addressees[0]
    doc, terms = view.document.doc, draft.terms
    for words in (terms.clause, terms.exchange):
        for other in parties_within(doc, *words, view.mentions) if words is not None else ():
            if other.code != draft.party.code:
                return other
    others = [one for one in parties_within(doc, *draft.point, view.mentions) if one.code != draft.party.code]
    return others[0] if len(others) == 1 else None


def _issue(view: View, draft: Draft, stance: Stance | None) -> Found:
    """The issue of a case that a stand is on; else the label of its own words."""
    doc = view.document.doc
    sentence = draft.predicate.sent
    words = Words(
        point=_plain(doc, draft.point),
        condition=_plain(doc, draft.terms.condition),
        clause=_plain(doc, draft.clause),
        sentence=_plain(doc, (sentence.start, sentence.end)),
    )
    found = view.issues.find(words, stance)
    return found or Found(label_of(doc, draft.predicate, draft.point, view.mentions))


def _plain(doc: Doc, tokens: Range | None) -> str:
    """Tokens as lower-case text on one line."""
    return " ".join(doc[slice(*tokens)].text.lower().split()) if tokens is not None else ""


def _lasting(doc: Doc, draft: Draft) -> bool:
    """Whether a refusal holds as long as something lasts: what is wanted is its end, which no words tell."""
    first = draft.terms.condition
    return draft.stance == "reject" and first is not None and doc[first[0]].lower_ in {"as", "so", "while"}


def _first(doc: Doc, point: Range) -> bool:
    """Whether what is demanded is to come first: "must first disarm", "disarm first"; what "then" follows are the other
    side's own steps in order.
    """
    words = range(*point)
    if any(doc[i].lower_ == "then" and doc[i].dep_ == "advmod" for i in words):
        return False
    return any(doc[i].lower_ == "first" and doc[i].dep_ == "advmod" for i in words)


def _order(doc: Doc, draft: Draft) -> StepOrder | None:
    """When the party's own step comes. What must come before something of one's own makes one's own come after."""
    if draft.move == "demand":
        if _first(doc, draft.point) or draft.terms.order == "before":
            return "after"
        return "simultaneous" if draft.terms.order == "simultaneous" else None
    return "after" if _lasting(doc, draft) else draft.terms.order


def _words(document: Document, tokens: Range | None) -> str | None:
    if tokens is None or tokens[1] <= tokens[0]:
        return None
    first, last = document.doc[tokens[0]], document.doc[tokens[1] - 1]
    text = document.article.text
    start, end = _balanced(text, first.idx, last.idx + len(last))
    return " ".join(text[start:end].split()) or None


_OPENERS: Final = "“"
_CLOSERS: Final = "”"


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """A range of words without a quotation mark at its ends that has no partner in it; with the mark that closes its
    last quotation where that stands right behind.
    """
    words = text[start:end]
    odd = words.count('"') % 2 == 1
    if odd and text[end : end + 1] == '"' and words[0] != '"':
        return start, end + 1
    if words.count(_OPENERS) > words.count(_CLOSERS):
        if words[-1:] == _OPENERS:
            return start, end - 1
        if text[end : end + 1] == _CLOSERS:
            return start, end + 1
        if words[0] == _OPENERS:
            return start + 1, end
    if words.count(_CLOSERS) > words.count(_OPENERS):
        if start and text[start - 1] == _OPENERS:
            return start - 1, end
        if words[-1:] == _CLOSERS:
            return start, end - 1
    if odd and words[0] == '"':
        return start + 1, end
    if odd and words[-1:] == '"':
        return start, end - 1
    return start, end


def _evidence(document: Document, draft: Draft, how: Told) -> Evidence:
    doc = document.doc
    start, stop = draft.clause
    while doc[start].is_space:
        start += 1
    while stop > start + 1 and doc[stop - 1].is_space:
        stop -= 1
    last = doc[stop - 1]
    return Evidence.of(document.article, doc[start].idx, last.idx + len(last), how.chain)


def _confidence(draft: Draft, how: Told) -> float:
    return round(draft.weight * _BY[how.by], 3)


def in_order(rows: Sequence[Draft]) -> list[Draft]:
    """Drafts in text order, one for each stand of a party on the same words, the surest."""
    kept: list[Draft] = []
    for draft in sorted(rows, key=lambda d: (-d.weight, d.predicate.i, d.rule)):
        if not any(_same(draft, other) for other in kept):
            kept.append(draft)
    return sorted(kept, key=lambda d: (d.predicate.i, d.party.code or "", d.rule))


_BESIDE: Final = frozenset({"conj", "advcl"})


def _beside(inner: Token, outer: Token) -> bool:
    """Whether a predicate inside another's clause stands beside it rather than under it: "called for talks, demanding
    that ...".
    """
    if inner.i < outer.i:
        return inner.pos_ == "NOUN"  # "Oman, an opponent of the pact, condemned the news"
    at = inner
    while at.head.i != at.i and at.i != outer.i:
        if at.dep_ in _BESIDE and at.head.i == outer.i and at.i > outer.i:
            return at.tag_ in {"VBG", "VBD", "VBZ", "VBP"}
        at = at.head
    return False


def _same(one: Draft, other: Draft) -> bool:
    """Whether two drafts tell one stand: the same party, and the predicate of one lies in the other's point."""
    if one.party.code != other.party.code:
        return False
    if one.predicate.i == other.predicate.i:
        return True
    inner, outer = (one, other) if other.clause[0] <= one.predicate.i < other.clause[1] else (other, one)
    inside = outer.clause[0] <= inner.predicate.i < outer.clause[1] and not _beside(inner.predicate, outer.predicate)
    # What one agreed or pledged to do is told by the agreeing; the deed inside it tells nothing more.
    return inside and (one.stance == other.stance or "deed" in one.rule or "deed" in other.rule)
