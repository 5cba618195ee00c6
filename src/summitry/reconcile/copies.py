"""Copies of one story: reports that share narration.

Two reporters who heard the same man print the same quotation, so quoted and attributed words prove nothing; the same
sentence of narration under two mastheads is one agency's sentence. Document MinHash misses most such copies because
outlets cut and reorder; shared narration finds them (Broder 1997 on containment; here over narration alone).

A fingerprint is a run of :data:`SHINGLE` words of narration inside one sentence. Keeping those whose hash is divisible
by :data:`SAMPLE` (Manber 1994) keeps the index small without a choice that depends on other reports.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from summitry.vocabulary import Article, DateInterval, Reading, Span, Statement

SHINGLE: Final = 6
"""Words in a shingle. Five words of officialese recur by chance ("the denuclearization of the Korean Peninsula"); at
seven a copy editor's change of one word in a sentence hides too much."""

SAMPLE: Final = 2
"""One shingle in so many is kept: about 80 for a report of 450 words, and still a dozen for a three-paragraph cut."""

SHARED_AT_LEAST: Final = 6
"""Fingerprints in common below which nothing is called a copy: about twelve shingles, half a sentence more than chance
gives two reports of one negotiation."""

CONTAINED: Final = 0.30
"""Share of the shorter report's fingerprints that a copy shares. Background paragraphs that one desk reuses in all its
stories stay below; a rewritten wire story with a new lead stays above."""

_QUOTED: Final = re.compile(
    # Doubled marks and their curly kin, to the closing mark or the end of the sentence (a quote that runs on).
    r"[\"“”„‟«»＂「」『』][^\"“”„‟«»＂「」『』]*(?:[\"“”„‟«»＂「」『』]|$)"
    # Single marks only where they cannot be an apostrophe: after a space, before a space or stop.
    r"|(?<![^\s(\[])[‘'][^‘’']{12,}?[’'](?![^\s,.;:!?)\]])"
)
_WORD: Final = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_DROP: Final = str.maketrans("", "", "'’.-")


@dataclass(frozen=True, slots=True)
class Prints:
    """The fingerprints of one report's narration, and what the choice of an original needs."""

    source: str
    published: DateInterval
    hashes: frozenset[int]


def narration_words(article: Article, sentence: Span, attributed: Iterable[Span] = ()) -> list[str]:
    """The narrated words of a sentence in lower case, without marks: ``U.S.`` and ``US`` are both ``us``.

    Quoted words and ``attributed`` stretches (the content of statements) are left out, each leaving a break (an empty
    string) so that no shingle runs across the gap.
    """
    cuts = sorted(
        (max(span.start, sentence.start), min(span.end, sentence.end))
        for span in attributed
        if span.start < sentence.end and span.end > sentence.start
    )
    pieces: list[str] = []
    at = sentence.start
    for start, end in cuts:
        if start > at:
            pieces.append(article.text[at:start])
        at = max(at, end)
    pieces.append(article.text[at : sentence.end])
    words: list[str] = []
    for piece in pieces:
        for part in _QUOTED.split(piece):
            if words:
                words.append("")
            words += [match.group().translate(_DROP).lower() for match in _WORD.finditer(part)]
    return words


def _hash(words: list[str]) -> int:
    """A 63-bit hash (fits SQLite's signed integers) that is the same in every process."""
    digest = hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def fingerprints(article: Article, sentences: Iterable[Span], statements: Iterable[Statement] = ()) -> frozenset[int]:
    """Hashes of the narration of an article: 63-bit, the same for the same words in every process and version."""
    attributed = sorted(
        (span for statement in statements for span in statement.content_spans), key=lambda span: span.start
    )
    found: set[int] = set()
    at = 0
    for sentence in sentences:
        while at < len(attributed) and attributed[at].end <= sentence.start:
            at += 1
        near = at
        inside: list[Span] = []
        while near < len(attributed) and attributed[near].start < sentence.end:
            inside.append(attributed[near])
            near += 1
        words = narration_words(article, sentence, inside)
        for start in range(len(words) - SHINGLE + 1):
            shingle = words[start : start + SHINGLE]
            if "" not in shingle:
                value = _hash(shingle)
                if value % SAMPLE == 0:
                    found.add(value)
    return frozenset(found)


def prints_of(reading: Reading) -> Prints:
    """The fingerprints of a reading."""
    article = reading.article
    return Prints(article.source_id, article.published, fingerprints(article, reading.sentences, reading.statements))


def are_copies(a: Prints, b: Prints) -> bool:
    """Whether two reports are one story: enough shared narration, as a share of the shorter one. Symmetric."""
    return shares_enough(len(a.hashes & b.hashes), len(a.hashes), len(b.hashes))


def shares_enough(shared: int, size_a: int, size_b: int) -> bool:
    """The test of :func:`are_copies` on counts, for an index that knows how many fingerprints two reports share."""
    smaller = min(size_a, size_b)
    return shared >= min(SHARED_AT_LEAST, max(smaller, 3)) and shared >= CONTAINED * smaller


def original_of(group: Iterable[tuple[str, DateInterval]]) -> str:
    """The original of a group of copies: the first certainly published, a stated date before an inferred one, then id.

    An interval counts by its last day, so that a report whose date was only inferred does not come before one that
    states a day within.
    """

    def order(member: tuple[str, DateInterval]) -> tuple[date, bool, date, str]:
        source, published = member
        return (published.end or date.max, published.inferred, published.start or date.max, source)

    return min(group, key=order)[0]


def copy_groups(prints: Iterable[Prints]) -> dict[str, str]:
    """The original of every report: ``{source: original}``, an original being its own.

    Groups are the connected components of :func:`are_copies`, so the outcome does not depend on the order. Cost: the
    fingerprints, each once.
    """
    everyone = {each.source: each for each in prints}
    index: dict[int, list[str]] = {}
    for source in sorted(everyone):
        for value in everyone[source].hashes:
            index.setdefault(value, []).append(source)
    shared: dict[tuple[str, str], int] = {}
    for holders in index.values():
        for i, a in enumerate(holders):
            for b in holders[i + 1 :]:
                shared[a, b] = shared.get((a, b), 0) + 1
    parent = {source: source for source in everyone}

    def root(source: str) -> str:
        while parent[source] != source:
            parent[source] = parent[parent[source]]
            source = parent[source]
        return source

    for (a, b), count in shared.items():
        if shares_enough(count, len(everyone[a].hashes), len(everyone[b].hashes)):
            parent[root(a)] = root(b)
    groups: dict[str, list[str]] = {}
    for source in everyone:
        groups.setdefault(root(source), []).append(source)
    return {
        source: original
        for group in groups.values()
        for original in [original_of((member, everyone[member].published) for member in group)]
        for source in group
    }


def copies_in(new: Prints, index: Mapping[int, Iterable[str]], seen: Mapping[str, Prints]) -> dict[str, str]:
    """The group of copies that a new report is in: ``{source: original}``, itself included; alone when it is no copy.

    ``index`` (hash -> sources) and ``seen`` are of the reports before it; the group is followed through the copies of
    its copies. Cost: the reports that share fingerprints with the group.
    """
    group = {new.source: new}
    frontier = [new]
    while frontier:
        each = frontier.pop()
        for source, shared in sorted(count_shared(each.hashes, index).items()):
            other = seen.get(source)
            if other and source not in group and shares_enough(shared, len(each.hashes), len(other.hashes)):
                group[source] = other
                frontier.append(other)
    original = original_of((source, each.published) for source, each in group.items())
    return dict.fromkeys(sorted(group), original)


def count_shared(own: frozenset[int], others: Mapping[int, Iterable[str]]) -> dict[str, int]:
    """How many of ``own`` fingerprints each report holds, from an index ``hash -> sources``."""
    counts: dict[str, int] = {}
    for value in own:
        for source in others.get(value, ()):
            counts[source] = counts.get(source, 0) + 1
    return counts
