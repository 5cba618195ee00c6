"""The command that serves a record to assistants."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated

import typer

from summitry.cli.guard import guarded
from summitry.cli.options import RecordFile
from summitry.errors import UsageError
from summitry.report.links import LOCAL_DESK


def mcp(
    record: RecordFile,
    desk: Annotated[
        str, typer.Option("--desk", metavar="URL", help="Where summitry serve answers: permalinks lead there.")
    ] = LOCAL_DESK,
) -> None:
    """Serve a record to assistants over MCP on standard input and output. It reads and never writes."""
    with guarded():
        if find_spec("mcp") is None:
            raise UsageError("the package mcp is not installed; install it with: pip install 'summitry[mcp]'")
        from summitry.assistant.server import serve

        serve(record, desk)
