"""All that the ledger finds in holdings, worked out once: what a brief is made of."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from summitry.ledger.commitments import kept
from summitry.ledger.deadlocks import deadlocks
from summitry.ledger.discrepancies import discrepancies
from summitry.ledger.drafts import Voices, Words
from summitry.ledger.moves import settled
from summitry.ledger.positions import history, matrix
from summitry.ledger.predictions import resolved
from summitry.ledger.register import meetings
from summitry.ledger.sides import Names, bound
from summitry.ledger.status import main_pairs, months, turns
from summitry.ledger.steps import steps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from summitry.casebook import Case
    from summitry.ledger.holdings import Holdings
    from summitry.ledger.naming import Roster
    from summitry.ledger.positions import Cell
    from summitry.ledger.rows import Deadlock, ProcessStatus
    from summitry.ledger.status import Turn
    from summitry.vocabulary import Commitment, Discrepancy, Event, Move, Position, Prediction, Row


@dataclass(frozen=True, slots=True)
class Findings:
    """What is known on a day: rows as the record has them and rows worked out from all of them.

    ``cases`` are those of the talks: reports of one negotiation mention others. ``main`` are the keys of those whose
    dealings are the talks, ``parties`` these and the principals of the cases. ``answers`` are the rows that answer,
    keep or carry out a move, by its id. ``by_id`` are moves and positions, ``events`` the entries of the timeline, by
    id; ``titles`` those of the issues, by name. ``met`` are the days on which two parties met. ``today`` is that of the
    holdings, worked out once.
    """

    holdings: Holdings
    cases: tuple[Case, ...]
    names: Names
    roster: Roster
    main: tuple[str, ...]
    parties: tuple[str, ...]
    voices: Voices
    words: Words
    by_id: Mapping[str, Move | Position]
    events: Mapping[str, Event]
    titles: Mapping[str, str]
    today: date | None
    met: Mapping[tuple[str, str], tuple[date, ...]]
    turns: tuple[Turn, ...]
    status: tuple[ProcessStatus, ...]
    meetings: tuple[Event, ...]
    moves: tuple[Move, ...]
    answers: Mapping[str, tuple[Row, ...]]
    positions: tuple[Position, ...]
    matrix: tuple[Cell, ...]
    commitments: tuple[Commitment, ...] = ()
    predictions: tuple[Prediction, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    deadlocks: tuple[Deadlock, ...] = ()

    def story(self, source: str) -> str:
        """The report a source copies, or itself: what counts as one word."""
        report = self.holdings.reports.get(source)
        return (report.copy_of or source) if report is not None else source


def _met(holdings: Holdings) -> dict[tuple[str, str], tuple[date, ...]]:
    """The days on which each two parties met."""
    found: defaultdict[tuple[str, str], list[date]] = defaultdict(list)
    for event in holdings.events:
        if event.type == "CONSULT" and event.modality == "happened" and event.date.start is not None:
            for pair in bound(event):
                found[pair].append(event.date.start)
    return {pair: tuple(days) for pair, days in found.items()}


def findings(holdings: Holdings) -> Findings:
    """Ask all functions of the ledger about one set of holdings."""
    pairs = main_pairs(holdings)
    cases = tuple(case for case in holdings.cases if any(set(pair) <= set(case.principals) for pair in pairs))
    cases = cases or holdings.cases
    principals = [party for case in cases for party in case.principals]
    paired = {party for pair in pairs for party in pair}
    # In the order in which the case names them.
    main = tuple(dict.fromkeys((*(party for party in principals if party in paired), *sorted(paired))))
    answered, positions, turned = settled(holdings), history(holdings), turns(holdings, pairs)
    moves, answers = answered
    graph = steps(holdings)
    by_id: dict[str, Move | Position] = {move.id: move for move in moves}
    by_id.update((position.id, position) for position in positions)
    return Findings(
        holdings=holdings,
        cases=cases,
        names=Names.of(holdings),
        roster=graph.roster,
        main=main,
        parties=tuple(dict.fromkeys((*main, *principals))),
        titles={issue.name: issue.title for case in cases for issue in case.issues},
        today=holdings.today,
        met=_met(holdings),
        voices=Voices.of(holdings),
        words=Words.of(holdings),
        by_id=by_id,
        events={event.id: event for event in holdings.events},
        turns=turned,
        status=months(holdings, turned),
        meetings=meetings(holdings),
        moves=moves,
        answers=answers,
        positions=positions,
        matrix=matrix(holdings, positions),
        commitments=kept(holdings),
        predictions=resolved(holdings),
        discrepancies=discrepancies(holdings, answered, positions),
        deadlocks=deadlocks(holdings, graph),
    )
