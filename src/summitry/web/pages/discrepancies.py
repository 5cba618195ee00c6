"""Discrepancies: what does not go together, both sides in their own words beside one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from summitry.errors import UsageError
from summitry.record import Citation
from summitry.report.rows import to_dict
from summitry.vocabulary import DateInterval, Discrepancy, DiscrepancyKind, Evidence, Row
from summitry.web.page import Json, Page, Part
from summitry.web.pages.telling import counted, what_it_is, when_of, who_says
from summitry.web.question import Question
from summitry.web.view import View

KINDS: Final[Mapping[DiscrepancyKind, tuple[str, str]]] = {
    "sources": ("Sources disagree", "Reports tell one thing differently."),
    "parties": ("Parties disagree", "What one party says does not go with what another says."),
    "self": ("A party and its own word", "A party said or did otherwise before, under the same government."),
    "asserted": ("A report says so", "A report itself calls two things a contradiction."),
}
"""Kinds as headings, each with what it means."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side: its words, the row they tell (None where the record shows none of that id), whose and what it is."""

    evidence: Evidence
    row: Row | None
    row_id: str
    who: str
    what: str
    when: DateInterval | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A discrepancy with its two sides; ``said`` is the sentence of a report that asserts it."""

    row: Discrepancy
    a: Side
    b: Side
    said: Evidence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscrepanciesPage(Page):
    """Discrepancies. ``counts`` tells how many the filters leave of each kind."""

    part: Part[Pair]
    counts: Sequence[tuple[str, int]]
    parties: Sequence[tuple[str, str, int]]
    cited: Mapping[str, Citation]

    @property
    def kinds(self) -> Mapping[DiscrepancyKind, tuple[str, str]]:
        """See :data:`KINDS`."""
        return KINDS

    def json(self) -> Json:
        """See :class:`Page`."""
        rows = [
            to_dict(one.row, self.cited) | {"who": {"a": one.a.who or None, "b": one.b.who or None}}
            for one in self.part.rows
        ]
        return {"title": self.title, "rows": rows, "kinds": dict(self.counts), **self.part.json()}


def build(view: View, question: Question) -> DiscrepanciesPage:
    """The page; ``kind`` in the question narrows it.

    Raises:
        UsageError: no such kind.
    """
    kind = question.get("kind")
    if kind and kind not in get_args(DiscrepancyKind):
        raise UsageError(f"kind is {kind!r}; allowed: {', '.join(get_args(DiscrepancyKind))}")
    rows: Sequence[Discrepancy] = view.choose(view.discrepancies(), question.filters)
    counts = counted(row.kind for row in rows)
    if kind:
        rows = [row for row in rows if row.kind == kind]
    chosen = Part.of(rows, question.number, view.size)
    by_id = view.by_id()
    part = Part([pair_of(row, by_id) for row in chosen.rows], chosen.number, chosen.pages, chosen.total)
    return DiscrepanciesPage(
        title="Discrepancies",
        part=part,
        counts=counts,
        parties=view.parties(),
        cited=view.cited(chosen.rows),
    )


def pair_of(row: Discrepancy, by_id: Mapping[str, Row]) -> Pair:
    """A discrepancy with its sides. The evidence is that of ``a``, that of ``b``, then the sentence that asserts it."""
    sides = row.evidence[:-1] if row.kind == "asserted" and len(row.evidence) > 2 else row.evidence
    a = by_id.get(row.a)
    first = next((one for one in sides if a is not None and one in a.evidence), sides[0])
    b = by_id.get(row.b)
    rest = [one for one in sides if one != first] or [sides[-1]]
    second = next((one for one in rest if b is not None and one in b.evidence), rest[-1])
    said = row.evidence[-1] if row.kind == "asserted" else None
    return Pair(row, _side(first, a, row.a), _side(second, b, row.b), said)


def _side(evidence: Evidence, row: Row | None, row_id: str) -> Side:
    return Side(evidence, row, row_id, who_says(row), what_it_is(row), when_of(row))
