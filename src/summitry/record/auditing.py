"""Looking at reviews: which there are, what is left to review, whose row is gone, where people differ, who agrees.

And reviews out to a file, and in from others'.
"""

from __future__ import annotations

import builtins
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from summitry.errors import UsageError
from summitry.record.finding import PersonRow, people_of
from summitry.record.placing import LEDGERED, place
from summitry.record.review_store import known_ids, load_reviews, write_review
from summitry.review import (
    KINDS,
    Agreement,
    Conflict,
    Doubt,
    Kind,
    Review,
    agreement_of,
    conflicts_of,
    doubt_of,
    in_force,
    kind_of,
    review_json,
    review_of,
)
from summitry.review.decide import Placed
from summitry.review.lines import instant
from summitry.vocabulary import Discrepancy, Row

if TYPE_CHECKING:
    from summitry.record.record import Record

AHEAD: Final = timedelta(days=1)
"""An imported review may be so much later than now: clocks differ. One from the year 2099 would outrank all others."""

_ASKS: Final = ("statements", "timeline", "moves", "positions", "commitments", "predictions", "discrepancies")


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A row that is yet to review, and what there is to doubt about it."""

    kind: Kind
    row: Row
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class Gone:
    """A review whose row is not there: the words it stood on, and what to do."""

    review: Review
    row: str
    words: str
    mend: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What importing came to: reviews that were new, and known before; rows on which people now differ; reviews whose
    row is not in this record, kept for when it is."""

    new: int
    known: int
    conflicts: tuple[Conflict, ...]
    gone: tuple[Gone, ...]


class Auditing:
    """The half of :class:`summitry.record.desk.Desk` that decides nothing."""

    def __init__(self, record: Record, clock: Callable[[], datetime]) -> None:
        self._record = record
        self._clock = clock

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._record._connection

    def list(self, *, by: str | None = None, kind: Kind | None = None) -> tuple[Review, ...]:
        """All reviews in the order of their times, undone ones and undos too; of a person or a kind of row."""
        reviews = load_reviews(self._connection, None if kind is None else (kind_named(kind),))
        return tuple(review for review in reviews if by is None or review.by == by)

    def in_force(self, *, by: str | None = None, kind: Kind | None = None) -> tuple[Review, ...]:
        """As :meth:`list`, without what was taken back."""
        return tuple(one for one in in_force(self.list(kind=kind)) if by is None or one.by == by)

    def people(self) -> tuple[PersonRow, ...]:
        """Who the reports name, most often named first: ids for merging and splitting people."""
        return tuple(people_of(self._connection))

    def queue(
        self,
        *,
        kind: Kind | None = None,
        by: str | None = None,
        limit: int | None = None,
        held: Sequence[Row] | None = None,
    ) -> tuple[Doubtful, ...]:
        """Rows that nobody has reviewed (``by``: not this person), the most doubtful first.

        ``held`` are all rows of the record, where they are at hand.
        """
        if held is None:
            held = [row for name in _ASKS if (ask := getattr(self._record, name, None)) is not None for row in ask()]
        disputed = {one for row in held if isinstance(row, Discrepancy) for one in (row.a, row.b)}
        done = self._reviewed(by)
        found = []
        for row in held:
            own = kind_of(row)
            if (kind is None or own == kind_named(kind)) and row.id not in done:
                found.append(Doubtful(own, row, doubt_of(row, disputed)))
        found.sort(key=lambda one: (-one.doubt.weight, one.kind, one.row.id))
        return tuple(found if limit is None else found[:limit])

    def _reviewed(self, by: str | None) -> set[str]:
        done = set()
        for kind in KINDS:
            reviews = load_reviews(self._connection, (kind,))
            placed = self._placed(kind, reviews)
            own = [review for review in in_force(reviews) if by is None or review.by == by]
            done |= {placed[r.id, i] for r in own for i in range(len(r.rows)) if (r.id, i) in placed}
        return done

    def _placed(self, kind: Kind, reviews: Sequence[Review]) -> Placed:
        worked_out = self._worked_out(kind) if reviews and kind in LEDGERED else ()
        placed = place(self._connection, kind, reviews, worked_out)
        if kind not in LEDGERED:
            return placed
        # A row that the ledger works out and that was rejected is in no answer: its id still stands for it.
        out = {one.rows[0].row for one in in_force(reviews) if one.action == "reject"}
        own = {(r.id, i): one.row for r in reviews for i, one in enumerate(r.rows) if one.row in out}
        return {**own, **placed}

    def _worked_out(self, kind: Kind) -> Iterable[Row]:
        ask = getattr(self._record, f"{kind}s" if kind != "discrepancy" else "discrepancies", None)
        return ask() if ask is not None else ()

    def agreement(self, kind: Kind | None = None) -> tuple[Agreement, ...]:
        """Reader against reviewers, and reviewers among themselves, for each kind that was reviewed."""
        found = []
        for one in KINDS if kind is None else (kind_named(kind),):
            reviews = load_reviews(self._connection, (one,))
            if one != "person" and reviews:
                found.append(agreement_of(one, reviews, self._placed(one, reviews)))
        return tuple(each for each in found if each.judged or each.added)

    def conflicts(self) -> tuple[Conflict, ...]:
        """Rows on which people decided differently; the latest decision applies."""
        found: builtins.list[Conflict] = []
        for kind in KINDS:
            reviews = load_reviews(self._connection, (kind,))
            found += conflicts_of(kind, reviews, self._placed(kind, reviews))
        return tuple(found)

    def gone(self) -> tuple[Gone, ...]:
        """Reviews in force whose row is not there: no reading makes it now, or its report is not in this record."""
        found = []
        for kind in KINDS:
            reviews = load_reviews(self._connection, (kind,))
            placed = self._placed(kind, reviews)
            for review in in_force(reviews):
                for i, one in enumerate(review.rows):
                    if (review.id, i) not in placed:
                        here = self._record.has(one.source)
                        found.append(Gone(review, one.row, one.exact, _mend(review, one.source, here=here)))
        return tuple(found)

    def export(self) -> Iterator[str]:
        """Every review as a line of JSON, in the order of their times."""
        for review in load_reviews(self._connection):
            yield json.dumps(review_json(review), ensure_ascii=False, sort_keys=True)

    def import_lines(self, lines: Iterable[str]) -> Imported:
        """Add reviews from lines of JSON, all or none; those that are there already stay as they are.

        Raises:
            UsageError: a line that is no review, named by its number; nothing is imported.
        """
        reviews: dict[str, Review] = {}
        latest = self._clock() + AHEAD
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                review = review_of(line.lstrip("\ufeff"))
                if instant(review.at) > latest:
                    raise UsageError(f"has at {review.at}, which lies in the future; allowed: up to {latest:%Y-%m-%d}")
            except UsageError as error:
                raise UsageError(
                    f"line {number} {error}; nothing was imported: mend the line and import again"
                ) from None
            reviews[review.id] = review
        with self._record.transaction():
            known = known_ids(self._connection, reviews)
            for review in reviews.values():
                if review.id not in known:
                    write_review(self._connection, review)
        new = reviews.keys() - known
        touched = {one.row for review in reviews.values() for one in review.rows}
        return Imported(
            len(new),
            len(known),
            tuple(one for one in self.conflicts() if one.row in touched),
            tuple(one for one in self.gone() if one.review.id in new),
        )


def kind_named(kind: str) -> Kind:
    """A kind of row by its name.

    Raises:
        UsageError: there is none of that name.
    """
    for one in KINDS:
        if one == kind:
            return one
    raise UsageError(f"kind is {kind!r}; allowed: {', '.join(KINDS)}")


def _mend(review: Review, source: str, *, here: bool) -> str:
    """What to do about a review whose row is gone."""
    if not here:
        return f"its report {source} is not in this record: read it (summitry read), and the review applies again"
    if review.action == "add":
        return f"its words no longer stand once in {source}: undo {review.id} and add the row on other words"
    again = "" if review.action == "reject" else f"add it on these words (summitry review add {review.kind}), or "
    return f"the present reading has no such row there: {again}undo {review.id}"
