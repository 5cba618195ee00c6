"""The worked example of the guide to cases: its figures are what reading its reports gives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from summitry.casebook import load_case
from summitry.clean import clean
from summitry.reader.pipeline import Reader
from summitry.vocabulary import Commitment, Position, Source

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "no-case"
CASE = EXAMPLE / "mackerel.toml"


def read(*cases: str) -> tuple[list[Position], list[Commitment]]:
    reader = Reader(cases)
    articles = [clean(Source(path.name, path.read_bytes())) for path in sorted(EXAMPLE.glob("*.txt"))]
    readings = list(reader.read_many(articles))
    return [row for one in readings for row in one.positions], [row for one in readings for row in one.commitments]


@pytest.mark.slow
def test_what_a_case_of_ten_minutes_adds_is_what_the_guide_says() -> None:
    case = load_case(CASE)
    issues = {issue.name for issue in case.issues}
    instruments = {instrument.name for instrument in case.instruments}
    plain, told = read()
    with_case, bound = read(str(CASE))
    found = {
        "positions": (len(plain), len(with_case)),
        "names of issues": (len({row.issue for row in plain}), len({row.issue for row in with_case})),
        "positions on an issue of the case": (None, sum(row.issue in issues for row in with_case)),
        "positions at a pole": (None, sum(row.pole is not None for row in with_case)),
        "commitments under an agreement with a name": (
            sum(row.instrument in instruments for row in told),
            sum(row.instrument in instruments for row in bound),
        ),
    }
    page = (ROOT / "docs" / "cases.md").read_text(encoding="utf-8")
    for name, (without, given) in found.items():
        row = re.search(rf"^\| {re.escape(name)} \| (\S+) \| (\S+) \|$", page, re.MULTILINE)
        assert row, f"docs/cases.md has no row for {name}"
        assert row.groups() == ("-" if without is None else str(without), str(given)), f"{name}: {found[name]}"
