"""Rules for times of the clock: "10 p.m.", "0930 GMT", "noon"."""

from __future__ import annotations

from typing import Final

from summitry.reader.times.found import Found
from summitry.reader.times.grammar import Rule, View, rule
from summitry.reader.times.lexicon import LETTER


def _clock(view: View) -> Found | None:
    """A time of the clock: "10 p.m.", "10:30 a.m.", "0930 GMT", "noon", "18:00 (local time)"."""
    word = view.word("clock")
    half = view.word("half")[:1]
    if word == "noon" and view.before(1) == ["high"]:
        return None  # a film and an idiom
    if word in ("noon", "midnight"):
        clock = "T12:00" if word == "noon" else "T24:00"
    else:
        parts = [int(part) for part in word.replace(".", ":").split(":")[:2]]
        if word.isdecimal() and len(word) in (3, 4):
            parts = [int(word[:-2]), int(word[-2:])]
        hour, minute = parts[0], parts[1] if len(parts) > 1 else 0
        if half and not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 if half == "p" else (hour % 12 if half == "a" else hour)
        if hour > 24 or minute > 59:
            return None
        if (
            not half
            and not view.has("zone")
            and not view.has("oclock")
            and view.letter(-1)
            not in (LETTER["at"], LETTER["by"], LETTER["from"], LETTER["or"], LETTER["to"], LETTER["about"])
        ):
            return None  # a score, a verse or a length: "4:03"
        clock = f"T{hour:02d}:{minute:02d}"
    zone = view.words("zone")
    utc = "Z" if zone and zone[-1] in ("gmt", "utc") else ""
    return view.found("TIME", "clock", f"XXXX-XX-XX{clock}{utc}", clock=clock + utc)


_CLOCK_ZONES: Final = frozenset("gmt utc kst jst est edt irst bst cet".split())
"""Zones that make a time of the clock of a bare number: "0930 GMT"."""


def _clock_zone(view: View) -> Found | None:
    number = view.word("clock")
    if view.word("zone") not in _CLOCK_ZONES or not number.isdecimal() or len(number) == 3:
        return None
    return _clock(view)


RULES: Final[tuple[Rule, ...]] = (
    rule("clock", "ampm ampm_dot", r"(?P<clock>{int12|clock})(?P<half>{ampm|ampm_dot})<ZONE>?", _clock),
    rule("clock-24", "clock", r"(?P<clock>{clock})<ZONE>?", _clock),
    rule("clock-zone", "zone", r"(?P<clock>{int12|year|int}){lparen}?(?P<zone>{zone})", _clock_zone),
    rule("oclock", "oclock", r"(?P<clock>{int12})(?P<oclock>{oclock})", _clock),
    rule("noon", "noon", r"(?P<clock>{noon})", _clock),
)
"""Rules for the clock; of two that match the same words the earlier one counts."""
