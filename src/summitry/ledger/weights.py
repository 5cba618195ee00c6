"""What a row weighs in a brief: by whose it is, to whom, on what, and how much its words tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from summitry.ledger.clauses import is_clause
from summitry.ledger.sides import side
from summitry.ledger.state_cues import YEAR
from summitry.ledger.wording import words_of
from summitry.vocabulary import Move, Position

if TYPE_CHECKING:
    from summitry.ledger.findings import Findings
    from summitry.vocabulary import DateInterval

SURE: Final = 0.5
"""Rows below this confidence are more often wrong than right, and stay out of the brief."""

FULL_WORDS: Final = 30
"""Characters of quoted words below which a sentence tells little: "cooperation", "the summit"."""


def weight_of(found: Findings, parties: Sequence[str]) -> float:
    """What a row of these parties weighs: those of the talks most, others of the case less, the rest little."""
    if any(party in found.main for party in parties):
        return 1.0
    return 0.6 if any(party in found.parties for party in parties) else 0.25


def long_past(words: str, when: DateInterval, reported: date | None) -> bool:
    """Whether a row of unknown date tells, by a year in its words, of a time before the year of its report."""
    if when.start is not None or when.end is not None or reported is None:
        return False
    return any(int(year) < reported.year for year in YEAR.findall(words))


def corroborated(reports: int) -> float:
    """What a row of several independent reports weighs over one of a single report: at most twice as much."""
    return 1.0 + 0.2 * min(reports - 1, 5)


def told_much(words: str | None) -> float:
    """How much words tell, 0-1, by their length."""
    return min(1.0, len(words or "") / FULL_WORDS)


def aimed(found: Findings, move: Move) -> float:
    """How much a move is one of these talks: by whom it is addressed to, and whether it is on an issue of the case."""
    to = side(move.addressee) if move.addressee is not None else None
    aim = 1.0 if to in found.parties else 0.85 if to is None else 0.5
    return aim * (1.0 if not found.titles or move.issue in found.titles else 0.75)


PLAIN: Final = 0.5
"""What a row weighs whose words make no clause: it reads as a passage behind a colon."""


def well_put(row: Move | Position) -> float:
    """How well a row reads, 0-1: by whether its words make a clause."""
    return 1.0 if is_clause(row) else PLAIN


def row_day(found: Findings, row: Move | Position) -> date | None:
    """The first day of a row, its own or that of its report."""
    when = row.date if isinstance(row, Move) else row.held
    return found.holdings.day_of(when, row.evidence[0].source)


def alike(moves: Sequence[Move]) -> Iterator[list[Move]]:
    """Moves of one party and kind in nearly the same words, the surest first."""
    groups: defaultdict[tuple[str, str, tuple[str, ...]], list[Move]] = defaultdict(list)
    for move in moves:
        words = words_of(move.get or move.give or move.evidence[0].exact)
        groups[side(move.proposer), move.kind, tuple(sorted(words.keys[:3]))].append(move)
    for group in groups.values():
        # The same said again months later is news again.
        yield sorted(group, key=lambda move: (-move.confidence, move.id))
