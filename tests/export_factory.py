"""What the tests of exports share: a record with hostile words, and formats written to bytes or a folder."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

from record_factory import PRK, USA, day, make_freeze, make_reading, make_source
from summitry.export.tables import TABLES
from summitry.export.types import Export, Selection
from summitry.record import Record, open_record
from summitry.vocabulary import UNKNOWN_DATE, Actor, Rejected

HOSTILE = (
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    '=HYPERLINK("http://example.org","x")',
)
"""What a spreadsheet might take for a formula, as an outlet, a name or a place may be written by an attacker."""


def make_hostile(path: Path) -> Record:
    """A record of two reports, in which outlet, names, places and summaries are formulas; and one that was rejected."""
    record = open_record(path, create=True)
    reading, source = make_reading(1, published=day("2019-05-04"), outlet=HOSTILE[0])
    reading = make_freeze(reading, UNKNOWN_DATE)
    record.add(
        replace(
            reading,
            events=tuple(
                replace(one, summary=HOSTILE[4], place=HOSTILE[number], recipients=(Actor(None, HOSTILE[3]), PRK))
                for number, one in enumerate(reading.events)
            ),
            statements=tuple(replace(one, cue=HOSTILE[6]) for one in reading.statements),
            positions=tuple(
                replace(one, summary=HOSTILE[9], party=replace(USA, name=HOSTILE[7])) for one in reading.positions
            ),
        ),
        source,
    )
    record.add(*make_reading(2, published=UNKNOWN_DATE, outlet=HOSTILE[-1]))
    record.reject(Rejected(make_source(9), "decode", HOSTILE[1]))
    return record


def export(name: str) -> Export:
    """The format of a name."""
    return next(one for one in TABLES if one.name == name)


def written(record: Record, name: str, selection: Selection | None = None) -> bytes:
    """What a format writes."""
    out = io.BytesIO()
    write = export(name).write
    assert write is not None
    write(record, selection or Selection(), out)
    assert not out.closed
    return out.getvalue()


def filled(record: Record, name: str, folder: Path, selection: Selection | None = None) -> Path:
    """The folder that a format fills."""
    fill = export(name).fill
    assert fill is not None
    fill(record, selection or Selection(), folder)
    return folder
