"""Several connections of one process, as a desk has them, beside another process that writes and goes away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from record_factory import make_reading
from summitry.record import open_record

ROUNDS = 4

_WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from record_factory import make_reading
from summitry.record import open_record
with open_record(Path(sys.argv[1])) as record:
    for number in range(int(sys.argv[3]), int(sys.argv[3]) + 20):
        assert record.add(*make_reading(number))
"""


def write_elsewhere(path: Path, first: int) -> None:
    """Add reports in a process of its own, which is the last to have the record open if no other holds it."""
    here = str(Path(__file__).parent)
    words = [sys.executable, "-c", _WRITER, str(path), here, str(first)]
    subprocess.run(words, check=True, timeout=60, env=os.environ)


@pytest.mark.slow
@pytest.mark.parametrize("read_only", [False, True])
def test_opening_a_record_again_lets_go_of_nothing(tmp_path: Path, read_only: bool) -> None:
    # A process that opens the file itself and closes it lets go of all locks that its connections hold (POSIX): the
    # writer would then take itself for the last, and remove the log under the reader's feet.
    path = tmp_path / "talks.db"
    with open_record(path, create=True) as record:
        record.add(*make_reading(0))
    held = open_record(path, read_only=read_only)
    assert len(held.sources()) == 1
    for turn in range(ROUNDS):
        with open_record(path, read_only=read_only) as another:
            another.sources()
        write_elsewhere(path, 1 + 20 * turn)
        assert len(held.sources()) == 1 + 20 * (turn + 1)
        assert path.with_name("talks.db-wal").exists()
    held.close()
