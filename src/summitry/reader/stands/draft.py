"""A stand before it is a row: whose, which, in which words, on what terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.reader.stands.terms import Range, Terms
from summitry.vocabulary import Actor, MoveKind, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Draft:
    """One stand of one party.

    ``clause`` and ``point`` are token ranges; the point is what is demanded, offered or refused, its terms aside.
    ``weight`` is how sure the rule is, 0-1.
    """

    party: Actor
    predicate: Token
    stance: Stance | None
    move: MoveKind | None
    clause: Range
    point: Range
    terms: Terms
    addressees: tuple[Actor, ...]
    rule: str
    weight: float
