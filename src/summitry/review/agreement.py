"""How far reader and reviewers agree, and reviewers among themselves: counts before shares."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from summitry.review.decide import Own, Placed, held_by, in_force, meant
from summitry.review.types import Kind, Review


def nominal_alpha(units: Iterable[Sequence[Hashable | None]]) -> float | None:
    """Krippendorff's alpha of units, each the nominal values its coders gave it (None: not coded).

    Krippendorff, *Content Analysis* (4th ed., 2018), chapter 12: one less observed over expected disagreement, from the
    coincidence matrix. Units that fewer than two coders valued say nothing and are left out. 1 is perfect agreement,
    0 what chance gives, below 0 systematic disagreement. None where no unit has two values, or all values are the
    same: chance alone would then agree always.
    """
    weights: dict[tuple[Hashable, Hashable], float] = {}
    for unit in units:
        values = [value for value in unit if value is not None]
        if len(values) < 2:
            continue
        for i, a in enumerate(values):
            for j, b in enumerate(values):
                if i != j:
                    weights[a, b] = weights.get((a, b), 0.0) + 1.0 / (len(values) - 1)
    totals: dict[Hashable, float] = {}
    for (a, _), weight in weights.items():
        totals[a] = totals.get(a, 0.0) + weight
    n = sum(totals.values())
    expected = n * n - sum(total * total for total in totals.values())
    if n <= 1 or not expected:
        return None
    observed = sum(weight for (a, b), weight in weights.items() if a != b)
    return 1.0 - (n - 1) * observed / expected


@dataclass(frozen=True, slots=True)
class FieldCount:
    """A field of rows that were held to be rows: how often it was left as it was, and how often changed."""

    name: str
    kept: int
    changed: int


@dataclass(frozen=True, slots=True)
class Between:
    """Two reviewers or more on the rows (or one field of the rows) that at least two of them judged.

    ``alike`` are the rows on which all who judged said the same; ``alpha`` is Krippendorff's.
    """

    of: str
    rows: int
    alike: int
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What reviewers made of a kind of row: accepted as they stand, edited, rejected, and added because missing."""

    kind: Kind
    accepted: int
    edited: int
    rejected: int
    added: int
    fields: tuple[FieldCount, ...]
    between: tuple[Between, ...]

    @property
    def judged(self) -> int:
        """Rows of the reader that were reviewed."""
        return self.accepted + self.edited + self.rejected

    @property
    def right(self) -> float | None:
        """Share of the judged rows that stand as they are; None without any."""
        return self.accepted / self.judged if self.judged else None

    @property
    def real(self) -> float | None:
        """Share of the judged rows that are rows, mended or not; None without any."""
        return (self.accepted + self.edited) / self.judged if self.judged else None


def agreement_of(kind: Kind, reviews: Iterable[Review], placed: Placed) -> Agreement:
    """Reader against reviewers on the rows of a kind, and reviewers among themselves.

    Where several people judged a row, the latest decision counts against the reader. A row that is gone counts by what
    it was when it was judged: the figures are of the reader who made it. Additions, and what was said of them, are
    no judgement of the reader's rows. An edit that changes nothing is an acceptance.
    """
    standing = in_force(reviews)
    added = {review.rows[0].row for review in standing if review.action == "add"}
    at = {(r.id, place): placed.get((r.id, place), one.row) for r in standing for place, one in enumerate(r.rows)}
    judged = [r for r in standing if r.action in ("accept", "reject", "edit") and at[r.id, 0] not in added]
    was: dict[str, Mapping[str, Any]] = {}
    for review in judged:
        was.setdefault(at[review.id, 0], review.rows[0].was)
    held = held_by(judged, at)
    counts: Counter[str] = Counter()
    fields: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row, people in held.items():
        own = max(people.values(), key=lambda each: each.order)
        changed = changes(own, was[row])
        counts["rejected" if own.rejected else "edited" if changed else "accepted"] += 1
        if not own.rejected:
            for name in was[row]:
                fields[name][name in changed] += 1
    return Agreement(
        kind,
        counts["accepted"],
        counts["edited"],
        counts["rejected"],
        len(added),
        tuple(FieldCount(name, *fields[name]) for name in sorted(fields)),
        tuple(_between(held, was)),
    )


def changes(own: Own, was: Mapping[str, Any]) -> list[str]:
    """The fields that a person left other than the reader had them."""
    return [name for name, value in own.all_of.items() if name in was and meant(value) != meant(was[name])]


def _between(held: Mapping[str, Mapping[str, Own]], was: Mapping[str, Mapping[str, Any]]) -> Iterable[Between]:
    """Agreement on the verdict, for all and for each pair of people, and on each field that somebody changed."""
    double = {row: people for row, people in held.items() if len(people) > 1}
    verdicts = {row: {by: _verdict(own, was[row]) for by, own in people.items()} for row, people in double.items()}
    yield from _figures("verdict", [list(each.values()) for each in verdicts.values()])
    names = sorted({by for people in double.values() for by in people})
    if len(names) > 2:
        for one, other in combinations(names, 2):
            pairs = [[each[one], each[other]] for each in verdicts.values() if one in each and other in each]
            yield from _figures(f"verdict of {one} and {other}", pairs)
    units: dict[str, list[list[str]]] = defaultdict(list)
    disputed = {name for row, people in double.items() for own in people.values() for name in changes(own, was[row])}
    for row, people in double.items():
        stand = [own for own in people.values() if not own.rejected]
        for name in sorted(disputed & was[row].keys()):
            units[name].append([json.dumps(meant(own.all_of.get(name))) for own in stand])
    for name, values in sorted(units.items()):
        yield from _figures(name, [each for each in values if len(each) > 1])


def _verdict(own: Own, was: Mapping[str, Any]) -> str:
    return "rejected" if own.rejected else "edited" if changes(own, was) else "accepted"


def _figures(of: str, units: Sequence[Sequence[str]]) -> Iterable[Between]:
    if units:
        yield Between(of, len(units), sum(len(set(unit)) == 1 for unit in units), nominal_alpha(units))
