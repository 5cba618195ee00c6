"""What parties demand, offer, accept, refuse, support and oppose, and on what terms: moves and positions of an article.

In order: propositions whose predicate takes a stand on a matter of negotiation, willingness and refusal told by mood,
deals called good or bad, deeds that yield, the party behind each actor, the terms in the clause, by whose word it is
told, the rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from summitry.casebook import Case
from summitry.reader.document import Document
from summitry.reader.propositions import find_propositions
from summitry.reader.stands.controlled import of_controlled
from summitry.reader.stands.cues import of_cues
from summitry.reader.stands.deeds import by_deeds, by_leaving, by_past
from summitry.reader.stands.frames import by_frames
from summitry.reader.stands.issues import Issues
from summitry.reader.stands.judging import by_judgement
from summitry.reader.stands.must import by_must
from summitry.reader.stands.nouns import by_nouns
from summitry.reader.stands.once import moves_once, positions_once
from summitry.reader.stands.pacts import by_pacts
from summitry.reader.stands.parties import with_speakers
from summitry.reader.stands.predicates import by_predicates
from summitry.reader.stands.rows import View, in_order, move_of, position_of
from summitry.reader.stands.things import by_things
from summitry.reader.stands.told import told
from summitry.reader.stands.valuing import by_valuing
from summitry.reader.stands.weighing import by_weighing
from summitry.reader.stands.willing import by_mood
from summitry.vocabulary import Event, Mention, Move, Position, Statement, TimeExpression

__all__ = ["find_stands"]


def find_stands(
    document: Document,
    mentions: Sequence[Mention],
    statements: Sequence[Statement],
    events: Sequence[Event],
    times: Sequence[TimeExpression] = (),
    cases: Sequence[Case] = (),
) -> tuple[tuple[Move, ...], tuple[Position, ...]]:
    """The moves and the positions of an article, in text order; a pure function of its arguments.

    Every row's evidence is the clause that tells it. Only states and organisations have moves and positions: what a
    legislator, an opposition or the press wants is a statement and no more. ``cases`` name the issues and their poles,
    ``times`` (in text order) the deadlines; without them an issue is a label made of the words of its stand.
    """
    index = with_speakers(document, mentions, statements)
    rows = find_propositions(document, index)
    rows = (*rows, *of_cues(document, statements, rows))
    rows = (*rows, *of_controlled(document.doc, index, rows))
    drafts = [
        *by_predicates(document, rows, index),
        *by_mood(document.doc, index, statements),
        *by_must(document.doc, index, statements),
        *by_judgement(document.doc, index, statements),
        *by_frames(document.doc, index, statements),
        *by_nouns(document.doc, index, statements),
        *by_valuing(document.doc, statements),
        *by_weighing(document.doc, index, statements),
        *by_things(document.doc, index, statements),
        *by_deeds(document.doc, events),
        *by_past(document.doc, index),
        *by_leaving(document.doc, index),
        *by_pacts(document.doc, index),
    ]
    view = View(document, index, times, Issues(cases))
    moves: list[Move] = []
    positions: list[Position] = []
    for draft in in_order(drafts):
        how = told(draft, document.article, statements, events, index)
        move = move_of(view, draft, how)
        if move is not None:
            moves.append(move)
        position = position_of(view, draft, how)
        if position is not None:
            positions.append(position)
    return moves_once(moves), positions_once(positions)
