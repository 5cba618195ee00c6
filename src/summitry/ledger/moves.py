"""Answers to moves: which earlier move a refusal, an acceptance or a counter-offer answers, and what became of each.

An answer is a later move, position or event of the party that was asked. It answers the latest earlier move of another
party that is addressed to it (or to nobody named) and is about the same matter, or that its own words point back to
("the proposal", "Washington's demand"). Within one report the order of the text stands for the order of time.

The statuses and the rules are published in ``docs/ledger.md``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from summitry.ledger.apart import parties_of
from summitry.ledger.holdings import Holdings
from summitry.ledger.replies import (
    ANSWERED_WITHIN,
    BLOWS,
    DEEDS,
    KEEPING,
    MoveStatus,
    Side,
    done_by,
    for_the_last_time,
    granted,
    in_time,
    matches,
    matter_of,
    points_at,
    same,
    surely_before,
)
from summitry.ledger.wording import party_of
from summitry.vocabulary import Actor, AttributedBy, DateInterval, Event, Move, MoveKind, Position, Row, Stance

REMEMBERED: Final = 8
"""Moves remembered for each word and addressee; bounded, so that the cost of a move does not grow with the record."""

_BY_MOVE: Final[dict[MoveKind, MoveStatus]] = {
    "refusal": "refused",
    "precondition": "conditionally answered",
    "offer": "conditionally answered",
    "concession": "accepted",
    "promise": "accepted",
}
"""What a move does to the move that it answers. Demands and threats answer nothing."""
_BY_STANCE: Final[dict[Stance, MoveStatus]] = {"accept": "accepted", "reject": "refused"}
_ASKING: Final[frozenset[MoveKind]] = frozenset({"demand", "precondition", "offer", "promise"})
"""Moves that an answer may answer; a threat is carried out or not, a concession is made."""
_TOLD_AGAIN: Final = re.compile(
    r"(?:\b(?:its|his|her|their)|['’]s?|\b(?:the|a|an|this|that|earlier|previous))\s+(?:[\w-]+\s+){0,2}"
    r"(?:promise|pledge|commitment|vow|decision|willingness|readiness|eagerness|assurance)s?\s+"
    r"(?:from|of|to|that|by|not)\b",
    re.IGNORECASE,
)
"""Promises named by a noun ("Belmark's pledge to"): told again, made nobody knows when, they answer nothing."""
_MIND: Final = re.compile(
    r"\b(?:no (?:\w+ )?(?:intentions?|interest|desire|plans?|appetite)|unwilling\w*|reluctan\w+|"
    r"not (?:\w+ )?(?:willing|interested|ready|prepared))\b",
    re.IGNORECASE,
)
"""What a reporter says that somebody wants is not that party's refusal; "refused" tells one."""

Settled = tuple[tuple[Move, ...], Mapping[str, tuple[Row, ...]]]


def settled(holdings: Holdings) -> Settled:
    """What :func:`answered` and :func:`answers_of` give, worked out once for both."""
    book = _Book(holdings)
    today = holdings.today
    moves = tuple(
        replace(one, status=book.status(one, today), responds_to=book.responds_to.get(one.id)) for one in holdings.moves
    )
    return moves, {move: tuple(row for row, _ in rows) for move, rows in book.answers.items() if rows}


def answered(holdings: Holdings) -> tuple[Move, ...]:
    """All moves as the holdings order them, with ``status`` (one of :data:`STATUSES`) and ``responds_to``.

    Ids and evidence are the row's own; the passages of an answer are found by :func:`answers_of`.
    """
    return settled(holdings)[0]


def answers_of(holdings: Holdings) -> Mapping[str, tuple[Row, ...]]:
    """The rows (moves, positions, events) that answer, keep or carry out a move, by its id, in order of time."""
    return settled(holdings)[1]


def _start_of(side: Side) -> int:
    return side.start


class _Book:
    """Who answers what, worked out once for holdings."""

    def __init__(self, holdings: Holdings) -> None:
        self.responds_to: dict[str, str] = {}
        self.answers: defaultdict[str, list[tuple[Row, MoveStatus]]] = defaultdict(list)
        self._holdings = holdings
        self._principals = frozenset(code for case in holdings.cases for code in case.principals)
        self._word = {
            (one.evidence[0].source, one.evidence[0].start, party_of(one.party)): one.attributed_by
            for one in holdings.positions
        }
        self._index: defaultdict[tuple[str | None, ...], list[Side]] = defaultdict(list)
        self._in_report: defaultdict[str, list[Side]] = defaultdict(list)
        rows = [side for one in self._rows() if (side := self._side(one)) is not None]
        for side in sorted(rows, key=lambda one: one.start):
            if isinstance(side.row, Move) and side.row.kind in _ASKING:
                self._in_report[side.source].append(side)
        for side in sorted(rows, key=in_time):
            self._take(side)

    def status(self, move: Move, today: date | None) -> MoveStatus:
        """The status of a move by the last that became of it; deeds count over words."""
        found = [status for _, status in self.answers.get(move.id, ())]
        deeds = [one for one in found if one in ("kept", "carried out")]
        if found:
            return (deeds or found)[-1]
        due = move.deadline.end if move.deadline is not None and move.kind in _ASKING else None
        return "lapsed" if due is not None and today is not None and due < today else "open"

    def _rows(self) -> Iterator[Move | Position | Event]:
        yield from self._holdings.moves
        # A position that is a move too is told once, by the move.
        told = {(one.evidence[0].source, one.evidence[0].start, party_of(one.proposer)) for one in self._holdings.moves}
        for position in self._holdings.positions:
            where = position.evidence[0]
            if position.stance in _BY_STANCE and (where.source, where.start, party_of(position.party)) not in told:
                yield position
        for event in self._holdings.events:
            if event.modality == "happened" and event.type in DEEDS | BLOWS | {"CONSULT", "REJECT"}:
                where = event.evidence[0]
                parties = {(where.source, where.start, party_of(one)) for one in event.actors}
                if event.type != "REJECT" or not parties & told:
                    yield event

    def _side(self, row: Move | Position | Event) -> Side | None:
        actor: Actor | None
        other: Actor | None
        give: str | None
        get: str | None
        if isinstance(row, Move):
            actor, other, when, give, get = row.proposer, row.addressee, row.date, row.give, row.get
        elif isinstance(row, Position):
            actor, other, when, give, get = row.party, None, row.held, row.summary, None
        else:
            if row.type == "REJECT" and len(parties_of(row.actors)) != 1:
                return None
            actor = row.actors[0] if row.actors else None
            other = row.recipients[0] if row.recipients else None
            when, give, get = row.date, row.summary, None
        party = party_of(actor)
        if party is None:
            return None
        first, last = self._days(when, row.evidence[0].source)
        return Side(
            row=row,
            party=party,
            addressee=party_of(other),
            give=matter_of(give),
            get=matter_of(get),
            text=row.evidence[0].exact,
            first=first,
            last=last,
        )

    def _days(self, when: DateInterval, source: str) -> tuple[date | None, date | None]:
        if when.start is None and when.end is None and (report := self._holdings.reports.get(source)) is not None:
            when = report.published
        return when.start or when.end, when.end or when.start

    def _take(self, side: Side) -> None:
        row = side.row
        if isinstance(row, Event) and row.type != "REJECT":
            self._deed(side, row)
            return
        status = self._answer(row)
        if status is not None:
            asked = self._asked(side)
            if asked is not None:
                if isinstance(row, Move):
                    self.responds_to[row.id] = asked.row.id
                self.answers[asked.row.id].append((row, granted(side, asked, status)))
            if status == "refused" and (own := self._own(side)) is not None:
                self.answers[own.row.id].append((row, "withdrawn"))
        if isinstance(row, Move) and (row.kind in _ASKING or row.kind in ("threat", "concession")):
            self._remember(side)

    def _answer(self, row: Row) -> MoveStatus | None:
        """What a row does to what it answers, if it can answer at all."""
        if isinstance(row, Move):
            again = row.kind in KEEPING and _TOLD_AGAIN.search(row.evidence[0].exact) is not None
            return None if again else _BY_MOVE.get(row.kind)
        if isinstance(row, Position):
            plain = _BY_STANCE.get(row.stance)
            return "conditionally answered" if plain == "accepted" and row.condition else plain
        return "refused" if isinstance(row, Event) else None

    def _asked(self, side: Side) -> Side | None:
        """The latest earlier move that a row answers: of its own report first, then of the record."""
        told = self._in_report[side.source]
        here = bisect_left(told, side.start, key=_start_of)  # they stand in the order of the text
        for other in reversed(told[max(0, here - REMEMBERED) : here]):
            if self._may_answer(side, other) and (points_at(side, other) or matches(side, other)):
                return other
        for other in self._earlier(side, (side.party, None)):
            if other.source != side.source and self._may_answer(side, other) and matches(side, other):
                return other
        return None

    def _may_answer(self, side: Side, other: Side) -> bool:
        """Whether one party may answer another's earlier move: addressed to it, and in time.

        What is addressed to nobody named may be answered by the principals of the cases; without a case by anybody.
        """
        if not isinstance(other.row, Move) or other.row.kind not in _ASKING or side.party == other.party:
            return False
        if other.addressee is None:
            if self._principals and side.party not in self._principals:
                return False
        elif other.addressee != side.party:
            return False
        if side.addressee not in (other.party, None):
            return False
        if side.first is None or other.first is None or side.last is None:
            return side.source == other.source
        if side.source == other.source:
            return side.last >= other.first
        return other.first <= side.first <= other.first + ANSWERED_WITHIN

    def _own(self, side: Side) -> Side | None:
        """What a party offered or promised before and now refuses, without terms, both by its own word.

        What others think that it wants, or foretell that it will not do, takes nothing back.
        """
        terms = side.row.condition if isinstance(side.row, Move | Position) else None
        word = self._attributed(side)
        if terms or word not in ("self", "reporter") or (word == "reporter" and _MIND.search(side.text)):
            return None
        for other in self._earlier(side, ("own", side.party)):
            given = isinstance(other.row, Move) and other.row.kind in ("offer", "promise")
            dated = side.first == side.last and other.first == other.last
            if given and dated and surely_before(other, side) and same(side.give, other.give):
                return other if self._attributed(other) == "self" and not for_the_last_time(other, side) else None
        return None

    def _attributed(self, side: Side) -> AttributedBy:
        """By whose word a row is: that of the position told with the same words, where there is one."""
        if isinstance(side.row, Position):
            return side.row.attributed_by
        return self._word.get((side.source, side.start, side.party), "self")

    def _deed(self, side: Side, event: Event) -> None:
        """What an event keeps or carries out, once; those who met have both met."""
        if event.date.start is None:
            return
        taking_part = [p for one in (*event.actors, *event.recipients) if (p := party_of(one)) is not None]
        for party in dict.fromkeys(taking_part if event.type == "CONSULT" else [side.party]):
            for other in self._earlier(side, ("own", party)):
                status = done_by(event, side, other, taking_part)
                settled = any(found in ("kept", "carried out") for _, found in self.answers[other.row.id])
                if status is not None and not settled:
                    self.answers[other.row.id].append((event, status))
                    break

    def _earlier(self, side: Side, places: tuple[str | None, ...]) -> list[Side]:
        """Moves remembered under a word of a row, the latest first."""
        roots = [places] if places[0] == "own" else [(place,) for place in places]
        found = {
            other.row.id: other for root in roots for key in side.keys for other in self._index.get((*root, key), ())
        }
        return sorted(found.values(), key=in_time, reverse=True)

    def _remember(self, side: Side) -> None:
        for key in side.keys:
            for place in ((side.addressee, key), ("own", side.party, key)):
                rows = self._index[place]
                rows.append(side)
                del rows[:-REMEMBERED]
