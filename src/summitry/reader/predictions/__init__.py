"""What somebody foretells about a negotiation: one checkable clause a row.

In order: clauses about what is to come (``clauses``), what they hang on (``standing``), whether they can come true
(``checkable``), who foretells them (``who``), what is an intention, a pledge or a plan of one's own side instead
(``own``), their terms (``terms``), what an event must be to bear on them (``parties``), the rows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from summitry.horizons import Horizons
from summitry.reader.document import Document
from summitry.reader.predictions.checkable import checkable, vague
from summitry.reader.predictions.clauses import clauses_of
from summitry.reader.predictions.own import Hearing, own
from summitry.reader.predictions.parties import named, sides_of_subject, topics_of
from summitry.reader.predictions.rows import Draft, View, row_of
from summitry.reader.predictions.standing import standing_of
from summitry.reader.predictions.terms import words_of
from summitry.reader.predictions.who import holder_of
from summitry.reader.stands.parties import with_speakers
from summitry.vocabulary import Event, Mention, Prediction, Statement, TimeExpression

__all__ = ["find_predictions"]

_MONTH: Final = timedelta(days=31)


def find_predictions(
    document: Document,
    mentions: Sequence[Mention],
    statements: Sequence[Statement],
    events: Sequence[Event],
    times: Sequence[TimeExpression],
) -> tuple[Prediction, ...]:
    """The predictions of an article, in text order; a pure function of its arguments.

    Every row's evidence is the clause that foretells it. By somebody named or described: who says or thinks it, or the
    writer of an editorial or an analysis. What a side says it will do itself is a move or a planned event and none.
    ``times`` are in text order.
    """
    clauses = clauses_of(document.doc)
    if not clauses:
        return ()
    index = with_speakers(document, mentions, statements)
    topics = topics_of(mentions)
    view = View(document, index, events, times, topics, Horizons())
    siblings = frozenset(clause.head.i for clause in clauses)
    rows: dict[str, Prediction] = {}
    before: tuple[int, Prediction] | None = None
    for clause in clauses:
        standing = standing_of(clause.top)
        if standing is None or not checkable(clause, index):
            continue
        if clause.route == "could" and not standing.believing:
            continue
        holder = holder_of(clause, standing, document, statements, index)
        if holder is None or (holder.writer and clause.route == "would"):
            continue
        sides = sides_of_subject(clause, index)
        words = words_of(clause, siblings)
        parties = named(clause, words, index)
        hearing = Hearing(
            holder.statement, sides, parties, topics, index, document.plain, _dated(document, words, times)
        )
        if own(clause, standing, hearing):
            continue
        sentence = clause.head.sent.start
        first = before[1] if before is not None and before[0] == sentence else None
        row = row_of(view, Draft(clause, standing, holder), siblings, first)
        if row is not None and not (row.type is None and vague(clause)):
            rows.setdefault(row.id, row)
            before = (sentence, row)
    return tuple(rows.values())


def _dated(document: Document, words: tuple[int, int], times: Sequence[TimeExpression]) -> bool:
    """Whether some words hold a time as narrow as a month."""
    doc = document.doc
    start, end = doc[words[0]].idx, doc[words[1] - 1].idx
    for at in range(bisect_left(times, start, key=lambda time: time.start), len(times)):
        if times[at].start > end:
            break
        span = times[at].interval
        if span is not None and span.start is not None and span.end is not None and span.end - span.start <= _MONTH:
            return True
    return False
