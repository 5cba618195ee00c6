"""Reading one article, stage by stage. A pure function of (article, cases, anchors, weights).

1. parse       sentences, tags and dependencies, of the text without what no reader sees (folding)
2. cases       the negotiations the report belongs to, by the parties it names
3. date        the publication date, inferred where it is not stated
4. times       time expressions against the publication date
5. mentions    parties, people, offices, pronouns
6. statements  who said what
7. events      what parties do to one another
8. stands      what they demand, offer, refuse: moves and positions
9. commitments what they have bound themselves to
10. predictions what is foretold
11. contradictions that the report itself asserts
12. confidence the makers' raw estimates as probabilities
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from summitry.casebook import (
    Case,
    Casebook,
    available_cases,
    choose_cases,
    load_case,
    load_leaders,
    load_world,
)
from summitry.confidence import Confidence
from summitry.reader.commitments import find_commitments
from summitry.reader.contradictions import find_contradictions
from summitry.reader.dating import infer_published
from summitry.reader.document import Document
from summitry.reader.encoder import Encoder, Heads
from summitry.reader.events import find_events
from summitry.reader.folding import Folding
from summitry.reader.mentions import MentionIndex, compile_gazetteer, find_mentions
from summitry.reader.parse import load_parser, parse
from summitry.reader.predictions import find_predictions
from summitry.reader.relation import ArticleRelations, RelationCoder, RelationModel
from summitry.reader.spoken import StatementIndex
from summitry.reader.stands import find_stands
from summitry.reader.statements import AttributionModel, Learned, build_statements, find_attributions
from summitry.reader.times import find_times, recognise
from summitry.vocabulary import Article, DateInterval, KnownEvent, Reading, Span

if TYPE_CHECKING:
    from spacy.language import Language

    from summitry.reader.mentions import Gazetteer

BATCH = 16
"""Articles a parsing batch: larger ones gain nothing on a processor, and hold more memory."""


def _no_clock(_stage: str) -> None:
    pass


class Reader:
    """What reading needs, loaded once: parser, weights, world, cases. Reading changes nothing in it.

    Args:
        cases: names or paths of cases to read with; None: the shipped ones that fit a report, by the parties it
            names; empty: the world alone.
        light: read without the encoder: by the linear models alone, faster and less exact.
        confidence: maps from raw estimates to probabilities; None: the shipped ones.

    Raises:
        CaseError: a case is not known or off.
    """

    def __init__(
        self,
        cases: Sequence[str | Path] | None = None,
        *,
        nlp: Language | None = None,
        light: bool = False,
        confidence: Confidence | None = None,
    ) -> None:
        self._nlp = nlp or load_parser()
        self._world = load_world()
        self._leaders = load_leaders()
        self._fixed = cases is not None
        self._cases = tuple(load_case(name) for name in (available_cases() if cases is None else cases))
        self._named = _names_of(self._cases, self._world_names())
        self._attributions = AttributionModel.load()
        self._heads = None if light else Heads.load()
        self._encoder = None if light else Encoder.load()
        self._relations = (
            RelationModel.load() if self._encoder is None else RelationCoder.load(self._encoder, self._heads)
        )
        self._confidence = confidence if confidence is not None else Confidence.load()
        # One casebook and gazetteer for each choice of cases that was met; made on need, never changed.
        self._books: dict[tuple[str, ...], tuple[Casebook, Gazetteer]] = {}

    def read(self, article: Article, anchors: Sequence[KnownEvent] = ()) -> Reading:
        """Read one article. ``anchors`` are dated events of other reports, for dating this one."""
        return next(self.read_many([article], anchors))

    def read_many(
        self,
        articles: Iterable[Article],
        anchors: Sequence[KnownEvent] = (),
        clock: Callable[[str], None] = _no_clock,
    ) -> Iterator[Reading]:
        """Read articles in order. ``clock`` is called with the name of each stage when it is done."""
        foldings: deque[Folding | None] = deque()

        def folded() -> Iterator[Article]:
            for article in articles:
                foldings.append(Folding.of(article))
                yield article if foldings[-1] is None else foldings[-1].article

        for document in parse(self._nlp, folded(), batch_size=BATCH):
            clock("1 parse")
            reading = self._read(document, anchors, clock)
            folding = foldings.popleft()
            yield reading if folding is None else folding.back(reading)

    def date(self, reading: Reading, anchors: Sequence[KnownEvent] = ()) -> DateInterval:
        """The publication date of an undated report, given ``anchors`` besides the facts of its cases."""
        casebook = Casebook(self._world, tuple(c for c in self._cases if c.name in reading.cases), self._leaders)
        return _inferred(reading.article, reading.sentences, casebook, anchors)

    def facts(self) -> tuple[KnownEvent, ...]:
        """The dated public facts of all cases that may be read with."""
        return tuple(event for case in self._cases for event in case.events)

    def countries(self) -> dict[str, str]:
        """The state a place name lies in, by the name in lower case: states and their capitals."""
        return {
            name.lower(): entry.code
            for entry in self._world
            if entry.kind == "state"
            for name in (*entry.names, *entry.metonyms)
        }

    def _read(self, document: Document, anchors: Sequence[KnownEvent], clock: Callable[[str], None]) -> Reading:
        article = document.article
        sentences = _sentences(document)
        casebook, gazetteer = self._book(document.plain)
        clock("2 cases")
        if article.published.inferred:
            article = dataclasses.replace(article, published=_inferred(article, sentences, casebook, anchors))
            document = dataclasses.replace(document, article=article)
        clock("3 date")
        times = find_times(_with_headings(document), article.published)
        clock("4 times")
        who = find_mentions(document, casebook, gazetteer)
        index = MentionIndex(who.mentions)
        clock("5 mentions")
        learned = None
        if self._encoder is not None and self._heads is not None:
            learned = Learned.of(document, self._encoder, self._heads)
        attributions = find_attributions(document, self._attributions, learned)
        statements = StatementIndex(build_statements(document, attributions, index, times))
        clock("6 statements")
        relations = ArticleRelations(document.plain, self._relations, learned.encoding if learned else None)
        events = find_events(document, index, times, statements, casebook, relations)
        clock("7 events")
        moves, positions = find_stands(document, who.mentions, statements, events, times, casebook.cases)
        clock("8 stands")
        commitments = find_commitments(document, who.mentions, statements, events, times, casebook.cases)
        clock("9 commitments")
        predictions = find_predictions(document, who.mentions, statements, events, times)
        clock("10 predictions")
        discrepancies = find_contradictions(document, who.mentions, statements, events, positions)
        clock("11 contradictions")
        reading = Reading(
            article=article,
            sentences=sentences,
            times=times,
            mentions=who.mentions,
            people=who.people,
            statements=tuple(statements),
            events=events,
            cases=tuple(case.name for case in casebook.cases),
            moves=moves,
            positions=positions,
            predictions=predictions,
            commitments=commitments,
            discrepancies=discrepancies,
        )
        return self._confidence.calibrated(reading)

    def _world_names(self) -> dict[str, tuple[str, ...]]:
        names: dict[str, tuple[str, ...]] = {}
        for entry in self._world:
            if entry.parent is None:  # several entries may have one code: the European Union and its Commission
                own = (entry.name, *entry.names, *entry.demonyms, *entry.metonyms)
                names[entry.code] = (*names.get(entry.code, ()), *own)
        return names

    def _book(self, plain: str) -> tuple[Casebook, Gazetteer]:
        cases = self._cases if self._fixed else choose_cases(_count(self._named, plain), self._cases, plain)
        key = tuple(case.name for case in cases)
        if key not in self._books:
            casebook = Casebook(self._world, cases, self._leaders)
            self._books[key] = (casebook, compile_gazetteer(casebook))
        return self._books[key]


def _with_headings(document: Document) -> str:
    """The parsed text with headlines and datelines put back: no sentences, but they tell times."""
    parts = list(document.plain)
    for span in document.article.metadata_spans:
        if span.label in ("headline", "dateline"):
            parts[span.start : span.end] = document.article.text[span.start : span.end]
    return "".join(parts)


def _inferred(
    article: Article, sentences: Sequence[Span], casebook: Casebook, anchors: Sequence[KnownEvent]
) -> DateInterval:
    known = (*(event for case in casebook.cases for event in case.events), *anchors)
    offices = (*casebook.leaders, *(office for case in casebook.cases for office in case.offices))
    found = recognise(article.text)  # of datelines too, which are no part of the body
    return infer_published(article, found, known, offices, sentences)


def _names_of(cases: Sequence[Case], names: dict[str, tuple[str, ...]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each principal of any case, one pattern of all the words that stand for it: its bodies and officials too."""
    words = {code: set(names.get(code, ())) for case in cases for code in case.principals}
    for case in cases:
        for body in case.parties:
            words.get(body.parent or body.code, set()).update((body.name, *body.names))
        for office in case.offices:
            words.get(office.party, set()).update((office.person, *office.aliases))
    return tuple(
        (code, re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(own, key=lambda w: (-len(w), w)))) + r")(?!\w)"))
        for code, own in sorted(words.items())
        if own
    )


def _count(patterns: tuple[tuple[str, re.Pattern[str]], ...], plain: str) -> Counter[str]:
    return Counter({code: len(pattern.findall(plain)) for code, pattern in patterns})


def _sentences(document: Document) -> tuple[Span, ...]:
    """The sentences without the white space around them."""
    spans = []
    for sentence in document.doc.sents:
        words = [token for token in sentence if not token.is_space]
        if words:
            spans.append(Span(words[0].idx, words[-1].idx + len(words[-1])))
    return tuple(spans)
