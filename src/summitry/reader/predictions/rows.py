"""Foretold clauses as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from summitry.horizons import Horizons
from summitry.reader.document import Document
from summitry.reader.mentions import MentionIndex
from summitry.reader.predictions.clauses import Clause
from summitry.reader.predictions.parties import actors_of, type_of
from summitry.reader.predictions.standing import Standing
from summitry.reader.predictions.terms import (
    Range,
    bare,
    condition_of,
    hedge_of,
    horizon_of,
    quality_of,
    words_of,
)
from summitry.reader.predictions.who import Holder
from summitry.vocabulary import (
    UNKNOWN_DATE,
    Actor,
    DateInterval,
    Event,
    Evidence,
    Prediction,
    Span,
    TimeExpression,
    content_id,
)

CODER: Final = "predictions-rules-1"
_WEIGHT: Final = {"will": 0.75, "would": 0.65, "may": 0.6, "could": 0.55, "likely": 0.8, "expected": 0.8, "noun": 0.8,
                  "too far": 0.7}  # fmt: skip
"""How sure a row is by what makes it one of the future; measured by hand on running news, in the docs."""
_TAIL: Final = 4
"""Tokens behind a clause, marks and adverbs, that still belong to it where nothing follows them in the statement."""
_BELIEVED: Final = 0.1
_WRITER: Final = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What rows are made in view of."""

    document: Document
    mentions: MentionIndex
    events: Sequence[Event]
    times: Sequence[TimeExpression]
    topics: Sequence[Actor]
    horizons: Horizons


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A clause with where it stands and whose it is."""

    clause: Clause
    standing: Standing
    holder: Holder


def row_of(view: View, draft: Draft, siblings: frozenset[int], first: Prediction | None) -> Prediction | None:
    """The row of a draft; ``first`` is that of the clause before it in the sentence, whose parties "it" has."""
    document, clause = view.document, draft.clause
    article = document.article
    words = _inside(draft, view, words_of(clause, siblings))
    condition = condition_of(clause)
    start, stop = words
    if condition is not None and clause.first is None and condition[1] <= start and start - condition[1] <= 2:
        words = (condition[0], stop)
    span = _span(view, words)
    made = made_of(draft.holder, article.published)
    horizon, rule = horizon_of(document.plain, span, view.times, made, view.horizons)
    quality = quality_of(clause)
    actors = actors_of(clause, words, view.mentions, view.topics)
    type_ = type_of(clause, words, view.events, view.mentions)
    if first is not None and _inherits(clause, actors, type_, quality):
        actors, type_ = first.actors, first.type
        if horizon is None:
            horizon, rule = first.horizon, first.horizon_rule or rule
    if not actors and quality is None:
        return None
    hedge = hedge_of(clause, draft.standing)
    weight = _WEIGHT[clause.route] + _BELIEVED * draft.standing.believing - _WRITER * draft.holder.writer
    statement = draft.holder.statement
    chain = statement.evidence[0].attribution_chain if statement is not None else ()
    return Prediction(
        id=content_id("prd", article.source_id, clause.head.idx, draft.holder.actor.name),
        evidence=(Evidence.of(article, span.start, span.end, chain),),
        coder=CODER,
        confidence=round(min(weight, 0.95), 3),
        forecaster=draft.holder.actor,
        claim=_claim(view, clause, words),
        made=made,
        horizon=horizon,
        horizon_rule=rule,
        hedge=hedge,
        condition=_text(view, condition) if condition is not None else None,
        actors=actors,
        type=type_,
        negated=clause.negated != draft.standing.negated,
        quality=_text(view, quality) if quality is not None else None,
    )


def made_of(holder: Holder, published: DateInterval) -> DateInterval:
    """When it was foretold: when it was said, else when the report appeared; unknown where neither is."""
    if holder.statement is not None and holder.statement.said.precision != "unknown":
        return holder.statement.said
    return published if published.precision != "unknown" else UNKNOWN_DATE


def _inherits(clause: Clause, actors: tuple[Actor, ...], type_: str | None, quality: Range | None) -> bool:
    """Whether a clause is about what the one before it foretells: "and it will go well"."""
    pronoun = clause.subject is not None and clause.subject.lower_ in {"it", "that", "this", "they"}
    return pronoun and not actors and (quality is not None or type_ is None)


def _inside(draft: Draft, view: View, words: Range) -> Range:
    """The words of a clause that stand in the statement it is told in: no attribution behind or before it."""
    statement = draft.holder.statement
    if statement is None:
        return words
    doc = view.document.doc
    span = next((s for s in statement.content_spans if s.start <= draft.clause.head.idx < s.end), None)
    if span is None:
        return words
    start, stop = words
    while start < draft.clause.head.i and doc[start].idx < span.start:
        start += 1
    while stop > draft.clause.head.i + 1 and doc[stop - 1].idx >= span.end:
        stop -= 1
    rest = [i for i in range(stop, min(stop + _TAIL + 1, len(doc))) if doc[i].idx < span.end]
    if len(rest) <= _TAIL and all(doc[i].pos_ in {"ADV", "PUNCT"} for i in rest):
        stop += len(rest)  # 'the talks will resume "soon"'
    return bare(doc, start, stop)


def _span(view: View, words: Range) -> Span:
    doc = view.document.doc
    last = doc[words[1] - 1]
    return Span(doc[words[0]].idx, last.idx + len(last))


def _text(view: View, words: Range) -> str:
    span = _span(view, words)
    line = " ".join(view.document.article.text[span.start : span.end].split())
    for opening, closing in (("“", "”"), ('"', '"')):
        odd = line.count('"') % 2 == 1 if opening == closing else line.count(opening) != line.count(closing)
        if odd:
            line = line.replace(opening, "").replace(closing, "")
    return line


def _claim(view: View, clause: Clause, words: Range) -> str:
    """The words of the clause; one that shares its subject and modal with the clause before it has them in front."""
    text = _text(view, words)
    subject, cue = clause.subject, clause.cue
    if clause.first is None:
        if subject is not None and subject.right_edge.i < words[0] <= cue.i and subject.sent == cue.sent:
            # 'The rebels, she added, "will leave"': its subject stands outside the quotation.
            return f"{_text(view, (int(subject.left_edge.i), int(subject.right_edge.i) + 1))} {text}"
        return text
    if subject is None or subject.i > cue.i:
        return text
    front = _text(view, (int(subject.left_edge.i), int(subject.right_edge.i) + 1))
    if clause.route in ("likely", "expected") or cue.lower_ == "going":
        first = clause.first
        while first.first is not None:
            first = first.first
        middle = _text(view, (int(subject.right_edge.i) + 1, max(first.head.i, cue.i + 1)))
        return f"{front} {middle} {text}"
    return f"{front} {cue.text} {text}"
