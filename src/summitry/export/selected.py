"""The rows that a selection asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from summitry.record.tabular.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from summitry.export.types import Selection
    from summitry.record import Record
    from summitry.record.tabular.frames import Rows


def rows_of(record: Record, selection: Selection, kind: str | None = None) -> Rows[Any]:
    """The rows of a kind (None: that of the selection) that pass the selection's filters.

    Raises:
        UsageError: there is no such kind of rows, or a filter is off.
    """
    # Each kind is named as the method that returns its rows.
    asks: Callable[..., Rows[Any]] = getattr(record, kind_of(kind or selection.rows))
    return asks(**selection.asked)
