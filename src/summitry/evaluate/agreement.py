"""How far two annotators agree: Krippendorff's alpha for nominal values.

Krippendorff, *Content Analysis* (4th ed., 2018), chapter 12: one less observed over expected disagreement, from the
coincidence matrix. Units that fewer than two coders valued say nothing and are left out.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence


def nominal_alpha(units: Iterable[Sequence[Hashable | None]]) -> float | None:
    """Alpha of units, each the values its coders gave it (None: not coded).

    1 is perfect agreement, 0 what chance gives, below 0 systematic disagreement. None where no unit has two values, or
    all values are the same: chance alone would then agree always.
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
