"""A brief, or what changed, as Markdown, for a terminal, and as JSON; every sentence with its footnotes."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, TextIO

from rich.text import Text

from summitry.report.notes import Note, footnoted
from summitry.report.rows import evidence_json
from summitry.report.tables import console_for
from summitry.report.words import edtf, markdown, one_line

if TYPE_CHECKING:
    from summitry.ledger import Brief, BriefLine
    from summitry.ledger.rows import BriefSection
    from summitry.report.rows import Citations

TITLES: Final[dict[BriefSection, str]] = {
    "state": "State of the talks",
    "moves": "Latest moves",
    "positions": "Where the parties stand",
    "conditions": "Open conditions",
    "commitments": "Commitments",
    "predictions": "Predictions",
    "ahead": "Announced",
    "changed": "What became of what was known",
    "doubt": "What to doubt",
}
"""The heading of each section."""

NOTHING: Final = "The reports tell of no talks between these parties."
NOTHING_NEW: Final = "No report tells anything new."
_BULLET: Final = "• "


def sections_of(
    brief: Brief, cited: Citations
) -> tuple[list[tuple[str, list[tuple[BriefLine, tuple[int, ...]]], str]], list[Note]]:
    """The sections of a brief: heading, sentences with the numbers of their footnotes, what was left out; and the
    footnotes."""
    lines, notes = footnoted(brief, cited)
    left = dict(brief.left_out)
    sections = [
        (TITLES[section], list(members), _left_out(left.get(section, 0)))
        for section, members in groupby(lines, key=lambda pair: pair[0].section)
    ]
    return sections, notes


def _left_out(number: int) -> str:
    return f"{number} more not shown" if number else ""


def others(brief: Brief) -> str:
    """The line on further negotiations of the record; empty for none."""
    return f"The record also tells of {'; '.join(brief.others)} (ask for one with --case)." if brief.others else ""


def nothing(brief: Brief) -> str:
    """What is said in place of sentences."""
    return NOTHING_NEW if brief.since else NOTHING


def write_markdown(brief: Brief, cited: Citations, out: TextIO) -> None:
    """Write a brief as Markdown with footnotes (``[^1]``): outlet, date, the exact words, the rows resting on them."""
    out.write(f"# {markdown(brief.title)}\n")
    if brief.others:
        out.write(f"\n*{markdown(others(brief))}*\n")
    sections, notes = sections_of(brief, cited)
    if not sections:
        out.write(f"\n{nothing(brief)}\n")
    for title, lines, left in sections:
        out.write(f"\n## {title}\n\n")
        for line, numbers in lines:
            marks = "".join(f"[^{number}]" for number in numbers)
            out.write(f"- {markdown(line.text)}{marks}\n")
        if left:
            out.write(f"\n*{left}.*\n")
    if notes:
        out.write("\n")
    for note in notes:
        rows = f" ({', '.join(f'`{row}`' for row in note.rows)})" if note.rows else ""
        out.write(f"[^{note.number}]: {markdown(note.source)}: {markdown(note.words)}{rows}\n")


def print_brief(brief: Brief, cited: Citations, out: TextIO) -> None:
    """Print a brief as wide as the terminal: sentences under headings, then the words they rest on."""
    console = console_for(out)
    title = one_line(brief.title)
    console.print(Text(textwrap.fill(title, console.width), style="bold"))
    if brief.others:
        console.print(Text(textwrap.fill(one_line(others(brief)), console.width), style="dim"))
    sections, notes = sections_of(brief, cited)
    if not sections:
        console.print(Text(f"\n{nothing(brief)}"))
    for heading, lines, left in sections:
        console.print(Text(f"\n{heading}", style="bold"))
        for line, numbers in lines:
            marks = " ".join(f"[{number}]" for number in numbers)
            console.print(_marked(f"{_BULLET}{one_line(line.text)} {marks}", console.width, 2))
        if left:
            console.print(Text(f"  {left}", style="dim"))
    if notes:
        console.print(Text("\nThe words", style="bold"))
    for note in notes:
        console.print(Text(_filled(_note(note), console.width, 5), style="dim"))


def _note(note: Note) -> str:
    rows = f" ({', '.join(note.rows)})" if note.rows else ""
    return f"{f'[{note.number}]':<4} {note.source}: {note.words}{rows}"


def _filled(line: str, width: int, hang: int) -> str:
    # A name is not broken at its hyphen.
    return textwrap.fill(line, max(width, 30), subsequent_indent=" " * hang, break_on_hyphens=False)


_MARKS: Final = re.compile(r"(?<!\s)(?<!\d\])(?:\s*+\[\d++\])++$")  # a row of marks is tried at its start only


def _marked(line: str, width: int, hang: int) -> Text:
    """A wrapped sentence, its footnote marks dim."""
    text = Text(_filled(line, width, hang))
    if found := _MARKS.search(text.plain):
        text.stylize("dim", found.start(), found.end())
    return text


def brief_json(brief: Brief, cited: Citations) -> dict[str, Any]:
    """A brief as a JSON object: sentences with section, rows and passages; passages with outlet and date."""
    return {
        "title": brief.title,
        "as_of": brief.as_of.isoformat() if brief.as_of else None,
        "since": brief.since.isoformat() if brief.since else None,
        "lines": [_line_json(line, cited) for line in brief.lines],
        "left_out": dict(brief.left_out),
        "others": list(brief.others),
    }


def _line_json(line: BriefLine, cited: Citations) -> dict[str, Any]:
    return {
        "section": line.section,
        "text": line.text,
        "rows": list(line.rows),
        "evidence": list(_evidence(line, cited)),
    }


def _evidence(line: BriefLine, cited: Citations) -> Iterator[dict[str, Any]]:
    for each in line.evidence:
        source = cited.get(each.source)
        where = {"outlet": source.outlet, "published": edtf(source.published), "uri": source.uri} if source else {}
        yield evidence_json(each) | where
