"""Rows as a table that fits the terminal."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from summitry.report.columns import Cell, columns_of
from summitry.report.rows import Citations, RecordRow
from summitry.report.words import shorten
from summitry.signs import mixed

PIPED_WIDTH = 120
"""Characters a line where there is no terminal to fit: what most editors and mailers show."""

_LINES = 3
"""Lines that one part of a cell may fill before it is cut; `explain` shows the rest."""


def console_for(out: TextIO) -> Console:
    """A console on a stream: as wide as its terminal, or :data:`PIPED_WIDTH`."""
    width = shutil.get_terminal_size((PIPED_WIDTH, 40)).columns if out.isatty() else None
    return Console(file=out, width=width or _from_environment(), highlight=False, markup=False, emoji=False)


def _from_environment() -> int:
    # COLUMNS is honoured, a terminal that is not there is not asked.
    return shutil.get_terminal_size((PIPED_WIDTH, 40)).columns


def print_table(rows: Sequence[RecordRow], cited: Citations, out: TextIO, kind: str) -> None:
    """Print rows as a table; long words are cut where they would fill more than a few lines."""
    console = console_for(out)
    columns = columns_of(kind)
    table = Table(box=SIMPLE_HEAD, expand=True, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    shares = sum(column.share for column in columns)
    for column in columns:
        table.add_column(column.title, ratio=column.share or None, overflow="fold", no_wrap=not column.share)
    # What the narrow columns leave, shared out: only to know where to cut.
    room = max(console.width - 12 * sum(1 for column in columns if not column.share), 24)
    widths = [max(room * column.share // shares, 8) if column.share else 24 for column in columns]
    forged: dict[str, None] = {}
    for row in rows:
        cells = [column.cell(row, cited) for column in columns]
        forged |= dict.fromkeys(word for cell in cells for part in cell if part for word in mixed(part))
        table.add_row(*map(_text, cells, widths))
    console.print(table)
    if forged:
        console.print(f"Letters of two scripts in one word: {shorten(', '.join(forged), 2 * PIPED_WIDTH)}")


def _text(cell: Cell, width: int) -> Text:
    """The parts of a cell on lines of their own, the first as it is, the others dim."""
    text = Text()
    for number, part in enumerate(part for part in cell if part):
        if number:
            text.append("\n")
        # An interval breaks at its slash rather than widen its column.
        short = (
            shorten(part, _LINES * width).replace("/", "/\n") if _is_interval(part) else shorten(part, _LINES * width)
        )
        text.append(short, style="dim" if number else "")
    return text


def _is_interval(part: str) -> bool:
    return len(part) > 11 and "/" in part and part.replace("/", "").replace("-", "").isdigit()
