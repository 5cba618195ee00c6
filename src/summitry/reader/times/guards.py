"""What looks like a time and is none: May the person, 2018 people, resolution 1929, the fall of a city."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from summitry.reader.times.lexicon import LETTER

if TYPE_CHECKING:
    from summitry.reader.times.grammar import View

_PREPOSITIONS: Final = frozenset(
    "in since until till by of for from to through throughout during before after between and or early late mid on "
    "last next this that as than around about the a an its".split()
)
_SURE_PREPOSITIONS: Final = frozenset(
    "in since until till during throughout early late mid last next this through".split()
)
_TITLES: Final = frozenset("mr mrs ms miss dr theresa minister president secretary sir lady lord chancellor".split())
_COUNTED_BY: Final = frozenset(
    "resolution resolutions no nos number numbers page pages room flight route highway section article paragraph unscr "
    "unsc some than nearly approximately roughly least most exactly over under almost model boeing airbus only chapter "
    "channel building hotel apartment # § nearest up".split()
)  # "about 2018" may be a year, "nearly 2018" is not
_COUNTED: Final = frozenset(
    "people troops soldiers percent per centrifuges kilometers kilometres kilometer km miles mile meters metres feet "
    "foot tons tonnes kilograms kilos kg pounds dollars euros yuan won yen rials marks francs shares points barrels "
    "megawatts mw watts degrees members missiles warheads jobs workers employees families houses homes cases deaths "
    "casualties victims refugees prisoners inmates delegates voters votes students words pages copies hours minutes "
    "seconds days weeks months years million billion thousand hundred dead wounded civilians men women children "
    "aircraft planes tanks vehicles ships boats rounds times sites machines advanced square cubic sq ft lbs lb hp gmt "
    "hrs utc".split()
)
_SOLD_NUMBER: Final = frozenset("$ £ € ¥ # + * / = % & @".split())
_RESOLUTION: Final = re.compile(r"resolutions?|unscrs?")
_NOT_AUTUMN: Final = frozenset("of in off apart from to into short".split())


def not_a_day(view: View) -> bool:
    """Whether month and number are no date: "May 10 percent", "March 8 people", a number that goes on, an age."""
    after = view.after(2)
    month = view.word("month")
    if month in ("may", "march") and after and after[0] in _COUNTED:
        return True
    if view.match.start("day") > view.match.start("month"):
        # The day is a word ordinal only where "the" or a month stands beside it: "March first" is an order.
        day = view.word("day")
        if day.isalpha() and day not in ("first", "second", "third"):
            return False
        if day.isalpha():
            return "the" not in view.words() and month in ("may", "march")
        return bool(after) and after[0] in ("percent", "%", "million", "billion", "points", "tons", "years")
    day = view.word("day")
    if day.isalpha() and "of" not in view.words():
        return True  # "the second March protest"
    if day.isdecimal() and not view.has("year") and month == "may" and "of" not in view.words():
        governed = bool(view.before(1)) and view.before(1)[0] in _PREPOSITIONS
        return not governed and view.letter(0) == LETTER["x"] and after[0] not in _PREPOSITIONS  # "all 27 May agree"
    before = view.before(1)
    return bool(before) and before[0] in ("of", "$", "£", "€") and not view.has("year") and month in ("may", "march")


def not_a_month(view: View, qualified: bool) -> bool:
    """Whether a bare month name is something else: a person, a verb at the start of a sentence, part of a name."""
    token = view.word("month")
    letter = view.tokens.classes[view.match.start("month")]
    before = view.before(1)
    last = before[0] if before else ""
    if letter == LETTER["month_abbr"]:
        # "Jan" and "Mar" are names; "Sept", "Oct" and "Dec" are not, with a full stop or after a preposition.
        return last not in _PREPOSITIONS or len(view.words("month")) < 2
    if qualified:
        return False
    named = (
        view.letter(-1) == LETTER["cap"]
        and view.tokens.ends[view.match.start() - 1] + 1 == view.tokens.starts[view.match.start()]
    )
    if letter == LETTER["month_amb"]:
        if last in _TITLES or (token == "may" and view.tokens.names_may):
            return last not in _SURE_PREPOSITIONS
        return last not in _PREPOSITIONS and view.letter(0) != LETTER["poss"]
    if named and last in ("black", "operation", "st", "lady"):
        return True
    if token in ("april", "june", "august", "july"):
        # "April Ryan", "June Carter": a given name before a capital, unless a preposition stands before it.
        return view.letter(0) == LETTER["cap"] and last not in _PREPOSITIONS
    return False


def not_a_year(view: View, year: int) -> bool:
    """Whether four digits are a count, a number of a resolution, money, or a part of a longer figure."""
    before = view.before(8)
    after = view.after(2)
    last = before[-1] if before else ""
    following = after[0] if after else ""
    if len(view.words()) > 1:  # "early 1990", "fiscal 2019", "the year 2000"
        return following in _COUNTED
    if last in _COUNTED_BY or last in _SOLD_NUMBER or following in _COUNTED or following in ("%", "/", "°", "+"):
        return True
    if last == "." and len(before) > 1 and before[-2] in ("no", "nos", "res"):
        return True
    if _in_resolutions(before):
        return True
    if (view.letter(0) == LETTER["hyphen"] and view.letter(1) in (LETTER["unit"], LETTER["x"], LETTER["int"])) or (
        view.letter(-1) == LETTER["hyphen"] and view.letter(-2) not in (LETTER["year"], LETTER["mid"], LETTER["x"])
    ):
        return True
    if view.letter(0) in (LETTER["units"], LETTER["clock"]) or view.letter(-1) in (LETTER["money"],):
        return True
    if year < 1900:
        plain = last in (
            "in",
            "since",
            "by",
            "until",
            "from",
            "of",
            "around",
            "circa",
            "between",
            "to",
            "after",
            "before",
        )
        return not plain or (view.letter(0) in (LETTER["x"], LETTER["cap"]) and following not in _PREPOSITIONS)
    if year > 2099:
        return last not in ("in", "by", "until", "year", "since")
    return False


def _in_resolutions(before: list[str]) -> bool:
    """Whether the words before list resolutions: "resolutions 1737, 1747 and" (but not "resolution of")."""
    for word in reversed(before):
        if word.isdecimal() or word in (",", "and", "or", "(", ")", ";"):
            if word == "(":
                return False
            continue
        return _RESOLUTION.fullmatch(word) is not None
    return False


def not_a_season(view: View, word: str) -> bool:
    """Whether a bare season is something else: the fall of a city, the Arab Spring, a Winter Olympics."""
    before = view.before(2)
    last = before[-1] if before else ""
    after = view.after(1)
    following = after[0] if after else ""
    text = view.tokens.text[view.tokens.starts[view.match.start("season")] :][:1]
    words = view.words()
    if text.isupper() or view.letter(0) in (LETTER["cap"],):
        return True
    if word == "fall":
        if following in _NOT_AUTUMN or (
            before and before[0] in ("to", "will", "would", "could", "may", "might", "can")
        ):
            return True
        return not (
            view.has("pre")
            or (last == "in" and "the" in words)
            or (last in ("by", "until", "since") and "the" in words)
        )
    if word == "spring" and (
        last in ("to", "will", "would", "could", "may") or following in ("to", "from", "up", "into")
    ):
        return True
    return not (
        view.has("pre") or words[0] == "the" or last in ("in", "since", "by", "until", "during", "through", "for")
    )


def not_a_day_of_month(view: View) -> bool:
    """Whether "the 17th" is another seventeenth: only after "on", "from", "until" or "by" and with no noun behind."""
    first = view.words()[0]
    if first not in ("on", "by", "from", "until"):
        return True
    return view.letter(0) in (
        LETTER["x"],
        LETTER["cap"],
        LETTER["unit"],
        LETTER["ord"],
        LETTER["hyphen"],
        LETTER["int"],
        LETTER["units"],
    )
