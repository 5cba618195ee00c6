"""All kinds of rows with their fields."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from summitry.errors import UsageError
from summitry.record.tabular.done import MEETINGS, STATUS, TIMELINE, TONE
from summitry.record.tabular.field import Kind
from summitry.record.tabular.pledged import COMMITMENTS, DISCREPANCIES, PREDICTIONS
from summitry.record.tabular.said import SOURCES, STATEMENTS
from summitry.record.tabular.wanted import DEADLOCKS, MOVES, POSITIONS

KINDS: Final = MappingProxyType(
    {
        one.kind: one
        for one in (
            SOURCES,
            STATEMENTS,
            TIMELINE,
            MEETINGS,
            MOVES,
            POSITIONS,
            COMMITMENTS,
            PREDICTIONS,
            DISCREPANCIES,
            DEADLOCKS,
            STATUS,
            TONE,
        )
    }
)
"""The kinds by name, in the order in which a codebook tells them."""


def kind_of(name: str) -> Kind:
    """The kind of rows of a name.

    Raises:
        UsageError: there is no such kind.
    """
    found = next((kind for kind in KINDS if kind == name), None)
    if found is None:
        raise UsageError(f"kind of rows is {name!r}; allowed: {', '.join(KINDS)}")
    return found
