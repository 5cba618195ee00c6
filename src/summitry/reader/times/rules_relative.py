"""Rules for times told from publication or the time last told: weekdays, "last week", "two days ago", "10 p.m."."""

from __future__ import annotations

from typing import Final

from summitry.reader.times.found import Found, Kind
from summitry.reader.times.grammar import (
    Rule,
    View,
    amount_of,
    duration_value,
    integer_of,
    mod_of,
    month_of,
    rule,
    weekday_of,
)
from summitry.reader.times.lexicon import LETTER, PARTS, UNITS
from summitry.reader.times.rules_dates import shift_of

_UNKNOWN: Final = {
    "S": "XXXX-XX-XX", "M": "XXXX-XX-XX", "H": "XXXX-XX-XX", "D": "XXXX-XX-XX", "W": "XXXX-WXX", "N": "XXXX-XX",
    "Q": "XXXX-QX", "Y": "XXXX", "E": "XXX", "C": "XX", "F": "XXXX-WXX", "K": "XXXX-WXX-WE", "G": "XXXX-XX-XX",
}  # fmt: skip
"""The value of one unit while the anchor is unknown."""


_NAMED_AFTER: Final = tuple(
    [word] for word in "times telegraph mirror express herald mail post review prayers sermon".split()
)
"""What follows a weekday in the name of a paper: "the Sunday Times"."""


def words_from_told(words: list[str]) -> bool:
    """Whether "the previous", "the following" counts from the time told, not from publication."""
    return words[-1:] in (["previous"], ["following"])


def _weekday(view: View) -> Found | None:
    weekday = weekday_of(view.words("weekday")) or 1
    letter = view.tokens.classes[view.match.start("weekday")]
    part = PARTS.get(view.word("part"), "")
    direction = shift_of(view.words("direction"))
    pre = view.words("pre")
    if view.after(1)[:1] in _NAMED_AFTER or (weekday == 7 and view.before(1) == ["news"]):
        return None  # "Fox News Sunday", but "told NBC News Thursday"
    if letter == LETTER["weekday_abbr"] and view.letter(-1) not in (LETTER["on"], LETTER["lparen"]):
        return None  # "Sun", "Sat", "Mon" and "Fri" alone are names and verbs
    if view.letter(-1) == LETTER["cap"] and view.before(1)[0] in (
        "black",
        "bloody",
        "good",
        "ash",
        "holy",
        "super",
        "palm",
        "easter",
    ):
        return None
    clock = f"T{part}" if part else ""
    if words_from_told(view.words("direction")) and direction is not None:
        return view.found(
            "TIME" if part else "DATE", "reference_offset", f"XXXX-WXX-{weekday}{clock}", weekday=weekday,
            direction=direction, amount=direction, clock=clock,
        )  # fmt: skip
    return view.found(
        "TIME" if part else "DATE", "weekday", f"XXXX-WXX-{weekday}{clock}", weekday=weekday, direction=direction,
        clock=clock, mod=mod_of(pre),
    )  # fmt: skip


def _weekday_set(view: View) -> Found:
    """ "on Mondays", "every Monday", "Monday nights"."""
    weekday = weekday_of(view.words("weekday") or view.words("plural")) or 1
    part = PARTS.get(view.word("part"), "")
    return view.found("SET", "set", f"XXXX-WXX-{weekday}{'T' + part if part else ''}", weekday=weekday)


_NOWADAYS: Final = tuple([word] for word in "world youth society age generation generations standards".split())
"""What "today's" makes no day of: "today's world"."""


def _today(view: View) -> Found | None:
    word = view.word("day")
    if word == "today" and view.capital() and view.letter(-1) == LETTER["cap"]:
        return None  # "USA Today", "Russia Today"
    if word == "today" and view.letter(0) == LETTER["poss"] and view.after(2)[1:] in _NOWADAYS:
        return None
    amount = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}[word]
    if view.has("over"):  # "the day before yesterday", "the day after tomorrow"
        amount *= 2
    part = "NI" if word == "tonight" else PARTS.get(view.word("part"), "")
    clock = f"T{part}" if part else ""
    return view.found(
        "TIME" if part else "DATE", "relative_day", f"XXXX-XX-XX{clock}", amount=amount, clock=clock, unit="D",
        mod=mod_of(view.words("pre")),
    )  # fmt: skip


def _this_part(view: View) -> Found | None:
    """ "this morning", "last night", "overnight", "in the evening"."""
    word = view.word("part") or view.word("part2")
    direction = shift_of(view.words("direction"))
    if direction is None and view.letter(0) == LETTER["of"]:
        return None  # "the night of Oct. 23"
    clock = f"T{PARTS[word]}"
    if direction is not None:
        return view.found(
            "TIME",
            "relative_day",
            f"XXXX-XX-XX{clock}",
            amount=direction,
            unit="D",
            clock=clock,
            mod=mod_of(view.words("pre")),
        )
    if word == "overnight" and view.capital() and view.letter(0) == LETTER["cap"]:
        return None  # "Overnight Defense", a newsletter
    dated = view.letter(0) == LETTER["of"] or view.has("day_part")
    if (
        not dated
        and word != "overnight"
        and view.letter(-1) not in (LETTER["in"], LETTER["for"], LETTER["by"], LETTER["on"])
    ):
        return None
    return view.found("TIME", "clock", f"XXXX-XX-XX{clock}", clock=clock, mod=mod_of(view.words("pre")))


def _next_part(view: View) -> Found:
    """ "the next morning": of the day after the one last told."""
    clock = f"T{PARTS[view.word('part')]}"
    return view.found("TIME", "reference_offset", f"XXXX-XX-XX{clock}", amount=1, unit="D", clock=clock)


_LASTING: Final = (["for"], ["over"], ["during"], ["within"], ["in"], ["throughout"])


def _relative_unit(view: View) -> Found | None:
    """ "last week", "earlier this month", "the past year", "the current quarter", "the end of next year"."""
    unit = UNITS[view.word("unit")]
    words = view.words("direction")
    direction = shift_of(words)
    if "latest" in words or (unit == "Q" and direction == 0):
        if unit not in "QY":
            return None
        return view.found("DATE", "period", _UNKNOWN[unit], unit=unit, direction=-1 if "latest" in words else 0)
    if direction is None or unit in "SMHG":
        return None
    if words[-1] in ("following", "previous", "preceding", "prior"):
        return view.found(
            "DATE", "reference_offset", _UNKNOWN[unit], amount=1 if words[-1] == "following" else -1, unit=unit
        )
    lasting = view.before(1)[:1] in _LASTING
    if (
        unit in "WNYEC"
        and "the" in words
        and ("past" in words or (lasting and words[-1] in ("last", "next", "coming")))
    ):
        # "the past year", "over the next month": so long up to now or from now on, no calendar year.
        return view.found("DURATION", "duration", duration_value(1, unit), amount=direction, unit=unit, open=True)
    if words == ["the", "next"] and unit in "WNY":
        return view.found("DATE", "reference_offset", _UNKNOWN[unit], amount=1, unit=unit)
    pre = view.words("pre")
    kind: Kind = "weekend" if unit == "K" else "relative_unit"
    if unit == "D":
        if direction == 0:
            return None
        return (
            view.found("DATE", "reference_offset", _UNKNOWN["D"], amount=direction, unit="D") if direction > 0 else None
        )
    return view.found(
        "DATE", kind, _UNKNOWN[unit], unit=unit, direction=direction, mod=mod_of(pre),
        open=bool(pre) and pre[0] in ("earlier", "later"),
    )  # fmt: skip


def _latest_period(view: View) -> Found:
    """ "the latest period": the quarter under review."""
    return view.found("DATE", "period", _UNKNOWN["Q"], unit="Q", direction=-1)


def _the_weekend(view: View) -> Found:
    return view.found("DATE", "weekend", _UNKNOWN["K"], unit="K", direction=None, mod=mod_of(view.words("pre")))


def _week_of(view: View) -> Found:
    """ "the week of March 6": the week that holds the day."""
    month, day = month_of(view.words("month")), integer_of(view.word("day"))
    return view.found("DATE", "month_day", f"XXXX-{month:02d}-{day:02d}", month=month, day=day, unit="W")


def _offset(view: View) -> Found | None:
    """ "two weeks ago", "three weeks back", "a year earlier", "two days later", "ten days from now"."""
    unit = UNITS[view.word("unit")]
    amount = amount_of(view.words("amount"))
    if not view.has("amount") and view.word("unit") not in ("year",):
        amount = None  # "months ago"
    elif not view.has("amount"):
        amount = 1.0
    word = view.words("sign")[0]
    back = word == "back"
    if back and view.letter(0) in (LETTER["to"], LETTER["in"], LETTER["on"], LETTER["at"], LETTER["from"]):
        return None  # "two weeks back in Seoul" is ambiguous; "one day back to ..." is a return
    sign = 1 if word in ("later", "from", "hence") else -1
    kind: Kind = "offset" if word in ("ago", "back", "from", "hence") else "reference_offset"
    mod = mod_of(view.words("about"))
    if unit == "Y" and amount == 1 and word in ("ago", "earlier") and mod is None:
        kind = "period_ago"
    if amount is None and word == "later":
        return view.found("DURATION", "duration", duration_value(None, unit), unit=unit)
    if amount is None:
        return view.found(
            "DATE", "reference", "PAST_REF" if sign < 0 else "FUTURE_REF", direction=-1 if sign < 0 else 1, unit=unit
        )
    return view.found("DATE", kind, _UNKNOWN[unit], amount=sign * amount, unit=unit, mod=mod)


def _year_ago_period(view: View) -> Found | None:
    """ "the year-earlier quarter", "year-ago results": the period under review, a year before."""
    if view.word("unit") + view.word("unit2") + view.word("unit3") != "year":
        return None
    return view.found("DATE", "period_ago", "XXXX", amount=-1, unit="Y")


def _same(view: View) -> Found | None:
    """ "that day", "the same week": the unit last told. "the day", "the week" likewise where nothing follows."""
    unit = UNITS[view.word("unit")]
    if unit in "SMHEC" or view.word("unit") in ("night",):
        return None
    if "period" in view.words():
        return None
    part = PARTS.get(view.word("part"), "")
    clock = f"T{part}" if part else ""
    return view.found(
        "TIME" if part else "DATE",
        "same_unit",
        _UNKNOWN[unit] + clock,
        unit=unit,
        clock=clock,
        mod=mod_of(view.words("pre")),
    )


def _the_unit(view: View) -> Found | None:
    """ "the year", "the week", "the quarter" as the one spoken of; "the end of the year", "later in the day"."""
    unit = UNITS[view.word("unit")]
    pre = view.words("pre")
    if unit in "SMHEC" or (unit == "D" and "end" in pre):  # "at the end of the day" is an idiom
        return None
    if not pre and not (unit in "WYQ" and view.letter(-1) in (LETTER["for"], LETTER["in"])):
        return None
    if not pre and unit in "YQ" and view.letter(0) == LETTER["ended"]:
        if unit == "Y":
            return view.found("DURATION", "duration", "P1Y", unit="Y", amount=1.0)
        return view.found("DATE", "period", _UNKNOWN["Q"], unit="Q", direction=0)
    if not pre and view.letter(0) in (
        LETTER["of"],
        LETTER["x"],
        LETTER["cap"],
        LETTER["for"],
        LETTER["ended"],
        LETTER["year"],
        LETTER["hyphen"],
        LETTER["to"],
        LETTER["last"],
    ):
        return None
    kinds: dict[str, Kind] = {"K": "weekend", "D": "same_unit", "Q": "period"}
    kind = kinds.get(unit, "relative_unit")
    return view.found(
        "DATE",
        kind,
        _UNKNOWN[unit],
        unit=unit,
        direction=None if unit in "KD" else 0,
        mod=mod_of(pre),
        open=bool(pre) and pre[0] in ("earlier", "later"),
    )


def _year_end(view: View) -> Found | None:
    """ "year-end", "year's end", "month-end"."""
    unit = UNITS[view.word("unit")]
    if unit not in "YNQ" or (not view.has("hyphen") and unit != "Y"):
        return None
    if unit == "Y":
        return view.found("DATE", "month_day", "XXXX-12-31", month=12, day=31)
    return view.found("DATE", "relative_unit", _UNKNOWN[unit], unit=unit, direction=0, mod="END")


RULES: Final[tuple[Rule, ...]] = (
    rule(
        "weekday",
        "weekday weekday_abbr",
        r"""(?P<pre>{early|late|mid|earlier|later}{hyphen}?{on}?)?(?P<direction><DIRECTION>|{the}{following|previous|next})?
        (?P<weekday><WEEKDAY>)(?P<part>{part|night|noon})?""",
        _weekday,
    ),
    rule("weekday-part-list", "parts", r"(?P<weekday>{weekday})(?={and|or}{weekday}(?P<part>{parts}))", _weekday_set),
    rule(
        "weekday-set",
        "each weekdays",
        r"{each}(?P<weekday>{weekday})(?P<part>{part|night})?|(?P<plural>{weekdays})",
        _weekday_set,
    ),
    rule("weekday-parts", "parts", r"(?P<weekday>{weekday})(?P<part>{parts})", _weekday_set),
    rule(
        "today",
        "today tonight",
        r"""(?P<over>{the}{unit}{for|previous})?(?P<pre>{early|late|earlier|later}{on}?)?
        (?P<day>{today|tonight})(?P<part>{part|night})?""",
        _today,
    ),
    rule(
        "this-part",
        "part night",
        r"""(?P<pre>{early|late|earlier|later}{in}?)?(?:(?P<direction>{this|last})|{the})(?P<part>{part|night})
        |(?P<day_part>{mid|early|late}{hyphen}?(?P<part2>{part}))(?={on}?{weekday|today})""",
        _this_part,
    ),
    rule("next-part", "next following", r"{the}{next|following}(?P<part>{part|night})", _next_part),
    rule("overnight", "overnight", r"(?P<part>{overnight})", _this_part),
    rule("week-of", "month month_amb month_abbr", r"{the}{unit}{of}(?P<month><MONTH>)(?P<day><DAYS>)", _week_of),
    rule(
        "relative-unit",
        "last this past next coming previous following current_adj latest",
        r"""(?P<pre><PRE>)?
        (?P<direction>{the}?(?:{this}{past|coming}?|{last|next|past|coming|previous|following|current_adj|latest}))
        {full|fiscal}?(?P<unit>{unit|quarter|weekend})""",
        _relative_unit,
    ),
    rule("latest-period", "latest", r"{the}?{latest}{period}", _latest_period),
    rule("weekend", "weekend", r"(?P<pre><PRE>)?{the}{weekend}", _the_weekend),
    rule(
        "offset",
        "ago back earlier later now",
        r"""(?P<about><ABOUT>)?(?:(?P<amount><AMOUNT>|{a}){more}?)?{hyphen}?(?P<unit>{unit|units|quarter})
        (?P<sign>{ago|back|earlier|later}|{from}{now})""",
        _offset,
    ),
    rule(
        "year-ago",
        "ago earlier last",
        r"""{the}?{a}?(?P<unit>{unit}){hyphen}{ago|earlier}{period|quarter}?
        |{the}?{last}(?P<unit2>{unit}){poss}{period|quarter}
        |{the}(?:{same}|{x}){period|quarter}{of}?(?:{last}|{a})(?P<unit3>{unit}){ago|earlier}?""",
        _year_ago_period,
    ),
    rule(
        "same-unit",
        "that same",
        r"""(?P<pre>{earlier|later|early|late}{on}?)?(?:{that}|{the|that}{same})(?P<unit>{unit|quarter|weekend|night})
        (?P<part>{part})?""",
        _same,
    ),
    rule(
        "the-unit",
        "unit quarter weekend",
        r"(?P<pre><PRE>)?{the}{full|fiscal}?(?P<unit>{unit|quarter|weekend})",
        _the_unit,
    ),
    rule("year-end", "end", r"{the}?(?P<unit>{unit|quarter})(?P<hyphen>{hyphen|poss})?{end}", _year_end),
)
"""Rules for relative times; of two that match the same words the earlier one counts."""
