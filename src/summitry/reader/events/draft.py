"""One mention of an act on its way to an event: what the parse, the mentions and the times said of it so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from summitry.vocabulary import Actor, DateInterval, KnownEvent, Modality, Statement


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A mention of an act.

    ``words`` is the span (code points) of the clause or sentence that tells it; ``known`` the dated fact it names;
    ``said_in`` the statement whose content holds it; ``weight`` how sure the finding is, 0-1.
    """

    trigger: Token
    noun: bool
    type: str
    mode: str | None
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    modality: Modality
    date: DateInterval
    place: str | None
    words: tuple[int, int]
    known: KnownEvent | None
    said_in: Statement | None
    weight: float
    coder: str
