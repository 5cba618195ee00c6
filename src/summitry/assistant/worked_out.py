"""Tools on what the ledger works out of all reports: where the talks and the parties stand, and what became of what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

from pydantic import Field

from summitry.assistant import rows
from summitry.assistant.asked import MOST_DAY, AsOf, CaseName, Issue, Limit, OneParty, Party, Since, Skip
from summitry.assistant.held import Held, Question, blank, part
from summitry.assistant.quoting import line
from summitry.assistant.results import (
    BriefAnswer,
    Commitments,
    Deadlocks,
    Discrepancies,
    LineResult,
    Matrix,
    Moves,
    PositionOf,
    Predictions,
    State,
)
from summitry.ledger import Brief, BriefLine, Cell, ProcessStatus
from summitry.report.words import edtf
from summitry.vocabulary import DiscrepancyKind, MoveKind, Resolution

BRIEF_QUOTE: Final = 300
"""Characters of a passage of a brief: a sentence; its rows have the rest."""

BRIEF_QUOTES: Final = 2
"""Passages of one sentence of a brief: a brief has some twenty sentences."""

ISSUES: Final = 20
"""Issues that a hint names."""

SinceOrRun = Annotated[
    str,
    Field(
        max_length=MOST_DAY,
        description="A day (2019-03-15, 2019-03, 2019), or a run of reading: run for the last one, run-3 the third.",
    ),
]


class WorkedOut:
    """Tools on what the ledger works out. Every answer has its passages."""

    def __init__(self, held: Held) -> None:
        self._held = held

    def brief(self, as_of: AsOf = None, case: CaseName = None) -> BriefAnswer:
        """Where the talks stand on a day, in short: the state, latest moves, positions, open conditions, commitments,
        predictions, what is announced, what to doubt. Every sentence has its passages and rows.

        The best first answer to «where do the talks stand». It cannot know anything after the last report, nor weigh
        what matters most; it leaves out rows, and says how many.
        """
        with self._held.asked(as_of) as question:
            return _brief(question, question.record.brief(question.as_of, blank(case)))

    def what_changed(self, since: SinceOrRun, as_of: AsOf = None, case: CaseName = None) -> BriefAnswer:
        """What has changed since a day, or by a run of reading, in sentences with their passages.

        It cannot tell a change from one that only became known then: it compares what was known.
        """
        with self._held.asked(as_of) as question:
            return _brief(question, question.record.diff(since, question.as_of, blank(case)))

    def state(self, as_of: AsOf = None, since: Since = None, limit: Limit = 12, skip: Skip = 0) -> State:
        """The state of the talks month by month (active, stalled, suspended, collapsed, agreement), the latest first,
        by which criterion and which words; and since when the present one lasts.

        It cannot know contacts that were not reported: «stalled» means that none is told of.
        """
        with self._held.asked(as_of) as question:
            months = question.record.status(as_of=question.as_of)
            asked = question.record.status(as_of=question.as_of, since=blank(since)) if blank(since) else months
            shown, rest = part(asked[::-1], limit, skip)
            quotes = question.quotes_of(shown)
            return State(
                as_of=question.told,
                state=months[-1].state if months else None,
                since=_since(months),
                months=[rows.month(row, quotes) for row in shown],
                **rest,
            )

    def position_of(
        self, party: OneParty, issue: Issue = None, as_of: AsOf = None, limit: Limit = 5, skip: Skip = 0
    ) -> PositionOf:
        """Where a party stands on an issue, since when, by whose word, and how that moved: the position that stands on
        the day, and its history, the latest first. Without an issue: on all issues.

        Look at ``attributed_by``: what others say a party wants is not its own word. It cannot know positions that are
        held and not told, nor tell a bluff from a red line.
        """
        with self._held.asked(as_of) as question:
            question.check_party(party)
            cells = [cell for cell in question.record.matrix(question.as_of) if _is_of(cell, party)]
            label = (blank(issue) or "").strip().casefold()
            of_issue = [cell for cell in cells if not label or cell.issue.casefold() == label]
            found = question.record.positions(as_of=question.as_of, party=party, issue=blank(issue))
            if not of_issue:
                # Words, not the name of an issue: what stands are the cells in which such a position is.
                ids = {row.id for row in found}
                of_issue = [cell for cell in cells if cell.position.id in ids]
            standing = of_issue[:limit]
            shown, rest = part(found[::-1], limit, skip)
            quotes = question.quotes_of([*shown, *(cell.position for cell in standing)])
            if not found:
                rest["hint"] = f"{rest['hint']} {_issues_of(cells, party)}"
            elif len(of_issue) > len(standing):
                rest["hint"] = f"{len(of_issue) - len(standing)} more issues: name one. {_issues_of(cells, party)}"
            return PositionOf(
                as_of=question.told,
                standing=[rows.standing(cell, quotes) for cell in standing],
                history=[rows.position(row, quotes) for row in shown],
                **rest,
            )

    def where_all_stand(
        self, issue: Issue = None, party: Party = None, as_of: AsOf = None, limit: Limit = 10, skip: Skip = 0
    ) -> Matrix:
        """Party by issue: the position of each that stands on a day, since when, how it moved there; those of the most
        reported issues first. ``issue`` is a name here, as about() and earlier answers give it.

        It cannot know positions that no report tells; an absent party has not been told of, it may well have a view.
        """
        with self._held.asked(as_of) as question:
            label = (blank(issue) or "").strip().casefold()
            all_cells = question.record.matrix(question.as_of)
            cells = [
                cell
                for cell in all_cells
                if (not label or cell.issue.casefold() == label) and (not blank(party) or _is_of(cell, str(party)))
            ]
            if not cells:
                question.check_party(blank(party))
            chosen = [cell.position for cell in cells]
            shown, rest = part(chosen, limit, skip)
            if not cells:
                rest["hint"] = f"{rest['hint']} {_issues_of(all_cells, 'all')}"
            quotes = question.quotes_of(shown)
            return Matrix(
                as_of=question.told,
                standings=[rows.standing(cell, quotes) for cell in cells[skip : skip + limit]],
                **rest,
            )

    def moves(  # noqa: PLR0913 - every parameter of a tool is one
        self,
        party: Party = None,
        kind: Annotated[MoveKind | None, Field(description="Only moves of this kind.")] = None,
        issue: Issue = None,
        since: Since = None,
        as_of: AsOf = None,
        limit: Limit = 10,
        skip: Skip = 0,
    ) -> Moves:
        """Who demanded, offered, conceded, refused, promised or threatened what, on which terms, and what answered it;
        the latest first.

        It cannot know offers made in private, nor whether an answer was meant as one: it goes by words and days.
        """
        with self._held.asked(as_of) as question:
            found = [
                row
                for row in question.record.moves(**_asked(question, party, issue, since))
                if kind is None or row.kind == kind
            ]
            if not found:
                question.check_party(blank(party))
            shown, rest = part(found[::-1], limit, skip)
            quotes = question.quotes_of(shown)
            return Moves(as_of=question.told, moves=[rows.move(row, quotes) for row in shown], **rest)

    def commitments(
        self,
        party: Party = None,
        issue: Issue = None,
        since: Since = None,
        as_of: AsOf = None,
        limit: Limit = 10,
        skip: Skip = 0,
    ) -> Commitments:
        """What parties have bound themselves to, and what was done about it: a row a change of status, latest first.

        «No public evidence» is not «not done»: it cannot know compliance that nobody reported. Claims of parties are
        kept apart from the status.
        """
        with self._held.asked(as_of) as question:
            found = question.record.commitments(**_asked(question, party, issue, since))
            if not found:
                question.check_party(blank(party))
            shown, rest = part(found[::-1], limit, skip)
            quotes = question.quotes_of(shown)
            return Commitments(as_of=question.told, commitments=[rows.commitment(row, quotes) for row in shown], **rest)

    def predictions(  # noqa: PLR0913 - every parameter of a tool is one
        self,
        party: Party = None,
        issue: Issue = None,
        resolution: Annotated[Resolution | None, Field(description="Only those that came out so.")] = None,
        since: Since = None,
        as_of: AsOf = None,
        limit: Limit = 10,
        skip: Skip = 0,
    ) -> Predictions:
        """What was foretold by whom, by when, and whether it came true, by which events; the latest first.

        «Pending» may mean that the day has not come or that no report tells; it cannot foretell anything itself.
        """
        with self._held.asked(as_of) as question:
            found = [
                row
                for row in question.record.predictions(**_asked(question, party, issue, since))
                if resolution is None or row.resolution == resolution
            ]
            if not found:
                question.check_party(blank(party))
            shown, rest = part(found[::-1], limit, skip)
            quotes = question.quotes_of(shown)
            return Predictions(as_of=question.told, predictions=[rows.prediction(row, quotes) for row in shown], **rest)

    def deadlocks(
        self, party: Party = None, issue: Issue = None, as_of: AsOf = None, limit: Limit = 5, skip: Skip = 0
    ) -> Deadlocks:
        """Who waits for whom: steps of parties that wait for one another in a circle, in which words, what would break
        it, and which orders the parties' own words allow.

        It cannot know conditions that were not told in words, nor what a party would settle for.
        """
        with self._held.asked(as_of) as question:
            found = question.record.deadlocks(**_asked(question, party, issue, None))
            if not found:
                question.check_party(blank(party))
            shown, rest = part(found, limit, skip)
            quotes = question.quotes(one for row in shown for step in row.steps for one in step.evidence)
            return Deadlocks(as_of=question.told, deadlocks=[rows.deadlock(row, quotes) for row in shown], **rest)

    def discrepancies(
        self,
        kind: Annotated[DiscrepancyKind | None, Field(description="Only those of this kind.")] = None,
        party: Party = None,
        issue: Issue = None,
        as_of: AsOf = None,
        limit: Limit = 10,
        skip: Skip = 0,
    ) -> Discrepancies:
        """What does not go together: reports of one event, positions of two parties, a party and its own earlier word,
        contradictions that a report asserts itself.

        It cannot know who is right; and it finds those alone that words, days and numbers show.
        """
        with self._held.asked(as_of) as question:
            found = [
                row
                for row in question.record.discrepancies(**_asked(question, party, issue, None))
                if kind is None or row.kind == kind
            ]
            if not found:
                question.check_party(blank(party))
            shown, rest = part(found, limit, skip)
            quotes = question.quotes_of(shown)
            return Discrepancies(
                as_of=question.told, discrepancies=[rows.discrepancy(row, quotes) for row in shown], **rest
            )


def _asked(question: Question, party: str | None, issue: str | None, since: str | None) -> Mapping[str, Any]:
    return {"as_of": question.as_of, "party": blank(party), "issue": blank(issue), "since": blank(since)}


def _brief(question: Question, found: Brief) -> BriefAnswer:
    quotes = question.quotes(one for each in found.lines for one in each.evidence)

    def told(each: BriefLine) -> LineResult:
        row = each.rows[0] if each.rows else None
        return LineResult(
            section=each.section,
            text=line(each.text) or "",
            rows=list(each.rows),
            link=question.desk.row(row) if row else None,
            passages=[quotes.passage(one, row, BRIEF_QUOTE) for one in each.evidence[:BRIEF_QUOTES]],
        )

    return BriefAnswer(
        as_of=question.told,
        title=line(found.title) or "",
        since=found.since.isoformat() if found.since else None,
        lines=[told(each) for each in found.lines],
        left_out=dict(found.left_out),
        others=[line(one) or "" for one in found.others],
        hint=None if found.lines else "No report tells anything of this.",
    )


def _since(months: Sequence[ProcessStatus]) -> str | None:
    """The first month of the last state without a break."""
    first = None
    for month in reversed(months):
        if month.state != months[-1].state:
            break
        first = month
    return edtf(first.month) if first else None


def _is_of(cell: Cell, party: str) -> bool:
    code, name = party.strip().upper(), party.strip().lower()
    return (cell.party.code or "").upper().startswith(code) or cell.party.name.lower() == name


def _issues_of(cells: Sequence[Cell], whom: str) -> str:
    """The issues on which positions are told, as a hint."""
    issues = list(dict.fromkeys(line(cell.issue) or "" for cell in cells))
    more = f" and {len(issues) - ISSUES} more" if len(issues) > ISSUES else ""
    return f"Issues with positions of {whom}: {', '.join(issues[:ISSUES]) or 'none'}{more}."
