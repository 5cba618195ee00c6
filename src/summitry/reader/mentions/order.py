"""In which order the phrases of an article are decided, and which of two that overlap is kept."""

from __future__ import annotations

from typing import Final

from summitry.reader.mentions.cover import TokenHit
from summitry.reader.mentions.history import subject_ahead, subjects_of
from summitry.reader.mentions.namespans import NameSpan
from summitry.reader.mentions.organisations import Organisation
from summitry.reader.mentions.phrases import Candidate
from summitry.reader.mentions.walk import Material

Phrase = NameSpan | Organisation | TokenHit | Candidate

_SMALL: Final = frozenset({"person", "they", "it", "speaker", "relative", "compass"})


def in_order(material: Material) -> list[Phrase]:
    """Phrases by where they end, inner before outer, so that a possessor comes before what it owns; hits and lesser
    phrases inside a greater one are left out. A pronoun that leads up to its subject ("Asked about his plan, X said")
    comes after it."""
    scene = material.scene
    inside = [False] * len(scene)
    rows: list[tuple[int, int, Phrase]] = []

    def claim(first: int, last: int) -> None:
        inside[first : last + 1] = [True] * (last + 1 - first)

    for span, choice in zip(material.spans, material.roster.candidates, strict=True):
        rows.append((span.last, -span.begin, span))
        if span.single and not choice:
            # A capitalised word that nothing shows to be a name.
            continue
        claim(span.begin, span.last)
        for title in span.apart:
            claim(title.first, title.last)
    for organisation in material.organisations:
        if not inside[organisation.head]:
            rows.append((organisation.last, -organisation.first, organisation))
            claim(organisation.first, organisation.last)
    subjects = subjects_of(scene)
    for candidate in sorted(material.candidates, key=lambda c: c.first - c.last):
        if candidate.sort in _SMALL:
            later = subject_ahead(scene, subjects, candidate.head) if candidate.sort == "person" else -1
            rows.append((max(candidate.last, later), -candidate.first, candidate))
        elif not inside[candidate.head]:
            rows.append((candidate.last, -candidate.first, candidate))
            if not candidate.only_again:
                claim(candidate.first, candidate.last)
    rows.extend(
        (hit.last, -hit.first, hit) for hit in material.cover.hits if not inside[hit.last] and not inside[hit.first]
    )
    return [phrase for _, _, phrase in sorted(rows, key=lambda row: row[:2])]
