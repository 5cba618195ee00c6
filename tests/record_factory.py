"""Readings made by hand, for the tests of the record, the tables and the commands. All sentences are our own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from summitry.vocabulary import (
    UNKNOWN_DATE,
    Actor,
    Article,
    DateInterval,
    Event,
    Evidence,
    LabelledSpan,
    Meeting,
    Mention,
    Move,
    Office,
    Person,
    Position,
    Reading,
    Source,
    Span,
    Statement,
    TimeExpression,
    content_id,
)

USA = Actor("USA", "United States")
PRK = Actor("PRK", "North Korea")
MINISTER = Actor("PRKGOV", "Han Song-ok", "vice foreign minister", kind="person")
OFFICIAL = Actor("USAGOV", "senior official", "State Department", anonymous=True, kind="person")

HEADLINE = "Envoys meet in Tallinn"
BYLINE = "By Mari Tamm"
FURNITURE = "Share this story"
FIRST = "Envoys of the United States and North Korea met in Tallinn on {day}."
SECOND = "“Sanctions must go first,” Vice Foreign Minister Han Song-ok said."
THIRD = "A senior official said Washington might freeze the drills, version {version}."


def day(value: str, basis: str = "stated") -> DateInterval:
    """One day as an interval."""
    at = date.fromisoformat(value)
    return DateInterval(at, at, "day", basis)


def make_source(number: int = 0, *, uri: str | None = None, met: str = "2019-05-03", text: str | None = None) -> Source:
    """A source whose text depends on ``number`` alone."""
    body = text if text is not None else text_of(number, met)
    return Source(uri or f"reports/{number}.txt", body.encode("utf-8", "surrogatepass"))


def text_of(number: int, met: str) -> str:
    """Headline, byline, a furniture line and three sentences in two paragraphs."""
    return "\n".join(
        (HEADLINE, BYLINE, FURNITURE, "", f"{FIRST.format(day=met)} {SECOND}", "", THIRD.format(version=number))
    )


def make_reading(
    number: int = 0,
    *,
    met: str = "2019-05-03",
    published: DateInterval | None = None,
    outlet: str = "The Baltic Example",
) -> tuple[Reading, Source]:
    """A report with one meeting, one direct and one anonymous indirect statement, one move and one position.

    All ids depend on ``number``.
    """
    source = make_source(number, met=met)
    text = text_of(number, met)

    def span(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    def labelled(words: str, label: str) -> LabelledSpan:
        at = span(words)
        return LabelledSpan(at.start, at.end, label)

    first, second, third = FIRST.format(day=met), SECOND, THIRD.format(version=number)
    article = Article(
        source_id=source.id,
        text=text,
        blocks=(span(f"{first} {second}"), span(third)),
        furniture=(labelled(FURNITURE, "share"),),
        metadata_spans=(labelled(HEADLINE, "headline"), labelled(BYLINE, "byline")),
        headline=HEADLINE,
        byline="Mari Tamm",
        agency=None,
        outlet=outlet,
        published=published or day("2019-05-04"),
        uri=source.uri,
    )

    def evidence(words: str, chain: tuple[str, ...] = ()) -> Evidence:
        at = span(words)
        return Evidence.of(article, at.start, at.end, chain)

    reading = Reading(
        article=article,
        sentences=(span(first), span(second), span(third)),
        times=(
            TimeExpression(
                span(met).start,
                span(met).end,
                met,
                "DATE",
                met,
                day(met, "iso"),
                "iso-date",
                (DateInterval(None, date.fromisoformat(met), "interval", "by then"),),
            ),
        ),
        mentions=(
            Mention(span("United States").start, span("United States").end, "United States", "name", USA, "gazetteer"),
            Mention(
                span("Envoys of").start,
                span("Envoys of").end - 3,
                "Envoys",
                "collective",
                None,
                "collective",
                (USA, PRK),
            ),
        ),
        people=(
            Person("Han Song-ok", "PRK", ("Han",), (Office("Vice Foreign Minister", "PRK", date(2019, 5, 3), None),)),
        ),
        statements=(
            Statement(
                id=content_id("st", source.id, "sanctions"),
                evidence=(evidence("“Sanctions must go first,”", ("Baltic Example", "KCNA")),),
                coder="hand/1",
                confidence=0.9,
                speaker=MINISTER,
                party=PRK,
                addressee=USA,
                said=day(met),
                quote_type="direct",
                words="Sanctions must go first,",
                cue="said",
                on_record="on",
                vehicle=None,
                speech_act="demand",
                authority="ministry",
                source_span=span("Vice Foreign Minister Han Song-ok"),
                cue_span=span("said"),
                content_spans=(span("“Sanctions must go first,”"),),
            ),
            Statement(
                id=content_id("st", source.id, "drills"),
                evidence=(evidence("Washington might freeze the drills"),),
                coder="hand/1",
                confidence=0.7,
                speaker=OFFICIAL,
                party=USA,
                addressee=None,
                said=DateInterval(None, None, "unknown", "unknown"),
                quote_type="indirect",
                words="Washington might freeze the drills",
                cue="said",
                on_record="anonymous",
                vehicle=None,
                speech_act="offer",
                authority="other",
                source_span=span("A senior official"),
                cue_span=None,
                content_spans=(span("Washington might freeze the drills"),),
            ),
        ),
        events=(
            Event(
                id=content_id("ev", source.id, "met"),
                evidence=(evidence(first),),
                coder="hand/1",
                confidence=0.8,
                actors=(USA,),
                recipients=(PRK,),
                type="CONSULT",
                mode="meet",
                cameo="040",
                quad="verbal cooperation",
                intensity=1.0,
                date=day(met),
                place="Tallinn",
                modality="happened",
                attributed_to=None,
                summary="United States and North Korea met in Tallinn",
                trigger=span("met"),
                meeting=Meeting(level="working level", venue="Tallinn", delegations=(OFFICIAL, MINISTER), outcome=None),
            ),
        ),
        cases=("korea",),
        moves=(
            Move(
                id=content_id("mov", source.id, "sanctions"),
                evidence=(evidence("Sanctions must go first", ("KCNA",)),),
                coder="hand/1",
                confidence=0.7,
                kind="precondition",
                proposer=PRK,
                addressee=USA,
                issue="sanctions",
                give=None,
                get="Sanctions must go",
                condition="first",
                sequence="after",
                status=None,
                responds_to=None,
                date=day(met),
            ),
        ),
        positions=(
            Position(
                id=content_id("pos", source.id, "drills"),
                evidence=(evidence("Washington might freeze the drills"),),
                coder="hand/1",
                confidence=0.6,
                party=USA,
                issue="drills",
                stance="offer",
                summary="freeze the drills",
                condition=None,
                attributed_by="self",
                held=UNKNOWN_DATE,
            ),
        ),
    )
    return reading, source


def make_freeze(reading: Reading, when: DateInterval) -> Reading:
    """The same reading with one more event: a planned freeze, at a date of its own."""
    words = "Washington might freeze the drills"
    at = reading.article.text.index(words)
    event = Event(
        id=content_id("ev", reading.article.source_id, "freeze"),
        evidence=(Evidence.of(reading.article, at, at + len(words)),),
        coder="hand/1",
        confidence=0.5,
        actors=(USA,),
        recipients=(),
        type="RETREAT",
        mode=None,
        cameo=None,
        quad="material cooperation",
        intensity=5.0,
        date=when,
        place=None,
        modality="planned",
        attributed_to=OFFICIAL,
        summary="United States to freeze drills",
        trigger=Span(at + words.index("freeze"), at + words.index("freeze") + 6),
    )
    return replace(reading, events=(*reading.events, event))
