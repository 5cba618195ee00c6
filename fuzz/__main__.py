"""``python -m fuzz``: runs targets one after another and prints a table; exit 1 if anything was found."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

TARGETS = ("decoding", "cleaning", "intake", "cases", "reviews", "gate", "cells", "desk", "reading")
SEEDS = Path(__file__).parent / "seeds"


def run(name: str, runs: int, seconds: int, out: Path) -> dict[str, Any]:
    """The figures of one target, by a process of its own."""
    corpus = out / name
    corpus.mkdir(parents=True, exist_ok=True)
    figures = out / f"{name}.json"
    command = [sys.executable, "-m", "fuzz.child", name, str(figures), f"-runs={runs}", f"-max_total_time={seconds}"]
    seeds = [str(SEEDS / name)] if (SEEDS / name).is_dir() else []
    done = subprocess.run(
        [*command, "-rss_limit_mb=4096", f"-artifact_prefix={out}/", str(corpus), *seeds],
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stderr + done.stdout
    covered = [int(one) for one in re.findall(r"\bcov: (\d+)", said)]
    found: dict[str, Any] = (
        json.loads(figures.read_text("utf-8")) if figures.exists() else {"inputs": 0, "seconds": 0, "findings": {}}
    )
    total = re.search(r"Done (\d+) runs in (\d+) second", said)
    if total:
        found |= {"inputs": int(total[1])}
    else:
        found["findings"]["ended"] = {"told": said[-800:], "input": "", "times": 1}
    figures.write_text(json.dumps(found), encoding="utf-8")
    return found | {"cover": (covered[0], covered[-1]) if covered else (0, 0)}


def main() -> int:
    """Run what was asked for."""
    asked = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    asked.add_argument("--target", choices=(*TARGETS, "all"), default="all")
    asked.add_argument("--runs", type=int, default=20_000)
    asked.add_argument("--seconds", type=int, default=60, help="at most, for each target")
    asked.add_argument("--out", type=Path, default=None, help="folder that keeps the inputs that reached new code")
    told = asked.parse_args()
    out = told.out or Path(tempfile.mkdtemp(prefix="fuzz-"))
    print("| target | inputs | seconds | coverage at start | at end | slowest input (s) | findings |")
    print("|---|---|---|---|---|---|---|", flush=True)
    bad = 0
    for name in TARGETS if told.target == "all" else (told.target,):
        one = run(name, told.runs, told.seconds, out)
        before, after = one["cover"]
        bad += len(one["findings"])
        print(
            f"| {name} | {one['inputs']:,} | {one['seconds']} | {before:,} | {after:,} | {one.get('slowest_s', 0)} "
            f"| {len(one['findings'])} |",
            flush=True,
        )
        for key, finding in one["findings"].items():
            print(
                f"  {name}: {key} ({finding['times']}): {finding['told']} input {finding['input'][:400]}",
                file=sys.stderr,
            )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
