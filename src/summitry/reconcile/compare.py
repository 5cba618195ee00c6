"""Comparison: what speaks for two events being one, and what forbids it.

Weights add up like the log-odds of Fellegi and Sunter (1969); they are set by hand because a negotiation has no
labelled pairs to learn from, and each stands in a table with its reason. A conflict is no weight: it forbids the
pair, and through the clustering every row that would hold it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from summitry.reconcile.features import UNDIRECTED
from summitry.reconcile.signatures import Signature

WEIGHTS: Final[Mapping[str, float]] = {
    "known": 6.0,  # both are mentions of one public fact: decides alone
    "parties equal": 2.5,  # the same sides; with the same day and type it suffices
    "parties within": 1.5,  # one mention leaves a side out ("the summit, said Kim")
    "parties overlap": 0.0,  # A with B and A with C, at one place
    "day equal": 2.0,  # two acts of one type by the same sides on one day are one (the one-a-day rule of event data)
    "days overlap": 1.0,  # a day inside a span of days
    "days next": 0.0,  # a time zone or the second day of a meeting: other evidence must carry the pair
    "wide date holds": 0.4,  # "last month" and a day of that month; not enough with sides and type alone
    "date open": 0.0,  # nothing known: neither for nor against
    "type equal": 1.0,
    "type near": 0.0,  # pairs that coders mix up
    "place equal": 1.5,
    "country equal": 1.0,  # "Vietnam" and "Hanoi"
    "level equal": 1.0,
    "ordinal equal": 1.5,  # "the second summit" twice
    "content": 1.0,  # what was demanded or blamed, in shared words
    "text equal": 4.0,  # the same sentence: a copy, or the same wire behind both
}
"""What agreement on a feature adds."""

SAME: Final = 4.0
"""Two sharp events are one from here: sides within, same day and type (4.5)."""

JOINS: Final = 4.0
"""A wide or unknown date joins a row from here: sides (2.5) and type (1.0) need a place, an ordinal or more."""

MARGIN: Final = 0.5
"""By so much must the best row beat the next, or the event stays by itself: a doubtful merge is worse than two rows."""

SUMMIT_DAYS: Final = 4
"""Summits last for some days at most; what is planned for "next week" may be another."""

_PLACES: Final = (
    # Names of one place. Nothing else is known of places here but the country the case gives.
    frozenset({"panmunjom", "joint security area", "jsa", "dmz", "demilitarized zone", "truce village of panmunjom"}),
    frozenset({"washington", "washington dc", "washington d.c.", "white house"}),
    frozenset({"new york", "united nations headquarters", "u.n. headquarters"}),
)


def interval_gap(a: Signature, b: Signature) -> int:
    """Days between two intervals: 0 when they meet, 1 when they are next to each other."""
    if a.start <= b.end and b.start <= a.end:
        return 0
    return (b.start - a.end).days if a.end < b.start else (a.start - b.end).days


def _place_relation(a: Signature, b: Signature) -> str:
    """``equal``, ``country equal``, ``unknown`` or ``conflict``."""
    if not a.place or not b.place:
        return "unknown"
    if a.place == b.place or any(a.place in names and b.place in names for names in _PLACES):
        return "equal"
    if f" {a.place} " in f" {b.place} " or f" {b.place} " in f" {a.place} ":
        return "equal"
    if a.country and b.country:
        return "country equal" if a.country == b.country else "conflict"
    # A bare name against another bare name ("hanoi", "singapore"); long descriptions of venues decide nothing.
    return "conflict" if len(a.place.split()) <= 2 and len(b.place.split()) <= 2 else "unknown"


def conflict(a: Signature, b: Signature) -> str | None:
    """Why two events cannot be one, or None. Symmetric."""
    if a.family != b.family:
        return "type"
    if a.modality != b.modality and not ({a.modality, b.modality} == {"planned", "happened"} and _one_occasion(a, b)):
        # A plan and its fulfilment are one row only when both name the same day; else they are linked, not merged.
        return "modality"
    if a.type != b.type and a.family == "talk" and "planned" not in (a.modality, b.modality):
        return "type"
    if a.known and b.known:
        # Two mentions of one public fact are one whatever else they say; of two facts, never.
        return None if a.known == b.known else "known"
    gap = interval_gap(a, b)
    if gap > 1 or (gap == 1 and not (a.type == b.type == "CONSULT" and a.sharp and b.sharp)):
        return "date"
    if a.parties and b.parties and not (a.parties <= b.parties or b.parties <= a.parties):
        # A with B is not A with C, unless the place or a public fact says that all three were there.
        sure = (a.known and a.known == b.known) or _place_relation(a, b) == "equal"
        if not (sure and a.parties & b.parties):
            return "parties"
    if a.family not in UNDIRECTED:
        for ours, theirs in ((a.actors, b.actors), (a.recipients, b.recipients)):
            if ours and theirs and not set(ours) & set(theirs):
                return "direction"
    if _place_relation(a, b) == "conflict":
        return "place"
    if a.level and b.level and a.level != b.level:
        return "level"
    if a.ordinal and b.ordinal and a.ordinal != b.ordinal:
        return "ordinal"
    same_words = a.text and a.text == b.text
    if a.content and b.content and not same_words and not _alike(a.content, b.content):
        return "content"
    return None


def _one_occasion(a: Signature, b: Signature) -> bool:
    """Whether a plan and what happened are surely of one occasion: the same day, the same public fact, or summits of
    the same parties on the same or the next days, of which there are no two."""
    if a.start == a.end == b.start == b.end or (a.known and a.known == b.known and a.sharp and b.sharp):
        return True
    summits = a.type == b.type == "CONSULT" and a.level == b.level == "summit" and a.parties == b.parties
    short = all(each.sharp and (each.end - each.start).days < SUMMIT_DAYS for each in (a, b))
    return summits and short and interval_gap(a, b) <= 1


def _alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two bags of stems tell of one matter: two stems in common, and a third of the shorter."""
    shared = len(set(a) & set(b))
    shorter = min(len(a), len(b))
    return shared >= min(2, shorter) and 3 * shared >= shorter


def agreements(a: Signature, b: Signature) -> list[str]:
    """The features two events agree on, as keys of :data:`WEIGHTS`. Symmetric."""
    found: list[str] = []
    if a.known and a.known == b.known:
        found.append("known")
    if a.parties == b.parties and a.parties:
        found.append("parties equal")
    elif a.parties <= b.parties or b.parties <= a.parties:
        found.append("parties within")
    else:
        found.append("parties overlap")
    if not (a.dated and b.dated):
        found.append("date open")
    elif interval_gap(a, b) == 1:
        found.append("days next")
    elif not (a.sharp and b.sharp):
        found.append("wide date holds")
    elif (a.start, a.end) == (b.start, b.end):
        found.append("day equal")
    else:
        found.append("days overlap")
    found.append("type equal" if a.type == b.type else "type near")
    place = _place_relation(a, b)
    if place in ("equal", "country equal"):
        found.append("place equal" if place == "equal" else "country equal")
    if a.level and a.level == b.level:
        found.append("level equal")
    if a.ordinal and a.ordinal == b.ordinal:
        found.append("ordinal equal")
    if a.content and b.content and _alike(a.content, b.content):
        found.append("content")
    if a.text and a.text == b.text:
        found.append("text equal")
    return found


def score(a: Signature, b: Signature) -> float:
    """How much speaks for two events being one; minus infinity when they conflict. Symmetric."""
    if conflict(a, b):
        return float("-inf")
    return sum(WEIGHTS[name] for name in agreements(a, b))
