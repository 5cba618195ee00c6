"""How likely a row is right: its maker's raw estimate and a few of its fields, as a probability that was checked.

A raw estimate (a model's probability, a rule's weight) ranks rows; it does not say how many of them are right. A map
does: a logistic sum of the estimate and of fields the row already has, then a never falling piecewise-linear function,
by Platt (1999) and by Zadrozny and Elkan (KDD 2002). ``training/confidence.py`` fits both on rows that were judged
against the project's own gold and writes ``confidence.toml``. Right means: a statement that is one of the gold, with
its speaker; an event with its parties, type and modality; a position with party and stance; a move with proposer and
kind.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import exp, log
from types import MappingProxyType
from typing import Any, Final, TypeVar

from summitry.errors import UsageError
from summitry.vocabulary import Actor, Event, Move, Position, Reading, Row, Statement

Estimated = Statement | Event | Move | Position
AnyRow = TypeVar("AnyRow", Statement, Event, Move, Position)

KINDS: Final[Mapping[type[Row], str]] = MappingProxyType(
    {Statement: "statement", Event: "event", Move: "move", Position: "position"}
)
"""The kinds of rows that may have a map."""

_NEAREST: Final = 0.02
"""Raw estimates are kept as far as this from 0 and 1: nobody's certainty outweighs all the rest of a row."""


def kind_of(row: Row) -> str | None:
    """The kind of a row, or None for a kind without raw estimates. A meeting is an event."""
    return next((name for kind, name in KINDS.items() if isinstance(row, kind)), None)


def family(coder: str) -> str:
    """A coder's name without what merging or its maker wrote behind it: ``events-rules-1; reconcile/1``."""
    return coder.partition(";")[0].partition(" ")[0]


def features(row: Estimated) -> dict[str, float]:
    """What of a row bears on whether it is right: numbers by name; flags and choices are 1 where they hold.

    A handful: authority and kind of the speaker, an event's type, length, date, place and number of passages rank rows
    of the negotiations they were fitted on, and not those of another.
    """
    sure = min(max(row.confidence, _NEAREST), 1 - _NEAREST)
    return {"raw": log(sure / (1 - sure))} | dict.fromkeys(_named(row), 1.0)


def _named(row: Estimated) -> Iterator[str]:
    # Of moves and positions the gold holds too few for more than their estimate.
    if isinstance(row, Statement):
        yield f"quote_type={row.quote_type}"
        if row.speaker is not None and row.speaker.office:
            yield "office"
        if row.party is None:
            yield "no party"
        if row.on_record == "anonymous":
            yield "anonymous"
    elif isinstance(row, Event):
        yield f"modality={row.modality}"
        if len({_side(actor) for actor in (*row.actors, *row.recipients)}) != 2:
            yield "not two parties"
        if row.attributed_to is not None:
            yield "told by a party"


def _side(actor: Actor) -> str:
    return actor.state or actor.code or actor.name


@dataclass(frozen=True, slots=True)
class Measured:
    """What rows of one stretch of confidence, from ``low`` to ``high``, turned out to be: ``right`` of ``rows``.

    Each was judged by a map that had not seen its article.
    """

    low: float
    high: float
    rows: int
    right: int


@dataclass(frozen=True, slots=True)
class ConfidenceMap:
    """The map of one kind of rows made by some coders (families, as :func:`family` names them).

    ``weights`` of the features by name, ``bias`` among them; ``knots`` are (score, probability) pairs, between which
    the function is linear and outside of which it is constant.

    Raises:
        UsageError: no knots, or knots that fall or leave 0-1.
    """

    kind: str
    coders: tuple[str, ...]
    weights: Mapping[str, float]
    knots: tuple[tuple[float, float], ...]
    measured: tuple[Measured, ...] = ()

    def __post_init__(self) -> None:
        rising = all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(self.knots))
        if not self.knots or not rising or not 0 <= self.knots[0][1] <= self.knots[-1][1] <= 1:
            raise UsageError(f"knots of the {self.kind} map are {self.knots}; allowed: rising, probabilities 0 to 1")

    def score(self, row: Estimated) -> float:
        """The logistic score of a row with its raw estimate, 0-1."""
        total = self.weights.get("bias", 0.0)
        total += sum(self.weights.get(name, 0.0) * value for name, value in features(row).items())
        return 1 / (1 + exp(-total))

    def probability(self, row: Estimated) -> float:
        """How likely a row with its raw estimate is right, 0-1."""
        return interpolated(self.knots, self.score(row))


def interpolated(knots: tuple[tuple[float, float], ...], score: float) -> float:
    """The piecewise-linear function through ``knots`` at a score; constant outside of them."""
    at = bisect_right(knots, score, key=lambda knot: knot[0])
    if at == 0 or at == len(knots):
        return knots[min(at, len(knots) - 1)][1]
    (left, low), (right, high) = knots[at - 1], knots[at]
    return low + (high - low) * (score - left) / (right - left)


@dataclass(frozen=True, slots=True)
class Confidence:
    """The maps, and on how many ``articles`` they were fitted. Without maps every row keeps its raw estimate."""

    maps: tuple[ConfidenceMap, ...] = ()
    articles: int = 0

    @classmethod
    def load(cls) -> Confidence:
        """The shipped maps."""
        return _shipped()

    def map_of(self, row: Row) -> ConfidenceMap | None:
        """The map of a row's kind and coder, or None where there is none: then its raw estimate stands."""
        kind, coder = kind_of(row), family(row.coder)
        return next((each for each in self.maps if each.kind == kind and coder in each.coders), None)

    def probability(self, row: Estimated) -> float:
        """How likely a row with its raw estimate is right, 0-1; without a map the raw estimate."""
        chosen = self.map_of(row)
        return row.confidence if chosen is None else round(chosen.probability(row), 3)

    def of(self, row: AnyRow) -> AnyRow:
        """A row as its coder made it, its raw estimate replaced by a probability of being right."""
        return replace(row, confidence=self.probability(row))

    def calibrated(self, reading: Reading) -> Reading:
        """A reading as its coders made it, with probabilities in place of raw estimates. Not for one that has them."""
        return replace(
            reading,
            statements=tuple(self.of(row) for row in reading.statements),
            events=tuple(self.of(row) for row in reading.events),
            moves=tuple(self.of(row) for row in reading.moves),
            positions=tuple(self.of(row) for row in reading.positions),
        )

    def measured(self, row: Row) -> Measured | None:
        """What rows with a confidence as this one's turned out to be; None where its kind and coder have no map."""
        chosen = self.map_of(row)
        if chosen is None or not chosen.measured:
            return None
        return next((each for each in chosen.measured if row.confidence <= each.high), chosen.measured[-1])


@cache
def _shipped() -> Confidence:
    return parse_confidence(files("summitry").joinpath("confidence.toml").read_text(encoding="utf-8"))


def parse_confidence(text: str) -> Confidence:
    """Maps from TOML, as ``training/confidence.py`` writes it.

    Raises:
        UsageError: a map without its fields, or with knots that are none.
    """
    data = tomllib.loads(text)
    try:
        return Confidence(tuple(map(_map, data.get("map", []))), int(data.get("articles", 0)))
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"confidence.toml: {error!r} in a map; run training/confidence.py to write it anew") from None


def _map(entry: Mapping[str, Any]) -> ConfidenceMap:
    return ConfidenceMap(
        kind=str(entry["kind"]),
        coders=tuple(entry["coders"]),
        weights=MappingProxyType({str(name): float(value) for name, value in entry["weights"].items()}),
        knots=tuple((float(score), float(chance)) for score, chance in entry["knots"]),
        measured=tuple(Measured(float(a), float(b), int(n), int(m)) for a, b, n, m in entry["measured"]),
    )
