"""Which token is taken by which known party: the gazetteer's hits laid over the scene."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.reader.mentions.gazetteer import Gazetteer, Hit
from summitry.reader.mentions.scene import Scene


@dataclass(frozen=True, slots=True)
class TokenHit:
    """A hit with its tokens, both included. ``head`` is the last one."""

    first: int
    last: int
    hit: Hit

    @property
    def state(self) -> str | None:
        """The state it is or belongs to; None for organisations of no state."""
        entry = self.hit.entry
        return entry.code if entry.kind == "state" else entry.parent


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """Hits in text order, and for each token the index of the hit that ends in it or runs through it (-1: none)."""

    hits: tuple[TokenHit, ...]
    at: tuple[int, ...]

    def hit(self, token: int) -> TokenHit | None:
        """The hit a token belongs to."""
        index = self.at[token]
        return None if index < 0 else self.hits[index]


def cover(scene: Scene, gazetteer: Gazetteer) -> Cover:
    """Find the known parties and lay them over the tokens."""
    at = [-1] * len(scene)
    hits: list[TokenHit] = []
    for hit in gazetteer.find(scene.plain):
        first, last = scene.token_at(hit.start), scene.token_at(hit.end - 1)
        for token in range(first, last + 1):
            at[token] = len(hits)
        hits.append(TokenHit(first, last, hit))
    return Cover(tuple(hits), tuple(at))
