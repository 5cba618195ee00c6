"""Quality floors and their gate. A floor belongs to a corpus (by hash) and goes up, never down in silence.

Lowering a floor is an edit of ``floors.toml`` by hand, seen in review. Figures in which lower is better carry
"(lower)" in their name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality.task import Result

FLOORS = Path(__file__).with_name("floors.toml")

SLACK = 0.15
"""Points a figure may lie under the value it was measured at when the floor is pinned: rounding between machines."""


UNPINNED = ("(rate)", "(count)", "(reference)")
"""Ends of the names of figures told and not held: speeds, which a shared machine would decide, numbers of which
more is not better, and figures of others."""


@dataclass(frozen=True, slots=True)
class Floor:
    """A figure of a task on a corpus may not be worse than ``value``."""

    task: str
    figure: str
    corpus: str
    value: float

    @property
    def lower_is_better(self) -> bool:
        """True for errors and widths."""
        return "(lower)" in self.figure


def load_floors(path: Path) -> tuple[Floor, ...]:
    """The floors of a file; none when there is no file. Raises ValueError on a floor without its four fields."""
    if not path.exists():
        return ()
    floors = []
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("floor", []):
        try:
            floors.append(Floor(entry["task"], entry["figure"], entry["corpus"], float(entry["value"])))
        except KeyError as missing:
            raise ValueError(f"{path}: floor {entry} has no {missing}; it needs task, figure, corpus, value") from None
    return tuple(floors)


def judge(floors: Sequence[Floor], results: Iterable[Result]) -> list[str]:
    """What is broken, one line each: a figure under its floor, undefined, gone, or scored on another corpus.

    Tasks that were not run are not judged.
    """
    broken = []
    by_task = {result.task: result for result in results}
    for floor in floors:
        result = by_task.get(floor.task)
        if result is None:
            continue
        name = f"{floor.task}.{floor.figure}"
        figures = dict(result.figures)
        value = figures.get(floor.figure)
        if result.corpus != floor.corpus:
            broken.append(f"{name}: scored on corpus {result.corpus}, the floor is of {floor.corpus}; pin it anew")
        elif value is None:
            broken.append(f"{name}: {'undefined' if floor.figure in figures else 'not reported'}, floor {floor.value}")
        elif (value > floor.value) if floor.lower_is_better else (value < floor.value):
            broken.append(f"{name}: {value:.3f}, floor {floor.value:.3f}")
    return broken


def pinned(floors: Sequence[Floor], results: Iterable[Result]) -> tuple[Floor, ...]:
    """The floors with the figures of ``results`` pinned; on the same corpus a floor only gets stricter.

    Figures named as in :data:`UNPINNED` are never pinned.
    """
    kept = {(floor.task, floor.figure): floor for floor in floors}
    for result in results:
        for figure, value in result.figures:
            sign = 1 if "(lower)" in figure else -1
            # A share of nothing cannot fall: its floor would be a check that cannot fail.
            if value is None or figure.endswith(UNPINNED) or (value == 0 and sign < 0):
                continue
            # Shares are 0-100; figures of the order of one (MAE, r) get a slack of their own order.
            slack = SLACK if abs(value) > 2 else SLACK / 100
            new = Floor(result.task, figure, result.corpus, round(value + sign * slack, 3))
            old = kept.get((result.task, figure))
            if old is None or old.corpus != new.corpus or (new.value - old.value) * sign < 0:
                kept[(result.task, figure)] = new
    return tuple(sorted(kept.values(), key=lambda floor: (floor.task, floor.figure)))


def write_floors(path: Path, floors: Iterable[Floor]) -> None:
    """Write floors as TOML."""
    lines = ["# Quality floors: pinned by `python -m benchmarks.quality --pin`, lowered only by hand."]
    lines += [
        f"\n[[floor]]\ntask = {_quoted(floor.task)}\nfigure = {_quoted(floor.figure)}\n"
        f"corpus = {_quoted(floor.corpus)}\nvalue = {floor.value}"
        for floor in floors
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
