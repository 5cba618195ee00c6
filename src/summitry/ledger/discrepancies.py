"""What in a record does not go together, four kinds kept apart: sources, parties, a party and its own word, asserted.

The rules are published in ``docs/ledger.md``; each kind has a module: :mod:`~summitry.ledger.facts`,
:mod:`~summitry.ledger.opposed`, :mod:`~summitry.ledger.ownword`. What a report itself asserts is found in reading it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summitry.ledger.facts import facts
from summitry.ledger.holdings import Holdings
from summitry.ledger.moves import Settled, settled
from summitry.ledger.opposed import parties
from summitry.ledger.ownword import own_word
from summitry.ledger.positions import history
from summitry.vocabulary import Discrepancy, Position

__all__ = ["discrepancies"]


def discrepancies(
    holdings: Holdings, moves: Settled | None = None, rows: Sequence[Position] | None = None
) -> tuple[Discrepancy, ...]:
    """All discrepancies of a record as known on a day: by kind, each once, in order of time within a kind.

    Every row has a passage of each side as evidence, ``a`` first; one that a report asserts has its sentence last.
    ``moves`` as settled and ``rows``, the positions with their history, are worked out where they are not given.
    """
    found: dict[tuple[object, ...], Discrepancy] = {}
    moves = settled(holdings) if moves is None else moves
    rows = history(holdings) if rows is None else rows
    for one in _all(holdings, moves, rows):
        a, b = one.evidence[0], one.evidence[1]
        # One passage is not two sides, unless a report says so. What a position and a move tell with the same words
        # is told once.
        if one.kind == "asserted" or a.source != b.source or a.end <= b.start or b.end <= a.start:
            found.setdefault((one.kind, a.source, a.start, b.source, b.start), one)
    return tuple(found.values())


def _all(holdings: Holdings, moves: Settled, rows: Sequence[Position]) -> Iterator[Discrepancy]:
    yield from facts(holdings)
    yield from parties(holdings, moves)
    yield from own_word(holdings, moves, rows)
    yield from holdings.discrepancies
