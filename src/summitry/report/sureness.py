"""What a row's confidence means: what became of rows as sure as it when they were judged against gold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from summitry.confidence import Confidence
from summitry.vocabulary import Event, Row

if TYPE_CHECKING:
    from summitry.confidence import Measured


def measured_of(row: Row) -> Measured | None:
    """What rows of this kind, coder and confidence turned out to be; None where nothing was measured.

    A row merged from several reports is surer than any of its tellings, which are what was measured.
    """
    merged = isinstance(row, Event) and row.reports > 1
    return None if merged else Confidence.load().measured(row)


def meaning_of(row: Row) -> str:
    """The meaning of a row's confidence in words."""
    if row.coder.startswith("review:") and row.confidence == 1.0:
        return "a person has looked at the row and holds it to be right"
    if isinstance(row, Event) and row.reports > 1:
        return (
            f"the chance that at least one of {row.reports} independent reports tells it rightly, were they unrelated"
        )
    measured = measured_of(row)
    if measured is None:
        return "the coder's own estimate; no gold has checked what it is worth"
    share = round(100 * measured.right / measured.rows)
    return (
        f"of rows with such a confidence ({measured.low:.2f} to {measured.high:.2f}), {share} in 100 were right on the "
        f"project's own gold ({measured.rows} rows of {Confidence.load().articles} articles)"
    )


def measured_json(row: Row) -> dict[str, Any] | None:
    """The same as numbers: how many rows between two confidences were judged, how many of them were right."""
    measured = measured_of(row)
    if measured is None:
        return None
    return {"low": measured.low, "high": measured.high, "rows": measured.rows, "right": measured.right}
