"""Rules for dates with numbers and names: full dates, months, years, decades, quarters, seasons, holidays."""

from __future__ import annotations

import re
from typing import Final

from summitry.reader.times import guards
from summitry.reader.times.calendar import safe_date
from summitry.reader.times.found import Direction, Found, Unit
from summitry.reader.times.grammar import (
    Rule,
    View,
    decade_of,
    integer_of,
    mod_of,
    month_of,
    rule,
    weekday_of,
)
from summitry.reader.times.lexicon import LETTER, NUMBERS, SEASONS

_SHIFT: Final[dict[str, Direction]] = {
    "last": -1,
    "previous": -1,
    "past": -1,
    "this": 0,
    "current": 0,
    "next": 1,
    "coming": 1,
    "following": 1,
}


def shift_of(words: list[str]) -> Direction | None:
    """-1, 0 or 1 for last, this, next; None where no such word stands."""
    return next((_SHIFT[word] for word in words if word in _SHIFT), None)


def _iso(view: View) -> Found | None:
    word = view.words()[0]
    year, month, day = int(word[:4]), int(word[5:7]), int(word[8:10])
    if safe_date(year, month, day) is None:
        return None
    clock = word[10:16].upper()
    return view.found("TIME" if clock else "DATE", "date", word[:10], year=year, month=month, day=day, clock=clock)


def _slash(view: View) -> Found | None:
    """``3/17/2019`` month first, day first where the first number cannot be a month; ``2019/3/17``."""
    parts = re.split(r"[/.]", view.words()[0])
    if len(parts[0]) == 4:
        year, month, day = (int(part) for part in parts)
    else:
        month, day, year = (int(part) for part in parts)
        # With full stops the day stands first (German and Russian usage); with slashes American order.
        if month > 12 or ("." in view.words()[0] and day <= 12):
            month, day = day, month
        if year < 100:
            year += 2000 if year < 70 else 1900
    if not 1000 <= year < 2200 or safe_date(year, month, day) is None:
        return None
    return view.found("DATE", "date", f"{year:04d}-{month:02d}-{day:02d}", year=year, month=month, day=day)


def _days(view: View) -> tuple[Found, ...] | None:
    """Month and day in any order, one or more days ("Feb. 27-28"), with or without weekday and year."""
    month = month_of(view.words("month"))
    year = integer_of(view.word("year")) or None
    shift = shift_of(view.words("rel"))
    direction = shift_of(view.words("direction"))
    made: list[Found] = []
    groups = [group for group in ("day", "day2", "day3") if view.has(group)]
    first, last = view.match.span()
    for group in groups:
        day = integer_of(view.word(group))
        if safe_date(year or 2000, month, day) is None:
            return None
        start = first if group == "day" else view.match.start(group)
        end = last if group == groups[-1] else view.match.end(group)
        if len(groups) > 1 and view.match.start("month") > view.match.start("day"):  # "27 and 28 February"
            start = view.match.start(group) if group != "day" else first
        made.append(_one_day(view, (start, end), (year, month, day), shift, direction))
    return tuple(made)


def _one_day(
    view: View,
    span: tuple[int, int],
    ymd: tuple[int | None, int, int],
    shift: Direction | None,
    direction: Direction | None,
) -> Found:
    year, month, day = ymd
    start, end = view.tokens.starts[span[0]], view.tokens.ends[span[1] - 1]
    weekday = weekday_of(view.words("weekday")) if span[0] == view.match.start() and view.has("weekday") else None
    return Found(
        start, end, view.tokens.text[start:end], "DATE", view.rule, "date" if year else "month_day",
        f"{year:04d}-{month:02d}-{day:02d}" if year else f"XXXX-{month:02d}-{day:02d}",
        year=year, month=month, day=day, weekday=weekday, year_shift=shift,
        direction=-1 if direction == -1 else (1 if direction == 1 else None),
    )  # fmt: skip


def _month_first(view: View) -> tuple[Found, ...] | None:
    return None if guards.not_a_day(view) else _days(view)


def _month(view: View) -> Found | None:
    """A month, with or without a year or "last/this/next"."""
    month = month_of(view.words("month"))
    year = integer_of(view.word("year")) or None
    pre = view.words("pre")
    shift = shift_of(view.words("rel"))
    direction = shift_of(view.words("direction"))
    if year is None and shift is None and direction is None and guards.not_a_month(view, bool(pre)):
        return None
    value = f"{year:04d}-{month:02d}" if year else f"XXXX-{month:02d}"
    if year is None and shift is None and direction is None and view.letter(-1) == LETTER["that"]:
        return view.found("DATE", "same_unit", value, month=month, unit="N")  # "that April": of the year last told
    return view.found(
        "DATE", "month", value, year=year, month=month, year_shift=shift, direction=direction, mod=mod_of(pre)
    )


def _year(view: View) -> Found | None:
    year = integer_of(view.word("year"))
    pre = view.words("pre")
    if guards.not_a_year(view, year):
        return None
    if view.has("period"):  # "the 1988 period": the quarter spoken of, in that year
        return view.found("DATE", "year", f"{year:04d}", year=year, unit="Q")
    return view.found("DATE", "year", f"{year:04d}", year=year, mod=mod_of(pre))


def _year_range(view: View) -> tuple[Found, ...] | None:
    """ "1950-53", "2018/19": two years, the second in two digits."""
    year, last = integer_of(view.word("year")), view.word("last")
    second = year - year % 100 + int(last)
    if len(last) != 2 or second <= year or not 1800 <= year <= 2099 or view.letter(0) == LETTER["hyphen"]:
        return None
    return (
        view.found("DATE", "year", f"{year:04d}", span="year", year=year),
        view.found("DATE", "year", f"{second:04d}", span="last", year=second),
    )


def _fiscal_token(view: View) -> Found:
    digits = "".join(char for char in view.words()[-1] if char.isdecimal())
    year = int(digits) if len(digits) == 4 else 2000 + int(digits)
    return view.found("DATE", "year", f"{year:04d}", year=year)


def _spoken_year(view: View) -> Found | None:
    """ "nineteen ninety-six", "two thousand" (after "the year"), "twenty nineteen"."""
    words = [NUMBERS[word] for word in view.words("spoken") if word in NUMBERS]
    if len(words) >= 2 and words[0] in (17, 18, 19, 20) and 10 <= words[1] < 100:
        year = words[0] * 100 + sum(words[1:])
        if len(words) == 3 and (words[1] < 20 or words[2] >= 10):
            return None
    elif words[:2] == [2, 1000] and view.has("the_year"):
        year = 2000 + sum(words[2:])
    else:
        return None
    return view.found("DATE", "year", f"{year:04d}", year=year) if year <= 2100 else None


def _month_spoken_year(view: View) -> Found | None:
    year = _spoken_year(view)
    if year is None or year.year is None:
        return None
    month = month_of(view.words("month"))
    return view.found("DATE", "month", f"{year.year:04d}-{month:02d}", year=year.year, month=month)


def _decade(view: View) -> Found | None:
    digits = decade_of(view.word("decade"))
    if digits is None or not 100 <= int(digits) <= 219:
        return None
    return view.found("DATE", "long_period", digits, mod=mod_of(view.words("pre")))


def _century(view: View) -> Found | None:
    number = integer_of(view.word("nth"))
    if view.word("century") != "century" or not 1 <= number <= 22:
        return None
    return view.found("DATE", "long_period", f"{number - 1:02d}", mod=mod_of(view.words("pre")))


def _year_part(view: View) -> Found | None:
    """A quarter or half: "third quarter", "Q3 2019", "the first half of this year"."""
    token = view.word("token")
    if token:
        part = token.upper()
    else:
        number = integer_of(view.word("nth"))
        letter = "H" if view.has("half") else "Q"
        if not 1 <= number <= (2 if letter == "H" else 4):
            return None
        part = f"{letter}{number}"
    year = integer_of(view.word("year") or view.word("year2")) or None
    shift = shift_of(view.words("rel") + view.words("rel2"))
    if year is None and shift is None and (part.startswith("H") or token):
        # "the second half" is mostly of a game or a text, "Q3" of questions: a year must be named.
        return None
    prior = view.words("prior")
    if prior:
        shift = -1
    value = f"{year:04d}-{part}" if year else f"XXXX-{part}"
    return view.found("DATE", "year_part", value, year=year, part=part, year_shift=shift, mod=mod_of(view.words("pre")))


def _season(view: View) -> Found | None:
    word = view.word("season")
    year = integer_of(view.word("year")) or None
    shift = shift_of(view.words("rel"))
    direction = shift_of(view.words("direction"))
    if year is None and shift is None and direction is None and guards.not_a_season(view, word):
        return None
    part = SEASONS[word]
    value = f"{year:04d}-{part}" if year else f"XXXX-{part}"
    return view.found(
        "DATE", "season", value, year=year, part=part, year_shift=shift, direction=direction,
        mod=mod_of(view.words("pre")),
    )  # fmt: skip


_FIXED: Final = {
    "christmas": (12, 25), "christmas eve": (12, 24), "new year": (1, 1),
    "new year eve": (12, 31), "halloween": (10, 31),
    "boxing": (12, 26), "valentine": (2, 14), "independence": (7, 4), "may": (5, 1), "veterans": (11, 11),
}  # fmt: skip
"""Holidays of one calendar day; the others move (see ``calendar``)."""


def _holiday(view: View) -> Found | None:
    words = [word for word in view.words("name") if word[0].isalpha()]
    name = " ".join(word for word in words if word not in ("day", "week", "weekend", "'s", "’s"))
    if name in ("hanukkah", "nowruz", "passover", "ramadan"):
        return None
    year = integer_of(view.word("year")) or None
    direction = shift_of(view.words("direction"))
    if name in _FIXED:
        month, day = _FIXED[name]
        value = f"{year or 'XXXX'}-{month:02d}-{day:02d}"
        return view.found(
            "DATE", "month_day" if not year else "date", value, year=year, month=month, day=day, direction=direction
        )
    week: Unit | None = "W" if "week" in words else None  # "Easter week" runs up to the day
    return view.found(
        "DATE", "holiday", str(year) if year else "XXXX", year=year, part=name, direction=direction, unit=week
    )


def _day_of_month(view: View) -> Found | None:
    day = integer_of(view.word("day"))
    if not 1 <= day <= 31 or guards.not_a_day_of_month(view):
        return None
    return view.found("DATE", "day_of_month", f"XXXX-XX-{day:02d}", span="said", day=day)


RULES: Final[tuple[Rule, ...]] = (
    rule("iso", "iso", r"{iso}", _iso),
    rule("numeric", "slash", r"{slash}", _slash),
    rule(
        "month-day",
        "month month_amb month_abbr",
        r"""(?P<direction><DIRECTION>)?(?:(?P<weekday><WEEKDAY>){comma}?{the}?)?(?P<month><MONTH>){the}?(?P<day><DAY>)
        (?:
            (?:<DASH>|{to|until}|{and}|{comma}(?=<DAYS>{and|comma}{and}?<DAYS>)|{or})
            (?P<day2><DAYS>)(?!{units|unit|dot}?{month|month_amb})
            (?:{comma}?{and}(?P<day3><DAYS>))?
        )?
        (?:{comma|of}?(?P<year>{year})(?!{hyphen}{unit})|{comma}?{of}?(?P<rel>{last|this|next}{unit}))?""",
        _month_first,
    ),
    rule(
        "day-month",
        "month month_amb month_abbr",
        r"""(?:(?P<weekday><WEEKDAY>){comma}?{the}?|{the})?(?P<day><DAY>)
        (?:(?:<DASH>|{to|until}|{and}|{or})(?P<day2><DAYS>))?{of}?(?P<month><MONTH>)
        (?:{comma}?(?P<year>{year})|{comma}?{of}?(?P<rel>{last|this|next}{unit}))?""",
        _month_first,
    ),
    rule(
        "month",
        "month month_amb month_abbr",
        r"""(?P<pre><PRE>)?(?P<direction><DIRECTION>|{the}{following|previous})?(?P<month><MONTH>)
        (?:{comma|of}?(?P<year>{year})|{comma}?<REL_YEAR>)?""",
        _month,
    ),
    rule(
        "spoken-month",
        "numword",
        r"(?P<month><MONTH>)(?P<spoken>{numword}(?:{hyphen}?{numword}){1,2})",
        _month_spoken_year,
    ),
    rule(
        "year",
        "year",
        r"(?P<pre><PRE>)?(?:{the}?{fiscal}?{unit|fiscal})?(?P<year>{year})(?P<period>{period|quarter})?",
        _year,
    ),
    rule("year-range", "year", r"(?P<year>{year}){hyphen}(?P<last>{int12|int31|int})", _year_range),
    rule("fiscal-year", "fytok", r"{fytok}", _fiscal_token),
    rule(
        "spoken-year",
        "numword",
        r"(?P<the_year>{the}{unit})?(?P<spoken>{numword}(?:{hyphen}?{numword}){1,2})",
        _spoken_year,
    ),
    rule("decade", "decade", r"(?P<pre><PRE>)?{the}?(?P<decade>{decade})", _decade),
    rule("century", "ord ordnum", r"(?P<pre><PRE>)?{the}?(?P<nth>{ord|ordnum}){hyphen}?(?P<century>{unit})", _century),
    rule(
        "quarter",
        "quarter half",
        r"""(?P<pre><PRE>)?(?:{the|its}|{this|last|next}{poss})?
        (?:(?P<rel>{last|this|next}{unit}){poss}|(?P<year>{year}){poss}?|(?P<prior>{unit}{hyphen}?{ago|earlier}))?
        (?:{fiscal}{hyphen}?)?(?P<nth>{ord|ordnum}){fiscal}?{hyphen}?(?:{quarter}|(?P<half>{half}))
        (?:{of}?{fiscal}?(?P<year2>{year})|{of}(?P<rel2>{last|this|next|the}{current_adj}?{unit}))?""",
        _year_part,
    ),
    rule(
        "quarter-token",
        "qtok",
        r"(?P<year>{year})?(?P<token>{qtok})(?:{of}?(?P<year2>{year})|{of}?(?P<rel2>{last|this|next}{unit}))?",
        _year_part,
    ),
    rule(
        "season",
        "season",
        r"""(?P<pre><PRE>)?(?P<direction><THE_DIRECTION>)?{the}?(?P<season>{season})
        (?:{of|comma}?(?P<year>{year})|<REL_YEAR>)?""",
        _season,
    ),
    rule(
        "holiday",
        "christmas new_ month_amb",
        r"""(?P<direction><DIRECTION>)?
        (?P<name>{christmas}(?:{eve|unit|weekend})?|{new_}{unit}{poss}{eve|unit}|{month_amb}{unit}(?!{poss}{cap}))
        (?:{comma}?(?P<year>{year}))?""",
        _holiday,
    ),
    rule("day-of-month", "ordnum", r"{on|by|from|until}(?P<said>{the}(?P<day>{ordnum}))", _day_of_month),
)
"""Rules for dates; of two that match the same words the earlier one counts."""
