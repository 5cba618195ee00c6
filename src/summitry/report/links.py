"""Addresses of rows and reports, the same in every page, export and answer."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

LOCAL_DESK: Final = "http://127.0.0.1:8642"
"""Where ``summitry serve`` answers by default."""


def row_path(row_id: str) -> str:
    """The permalink of a row: its page at the desk. An id opens its row also after reports were read again."""
    return f"/row/{quote(row_id, safe='')}"


def source_path(source_id: str, row_id: str | None = None) -> str:
    """The page of a report; with ``row_id``, at the words of that row."""
    return f"/source/{quote(source_id, safe='')}" + (f"#{quote(row_id, safe='')}" if row_id else "")
