"""Review in a real browser: by keyboard, with a form that comes back, and without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from browser import DARK_PHONE, NO_SCRIPTS, Desk, axe, no_sideways
from summitry.record import open_record

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow


def decisions(desk: Desk) -> list[str]:
    with open_record(desk.record, read_only=True) as record:
        return [one.action for one in record.review.list()]


def shown(page: Page) -> str:
    return page.locator('form.decide input[name="id"]').get_attribute("value") or ""


def press(page: Page, key: str) -> None:
    """A key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_accept_skip_reject_and_undo_by_keyboard(page: Page, own_desk: Desk) -> None:
    page.goto(f"{own_desk.url}/review")
    first = shown(page)
    press(page, "a")
    second = shown(page)
    assert second != first
    press(page, "s")
    third = shown(page)
    assert third not in (first, second)
    press(page, "k")
    assert shown(page) == second
    page.keyboard.press("n")
    page.keyboard.type("area of doubt")
    page.keyboard.press("Escape")
    press(page, "r")
    assert decisions(own_desk) == ["accept", "reject"]
    press(page, "u")
    assert shown(page) == second and page.get_by_text("Taken back").is_visible()
    press(page, "u")
    assert shown(page) == first
    assert decisions(own_desk) == ["accept", "reject", "undo", "undo"]
    axe(page)


def test_an_edit_comes_back_with_what_is_wrong_and_is_then_saved(
    page: Page, own_desk: Desk, expected: list[str]
) -> None:
    expected.append("422")
    page.goto(f"{own_desk.url}/review?kind=statement")
    row = shown(page)
    page.keyboard.press("e")
    page.locator("#f_said").fill("some day")
    page.locator("#f_vehicle").fill("a letter")
    page.get_by_role("button", name="Save the edit").click()
    assert page.locator("#wrong_said").is_visible()
    assert page.locator("#f_vehicle").input_value() == "a letter"
    axe(page)
    page.locator("#f_said").fill("2019-08")
    page.get_by_role("button", name="Save the edit").click()
    assert decisions(own_desk) == ["edit"]
    page.goto(f"{own_desk.url}/row/{row}")
    assert page.locator("dl.facts").get_by_text("2019-08").first.is_visible()
    assert page.locator("main").get_by_text("edit by").is_visible()


@pytest.mark.parametrize("look", [NO_SCRIPTS], ids=str)
def test_all_of_it_works_without_scripts(page: Page, own_desk: Desk) -> None:
    page.goto(f"{own_desk.url}/review")
    first = shown(page)
    page.get_by_role("button", name="Accept").click()
    assert shown(page) != first
    page.get_by_role("button", name="Undo").click()
    assert shown(page) == first
    page.get_by_role("link", name="Edit").click()
    page.locator("summary", has_text="Edit the fields").wait_for()
    assert page.locator("#edit").get_attribute("open") is not None
    assert decisions(own_desk) == ["accept", "undo"]


@pytest.mark.parametrize("look", [DARK_PHONE], ids=str)
def test_on_a_dark_phone_it_fits_and_reads(page: Page, own_desk: Desk) -> None:
    page.goto(f"{own_desk.url}/review?edit=1")
    no_sideways(page)
    axe(page)
