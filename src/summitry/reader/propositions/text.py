"""Propositions of a text by itself, with the parser and the world's parties."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from summitry.casebook import Casebook, load_leaders, load_world
from summitry.reader.mentions import Gazetteer, MentionIndex, compile_gazetteer, find_mentions
from summitry.reader.parse import article_of, load_parser, parse
from summitry.reader.propositions.find import find_propositions
from summitry.reader.propositions.proposition import Proposition

if TYPE_CHECKING:
    from spacy.language import Language


@lru_cache(maxsize=1)
def _tools() -> tuple[Language, Casebook, Gazetteer]:
    # Loading takes a second and nothing of it changes, so a process keeps it.
    casebook = Casebook(load_world(), (), load_leaders())
    return load_parser(), casebook, compile_gazetteer(casebook)


def propositions(text: str) -> tuple[Proposition, ...]:
    """Who takes which stand on what in a text, one (actor, predicate, point) each, in text order.

    Args:
        text: sentences of a report or a bulletin; paragraphs are parted by empty lines.

    Returns:
        Triples whose spans are code points of ``text``, half-open: ``text[span.start:span.end]`` are the words. What
        stands inside another's words is told by ``nested``.
    """
    nlp, casebook, gazetteer = _tools()
    document = next(parse(nlp, [article_of(text)]))
    return find_propositions(document, MentionIndex(find_mentions(document, casebook, gazetteer).mentions))
