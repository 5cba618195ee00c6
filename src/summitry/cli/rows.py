"""Commands that print the rows of one kind: they all have the same options."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from summitry.cli.guard import guarded
from summitry.cli.options import AsOf, Form, Format, Issue, MinConfidence, Party, RecordFile, Since

if TYPE_CHECKING:
    from summitry.record.tabular.field import Kind


def rows_command(kind: Kind, what: str) -> Callable[..., None]:
    """The command named as its rows are; ``what`` is its help."""

    def command(  # noqa: PLR0913 - every option of a command is a parameter
        record: RecordFile,
        as_of: AsOf = None,
        party: Party = None,
        issue: Issue = None,
        since: Since = None,
        min_confidence: MinConfidence = None,
        form: Form = Format.table,
    ) -> None:
        with guarded():
            from summitry.cli.asking import Question, print_rows

            print_rows(record, Question(kind, as_of, party, issue, since, min_confidence), form)

    command.__name__ = kind
    command.__doc__ = what
    return command
