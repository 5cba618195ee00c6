"""Whole readings of running news against the project's own gold: statements and speakers, events and dates, positions
and moves.

``python -m benchmarks.quality running-news`` prints the figures of both parts of the gold; errors are looked at in the
first part alone (``python -m benchmarks.quality.running_errors``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from benchmarks.quality.news_statements import Score, pairs_of, same_speaker
from benchmarks.quality.news_statements import score as score_statements
from benchmarks.quality.running_gold import FOLDER, GoldArticle, GoldMove, GoldPosition, load_running, read_running
from benchmarks.quality.task import Result, corpus_hash
from summitry.evaluate.attribution import Tally
from summitry.evaluate.events import EventKey, EventScore, days_compatible, key_of, matching, pairs, score_events
from summitry.reader.pipeline import Reader
from summitry.vocabulary import Move, Position, Reading, Span

FORMS: Final = ("name", "title", "pronoun", "floating", "collective", "institution", "description", "document")
_ATTRIBUTED: Final = {"self": "self", "other": "other party", "reporter": "reporter", "analyst": "analyst"}
# A rule extractor finds .81 of the statements and names .49 of their speakers in other articles of the kind; an event
# coder has .04 of the events right.

Wanted = TypeVar("Wanted")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class NewsScore:
    """Counts over articles; ``+`` adds. ``speakers`` counts gold statements by form: with the right speaker, in all."""

    statements: Score = field(default_factory=Score)
    speakers: Counter[tuple[str, bool]] = field(default_factory=Counter)
    events: EventScore = field(default_factory=EventScore)
    near: int = 0
    parties_and_type: int = 0
    unexplained: int = 0
    dated: Tally = field(default_factory=Tally)
    positions: Tally = field(default_factory=Tally)
    by_whom: int = 0
    moves: Tally = field(default_factory=Tally)

    def __add__(self, other: NewsScore) -> NewsScore:
        return NewsScore(
            self.statements + other.statements,
            self.speakers + other.speakers,
            self.events + other.events,
            self.near + other.near,
            self.parties_and_type + other.parties_and_type,
            self.unexplained + other.unexplained,
            self.dated + other.dated,
            self.positions + other.positions,
            self.by_whom + other.by_whom,
            self.moves + other.moves,
        )


def score_article(gold: GoldArticle, reading: Reading) -> NewsScore:
    """Compare one reading with its article's gold."""
    wanted = [row.wanted for row in gold.statements]
    speakers: Counter[tuple[str, bool]] = Counter()
    right = {i for i, j in pairs_of(wanted, reading.statements) if same_speaker(wanted[i], reading.statements[j])}
    for i, row in enumerate(gold.statements):
        speakers[row.form, i in right] += 1
    events = list(gold.events)
    found = [key_of(event) for event in reading.events]
    same = pairs(events, found, dated=False)
    stated = {i: j for i, j in same.items() if events[i].days is not None}
    on_time = sum(days_compatible(events[i].days, found[j].days) for i, j in stated.items())
    positions = greedy(gold.positions, reading.positions, same_position)
    return NewsScore(
        statements=score_statements(wanted, reading.statements),
        speakers=speakers,
        events=score_events(events, found),
        near=len(pairs(events, found, lenient=True, dated=False)),
        parties_and_type=len(matching(events, found, lambda a, b: a.parties == b.parties and a.type == b.type)),
        unexplained=sum(not any(_explains(row, each) for row in events) for each in found),
        dated=Tally(on_time, sum(found[j].days is not None for j in stated.values()), len(stated)),
        positions=Tally(len(positions), len(reading.positions), len(gold.positions)),
        by_whom=sum(
            _ATTRIBUTED[gold.positions[i].attributed_by] == reading.positions[j].attributed_by for i, j in positions
        ),
        moves=Tally(len(greedy(gold.moves, reading.moves, same_move)), len(reading.moves), len(gold.moves)),
    )


def _explains(row: EventKey, found: EventKey) -> bool:
    """Whether a gold event is what a row is about: the same parties, or a passage in common and a party."""
    return row.parties == found.parties or (overlap(row.spans, found.spans) and bool(row.parties & found.parties))


def overlap(a: Sequence[Span], b: Sequence[Span]) -> bool:
    """Whether any two of the spans share a code point."""
    return any(x.start < y.end and y.start < x.end for x in a for y in b)


def _evidence(row: Position | Move) -> list[Span]:
    return [Span(each.start, each.end) for each in row.evidence]


def same_position(gold: GoldPosition, found: Position) -> bool:
    """Same party and stance, about words in common."""
    state = found.party.state or found.party.code
    return state == gold.party and found.stance == gold.stance and overlap(gold.spans, _evidence(found))


def same_move(gold: GoldMove, found: Move) -> bool:
    """Same proposer and kind, about words in common."""
    state = found.proposer.state or found.proposer.code
    return state == gold.proposer and found.kind == gold.kind and overlap(gold.spans, _evidence(found))


def greedy(
    gold: Sequence[Wanted], found: Sequence[Found], agree: Callable[[Wanted, Found], bool]
) -> list[tuple[int, int]]:
    """One-to-one pairs in text order."""
    taken: set[int] = set()
    out = []
    for i, row in enumerate(gold):
        j = next((j for j, each in enumerate(found) if j not in taken and agree(row, each)), None)
        if j is not None:
            taken.add(j)
            out.append((i, j))
    return out


def run(shared: Path) -> Result | None:
    """Score both parts of the gold; None where the articles are absent."""
    parts = {name: load_running(name) for name in ("dev", "test")}
    reader = Reader()
    figures: list[tuple[str, float | None]] = []
    notes = []
    for name, gold in parts.items():
        if not gold:
            continue
        scores = [score_article(article, reading) for article, reading in read_running(shared, gold, reader)]
        if len(scores) < len(gold):
            return None
        total = sum(scores, NewsScore())
        figures += figures_of("" if name == "dev" else "set aside: ", total)
        counted = f"{total.events.expected} events, {total.statements.found.expected} statements"
        notes.append(f"{name}: {len(gold)} articles, {counted}")
    if not figures:
        return None
    files = [FOLDER / f"running_{name}.jsonl" for name, gold in parts.items() if gold]
    return Result("running_news", tuple(figures), corpus_hash(files), "; ".join(notes))


def figures_of(prefix: str, total: NewsScore) -> list[tuple[str, float | None]]:
    """The figures of one part."""
    spoken, events = total.statements, total.events
    out: list[tuple[str, float | None]] = [
        ("statements found F", _percent(spoken.found.f)),
        ("statements found precision", _percent(spoken.found.precision)),
        ("statements found recall", _percent(spoken.found.recall)),
        ("statements, every piece counted: found F (reference)", _percent(spoken.apart.f)),
        ("statements with right speaker F", _percent(spoken.spoken.f)),
    ]
    for form in FORMS:
        good, bad = total.speakers[form, True], total.speakers[form, False]
        out.append(
            (f"right speaker, of gold, {form} ({good + bad})", 100 * good / (good + bad) if good + bad else None)
        )
    out += [
        ("events parties + type + modality F", events.f1(events.undated)),
        ("events precision", 100 * events.undated / events.found if events.found else None),
        ("events recall", events.recall(events.undated)),
        ("events near pairs forgiven F", events.f1(total.near)),
        ("events parties + type F", events.f1(total.parties_and_type)),
        ("events and date F", events.f1(events.strict)),
        ("event dates right, of matched and dated", _percent(total.dated.recall)),
        ("event rows no gold event explains (lower)", 100 * total.unexplained / events.found if events.found else None),
        ("positions party + stance + words F", _percent(total.positions.f)),
        ("positions precision", _percent(total.positions.precision)),
        ("positions attributed rightly, of matched", _of(total.by_whom, total.positions.right)),
        ("moves proposer + kind + words F", _percent(total.moves.f)),
        ("moves precision", _percent(total.moves.precision)),
    ]
    return [(prefix + name, value) for name, value in out]


def _percent(value: float | None) -> float | None:
    return None if value is None else 100 * value


def _of(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None
