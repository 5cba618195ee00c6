"""The tutorial as a new user takes it: its commands, in its order, in real processes."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TUTORIAL = ROOT / "docs" / "tutorial.md"
OTHERWISE_TESTED = ("serve", "watch")
"""They do not end by themselves; see the browser tests, and the tests of watching."""


def commands() -> list[list[str]]:
    blocks = re.findall(r"^```console\n(.*?)^```$", TUTORIAL.read_text(encoding="utf-8"), re.M | re.S)
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines() if line.startswith("$ ")]
    return [shlex.split(line) for line in lines]


def test_every_command_is_summitry() -> None:
    assert {words[0] for words in commands()} == {"summitry"}
    assert {words[1] for words in commands()} >= {"read", "export", "brief", "diff", "site", *OTHERWISE_TESTED}


@pytest.mark.slow
def test_the_commands_of_the_tutorial(tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    for _, *words in commands():
        if words[0] in OTHERWISE_TESTED:
            continue
        done = subprocess.run(
            [sys.executable, "-m", "summitry", *words], cwd=tmp_path, capture_output=True, text=True, timeout=180
        )
        # One example is in French, on purpose: reading says so with status 1.
        assert done.returncode == (1 if words[0] == "read" else 0), f"{words}: {done.stderr}"
    for name in ("brief.docx", "brief.html", "statements.csv", "announced.ics", "who-deals-with-whom.graphml"):
        assert (tmp_path / name).stat().st_size > 200, name
    assert (tmp_path / "package" / "datapackage.json").exists()
    assert (tmp_path / "site" / "index.html").exists()
