"""Commands that ask the ledger: what was worked out from all reports of a record, as of a day."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from summitry.cli.guard import guarded
from summitry.cli.options import AsOf, Form, Format, Issue, MinConfidence, Party, RecordFile, Since
from summitry.cli.rows import rows_command

HorizonDays = Annotated[
    Optional[list[str]],  # noqa: UP045 - typer reads this annotation at run time
    typer.Option(
        "--horizon", metavar="PHRASE=DAYS", help='Days within which a phrase is: soon=30. By default "soon" is 90.'
    ),
]


class Page(StrEnum):
    """How a brief is printed."""

    text = "text"
    md = "md"
    html = "html"
    json = "json"


OfCase = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--case", metavar="NAME", help="The negotiation, where a record has several; else its main one."),
]
PageForm = Annotated[Page, typer.Option("--format", help="How it is printed.")]


def predictions(  # noqa: PLR0913 - every option of a command is a parameter
    record: RecordFile,
    as_of: AsOf = None,
    party: Party = None,
    issue: Issue = None,
    since: Since = None,
    min_confidence: MinConfidence = None,
    horizon: HorizonDays = None,
    scorecard: Annotated[bool, typer.Option("--scorecard", help="Forecasters and parties by what came true.")] = False,
    form: Form = Format.table,
) -> None:
    """What was foretold, by when, and what came of it."""
    with guarded():
        from summitry.cli.asking import Question, print_rows
        from summitry.cli.pages import print_scorecard

        question = Question("predictions", as_of, party, issue, since, min_confidence, tuple(horizon or ()))
        if scorecard:
            print_scorecard(record, question, form)
        else:
            print_rows(record, question, form)


def status(
    record: RecordFile,
    as_of: AsOf = None,
    since: Since = None,
    form: Form = Format.table,
) -> None:
    """The state of the talks month by month: active, stalled, suspended, collapsed, agreement."""
    with guarded():
        from summitry.cli.asking import Question, print_rows

        print_rows(record, Question("status", as_of, since=since), form)


def tone(
    record: RecordFile,
    as_of: AsOf = None,
    party: Party = None,
    since: Since = None,
    form: Form = Format.table,
) -> None:
    """How pairs of parties dealt with each other, month by month: PLOVER intensity, with counts."""
    with guarded():
        from summitry.cli.asking import Question, print_rows

        print_rows(record, Question("tone", as_of, party, since=since), form)


def deadlocks(  # noqa: PLR0913 - every option of a command is a parameter
    record: RecordFile,
    as_of: AsOf = None,
    party: Party = None,
    issue: Issue = None,
    since: Since = None,
    min_confidence: MinConfidence = None,
    svg: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--svg", metavar="FILE", help="Draw them into this SVG file too."),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="table (text) or jsonl.")] = Format.table,
) -> None:
    """Who waits for whom: steps that wait for one another in a circle, what breaks it, in which orders."""
    with guarded():
        from summitry.cli.asking import Question
        from summitry.cli.pages import print_deadlocks

        print_deadlocks(record, Question("deadlocks", as_of, party, issue, since, min_confidence), form, svg)


def brief(record: RecordFile, as_of: AsOf = None, case: OfCase = None, form: PageForm = Page.text) -> None:
    """Where the talks stand on a day, every sentence footnoted with the words it rests on."""
    with guarded():
        from summitry.cli.pages import print_brief

        print_brief(record, as_of, case, form)


def diff(
    record: RecordFile,
    since: Annotated[
        str,
        typer.Option(
            "--since", metavar="DATE|RUN", help="Since that day; run-3: by that run of reading and later ones."
        ),
    ],
    as_of: AsOf = None,
    case: OfCase = None,
    form: PageForm = Page.text,
) -> None:
    """What has changed since a day, every sentence footnoted with the words it rests on."""
    with guarded():
        from summitry.cli.pages import Span, print_diff

        print_diff(record, Span(since, as_of, case), form)


COMMANDS = (
    rows_command(
        "commitments", "What parties have bound themselves to, and what was done: a row for each change of status."
    ),
    predictions,
    rows_command(
        "discrepancies", "What does not go together: sources, parties, a party and its own word, a report's own view."
    ),
    deadlocks,
    status,
    tone,
    brief,
    diff,
)
"""In the order in which ``--help`` shows them."""
