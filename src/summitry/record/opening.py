"""Rows opened by id: the part of :class:`summitry.record.Record` that explains one, whatever its kind, and finds what
took the place of one that is no more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from summitry.errors import UsageError
from summitry.record import former
from summitry.record.explaining import explain_row, named_by, one_of, passages_of, rows_of
from summitry.record.former import Former
from summitry.record.ledgered import Ledgered
from summitry.record.reviews import added_row, as_reviewed, reviews_of
from summitry.record.rows import Explanation, Related, RowKind
from summitry.record.store import about_the_file, asking
from summitry.review import kind_of
from summitry.vocabulary import Row

_WORKED_OUT: Final = frozenset({"move", "position", "commitment", "prediction", "discrepancy"})
"""Kinds of rows that reports tell and of which the ledger knows more."""

_DERIVED: Final[tuple[RowKind, ...]] = ("commitment", "discrepancy", "deadlock", "status", "tone")
"""Kinds of rows of which some or all stand in no report by themselves."""

_RENAMED: Final[tuple[RowKind, ...]] = ("commitment", "discrepancy", "deadlock")
"""Those of them whose ids follow from the ids of the rows that they rest on."""


def _row_kind(row: Row) -> RowKind:
    """The kind of a row that a person added."""
    kind = kind_of(row)
    assert kind != "person"  # people are no rows
    return kind


class Opening(Ledgered):
    """The part of a record that opens rows; :class:`summitry.record.Record` is the whole."""

    @about_the_file
    def keep_worked_out(self) -> None:
        """Keep where the words of rows stand that are worked out: what is read anew may give them other ids.

        Once it is read, :meth:`drop_worked_out` forgets those that have their ids again.
        """
        with self.transaction():
            for kind in _RENAMED:
                former.keep_rows(self._connection, kind, self._rows_of_kind(kind))

    @about_the_file
    def drop_worked_out(self) -> None:
        """Forget the former ids that rows which are worked out have again."""
        with self.transaction():
            for kind in _RENAMED:
                former.drop_rows(self._connection, [row.id for row in self._rows_of_kind(kind)])

    @asking
    def current_id(self, row_id: str) -> str | None:
        """The id that a row of a former id has now: of the row of its kind that stands on the same words.

        None where there was no such row, or where nothing stands on its words any more.
        """
        was = former.find(self._connection, row_id.strip())
        return self._now(was) if was is not None else None

    def _now(self, was: Former) -> str | None:
        kind = next((one for one in _RENAMED if one == was.kind), None)
        if kind is None:
            return former.successor(self._connection, was)
        found = former.nearest(was, self._rows_of_kind(kind))
        return found.id if found is not None else None

    @asking
    def explain(self, row_id: str) -> Explanation:
        """One row of any kind with its words in context, and the rows that it was worked out from.

        The id may be cut short as long as it is the only one. An id that a row had before its report was read again
        opens what took its place.

        Raises:
            UsageError: no row, or several, have that id.
        """
        try:
            return self._explained(row_id)
        except UsageError:
            was = former.find(self._connection, row_id.strip())
            if was is None:
                raise
        now = self._now(was)
        if now is None:
            raise UsageError(
                f"{was.id} is no row any more: it stood on [{was.start}, {was.end}) of {was.source}, and when that was "
                "read again no row of its kind was found there"
            )
        return self._explained(now)

    def _explained(self, row_id: str) -> Explanation:
        told = explain_row(self._connection, row_id)
        if told is None and (row := added_row(self._connection, row_id.strip())) is not None:
            told = Explanation(_row_kind(row), row, passages_of(self._connection, row.evidence))
        if told is None or told.kind in _WORKED_OUT:
            kind, row = self._worked_out(row_id if told is None else told.row.id, told)
            passages = passages_of(self._connection, row.evidence)
            told = Explanation(kind, row, passages, related=self._related(row))
        return self._with_reviews(told)

    def _with_reviews(self, told: Explanation) -> Explanation:
        """What people decided of a row, and the row as they left it: with all its passages."""
        if not isinstance(told.row, Row) or told.kind in ("source", "deadlock", "status", "tone"):
            return told
        kind = kind_of(told.row)
        decided = reviews_of(self._connection, kind, told.row)
        if not decided:
            return told
        row = as_reviewed(self._connection, kind, told.row)
        return replace(told, row=row, passages=passages_of(self._connection, row.evidence), reviews=decided)

    def _worked_out(self, row_id: str, told: Explanation | None) -> tuple[RowKind, Row]:
        """The row of an id as the ledger has it; one that reports tell, and the ledger joins to another, as told."""
        if told is not None:
            rows = [row for row in self._rows_of_kind(told.kind) if row.id == row_id]
            assert isinstance(told.row, Row)
            return told.kind, (rows[0] if rows else told.row)
        kinds: dict[str, RowKind] = {}
        found: list[Row] = []
        for kind in _DERIVED:
            rows = list(self._rows_of_kind(kind))
            found += rows
            kinds |= {row.id: kind for row in rows}
        row = one_of(found, row_id)
        return kinds[row.id], row

    def _rows_of_kind(self, kind: RowKind) -> Sequence[Row]:
        asks: dict[RowKind, Callable[[], Sequence[Row]]] = {
            "move": self.moves,
            "position": self.positions,
            "commitment": self.commitments,
            "prediction": self.predictions,
            "discrepancy": self.discrepancies,
            "deadlock": self.deadlocks,
            "status": self.status,
            "tone": self.tone,
        }
        return asks[kind]()

    def _related(self, row: Row) -> tuple[Related, ...]:
        """The rows that a row names by id, in the order in which it names them."""
        named = named_by(row)
        rows = rows_of(self._connection, [one for _, one in named])
        return tuple(
            Related(how, rows[one], passages_of(self._connection, rows[one].evidence))
            for how, one in named
            if one in rows
        )
