"""The options that commands share, as annotations for Typer."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    md = "md"


class Engine(StrEnum):
    """How reading is divided."""

    auto = "auto"
    stream = "stream"
    shards = "shards"
    ray = "ray"


RecordFile = Annotated[Path, typer.Option("--record", metavar="FILE", help="The record, one file.")]
AsOf = Annotated[
    Optional[str],  # noqa: UP045 - typer reads this annotation at run time
    typer.Option("--as-of", metavar="DATE", help="What could be known on that day (2019-03-15, 2019-03 or 2019)."),
]
Party = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--party", metavar="CODE", help="A party's code (PRK stands for PRKGOV too) or full name."),
]
Issue = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--issue", metavar="NAME", help='Words that stand in the row\'s sentences; "in quotes" as a phrase.'),
]
Since = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--since", metavar="DATE", help="That day or later."),
]
MinConfidence = Annotated[
    Optional[float],  # noqa: UP045
    typer.Option("--min-confidence", metavar="P", help="Rows with this confidence or more, 0 to 1."),
]
Form = Annotated[Format, typer.Option("--format", help="How rows are printed.")]
