"""One negotiation of a record that holds several: the rows of one case, and which case is the main one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Final, TypeVar

from summitry.ledger.sides import bound, side, sides, taking_part

if TYPE_CHECKING:
    from summitry.casebook import Case
    from summitry.ledger.holdings import Holdings
    from summitry.vocabulary import Actor, Row

LEAST_SHARE: Final = 0.05
"""Share of the main case's events from which another case counts as told: reports mention others in passing."""

AnyRow = TypeVar("AnyRow", bound="Row")


def restricted(holdings: Holdings, case: Case) -> Holdings:
    """The holdings that concern a case, with that case alone and on the same day.

    A row concerns it when a principal of the case takes part and, of several parties, two belong to the case; when its
    issue is none that another case alone has. Reports are those that tell of one of these rows.
    """
    if holdings.cases == (case,):
        return holdings
    principals = frozenset(case.principals)
    belonging = principals | {code for code, role in case.roles if role != "observer"}
    own = {issue.name for issue in case.issues}
    foreign = {issue.name for other in holdings.cases for issue in other.issues} - own

    core = frozenset(case.core) or principals

    def paired(parties: Iterable[str]) -> bool:
        known = set(parties)
        return len(known & belonging) > 1 and bool(known & core)

    # What one party does or wants without an issue is of the talks that its report is about.
    about = {one.source for row in holdings.events if paired(taking_part(row)) for one in row.evidence}

    def concerned(parties: Iterable[str], row: Row, issue: str | None = None) -> bool:
        known = set(parties)
        if not known & principals or issue in foreign or len(known & belonging) < min(len(known), 2):
            return False
        return bool(known & frozenset(case.core)) or issue in own or row.evidence[0].source in about

    def of(*actors: Actor | None) -> tuple[str, ...]:
        return sides(actor for actor in actors if actor is not None)

    events = tuple(row for row in holdings.events if concerned(taking_part(row), row))
    moves = tuple(row for row in holdings.moves if concerned(of(row.proposer, row.addressee), row, row.issue))
    positions = tuple(row for row in holdings.positions if concerned((side(row.party),), row, row.issue))
    commitments = tuple(row for row in holdings.commitments if concerned(of(row.obligor, row.beneficiary), row))
    # What is foretold of nobody is of the talks of its report.
    predictions = tuple(row for row in holdings.predictions if not row.actors or concerned(sides(row.actors), row))
    groups: tuple[tuple[Row, ...], ...] = (events, moves, positions, commitments)
    telling = {one.source for rows in groups for row in rows for one in row.evidence}

    def told(rows: Iterable[AnyRow]) -> tuple[AnyRow, ...]:
        return tuple(row for row in rows if row.evidence[0].source in telling)

    known = {row.id for row in events}
    predictions = told(predictions)
    return replace(
        holdings,
        as_of=holdings.today,
        reports={key: report for key, report in holdings.reports.items() if key in telling},
        statements=told(holdings.statements),
        events=events,
        tellings={key: rows for key, rows in holdings.tellings.items() if key in known},
        moves=moves,
        positions=positions,
        commitments=commitments,
        predictions=predictions,
        discrepancies=told(holdings.discrepancies),
        cases=(case,),
    )


def by_weight(holdings: Holdings) -> tuple[Case, ...]:
    """The cases between whose principals anything happened, the one with the most events first.

    Where a case names a core party, each two must have it.
    """
    counted: Counter[tuple[str, str]] = Counter()
    for event in holdings.events:
        counted.update(bound(event))
    weights = {
        case.name: sum(
            counted[min(one, other), max(one, other)]
            for one, other in combinations(case.principals, 2)
            if not case.core or one in case.core or other in case.core
        )
        for case in holdings.cases
    }
    least = LEAST_SHARE * max(weights.values(), default=0)
    told = (case for case in holdings.cases if weights[case.name] and weights[case.name] >= least)
    return tuple(sorted(told, key=lambda case: (-weights[case.name], case.name)))


def one_case(holdings: Holdings) -> tuple[Holdings, tuple[str, ...]]:
    """The holdings of the main case of a record, and the titles of the others it tells of."""
    cases = by_weight(holdings)
    if len(cases) < 2:
        return holdings, ()
    return restricted(holdings, cases[0]), tuple(case.title for case in cases[1:])
