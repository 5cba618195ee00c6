"""What a proposition is: an actor, what it does by saying so, and about what, each with its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from summitry.vocabulary import Actor, Span

Role = Literal["subject", "joint", "behalf", "supporter", "opponent"]
"""How an actor has part in a predicate: its subject, beside the subject ("A, with B"), who the subject speaks for
("on behalf of"), and who is said to support or oppose it ("A, opposed by B, proposed ...")."""

Act = Literal[
    "say", "demand", "propose", "offer", "support", "oppose", "reject", "accept", "refuse", "promise", "threaten",
    "want", "withdraw",
]  # fmt: skip
"""What is done by the predicate; "say" where the words alone tell."""


@dataclass(frozen=True, slots=True)
class Proposition:
    """One (actor, predicate, point).

    ``predicate`` is the verb or noun as written, in lower case, with "not" before it where the sentence denies it or
    the actor is an opponent of it. ``point`` are the stretches of text it is about, in code points, half-open: a part
    that stands away from the rest ("On the first item, ...") is a stretch of its own, last. ``clause`` holds the
    predicate and its point. ``modal`` is the modal verb beside the predicate, in lower case. ``nested`` tells that it
    stands inside what somebody else says.
    """

    actor: Actor
    role: Role
    actor_span: Span
    predicate: str
    predicate_span: Span
    lemma: str
    act: Act
    negated: bool
    modal: str | None
    point: tuple[Span, ...]
    clause: Span
    nested: bool = False
