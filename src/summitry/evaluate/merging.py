"""Scores of a partition against a true one: B-cubed and pairs.

B-cubed: Bagga and Baldwin (1998), "Entity-based cross-document coreferencing using the vector space model".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartitionScore:
    """Shares 0-1; None where nothing was there to score. ``pair_*`` are over pairs put together."""

    precision: float | None
    recall: float | None
    f: float | None
    pair_precision: float | None
    pair_recall: float | None


def harmonic(precision: float | None, recall: float | None) -> float | None:
    """F1; None when either is undefined, 0 when both are 0."""
    if precision is None or recall is None:
        return None
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def b_cubed(found: Mapping[str, Hashable], true: Mapping[str, Hashable]) -> PartitionScore:
    """Score clusters: item -> label of its cluster, found and true. Labels need not agree between the two.

    Raises:
        ValueError: the two are not over the same items.
    """
    if found.keys() != true.keys():
        odd = sorted(found.keys() ^ true.keys())[:3]
        raise ValueError(
            f"{len(found)} items found, {len(true)} true; in one only: {', '.join(odd)}; score the same items"
        )
    if not true:
        return PartitionScore(None, None, None, None, None)
    sizes_found = Counter(found.values())
    sizes_true = Counter(true.values())
    both = Counter((found[item], true[item]) for item in true)
    precision = sum(n * n / sizes_found[label] for (label, _), n in both.items()) / len(true)
    recall = sum(n * n / sizes_true[label] for (_, label), n in both.items()) / len(true)
    together = sum(n * (n - 1) // 2 for n in both.values())
    put = sum(n * (n - 1) // 2 for n in sizes_found.values())
    should = sum(n * (n - 1) // 2 for n in sizes_true.values())
    return PartitionScore(
        precision,
        recall,
        harmonic(precision, recall),
        together / put if put else None,
        together / should if should else None,
    )
