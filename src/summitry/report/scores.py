"""Two pages that are no list of rows: forecasters by what came true, and parties by issue."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from summitry.ledger import Cell
from summitry.ledger.scorecard import Score
from summitry.report.exports import csv_lines
from summitry.report.rows import Citations, Json, actor_json, evidence_json, source_line, to_dict
from summitry.report.tables import console_for
from summitry.report.words import full_name, guarded, in_marks, markdown, one_line, shorten

_SCORES = ("By", "Who", "Party", "Made", "True", "Partly", "False", "Void", "Pending", "True of decided")
_CELLS = ("Party", "Issue", "Stands", "Since", "Said again", "Moved", "Words")
_MOST_WORDS = 220
"""Characters of a position in a table; its passage is in `explain`."""

_WIDTHS = {"Stands": 16, "Issue": 16, "Party": 14, "Said again": 5}
"""Characters of columns that would otherwise take the room of the words."""

Line = tuple[str, ...]


def write_scores(scores: Sequence[Score], out: TextIO, form: str) -> None:
    """Forecasters and parties by what came of their predictions: counts first, then shares."""
    if form == "jsonl":
        _write_json(map(score_json, scores), out)
        return
    _write_table(_SCORES, [_score_line(score) for score in scores], out, form)


def _score_line(score: Score) -> Line:
    share = "none decided" if score.share is None else f"{score.share:.0%} of {score.resolved}"
    counts = (score.made, score.true, score.partly, score.false, score.void, score.pending)
    return (score.by, full_name(score.who), score.who.code or "", *map(str, counts), share)


def score_json(score: Score) -> Json:
    """A score as a JSON object."""
    return {
        "by": score.by,
        "who": actor_json(score.who),
        "made": score.made,
        "true": score.true,
        "partly": score.partly,
        "false": score.false,
        "void": score.void,
        "pending": score.pending,
        "share": score.share,
        "rows": list(score.rows),
        "evidence": [evidence_json(one) for one in score.evidence],
    }


def write_matrix(cells: Sequence[Cell], cited: Citations, out: TextIO, form: str) -> None:
    """Where each party stands on each issue, with how it got there."""
    if form == "jsonl":
        _write_json((_cell_json(cell, cited) for cell in cells), out)
        return
    _write_table(_CELLS, [_cell_line(cell, cited) for cell in cells], out, form)


def _cell_line(cell: Cell, cited: Citations) -> Line:
    row = cell.position
    stands = ", ".join(part for part in (row.stance, row.pole, f"by {row.attributed_by}") if part)
    words = shorten(in_marks(row.evidence[0].exact), _MOST_WORDS)
    since = cell.since.isoformat() if cell.since else "unknown"
    source = source_line(cited.get(row.evidence[0].source))
    party = one_line(cell.party.name)
    return (party, one_line(cell.issue), stands, since, str(cell.reaffirmed), cell.moved, f"{words} ({source})")


def _cell_json(cell: Cell, cited: Citations) -> Json:
    return {
        "party": actor_json(cell.party),
        "issue": cell.issue,
        "since": cell.since.isoformat() if cell.since else None,
        "reaffirmed": cell.reaffirmed,
        "moved": cell.moved,
        "position": to_dict(cell.position, cited),
        "people": [row.id for row in cell.people],
        "positions": [row.id for row in cell.positions],
    }


def _write_json(rows: Iterator[Json], out: TextIO) -> None:
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _write_table(titles: Line, lines: Sequence[Line], out: TextIO, form: str) -> None:
    if form == "csv":
        write = csv_lines(out)
        write(titles)
        for line in lines:
            write([guarded(cell) for cell in line])
    elif form == "md":
        out.write("| " + " | ".join(titles) + " |\n|" + " --- |" * len(titles) + "\n")
        for line in lines:
            out.write("| " + " | ".join(markdown(cell) for cell in line) + " |\n")
    else:
        table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
        for title in titles:
            # Words have most of the line; what is counted stays whole.
            table.add_column(
                title, overflow="fold", ratio=1 if title == "Words" else None, max_width=_WIDTHS.get(title)
            )
        for line in lines:
            table.add_row(*(Text(cell) for cell in line))
        console_for(out).print(table)
