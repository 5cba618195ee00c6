"""Fixtures of the browser tests, told in ``browser.py``. Nothing is loaded or started before a test asks for it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser import DESKTOP, Desk, Look, Watch, browsing, looking, read_examples, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def desk_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the shipped examples, read once. Copy it before writing to it, or take ``own_desk``."""
    return read_examples(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="session")
def desk(desk_record: Path) -> Iterator[Desk]:
    """The desk of the shipped examples, for reading."""
    with serving(desk_record) as desk:
        yield desk


@pytest.fixture(scope="session")
def desk_url(desk: Desk) -> str:
    """Its address, without a slash at the end."""
    return desk.url


@pytest.fixture
def own_desk(desk_record: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk with a copy of the record, for one test that writes."""
    with serving(Path(shutil.copyfile(desk_record, tmp_path / "own.db"))) as desk:
        yield desk


# A browser for each module, not for the session: while playwright runs, no other test of the process could start an
# event loop of its own. It costs about a second a module.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with browsing() as browser:
        yield browser


@pytest.fixture
def look() -> Look:
    """How ``page`` looks: parametrize a test with ``look`` for another width, dark, or without scripts."""
    return DESKTOP


@pytest.fixture
def watch() -> Watch:
    """What went wrong so far on ``page``."""
    return Watch()


@pytest.fixture
def expected(watch: Watch) -> list[str]:
    """Regular expressions of problems that a test provokes on purpose; append to it."""
    return watch.expected


@pytest.fixture
def page(browser: Browser, look: Look, watch: Watch) -> Iterator[Page]:
    """A page of its own; fails at the end on console errors, errors of scripts, violations of the content policy and
    requests to other hosts."""
    with looking(browser, look, watch) as page:
        yield page
    watch.check()
