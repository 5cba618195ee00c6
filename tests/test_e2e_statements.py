"""Statements, the quote sheet, people and parties in a browser, on the shipped examples."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from browser import DARK, NO_SCRIPTS, PHONE, Look, axe, no_sideways

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow


def test_search_choose_and_copy(page: Page, desk_url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{desk_url}/statements")
    axe(page)
    page.fill('input[name="q"]', "sanctions")
    page.click("text=Search")
    assert "q=sanctions" in page.url and "speaker" not in page.url
    assert page.locator("mark").count() > 2
    page.locator("button.copy").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "sanction" in copied.lower() and "/row/stm-" in copied and desk_url in copied
    boxes = page.locator('input[name="ids"]')
    boxes.nth(0).check()
    boxes.nth(1).check()
    assert "2 ticked" in page.locator(".chosen").inner_text()
    page.click("text=Quote sheet of those ticked")
    assert page.locator(".quote").count() == 2
    axe(page)
    page.click("text=Markdown")
    assert page.locator("#all").input_value().count("/row/stm-") == 2
    page.click("text=Copy all")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#all").input_value()


@pytest.mark.parametrize("look", [NO_SCRIPTS], ids=str)
def test_a_quote_sheet_without_scripts(page: Page, desk_url: str) -> None:
    page.goto(f"{desk_url}/statements?quote=direct")
    boxes = page.locator('input[name="ids"]')
    boxes.nth(0).check()
    boxes.nth(2).check()
    page.click("text=Quote sheet of those ticked")
    assert page.locator(".quote").count() == 2
    assert re.match('[“"]', page.locator(".quote blockquote").first.inner_text())
    assert page.locator("button:visible").count() == 0


def test_ticks_stay_from_page_to_page(page: Page, desk_url: str) -> None:
    page.goto(f"{desk_url}/statements")
    page.locator('input[name="ids"]').first.check()
    page.goto(f"{desk_url}/statements?sort=old")
    page.locator('input[name="ids"]').first.check()
    page.click("text=Quote sheet of those ticked")
    assert page.locator(".quote").count() == 2


@pytest.mark.parametrize("look", [PHONE, DARK], ids=str)
def test_people_and_parties(page: Page, desk_url: str, look: Look) -> None:
    page.goto(f"{desk_url}/people")
    no_sideways(page)
    axe(page)
    assert page.locator("svg.net:visible").count() == 1
    page.locator("svg.net:visible a").first.focus()
    page.locator("#parties ~ div a").first.click()
    page.wait_for_url("**/party/**")
    no_sideways(page)
    axe(page)
    page.goto(f"{desk_url}/people")
    page.locator("table.people a").first.click()
    page.wait_for_url("**/person/**")
    no_sideways(page)
    axe(page)
    # From what they said one click to the words.
    page.locator(".statement .meta a").first.click()
    assert "/source/" in page.url or "/row/" in page.url
