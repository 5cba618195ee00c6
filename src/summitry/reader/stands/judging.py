"""Stands told by a judgement: "called the deal a disaster" opposes it, "hailed it as historic" supports it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from spacy.strings import get_string_id

from summitry.reader.events.sight import cued_at
from summitry.reader.mentions import MentionIndex
from summitry.reader.stands.draft import Draft
from summitry.reader.stands.lexicon import BAD, GOOD, JUDGED, PROCESS, PUT, TOO_LITTLE
from summitry.reader.stands.parties import side_told, subject_sides
from summitry.reader.stands.reach import clause_of, reach
from summitry.reader.stands.terms import Terms
from summitry.vocabulary import MoveKind, Stance, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LEMMAS: Final = np.array(
    [
        get_string_id(word)
        for word in "call describe label brand term denounce decry hail praise dismiss slam consider deem regard find "
        "view see".split()
    ],
    dtype=np.uint64,
)
_WEIGHT: Final = 0.7


def _cued(doc: Doc, statements: Sequence[Statement]) -> Iterator[Draft]:
    """What a statement's cue judges where the parser lost its object: "called the launches regrettable"."""
    for statement in statements:
        cue, side = statement.cue_span, side_told(statement)
        content = statement.content_spans[0]
        if cue is None or side is None or statement.cue not in _CUES or content.start < cue.start:
            continue
        told = doc.char_span(content.start, statement.content_spans[-1].end, alignment_mode="expand")
        verb = doc.char_span(cue.start, cue.end, alignment_mode="expand")
        if told is None or verb is None or verb.root.sent != told.root.sent:
            continue
        stance = _verdict(doc, told.start, told.end)
        matter = next((token for token in told if token.lemma_.lower() in PROCESS | JUDGED), None)
        if stance is None or matter is None or _verdict(doc, told.start, matter.i + 1) is not None:
            continue
        yield Draft(
            party=side,
            predicate=verb.root,
            stance=stance,
            move=None,
            clause=(verb.start, told.end),
            point=(told.start, matter.i + 1),
            terms=Terms(),
            addressees=(),
            rule=f"stands-judging-1 ({statement.cue})",
            weight=_WEIGHT - 0.05,
        )


_CUES: Final = frozenset({"call", "describe", "label", "brand", "term", "consider"})


def by_judgement(doc: Doc, mentions: MentionIndex, statements: Sequence[Statement]) -> Iterator[Draft]:
    """Drafts of what parties call good or bad, in text order."""
    for at in np.flatnonzero(np.isin(doc.to_array(["LEMMA"]), _LEMMAS)):
        token = doc[int(at)]
        if token.pos_ == "VERB" and token.tag_ != "VB":
            yield from _judged(token, mentions, statements)
    yield from _cued(doc, statements)


def _judged(token: Token, mentions: MentionIndex, statements: Sequence[Statement]) -> Iterator[Draft]:
    doc = token.doc
    end = reach(token, token.sent.end)
    matter = next((doc[i] for i in range(token.i + 1, end) if _is_matter(doc[i])), None)
    stance = _verdict(doc, token.i + 1, end)
    if matter is None or stance is None or any(child.dep_ == "neg" for child in token.children):
        return
    sides, subject = subject_sides(token, mentions)
    if not sides and (cued := cued_at(statements, token.idx)) is not None and (side := side_told(cued)) is not None:
        sides = (side,)
    point = (int(matter.left_edge.i), min(int(matter.i) + 1, end))
    move: MoveKind | None = None
    if matter.lemma_.lower() in PUT and {doc[i].lower_ for i in range(token.i + 1, end)} & TOO_LITTLE:
        stance, move = "reject", "refusal"
        point = (point[0], min(_whole(matter), end))
    for side in sides:
        yield Draft(
            party=side,
            predicate=token,
            stance=stance,
            move=move,
            clause=clause_of(token, subject, end),
            point=(max(point[0], token.i + 1), point[1]),
            terms=Terms(),
            addressees=(),
            rule=f"stands-judging-1 ({token.lemma_.lower()})",
            weight=_WEIGHT,
        )


def _whole(matter: Token) -> int:
    """Where what is judged ends, with whose it is: "the proposal from Lima"."""
    return max(
        (int(c.right_edge.i) + 1 for c in matter.children if c.lower_ in {"from", "by", "of"}), default=matter.i + 1
    )


def _is_matter(token: Token) -> bool:
    return token.pos_ in {"NOUN", "PROPN"} and token.lemma_.lower() in PROCESS | JUDGED


def _verdict(doc: Doc, start: int, stop: int) -> Stance | None:
    """Blame goes before praise ("a historic mistake"); "not" before the word turns it or takes it away."""
    words = [doc[at].lower_ for at in range(start, stop)]
    bad = next((at for at, word in enumerate(words) if word in BAD), None)
    good = next((at for at, word in enumerate(words) if word in GOOD), None)
    at = bad if bad is not None else good
    if at is None:
        return None
    before = words[max(0, at - 2) : at]
    denied = before[-1:] in (["not"], ["no"], ["never"]) or before in (["not", "a"], ["not", "an"], ["not", "so"])
    if at == bad:
        return None if denied else "oppose"
    return "oppose" if denied else "support"
