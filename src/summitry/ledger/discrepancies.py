"""What in a record does not go together, four kinds kept apart: sources, parties, a party and its own word, asserted.

The rules are published in ``docs/ledger.md``; each kind has a module: :mod:`~summitry.ledger.facts`,
:mod:`~summitry.ledger.opposed`, :mod:`~summitry.ledger.ownword`. What a report itself asserts is found in reading it.
"""

from __future__ import annotations

from collections.abc import Iterator

from summitry.ledger.facts import facts
from summitry.ledger.holdings import Holdings
from summitry.ledger.moves import settled
from summitry.ledger.opposed import parties
from summitry.ledger.ownword import own_word
from summitry.vocabulary import Discrepancy

__all__ = ["discrepancies"]


def discrepancies(holdings: Holdings) -> tuple[Discrepancy, ...]:
    """All discrepancies of a record as known on a day: by kind, each once, in order of time within a kind.

    Every row has a passage of each side as evidence, ``a`` first; one that a report asserts has its sentence last.
    """
    found: dict[tuple[object, ...], Discrepancy] = {}
    for one in _all(holdings):
        a, b = one.evidence[0], one.evidence[1]
        # One passage is not two sides, unless a report says so. What a position and a move tell with the same words
        # is told once.
        if one.kind == "asserted" or a.source != b.source or a.end <= b.start or b.end <= a.start:
            found.setdefault((one.kind, a.source, a.start, b.source, b.start), one)
    return tuple(found.values())


def _all(holdings: Holdings) -> Iterator[Discrepancy]:
    yield from facts(holdings)
    moves = settled(holdings)
    yield from parties(holdings, moves)
    yield from own_word(holdings, moves)
    yield from holdings.discrepancies
