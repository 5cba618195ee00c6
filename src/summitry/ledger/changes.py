"""What changed between two days: what is new, what moved, what was answered or resolved, which state is another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from summitry.ledger.brief import title_of
from summitry.ledger.drafts import Draft, chosen
from summitry.ledger.findings import Findings, findings
from summitry.ledger.lines_moves import answered_drafts, move_drafts
from summitry.ledger.lines_open import commitment_drafts, doubt_drafts, prediction_drafts
from summitry.ledger.lines_stands import condition_drafts, moved_drafts
from summitry.ledger.lines_state import ahead_drafts, state_drafts
from summitry.ledger.phrasing import counted, spoken
from summitry.ledger.rows import Brief
from summitry.ledger.scope import one_case, restricted

if TYPE_CHECKING:
    from summitry.ledger.holdings import Holdings
    from summitry.ledger.rows import BriefSection
    from summitry.vocabulary import Row

MOST: Final[dict[BriefSection, int]] = {
    "state": 2, "moves": 8, "positions": 4, "conditions": 2, "commitments": 2, "predictions": 2, "changed": 6,
    "ahead": 2, "doubt": 3,
}  # fmt: skip
"""Sentences of each section at most. ``changed`` is what became of rows that were known before."""


def changes(before: Holdings, after: Holdings) -> Brief:
    """What the record says on the day of ``after`` that it did not on the day of ``before``.

    Empty where nothing was told in between. Late reports of older things count too: they are new to the record.
    """
    # The main negotiation of the later day, told of both.
    after, others = one_case(after)
    if others:
        before = restricted(before, after.cases[0])
    old, new = findings(before), findings(after)
    told = _ids(old)
    lines: list[Draft] = []
    left_out: list[tuple[BriefSection, int]] = []
    for section, drafts in _sections(old, new, told):
        kept, left = chosen(drafts, MOST[section])
        lines += kept
        if left:
            left_out.append((section, left))
    # Only what is told above is doubted, and contradictions that are new.
    fresh = [draft for draft in doubt_drafts(new, lines) if not set(draft.rows) & told]
    kept, left = chosen(fresh if lines else (), MOST["doubt"])
    lines += sorted(kept, key=lambda one: -one.score)
    reports = len(after.reports) - len(before.reports)
    since = f" since {spoken(before.today)}" if before.today else ""
    return Brief(
        title=f"{title_of(new, f'What changed{since}')}, {counted(max(reports, 0), 'new report')}",
        as_of=after.today,
        lines=tuple(draft.line() for draft in lines),
        since=before.today,
        left_out=tuple(left_out),
        others=others,
    )


def _ids(found: Findings) -> frozenset[str]:
    """The ids of all rows that a day knows."""
    held = found.holdings
    groups: tuple[Iterable[Row], ...] = (
        held.events,
        found.moves,
        found.positions,
        found.commitments,
        found.predictions,
        found.discrepancies,
        found.deadlocks,
    )
    return frozenset(row.id for group in groups for row in group)


def _sections(old: Findings, new: Findings, told: frozenset[str]) -> Iterator[tuple[BriefSection, Iterable[Draft]]]:
    yield "state", _state(old, new)
    yield "moves", (draft for draft in move_drafts(new) if draft.rows[0] not in told)
    yield "positions", (draft for draft in moved_drafts(new) if draft.rows[0] not in told)
    yield "conditions", (draft for draft in condition_drafts(new) if draft.rows[0] not in told)
    known = {row.id for row in new.commitments if row.id in told or row.revises in told}
    yield "commitments", (draft for draft in commitment_drafts(new) if not known & set(draft.rows))
    yield "predictions", (draft for draft in prediction_drafts(new) if draft.rows[0] not in told)
    yield "changed", _resolved(old, new, told)
    yield "ahead", (draft for draft in ahead_drafts(new) if draft.rows[0] not in told)


def _state(old: Findings, new: Findings) -> Iterator[Draft]:
    """The state where it is another than before, or is so by another event."""
    told = {row for draft in state_drafts(old) for row in draft.rows[-1:]}
    before, day = old.status[-1] if old.status else None, old.today
    for draft in state_drafts(new):
        other = before is not None and draft.rows[0] == new.status[-1].id and before.state != new.status[-1].state
        if other and before is not None and day is not None:
            text = f"{draft.say()} On {spoken(day)} they were {_word(before.state)}."
            yield replace(draft, say=partial(str, text), evidence=(*draft.evidence, *before.evidence[:1]))
        elif not set(draft.rows) & told:
            yield draft


def _word(state: str) -> str:
    return "at an agreement" if state == "agreement" else state


def _resolved(old: Findings, new: Findings, told: frozenset[str]) -> Iterator[Draft]:
    """Rows known before of which something became: answered moves, resolved predictions, commitments of new status."""
    was = {move.id: move.status for move in old.moves}
    status = {move.id: move.status for move in new.moves}
    for draft in answered_drafts(new):
        if draft.rows[0] in told and was.get(draft.rows[0]) != status[draft.rows[0]]:
            yield replace(draft, section="changed")
    resolutions = {row.id: row.resolution for row in old.predictions}
    now = {row.id: row.resolution for row in new.predictions}
    for draft in prediction_drafts(new):
        if draft.rows[0] in told and now[draft.rows[0]] != resolutions.get(draft.rows[0]):
            yield replace(draft, section="changed")
    fresh = {row.id for row in new.commitments if row.id not in told and row.revises in told}
    for draft in commitment_drafts(new):
        if fresh & set(draft.rows):
            yield replace(draft, section="changed")
