"""What is in view while one sentence is read for acts: its dated words, statements, known facts, parties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.reader.events.parties import Mentions, party_code
from summitry.reader.spoken import StatementIndex

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Span as Sentence

    from summitry.reader.document import Document
    from summitry.reader.events.known import Facts
    from summitry.reader.events.when import DatedWords
    from summitry.vocabulary import Actor, Statement, TimeExpression


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """One sentence and what bears on it.

    ``until`` is the last day the report can have come out on (None: unknown); ``names`` the full names of parties by
    code; ``before`` the parties of the act told just before this sentence, ``tester`` who tested or deployed last;
    ``sides`` the two that the article is about, ``bloc`` all who negotiate where a group is a side; ``ranked`` its
    parties by how often it names them; ``capitals`` the names of capitals by "the ... capital" in lower case.
    """

    document: Document
    mentions: Mentions
    sentence: Sentence
    dated: tuple[DatedWords, ...]
    times: tuple[TimeExpression, ...]
    facts: Facts
    until: date | None
    statements: Sequence[Statement]
    names: Mapping[str, str]
    before: tuple[Actor, ...]
    tester: tuple[Actor, ...]
    sides: tuple[Actor, ...]
    bloc: tuple[Actor, ...]
    ranked: tuple[Actor, ...]
    capitals: Mapping[str, str]


def content_at(statements: Sequence[Statement], offset: int) -> Statement | None:
    """The innermost statement whose content covers an offset."""
    if isinstance(statements, StatementIndex):
        holding = [(end - start, statement) for start, end, statement in statements.contents.holding(offset)]
    else:
        holding = [
            (span.end - span.start, statement)
            for statement in statements
            for span in statement.content_spans
            if span.start <= offset < span.end
        ]
    return min(holding, key=lambda pair: pair[0])[1] if holding else None


def cued_at(statements: Sequence[Statement], offset: int) -> Statement | None:
    """The statement whose cue covers an offset."""
    if isinstance(statements, StatementIndex):
        return next((statement for _, _, statement in statements.cues.holding(offset)), None)
    for statement in statements:
        span = statement.cue_span
        if span is not None and span.start <= offset < span.end:
            return statement
    return None


def codes_in(sight: Sight, start: int, end: int) -> set[str]:
    """Codes of the parties mentioned in a stretch."""
    found: set[str] = set()
    for mention in sight.mentions.within(start, end):
        found |= {party_code(member) for member in mention.members}
        if mention.actor is not None:
            found.add(party_code(mention.actor))
    return found - {""}
