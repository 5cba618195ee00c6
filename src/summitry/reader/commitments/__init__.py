"""Commitments: what parties have bound themselves to, by an agreement, by a pledge, or as an instrument says.

In order: verbs of agreeing and pledging, nouns of promising, instruments that oblige; of each, the deeds that are
listed; then whose they are, under which instrument of the case or by which words, and from which day. Whether they were
kept is for the ledger, which has the events of all reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from spacy.strings import get_string_id

from summitry.casebook import Case
from summitry.reader.commitments.binding import by_instrument
from summitry.reader.commitments.instruments import Instruments
from summitry.reader.commitments.lexicon import BINDING, INSTRUMENTS, PROMISES
from summitry.reader.commitments.nouns import by_noun
from summitry.reader.commitments.obligation import Obligation
from summitry.reader.commitments.pledging import by_verb
from summitry.reader.commitments.rows import View, rows_of
from summitry.reader.document import Document
from summitry.reader.stands.issues import Issues
from summitry.reader.stands.parties import with_speakers
from summitry.vocabulary import Commitment, Event, Mention, Statement, TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from summitry.reader.mentions import MentionIndex

__all__ = ["find_commitments"]

_VERBAL: Final = np.array([get_string_id("VERB"), get_string_id("AUX")], dtype=np.uint64)
_BINDING: Final = np.array(sorted(get_string_id(word) for word in BINDING), dtype=np.uint64)
_NOUNS: Final = np.array(sorted(get_string_id(word) for word in PROMISES | INSTRUMENTS), dtype=np.uint64)


def find_commitments(
    document: Document,
    mentions: Sequence[Mention],
    statements: Sequence[Statement],
    events: Sequence[Event],
    times: Sequence[TimeExpression],
    cases: Sequence[Case],
) -> tuple[Commitment, ...]:
    """The commitments that an article tells of, in text order; a pure function of its arguments.

    One row for each obligation and each party bound by it; the other one is its beneficiary. Where an instrument binds
    and nobody in particular is named, there is one row, whose obligor is all its parties together (no code, a name
    joined by "and"). No threats, wishes, refusals, forecasts; ``status`` is always None.
    """
    index = with_speakers(document, mentions, statements)
    obligations = _once(_obligations(document.doc, index))
    if not obligations:
        return ()
    instruments = Instruments(cases, document.article.published.end)
    view = View(document, index, statements, events, times, instruments, Issues(cases))
    found: dict[str, Commitment] = {}
    for obligation in obligations:
        for row in rows_of(view, obligation):
            found.setdefault(row.id, row)
    return tuple(sorted(found.values(), key=lambda row: row.evidence[0].start))


def _obligations(doc: Doc, mentions: MentionIndex) -> Iterator[Obligation]:
    table = np.asarray(doc.to_array(["POS", "LEMMA", "LOWER"]), dtype=np.uint64).reshape(-1, 3)
    verbs = np.isin(table[:, 0], _VERBAL) & np.isin(table[:, 1], _BINDING)
    nouns = ~np.isin(table[:, 0], _VERBAL) & (np.isin(table[:, 1], _NOUNS) | np.isin(table[:, 2], _NOUNS))
    for at in np.flatnonzero(verbs | nouns):
        token = doc[int(at)]
        if verbs[at]:
            yield from by_verb(token, mentions)
        else:
            yield from _by_noun(token, mentions)


def _by_noun(token: Token, mentions: MentionIndex) -> Iterator[Obligation]:
    if token.lemma_.lower() in PROMISES | INSTRUMENTS:
        yield from by_noun(token, mentions)
    if token.lemma_.lower() in INSTRUMENTS or token.lower_ in INSTRUMENTS:
        yield from by_instrument(token, mentions)


def _once(found: Iterator[Obligation]) -> list[Obligation]:
    """Each deed once, by the surest rule that found it; in text order, with those of one list marked."""
    best: dict[int, Obligation] = {}
    for one in found:
        other = best.get(one.deed.i)
        if other is None or one.weight > other.weight:
            best[one.deed.i] = one
    listed = Counter(one.cue.i for one in best.values())
    return [replace(one, alone=listed[one.cue.i] == 1) for _, one in sorted(best.items())]
