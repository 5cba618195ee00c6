"""Which instrument binds: the one of the case whose names or words stand near, or else the words of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from summitry.casebook import ArticleEntry, Case, InstrumentEntry
from summitry.reader.commitments.lexicon import INSTRUMENTS
from summitry.vocabulary import DateInterval, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

Phrases = tuple[tuple[re.Pattern[str], ...], ...]
"""Alternatives, each of phrases that must all stand."""

_A_DAY: Final = timedelta(days=1)
"""Local time: what is signed in Asia is news of the day before in America."""
_BACK: Final = 2
"""Sentences back in which the instrument that "the statement" takes up may be named."""
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_REAFFIRMED: Final = re.compile(r"(?:reaffirm|recall)\w*(?: [\w,]+){0,6} ?$")
"""Before a name: an instrument that another takes up is not the one that binds."""
_BESIDE: Final = 60
"""Code points before a name in which that is looked for."""
_AGREED: Final = frozenset("deal agreement accord pact jcpoa arrangement".split())
_TAKEN_UP: Final = frozenset({"the", "this", "that", "its", "their"})
_INTO: Final = frozenset({"in", "under", "with", "by", "through", "at", "of", "as", "into"})
_PARTS: Final = frozenset("term part provision text page part framework result signing".split())


@dataclass(frozen=True, slots=True)
class Named:
    """An instrument as a text names it: the case's entry or None, the words that name it, and how sure that is."""

    name: str
    entry: InstrumentEntry | None = None
    words: Span | None = None
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class _Known:
    entry: InstrumentEntry
    names: re.Pattern[str] | None
    words: Phrases
    articles: tuple[tuple[ArticleEntry, Phrases], ...]

    def called(self, noun: str) -> bool:
        """Whether a noun may stand for it: one of its names', or "deal" for whatever is agreed."""
        names = " ".join((self.entry.name, *self.entry.names)).lower()
        return noun in names or (noun in _AGREED and "resolution" not in names)


class Instruments:
    """The instruments of the cases a report is read with, their phrases compiled."""

    __slots__ = ("_known",)

    def __init__(self, cases: Sequence[Case], until: date | None = None) -> None:
        """``until`` is the last day the report can have come out on: it tells of no later instrument."""
        self._known = tuple(
            _compiled(entry)
            for case in cases
            for entry in case.instruments
            if until is None or entry.date <= until + _A_DAY
        )

    def find(
        self, text: str, parties: Iterable[str | None] = (), noun: str | None = None
    ) -> tuple[InstrumentEntry, Span] | None:
        """The instrument that ``text`` names, with the words that do (code points of ``text``), or None.

        One whose year is not among the years of the words is another of its kind. Of several the one with the
        longest words counts; ``parties`` must be parties to it, and ``noun`` may stand for it.
        """
        bound = {code for code in parties if code}
        best: tuple[int, InstrumentEntry, Span] | None = None
        lowered = text.lower()
        for known in self._known:
            if (bound and not bound & set(known.entry.parties)) or (noun is not None and not known.called(noun)):
                continue
            span = _match(known, lowered)
            if span is None or _of_another_year(lowered[span.start : span.end], known.entry):
                continue
            if best is None or span.end - span.start > best[0]:
                best = (span.end - span.start, known.entry, span)
        return (best[1], best[2]) if best is not None else None

    def article(self, entry: InstrumentEntry, text: str) -> ArticleEntry | None:
        """The article of an instrument that words tell of: one of whose alternatives all phrases stand in them."""
        lowered = text.lower()
        for known in self._known:
            if known.entry.id == entry.id and known.entry.name == entry.name:
                found = [
                    (max(sum(len(p.pattern) for p in words) for words in told), article)
                    for article, phrases in known.articles
                    if (told := [words for words in phrases if all(p.search(lowered) for p in words)])
                ]
                return max(found, key=lambda pair: pair[0])[1] if found else None
        return None

    def of_words(
        self, text: str, obligors: Sequence[str | None], made: DateInterval, before: str
    ) -> tuple[InstrumentEntry, ArticleEntry] | None:
        """The instrument with an article that binds the obligors to what ``text`` says.

        It was made on the day ``made``; where that is not known, the text so far, ``before``, names it: the one named
        last, of several.
        """
        lowered, codes = text.lower(), {code for code in obligors if code}
        so_far = before.lower()
        best: tuple[int, InstrumentEntry, ArticleEntry] | None = None
        for known in self._known:
            place = 0
            if made.start is None or made.end is None:
                place = _last(known, so_far)
            elif made.precision == "year" or not made.start - _A_DAY <= known.entry.date <= made.end + _A_DAY:
                continue
            if place < 0 or (best is not None and place <= best[0]):
                continue
            for article, phrases in known.articles:
                told = any(all(p.search(lowered) for p in words) for words in phrases)
                if told and codes and codes <= set(article.obligors):
                    best = (place, known.entry, article)
                    break
        return best[1:] if best is not None else None

    def of_year(self, noun: str, year: int, parties: Iterable[str | None]) -> InstrumentEntry | None:
        """The instrument of these parties of a year and a noun: the only one, or the only one named by its year."""
        bound = {code for code in parties if code}
        found = [
            known.entry
            for known in self._known
            if known.entry.date.year == year and bound & set(known.entry.parties) and known.called(noun)
        ]
        if len(found) > 1:
            found = [entry for entry in found if any(str(year) in name for name in entry.names)]
        return found[0] if len(found) == 1 else None

    def alone(self, noun: str, text: str, parties: Iterable[str | None]) -> tuple[InstrumentEntry, Span] | None:
        """The one instrument of these parties and this noun that a whole text names; None of none or several."""
        bound = {code for code in parties if code}
        lowered = text.lower()
        found = [
            (known.entry, span)
            for known in self._known
            if bound & set(known.entry.parties)
            and known.called(noun)
            and known.names is not None
            and (span := _match(known, lowered))
        ]
        return found[0] if len(found) == 1 else None


# A pure function of the entry, asked for at every report of its case.
@lru_cache(maxsize=1024)
def _compiled(entry: InstrumentEntry) -> _Known:
    names = sorted({name.lower() for name in (entry.name, *entry.names)}, key=lambda name: (-len(name), name))
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)") if names else None
    return _Known(
        entry, pattern, _phrases(entry.words), tuple((article, _phrases(article.words)) for article in entry.articles)
    )


def _phrases(alternatives: Sequence[Sequence[str]]) -> Phrases:
    return tuple(
        tuple(re.compile(rf"(?<!\w){re.escape(phrase.lower())}") for phrase in words) for words in alternatives if words
    )


def _last(known: _Known, lowered: str) -> int:
    """Where a text names an instrument last by a name; -1 where it does not."""
    if known.names is None:
        return -1
    found = (match.start() for match in known.names.finditer(lowered))
    return max((at for at in found if not _REAFFIRMED.search(lowered, max(0, at - _BESIDE), at)), default=-1)


def _match(known: _Known, lowered: str) -> Span | None:
    if known.names is not None and (match := known.names.search(lowered)) is not None:
        return Span(*match.span())
    for words in known.words:
        found = [pattern.search(lowered) for pattern in words]
        if all(found):
            places = [match.span() for match in found if match is not None]
            return Span(min(start for start, _ in places), max(end for _, end in places))
    return None


def _of_another_year(words: str, entry: InstrumentEntry) -> bool:
    years = set(_YEAR.findall(words))
    return bool(years) and str(entry.date.year) not in years


def source_of(cue: Token) -> Token | None:
    """The noun of the instrument by which a verb binds: "signed", "in the statement", "a pact in which ..."."""
    at = cue
    for _ in range(2):
        for child in at.children:
            if child.dep_ == "dobj" and child.lemma_.lower() in INSTRUMENTS and child.i > at.i:
                return child
            if child.dep_ == "prep" and child.lower_ in _INTO and (noun := _under(child)) is not None:
                return noun
        if at.dep_ == "relcl" and at.head.lemma_.lower() in INSTRUMENTS:
            return at.head
        if at.dep_ != "conj" or at.head.pos_ != "VERB":
            return None
        at = at.head
    return None


def _under(preposition: Token) -> Token | None:
    for child in preposition.children:
        if child.dep_ != "pobj":
            continue
        if child.lemma_.lower() in INSTRUMENTS:
            return child
        # "the phase one deal": the parser takes the number for a noun of its own.
        beside = next((c for c in child.children if c.dep_ == "appos" and c.lemma_.lower() in INSTRUMENTS), None)
        if beside is not None and beside.i - child.i <= 2:
            return beside
        if child.lemma_.lower() in _PARTS:
            inner = [c for c in child.children if c.dep_ == "prep" and c.lower_ == "of"]
            return next((found for c in inner if (found := _under(c)) is not None), None)
    return None


def name_of(source: Token, instruments: Instruments, plain: str, parties: Sequence[str | None]) -> Named:
    """The instrument that a noun stands for: by its own phrase, its sentence, the sentences before, the whole text."""
    start, end = _phrase(source)
    doc = source.doc
    if (found := _found(instruments, plain, start, end, parties)) is not None:
        return found
    noun = source.lemma_.lower()
    if (year := _YEAR.search(plain, start, end)) is not None:
        entry = instruments.of_year(noun, int(year.group()), parties)
        if entry is not None:
            return Named(entry.name, entry, Span(start, end), 0.95)
        return Named(" ".join(plain[start:end].split()), None, Span(start, end), 0.9)
    sentence = source.sent
    for step in range(_BACK + 1):
        found = _found(instruments, plain, sentence.start_char, sentence.end_char, parties, noun)
        if found is not None:
            return found
        if sentence.start == 0 or (source.lower_ not in {"it"} and not _takes_up(source) and step):
            break
        sentence = doc[sentence.start - 1].sent
    if _takes_up(source) and (known := instruments.alone(noun, plain, parties)) is not None:
        return Named(known[0].name, known[0], known[1], 0.85)
    return Named(" ".join(plain[start:end].split()), None, Span(start, end), 0.9)


def _found(
    instruments: Instruments, plain: str, start: int, end: int, parties: Sequence[str | None], noun: str | None = None
) -> Named | None:
    found = instruments.find(plain[start:end], parties, noun)
    if found is None:
        return None
    entry, span = found
    return Named(entry.name, entry, Span(start + span.start, start + span.end))


def _takes_up(noun: Token) -> bool:
    return any(c.lower_ in _TAKEN_UP for c in noun.children if c.i < noun.i)


def _phrase(noun: Token) -> tuple[int, int]:
    """Code points of a noun with what stands before it, and "of ..." behind it."""
    end = noun.idx + len(noun)
    behind = next(
        (c for c in noun.children if c.dep_ == "prep" and c.lower_ in {"of", "on"} and c.i == noun.i + 1), None
    )
    if behind is not None and behind.right_edge.i - noun.i <= 6:
        last = behind.right_edge
        end = last.idx + len(last)
    whole = noun.head if noun.dep_ == "appos" and noun.i - noun.head.i <= 2 else noun
    first = noun.doc[whole.left_edge.i]
    return int(first.idx), int(end)
