"""Verbs of saying inside another's words, by the parse alone: 'she said the ministry had announced that ...'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from summitry.reader.statements.attribution import Attribution
from summitry.vocabulary import QuoteType, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from summitry.reader.document import Document

NESTED: Final = "verb of saying inside"
_SAYING: Final = frozenset("say tell announce claim argue warn declare insist promise vow pledge assert admit".split())
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})
# No one in particular, or whoever is quoted: "people say", "I told you".
_NOBODY: Final = frozenset("i we you one people who which that this it there they someone nobody everyone".split())
_UNSAID: Final = frozenset("would could might may should must can will if unless whether until".split())
_SURE: Final = 0.5
"""Confidence: what is marked of these in training texts is a matter of taste, so the models are no guide."""


def find_nested(document: Document, found: Sequence[Attribution]) -> list[Attribution]:
    """What others are said to have said inside the contents of ``found`` and the models passed over: a named subject,
    a verb of saying in the indicative and its clause behind it."""
    doc = document.doc
    heads = {attribution.head for attribution in found}
    out: list[Attribution] = []
    seen: set[int] = set()
    for attribution in found:
        for span in attribution.content_spans:
            tokens = doc.char_span(span.start, span.end, alignment_mode="contract")
            for verb in tokens or ():
                if verb.i in heads or verb.i in seen or verb.lemma_.lower() not in _SAYING:
                    continue
                made = _made(doc, verb, span)
                if made is not None:
                    seen.add(verb.i)
                    out.append(made)
    return out


def _made(doc: Doc, verb: Token, around: Span) -> Attribution | None:
    if any(c.dep_ == "neg" or (c.dep_ in ("aux", "mark") and c.lower_ in _UNSAID) for c in verb.children):
        return None
    if verb.tag_ not in _FINITE and not (verb.tag_ == "VBN" and any(c.lemma_ == "have" for c in verb.children)):
        return None
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
    if subject is None or clause is None or subject.lower_ in _NOBODY:
        return None
    if not any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in clause.children):
        return None
    source = doc[subject.left_edge.i : subject.right_edge.i + 1]
    words = doc[clause.left_edge.i : clause.right_edge.i + 1]
    if words.start <= verb.i or source.start_char < around.start or words.end_char > around.end:
        return None
    kind: QuoteType = "mixed" if any(token.text in ('"', "“") for token in words) else "indirect"
    return Attribution(
        Span(source.start_char, source.end_char),
        Span(verb.idx, verb.idx + len(verb)),
        (Span(words.start_char, words.end_char),),
        kind,
        verb.lemma_.lower(),
        "utterance",
        NESTED,
        _SURE,
        verb.i,
    )
