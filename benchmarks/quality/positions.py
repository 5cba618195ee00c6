"""Actor, predicate, point: triples of a negotiations bulletin (Earth Negotiations Bulletin, 50 sentences).

Exact triples, and actor with predicate, as sets a sentence. Case, underscores, plural endings of group names, ends in
punctuation and the order of a point's parts are set aside on both sides; everything else must be the same.
The sentences are for measuring only. The rules were first written by the grammar of such bulletins, then mended on the
odd sentences alone: the figures on the even ones, which were only scored, show how far they carry.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.quality.task import Result, corpus_hash
from summitry.reader.propositions import Proposition, propositions

# The best published system on such sentences reaches .690 exact and .892 with actor and predicate alone.
Triple = tuple[str, str, frozenset[str]]
_ENDS: Final = " .,;:\"'`“”‘’"


@dataclass(frozen=True, slots=True)
class Tally:
    """Triples expected, found and right; ``+`` adds."""

    expected: int = 0
    found: int = 0
    right: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.expected + other.expected, self.found + other.found, self.right + other.right)

    @property
    def f(self) -> float | None:
        """Balanced F1 in percent."""
        return 200 * self.right / (self.expected + self.found) if self.expected + self.found else None


def run(shared: Path) -> Result | None:
    """Score the triples; None without the data."""
    path = shared / "data" / "positions" / "enb_dev.json"
    if not path.exists():
        return None
    rows = json.loads(path.read_text(encoding="utf-8"))
    whole = {half: [Tally(), Tally()] for half in (0, 1)}
    for row, found in zip(rows, read_all(row["sent"] for row in rows), strict=True):
        for number, tally in enumerate(compare(expected_of(row), found)):
            whole[int(row["id"]) % 2][number] += tally
    both = [whole[0][n] + whole[1][n] for n in (0, 1)]
    return Result(
        "positions",
        (
            ("exact triple F", both[0].f),
            ("actor and predicate F", both[1].f),
            ("exact triple F, sentences mended on", whole[1][0].f),
            ("exact triple F, sentences left out", whole[0][0].f),
            ("actor and predicate F, sentences left out", whole[0][1].f),
        ),
        corpus_hash([path]),
        f"{len(rows)} sentences, {both[0].expected} triples",
    )


def read_all(sentences: Iterable[str]) -> list[set[Triple]]:
    """The triples that the reader finds in sentences, each read by itself; people are no negotiating parties."""
    return [{triple_of(sentence, row) for row in _told(propositions(sentence))} for sentence in sentences]


def _told(rows: Iterable[Proposition]) -> list[Proposition]:
    """What the bulletin itself tells of parties: not what stands inside a party's own point."""
    parties = [row for row in rows if row.actor.kind != "person"]
    clauses = {row.clause for row in parties if not row.nested}
    return [
        row
        for row in parties
        if not row.nested or not any(c.start <= row.clause.start and row.clause.end <= c.end for c in clauses)
    ]


def triple_of(text: str, row: Proposition) -> Triple:
    """A found triple, comparable."""
    return _name(row.actor.name), row.predicate, frozenset(_words(text[s.start : s.end]) for s in row.point)


def expected_of(row: dict[str, Any]) -> set[Triple]:
    """The triples of a row of the data."""
    return {
        (_name(one["actor"]), one["pred"].lower(), frozenset(_words(part) for part in one["point"].split("§")))
        for one in row["props"]
    }


def compare(expected: set[Triple], found: set[Triple]) -> tuple[Tally, Tally]:
    """Tallies of exact triples, and of actors with predicates."""
    pairs = {triple[:2] for triple in expected}, {triple[:2] for triple in found}
    return (
        Tally(len(expected), len(found), len(expected & found)),
        Tally(len(pairs[0]), len(pairs[1]), len(pairs[0] & pairs[1])),
    )


def _name(name: str) -> str:
    words = re.sub(r"[\W_]+", " ", name.lower()).split()
    return " ".join(re.sub(r"ies$", "y", word).removesuffix("s") for word in words if word != "the")


def _words(text: str) -> str:
    return " ".join(text.lower().split()).strip(_ENDS)
