"""Meetings of one article: which mentions are one meeting, and at which level it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from spacy.language import Language

from summitry.reader.events.draft import Draft
from summitry.reader.events.meeting import level_of
from summitry.reader.events.merge import same
from summitry.reader.parse import load_parser
from summitry.vocabulary import UNKNOWN_DATE, Actor

ARD = Actor("ARDGOV", "Ada Arn", office="President", kind="person")
ARD_MINISTER = Actor("ARDGOV", "Olf Ost", office="Foreign Minister", kind="person")
BEL = Actor("BELGOV", "Bo Berg", office="Prime Minister", kind="person")
BEL_ENVOY = Actor("BELGOV", "Cy Dahl", office="special envoy", kind="person")
BEL_STATE = Actor("BEL", "Belmark")


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_parser()


def draft(nlp: Language, words: str, trigger: str, *actors: Actor) -> Draft:
    doc = nlp(words)
    token = next(token for token in doc if token.text == trigger)
    return Draft(
        trigger=token,
        noun=token.pos_ == "NOUN",
        type="CONSULT",
        mode=None,
        actors=actors,
        recipients=(),
        modality="happened",
        date=UNKNOWN_DATE,
        place=None,
        words=(0, len(words)),
        known=None,
        said_in=None,
        weight=0.7,
        coder="test",
    )


@pytest.mark.parametrize(
    ("words", "trigger", "actors", "level"),
    [
        ("they met in Lund", "met", (ARD, BEL), "summit"),
        ("he met her to prepare the summit", "met", (ARD_MINISTER, BEL), "ministerial"),
        ("she received the envoy", "received", (ARD, BEL_ENVOY), "other"),
        ("the envoy met the minister", "met", (ARD_MINISTER, BEL_ENVOY), "working level"),
        ("Arn met with King Olaf of Belmark", "met", (ARD, BEL_STATE), "summit"),
        ("Arn met with President Arn's hosts", "met", (ARD, BEL_STATE), "other"),
        ("Arn also spoke to Berg", "spoke", (ARD, BEL), "other"),
        ("the prime minister met them", "met", (BEL,), "other"),
        ("talks go on at a lower level, one rung under the ministers", "talks", (BEL_STATE,), "working level"),
    ],
)
def test_a_meeting_is_of_the_level_of_its_lesser_side(
    nlp: Language, words: str, trigger: str, actors: tuple[Actor, ...], level: str
) -> None:
    found = draft(nlp, words, trigger, *actors)
    assert level_of(found, words, actors) == level


def test_what_is_written_is_a_letter(nlp: Language) -> None:
    wrote = replace(draft(nlp, "Arn wrote to Berg in May", "wrote", ARD, BEL), mode="phone")
    assert level_of(wrote, "Arn wrote to Berg in May", (ARD, BEL)) == "letter"


def test_mentions_without_difference_are_one_meeting(nlp: Language) -> None:
    assert same(draft(nlp, "they met", "met", ARD, BEL), draft(nlp, "the two met again", "met", ARD, BEL))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("the first summit came in May", "summit", ARD, BEL), ("a second summit followed", "summit", ARD, BEL)),
        (("they held talks", "talks", ARD, BEL), ("the ministers held talks", "talks", ARD_MINISTER, BEL)),
        (("Arn and Berg met", "met", ARD, BEL), ("the negotiators of both met", "met", Actor("ARD", "A"), BEL_STATE)),
    ],
)
def test_meetings_that_surely_differ_are_two(
    nlp: Language, first: tuple[str, str, Actor, Actor], second: tuple[str, str, Actor, Actor]
) -> None:
    assert not same(draft(nlp, *first), draft(nlp, *second))
