"""Clustering: which signatures are one event, under the constraint that no two members of a cluster conflict.

Agglomerative, best pair first, ties by the signatures themselves: the outcome is a function of the set, not of its
order. Two events that each match a vague third do not become one through it, as they would in plain connected
components: that is how neighbouring events of one negotiation stay apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from summitry.reconcile.compare import JOINS, MARGIN, SAME, conflict, score
from summitry.reconcile.signatures import Signature


def matches(a: Signature, b: Signature) -> bool:
    """Whether two sharp events may be one event: they are then clustered together, if nothing else forbids it."""
    return score(a, b) >= SAME


def joins(wide: Signature, sharp: Signature) -> bool:
    """Whether an event of a wide date may be a mention of a sharp one."""
    return score(wide, sharp) >= JOINS


def cluster(signatures: Iterable[Signature]) -> list[tuple[Signature, ...]]:
    """Partition sharp signatures into events, each sorted, the list sorted. Cost: the square of their number."""
    items = sorted(set(signatures))
    pairs = sorted(
        (-points, i, j)
        for i, a in enumerate(items)
        for j in range(i + 1, len(items))
        for points in [score(a, items[j])]
        if points >= SAME
    )
    group_of = list(range(len(items)))
    groups: dict[int, list[int]] = {i: [i] for i in range(len(items))}
    for _, i, j in pairs:
        a, b = group_of[i], group_of[j]
        if a == b or any(conflict(items[m], items[n]) for m in groups[a] for n in groups[b]):
            continue
        keep, gone = min(a, b), max(a, b)
        for n in groups.pop(gone):
            group_of[n] = keep
            groups[keep].append(n)
    return sorted(tuple(sorted(items[n] for n in group)) for group in groups.values())


def best_row(wide: Signature, rows: Sequence[tuple[Signature, ...]]) -> int | None:
    """Which cluster an event of a wide or unknown date joins: the index of the clearly best, or None."""
    ranked: list[tuple[float, int]] = []
    for index, row in enumerate(rows):
        points = [score(wide, each) for each in row]
        if min(points) > float("-inf") and max(points) >= JOINS:
            ranked.append((max(points), index))
    ranked.sort(key=lambda pair: (-pair[0], pair[1]))
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN):
        return None
    return ranked[0][1]
