"""One page: where the talks stand on a day, in sentences made from rows by templates, each with its passages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from summitry.ledger.drafts import Draft, chosen
from summitry.ledger.findings import Findings, findings
from summitry.ledger.lines_moves import move_drafts
from summitry.ledger.lines_open import commitment_drafts, doubt_drafts, prediction_drafts
from summitry.ledger.lines_stands import condition_drafts, moved_drafts, stand_drafts
from summitry.ledger.lines_state import ahead_drafts, state_drafts
from summitry.ledger.phrasing import counted, spoken
from summitry.ledger.rows import Brief
from summitry.ledger.scope import one_case

if TYPE_CHECKING:
    from summitry.ledger.holdings import Holdings
    from summitry.ledger.rows import BriefSection

MOST: Final[dict[BriefSection, int]] = {
    "state": 2, "moves": 6, "positions": 5, "conditions": 3, "commitments": 3, "predictions": 3, "ahead": 3, "doubt": 4,
}  # fmt: skip
"""Sentences of each section at most: together a page."""


def compose(holdings: Holdings) -> Brief:
    """Where the talks stand on the day of the holdings.

    Sections stand in the order of :data:`MOST`; of each the sentences that matter most, latest first: by how fresh they
    are, whose they are, how sure, and how many reports tell them. ``left_out`` counts the rows there was no room for.
    Of a record of several negotiations it tells of the main one, and names the others.
    """
    holdings, others = one_case(holdings)
    found = findings(holdings)
    lines: list[Draft] = []
    told: set[str] = set()
    state: set[str] = set()
    left_out: list[tuple[BriefSection, int]] = []
    for section, drafts in _sections(found):
        # A term that runs out is told where it ends too.
        cited = [each for one in lines for each in one.evidence] if section == "moves" else []
        kept, left = chosen(drafts, MOST[section], told if section != "ahead" else state, cited)
        # The state comes before what else is said of it, other sections have the latest first.
        lines += sorted(kept, key=lambda one: -one.score) if section == "state" else kept
        if section == "state":
            state = {row for draft in kept for row in draft.rows}
        told |= state | {row for draft in kept for row in draft.rows[:1]}
        if left:
            left_out.append((section, left))
    kept, left = chosen(doubt_drafts(found, lines), MOST["doubt"])
    lines += sorted(kept, key=lambda one: -one.score)
    if left:
        left_out.append(("doubt", left))
    return Brief(
        title=title_of(found, "Where the talks stand"),
        as_of=holdings.today,
        lines=tuple(draft.line() for draft in lines),
        left_out=tuple(left_out),
        others=others,
    )


def _sections(found: Findings) -> Iterator[tuple[BriefSection, Iterable[Draft]]]:
    makers: tuple[tuple[BriefSection, Callable[[Findings], Iterable[Draft]]], ...] = (
        ("state", state_drafts),
        ("moves", move_drafts),
        ("positions", lambda one: [*moved_drafts(one), *stand_drafts(one)]),
        ("conditions", condition_drafts),
        ("commitments", commitment_drafts),
        ("predictions", prediction_drafts),
        ("ahead", ahead_drafts),
    )
    for section, make in makers:
        yield section, make(found)


def title_of(found: Findings, opening: str) -> str:
    """The title: the case, the day and how many reports it rests on."""
    reports = found.holdings.reports.values()
    copies = sum(1 for one in reports if one.copy_of)
    told = counted(len(reports), "report")
    if copies:
        told += f", {copies} of them {'a copy' if copies == 1 else 'copies'}"
    names = "; ".join(case.title for case in found.cases)
    day = f" as of {spoken(found.today)}" if found.today else ""
    return f"{opening}{day}{f': {names}' if names else ''} ({told})"
