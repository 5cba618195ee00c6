"""The list of invariants in the docs is that of the code. ``python tests/test_check_docs.py`` writes it."""

from __future__ import annotations

from pathlib import Path

from summitry.record.checking import INVARIANTS

PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"
START, END = "<!-- invariants: start -->\n", "<!-- invariants: end -->"


def table() -> str:
    rows = [f"| {one.name} | {one.what} | {one.repair} |" for one in INVARIANTS]
    return "\n".join(("| invariant | what holds | `--repair` |", "|---|---|---|", *rows)) + "\n"


def test_the_page_lists_every_invariant() -> None:
    told = PAGE.read_text(encoding="utf-8").partition(START)[2].partition(END)[0]
    assert told == table(), "run python tests/test_check_docs.py"


if __name__ == "__main__":
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    PAGE.write_text(before + START + table() + END + rest.partition(END)[2], encoding="utf-8")
