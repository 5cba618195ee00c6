"""One row by its id: what it says, its words in context, how it was coded and dated, what it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast, get_args

from summitry.errors import UsageError
from summitry.ledger import ProcessStatus
from summitry.record import Explanation, Passage
from summitry.record.explaining import named_by
from summitry.record.rows import Related, RowKind
from summitry.report.facts import fields_of
from summitry.report.rows import explanation_json
from summitry.report.sureness import meaning_of
from summitry.review import Kind, Review
from summitry.vocabulary import Commitment, Row
from summitry.web.gist import Gist, gist_of, kind_of, rows_of
from summitry.web.page import Json, Missing, Page
from summitry.web.question import Question
from summitry.web.view import View

MOST_PASSAGES: Final = 40
"""Passages shown of one row: the mean of a busy month rests on hundreds."""

MOST_RELATED: Final = 20
"""Rows listed that rest on this one, or that it rests on."""


@dataclass(frozen=True, slots=True)
class Link:
    """Another row, and how it bears on this one."""

    how: str
    row: Row
    gist: Gist


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPage(Page):
    """A row. ``facts`` are its fields by name; ``asked`` the id of the address where that is a former or another one.

    ``left`` are how many passages are not shown; ``reviewed`` whether rows of this kind can be.
    """

    told: Explanation
    facts: Sequence[tuple[str, str]]
    gist: Gist | None
    meaning: str
    passages: Sequence[Passage]
    left: int
    links: Sequence[Link]
    left_links: int
    reviewed: bool
    asked: str | None = None

    def json(self) -> Json:
        """See :class:`Page`: the row as ``summitry explain --format json`` tells it, and the rows that bear on it."""
        return explanation_json(self.told) | {
            "bearing": [{"how": one.how, "id": one.row.id, "row": one.gist.kind} for one in self.links]
        }


def build_row(view: View, question: Question) -> RowPage:
    """The page of a row, by its id, the start of it, or an id that it had before its report was read again.

    Raises:
        Missing: there is none of that id, or several are.
    """
    wanted = question.get("id")
    try:
        told = told_of(view, wanted)
    except UsageError as error:
        raise Missing(str(error)) from None
    facts = list(fields_of(told))
    row = told.row
    if not isinstance(row, Row):
        return RowPage(
            title=row.headline or row.uri,
            told=told,
            facts=facts[1:],
            gist=None,
            meaning="",
            passages=told.passages,
            left=0,
            links=(),
            left_links=0,
            reviewed=False,
            asked=wanted if wanted != row.id else None,
        )
    gist = gist_of(row)
    links = _links(view, row)
    return RowPage(
        title=f"{gist.kind.capitalize()}: {f'{gist.who}: ' if gist.who else ''}{gist.what}",
        told=told,
        facts=[(name, value) for name, value in facts[1:] if name not in ("coder", "which means")],
        gist=gist,
        meaning=meaning_of(row),
        passages=told.passages,
        left=len(row.evidence) - len(told.passages),
        links=links[:MOST_RELATED],
        left_links=max(len(links) - MOST_RELATED, 0),
        reviewed=gist.kind in get_args(Kind),
        asked=wanted if wanted != row.id else None,
    )


def told_of(view: View, wanted: str) -> Explanation:
    """A row as ``explain`` tells it, from the answers of the view: no ledger is worked out for it.

    Raises:
        UsageError: no row, or several, have that id.
    """
    row = rows_of(view).find(wanted)
    if row is None:
        return view.record.explain(wanted)
    kind = kind_of(row)
    if kind in ("statement", "event"):
        # Told by the reports: no ledger is worked out for these, and events come with what each report says.
        told = view.record.explain(row.id)
        if told.reviews or view.stale:
            return told
        return replace(told, row=row, passages=view.record.passages(row.evidence[:MOST_PASSAGES]))
    decided = _decided(view, kind, row.id)
    if decided or view.stale:
        # The answers of the view may be older than the decision.
        return view.record.explain(row.id)
    named = [(how, rows_of(view).by_id.get(one)) for how, one in _named(row)][:MOST_RELATED]
    return Explanation(
        cast(RowKind, kind),
        row,
        view.record.passages(row.evidence[:MOST_PASSAGES]),
        related=tuple(Related(how, one, view.record.passages(one.evidence[:1])) for how, one in named if one),
    )


def _decided(view: View, kind: str, row_id: str) -> tuple[Review, ...]:
    if kind not in get_args(Kind):
        return ()
    found = view.record.review.in_force(kind=cast(Kind, kind))
    return tuple(one for one in found if any(anchor.row == row_id for anchor in one.rows))


def _links(view: View, row: Row) -> list[Link]:
    rows = rows_of(view)
    found = dict.fromkeys(
        (how, one) for how, one in (*_named(row), *bearing(view).get(row.id, ())) if one in rows.by_id and one != row.id
    )
    return [Link(how, rows.by_id[one], gist_of(rows.by_id[one])) for how, one in found]


def _named(row: Row) -> list[tuple[str, str]]:
    """The rows that a row names, and how."""
    match row:
        case Commitment():
            earlier = [("revises", row.revises)] if row.revises else []
            return earlier + [("shown by", one) for one in row.events]
        case ProcessStatus():
            return [("by", one) for one in row.events]
        case _:
            return named_by(row)


_BACK: Final = {
    "the position before": "the position after",
    "it answers": "answered by",
    "resolved by": "it resolves",
    "revises": "revised by",
    "shown by": "it shows the state of",
    "one side": "disputed in",
    "the other side": "disputed in",
    "by": "it makes the state of",
}


def bearing(view: View) -> Mapping[str, Sequence[tuple[str, str]]]:
    """For each row, those that name it, and how."""

    def work() -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in rows_of(view).by_id.values():
            for how, one in _named(row):
                found[one].append((_BACK[how], row.id))
        return dict(found)

    return view.once("rows bearing on rows", work)
