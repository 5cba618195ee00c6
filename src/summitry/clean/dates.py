"""Written dates, as publication lines, metadata and addresses of pages give them; dates inside prose are not meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from summitry.clean.names import MONTH, MONTHS, WEEKDAY
from summitry.vocabulary import DateInterval, Precision

# Years outside are typing errors or numbers of another kind: no report was published before newspapers.
_FIRST_YEAR, _LAST_YEAR = 1800, 2099

_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
DATE = re.compile(
    rf"""
    \b(?P<iso>(?P<y1>\d{{4}})[-./](?P<m1>\d{{1,2}})[-./](?P<d1>\d{{1,2}}))(?!\d)
  | \b(?P<m2>{MONTH})\s{{1,3}}{_DAY.format("d2")}(?:,|\s)\s{{0,3}}(?P<y2>\d{{4}})\b
  | \b{_DAY.format("d3")}[\s.-]{{1,3}}(?:of\s)?(?P<m3>{MONTH})[\s,.-]{{1,3}}(?P<y3>\d{{4}})\b
  | (?<![\d.,/-])(?P<a4>\d{{1,2}})(?P<sep>[./])(?P<b4>\d{{1,2}})(?P=sep)(?P<y4>\d{{4}})\b
  | \b(?P<m5>{MONTH})\s{{1,3}}(?P<y5>\d{{4}})\b
  | (?<![\d.,-])(?P<y6>(?:19|20)\d\d)(?P<m6>[01]\d)(?P<d6>[0-3]\d)(?![\d.,])
    """,
    re.VERBOSE,
)
TIME = (
    r"(?:at\s)?\d{1,2}(?::|\.|h)\d{2}(?::\d{2})?(?:\s?[AaPp]\.?\s?[Mm]\b\.?)?(?:\s?\(?(?:[A-Z]{2,5}|[+-]\d\d:?\d\d)\)?)?"
    r"|\d{1,2}\s?[AaPp]\.?[Mm]\.?"
)
# What may stand behind the date in a line that says nothing but when.
_FILLER = re.compile(
    rf"(?:{TIME}|{WEEKDAY}|GMT|UTC|KST|EST|EDT|PST|PDT|CET|CEST|BST|IST|JST|ET|PT|a\.m\.|p\.m\.|AM|PM|at|local|time"
    r"|\d+\s(?:hours?|minutes?|days?)\sago|[\s|•·,.–—:()/-])+",
)
_LABEL = re.compile(
    r"[\W_]*(?P<label>(?:first\s|last\s|date\s|originally\s|article\s)*(?:published|publication\sdate|publish\sdate|posted|pubdate"
    r"|updated?|last\supdate|modified|date|released?|release\sdate|filed|created|issued|input|entered|edited))(?:\s(?:on|at|date|time))*"
    r"\s*(?:[:：|]|(?=\s?\d|\s(?:" + MONTH + r"|" + WEEKDAY + r")\b))",
    re.IGNORECASE,
)  # fmt: skip
_URL_DAY = re.compile(
    r"[/=_-](?P<y>(?:19|20)\d\d)(?:(?P<sep>[/_-])(?P<m>[01]?\d|[a-z]{3})(?:(?P=sep)(?P<d>[0-3]?\d))?"
    r"|(?P<m2>[01]\d)(?P<d2>[0-3]\d))(?=[/_.?&-]|$)"
)


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that tells when the report appeared. ``updated`` is true when it tells when it was changed."""

    interval: DateInterval
    labelled: bool
    updated: bool


def find(text: str) -> tuple[re.Match[str], DateInterval] | None:
    """The first valid date in ``text`` with its match; None if there is none."""
    for match in DATE.finditer(text):
        interval = _interval(match)
        if interval is not None:
            return match, interval
    return None


def date_line(text: str) -> DateLine | None:
    """What a line says about when the report appeared; None for a line that says more than that."""
    if len(text) > 160:
        return None
    label = _LABEL.match(text)
    found = find(text)
    if label is not None and found is not None:
        updated = re.search("updat|modif|edited", label["label"], re.IGNORECASE) is not None
        if updated and (first := re.search(r"(?:published|posted)", text, re.IGNORECASE)) is not None:
            other = find(text[first.end() :])
            if other is not None:
                return DateLine(other[1], True, False)
        return DateLine(found[1], True, updated)
    if found is None:
        return None
    match, interval = found
    before, after = text[: match.start()].strip(), text[match.end() :].strip()
    before = re.sub(rf"{WEEKDAY}[\s,]*$", "", before).strip(" |•·,-–—")
    # "Reuters November 18, 2019 11:03 PM": a name of at most three words may stand before the date.
    if len(before.split()) > 3 or (before and not before[0].isupper()) or before.endswith((".", "?", "!")):
        return None
    if after and _FILLER.fullmatch(after) is None:
        return None
    if interval.precision != "day" and before:
        return None
    return DateLine(interval, False, False)


def written(value: str) -> DateInterval | None:
    """The date a metadata value gives: ISO 8601, RFC 822, English words, seconds since 1970; None if it gives none."""
    value = value.strip()[:80]
    if re.fullmatch(r"\d{10}|\d{13}", value):
        day = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(value[:10]))).date()
        return DateInterval(day, day, "day")
    if (bare := re.fullmatch(r"(\d{4})(?:-(\d{2}))?", value)) is not None:
        return _checked(int(bare[1]), int(bare[2]) if bare[2] else None, None)
    found = find(value)
    return found[1] if found else None


def in_address(url: str) -> DateInterval | None:
    """The day, or month, in a page's address (``/2019/03/17/``, ``/2019/mar/17/``, ``/2019/03/``); None without one."""
    for match in _URL_DAY.finditer(url.lower()):
        month = match["m"] or match["m2"]
        day = match["d"] or match["d2"]
        number = int(month) if month.isdigit() else _month(month)
        # "-2019-3" in a slug is any number; a month alone is believed as a folder only.
        if number is None or (day is None and match["sep"] != "/"):
            continue
        if (interval := _checked(int(match["y"]), number, int(day) if day else None)) is not None:
            return interval
    return None


def _month(word: str) -> int | None:
    first = word[:3].lower()
    return next((number for number, name in enumerate(MONTHS, 1) if name[:3].lower() == first), None)


def _interval(match: re.Match[str]) -> DateInterval | None:
    if match["y1"]:
        return _checked(int(match["y1"]), int(match["m1"]), int(match["d1"]))
    if match["y2"]:
        return _checked(int(match["y2"]), _month(match["m2"]), int(match["d2"]))
    if match["y3"]:
        return _checked(int(match["y3"]), _month(match["m3"]), int(match["d3"]))
    if match["y5"]:
        return _checked(int(match["y5"]), _month(match["m5"]), None)
    if match["y6"]:
        return _checked(int(match["y6"]), int(match["m6"]), int(match["d6"]))
    first, second, year = int(match["a4"]), int(match["b4"]), int(match["y4"])
    if first > 12 or match["sep"] == ".":  # a dotted date has the day first
        return _checked(year, second, first)
    if second > 12 or first == second:
        return _checked(year, first, second)
    return _either(year, first, second)


def _either(year: int, first: int, second: int) -> DateInterval | None:
    """Day and month cannot be told apart: the span of both readings."""
    one, other = _checked(year, first, second), _checked(year, second, first)
    if one is None or other is None or one.start is None or other.start is None:
        return one or other
    days = sorted((one.start, other.start))
    return DateInterval(days[0], days[1], "interval")


def _checked(year: int, month: int | None, day: int | None) -> DateInterval | None:
    """The interval of a day, month or year; None where the calendar has no such day."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    precision: Precision = "day" if day is not None else "month" if month is not None else "year"
    try:
        start = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if precision == "day":
        return DateInterval(start, start, precision)
    after = date(year + 1, 1, 1) if month is None or month == 12 else date(year, month + 1, 1)
    return DateInterval(start, after - timedelta(days=1), precision)
