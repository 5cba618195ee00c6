"""Quotations by any marks: hand-built paragraphs, and laws over arbitrary text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.reader.parse import article_of
from summitry.reader.statements.quotes import find_quotations


def quoted(text: str) -> list[str]:
    return [text[quote.start : quote.end] for quote in find_quotations(article_of(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no deal" and left.', ['"no deal"']),
        ("He said “no deal” and left.", ["“no deal”"]),
        ("He said «no deal» and left.", ["«no deal»"]),
        ("He said 'no deal yet,' and left.", ["'no deal yet,'"]),
        ("He said ''no deal'' and left.", ["''no deal''"]),
        ("It's the ministers' plan; they don't mind.", []),
        ("“She told me ‘wait,’ so I wait,” he said.", ["“She told me ‘wait,’ so I wait,”"]),
        ('"One," he said. "Two."', ['"One,"', '"Two."']),
        ('He said "no deal and left.', ['"no deal and left.']),
        ("“One.\n\n“Two,” he said.", ["“One.", "“Two,”"]),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    first, second = find_quotations(article_of("“One.\n\n“Two,” he said."))
    assert not first.closed
    assert second.resumes
    assert second.closed


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="ab '\"“”‘’«».,\n", max_size=120))
def test_quotations_lie_in_order_in_the_body(text: str) -> None:
    article = article_of(text)
    quotes = find_quotations(article)
    for quote in quotes:
        assert any(block.start <= quote.start < quote.end <= block.end for block in article.blocks)
    for before, after in itertools.pairwise(quotes):
        assert before.end <= after.start
