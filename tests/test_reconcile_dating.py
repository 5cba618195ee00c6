"""Undated reports dated by the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from summitry.reader.dating import infer_published
from summitry.reader.parse import article_of
from summitry.reader.times import recognise
from summitry.reconcile.dating import anchors_of, in_reach, redate, short_name
from summitry.vocabulary import (
    UNKNOWN_DATE,
    Actor,
    DateInterval,
    Event,
    Evidence,
    KnownEvent,
    Person,
    Reading,
    Span,
    Statement,
)

FRIDAY = date(2031, 3, 14)
DAY = DateInterval(FRIDAY, FRIDAY, "day", "weekday")
STATED = DateInterval(date(2031, 3, 16), date(2031, 3, 16), "day", "stated")


def reading(text: str, source: str, published: DateInterval) -> Reading:
    article = replace(article_of(text, source), published=published)
    return Reading(article, (), (), (), (), (), ())


def statement(words: str, source: str) -> Statement:
    return Statement(
        id=f"stm-{source}",
        evidence=(Evidence(source, 0, len(words), words),),
        coder="hand",
        confidence=1.0,
        speaker=Actor("ARD", "Mira Holt", kind="person"),
        party=None,
        addressee=None,
        said=DAY,
        quote_type="indirect",
        words=words,
        cue="said",
        on_record="on",
        vehicle=None,
        speech_act="state",
        authority="ministry",
        source_span=None,
        cue_span=None,
        content_spans=(Span(0, len(words)),),
    )


def event(words: str, source: str) -> Event:
    return Event(
        id=f"evt-{source}",
        evidence=(Evidence(source, 0, len(words), words),),
        coder="hand",
        confidence=1.0,
        actors=(Actor("ARD", "Ardania"),),
        recipients=(),
        type="MOBILIZE",
        mode=None,
        cameo=None,
        quad="material conflict",
        intensity=-7.0,
        date=DAY,
        place=None,
        modality="happened",
        attributed_to=None,
        summary="Ardania tests a rocket",
        trigger=Span(0, 1),
    )


DATED = replace(
    reading("Holt spoke on Friday.", "src-1", STATED),
    statements=(
        statement("the country reconsiders whether to continue the nuclear negotiations and its moratorium", "src-1"),
    ),
    events=(event("Holt opened a ballistic rocket range on the eastern coast", "src-1"),),
    people=(Person("Mira Holt", "ARD"),),
)
UNDATED = reading(
    "Talks stand at a crossroads, analysts said.\n\n"
    "On Friday Mira Holt said that she might not continue, and that the moratorium was in doubt.",
    "src-2",
    UNKNOWN_DATE,
)


def infer(each: Reading, anchors: Sequence[KnownEvent]) -> DateInterval:
    return infer_published(each.article, recognise(each.article.text), anchors)


def test_anchors_come_from_stated_dates_alone() -> None:
    anchors = anchors_of(DATED)
    assert {anchor.start for anchor in anchors} == {FRIDAY}
    assert {anchor.id for anchor in anchors} == {"stm-src-1", "evt-src-1"}
    guessed = replace(DATED, article=replace(DATED.article, published=replace(STATED, basis="inferred: x")))
    assert anchors_of(guessed) == ()


def test_an_undated_report_is_dated_by_a_dated_one() -> None:
    (made,) = redate([DATED, UNDATED], anchors_of(DATED), infer)
    assert made.source == "src-2"
    assert made.published.start is not None
    assert made.published.end is not None
    assert made.published.start <= FRIDAY + (date(2031, 3, 15) - FRIDAY) <= made.published.end
    assert (made.published.end - made.published.start).days < 8
    assert "Mira Holt" in made.published.basis


def test_nothing_changes_twice_and_order_is_nothing() -> None:
    (made,) = redate([UNDATED, DATED], anchors_of(DATED), infer)
    again = replace(UNDATED, article=replace(UNDATED.article, published=made.published))
    assert redate([again, DATED], anchors_of(DATED), infer) == ()
    assert redate([UNDATED], (), infer) == ()


def test_anchors_out_of_reach_are_left_out() -> None:
    far = replace(anchors_of(DATED)[0], start=date(2025, 1, 1), end=date(2025, 1, 1))
    assert in_reach([far], STATED) == ()
    assert in_reach([far], UNKNOWN_DATE) == (far,)


def test_short_names() -> None:
    assert short_name("Choe Son-hui") == "choe"
    assert short_name("Kim Jong Un") == "kim"
    assert short_name("Mira Holt") == "holt"
    assert short_name("") == ""
