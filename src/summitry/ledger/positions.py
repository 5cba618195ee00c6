"""Positions over time: what took the place of what, how it changed, and who stands where on a day.

A chain is one party's word on one matter of one issue. What another party or an analyst says of it is a chain of its
own (:data:`CLASSES`) and never changes what the party said. A position is compared with the latest of its chain that
was surely held before: days that overlap are no order, so that the rows of one report are no change among themselves.

The rules are published in ``docs/ledger.md``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from summitry.ledger.deals import Deals
from summitry.ledger.holdings import Holdings
from summitry.ledger.poles import WANTING, Scale, scales_of
from summitry.ledger.wording import Words, party_of, words_of
from summitry.vocabulary import Actor, AttributedBy, DateInterval, Evidence, Position, PositionChange, Stance

Word = Literal["own", "other", "analyst"]
"""By whose word a chain is: the party's and what reporters tell of it, another party's, an analyst's."""
Rung = Literal["yes", "on condition", "demand", "no"]

CLASSES: Final[dict[AttributedBy, Word]] = {
    "self": "own",
    "reporter": "own",
    "other party": "other",
    "analyst": "analyst",
}
RUNGS: Final[dict[Stance, Rung]] = {
    "accept": "yes",
    "offer": "yes",
    "support": "yes",
    "condition": "on condition",
    "demand": "demand",
    "oppose": "no",
    "reject": "no",
}
"""What a stance says to its object. With a condition, a yes or a no is "on condition"."""
CHANGES: Final[dict[tuple[Rung, Rung], PositionChange]] = {
    ("yes", "yes"): "reaffirm",
    ("yes", "on condition"): "harden",
    ("yes", "demand"): "reaffirm",
    ("yes", "no"): "reverse",
    ("on condition", "yes"): "soften",
    ("on condition", "on condition"): "reaffirm",
    ("on condition", "demand"): "harden",
    ("on condition", "no"): "harden",
    ("demand", "yes"): "reaffirm",
    ("demand", "on condition"): "soften",
    ("demand", "demand"): "reaffirm",
    ("demand", "no"): "reverse",
    ("no", "yes"): "reverse",
    ("no", "on condition"): "soften",
    ("no", "demand"): "reverse",
    ("no", "no"): "reaffirm",
}
"""What a later stance on the same object is against an earlier one. A yes and a demand both want it: of the pairs read
by hand, most were one stand in two reporters' words."""
KEPT: Final = 4
"""Positions remembered for each word of a chain: enough to pass over those of the same days, and bounded, so that the
cost of a position does not grow with the record."""
_TERMS: Final = re.compile(
    r"\b(?:if|unless|until|till|once|only|provided|providing|as long as|so long as|without|condition\w*|precondition|"
    r"first)\b",
    re.IGNORECASE,
)
"""Words that make a clause a condition; "after" and "before" as often only tell the time."""
_EXCHANGE: Final = re.compile(r"\bin (?:exchange|return) for\b", re.IGNORECASE)
_LEFT: Final = re.compile(
    r"(?:walked|pulled|backed|withdrew|abandoned|quit|scrapped|ended|left|broke)\b", re.IGNORECASE
)
_AGAINST: Final = re.compile(
    r"to (?:end|stop|halt|block|prevent|kill|undo|scrap|reverse|abolish|dismantle|remove|ban)\b", re.IGNORECASE
)
"""What one who opposes a thing does to it ("works to end the levy"): the verb tells the "no", once."""
_CONDITIONAL: Final = re.compile(
    r"\b(?:not without (?:\w+ )?(?:pre)?conditions|(?:on|under|with) (?:\w+ )?(?:pre)?conditions)\b", re.IGNORECASE
)
"""Terms that are told with the object itself: "talks, but not without preconditions"."""
_NEITHER: Final = re.compile(r"\b(?:neither|nobody|no one)\b", re.IGNORECASE)
LEAST_SURE: Final = 0.61
"""How sure both positions must be for a change other than "reaffirm". What is less sure (praise and blame, "should",
"has to") is of a stand, but was read the wrong way round in half of the changes checked by hand."""
ONE_WORD: Final = frozenset({"talks", "meeting", "deal"})
"""Keys that are a matter alone: sanctions on one country are not those on another, "talks" are the talks."""


@dataclass(frozen=True, slots=True)
class Held:
    """A position as it is compared: its words, and the first and last day on which it was taken (None: unknown).

    ``doubt``: it is a belief ("hopeful that they disarm"), no stand on what is believed, or told by "neither".
    """

    position: Position
    words: Words
    first: date | None
    last: date | None
    doubt: bool

    @property
    def rung(self) -> Rung:
        """What it says to its object."""
        plain = RUNGS[self.position.stance]
        if plain not in ("yes", "no"):
            return plain
        condition = self.position.condition
        terms = (condition is not None and _TERMS.search(condition)) or _CONDITIONAL.search(self.position.summary)
        return "on condition" if terms else plain

    @property
    def in_exchange(self) -> bool:
        """Whether it is told as an exchange, which is a condition in other words."""
        return _EXCHANGE.search(self.position.evidence[0].exact) is not None


def held_of(holdings: Holdings, position: Position) -> Held:
    """A position with its words and days. Where its own are unknown, those on which its report may have appeared."""
    when = position.held
    if when.start is None and when.end is None:
        report = holdings.reports.get(position.evidence[0].source)
        when = report.published if report is not None else when
    words = words_of(position.summary)
    told = _AGAINST if position.stance == "oppose" else _LEFT
    if RUNGS[position.stance] == "no" and (told.match(position.summary) or _LEFT.match(position.summary)):
        # The leaving is the "no", not a thing that is refused.
        words = replace(words, less=not words.less)
    belief = position.stance not in ("demand", "accept", "offer") and position.summary.startswith("that ")
    doubt = belief or _NEITHER.search(position.evidence[0].exact) is not None
    return Held(position, words, when.start or when.end, when.end or when.start, doubt)


def change_between(old: Held, new: Held, scale: Scale | None = None) -> PositionChange | None:
    """What a position is against an earlier one; None where the two cannot be compared.

    On the same matter :data:`CHANGES` decides; a demand or an offer of the whole against one of a part counts too.
    Two that want poles of one issue, each told in its own words, are compared by the poles where the stances say no
    change, or where a word in common ties them together.
    """
    if old.doubt or new.doubt or old.words.less != new.words.less:
        return None
    sure = min(old.position.confidence, new.position.confidence) >= LEAST_SURE
    by_poles = _by_poles(old, new, scale) if sure else None
    if not old.words.same_matter(new.words):
        return by_poles if set(old.words.keys) & set(new.words.keys) else None
    rungs = old.rung, new.rung
    exchanged = set(rungs) == {"yes", "on condition"} and (old.in_exchange or new.in_exchange)
    change = "reaffirm" if exchanged else CHANGES[rungs]
    if change != "reaffirm":
        return change if sure and _one_matter(old.words, new.words) else None
    if old.words.scale * new.words.scale < 0:
        return "harden" if (new.words.scale > 0) == (new.rung in ("demand", "no")) else "soften"
    return by_poles or change


def _one_matter(old: Words, new: Words) -> bool:
    """Whether one word in common is surely one matter: a meeting with one is not a meeting with another."""
    if len(old.keys) > 1 or len(new.keys) > 1:
        return True
    whom = old.keys[0] != "meeting" or old.names == new.names or bool(old.names & new.names)
    return old.keys[0] in ONE_WORD and whom


def _by_poles(old: Held, new: Held, scale: Scale | None) -> PositionChange | None:
    one, other = old.position, new.position
    if scale is None or one.issue != other.issue or one.pole is None or other.pole is None:
        return None
    if one.stance not in WANTING or other.stance not in WANTING or not (scale.told(one) and scale.told(other)):
        return None
    return scale.change(one.pole, other.pole)


def history(holdings: Holdings) -> tuple[Position, ...]:
    """All positions in order of time with ``until``, ``change`` and ``previous``; ids and all else as they are.

    Linear in the number of positions: a position is compared with a bounded number of earlier ones.
    """
    chains = _Chains(scales_of(holdings.cases), Deals.of(holdings.cases))
    rows = sorted((held_of(holdings, one) for one in holdings.positions), key=_order)
    previous: dict[str, tuple[Held, PositionChange]] = {}
    until: dict[str, DateInterval] = {}
    for row in rows:
        before = chains.latest(row)
        if before is not None:
            previous[row.position.id] = before
            until.setdefault(before[0].position.id, _day(row))
        chains.add(row)
    return tuple(
        replace(
            row.position,
            change=previous[row.position.id][1] if row.position.id in previous else "first",
            previous=previous[row.position.id][0].position.id if row.position.id in previous else None,
            until=until.get(row.position.id),
        )
        for row in rows
    )


def _order(row: Held) -> tuple[date, date, str, int, str]:
    """By first day, the unknown last; then as the text has them."""
    where = row.position.evidence[0]
    return row.first or date.max, row.last or date.max, where.source, where.start, row.position.id


def _day(row: Held) -> DateInterval:
    """When a position took another's place: its own days, or those of its report."""
    if row.position.held.start is not None or row.position.held.end is not None:
        return row.position.held
    return DateInterval(row.first, row.last, "day" if row.first == row.last else "interval", "inferred: its report")


class _Chains:
    """The latest positions by party, whose word, issue and word of the matter: an index local to one question."""

    def __init__(self, scales: Mapping[str, Scale], deals: Deals) -> None:
        self._scales = scales
        self._deals = deals
        self._rows: defaultdict[tuple[str | None, ...], list[Held]] = defaultdict(list)

    def latest(self, row: Held) -> tuple[Held, PositionChange] | None:
        """The latest comparable position that was surely held before, and the change; the likest of one day."""
        if row.first is None:
            return None
        scale = self._scales.get(row.position.issue)
        seen: dict[str, Held] = {}
        for key in self._keys(row):
            for other in self._rows[key]:
                if other.last is not None and other.last < row.first:
                    seen[other.position.id] = other
        order = sorted(seen.values(), key=lambda o: (o.first or date.min, o.words.share(row.words), o.position.id))
        for other in reversed(order):
            if self._other_deal(other, row):
                continue
            if (change := change_between(other, row, scale)) is not None:
                return other, change
        return None

    def _other_deal(self, old: Held, new: Held) -> bool:
        """Whether "the deal" of the one and of the other are two: of other years, or one was struck in between."""
        if "deal" not in old.words.keys or "deal" not in new.words.keys or old.last is None or new.first is None:
            return False
        return self._deals.differ((old.position, old.last), (new.position, new.first))

    def add(self, row: Held) -> None:
        """Remember a position, in order of time."""
        for key in self._keys(row):
            rows = self._rows[key]
            rows.append(row)
            del rows[:-KEPT]

    def _keys(self, row: Held) -> Iterator[tuple[str | None, ...]]:
        position = row.position
        chain = (party_of(position.party) or position.party.name, CLASSES[position.attributed_by])
        # Without a case an issue is a label of the words, and two labels of one matter need not be alike.
        for word in row.words.keys:
            yield (*chain, word)


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a party stands on an issue on a day, by its own or reporters' word before others'.

    ``position`` is the one that stands, ``since`` the first day of the chain of equal ones it ends, ``reaffirmed`` on
    how many later days that was said again, ``moved`` the change that brought it there. ``people`` are the positions of
    persons kept under the party. ``positions`` are all of the cell, in order of time.
    """

    party: Actor
    issue: str
    position: Position
    since: date | None
    reaffirmed: int
    moved: PositionChange
    people: tuple[Position, ...]
    positions: tuple[Position, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The passages of the position that stands."""
        return self.position.evidence


_FIRST_WORD: Final[dict[Word, int]] = {"own": 2, "other": 1, "analyst": 0}


def matrix(holdings: Holdings, rows: Sequence[Position] | None = None) -> tuple[Cell, ...]:
    """Party by issue: the position that stands on the day of the holdings; parties with most positions first.

    ``rows`` are the positions with their history, where they are known already.
    """
    rows = history(holdings) if rows is None else rows
    by_id = {row.id: row for row in rows}
    cells: defaultdict[tuple[str, str], list[Position]] = defaultdict(list)
    for row in rows:
        cells[party_of(row.party) or row.party.name, row.issue].append(row)
    counts: defaultdict[str, int] = defaultdict(int)
    for (party, _), members in cells.items():
        counts[party] += len(members)
    ordered = sorted(cells.items(), key=lambda item: (-counts[item[0][0]], item[0][0], -len(item[1]), item[0][1]))
    return tuple(_cell(holdings, issue, members, by_id) for (_, issue), members in ordered)


def _cell(holdings: Holdings, issue: str, members: Sequence[Position], by_id: dict[str, Position]) -> Cell:
    best = max(_FIRST_WORD[CLASSES[one.attributed_by]] for one in members)
    stands = [one for one in members if _FIRST_WORD[CLASSES[one.attributed_by]] == best][-1]
    first, days = stands, {_first_day(holdings, stands)}
    while first.change == "reaffirm" and first.previous is not None:
        first = by_id[first.previous]
        days.add(_first_day(holdings, first))
    known = [one for one in days if one is not None]
    return Cell(
        party=_whole(stands.party),
        issue=issue,
        position=stands,
        since=min(known, default=None),
        reaffirmed=max(0, len(known) - 1),
        moved=first.change or "first",
        people=tuple(one for one in members if one.person is not None),
        positions=tuple(members),
    )


def _first_day(holdings: Holdings, position: Position) -> date | None:
    return holdings.day_of(position.held, position.evidence[0].source)


def _whole(party: Actor) -> Actor:
    """The state for a body of it, under the body's name where no row names the state."""
    return replace(party, code=party.state) if party.state not in (None, party.code) else party
