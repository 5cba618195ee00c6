"""Finding a reviewed row again after its report was read anew: by its words and by what it said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from summitry.review.fields import key_of
from summitry.review.types import Anchor, Kind, Plain

LEAST: Final = 0.5
"""Shared code points over all of both passages. Kinds whose key tells nothing (a statement's speaker may be just what
was mended) must stand on half the same words; where a kind's key agrees, any overlap may do, as readers cut anew."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row on words that overlap the reviewed row's: its id, its passages there, its fields as JSON."""

    row: str
    spans: tuple[tuple[int, int], ...]
    said: Plain


def overlap(span: tuple[int, int], other: tuple[int, int]) -> float:
    """Shared code points over all of both spans, 0-1."""
    shared = min(span[1], other[1]) - max(span[0], other[0])
    return shared / (max(span[1], other[1]) - min(span[0], other[0])) if shared > 0 else 0.0


def find_again(kind: Kind, anchor: Anchor, set_to: Plain, candidates: Sequence[Candidate]) -> str | None:
    """The id of the row that is the reviewed one read anew; None where there is none, or two are equally near.

    It stands on overlapping words and has the same key, as it was or as the review set it (a newer reader may now say
    what the reviewer said). Of several the one with most words in common, then the one that says most of what it said.
    Rows that stood beside it when it was reviewed are others.
    """
    span = (anchor.start, anchor.end)
    keys = {key_of(kind, anchor.was), key_of(kind, {**anchor.was, **set_to})}
    least = 0.0 if any(keys) and () not in keys else LEAST
    found = []
    for one in candidates:
        if one.row in anchor.beside or key_of(kind, one.said) not in keys:
            continue
        near = max((overlap(span, each) for each in one.spans), default=0.0)
        if near > 0 and near >= least:
            alike = sum(one.said.get(name) == value for name, value in anchor.was.items())
            found.append((near, alike, one.row))
    found.sort(reverse=True)
    if not found or (len(found) > 1 and found[0][:2] == found[1][:2]):
        return None
    return found[0][2]
