"""What one more report costs, in a record of 10, 100, 1,000 and 10,000; and how well made-up events are merged.

``python -m benchmarks.incremental [REPORTS]`` merges in memory: processor time of merging alone.
``python -m benchmarks.incremental --record [REPORTS]`` adds to a real record, one file: time on the clock of
``Record.add`` and ``reconcile_record`` for one report.

Reports are made up from a known truth: a negotiation of several parties in which acts happen day by day; each is told
by some reports of the next days, in other words, with a side, the place or the date left out at times; later reports
come back to the great summits; one in twenty states no date. Nothing is read or parsed.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from summitry.evaluate.merging import PartitionScore, b_cubed
from summitry.reconcile.copies import Prints, copies_in
from summitry.reconcile.features import Facts, Member, member_of
from summitry.reconcile.merge import merge
from summitry.reconcile.store import MemoryStore
from summitry.vocabulary import (
    UNKNOWN_DATE,
    Actor,
    DateInterval,
    Event,
    Evidence,
    Meeting,
    MeetingLevel,
    Modality,
    Span,
    content_id,
)

PARTIES: Final = ("ARD", "BEL", "COR", "DAL", "ELM", "FAR")
PLACES: Final = ("Geneva", "Oslo", "Vienna", "Muscat", "Doha", "Astana")
TYPES: Final = ("CONSULT", "CONSULT", "CONSULT", "ACCUSE", "REQUEST", "MOBILIZE", "REJECT", "SANCTION", "AGREE")
MATTERS: Final = (
    "inspection timetable border crossings", "release detained fishermen", "withdrawal artillery island",
    "frozen accounts central bank", "water dam quota", "observers ceasefire line", "pipeline transit fees",
    "prisoner exchange lists", "enrichment centrifuges cap", "customs union tariffs",
)  # fmt: skip
A_DAY: Final = 4
"""Reports a day: a record of 10,000 is seven years of one negotiation."""


@dataclass(frozen=True, slots=True)
class Act:
    """What truly happened."""

    name: str
    day: date
    kind: str
    sides: tuple[str, str]
    place: str | None
    level: MeetingLevel | None
    matter: str


def acts_of(day: date, rng: random.Random) -> list[Act]:
    """The acts of one day: none to two, and now and then a summit."""
    made: list[Act] = []
    for number in range(rng.choice((0, 1, 1, 1, 2))):
        kind = rng.choice(TYPES)
        sides = rng.sample(PARTIES, 2)
        meets = kind == "CONSULT"
        level: MeetingLevel | None = rng.choice(("working level", "ministerial", "phone")) if meets else None
        if meets and rng.random() < 0.06:
            level = "summit"
        place = rng.choice(PLACES) if meets and level != "phone" else None
        left, right = (sides[0], "") if kind == "MOBILIZE" else (sides[0], sides[1])
        made.append(Act(f"{day}-{number}", day, kind, (left, right), place, level, rng.choice(MATTERS)))
    return made


def words_of(act: Act, source: str) -> str:
    """The sentence in which a report tells an act."""
    return f"{act.sides[0]} {act.kind.lower()} {act.sides[1]} over {act.matter}, report {source} said"


def tell(act: Act, source: str, published: date, rng: random.Random) -> tuple[Member, str]:
    """One telling of an act, as a report might have it, and the name of the act."""
    words = words_of(act, source)
    when = DateInterval(act.day, act.day, "day", "weekday")
    place = act.place
    left, right = act.sides
    lag = (published - act.day).days
    roll = rng.random()
    if lag > 20:  # background: "the Geneva summit", "last month's summit in Geneva"
        first = act.day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        when = UNKNOWN_DATE if roll < 0.5 else DateInterval(first, last, "month", "month")
    elif roll < 0.15:
        place = None
    elif roll < 0.25 and right:
        right = ""
    elif roll < 0.3:
        when = UNKNOWN_DATE
    modality: Modality = "happened"
    event = Event(
        id=content_id("evt", source, act.name),
        evidence=(Evidence(source, 0, len(words), words),),
        coder="made up",
        confidence=0.6,
        actors=(Actor(left, left),),
        recipients=(Actor(right, right),) if right else (),
        type=act.kind,
        mode=None,
        cameo=None,
        quad="verbal cooperation",
        intensity=1.0,
        date=when,
        place=place,
        modality=modality,
        attributed_to=None,
        summary=words,
        trigger=Span(4, 4 + len(act.kind)),
        meeting=Meeting(level=act.level, venue=place) if act.level else None,
    )
    return member_of(event, DateInterval(published, published, "day"), Facts()), act.name


@dataclass(frozen=True, slots=True)
class Report:
    """A made-up report: its events with their true names, and the fingerprints of its narration."""

    prints: Prints
    members: tuple[Member, ...]
    true: tuple[str, ...]


def reports(count: int, seed: int = 7) -> Iterator[Report]:
    """``count`` reports in order of publication; one in ten is a copy of the one before it."""
    rng = random.Random(seed)
    day = date(2030, 1, 1)
    recent: list[Act] = []
    summits: list[Act] = []
    made = 0
    hashes: frozenset[int] = frozenset()
    while made < count:
        day += timedelta(days=1)
        today = acts_of(day, rng)
        recent = [act for act in recent if (day - act.day).days <= 3] + today
        summits = (summits + [act for act in today if act.level == "summit"])[-3:]
        for _ in range(A_DAY):
            source = content_id("src", made)
            told = rng.sample(recent, min(len(recent), rng.randint(2, 4)))
            told += [act for act in summits if rng.random() < 0.3 and act not in told]
            pairs = [tell(act, source, day, rng) for act in told]
            if not (hashes and rng.random() < 0.1):
                hashes = frozenset(rng.getrandbits(62) for _ in range(100))
            prints = Prints(source, DateInterval(day, day, "day"), hashes)
            yield Report(prints, tuple(m for m, _ in pairs), tuple(name for _, name in pairs))
            made += 1
            if made == count:
                return


def run(count: int, say: Callable[[str], None] = lambda _: None) -> tuple[list[tuple[int, float]], PartitionScore]:
    """Add ``count`` reports one by one: (size of the record, milliseconds a report there), and the merging score."""
    store = MemoryStore()
    index: dict[int, list[str]] = {}
    seen: dict[str, Prints] = {}
    true: dict[str, str] = {}
    marks = [mark for mark in (10, 100, 1_000, 10_000, 100_000) if mark <= count]
    costs: list[tuple[int, float]] = []
    spent: list[float] = []
    for number, report in enumerate(reports(count), 1):
        started = time.process_time()
        group = copies_in(report.prints, index, seen)
        store.set_copies({source: original for source, original in group.items() if source != original})
        change = merge(report.members, store)
        store.add_members(report.members)
        store.replace_entries(change.entries, change.removed)
        for value in report.prints.hashes:
            index.setdefault(value, []).append(report.prints.source)
        seen[report.prints.source] = report.prints
        spent.append(time.process_time() - started)
        true.update((member.id, name) for member, name in zip(report.members, report.true, strict=True))
        if number in marks:
            window = spent[-max(10, number // 10) :]
            costs.append((number, 1000 * sum(window) / len(window)))
            say(f"{number:>21,}   {costs[-1][1]:.2f}")
    found = {member: entry.id for entry in store.entries.values() for member in entry.members}
    return costs, b_cubed(found, true)


def main() -> None:
    """Print the cost of one more report, and the merging score."""
    arguments = sys.argv[1:]
    on_disk = "--record" in arguments
    numbers = [int(each) for each in arguments if each.isdigit()]
    count = numbers[0] if numbers else 10_000
    if on_disk:
        from benchmarks.on_disk import HEAD, run_on_disk

        print(HEAD, flush=True)
        with tempfile.TemporaryDirectory() as folder:
            _, score = run_on_disk(count, Path(folder) / "talks.db", lambda line: print(line, flush=True))
    else:
        print("reports in the record   ms for one more", flush=True)
        _, score = run(count, lambda line: print(line, flush=True))
    print(f"\nB-cubed precision {score.precision:.3f}, recall {score.recall:.3f}, F {score.f:.3f}")


if __name__ == "__main__":
    main()
