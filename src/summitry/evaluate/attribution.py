"""Scores of attributions, as the published figures on PolNeAR are counted, and of statement rows against a gold.

Exact span figures compare sets of (start, end) per document, so that a source shared by two attributions counts once;
the cue figure compares words; the sentence figure compares which sentences hold attributed content.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from summitry.reader.statements.attribution import Attribution
from summitry.vocabulary import QuoteType, Span

OVERLAP: Final = 0.3
"""Shared code points over code points of either: what counts as found where boundaries may differ."""

_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts behind one precision, recall and F."""

    right: int = 0
    found: int = 0
    expected: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.found + other.found, self.expected + other.expected)

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None when nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of what was expected that was found; None when nothing was expected."""
        return self.right / self.expected if self.expected else None

    @property
    def f(self) -> float | None:
        """Harmonic mean of precision and recall; None when there was nothing on either side."""
        total = self.found + self.expected
        return 2 * self.right / total if total else None


def tally_sets(found: Set[object], expected: Set[object]) -> Tally:
    """Counts of two sets."""
    return Tally(len(found & expected), len(found), len(expected))


@dataclass(frozen=True, slots=True)
class AttributionScore:
    """The five figures of attribution on one or more documents."""

    content: Tally = Tally()
    source: Tally = Tally()
    cue: Tally = Tally()
    sentence: Tally = Tally()
    overlap: Tally = Tally()
    indirect: Tally = Tally()

    def __add__(self, other: AttributionScore) -> AttributionScore:
        return AttributionScore(
            self.content + other.content,
            self.source + other.source,
            self.cue + other.cue,
            self.sentence + other.sentence,
            self.overlap + other.overlap,
            self.indirect + other.indirect,
        )


def _points(spans: Iterable[Span]) -> set[int]:
    return {point for span in spans for point in range(span.start, span.end)}


def overlap(first: Sequence[Span], second: Sequence[Span]) -> float:
    """Shared code points over all code points of two sets of spans; 0 when both are empty."""
    a, b = _points(first), _points(second)
    return len(a & b) / len(a | b) if a or b else 0.0


def _cue_words(text: str, attributions: Iterable[Attribution]) -> set[int]:
    return {
        match.start()
        for a in attributions
        if a.cue_span is not None
        for match in _WORD.finditer(text, a.cue_span.start, a.cue_span.end)
    }


def _with_content(sentences: Sequence[Span], attributions: Iterable[Attribution]) -> set[int]:
    spans = sorted((s.start, s.end) for a in attributions for s in a.content_spans)
    hit: set[int] = set()
    for number, sentence in enumerate(sentences):
        if any(start < sentence.end and sentence.start < end for start, end in spans):
            hit.add(number)
    return hit


def _matched(found: Sequence[Attribution], expected: Sequence[Attribution]) -> list[tuple[int, int]]:
    """Pairs of found and expected attributions whose contents overlap enough, each used once, best first."""
    candidates: list[tuple[float, int, int]] = []
    edges = [(a.content_spans[0].start, a.content_spans[-1].end) if a.content_spans else (0, 0) for a in found]
    for j, gold in enumerate(expected):
        if not gold.content_spans:
            continue
        low, high = gold.content_spans[0].start, gold.content_spans[-1].end
        for i, a in enumerate(found):
            if edges[i][0] < high and low < edges[i][1]:
                share = overlap(a.content_spans, gold.content_spans)
                if share >= OVERLAP:
                    candidates.append((-share, i, j))
    pairs: list[tuple[int, int]] = []
    used_found: set[int] = set()
    used_gold: set[int] = set()
    for _, i, j in sorted(candidates):
        if i not in used_found and j not in used_gold:
            used_found.add(i)
            used_gold.add(j)
            pairs.append((i, j))
    return pairs


def score_attributions(
    text: str, sentences: Sequence[Span], found: Sequence[Attribution], expected: Sequence[Attribution]
) -> AttributionScore:
    """Score one document. ``sentences`` are the same for both sides."""
    pairs = _matched(found, expected)
    indirect = [j for j, gold in enumerate(expected) if gold.quote_type == "indirect" and gold.content_spans]
    hit = {j for _, j in pairs}
    return AttributionScore(
        content=tally_sets(
            {span for a in found for span in a.content_spans},
            {span for a in expected for span in a.content_spans},
        ),
        source=tally_sets(
            {a.source_span for a in found if a.source_span},
            {a.source_span for a in expected if a.source_span},
        ),
        cue=tally_sets(_cue_words(text, found), _cue_words(text, expected)),
        sentence=tally_sets(_with_content(sentences, found), _with_content(sentences, expected)),
        overlap=Tally(len(pairs), len(found), len(expected)),
        indirect=Tally(sum(j in hit for j in indirect), 0, len(indirect)),
    )


_MARKS: Final = "\"'“”‘’«»"


def quote_type_of(text: str, spans: Sequence[Span]) -> QuoteType:
    """Direct when the content stands between quotation marks, mixed when it holds some, else indirect."""
    words = [text[span.start : span.end].strip(" \n,.") for span in spans]
    if words and all(word[:1] in _MARKS and word[-1:] in _MARKS and word for word in words):
        return "direct"
    return "mixed" if any(mark in word for word in words for mark in '"“”') else "indirect"


def load_polnear(path: Path) -> list[tuple[str, str, tuple[Attribution, ...]]]:
    """(id, text, attributions) of every document of a PolNeAR file with one JSON object a line."""
    documents = []
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        text = row["text"]
        attributions = []
        for item in row["attrs"]:
            spans = {
                name: tuple(Span(start, end) for start, end in item[name]) for name in ("source", "cue", "content")
            }
            attributions.append(
                Attribution(
                    source_span=spans["source"][0] if spans["source"] else None,
                    cue_span=spans["cue"][0] if spans["cue"] else None,
                    content_spans=tuple(sorted(spans["content"])),
                    quote_type=quote_type_of(text, spans["content"]),
                    cue=text[spans["cue"][0].start : spans["cue"][0].end] if spans["cue"] else None,
                    kind="utterance",
                    route="gold",
                    confidence=1.0,
                )
            )
        documents.append((row["id"], text, tuple(attributions)))
    return documents
