"""Of whom something is demanded, to whom it is offered; what is asked of one's own people is no move at the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from summitry.reader.mentions import MentionIndex
from summitry.reader.stands.parties import parties_within
from summitry.reader.stands.terms import Range
from summitry.vocabulary import Actor, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_ADDRESSED: Final = 5
"""Words of a demand in which whoever it is made of is named: "urged the North to ...", "a call on Iran's leaders"."""
_HOME: Final = frozenset(
    "lawmaker lawmakers parliament legislature legislator senate senator congress voter voters citizen citizens "
    "electorate cabinet opposition compatriot compatriots countryman countrymen".split()
)
_ELECTED: Final = frozenset({"election", "re", "reelection", "re-election", "reform", "vote", "votes", "nationwide"})


def at_home(token: Token, point: Range, addressees: tuple[Actor, ...]) -> bool:
    """Whether a demand is made of one's own people: "urged lawmakers to approve the pact", "seeks re-election"."""
    doc, near = token.doc, range(point[0], min(point[0] + _ADDRESSED, point[1]))
    for i in near:
        word = doc[i]
        if word.lower_ in _HOME and (word.dep_ == "dobj" or word.head.i == token.i or word.head.head.i == token.i):
            # "the Omani parliament" is another's
            return not any(c.dep_ in {"poss", "amod"} and c.pos_ in {"PROPN", "ADJ"} for c in word.children)
    for i in near:
        if doc[i].lemma_.lower() in _OWN and any(c.tag_ == "PRP$" and c.lower_ != "their" for c in doc[i].children):
            return True
    first = next((doc[i] for i in near if doc[i].dep_ in {"dobj", "pobj"}), None)
    law = first is not None and first.lemma_.lower() in _LAWS
    return not addressees and (law or doc[point[0]].lower_ in _ELECTED)


_OWN: Final = frozenset("government cabinet negotiator people aide military team administration minister army".split())
_LAWS: Final = frozenset({"legislation", "bill", "law", "vote", "election", "re-election", "reelection"})


def addressees_of(
    token: Token, stance: Stance | None, point: Range, side: Actor, mentions: MentionIndex
) -> tuple[Actor, ...]:
    """Of whom it is demanded, to whom offered, whose proposal is refused: where one other party is named for it."""
    doc = token.doc
    others = [a for a in parties_within(doc, *point, mentions) if a.code != side.code]
    if stance == "demand":
        near = (point[0], min(point[0] + _ADDRESSED, point[1]))
        first = parties_within(doc, *near, mentions)[:1]
        owned = any(doc[i].dep_ == "poss" and doc[i].tag_ == "PRP$" for i in range(*near))
        # "wants assurances of its survival": one's own is not whom one asks.
        return tuple(one for one in first if not owned or one.code != side.code)
    return tuple(others[:1]) if len(others) == 1 else ()
