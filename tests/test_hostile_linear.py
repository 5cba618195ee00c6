"""Reading costs what an article's length costs, whatever it says; places are looked up without looking at all."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.linearity import KINDS, article
from summitry.clean import clean
from summitry.reader.parse import LONGEST_SENTENCE, article_of, load_parser, parse, plain_text
from summitry.reader.pipeline import Reader
from summitry.reader.stretches import Stretches
from summitry.vocabulary import Source

WORDS = 1_500
LONGER = 4
MOST = 9.0
"""Times the cost at four times the length: 4 is linear, 16 quadratic; the rest is for a noisy machine."""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(light=True)


def growth(work: Callable[[int], object]) -> float:
    """How many times more processor time work on four times as much takes; the best of three."""
    best = float("inf")
    for _ in range(3):
        spent = []
        for size in (WORDS, LONGER * WORDS):
            began = time.process_time()
            work(size)
            spent.append(time.process_time() - began)
        best = min(best, spent[1] / spent[0])
        if best < MOST:
            break
    return best


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_reading_grows_with_the_length(reader: Reader, kind: str) -> None:
    articles = {size: clean(Source("x", article(kind, size).encode())) for size in (WORDS, LONGER * WORDS)}
    reader.read(articles[WORDS])
    assert growth(lambda size: reader.read(articles[size])) < MOST


def test_growth_tells_what_is_quadratic() -> None:
    def quadratic(size: int) -> int:
        return sum(one == other for one in range(size // 3) for other in range(size // 3))

    def linear(size: int) -> int:
        return sum(one % 7 for one in range(200 * size))

    assert growth(quadratic) > MOST
    assert growth(linear) < MOST


@pytest.mark.parametrize("mark", ["", ",", ";"])
def test_no_sentence_is_longer_than_the_bound(mark: str) -> None:
    text = f"and the minister said that the envoy would meet them in Oslo{mark} " * 80
    document = next(parse(load_parser(), [article_of(text)]))
    lengths = [len(one) for one in document.doc.sents]
    assert max(lengths) <= LONGEST_SENTENCE
    assert len(lengths) < 12
    assert document.doc.text == document.plain
    if mark:
        assert all(one.text.rstrip().endswith(mark) for one in list(document.doc.sents)[:-1])


@pytest.mark.parametrize("run", ["“‘" * 900, "a.b@" * 500, "x" * 2_000, "http://paper.example/" + "a-" * 400])
def test_a_run_without_a_space_is_loosened_at_its_marks(run: str) -> None:
    text = f"The envoy of Arden said {run} on Monday."
    one = article_of(text)
    plain = plain_text(one)
    assert len(plain) == len(text)
    assert "".join(plain.split()).startswith("TheenvoyofArdensaid")
    longest = max(len(piece) for piece in plain.split())
    assert longest <= 600 or run.isalnum()


@settings(deadline=None, max_examples=200)
@given(
    rows=st.lists(st.tuples(st.integers(0, 3_000), st.integers(1, 1_500)), max_size=25),
    start=st.integers(0, 4_500),
    size=st.integers(1, 1_200),
)
def test_stretches_answer_as_if_all_were_looked_at(rows: list[tuple[int, int]], start: int, size: int) -> None:
    spans = [(low, low + length, number) for number, (low, length) in enumerate(rows)]
    held = Stretches(spans)
    end = start + size
    assert list(held.holding(start)) == [row for row in spans if row[0] <= start < row[1]]
    assert list(held.holding(start, end)) == [row for row in spans if row[0] <= start and end <= row[1]]
    assert list(held.touching(start, end)) == [row for row in spans if row[0] < end and row[1] > start]
