"""The quality gate fails when it must: a lower figure, an undefined one, a missing one, another corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.quality.gate import Floor, judge, load_floors, pinned, write_floors
from benchmarks.quality.task import Result

FLOOR = Floor("dates", "value F1", "abc", 80.0)
ERROR = Floor("dates", "error (lower)", "abc", 0.4)


def result(value: float | None, *, figure: str = "value F1", corpus: str = "abc") -> Result:
    return Result("dates", ((figure, value),), corpus)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (result(79.9), "79.900"),
        (result(None), "undefined"),
        (result(99.0, figure="another"), "not reported"),
        (result(99.0, corpus="xyz"), "pin it anew"),
    ],
)
def test_a_broken_floor_is_named(found: Result, says: str) -> None:
    (line,) = judge([FLOOR], [found])
    assert line.startswith("dates.value F1:")
    assert says in line


def test_a_kept_floor_passes() -> None:
    assert judge([FLOOR], [result(80.0)]) == []


def test_an_error_may_not_rise() -> None:
    assert judge([ERROR], [result(0.41, figure="error (lower)")])
    assert not judge([ERROR], [result(0.39, figure="error (lower)")])


def test_tasks_not_run_are_not_judged() -> None:
    assert judge([FLOOR], []) == []


def test_pinning_raises_and_never_lowers() -> None:
    assert pinned([FLOOR], [result(90.0)])[0].value == pytest.approx(89.85)
    assert pinned([FLOOR], [result(70.0)]) == (FLOOR,)
    assert pinned([ERROR], [result(0.9, figure="error (lower)")]) == (ERROR,)
    assert pinned([ERROR], [result(0.2, figure="error (lower)")])[0].value < 0.4
    assert pinned([FLOOR], [result(70.0, corpus="new")])[0].value == pytest.approx(69.85)


def test_floors_survive_the_file(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    floors = (FLOOR, Floor("dates", 'odd "name"', "abc", 1.5))
    write_floors(path, floors)
    assert load_floors(path) == floors


def test_a_floor_without_a_field_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text('[[floor]]\ntask = "dates"\n')
    with pytest.raises(ValueError, match="figure"):
        load_floors(path)


def test_no_file_no_floors(tmp_path: Path) -> None:
    assert load_floors(tmp_path / "none.toml") == ()


def test_rates_are_not_pinned() -> None:
    assert pinned([], [result(90.0, figure="documents a second (rate)")]) == ()


def test_a_share_of_nothing_gets_no_floor() -> None:
    assert pinned([], [result(0.0)]) == ()
    assert pinned([], [result(0.0, figure="error (lower)")]) != ()
