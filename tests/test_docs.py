"""Docs that cannot rot: pages made from the code are those the code makes now; the README's links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools.make_docs import DOCS, PAGES

ROOT = DOCS.parent


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_page_is_what_the_code_says(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run python -m tools.make_docs"


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_readme_gives_two_commands() -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    assert [block.strip() for block in blocks] == [
        "pip install . && summitry demo",
        "pip install '.[test]' && python -m pytest",
    ]
