"""Finding time expressions in text, before any date is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from summitry.reader.times import rules_clock, rules_dates, rules_relative, rules_spans
from summitry.reader.times.found import Found
from summitry.reader.times.grammar import Rule, View
from summitry.reader.times.tokens import Tokens, tokenise

RULES: Final[tuple[Rule, ...]] = (*rules_dates.RULES, *rules_relative.RULES, *rules_clock.RULES, *rules_spans.RULES)
"""All rules; where two match the same words, the earlier one wins."""

_BESIDE: Final = re.compile(r"[\s,]*(?:\(?local time\)?)?[\s,]*(?:on )?", re.IGNORECASE)
"""What may stand between a time of the clock and its day."""
_DAY_KINDS: Final = frozenset({"weekday", "date", "month_day", "relative_day", "same_unit", "offset"})


def _longest(candidates: Iterable[tuple[int, int, Found]]) -> list[Found]:
    """The findings that do not overlap: from the left, the longest first, then the earlier rule."""
    kept: list[Found] = []
    end = -1
    for found in (item[2] for item in sorted(candidates, key=lambda item: (item[2].start, -item[2].end, item[1]))):
        if found.start >= end:
            kept.append(found)
            end = found.end
    return kept


def _is_clock_of(clock: Found, day: Found, text: str) -> bool:
    """Whether a time of the clock stands right before its day; "2 a.m. Thursday morning" too."""
    if clock.kind != "clock" or day.kind not in _DAY_KINDS or day.clock[1:2].isdecimal():
        return False
    return day.start - clock.end <= 20 and _BESIDE.fullmatch(text, clock.end, day.start) is not None


def _merged_clocks(text: str, found: list[Found]) -> list[Found]:
    """A time of the clock and the day beside it as one: "10 p.m. Wednesday", "noon on March 15"."""
    out: list[Found] = []
    for item in found:
        last = out[-1] if out else None
        if last is None or not _is_clock_of(last, item, text):
            out.append(item)
            continue
        out[-1] = replace(
            item, start=last.start, text=text[last.start : item.end], type="TIME",
            value=item.value.split("T")[0] + last.clock, clock=last.clock,
        )  # fmt: skip
    return out


_DAY_OFF: Final = re.compile(r"\b[Tt]he day (?P<word>before|after) ")
_OFF_KINDS: Final = frozenset({"weekday", "date", "month_day", "holiday"})
_OFF_ENDS: Final = ("day before ", "day after ")
_OFF_LENGTH: Final = len("the day before ")


def _with_days_off(text: str, found: Iterable[Found]) -> Iterable[Found]:
    """Findings with "the day before last Tuesday", "the day after Christmas" as one expression."""
    end = 0
    for item in found:
        if item.kind in _OFF_KINDS and item.type == "DATE" and text.endswith(_OFF_ENDS, end, item.start):
            start = max(end, item.start - _OFF_LENGTH)
            match = _DAY_OFF.search(text, start, item.start)
            if match is not None and match.end() == item.start:
                off = -1 if match["word"] == "before" else 1
                item = replace(item, start=match.start(), text=text[match.start() : item.end], days_off=off)
        yield item
        end = item.end


def _local(text: str, found: Found) -> Found:
    """Mark "(local time)" or "local time" right behind."""
    behind = text[found.end : found.end + 24].lower().lstrip(" ,(")
    return replace(found, local=True) if behind.startswith("local time") else found


def recognise(text: str) -> tuple[Found, ...]:
    """The time expressions of ``text`` in text order, none overlapping another.

    Pure and anchor-free. Costs linear time: rules are of bounded length.
    """
    tokens: Tokens = tokenise(text)
    candidates: list[tuple[int, int, Found]] = []
    present = set(tokens.classes)
    for order, each in enumerate(RULES):
        if present.isdisjoint(each.needs):
            continue
        for match in each.pattern.finditer(tokens.classes):
            built = each.build(View(tokens, match, each.name))
            if built is not None:
                several = built if isinstance(built, tuple) else (built,)
                candidates.extend((found.start, order, found) for found in several)
    merged = _with_days_off(text, _merged_clocks(text, _longest(candidates)))
    return tuple(_local(text, found) for found in merged)
