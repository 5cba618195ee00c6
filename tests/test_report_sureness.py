"""What a confidence means, told with every explained row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from record_factory import day, make_reading
from summitry.confidence import Confidence
from summitry.record import Explanation, open_record
from summitry.report.rows import explanation_json
from summitry.report.sureness import meaning_of, measured_json

EVENT = make_reading()[0].events[0]


def of_the_reader(confidence: float = 0.5, reports: int = 1) -> tuple[str, dict[str, float] | None]:
    """An event by the first coder of events that has a map."""
    coder = next(each for each in Confidence.load().maps if each.kind == "event").coders[0]
    row = replace(EVENT, coder=coder, confidence=confidence, reports=reports)
    return meaning_of(row), measured_json(row)


def test_what_was_measured_is_told() -> None:
    for confidence in (0.0, 0.31, 0.5, 0.77, 1.0):
        words, numbers = of_the_reader(confidence)
        assert numbers is not None
        assert numbers["low"] <= confidence <= numbers["high"]
        share = round(100 * numbers["right"] / numbers["rows"])
        assert f"{share} in 100 were right on the project's own gold ({numbers['rows']:g} rows" in words


def test_a_merged_row_was_not_measured() -> None:
    words, numbers = of_the_reader(0.9, reports=3)
    assert "at least one of 3 independent reports" in words
    assert numbers is None


def test_an_unknown_coder_answers_for_itself() -> None:
    assert "coder's own estimate" in meaning_of(EVENT)
    assert measured_json(EVENT) is None


def test_explained_rows_name_the_word_they_were_read_from(tmp_path: Path) -> None:
    from io import StringIO

    from summitry.report.explain import print_explanation

    reading, source = make_reading(met="2019-05-03", published=day("2019-05-04"))
    with open_record(tmp_path / "talks.db", create=True) as record:
        record.add(reading, source)
        told: Explanation = record.explain(reading.events[0].id)
        out = StringIO()
        print_explanation(told, out)
    trigger = reading.events[0].trigger
    assert f"trigger       “{reading.article.text[trigger.start : trigger.end]}”" in out.getvalue()
    assert "which means" in out.getvalue()
    assert explanation_json(told)["measured"] is None
