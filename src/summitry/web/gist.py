"""A row in one line for a card or a list, and rows found by id and by report."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from summitry.errors import UsageError
from summitry.ledger import Deadlock, ProcessStatus, Tone
from summitry.record.rows import SHORTEST_ID
from summitry.report.columns import STATUS
from summitry.report.words import edtf, full_name, names, one_line, quoted
from summitry.vocabulary import (
    Commitment,
    DateInterval,
    Discrepancy,
    Event,
    Evidence,
    Move,
    Position,
    Prediction,
    Row,
    Statement,
)
from summitry.web.view import View

KINDS: Final = ("statement", "event", "move", "position", "commitment", "prediction")
"""Kinds of rows that are marked in a report. What is worked out from several of them has no words of its own."""

_WORKED_OUT: Final = ("discrepancies", "deadlocks", "status", "tone")


@dataclass(frozen=True, slots=True)
class Gist:
    """A row in short: who, what sort of act, and what."""

    kind: str
    sort: str
    who: str
    what: str
    when: DateInterval | None = None


def kind_of(row: Row) -> str:
    """The kind of a row in a word."""
    match row:
        case Statement():
            return "statement"
        case Event():
            return "event"
        case Move():
            return "move"
        case Position():
            return "position"
        case Commitment():
            return "commitment"
        case Prediction():
            return "prediction"
        case Discrepancy():
            return "discrepancy"
        case Deadlock():
            return "deadlock"
        case ProcessStatus():
            return "status"
        case _:
            return "tone"


def gist_of(row: Row) -> Gist:
    """A row in short."""
    kind = kind_of(row)
    match row:
        case Statement():
            who = full_name(row.speaker or row.party)
            return Gist(kind, row.speech_act, who, quoted(row.words, row.quote_type), row.said)
        case Event():
            sort = row.type.lower() + ("" if row.modality == "happened" else f", {row.modality}")
            sides = " → ".join(side for side in (names(row.actors), names(row.recipients)) if side)
            return Gist(kind, sort, sides, one_line(row.summary), row.date)
        case Move():
            return Gist(kind, row.kind, full_name(row.proposer), _terms(row), row.date)
        case Position():
            return Gist(kind, row.stance, f"{full_name(row.party)} on {row.issue}", one_line(row.summary), row.held)
        case Commitment():
            return Gist(kind, STATUS[row.status], full_name(row.obligor), one_line(row.text), row.made)
        case Prediction():
            return Gist(kind, row.resolution, full_name(row.forecaster), one_line(row.claim), row.made)
        case Discrepancy():
            return Gist(kind, row.kind, "", one_line(row.note))
        case Deadlock():
            steps = "; ".join(f"{full_name(step.party)}: {one_line(step.step)}" for step in row.steps)
            return Gist(kind, f"{len(row.steps)} steps", "", steps)
        case ProcessStatus():
            return Gist(kind, row.state, "", f"{edtf(row.month)}: {row.criterion}", row.month)
        case Tone():
            return Gist(kind, f"{row.mean:+.1f}", " and ".join(row.parties), f"{row.events} events", row.month)
    return Gist(kind, "", "", row.id)


_GIVES: Final = {"refusal": "refuses", "threat": "threatens", "promise": "promises", "concession": "concedes"}
"""What a move does with what it gives, where that is not to give it."""


def _terms(row: Move) -> str:
    told = ((_GIVES.get(row.kind, "gives"), row.give), ("wants", row.get), ("if", row.condition))
    terms = "; ".join(f"{name}: {one_line(value)}" for name, value in told if value)
    return terms or one_line(row.evidence[0].exact)


def words_of(row: Row) -> tuple[Evidence, ...]:
    """All passages of a row; of a deadlock, those of its steps too."""
    steps = row.steps if isinstance(row, Deadlock) else ()
    return tuple(dict.fromkeys((*row.evidence, *(one for step in steps for one in step.evidence))))


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of a view by id, and the ids of those that stand in each report, in the order of their words."""

    by_id: Mapping[str, Row]
    in_source: Mapping[str, Sequence[str]]
    ids: Sequence[str]

    def find(self, wanted: str) -> Row | None:
        """The row of an id, or of the only id that starts so; None where there is none.

        Raises:
            UsageError: several ids start so.
        """
        wanted = wanted.strip()
        if wanted in self.by_id or len(wanted) < SHORTEST_ID:
            return self.by_id.get(wanted)
        at = bisect_left(self.ids, wanted)
        found = [one for one in self.ids[at : at + 3] if one.startswith(wanted)]
        if len(found) > 1:
            raise UsageError(f"id {wanted!r} stands for several rows ({', '.join(found)}); give more of it")
        return self.by_id[found[0]] if found else None


def rows_of(view: View) -> Rows:
    """Every row that pages show, found once for all."""

    def work() -> Rows:
        by_id: dict[str, Row] = {}
        places: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        asks = ("statements", "timeline", "moves", "positions", "commitments", "predictions", *_WORKED_OUT)
        for ask in asks:
            for row in view.answer(ask):
                by_id[row.id] = row
                first: dict[str, tuple[int, int]] = {}
                for one in words_of(row):
                    span = (one.start, one.end)
                    first[one.source] = min(first.get(one.source, span), span)
                for source, span in first.items():
                    places[source].append((*span, row.id))
        in_source = {source: [row for *_, row in sorted(found)] for source, found in places.items()}
        return Rows(by_id, in_source, sorted(by_id))

    return view.once("rows found", work)
