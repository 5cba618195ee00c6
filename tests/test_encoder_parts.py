"""The encoder's run-time parts without its weights: cutting, activation, heads, lazy windows, the branch's rows."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.reader.encoder import DocumentEncoding, Encoded, Heads
from summitry.reader.encoder.branch import SOURCE_ROLE, TARGET_ROLE, RelationBranch
from summitry.reader.encoder.heads import gelu
from summitry.reader.encoder.model import LONGEST, WIDTH, Pass, _cuts


def test_the_activation_is_that_of_the_error_function() -> None:
    values = np.linspace(-6, 6, 241, dtype=np.float32)
    exact = [0.5 * v * (1 + math.erf(v / math.sqrt(2))) for v in values.tolist()]
    assert np.abs(gelu(values) - np.array(exact)).max() < 1e-5


@given(st.lists(st.integers(1, 6), min_size=0, max_size=300))
@settings(max_examples=60, deadline=None)
def test_cuts_cover_all_subwords_in_order_between_words(pieces: list[int]) -> None:
    word = np.repeat(np.arange(len(pieces)), pieces).astype(np.int64)
    cuts = _cuts(word)
    assert [k for low, high in cuts for k in range(low, high)] == list(range(len(word)))
    assert all(high - low <= LONGEST for low, high in cuts)
    assert all(low == 0 or word[low] != word[low - 1] for low, _ in cuts)


def test_a_word_longer_than_a_pass_is_cut_all_the_same() -> None:
    word = np.zeros(2 * LONGEST + 5, dtype=np.int64)
    assert sum(high - low for low, high in _cuts(word)) == len(word)


def _heads(width: int = 4) -> Heads:
    draw = np.random.default_rng(3)

    def matrix(*shape: int) -> np.ndarray:
        return draw.normal(size=shape).astype(np.float32)

    return Heads(
        {
            "cue.weight": matrix(1, width), "cue.bias": matrix(1),
            "span_word.weight": matrix(5, width), "span_word.bias": matrix(5),
            "span_cue.weight": matrix(5, width), "span_cue.bias": matrix(5),
            "span_place.weight": matrix(2 * 3 + 3, 5),
            "span_out.weight": matrix(6, 5), "span_out.bias": matrix(6),
            "transitions": matrix(6, 6), "starts": matrix(6),
        },
        "test",
    )  # fmt: skip


def test_span_scores_are_those_of_the_formula_written_out() -> None:
    heads, w = _heads(), _heads().weights
    words = np.random.default_rng(5).normal(size=(9, 4)).astype(np.float32)
    found = heads.spans(words, np.array([1, 7]))
    assert [scores.shape for scores in found] == [(9, 6), (9, 6)]
    for cue, scores in zip((1, 7), found, strict=True):
        for at in range(9):
            place = w["span_place.weight"][min(max(at - cue, -4), 4) + 4]
            hidden = w["span_word.weight"] @ words[at] + w["span_word.bias"]
            hidden = hidden + w["span_cue.weight"] @ words[cue] + w["span_cue.bias"] + place
            active = np.array([0.5 * v * (1 + math.erf(v / math.sqrt(2))) for v in hidden.tolist()])
            assert scores[at] == pytest.approx(w["span_out.weight"] @ active + w["span_out.bias"], abs=1e-4)


class _Counting:
    """An encoder that says how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    def encode(self, words: Sequence[str]) -> Encoded:
        self.asked.append(tuple(words))
        return Encoded(np.zeros((len(words), WIDTH), np.float32), ())


def test_a_window_is_encoded_once_and_only_when_asked_for() -> None:
    encoder = _Counting()
    words = ["Oslo", "waits", ".", "Bergen", "agrees", "."]
    starts = np.array([0, 5, 10, 12, 19, 25])
    encoding = DocumentEncoding(encoder, words, starts, np.array([0, 3, 6]))  # type: ignore[arg-type]
    assert encoding.windows == 2
    assert not encoding.known(0)
    assert not encoding.known(1)
    encoding.window(1)
    encoding.window(1)
    assert encoding.known(1)
    assert not encoding.known(0)
    assert encoder.asked == [("Bergen", "agrees", ".")]
    assert encoding.words_of(12, 25) == (3, 5)
    assert encoding.window_of(4) == (1, 3)


class _Echo:
    """A session that hands back what it was given."""

    def __init__(self) -> None:
        self.given: dict[str, np.ndarray] = {}

    def run(self, _outputs: None, given: dict[str, np.ndarray]) -> list[np.ndarray]:
        self.given = given
        return [np.arange(15, dtype=np.float32)[None, :]]


def _branch() -> tuple[RelationBranch, _Echo]:
    branch = RelationBranch.__new__(RelationBranch)
    echo = _Echo()
    branch._session = echo
    return branch, echo


def _pass(words: list[int]) -> Pass:
    word = np.array([-1, *words, -1])
    return Pass(word, np.repeat(np.arange(len(word), dtype=np.float32)[:, None], WIDTH, axis=1))


def test_the_branch_sees_the_sentence_between_the_marks_with_its_roles() -> None:
    branch, echo = _branch()
    window = Encoded(np.zeros((6, WIDTH), np.float32), (_pass([0, 0, 1, 2, 3, 4, 5]),))
    scores = branch.scores(window, (1, 5), (1, 2), (3, 5))
    assert scores is not None and len(scores) == 15
    assert echo.given["roles"].tolist() == [[0, SOURCE_ROLE, 0, TARGET_ROLE, TARGET_ROLE, 0]]
    # Opening mark, the four words' subwords, closing mark.
    assert echo.given["hidden"][0, :, 0].tolist() == [0, 3, 4, 5, 6, 8]


def test_a_pair_that_is_not_in_the_window_has_no_scores() -> None:
    branch, _ = _branch()
    window = Encoded(np.zeros((3, WIDTH), np.float32), (_pass([0, 1, 2]),))
    assert branch.scores(window, (0, 3), (0, 1), (5, 6)) is None
