"""Statements in negotiation news: how many are found, and how many with the right speaker.

The gold is stand-off, eight articles coded by hand before any reading of them was seen; the articles themselves are not
part of the project. One half, fixed by a hash of the article id, is for looking at errors, the other for its figures
alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks.quality.speaker_names import same_name
from benchmarks.quality.task import Result, corpus_hash
from summitry.clean import clean
from summitry.evaluate.attribution import OVERLAP, Tally, overlap
from summitry.reader.pipeline import Reader
from summitry.vocabulary import Source, Span, Statement

GOLD: Final = Path(__file__).parents[1] / "gold" / "news_statements.jsonl"
# A rule extractor reaches .81 and .49 in the first two figures on seventeen other articles of the same kind.

PIECE: Final = 0.9
"""Share of a row's words that must lie in another's for it to be a piece of that one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A statement of the gold. ``speaker`` is None where the article does not tell who spoke."""

    article: str
    spans: tuple[Span, ...]
    speaker: str | None
    anonymous: bool
    party: str | None
    quote_type: str


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over articles: statements found, found with the right speaker, found with the right party; ``divided``
    counts rows and gold rows apart that are no more than a further piece of a statement found."""

    found: Tally = field(default_factory=Tally)
    spoken: Tally = field(default_factory=Tally)
    party: int = 0
    divided: tuple[int, int] = (0, 0)

    def __add__(self, other: Score) -> Score:
        return Score(
            self.found + other.found,
            self.spoken + other.spoken,
            self.party + other.party,
            (self.divided[0] + other.divided[0], self.divided[1] + other.divided[1]),
        )

    @property
    def apart(self) -> Tally:
        """As ``found``, every piece of a divided statement counted by itself."""
        return Tally(self.found.right, self.found.found + self.divided[0], self.found.expected + self.divided[1])


def load_gold(path: Path = GOLD) -> dict[str, list[Wanted]]:
    """The statements of the gold by article id."""
    gold: dict[str, list[Wanted]] = {}
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        spans = tuple(Span(start, end) for start, end in row["spans"])
        gold.setdefault(row["article"], []).append(
            Wanted(row["article"], spans, row["speaker"], row["anonymous"], row["party"], row["quote_type"])
        )
    return gold


def seen(article: str) -> bool:
    """Whether an article is of the half whose errors may be looked at."""
    return hashlib.sha256(article.encode()).digest()[0] % 2 == 0


def load_articles(folder: Path, wanted: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The rows of the news files with these ids; rows that are not there are left out."""
    ids = frozenset(wanted)
    rows: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*_dev.jsonl")):
        for line in path.open(encoding="utf-8"):
            row = json.loads(line)
            if row["id"] in ids:
                rows[row["id"]] = row
    return rows


def source_of_row(row: dict[str, Any]) -> Source:
    """A row as intake hands it on: its text, and what stands beside it under summitry's names."""
    beside = {"title": row["title"], "date": row["date"], "url": row["url"], "outlet": row["outlet"]}
    metadata = tuple((name, str(value)) for name, value in beside.items() if value)
    return Source(uri=row["id"], content=row["text"].encode(), metadata=metadata)


def pairs_of(gold: Sequence[Wanted], found: Sequence[Statement]) -> list[tuple[int, int]]:
    """One-to-one pairs whose contents overlap enough or of which one holds the other; the best overlap first, and of
    equals the one with the right speaker."""
    scored = []
    for i, wanted in enumerate(gold):
        for j, row in enumerate(found):
            share = overlap(wanted.spans, row.content_spans)
            if share >= OVERLAP or _holds(wanted.spans, row.content_spans) or _holds(row.content_spans, wanted.spans):
                scored.append((-round(share, 2), not same_speaker(wanted, row), i, j))
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for _, _, i, j in sorted(scored):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((i, j))
    return pairs


def _holds(outer: Sequence[Span], inner: Sequence[Span]) -> bool:
    return all(any(o.start <= i.start and i.end <= o.end for o in outer) for i in inner)


def same_speaker(wanted: Wanted, found: Statement) -> bool:
    """Whether the speaker is the one meant: by name, or for the unnamed the same party."""
    if wanted.speaker is None or found.speaker is None:
        return wanted.speaker is None and found.speaker is None
    if wanted.anonymous and wanted.party != _state(found):
        return False
    # A spokesperson without a name speaks on the record for some readers: the same words are the same speaker.
    return (wanted.anonymous and found.on_record == "anonymous") or same_name(wanted.speaker, found.speaker)


def _state(found: Statement) -> str | None:
    return found.party.state or found.party.code if found.party is not None else None


def score(gold: Sequence[Wanted], found: Sequence[Statement]) -> Score:
    """Compare the statements of one article.

    Whether a quotation that goes on behind the sentence with its cue is one statement or two is a matter of counting:
    the gold sets do not agree on it. A further piece of a statement that was found, with the right speaker, is neither
    a row too many nor a row missed.
    """
    pairs = pairs_of(gold, found)
    right = sum(same_speaker(gold[i], found[j]) for i, j in pairs)
    party = sum(gold[i].party == _state(found[j]) for i, j in pairs)
    rows, wanted = pieces_of(gold, found, pairs)
    counted = len(found) - len(rows), len(gold) - len(wanted)
    return Score(Tally(len(pairs), *counted), Tally(right, *counted), party, (len(rows), len(wanted)))


def pieces_of(
    gold: Sequence[Wanted], found: Sequence[Statement], pairs: Sequence[tuple[int, int]]
) -> tuple[set[int], set[int]]:
    """Rows and gold rows without a partner that are a piece of a pair's other side and of one speaker with it."""
    rows = set(range(len(found))) - {j for _, j in pairs}
    wanted = set(range(len(gold))) - {i for i, _ in pairs}
    return (
        {
            k
            for k in rows
            for i, j in pairs
            if same_speaker(gold[i], found[k])
            and found[k].speaker == found[j].speaker
            and _further(found[k].content_spans, gold[i].spans, found[j].content_spans)
        },
        {
            k
            for k in wanted
            for i, j in pairs
            if gold[k].speaker == gold[i].speaker
            and same_speaker(gold[k], found[j])
            and _further(gold[k].spans, found[j].content_spans, gold[i].spans)
        },
    )


def _further(piece: Sequence[Span], whole: Sequence[Span], first: Sequence[Span]) -> bool:
    """Whether a piece lies in the whole and holds nothing of the first piece."""
    size = sum(span.end - span.start for span in piece)
    return _common(piece, whole) >= PIECE * size and not _common(piece, first)


def _common(a: Sequence[Span], b: Sequence[Span]) -> int:
    return sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)


def run(shared: Path) -> Result | None:
    """Score the articles; None where the news are absent."""
    folder = shared / "data" / "news"
    gold = load_gold()
    rows = load_articles(folder, gold)
    if len(rows) < len(gold):
        return None
    reader = Reader()
    total, half = Score(), Score()
    for article, wanted in sorted(gold.items()):
        reading = reader.read(clean(source_of_row(rows[article])))
        counts = score(wanted, reading.statements)
        total += counts
        if not seen(article):
            half += counts
    figures: list[tuple[str, float | None]] = []
    for prefix, part in (("", total), ("unseen half: ", half)):
        figures += [
            (f"{prefix}found F", _percent(part.found.f)),
            (f"{prefix}found with right speaker F", _percent(part.spoken.f)),
            (f"{prefix}found recall", _percent(part.found.recall)),
            (f"{prefix}found precision", _percent(part.found.precision)),
            (f"{prefix}every piece counted: found F (reference)", _percent(part.apart.f)),
            (f"{prefix}right party, of found", 100 * part.party / part.found.right if part.found.right else None),
        ]
    counted = total.found
    note = f"{len(gold)} articles, {counted.expected} statements, {counted.found} rows, {counted.right} pairs, "
    note += f"{total.spoken.right} with the right speaker"
    return Result("news_statements", tuple(figures), corpus_hash([GOLD, *sorted(folder.glob("*_dev.jsonl"))]), note)


def _percent(value: float | None) -> float | None:
    return None if value is None else 100 * value
