"""Laws of the record, on texts and offsets that nobody would write: whatever is stored stands in its text."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from record_factory import make_reading
from summitry.errors import EvidenceError, UsageError
from summitry.record import open_record
from summitry.record.search import match_query
from summitry.vocabulary import (
    Actor,
    Article,
    DateInterval,
    Event,
    Evidence,
    LabelledSpan,
    Meeting,
    Mention,
    Precision,
    Reading,
    Source,
    Span,
    Statement,
    content_id,
)

few = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)

# Text as articles have it, and what breaks naive offsets: marks that join, astral planes, NUL, line ends of all kinds.
texts = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("“”‘’\x00\r\n\u2028\u0301\u202e한🕊 ")),
    min_size=1,
    max_size=60,
)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
maybe = st.none() | names
actors = st.builds(Actor, st.sampled_from([None, "USA", "PRKGOV", "IGOUNO"]), names, maybe, st.booleans())
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@st.composite
def intervals(draw: st.DrawFn) -> DateInterval:
    """Any interval: open at either end, or at both."""
    first, last = draw(st.none() | days), draw(st.none() | days)
    if first and last and last < first:
        first, last = last, first
    precision: Precision = draw(st.sampled_from(["day", "month", "year", "interval", "unknown"]))
    return DateInterval(first, last, precision, draw(names))


@st.composite
def readings(draw: st.DrawFn) -> tuple[Reading, Source]:
    """A reading with everything arbitrary but true: evidence made by :meth:`Evidence.of`."""
    text = draw(texts)
    source = Source(draw(names), text.encode())

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span(start, draw(st.integers(start + 1, len(text))))

    article = Article(
        source_id=source.id,
        text=text,
        blocks=tuple(span() for _ in range(draw(st.integers(0, 2)))),
        furniture=tuple(LabelledSpan(s.start, s.end, "menu") for s in [span()]),
        headline=draw(maybe),
        published=draw(intervals()),
        uri=draw(names),
    )

    def evidence() -> tuple[Evidence, ...]:
        spans = [span() for _ in range(draw(st.integers(1, 3)))]
        return tuple(Evidence.of(article, s.start, s.end, tuple(draw(st.lists(names, max_size=2)))) for s in spans)

    a, b = draw(actors), draw(actors)
    statement, event = make_reading()[0].statements[0], make_reading()[0].events[0]
    meeting = draw(
        st.none()
        | st.builds(Meeting, level=st.just("summit"), venue=maybe, delegations=st.tuples(actors), outcome=maybe)
    )
    statements: tuple[Statement, ...] = (
        replace(
            statement,
            id=content_id("st", source.id),
            evidence=evidence(),
            speaker=draw(st.none() | st.just(a)),
            party=b,
            said=draw(intervals()),
            words=draw(texts),
            cue=draw(maybe),
            cue_span=draw(st.none() | st.just(span())),
            content_spans=(span(), span()),
        ),
    )
    events: tuple[Event, ...] = (
        replace(
            event,
            id=content_id("ev", source.id),
            evidence=evidence(),
            actors=(a, b),
            recipients=draw(st.sampled_from([(), (b,)])),
            date=draw(intervals()),
            place=draw(maybe),
            trigger=span(),
            meeting=meeting,
        ),
    )
    mention = span()
    mentions = (Mention(mention.start, mention.end, text[mention.start : mention.end], "name", a, "rule", (b,)),)
    sentences = tuple(span() for _ in range(draw(st.integers(0, 3))))
    return Reading(article, sentences, (), mentions, (), statements, events), source


@few
@given(readings())
def test_what_goes_in_comes_out(tmp_path: Path, made: tuple[Reading, Source]) -> None:
    reading, source = made
    (tmp_path / "talks.db").unlink(missing_ok=True)
    with open_record(tmp_path / "talks.db", create=True) as record:
        assert record.add(reading, source)
        assert record.reading(source.id) == reading
        assert not record.add(reading, source)
        for row in record.statements():
            assert record.explain(row.id).row == row


@few
@given(readings(), st.integers(-3, 70), st.integers(-3, 70), st.none() | texts)
def test_no_false_evidence_gets_in(
    tmp_path: Path, made: tuple[Reading, Source], start: int, end: int, exact: str | None
) -> None:
    """Any offsets with any words: either they stand there, or the report is refused and nothing is written."""
    reading, source = made
    text = reading.article.text
    claimed = Evidence(source.id, start, end, text[start:end] if exact is None else exact)
    true = 0 <= start < end <= len(text) and text[start:end] == claimed.exact
    row = replace(reading.statements[0], evidence=(*reading.statements[0].evidence, claimed))
    (tmp_path / "talks.db").unlink(missing_ok=True)
    with open_record(tmp_path / "talks.db", create=True) as record:
        try:
            record.add(replace(reading, statements=(row,)), source)
            added = True
        except EvidenceError:
            added = False
            assert not record.has(source.id)
        assert added == true
        try:
            record.replace_entries([(replace(reading.events[0], evidence=(claimed,)), (reading.events[0].id,))])
            assert true
        except (EvidenceError, UsageError):
            assert record.merged_events() == []
    assert_all_evidence_stands(tmp_path / "talks.db")


def assert_all_evidence_stands(path: Path) -> None:
    """The law, checked from outside by another program: Python's slices on the stored text."""
    connection = sqlite3.connect(path)
    query = "SELECT text, start_char, end_char, exact FROM evidence JOIN sources ON sources.id = source_id"
    for text, start, end, exact in connection.execute(query):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == exact
    connection.close()


@few
@given(st.text(max_size=40))
def test_no_words_break_the_search(tmp_path: Path, words: str) -> None:
    with open_record(tmp_path / "talks.db", create=True) as record:
        record.add(*make_reading())
        try:
            match_query(words)
        except UsageError:
            return
        record.search(words)
        record.timeline(issue=words, party=words)
