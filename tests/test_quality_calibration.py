"""Which rows count as right, and the figures of a least confidence, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.quality.calibration import figures_of, judged
from benchmarks.quality.confidence_fit import Judged
from benchmarks.quality.news_statements import Wanted
from benchmarks.quality.running_gold import GoldArticle, GoldStatement
from record_factory import make_reading
from summitry.evaluate.events import key_of
from summitry.vocabulary import Statement

READING, _ = make_reading()
FIRST, SECOND = READING.statements


def wanted(row: Statement, speaker: str | None = None) -> GoldStatement:
    """The gold row that a statement is, or would be with another speaker."""
    named = speaker or (row.speaker.name if row.speaker else None)
    state = row.party.state if row.party else None
    gold = Wanted("a", row.content_spans, named, row.on_record == "anonymous", state, row.quote_type)
    return GoldStatement(gold, "name", None)


def test_right_is_what_running_news_counts_as_right() -> None:
    event = key_of(READING.events[0])
    gold = GoldArticle("a", "hand", (wanted(FIRST), wanted(SECOND)), (event,), (), ())
    rows = judged(gold, READING)
    assert [each.right for each in rows["statement"]] == [True, True]
    assert [each.right for each in rows["event"]] == [True]
    assert not any(each.right for each in (*rows["move"], *rows["position"]))

    other = replace(
        gold, statements=(wanted(FIRST, "Mari Tamm"), wanted(SECOND)), events=(replace(event, modality="planned"),)
    )
    rows = judged(other, READING)
    assert [each.right for each in rows["statement"]] == [False, True]
    assert [each.right for each in rows["event"]] == [False]


def test_figures_by_hand() -> None:
    # Told .6 of a right row and .8 of a wrong one: errors of .4 and .8.
    rows = [Judged("a", replace(FIRST, confidence=0.5), True), Judged("b", replace(SECOND, confidence=0.9), False)]
    figures = dict(figures_of("statements: ", rows, [0.6, 0.8]))
    assert figures["statements: expected calibration error (lower)"] == pytest.approx(60)
    assert figures["statements: error of raw estimates (reference)"] == pytest.approx(70)
    assert figures["statements: Brier score (lower)"] == pytest.approx((0.16 + 0.64) / 2)
    assert figures["statements: area under the curve"] == 0
    assert figures["statements: right at 0.0 or more"] == 50
    assert figures["statements: right at 0.7 or more"] == 0
    assert figures["statements: rows at 0.7 or more (reference)"] == 50
    assert figures["statements: right at 0.9 or more"] is None
