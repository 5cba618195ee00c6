"""One obligation of several reports: the rows that tell of it, the instrument and article of the case it is under.

Two rows are one obligation where one article of a case's instrument binds the same party to it; else where the same
party is bound by the same instrument to the same matter (:meth:`~summitry.ledger.wording.Words.same_matter`). What is
doubtful stays apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from typing import Final

from summitry.casebook import ArticleEntry, Case, InstrumentEntry, load_world
from summitry.ledger.holdings import Holdings
from summitry.ledger.wording import Words, words_of
from summitry.vocabulary import Commitment, DateInterval

_NEAR: Final = timedelta(days=3)
"""Reports of one pledge date it by its day, the next, or the day of the news."""
_FRESH: Final = timedelta(days=180)
"""A pledge told without a day is taken for one of a known day if the report came out so soon after it."""
_ONE_KIND: Final = frozenset("deal agreement accord pact treaty arrangement compact contract jcpoa".split())
_GENERIC: Final = "deal"
_KIND: Final = re.compile(
    r"statement|declaration|resolution|framework|truce|cease-?fire|armistice|memorandum|protocol|convention|charter|"
    r"compromise|settlement|roadmap|moratorium|covenant|document|" + "|".join(sorted(_ONE_KIND)),
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OWN: Final = ("pledge by ", "agreement by ", "agreement of ")
"""How the reader names what has no name of its own."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in lower case that stand in a text where they start a word of it."""

    words: str
    pattern: re.Pattern[str]

    def stands(self, lowered: str) -> bool:
        """Whether they stand in a text in lower case. That they are in it at all is asked first: it costs little."""
        return self.words in lowered and self.pattern.search(lowered) is not None


Phrases = tuple[tuple[Phrase, ...], ...]
"""Alternatives, each of phrases that must all stand."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument of a case with its phrases compiled; they match in lower case, at the start of a word."""

    entry: InstrumentEntry
    names: Phrases
    articles: tuple[tuple[ArticleEntry, Phrases], ...]

    def article(self, text: str, obligors: frozenset[str]) -> ArticleEntry | None:
        """The article that words tell of and that binds all of ``obligors``; the one with the longest phrases."""
        lowered = text.lower()
        told = [
            (max(sum(len(phrase.words) for phrase in words) for words in found), article)
            for article, phrases in self.articles
            if obligors <= set(article.obligors) and (found := tuple(standing(phrases, lowered)))
        ]
        return max(told, key=lambda pair: pair[0])[1] if told else None


@dataclass(frozen=True, slots=True)
class Obligation:
    """What binds one party, or several together, in the words of all reports of it; the earliest report is first.

    ``codes`` are the parties bound, ``phrases`` those of its article, empty without one. ``day`` is when it was made;
    where that is not known, when it was first reported; ``since`` is the last day it can have been made on: only what
    begins after it can keep it.
    """

    rows: tuple[Commitment, ...]
    codes: frozenset[str]
    day: date
    since: date
    words: Words
    instrument: Instrument | None = None
    article: ArticleEntry | None = None
    phrases: Phrases = ()

    @property
    def first(self) -> Commitment:
        """The row of the earliest report."""
        return self.rows[0]


def standing(phrases: Phrases, lowered: str) -> Iterator[tuple[Phrase, ...]]:
    """The alternatives all of whose phrases stand in a text in lower case."""
    return (words for words in phrases if all(phrase.stands(lowered) for phrase in words))


def instruments_of(cases: Iterable[Case]) -> dict[str, Instrument]:
    """The instruments of cases by name."""
    return {
        entry.name: Instrument(
            entry,
            _compiled((*((name,) for name in (entry.name, *entry.names)), *entry.words)),
            tuple((article, _compiled(article.words)) for article in entry.articles),
        )
        for case in cases
        for entry in case.instruments
    }


def _compiled(alternatives: Iterable[Sequence[str]]) -> Phrases:
    return tuple(
        tuple(Phrase(low, re.compile(rf"(?<!\w){re.escape(low)}")) for low in map(str.lower, words))
        for words in alternatives
        if words
    )


def obligations(holdings: Holdings, instruments: Mapping[str, Instrument]) -> tuple[Obligation, ...]:
    """The obligations of a record, each once, by the day they were made; linear in the rows but for rare pairs."""
    groups: dict[tuple[object, ...], list[_Told]] = {}
    for told in sorted(_all_told(holdings, instruments), key=lambda one: (one.reported, one.row.id)):
        groups.setdefault(told.key, []).append(told)
    found = [
        _joined(cluster)
        for key, group in groups.items()
        for cluster in ([group] if key[0] == "article" else _clusters(group))
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.first.id)))


@dataclass(frozen=True, slots=True)
class _Told:
    """One row with what it is compared by."""

    row: Commitment
    codes: frozenset[str]
    reported: date
    latest: date
    words: Words
    key: tuple[object, ...]
    instrument: Instrument | None
    article: ArticleEntry | None


def _all_told(holdings: Holdings, instruments: Mapping[str, Instrument]) -> Iterator[_Told]:
    for row in holdings.commitments:
        report = holdings.reports.get(row.evidence[0].source)
        reported = (report.published.start or report.published.end) if report is not None else None
        reported = reported or row.made.start or holdings.today or date.max
        latest = (report.published.end if report is not None else None) or reported
        codes = codes_of(row)
        instrument = instruments.get(row.instrument)
        article = instrument.article(row.text, codes) if instrument is not None and codes else None
        bound = tuple(sorted(codes)) or (row.obligor.name,)
        key: tuple[object, ...]
        if instrument is not None and article is not None:
            key = ("article", instrument.entry.name, article.number, bound)
        elif instrument is not None:
            key = ("named", instrument.entry.name, bound)
        elif row.instrument.startswith(_OWN):
            key = ("own", bound)
        else:
            key = ("text", _kind(row.instrument), bound)
        yield _Told(row, codes, reported, latest, words_of(row.text), key, instrument, article)


def codes_of(row: Commitment) -> frozenset[str]:
    """The codes of whoever is bound; of several together, by their full names."""
    if row.obligor.code is not None:
        return frozenset({row.obligor.state or row.obligor.code})
    pattern, codes = _names()
    found = pattern.findall(row.obligor.name)
    return frozenset(codes[name] for name in found) if " and ".join(found) == row.obligor.name else frozenset()


# Shipped data, read once: the same at every call.
@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    codes = {entry.name: entry.code for entry in load_world()}
    return re.compile("|".join(map(re.escape, sorted(codes, key=lambda name: (-len(name), name))))), codes


def _kind(words: str) -> tuple[str, str]:
    """What an instrument that no case has is called, without what reports vary: its kind and year."""
    kinds = _KIND.findall(words)
    kind = kinds[-1].lower() if kinds else words.lower()
    year = _YEAR.search(words)
    return (_GENERIC if kind in _ONE_KIND else kind, year.group() if year is not None else "")


def _clusters(group: Sequence[_Told]) -> Iterator[list[_Told]]:
    """Rows of one party under one instrument, by their matter; pairs of keys find what may be the same."""
    clusters: list[list[_Told]] = []
    by_keys: dict[tuple[str, ...], list[int]] = {}
    for told in group:
        pairs = _pairs(told.words)
        near = sorted({i for pair in pairs for i in by_keys.get(pair, ())})
        home = next((i for i in near if _same(clusters[i][0], told)), None)
        if home is None:
            home = len(clusters)
            clusters.append([])
            for pair in pairs:
                by_keys.setdefault(pair, []).append(home)
        clusters[home].append(told)
    yield from clusters


def _pairs(words: Words) -> list[tuple[str, ...]]:
    keys = sorted(set(words.keys))
    return list(combinations(keys, 2)) if len(keys) > 1 else [tuple(keys)]


def _same(one: _Told, other: _Told) -> bool:
    if one.words.less != other.words.less or not one.words.same_matter(other.words):
        return False
    return one.instrument is not None or _in_time(one, other)


def _in_time(one: _Told, other: _Told) -> bool:
    """Whether two rows may be of one day: the days meet, or one has none and is told soon after."""
    known = [told for told in (one, other) if told.row.made.start is not None]
    if len(known) == 2:
        return _meet(one.row.made, other.row.made)
    if len(known) == 1:
        made = known[0].row.made.start
        late = other if known[0] is one else one
        return made is not None and made - _NEAR <= late.reported <= made + _FRESH
    return abs(one.reported - other.reported) <= _FRESH


def _meet(one: DateInterval, other: DateInterval) -> bool:
    first = (one.start or date.min, one.end or date.max)
    second = (other.start or date.min, other.end or date.max)
    gap = max(first[0], second[0]) - min(first[1], second[1])
    return gap <= _NEAR


def _joined(cluster: Sequence[_Told]) -> Obligation:
    first = cluster[0]
    made = min(
        (told.row.made for told in cluster),
        key=lambda when: ("day", "interval", "month", "year", "unknown").index(when.precision),
    )
    article, instrument = first.article, first.instrument
    phrases: Phrases = ()
    if article is not None and instrument is not None:
        phrases = next(found for one, found in instrument.articles if one.number == article.number)
    return Obligation(
        rows=tuple(told.row for told in cluster),
        codes=first.codes,
        day=made.start or first.reported,
        since=made.end or made.start or min(told.latest for told in cluster),
        words=first.words,
        instrument=instrument,
        article=article,
        phrases=phrases,
    )
