"""An obligation before it is a row: who is bound to what, by which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from summitry.vocabulary import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

Range = tuple[int, int]
"""Tokens, half-open."""
Kind = Literal["agreement", "pledge", "instrument"]
"""Bound by agreeing with others, by one's own word, or by what an instrument says."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing that is to be done, as one clause tells it.

    ``obligors`` are each bound; empty: all who are party to ``source``, the noun of an instrument in the text. ``deed``
    is the word of what is to be done, ``words`` all of it; ``lead`` is what stands before it and tells who is bound,
    from the subject to the word that binds. ``alone``: no other deed hangs on the same lead.
    """

    kind: Kind
    cue: Token
    deed: Token
    words: Range
    lead: Range
    obligors: tuple[Actor, ...]
    others: tuple[Actor, ...]
    rule: str
    weight: float
    source: Token | None = None
    alone: bool = True
