"""How far two coders of the gold agree, on ten articles: Krippendorff's alpha, and one scored against the other.

The second coder's rows scored as a reading is (F of rows) are the ceiling of the running-news figures: a reader cannot
be told to agree with the coding better than its coders do.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path
from typing import Final

from benchmarks.quality.news_statements import load_articles
from benchmarks.quality.running_gold import FOLDER, GoldArticle, GoldStatement, load_running
from benchmarks.quality.running_news import greedy, overlap
from benchmarks.quality.task import Result, corpus_hash
from summitry.evaluate.agreement import nominal_alpha
from summitry.evaluate.attribution import OVERLAP, Tally
from summitry.evaluate.attribution import overlap as shared
from summitry.evaluate.events import matching, pairs

_STEP: Final = 5
"""Code points between the places at which the coders are asked whether they stand inside a statement or an event:
about a word."""

Unit = tuple[Hashable, Hashable]


def run(shared_folder: Path) -> Result | None:
    """Compare the coders; None where the articles or the second coding are absent."""
    second = load_running("double")
    first = {k: row for name in ("dev", "test") for k, row in load_running(name).items() if k in second}
    rows = load_articles(shared_folder / "data" / "news", second)
    if not second or set(first) != set(second) or set(rows) != set(second):
        return None
    couples = [(first[key], second[key], len(rows[key]["text"])) for key in sorted(second)]
    figures: list[tuple[str, float | None]] = [
        ("alpha: inside a statement, by place", _alpha(_inside(couples, "statements"))),
        ("alpha: inside an event, by place", _alpha(_inside(couples, "events"))),
    ]
    figures += _statements(couples) + _events(couples) + _stances(couples)
    return Result(
        "agreement", tuple(figures), corpus_hash([FOLDER / "running_double.jsonl"]), f"{len(couples)} articles"
    )


Couple = tuple[GoldArticle, GoldArticle, int]


def _alpha(units: Iterable[Sequence[Hashable | None]]) -> float | None:
    value = nominal_alpha(units)
    return None if value is None else 100 * value


def _inside(couples: Sequence[Couple], kind: str) -> list[Unit]:
    """For each place of each article, whether it stands in a row of each coder."""
    out: list[Unit] = []
    for a, b, size in couples:
        marks = []
        for coding in (a, b):
            spans = [s for row in coding.statements for s in row.wanted.spans]
            if kind == "events":
                spans = [s for event in coding.events for s in event.spans]
            covered = bytearray(size)
            for span in spans:
                covered[span.start : span.end] = b"\x01" * (span.end - span.start)
            marks.append(covered)
        out += [(marks[0][at], marks[1][at]) for at in range(0, size, _STEP)]
    return out


def _same_words(a: GoldStatement, b: GoldStatement) -> bool:
    return shared(a.wanted.spans, b.wanted.spans) >= OVERLAP or overlap(a.wanted.spans, b.wanted.spans)


def _words(name: str | None) -> frozenset[str]:
    return frozenset((name or "").lower().replace(".", "").split())


def _one_speaker(a: GoldStatement, b: GoldStatement) -> bool:
    """The same person: the names share a word, or both are unnamed and of one party."""
    if a.wanted.anonymous and b.wanted.anonymous:
        return a.wanted.party == b.wanted.party
    return bool(_words(a.wanted.speaker) & _words(b.wanted.speaker)) or a.wanted.speaker == b.wanted.speaker


def _statements(couples: Sequence[Couple]) -> list[tuple[str, float | None]]:
    found = spoken = Tally()
    types: list[Unit] = []
    parties: list[Unit] = []
    anonymous: list[Unit] = []
    for a, b, _ in couples:
        matched = greedy(a.statements, b.statements, _same_words)
        both = [(a.statements[i], b.statements[j]) for i, j in matched]
        found += Tally(len(matched), len(b.statements), len(a.statements))
        spoken += Tally(sum(_one_speaker(x, y) for x, y in both), len(b.statements), len(a.statements))
        types += [(x.wanted.quote_type, y.wanted.quote_type) for x, y in both]
        parties += [(x.wanted.party or "none", y.wanted.party or "none") for x, y in both]
        anonymous += [(x.wanted.anonymous, y.wanted.anonymous) for x, y in both]
    return [
        ("statements, one coder against the other: found F", _percent(found)),
        ("statements, one coder against the other: right speaker F", _percent(spoken)),
        ("alpha: quote type of matched statements", _alpha(types)),
        ("alpha: party of matched statements", _alpha(parties)),
        ("alpha: anonymous, of matched statements", _alpha(anonymous)),
    ]


def _events(couples: Sequence[Couple]) -> list[tuple[str, float | None]]:
    full = near = Tally()
    types: list[Unit] = []
    modalities: list[Unit] = []
    sides: list[Unit] = []
    for a, b, _ in couples:
        size = (len(b.events), len(a.events))
        full += Tally(len(pairs(a.events, b.events, dated=False)), *size)
        near += Tally(len(pairs(a.events, b.events, lenient=True, dated=False)), *size)
        same = matching(a.events, b.events, lambda x, y: bool(x.parties & y.parties) and overlap(x.spans, y.spans))
        for i, j in same.items():
            x, y = a.events[i], b.events[j]
            types.append((x.type, y.type))
            modalities.append((x.modality, y.modality))
            sides.append((x.parties, y.parties))
    return [
        ("events, one coder against the other: parties + type + modality F", _percent(full)),
        ("events, one coder against the other: near pairs forgiven F", _percent(near)),
        ("alpha: type of events in one passage", _alpha(types)),
        ("alpha: modality of events in one passage", _alpha(modalities)),
        ("alpha: set of parties of events in one passage", _alpha(sides)),
    ]


def _stances(couples: Sequence[Couple]) -> list[tuple[str, float | None]]:
    positions = moves = Tally()
    stances: list[Unit] = []
    kinds: list[Unit] = []
    for a, b, _ in couples:
        about = greedy(a.positions, b.positions, lambda x, y: x.party == y.party and overlap(x.spans, y.spans))
        stances += [(a.positions[i].stance, b.positions[j].stance) for i, j in about]
        agreed = sum(a.positions[i].stance == b.positions[j].stance for i, j in about)
        positions += Tally(agreed, len(b.positions), len(a.positions))
        put = greedy(a.moves, b.moves, lambda x, y: x.proposer == y.proposer and overlap(x.spans, y.spans))
        kinds += [(a.moves[i].kind, b.moves[j].kind) for i, j in put]
        moves += Tally(sum(a.moves[i].kind == b.moves[j].kind for i, j in put), len(b.moves), len(a.moves))
    return [
        ("positions, one coder against the other: F", _percent(positions)),
        ("alpha: stance of matched positions", _alpha(stances)),
        ("moves, one coder against the other: F", _percent(moves)),
        ("alpha: kind of matched moves", _alpha(kinds)),
    ]


def _percent(tally: Tally) -> float | None:
    return None if tally.f is None else 100 * tally.f
