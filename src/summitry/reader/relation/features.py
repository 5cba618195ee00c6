"""What the relation model sees of (sentence, source, target): seven groups of features.

Each group is weighted by inverse document frequency, brought to length one and multiplied by its weight, so that no
group drowns another. The weights were chosen by cross-validation on the training half of PLV, to one decimal.

=======  ======================================================================================================
words    stems and pairs of neighbouring stems of the whole sentence
between  stems between source and target with the direction, the few before and behind them
near     the six stems after the source and the three on each side of the target, fading with distance
skip     pairs of stems among the seven after the source, up to four apart ("call ... off")
acts     types of the trigger lexicon found, the two first after the source apart, those between the two apart
class    the lexicon's word classes (meeting, agreement, sanction ...) with the three stems before them
turn     acts that a word of future or of refusal stands before: planned cooperation is AGREE, planned conflict THREATEN
=======  ======================================================================================================
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from itertools import pairwise
from math import log
from types import MappingProxyType
from typing import Final
from zlib import crc32

from summitry.reader.plover import joint_root, quad_of
from summitry.reader.relation.words import SOURCE, TARGET, Words, marked, stem
from summitry.reader.triggers import TRIGGERS, TriggerEntry

GROUPS: Final[Mapping[str, float]] = MappingProxyType(
    {"words": 0.7, "between": 1.0, "near": 1.5, "skip": 0.7, "acts": 0.5, "class": 0.5, "turn": 0.5}
)
"""Feature groups and their weights."""

# Weight of a stem by its distance from the source or target: 1 + ln(1 / sqrt(distance)).
_FADE: Final = tuple(1 - 0.5 * log(distance) for distance in range(1, 7))

_FUTURE: Final = frozenset(
    stem(word)
    for word in "will would shall plan intend agree offer vow pledge promise ready willing schedule prepare going "
    "expect announce".split()
) | {"'ll"}
_AGAINST: Final = frozenset(
    stem(word)
    for word in "not no never n't refuse fail decline reject without cancel deny stop end halt suspend".split()
)

_Act = tuple[tuple[frozenset[str], ...], str, str, int]


def _act(entry: TriggerEntry) -> _Act:
    """An entry as: stems of which one of each set must stand near, its PLV root, its side, its weight."""
    needed = tuple(
        frozenset(stem(word) for word in words)
        for words in (entry.particle, entry.preposition, entry.direct, entry.oblique)
        if words
    )
    root = joint_root(entry.type)
    return needed, root, "cooperation" if quad_of(root) < 3 else "conflict", entry.weight


def _acts() -> Mapping[str, tuple[_Act, ...]]:
    """The trigger lexicon by stem."""
    found: dict[str, list[_Act]] = {}
    for lemma, entries in TRIGGERS.items():
        found.setdefault(stem(lemma), []).extend(_act(entry) for entry in entries)
    return MappingProxyType({key: tuple(sorted(acts, key=lambda act: -act[3])) for key, acts in found.items()})


def _classes() -> Mapping[str, tuple[str, ...]]:
    """The lexicon's word classes by stem."""
    data = tomllib.loads(files("summitry.reader").joinpath("plover_triggers.toml").read_text("utf-8"))["classes"]
    found: dict[str, set[str]] = {}
    for name, words in data.items():
        for word in words.split():
            found.setdefault(stem(word), set()).add(name)
    return MappingProxyType({key: tuple(sorted(names)) for key, names in found.items()})


_ACTS: Final = _acts()
_CLASSES: Final = _classes()


class _Bag:
    """Counts by hashed feature name, for one group."""

    __slots__ = ("counts",)

    def __init__(self) -> None:
        self.counts: dict[int, float] = {}

    def add(self, name: str, value: float = 1.0) -> None:
        key = crc32(name.encode("utf-8", "surrogatepass"))
        self.counts[key] = self.counts.get(key, 0.0) + value


def _found(stems: list[str], source: int) -> list[tuple[int, str, str]]:
    """Acts of the lexicon in a sentence (place, root, side), those after the source first, nearest first."""
    out: list[tuple[int, str, str]] = []
    for place, text in enumerate(stems):
        acts = _ACTS.get(text)
        if acts is None:
            continue
        near = set(stems[max(0, place - 4) : place + 6])
        for needed, root, side, _ in acts:
            if all(not words.isdisjoint(near) for words in needed):
                out.append((place, root, side))
                break
    if source >= 0:
        out.sort(key=lambda act: act[0] - source if act[0] > source else 50 + source - act[0])
    return out


def features(
    words: Words, source: tuple[int, int] | None, target: tuple[int, int] | None
) -> tuple[dict[int, float], ...]:
    """Hashed features (CRC-32 of the name) with their counts, one mapping for each of :data:`GROUPS`, in order."""
    stems, s, t = marked(words, source, target)
    bags = {name: _Bag() for name in GROUPS}
    _add_words(bags["words"], stems)
    if s >= 0 and t >= 0:
        _add_between(bags["between"], stems, s, t)
    if s >= 0:
        _add_near(bags["near"], stems, s, t)
        _add_skip(bags["skip"], stems[s + 1 : s + 8])
    _add_acts(bags, stems, s, t)
    _add_classes(bags["class"], stems, s)
    return tuple(bag.counts for bag in bags.values())


def _add_words(bag: _Bag, stems: list[str]) -> None:
    for text in stems:
        bag.add("u:" + text)
    for one, two in pairwise(stems):
        bag.add(f"b:{one} {two}")


def _add_between(bag: _Bag, stems: list[str], s: int, t: int) -> None:
    low, high = min(s, t), max(s, t)
    way = "ST" if s < t else "TS"
    bag.add("dir:" + way)
    for text in stems[low + 1 : high]:
        bag.add(f"m{way}:{text}")
    for one, two in zip(stems[low:high], stems[low + 1 : high + 1], strict=True):
        bag.add(f"mb:{one} {two}")
    for text in stems[high + 1 : high + 5]:
        bag.add("a:" + text)
    for text in stems[max(0, low - 4) : low]:
        bag.add("bf:" + text)


def _add_near(bag: _Bag, stems: list[str], s: int, t: int) -> None:
    for distance, text in enumerate(stems[s + 1 : s + 7]):
        bag.add("ns:" + text, _FADE[distance])
    if t >= 0:
        for distance, text in enumerate(reversed(stems[max(0, t - 3) : t])):
            bag.add("nt:" + text, _FADE[distance])
        for distance, text in enumerate(stems[t + 1 : t + 4]):
            bag.add("na:" + text, _FADE[distance])


def _add_skip(bag: _Bag, stems: list[str]) -> None:
    for first, one in enumerate(stems):
        for two in stems[first + 1 : first + 5]:
            bag.add(f"sk:{one} {two}")


def _add_acts(bags: Mapping[str, _Bag], stems: list[str], s: int, t: int) -> None:
    acts, turn = bags["acts"], bags["turn"]
    for rank, (place, root, side) in enumerate(_found(stems, s)):
        acts.add("T:" + root)
        if rank < 2:
            acts.add(f"T{rank}:{root}")
        if min(s, t) >= 0 and min(s, t) < place < max(s, t):
            acts.add("TB:" + root)
        if rank < 3:
            before = stems[max(0, place - 5) : place]
            if not _FUTURE.isdisjoint(before):
                turn.add(f"fu:{side}{min(rank, 1)}")
                turn.add("fu:" + root)
            if not _AGAINST.isdisjoint(before):
                turn.add("ne:" + side)
                turn.add("ne:" + root)


def _add_classes(bag: _Bag, stems: list[str], s: int) -> None:
    for place, text in enumerate(stems):
        if text in (SOURCE, TARGET):
            continue
        for name in _CLASSES.get(text, ()):
            bag.add("cl:" + name)
            if s < place:
                for before in stems[max(0, place - 3) : place]:
                    bag.add(f"cw:{before} {name}")
