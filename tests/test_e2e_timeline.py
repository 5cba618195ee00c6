"""The timeline in a browser: the chart with scripts and without, zoom and keys, cards, filters, a phone, from disk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from browser import DARK, DARK_PHONE, DESKTOP, NO_SCRIPTS, PHONE, Look, axe, no_sideways
from summitry.web.site import write_site
from test_web_timeline import write

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.slow


def opened(page: Page, address: str) -> None:
    """The timeline with its chart drawn."""
    page.goto(address)
    page.wait_for_selector("#chart[data-ready]", state="attached")
    page.wait_for_function("document.getElementById('stage').dataset.took")


def days_shown(page: Page) -> int:
    """How many days the window of the chart has."""
    first, last = page.locator("#span").inner_text().split(" to ")
    return int(page.evaluate("([a, b]) => (Date.parse(b) - Date.parse(a)) / 86400000", [first, last]))


@pytest.mark.parametrize("look", [DESKTOP, DARK, PHONE, DARK_PHONE], ids=str)
def test_the_chart_is_drawn_and_fits(page: Page, desk_url: str, look: Look) -> None:
    opened(page, f"{desk_url}/timeline")
    assert page.locator("#canvas").is_visible()
    assert page.locator("#drawn").is_hidden()
    # Something is drawn in more colours than the paper's and the lines'.
    colours = page.evaluate(
        """() => { const c = document.getElementById("canvas");
        const d = new Uint32Array(c.getContext("2d").getImageData(0, 0, c.width, c.height).data.buffer);
        return new Set(d).size; }"""
    )
    assert colours > 10
    axe(page)
    no_sideways(page)


@pytest.mark.parametrize("look", [NO_SCRIPTS], ids=str)
def test_without_scripts_the_server_draws(page: Page, desk_url: str, look: Look) -> None:
    page.goto(f"{desk_url}/timeline")
    assert page.locator("svg.lanes rect").count() > 10
    assert page.locator("#stage").is_hidden()
    assert page.locator("table.events tbody tr").count() > 20
    page.locator("#filters summary").click()
    page.get_by_label("Type").select_option("meeting")
    page.get_by_role("button", name="Show").click()
    assert "type=meeting" in page.url
    assert {one.split(":")[0].split()[0] for one in page.locator("td .kind").all_inner_texts()} == {"consult"}
    page.locator("table.events .permalink").first.click()
    assert "/row/" in page.url


def test_zoom_by_keys_buttons_and_wheel(page: Page, desk_url: str) -> None:
    opened(page, f"{desk_url}/timeline")
    whole = days_shown(page)
    canvas = page.locator("#canvas")
    canvas.focus()
    canvas.press("+")
    page.wait_for_timeout(60)
    once = days_shown(page)
    assert once < whole
    page.get_by_role("button", name="Zoom out").click()
    page.wait_for_timeout(60)
    assert abs(days_shown(page) - whole) <= 2
    canvas.focus()
    canvas.hover()
    page.mouse.wheel(0, -400)
    page.wait_for_timeout(60)
    assert days_shown(page) < whole
    for _ in range(20):
        canvas.press("+")
    page.wait_for_timeout(60)
    # Down to days, and no further.
    assert days_shown(page) == 6
    first = page.locator("#span").inner_text()
    canvas.press("ArrowLeft")
    page.wait_for_timeout(60)
    assert page.locator("#span").inner_text() < first
    canvas.press("0")
    page.wait_for_timeout(60)
    assert days_shown(page) >= whole


def test_the_wheel_scrolls_the_page_of_who_only_passes(page: Page, desk_url: str) -> None:
    opened(page, f"{desk_url}/timeline")
    whole = days_shown(page)
    page.locator("#canvas").hover(position={"x": 300, "y": 60})
    page.mouse.wheel(0, 300)
    page.wait_for_timeout(150)
    assert page.evaluate("scrollY") > 0
    assert days_shown(page) == whole


def test_keys_go_from_mark_to_mark_and_open_one(page: Page, desk_url: str) -> None:
    opened(page, f"{desk_url}/timeline?reports=2")
    canvas = page.locator("#canvas")
    canvas.focus()
    for _ in range(30):
        canvas.press("ArrowDown")
        said = page.locator("#told").inner_text()
        if "report" in said:
            break
    assert re.match(r"\d{4}", said), said
    assert page.locator("#tip").is_visible()
    axe(page)
    canvas.press("Escape")
    assert page.locator("#tip").is_hidden()
    canvas.press("ArrowDown")
    while "report" not in page.locator("#told").inner_text():
        canvas.press("ArrowDown")
    with page.expect_navigation():
        canvas.press("Enter")
    assert "/row/evt-" in page.url


def test_lanes_are_chosen_and_kept_in_the_address(page: Page, desk_url: str) -> None:
    opened(page, f"{desk_url}/timeline")
    page.get_by_text("Lanes", exact=True).last.click()
    before = page.locator("#canvas").bounding_box()
    page.locator("#choices label", has_text="–").first.click()
    page.wait_for_timeout(60)
    after = page.locator("#canvas").bounding_box()
    assert before and after and after["height"] > before["height"]
    assert "lanes=" in page.url
    lanes = page.url.split("lanes=")[1]
    opened(page, page.url)
    assert page.url.split("lanes=")[1] == lanes
    axe(page)


def test_families_are_hidden_by_the_legend(page: Page, desk_url: str) -> None:
    opened(page, f"{desk_url}/timeline")
    page.locator("#legend label", has_text="Threat").click()
    assert not page.locator("#legend [data-family=threat] input").is_checked()


def test_printed_is_what_the_server_drew(page: Page, desk_url: str) -> None:
    opened(page, f"{desk_url}/timeline")
    page.emulate_media(media="print")
    assert page.locator("svg.lanes").is_visible()
    assert page.locator("#canvas").is_hidden()


def test_from_disk_the_chart_brings_its_data(page: Page, tmp_path: Path) -> None:
    """As the static site has it: no server, no fetch; the data stand in the page."""
    write_site(write(tmp_path / "talks.db"), tmp_path / "site")
    opened(page, (tmp_path / "site" / "timeline.html").as_uri())
    canvas = page.locator("#canvas")
    canvas.focus()
    canvas.press("ArrowDown")
    assert "2019-03-01" in page.locator("#told").inner_text()
    axe(page)
    with page.expect_navigation():
        canvas.press("Enter")
    assert re.search(r"/source/src-[0-9a-f]+\.html#e", page.url)
