"""Offices as the text gives them: without what only leads up to them."""

from __future__ import annotations

from functools import cache

import pytest
from spacy.language import Language

from summitry.casebook import casebook_for
from summitry.reader.mentions import Gazetteer, compile_gazetteer, find_mentions
from summitry.reader.parse import article_of, load_parser, parse


@cache
def tools() -> tuple[Language, Gazetteer]:
    return load_parser(), compile_gazetteer(casebook_for(()))


def actor_of(text: str, name: str) -> tuple[str | None, str | None]:
    nlp, gazetteer = tools()
    document = next(parse(nlp, [article_of(text)]))
    mentions = find_mentions(document, casebook_for(()), gazetteer).mentions
    actor = next(m.actor for m in mentions if m.actor is not None and m.actor.name == name)
    return actor.code, actor.office


@pytest.mark.parametrize(
    ("text", "name", "code", "office"),
    [
        (
            "Earlier this month Iranian Vice Foreign Minister Omar Rahimi said no.",
            "Omar Rahimi",
            "IRNGOV",
            "Vice Foreign Minister",
        ),
        ("France sent its special envoy, Marie Duval, to Geneva.", "Marie Duval", "FRAGOV", "special envoy"),
        (
            "Iran spoke first. Omar Rahimi, the director general for American affairs, said no.",
            "Omar Rahimi",
            "IRNGOV",
            "director general for American affairs",
        ),
        (
            'Israel condemned the news.\n\n"It is what Iran wanted," said Intelligence Minister Dov Harel.',
            "Dov Harel",
            "ISRGOV",
            "Intelligence Minister",
        ),
        (
            "Rep. Paul Weaver, a Republican from Ohio and chairman of the House Budget Committee, agreed.",
            "Paul Weaver",
            "USALEG",
            "Rep.",
        ),
    ],
)
def test_office_and_party(text: str, name: str, code: str, office: str) -> None:
    assert actor_of(text, name) == (code, office)
