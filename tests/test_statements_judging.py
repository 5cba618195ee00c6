"""How a right speaker and a right row are judged: one party by any of its names, and nobody else."""

from __future__ import annotations

from datetime import date

import pytest

from benchmarks.quality.news_statements import Wanted, pairs_of, pieces_of, score
from benchmarks.quality.speaker_names import same_name
from summitry.vocabulary import Actor, DateInterval, EntityKind, Evidence, Span, Statement

SAID = DateInterval(date(2019, 1, 1), date(2019, 1, 1), "day")


def actor(name: str, code: str | None = None, kind: EntityKind = "body") -> Actor:
    return Actor(code, name, kind=kind)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Beijing", actor("China", "CHN", "state")),
        ("The EU", actor("European Union", "IGOEUREEC", "organisation")),
        ("the UK", actor("British government", "GBRGOV")),
        ("KCNA", actor("Korean Central News Agency", "PRKMED", "media")),
        ("Mr. Obama", actor("Barack Obama", "USAGOV", "person")),
        ("Vice President Pence", actor("Mike Pence", "USAGOV", "person")),
        ("France's foreign ministry", actor("foreign ministry", "FRAGOV")),
        ("Paris and London", actor("France and United Kingdom", None, "group")),
    ],
)
def test_one_speaker_by_another_name(wanted: str, found: Actor) -> None:
    assert same_name(wanted, found)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("South Korea", actor("North Korea", "PRK", "state")),
        ("France", actor("French foreign ministry", "FRAGOV")),
        ("France", actor("French official", "FRAGOV", "person")),
        ("French foreign ministry", actor("foreign ministry", "DEUGOV")),
        ("French foreign ministry", actor("France", "FRA", "state")),
        ("France and Germany", actor("France", "FRA", "state")),
        ("White House", actor("United States", "USA", "state")),
        ("President Sarkozy", actor("President Hollande", "FRAGOV", "person")),
        ("Kim Yo Jong", actor("Kim Jong Un", "PRKGOV", "person")),
    ],
)
def test_another_speaker(wanted: str, found: Actor) -> None:
    assert not same_name(wanted, found)


def row(speaker: str, *spans: tuple[int, int]) -> Statement:
    return Statement(
        id=f"stm-{spans}",
        evidence=(Evidence("src", *spans[0], "x" * (spans[0][1] - spans[0][0])),),
        coder="hand",
        confidence=1.0,
        speaker=actor(speaker, None, "person"),
        party=None,
        addressee=None,
        said=SAID,
        quote_type="direct",
        words="x",
        cue="say",
        on_record="on",
        vehicle=None,
        speech_act="state",
        authority="other",
        source_span=None,
        cue_span=None,
        content_spans=tuple(Span(*span) for span in spans),
    )


def gold(speaker: str, *spans: tuple[int, int]) -> Wanted:
    return Wanted("a", tuple(Span(*span) for span in spans), speaker, False, None, "direct")


WHOLE = gold("Ann Poe", (0, 40), (60, 90))


def test_a_divided_statement_counts_once() -> None:
    counts = score([WHOLE], [row("Ann Poe", (0, 40)), row("Ann Poe", (60, 90))])
    assert (counts.found.right, counts.found.found, counts.found.expected) == (1, 1, 1)
    assert counts.apart.found == 2
    joined = score([gold("Ann Poe", (0, 40)), gold("Ann Poe", (60, 90))], [row("Ann Poe", (0, 40), (60, 90))])
    assert (joined.found.right, joined.found.found, joined.found.expected) == (1, 1, 1)


def test_a_piece_given_to_somebody_else_or_told_twice_is_a_row_too_many() -> None:
    for second in (row("Bob Roe", (60, 90)), row("Ann Poe", (0, 30)), row("Ann Poe", (60, 120))):
        counts = score([WHOLE], [row("Ann Poe", (0, 40)), second])
        assert counts.found.found == 2
    both_wrong = [row("Bob Roe", (0, 40)), row("Bob Roe", (60, 90))]
    assert pieces_of([WHOLE], both_wrong, pairs_of([WHOLE], both_wrong)) == (set(), set())
