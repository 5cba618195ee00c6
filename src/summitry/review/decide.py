"""What the reviews of many people come to: who takes back what, what applies to each row, where people differ.

Reviews apply in the order of their times, whatever order they came in. A rejection takes a row out; an edit sets
fields and takes it in again; an acceptance holds the row to be right with the edits that it saw, and no others. So on
one row the latest decision applies, and what two people said of different fields stands side by side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from summitry.review.types import Kind, Plain, Review

Placed = Mapping[tuple[str, int], str]
"""The id that a reviewed row has now, by the review's id and the row's place in it; without those that are gone."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What applies to a row: out, or in with fields set; by whose latest decision."""

    rejected: bool
    fields: Plain
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """What applies to the rows of one kind.

    ``rows`` are verdicts by row id; ``added`` the additions in force, by the id of the row they make. ``into`` names
    the row in which a merged event is shown, ``apart`` the tellings that stand on their own, each with who said so.
    """

    rows: Mapping[str, Verdict] = field(default_factory=dict)
    added: Mapping[str, Review] = field(default_factory=dict)
    into: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    apart: Mapping[str, str] = field(default_factory=dict)

    @property
    def touched(self) -> frozenset[str]:
        """Ids of all rows that a decision bears on."""
        roots = (root for root, _ in self.into.values())
        return frozenset((*self.rows, *self.added, *self.into, *roots, *self.apart))


def in_force(reviews: Iterable[Review]) -> list[Review]:
    """Reviews that nobody has taken back, in order; without the undos themselves."""
    ordered = sorted(reviews, key=lambda review: review.order)
    undone = {review.undoes for review in ordered if review.action == "undo"}
    return [review for review in ordered if review.action != "undo" and review.id not in undone]


def decide(reviews: Iterable[Review], placed: Placed, entry_of: Mapping[str, str] | None = None) -> Decisions:
    """What applies to rows of one kind. ``entry_of`` names the row of the timeline that an article's event is in."""
    state = _State(entry_of or {})
    for review in in_force(reviews):
        ids = [placed.get((review.id, place)) for place in range(len(review.rows))]
        if review.action == "add":
            if ids[0] is not None:
                state.added.setdefault(ids[0], review)
        elif review.action == "merge":
            state.merge([one for one in ids if one is not None], review.by)
        elif review.action == "split":
            state.split([one for one in ids if one is not None], review.by)
        elif ids[0] is not None:
            state.judge(ids[0], review)
    into = {member: (group.root, group.by[member]) for group in state.groups() for member in group.by}
    return Decisions(state.rows, state.added, into, state.apart)


@dataclass(slots=True)
class _Group:
    """Events shown in one row: that of the root, and of the others each by whom it was put there."""

    root: str
    by: dict[str, str] = field(default_factory=dict)


class _State:
    """Decisions so far, in order of time."""

    def __init__(self, entry_of: Mapping[str, str]) -> None:
        self._entry_of = entry_of
        self._groups: dict[str, _Group] = {}
        self.rows: dict[str, Verdict] = {}
        self.added: dict[str, Review] = {}
        self.apart: dict[str, str] = {}

    def groups(self) -> list[_Group]:
        return list({id(group): group for group in self._groups.values()}.values())

    def _now(self, row: str) -> str:
        return row if row in self.apart else self._entry_of.get(row, row)

    def judge(self, row: str, review: Review) -> None:
        now = self._now(row)
        before = self.rows.get(now)
        told = dict(before.fields) if before else {}
        if review.action == "edit":
            told |= review.fields
        elif review.action == "accept":
            told = dict(review.fields)
        self.rows[now] = Verdict(review.action == "reject", told, review.by, review.at)

    def merge(self, rows: Sequence[str], by: str) -> None:
        ids = list(dict.fromkeys(self._now(row) for row in rows))
        if len(ids) < 2:
            return
        group = self._groups.setdefault(ids[0], _Group(ids[0]))
        for one in ids[1:]:
            other = self._groups.get(one, _Group(one))
            if other is group:
                continue
            group.by |= other.by | {other.root: by}
            for member in (other.root, *other.by):
                self._groups[member] = group

    def split(self, rows: Sequence[str], by: str) -> None:
        for row in rows:
            now = self._now(row)
            group = self._groups.get(now)
            if group is not None and now != group.root:
                del group.by[now], self._groups[now]
            elif row != now or (row in self._entry_of and row not in self.apart):
                self.apart[row] = by


@dataclass(frozen=True, slots=True)
class Conflict:
    """One row on which people decided differently: what each said, and whose decision applies, the latest."""

    kind: Kind
    row: str
    sides: tuple[tuple[str, str], ...]
    applies: str


@dataclass(slots=True)
class Own:
    """What one person holds of a row in the end. ``claims`` are fields that the person has spoken about, ``all_of``
    the row as the person left it."""

    rejected: bool = False
    claims: dict[str, Any] = field(default_factory=dict)
    all_of: dict[str, Any] = field(default_factory=dict)
    judged: bool = False
    order: tuple[str, str] = ("", "")

    def take(self, review: Review, place: int, shown_in: str | None) -> None:
        """Go on with the person's next review, of the row at ``place`` in it."""
        was = dict(review.rows[place].was)
        self.order = review.order
        if review.action in ("accept", "reject", "edit"):
            self.judged = True
            self.rejected = review.action == "reject"
            self.all_of = {**(self.all_of or was), **review.fields}
        if review.action == "accept":
            self.claims = {**was, **review.fields}
        elif review.action == "edit":
            self.claims |= review.fields
        elif review.action in ("merge", "split"):
            self.claims["part of"] = shown_in


def held_by(reviews: Iterable[Review], placed: Placed) -> dict[str, dict[str, Own]]:
    """What each person holds of each row in the end: by row, then by person."""
    found: dict[str, dict[str, Own]] = defaultdict(dict)
    for review in in_force(reviews):
        if review.action == "add":
            continue
        for place in range(len(review.rows)):
            row = placed.get((review.id, place))
            if row is None or (review.action == "merge" and place == 0):
                continue
            shown_in = placed.get((review.id, 0)) if review.action == "merge" else None
            found[row].setdefault(review.by, Own()).take(review, place, shown_in)
    return found


def conflicts_of(kind: Kind, reviews: Iterable[Review], placed: Placed) -> list[Conflict]:
    """Rows on which people differ: in or out, or the value of a field that both spoke about. By row id."""
    found = []
    for row, people in sorted(held_by(reviews, placed).items()):
        ordered = sorted(people.items(), key=lambda each: each[1].order)
        held = [own for _, own in ordered]
        fields = sorted({name for i, one in enumerate(held) for other in held[i + 1 :] for name in _differ(one, other)})
        judged = {own.rejected for own in held if own.judged}
        if fields or len(judged) > 1:
            sides = tuple((by, _side(own, fields)) for by, own in ordered)
            found.append(Conflict(kind, row, sides, ordered[-1][0]))
    return found


def _differ(one: Own, other: Own) -> list[str]:
    if one.rejected or other.rejected:
        return []
    both = one.claims.keys() & other.claims.keys()
    return [name for name in both if meant(one.claims[name]) != meant(other.claims[name])]


def meant(value: Any) -> Any:  # noqa: ANN401 - JSON
    """What a field's JSON says, apart from how it is known: two dates of the same days are one."""
    if isinstance(value, Mapping) and "precision" in value:
        return value.get("start"), value.get("end")
    if isinstance(value, Mapping):
        return value.get("code"), value.get("name")
    if isinstance(value, list | tuple):
        return tuple(meant(one) for one in value)
    return value


def _side(own: Own, fields: Sequence[str]) -> str:
    if own.rejected:
        return "rejects it"
    told = [f"{name} {short(own.claims[name])}" for name in fields if name in own.claims]
    return "says " + ", ".join(told) if told else "holds it to be right"


def short(value: Any) -> str:  # noqa: ANN401 - JSON
    """A field's JSON in a few words."""
    if value is None or value in ([], ""):
        return "nothing"
    if isinstance(value, list):
        return "; ".join(short(one) for one in value)
    if isinstance(value, Mapping):
        if "precision" in value:
            start, end = value.get("start"), value.get("end")
            if start == end:
                return start or "unknown"
            return f"{start or '..'}/{end or '..'}"
        return f"{value.get('name')} ({value['code']})" if value.get("code") else str(value.get("name"))
    return str(value)
