"""``python -m benchmarks.ledgering [REPORTS ...]``: what the ledger's answers cost in records of several sizes.

Holdings are made up: a negotiation of six parties over eight issues, three reports a day; each report tells a few
events, and every other one a demand, an offer, a refusal under a condition, a pledge or a forecast, in words drawn from
few templates, so that rows meet: the worst case for what compares them. Times are of one processor; the last column is
how much more the last size costs than the one before, which is ten times smaller.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

from summitry.ledger import Holdings, Report, answered, by_pair, history, matrix, months
from summitry.ledger.brief import compose
from summitry.ledger.commitments import kept
from summitry.ledger.deadlocks import deadlocks
from summitry.ledger.discrepancies import discrepancies
from summitry.ledger.predictions import resolved
from summitry.vocabulary import (
    Actor,
    Commitment,
    DateInterval,
    Event,
    Evidence,
    Meeting,
    Move,
    Position,
    Prediction,
    Span,
    Stance,
    content_id,
)

SIZES: Final = (100, 1_000, 10_000)
A_DAY: Final = 3
"""Reports a day: 10,000 are nine years of one negotiation."""
PARTIES: Final = (
    Actor("NOR", "Norway"), Actor("ISL", "Iceland"), Actor("DNK", "Denmark"), Actor("GBR", "United Kingdom"),
    Actor("IRL", "Ireland"), Actor("RUS", "Russia"),
)  # fmt: skip
ISSUES: Final = (
    "mackerel quota", "patrol boats", "landing fees", "port access", "net sizes", "observers", "fuel subsidies",
    "catch reports",
)  # fmt: skip
STANCES: Final[tuple[Stance, ...]] = ("demand", "offer", "reject", "support", "oppose", "accept")

ANSWERS: Final[Sequence[tuple[str, Callable[[Holdings], object]]]] = (
    ("position histories", history),
    ("position matrix", matrix),
    ("moves answered", answered),
    ("commitments", kept),
    ("predictions resolved", resolved),
    ("discrepancies", discrepancies),
    ("status by month", months),
    ("tone by pair", by_pair),
    ("deadlocks", deadlocks),
    ("the brief", compose),
)


def holdings(reports: int, seed: int = 11) -> Holdings:
    """Made-up holdings of so many reports."""
    rng = random.Random(seed)
    sources: dict[str, Report] = {}
    events: list[Event] = []
    moves: list[Move] = []
    positions: list[Position] = []
    commitments: list[Commitment] = []
    predictions: list[Prediction] = []
    for number in range(reports):
        day = date(2030, 1, 1) + timedelta(days=number // A_DAY)
        when = DateInterval(day, day, "day")
        source = content_id("src", number)
        sources[source] = Report(source, f"Outlet {number % 7}", when)
        events += [_event(rng, source, at, when) for at in range(rng.randint(1, 3))]
        if number % 2:
            continue
        one, other = rng.sample(PARTIES, 2)
        issue, asked = rng.sample(ISSUES, 2)
        words = f"{one.name} will not move on {issue} until {other.name} lifts {asked}"
        told = (Evidence(source, 0, len(words), words),)
        moves.append(
            Move(
                id=content_id("mov", source), evidence=told, coder="made up", confidence=0.6, kind="precondition",
                proposer=one, addressee=other, issue=issue, give=f"move on {issue}",
                get=f"{other.name} lifts {asked}", condition=f"until {other.name} lifts {asked}", sequence="after",
                status=None, responds_to=None, date=when,
            )
        )  # fmt: skip
        positions.append(
            Position(
                id=content_id("pos", source), evidence=told, coder="made up", confidence=0.6, party=one, issue=issue,
                stance=rng.choice(STANCES), summary=f"lower {issue}", condition=None, attributed_by="self", held=when,
            )
        )  # fmt: skip
        commitments.append(
            Commitment(
                id=content_id("com", source), evidence=told, coder="made up", confidence=0.6,
                instrument=f"accord {number % 40}", obligor=one, beneficiary=other, text=f"open {issue}", status=None,
                as_of=None, made=when,
            )
        )  # fmt: skip
        predictions.append(
            Prediction(
                id=content_id("prd", source), evidence=told, coder="made up", confidence=0.6,
                forecaster=Actor(None, f"Analyst {number % 30}"), claim=f"{one.name} and {other.name} will meet soon",
                made=when, horizon=DateInterval(day, day + timedelta(days=90), "interval", "soon: within 90 days"),
                horizon_rule="soon: within 90 days", hedge=None, condition=None, actors=(one, other), type="CONSULT",
            )
        )  # fmt: skip
    return Holdings(
        reports=sources, events=tuple(events), moves=tuple(moves), positions=tuple(positions),
        commitments=tuple(commitments), predictions=tuple(predictions),
    )  # fmt: skip


def _event(rng: random.Random, source: str, at: int, when: DateInterval) -> Event:
    one, other = rng.sample(PARTIES, 2)
    kind = rng.choice(("CONSULT", "ACCUSE", "REQUEST", "AGREE", "REJECT", "THREATEN"))
    words = f"{one.name} {kind.lower()} {other.name} over {rng.choice(ISSUES)}"
    return Event(
        id=content_id("evt", source, at), evidence=(Evidence(source, 0, len(words), words),), coder="made up",
        confidence=0.6, actors=(one,), recipients=(other,), type=kind, mode=None, cameo=None,
        quad="verbal cooperation" if kind in ("CONSULT", "AGREE") else "verbal conflict",
        intensity=2.5 if kind in ("CONSULT", "AGREE") else -3.0, date=when, place=None, modality="happened",
        attributed_to=None, summary=words, trigger=Span(0, 1),
        meeting=Meeting(level="ministerial", venue="Oslo") if kind == "CONSULT" else None,
    )  # fmt: skip


def print_costs(sizes: Sequence[int]) -> None:
    """Print seconds by answer and size."""
    made = [holdings(size) for size in sizes]
    print(f"{'seconds, by reports':<24}" + "".join(f"{size:>10,}" for size in sizes) + "     times", flush=True)
    for name, answer in ANSWERS:
        spent = []
        for held in made:
            started = time.process_time()
            answer(held)
            spent.append(time.process_time() - started)
        growth = spent[-1] / spent[-2] if len(spent) > 1 and spent[-2] else 0.0
        print(f"{name:<24}" + "".join(f"{each:>10.2f}" for each in spent) + f"{growth:>10.1f}", flush=True)


def main() -> None:
    """Print seconds by answer, for the sizes named."""
    print_costs([int(each) for each in sys.argv[1:] if each.isdigit()] or SIZES)


if __name__ == "__main__":
    main()
