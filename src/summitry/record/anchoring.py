"""From what a reviewer names to the rows that a review is kept for: by id, and by what each stands on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from summitry.errors import UsageError
from summitry.record.auditing import Auditing
from summitry.record.entries import entries_of, members_of
from summitry.record.explaining import explain_row
from summitry.record.finding import person_named
from summitry.record.placing import LEDGERED, TABLES, load_rows, on_words, place, present
from summitry.record.review_store import load_reviews
from summitry.record.reviews import added_row, decisions_of
from summitry.review import Anchor, Kind, Review, kind_of, plain_of
from summitry.review.fields import FIELDS
from summitry.vocabulary import Row


class Anchoring(Auditing):
    """The half of :class:`summitry.record.desk.Desk` that finds what is decided about."""

    def _of_kind(self, kind: Kind) -> list[Review]:
        return load_reviews(self._connection, (kind,))

    def _row(self, wanted: str, *, tellings: bool = False) -> tuple[Kind, Row | None]:
        """The row of an id as the reader wrote it; None as the row of a person.

        Raises:
            UsageError: no row that can be reviewed, or several, have that id.
        """
        if (row := added_row(self._connection, wanted.strip())) is not None:
            return kind_of(row), row
        if person_named(self._connection, wanted) is not None:
            return "person", None
        # As the reader wrote it; what the ledger works out, as it stands now.
        told = explain_row(self._connection, wanted)
        if told is None:
            wanted = self._read_anew(wanted)
            told = explain_row(self._connection, wanted) or self._record.explain(wanted)
        if not isinstance(told.row, Row) or told.kind in ("deadlock", "status", "tone"):
            allowed = ", ".join(kind for kind in FIELDS)
            raise UsageError(f"{wanted} is a {told.kind}, which is not reviewed; allowed: {allowed}")
        kind = kind_of(told.row)
        raw = load_rows(self._connection, kind, [told.row.id]) if self._in_table(kind, told.row.id) else [told.row]
        if kind == "event":
            self._check_entry(told.row.id, tellings=tellings)
        return kind, raw[0] if kind != "event" or tellings else told.row

    def _read_anew(self, wanted: str) -> str:
        """The id that a row reviewed before has now, where its report was read again; else the id as it is.

        Raises:
            UsageError: the row was reviewed, and no reading makes it now.
        """
        for kind in TABLES:
            reviews = self._of_kind(kind)
            old = {(one.id, i): row.row for one in reviews for i, row in enumerate(one.rows) if one.action != "add"}
            mine = [at for at, row in old.items() if row == wanted]
            if mine and kind not in LEDGERED:
                placed = place(self._connection, kind, reviews)
                if mine[0] in placed:
                    return placed[mine[0]]
                raise UsageError(
                    f"the row {wanted} was reviewed and is gone: its report was read again, and no reading makes it "
                    "now; see: summitry review list --gone"
                )
        return wanted

    def _side(self, wanted: str) -> str:
        """The id of a row that a discrepancy is between."""
        _, row = self._row(wanted)
        if row is None:
            raise UsageError(f"{wanted} is a person; allowed for a discrepancy: ids of two rows")
        return row.id

    def _in_table(self, kind: Kind, row_id: str) -> bool:
        return bool(present(self._connection, kind, [row_id]))

    def _check_entry(self, row_id: str, *, tellings: bool) -> None:
        """Refuse a telling where an event is meant: what is decided of it would be decided of all."""
        entry = entries_of(self._connection, [row_id]).get(row_id, row_id)
        if (
            entry == row_id
            or tellings
            or row_id in decisions_of(self._connection, "event", self._of_kind("event")).apart
        ):
            return
        raise UsageError(
            f"{row_id} is one report's telling of the event {entry}; review {entry}, or take the telling out of it "
            f"first: summitry review split {row_id}"
        )

    def _check_told(self, row_id: str) -> None:
        """Refuse to split what stands alone, and the telling that gives an event its id."""
        decisions = decisions_of(self._connection, "event", self._of_kind("event"))
        entry = entries_of(self._connection, [row_id]).get(row_id, row_id)
        if row_id in decisions.into or entry in decisions.into:
            return
        members = members_of(self._connection, [entry]).get(entry, [])
        rest = [one for one in members if one not in decisions.apart]
        if row_id in decisions.apart or len(rest) < 2:
            raise UsageError(f"{row_id} stands alone; allowed: a telling of an event that several reports tell")
        if row_id == entry:
            others = ", ".join(one for one in rest if one != entry)
            raise UsageError(f"{row_id} is the event itself; allowed: one of its other tellings ({others})")

    def _anchor(self, kind: Kind, row: Row) -> Anchor:
        """By what a row is found again. An event is found by the telling that gives it its id."""
        own = load_rows(self._connection, kind, [row.id])[0] if self._in_table(kind, row.id) else row
        first = own.evidence[0]
        beside = set(on_words(self._connection, kind, first.source, first.start, first.end)) - {row.id}
        was = self._first_was(kind, row) or plain_of(kind, row)
        return Anchor(row.id, first.source, first.start, first.end, first.exact, was, tuple(sorted(beside)))

    def _first_was(self, kind: Kind, row: Row) -> Mapping[str, Any] | None:
        """What a row that the ledger works out said before anybody edited it."""
        if self._in_table(kind, row.id) and kind != "event":
            return None
        earlier = (one.was for review in self._of_kind(kind) for one in review.rows if one.row == row.id)
        return next(earlier, None)

    def _person(self, wanted: str) -> Anchor:
        person = person_named(self._connection, wanted)
        if person is None:
            raise UsageError(f"nobody in this record is {wanted!r}; allowed: an id or name of summitry review people")
        return Anchor(person.id, was={"name": person.name, "party": person.party})

    def _spelling_of(self, person: Anchor, spelling: str) -> tuple[Anchor, ...]:
        """The person that a spelling was merged from, if a reviewer merged it; else the person it is taken out of.

        Raises:
            UsageError: the person has no such spelling.
        """
        into = decisions_of(self._connection, "person", self._of_kind("person")).into
        own = {one for one, (root, _) in into.items() if root == person.row}
        for review in self._of_kind("person"):
            for one in review.rows:
                if one.row in own and str(one.was["name"]).casefold() == spelling.casefold():
                    return (Anchor(one.row, was=one.was, beside=(person.row,)),)
        known = person_named(self._connection, person.row)
        spellings = known.aliases if known else ()
        if spelling.casefold() not in {one.casefold() for one in spellings}:
            raise UsageError(
                f"{person.was['name']} has no spelling {spelling!r}; allowed: {', '.join(spellings) or 'none'}"
            )
        return (person,)
