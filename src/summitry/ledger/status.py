"""The state of the talks, month by month, by published criteria (docs/status.md), each by the events that set it."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Final

from summitry.ledger import state_cues as cues
from summitry.ledger.contacts import contact_between, dated_by_other
from summitry.ledger.criteria import (
    AGREED_TO_TALK,
    AHEAD,
    ANNOUNCED,
    GREATEST,
    LEFT,
    MET,
    NO_DEAL,
    REFUSED,
    SILENCE,
    SILENT,
    Criterion,
    criterion_of,
    day_told,
    is_sharp,
    telling,
)
from summitry.ledger.phrasing import on_day, spoken
from summitry.ledger.rows import ProcessStatus
from summitry.ledger.sides import bound, taking_part
from summitry.vocabulary import DateInterval, Event, Span, content_id

if TYPE_CHECKING:
    from summitry.ledger.holdings import Holdings
    from summitry.ledger.rows import ProcessState
    from summitry.vocabulary import Evidence

CODER: Final = "ledger.status/1"

_BEFORE: Final = timedelta(days=365)
"""Events longer than this before the first report are background: reports mention of them what they please."""

_REPORT_KNOWN: Final = timedelta(days=62)
"""A report whose own day is less known than to two months dates nothing by words that need it."""

_SURE_MOVE: Final = 0.6
"""A move surer than this may tell of a refusal to talk; those below are mostly of somebody else."""

_SHARE: Final = 0.5
"""A pair with this share of the events of the foremost pair carries the talks too."""

_CITED: Final = 3
"""Passages of a month: the deciding event's first, then those of others that meet the same criterion."""

_CONTACT: Final = frozenset({"met", "agreed to talk", "no agreement", "deal"})
"""Criteria that tell of a contact, after which silence is counted."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An event that meets a criterion, on the day it counts for."""

    day: date
    criterion: Criterion
    event: Event

    @property
    def state(self) -> ProcessState:
        """The state it sets."""
        return self.criterion.state


def main_pairs(holdings: Holdings) -> frozenset[tuple[str, str]]:
    """The pairs of parties whose dealings are the talks.

    With a case: its principals, a core party among each two where it names any; without: all parties. The pair with the
    most events between them, and those with half as many.
    """
    counted: Counter[tuple[str, str]] = Counter()
    for event in holdings.events:
        if event.modality in ("happened", "planned", "negated"):
            counted.update(bound(event))
    allowed = _allowed(holdings)
    if allowed is not None:
        counted = Counter({pair: times for pair, times in counted.items() if pair in allowed})
    if not counted:
        return frozenset()
    most = max(counted.values())
    return frozenset(pair for pair, times in counted.items() if times >= most * _SHARE)


def _allowed(holdings: Holdings) -> frozenset[tuple[str, str]] | None:
    """The pairs that the cases allow, or None without a case."""
    if not holdings.cases:
        return None
    pairs = {
        (min(a, b), max(a, b))
        for case in holdings.cases
        for a, b in combinations(case.principals, 2)
        if not case.core or a in case.core or b in case.core
    }
    return frozenset(pairs)


def turns(holdings: Holdings, pairs: frozenset[tuple[str, str]] | None = None) -> tuple[Turn, ...]:
    """The events that set a state, in order of the day they count for; the last of a day decides it."""
    pairs = main_pairs(holdings) if pairs is None else pairs
    parties = {party for pair in pairs for party in pair}
    reports = [day for one in holdings.reports.values() if (day := one.published.start)]
    start = (min(reports) if reports else date.min + _BEFORE) - _BEFORE
    instruments = tuple(each for case in holdings.cases for each in case.instruments)
    found = []
    today = holdings.today or date.max
    for event in (*holdings.events, *_refusals(holdings)):
        if not _concerns(event, pairs, parties):
            continue
        criterion = criterion_of(event, instruments)
        if criterion is None or not _shown(holdings, event, criterion, pairs):
            continue
        day = _day(holdings, event, criterion, today)
        if day is not None and start <= day <= today:
            found.append(Turn(day, criterion, event))
    sharp = {(turn.day.year, turn.day.month) for turn in found if is_sharp(turn.event)}
    dated = {(turn.day.year, turn.day.month, turn.criterion.name) for turn in found if is_sharp(turn.event)}
    found = [
        turn
        for turn in found
        if is_sharp(turn.event)
        or (turn.day.year, turn.day.month) not in sharp
        # A deal "in May" adds nothing to the one of its day.
        or (turn.criterion.rank == GREATEST and (turn.day.year, turn.day.month, turn.criterion.name) not in dated)
    ]
    return _standing(sorted(found, key=_order))


def _standing(found: Iterable[Turn]) -> tuple[Turn, ...]:
    """The turns without those that talks no longer know: what has collapsed is not stalled or suspended again."""
    kept: list[Turn] = []
    for turn in found:
        if not (kept and kept[-1].state == "collapsed" and turn.state in ("stalled", "suspended")):
            kept.append(turn)
    return tuple(kept)


def _order(turn: Turn) -> tuple[date, int, bool, float, str]:
    """By the day; of one day and rank a meeting says more than that nothing was agreed."""
    return turn.day, turn.criterion.rank, turn.event.type == "CONSULT", turn.event.confidence, turn.event.id


def _refusals(holdings: Holdings) -> Iterator[Event]:
    """Moves that refuse to talk, as the events that they are: a refusal "as long as ..." may be told as a move only."""
    for move in holdings.moves:
        if move.kind in ("refusal", "precondition") and move.confidence >= _SURE_MOVE:
            yield Event(
                id=move.id,
                evidence=move.evidence,
                coder=move.coder,
                confidence=move.confidence,
                actors=(move.proposer,),
                recipients=(move.addressee,) if move.addressee is not None else (),
                type="REJECT",
                mode=None,
                cameo=None,
                quad="verbal conflict",
                intensity=0.0,
                date=move.date,
                place=None,
                modality="happened",
                attributed_to=None,
                summary=move.evidence[0].exact,
                trigger=Span(move.evidence[0].start, move.evidence[0].start),
            )


def _concerns(event: Event, pairs: frozenset[tuple[str, str]], parties: set[str]) -> bool:
    """Whether an event is between parties of the talks; one that names no other side is when it is theirs alone."""
    among = bound(event)
    if among:
        return any(pair in pairs for pair in among)
    return event.type in ("SANCTION", "REJECT") and bool(parties.intersection(taking_part(event)))


def _shown(holdings: Holdings, event: Event, criterion: Criterion, pairs: frozenset[tuple[str, str]]) -> bool:
    """Whether the passages bear out what the row's fields say: that the parties were in contact, and when."""
    if criterion in (MET, NO_DEAL) and event.type == "CONSULT" and not contact_between(event, pairs):
        return False
    if criterion in (MET, AGREED_TO_TALK) and dated_by_other(event):
        return False
    report = holdings.reports.get(event.evidence[0].source)
    if report is None or event.reports > 1 or event.date.start is None or not event.date.basis.startswith("stated: "):
        return True
    # "In February" of a report that may be of any of two years is a month of neither.
    out = report.published
    known = out.start is not None and out.end is not None and out.end - out.start <= _REPORT_KNOWN
    return known or bool(cues.YEAR.search(event.date.basis))


def _day(holdings: Holdings, event: Event, criterion: Criterion, today: date) -> date | None:
    """The day on which a criterion is met: that of the event, of an announcement the day it was reported."""
    reported = holdings.day_of(DateInterval(None, None, "unknown"), event.evidence[0].source)
    if criterion is ANNOUNCED:
        ahead = event.date.start
        # A meeting that was ahead when reported; what became of it is told by other events.
        return reported if reported and ahead and reported <= ahead <= reported + AHEAD else None
    if event.date.start is None and event.date.end is None:
        # A refusal, and leaving declared, count from the day they were reported; other deeds of an unknown day not.
        return reported if criterion in (REFUSED, LEFT) else None
    day = day_told(event)
    # What was done "in May" is done when a May report tells it.
    return min(day, today) if day and event.date.start and event.date.start <= today else day


def months(holdings: Holdings, found: Sequence[Turn] | None = None) -> tuple[ProcessStatus, ...]:
    """The state of the talks in each month, from the first event between the parties to :attr:`Holdings.today`.

    The last event of a month that meets a criterion sets its state. A month without any carries the state on; where
    reports appeared in it and none tells of a contact for 60 days, active talks are stalled. A state that is carried on
    has the passage of the event that set it. ``found`` are the turns, where they are known already.
    """
    found = turns(holdings) if found is None else found
    if not found or holdings.today is None:
        return ()
    covered = _covered(holdings)
    rows: list[ProcessStatus] = []
    last, contact, at, silent = found[0], found[0].day, 0, False
    for month in _months(found[0].day, holdings.today):
        end = min(_last_day(month), holdings.today)
        own = []
        while at < len(found) and found[at].day <= end:
            own.append(found[at])
            at += 1
        contact = max([contact, *(turn.day for turn in own if turn.criterion.name in _CONTACT)])
        if own:
            last, silent = own[-1], False
        # Silence lasts until something is heard.
        silent = silent or _silent(last, contact, end, covered)
        rows.append(_row(month, last, own, silent, contact))
    return tuple(rows)


def _silent(last: Turn, contact: date, end: date, covered: frozenset[tuple[int, int]]) -> bool:
    """Whether active talks have gone silent by the end of a month in which reports appeared: no report, no silence."""
    heard = (end.year, end.month) in covered
    return last.state == "active" and heard and end - max(contact, last.day) > SILENCE


def _row(month: date, last: Turn, own: Sequence[Turn], silent: bool, contact: date) -> ProcessStatus:
    agreeing = [turn for turn in own if turn.criterion is last.criterion and turn is not last] if own else []
    deciding = [last, *reversed(agreeing)][:_CITED]
    evidence: dict[Evidence, None] = dict.fromkeys(telling(turn.event, turn.criterion) for turn in deciding)
    state: ProcessState = SILENT.state if silent else last.state
    if silent:
        criterion = f"{SILENT.name} reported since {spoken(contact)}"
    elif own:
        criterion = last.criterion.name
    else:
        criterion = f"{last.criterion.name}, {on_day(last.event.date, last.day)}; nothing newer reported"
    events = tuple(turn.event.id for turn in deciding)
    return ProcessStatus(
        # The month's own id: what is quoted of a month opens what is known of it now.
        id=content_id("sta", month.isoformat()),
        evidence=tuple(evidence),
        coder=CODER,
        confidence=last.event.confidence,
        month=DateInterval(month, _last_day(month), "month", "calendar"),
        state=state,
        criterion=criterion,
        events=events,
    )


def _covered(holdings: Holdings) -> frozenset[tuple[int, int]]:
    """The months in which a report appeared, as (year, month); reports of uncertain date count for their first."""
    days = (one.published.start or one.published.end for one in holdings.reports.values())
    return frozenset((day.year, day.month) for day in days if day)


def _months(first: date, last: date) -> Iterator[date]:
    """The first days of all months from one day to another."""
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield date(year, month, 1)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])
