"""The page on inputs against the code."""

from __future__ import annotations

import re
from pathlib import Path

from summitry.intake import options, parquet, xml
from summitry.intake.kinds import MEDIA_TYPES, PACKINGS
from summitry.intake.options import COLUMN_NAMES
from summitry.intake.pieces import BLOCK, MOST_SHARES, MOST_SHARES_OF_JSON
from summitry.intake.stores import STORES

PAGE = (Path(__file__).parents[1] / "docs" / "inputs.md").read_text(encoding="utf-8")


def rows(heading: str) -> dict[str, list[str]]:
    """The table rows under a heading, by their first cell."""
    part = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line[:1] == "|"]
    return {first: rest for first, *rest in cells}


def test_every_ending_stands_on_the_page() -> None:
    said = {ending for first in rows("Files") for ending in re.findall(r"`(\.\w+)`", first)}
    assert said == set(MEDIA_TYPES)
    assert all(f"`{ending}`" in PAGE for ending in PACKINGS)


def test_every_column_name_stands_on_the_page() -> None:
    said = rows("Fields")
    for field, names in COLUMN_NAMES:
        assert said[field][0] == ", ".join(names)


def test_every_store_stands_on_the_page() -> None:
    part = PAGE.split("\n## Object stores\n")[1].split("Others that")[0].split("Read are")[1]
    assert tuple(re.findall(r"`(\w+)`", part)) == STORES


def test_every_limit_is_the_code_s() -> None:
    said = {first: rest[0] for first, rest in rows("Limits").items()}
    assert said["one document: file, page, row, cell, entry"] == f"{options.MAX_DOCUMENT_BYTES:,} bytes"
    assert said["one JSON file that is no JSON Lines"] == f"{options.MAX_JSON_BYTES:,} bytes"
    assert said["unpacking"].startswith(f"{options.MAX_PACKING_RATIO} times")
    assert f"{options.RATIO_FROM_BYTES:,}" in said["unpacking"]
    assert said["elements up to the end of a report in XML"] == f"{xml.MAX_ELEMENTS:,}"
    assert said["lists and objects in it"] == f"{options.MAX_JSON_PARTS:,}"
    assert said["one row of CSV, all its lines together"] == f"{options.MAX_LINE_BYTES:,} characters"
    assert said["one page of a Parquet column, unpacked"] == f"{parquet.MAX_PAGE_BYTES:,} bytes"
    assert said["entries in the lists of a Parquet row group"] == f"{parquet.MAX_LISTED:,}"
    assert said["footer of a Parquet file"] == f"{parquet.MAX_FOOTER_BYTES:,} bytes"
    assert said["a page of a crawl as it was sent"] == f"{options.MAX_DOCUMENT_BYTES:,} bytes"
    assert said["shares of one packed file"] == str(MOST_SHARES)
    assert said["shares of one JSON file"] == str(MOST_SHARES_OF_JSON)
    assert f"every n-th block of {BLOCK} reports" in PAGE
