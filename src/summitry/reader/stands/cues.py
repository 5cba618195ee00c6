"""Stands told by the cue of a statement: who called, blamed or pledged is known even where the parse has no subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from summitry.reader.document import Document
from summitry.reader.propositions import Proposition
from summitry.reader.propositions.clause import lemma_of
from summitry.reader.propositions.lexicon import CALLING, VERBS
from summitry.vocabulary import Actor, Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token


def of_cues(document: Document, statements: Sequence[Statement], known: Sequence[Proposition]) -> Iterator[Proposition]:
    """Propositions of the statements whose cue is a predicate that ``known`` has no actor for."""
    done = {row.predicate_span.start for row in known}
    for statement in statements:
        cue, party = statement.cue_span, statement.party
        if cue is None or party is None:
            continue
        words = document.doc.char_span(cue.start, cue.end, alignment_mode="expand")
        if words is None or words.root.idx in done:
            continue
        token = words.root
        lemma = lemma_of(token)
        last = statement.content_spans[-1]
        if lemma is None or last.end <= token.idx or statement.content_spans[0].start < token.idx:
            continue
        yield _row(token, lemma, party, Span(token.idx, last.end), statement.content_spans)


def _row(token: Token, lemma: str, party: Actor, clause: Span, contents: tuple[Span, ...]) -> Proposition:
    following = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    word = Span(token.idx, token.idx + len(token))
    return Proposition(
        actor=party,
        role="joint",
        actor_span=word,
        predicate=token.lower_,
        predicate_span=word,
        lemma=lemma,
        act="demand" if lemma == "call" and following in CALLING else VERBS[lemma],
        negated=any(child.dep_ == "neg" for child in token.children),
        modal=next((child.lower_ for child in token.children if child.tag_ == "MD"), None),
        point=contents,
        clause=clause,
    )
