"""Sentences on positions that stand or moved, and on conditions that are open."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from summitry.ledger.clauses import is_clause, move_clause, position_clause, stands_alone
from summitry.ledger.drafts import Draft, dated, freshness, reported_on, told_when, voiced
from summitry.ledger.phrasing import listed, opening, possessive, quoted, sentence
from summitry.ledger.sides import side
from summitry.ledger.weights import PLAIN, SURE, aimed, alike, row_day, told_much, weight_of
from summitry.vocabulary import Position

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.ledger.findings import Findings
    from summitry.ledger.positions import Cell
    from summitry.ledger.rows import Deadlock, Step
    from summitry.vocabulary import Move

_TERMS: Final = re.compile(
    r"\b(?:if|unless|until|till|once|only|provided|providing|as long as|so long as|without|condition\w*|precondition|"
    r"in (?:exchange|return) for)\b",
    re.IGNORECASE,
)
"""Words that set terms; "after" and "before" as often only tell the time."""

_BESIDE: Final = 3
"""Parties that one sentence puts beside one another."""

_STANDS_FOR: Final = timedelta(days=365)
"""A position that nobody has told for so long is left to the matrix."""


def stand_drafts(found: Findings) -> Iterator[Draft]:
    """Where the parties stand, an issue a sentence, the parties of the talks beside one another.

    With a case only its issues: a label found in the text may be any noun.
    """
    by_issue: defaultdict[str, list[Cell]] = defaultdict(list)
    for cell in found.matrix:
        if side(cell.party) not in found.parties or (found.titles and cell.issue not in found.titles):
            continue
        position = _best(found, cell)
        if position is not None:
            by_issue[cell.issue].append(replace(cell, position=position))
    for issue, cells in by_issue.items():
        ordered = sorted(cells, key=lambda cell: found.parties.index(side(cell.party)))[:_BESIDE]
        days = [day for cell in ordered if (day := row_day(found, cell.position))]
        latest = max(days, default=None)
        principals = sum(side(cell.party) in found.main for cell in ordered)
        score = (
            (0.5, 0.8, 1.3)[min(principals, 2)]
            * max(cell.position.confidence for cell in ordered)
            * freshness(latest, found.today)
            * (1.0 + 0.05 * min(sum(len(cell.positions) for cell in ordered), 10))
            * sum(told_much(cell.position.summary) for cell in ordered)
            / len(ordered)
        )
        evidence = tuple(dict.fromkeys(cell.position.evidence[0] for cell in ordered))
        rows = tuple(cell.position.id for cell in ordered)
        yield Draft("positions", partial(_stands, found, issue, ordered), evidence, rows, score, latest)


def _stands(found: Findings, issue: str, cells: Sequence[Cell]) -> str:
    clauses = []
    for cell in cells:
        party = side(cell.party)
        by, account = voiced(found, cell.position, party)
        when = dated(found.holdings, cell.position.held, cell.position.evidence[0].source)
        clauses.append(f"{found.names.formal(party)}{by} {position_clause(cell.position)}{account}{when}")
    return sentence(f"{found.titles.get(issue, issue)}: {'; '.join(clauses)}.")


def _best(found: Findings, cell: Cell) -> Position | None:
    """The position that stands, or the last before it of nearly the same days whose own words make a clause."""
    if _fit(found, cell.position):
        return cell.position
    day = row_day(found, cell.position)
    for position in reversed(cell.positions):
        other = row_day(found, position)
        near = day is None or (other is not None and timedelta(0) <= day - other <= _ABOUT)
        same = position.attributed_by == cell.position.attributed_by and position.stance == cell.position.stance
        if near and same and _fit(found, position):
            return position
    return None


_ABOUT: Final = timedelta(days=60)
"""Days before a position that stands in which the same stance may be told in better words."""


def _fit(found: Findings, position: Position) -> bool:
    return _tellable(position) and not _old(found, position) and is_clause(position)


def _old(found: Findings, position: Position) -> bool:
    """Whether a position was last told so long ago, or nobody knows when, that nobody can say it stands."""
    day, today = row_day(found, position), found.today
    if today is None:
        return False
    report = found.holdings.reports.get(position.evidence[0].source)
    if report is None or day is None:
        return True
    # The first day of a span of months dates nothing.
    vague = position.held.start is None and reported_on(found.holdings, report.id) is None
    return vague or today - day > _STANDS_FOR


def _tellable(position: Position) -> bool:
    return position.confidence >= SURE and stands_alone(position.summary)


def moved_drafts(found: Findings) -> Iterator[Draft]:
    """Positions that moved, with the passages side by side."""
    for position in found.positions:
        before = found.by_id.get(position.previous) if position.previous else None
        party = side(position.party)
        if position.change not in _CHANGED or not isinstance(before, Position) or party not in found.parties:
            continue
        if _old(found, position):
            continue
        if _tellable(position) and _tellable(before):
            day = row_day(found, position)
            sure = min(position.confidence, before.confidence)
            score = 1.1 * weight_of(found, (party,)) * sure * freshness(day, found.today)
            evidence = (position.evidence[0], before.evidence[0])
            rows = (position.id, before.id)
            yield Draft("positions", partial(_moved, found, position, before), evidence, rows, score, day)


_CHANGED: Final = {"harden": "hardened", "soften": "softened", "reverse": "reversed"}


def _moved(found: Findings, position: Position, before: Position) -> str:
    when = told_when(found.holdings, position.held, position.evidence[0].source)
    changed = _CHANGED[position.change or "harden"]
    return sentence(
        f"{opening(when)}{found.names.formal(side(position.party))} {changed} its position, from "
        f"{quoted(before.evidence[0].exact)} to {quoted(position.evidence[0].exact)}."
    )


def condition_drafts(found: Findings) -> Iterator[Draft]:
    """Circles of conditions, and single conditions that a party has set and nobody met."""
    for deadlock in found.deadlocks:
        evidence = tuple(dict.fromkeys(step.evidence[0] for step in deadlock.steps))
        score = 2.0 * deadlock.confidence
        yield Draft("conditions", partial(_circle, found, deadlock), evidence, (deadlock.id,), score, found.today)
    conditional = [move for move in found.moves if move.kind == "precondition" or _TERMS.search(move.condition or "")]
    for group in alike(conditional):
        move = max(group, key=lambda each: (row_day(found, each) or date.min, each.confidence, each.id))
        party = side(move.proposer)
        day = row_day(found, move)
        late = day is not None and found.today is not None and found.today - day > _STANDS_FOR
        if not late and move.confidence >= SURE and move.status in (None, "open", "refused", "conditionally answered"):
            score = (
                weight_of(found, (party,))
                * aimed(found, move)
                * move.confidence
                * freshness(day, found.today)
                * (1.0 if move.condition or move.kind == "precondition" else PLAIN)
            )
            yield Draft(
                "conditions", partial(_condition, found, move), move.evidence[:1], (move.id,), score, day, party
            )


def _circle(found: Findings, deadlock: Deadlock) -> str:
    steps = {step.id: step for step in deadlock.steps}
    clauses = [
        f"{_step(found, step)} waits for {listed(_step(found, steps[one]) for one in step.waits_for if one in steps)}"
        for step in deadlock.steps[:_BESIDE]
    ]
    return sentence(f"Deadlock: {'; '.join(clauses)}.")


def _step(found: Findings, step: Step) -> str:
    """A step by whose it is: words of any form stand behind a noun."""
    noun = "end of" if step.ended else "assurance" if _ASSURED.match(step.step) else "step"
    return f"{possessive(found.names.formal(side(step.party)))} {noun} {quoted(step.step)}"


_ASSURED: Final = re.compile(r"(?:not|never|no) \b", re.IGNORECASE)
"""What will not be done is an assurance: "not to attack"."""


def _condition(found: Findings, move: Move) -> str:
    party = side(move.proposer)
    by, account = voiced(found, move, party)
    when = told_when(found.holdings, move.date, move.evidence[0].source)
    return sentence(f"{opening(when)}{found.names.formal(party)}{by} {move_clause(move)}{account}.")
