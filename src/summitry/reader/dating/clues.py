"""Clues to a publication day that need no known event: weekdays, datelines, years, months, offices held.

A clue gives weights (natural logarithms of likelihood ratios) to publication days. The lags behind the tables were
counted on 243 dated negotiation reports of 2012-2020 from 40 outlets, and rounded so that one more set would not change
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from summitry.casebook import OfficeEntry
from summitry.reader.times.cues import Cues
from summitry.reader.times.found import Found
from summitry.vocabulary import Article

FIRST_DAY: Final = date(1945, 1, 1).toordinal()
LAST_DAY: Final = date(2100, 1, 1).toordinal()
"""The days considered. Neither end has anything to do with when the program runs."""


@dataclass(frozen=True, slots=True)
class Window:
    """A weight on the closed run of days from ``start`` to ``end`` (proleptic ordinals)."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Clue:
    """What one thing in the report says about its publication day.

    ``note`` goes into the basis of the interval when the clue supports it; empty for clues that only bound.
    ``dates`` says whether the clue names a year, alone or through what it is tied to; without one such clue no date
    is inferred. ``weekdays`` are weights by ISO weekday (1-7) on top of the windows.
    """

    note: str
    windows: tuple[Window, ...] = ()
    dates: bool = False
    weekdays: tuple[float, ...] = ()


WEEKDAY_LAG: Final = (2.0, 1.2, 0.0, -0.3, -0.8, -1.2, -0.8)
"""Log weight by days from the first reported weekday to publication: 63% the same day, 21% the next, few after."""

LOCAL_LAG: Final = (1.2, 2.2, 0.3, -0.8, -1.2, -1.5, -1.5)
"""The same where "(local time)" stands: told across the date line, the next day comes first."""

COMMENT_LAG: Final = (0.8, 1.0, 0.8, 0.5, 0.0, -0.5, -0.6)
"""The same for editorials and analyses, which come days after the news they comment on."""

DATELINE_LAG: Final = ((0, 0, 7.0), (1, 1, 6.0), (2, 3, 4.0))
"""A dateline's day is nearly always that of publication or the day before it."""

ERA: Final = (
    (FIRST_DAY, date(1979, 12, 31).toordinal(), -4.0),
    (date(1980, 1, 1).toordinal(), date(1994, 12, 31).toordinal(), -2.0),
    (date(2036, 1, 1).toordinal(), LAST_DAY, -4.0),
)
"""Prior log weight: texts that reach a program are of the time of the web, unless they say otherwise."""

YEAR_LAG: Final = ((0, 0, 7.4), (1, 1, 6.9), (2, 2, 6.4), (3, 8, 5.1), (9, 13, 4.8), (14, 30, 3.0), (31, 70, 2.0))
"""Log weight by years from the latest year told as past to the year of publication; a third of reports name their own
year, a fifth the one before, and the tail is long: background paragraphs name old years."""

DAY_LAG: Final = (
    (-1, 1, 6.5),
    (2, 7, 5.0),
    (8, 30, 4.0),
    (31, 90, 3.0),
    (91, 365, 1.8),
    (366, 1100, 0.8),
    (1101, 9000, 0.0),
)
"""Log weight by days from the latest full date told as past."""

OTHER_LAG: Final = (-0.2, 0.7, 0.2, 0.0, -0.5, -0.7, -0.4)
"""Log weight by days from each further weekday told as past: 37% name the day before publication."""

MONTH_DAY_LAG: Final = ((-45, -16, 2.0), (-15, -1, 3.2), (0, 14, 3.5), (15, 45, 2.0))
"""Log weight by days from a day named without its year to publication, against the rest of the year."""

MONTH_LAG: Final = {
    # Log weight by months from a bare month to publication, 0-11: back about half a year, ahead two months.
    "past": (0.3, 0.9, 1.1, 0.6, 0.6, 0.3, 0.0, 0.0, 0.2, -0.5, -0.4, -0.9),
    "future": (0.9, -1.0, -1.0, -1.0, -1.5, -1.5, -1.0, -1.5, -1.0, 0.9, 1.4, 1.1),
}

NOT_IN_OFFICE: Final = 4.0
"""What it costs to put publication outside an office somebody is called by. Not more: history names offices too, and a
wrong date in a case must not rule all out."""

_NAME_PART: Final = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_DATELINE: Final = re.compile(r"^\W{0,3}[A-Z][A-Z.,' /-]{2,40}[,.]?\s*$|^\W{0,3}[A-Z][\w.,' -]{2,40}[,.]\s*$")
_NOUN_BEHIND: Final = re.compile(
    # A year that names a thing, often one to come ("the 2020 election"), tells nothing of when the report was written.
    r"[’']s?\s|\s+(?:[a-z]+\s+)?(?:election|campaign|presidential|primary|midterm|budget|olympics?|world cup|games|race"
    r"|deadline|expir\w+|sunset)\b",
    re.IGNORECASE,
)
_YEAR_BEFORE: Final = re.compile(
    r"\b(?:in|since|of|from|during|late|early|mid|after|and|between|back in|as of)[ -]$|[(,] ?$", re.IGNORECASE
)
_FORMER: Final = re.compile(
    r"\b(?:former|ex|then|late|past|one-?time|predecessor)\W{1,3}(?:[\w.]+\W{1,3}){0,3}$", re.IGNORECASE
)


def in_blocks(article: Article, found: Iterable[Found]) -> list[Found]:
    """The findings that stand in the body or in a dateline, with their day in it; furniture and bylines say nothing."""
    spans = sorted(
        [(block.start, block.end) for block in article.blocks]
        + [(span.start, span.end) for span in article.metadata_spans if span.label == "dateline"]
    )
    kept: list[Found] = []
    at = 0
    for item in sorted(found, key=lambda each: each.start):
        while at < len(spans) and spans[at][1] <= item.start:
            at += 1
        if at < len(spans) and spans[at][0] <= item.start:
            kept.append(item)
    return kept


def ordinal(year: int, month: int, day: int) -> int | None:
    """The ordinal of a calendar day, None where there is no such day."""
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None


def reporting_day(article: Article, found: Sequence[Found], cues: Cues) -> Found | None:
    """The first weekday told as past in the first five paragraphs: the day the news is about."""
    if not article.blocks:
        return None
    end = article.blocks[min(4, len(article.blocks) - 1)].end
    for item in found:
        if item.start >= end:
            break
        named = item.kind == "weekday" and item.direction is None and item.weekday
        if named and cues.tense_at(item.start, item.end) != "future":
            return item
    return None


def weekday_clue(item: Found, found: Sequence[Found], cues: Cues, *, comment: bool = False) -> Clue:
    """Publication soon after the reported weekday ``item``, and not long after the others told as past.

    ``comment`` is whether the article is an editorial or an analysis.
    """
    lags = LOCAL_LAG if item.local else COMMENT_LAG if comment else WEEKDAY_LAG
    others = {
        each.weekday
        for each in found
        if each.kind == "weekday" and each.direction is None and each.weekday not in (None, item.weekday)
        if cues.tense_at(each.start, each.end) != "future"
    }
    weights = tuple(
        lags[(day - (item.weekday or 1)) % 7] + sum(OTHER_LAG[(day - (each or 1)) % 7] for each in others)
        for day in range(1, 8)
    )
    return Clue(item.text, weekdays=weights)


def _yearly(month: int, day: int, lags: Iterable[tuple[int, int, float]], share: float = 1.0) -> Iterable[Window]:
    """Windows about a day of every year."""
    table = tuple(lags)
    for year in range(1945, 2101):
        at = ordinal(year, month, day)
        if at is not None:
            for low, high, weight in table:
                yield Window(at + low, at + high, weight * share)


def dateline_clue(article: Article, found: Sequence[Found]) -> Clue | None:
    """``SEOUL, March 17 (Agency)``: a day without a year at the head of the body or on a line of its own."""
    spans = {(block.start, block.end) for block in article.blocks[:2]}
    spans |= {(span.start, span.end) for span in article.metadata_spans if span.label == "dateline"}
    for item in found:
        if item.kind == "month_day" and item.month and item.day:
            for start, end in spans:
                if start <= item.start < min(end, start + 60) and _DATELINE.match(article.text[start : item.start]):
                    return Clue(f"dateline {item.text}", tuple(_yearly(item.month, item.day, DATELINE_LAG)))
    return None


def _stated_days(item: Found) -> tuple[int, int] | None:
    """First and last ordinal of an explicit year, month or day."""
    if item.year is None or not 1945 <= item.year < 2100:
        return None
    if item.month is None:
        if item.kind != "year":
            return None
        return date(item.year, 1, 1).toordinal(), date(item.year, 12, 31).toordinal()
    first = ordinal(item.year, item.month, item.day or 1)
    if first is None:
        return None
    if item.day:
        return first, first
    following = (date.fromordinal(first) + timedelta(days=31)).replace(day=1)
    return first, following.toordinal() - 1


def past_dates(article: Article, found: Sequence[Found], cues: Cues) -> list[tuple[int, Found]]:
    """Explicit dates told as past: (first ordinal, finding). A year or month alone must be told so by a verb."""
    told: list[tuple[int, Found]] = []
    for item in found:
        days = _stated_days(item)
        tense = cues.tense_at(item.start, item.end)
        if days is None or tense == "future" or (tense is None and not item.day):
            continue
        if item.month is None and (
            not _YEAR_BEFORE.search(article.text[max(0, item.start - 12) : item.start])
            or _NOUN_BEHIND.match(article.text[item.end : item.end + 40])
        ):
            continue
        told.append((days[0], item))
    return told


def year_clue(told: Sequence[tuple[int, Found]], *, named: bool) -> Clue | None:
    """The latest date told as past: publication is not before it and, as a rule, not long after.

    Only a bound where known events are ``named``, which say more.
    """
    if not told:
        return None
    first, item = max(told, key=lambda each: (each[0], -each[1].start))
    windows = [Window(FIRST_DAY, first - 2, -3.5 if item.day else -2.5)]
    if item.day:
        windows += [Window(first + low, first + high, weight) for low, high, weight in DAY_LAG]
    elif not named:
        year = date.fromordinal(first).year
        windows += [Window(_year_start(year + low), _year_start(year + high + 1) - 1, w) for low, high, w in YEAR_LAG]
    return Clue(f"{item.text} told as past", tuple(windows), dates=True)


def _year_start(year: int) -> int:
    return date(min(year, 2101), 1, 1).toordinal()


def day_clues(found: Sequence[Found], cues: Cues) -> Iterable[Clue]:
    """Days and months named without a year: they lie near publication. All of them share one weight."""
    days = [f for f in found if f.kind == "month_day" and f.year is None and f.month and f.day]
    if days:
        windows = [w for f in days for w in _yearly(f.month or 1, f.day or 1, MONTH_DAY_LAG, 1 / len(days))]
        yield Clue("", tuple(windows))
    months = [f for f in found if f.kind == "month" and f.year is None and f.month and f.direction is None]
    if months:
        weights = [0.0] * 12
        for f in months:
            tense = "future" if cues.tense_at(f.start, f.end) == "future" else "past"
            for lag, weight in enumerate(MONTH_LAG[tense]):
                weights[((f.month or 1) - 1 + lag) % 12] += weight / len(months)
        windows = []
        for year in range(1945, 2100):
            for month, weight in enumerate(weights):
                start = date(year, month + 1, 1).toordinal()
                following = date(year + month // 11, (month + 1) % 12 + 1, 1).toordinal()
                windows.append(Window(start, following - 1, weight))
        yield Clue("", tuple(windows))


def agreeing_clues(found: Sequence[Found]) -> Iterable[Clue]:
    """A weekday beside a day without a year ("Friday, March 15") holds in one year of five or six."""
    for item in found:
        if item.kind == "month_day" and item.year is None and item.month and item.day and item.weekday:
            windows = []
            for year in range(1945, 2101):
                at = ordinal(year, item.month, item.day)
                if at is not None and date.fromordinal(at).isoweekday() == item.weekday:
                    windows.append(Window(at - 90, at + 200, 2.5))
            yield Clue(item.text, tuple(windows))


def office_clues(text: str, offices: Iterable[OfficeEntry]) -> Iterable[Clue]:
    """Somebody called by an office: published while it was held, a former holder aside. Only bounds.

    ``text`` is the body; an office counts when title and name stand together ("President Moon", "Secretary of
    State Mike Pompeo"). Several terms of one person are one clue.
    """
    lower = text.lower()
    words = set(_NAME_PART.findall(lower))
    terms: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for office in offices:
        named = any(name.lower().split()[-1] in words for name in (office.person, *office.aliases) if name)
        if (office.start or office.end) and named and _holds_office(lower, office):
            start = office.start.toordinal() if office.start else FIRST_DAY
            end = office.end.toordinal() if office.end else LAST_DAY
            # Papers go on calling people by the office for some days.
            terms.setdefault((office.title, office.person), []).append((start, min(end + 14, LAST_DAY)))
    for (title, person), spans in sorted(terms.items()):
        windows: list[Window] = []
        at = FIRST_DAY
        for start, end in sorted(spans):
            windows.append(Window(at, start - 1, -NOT_IN_OFFICE))
            at = max(at, end + 1)
        windows.append(Window(at, LAST_DAY, -NOT_IN_OFFICE))
        bounded = any(start > FIRST_DAY and end < LAST_DAY for start, end in spans)
        yield Clue(f"{title} {person}", tuple(windows), dates=bounded)


def _holds_office(lower: str, office: OfficeEntry) -> bool:
    """Whether the text calls the person by the office, and not as a former holder."""
    names = {office.person.lower(), *(alias.lower() for alias in office.aliases)}
    title = office.title.lower()
    if title == "president":
        names |= {name.split()[-1] for name in list(names) if "-" not in name}
        names |= {name.split()[0] for name in list(names) if "-" in name}
    for name in sorted(names):
        called = f"{title} {name}"
        at = lower.find(called)
        while at >= 0:
            end = at + len(called)
            if not lower[end : end + 1].isalnum() and not _FORMER.search(lower[max(0, at - 60) : at]):
                return True
            at = lower.find(called, at + 1)
    return False
