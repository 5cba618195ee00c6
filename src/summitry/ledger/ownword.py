"""A party against its own earlier word: a stand reversed, a promise taken back or broken, blame moved to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from summitry.ledger.apart import Kind, apart, date_of, days, later, names, parties_of
from summitry.ledger.governments import Governments
from summitry.ledger.holdings import Holdings
from summitry.ledger.moves import Settled
from summitry.ledger.opposed import failed_talks
from summitry.ledger.positions import CLASSES
from summitry.ledger.wording import LEAST_SHARED, Words, party_of, words_of
from summitry.vocabulary import UNKNOWN_DATE, Discrepancy, Event, Move, Position, Row

REVERSED_WITHIN: Final = timedelta(days=365)
"""How long a party's stand is set against its later one: an older word need not hold any more."""
BROKEN_WITHIN: Final = timedelta(days=730)
"""How long after a promise a deed against it is looked for."""
BLAMED_WITHIN: Final = timedelta(days=365)
"""How long a party's word on who is to blame for a failure stands."""
KEPT: Final = 6
"""Rows remembered for each party and word; bounded, so that the cost of a row does not grow with the record."""
_AGAINST: Final = frozenset({"MOBILIZE", "SANCTION", "COERCE", "ASSAULT"})
"""PLOVER types of deeds that break a promise not to do them."""


def own_word(holdings: Holdings, moves: Settled, rows: Sequence[Position]) -> Iterator[Discrepancy]:
    """All discrepancies of a party with itself: reversals, promises taken back or broken, blame moved to another.

    ``moves`` as settled, ``rows`` the positions with their history.
    """
    governments = Governments.of(holdings.cases)
    yield from _reversed(holdings, rows, governments)
    yield from _taken_back(holdings, moves, governments)
    yield from _broken(holdings, governments)
    yield from _blamed(holdings)


def _another(holdings: Holdings, governments: Governments, one: Position | Move, other: Row) -> bool:
    """Whether the later of two rows of a party is another government's, as far as their days are known."""
    party = party_of(one.party if isinstance(one, Position) else one.proposer)
    later_date = date_of(other) if isinstance(other, Move | Position | Event) else UNKNOWN_DATE
    first, second = days(holdings, date_of(one), one), days(holdings, later_date, other)
    return first is not None and second is not None and governments.changed(party, first[1], second[0])


def _reversed(holdings: Holdings, rows: Sequence[Position], governments: Governments) -> Iterator[Discrepancy]:
    """Its own stand (what reporters tell of an earlier one is not its word) reversed by one and the same government."""
    by_id = {one.id: one for one in rows}
    told: set[tuple[str, date | None]] = set()
    for row in rows:
        if row.change == "reverse" and row.previous is not None and CLASSES[row.attributed_by] == "own":
            # Two reports of one day tell one reversal.
            key = row.previous, holdings.day_of(row.held, row.evidence[0].source)
            if key in told:
                continue
            told.add(key)
            before = by_id[row.previous]
            when = days(holdings, before.held, before), days(holdings, row.held, row)
            if before.attributed_by != "self" or not later(*when, REVERSED_WITHIN):
                continue
            if not _another(holdings, governments, before, row):
                note = f"{_by(before)}: {before.stance} before, {_by(row, before)}{row.stance} now"
                yield apart(Kind("self", "stance"), before, row, note)


def _by(row: Position, before: Position | None = None) -> str:
    """Whose word it is, for a note: the party, and the person; of the later only where it is another person."""
    if before is None:
        return f"{names(row.party)} ({row.person.name})" if row.person is not None else names(row.party)
    other = row.person is not None and (before.person is None or before.person.name != row.person.name)
    return f"{names(row.person)}: " if other else ""


def _taken_back(holdings: Holdings, moves: Settled, governments: Governments) -> Iterator[Discrepancy]:
    """What a party offered or promised, against its own first refusal of it."""
    for move in moves[0]:
        own = (one for one in moves[1].get(move.id, ()) if isinstance(one, Move) and one.kind == "refusal")
        refusal = next((one for one in own if party_of(one.proposer) == party_of(move.proposer)), None)
        if refusal is None or move.kind not in ("offer", "promise"):
            continue
        if not _another(holdings, governments, move, refusal):
            note = f"{names(move.proposer)} refuses what it had {'offered' if move.kind == 'offer' else 'promised'}"
            yield apart(Kind("self", "promise"), move, refusal, note)


def _broken(holdings: Holdings, governments: Governments) -> Iterator[Discrepancy]:
    """What a party promised not to do, against the first time that it did it."""
    promised: defaultdict[tuple[str, str], list[tuple[Move, Words]]] = defaultdict(list)
    for move in holdings.moves:
        words = words_of(move.give) if move.give else None
        party = party_of(move.proposer)
        if move.kind in ("promise", "concession") and words is not None and words.less and party is not None:
            for key in words.thing:
                promised[party, key].append((move, words))
    done: set[str] = set()
    for event in holdings.events:
        if event.type not in _AGAINST or event.modality != "happened" or event.date.start is None:
            continue
        words = words_of(event.summary)
        for party in parties_of(event.actors):
            found = {move.id: (move, own) for key in words.keys for move, own in promised[party, key][-KEPT:]}
            for move, own in sorted(found.values(), key=lambda pair: pair[0].id):
                when = days(holdings, move.date, move)
                after = later(when, days(holdings, event.date, event), BROKEN_WITHIN)
                if move.id in done or not after or not _breaks(words, own):
                    continue
                if not _another(holdings, governments, move, event):
                    done.add(move.id)
                    note = f"{names(move.proposer)} promised less of it, then did it"
                    yield apart(Kind("self", "promise"), move, event, note)


def _breaks(deed: Words, promise: Words) -> bool:
    """Whether a deed is of the thing that was promised less of: its own words, the turning word left out."""
    thing = promise.thing
    common = thing & set(deed.keys)
    return not deed.less and len(common) >= 2 and len(common) >= LEAST_SHARED * len(thing)


def _blamed(holdings: Holdings) -> Iterator[Discrepancy]:
    """One party that blames first one, then another, for talks that failed."""
    blamed: defaultdict[str, dict[str, tuple[date, Event]]] = defaultdict(dict)
    told: set[tuple[str, str, str]] = set()
    for event in holdings.events:
        actors, recipients = parties_of(event.actors), parties_of(event.recipients)
        if len(actors) != 1 or len(recipients) != 1 or event.modality != "happened" or not failed_talks(event):
            continue
        accuser, accused = actors[0], recipients[0]
        when = days(holdings, event.date, event)
        for other, (_, before) in sorted(blamed[accuser].items()):
            key = accuser, other, accused
            changed = later(days(holdings, before.date, before), when, BLAMED_WITHIN)
            if other != accused and changed and key not in told:
                told.add(key)
                note = (
                    f"{names(event.actors[0])} blames {names(before.recipients[0])}, then {names(event.recipients[0])}"
                )
                yield apart(Kind("self", "blame"), before, event, note)
        if when is not None and accuser != accused:
            blamed[accuser][accused] = (when[0], event)
