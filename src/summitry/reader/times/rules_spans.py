"""Rules for lengths of time, repeated times, and times that are no day: "three days", "every week", "now"."""

from __future__ import annotations

import re
from typing import Final

from summitry.reader.times.found import Direction, Found, Unit
from summitry.reader.times.grammar import Rule, View, amount_of, duration_value, mod_of, rule
from summitry.reader.times.lexicon import LETTER, SETS, UNITS
from summitry.reader.times.rules_dates import shift_of


def _duration(view: View) -> Found | None:
    """ "three days", "15-month", "more than an hour", "half an hour", "several weeks"."""
    unit = UNITS[view.word("unit")]
    words = view.words("amount")
    amount = amount_of(words)
    if _is_age(view) or _is_name(view) or (words[0] == "some" and not view.word("unit").endswith("s")):
        return None  # "some day" is no length
    if words == ["one"] and view.word("unit") == "day" and view.before(1)[:1] in _SOMEDAY:
        return view.found("DATE", "reference", "FUTURE_REF", direction=1)
    if amount is not None and (amount > 10_000 or (amount > 1000 and unit in "YEC")):
        return None if unit in "YEC" and amount > 100_000 else _made(view, unit, amount)
    return _made(view, unit, amount)


def _made(view: View, unit: Unit, amount: float | None) -> Found:
    # "in two weeks" and "within two weeks" are dated from publication where the sentence looks ahead.
    # Not so in "the first time in 50 years" or "the worst storm in two weeks", which look back; "in 18 years" does so
    # more often than not, and "a year's warning" is no date.
    before = view.before(1)[:1]
    backward = any(word in ("first", "last", "most", "time") or word.endswith("est") for word in view.before(6))
    near = (before == ["in"] and unit in "DWN") or (before == ["within"] and unit in "DWNY")
    dated = near and amount is not None and not backward and view.letter(0) != LETTER["poss"]
    ahead: Direction | None = 1 if dated else None
    return view.found(
        "DURATION", "duration", duration_value(amount, unit), unit=unit, amount=amount, direction=ahead,
        open=ahead is not None and before == ["within"], mod=mod_of(view.words("about")),
    )  # fmt: skip


def _is_age(view: View) -> bool:
    """ "48 years old", "a 5-year-old boy", "aged 30 years"."""
    after = view.after(2)
    return after[:1] == ["old"] or after[:2] == ["-", "old"] or view.before(1) in (["aged"], ["age"])


_SPENDING: Final = tuple(
    [word] for word in "spend spends spent spending take takes took taken last lasts lasted wait waited".split()
)
"""Verbs whose object is a length of time: "spent a month", "takes years"."""
_NARRATED: Final = re.compile(
    r"(?:was|were|had) soon \S+|\S+ soon (?:became|came|went|left|began|fell|rose|took|found|got|led|made|was|were|had"
    r"|[a-z]{2,14}ed)"
)
_LASTS: Final = tuple([word] for word in "to will would could can may might should not must".split())
"""Words before "last" that make it a verb."""
_SOMEDAY: Final = (["will"], ["would"], ["could"], ["can"], ["may"], ["might"], ["should"], ["he"], ["she"], ["they"])
"""Words before "one day" that make it some day to come."""


def _is_name(view: View) -> bool:
    """ "60 Minutes", "Six Days War": a capital on the unit where the number does not start in capitals too."""
    unit = view.tokens.text[view.tokens.starts[view.match.start("unit")]]
    following = view.tokens.text[view.tokens.starts[view.match.start("unit")] + 1 :][:1]
    return unit.isupper() and following.islower()


def _a_unit(view: View) -> Found | None:
    """ "a year" as a length ("after a year") or a repeated time ("twice a year").

    A rate ("$1 billion a year", "four flights a week") is no time: annotators leave out five of seven.
    """
    unit = UNITS[view.word("unit")]
    if _is_age(view) or (view.letter(0) == LETTER["hyphen"]):
        return None
    previous = view.letter(-1)
    start = view.match.start()
    window = view.tokens.classes[max(0, start - 5) : start]
    lengthening = (
        view.before(1)[:1] in _SPENDING
        or view.after(1) in (["after"], ["before"], ["ahead"])
        or view.after(2) in (["or", "two"], ["or", "so"], ["or", "more"])
        or previous
        in (
            LETTER["for"],
            LETTER["in"],
            LETTER["about"],
            LETTER["than"],
            LETTER["over"],
            LETTER["of"],
            LETTER["least"],
            LETTER["to"],
            LETTER["or"],
        )
    )
    if not lengthening and LETTER["twice"] in window:
        return view.found("SET", "set", duration_value(1, unit), unit=unit, amount=1.0)
    if unit == "D" and not lengthening:
        return None  # "a great day", "a day of talks"
    return _made(view, unit, 1.0) if lengthening else None


def _bare_units(view: View) -> Found | None:
    """ "for years", "in recent weeks", "over the years", "the days before": an unknown number of units."""
    unit = UNITS[view.word("unit")]
    if unit in "SM" and not view.has("how"):
        return None
    how = view.words("how")
    if how == ["past"]:
        return view.found("DATE", "reference", "PAST_REF", direction=-1, unit=unit)
    if "coming" in how or "upcoming" in how:
        return view.found("DURATION", "duration", duration_value(None, unit), unit=unit, direction=1)
    if (
        not how
        and view.letter(-1) not in (LETTER["for"], LETTER["in"], LETTER["over"])
        and view.before(1)[:1] not in _SPENDING
    ):
        return None
    if not how and view.before(1)[0] in ("after", "before", "since", "throughout") and view.letter(0) == LETTER["ago"]:
        return None
    return view.found("DURATION", "duration", duration_value(None, unit), unit=unit, direction=shift_of(how))


def _span(view: View) -> Found | None:
    """A length up to now or from now on ("the past three weeks", "the next two years"), or "the first nine months"."""
    unit = UNITS[view.word("unit")]
    amount = amount_of(view.words("amount"))
    direction = shift_of(view.words("direction"))
    if view.words("direction") == ["last"] and view.before(1)[:1] in _LASTS:
        return None  # "would last one day"; the length is found without it
    signed = None if amount is None or direction is None else amount * (1 if direction > 0 else -1)
    return view.found(
        "DURATION", "duration", duration_value(amount, unit), unit=unit,
        amount=amount if signed is None else signed, open=signed is not None,
        direction=direction, mod=mod_of(view.words("about")),
    )  # fmt: skip


def _range_of_lengths(view: View) -> tuple[Found, ...]:
    """ "two to three weeks", "two or three days": one expression with the smaller number."""
    unit = UNITS[view.word("unit")]
    amount = amount_of(view.words("amount"))
    return (
        view.found("DURATION", "duration", duration_value(amount, unit), unit=unit, amount=amount, mod="EQUAL_OR_MORE"),
    )


def _set_word(view: View) -> Found | None:
    word = view.word("set")
    if word == "quarterly" and view.letter(0) == LETTER["x"]:
        return None  # "a quarterly dividend" is a kind of dividend
    if view.capital() and view.letter(-1) not in (LETTER["dot"], LETTER["par"]):
        return None  # "the Daily Mail", "China Daily"
    return view.found("SET", "set", SETS[word])


def _every(view: View) -> Found | None:
    unit = UNITS[view.word("unit")]
    amount = amount_of(view.words("amount")) if view.has("amount") else 1.0
    if view.has("other"):
        amount = 2.0
    return view.found("SET", "set", duration_value(amount, unit), unit=unit, amount=amount)


def _present(view: View) -> Found | None:
    words = view.words()
    if words[0] == "current" and view.letter(0) == LETTER["unit"]:
        return None
    if words == ["now"] and view.letter(0) == LETTER["hyphen"] and view.letter(1) == LETTER["x"]:
        return view.found("DATE", "reference", "PRESENT_REF", direction=0)
    return view.found("DATE", "reference", "PRESENT_REF", direction=0)


def _past(view: View) -> Found | None:
    if view.words()[-1] == "ago" and "long" not in view.words():
        return None
    if view.words() == ["previously"] or view.before(1) == ["most"]:
        return None  # before what is told, not before publication; "most recently in May" is dated by what follows
    return view.found("DATE", "reference", "PAST_REF", direction=-1)


def _future(view: View) -> Found | None:
    if view.words() == ["soon"] and (view.before(1) == ["as"] or view.after(1) in (["after"], ["as"], ["afterwards"])):
        return None  # told from another event
    if view.words() == ["soon"] and _NARRATED.fullmatch(" ".join([*view.before(1), "soon", *view.after(1)])):
        return None  # "was soon freed", "soon became": shortly after what was told
    if "foreseeable" in view.words() and view.before(1) == ["for"]:
        return None  # a length of time without an end
    if view.words() == ["the", "future"] and view.letter(0) == LETTER["of"]:
        return None
    return view.found("DATE", "reference", "FUTURE_REF", direction=1)


RULES: Final[tuple[Rule, ...]] = (
    rule(
        "span",
        "unit units quarter",
        r"""{the}?(?P<direction>{last|past|next|coming|previous|following|latest|recent}|{the}?{ord}|{earlier})
        (?P<about><ABOUT>)?(?P<amount><AMOUNT>)(?P<unit>{unit|units|quarter})""",
        _span,
    ),
    rule(
        "duration",
        "unit units weekend night",
        r"""(?P<about><ABOUT>)?(?P<amount><AMOUNT>){more|full|other|trading|of|old|hyphen}?
        (?P<unit>{unit|units|weekend|night})""",
        _duration,
    ),
    rule(
        "duration-range",
        "unit units",
        r"(?P<amount><COUNT>)(?:{to|or}|<DASH>)<COUNT>{more|hyphen}?(?P<unit>{unit|units})",
        _range_of_lengths,
    ),
    rule("a-unit", "unit", r"(?P<about><ABOUT>)?{a}{full|trading}?(?P<unit>{unit})", _a_unit),
    rule(
        "units",
        "units",
        r"(?:{the}?(?P<how>{recent|coming|past|early|late|last|next}))?{the}?(?P<unit>{units})",
        _bare_units,
    ),
    rule("set-word", "set", r"(?P<set>{set})", _set_word),
    rule(
        "every",
        "each per",
        r"(?:{each}(?:(?P<other>{other})|(?P<amount><AMOUNT>))?|{per})(?P<unit>{unit|units|quarter|weekend|night})",
        _every,
    ),
    rule(
        "present",
        "now present current_adj these moment",
        r"{now}|{present}|{current_adj}|{these}{units}|{at}{the}{moment}",
        _present,
    ),
    rule(
        "past",
        "pastref recent past ago",
        r"{pastref}|{x}{ago}|{a}{x}{time}{ago}|{recent}|{the}{past}(?!{unit|units|numword|few|couple|int12|int31|quarter|weekend|cap})",
        _past,
    ),
    rule("future", "future soon", r"{the}{x}?{future}|{soon}", _future),
)
"""Rules for lengths, sets and references; of two that match the same words the earlier one counts."""
