"""Positions and the ledger in a browser: the slider, a cell opened, words followed, phones, no scripts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser import DARK_PHONE, NO_SCRIPTS, PHONE, Look, axe, no_sideways

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

PAGES = ("positions", *(f"ledger/{name}" for name in "moves commitments predictions discrepancies deadlocks".split()))


def test_moving_the_date_changes_the_matrix_and_the_address(page: Page, desk_url: str) -> None:
    page.goto(f"{desk_url}/positions")
    slider = page.locator("#month")
    assert slider.is_visible()
    assert page.locator("#month-name").inner_text() == "All that is known"
    cells = page.locator("#stands td.cell:not(.empty)").count()
    page.evaluate("window.kept = true")
    slider.focus()
    slider.press("Home")
    page.wait_for_url(re.compile("as_of=2019-01-31"))
    page.wait_for_function("document.querySelector('#stands').textContent.includes('2019-01-31')")
    assert page.locator("#stands td.cell:not(.empty)").count() < cells
    assert page.locator("#month-name").inner_text() == "January 2019"
    assert page.locator(".banner").count() == 1
    # Nothing was loaded anew, and the slider is still in hand.
    assert page.evaluate("window.kept") is True
    assert page.evaluate("document.activeElement.id") == "month"
    slider.press("ArrowRight")
    page.wait_for_url(re.compile("as_of=2019-02-28"))
    axe(page)
    # The address is of this day: loaded again, the slider stands there.
    page.reload()
    assert page.locator("#month-name").inner_text() == "February 2019"
    # A day within a month is told as it is.
    page.goto(f"{desk_url}/positions?as_of=2019-03-10")
    assert page.locator("#month-name").inner_text() == "2019-03-10"
    assert page.locator("#month").input_value() == "1"


def test_a_cell_opens_its_history_and_a_passage_its_report(page: Page, desk_url: str) -> None:
    page.goto(f"{desk_url}/positions")
    cell = page.locator("#stands td.cell a").first
    cell.click()
    page.wait_for_url(re.compile(r"party=\w+&issue=\w+"))
    assert page.locator("#beside li").count() >= 1
    opened = page.locator("#beside li").first.get_attribute("id")
    axe(page)
    page.locator("#beside li blockquote a").first.click()
    page.wait_for_url(re.compile(f"/source/src-.*#{opened}"))


def test_soon_can_be_counted_otherwise(page: Page, desk_url: str) -> None:
    page.goto(f"{desk_url}/ledger/predictions")
    assert page.locator("text=soon: within 90 days").count() >= 1
    true = page.locator(".resolution.true").count()
    page.locator("input[name=soon]").fill("30")
    page.locator("form.filters button").click()
    page.wait_for_url(re.compile("soon=30"))
    assert page.locator("text=soon: within 30 days").count() >= 1
    assert page.locator(".resolution.true").count() < true


def test_the_drawing_of_a_deadlock_is_shown(page: Page, desk_url: str) -> None:
    page.goto(f"{desk_url}/ledger/deadlocks")
    assert page.locator("img.drawing").first.evaluate("one => one.complete && one.naturalWidth > 300")


@pytest.mark.parametrize("look", [PHONE, DARK_PHONE], ids=str)
def test_on_a_phone_in_light_and_dark(page: Page, desk_url: str, look: Look) -> None:
    for name in PAGES:
        page.goto(f"{desk_url}/{name}")
        no_sideways(page)
        axe(page)


@pytest.mark.parametrize("look", [NO_SCRIPTS], ids=str)
def test_without_scripts_months_and_forms_do_the_same(page: Page, desk_url: str, look: Look) -> None:
    page.goto(f"{desk_url}/positions")
    assert not page.locator("#month").is_visible()
    page.locator("#stops summary").click()
    page.locator("#stops a[data-day='2019-02-28']").click()
    page.wait_for_url(re.compile("as_of=2019-02-28"))
    page.locator("#as-of").fill("2019-01-31")
    page.locator("form.filters button").click()
    page.wait_for_url(re.compile("as_of=2019-01-31"))
    assert "as known on 2019-01-31" in page.locator("#stands").inner_text()


def test_the_slider_of_a_site_opens_the_file_of_the_month(page: Page, desk_record: Path, tmp_path: Path) -> None:
    from summitry.web.site import write_site

    write_site(desk_record, tmp_path / "site")
    page.goto((tmp_path / "site" / "positions.html").as_uri())
    page.locator("#month").focus()
    page.locator("#month").press("Home")
    page.wait_for_url(re.compile("positions-2019-01-31"))
    assert page.locator("#month-name").inner_text() == "January 2019"
    page.locator("#stands td.cell a").first.click()
    page.wait_for_url(re.compile(r"positions-\w+-\w+\.html"))
    assert page.locator("#beside li").count() >= 1
