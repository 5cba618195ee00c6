"""The scorer of events and of whole readings, against hand-counted cases."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.quality.news_events import load_gold
from summitry.evaluate.events import EventKey, EventScore, days_compatible, matching, parse_days, score_events
from summitry.evaluate.expected import load_expected, same_speaker
from summitry.vocabulary import PLOVER_TYPES, UNKNOWN_DATE, Actor, DateInterval, Modality, Span, Statement


def key(
    parties: str, type_: str = "CONSULT", modality: str = "happened", days: str = "", span: int | None = None
) -> EventKey:
    spans = () if span is None else (Span(span, span + 10),)
    return EventKey(frozenset(parties.split()), type_, modality, parse_days(days), spans)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2019-02-27", date(2019, 2, 27), date(2019, 2, 27)),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28)),
        ("2019-12", date(2019, 12, 1), date(2019, 12, 31)),
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2019-02-27/2019-03-01", date(2019, 2, 27), date(2019, 3, 1)),
        ("/2019-03-01", None, date(2019, 3, 1)),
        ("2019-03/", date(2019, 3, 1), None),
    ],
)
def test_expected_dates_are_read(text: str, start: date | None, end: date | None) -> None:
    days = parse_days(text)
    assert days is not None
    assert (days.start, days.end) == (start, end)


def test_no_date_is_none() -> None:
    assert parse_days("") is None
    assert parse_days(None) is None


def test_days_are_compatible_when_they_share_one() -> None:
    june = parse_days("2018-06")
    assert days_compatible(june, parse_days("2018-06-12"))
    assert not days_compatible(june, parse_days("2018-07-01"))
    assert days_compatible(june, parse_days("2018-07-01"), tolerance=1)
    assert days_compatible(None, None)
    assert not days_compatible(june, None)


def test_near_pairs_count_leniently_only() -> None:
    expected = [key("IRN USA", "REJECT"), key("IRN", "RETREAT"), key("A B", "CONSULT", "planned"), key("C D", "AGREE")]
    found = [key("USA IRN", "SANCTION"), key("IRN", "CONCEDE"), key("A B", "AGREE", "planned"), key("C D", "CONSULT")]
    score = score_events(expected, found)
    assert score == EventScore(expected=4, found=4, strict=0, lenient=3, undated=0)


def test_one_row_serves_one_expected_row() -> None:
    score = score_events([key("A B"), key("A B")], [key("A B")])
    assert (score.strict, score.recall(score.strict)) == (1, 50.0)
    assert score.f1(score.strict) == pytest.approx(200 / 3)


def test_matching_finds_the_most_pairs() -> None:
    # The greedy choice (first with first) would leave the second row without a partner.
    expected = [key("A B", days=""), key("A B", days="2019-03-01")]
    found = [key("A B", days="2019-03-01"), key("A B", days="2018-01-01")]
    assert score_events(expected, found).strict == 2


def test_overlapping_evidence_is_preferred() -> None:
    expected = [key("A B", span=100)]
    found = [key("A B", span=0), key("A B", span=105)]
    assert matching(expected, found, lambda a, b: a.parties == b.parties) == {0: 1}


def test_empty_scores_are_undefined() -> None:
    assert EventScore().f1(0) is None
    assert EventScore().recall(0) is None


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.sampled_from(["A B", "A C", "B C"]), max_size=6), st.lists(st.sampled_from(["A B", "A C"]), max_size=6)
)
def test_score_is_a_matching(left: list[str], right: list[str]) -> None:
    score = score_events([key(p) for p in left], [key(p) for p in right])
    assert score.strict == sum(min(left.count(p), right.count(p)) for p in ("A B", "A C"))


def statement(name: str, code: str | None, *, anonymous: bool = False) -> Statement:
    from summitry.vocabulary import Evidence

    actor = Actor(code, name, anonymous=anonymous, kind="person")
    return Statement(
        id="st-0",
        evidence=(Evidence("src-0", 0, 1, "x"),),
        coder="test",
        confidence=1.0,
        speaker=actor,
        party=Actor(code[:3], code[:3]) if code else None,
        addressee=None,
        said=UNKNOWN_DATE,
        quote_type="direct",
        words="x",
        cue=None,
        on_record="anonymous" if anonymous else "on",
        vehicle=None,
        speech_act="state",
        authority="other",
        source_span=None,
        cue_span=None,
        content_spans=(),
    )


def test_expected_record_is_loaded_with_offsets_and_speakers_compare(tmp_path: Path) -> None:
    text = 'Envoy Mary-Ann Poe said: "We talk." An official agreed.'
    record = {
        "published": "2019-03-17",
        "tolerance_days": 1,
        "statements": [
            {
                "speaker": "Mary-Ann Poe",
                "party": "USA",
                "kind": "direct",
                "evidence": '"We talk."',
                "anonymous": False,
                "said": "",
            },
            {
                "speaker": "official",
                "party": "USA",
                "kind": "indirect",
                "evidence": "agreed",
                "anonymous": True,
                "said": "",
            },
        ],
        "events": [
            {
                "source": ["USA"],
                "target": ["IRN"],
                "type": "AGREE",
                "date": "",
                "modality": "happened",
                "evidence": "agreed",
            }
        ],
    }
    path = tmp_path / "007.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    expected = load_expected(path, text)
    named, unnamed = expected.statements
    assert text[named.span.start : named.span.end] == '"We talk."'
    assert expected.published == DateInterval(date(2019, 3, 17), date(2019, 3, 17), "day")
    assert expected.events[0].parties == {"USA", "IRN"}
    assert same_speaker(named, statement("Mary Ann Poe", "USAGOV"))
    assert not same_speaker(named, statement("Ann Poe", "USAGOV"))
    assert same_speaker(unnamed, statement("senior official", "USAGOV", anonymous=True))
    assert not same_speaker(unnamed, statement("official", "IRNGOV", anonymous=True))
    with pytest.raises(ValueError, match="does not stand"):
        load_expected(path, "another text")


def test_the_gold_of_running_news_is_well_formed() -> None:
    gold = load_gold()
    assert len(gold) == 8
    for row in (row for rows in gold.values() for row in rows):
        assert row.type in PLOVER_TYPES
        assert row.modality in get_args(Modality)
        assert row.parties
        assert all(span.start < span.end for span in row.spans)
