"""The guide to cases says what the loader takes, and its example is a case."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from summitry.casebook import available_cases, check_case, load_case
from summitry.casebook.keys import TABLES, Table

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "cases.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name or "top")
def test_the_guide_has_every_key_and_no_other(table: Table) -> None:
    header = f"### `[[{table.name}]]`" if table.name else "### The top of the file"
    section = GUIDE.split(header + "\n", 1)[1].split("\n##", 1)[0]
    rows = re.findall(r"^\| `.*\|$", section, re.M)
    assert rows == [
        f"| `{key.name}`{' (must)' if key.required else ''} | {key.says} | {key.allowed} |" for key in table.keys
    ]


def test_the_guide_names_the_shipped_cases() -> None:
    for name in available_cases():
        assert f"`{name}`" in GUIDE


def test_the_worked_example_is_fine_and_its_tables_stand_in_its_file() -> None:
    path = ROOT / "examples" / "no-case" / "mackerel.toml"
    assert check_case(path) == ()
    assert load_case(path).issues
    written = path.read_text(encoding="utf-8")
    for block in re.findall(r"^```toml\n(.*?)^```$", GUIDE, re.M | re.S):
        for line in block.splitlines():
            assert line in written
