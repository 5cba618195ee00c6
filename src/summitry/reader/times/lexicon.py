"""The words of time: which category a token has, and what number, month, weekday or part of the day it names.

Categories are the letters of the class string that the grammar is written over (see ``tokens``).
"""

from __future__ import annotations

from typing import Final

from summitry.reader.times.found import Unit

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb febr",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
"""Month names and abbreviations, lower case, to 1-12."""

WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed weds",
            "thursday thu thur thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        ),
        start=1,
    )
    for name in names.split()
}
"""Weekday names and abbreviations, lower case, to ISO 1-7 (Monday is 1)."""

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBERS: Final = {
    **{word: number for number, word in enumerate(_ONES, start=1)},
    **{word: number for number, word in zip(range(20, 100, 10), _TENS, strict=True)},
    "hundred": 100,
    "thousand": 1000,
}
"""Number words, lower case."""

_ORDINAL_ONES = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
ORDINALS: Final = {
    **{word: number for number, word in enumerate(_ORDINAL_ONES, start=1)},
    **{f"twenty-{word}": 20 + number for number, word in enumerate(_ORDINAL_ONES[:9], start=1)},
    "thirtieth": 30,
    "thirty-first": 31,
}
"""Ordinal words, lower case."""

DECADES: Final = {
    f"{word}": number
    for word, number in zip(
        "twenties thirties forties fifties sixties seventies eighties nineties".split(),
        range(2, 10),
        strict=True,
    )
}
"""Decade words to their digit of tens."""

UNITS: Final[dict[str, Unit]] = {
    "second": "S", "seconds": "S", "minute": "M", "minutes": "M", "hour": "H", "hours": "H", "day": "D", "days": "D",
    "week": "W", "weeks": "W", "month": "N", "months": "N", "quarter": "Q", "quarters": "Q", "year": "Y",
    "years": "Y", "decade": "E", "decades": "E", "century": "C", "centuries": "C", "fortnight": "F",
    "fortnights": "F", "weekend": "K", "weekends": "K", "night": "G", "nights": "G",
}  # fmt: skip
"""Units to one letter: as in ISO 8601 durations, but N month, E decade, C century, F fortnight, K weekend, G night."""

SEASONS: Final = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
PARTS: Final = {
    "morning": "MO", "mornings": "MO", "dawn": "MO", "sunrise": "MO", "daybreak": "MO", "midday": "MI",
    "afternoon": "AF", "afternoons": "AF", "evening": "EV", "evenings": "EV", "dusk": "EV", "sunset": "EV",
    "night": "NI", "nights": "NI", "overnight": "NI",
}  # fmt: skip
"""Parts of the day to the TIMEX3 suffix after ``T``."""

SETS: Final = {
    "daily": "P1D", "nightly": "P1D", "hourly": "PT1H", "weekly": "P1W", "biweekly": "P2W", "fortnightly": "P2W",
    "monthly": "P1M", "bimonthly": "P2M", "quarterly": "P1Q", "annually": "P1Y", "yearly": "P1Y", "biennially": "P2Y",
    "semiannually": "P6M",
}  # fmt: skip

PRESENT: Final = "now currently current nowadays presently".split()
PAST: Final = "recently recent previously lately formerly".split()
FUTURE: Final = "soon future".split()

# First match wins where a word stands twice; a category name is what the grammar writes in braces.
_CATEGORIES: Final = {
    "month": "january february april june july august september october november december",
    "month_amb": "march may",
    "month_abbr": "jan feb febr mar apr jun jul aug sept sep oct nov dec",
    "weekday": "monday tuesday wednesday thursday friday saturday sunday",
    "weekdays": "mondays tuesdays wednesdays thursdays fridays saturdays sundays",
    "weekday_abbr": "mon tue tues wed weds thu thur thurs fri sat sun",
    "numword": " ".join(NUMBERS),
    "ord": " ".join(word for word in ORDINALS if "-" not in word),
    "few": "few several many some numerous",
    "couple": "couple dozen pair",
    "half": "half",
    "unit": "minute hour day week month year decade century fortnight",
    "units": "seconds minutes hours days weeks months years decades centuries fortnights weekends quarters",
    "quarter": "quarter",
    "weekend": "weekend",
    "period": "period",
    "season": "spring summer autumn fall winter",
    "part": "morning afternoon evening dawn sunrise daybreak dusk sunset midday",
    "night": "night",
    "noon": "noon midnight",
    "parts": "mornings afternoons evenings nights",
    "overnight": "overnight",
    "today": "today yesterday tomorrow",
    "tonight": "tonight",
    "the": "the",
    "a": "a an",
    "this": "this",
    "that": "that",
    "same": "same",
    "last": "last",
    "past": "past",
    "next": "next",
    "coming": "coming upcoming",
    "previous": "previous preceding prior",
    "following": "following",
    "current_adj": "current",
    "latest": "latest",
    "recent": "recent",
    "each": "every each",
    "other": "other",
    "per": "per",
    "ago": "ago",
    "back": "back",
    "earlier": "earlier",
    "later": "later",
    "early": "early",
    "late": "late",
    "mid": "mid middle midway",
    "end": "end close",
    "begin": "beginning start",
    "about": "about around nearly almost roughly approximately barely just",
    "more": "more",
    "less": "less fewer",
    "than": "than",
    "least": "least most",
    "over": "over",
    "up": "up",
    "only": "only",
    "of": "of",
    "at": "at",
    "in": "in",
    "on": "on",
    "to": "to",
    "from": "from",
    "and": "and",
    "or": "or",
    "until": "until till through",
    "between": "between",
    "by": "by",
    "for": "for during within throughout since after before",
    "now": "now",
    "present": "currently nowadays presently",
    "pastref": "recently previously lately formerly",
    "soon": "soon",
    "future": "future",
    "these": "these",
    "moment": "moment",
    "fiscal": "fiscal financial",
    "full": "full whole entire",
    "set": " ".join(SETS),
    "twice": "twice once thrice times",
    "ampm": "am pm",
    "zone": "gmt utc est edt et pst pdt pt cst cdt ct mst mdt kst jst ist irst irdt bst cet cest eet msk hkt sgt",
    "local": "local",
    "time": "time",
    "hyphenated_ord": "",
    "its": "its their his her our",
    "ended": "ended ending",
    "trading": "trading business working consecutive straight calendar",
    "old": "old",
    "christmas": "christmas thanksgiving easter ramadan halloween hanukkah nowruz passover",
    "eve": "eve",
    "new_": "new",
    "oclock": "o'clock o’clock",
}  # fmt: skip

OTHERS: Final = (
    "x", "cap", "int12", "int31", "int", "year", "ordnum", "decade", "iso", "slash", "clock", "qtok", "fytok",
    "dot", "comma", "hyphen", "dash", "lparen", "rparen", "poss", "money", "par", "punct", "ampm_dot",
)  # fmt: skip
"""Categories of tokens that are no word of the lexicon."""

WORD_CATEGORY: Final = {word: category for category, words in reversed(_CATEGORIES.items()) for word in words.split()}
"""Lower-case word to category; the first category that lists it wins."""

LETTER: Final = {name: chr(0x100 + number) for number, name in enumerate((*_CATEGORIES, *OTHERS))}
"""Category to its letter of the class string; code points from U+0100 on, so none is special in a regex."""

CAPITALISED: Final = frozenset(
    {"month", "month_amb", "month_abbr", "weekday", "weekdays", "weekday_abbr", "zone", "christmas"}
)
"""Categories whose words count only with a capital first letter: ``may`` and ``sat`` are verbs."""
