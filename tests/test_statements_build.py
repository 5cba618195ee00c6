"""Statement rows: speaker, party, date, vehicle and act, with mentions and times made by hand."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import pytest

from summitry.reader.parse import article_of, load_parser, parse
from summitry.reader.statements import AttributionModel, build_statements, find_attributions
from summitry.vocabulary import Actor, DateInterval, Mention, Statement, TimeExpression

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token

VELDE = Actor("NLDGOV", "Marta Velde", "foreign minister", kind="person")
STATE = Actor("NLD", "Netherlands", kind="state")
PAPER = Actor("NLDMED", "Daily Courier", kind="media")
MONDAY = DateInterval(date(2024, 3, 4), date(2024, 3, 4), "day", "weekday")


@functools.cache
def tools() -> tuple[Language, AttributionModel]:
    return load_parser(), AttributionModel.load()


class Index:
    """Mentions by the words they stand on."""

    def __init__(self, text: str, words: dict[str, Actor]) -> None:
        self.mentions: list[Mention] = []
        for phrase, actor in words.items():
            start = text.find(phrase)
            while start >= 0:
                end = start + len(phrase)
                self.mentions.append(Mention(start, end, phrase, "name", actor, "by hand"))
                start = text.find(phrase, end)

    def at(self, offset: int) -> Mention | None:
        return next((m for m in self.mentions if m.start <= offset < m.end), None)

    def within(self, start: int, end: int) -> Sequence[Mention]:
        return [m for m in self.mentions if start <= m.start and m.end <= end]

    def of_head(self, token: Token) -> Mention | None:
        return self.at(token.idx)


def rows(text: str, words: dict[str, Actor], times: dict[str, DateInterval] | None = None) -> tuple[Statement, ...]:
    parser, model = tools()
    document = next(parse(parser, [article_of(text)]))
    expressions = [
        TimeExpression(text.find(w), text.find(w) + len(w), w, "DATE", str(i.start), i, "by hand")
        for w, i in (times or {}).items()
    ]
    return build_statements(document, find_attributions(document, model), Index(text, words), expressions)


def test_a_person_speaks_for_a_state() -> None:
    (row,) = rows("Foreign Minister Marta Velde said that the talks had stalled.", {"Marta Velde": VELDE})
    assert row.speaker == VELDE
    assert row.party is not None
    assert row.party.code == "NLD"
    assert row.words == "the talks had stalled"
    assert row.evidence[0].exact == "the talks had stalled"
    assert row.on_record == "on"
    assert row.authority == "ministry"


def test_an_unnamed_official_is_anonymous_with_the_institution() -> None:
    (row,) = rows("A senior Dutch official told reporters that the talks had stalled.", {"Dutch": STATE})
    assert row.speaker is not None
    assert row.speaker.name == "senior Dutch official"
    assert row.on_record == "anonymous"
    assert row.party is not None
    assert row.party.code == "NLD"
    assert row.addressee is not None
    assert row.addressee.name == "reporters"


def test_media_speak_for_no_party() -> None:
    (row,) = rows("The Daily Courier reported that the talks had stalled.", {"Daily Courier": PAPER})
    assert row.speaker == PAPER
    assert row.party is None


def test_a_former_official_speaks_for_no_party() -> None:
    former = dataclasses.replace(VELDE, office="former foreign minister")
    (row,) = rows("Marta Velde said that the talks had stalled.", {"Marta Velde": former})
    assert row.party is None


def test_the_day_beside_the_cue_is_when_it_was_said() -> None:
    (row,) = rows("Marta Velde said Monday that the talks had stalled.", {"Marta Velde": VELDE}, {"Monday": MONDAY})
    assert (row.said.start, row.said.end) == (MONDAY.start, MONDAY.end)


def test_a_day_in_the_content_is_not() -> None:
    (row,) = rows("Marta Velde said that the talks stalled on Monday.", {"Marta Velde": VELDE}, {"Monday": MONDAY})
    assert row.said.precision == "unknown"


def test_the_same_speakers_other_statements_inherit_the_day() -> None:
    text = "Marta Velde said Monday that the talks had stalled.\n\nVelde warned that time was short."
    first, second = rows(text, {"Marta Velde": VELDE, "\n\nVelde": VELDE}, {"Monday": MONDAY})
    assert second.speaker == first.speaker
    assert second.said.start == MONDAY.start
    assert second.said.basis.startswith("inherited")


@pytest.mark.parametrize(
    ("text", "vehicle"),
    [
        ("Marta Velde said in a statement that the talks had stalled.", "statement"),
        ("Marta Velde said on Twitter that the talks had stalled.", "Twitter"),
        ("“The talks have stalled,” Marta Velde said in an interview with CNN.", "interview with CNN"),
    ],
)
def test_vehicles(text: str, vehicle: str) -> None:
    assert [row.vehicle for row in rows(text, {"Marta Velde": VELDE})] == [vehicle]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Marta Velde said that the talks had stalled.", "state"),
        ("Marta Velde urged both sides to return to the table.", "demand"),
        ("Marta Velde vowed to keep the border open.", "promise"),
        ("Marta Velde accused the other side of bad faith.", "accuse"),
        ("Marta Velde thanked the hosts for their patience.", "praise"),
        ("Marta Velde said that the sanctions must be lifted.", "demand"),
        ("Marta Velde denied that the talks had stalled.", "deny"),
    ],
)
def test_acts(text: str, act: str) -> None:
    assert act in [row.speech_act for row in rows(text, {"Marta Velde": VELDE})]


def test_a_quoted_sentence_behind_narration_is_its_own_statement() -> None:
    text = '"We are ready," Marta Velde said. "The door is open."'
    first, second = rows(text, {"Marta Velde": VELDE})
    assert (first.words, second.words) == ('"We are ready,"', '"The door is open."')
    assert first.speaker == second.speaker
    assert first.id != second.id


def test_an_editorial_speaks_in_its_own_voice() -> None:
    parser, model = tools()
    article = dataclasses.replace(
        article_of("We urge both sides to return to the table."), kind="editorial", outlet="Daily Courier"
    )
    document = next(parse(parser, [article]))
    (row,) = build_statements(document, find_attributions(document, model), Index(article.text, {}), [])
    assert row.speaker is not None
    assert row.speaker.name == "Daily Courier"
    assert row.party is None


def test_who_passed_the_words_on_is_the_chain() -> None:
    text = "The Daily Courier reported that Marta Velde said the talks had stalled."
    inner = [r for r in rows(text, {"Daily Courier": PAPER, "Marta Velde": VELDE}) if r.speaker == VELDE]
    assert [row.evidence[0].attribution_chain for row in inner] == [("Daily Courier",)]


def test_evidence_stands_in_the_article() -> None:
    text = "Marta Velde said “we wait,” and added that nobody\nwould leave."
    for row in rows(text, {"Marta Velde": VELDE}):
        row.evidence[0].check(article_of(text))
