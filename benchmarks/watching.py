"""A command run in a process of its own: what it said, how long it took, the most memory it held."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_WATCH: Final = """
import json, os, sys, time
began = time.monotonic()
child = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(child, 0)
with open(sys.argv[1], "w") as file:
    json.dump([os.waitstatus_to_exitcode(status), time.monotonic() - began, used.ru_maxrss], file)
"""
# A process begins with the peak of the one that starts it, so a small one stands between: a test run may have had
# gigabytes. What is told is the largest of the command's processes that it has waited for.


@dataclass(frozen=True, slots=True)
class Watched:
    """``status`` as the shell gives it, ``seconds`` of the clock, ``peak`` bytes of its largest process, what it
    ``said`` on standard error."""

    status: int
    seconds: float
    peak: int
    said: str


def watched(arguments: Sequence[str | Path], seconds: float) -> Watched:
    """Run ``summitry`` with ``arguments``, for at most ``seconds``.

    Raises:
        subprocess.TimeoutExpired: it was not done by then; it has been killed.
    """
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"
        command = [sys.executable, "-m", "summitry", *map(str, arguments)]
        with subprocess.Popen(
            [sys.executable, "-S", "-c", _WATCH, str(told), *command],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
            env=os.environ | {"OMP_NUM_THREADS": "1"}, text=True,
        ) as process:  # fmt: skip
            try:
                _, said = process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)
                raise
        status, took, kilobytes = json.loads(told.read_text())
    return Watched(status, took, kilobytes * 1024, said)
