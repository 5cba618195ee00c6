"""The desk written as a folder of pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from summitry.cli.guard import guarded, say
from summitry.cli.options import AsOf, RecordFile


def site(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder; an earlier site in it is replaced.")],
    record: RecordFile,
    as_of: AsOf = None,
    case: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--case", metavar="NAME", help="The negotiation of the first page; by default the main one."),
    ] = None,
) -> None:
    """Write the desk as a folder of pages, which opens from disk or on any web server."""
    with guarded():
        from summitry.web.site import write_site

        report = write_site(record, folder, as_of=as_of, case=case)
        size = report.size / 1e6
        say(f"{report.pages} pages ({size:.1f} MB) written in {report.seconds:.0f} s; each is there as .json too")
        typer.echo(folder / "index.html")
