"""Stands told as weighed: "is reconsidering whether to continue the talks", "hinted at leaving the deal"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from spacy.strings import get_string_id

from summitry.reader.events.sight import content_at, cued_at
from summitry.reader.mentions import MentionIndex
from summitry.reader.stands.draft import Draft
from summitry.reader.stands.harm import harms
from summitry.reader.stands.lexicon import OF_PACTS, PROCESS
from summitry.reader.stands.mood import How, Who, denied, drafts, supposed
from summitry.reader.stands.parties import controller_of, side_told, sides_of, speaks_for, subject_sides
from summitry.vocabulary import Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WEIGHING: Final = frozenset("consider weigh mull contemplate ponder".split())
_DOUBTING: Final = frozenset("reconsider rethink reassess reevaluate".split())
_HINTING: Final = frozenset("hint suggest signal".split())
_LEMMAS: Final = np.array([get_string_id(word) for word in sorted(_WEIGHING | _DOUBTING | _HINTING)], dtype=np.uint64)
_OPEN: Final = frozenset({"may", "might", "could"})
_KEEPING: Final = frozenset("continue keep maintain stay remain honor honour abide uphold".split())
_WEIGHT: Final = 0.65


def by_weighing(doc: Doc, mentions: MentionIndex, statements: Sequence[Statement]) -> Iterator[Draft]:
    """Drafts of steps against the talks that parties say they weigh, in text order."""
    table = np.asarray(doc.to_array(["LEMMA", "POS"]), dtype=np.uint64).reshape(-1, 2)
    verb = table[:, 1] == get_string_id("VERB")
    for at in np.flatnonzero(verb):
        token = doc[int(at)]
        if table[at, 0] in _LEMMAS:
            how = _weighed(token)
            if how is not None and not denied(token) and not supposed(token):
                yield from drafts(token, _who(token, mentions, statements), how, _rule(token), _WEIGHT)
        elif any(c.lower_ in _OPEN and c.tag_ == "MD" for c in token.children) and harms(token):
            yield from _may(token, mentions, statements)


def _rule(token: Token) -> str:
    return f"stands-weighing-1 ({token.lemma_.lower()})"


def _who(token: Token, mentions: MentionIndex, statements: Sequence[Statement]) -> Who:
    """Who weighs: the subject, else whoever controls the verb or is known to have said it."""
    sides, subject = subject_sides(token, mentions)
    if not sides:
        subject = controller_of(token) or token
        mention = mentions.of_head(subject)
        sides = sides_of(mention) if mention is not None else ()
    cued = cued_at(statements, token.idx)
    if not sides and cued is not None and (side := side_told(cued)) is not None:
        sides, subject = (side,), token
    return Who(sides, subject)


def _weighed(token: Token) -> How | None:
    """The stance in weighing a step that harms, or whether to go on with what is under way."""
    lemma = token.lemma_.lower()
    deeds = [c for c in token.children if c.dep_ in {"xcomp", "ccomp", "advcl"} and c.i > token.i]
    if lemma in _DOUBTING:
        keeps = any(deed.lemma_.lower() in _KEEPING for deed in deeds)
        things = [c for c in token.children if c.dep_ == "dobj" and c.lemma_.lower() in PROCESS | OF_PACTS]
        return ("oppose", "threat") if keeps or (things and _lasting(token)) else None
    if lemma in _HINTING:
        deeds += [g for c in token.children if c.lower_ == "at" for g in c.subtree if g.tag_ == "VBG"]
    if any(harms(deed) and _of_pact(deed) for deed in deeds):
        return ("oppose", "threat")
    return None


def _lasting(token: Token) -> bool:
    return token.tag_ in {"VBG", "VBD", "VBZ", "VBP"}


def _of_pact(deed: Token) -> bool:
    return any(each.lemma_.lower() in OF_PACTS | PROCESS for each in deed.subtree)


def _may(token: Token, mentions: MentionIndex, statements: Sequence[Statement]) -> Iterator[Draft]:
    """ "may end its moratorium", said of oneself."""
    holder = content_at(statements, token.idx)
    sides, subject = subject_sides(token, mentions)
    if holder is None or not sides or denied(token) or not all(speaks_for(holder, side) for side in sides):
        return
    if token.sent.text.rstrip().endswith("?") or any(c.lower_ in {"if", "whether"} for c in token.children):
        return
    yield from drafts(token, Who(sides, subject), (None, "threat"), f"stands-weighing-1 (may {token.lemma_})", 0.55)
