"""How rules are written: patterns over token categories in braces, and a view of what one matched.

``{the}?{month}{int12|int31}`` reads: maybe "the", a month name, a number up to 31. Patterns hold no unbounded
repetition, so matching is linear in the number of tokens.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Unpack

from summitry.reader.times.found import Details, Found, Kind
from summitry.reader.times.lexicon import DECADES, LETTER, MONTHS, NUMBERS, ORDINALS, WEEKDAYS
from summitry.reader.times.tokens import Tokens
from summitry.vocabulary import TimexType

_BRACES: Final = re.compile(r"\{([a-z][a-z0-9_|]*)\}")

FRAGMENTS: Final = {
    "MONTH": r"(?:{month|month_amb}|{month_abbr}{dot}?)",
    "WEEKDAY": r"(?:{weekday}|{weekday_abbr}{dot}?)",
    "DAY": r"(?:{int12|int31|ordnum|ord})",
    "DAYS": r"{int12|int31|ordnum}",
    "NUM": r"(?:{int12|int31|int|year}|{numword}(?:{hyphen}?{numword}){0,3})",
    "COUNT": r"(?:{int12|int31|int}|{numword}(?:{hyphen}?{numword}){0,3})",
    "AMOUNT": r"""(?:{a}?(?:<NUM>(?:{int12}{punct}{int12})?|{couple}{of}?|{few})(?:{and}{a}{half})?
        |{half}{a}|{a}{half})""",
    "PRE": r"(?:(?:{the}?{early|late|mid}{hyphen}?|{the}?{end|begin|mid}{of}|{earlier|later}{in}?))",
    "ABOUT": r"(?:{about}|{more|less}{than}|{at}{least}|{up}{to})",
    "DIRECTION": r"(?:{last|this|next}{past|coming}?)",
    "THE_DIRECTION": r"(?:{last|this|next}{past|coming}?|{the}{following|previous|past|coming|next})",
    "REL_YEAR": r"(?:{of}?(?P<rel>{last|this|next|previous|following}{unit}))",
    "ZONE": r"(?:{comma|lparen}?(?P<zone>{zone}))",
    "DASH": r"(?:{hyphen|dash})",
}
"""Named pieces of patterns, written in capitals between angle brackets. They may name one another, two deep."""


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A regex over class letters from a pattern with ``<FRAGMENT>`` and ``{category|category}``; blanks are free."""
    for _ in range(3):
        pattern = re.sub(r"(?<!\?P)<([A-Z_]+)>", lambda match: FRAGMENTS[match[1]], pattern)
    plain = re.sub(r"\s+", "", pattern)
    return re.compile(_BRACES.sub(lambda match: f"[{''.join(LETTER[name] for name in match[1].split('|'))}]", plain))


@dataclass(frozen=True, slots=True)
class View:
    """One match of one rule over the tokens."""

    tokens: Tokens
    match: re.Match[str]
    rule: str

    def has(self, group: str) -> bool:
        """Whether the pattern has the group and it took part."""
        return group in self.match.re.groupindex and self.match.start(group) >= 0

    def words(self, group: str | int = 0) -> list[str]:
        """The tokens of a group, lower case; empty where it took no part."""
        return self.tokens.words(*self.match.span(group)) if group == 0 or self.has(str(group)) else []

    def word(self, group: str) -> str:
        """The first token of a group, lower case, or the empty string."""
        words = self.words(group)
        return words[0] if words else ""

    def before(self, count: int) -> list[str]:
        """Up to ``count`` tokens before the match, lower case, in text order."""
        start = self.match.start()
        return self.tokens.words(start - count, start)

    def after(self, count: int) -> list[str]:
        """Up to ``count`` tokens behind the match, lower case."""
        end = self.match.end()
        return self.tokens.words(end, end + count)

    def letter(self, offset: int) -> str:
        """The class letter ``offset`` tokens behind the match (0 is the next), or before it (-1 is the last before)."""
        at = self.match.end() + offset if offset >= 0 else self.match.start() + offset
        classes = self.tokens.classes
        return classes[at] if 0 <= at < len(classes) else LETTER["par"]

    def capital(self) -> bool:
        """Whether the match starts with a capital letter."""
        return self.tokens.text[self.tokens.starts[self.match.start()]].isupper()

    def found(
        self, type_: TimexType, kind: Kind, value: str, *, span: str | int = 0, **details: Unpack[Details]
    ) -> Found:
        """The finding over a group's tokens (the whole match by default)."""
        first, last = self.match.span(span)
        start, end = self.tokens.starts[first], self.tokens.ends[last - 1]
        return Found(start, end, self.tokens.text[start:end], type_, self.rule, kind, value, **details)


Build = Callable[[View], "Found | tuple[Found, ...] | None"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern and what it builds; ``build`` may refuse by None."""

    name: str
    needs: frozenset[str]
    pattern: re.Pattern[str]
    build: Build


def rule(name: str, needs: str, pattern: str, build: Build) -> Rule:
    """A rule from its written pattern. ``needs`` lists categories of which every match has one.

    A text without any of them is not searched: most texts have no season, decade or time of the clock.
    """
    return Rule(name, frozenset(LETTER[category] for category in needs.split()), compile_pattern(pattern), build)


def month_of(words: list[str]) -> int:
    """The month a group names."""
    return next(MONTHS[word] for word in words if word in MONTHS)


def weekday_of(words: list[str]) -> int | None:
    """The ISO weekday a group names, or None."""
    return next(
        (
            WEEKDAYS[word.removesuffix("s")] if word not in WEEKDAYS else WEEKDAYS[word]
            for word in words
            if word in WEEKDAYS or word.removesuffix("s") in WEEKDAYS
        ),
        None,
    )


def integer_of(word: str) -> int:
    """The number of a day or year token: ``27``, ``27th``, ``third``; 0 where it is none."""
    if word in ORDINALS:
        return ORDINALS[word]
    digits = re.match(r"\d{1,4}", word)
    return int(digits.group()) if digits else 0


def decade_of(word: str) -> str | None:
    """The three digits of a decade token: ``1980s`` and ``'80s`` are ``198``; two-digit ones of the 20th century."""
    if word in DECADES:
        return f"19{DECADES[word]}"
    digits = "".join(char for char in word if char.isdecimal())
    if len(digits) == 4:
        return digits[:3]
    return f"19{digits[0]}" if len(digits) == 2 else None


def amount_of(words: list[str]) -> float | None:
    """The number that words count, None where they give none ("several"): ``two``, ``a couple of``, ``5 1/2``."""
    total = 0.0
    known = False
    if "/" in words:  # "5 1/2"
        at = words.index("/")
        top, bottom = words[at - 1], words[at + 1] if at + 1 < len(words) else "1"
        whole = words[at - 2] if at >= 2 else "0"
        if all(part.isdecimal() for part in (whole, top, bottom)) and int(bottom):
            return int(whole) + int(top) / int(bottom)
    for word in words:
        if word in NUMBERS:
            value = NUMBERS[word]
            total = (total or 1) * value if value >= 100 else total + value
            known = True
        elif word in ("a", "an"):
            continue
        elif word == "couple" or word == "pair":
            return 2.0
        elif word == "dozen":
            total, known = (total or 1) * 12, True
        elif word == "half":
            total, known = total + 0.5, True
        elif word[0].isdecimal():
            number = word.replace(",", "")
            total, known = total + (float(number) if number.replace(".", "", 1).isdecimal() else 0), True
        elif word in ("few", "several", "many", "some", "numerous"):
            return None
    if not known and words and words[0] in ("a", "an"):
        return 1.0
    return total if known else None


_MODS: Final = {
    "early": "START", "earlier": "START", "beginning": "START", "start": "START", "mid": "MID", "middle": "MID",
    "midway": "MID", "late": "END", "later": "END", "end": "END", "close": "END", "about": "APPROX",
    "around": "APPROX", "nearly": "APPROX", "almost": "APPROX", "roughly": "APPROX", "approximately": "APPROX",
    "more": "MORE_THAN", "less": "LESS_THAN", "fewer": "LESS_THAN", "least": "EQUAL_OR_MORE", "up": "EQUAL_OR_LESS",
}  # fmt: skip


def mod_of(words: list[str]) -> str | None:
    """The TIMEX3 mod of qualifying words."""
    return next((_MODS[word] for word in words if word in _MODS), None)


def duration_value(amount: float | None, unit: str) -> str:
    """A TIMEX3 duration: ``P3D``, ``PT30M``, ``PXW``; decades as years, halves in the next smaller unit."""
    if unit in "ECFK":
        factor, unit = {"E": (10, "Y"), "C": (100, "Y"), "F": (2, "W"), "K": (1, "WE")}[unit]
        if amount is None and factor >= 10:
            return "PXE" if factor == 10 else "PXC"
        amount = None if amount is None else amount * factor
    if unit == "WE":
        return f"P{'X' if amount is None else f'{amount:g}'}WE"
    if unit == "G":
        unit = "D"
    rest = ""
    if amount is not None and amount % 1 == 0.5 and unit in "YHMD":
        half, smaller = {"Y": (6, "M"), "H": (30, "M"), "M": (30, "S"), "D": (12, "H")}[unit]
        rest = f"T{half}{smaller}" if unit == "D" else f"{half}{smaller}"
        amount -= 0.5
    number = "X" if amount is None else f"{amount:.10g}"
    if rest and amount == 0:
        return f"P{'T' if unit in 'HM' else ''}{rest}"
    letter = "M" if unit == "N" else unit
    return f"P{'T' if unit in 'SMH' else ''}{number}{letter}{rest}"
