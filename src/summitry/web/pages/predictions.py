"""Predictions: what was foretold, by when, what came of it, and who was right how often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from summitry.errors import UsageError
from summitry.horizons import Horizons
from summitry.ledger.scorecard import Score, scorecard
from summitry.record import Citation
from summitry.report.rows import to_dict
from summitry.report.scores import score_json
from summitry.vocabulary import Event, Prediction, Resolution
from summitry.web.page import Json, Page, Part
from summitry.web.pages.telling import counted, newest
from summitry.web.question import Question
from summitry.web.view import View

MOST_DAYS: Final = 3650
"""Days that "soon" may be set to: ten years are soon to nobody."""

SCORES: Final = 12
"""Forecasters shown; those of whose forecasts something is decided come first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionsPage(Page):
    """Predictions, those decided first and the newest first, with the scorecard of forecasters and parties.

    ``soon`` are the days that "soon" is counted as, ``usual`` those of the published table. ``events`` are those that
    resolve a row shown, by id.
    """

    part: Part[Prediction]
    counts: Sequence[tuple[str, int]]
    forecasters: Sequence[Score]
    sides: Sequence[Score]
    more: int
    soon: int
    usual: int
    events: Mapping[str, Event]
    parties: Sequence[tuple[str, str, int]]
    cited: Mapping[str, Citation]

    @property
    def names(self) -> Mapping[str, str]:
        """Names of parties by code."""
        return {code: name for code, name, _ in self.parties}

    def json(self) -> Json:
        """See :class:`Page`."""
        return {
            "title": self.title,
            "soon": self.soon,
            "rows": [to_dict(row, self.cited) for row in self.part.rows],
            "resolutions": dict(self.counts),
            "scorecard": [score_json(one) for one in (*self.forecasters, *self.sides)],
            **self.part.json(),
        }


def build(view: View, question: Question) -> PredictionsPage:
    """The page; ``soon`` in the question are days, ``resolution`` narrows the list.

    Raises:
        UsageError: ``soon`` is no number of days, or there is no such resolution.
    """
    usual = Horizons().days["soon"]
    told = question.get("soon") or f"{usual}"
    if not (told.isascii() and told.isdigit() and 1 <= int(told) <= MOST_DAYS):
        raise UsageError(f"soon is {told!r}; allowed: 1 to {MOST_DAYS} days")
    soon = int(told)
    resolution = question.get("resolution")
    if resolution and resolution not in get_args(Resolution):
        raise UsageError(f"resolution is {resolution!r}; allowed: {', '.join(get_args(Resolution))}")
    ordered = view.once(f"predictions by day, soon {soon}", lambda: _ordered(view, soon, usual))
    rows: Sequence[Prediction] = view.choose(ordered, question.filters)
    scores = scorecard(rows)
    counts = counted(row.resolution for row in rows)
    if resolution:
        rows = [row for row in rows if row.resolution == resolution]
    part = Part.of(rows, question.number, view.size)
    by_id = view.by_id()
    events = {
        name: event for row in part.rows for name in row.resolved_by if isinstance(event := by_id.get(name), Event)
    }
    forecasters = sorted((one for one in scores if one.by == "forecaster"), key=_decided_first)
    return PredictionsPage(
        title="Predictions",
        part=part,
        counts=counts,
        forecasters=forecasters[:SCORES],
        sides=sorted((one for one in scores if one.by == "party"), key=_decided_first)[:SCORES],
        more=max(len(forecasters) - SCORES, 0),
        soon=soon,
        usual=usual,
        events=events,
        parties=view.parties(),
        cited=view.cited([*part.rows, *events.values()]),
    )


def _ordered(view: View, soon: int, usual: int) -> list[Prediction]:
    if soon == usual:
        rows: Sequence[Prediction] = view.predictions()
    else:
        rows = view.record.predictions(horizons=Horizons().with_days({"soon": soon}), as_of=view.as_of)
    by_day = newest(view, rows, lambda row: row.made)
    return sorted(by_day, key=lambda row: row.resolution in ("pending", "void"))


def _decided_first(score: Score) -> tuple[bool, int, int, str]:
    return not score.resolved, -score.resolved, -score.made, score.who.name
