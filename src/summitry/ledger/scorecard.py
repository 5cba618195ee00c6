"""How often forecasters and parties were right: counts first, then the share of what has been decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from summitry.errors import EvidenceError
from summitry.vocabulary import Actor, Evidence, Prediction


@dataclass(frozen=True, slots=True)
class Score:
    """The predictions of one forecaster, or of all forecasters of one party, counted.

    ``share`` is that of the true ones among those that came true, partly or not; None where none is decided. Void ones
    were never put to the test. ``rows`` are the ids of the predictions, ``evidence`` the passage of each.

    Raises:
        EvidenceError: there is no passage; a score without one cannot be made.
    """

    by: Literal["forecaster", "party"]
    who: Actor
    made: int
    true: int
    partly: int
    false: int
    void: int
    pending: int
    rows: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        if not self.evidence:
            raise EvidenceError(f"the score of {self.who.name!r} has no evidence; it counts predictions with passages")

    @property
    def resolved(self) -> int:
        """How many are decided: true, partly or false."""
        return self.true + self.partly + self.false

    @property
    def share(self) -> float | None:
        """The share of true ones among those decided; None where there is none."""
        return self.true / self.resolved if self.resolved else None


def scorecard(predictions: Iterable[Prediction]) -> tuple[Score, ...]:
    """Scores by forecaster, then by party; each with most predictions first, then by name.

    A party is the state or organisation by its code; forecasters of none are in no party's score.
    """
    by_name: defaultdict[tuple[str, str], list[Prediction]] = defaultdict(list)
    by_party: defaultdict[str, list[Prediction]] = defaultdict(list)
    for row in predictions:
        who = row.forecaster
        by_name[who.name, who.state or who.code or ""].append(row)
        party = who.state or who.code
        if party is not None:
            by_party[party].append(row)
    people = [_score("forecaster", _fullest(rows), rows) for rows in by_name.values()]
    parties = [_score("party", _party(code, rows), rows) for code, rows in by_party.items()]
    return (*_by_count(people), *_by_count(parties))


def _by_count(scores: list[Score]) -> list[Score]:
    return sorted(scores, key=lambda one: (-one.made, one.who.name, one.who.code or ""))


def _score(by: Literal["forecaster", "party"], who: Actor, rows: list[Prediction]) -> Score:
    counts = Counter(row.resolution for row in rows)
    return Score(
        by=by,
        who=who,
        made=len(rows),
        true=counts["true"],
        partly=counts["partly"],
        false=counts["false"],
        void=counts["void"],
        pending=counts["pending"],
        rows=tuple(row.id for row in rows),
        evidence=tuple(row.evidence[0] for row in rows),
    )


def _fullest(rows: list[Prediction]) -> Actor:
    """The forecaster as most fully told: with an office where one row has it."""
    return max((row.forecaster for row in rows), key=lambda actor: (actor.office is not None, len(actor.office or "")))


def _party(code: str, rows: list[Prediction]) -> Actor:
    named = next(
        (row.forecaster for row in rows if row.forecaster.code == code and row.forecaster.kind != "person"), None
    )
    return Actor(
        code, named.name if named is not None else code, kind="state" if len(code) == _STATE else "organisation"
    )


_STATE = 3
"""Letters of a state's code."""
