"""One row for what a report tells several times: the passages of each telling are its evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from summitry.vocabulary import Evidence, Move, Position

_WORD: Final = re.compile(r"[a-z]{3,}")
_STEM: Final = 5
"""Letters by which words are compared: "lifting" and "lift", "denuclearise" and "denuclearization"."""
_ALIKE: Final = 0.6
"""Share of the longer telling's words that the shorter one has too, from which both tell the same thing."""
_FEW: Final = 2
"""Words that must be shared: one word alone ("talks") is a topic and no telling."""
_EMPTY: Final = frozenset(
    "the and for its with that this their his has have will would not any all from about into".split()
)

R = TypeVar("R", Move, Position)


def moves_once(rows: Sequence[Move]) -> tuple[Move, ...]:
    """Moves of one kind by one party with the same words, terms and deadline as one row."""
    return _once(
        rows,
        lambda row: (row.proposer.code, row.kind, row.condition, row.sequence, row.deadline),
        lambda row: " ".join(filter(None, (row.give, row.get))),
    )


def positions_once(rows: Sequence[Position]) -> tuple[Position, ...]:
    """Positions of one party, by the same word, on the same issue and with the same words, as one row."""
    return _once(
        rows,
        lambda row: (row.party.code, row.stance, row.attributed_by, row.condition, row.pole),
        lambda row: row.summary,
    )


def _once(rows: Sequence[R], key: Callable[[R], Hashable], words: Callable[[R], str]) -> tuple[R, ...]:
    kept: dict[str, R] = {}
    seen: dict[Hashable, list[tuple[str, frozenset[str]]]] = {}
    for row in rows:
        said = frozenset(word[:_STEM] for word in _WORD.findall(words(row).lower()) if word not in _EMPTY)
        tellings = seen.setdefault(key(row), [])
        first = next((name for name, other in tellings if name == row.id or _alike(said, other)), None)
        if first is None:
            kept[row.id] = row
            tellings.append((row.id, said))
        elif first != row.id:
            kept[first] = _joined(kept[first], row)
    return tuple(kept.values())


def _joined(row: R, other: R) -> R:
    """A row with the passages of another telling behind its own."""
    more: tuple[Evidence, ...] = tuple(each for each in other.evidence if each not in row.evidence)
    return replace(row, evidence=(*row.evidence, *more), confidence=max(row.confidence, other.confidence))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    return one == other or (shared >= _FEW and shared >= _ALIKE * max(len(one), len(other)))
