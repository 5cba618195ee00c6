"""``python -m benchmarks.quality [TASK ...] [--gate] [--pin] [--page]``: score the reader, hold the floors.

Without the data (``--shared DIR`` or SUMMITRY_SHARED, default ``../shared``) a task says so and is skipped.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import time
from pathlib import Path

from benchmarks.quality.gate import FLOORS, Floor, judge, load_floors, pinned, write_floors
from benchmarks.quality.page import write_page
from benchmarks.quality.task import Result

TASKS = (
    "temporal",
    "furniture",
    "relation",
    "factuality",
    "expected",
    "news_statements",
    "news_events",
    "dating",
    "attribution",
    "merging",
    "positions",
    "running_news",
    "calibration",
    "agreement",
)
"""Task modules, cheap ones first."""


def main(argv: list[str] | None = None) -> int:
    """Run the tasks; exit status 1 when the gate is asked for and a floor is broken."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("tasks", nargs="*", metavar="TASK", help=f"of {', '.join(TASKS)}; all when none is named")
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("SUMMITRY_SHARED", "../shared")))
    parser.add_argument("--gate", action="store_true", help="exit 1 when a figure is below its floor")
    parser.add_argument("--pin", action="store_true", help="raise floors to the present figures; never lowers one")
    parser.add_argument("--page", action="store_true", help="write docs/quality.md from this run")
    options = parser.parse_args(argv)
    options.tasks = [task.replace("-", "_") for task in options.tasks]
    unknown = [task for task in options.tasks if task not in TASKS]
    if unknown:
        parser.error(f"no task {unknown[0]!r}; allowed: {', '.join(TASKS)}")
    floors = load_floors(FLOORS)
    results: list[Result] = []
    broken: list[str] = []
    for task in options.tasks or TASKS:
        started = time.monotonic()
        module = importlib.import_module(f"benchmarks.quality.{task}")
        try:
            result: Result | None = module.run(options.shared)
        except Exception as error:
            # A crash is a full miss: every floor of the task counts as broken.
            print(f"{task}: crashed: {error!r}", file=sys.stderr)
            of_task = [f"{floor.task}.{floor.figure}: crashed" for floor in floors if floor.task == task]
            broken += of_task or [f"{task}: crashed"]
            continue
        if result is None:
            print(f"{task}: skipped, its data are not under {options.shared}")
            continue
        results.append(result)
        _show(result, floors, time.monotonic() - started)
    if options.pin:
        write_floors(FLOORS, pinned(floors, results))
        floors = load_floors(FLOORS)
    if options.page:
        write_page(results, floors)
    broken += judge(floors, results)
    for line in broken:
        print(f"below floor: {line}", file=sys.stderr)
    return 1 if options.gate and broken else 0


def _show(result: Result, floors: tuple[Floor, ...], seconds: float) -> None:
    print(f"\n{result.task}  (corpus {result.corpus}, {seconds:.0f} s){'  ' + result.note if result.note else ''}")
    known = {(floor.task, floor.figure): floor.value for floor in floors}
    for name, value in result.figures:
        floor = known.get((result.task, name))
        shown = "undefined" if value is None else f"{value:9.3f}"
        print(f"  {name:<52} {shown}{'' if floor is None else f'   floor {floor:.3f}'}")


if __name__ == "__main__":
    sys.exit(main())
