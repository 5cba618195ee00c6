"""One target in one process: libFuzzer ends the process it runs in, so the figures go to a file."""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
import time
import traceback
from pathlib import Path
from random import Random
from typing import Any

import atheris

WRITE_EVERY_S = 1.0


class Watch:
    """Runs a target, counts, and keeps each new finding with its first input instead of stopping at it."""

    def __init__(self, target: Any, out: Path) -> None:
        self.target = target
        self.out = out
        self.inputs = 0
        self.slowest = 0.0
        self.findings: dict[str, dict[str, Any]] = {}
        self._written = self._began = time.monotonic()

    def __call__(self, data: bytes) -> None:
        self.inputs += 1
        began = time.process_time()  # not the clock: other processes share the cores
        own_time = None
        try:
            own_time = self.target.run(data)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            own = [one for one in frames if "summitry" in one.filename] or frames
            self._keep(f"{type(error).__name__} at {Path(own[-1].filename).name}:{own[-1].lineno}", repr(error), data)
        took = time.process_time() - began if own_time is None else own_time
        # The first input loads models and cases.
        if self.inputs > 1:
            self.slowest = max(self.slowest, took)
            if took > self.target.slow_s:
                self._keep("slow", f"{took:.1f} s", data)
        if self.inputs % 500 == 0 or time.monotonic() - self._written > WRITE_EVERY_S:
            self.write()

    def _keep(self, key: str, told: str, data: bytes) -> None:
        one = self.findings.setdefault(key, {"told": told[:500], "input": data.hex(), "times": 0})
        one["times"] += 1
        if one["times"] == 1:  # at once: the process may end before the next writing
            self.write()

    def write(self) -> None:
        """The figures so far."""
        self._written = time.monotonic()
        figures = {
            "inputs": self.inputs,
            "seconds": round(self._written - self._began, 1),
            "slowest_s": round(self.slowest, 3),
            "findings": self.findings,
        }
        self.out.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def import_all(package: str) -> None:
    """Import a package with all its modules."""
    found = importlib.import_module(package)
    for one in pkgutil.walk_packages(found.__path__, f"{package}."):
        importlib.import_module(one.name)


def main() -> None:
    """``python -m fuzz.child TARGET OUT -runs=N -max_total_time=S ...``: the rest is libFuzzer's."""
    name, out, *options = sys.argv[1:]
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
    with atheris.instrument_imports(include=["summitry"]):
        from fuzz.pieces import built, revalued, spliced
        from fuzz.targets import TARGETS

        target = TARGETS[name]
        for room in target.rooms:
            import_all(f"summitry.{room}")
        watch = Watch(target, Path(out))
        watch(b"\x00[]")  # what a target imports when first run is instrumented too
        watch(b"\x00The minister said on Monday that talks with the United States would resume. " * 2)
        watch.findings.pop("slow", None)
        watch.slowest = 0.0

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        kind = Random(seed).random()
        if kind < 0.4:
            return bytes(atheris.Mutate(data[:most], most))
        if kind < 0.7 and (changed := revalued(data, seed, most)) is not None:
            return changed
        if not target.pieces:
            return Random(seed).randbytes(Random(seed + 1).randint(5, min(most, 120)))
        if kind < 0.8:
            return spliced(data, target.pieces, seed, most)
        return (Random(seed).randbytes(1) + built(target.pieces, seed, most))[
            :most
        ]  # pieces count characters, not bytes

    atheris.Setup(["fuzz", *options, f"-max_len={target.most}"], watch, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
