"""Every page of the desk in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from browser import axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow


def test_where_the_talks_stand(page: Page, desk_url: str) -> None:
    page.goto(desk_url)
    assert page.locator("h1").inner_text()
    axe(page)
