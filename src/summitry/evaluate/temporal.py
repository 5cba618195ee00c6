"""Scoring time expressions the TempEval-3 way: spans strict and relaxed, and the TIMEX3 value of what overlaps.

Figures are micro-averaged over documents, in percent. Relaxed: each gold expression pairs with at most one found
expression that shares a code point with it, in text order. Value F1 is relaxed F1 times the share of pairs
whose value strings are equal (UzZaman et al. 2013, SemEval-2013 task 1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from summitry.errors import UnreadableSource
from summitry.vocabulary import TimeExpression


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated TIMEX3: code points in the document's text, type and value."""

    start: int
    end: int
    text: str
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A TimeML document: plain text, publication day, expressions in text order (that of creation left out)."""

    name: str
    text: str
    published: date | None
    times: tuple[Gold, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold expression and what was found for it, either of them None."""

    document: str
    gold: Gold | None
    found: TimeExpression | None

    @property
    def value_right(self) -> bool:
        """Whether both are there and their value strings are equal."""
        return self.gold is not None and self.found is not None and self.gold.value == self.found.value

    @property
    def value_means_the_same(self) -> bool:
        """Whether both are there and their values differ in spelling at most."""
        return (
            self.gold is not None
            and self.found is not None
            and plain_value(self.gold.value) == plain_value(self.found.value)
        )


def plain_value(value: str) -> str:
    """A value in one spelling: corpora also write 1989 as ``1989-XX``, the 1960s as ``196X``, week 7 as ``W7``."""
    value = re.sub(r"(?:-XX)+\Z", "", value)
    value = re.sub(r"\A(\d{2,3})X{1,2}\Z", r"\1", value)
    return re.sub(r"-W(\d)\Z", r"-W0\1", value)


@dataclass(frozen=True, slots=True)
class TemporalScore:
    """Counts of one run. F1 properties are percentages, None where nothing is there to score."""

    gold: int
    found: int
    relaxed: int
    strict: int
    values: int
    types: int
    meanings: int

    @property
    def strict_f1(self) -> float | None:
        """F1 of exactly equal spans."""
        return _f1(self.strict, self.gold, self.found)

    @property
    def relaxed_f1(self) -> float | None:
        """F1 of overlapping spans."""
        return _f1(self.relaxed, self.gold, self.found)

    @property
    def value_f1(self) -> float | None:
        """Relaxed F1 times the share of overlapping pairs with the right value."""
        return _f1(self.values, self.gold, self.found)

    @property
    def meaning_f1(self) -> float | None:
        """As value F1, spellings of one value taken as equal (see :func:`plain_value`)."""
        return _f1(self.meanings, self.gold, self.found)

    @property
    def type_f1(self) -> float | None:
        """Relaxed F1 times the share of overlapping pairs with the right type."""
        return _f1(self.types, self.gold, self.found)


def _f1(right: int, gold: int, found: int) -> float | None:
    return 200.0 * right / (gold + found) if gold + found else None


def pair_up(document: GoldDocument, found: Sequence[TimeExpression]) -> tuple[Pair, ...]:
    """Pair gold and found expressions that overlap, in text order; what has no partner stands alone.

    Both lists are in text order and free of overlaps, so one walk finds the largest pairing.
    """
    pairs: list[Pair] = []
    at = 0
    for gold in document.times:
        while at < len(found) and found[at].end <= gold.start:
            pairs.append(Pair(document.name, None, found[at]))
            at += 1
        if at < len(found) and found[at].start < gold.end:
            pairs.append(Pair(document.name, gold, found[at]))
            at += 1
        else:
            pairs.append(Pair(document.name, gold, None))
    pairs.extend(Pair(document.name, None, each) for each in found[at:])
    return tuple(pairs)


def score(pairs: Iterable[Pair]) -> TemporalScore:
    """Count pairs of all documents together."""
    gold = found = relaxed = strict = values = types = meanings = 0
    for pair in pairs:
        gold += pair.gold is not None
        found += pair.found is not None
        if pair.gold is None or pair.found is None:
            continue
        relaxed += 1
        strict += (pair.gold.start, pair.gold.end) == (pair.found.start, pair.found.end)
        values += pair.value_right
        meanings += pair.value_means_the_same
        types += pair.gold.type == pair.found.type
    return TemporalScore(gold, found, relaxed, strict, values, types, meanings)


_DAY: Final = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")


def read_timeml(path: Path) -> GoldDocument:
    """Read a TimeML file: the text of its TEXT element, and the day of its creation time.

    Raises:
        UnreadableSource: the file is not XML or has no TEXT element.
    """
    try:
        root = ElementTree.fromstring(path.read_bytes())
    except ElementTree.ParseError as error:
        raise UnreadableSource("parse", f"{path.name} is not XML ({error}); allowed: TimeML 1.2.1") from error
    body = root.find("TEXT")
    if body is None:
        raise UnreadableSource("parse", f"{path.name} has no TEXT element; allowed: TimeML 1.2.1")
    parts: list[str] = []
    times: list[Gold] = []
    _walk(body, parts, times)
    created = root.find("DCT//TIMEX3")
    stamp = _DAY.match(created.get("value", "")) if created is not None else None
    published = date(int(stamp[1]), int(stamp[2]), int(stamp[3])) if stamp else None
    times.sort(key=lambda gold: (gold.start, gold.end))
    return GoldDocument(path.name, "".join(parts), published, tuple(_outermost(times)))


def _walk(element: ElementTree.Element, parts: list[str], times: list[Gold]) -> None:
    """Collect text and expressions, depth first."""
    start = sum(map(len, parts))
    parts.append(element.text or "")
    for child in element:
        _walk(child, parts, times)
        parts.append(child.tail or "")
    if element.tag == "TIMEX3":
        text = "".join(parts)[start:]
        times.append(Gold(start, start + len(text), text, element.get("type", ""), element.get("value", "")))


def _outermost(times: Iterable[Gold]) -> Iterable[Gold]:
    """Drop empty expressions and those inside another one."""
    end = -1
    for gold in times:
        if gold.end > gold.start >= end:
            yield gold
            end = gold.end
