"""From raw estimates to probabilities: a map by hand, its laws, and how maps are fitted."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import exp, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.quality.confidence_fit import Judged, cross_validated, fit_map, measure
from record_factory import make_reading
from summitry.confidence import (
    Confidence,
    ConfidenceMap,
    Measured,
    family,
    features,
    interpolated,
    parse_confidence,
)
from summitry.errors import UsageError
from summitry.vocabulary import Event

READING, _ = make_reading()
EVENT, STATEMENT = READING.events[0], READING.statements[0]

BY_HAND = """
articles = 3

[[map]]
kind = "event"
coders = ["hand/1"]
knots = [[0.2, 0.1], [0.6, 0.5], [0.8, 0.9]]
measured = [[0, 0.5, 10, 2], [0.5, 1, 20, 15]]

[map.weights]
bias = -0.5
raw = 1.0
"modality=happened" = 0.5
"not two parties" = -2.0
"told by a party" = 0.25
"""


def test_a_map_by_hand() -> None:
    maps = parse_confidence(BY_HAND)
    event = replace(EVENT, confidence=0.6, attributed_to=EVENT.actors[0])
    # Bias and modality cancel out; the odds of .6 times e to the .25 for its teller; then between the last two knots.
    score = 1 / (1 + exp(-(log(0.6 / 0.4) + 0.25)))
    assert maps.of(event) == replace(event, confidence=round(0.5 + 0.4 * (score - 0.6) / 0.2, 3))
    assert maps.articles == 3


def test_what_has_no_map_keeps_its_estimate() -> None:
    maps = parse_confidence(BY_HAND)
    other = replace(EVENT, coder="hand/2")
    assert maps.of(other) == other
    assert maps.of(STATEMENT) == STATEMENT
    assert maps.measured(other) is None
    assert Confidence().calibrated(READING) == READING


def test_only_confidence_changes() -> None:
    calibrated = parse_confidence(BY_HAND).calibrated(READING)
    assert calibrated != READING
    back = tuple(replace(a, confidence=b.confidence) for a, b in zip(calibrated.events, READING.events, strict=True))
    assert replace(calibrated, events=back) == READING


def test_a_merged_row_is_of_its_first_coder() -> None:
    assert family("hand/1; reconcile/1") == family("hand/1 by name") == "hand/1"
    maps = parse_confidence(BY_HAND)
    assert maps.measured(replace(EVENT, coder="hand/1; reconcile/1", confidence=0.51)) == Measured(0.5, 1, 20, 15)
    assert maps.measured(replace(EVENT, confidence=0.5)) == Measured(0, 0.5, 10, 2)


def test_features_are_what_the_row_says() -> None:
    alone = replace(EVENT, recipients=(), actors=EVENT.actors[:1], confidence=1.0)
    found = features(alone)
    assert set(found) == {"raw", "not two parties", "modality=happened"}
    assert found["raw"] == pytest.approx(log(0.98 / 0.02))
    assert "anonymous" in features(READING.statements[1])
    assert "anonymous" not in features(STATEMENT)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[0.6, 0.5]", "[0.6, 0.05]", "rising"),
        ("[0.8, 0.9]", "[0.8, 1.9]", "0 to 1"),
        ('kind = "event"', "", "kind"),
        ("[0.2, 0.1]", "[0.2]", "training"),
    ],
)
def test_a_file_that_is_off_is_refused(old: str, new: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        parse_confidence(BY_HAND.replace(old, new))


def test_the_shipped_maps() -> None:
    shipped = Confidence.load()
    assert {each.kind for each in shipped.maps} >= {"statement", "event"}
    for each in shipped.maps:
        assert each.weights["raw"] > 0, "a surer maker is never less often right"
        assert [one.low for one in each.measured[1:]] == [one.high for one in each.measured[:-1]]
        assert all(0 <= one.right <= one.rows for one in each.measured)


@given(st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_a_surer_maker_gives_no_less_sure_a_row(one: float, other: float) -> None:
    maps = parse_confidence(BY_HAND)
    low, high = (maps.probability(replace(EVENT, confidence=each)) for each in sorted((one, other)))
    assert 0 <= low <= high <= 1


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=6), st.floats(-0.5, 1.5))
@settings(max_examples=60, deadline=None)
def test_the_function_meets_its_knots_and_stays_between_them(pairs: list[tuple[int, int]], at: float) -> None:
    scores, chances = sorted({a for a, _ in pairs}), sorted(b for _, b in pairs)
    knots = tuple((a / 50, b / 50) for a, b in zip(scores, chances, strict=False))
    assert all(interpolated(knots, score) == pytest.approx(chance) for score, chance in knots)
    assert knots[0][1] - 1e-9 <= interpolated(knots, at) <= knots[-1][1] + 1e-9


# ── fitting ────────────────────────────────────────────────────────────────────────────────────────────────────────


def judged(articles: int = 20, rows: int = 12) -> list[Judged]:
    """Events whose raw estimate ranks right from wrong and is far too high: half of .8 and a quarter of .6 is right."""
    found = []
    for article in range(articles):
        for row in range(rows):
            sure = row % 2 == 0
            event = replace(EVENT, id=f"ev-{article}-{row}", confidence=0.8 if sure else 0.6)
            found.append(Judged(f"article {article}", event, row % 4 == 0 if sure else row % 8 == 1))
    return found


def test_a_fitted_map_says_the_share_that_is_right() -> None:
    rows = judged()
    fitted = fit_map(rows)
    for raw in (0.8, 0.6):
        same = [row for row in rows if row.row.confidence == raw]
        share = sum(row.right for row in same) / len(same)
        assert fitted.probability(same[0].row) == pytest.approx(share, abs=0.02)
    assert (fitted.kind, fitted.coders) == ("event", ("hand/1",))
    assert all(a[1] <= b[1] for a, b in pairwise(fitted.knots))


def test_no_row_is_scored_by_a_map_that_saw_its_article() -> None:
    rows = judged(articles=8, rows=8)
    first = cross_validated(rows)
    for article in ("article 0", "article 5"):
        turned = [replace(row, right=not row.right) if row.article == article else row for row in rows]
        again = cross_validated(turned)
        own = [at for at, row in enumerate(rows) if row.article == article]
        assert [again[at] for at in own] == [first[at] for at in own]
        assert again != first


def test_what_became_of_rows_covers_all_confidences() -> None:
    measured = measure([0.1, 0.2, 0.3, 0.7, 0.8, 0.9], [False, False, True, True, True, True])
    assert (measured[0].low, measured[-1].high) == (0, 1)
    assert sum(each.rows for each in measured) == 6
    assert sum(each.right for each in measured) == 4


def test_a_map_is_of_events_too_when_they_are_meetings() -> None:
    assert isinstance(EVENT, Event)
    assert EVENT.meeting is not None
    flat = ConfidenceMap("event", ("hand/1",), {"bias": 0.0}, ((0.5, 0.3),))
    assert Confidence((flat,)).of(EVENT).confidence == 0.3


def test_the_reader_s_coders_have_maps() -> None:
    from summitry.reader.events.find import CODER as FOUND
    from summitry.reader.events.spoken import CODER as SPOKEN
    from summitry.reader.statements.build import CODER as SAID

    shipped = Confidence.load()
    rows = [replace(STATEMENT, coder=SAID), *(replace(EVENT, coder=coder) for coder in (FOUND, SPOKEN))]
    for row in rows:
        assert shipped.map_of(row) is not None, f"{row.coder} has no map: run training/confidence.py"
