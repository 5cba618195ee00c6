"""The desk served to a browser."""

from __future__ import annotations

import errno
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Optional

import typer

from summitry.cli.guard import guarded, say
from summitry.cli.options import RecordFile
from summitry.errors import UsageError

if TYPE_CHECKING:
    import uvicorn

    from summitry.web import Settings

SHORTEST_PASSWORD: Final = 8
"""Characters of a password: with the waits between wrong ones, eight cannot be guessed while a desk is open."""


def serve(  # noqa: PLR0913 - every option of a command is a parameter
    record: RecordFile,
    host: Annotated[
        str, typer.Option("--host", help="The address to answer on; any but this machine's own needs a password.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 for any that is free.")] = 8642,
    name: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--name", metavar="HOST", help="A further host name it goes by, as behind a proxy. Repeatable."),
    ] = None,
    password_file: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--password-file", metavar="FILE", help="The password in its first line; else SUMMITRY_PASSWORD, if set."
        ),
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="No reviews: the record stays as it is.")] = False,
    reviewer: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--reviewer", metavar="NAME", help="Whose name reviews bear; by default the system's."),
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the desk in the browser of this machine.")] = False,
) -> None:
    """Open the desk of a record on this machine: where the talks stand, since when, who says so, in a browser."""
    with guarded():
        from summitry.web import Settings

        settings = Settings(
            record=record,
            host=host,
            port=port,
            names=tuple(name or ()),
            password=password_of(password_file),
            reviewer=reviewer,
            read_only=read_only,
        )
        run(settings, open_browser=open_browser)


def password_of(file: Path | None) -> str | None:
    """The password that a file or SUMMITRY_PASSWORD gives; never one on a command line, which others can list.

    Raises:
        UsageError: the file cannot be read; the password is short.
    """
    if file is None:
        found, where = os.environ.get("SUMMITRY_PASSWORD") or None, "SUMMITRY_PASSWORD"
    else:
        where = f"password file {file}"
        try:
            found = next(iter(file.read_text(encoding="utf-8").splitlines()), "").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{where} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if found is not None and len(found) < SHORTEST_PASSWORD:
        raise UsageError(f"{where} has {len(found)} characters; allowed: {SHORTEST_PASSWORD} and more")
    return found


def run(settings: Settings, *, open_browser: bool = False) -> None:
    """Answer until Ctrl-C.

    Raises:
        RecordError: the record cannot be opened.
        UsageError: the address cannot be had.
    """
    import uvicorn

    from summitry.web import create_app
    from summitry.web.listening import config_of

    app = create_app(settings, warm=True)
    bound = _bound(settings)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{bound.getsockname()[1]}"
    config = config_of(app)
    with bound:
        _announce(uvicorn.Server(config), bound, address, open_browser=open_browser)


def _announce(server: uvicorn.Server, bound: socket.socket, address: str, *, open_browser: bool) -> None:
    # The socket listens from here on: whoever reads the address and asks at once is answered as soon as it can be.
    typer.echo(address)
    sys.stdout.flush()
    say("Ctrl-C stops it.")
    if open_browser:
        import webbrowser

        webbrowser.open(address)
    # Uvicorn raises Ctrl-C anew once it has stopped; that is how this command is meant to end.
    try:
        server.run(sockets=[bound])
    except KeyboardInterrupt:
        say("closed")


def _bound(settings: Settings) -> socket.socket:
    """A socket that listens, taken here so that what goes wrong is told before anything starts."""
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        bound = socket.socket(family)
    except OSError:
        raise UsageError(f"host is {settings.host!r}, which names no address of this machine; try 127.0.0.1") from None
    try:
        if os.name == "posix":
            # A port that an earlier desk left a moment ago is free again.
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((settings.host, settings.port))
        bound.listen(128)
    except OSError as error:
        bound.close()
        raise UsageError(_why(settings, error)) from None
    return bound


def _why(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {settings.port} is taken, perhaps by another desk; stop that one, or give another with --port, "
            "0 for any that is free"
        )
    if error.errno == errno.EACCES:
        return f"port {settings.port} is not open to you; allowed: 1024 and up, 0 for any that is free"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"host is {settings.host!r}, which is no address of this machine; try 127.0.0.1"
    return f"cannot answer on {settings.host} port {settings.port}: {error.strerror or error}"
