"""The queue of review at the desk: worked out once, and kept right while people decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summitry.record.auditing import Doubtful
from summitry.review import Agreement, Review
from summitry.vocabulary import Row
from summitry.web.view import View

REASONS = ("low confidence", "disputed", "anonymous", "second hand", "single source")
"""Reasons to doubt a row, as :func:`summitry.review.doubt_of` gives them."""


@dataclass(frozen=True, slots=True)
class Queue:
    """Rows yet to review, the most doubtful first, and the place of each by id."""

    rows: Sequence[Doubtful]
    places: dict[str, int]


def queue_of(view: View) -> Queue:
    """The queue as it was when the answers of this view were worked out: what was decided since is still in it."""

    def work() -> Queue:
        kinds = "statements timeline moves positions commitments predictions discrepancies".split()
        rows = view.record.review.queue(held=[row for kind in kinds for row in view.answer(kind)])
        return Queue(rows, {one.row.id: place for place, one in enumerate(rows)})

    return view.once("review queue", work)


def agreement_of(view: View) -> tuple[Agreement, ...]:
    """Reader against reviewers, and reviewers among themselves, when the answers of this view were worked out."""
    return view.once("review agreement", lambda: view.record.review.agreement())


def parties_told(row: Row) -> list[tuple[str, str]]:
    """Code and name of each party or person that a row names."""
    names = "speaker party addressee actors recipients proposer obligor beneficiary forecaster person".split()
    found = []
    for name in names:
        told = getattr(row, name, None)
        actors = told if isinstance(told, tuple) else (told,)
        found += [(one.code or "", one.name) for one in actors if one is not None]
    return found


def concerns(row: Row, party: str) -> bool:
    """Whether a row names a party, by the start of its code or by its whole name."""
    code, name = party.strip().upper(), party.strip().casefold()
    return any((own and own.upper().startswith(code)) or told.casefold() == name for own, told in parties_told(row))


def decided_ids(reviews: Sequence[Review]) -> set[str]:
    """Ids of the rows that reviews are about."""
    return {anchor.row for review in reviews for anchor in review.rows}


def last_of(reviews: Sequence[Review], row_id: str) -> Review | None:
    """The latest of the reviews in force on a row."""
    found = [one for one in reviews if any(anchor.row == row_id for anchor in one.rows)]
    return found[-1] if found else None
