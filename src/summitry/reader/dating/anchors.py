"""Clues from known events: a report that tells of one was published after it, and "last month" says how long after.

A known event is a public fact of the case, or a dated event of another report of the record. Where a time expression
stands by it ("ended on Tuesday", "three weeks back"), the publication days are those for which the expression means
the event's days.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from summitry.reader.dating.clues import FIRST_DAY, LAST_DAY, Clue, Window
from summitry.reader.times.found import Found
from summitry.vocabulary import KnownEvent, Span

RECENCY: Final = (
    (-1, 0, 7.0), (1, 1, 6.6), (2, 2, 5.8), (3, 7, 5.0), (8, 30, 4.0), (31, 90, 3.0), (91, 365, 1.6), (366, 1100, 0.0),
)  # fmt: skip
"""Log weight by days from a known event told as past to publication. Density, not count: a report is of one day, its
background of many."""

LEAD: Final = ((-400, -121, 1.0), (-120, -46, 3.4), (-45, -15, 4.8), (-14, -4, 5.3), (-3, 0, 5.8))
"""The same for an event told as one to come."""

FAR: Final = -4.0
"""Log weight of all other days, in both tables. Eighty years of them must not outweigh one day."""

AGAINST: Final = 3.0
"""What it costs to put publication before an event told as past, or after one told as to come. Not more, because
words of one event may have been meant for another."""

TOGETHER: Final = 180
"""Characters within which all words of an event must stand; strewn over a long sentence they mean something else."""

LINKED: Final = 4.5
"""A time expression in the sentence of an event, within :data:`NEAR` characters of its words."""

NEAR: Final = 90

LOOSE: Final = 2.5
"""The same farther off in the sentence, in the next sentence, or by the place name alone."""

COINCIDES: Final = 2.0
"""A weekday elsewhere in the report on which a told event fell: one in seven do by chance."""

_BESIDE: Final = 30
"""Characters within which a year belongs to the event."""

_SAID: Final = re.compile(
    r"\b(?:said|says|told|announced|added|stated|tweeted|wrote|statement)\b[^.]{0,24}$", re.IGNORECASE
)
_AHEAD: Final = re.compile(
    r"\b(?:upcoming|planned|planning|plans?|scheduled|expected|expects?|slated|set (?:for|to)|due to|proposed"
    r"|prospective|forthcoming|would-be|potential|possible|possibility|prospects?|ahead of|run-?up to|preparations?"
    r"|preparing|eve of|will|would|may|might|could|should|next (?:week|month|year)|later this (?:week|month|year)"
    r"|to (?:meet|hold|attend)|looking forward|hopes?|on track|agreed to (?:meet|hold)|invit\w+|cancel\w*"
    r"|call(?:ed|ing)? off|reschedul\w+)\b",
    re.IGNORECASE,
)
_OVER: Final = re.compile(
    r"\b(?:met|held|ended|ending|collapsed?|failed|failure|broke (?:down|up)|breakdown|signed|inked|following|since"
    r"|concluded|took place|returned|walked (?:away|out)|came away|in the wake of|after|adopted|reached|issued|agreed"
    r"|cut short|last (?:week|month|year)|(?:days?|weeks?|months?|years?) (?:ago|back|earlier|after)|previous"
    r"|earlier this)\b",
    re.IGNORECASE,
)
_SPOKEN: Final = frozenset({"THREATEN", "REQUEST", "ACCUSE", "REJECT", "SUPPORT", "STATE"})
"""Types of what is said; ``STATE`` is a statement of another report that is no act besides."""

_ARRANGED: Final = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Types that reports tell of beforehand as well: meetings, deals, exercises."""
_WORD: Final = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Match:
    """A known event told in a sentence: the sentence's number, and where its words start and end in the text.

    ``sure`` is whether words of the event matched, and not its place alone.
    """

    event: KnownEvent
    sentence: int
    start: int
    end: int
    sure: bool = True


def plain(text: str) -> str:
    """Lower case with plain apostrophes and hyphens, letter for letter."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters grow in lower case; offsets must hold
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.translate(str.maketrans("’‘‐‑–", "''---"))


def phrase_at(phrase: str, text: str) -> int:
    """Where ``phrase`` starts in ``text`` at the start of a word, or -1; short ones ("xi") are whole words."""
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        begins = at == 0 or not (text[at - 1].isalnum() or text[at - 1] == "-")
        if begins and (len(phrase) > 3 or not text[end : end + 1].isalnum()):
            return at
        at = text.find(phrase, at + 1)
    return -1


def _key(phrases: Sequence[str]) -> str:
    """The beginning of the longest phrase's first word: what a sentence is looked up by."""
    first = _WORD.search(max(phrases, key=len))
    return first.group()[:4] if first else ""


def match_events(text: str, sentences: Sequence[Span], events: Iterable[KnownEvent]) -> list[Match]:
    """The known events told in each sentence. Cost: the events once, then each word's look-up."""
    index: dict[str, list[tuple[tuple[str, ...], KnownEvent]]] = {}
    places: dict[str, list[KnownEvent]] = {}
    for event in events:
        for phrases in event.words:
            made = tuple(plain(phrase) for phrase in phrases if phrase.strip())
            if made:
                index.setdefault(_key(made), []).append((made, event))
        if event.place:
            places.setdefault(plain(event.place), []).append(event)
    found: list[Match] = []
    lowered = plain(text)
    for number, sentence in enumerate(sentences):
        words = lowered[sentence.start : sentence.end]
        tried: set[str] = set()
        best: dict[str, Match] = {}
        for word in _WORD.findall(words):
            for size in range(1, 5):
                key = word[:size]
                if len(key) < size or key in tried:
                    continue
                tried.add(key)
                for phrases, event in index.get(key, ()):
                    at = [phrase_at(phrase, words) for phrase in phrases]
                    if min(at) < 0:
                        continue
                    ends = [start + len(phrase) for start, phrase in zip(at, phrases, strict=True)]
                    if max(ends) - min(at) <= TOGETHER:
                        best[event.id] = Match(event, number, sentence.start + min(at), sentence.start + max(ends))
        found += best.values()
        for place, there in places.items():
            # A place where one thing happened stands for it; a capital where many did stands for none.
            spread = max(e.end for e in there) - min(e.start for e in there)
            at_place = phrase_at(place, words)
            if at_place >= 0 and spread <= timedelta(days=10) and not any(e.id in best for e in there):
                found.append(
                    Match(there[0], number, sentence.start + at_place, sentence.start + at_place + len(place), False)
                )
    return found


def consistent(matches: Iterable[Match], found: Sequence[Found]) -> list[Match]:
    """The matches that no year right beside them contradicts ("released May 9, 2015")."""
    dated = [item for item in found if item.year is not None and item.kind in ("date", "year", "month")]
    kept: list[Match] = []
    for match in matches:
        event = match.event
        for item in dated:
            if item.start > match.end + _BESIDE or item.end < match.start - _BESIDE:
                continue
            if item.year is not None and not event.start.year <= item.year <= event.end.year:
                break
        else:
            kept.append(match)
    return kept


def told_as(text: str, sentences: Sequence[Span], told: Sequence[Match]) -> str:
    """``past``, ``coming`` or ``open``: how a report tells of one event, by the words about all its mentions.

    Meetings and exercises are announced long before, and a bare "the summit" leaves it open. Tests and attacks are told
    when they have happened, unless all that is said of one is that it may come; what was said was said.
    """
    if told[0].event.type in _SPOKEN:
        return "past"
    ahead = over = 0
    for match in told:
        sentence = sentences[match.sentence]
        near = text[max(sentence.start, match.start - 100) : min(sentence.end, match.end + 60)]
        coming, gone = bool(_AHEAD.search(near)), bool(_OVER.search(near))
        ahead += coming and not gone
        over += gone and not coming
    if told[0].event.type not in _ARRANGED:
        return "open" if ahead and not over else "past"
    return "past" if over > ahead else "coming" if ahead > over else "open"


def _week(day: date) -> tuple[int, int]:
    monday = day.toordinal() - day.weekday()
    return monday, monday + 6


def _month(day: date, shift: int) -> tuple[int, int]:
    months = day.year * 12 + day.month - 1 + shift
    first = date(months // 12, months % 12 + 1, 1)
    return first.toordinal(), (first + timedelta(days=31)).replace(day=1).toordinal() - 1


def publication_days(found: Found, event: KnownEvent, *, ahead: bool = False) -> tuple[int, int] | None:
    """The publication days (ordinals, closed) on which ``found`` would mean days of ``event``; None where it cannot.

    ``ahead`` is whether the event is told as one to come.
    """
    start, end = event.start.toordinal(), event.end.toordinal()
    amount, direction = found.amount or 0, found.direction
    if found.kind == "weekday" and found.weekday:
        days = [n for n in range(start, min(end, start + 6) + 1) if date.fromordinal(n).isoweekday() == found.weekday]
        # Of a run of days ("the drill ended on Tuesday") the last one is the likelier to be told.
        if not days or end - start > 21:
            return None if date.fromordinal(end).isoweekday() != found.weekday else (end, end + 6)
        day = days[-1] if end - start < 7 else end
        if date.fromordinal(day).isoweekday() != found.weekday:
            return None
        if ahead:
            return day - 8, day
        return (day + 1, day + 13) if direction == -1 else (day, day + 6 + found.local)
    if found.kind == "relative_day" and found.amount is not None:
        return start - int(amount), end - int(amount)
    if found.kind == "relative_unit" and direction is not None and (not amount or amount == 1 or abs(amount) == 1):
        return _unit_days(found, event, direction)
    if found.kind == "offset" and amount and found.unit in ("D", "W", "N", "Y"):
        size, slack = {"D": (1, 1), "W": (7, 3), "N": (30.44, 18), "Y": (365.25, 200)}[found.unit]
        days_back = round(-amount * size)
        return start + days_back - slack, end + days_back + slack
    return None


def _unit_days(found: Found, event: KnownEvent, direction: int) -> tuple[int, int] | None:
    """Publication days of "last week", "this month", "next year" beside an event."""
    if found.unit == "W":
        low = _week(event.start)[0] - 7 * direction
        high = _week(event.end)[1] - 7 * direction
        # Some count weeks from Sunday, and "last week" is said of seven days back as well.
        return low - 1, high + (1 if direction < 0 else 0)
    if found.unit == "N":
        return _month(event.start, -direction)[0], _month(event.end, -direction)[1]
    if found.unit == "Y":
        return date(event.start.year - direction, 1, 1).toordinal(), date(
            event.end.year - direction, 12, 31
        ).toordinal()
    return None


def mixture(spans: Sequence[tuple[int, int]], table: Sequence[tuple[int, int, float]]) -> list[Window]:
    """The mean of one table of lags about several events, as windows: any one of them may be the news.

    Each event is its first and last ordinal; while it lasts the lag is 0.
    """
    edges: set[int] = set()
    for first, last in spans:
        for low, high, _ in table:
            edges |= {first + low if low < 0 else last + low, first + high + 1 if high < 0 else last + high + 1}
        edges |= {first, last + 1}

    def weight_on(day: int, first: int, last: int) -> float:
        lag = day - first if day < first else max(day - last, 0)
        return next((weight for low, high, weight in table if low <= lag <= high), FAR)

    windows: list[Window] = []
    for start, following in pairwise(sorted(edges)):
        shares = [weight_on(start, first, last) for first, last in spans]
        weight = math.log(sum(math.exp(each) for each in shares) / len(shares))
        windows.append(Window(start, following - 1, weight - FAR))
    return windows


def _news_days(event: KnownEvent) -> tuple[int, int]:
    """Of a meeting of some days the last is the news; of an exercise of weeks every day is."""
    last = event.end.toordinal()
    return (last if (event.end - event.start).days <= 3 else event.start.toordinal()), last


def past_clue(past: Sequence[KnownEvent]) -> Clue | None:
    """Publication lies after all events told as past, and near one of them."""
    if not past:
        return None
    windows = [Window(FIRST_DAY, event.start.toordinal() - 2, -AGAINST) for event in past]
    latest = max(past, key=lambda event: (event.start, event.id))
    note = f"{latest.name} ({latest.start:%-d %b %Y})"
    return Clue(note, (*windows, *mixture([_news_days(event) for event in past], RECENCY)), dates=True)


def coming_clue(coming: Sequence[KnownEvent]) -> Clue | None:
    """Publication lies before all events told as to come, and near one of them."""
    if not coming:
        return None
    windows = [Window(event.end.toordinal() + 2, LAST_DAY, -AGAINST) for event in coming]
    first = min(coming, key=lambda event: (event.start, event.id))
    note = f"{first.name} to come ({first.start:%-d %b %Y})"
    return Clue(note, (*windows, *mixture([(event.start.toordinal(),) * 2 for event in coming], LEAD)), dates=True)


def open_clue(named: Sequence[KnownEvent]) -> Clue | None:
    """Publication lies near one of the meetings named, before or after."""
    if not named:
        return None
    around = (*LEAD[:-1], (-3, -1, LEAD[-1][2]), (0, 0, RECENCY[0][2]), *RECENCY[1:])
    first = min(named, key=lambda event: (event.start, event.id))
    note = f"{first.name} ({first.start:%-d %b %Y})"
    return Clue(note, tuple(mixture([_news_days(event) for event in named], around)), dates=True)


def linked_clues(
    text: str, sentences: Sequence[Span], found: Sequence[Found], matches: Sequence[Match], coming: frozenset[str]
) -> list[Clue]:
    """Time expressions that stand by a known event. One clue an expression: its best event."""
    by_sentence: dict[int, list[Match]] = {}
    for match in matches:
        by_sentence.setdefault(match.sentence, []).append(match)
    clues: list[Clue] = []
    number = 0
    for item in sorted(found, key=lambda each: each.start):
        while number < len(sentences) and sentences[number].end <= item.start:
            number += 1
        said = item.kind == "weekday" and bool(_SAID.search(text[max(0, item.start - 40) : item.start]))
        options: list[tuple[float, int, str, Clue]] = []
        for match in (*by_sentence.get(number, ()), *by_sentence.get(number - 1, ())):
            days = publication_days(item, match.event, ahead=match.event.id in coming)
            weight = _link_weight(item, match, here=match.sentence == number, said=said)
            if days is not None and weight:
                note = f"{match.event.name}, {item.text} ({match.event.end:%-d %b %Y})"
                clue = Clue(note, (Window(days[0], days[1], weight),), dates=match.sure)
                options.append((weight, -_gap(item, match), match.event.id, clue))
        if options:
            clues.append(max(options, key=lambda option: option[:3])[3])
    return clues


def _gap(item: Found, match: Match) -> int:
    return max(match.start - item.end, item.start - match.end, 0)


def _link_weight(item: Found, match: Match, *, here: bool, said: bool) -> float:
    """How surely a time expression belongs to an event; 0 when it does not.

    ``here`` is whether both stand in one sentence, ``said`` whether a verb of saying stands before the weekday: "said
    Thursday" tells when it was said, unless the saying is the event.
    """
    if not here:
        return LOOSE if item.kind == "weekday" else 0.0
    if said and match.sure and match.event.type not in _SPOKEN:
        return 0.0
    return LINKED if _gap(item, match) <= NEAR and (match.sure or item.kind == "offset") else LOOSE


def coinciding_clue(reported: Found | None, matches: Sequence[Match]) -> Clue | None:
    """The weekday the news is about is that of the latest event told: "Friday", and the briefing was on a Friday."""
    sure = [match for match in matches if match.sure]
    if reported is None or not sure:
        return None
    latest = max(match.event.start for match in sure)
    for match in sorted(sure, key=lambda each: each.event.id):
        if match.event.start == latest and match.event.end - match.event.start <= timedelta(days=1):
            days = publication_days(reported, match.event)
            if days:
                note = f"{match.event.name}, {reported.text} ({match.event.end:%-d %b %Y})"
                return Clue(note, (Window(days[0], days[1], COINCIDES),))
    return None
