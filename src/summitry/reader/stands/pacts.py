"""Stands told by a pact: who struck or signed one accepts what it says, "struck a deal to free the prisoners"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np
from spacy.strings import get_string_id

from summitry.reader.mentions import MentionIndex
from summitry.reader.stands.deeds import past
from summitry.reader.stands.draft import Draft
from summitry.reader.stands.harm import harms
from summitry.reader.stands.lexicon import PACTS, YIELDS
from summitry.reader.stands.parties import givers_of, subject_sides
from summitry.reader.stands.reach import clause_of, doubted, reach
from summitry.reader.stands.terms import terms_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LEMMAS: Final = np.array(
    [get_string_id(word) for word in "sign reach strike clinch conclude seal ink".split()], dtype=np.uint64
)
_WEIGHT: Final = 0.6


def by_pacts(doc: Doc, mentions: MentionIndex) -> Iterator[Draft]:
    """Drafts of pacts that parties made, told as past and with what they do by them, in text order."""
    for at in np.flatnonzero(np.isin(doc.to_array(["LEMMA"]), _LEMMAS)):
        token = doc[int(at)]
        if token.pos_ != "VERB" or not past(token) or doubted(token):
            continue
        pact = next((c for c in token.children if c.dep_ == "dobj" and c.lemma_.lower() in PACTS), None)
        if pact is None or any(c.lower_ == "no" for c in pact.children):
            continue
        deed = next((c for c in (*pact.children, *token.children) if _does(c) and c.i > pact.i), None)
        if deed is None and token.lemma_.lower() != "sign":
            continue
        sides, subject = subject_sides(token, mentions)
        end = max(reach(token, token.sent.end), int(deed.right_edge.i) + 1 if deed is not None else 0)
        yields = deed is not None and deed.lemma_.lower() in YIELDS and not harms(deed)
        terms = terms_of(doc, token.i + 1, end)
        start = int(deed.left_edge.i) if deed is not None else int(pact.left_edge.i)
        stop = min(end, terms.marked) if terms.marked is not None and terms.marked > start else end
        givers = givers_of(deed, sides, mentions) if deed is not None else sides
        for side in sides:
            yield Draft(
                party=side,
                predicate=token,
                stance="accept",
                move="concession" if yields and side in givers else None,
                clause=clause_of(token, subject, end),
                point=(start, stop),
                terms=terms,
                addressees=(),
                rule=f"stands-pact-1 ({token.lemma_.lower()})",
                weight=_WEIGHT,
            )


def _does(token: Token) -> bool:
    """Whether a word is what is to be done by a pact: "a deal to free the prisoners"."""
    return token.dep_ in {"acl", "xcomp", "advcl"} and token.tag_ == "VB"
