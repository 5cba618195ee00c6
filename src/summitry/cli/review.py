"""``summitry review ...``: what people decide about rows, kept apart from what was read."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from summitry.cli.guard import guarded
from summitry.cli.options import RecordFile
from summitry.review.types import KINDS

review_app = typer.Typer(
    name="review",
    help="Accept, reject, edit or add rows, merge or split events and people. Reviews are kept apart from what was "
    "read, and laid over it whenever rows are asked for; reading again never loses one.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class Lines(StrEnum):
    """How reviews are printed."""

    text = "text"
    jsonl = "jsonl"


RowId = Annotated[str, typer.Argument(metavar="ID", help="The id of a row, or its first characters.")]
By = Annotated[
    Optional[str],  # noqa: UP045 - typer reads this annotation at run time
    typer.Option("--by", metavar="NAME", help="Who reviews; by default SUMMITRY_REVIEWER, else the system's user."),
]
Note = Annotated[Optional[str], typer.Option("--note", metavar="TEXT", help="Why, in your words.")]  # noqa: UP045
KindOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--kind", metavar="KIND", help=f"Rows of one kind: {', '.join(KINDS)}."),
]
Form = Annotated[Lines, typer.Option("--format", help="text, or jsonl: one object a line.")]


@review_app.command()
def accept(row_id: RowId, record: RecordFile, by: By = None, note: Note = None) -> None:
    """Hold a row to be right, with the edits that are in force."""
    with guarded():
        from summitry.cli.reviewing import decided

        decided(record, lambda desk: desk.accept(row_id, by=by, note=note))


@review_app.command()
def reject(row_id: RowId, record: RecordFile, by: By = None, note: Note = None) -> None:
    """Hold a row to be none: it leaves what the commands show."""
    with guarded():
        from summitry.cli.reviewing import decided

        decided(record, lambda desk: desk.reject(row_id, by=by, note=note))


@review_app.command()
def edit(
    row_id: RowId,
    fields: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...", help="As party=PRK said=2019-03.")],
    record: RecordFile,
    by: By = None,
    note: Note = None,
) -> None:
    """Set fields of a row. Dates as 2019-03-15, 2019-03 or 2019-03-15/2019-03-17; parties by code or name; several
    with ; between them; nothing behind the = empties a field. evidence=WORDS sets the row on other words of its report.
    """
    with guarded():
        from summitry.cli.reviewing import decided
        from summitry.review.names import parse_pairs

        said = parse_pairs(fields)
        decided(record, lambda desk: desk.edit(row_id, said, by=by, note=note))


@review_app.command()
def add(  # noqa: PLR0913 - every option of a command is a parameter
    kind: Annotated[str, typer.Argument(metavar="KIND", help=", ".join(one for one in KINDS if one != "person"))],
    fields: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...", help="As proposer=USA kind=offer.")],
    record: RecordFile,
    source: Annotated[str, typer.Option("--source", metavar="ID", help="The report that tells it.")],
    words: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--words", metavar="TEXT", help="The exact words of the report that the row rests on."),
    ] = None,
    start: Annotated[Optional[int], typer.Option("--start", help="Or where they start, in code points,")] = None,  # noqa: UP045
    end: Annotated[Optional[int], typer.Option("--end", help="and end.")] = None,  # noqa: UP045
    by: By = None,
    note: Note = None,
) -> None:
    """Add a row that was missed, on exact words of a report."""
    with guarded():
        from summitry.cli.reviewing import decided
        from summitry.record.auditing import kind_named
        from summitry.review.names import parse_pairs

        said, what = parse_pairs(fields), kind_named(kind)
        decided(
            record,
            lambda desk: desk.add(what, said, source=source, words=words, start=start, end=end, by=by, note=note),
        )


@review_app.command()
def merge(
    ids: Annotated[list[str], typer.Argument(metavar="ID ID...", help="Events, or people by id or name.")],
    record: RecordFile,
    by: By = None,
    note: Note = None,
) -> None:
    """Hold events, or people, to be one: shown under the first. It stays so whatever new reports come."""
    with guarded():
        from summitry.cli.reviewing import decided

        decided(record, lambda desk: desk.merge(*ids, by=by, note=note))


@review_app.command()
def split(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Tellings of an event (see explain), or people.")],
    record: RecordFile,
    spelling: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--spelling", metavar="NAME", help="Take this spelling out of the person: it is somebody else's."),
    ] = None,
    by: By = None,
    note: Note = None,
) -> None:
    """Take tellings out of the event they were merged in, or a spelling out of a person."""
    with guarded():
        from summitry.cli.reviewing import decided

        decided(record, lambda desk: desk.split(*ids, spelling=spelling, by=by, note=note))


@review_app.command()
def undo(
    record: RecordFile,
    review_id: Annotated[
        Optional[str],  # noqa: UP045
        typer.Argument(metavar="ID", help="The review to take back; by default your last."),
    ] = None,
    by: By = None,
    note: Note = None,
) -> None:
    """Take back a review. It stays in the list, with who took it back and when."""
    with guarded():
        from summitry.cli.reviewing import decided

        decided(record, lambda desk: desk.undo(review_id, by=by, note=note))


@review_app.command(name="list")
def list_(
    record: RecordFile,
    by: Annotated[Optional[str], typer.Option("--by", metavar="NAME", help="Reviews of one person.")] = None,  # noqa: UP045
    kind: KindOption = None,
    gone: Annotated[bool, typer.Option("--gone", help="Reviews whose row is not there, and what to do.")] = False,
    conflicts: Annotated[bool, typer.Option("--conflicts", help="Rows on which people differ.")] = False,
    form: Form = Lines.text,
) -> None:
    """All reviews, oldest first; or those that need a person."""
    with guarded():
        from summitry.cli.reviewing import print_conflicts, print_gone, print_reviews

        if gone:
            print_gone(record, (by, kind), form)
        if conflicts:
            print_conflicts(record, kind, form)
        if not gone and not conflicts:
            print_reviews(record, (by, kind), form)


@review_app.command()
def queue(
    record: RecordFile,
    by: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--by", metavar="NAME", help="Rows that this person has not reviewed; by default, nobody has."),
    ] = None,
    kind: KindOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many.")] = 20,
    form: Form = Lines.text,
) -> None:
    """Rows yet to review, the most doubtful first: low confidence, disputed, anonymous, second hand, single source."""
    with guarded():
        from summitry.cli.reviewing import print_queue

        print_queue(record, (by, kind), limit, form)


@review_app.command()
def people(record: RecordFile, form: Form = Lines.text) -> None:
    """Who the reports name, with ids for merge and split."""
    with guarded():
        from summitry.cli.reviewing import print_people

        print_people(record, form)


@review_app.command()
def agreement(record: RecordFile, kind: KindOption = None, form: Form = Lines.text) -> None:
    """Reader against reviewers, and reviewers among themselves: counts, shares, Krippendorff's alpha."""
    with guarded():
        from summitry.cli.reviewing import print_agreement

        print_agreement(record, kind, form)


@review_app.command(name="export")
def export_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file to make, or - for stdout.")], record: RecordFile
) -> None:
    """Write all reviews to a file, one a line of JSON."""
    with guarded():
        from summitry.cli.reviewing import export_to

        export_to(record, file)


@review_app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that export wrote, or - for stdin.")],
    record: RecordFile,
) -> None:
    """Add the reviews of a file to those of the record, all or none. Importing twice changes nothing."""
    with guarded():
        from summitry.cli.reviewing import import_from

        import_from(record, file)
