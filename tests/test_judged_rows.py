"""The verdicts on rows of the ledger, and the page made from them."""

from __future__ import annotations

import json
import re

import pytest

from benchmarks.judged import KINDS, PAGE, VERDICTS, Verdict, interval, page, verdicts


def test_the_page_is_made_from_the_verdicts() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(verdicts())


def test_verdicts_are_stand_off() -> None:
    for line in VERDICTS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert set(row) == {"kind", "set", "source", "start", "end", "right", "class"}
        assert row["kind"] in KINDS
        assert re.fullmatch(r"src-[0-9a-f]{16}", row["source"])
        assert 0 <= row["start"] < row["end"]
        assert len(row["class"]) <= 60, "a class, not the words of a report"
        assert row["right"] or row["class"]


@pytest.mark.parametrize(("right", "judged"), [(0, 5), (5, 5), (40, 50), (1, 1)])
def test_an_interval_holds_its_share(right: int, judged: int) -> None:
    low, high = interval(right, judged)
    assert 0 <= low <= right / judged <= high <= 1
    wide, narrow = interval(8, 10), interval(800, 1000)
    assert narrow[1] - narrow[0] < wide[1] - wide[0]


def test_a_page_counts_by_kind_and_class() -> None:
    rows = [Verdict("moves", "a", True), Verdict("moves", "b", False, "party"), Verdict("moves", "b", True)]
    made = page(rows)
    assert "| moves | 1 of 1 | 1 of 2 | 2 of 3 | 67% |" in made
    assert "party (1)" in made
