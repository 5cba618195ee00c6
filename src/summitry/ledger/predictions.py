"""What came of what was foretold: each prediction held against the events of the record, and nothing else.

The rules are published in ``docs/predictions.md``. Only what was told of a time after it was foretold counts; that
nothing came counts only where reports go on after its time to speak of the same parties. What cannot be decided so is
pending, and its note says why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from summitry.horizons import Horizons
from summitry.ledger.bearing import Bearing, Fit, parties_of
from summitry.ledger.forecast_words import GOOD, POSSIBLE, TERMS, tells
from summitry.ledger.holdings import Holdings
from summitry.ledger.wording import words_of
from summitry.vocabulary import DateInterval, Event, Evidence, Prediction, Resolution

UNDATED: Final = "no date: neither the words nor their report are dated; give the date of the report"
"""The note of a prediction that nobody can date: what to do about it."""

_NEAR: Final = 400
"""Code points between two clauses of one forecast: "will resume soon and go well"."""
_AFTERMATH: Final = timedelta(days=14)
"""How long after a meeting its failure is told of."""
_SPOKEN: Final = 5
"""Days with reports of the parties, after a horizon, on which something that had come would have been told."""
_SPOKEN_WITHIN: Final = timedelta(days=90)
"""How soon after a horizon, or within its own length if that is more: later reports tell of later things."""
_OPEN: Final = timedelta(days=365)
"""How long after it was foretold an event fulfils what has no horizon: later ones belong to another round of things."""
_SHARP: Final = timedelta(days=7)
"""The width of a date that can be called late."""
_FEW: Final = 5
"""Passages of an event that are all about it."""
_SHOWN: Final = 1
"""Passages of an event that a row shows: its clearest comes first; the event itself has them all."""
_RECENT: Final = timedelta(days=30)
"""How long after a meeting a report tells how that one went: later ones tell of the next."""
_COMPARED: Final = 8
"""Forecasts of one forecaster and day that a further one is compared with."""
_AGAINST: Final = ("unless", "until")
_DONE: Final[frozenset[Resolution]] = frozenset({"true", "partly"})


@dataclass(frozen=True, slots=True)
class _Verdict:
    resolution: Resolution
    note: str
    events: tuple[Event, ...] = ()
    passages: tuple[Evidence, ...] = ()


def resolved(holdings: Holdings, horizons: Horizons | None = None) -> tuple[Prediction, ...]:
    """The predictions of a record, each once, with what came of them as known on the day of the holdings.

    A row keeps its id; its own passages come first, then those of what resolves it. ``horizons`` counts the phrases
    ("soon") anew; None: by the published table.
    """
    table = horizons if horizons is not None else Horizons()
    rows = [_dated(holdings, table, row) for row in merged(holdings.predictions)]
    bearing = Bearing(holdings)
    today = holdings.today
    found: dict[str, Prediction] = {}
    for row in rows:
        if _settled_by_hand(row):
            found[row.id] = row
        elif row.quality is None:
            found[row.id] = _told(row, _verdict(bearing, row, today))
    siblings = _siblings(rows)
    for row in rows:
        if row.id not in found:
            sibling = next((found[one.id] for one in siblings.get(_place(row), ()) if _near(row, one)), None)
            found[row.id] = _told(row, _went(bearing, row, sibling, today))
    return tuple(found[row.id] for row in rows)


def _settled_by_hand(row: Prediction) -> bool:
    """Whether a reviewer has said what came of a prediction: that stands, whatever the events say."""
    return row.coder.startswith("review:") and row.resolution != "pending"


def undated(holdings: Holdings) -> tuple[Prediction, ...]:
    """The predictions that nobody can date, with the note that says what to do; they stay pending, and stay."""
    rows = (_dated(holdings, Horizons(), row) for row in merged(holdings.predictions))
    return tuple(replace(row, note=UNDATED) for row in rows if _first(row.made) is None)


def merged(predictions: Sequence[Prediction]) -> tuple[Prediction, ...]:
    """Predictions told several times, once: the same forecaster, day, parties, kind and words.

    The row is that of the first telling; the passages of the others are added behind its own.
    """
    kept: dict[str, Prediction] = {}
    by_who: defaultdict[tuple[str, date | None], list[str]] = defaultdict(list)
    for row in predictions:
        key = (row.forecaster.name.casefold(), row.made.start)
        before = next((one for one in by_who[key][-_COMPARED:] if _same(kept[one], row)), None)
        if before is None or row.made.start is None:
            kept[row.id] = row
            by_who[key].append(row.id)
        else:
            first = kept[before]
            evidence = tuple(dict.fromkeys((*first.evidence, *row.evidence)))
            kept[before] = replace(first, evidence=evidence)
    return tuple(kept.values())


def _same(one: Prediction, other: Prediction) -> bool:
    if (one.negated, one.quality, one.condition is None) != (other.negated, other.quality, other.condition is None):
        return False
    if _plain(one.claim) == _plain(other.claim):
        return True
    ends = {row.horizon.end if row.horizon is not None else None for row in (one, other)}
    return (
        one.type is not None
        and one.type == other.type
        and parties_of(one) == parties_of(other)
        and len(ends) == 1
        and words_of(one.claim).same_matter(words_of(other.claim))
    )


def _plain(claim: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in claim.lower()).split())


def _dated(holdings: Holdings, table: Horizons, row: Prediction) -> Prediction:
    """A prediction with the day of its report where it has none, and its phrase counted by the table."""
    made = row.made
    if _first(made) is None:
        report = holdings.reports.get(row.evidence[0].source)
        made = report.published if report is not None else made
    phrase = table.phrase_of(row.horizon_rule)
    if phrase is None:
        return replace(row, made=made)
    return replace(row, made=made, horizon=table.reckon(phrase, made), horizon_rule=table.rule(phrase))


def _first(when: DateInterval) -> date | None:
    return when.start or when.end


def _verdict(bearing: Bearing, row: Prediction, today: date | None) -> _Verdict:
    """What came of a clause that tells of an act."""
    last = row.made.end or row.made.start
    if last is None:
        return _Verdict("pending", UNDATED)
    if row.type is None or not parties_of(row):
        return _Verdict("pending", "it names no kind of act that events of the record could show")
    if row.horizon is None and row.hedge is not None and POSSIBLE.search(row.hedge):
        return _Verdict("pending", "it is called no more than possible, and no time was stated; it stays open")
    if TERMS.search(row.claim):
        return _Verdict("pending", "it foretells an act of a certain kind; events do not show which kind came")
    fits = [fit for fit in bearing.fulfilling(row, last, _until(row, last)) if _in_time(fit.event, row.horizon, last)]
    came = next((fit for fit in fits if fit.passage is not None), None)
    if came is None and fits:
        return _doubtful(fits[0])
    if row.condition is not None:
        return _conditional(bearing, row, came, today)
    if came is not None:
        return _came(row, came, "false" if row.negated else "true")
    if row.negated:
        return _by_silence(bearing, row, today, "true")
    late = _late(bearing, row, last)
    if late is not None and today is not None:
        return late
    return _by_silence(bearing, row, today, "false")


def _until(row: Prediction, last: date) -> date:
    """The last day on which what comes is what was foretold."""
    if row.horizon is not None and row.horizon.end is not None:
        return row.horizon.end
    return last + _OPEN


def _came(row: Prediction, fit: Fit, resolution: Resolution, by: tuple[Fit, ...] = ()) -> _Verdict:
    note = f"it came on {_day(fit.event)}, after {_days(row, fit.event)} days"
    fits = (fit, *by)
    passages = tuple(one.passage for one in fits if one.passage is not None)
    return _Verdict(resolution, note, tuple(one.event for one in fits), passages)


def _doubtful(fit: Fit) -> _Verdict:
    """What may be it, told too poorly to decide either way."""
    return _Verdict(
        "pending",
        f"an event of {_day(fit.event)} may be it; no passage names its parties, its day and the act as done",
        (fit.event,),
    )


def _late(bearing: Bearing, row: Prediction, last: date) -> _Verdict | None:
    """What came behind its horizon, by no more than the horizon's own length: it came true in part."""
    if row.horizon is None or row.horizon.end is None:
        return None
    end = row.horizon.end
    grace = end + max(end - last, timedelta(days=1))
    for fit in bearing.fulfilling(row, end, grace):
        day = fit.event.date.start
        if day is not None:
            if fit.passage is None:
                return _doubtful(fit)
            note = f"it came on {_day(fit.event)}, {(day - end).days} days late"
            return _Verdict("partly", note, (fit.event,), (fit.passage,))
    return None


def _conditional(bearing: Bearing, row: Prediction, fit: Fit | None, today: date | None) -> _Verdict:
    """What came of a clause on a condition: it is put to the test only where the condition came."""
    last = row.made.end or row.made.start
    assert last is not None and row.condition is not None
    came = bearing.came(row.condition, parties_of(row), last, _until(row, last))
    inverse = row.condition.lower().startswith(_AGAINST)
    met = (came is None) if inverse else (came is not None)
    by = (came,) if came is not None else ()
    if inverse and came is not None and came.passage is not None:
        return _Verdict("void", f"its condition fell away on {_day(came.event)}", (came.event,), (came.passage,))
    if fit is not None and met:
        return _came(row, fit, "false" if row.negated else "true", by)
    if fit is not None:
        note = f"it came on {_day(fit.event)}; the record does not tell whether its condition did"
        return _Verdict("pending", note, (fit.event,))
    silent = _by_silence(bearing, row, today, "true" if row.negated else "false")
    if silent.resolution == "pending" or met:
        return silent
    return _Verdict("void", f"its condition did not come: {silent.note}", (), silent.passages)


def _by_silence(bearing: Bearing, row: Prediction, today: date | None, then: Resolution) -> _Verdict:
    """What follows from nothing being told: a resolution only where the record goes on after the horizon."""
    if row.horizon is None or row.horizon.end is None:
        return _Verdict("pending", "no time was stated; it stays open")
    end = row.horizon.end
    if today is None or today <= end:
        return _Verdict("pending", f"its time runs until {end}")
    last = row.made.end or row.made.start or end
    near = bearing.alike(row, last, end)
    if near is not None:
        return _Verdict(
            "pending", f"its parties have an act of that kind on {_day(near)}; whether it is the one is open"
        )
    until = min(today, end + max(_SPOKEN_WITHIN, end - last))
    count, passage = bearing.covers(parties_of(row), end, until)
    if passage is None or count < _SPOKEN:
        return _Verdict("pending", f"too few reports of its parties after {end}: of {count} days until {until}")
    return _Verdict(
        then, f"nothing of it by {end}; reports of {count} later days speak of its parties", (), (passage.evidence,)
    )


def _went(bearing: Bearing, row: Prediction, sibling: Prediction | None, today: date | None) -> _Verdict:
    """How something went: by the outcome of the meeting that came, of the clause beside it where there is one."""
    last = row.made.end or row.made.start
    if last is None:
        return _Verdict("pending", UNDATED)
    fit: Fit | None = None
    if sibling is None:
        fit = bearing.meeting(row, last, _until(row, last))
        if fit is not None and not _in_time(fit.event, row.horizon, last):
            fit = None
    elif sibling.resolution in _DONE:
        until = max(_until(sibling, last), last + _OPEN)
        fit = next(
            (one for one in bearing.fulfilling(sibling, last, until) if one.event.id in sibling.resolved_by), None
        )
    elif sibling.resolution == "false":
        return _Verdict("void", "what was to go so did not come", (), sibling.evidence[-1:])
    if fit is None:
        return _Verdict("pending", "nothing of it is told in the record")
    if fit.passage is None:
        return _doubtful(fit)
    event = fit.event
    well, passages, by = _outcome(bearing, row, fit)
    if well is None:
        return _Verdict("pending", f"it came on {_day(event)}; the record does not tell how it went", (event,))
    good = any(word in GOOD for word in _plain(row.quality or "").split()) != row.negated
    note = f"it came on {_day(event)} and {'went well' if well else 'came to nothing'}"
    return _Verdict("true" if good == well else "false", note, by, passages)


def _outcome(
    bearing: Bearing, row: Prediction, fit: Fit
) -> tuple[bool | None, tuple[Evidence, ...], tuple[Event, ...]]:
    """Whether a meeting went well, by the outcome told of it, else by a refusal or a break told soon after it."""
    event = fit.event
    shown = fit.passage or event.evidence[0]
    last = event.date.end or event.date.start
    if last is None or last > date.max - _RECENT:
        return None, (), (event,)
    afterwards = (
        one for one in event.evidence if bearing.told_after(one, last) and bearing.told_by(one, last + _RECENT)
    )
    told = [(well, one) for one in afterwards if (well := tells(one.exact)) is not None]
    failures, successes = ([one for well, one in told if well is which] for which in (False, True))
    # Of an event with many passages some are about other meetings: one against many of its own decides nothing.
    least = 1 if len(event.evidence) <= _FEW else 2
    for well, mine, others in ((False, failures, successes), (True, successes, failures)):
        if len(mine) >= least and len(mine) > len(others):
            return well, (shown, mine[0]), (event,)
    if told:
        return None, (), (event,)
    # Of the telling that counts: the entry may have the outcome of another meeting.
    own = fit.telling.meeting if fit.telling is not None else None
    outcome = own.outcome if own is not None else None
    if outcome is not None:
        return outcome != "no agreement", (shown,), (event,)
    for later in bearing.after(parties_of(row), ("SANCTION", "REJECT"), last - timedelta(days=1), last + _AFTERMATH):
        passage = bearing.told(later, parties_of(row))
        if passage is not None and set(words_of(passage.exact).keys) & {"talks", "meeting"}:
            return False, (shown, passage), (event, later)
    return None, (), (event,)


def _in_time(event: Event, horizon: DateInterval | None, last: date) -> bool:
    """Whether an event lies within a horizon; where there is none, within :data:`_OPEN` of the day it was foretold."""
    start, end = event.date.start, event.date.end
    if start is None or end is None:
        return False
    if horizon is None or horizon.end is None:
        return start <= last + _OPEN
    return end <= horizon.end and (horizon.start is None or end >= horizon.start)


def _day(event: Event) -> str:
    start, end = event.date.start, event.date.end
    return str(start) if start == end else f"{start} to {end}"


def _days(row: Prediction, event: Event) -> int:
    last, day = row.made.end or row.made.start, event.date.start
    assert last is not None and day is not None
    return (day - last).days


def _told(row: Prediction, verdict: _Verdict) -> Prediction:
    shown = () if verdict.passages else (one for event in verdict.events for one in event.evidence[:_SHOWN])
    passages = (*shown, *verdict.passages)
    return replace(
        row,
        resolution=verdict.resolution,
        resolved_by=tuple(dict.fromkeys(event.id for event in verdict.events))
        if verdict.resolution != "pending"
        else (),
        evidence=tuple(dict.fromkeys((*row.evidence, *passages))) if verdict.resolution != "pending" else row.evidence,
        note=verdict.note,
    )


_Place = tuple[str, str]


def _place(row: Prediction) -> _Place:
    return row.evidence[0].source, row.forecaster.name


def _siblings(rows: Iterable[Prediction]) -> Mapping[_Place, list[Prediction]]:
    """The clauses without a quality, by report and forecaster."""
    found: defaultdict[_Place, list[Prediction]] = defaultdict(list)
    for row in rows:
        if row.quality is None:
            for evidence in row.evidence:
                found[evidence.source, row.forecaster.name].append(row)
    return found


def _near(row: Prediction, other: Prediction) -> bool:
    """Whether two clauses are of one forecast: near each other and about the same parties."""
    start, source = row.evidence[0].start, row.evidence[0].source
    places = [one for one in other.evidence if one.source == source]
    return parties_of(row) == parties_of(other) and any(0 <= start - one.start <= _NEAR for one in places)
