"""The threat model names a test for each defence: they are there, and so is what the page says of bounds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/\w+\.py)::(\w+)`", PAGE)))


@pytest.mark.parametrize("file, name", NAMED, ids=[name for _, name in NAMED])
def test_each_named_test_exists(file: str, name: str) -> None:
    assert f"\ndef {name}(" in (ROOT / file).read_text(encoding="utf-8")


def test_every_row_of_a_table_names_its_test() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")]
    told = [line for line in rows if not line.startswith(("| attack |", "| rule |"))]
    assert len(told) > 40
    assert [line for line in told if "`tests/" not in line] == []


def test_every_door_of_the_source_is_told() -> None:
    for word in ("intake/fetch.py", "summitry serve", "summitry watch", "summitry mcp", "cluster", "object store"):
        assert word in PAGE


def test_the_bounds_told_are_those_of_the_code() -> None:
    from summitry.assistant.bounds import MOST_ANSWER
    from summitry.intake.fetch import MAX_HEAD_BYTES
    from summitry.intake.options import MAX_DOCUMENT_BYTES, MAX_FETCH_SECONDS, MAX_PACKING_RATIO, MAX_REDIRECTS
    from summitry.watch.feeds import MOST_BYTES
    from summitry.watch.polite import MOST_HOSTS, ROBOTS_CHARS, RULES_KEPT
    from summitry.web.app import EXPORTS_AT_ONCE, PAGES_AT_ONCE
    from summitry.web.listening import ASKING_S, MOST_CONNECTIONS, TAKEN, TAKING_S
    from summitry.web.sessions import HOURS
    from summitry.web.shelf import WORDED_KEPT

    for told in (
        f"{MAX_HEAD_BYTES // 1024} KiB of headers, {MAX_DOCUMENT_BYTES // 10**6} MB of page",
        f"{MAX_PACKING_RATIO} times the packed size",
        f"page's {MAX_FETCH_SECONDS:.0f} seconds",
        f"{MOST_BYTES // 10**6} MB at most",
        f"{MOST_HOSTS:,} hosts, {RULES_KEPT // 10**6} million characters",
        f"{ROBOTS_CHARS:,} characters",
        f"{EXPORTS_AT_ONCE} and {PAGES_AT_ONCE} at once",
        f"{ASKING_S:.0f} seconds to ask, {TAKEN // 1024} KiB in {TAKING_S:.0f} seconds to take",
        f"{MOST_CONNECTIONS} connections",
        f"{HOURS} hours",
        f"{WORDED_KEPT} a day kept",
        f"{MOST_ANSWER:,} characters",
    ):
        assert told in PAGE, told
    assert MAX_REDIRECTS == 5 and "five at most" in PAGE
