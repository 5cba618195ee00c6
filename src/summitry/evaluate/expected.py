"""Scoring whole readings against expected records: publication date, statements, events, positions.

An expected record is a JSON file with ``published``, ``statements``, ``events`` and ``positions``; its ``evidence``
strings stand word for word in the report of the same number.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from summitry.evaluate.events import EventKey, EventScore, days_compatible, key_of, matching, parse_days, score_events
from summitry.vocabulary import DateInterval, Position, Reading, Span, Statement

WORDS_SHARED: Final = 0.5
"""Share of either statement's words that the other must hold for both to be the same statement."""


@dataclass(frozen=True, slots=True)
class ExpectedStatement:
    """An expected statement: where its words stand, who said them, and for which party."""

    span: Span
    speaker: str
    party: str | None
    anonymous: bool
    said: DateInterval | None


@dataclass(frozen=True, slots=True)
class ExpectedPosition:
    """An expected position: where its words stand, whose it is, and which."""

    span: Span
    party: str
    stance: str


@dataclass(frozen=True, slots=True)
class Expected:
    """One expected record. ``tolerance`` is in days and holds for the publication date and what is dated by it."""

    name: str
    published: DateInterval | None
    tolerance: int
    statements: tuple[ExpectedStatement, ...]
    events: tuple[EventKey, ...]
    positions: tuple[ExpectedPosition, ...] = ()


@dataclass(frozen=True, slots=True)
class ExpectedScore:
    """Counts over one or more records; ``+`` adds them.

    ``words`` counts expected statements whose words were found, ``speakers`` those that have the named speaker (or, for
    the unnamed, the party) besides; ``published`` records whose date is within the tolerance.
    """

    records: int = 0
    published: int = 0
    statements: int = 0
    found_statements: int = 0
    words: int = 0
    speakers: int = 0
    events: EventScore = field(default_factory=EventScore)
    positions: int = 0
    found_positions: int = 0
    stances: int = 0

    def __add__(self, other: ExpectedScore) -> ExpectedScore:
        return ExpectedScore(
            self.records + other.records,
            self.published + other.published,
            self.statements + other.statements,
            self.found_statements + other.found_statements,
            self.words + other.words,
            self.speakers + other.speakers,
            self.events + other.events,
            self.positions + other.positions,
            self.found_positions + other.found_positions,
            self.stances + other.stances,
        )


def load_expected(path: Path, text: str) -> Expected:
    """Read an expected record; ``text`` is the report it is about.

    Raises:
        ValueError: an ``evidence`` string does not stand in the report.
    """
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    statements = tuple(
        ExpectedStatement(
            span=_find(text, row["evidence"], path),
            speaker=row["speaker"],
            party=row["party"],
            anonymous=row["anonymous"],
            said=parse_days(row["said"]),
        )
        for row in record["statements"]
    )
    events = tuple(
        EventKey(
            parties=frozenset([*row["source"], *row["target"]]),
            type=row["type"],
            modality=row["modality"],
            days=parse_days(row["date"]),
            spans=(_find(text, row["evidence"], path),),
        )
        for row in record["events"]
    )
    positions = tuple(
        ExpectedPosition(span=_find(text, row["evidence"], path), party=row["party"], stance=row["stance"])
        for row in record.get("positions", ())
    )
    tolerance = int(record.get("tolerance_days", 0))
    return Expected(path.stem, parse_days(record["published"]), tolerance, statements, events, positions)


def _find(text: str, words: str, path: Path) -> Span:
    start = text.find(words)
    if start < 0:
        raise ValueError(f"{path}: evidence {words[:60]!r} does not stand in its report")
    return Span(start, start + len(words))


def score_reading(expected: Expected, reading: Reading) -> ExpectedScore:
    """Compare one reading with its expected record."""
    published = reading.article.published
    pairs = match_statements(expected.statements, reading.statements)
    named = sum(same_speaker(expected.statements[i], reading.statements[j]) for i, j in pairs.items())
    dated = published.precision != "unknown" and days_compatible(expected.published, published, expected.tolerance)
    return ExpectedScore(
        records=1,
        published=int(dated),
        statements=len(expected.statements),
        found_statements=len(reading.statements),
        words=len(pairs),
        speakers=named,
        events=score_events(expected.events, [key_of(event) for event in reading.events], tolerance=expected.tolerance),
        positions=len(expected.positions),
        found_positions=len(reading.positions),
        stances=count_positions(expected.positions, reading.positions),
    )


def count_positions(expected: Sequence[ExpectedPosition], found: Sequence[Position]) -> int:
    """Expected positions of which a found one of its own has the party, the stance and words in common."""
    free = list(found)
    count = 0
    for row in expected:
        match = next((one for one in free if _same_position(row, one)), None)
        if match is not None:
            free.remove(match)
            count += 1
    return count


def _same_position(expected: ExpectedPosition, found: Position) -> bool:
    words = any(one.start < expected.span.end and expected.span.start < one.end for one in found.evidence)
    return words and found.stance == expected.stance and expected.party in (found.party.code, found.party.state)


def match_statements(expected: Sequence[ExpectedStatement], found: Sequence[Statement]) -> dict[int, int]:
    """One-to-one pairs of statements that share most of their words; pairs with the same speaker come first."""
    left = [EventKey(frozenset({str(i)}), "", "", None, (row.span,)) for i, row in enumerate(expected)]
    right = [EventKey(frozenset({str(j)}), "", "", None, row.content_spans) for j, row in enumerate(found)]

    def shared(a: EventKey, b: EventKey) -> bool:
        span = a.spans[0]
        length = sum(s.end - s.start for s in b.spans)
        both = sum(max(0, min(span.end, s.end) - max(span.start, s.start)) for s in b.spans)
        return both >= WORDS_SHARED * (span.end - span.start) and both >= WORDS_SHARED * length

    def speaker_too(a: EventKey, b: EventKey) -> bool:
        return shared(a, b) and same_speaker(expected[int(min(a.parties))], found[int(min(b.parties))])

    sure = matching(left, right, speaker_too)
    used = set(sure.values())
    rest = [i for i in range(len(left)) if i not in sure]
    free = [j for j in range(len(right)) if j not in used]
    more = matching([left[i] for i in rest], [right[j] for j in free], shared)
    return {**sure, **{rest[i]: free[j] for i, j in more.items()}}


def same_speaker(expected: ExpectedStatement, found: Statement) -> bool:
    """Whether a found statement has the expected speaker: the same name, or for the unnamed the same party."""
    if found.speaker is None:
        return False
    if expected.anonymous:
        state = found.party.state if found.party is not None else None
        return found.on_record == "anonymous" and (expected.party is None or state == expected.party)
    wanted, name = _folded(expected.speaker), _folded(found.speaker.name)
    return wanted == name or wanted <= name


def _folded(name: str) -> frozenset[str]:
    """The words of a name without case, accents, hyphens and the article."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return frozenset(re.findall(r"[a-z0-9]+", plain)) - {"the"}
