"""A report in a real browser: from a row to its words, both ways, kinds switched, without scripts too."""

from __future__ import annotations

import json
import re
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from browser import DARK_PHONE, NO_SCRIPTS, axe, no_sideways

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow


def told(address: str) -> Any:  # noqa: ANN401 - JSON
    with urllib.request.urlopen(address) as answer:
        return json.load(answer)


@pytest.fixture(scope="module")
def report(desk_url: str) -> dict[str, Any]:
    """The report of the examples with most rows."""
    rows = told(f"{desk_url}/sources.json")["sources"]
    most = max(rows, key=lambda one: sum(one["rows"].values()))
    found: dict[str, Any] = told(f"{desk_url}/source/{most['id']}.json")
    return found


def test_an_address_with_a_row_picks_out_all_its_words(page: Page, desk_url: str, report: dict[str, Any]) -> None:
    row = report["rows"][-1]
    page.goto(f"{desk_url}/source/{report['id']}#{row['id']}")
    picked = page.locator("#article mark.picked")
    assert picked.count() > 0
    words = "".join(picked.all_text_contents())
    text = "".join(report["text"][one["start"] : one["end"]] for one in row["passages"])
    assert "".join(words.split()) == "".join(text.split())
    picked.first.wait_for(state="visible")
    page.wait_for_function("document.querySelector('mark.picked').getBoundingClientRect().top < innerHeight")
    assert page.locator(".rowcards .picked").count() == 1
    axe(page)


def test_cards_and_words_lead_to_one_another(page: Page, desk_url: str, report: dict[str, Any]) -> None:
    page.goto(f"{desk_url}/source/{report['id']}")
    first = report["rows"][0]["id"]
    page.locator(f"#card-{first}").hover()
    assert page.locator("#article mark.hover").count() > 0
    page.locator(f"#card-{first} a.to").click()
    assert page.url.endswith(f"#{first}")
    page.locator(f'a.ref[href="#card-{first}"]').click()
    assert page.url.endswith(f"#card-{first}")
    assert page.locator(f"#card-{first}.picked").count() == 1
    assert page.locator("#missing").is_hidden()
    page.goto(f"{desk_url}/source/{report['id']}#stm-0000")
    assert page.locator("#missing").is_visible()
    page.goto(f"{desk_url}/source/{report['id']}#{first[:12]}")
    page.wait_for_url(f"**#{first}")
    assert page.locator("#missing").is_hidden()


def test_a_kind_switched_off_loses_its_lines_and_cards(page: Page, desk_url: str, report: dict[str, Any]) -> None:
    page.goto(f"{desk_url}/source/{report['id']}")
    assert page.locator(".rowcards .statement").first.is_visible()
    page.locator("#show-statement").uncheck()
    assert page.locator(".rowcards .statement").first.is_hidden()
    assert page.locator("#article mark.statement").count() == 0
    page.locator("#show-statement").check()
    assert page.locator("#article mark.statement").count() > 0


@pytest.mark.parametrize("look", [NO_SCRIPTS], ids=str)
def test_without_scripts_a_row_is_found_and_marked(page: Page, desk_url: str, report: dict[str, Any]) -> None:
    row = report["rows"][-1]["id"]
    page.goto(f"{desk_url}/source/{report['id']}#{row}")
    mark = page.locator(f"[id='{row}'] mark").first
    plain = page.locator("#article").evaluate("one => getComputedStyle(one).backgroundColor")
    assert mark.evaluate("one => getComputedStyle(one).backgroundColor") != plain
    page.goto(f"{desk_url}/row/{row}")
    page.locator(".context footer a").first.click()
    assert re.search(rf"/source/{report['id']}#{row}$", page.url)


@pytest.mark.parametrize("look", [DARK_PHONE], ids=str)
def test_on_a_dark_phone_everything_fits_and_reads(page: Page, desk_url: str, report: dict[str, Any]) -> None:
    for address in ("/sources", f"/source/{report['id']}", f"/row/{report['rows'][0]['id']}"):
        page.goto(f"{desk_url}{address}")
        no_sideways(page)
        axe(page)
