"""A least confidence leaves out exactly the rows below it, in every kind of row, and refuses what is no probability."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from record_factory import day, make_reading
from summitry.errors import UsageError
from summitry.record import Record, open_record
from summitry.vocabulary import Move, Position, Reading

KINDS = ("sources", "statements", "timeline", "meetings", "moves", "positions")
SURE = (0.9, 0.25, 0.7)


def with_stands(reading: Reading, number: int) -> Reading:
    """The reading with a move and a position, its event as sure as ``SURE`` says."""
    said = reading.statements[0]
    assert said.party is not None
    move = Move(
        id=f"mov-{number:016x}",
        evidence=said.evidence,
        coder="hand/1",
        confidence=SURE[number],
        kind="demand",
        proposer=said.party,
        addressee=None,
        issue="sanctions",
        give=None,
        get=None,
        condition=None,
        sequence=None,
        status=None,
        responds_to=None,
        date=said.said,
    )
    position = Position(
        id=f"pos-{number:016x}",
        evidence=said.evidence,
        coder="hand/1",
        confidence=1 - SURE[number],
        party=said.party,
        issue="sanctions",
        stance="demand",
        summary="Sanctions must go first",
        condition=None,
        attributed_by="self",
        held=said.said,
    )
    events = (replace(reading.events[0], confidence=SURE[number]),)
    return replace(reading, moves=(move,), positions=(position,), events=events)


@pytest.fixture(name="record", scope="module")
def _record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path = tmp_path_factory.mktemp("records") / "talks.db"
    with open_record(path, create=True) as record:
        for number, met in enumerate(("2019-05-03", "2019-06-01", "2019-07-01")):
            reading, source = make_reading(number, met=met, published=day(met))
            record.add(with_stands(reading, number), source)
        yield record


@given(st.floats(0, 1) | st.sampled_from([0.25, 0.3, 0.7, 0.9]), st.sampled_from([None, "2019-06-15"]))
@settings(max_examples=25, deadline=None)
def test_it_leaves_out_what_is_below_and_nothing_else(record: Record, least: float, as_of: str | None) -> None:
    for kind in KINDS:
        ask = getattr(record, kind)
        everything = ask(as_of=as_of)
        assert ask(as_of=as_of, min_confidence=least) == [row for row in everything if row.confidence >= least], kind


def test_by_hand(record: Record) -> None:
    counts = {kind: [len(getattr(record, kind)(min_confidence=p)) for p in (0, 0.5, 0.9, 1)] for kind in KINDS}
    assert counts == {
        "sources": [3, 3, 3, 3],  # what was received is certain
        "statements": [6, 6, 3, 0],
        "timeline": [3, 2, 1, 0],
        "meetings": [3, 2, 1, 0],
        "moves": [3, 2, 1, 0],
        "positions": [3, 1, 0, 0],
    }


@pytest.mark.parametrize("least", [-0.1, 1.01, 70, float("nan")])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_probability_is_refused(record: Record, kind: str, least: float) -> None:
    with pytest.raises(UsageError, match=r"min confidence is .*; allowed: 0 to 1"):
        getattr(record, kind)(min_confidence=least)


def test_an_entry_is_as_sure_as_what_was_known_that_day(tmp_path: Path) -> None:
    with open_record(tmp_path / "talks.db", create=True) as record:
        early, first = make_reading(1, published=day("2019-05-04"))
        late, second = make_reading(2, published=day("2019-06-10"))
        record.add(early, first)
        record.add(late, second)
        one, two = early.events[0], late.events[0]
        entry = replace(one, evidence=(*one.evidence, *two.evidence), reports=2, confidence=0.96)
        record.replace_entries([(entry, (one.id, two.id))])
        assert [event.confidence for event in record.timeline(min_confidence=0.9)] == [0.96]
        assert [event.confidence for event in record.timeline(as_of="2019-05-20")] == [0.8]
        assert record.timeline(as_of="2019-05-20", min_confidence=0.9) == []
