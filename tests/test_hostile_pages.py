"""Pages of HTML whose tags, attributes or short paragraphs would cost the square of their number."""

from __future__ import annotations

import time

import pytest

from summitry.clean import clean
from summitry.errors import UnreadableSource
from summitry.vocabulary import Article, Source

PARAGRAPH = "<p>The minister said on Monday that talks would resume in Geneva, two officials told reporters.</p>"


def _read(inside: str) -> Article:
    page = f"<html><body><article>{PARAGRAPH * 3}{inside}{PARAGRAPH}</article></body></html>"
    return clean(Source("x", page.encode(), "text/html"))


@pytest.mark.parametrize("one", ["a{} ", "a{}='x' ", "a{}='>' ", 'a{}="<p>" ', "a{} = x "])
def test_a_tag_of_too_many_attributes_is_refused(one: str) -> None:
    def tag(number: int) -> str:
        return f"<i {''.join(one.format(i) for i in range(number))}>x</i>"

    with pytest.raises(UnreadableSource, match="more than 1,000 attributes"):
        _read(tag(1_001))
    assert "talks would resume" in _read(tag(900)).text


@pytest.mark.parametrize(
    "inside",
    [
        "<script>if (a<b " + "c " * 3_000 + ")</script>",
        "<!-- <i " + "c " * 3_000 + "-->",
        "<i a='" + "c " * 3_000 + "'>x</i>",
    ],
    ids=["script", "comment", "value"],
)
def test_words_that_are_no_attributes_are_not_counted(inside: str) -> None:
    assert "talks would resume" in _read(inside).text


@pytest.mark.parametrize("one", ["<p>a", "a<br>", "a<BR/>"])
def test_a_page_of_too_many_lines_is_refused_before_it_is_parsed(one: str) -> None:
    began = time.process_time()
    with pytest.raises(UnreadableSource, match="100,004 paragraphs and line breaks; at most 30,000"):
        _read(one * 100_000)
    assert time.process_time() - began < 2


def test_many_short_paragraphs_cost_what_their_number_does() -> None:
    began = time.process_time()
    assert "talks would resume" in _read("<option>a" * 16_000).text
    assert time.process_time() - began < 5  # 0.3 s; 21 s where each looks for the next longer one
