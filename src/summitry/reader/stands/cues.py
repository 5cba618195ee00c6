"""Stands told by the cue of a statement: who called, blamed or pledged is known even where the parse has no subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from summitry.reader.document import Document
from summitry.reader.propositions import Proposition
from summitry.reader.propositions.clause import lemma_of
from summitry.reader.propositions.lexicon import CALLING, VERBS
from summitry.reader.stands.parties import side_of, side_told
from summitry.vocabulary import Actor, Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token


def of_cues(document: Document, statements: Sequence[Statement], known: Sequence[Proposition]) -> Iterator[Proposition]:
    """Propositions of the statements whose cue is a predicate that ``known`` has no actor for."""
    done = {row.predicate_span.start for row in known if side_of(row.actor, "") is not None}
    for statement in statements:
        token, side = _predicate(document, statement), side_told(statement)
        if token is None or token.idx in done or side is None:
            continue
        lemma, last = lemma_of(token), statement.content_spans[-1]
        if lemma is not None and last.end > token.idx + len(token):
            yield _row(token, lemma, side, Span(token.idx + len(token), last.end))


def _predicate(document: Document, statement: Statement) -> Token | None:
    """The cue before the words; or the participle that opens them: "issued a statement blaming ..."."""
    first = statement.content_spans[0]
    opening = document.doc.char_span(first.start, first.start + 1, alignment_mode="expand")
    if opening is not None and opening[0].tag_ == "VBG" and lemma_of(opening[0]) is not None:
        return opening[0]
    cue = statement.cue_span
    if cue is None or first.start < cue.start:
        return None
    words = document.doc.char_span(cue.start, cue.end, alignment_mode="expand")
    return words.root if words is not None else None


def _row(token: Token, lemma: str, party: Actor, content: Span) -> Proposition:
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
        point=(content,),
        clause=Span(word.start, content.end),
    )
