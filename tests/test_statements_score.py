"""The scorer against itself: gold scores 1, nothing scores 0, half is counted by hand."""

from __future__ import annotations

from summitry.evaluate.attribution import OVERLAP, overlap, score_attributions
from summitry.reader.statements import Attribution
from summitry.vocabulary import Span

TEXT = 'The envoy said the talks went on. "No deal," his aide added.'
SENTENCES = [Span(0, 33), Span(34, len(TEXT))]
GOLD = [
    Attribution(Span(0, 9), Span(10, 14), (Span(15, 32),), "indirect", "say", "utterance", "gold", 1.0),
    Attribution(Span(45, 53), Span(54, 59), (Span(34, 44),), "direct", "add", "utterance", "gold", 1.0),
]


def test_gold_scores_one() -> None:
    score = score_attributions(TEXT, SENTENCES, GOLD, GOLD)
    for tally in (score.content, score.source, score.cue, score.sentence, score.overlap):
        assert tally.f == 1.0
    assert score.indirect.recall == 1.0


def test_nothing_found_scores_zero_and_nothing_expected_is_undefined() -> None:
    assert score_attributions(TEXT, SENTENCES, [], GOLD).content.f == 0.0
    assert score_attributions(TEXT, SENTENCES, [], []).content.f is None


def test_half_found() -> None:
    score = score_attributions(TEXT, SENTENCES, GOLD[1:], GOLD)
    assert score.content.precision == 1.0
    assert score.content.recall == 0.5
    assert score.sentence.recall == 0.5
    assert score.indirect.recall == 0.0


def test_a_boundary_off_by_some_is_overlap_and_not_exact() -> None:
    wide = Attribution(Span(0, 9), Span(10, 14), (Span(15, 28),), "indirect", "say", "utterance", "x", 1.0)
    score = score_attributions(TEXT, SENTENCES, [wide], GOLD[:1])
    assert score.content.right == 0
    assert score.overlap.right == 1
    assert overlap(wide.content_spans, GOLD[0].content_spans) > OVERLAP


def test_documents_add_up() -> None:
    one = score_attributions(TEXT, SENTENCES, GOLD, GOLD)
    both = one + one
    assert both.content.right == 2 * one.content.right
    assert both.source.f == 1.0
