"""Answers to moves: which earlier move a refusal, an acceptance or a counter-offer answers, and what became of each.

An answer is a later move, position or event of the party that was asked. It answers the latest earlier move of another
party that is addressed to it (or to nobody named) and is about the same matter, or that its own words point back to
("the proposal", "Washington's demand"). Within one report the order of the text stands for the order of time.

The statuses and the rules are published in ``docs/ledger.md``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal, get_args

from summitry.ledger.apart import parties_of
from summitry.ledger.holdings import Holdings
from summitry.ledger.wording import LEAST_SHARED, Words, party_of, words_of
from summitry.vocabulary import Actor, DateInterval, Event, Move, MoveKind, Position, Row, Stance

MoveStatus = Literal[
    "open", "refused", "accepted", "conditionally answered", "withdrawn", "kept", "carried out", "lapsed"
]
STATUSES: Final[tuple[MoveStatus, ...]] = get_args(MoveStatus)
"""All statuses a move may have."""

ANSWERED_WITHIN: Final = timedelta(days=365)
"""How long after a move an answer to it is looked for: later ones answer what was said in between."""
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
_KEEPING: Final[frozenset[MoveKind]] = frozenset({"offer", "promise", "concession"})
_DEEDS: Final = frozenset({"CONCEDE", "RETREAT", "AID", "COOPERATE"})
"""PLOVER types that keep a promise."""
_BLOWS: Final = frozenset({"SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
"""PLOVER types that carry out a threat."""
_TALKING: Final = frozenset({"talks", "meeting"})
"""Keys of what is kept by meeting (PLOVER CONSULT) and by nothing else."""

_POINTS_BACK: Final = re.compile(
    r"\b(?:(?P<offer>proposals?|offers?|overtures?|invitations?|concessions?)|(?P<demand>demands?|requests?|calls?|"
    r"preconditions?|conditions?|terms|ultimatum|appeals?))\b",
    re.IGNORECASE,
)
"""Nouns by which a move is named again."""
_OF_WHAT: Final = re.compile(r"\s+(?:to|for|that|on|about)\b", re.IGNORECASE)
_PLEDGED: Final = re.compile(
    r"\b(?:agree|pledg|promis|commit|offer|vow|propos|will\b|would\b|plan|urg|call(?:s|ed|ing)? (?:for|on)|demand)",
    re.IGNORECASE,
)
"""Words of what is promised or asked for again and not done."""


@dataclass(frozen=True, slots=True)
class _Side:
    """A row as it is compared: whose, to whom, what it gives and wants, when, and where it stands in the text."""

    row: Row
    party: str
    addressee: str | None
    give: Words | None
    get: Words | None
    text: str
    first: date | None
    last: date | None

    @property
    def source(self) -> str:
        return self.row.evidence[0].source

    @property
    def start(self) -> int:
        return self.row.evidence[0].start

    @property
    def keys(self) -> set[str]:
        return {key for words in (self.give, self.get) if words is not None for key in words.keys}


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


class _Book:
    """Who answers what, worked out once for holdings."""

    def __init__(self, holdings: Holdings) -> None:
        self.responds_to: dict[str, str] = {}
        self.answers: defaultdict[str, list[tuple[Row, MoveStatus]]] = defaultdict(list)
        self._holdings = holdings
        self._principals = frozenset(code for case in holdings.cases for code in case.principals)
        self._index: defaultdict[tuple[str | None, ...], list[_Side]] = defaultdict(list)
        self._in_report: defaultdict[str, list[_Side]] = defaultdict(list)
        rows = [side for one in self._rows() if (side := self._side(one)) is not None]
        for side in sorted(rows, key=lambda one: one.start):
            if isinstance(side.row, Move) and side.row.kind in _ASKING:
                self._in_report[side.source].append(side)
        for side in sorted(rows, key=_time):
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
            if event.modality == "happened" and event.type in _DEEDS | _BLOWS | {"CONSULT", "REJECT"}:
                where = event.evidence[0]
                parties = {(where.source, where.start, party_of(one)) for one in event.actors}
                if event.type != "REJECT" or not parties & told:
                    yield event

    def _side(self, row: Move | Position | Event) -> _Side | None:
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
        return _Side(
            row=row,
            party=party,
            addressee=party_of(other),
            give=words_of(give) if give else None,
            get=words_of(get) if get else None,
            text=row.evidence[0].exact,
            first=first,
            last=last,
        )

    def _days(self, when: DateInterval, source: str) -> tuple[date | None, date | None]:
        if when.start is None and when.end is None and (report := self._holdings.reports.get(source)) is not None:
            when = report.published
        return when.start or when.end, when.end or when.start

    def _take(self, side: _Side) -> None:
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
                self.answers[asked.row.id].append((row, _granted(row, asked, status)))
            if status == "refused" and (own := self._own(side)) is not None:
                self.answers[own.row.id].append((row, "withdrawn"))
        if isinstance(row, Move) and (row.kind in _ASKING or row.kind in ("threat", "concession")):
            self._remember(side)

    def _answer(self, row: Row) -> MoveStatus | None:
        """What a row does to what it answers, if it can answer at all."""
        if isinstance(row, Move):
            return _BY_MOVE.get(row.kind)
        if isinstance(row, Position):
            plain = _BY_STANCE.get(row.stance)
            return "conditionally answered" if plain == "accepted" and row.condition else plain
        return "refused" if isinstance(row, Event) else None

    def _asked(self, side: _Side) -> _Side | None:
        """The latest earlier move that a row answers: of its own report first, then of the record."""
        before = [one for one in self._in_report[side.source] if one.start < side.start][-REMEMBERED:]
        for other in reversed(before):
            if self._may_answer(side, other) and (_points_at(side, other) or _matches(side, other)):
                return other
        for other in self._earlier(side, (side.party, None)):
            if other.source != side.source and self._may_answer(side, other) and _matches(side, other):
                return other
        return None

    def _may_answer(self, side: _Side, other: _Side) -> bool:
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

    def _own(self, side: _Side) -> _Side | None:
        """What a party offered or promised before and now refuses."""
        for other in self._earlier(side, ("own", side.party)):
            given = isinstance(other.row, Move) and other.row.kind in ("offer", "promise")
            if given and _surely_before(other, side) and _same(side.give, other.give):
                return other
        return None

    def _deed(self, side: _Side, event: Event) -> None:
        """What an event keeps or carries out, once; those who met have both met."""
        if event.date.start is None:
            return
        taking_part = [p for one in (*event.actors, *event.recipients) if (p := party_of(one)) is not None]
        for party in dict.fromkeys(taking_part if event.type == "CONSULT" else [side.party]):
            for other in self._earlier(side, ("own", party)):
                status = _done(event, side, other, taking_part)
                settled = any(found in ("kept", "carried out") for _, found in self.answers[other.row.id])
                if status is not None and not settled:
                    self.answers[other.row.id].append((event, status))
                    break

    def _earlier(self, side: _Side, places: tuple[str | None, ...]) -> list[_Side]:
        """Moves remembered under a word of a row, the latest first."""
        roots = [places] if places[0] == "own" else [(place,) for place in places]
        found = {
            other.row.id: other for root in roots for key in side.keys for other in self._index.get((*root, key), ())
        }
        return sorted(found.values(), key=_time, reverse=True)

    def _remember(self, side: _Side) -> None:
        for key in side.keys:
            for place in ((side.addressee, key), ("own", side.party, key)):
                rows = self._index[place]
                rows.append(side)
                del rows[:-REMEMBERED]


def _time(side: _Side) -> tuple[date, date, str, int, str]:
    return side.first or date.max, side.last or date.max, side.source, side.start, side.row.id


def _surely_before(one: _Side, other: _Side) -> bool:
    if one.last is None or other.first is None or one.first is None:
        return False
    return one.last < other.first <= one.first + ANSWERED_WITHIN


def _same(one: Words | None, other: Words | None) -> bool:
    return one is not None and other is not None and one.same_matter(other) and one.less == other.less


def _matches(side: _Side, other: _Side) -> bool:
    """Whether a row is about what an earlier move put on the table, from the other side of it.

    Who is asked refuses or grants what was wanted; who is offered refuses or takes what would be given; who makes a
    counter-offer wants what was offered.
    """
    if not isinstance(other.row, Move):
        return False
    granted = _same(side.give, other.get)
    if (
        granted
        or other.row.kind == "promise"
        or (isinstance(side.row, Move) and side.row.kind in ("concession", "promise"))
    ):
        # A promise asks nothing of anybody but what it wants for itself.
        return granted
    if isinstance(side.row, Move) and side.row.kind in ("offer", "precondition"):
        return other.row.kind == "offer" and _same(side.get, other.give)
    return _same(side.give, other.give)


def _done(event: Event, side: _Side, other: _Side, taking_part: list[str]) -> MoveStatus | None:
    """What an event makes of a move of the party that did it: nearly all that it gives is told, its verb too."""
    move, given, done = other.row, other.give, side.give
    if not isinstance(move, Move) or given is None or done is None or not _surely_before(other, side):
        return None
    if not given.keys or given.keys[0] not in done.keys or given.less != done.less or _PLEDGED.search(side.text):
        return None
    if given.keys[0] in _TALKING:
        met = (
            event.type == "CONSULT"
            and event.meeting is not None
            and other.addressee is not None
            and other.addressee in taking_part
        )
        return "kept" if met and move.kind in ("offer", "promise") else None
    # One word in common is no deed done: "weapons" are given up, tested and sold.
    if len(given.keys) == 1 or given.share(done) < LEAST_SHARED or len(set(given.keys) & set(done.keys)) < 2:
        return None
    if move.kind in _KEEPING and event.type in _DEEDS:
        return "kept"
    return "carried out" if move.kind == "threat" and event.type in _BLOWS else None


def _points_at(side: _Side, other: _Side) -> bool:
    """Whether the words of a refusal or an acceptance name the other's move again: "the proposal", "the demand"."""
    if side.addressee != other.party or not isinstance(other.row, Move) or not isinstance(side.row, Move):
        return False
    if side.row.kind not in ("refusal", "concession"):
        return False
    for match in _POINTS_BACK.finditer(side.text):
        kinds: Iterable[MoveKind] = ("offer", "promise") if match["offer"] else ("demand", "precondition")
        exchanged = match["offer"] is not None and other.row.kind == "demand" and other.row.give is not None
        if (other.row.kind in kinds or exchanged) and _said_again(side.text[match.end() :], other):
            return True
    return False


def _said_again(tail: str, other: _Side) -> bool:
    """Whether what follows "the demand" or "the offer" does not say that it is another one: "to meet", "for talks"."""
    if not _OF_WHAT.match(tail):
        return True
    keys = set(words_of(tail).keys[:2])
    return not keys or bool(keys & other.keys)


def _granted(row: Row, asked: _Side, status: MoveStatus) -> MoveStatus:
    """An offer without terms of just what was demanded grants it."""
    plain = isinstance(row, Move) and row.kind == "offer" and not row.condition and not row.get
    demanded = isinstance(asked.row, Move) and asked.row.kind in ("demand", "precondition")
    return "accepted" if plain and demanded else status
