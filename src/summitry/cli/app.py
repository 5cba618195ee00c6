"""The commands and their options."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Optional

import typer

from summitry.cli import ledger
from summitry.cli.archive import fold, passed_over
from summitry.cli.assistant import mcp
from summitry.cli.cases import case_app
from summitry.cli.exporting import export
from summitry.cli.guard import guarded, plain_streams
from summitry.cli.keeping import backup, check
from summitry.cli.options import AsOf, Engine, Form, Format, Issue, MinConfidence, Party, RecordFile, Since
from summitry.cli.review import review_app
from summitry.cli.rows import rows_command
from summitry.cli.serving import serve
from summitry.cli.site import site
from summitry.cli.watching import watch

if TYPE_CHECKING:
    from summitry.record.tabular.field import Kind

app = typer.Typer(
    name="summitry",
    help="Read news reports of a negotiation and keep its record: who said what, what happened when, each row with "
    "the exact words it came from.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Plain help: drawing it with rich would cost more than all the rest of --help.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(case_app, name="case")


ROWS: Final[tuple[tuple[Kind, str], ...]] = (
    ("sources", "What was read, from where and when published; and what could not be read, and why."),
    ("statements", "Who said what."),
    ("timeline", "What happened when, one row an event, however many reports tell it."),
    ("meetings", "Who met whom, at which level, where, with what outcome."),
    ("moves", "Who demands, offers, refuses, promises or threatens what, on which terms."),
)
"""Commands that print rows and no more, in the order in which ``--help`` shows them."""


def main() -> None:
    """Run the command line; the entry point of the ``summitry`` script."""
    plain_streams()
    app(prog_name="summitry")


def _version(wanted: bool) -> None:
    if wanted:
        import summitry

        typer.echo(f"summitry {summitry.__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass


@app.command()
def demo(
    record: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--record", metavar="FILE", help="Keep the record there; by default it is thrown away."),
    ] = None,
    jobs: Annotated[Optional[int], typer.Option("--jobs", min=1, help="Processes; by default all cores.")] = None,  # noqa: UP045
) -> None:
    """Read the shipped examples and print where the talks stand."""
    with guarded():
        from summitry.cli.reading import run_demo

        raise typer.Exit(run_demo(record, jobs))


@app.command()
def read(  # noqa: PLR0913 - every option of a command is a parameter
    inputs: Annotated[
        list[str], typer.Argument(metavar="PATH|URL|-...", help="Files, folders, globs, URLs, - for stdin.")
    ],
    record: RecordFile,
    case: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            "--case", metavar="NAME", help="A case to read with; by default by the parties named. Repeatable."
        ),
    ] = None,
    no_case: Annotated[bool, typer.Option("--no-case", help="Read without any case.")] = False,
    jobs: Annotated[Optional[int], typer.Option("--jobs", min=1, help="Processes; by default all cores.")] = None,  # noqa: UP045
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Let URLs name private addresses.")] = False,
    light: Annotated[bool, typer.Option("--light", help="Read without the encoder: faster, less exact.")] = False,
    column: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            "--column", metavar="FIELD=COLUMN", help="Where JSONL and CSV have a field: text=body. Repeatable."
        ),
    ] = None,
    gate: Annotated[
        Optional[bool],  # noqa: UP045
        typer.Option(
            "--gate/--no-gate", help="Pass over pages that cannot bear on a case; by default those of crawls alone."
        ),
    ] = None,
    engine: Annotated[
        Engine, typer.Option("--engine", help="How: auto takes shards for large inputs; ray a cluster.")
    ] = Engine.auto,
    address: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--address", metavar="HOST:PORT", help="The Ray cluster; by default one that is started here."),
    ] = None,
    readings: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--readings", metavar="FOLDER|URL", help="Keep what shards were read as there, as Parquet."),
    ] = None,
) -> None:
    """Add reports to a record, which is made if it is missing. Reading a report again changes nothing."""
    with guarded():
        from summitry.cli.reading import Way, options_of, run_read

        options = options_of(
            case or (),
            column or (),
            Way(jobs, gate, engine, address, readings),
            no_case=no_case,
            allow_private=allow_private,
            light=light,
        )
        raise typer.Exit(run_read(inputs, record, options))


for _kind, _what in ROWS:
    app.command()(rows_command(_kind, _what))


@app.command()
def positions(  # noqa: PLR0913 - every option of a command is a parameter
    record: RecordFile,
    as_of: AsOf = None,
    party: Party = None,
    issue: Issue = None,
    since: Since = None,
    min_confidence: MinConfidence = None,
    matrix: Annotated[bool, typer.Option("--matrix", help="Party by issue: the one that stands on the day.")] = False,
    form: Form = Format.table,
) -> None:
    """Where each party stands on what, since when, by whose word, and how that moved."""
    with guarded():
        from summitry.cli.asking import Question, print_rows
        from summitry.cli.pages import print_matrix

        if matrix:
            print_matrix(record, as_of, form)
        else:
            print_rows(record, Question("positions", as_of, party, issue, since, min_confidence), form)


for _command in ledger.COMMANDS:
    app.command()(_command)


@app.command()
def explain(
    row_id: Annotated[str, typer.Argument(metavar="ID", help="The id of a row, or its first characters.")],
    record: RecordFile,
    form: Annotated[Format, typer.Option("--format", help="table (text) or jsonl.")] = Format.table,
) -> None:
    """One row: its words in the context of the report, its rule or model, its dates."""
    with guarded():
        from summitry.cli.asking import print_explained

        print_explained(record, row_id, form)


app.add_typer(review_app)


@app.command()
def reread(
    record: RecordFile,
    case: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            "--case", metavar="NAME", help="A case to read with; by default by the parties named. Repeatable."
        ),
    ] = None,
    no_case: Annotated[bool, typer.Option("--no-case", help="Read without any case.")] = False,
    light: Annotated[bool, typer.Option("--light", help="Read without the encoder: faster, less exact.")] = False,
) -> None:
    """Read the reports of a record again from their stored text, with this version. Reviews stay. A run that is stopped
    goes on when it is started again."""
    with guarded():
        from summitry.cli.reviewing import run_reread

        raise typer.Exit(run_reread(record, case or (), no_case=no_case, light=light))


for _other in (fold, passed_over, serve, site, export, watch, mcp, check, backup):
    app.command()(_other)
