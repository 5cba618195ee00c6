"""Which statements a question asks for. Each condition looks at a distinct name or title once, not at every row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Final, TypeVar, get_args

from summitry.errors import UsageError
from summitry.record.rows import last_day
from summitry.vocabulary import UNKNOWN_DATE, Actor, Authority, DateInterval, QuoteType, Row, SpeechAct, Statement
from summitry.web.pages.who import called, roster
from summitry.web.question import Question
from summitry.web.view import View

K = TypeVar("K", bound=Hashable)
AnyRow = TypeVar("AnyRow", bound=Row)
Test = Callable[[Statement], bool]
Who = tuple[Actor | None, Actor | None]
"""Speaker and party."""

FRAGMENT: Final = 5
"""Words below which what was said is no sentence, in a list of best matches."""

MONTH: Final = 31
YEAR: Final = 366
"""Days of the longest dates that rows are put in order by: of a report, and of what it tells."""

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "quote": get_args(QuoteType),
    "record": ("on", "anonymous"),
    "act": get_args(SpeechAct),
    "authority": get_args(Authority),
    "sort": ("best", "new", "old"),
}
"""Parameters that take one of a few words."""


def found(view: View, question: Question) -> Sequence[Statement]:
    """The statements that a question asks for, in the order that it asks for: by day, the latest first, or as
    their words fit best. They are found once for all pages of the list.

    Raises:
        UsageError: a word, a date or a search that is off.
    """
    return view.standing.lately(("statements", *sorted(question.told.items())), lambda: _found(view, question))


def _found(view: View, question: Question) -> Sequence[Statement]:
    for name, allowed in CHOICES.items():
        if (told := question.get(name)) and told not in allowed:
            raise UsageError(f"{name} is {told!r}; allowed: {', '.join(allowed)}")
    everything = latest_statements(view)
    rows: Sequence[Statement] = everything
    words = question.get("q")
    rank = _ranked(view, words) if words else {}
    about = _tests_of_who(view, question)
    if about:
        groups = view.once("statements by speaker", lambda: _by_speaker(everything))
        fitting = (places for who, places in groups.items() if all(test(*who) for test in about))
        rows = [everything[place] for place in sorted(chain.from_iterable(fitting))]
    if words:
        rows = [row for row in rows if row.id in rank] if rank else []
    for test in _tests(view, question):
        rows = [row for row in rows if test(row)]
    if question.filters.issue is not None:
        rows = view.record.choose(rows, as_of=view.as_of, issue=question.filters.issue)
    sort = question.get("sort") or ("best" if words else "new")
    if sort == "best" and rank:
        # A bare phrase ("the sanctions resolution") is all match and says nothing: it stands after sentences.
        return sorted(rows, key=lambda row: (row.words.count(" ") < FRAGMENT - 1, rank[row.id]))
    return _oldest(view, rows) if sort == "old" else rows


def _by_speaker(rows: Sequence[Statement]) -> dict[Who, list[int]]:
    """Places of statements by speaker and party: far fewer than rows, so that conditions look at each once."""
    groups: dict[Who, list[int]] = {}
    for place, row in enumerate(rows):
        groups.setdefault((row.speaker, row.party), []).append(place)
    return groups


def latest_statements(view: View) -> tuple[Statement, ...]:
    """All statements, the latest first, those of one day as they stand in their report; undated ones last."""
    return view.once("latest statements", lambda: tuple(latest(view, view.statements(), lambda row: row.said)))


def latest(view: View, rows: Iterable[AnyRow], when: Callable[[AnyRow], DateInterval]) -> list[AnyRow]:
    """Rows by their day, the latest first; one without counts by the day of its report, and last where that is not
    known either."""
    reported = reported_on(view)
    return sorted(rows, key=lambda row: _day(when(row), reported.get(row.evidence[0].source)), reverse=True)


def _day(when: DateInterval, reported: DateInterval | None) -> date:
    if when.start and when.end and (when.end - when.start).days <= YEAR:
        return when.start
    return (day_of(reported) if reported is not None else None) or when.end or date.min


def day_of(when: DateInterval) -> date | None:
    """The first day of a date that is known to a month or better."""
    if when.start is None or when.end is None:
        return None
    return when.start if (when.end - when.start).days < MONTH else None


def _oldest(view: View, rows: Sequence[Statement]) -> list[Statement]:
    """Latest first turned round; undated ones stay last."""
    places = view.once("places of statements", lambda: _places(view))
    if len(rows) == len(places):
        return view.once("oldest statements", lambda: sorted(rows, key=lambda row: places[row.id]))
    return sorted(rows, key=lambda row: places[row.id])


def _places(view: View) -> dict[str, int]:
    reported = reported_on(view)

    def key(row: Statement) -> date:
        day = _day(row.said, reported.get(row.evidence[0].source))
        return day if day > date.min else date.max

    return {row.id: place for place, row in enumerate(sorted(latest_statements(view), key=key))}


def _ranked(view: View, words: str) -> dict[str, int]:
    """Ids of the statements with the words, each with its place; what reviewers added or changed comes last."""
    rank = {one: place for place, one in enumerate(view.record.find_said(words))}
    reviewed = view.once(
        "statements reviewed", lambda: tuple(row for row in view.statements() if row.coder.startswith("review:"))
    )
    wanted = folded(words)
    for row in reviewed:
        if row.id not in rank and set(wanted) <= set(folded(row.words)):
            rank[row.id] = len(rank)
    return rank


def _tests(view: View, question: Question) -> list[Test]:
    """What each parameter asks of a statement, the cheapest first."""
    get, filters = question.get, question.filters
    tests: list[Test] = []
    if quote := get("quote"):
        tests.append(lambda row: row.quote_type == quote)
    if record := get("record"):
        tests.append(lambda row: row.on_record == record)
    if act := get("act"):
        tests.append(lambda row: row.speech_act == act)
    if authority := get("authority"):
        tests.append(lambda row: row.authority == authority)
    if (least := filters.min_confidence) is not None:
        tests.append(lambda row: row.confidence >= least)
    if addressee := get("addressee"):
        to = _party(view, addressee)
        tests.append(lambda row: to(row.addressee))
    if vehicle := get("vehicle"):
        by = _once(lambda told: _holds(str(told), vehicle))
        tests.append(lambda row: row.vehicle is not None and by(row.vehicle))
    if outlet := get("outlet"):
        outlets = outlets_of(view)
        from_it = _once(lambda source: _holds(outlets.get(str(source), ""), outlet))
        tests.append(lambda row: any(from_it(one.source) for one in row.evidence))
    until = last_day(get("until") or None, "until")
    if filters.since or until:
        tests.append(_between(view, filters.since, until))
    return tests


def _tests_of_who(view: View, question: Question) -> list[Callable[[Actor | None, Actor | None], bool]]:
    """What is asked of the speaker and the party."""
    get = question.get
    tests: list[Callable[[Actor | None, Actor | None], bool]] = []
    if person := get("person"):
        people = roster(view)
        wanted = people.find(person)
        if wanted is None:
            raise UsageError(f"person is {person!r}; allowed: ids of the page of people")
        tests.append(lambda speaker, _: people.who(speaker) is wanted)
    if name := get("speaker"):
        tests.append(lambda speaker, _: speaker is not None and _holds(speaker.name, name))
    if office := get("office"):
        tests.append(lambda speaker, _: speaker is not None and _holds(speaker.office or "", office))
    if question.filters.party:
        of = _party(view, question.filters.party)
        tests.append(lambda speaker, party: of(party) or of(speaker))
    return tests


def _between(view: View, since: date | None, until: date | None) -> Test:
    """Said between two days; undated, reported between them. ``until`` may be written as a month or a year."""
    reported = reported_on(view)

    def test(row: Statement) -> bool:
        when = row.said if row.said.start or row.said.end else reported.get(row.evidence[0].source, UNKNOWN_DATE)
        first, last = when.start or when.end, when.end or when.start
        if first is None or last is None:
            return False
        return (since is None or last >= since) and (until is None or first <= until)

    return test


def _party(view: View, wanted: str) -> Callable[[Actor | None], bool]:
    """Whether an actor is a party, by code (which stands for all that start with it) or by words of its name."""
    code, name = wanted.strip().upper(), wanted.strip().casefold()
    codes = tuple(one for one, told in called(view).items() if told.casefold() == name)

    if wanted == code and any(one.startswith(code) for one in called(view)):
        return lambda actor: actor is not None and (actor.code or "").startswith(code)

    def is_of(key: tuple[str | None, str]) -> bool:
        told = key[0] or ""
        return told.startswith((code, *codes)) if told and (codes or told.startswith(code)) else _holds(key[1], wanted)

    test = _once(is_of)
    return lambda actor: actor is not None and test((actor.code, actor.name))


def _once(work: Callable[[K], bool]) -> Callable[[K], bool]:
    """The answer for a value worked out once: a record has far fewer names than rows."""
    known: dict[K, bool] = {}

    def ask(key: K) -> bool:
        if key not in known:
            known[key] = work(key)
        return known[key]

    return ask


_WORD: Final = re.compile(r"[^\W_]+")


def folded(text: str) -> list[str]:
    """The words of a text without case and accents."""
    plain = unicodedata.normalize("NFKD", text)
    return _WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)).casefold())


def _holds(text: str, wanted: str) -> bool:
    """Whether every word asked for begins a word of the text."""
    have = folded(text)
    return all(any(word.startswith(one) for word in have) for one in folded(wanted))


def outlets_of(view: View) -> Mapping[str, str]:
    """Outlets by report."""
    return view.once("outlets", lambda: {row.id: row.outlet or row.agency or "" for row in view.sources()})


def reported_on(view: View) -> Mapping[str, DateInterval]:
    """Days of publication by report."""
    return view.once("reported", lambda: {row.id: row.published for row in view.sources()})
